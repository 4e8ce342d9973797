"""Message templates of the booking bot (FastAPI, Django, logging)."""
import gettext
import logging
from string import Formatter, Template

from django.conf import settings
from django.http import HttpResponseBadRequest, JsonResponse
from fastapi import Body, FastAPI, HTTPException

app = FastAPI()
log = logging.getLogger("bot")
translate = gettext.translation("bot", fallback=True).gettext

DEFAULTS = {"arrival": "{guest} arrives on {day}", "leave": "{guest} leaves on {day}"}
FIELD_NAMES = {"guest", "day"}


class Booking:
    registry = {}

    def __init__(self, guest, day):
        self.guest = guest
        self.day = day
        self.settings = settings


class Messages:
    def __init__(self, booking):
        self.booking = booking
        self.patterns = dict(DEFAULTS)

    def customize(self, patterns):
        self.patterns.update(patterns)
        return self

    def render(self, name):
        return self.patterns[name].format(guest=self.booking, day=self.booking.day)  # flaw: format-string

    def render_default(self, name):
        return DEFAULTS[name].format(guest=self.booking.guest, day=self.booking.day)  # fine: format-string


def plain_fields_only(pattern):
    for _, name, spec, conversion in Formatter().parse(pattern):
        if name is None:
            continue
        if name not in FIELD_NAMES or spec or conversion:
            return False
    return True


def expand(pattern, booking):
    return Formatter().vformat(pattern, (), vars(booking))  # flaw: format-string


@app.get("/message")
def message(pattern: str, guest: str):
    booking = Booking(guest, "monday")
    return {"text": pattern.format(b=booking)}  # flaw: format-string


@app.get("/message/quoted")
def quoted_message(note: str, guest: str):
    doubled = note.replace("{", "{{").replace("}", "}}")
    pattern = "{guest}: " + doubled
    return {"text": pattern.format(guest=Booking(guest, "monday").guest)}  # fine: format-string


@app.post("/messages/{name}")
def messages(name: str, patterns: dict = Body()):
    if name not in DEFAULTS:
        raise HTTPException(404)
    booking = Booking("Ann", "friday")
    return {"text": Messages(booking).customize(patterns).render(name)}


@app.get("/messages/{name}")
def default_messages(name: str, guest: str):
    if name not in DEFAULTS:
        raise HTTPException(404)
    return {"text": Messages(Booking(guest, "friday")).render_default(name)}


@app.post("/custom")
def custom(pattern: str = Body(embed=True)):
    if not plain_fields_only(pattern):
        raise HTTPException(400)
    return {"text": pattern.format(guest="Ann", day="friday")}  # fine: format-string


@app.post("/combined")
def combined(lines: list[str] = Body()):
    text = []
    for line in lines:
        if "{" in line:
            text.append(expand(line, Booking("Ann", "friday")))
        else:
            text.append(line)
    return {"text": "\n".join(text)}


@app.post("/dollar")
def dollar(pattern: str = Body(embed=True)):
    return {"text": Template(pattern).safe_substitute(guest="Ann")}  # fine: format-string


def greeting(request):
    pattern = request.POST.get("prefix", "") + " {0.guest}, welcome"
    render = pattern.format
    return JsonResponse({"text": render(Booking("Ann", "friday"))})  # flaw: format-string


def translated(request):
    guest = request.GET.get("guest", "")
    return JsonResponse({"text": translate("Welcome, {name}").format(name=guest)})  # fine: format-string


def logged(request):
    name = request.GET.get("name", "")
    if not name.isalpha():
        return HttpResponseBadRequest("name")
    log.info("greeting %s", name)  # fine: format-string
    return JsonResponse({"text": f"Hello {name}"})
