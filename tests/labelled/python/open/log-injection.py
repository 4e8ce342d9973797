import json
import logging
import re
import sys

from flask import Flask, abort, jsonify, request

app = Flask(__name__)

logging.basicConfig(filename="/var/log/shop/app.log", format="%(asctime)s %(levelname)s %(message)s")
log = logging.getLogger("shop")
access = logging.getLogger("shop.access")
access.setLevel(logging.INFO)

ORDER_ID = re.compile(r"[A-Z]{2}[0-9]{8}")
ACTIONS = ("create", "update", "remove")


def flat(value):
    return value.replace("\r", "\\r").replace("\n", "\\n")


class AuditTrail:
    def __init__(self, logger):
        self.logger = logger
        self.fields = []

    def field(self, name, value):
        self.fields.append(f"{name}={value}")
        return self

    def write(self):
        self.logger.info(" ".join(self.fields))  # flaw: log-injection


class JsonTrail:
    def __init__(self, logger):
        self.logger = logger
        self.fields = {}

    def field(self, name, value):
        self.fields[name] = value
        return self

    def write(self):
        self.logger.info(json.dumps(self.fields))  # fine: log-injection


def failure(message):
    log.warning(message)  # flaw: log-injection
    abort(403)


@app.post("/login")
def login():
    user = request.form.get("user", "")
    log.info("login attempt by " + user)  # flaw: log-injection
    return jsonify(ok=True)


@app.post("/login/v2")
def login_v2():
    log.info("login attempt by %s", flat(request.form.get("user", "")))  # fine: log-injection
    return jsonify(ok=True)


@app.post("/login/v3")
def login_v3():
    user = request.form.get("user", "")
    if user == "guest":
        failure("refused %s from %s" % (user, request.form.get("station", "-")))
    return jsonify(ok=True)


@app.get("/search")
def search():
    term = request.args.get("q", "")
    shown = term if len(term) < 40 else term[:40] + "..."
    access.info("search term %s", shown)  # flaw: log-injection
    return jsonify(results=[])


@app.get("/search/v2")
def search_v2():
    access.info("search term %r", request.args.get("q", "")[:40])  # fine: log-injection
    return jsonify(results=[])


@app.get("/orders/<order>")
def order(order):
    if not ORDER_ID.fullmatch(order):
        abort(404)
    access.info("order %s shown", order)  # fine: log-injection
    return jsonify(order=order)


@app.get("/orders/page/<int:number>")
def order_page(number):
    access.info("order page %d", number)  # fine: log-injection
    return jsonify(orders=[])


@app.post("/actions")
def actions():
    body = request.get_json()
    trail = AuditTrail(access) if body.get("plain") else JsonTrail(access)
    trail.field("action", body.get("action")).field("comment", body.get("comment"))
    trail.write()
    return jsonify(ok=True)


@app.post("/actions/<name>")
def named_action(name):
    if name not in ACTIONS:
        abort(404)
    log.info(f"action {name}")  # fine: log-injection
    return jsonify(ok=True)


@app.get("/agent")
def agent():
    names = []
    for value in request.args.getlist("name"):
        names.append(value.strip())
    print("agents: " + ",".join(names), file=sys.stderr)  # flaw: log-injection
    return jsonify(count=len(names))
