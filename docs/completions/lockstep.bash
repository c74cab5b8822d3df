# Completion of lockstep for bash: the tool itself says what there is.
# SPDX-License-Identifier: MIT

_lockstep_options() {
    lockstep "$1" --help ${2:+--} 2>/dev/null |
        grep -oE -- '^ +(-[?A-Za-z], +)?--[a-z-]+=?' | grep -oE -- '--[a-z-]+=?'
}

# What may follow --option=; an empty answer means the name of a file.
_lockstep_values() {
    case $1 in
    --detector | --require) lockstep words detectors ;;
    --suppressions) lockstep words detectors | sed 's/$/=/' ;;
    --format) lockstep words formats ;;
    --color) printf '%s\n' auto always never ;;
    --family) printf '%s\n' all static dynamic ;;
    esac
}

_lockstep() {
    local cur prev verb own="" before="" i
    cur=${COMP_WORDS[COMP_CWORD]}
    prev=${COMP_WORDS[COMP_CWORD - 1]}
    verb=${COMP_WORDS[1]}
    COMPREPLY=()
    compopt +o nospace 2>/dev/null
    if [ "$COMP_CWORD" -eq 1 ]; then
        COMPREPLY=($(compgen -W "$(lockstep words verbs) --help --version" \
            -- "$cur"))
        return
    fi
    for ((i = 2; i < COMP_CWORD; i++)); do
        if [ "${COMP_WORDS[i]}" = -- ]; then
            compopt -o default 2>/dev/null
            return
        fi
    done
    # bash parts --option=value into three words.
    if [ "$cur" = = ]; then
        cur="" own=$prev
    elif [ "$prev" = = ]; then
        own=${COMP_WORDS[COMP_CWORD - 2]}
    fi
    if [ -n "$own" ]; then
        case $cur in
        *,*) before=${cur%,*}, cur=${cur##*,} ;;
        esac
        COMPREPLY=($(compgen -P "$before" -W "$(_lockstep_values "$own")" \
            -- "$cur"))
        [ ${#COMPREPLY[@]} -gt 0 ] || COMPREPLY=($(compgen -f -- "$cur"))
        return
    fi
    case $cur in
    -*)
        COMPREPLY=($(compgen -W "$(_lockstep_options "$verb")
            $([ "$verb" = run ] && _lockstep_options run own)" -- "$cur"))
        case ${COMPREPLY[*]} in
        *=) compopt -o nospace 2>/dev/null ;;
        esac
        ;;
    *)
        case $verb in
        show | run | gate | measure | commands | bench)
            COMPREPLY=($(compgen -W "$(lockstep words cases)" -- "$cur")) ;;
        words)
            COMPREPLY=($(compgen -W "verbs detectors formats cases" \
                -- "$cur")) ;;
        baseline)
            [ "$COMP_CWORD" -gt 2 ] ||
                COMPREPLY=($(compgen -W "show update" -- "$cur"))
            ;;
        esac
        [ ${#COMPREPLY[@]} -gt 0 ] || COMPREPLY=($(compgen -f -- "$cur"))
        ;;
    esac
}

complete -F _lockstep lockstep
