# A bad command line says what is wrong and what there is; exit 2.
. "$(dirname "$0")/lib.sh"

expect 2 "$LOCKSTEP"
said "Usage: lockstep VERB"
expect 2 "$LOCKSTEP" frobnicate
said "no verb 'frobnicate'"
expect 2 "$LOCKSTEP" run --detector nosuch
said "no detector is called 'nosuch'"
expect 2 "$LOCKSTEP" run --jobs zero
said "'zero' is no number"
expect 2 "$LOCKSTEP" run --repeat 0
expect 2 "$LOCKSTEP" run --format nosuch
said "there is:.* json"
expect 2 "$LOCKSTEP" run counter
said "there is: .*data-race/unlocked-counter"
expect 2 "$LOCKSTEP" run unlocked-counter:nosuch
said "has no variant 'nosuch'; there is: buggy"
expect 2 "$LOCKSTEP" show
said "show needs a CASE"
expect 2 "$LOCKSTEP" doctor drd
said "'drd': this verb takes no CASE"
expect 2 "$LOCKSTEP" measure --plain -1 unlocked-counter
said "'-1' is no number from 0 to"
expect 2 "$LOCKSTEP" measure --timing unlocked-counter
expect 2 "$LOCKSTEP" list --color sometimes
said "auto, always or never"

for verb in $("$LOCKSTEP" words verbs); do
    expect 0 "$LOCKSTEP" $verb --help
    said "^Usage: lockstep $verb"
done
expect 0 "$LOCKSTEP" --help
expect 0 "$LOCKSTEP" --version
said "^lockstep [0-9]"
