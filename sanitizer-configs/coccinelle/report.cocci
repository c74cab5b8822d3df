// How a rule reports: report("double-lock", "&lock", "what is wrong",
// at("locks", position), ...). A line of text each, or of JSON where
// LOCKSTEP_REPORT=json is set; what was said before is not said again.
// SPDX-License-Identifier: MIT
@initialize:python@
@@
import json
import os
import re

said = set()


def at(role, p):
    """A place of a report; role is one of Lockstep's: locks, holds, waits,
    read, write, access."""
    return {"role": role, "file": p.file, "line": int(p.line),
            "column": int(p.column) + 1, "function": p.current_element}


def report(rule, thing, message, *places):
    line = json.dumps({"rule": rule, "object": thing, "message": message,
                       "places": places})
    if line in said:
        return
    said.add(line)
    if os.environ.get("LOCKSTEP_REPORT") == "json":
        print(line)
        return
    for n, p in enumerate(places):
        print("%s:%d:%d: %s%s" % (p["file"], p["line"], p["column"],
                                  "here too, " if n else "",
                                  p["role"] if n else
                                  "%s [%s]" % (message, rule)))
