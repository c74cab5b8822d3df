/* The page of HTML as people use it, in a browser that is driven: by mouse and by
 * keys, at 400 pixels, light and dark, without script. Prints what is wrong.
 *     node html-by-hand.cjs PLAYWRIGHT BROWSER PAGE [FOLDER-FOR-PICTURES]
 * SPDX-License-Identifier: MIT */
'use strict';
const { chromium } = require(process.argv[2]);
const { pathToFileURL } = require('url');
const [executablePath, file, pictures] = process.argv.slice(3);
const url = pathToFileURL(file).href;
const wrong = [];

function must(holds, what) {
  if (!holds) wrong.push(what);
}

/* In the page: texts with less contrast than WCAG's AA demands. */
function faint() {
  const parse = (c) => {
    const n = c.match(/[\d.]+/g).map(Number);
    return { rgb: n.slice(0, 3), a: n.length > 3 ? n[3] : 1 };
  };
  const light = (rgb) => {
    const [r, g, b] = rgb.map((v) => {
      v /= 255;
      return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const over = (top, below) =>
    top.rgb.map((v, i) => v * top.a + below[i] * (1 - top.a));
  const ground = (e) => {
    if (!e) {
      return matchMedia('(prefers-color-scheme: dark)').matches
        ? [18, 18, 18] : [255, 255, 255];
    }
    const c = parse(getComputedStyle(e).backgroundColor);
    return c.a === 1 ? c.rgb : over(c, ground(e.parentElement));
  };
  const bad = new Set();
  for (const e of document.querySelectorAll('body *')) {
    const own = [...e.childNodes].some(
      (n) => n.nodeType === 3 && n.textContent.trim());
    if (!own || !e.checkVisibility()) continue;
    const style = getComputedStyle(e), below = ground(e);
    const a = light(over(parse(style.color), below)), b = light(below);
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
    if (ratio < (large ? 3 : 4.5)) {
      bad.add(`${e.tagName}.${e.className} ${style.color} on ` +
              `${below.map(Math.round)}: ${ratio.toFixed(2)}`);
    }
  }
  return [...bad];
}

async function picture(page, name) {
  if (pictures) await page.screenshot({ path: `${pictures}/${name}.png` });
}

async function open(browser, options, fragment = '') {
  const page = await browser.newPage(options);
  page.on('console', (m) => must(false, `console: ${m.text()}`));
  page.on('pageerror', (e) => must(false, `script: ${e.message}`));
  page.on('request', (r) =>
    must(r.url().startsWith(url) || r.url().startsWith('data:'),
         `asks for ${r.url()}`));
  await page.goto(url + fragment);
  return page;
}

const rows = (page) => page.locator('tr[data-name]:visible').count();

async function filters(browser) {
  const page = await open(browser, {});
  const all = await rows(page);
  must(all >= 4, `${all} rows`);
  await picture(page, 'top');
  await page.selectOption('#of-class', 'deadlock');
  const some = await rows(page);
  must(some > 0 && some < all, `of class deadlock: ${some} of ${all}`);
  must(/class=deadlock/.test(page.url()), `address: ${page.url()}`);
  const again = await open(browser, {}, new URL(page.url()).hash);
  must(await rows(again) === some, 'the address does not bring the filter back');
  await page.fill('#of-name', 'no such case');
  must(await rows(page) === 0, 'a name that no case has');
  await page.click('#filters [type=reset]');
  await page.waitForFunction(() => !location.hash);
  must(await rows(page) === all, 'the reset');
  await page.locator('#filters input[type=checkbox]').first().uncheck();
  must(/detectors=/.test(page.url()), 'a detector that is left out');
}

async function links(browser) {
  const page = await open(browser, {});
  await page.locator('tr[data-name] a').first().click();
  must(await page.locator('details.case[open]').count() === 1,
       'a link of the matrix opens its case');
  await picture(page, 'case');
  const raw = page.locator('details.case[open] table.verdicts a').first();
  await raw.click();
  const report = page.locator('details.case[open] details.raw[open]');
  must(await report.count() >= 1, 'the raw report is one click away');
  must(await report.first().locator('pre').first().isVisible(), 'its text');
}

async function keys(browser) {
  const page = await open(browser, {});
  const seen = new Set();
  let opened = false, hidden = '';
  for (let i = 0; i < 200 && !opened; i++) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => {
      const e = document.activeElement, s = getComputedStyle(e);
      return { tag: e.tagName, id: e.id, cls: e.parentElement.className,
               ring: s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0 };
    });
    seen.add(at.id || at.tag);
    if (!at.ring) hidden = `${at.tag}#${at.id}`;
    if (at.tag === 'SUMMARY' && at.cls === 'case') {
      await page.keyboard.press('Enter');
      opened = await page.locator('details.case[open]').count() === 1;
      break;
    }
  }
  for (const id of ['of-class', 'of-outcome', 'of-name', 'A'])
    must(seen.has(id), `the key Tab does not come to ${id}`);
  must(opened, 'the key Enter does not open a case');
  must(!hidden, `no ring around what has the focus: ${hidden}`);
}

async function narrow(browser, scheme) {
  const page = await open(browser, { viewport: { width: 400, height: 800 },
                                     colorScheme: scheme });
  await page.click('#all button');
  await page.evaluate(() => document.querySelectorAll('details')
    .forEach((e) => { e.open = true; }));
  const wide = await page.evaluate(() =>
    document.documentElement.scrollWidth - innerWidth);
  must(wide <= 0, `${wide} pixels too wide at 400`);
  for (const text of await page.evaluate(faint)) must(false, `${scheme}: ${text}`);
  await picture(page, `narrow-${scheme}`);
}

async function bare(browser) {
  const page = await open(browser, { javaScriptEnabled: false });
  must(await rows(page) >= 4, 'rows without script');
  must(!await page.locator('#filters').isVisible(), 'filters without script');
}

(async () => {
  const browser = await chromium.launch({ executablePath,
                                          args: ['--no-sandbox'] });
  for (const look of [filters, links, keys, bare]) await look(browser);
  await narrow(browser, 'light');
  await narrow(browser, 'dark');
  await browser.close();
  for (const what of wrong) console.log(what);
  process.exit(wrong.length ? 1 : 0);
})().catch((e) => { console.log(e.message); process.exit(1); });
