"""Session writes of the travel agency site (Django, Tornado style and Starlette)."""
from decimal import Decimal

from aiohttp import web
from aiohttp_session import get_session
from django.contrib.auth import authenticate, login
from django.http import HttpResponseBadRequest, HttpResponseForbidden, JsonResponse
from django.views import View
from django.views.decorators.http import require_POST
from starlette.requests import Request
from starlette.responses import JSONResponse

from agency.models import Agent, Customer, Discount, Offer

CURRENCIES = ("EUR", "NOK", "USD")
STEPS = ["search", "offer", "payment"]


class Wizard:
    def __init__(self, request):
        self.request = request
        self.session = request.session

    def load(self, data):
        for key in ("offer", "travellers", "verified"):
            if key in data:
                self.session["wizard_" + key] = data[key]  # flaw: trust-boundary
        return self

    def step(self, name):
        position = STEPS.index(name) if name in STEPS else 0
        self.session["wizard_step"] = position  # fine: trust-boundary
        return self


class WizardView(View):
    def post(self, request):
        wizard = Wizard(request).load(request.POST.dict())
        wizard.step(request.POST.get("step", "search"))
        return JsonResponse({"step": request.session["wizard_step"]})


@require_POST
def discount(request):
    request.session["discount_percent"] = request.POST["percent"]  # flaw: trust-boundary
    return JsonResponse({"ok": True})


@require_POST
def discount_code(request):
    found = Discount.objects.filter(code=request.POST.get("code", ""), active=True).first()
    if found is None:
        return HttpResponseBadRequest("code")
    request.session["discount_percent"] = found.percent  # fine: trust-boundary
    return JsonResponse({"percent": found.percent})


@require_POST
def currency(request):
    wanted = request.POST.get("currency", "EUR").upper()
    request.session["currency"] = wanted if wanted in CURRENCIES else "EUR"  # fine: trust-boundary
    return JsonResponse({"ok": True})


@require_POST
def sign_in(request):
    user = authenticate(request, username=request.POST.get("name"), password=request.POST.get("password"))
    if user is None:
        return HttpResponseForbidden()
    login(request, user)
    request.session["customer"] = user.customer.pk  # fine: trust-boundary
    return JsonResponse({"ok": True})


@require_POST
def act_for(request):
    customer = request.POST.get("customer")
    key = "customer"
    if request.POST.get("group"):
        key, customer = "group", request.POST["group"]
    request.session[key] = customer  # flaw: trust-boundary
    return JsonResponse({"ok": True})


@require_POST
def act_for_own(request):
    agent = Agent.objects.get(user=request.user)
    customer = Customer.objects.filter(pk=request.POST.get("customer"), agent=agent).first()
    if customer is None:
        return HttpResponseForbidden()
    request.session["customer"] = customer.pk  # fine: trust-boundary
    return JsonResponse({"ok": True})


def price(request, pk):
    offer = Offer.objects.get(pk=pk)
    quoted = Decimal(request.GET.get("price", offer.price))
    request.session.update({"offer": offer.pk, "price": str(quoted)})  # flaw: trust-boundary
    return JsonResponse({"price": str(quoted)})


def listed_price(request, pk):
    offer = Offer.objects.get(pk=pk)
    travellers = max(1, min(int(request.GET.get("travellers", 1)), 9))
    request.session.update({"offer": offer.pk, "price": str(offer.price * travellers)})  # fine: trust-boundary
    return JsonResponse({"travellers": travellers})


async def permissions(request: Request):
    body = await request.json()
    request.session["permissions"] = body.get("permissions", [])  # flaw: trust-boundary
    return JSONResponse({"ok": True})


async def company(request):
    session = await get_session(request)
    form = await request.post()
    session.setdefault("company", None)
    session["company"] = form.get("company")  # flaw: trust-boundary
    return web.json_response({"ok": True})


async def dismiss(request):
    session = await get_session(request)
    session["banner_seen"] = "id" in request.query  # fine: trust-boundary
    return web.json_response({"ok": True})
