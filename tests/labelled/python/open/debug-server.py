import os
import sys

from fastapi import FastAPI
from flask import Flask, jsonify
from werkzeug.debug import DebuggedApplication
from werkzeug.serving import run_simple

DEBUG_DEFAULT = True
RUN_OPTIONS = {"host": "127.0.0.1", "port": 5001, "debug": False}


def create_shop():
    shop = Flask("shop")

    @shop.get("/")
    def index():
        return jsonify(name="shop")

    return shop


def create_office():
    office = Flask("office")
    office.config["DEBUG"] = True  # flaw: debug-server
    return office


def create_store(settings):
    store = Flask("store")
    store.config["DEBUG"] = False  # fine: debug-server
    store.config.update(settings)
    return store


def create_reports():
    return FastAPI(title="reports", debug=True)  # flaw: debug-server


def create_exports():
    return FastAPI(title="exports", debug=False)  # fine: debug-server


class Launcher:
    def __init__(self, app, debug=DEBUG_DEFAULT):
        self.app = app
        self.debug = debug
        self.port = int(os.environ.get("PORT", "8000"))

    def start(self):
        self.app.run(port=self.port, debug=self.debug)  # flaw: debug-server

    def start_quietly(self):
        self.app.run(port=self.port, use_reloader=False)  # fine: debug-server


def serve_wrapped(app):
    run_simple("127.0.0.1", 8080, DebuggedApplication(app, evalex=True))  # flaw: debug-server


def serve_plain(app):
    run_simple("127.0.0.1", 8080, app, use_debugger=False, use_reloader=True)  # fine: debug-server


def serve_shop(app):
    app.debug = False  # fine: debug-server
    app.run(**RUN_OPTIONS)


def trace(message, debug=True):  # fine: debug-server
    if debug:
        sys.stderr.write(message + "\n")


def serve_all(names):
    applications = {"shop": create_shop, "office": create_office}
    for name in names:
        trace("starting " + name)
        app = applications[name]()
        app.run(port=5000, debug=True, threaded=True)  # flaw: debug-server


def main():
    command = sys.argv[1] if len(sys.argv) > 1 else "shop"
    shop = create_shop()
    if command == "wrapped":
        serve_wrapped(shop)
    elif command == "plain":
        serve_plain(shop)
    elif command == "launch":
        Launcher(shop).start()
    else:
        serve_shop(shop)


if __name__ == "__main__":
    main()
