"""Forum pages (Django views, template tags and one Tornado handler)."""
import html
import json

import tornado.escape
import tornado.web
from django import template
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.views import View

from forum.models import Thread

register = template.Library()
ICONS = {"pin": "&#128204;", "lock": "&#128274;"}


class Fragment:
    def __init__(self):
        self.pieces = []

    def tag(self, name, text, escape=True):
        body = html.escape(text) if escape else text
        self.pieces.append(f"<{name}>{body}</{name}>")
        return self

    def text(self):
        return "\n".join(self.pieces)


@register.simple_tag
def author_link(name, slug):
    return mark_safe('<a href="/u/%s">%s</a>' % (slug, name))  # flaw: xss


@register.simple_tag
def profile_link(name, slug):
    return format_html('<a href="/u/{}">{}</a>', slug, name)  # fine: xss


@register.filter
def icon(kind):
    return mark_safe(ICONS.get(kind, ""))  # fine: xss


@register.filter(needs_autoescape=True)
def initial(text, autoescape=True):
    first, rest = text[:1], text[1:]
    if autoescape:
        first, rest = conditional_escape(first), conditional_escape(rest)
    else:
        first, rest = html.escape(first), html.escape(rest)
    return mark_safe(f"<strong>{first}</strong>{rest}")  # fine: xss


class ThreadView(View):
    def get(self, request, pk):
        thread = get_object_or_404(Thread, pk=pk)
        reason = request.GET.get("reason")
        if reason:
            return HttpResponse("<p>Closed: " + reason + "</p>")  # flaw: xss
        return render(request, "forum/thread.html", {"thread": thread})


class MemberView(View):
    def get(self, request):
        names = request.GET.getlist("name")
        items = format_html_join("", "<li>{}</li>", ((name,) for name in names))
        return HttpResponse(format_html("<ul>{}</ul>", items))  # fine: xss


def quote_box(request):
    fragment = Fragment().tag("h3", request.GET.get("title", ""))
    fragment.tag("blockquote", request.GET.get("quote", ""), escape=False)
    return HttpResponse(fragment.text())  # flaw: xss


def digest(request):
    fragment = Fragment()
    for title in request.GET.getlist("title"):
        fragment.tag("h4", title)
    return HttpResponse(fragment.text())  # fine: xss


def plain(request):
    return HttpResponse("You wrote: " + request.GET.get("text", ""), content_type="text/plain")  # fine: xss


def suggestions(request):
    words = [w for w in ("python", "pytest") if w.startswith(request.GET.get("q", ""))]
    return JsonResponse({"q": request.GET.get("q", ""), "words": words})


def callback(request):
    name = request.GET.get("callback", "cb")
    payload = json.dumps({"unread": 3})
    return HttpResponse(f"{name}({payload})")  # flaw: xss


def signature(request):
    raw = request.POST.get("signature", "")
    trimmed = raw.strip()[:300].replace("<script>", "")
    return render(request, "forum/signature.html", {"signature": SafeString(trimmed)})  # flaw: xss


class SearchHandler(tornado.web.RequestHandler):
    def get(self):
        term = self.get_query_argument("q", "")
        self.write("<h1>%s</h1>" % tornado.escape.xhtml_escape(term))  # fine: xss

    def post(self):
        term = self.get_body_argument("q", "")
        rows = ["<tr><td>" + term + "</td></tr>"]
        rows.append("<tr><td>0 hits</td></tr>")
        self.finish("<table>" + "".join(rows) + "</table>")  # flaw: xss
