# Every verb and every option that the tool knows can be completed in bash, zsh
# and fish, as far as these are installed, and behind "--" none.
. "$(dirname "$0")/lib.sh"

mkdir "$work/bin"
ln -s "$LOCKSTEP" "$work/bin/lockstep"
export PATH="$work/bin:$PATH"
folder=$SOURCE/docs/completions
lockstep words verbs >"$work/verbs"
options_of() {
    [ "$1" != cc ] || return 0 # the compiler's own
    lockstep "$1" --usage >"$work/usage"
    [ "$1" != run ] || lockstep run --usage -- >>"$work/usage"
    grep -oE -- '\[--[a-z-]+' "$work/usage" | tr -d '[' | sort -u
}
# complete WORD...: what the shell under test offers for the last word.
check() {
    complete "" >"$printed"
    while IFS= read -r verb; do
        grep -qxF "$verb" "$printed" || fail "$shell: no verb $verb"
    done <"$work/verbs"
    while IFS= read -r verb; do
        complete "$verb" "--" | sed 's/=.*//' >"$printed"
        options_of "$verb" >"$work/options"
        while IFS= read -r option; do
            grep -qxF -- "$option" "$printed" ||
                fail "$shell: $verb has no $option"
        done <"$work/options"
    done <"$work/verbs"
    complete run "unlocked-c" >"$printed"
    said '^unlocked-counter *$'
    complete run "--detector=hel" >"$printed"
    said 'helgrind'
    unsaid 'drd'
    complete run -- "--rep" >"$printed"
    unsaid repeat
}

shell=bash
complete() {
    bash -c '. "$1"/lockstep.bash
        shift
        for word in lockstep "$@"; do
            case $word in
            --*=*) COMP_WORDS+=("${word%%=*}" = "${word#*=}") ;;
            *) COMP_WORDS+=("$word") ;;
            esac
        done
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        _lockstep
        printf "%s\n" "${COMPREPLY[@]}"' bash "$folder" "$@"
}
check

# zsh: what it would hand to compadd.
shell=zsh
complete() {
    zsh -f -c 'compadd() {
            shift $(( ${@[(i)--]} ))
            local word
            for word; do [[ $word != $PREFIX* ]] || print -r -- $word; done
        }
        compset() {
            [[ $PREFIX == ${~2}* ]] || return 1
            PREFIX=${PREFIX##${~2}}
        }
        _files() { :; }
        words=(lockstep "${@[2,-1]}")
        CURRENT=$#words
        PREFIX=$words[-1]
        . $1/_lockstep' zsh "$folder" "$@"
}
if command -v zsh >/dev/null; then check; else echo "no zsh"; fi

shell=fish
complete() {
    fish --no-config -c 'source $argv[1]/lockstep.fish
        complete -C "lockstep $argv[2..]"' "$folder" "$@"
}
if command -v fish >/dev/null; then check; else echo "no fish"; fi

# The manual knows them too.
man=$SOURCE/docs/lockstep.1
while IFS= read -r verb; do
    grep -qE "^\.(It )?Cm .*\b$verb\b" "$man" ||
        fail "the manual has no verb $verb"
    for option in $(options_of "$verb"); do
        case $option in --usage | --version) continue ;; esac
        grep -qE "^\.(It )?Fl .*-${option#--}\b" "$man" ||
            fail "the manual has no option $option of $verb"
    done
done <"$work/verbs"
