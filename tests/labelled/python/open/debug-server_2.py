"""Settings and start scripts of the Django, Tornado, aiohttp and Bottle parts."""
import argparse
import os

import bottle
import django
import sanic
import tornado.ioloop
import tornado.web
import uvicorn
from aiohttp import web
from django.conf import settings
from pyramid.config import Configurator
from starlette.applications import Starlette

SITE = {
    "SECRET_KEY": os.environ["SITE_SECRET"],
    "ALLOWED_HOSTS": ["www.example.org"],
    "DEBUG": True,  # flaw: debug-server
    "ROOT_URLCONF": "site_urls",
}
INTRANET = {
    "SECRET_KEY": os.environ["INTRANET_SECRET"],
    "ALLOWED_HOSTS": ["intranet.example.org"],
    "DEBUG": False,  # fine: debug-server
    "DEBUG_PROPAGATE_EXCEPTIONS": False,
    "ROOT_URLCONF": "intranet_urls",
}


class MainHandler(tornado.web.RequestHandler):
    def get(self):
        self.write({"state": "running"})


class Settings:
    verbose = True
    trace = False

    def tornado(self):
        return {"debug": self.verbose, "compress_response": True}

    def quiet_tornado(self):
        return {"debug": self.trace, "compress_response": True}


def console_app():
    return tornado.web.Application([(r"/", MainHandler)], **Settings().tornado())  # flaw: debug-server


def metrics_app():
    return tornado.web.Application([(r"/", MainHandler)], **Settings().quiet_tornado())  # fine: debug-server


def ticker_app():
    return tornado.web.Application([(r"/", MainHandler)], serve_traceback=True)  # flaw: debug-server


def start_django(kind):
    values = dict(SITE if kind == "site" else INTRANET)
    settings.configure(**values)
    django.setup()


def start_bottle():
    app = bottle.Bottle()
    app.route("/", callback=lambda: {"state": "running"})
    bottle.debug(True)  # flaw: debug-server
    bottle.run(app, host="127.0.0.1", port=8010)


def start_quiet_bottle():
    app = bottle.Bottle()
    bottle.run(app, host="127.0.0.1", port=8011, debug=False, quiet=True)  # fine: debug-server


def pyramid_app():
    options = {"pyramid.default_locale_name": "en"}
    for name in ("pyramid.includes",):
        options[name] = "pyramid_debugtoolbar"
    options["debugtoolbar.hosts"] = "0.0.0.0/0"  # flaw: debug-server
    with Configurator(settings=options) as config:
        return config.make_wsgi_app()


def starlette_app():
    return Starlette(debug=os.environ.get("APP_DEBUG") == "1")  # fine: debug-server


def start_uvicorn():
    uvicorn.run(starlette_app(), host="127.0.0.1", port=8020, log_level="debug")  # fine: debug-server


def start_sanic():
    app = sanic.Sanic("gateway")
    app.run(host="127.0.0.1", port=8030, debug=True)  # flaw: debug-server


def start_aiohttp():
    app = web.Application()
    web.run_app(app, host="127.0.0.1", port=8040, access_log=None)  # fine: debug-server


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("part", choices=["console", "metrics", "bottle", "sanic", "aiohttp"])
    parser.add_argument("--debug-log", action="store_true")  # fine: debug-server
    arguments = parser.parse_args()
    if arguments.part in ("console", "metrics"):
        app = console_app() if arguments.part == "console" else metrics_app()
        app.listen(8000, "127.0.0.1")
        tornado.ioloop.IOLoop.current().start()
    elif arguments.part == "bottle":
        start_bottle()
    elif arguments.part == "sanic":
        start_sanic()
    else:
        start_aiohttp()


if __name__ == "__main__":
    main()
