"""Views and settings of the Django and Tornado parts of the club portal."""
import hmac
import json
import os

import tornado.web
from django.conf import settings
from django.http import HttpResponseForbidden, JsonResponse
from django.urls import path
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt, csrf_protect, ensure_csrf_cookie
from rest_framework.authentication import SessionAuthentication, TokenAuthentication
from rest_framework.response import Response
from rest_framework.views import APIView

HOOK_KEY = os.environ["HOOK_KEY"].encode()

settings.configure(
    SECRET_KEY=os.environ["PORTAL_SECRET"],
    SESSION_COOKIE_SECURE=True,
    CSRF_COOKIE_SECURE=True,
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",  # fine: csrf
        "django.contrib.auth.middleware.AuthenticationMiddleware",
    ],
    CSRF_TRUSTED_ORIGINS=["https://club.example.com"],  # fine: csrf
)


class SessionOnlyAuthentication(SessionAuthentication):
    def enforce_csrf(self, request):  # flaw: csrf
        return None


class StrictAuthentication(SessionAuthentication):
    def enforce_csrf(self, request):  # fine: csrf
        super().enforce_csrf(request)


@csrf_exempt  # flaw: csrf
def change_address(request):
    if not request.user.is_authenticated:
        return HttpResponseForbidden()
    request.user.profile.address = request.POST.get("address", "")
    request.user.profile.save()
    return JsonResponse({"ok": True})


@csrf_protect  # fine: csrf
def change_phone(request):
    if not request.user.is_authenticated:
        return HttpResponseForbidden()
    request.user.profile.phone = request.POST.get("phone", "")
    request.user.profile.save()
    return JsonResponse({"ok": True})


@csrf_exempt  # fine: csrf
def payment_hook(request):
    given = request.headers.get("X-Signature", "")
    expected = hmac.new(HOOK_KEY, request.body, "sha256").hexdigest()
    if not hmac.compare_digest(given, expected):
        return HttpResponseForbidden()
    return JsonResponse({"payment": json.loads(request.body)["id"]})


@method_decorator(csrf_exempt, name="dispatch")  # flaw: csrf
class MembershipView(View):
    def post(self, request):
        request.user.membership.cancel()
        return JsonResponse({"cancelled": True})


@method_decorator(ensure_csrf_cookie, name="dispatch")  # fine: csrf
class StartView(View):
    def get(self, request):
        return JsonResponse({"name": "club"})


class DonationView(APIView):
    authentication_classes = [SessionOnlyAuthentication]

    def post(self, request):
        return Response({"donor": request.user.pk, "amount": int(request.data["amount"])})


class MachineView(APIView):
    authentication_classes = [TokenAuthentication]  # fine: csrf

    def post(self, request):
        return Response({"machine": request.user.pk})


def delete_booking(request, pk):
    request.user.bookings.filter(pk=pk).delete()
    return JsonResponse({"deleted": pk})


def show_booking(request, pk):
    return JsonResponse({"owned": request.user.bookings.filter(pk=pk).exists()})


urlpatterns = [
    path("address", change_address),
    path("phone", change_phone),
    path("hooks/payment", payment_hook),
    path("membership", MembershipView.as_view()),
    path("start", StartView.as_view()),
    path("donations", DonationView.as_view()),
    path("machine", MachineView.as_view()),
    path("bookings/<int:pk>/delete", csrf_exempt(delete_booking)),  # flaw: csrf
    path("bookings/<int:pk>", csrf_exempt(show_booking)),  # fine: csrf
]


class SettingsHandler(tornado.web.RequestHandler):
    def post(self):
        self.write({"user": self.get_signed_cookie("user").decode()})

    def check_xsrf_cookie(self):  # flaw: csrf
        return


def make_app():
    return tornado.web.Application(
        [(r"/settings", SettingsHandler)],
        cookie_secret=os.environ["COOKIE_SECRET"],
        xsrf_cookies=True,  # fine: csrf
    )
