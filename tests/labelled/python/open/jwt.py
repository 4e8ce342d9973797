import os

import jwt
from flask import Flask, abort, g, jsonify, request
from jose import jwt as jose_jwt

app = Flask(__name__)

KEY = os.environ["TOKEN_KEY"]
PUBLIC_KEY = os.environ["TOKEN_PUBLIC_KEY"]
KEYS = {"2023": os.environ["TOKEN_KEY_2023"], "2024": os.environ["TOKEN_KEY_2024"]}
RELAXED = {"verify_signature": False}  # flaw: jwt
STRICT = {"require": ["exp", "sub"], "verify_signature": True}


def bearer():
    header = request.headers.get("Authorization", "")
    if not header.startswith("Bearer "):
        abort(401)
    return header[len("Bearer "):]


class TokenReader:
    def __init__(self, options, algorithms=("HS256",)):
        self.options = options
        self.algorithms = list(algorithms)

    def claims(self, token):
        return jwt.decode(token, KEY, algorithms=self.algorithms, options=self.options)


session_reader = TokenReader({"verify_signature": False})  # flaw: jwt
api_reader = TokenReader(STRICT)  # fine: jwt


@app.get("/me")
def me():
    claims = jwt.decode(bearer(), options={"verify_signature": False})  # flaw: jwt
    return jsonify(user=claims["sub"])


@app.get("/me/v2")
def me_v2():
    claims = jwt.decode(bearer(), KEY, algorithms=["HS256"])  # fine: jwt
    return jsonify(user=claims["sub"])


@app.before_request
def load_tenant():
    token = request.cookies.get("tenant")
    if token:
        g.tenant = jwt.decode(token, KEY, algorithms=["HS256"], options=RELAXED).get("tenant")


@app.get("/session")
def current_session():
    return jsonify(role=session_reader.claims(bearer()).get("role"))


@app.get("/api")
def api():
    return jsonify(role=api_reader.claims(bearer()).get("role"))


@app.get("/rotating")
def rotating():
    token = bearer()
    header = jwt.get_unverified_header(token)  # fine: jwt
    key = KEYS.get(header.get("kid"))
    if key is None:
        abort(401)
    claims = jwt.decode(token, key, algorithms=["HS256"])
    return jsonify(user=claims["sub"])


@app.get("/partner")
def partner():
    token = bearer()
    claims = jose_jwt.get_unverified_claims(token)  # flaw: jwt
    if claims.get("role") != "partner":
        abort(403)
    return jsonify(partner=claims["sub"])


@app.get("/partner/v2")
def partner_v2():
    claims = jose_jwt.decode(bearer(), PUBLIC_KEY, algorithms=["RS256"], audience="partners")  # fine: jwt
    return jsonify(partner=claims["sub"])


@app.post("/guest")
def guest():
    claims = {"sub": "guest", "scope": ["read"]}
    return jsonify(token=jwt.encode(claims, None, algorithm="none"))  # flaw: jwt


@app.post("/guest/v2")
def guest_v2():
    claims = {"sub": "guest", "scope": ["read"]}
    return jsonify(token=jwt.encode(claims, KEY, algorithm="HS256"))  # fine: jwt


@app.get("/downloads")
def downloads():
    header = jwt.get_unverified_header(bearer())
    algorithms = [header["alg"]]
    if "none" in algorithms:
        algorithms = ["none"]
    claims = jwt.decode(bearer(), KEY if algorithms != ["none"] else None, algorithms=algorithms)  # flaw: jwt
    return jsonify(file=claims["file"])
