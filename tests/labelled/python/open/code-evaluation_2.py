"""Spreadsheet style formulas and user hooks for a Tornado based dashboard."""
import code
import json
import math
import timeit
import types

import numexpr
import pandas as pd
import tornado.web
from simpleeval import SimpleEval

FUNCTIONS = {"sqrt": math.sqrt, "floor": math.floor, "ceil": math.ceil}
AGGREGATES = {"sum", "mean", "max"}
STATEMENT = "sum(range(100))"


class Cell:
    def __init__(self, formula):
        self.formula = formula
        self._compiled = None

    def prepare(self):
        body = self.formula.lstrip("=")
        self._compiled = compile(body, "<cell>", "eval")
        return self

    def value(self, sheet):
        return eval(self._compiled, {"__builtins__": {}}, {"sheet": sheet})  # flaw: code-evaluation


class LimitedCell:
    def __init__(self, formula):
        self.formula = formula

    def value(self, sheet):
        evaluator = SimpleEval(functions=FUNCTIONS, names=sheet)
        return evaluator.eval(self.formula.lstrip("="))  # fine: code-evaluation


def build_hook(name, lines):
    body = "\n".join("    " + line for line in lines) or "    pass"
    return f"def {name}(event):\n{body}\n"


def load_module(name, text):
    module = types.ModuleType(name)
    exec(text, module.__dict__)  # flaw: code-evaluation
    return module


class FormulaHandler(tornado.web.RequestHandler):
    def get(self):
        formula = self.get_query_argument("formula", "=1")
        kind = LimitedCell(formula) if self.get_query_argument("mode", "") == "new" else Cell(formula).prepare()
        self.write({"value": kind.value({"a1": 4, "a2": 5})})


class HookHandler(tornado.web.RequestHandler):
    def post(self):
        body = json.loads(self.request.body)
        module = load_module("hook", build_hook("run", body["lines"]))
        self.write({"result": str(module.run(body.get("event")))})


class FrameHandler(tornado.web.RequestHandler):
    frame = pd.DataFrame({"region": ["n", "s"], "amount": [4, 9]})

    def get(self):
        condition = self.get_query_argument("where", "amount > 1")
        found = self.frame.query(condition, engine="python")  # flaw: code-evaluation
        self.write({"rows": len(found)})

    def post(self):
        minimum = float(self.get_body_argument("minimum"))
        found = self.frame.query("amount > @minimum")  # fine: code-evaluation
        self.write({"rows": len(found), "minimum": minimum})

    def put(self):
        column = self.get_body_argument("column")
        if column not in self.frame.columns:
            raise tornado.web.HTTPError(400)
        self.write({"total": int(self.frame.eval(f"{column}.count()"))})  # fine: code-evaluation


class AggregateHandler(tornado.web.RequestHandler):
    def get(self, name):
        if name not in AGGREGATES:
            raise tornado.web.HTTPError(404)
        value = getattr(FrameHandler.frame["amount"], name)()  # fine: code-evaluation
        self.write({"value": float(value)})


class BenchmarkHandler(tornado.web.RequestHandler):
    def get(self):
        count = min(int(self.get_query_argument("count", "10")), 1000)
        self.write({"seconds": timeit.timeit(STATEMENT, number=count)})  # fine: code-evaluation

    def post(self):
        snippet = self.get_body_argument("snippet")
        seconds = timeit.timeit(snippet, number=1)  # flaw: code-evaluation
        self.write({"seconds": seconds})


class ConsoleHandler(tornado.web.RequestHandler):
    interpreters = {}

    def post(self, key):
        shell = self.interpreters.setdefault(key, code.InteractiveInterpreter())
        for line in self.get_body_arguments("line"):
            shell.runsource(line)  # flaw: code-evaluation
        self.write({"names": sorted(n for n in shell.locals if not n.startswith("_"))})


class VectorHandler(tornado.web.RequestHandler):
    def get(self):
        scale = int(self.get_query_argument("scale", "1"))
        values = numexpr.evaluate("a * s", local_dict={"a": [1, 2, 3], "s": scale})  # fine: code-evaluation
        self.write({"values": [int(v) for v in values]})


def make_app():
    return tornado.web.Application([
        (r"/formula", FormulaHandler),
        (r"/hooks", HookHandler),
        (r"/frame", FrameHandler),
        (r"/aggregate/(\w+)", AggregateHandler),
        (r"/benchmark", BenchmarkHandler),
        (r"/console/(\w+)", ConsoleHandler),
        (r"/vector", VectorHandler),
    ])
