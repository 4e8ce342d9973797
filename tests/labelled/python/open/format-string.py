import os
import string

from flask import Flask, abort, jsonify, request

app = Flask(__name__)

GREETING = "Dear {user.name}, your order {order} is on its way."
FORMATS = {"short": "{name}", "long": "{name} <{mail}>"}
API_KEY = os.environ["API_KEY"]


class User:
    def __init__(self, name, mail):
        self.name = name
        self.mail = mail


class PlainFormatter(string.Formatter):
    def get_field(self, field_name, args, kwargs):
        if "." in field_name or "[" in field_name:
            raise ValueError("attribute access is not offered")
        return super().get_field(field_name, args, kwargs)


class Letter:
    def __init__(self, template):
        self.template = template

    def text(self, user):
        return self.template.format(user=user, order=17)  # flaw: format-string


def current_user():
    return User("Ann", "ann@example.org")


def join_pattern(parts):
    return " - ".join(parts)


@app.get("/greeting")
def greeting():
    return jsonify(text=request.args.get("pattern", "").format(user=current_user()))  # flaw: format-string


@app.get("/greeting/v2")
def greeting_v2():
    return jsonify(text=GREETING.format(user=current_user(), order=request.args.get("order", "?")))  # fine: format-string


@app.get("/label")
def label():
    parts = ["{user.name}"]
    for part in request.args.getlist("part"):
        parts.append(part)
    pattern = join_pattern(parts)
    return jsonify(text=pattern.format(user=current_user()))  # flaw: format-string


@app.get("/label/v2")
def label_v2():
    user = current_user()
    return jsonify(text="{} - {}".format(user.name, join_pattern(request.args.getlist("part"))))  # fine: format-string


@app.get("/display")
def display():
    pattern = FORMATS.get(request.args.get("style"), "{name}")
    user = current_user()
    return jsonify(text=pattern.format(name=user.name, mail=user.mail))  # fine: format-string


@app.post("/letter")
def letter():
    body = request.get_json()
    return jsonify(text=Letter(body["template"]).text(current_user()))


@app.post("/letter/v2")
def letter_v2():
    body = request.get_json()
    user = current_user()
    if len(body["template"]) > 500:
        abort(400)
    template = string.Template(body["template"])
    return jsonify(text=template.safe_substitute(name=user.name))  # fine: format-string


@app.post("/letter/v3")
def letter_v3():
    user = current_user()
    pattern = "Dear " + request.form["salutation"] + " {user.name}"
    values = {"user": user, "order": 17}
    return jsonify(text=pattern.format_map(values))  # flaw: format-string


@app.post("/letter/v4")
def letter_v4():
    user = current_user()
    values = {"name": user.name, "city": "Oslo"}
    pattern = request.form["pattern"]
    if "%" in pattern or ":" in pattern or "!" in pattern or len(pattern) > 200:
        abort(400)
    try:
        return jsonify(text=PlainFormatter().vformat(pattern, (), values))  # fine: format-string
    except (KeyError, ValueError, IndexError):
        abort(400)


@app.get("/motto")
def motto():
    return jsonify(text="%s says %s" % (current_user().name, request.args.get("motto", "")))  # fine: format-string
