"""Audit and access logging of the delivery backend (Django, FastAPI, loguru)."""
import logging
import logging.handlers
import syslog
import unicodedata
from datetime import datetime, timezone
from uuid import UUID

import structlog
from django.http import JsonResponse
from django.views import View
from fastapi import FastAPI, Header
from loguru import logger as loguru_logger
from pythonjsonlogger import jsonlogger

api = FastAPI()
plain = logging.getLogger("delivery")
plain.addHandler(logging.handlers.WatchedFileHandler("/var/log/delivery/delivery.log"))

structured = logging.getLogger("delivery.structured")
_handler = logging.StreamHandler()
_handler.setFormatter(jsonlogger.JsonFormatter("%(asctime)s %(message)s"))
structured.addHandler(_handler)
structured.propagate = False

structlog.configure(processors=[structlog.processors.JSONRenderer()])
events = structlog.get_logger()

LEVELS = {"low": logging.INFO, "high": logging.WARNING}


def printable(text, limit=200):
    kept = [char for char in text[:limit] if unicodedata.category(char)[0] not in ("C", "Z") or char == " "]
    return "".join(kept)


class AuditFile:
    def __init__(self, path="/var/log/delivery/audit.log"):
        self.path = path

    def line(self, actor, action):
        stamp = datetime.now(timezone.utc).isoformat()
        return stamp + " " + actor + " " + action + "\n"

    def append(self, actor, action):
        with open(self.path, "a", encoding="utf-8") as handle:
            handle.write(self.line(actor, action))  # flaw: log-injection


class ParcelView(View):
    audit = AuditFile()

    def get(self, request):
        plain.info(f"parcel requested: {request.GET.get('code')}")  # flaw: log-injection
        return JsonResponse({"ok": True})

    def post(self, request):
        self.audit.append(str(request.user.pk), request.POST.get("action", "none"))
        return JsonResponse({"ok": True})

    def put(self, request):
        plain.info("parcel changed: %s", printable(request.GET.get("code", "")))  # fine: log-injection
        return JsonResponse({"ok": True})


def complain(request):
    level = LEVELS.get(request.POST.get("level"), logging.INFO)
    text = request.POST.get("text", "")
    summary = "complaint"
    for number, part in enumerate(text.split(";")):
        summary += " | %d: %s" % (number, part)
    plain.log(level, summary)  # flaw: log-injection
    return JsonResponse({"ok": True})


def praise(request):
    structured.info("praise: %s", request.POST.get("text", ""))  # fine: log-injection
    return JsonResponse({"ok": True})


def depot(request, code):
    events.info("depot", code=code, words=request.GET.getlist("w"))  # fine: log-injection
    return JsonResponse({"ok": True})


@api.get("/track/{parcel}")
def track(parcel: UUID, weight: float = 0.0):
    plain.info("tracking %s at %.2f kg", parcel, weight)  # fine: log-injection
    return {"parcel": str(parcel)}


@api.get("/courier")
def courier(name: str, user_agent: str = Header("")):
    loguru_logger.info("courier " + name + " via " + user_agent)  # flaw: log-injection
    return {"name": name}


@api.get("/route")
def route(name: str, stops: int = 1):
    if not name.isalnum():
        plain.warning("route name refused")
        return {"error": "name"}
    plain.info("route %s with %d stops", name, stops)  # fine: log-injection
    return {"route": name}


@api.post("/signature")
def signature(body: dict):
    signer = body.get("signer", "?")
    try:
        return {"length": len(body["image"])}
    except KeyError:
        plain.error("no image from {}".format(signer), exc_info=False)  # flaw: log-injection
        return {"length": 0}


@api.post("/alarm")
def alarm(body: dict):
    message = str(body.get("text", "")).encode("unicode_escape").decode("ascii")
    syslog.syslog(syslog.LOG_ALERT, "alarm " + message)  # fine: log-injection
    return {"ok": True}
