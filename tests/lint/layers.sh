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

# check_include FILE LAYER LINE INCLUDED_PATH
check_include() {
    target=${4%%/*}
    [ -d "$root/tools/$target" ] || return 0 # a folder inside the layer
    case " $2 $(below "$2") " in
    *" $target "*) ;;
    *) complain "$1:$3" "$2 must not include $4" ;;
    esac
}

check_file() {
    file=$1 layer=$2
    case $(head -n 1 "$file") in
    '/*'* | '//'*) ;;
    *) complain "$file" "does not start with a comment of its purpose" ;;
    esac
    sed '/\*\//q' "$file" | grep -q 'SPDX-License-Identifier: ' ||
        complain "$file" "no SPDX line in its first comment"
    if grep -nq '^ *# *include *"\.\./' "$file"; then
        complain "$file" "includes by ../; name the layer instead"
    fi
    for found in $(sed -n \
        's|^ *# *include *"\([a-z_]*/[^"]*\)".*|\1|p' "$file"); do
        line=$(grep -nF "\"$found\"" "$file" | head -n 1 | cut -d: -f1)
        check_include "$file" "$layer" "$line" "$found"
    done
}

list=$(mktemp) || exit 2
trap 'rm -f "$list"' EXIT
files=0
for folder in "$root"/tools/*/; do
    layer=$(basename "$folder")
    below "$layer" >/dev/null ||
        complain "$root/tools/$layer" "a layer that layers.sh does not know"
    find "$folder" -name '*.[ch]' | sort >"$list"
    while IFS= read -r file; do
        check_file "$file" "$layer"
        files=$((files + 1))
    done <"$list"
done
[ $files -gt 0 ] || complain "$root/tools" "no source found"
echo "$files files, $bad complaints"
[ $bad -eq 0 ]
