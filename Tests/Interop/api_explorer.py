"""Explores an API with nothing but its OpenAPI document, by Schemathesis: values inside and outside of every bound it declares.

Standard input is one line, a JSON object: the addresses `document` and `base`, an access `token`, and `places`, values for places in
paths at which there is something. Standard output tells what was found; its last line is "held" when every answer was one that the
document allows, and "broken" otherwise.
"""

import json
import os
import subprocess
import sys
import tempfile

# Among them: no 5xx, no undocumented status or content type, bodies of the documented shapes, nothing malformed taken, nothing without a token.
CHECKS = [
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
    "response_headers_conformance",
    "negative_data_rejection",
    "unsupported_method",
    "ignored_auth",
]
# What counts as having refused something malformed: also to say first that the version is another, or that it is too long.
REFUSALS = [400, 401, 403, 404, 405, 409, 412, 413, 414, 415, 422, 431]

task = json.loads(sys.stdin.readline())
with tempfile.TemporaryDirectory() as folder:
    with open(f"{folder}/schemathesis.toml", "w", encoding="utf-8") as file:
        print(f'headers = {{ Authorization = "Bearer {task["token"]}" }}', file=file)
        print(f"[checks]\nnegative_data_rejection.expected-statuses = {REFUSALS}", file=file)
        print("[parameters]", *(f'"path.{name}" = "{value}"' for name, value in task["places"].items()), sep="\n", file=file)
    run = subprocess.run(
        [
            sys.executable, "-c", "from schemathesis.cli import schemathesis; schemathesis()", "run", task["document"],
            "--url", task["base"], "--checks", ",".join(CHECKS), "--phases", "coverage,fuzzing", "--max-examples", "3",
            "--generation-deterministic", "--request-timeout", "300", "--suppress-health-check", "all", "--no-color",
        ],  # fmt: skip
        cwd=folder,
        env=os.environ | {"PYTHONUTF8": "1", "HYPOTHESIS_STORAGE_DIRECTORY": f"{folder}/hypothesis"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
for line in run.stdout.splitlines():
    print(line[:400])
print("held" if run.returncode == 0 else "broken")
