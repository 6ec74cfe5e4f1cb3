"""Checks OpenAPI documents as an independent reader does, against the meta-schemas of the specification.

Each line of standard input is one document; each line of standard output names its first flaw, or is "valid".
"""

import json
import sys

from openapi_spec_validator import OpenAPIV31SpecValidator

for line in sys.stdin:
    flaw = next(OpenAPIV31SpecValidator(json.loads(line)).iter_errors(), None)
    print("valid" if flaw is None else f"{list(flaw.absolute_path)}: {flaw.message[:300]}", flush=True)
