"""Validators and parsers of the ticket form (Django, Pydantic)."""
import re
from typing import Annotated

import regex
import re2
from django import forms
from django.core.validators import RegexValidator
from django.http import HttpResponseBadRequest, JsonResponse
from django.views import View
from pydantic import BaseModel, field_validator

NAME = r"^(?:[A-Za-z]+[ '-]?)*$"
CITY = r"^[A-Za-z]+(?:[ '-][A-Za-z]+)*$"
MARKDOWN_LINK = re.compile(r"\[([^\[\]]{0,200})\]\((https?://[^\s()]{1,400})\)")  # fine: redos
PATH = re.compile(r"^/(?:[^/]+/?)*$")  # flaw: redos
SLUG = re.compile(r"^[a-z0-9]+(?:-[a-z0-9]+)*$")  # fine: redos


class TicketForm(forms.Form):
    name = forms.CharField(validators=[RegexValidator(NAME)])  # flaw: redos
    city = forms.CharField(max_length=80, validators=[RegexValidator(CITY)])  # fine: redos
    body = forms.CharField(widget=forms.Textarea)


class Signature(BaseModel):
    value: str
    origin: Annotated[str, "path"]

    @field_validator("value")
    @classmethod
    def check_value(cls, value):
        if not re.fullmatch(r"[0-9a-f]{2}(?::[0-9a-f]{2})*", value):
            raise ValueError("value")
        return value

    @field_validator("origin")
    @classmethod
    def check_origin(cls, value):
        if not PATH.match(value):
            raise ValueError("origin")
        return value


class LineParser:
    """Splits pasted log lines into fields."""

    quoted = r'"(?:[^"\\]|\\.)*"'
    field = r"(?:\w+|\w+=\w*)"

    def __init__(self, separator=","):
        self.separator = re.escape(separator)

    def strict(self):
        return re.compile(self.quoted)

    def loose(self):
        return re.compile("^(" + self.field + self.separator + "?)+;$")

    def fields(self, line):
        found = self.loose().match(line)  # flaw: redos
        return found.groups() if found else ()

    def quotes(self, line):
        return self.strict().findall(line[:2000])  # fine: redos


def alternatives(words):
    return "|".join(re.escape(word) for word in words)


class TicketView(View):
    def post(self, request):
        form = TicketForm(request.POST)
        if not form.is_valid():
            return HttpResponseBadRequest("form")
        links = MARKDOWN_LINK.findall(form.cleaned_data["body"])
        return JsonResponse({"links": len(links)})


class FilterView(View):
    rows = ["alpha beta", "gamma " * 20]

    def get(self, request):
        expression = request.GET.get("match", "")
        hits = [row for row in self.rows if re.search("^" + expression, row)]  # flaw: redos
        return JsonResponse({"hits": len(hits)})

    def post(self, request):
        words = request.POST.getlist("word")[:20]
        pattern = alternatives(words)
        hits = [row for row in self.rows if re.search(pattern, row)]  # fine: redos
        return JsonResponse({"hits": len(hits)})

    def put(self, request):
        matcher = re2.compile(request.GET.get("match", ""))  # fine: redos
        return JsonResponse({"hits": sum(1 for row in self.rows if matcher.search(row))})


def trim(request):
    text = request.POST.get("text", "")
    return JsonResponse({"text": re.sub(r"(\s*\n*)+$", "", text)})  # flaw: redos


def limited(request):
    text = request.POST.get("text", "")
    try:
        found = regex.search(r"^(?:a|b|ab)*c$", text[:500], timeout=0.2)  # fine: redos
    except TimeoutError:
        return HttpResponseBadRequest("text")
    return JsonResponse({"found": bool(found)})


def log_lines(request):
    parser = LineParser(request.GET.get("separator", ","))
    lines = request.POST.get("lines", "").splitlines()
    return JsonResponse({"fields": [parser.fields(line) for line in lines]})
