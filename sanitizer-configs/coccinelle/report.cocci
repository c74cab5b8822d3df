// How a rule reports: report("double-lock", "&lock", "what is wrong",
// at("locks", position), ...). The reports are printed in order at the end: as
// text, or a line of JSON each where LOCKSTEP_REPORT=json is set.
// SPDX-License-Identifier: MIT
@initialize:python@
@@
import json
import os
import re

reports = []


def at(role, p):
    """A place of a report; role is one of Lockstep's: locks, holds, waits,
    read, write, access."""
    return {"role": role, "file": p.file, "line": int(p.line),
            "column": int(p.column) + 1, "function": p.current_element}


def report(rule, thing, message, *places):
    reports.append({"rule": rule, "object": thing, "message": message,
                    "places": list(places)})


def as_text(r):
    words = ["%s [%s]" % (r["message"], r["rule"])]
    words += ["here too, " + p["role"] for p in r["places"][1:]]
    return "\n".join("%s:%d:%d: %s" % (p["file"], p["line"], p["column"], w)
                     for p, w in zip(r["places"], words))


def print_reports():
    is_json = os.environ.get("LOCKSTEP_REPORT") == "json"

    def order(r):
        return [(p["file"], p["line"], p["column"]) for p in r["places"]], \
            r["rule"], str(r["object"])

    last = None
    for r in sorted(reports, key=order):
        if r != last:
            print(json.dumps(r) if is_json else as_text(r))
        last = r
    if is_json:
        print(json.dumps({"end": True}))
