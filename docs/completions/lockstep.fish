# Completion of lockstep for fish: the tool itself says what there is.
# SPDX-License-Identifier: MIT

function __lockstep_verb
    set -l words (commandline -opc)
    test (count $words) -ge 2; and echo $words[2]
end

function __lockstep_needs_verb
    test (count (commandline -opc)) -eq 1
end

# Behind "--" the words are those of another program.
function __lockstep_is_ours
    not contains -- -- (commandline -opc); and not __lockstep_needs_verb
end

function __lockstep_options
    set -l verb (__lockstep_verb)
    set -l help (lockstep $verb --help 2>/dev/null)
    test "$verb" = run; and set -a help (lockstep run --help -- 2>/dev/null)
    string match -r -a -- '^ +(?:-[?A-Za-z], +)?(--[a-z-]+=?)' $help |
        string match -r -- '^--.*' | sort -u
end

function __lockstep_takes
    __lockstep_is_ours; and contains -- --$argv[1]= (__lockstep_options)
end

function __lockstep_arguments
    switch (__lockstep_verb)
        case show run gate measure commands bench
            lockstep words cases
        case words
            printf '%s\n' verbs detectors formats cases
        case baseline
            printf '%s\n' show update
    end
end

complete -c lockstep -n __lockstep_needs_verb -f -a '(lockstep words verbs) --help --version'
complete -c lockstep -n __lockstep_is_ours -a '(__lockstep_arguments)'
complete -c lockstep -n '__lockstep_is_ours; and string match -q -- "-*" (commandline -ct)' -a '(__lockstep_options | string match -v -r -- "^--(detector|require|format|color)=")'
complete -c lockstep -n '__lockstep_takes detector' -l detector -s d -x -a '(__fish_complete_list , "lockstep words detectors")'
complete -c lockstep -n '__lockstep_takes require' -l require -x -a '(__fish_complete_list , "lockstep words detectors")'
complete -c lockstep -n '__lockstep_takes format' -l format -x -a '(lockstep words formats)'
complete -c lockstep -n '__lockstep_takes color' -l color -x -a 'auto always never'
