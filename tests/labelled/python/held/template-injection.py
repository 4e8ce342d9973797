"""Customer mail composer: Django engine, Mako and Tornado templates."""
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.template import Context, Engine
from django.template.loader import render_to_string
from django.views import View
from jinja2 import Environment, FileSystemLoader
from mako.lookup import TemplateLookup
from mako.template import Template as MakoTemplate
from tornado.template import Template as TornadoTemplate

from mailer.models import Campaign, Customer

FOOTER = "<%page expression_filter='h'/>Kind regards, ${sender}"
LOOKUP = TemplateLookup(directories=["/srv/mailer/layouts"], default_filters=["h"])
FILES = Environment(loader=FileSystemLoader("/srv/mailer/pages"), autoescape=True)
LAYOUTS = {"plain": "plain.mako", "festive": "festive.mako"}


class Composer:
    """Collects the blocks of a mail, then renders them together."""

    def __init__(self):
        self.blocks = []

    def block(self, text):
        self.blocks.append(text)

    def compose(self, **values):
        return MakoTemplate("\n".join(self.blocks)).render(**values)  # flaw: template-injection


def render_footer(sender):
    return MakoTemplate(FOOTER).render(sender=sender)  # fine: template-injection


def expand(source, values):
    return TornadoTemplate(source).generate(**values).decode()  # flaw: template-injection


class SubjectView(View):
    def post(self, request):
        subject = request.POST.get("subject", "")
        return HttpResponse(MakoTemplate(subject).render(), content_type="text/plain")  # flaw: template-injection

    def get(self, request):
        source = "Offer for ${name}"
        text = MakoTemplate(source).render(name=request.GET.get("name", ""))  # fine: template-injection
        return HttpResponse(text, content_type="text/plain")


class MailView(View):
    def post(self, request):
        composer = Composer()
        composer.block("Dear ${name},")
        for paragraph in request.POST.getlist("paragraph"):
            if paragraph.strip():
                composer.block(paragraph)
        customer = Customer.objects.get(pk=request.POST["customer"])
        return JsonResponse({"text": composer.compose(name=customer.name)})


class SignatureView(View):
    def post(self, request):
        title = request.POST.get("title")
        signature = "{{ sender }}"
        if title:
            signature = title + " " + signature
        return JsonResponse({"text": expand(signature, {"sender": request.user.get_full_name()})})

    def get(self, request):
        return JsonResponse({"text": render_footer(request.GET.get("sender", ""))})


def preview(request, pk):
    campaign = Campaign.objects.get(pk=pk)
    engine = Engine.get_default()
    intro = request.GET.get("intro", "")
    template = engine.from_string("{% load i18n %}" + intro)  # flaw: template-injection
    return HttpResponse(template.render(Context({"campaign": campaign, "user": request.user})))


def overview(request, pk):
    campaign = Campaign.objects.get(pk=pk)
    template = Engine.get_default().from_string("<h1>{{ campaign.title }}</h1><p>{{ intro }}</p>")  # fine: template-injection
    return HttpResponse(template.render(Context({"campaign": campaign, "intro": request.GET.get("intro", "")})))


def layout(request):
    chosen = LAYOUTS.get(request.GET.get("layout", ""), "plain.mako")
    text = LOOKUP.get_template(chosen).render(body=request.GET.get("body", ""))  # fine: template-injection
    return HttpResponse(text)


def landing(request, section):
    if section not in {"summer", "winter"}:
        section = "summer"
    text = FILES.get_template(f"{section}.html").render(query=request.GET.dict())  # fine: template-injection
    return HttpResponse(text)


def confirmation(request):
    html = render_to_string("mailer/confirmation.html", {"note": request.POST.get("note")}, request)  # fine: template-injection
    return HttpResponse(html)


def landing_custom(request):
    heading = "<h2>{}</h2>".format(request.GET.get("heading", "Welcome"))
    document = "{% extends 'base.html' %}{% block body %}" + heading + "{% endblock %}"
    return HttpResponse(FILES.from_string(document).render())  # flaw: template-injection


def dashboard(request):
    return render(request, "mailer/dashboard.html", {"term": request.GET.get("term", "")})
