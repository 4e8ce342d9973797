import base64
import hashlib
import hmac
import json
import os
import pickle
import shelve
from io import BytesIO

import jsonpickle
import yaml
from flask import Flask, abort, jsonify, request

app = Flask(__name__)

STATE_KEY = os.environ["STATE_SIGNING_KEY"].encode()
MODEL_FILE = "/opt/app/models/ranking.pkl"
ALLOWED = {("builtins", "set"), ("datetime", "date")}


class NarrowUnpickler(pickle.Unpickler):
    def find_class(self, module, name):
        if (module, name) in ALLOWED:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name}")


class Preferences:
    def __init__(self, blob):
        self.blob = blob

    def decode(self):
        raw = base64.b64decode(self.blob)
        return pickle.loads(raw)  # flaw: deserialization

    def decode_text(self):
        return json.loads(base64.b64decode(self.blob))  # fine: deserialization


def parse_document(text, loader=yaml.SafeLoader):
    return yaml.load(text, Loader=loader)  # fine: deserialization


def parse_pipeline(text):
    loader = yaml.UnsafeLoader
    return yaml.load(text, Loader=loader)  # flaw: deserialization


def load_model():
    with open(MODEL_FILE, "rb") as handle:
        return pickle.load(handle)  # fine: deserialization


@app.post("/cart/restore")
def restore_cart():
    cart = pickle.loads(request.get_data())  # flaw: deserialization
    return jsonify(items=len(cart))


@app.get("/preferences")
def preferences():
    cookie = request.cookies.get("prefs")
    if not cookie:
        return jsonify({})
    values = Preferences(cookie).decode()
    return jsonify(theme=values.get("theme"))


@app.get("/preferences/v2")
def preferences_v2():
    cookie = request.cookies.get("prefs2")
    if not cookie:
        return jsonify({})
    return jsonify(theme=Preferences(cookie).decode_text().get("theme"))


@app.post("/state")
def state():
    payload = base64.b64decode(request.form["state"])
    given = request.form.get("signature", "")
    expected = hmac.new(STATE_KEY, payload, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(given, expected):
        abort(403)
    step = pickle.loads(payload)  # fine: deserialization
    return jsonify(step=step["number"])


@app.post("/dates")
def dates():
    stream = BytesIO(request.get_data())
    days = NarrowUnpickler(stream).load()  # fine: deserialization
    return jsonify(count=len(days))


@app.post("/upload/dataset")
def dataset():
    upload = request.files["dataset"]
    frames = []
    buffer = BytesIO(upload.read())
    while buffer.tell() < buffer.getbuffer().nbytes:
        reader = pickle.Unpickler(buffer)
        frames.append(reader.load())  # flaw: deserialization
    return jsonify(frames=len(frames))


@app.post("/pipelines")
def pipelines():
    kind = request.args.get("kind", "config")
    text = request.get_data(as_text=True)
    if kind == "pipeline":
        parsed = parse_pipeline(text)
    else:
        parsed = parse_document(text)
    return jsonify(keys=sorted(str(key) for key in parsed))


@app.post("/events")
def events():
    body = request.get_json()
    event = jsonpickle.decode(body["event"])  # flaw: deserialization
    return jsonify(kind=type(event).__name__)


@app.get("/counters")
def counters():
    with shelve.open("/var/lib/app/counters") as store:  # fine: deserialization
        return jsonify(hits=store.get("hits", 0))
