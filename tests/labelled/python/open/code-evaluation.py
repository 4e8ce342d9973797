import ast
import importlib
import operator

from flask import Flask, abort, jsonify, request

app = Flask(__name__)

OPERATORS = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul}
EXPORTERS = {"csv": "exporters.csv_export", "xlsx": "exporters.xlsx_export"}
DERIVED_FIELDS = ["total", "tax", "net"]
HELPERS = "def double(n):\n    return n * 2\n"

namespace = {}
exec(compile(HELPERS, "<helpers>", "exec"), namespace)  # fine: code-evaluation


def arithmetic(node):
    if isinstance(node, ast.Expression):
        return arithmetic(node.body)
    if isinstance(node, ast.Constant) and isinstance(node.value, (int, float)):
        return node.value
    if isinstance(node, ast.BinOp) and type(node.op) in OPERATORS:
        return OPERATORS[type(node.op)](arithmetic(node.left), arithmetic(node.right))
    raise ValueError("unsupported expression")


class Rule:
    def __init__(self, name, condition):
        self.name = name
        self.condition = condition

    def matches(self, order):
        return bool(eval(self.condition, {"order": order}))  # flaw: code-evaluation


class Threshold:
    def __init__(self, field, limit):
        self.field = field
        self.limit = float(limit)

    def matches(self, order):
        return float(order.get(self.field, 0)) > self.limit


def run_script(text, context):
    program = compile(text, "<script>", "exec")
    exec(program, context)  # flaw: code-evaluation
    return context.get("result")


@app.get("/calc")
def calc():
    return jsonify(value=eval(request.args["expression"]))  # flaw: code-evaluation


@app.get("/calc/simple")
def calc_simple():
    tree = ast.parse(request.args.get("expression", "0")[:80], mode="eval")  # fine: code-evaluation
    try:
        return jsonify(value=arithmetic(tree))
    except ValueError:
        abort(400)


@app.post("/points")
def points():
    try:
        values = ast.literal_eval(request.form.get("points", "[]")[:2000])  # fine: code-evaluation
    except (ValueError, SyntaxError):
        abort(400)
    return jsonify(count=len(values))


@app.post("/rules/test")
def test_rule():
    body = request.get_json()
    if body.get("kind") == "threshold":
        rule = Threshold(body["field"], body["limit"])
    else:
        rule = Rule(body["name"], body["condition"])
    return jsonify(matched=rule.matches(body["order"]))


@app.post("/columns")
def columns():
    body = request.get_json()
    computed = []
    for row in body["rows"]:
        record = {}
        for column in body["columns"]:
            source = "lambda row: row['" + column + "']"
            getter = eval(source)  # flaw: code-evaluation
            record[column] = getter(row)
        computed.append(record)
    return jsonify(computed)


@app.post("/derived")
def derived():
    row = request.get_json()
    getters = {name: eval("lambda r: r.get(%r, 0)" % name) for name in DERIVED_FIELDS}  # fine: code-evaluation
    return jsonify({name: getter(row) for name, getter in getters.items()})


@app.post("/automation")
def automation():
    body = request.get_json()
    prelude = ["import math"]
    prelude.extend(body.get("steps", []))
    return jsonify(result=run_script("\n".join(prelude), {"result": None}))


@app.get("/export/<kind>")
def export(kind):
    if kind not in EXPORTERS:
        abort(404)
    module = importlib.import_module(EXPORTERS[kind])  # fine: code-evaluation
    return jsonify(module.rows())


@app.get("/plugins/<name>/info")
def plugin_info(name):
    described = {}
    exec(f"import {name} as plugin\nversion = plugin.__version__", described)  # flaw: code-evaluation
    return jsonify(version=described["version"])
