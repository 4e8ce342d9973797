"""Redirecting endpoints in Django, FastAPI and Tornado."""
import hashlib
import hmac
import os
from urllib.parse import urlencode, urlparse

import tornado.web
from django.conf import settings
from django.http import HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views import View
from django.views.generic import RedirectView
from fastapi import FastAPI, HTTPException
from fastapi.responses import RedirectResponse

api = FastAPI()
LINK_KEY = os.environ["LINK_KEY"].encode()
PROVIDERS = {"north": "https://sso.north.example/start", "south": "https://sso.south.example/start"}


def link_tag(address):
    return hmac.new(LINK_KEY, address.encode(), hashlib.sha256).hexdigest()


class NextMixin:
    default = "/home"

    def wanted(self):
        return self.request.POST.get("next", self.request.GET.get("next", ""))

    def checked(self):
        candidate = self.wanted()
        if url_has_allowed_host_and_scheme(candidate, {self.request.get_host()}, self.request.is_secure()):
            return candidate
        return resolve_url(self.default)


class LoginView(NextMixin, View):
    def post(self, request):
        return HttpResponseRedirect(self.wanted() or self.default)  # flaw: open-redirect


class ConfirmView(NextMixin, View):
    def post(self, request):
        return HttpResponseRedirect(self.checked())  # fine: open-redirect


class CampaignRedirect(RedirectView):
    def get_redirect_url(self, *args, **kwargs):
        target = self.request.GET.get("target")
        if target and not target.startswith("javascript:"):
            return target  # flaw: open-redirect
        return "/campaigns"


class ArticleRedirect(RedirectView):
    pattern_name = "article-detail"
    query_string = True  # fine: open-redirect


def leave(request):
    address = request.GET.get("u", "/")
    parsed = urlparse(address)
    if parsed.netloc and not parsed.netloc.endswith(settings.SITE_DOMAIN):
        return JsonResponse({"error": "host"}, status=400)
    return redirect(address)  # flaw: open-redirect


def signed_leave(request):
    address = request.GET.get("u", "/")
    if not hmac.compare_digest(link_tag(address), request.GET.get("t", "")):
        return redirect("/")
    return redirect(address)  # fine: open-redirect


def tag_page(request, slug):
    response = JsonResponse({}, status=302)
    response["Location"] = "/tags?" + urlencode({"slug": slug})  # fine: open-redirect
    return response


@api.get("/sso/{provider}")
def sso(provider: str, state: str = ""):
    base = PROVIDERS.get(provider)
    if base is None:
        raise HTTPException(404)
    return RedirectResponse(f"{base}?{urlencode({'state': state})}")  # fine: open-redirect


@api.get("/callback")
def callback(state: str, code: str):
    fields = dict(part.split("=", 1) for part in state.split(";") if "=" in part)
    destination = "/welcome"
    if "return" in fields:
        destination = fields["return"]
    return RedirectResponse(destination, status_code=303)  # flaw: open-redirect


@api.get("/orders/{number}/track")
def track(number: int):
    return RedirectResponse(f"https://tracking.example.com/parcel/{number}")  # fine: open-redirect


class TenantHandler(tornado.web.RequestHandler):
    def get(self):
        tenant = self.get_query_argument("tenant")
        self.redirect("https://" + tenant + ".example.com/start")  # flaw: open-redirect


class BackHandler(tornado.web.RequestHandler):
    def get(self):
        page = self.get_query_argument("page", "1")
        self.redirect("/list?page=%d" % int(page))  # fine: open-redirect
