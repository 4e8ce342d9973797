import re

from flask import Flask, abort, jsonify, request

app = Flask(__name__)

EMAIL = re.compile(r"^([a-zA-Z0-9]+[._-]?)+@[a-z]+\.[a-z]{2,}$")  # flaw: redos
SIMPLE_EMAIL = re.compile(r"^[a-zA-Z0-9._-]{1,64}@[a-z0-9-]{1,63}\.[a-z]{2,10}$")  # fine: redos
WORD_LIST = r"^(\w+\s?)*$"
KEY_LIST = r"^[a-z]+(?:,[a-z]+)*$"
VERSION = re.compile(r"\d+\.\d+(?:\.\d+)?")


class FieldValidator:
    def __init__(self, pattern, limit=None):
        self.pattern = pattern
        self.limit = limit

    def accepts(self, value):
        if self.limit is not None and len(value) > self.limit:
            return False
        return re.match(self.pattern, value) is not None


titles = FieldValidator(WORD_LIST)  # flaw: redos
tags = FieldValidator(KEY_LIST)  # fine: redos


def build_list_pattern(item, separator):
    return "^(" + item + separator + "*)+$"


@app.post("/subscribe")
def subscribe():
    address = request.form.get("email", "")
    if not EMAIL.match(address):
        abort(400)
    return jsonify(ok=True)


@app.post("/subscribe/v2")
def subscribe_v2():
    if not SIMPLE_EMAIL.match(request.form.get("email", "")):
        abort(400)
    return jsonify(ok=True)


@app.post("/titles")
def check_title():
    return jsonify(valid=titles.accepts(request.form.get("title", "")))


@app.post("/tags")
def check_tags():
    return jsonify(valid=tags.accepts(request.form.get("tags", "")))


@app.post("/numbers")
def check_numbers():
    text = request.form.get("numbers", "")
    return jsonify(valid=bool(re.match(r"^(\d+)+$", text)))  # flaw: redos


@app.post("/numbers/v2")
def check_numbers_v2():
    text = request.form.get("numbers", "")
    return jsonify(valid=bool(re.match(r"^\d+(?: \d+)*$", text)))  # fine: redos


@app.get("/grep")
def grep():
    expression = request.args.get("pattern", "")
    lines = ["start of service", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", "end of service"]
    pattern = re.compile(expression)  # flaw: redos
    return jsonify([line for line in lines if pattern.search(line)])


@app.get("/grep/literal")
def grep_literal():
    expression = re.escape(request.args.get("pattern", ""))
    pattern = re.compile(expression, re.IGNORECASE)  # fine: redos
    return jsonify([line for line in ("alpha", "beta") if pattern.search(line)])


@app.post("/codes")
def check_codes():
    pattern = build_list_pattern("[A-Z]+", "-")
    body = request.get_json()
    result = {}
    for name, value in body.items():
        result[name] = re.fullmatch(pattern, value) is not None  # flaw: redos
    return jsonify(result)


@app.post("/short-codes")
def check_short_codes():
    value = request.form.get("code", "")
    if len(value) > 12:
        abort(400)
    return jsonify(valid=re.match(r"^(?:[A-Z]+-?)+$", value) is not None)  # fine: redos


@app.get("/version")
def version():
    found = VERSION.search(request.headers.get("User-Agent", "")[:200])  # fine: redos
    return jsonify(version=found.group() if found else None)
