"""Token checks in FastAPI and Django (authlib, python-jose, PyJWT, jwcrypto)."""
import base64
import json
import os

import jwt as pyjwt
from authlib.jose import JsonWebToken
from django.http import HttpResponseForbidden, JsonResponse
from fastapi import Depends, FastAPI, Header, HTTPException
from jose import jws, jwt
from jwcrypto import jwk
from jwcrypto import jwt as jwcrypto_jwt

app = FastAPI()
SECRET = os.environ["JWT_SECRET"]
jwks_client = pyjwt.PyJWKClient("https://login.example.com/.well-known/jwks.json")
signed_tokens = JsonWebToken(["RS256"])  # fine: jwt
flexible_tokens = JsonWebToken(["RS256", "none"])  # flaw: jwt


def payload_of(token):
    body = token.split(".")[1]
    body += "=" * (-len(body) % 4)
    return json.loads(base64.urlsafe_b64decode(body))


def raw_token(authorization: str = Header()):
    kind, _, token = authorization.partition(" ")
    if kind.lower() != "bearer":
        raise HTTPException(401)
    return token


def claims(token: str = Depends(raw_token)):
    return jwt.decode(token, SECRET, algorithms=["HS256"], options={"verify_signature": False})  # flaw: jwt


def verified_claims(token: str = Depends(raw_token)):
    key = jwks_client.get_signing_key_from_jwt(token)
    return pyjwt.decode(token, key.key, algorithms=["RS256"], audience="console")  # fine: jwt


@app.get("/orders")
def orders(current: dict = Depends(claims)):
    return {"customer": current["sub"]}


@app.get("/invoices")
def invoices(current: dict = Depends(verified_claims)):
    return {"customer": current["sub"]}


@app.get("/admin")
def admin(token: str = Depends(raw_token)):
    if payload_of(token).get("role") != "admin":  # flaw: jwt
        raise HTTPException(403)
    return {"panel": "admin"}


@app.get("/expiry")
def expiry(token: str = Depends(raw_token)):
    verified = jwt.decode(token, SECRET, algorithms=["HS256"])
    raw = payload_of(token)  # fine: jwt
    return {"user": verified["sub"], "names": sorted(raw)}


@app.get("/partner")
def partner(token: str = Depends(raw_token)):
    body = jws.verify(token, SECRET, algorithms=["HS256"], verify=False)  # flaw: jwt
    return {"partner": json.loads(body)["partner"]}


@app.get("/partner/checked")
def checked_partner(token: str = Depends(raw_token)):
    body = jws.verify(token, SECRET, algorithms=["HS256"])  # fine: jwt
    return {"partner": json.loads(body)["partner"]}


@app.post("/desk")
def desk(body: dict):
    current = flexible_tokens.decode(body["token"], os.environ["LOGIN_PEM"])
    return {"desk": current["desk"]}


@app.post("/counter")
def counter(body: dict):
    with open("/etc/console/login.pem", "rb") as handle:
        current = signed_tokens.decode(body["token"], handle.read())
    current.validate()
    return {"desk": current["desk"]}


class TokenMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response
        self.settings = {"verify_signature": True, "require": ["exp"]}

    def __call__(self, request):
        token = request.COOKIES.get("token")
        if token is None:
            return HttpResponseForbidden()
        request.claims = pyjwt.decode(token, SECRET, algorithms=["HS256"], options=self.settings)  # fine: jwt
        return self.get_response(request)


class GuestMiddleware(TokenMiddleware):
    def __init__(self, get_response):
        super().__init__(get_response)
        self.settings["verify_signature"] = False  # flaw: jwt


def device(request):
    key = jwk.JWK(kty="oct", k=base64.urlsafe_b64encode(SECRET.encode()).decode().rstrip("="))
    token = jwcrypto_jwt.JWT(key=key, jwt=request.POST["token"], expected_type="JWS", algs=["HS256"])  # fine: jwt
    return JsonResponse(json.loads(token.claims))


def issue(request):
    header = {"alg": "none", "typ": "JWT"}
    parts = [json.dumps(header), json.dumps({"sub": request.user.pk})]
    encoded = [base64.urlsafe_b64encode(p.encode()).decode().rstrip("=") for p in parts]
    return JsonResponse({"token": ".".join(encoded) + "."})  # flaw: jwt
