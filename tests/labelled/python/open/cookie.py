import secrets
from http.cookies import SimpleCookie

from flask import Flask, Response, jsonify, make_response, request

app = Flask(__name__)
app.secret_key = secrets.token_bytes(32)
app.config.update(
    SESSION_COOKIE_NAME="portal",
    SESSION_COOKIE_HTTPONLY=False,  # flaw: cookie
    SESSION_COOKIE_SECURE=True,  # fine: cookie
    SESSION_COOKIE_SAMESITE="Lax",
)

COOKIE_OPTIONS = {"secure": True, "httponly": True, "samesite": "Strict"}
SESSIONS = {}
THEMES = ("light", "dark")


def open_session(user):
    token = secrets.token_urlsafe(32)
    SESSIONS[token] = user
    return token


def attach(response, name, value, secure=False):
    response.set_cookie(name, value, httponly=True, secure=secure, samesite="Lax", max_age=3600)  # flaw: cookie
    return response


@app.post("/login")
def login():
    response = jsonify(ok=True)
    response.set_cookie("session_id", open_session(request.form["user"]))  # flaw: cookie
    return response


@app.post("/v2/login")
def login_v2():
    response = jsonify(ok=True)
    token = open_session(request.form["user"])
    response.set_cookie("session_id", token, secure=True, httponly=True, samesite="Lax")  # fine: cookie
    return response


@app.post("/v3/login")
def login_v3():
    response = jsonify(ok=True)
    response.set_cookie("session_id", open_session(request.form["user"]), **COOKIE_OPTIONS)  # fine: cookie
    return response


@app.post("/remember")
def remember():
    response = make_response("", 204)
    return attach(response, "remember_token", secrets.token_hex(32))


@app.post("/theme")
def theme():
    choice = "dark" if request.form.get("theme") == "dark" else "light"
    response = make_response("", 204)
    response.set_cookie("theme", choice, max_age=31536000, secure=True, samesite="Lax")  # fine: cookie
    return response


@app.post("/token/refresh")
def refresh():
    response = jsonify(ok=True)
    options = {"max_age": 900, "secure": True}
    if request.headers.get("X-Client") == "web":
        options["path"] = "/api"
    options["httponly"] = False
    response.set_cookie("access_token", secrets.token_urlsafe(48), **options)  # flaw: cookie
    return response


@app.post("/legacy/login")
def legacy_login():
    jar = SimpleCookie()
    jar["auth"] = open_session(request.form["user"])
    jar["auth"]["path"] = "/"
    jar["auth"]["httponly"] = True
    response = Response("", 204)
    response.headers["Set-Cookie"] = jar["auth"].OutputString()  # flaw: cookie
    return response


@app.post("/legacy/v2/login")
def legacy_login_v2():
    jar = SimpleCookie()
    jar["auth"] = open_session(request.form["user"])
    for attribute in ("secure", "httponly"):
        jar["auth"][attribute] = True
    jar["auth"]["samesite"] = "Lax"
    response = Response("", 204)
    response.headers["Set-Cookie"] = jar["auth"].OutputString()  # fine: cookie
    return response


@app.post("/logout")
def logout():
    SESSIONS.pop(request.cookies.get("session_id"), None)
    response = make_response("", 204)
    response.delete_cookie("session_id")  # fine: cookie
    return response
