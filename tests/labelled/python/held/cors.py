"""CORS configuration of the Flask, aiohttp, Tornado and Django parts."""
import re
from urllib.parse import urlsplit

import aiohttp_cors
import tornado.web
from aiohttp import web
from django.http import JsonResponse
from flask import Flask, jsonify, request
from flask_cors import CORS, cross_origin

FRONTENDS = ("https://www.example.org", "https://beta.example.org")
TENANT = re.compile(r"https://[a-z0-9-]{1,40}\.tenants\.example\.org")
LOOSE_TENANT = re.compile(r"https://.*\.tenants.example.org")

site = Flask("site")
CORS(site, resources={r"/api/*": {"origins": FRONTENDS}}, supports_credentials=True)  # fine: cors

backend = Flask("backend")
CORS(backend, origins=".*", supports_credentials=True)  # flaw: cors

CORS_ALLOWED_ORIGINS = list(FRONTENDS)  # fine: cors
CORS_ALLOW_CREDENTIALS = True


def legacy_settings(settings):
    settings["CORS_ALLOW_ALL_ORIGINS"] = True  # flaw: cors
    settings["CORS_ALLOW_CREDENTIALS"] = True
    return settings


@site.get("/open/fonts")
@cross_origin(origins="*", supports_credentials=False)  # fine: cors
def fonts():
    return jsonify(fonts=["serif", "sans"])


@site.get("/account")
@cross_origin(origins="*", supports_credentials=True)  # flaw: cors
def account():
    return jsonify(user="current")


@backend.after_request
def add_headers(response):
    origin = request.headers.get("Origin", "")
    if request.path.startswith("/tenant") and TENANT.fullmatch(origin):
        response.headers["Access-Control-Allow-Origin"] = origin  # fine: cors
        response.headers["Access-Control-Allow-Credentials"] = "true"
        response.vary.add("Origin")
    return response


class BaseHandler(tornado.web.RequestHandler):
    def allow(self, origin):
        self.set_header("Access-Control-Allow-Origin", origin)
        self.set_header("Access-Control-Allow-Credentials", "true")
        self.set_header("Vary", "Origin")


class MessagesHandler(BaseHandler):
    def set_default_headers(self):
        origin = self.request.headers.get("Origin", "")
        if LOOSE_TENANT.match(origin):
            self.set_header("Access-Control-Allow-Origin", origin)  # flaw: cors
            self.set_header("Access-Control-Allow-Credentials", "true")

    def get(self):
        self.write({"messages": []})


class NoticesHandler(BaseHandler):
    def set_default_headers(self):
        origin = self.request.headers.get("Origin", "")
        self.allow(origin if origin in FRONTENDS else FRONTENDS[0])  # fine: cors

    def get(self):
        self.write({"notices": []})


def contacts(request):
    response = JsonResponse({"contacts": []})
    origin = request.META.get("HTTP_ORIGIN")
    host = urlsplit(origin or "").hostname or ""
    if "example.org" in host:
        response["Access-Control-Allow-Origin"] = origin  # flaw: cors
        response["Access-Control-Allow-Credentials"] = "true"
    return response


def calendars(request):
    response = JsonResponse({"calendars": []})
    origin = request.META.get("HTTP_ORIGIN")
    for frontend in FRONTENDS:
        if origin == frontend:
            response["Access-Control-Allow-Origin"] = frontend  # fine: cors
            response["Access-Control-Allow-Credentials"] = "true"
            response["Vary"] = "Origin"
    return response


async def tariffs(_request):
    return web.json_response({"tariffs": []})


def make_app():
    app = web.Application()
    cors = aiohttp_cors.setup(app)
    resource = cors.add(app.router.add_resource("/tariffs"))
    cors.add(
        resource.add_route("GET", tariffs),
        {"*": aiohttp_cors.ResourceOptions(allow_credentials=True, expose_headers="*")},  # flaw: cors
    )
    public = cors.add(app.router.add_resource("/public"))
    cors.add(
        public.add_route("GET", tariffs),
        {"*": aiohttp_cors.ResourceOptions(allow_credentials=False)},  # fine: cors
    )
    return app
