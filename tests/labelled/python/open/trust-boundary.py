import secrets

from flask import Flask, abort, jsonify, request, session

app = Flask(__name__)
app.secret_key = secrets.token_bytes(32)
app.config["SESSION_COOKIE_SECURE"] = True

LOCALES = {"en", "de", "nb"}
ROLE_BY_PLAN = {"free": "member", "team": "manager"}
USERS = {"ann": {"role": "member", "tenant": 4}, "bob": {"role": "manager", "tenant": 7}}


class SessionState:
    def __init__(self, store):
        self.store = store

    def remember(self, name, value):
        self.store[name] = value

    def remember_all(self, values):
        for name, value in values.items():
            self.store[name] = value  # flaw: trust-boundary


def current_user():
    name = session.get("user")
    if name not in USERS:
        abort(401)
    return USERS[name]


@app.post("/role")
def choose_role():
    session["role"] = request.form.get("role", "member")  # flaw: trust-boundary
    return "", 204


@app.post("/role/plan")
def role_from_plan():
    plan = request.form.get("plan", "free")
    session["role"] = ROLE_BY_PLAN.get(plan, "member")  # fine: trust-boundary
    return "", 204


@app.post("/tenant")
def choose_tenant():
    body = request.get_json()
    tenant = body.get("tenant")
    if tenant is None:
        tenant = current_user()["tenant"]
    session["tenant_id"] = int(tenant)  # flaw: trust-boundary
    return jsonify(tenant=session["tenant_id"])


@app.post("/tenant/own")
def own_tenant():
    user = current_user()
    wanted = int(request.get_json().get("tenant", 0))
    if wanted != user["tenant"]:
        abort(403)
    session["tenant_id"] = wanted  # fine: trust-boundary
    return jsonify(tenant=wanted)


@app.post("/locale")
def locale():
    chosen = request.form.get("locale", "en")
    if chosen not in LOCALES:
        abort(400)
    session["locale"] = chosen  # fine: trust-boundary
    return "", 204


@app.post("/preferences")
def preferences():
    SessionState(session).remember_all(request.get_json())
    return "", 204


@app.post("/preferences/size")
def page_size():
    size = max(10, min(int(request.form.get("size", 20)), 100))
    SessionState(session).remember("page_size", size)  # fine: trust-boundary
    return "", 204


@app.post("/impersonate")
def impersonate():
    target = request.args.get("as")
    if target:
        session["user"] = target  # flaw: trust-boundary
    return jsonify(user=session.get("user"))


@app.post("/impersonate/checked")
def impersonate_checked():
    user = current_user()
    target = request.args.get("as")
    if user["role"] != "manager" or target not in USERS or USERS[target]["tenant"] != user["tenant"]:
        abort(403)
    session["acting_as"] = target  # fine: trust-boundary
    return jsonify(user=target)


@app.before_request
def adopt_headers():
    forwarded = request.headers.get("X-Admin")
    if forwarded is not None:
        session["is_admin"] = forwarded == "1"  # flaw: trust-boundary


@app.post("/cart")
def cart():
    session["cart_started"] = True  # fine: trust-boundary
    return "", 204
