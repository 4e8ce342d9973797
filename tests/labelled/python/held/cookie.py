"""Session handling for the FastAPI console, the Django site and a Tornado tool."""
import os
import secrets

import tornado.web
from aiohttp import web
from django.conf import settings
from django.http import HttpResponse
from fastapi import FastAPI, Response
from starlette.middleware.sessions import SessionMiddleware

settings.configure(
    SECRET_KEY=os.environ["SITE_SECRET"],
    SESSION_COOKIE_SECURE=False,  # flaw: cookie
    SESSION_COOKIE_HTTPONLY=True,  # fine: cookie
    CSRF_COOKIE_SECURE=True,
    LANGUAGE_COOKIE_HTTPONLY=False,  # fine: cookie
)

console = FastAPI()
console.add_middleware(SessionMiddleware, secret_key=os.environ["CONSOLE_SECRET"], https_only=True)  # fine: cookie
desk = FastAPI()
desk.add_middleware(SessionMiddleware, secret_key=os.environ["DESK_SECRET"], max_age=7200)  # flaw: cookie

STRICT = dict(secure=True, httponly=True, samesite="strict", path="/")


class CookieWriter:
    def __init__(self, response, https=True):
        self.response = response
        self.https = https

    def write(self, name, value):
        self.response.set_cookie(name, value, secure=self.https, httponly=True, samesite="Lax")  # fine: cookie

    def write_readable(self, name, value):
        self.response.set_cookie(name, value, secure=self.https, httponly=False, samesite="Lax")  # flaw: cookie


def sign_in(response, token):
    response.set_cookie("sid", token, max_age=3600, httponly=True)  # flaw: cookie
    return response


@console.post("/tokens")
def tokens(response: Response):
    response.set_cookie(key="refresh_token", value=secrets.token_urlsafe(32), **STRICT)  # fine: cookie
    return {"ok": True}


@console.post("/language/{code}")
def language(code: str, response: Response):
    chosen = code if code in {"en", "de"} else "en"
    response.set_cookie("language", chosen, max_age=31_536_000)  # fine: cookie
    return {"language": chosen}


@desk.post("/login")
def login(response: Response):
    return {"ok": sign_in(response, secrets.token_hex(24)) is not None}


def portal_login(request):
    response = HttpResponse(status=204)
    CookieWriter(response).write("portal_session", secrets.token_hex(24))
    return response


def widget_login(request):
    response = HttpResponse(status=204)
    CookieWriter(response).write_readable("auth_token", secrets.token_hex(24))
    return response


def signed_login(request):
    response = HttpResponse(status=204)
    response.set_signed_cookie("uid", request.user.pk, salt="uid", secure=True, httponly=True)  # fine: cookie
    return response


class ToolLogin(tornado.web.RequestHandler):
    def post(self):
        self.set_secure_cookie("tool_user", self.get_body_argument("user"), expires_days=1)  # flaw: cookie
        self.set_status(204)

    def put(self):
        self.set_signed_cookie("tool_user", self.get_body_argument("user"), secure=True, httponly=True)  # fine: cookie
        self.set_status(204)

    def delete(self):
        self.clear_cookie("tool_user")
        self.set_status(204)


async def gate(request):
    response = web.Response(status=204)
    flags = {"httponly": True, "secure": True}
    if request.query.get("embedded"):
        flags = {"samesite": "None", "httponly": True, "secure": False}  # flaw: cookie
    response.set_cookie("gate_session", secrets.token_hex(16), **flags)
    return response
