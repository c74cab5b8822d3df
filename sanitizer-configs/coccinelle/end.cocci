// Says that all rules have run.
// SPDX-License-Identifier: MIT
@finalize:python@
@@
if os.environ.get("LOCKSTEP_REPORT") == "json":
    print(json.dumps({"end": True}))
