from urllib.parse import quote, urljoin, urlsplit

from flask import Flask, abort, make_response, redirect, request, session, url_for

app = Flask(__name__)
app.config["SESSION_COOKIE_SECURE"] = True

HOME = "/dashboard"
TRUSTED_HOSTS = {"shop.example.com", "help.example.com"}
DESTINATIONS = {"orders": "/orders", "help": "https://help.example.com/start"}


def is_local(target):
    if not target.startswith("/") or target.startswith("//") or "\\" in target:
        return False
    parts = urlsplit(target)
    return not parts.scheme and not parts.netloc and target.isprintable()


def next_address(default=HOME):
    return request.values.get("next") or default


class Navigator:
    def __init__(self, default=HOME):
        self.target = default

    def choose(self, candidate):
        if candidate:
            self.target = candidate
        return self

    def choose_local(self, candidate):
        if candidate and is_local(candidate):
            self.target = candidate
        return self


def leave(location):
    return redirect(location)  # flaw: open-redirect


@app.get("/login/done")
def login_done():
    return redirect(request.args.get("next", HOME))  # flaw: open-redirect


@app.get("/login/local")
def login_local():
    target = request.args.get("next", HOME)
    if not is_local(target):
        target = HOME
    return redirect(target)  # fine: open-redirect


@app.get("/logout")
def logout():
    session.clear()
    return leave(next_address(url_for("login_local")))


@app.get("/switch")
def switch():
    target = request.args.get("to", HOME)
    if "example.com" not in target and not target.startswith("/"):
        abort(400)
    response = make_response("", 303)
    response.headers["Location"] = target  # flaw: open-redirect
    return response


@app.get("/go/<key>")
def go(key):
    if key not in DESTINATIONS:
        abort(404)
    return redirect(DESTINATIONS[key])  # fine: open-redirect


@app.get("/partner")
def partner():
    target = request.args.get("url", "")
    parts = urlsplit(target)
    if parts.scheme != "https" or parts.netloc not in TRUSTED_HOSTS or "\\" in target:
        abort(400)
    return redirect(target)  # fine: open-redirect


@app.get("/back")
def back():
    navigator = Navigator().choose(request.args.get("return_to"))
    return redirect(navigator.target, code=303)  # flaw: open-redirect


@app.get("/back/local")
def back_local():
    navigator = Navigator().choose_local(request.args.get("return_to"))
    return redirect(navigator.target, code=303)  # fine: open-redirect


@app.get("/tenant")
def tenant():
    base = "https://shop.example.com/"
    page = request.args.get("page", "index")
    return redirect(urljoin(base, page))  # flaw: open-redirect


@app.get("/search")
def search():
    term = quote(request.args.get("q", ""), safe="")
    return redirect("/results?q=" + term)  # fine: open-redirect


@app.get("/item/<int:number>")
def item(number):
    return redirect(f"/catalog/items/{number}")  # fine: open-redirect
