#!/bin/sh
# Checks that the layers of tools/ point down only, and that every source there
# says what it is for.
# SPDX-License-Identifier: MIT
#
# Usage: layers.sh SOURCE_ROOT
# Exits with 1 when a file breaks a rule.

root=${1:?usage: layers.sh SOURCE_ROOT}
bad=0

complain() {
    echo "${1#"$root"/}: $2" >&2
    bad=$((bad + 1))
}

# What a layer may include besides itself. `watch` is loaded into other people's
# programs: it stands on nothing of ours, and its header tells the detectors
# what it leaves for them to read.
below() {
    case $1 in
    base) echo "" ;;
    os) echo "base" ;;
    model) echo "base os" ;;
    detectors) echo "base os model watch" ;;
    formats | history | bench | explore) echo "base os model" ;;
    engine) echo "base os model detectors formats history" ;;
    cli)
        echo "base os model detectors formats history engine bench explore"
        ;;
    watch) echo "" ;;
    *) return 1 ;;
    esac
}

# check_files FOLDER LAYER BELOW: prints how many files there are, and how many
# complaints. In one process: there are hundreds.
check_files() {
    find "$1" -name '*.[ch]' | sort | awk -v root="$root" -v layer="$2" \
        -v below="$3" '
    function complain(place, message) {
        print substr(place, length(root) + 2) ": " message >"/dev/stderr"
        bad++
    }
    # A folder inside the layer is no layer.
    function is_layer(name) {
        if (!(name in known))
            known[name] = system("test -d \"" root "/tools/" name "\"") == 0
        return known[name]
    }
    function check_include(place, path, target) {
        target = substr(path, 1, index(path, "/") - 1)
        if (is_layer(target) &&
            index(" " layer " " below " ", " " target " ") == 0)
            complain(place, layer " must not include " path)
    }
    function check_file(file, number, line, head, licensed, up) {
        head = 1
        number = licensed = up = 0
        while ((getline line <file) > 0) {
            if (++number == 1 && line !~ "^/[*/]")
                complain(file, "does not start with a comment of its purpose")
            if (head && line ~ /SPDX-License-Identifier: /)
                licensed = 1
            if (line ~ /\*\//)
                head = 0
            if (line !~ /^ *# *include *"/)
                continue
            up = up || line ~ /"\.\.\//
            if (line ~ /"[a-z_]*\/[^"]*"/)
                check_include(file ":" number, path_of(line))
        }
        close(file)
        if (!number)
            complain(file, "does not start with a comment of its purpose")
        if (!licensed)
            complain(file, "no SPDX line in its first comment")
        if (up)
            complain(file, "includes by ../; name the layer instead")
    }
    function path_of(line) {
        sub(/^[^"]*"/, "", line)
        sub(/".*/, "", line)
        return line
    }
    { check_file($0) }
    END { print NR, bad + 0 }'
}

files=0
for folder in "$root"/tools/*/; do
    layer=$(basename "$folder")
    lower=$(below "$layer") ||
        complain "$root/tools/$layer" "a layer that layers.sh does not know"
    # shellcheck disable=SC2046 # two numbers
    set -- $(check_files "${folder%/}" "$layer" "$lower")
    files=$((files + $1))
    bad=$((bad + $2))
done
[ $files -gt 0 ] || complain "$root/tools" "no source found"
echo "$files files, $bad complaints"
[ $bad -eq 0 ]
