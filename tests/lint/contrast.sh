#!/bin/sh
# Text of the HTML report has a contrast of at least 4.5 to 1 to what is behind
# it (WCAG 2.2, 1.4.3), in light and in dark; what only separates or marks is
# held to 3 to 1 where it is needed to understand (1.4.11).
# SPDX-License-Identifier: MIT
#
# Usage: contrast.sh SOURCE_ROOT
# Exits with 1 when a pair is too faint or not defined.

root=${1:?usage: contrast.sh SOURCE_ROOT}

awk '
function part(s, i,    c) {
    c = index("0123456789abcdef", substr(s, i, 1)) * 16 - 16
    c = (c + index("0123456789abcdef", substr(s, i + 1, 1)) - 1) / 255
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ^ 2.4
}
function luminance(s) {
    return 0.2126 * part(s, 2) + 0.7152 * part(s, 4) + 0.0722 * part(s, 6)
}
function check(mode, text, ground, least,    a, b, c) {
    a = color[mode, text]; b = color[mode, ground]; checked++
    if (!a || !b) {
        printf "%s: --%s or --%s is not defined\n", mode, text, ground
        bad++
        return
    }
    a = luminance(a); b = luminance(b)
    c = a > b ? (a + 0.05) / (b + 0.05) : (b + 0.05) / (a + 0.05)
    if (c < least) {
        printf "%s: --%s on --%s: %.2f to 1, under %.1f\n", mode, text,
               ground, c, least
        bad++
    }
    if (c < lowest || !lowest) lowest = c
}
BEGIN { mode = "light" }
/prefers-color-scheme: dark/ { mode = "dark" }
/^ +--[a-z-]+: #[0-9a-f]+;$/ {
    name = $1; gsub(/[-]-|:/, "", name)
    sub(/;/, "", $2); color[mode, name] = $2
}
/^\* / { mode = "done" }
END {
    n = split("ink/ground ink/panel soft/ground soft/panel link/ground " \
              "link/panel good/good-ground warn/warn-ground bad/bad-ground " \
              "link/warn-ground link/bad-ground link/good-ground " \
              "ink/mark-ground ink/bug-ground ink/fix-ground " \
              "soft/mark-ground soft/bug-ground soft/fix-ground " \
              "soft/note-ground note/note-ground", pairs, " ")
    split("light dark", modes, " ")
    for (m = 1; m <= 2; m++) {
        for (i = 1; i <= n; i++) {
            split(pairs[i], pair, "/")
            check(modes[m], pair[1], pair[2], 4.5)
        }
        check(modes[m], "link", "mark-ground", 3)
    }
    printf "%d pairs, the faintest %.2f to 1, %d too faint\n", checked,
           lowest, bad
    exit bad > 0 || checked == 0
}' "$root/tools/formats/html/report.css"
