import hmac
import os

from flask import Blueprint, Flask, abort, jsonify, request, session
from flask_wtf import FlaskForm
from flask_wtf.csrf import CSRFProtect
from wtforms import DecimalField, StringField

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["APP_SECRET"]
app.config["SESSION_COOKIE_SECURE"] = True
app.config["WTF_CSRF_TIME_LIMIT"] = None  # fine: csrf
csrf = CSRFProtect(app)

hooks = Blueprint("hooks", __name__)
billing = Blueprint("billing", __name__)
HOOK_SECRET = os.environ["HOOK_SECRET"]


class TransferForm(FlaskForm):
    class Meta:
        csrf = False  # flaw: csrf

    account = StringField()
    amount = DecimalField()


class ProfileForm(FlaskForm):
    class Meta:
        csrf = True  # fine: csrf

    nickname = StringField()


class CatalogSearchForm(FlaskForm):
    class Meta:
        csrf = False  # fine: csrf

    term = StringField()


def create_backoffice():
    backoffice = Flask("backoffice")
    backoffice.config["SECRET_KEY"] = os.environ["BACKOFFICE_SECRET"]
    backoffice.config["SESSION_COOKIE_SECURE"] = True
    backoffice.config["WTF_CSRF_ENABLED"] = False  # flaw: csrf
    backoffice.register_blueprint(billing)
    return backoffice


def create_front(settings):
    front = Flask("front")
    options = {"SECRET_KEY": os.environ["FRONT_SECRET"], "WTF_CSRF_ENABLED": True}  # fine: csrf
    options["SESSION_COOKIE_SECURE"] = True
    options.update(settings)
    front.config.update(options)
    CSRFProtect(front)
    return front


def create_partner():
    partner = Flask("partner")
    partner.config.update(
        SECRET_KEY=os.environ["PARTNER_SECRET"],
        SESSION_COOKIE_SECURE=True,
        WTF_CSRF_CHECK_DEFAULT=False,  # flaw: csrf
    )
    CSRFProtect(partner)
    return partner


@app.post("/transfer")
def transfer():
    form = TransferForm()
    if not form.validate() or "user" not in session:
        abort(400)
    return jsonify(amount=str(form.amount.data))


@app.get("/catalog")
def catalog():
    form = CatalogSearchForm(request.args)
    return jsonify(term=form.term.data)


@csrf.exempt  # flaw: csrf
@app.post("/account/email")
def change_email():
    if "user" not in session:
        abort(403)
    session["email"] = request.form["email"]
    return "", 204


@csrf.exempt  # fine: csrf
@hooks.post("/hooks/delivery")
def delivery_hook():
    given = request.headers.get("Authorization", "").encode()
    if not hmac.compare_digest(given, b"Bearer " + HOOK_SECRET.encode()):
        abort(401)
    return jsonify(received=True)


@billing.post("/cards")
def add_card():
    if "user" not in session:
        abort(403)
    return jsonify(last=request.form["number"][-4:])


app.register_blueprint(hooks)
app.register_blueprint(billing)
csrf.exempt(billing)  # flaw: csrf
