"""What another implementation makes of an expression of the Common Expression Language: cel-cpp, by the package cel-expr-python.

Reads a line, answers a line, until its input is closed:

    {"expr": "i + 1 < 3", "bindings": {"i": {"int": "1"}}, "vars": {"i": "int"}}
    {"parsed": true, "type": "bool" or null where the checker refuses, "value": {"bool": true} or null where the evaluation fails}
    {"unable": "why"}       when this program itself could not, or when cel-cpp found the expression too deep

Values carry their type, as in the cases of Tests/AccessControlTests/Conditions/Data. The evaluation is unchecked.
"""

import base64
import json
import math
import sys

from cel_expr_python import cel

SIMPLE = {
    "dyn": cel.Type.DYN, "int": cel.Type.INT, "double": cel.Type.DOUBLE, "string": cel.Type.STRING, "bool": cel.Type.BOOL,
    "map<string, dyn>": cel.Type.Map(cel.Type.STRING, cel.Type.DYN),
}  # fmt: skip
environments = {}


def environment(variables):
    key = tuple(sorted(variables.items()))
    if key not in environments:
        environments[key] = cel.NewEnv(variables={name: SIMPLE[kind] for name, kind in key})
    return environments[key]


def bound(value):
    ((kind, content),) = value.items()
    match kind:
        case "int":
            return int(content)
        case "double":
            return float(content)
        case "string" | "bool" | "null":
            return content
        case "list":
            return [bound(element) for element in content]
        case "map":
            return {bound(key): bound(element) for key, element in content}
    raise ValueError("cannot bind " + kind)


def double(number):
    if math.isnan(number):
        return "NaN"
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    return repr(float(number))


def fraction(microseconds):
    return f".{microseconds:06d}".rstrip("0") if microseconds else ""


def shown(value):
    name, content = value.type().name(), value.value()
    if name.startswith("LIST"):
        return {"list": [shown(element) for element in content]}
    if name.startswith("MAP"):
        return {"map": [[{"string": key}, shown(element)] for key, element in content.items()]}
    match name:
        case "NULL":
            return {"null": None}
        case "BOOL":
            return {"bool": bool(content)}
        case "INT" | "UINT":
            return {name.lower(): str(content)}
        case "DOUBLE":
            return {"double": double(content)}
        case "STRING":
            return {"string": content}
        case "BYTES":
            return {"bytes": base64.b64encode(bytes(content)).decode()}
        case "TIMESTAMP":
            return {"timestamp": content.strftime("%Y-%m-%dT%H:%M:%S").rjust(19, "0") + fraction(content.microsecond) + "Z"}
        case "DURATION":
            total = (content.days * 86400 + content.seconds) * 1000000 + content.microseconds
            sign = "-" if total < 0 else ""
            return {"duration": f"{sign}{abs(total) // 1000000}{fraction(abs(total) % 1000000)}s"}
    raise ValueError("cannot show " + name)


def answer(question):
    world = environment(question["vars"])
    bindings = {name: bound(value) for name, value in question["bindings"].items()}
    try:
        program = world.compile(question["expr"], disable_check=True)
    except RuntimeError as error:
        return {"unable": str(error)} if "recursion" in str(error) else {"parsed": False}
    try:
        kind = world.compile(question["expr"]).return_type().name().lower().replace("<", "(").replace(">", ")")
    except RuntimeError as error:
        if "recursion" in str(error):
            return {"unable": str(error)}
        kind = None
    result = program.eval(data=bindings)
    failed = result.type().name() in ("ERROR", "UNKNOWN")
    return {"parsed": True, "type": kind, "value": None if failed else shown(result)}


for line in sys.stdin:
    try:
        reply = answer(json.loads(line))
    except Exception as error:  # whatever it is, the asker must not wait in vain
        reply = {"unable": f"{type(error).__name__}: {error}"}
    print(json.dumps(reply), flush=True)
