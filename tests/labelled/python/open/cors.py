from fastapi import FastAPI, Request, Response
from fastapi.middleware.cors import CORSMiddleware

ALLOWED_ORIGINS = ["https://app.example.com", "https://admin.example.com"]
ANY_ORIGIN = "*"

public_api = FastAPI()
account_api = FastAPI()
partner_api = FastAPI()
console_api = FastAPI()
media_api = FastAPI()

public_api.add_middleware(CORSMiddleware, allow_origins=["*"], allow_credentials=False, allow_methods=["GET"])  # fine: cors
account_api.add_middleware(CORSMiddleware, allow_origins=["*"], allow_credentials=True, allow_methods=["*"])  # flaw: cors
partner_api.add_middleware(CORSMiddleware, allow_origins=ALLOWED_ORIGINS, allow_credentials=True)  # fine: cors
console_api.add_middleware(
    CORSMiddleware,
    allow_origin_regex="https?://.*",  # flaw: cors
    allow_credentials=True,
)
media_api.add_middleware(
    CORSMiddleware,
    allow_origin_regex=r"https://[a-z0-9-]+\.media\.example\.com",  # fine: cors
    allow_credentials=True,
)


def reflect(request, response):
    origin = request.headers.get("origin")
    if origin:
        response.headers["Access-Control-Allow-Origin"] = origin  # flaw: cors
        response.headers["Access-Control-Allow-Credentials"] = "true"
        response.headers["Vary"] = "Origin"
    return response


def permit_listed(request, response):
    origin = request.headers.get("origin")
    if origin in ALLOWED_ORIGINS:
        response.headers["Access-Control-Allow-Origin"] = origin  # fine: cors
        response.headers["Access-Control-Allow-Credentials"] = "true"
        response.headers["Vary"] = "Origin"
    return response


@partner_api.get("/profile")
def profile():
    return {"name": "Partner"}


@account_api.get("/profile")
def account_profile():
    return {"name": "Account"}


@console_api.options("/panel")
def panel_options(request: Request):
    return reflect(request, Response(status_code=204))


@console_api.options("/widgets")
def widget_options(request: Request):
    return permit_listed(request, Response(status_code=204))


@console_api.get("/exports")
def exports(request: Request):
    origin = request.headers.get("origin", "")
    headers = {"Cache-Control": "no-store"}
    if origin.endswith("example.com"):
        headers["Access-Control-Allow-Origin"] = origin  # flaw: cors
        headers["Access-Control-Allow-Credentials"] = "true"
    return Response(content="[]", media_type="application/json", headers=headers)


@public_api.get("/fonts")
def fonts():
    headers = {"Access-Control-Allow-Origin": ANY_ORIGIN}  # fine: cors
    return Response(content="[]", media_type="application/json", headers=headers)


@console_api.get("/drafts")
def drafts(request: Request):
    origin = request.headers.get("origin") or "null"
    headers = {
        "Access-Control-Allow-Origin": origin if origin != "" else "null",  # flaw: cors
        "Access-Control-Allow-Credentials": "true",
    }
    return Response(content="[]", media_type="application/json", headers=headers)
