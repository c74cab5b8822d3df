/* Filters the matrix and the cases, and opens what a link leads to. The filters
 * are the fragment of the address, so that a filtered view can be linked to:
 * #class=deadlock&outcome=missed&detectors=drd,helgrind&name=lock
 * SPDX-License-Identifier: MIT */
(function () {
  'use strict';
  var form = document.getElementById('filters');
  var matrix = document.getElementById('matrix');
  var boxes = [].slice.call(form.querySelectorAll('input[type=checkbox]'));
  var fields = { class: 'of-class', outcome: 'of-outcome', name: 'of-name' };
  var rows = [].slice.call(matrix.querySelectorAll('tr[data-name]'));
  var cases = [].slice.call(document.querySelectorAll('details.case'));
  var own = null; /* the fragment that we have written ourselves */

  function field(key) {
    return document.getElementById(fields[key]);
  }

  function has_outcome(row, shown, outcome) {
    return shown.some(function (on, i) {
      var cell = row.cells[i + 1];
      var all = cell && cell.getAttribute('data-o');
      return on && all && all.split(' ').indexOf(outcome) >= 0;
    });
  }

  function apply() {
    var of_class = field('class').value, outcome = field('outcome').value;
    var name = field('name').value.toLowerCase();
    var shown = boxes.map(function (box) { return box.checked; });
    var named = {}, count = 0;
    rows.forEach(function (row) {
      var id = row.getAttribute('data-name');
      var fits = (!of_class ||
                  row.parentNode.getAttribute('data-class') === of_class) &&
                 (!name || id.toLowerCase().indexOf(name) >= 0) &&
                 (!outcome || has_outcome(row, shown, outcome));
      row.hidden = !fits;
      named[' ' + id] = named[' ' + id] || fits;
    });
    cases.forEach(function (one) {
      one.hidden = !named[' ' + one.getAttribute('data-name')];
      count += one.hidden ? 0 : 1;
    });
    [].forEach.call(matrix.tBodies, function (body) {
      body.hidden = !body.querySelector('tr[data-name]:not([hidden])');
    });
    [].forEach.call(matrix.rows, function (row) {
      if (row.className === 'class') return;
      shown.forEach(function (on, i) {
        if (row.cells[i + 1]) row.cells[i + 1].hidden = !on;
      });
    });
    document.getElementById('shown').textContent =
        count + ' of ' + cases.length + ' cases';
  }

  function to_fragment() {
    var parts = Object.keys(fields).filter(function (key) {
      return field(key).value;
    }).map(function (key) {
      return key + '=' + encodeURIComponent(field(key).value);
    });
    var on = boxes.filter(function (box) { return box.checked; });
    if (on.length < boxes.length)
      parts.push('detectors=' + on.map(function (box) {
        return encodeURIComponent(box.value);
      }).join(','));
    return parts.join('&');
  }

  function from_fragment(text) {
    var given = {};
    text.split('&').forEach(function (part) {
      var at = part.indexOf('=');
      try {
        given[part.slice(0, at)] = decodeURIComponent(part.slice(at + 1));
      } catch (bad) { /* no such filter, then */ }
    });
    Object.keys(fields).forEach(function (key) {
      field(key).value = given[key] || '';
      if (field(key).selectedIndex < 0) field(key).value = '';
    });
    var only = given.detectors === undefined ? null
                                             : given.detectors.split(',');
    boxes.forEach(function (box) {
      box.checked = !only || only.indexOf(box.value) >= 0;
    });
  }

  function open(target) {
    if (target.className === 'case' || target.tagName === 'DETAILS')
      target.open = true;
    for (var e = target; e; e = e.parentElement) {
      if (e.tagName === 'DETAILS') e.open = true;
      e.hidden = false;
    }
    target.scrollIntoView();
    var focus = target.querySelector('summary') || target;
    if (focus.tagName !== 'SUMMARY') focus.tabIndex = -1;
    focus.focus({ preventScroll: true });
  }

  function follow() {
    var text = location.hash.slice(1);
    var target = text && document.getElementById(text);
    if (text === own) return;
    if (target) {
      open(target);
    } else if (!text || text.indexOf('=') >= 0) {
      from_fragment(text);
      apply();
    }
  }

  form.hidden = false;
  form.addEventListener('submit', function (e) { e.preventDefault(); });
  form.addEventListener('input', function () {
    apply();
    own = to_fragment();
    location.replace('#' + own);
  });
  form.addEventListener('reset', function () {
    setTimeout(function () {
      apply();
      own = '';
      location.replace('#');
    }, 0);
  });
  addEventListener('hashchange', follow);
  apply();
  follow();
  document.documentElement.setAttribute('data-ready', '');
}());
