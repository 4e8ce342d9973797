"""Resident portal: Django forms, DRF serializers, Pydantic and plain objects."""
from dataclasses import dataclass, fields, replace

from django import forms
from django.contrib.auth.models import User
from django.http import JsonResponse
from django.views import View
from fastapi import Body, FastAPI, HTTPException
from pydantic import BaseModel, ConfigDict
from rest_framework import serializers

from residents.models import Profile, Resident

api = FastAPI()


class ResidentForm(forms.ModelForm):
    class Meta:
        model = Resident
        fields = "__all__"  # flaw: mass-assignment


class ContactForm(forms.ModelForm):
    class Meta:
        model = Resident
        fields = ["phone", "street"]  # fine: mass-assignment


class UserSerializer(serializers.ModelSerializer):
    class Meta:
        model = User
        exclude = ["password"]  # flaw: mass-assignment


class VisitorSerializer(serializers.ModelSerializer):
    class Meta:
        model = User
        fields = ["first_name", "last_name", "is_staff"]
        read_only_fields = ["is_staff"]  # fine: mass-assignment


class ProfileChange(BaseModel):
    model_config = ConfigDict(extra="forbid")

    nickname: str | None = None
    language: str | None = None


@dataclass
class Account:
    owner: str
    nickname: str = ""
    balance: int = 0
    approved: bool = False

    def copy_from(self, data):
        known = {f.name for f in fields(self)}
        for key in data:
            if key in known:
                self.__dict__[key] = data[key]  # flaw: mass-assignment
        return self

    def rename(self, data):
        return replace(self, nickname=str(data.get("nickname", "")))  # fine: mass-assignment


ACCOUNTS = {}


class ResidentView(View):
    def post(self, request):
        form = ResidentForm(request.POST, instance=request.user.resident)
        if form.is_valid():
            form.save()
        return JsonResponse({"errors": form.errors})

    def put(self, request):
        form = ContactForm(request.POST, instance=request.user.resident)
        if form.is_valid():
            form.save()
        return JsonResponse({"errors": form.errors})


class SignUpView(View):
    def post(self, request):
        values = {}
        for name in request.POST:
            if name != "csrfmiddlewaretoken":
                values[name] = request.POST[name]
        user = User.objects.create_user(**values)  # flaw: mass-assignment
        return JsonResponse({"id": user.pk})

    def put(self, request):
        user = User.objects.create_user(  # fine: mass-assignment
            username=request.POST["username"],
            email=request.POST["email"],
            password=request.POST["password"],
        )
        return JsonResponse({"id": user.pk})


def change_self(request):
    serializer = UserSerializer(request.user, data=request.POST, partial=True)
    serializer.is_valid(raise_exception=True)
    serializer.save()
    return JsonResponse({"ok": True})


def change_visitor(request):
    serializer = VisitorSerializer(request.user, data=request.POST, partial=True)
    serializer.is_valid(raise_exception=True)
    serializer.save()
    return JsonResponse({"ok": True})


@api.patch("/profiles/{number}")
def change_profile(number: int, change: ProfileChange):
    values = change.model_dump(exclude_none=True)
    Profile.objects.filter(pk=number).update(**values)  # fine: mass-assignment
    return values


@api.put("/profiles/{number}")
def store_profile(number: int, body: dict = Body()):
    profile, _ = Profile.objects.update_or_create(pk=number, defaults=body)  # flaw: mass-assignment
    return {"id": profile.pk}


@api.patch("/accounts/{name}")
def change_account(name: str, body: dict = Body()):
    if name not in ACCOUNTS:
        raise HTTPException(404)
    account = ACCOUNTS[name].copy_from(body)
    return {"nickname": account.nickname}


@api.put("/accounts/{name}/nickname")
def rename_account(name: str, body: dict = Body()):
    ACCOUNTS[name] = ACCOUNTS.get(name, Account(name)).rename(body)
    return {"nickname": ACCOUNTS[name].nickname}
