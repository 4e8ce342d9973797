import json
from html import escape

import bleach
from flask import Flask, Response, jsonify, make_response, render_template_string, request
from markupsafe import Markup

app = Flask(__name__)

ROW = "<tr><td>{}</td><td>{}</td></tr>"
TABLE = "<table>{% for r in rows %}<tr><td>{{ r }}</td></tr>{% endfor %}</table>"
NOTE = "<div>{{ note|safe }}</div>"
ALLOWED_TAGS = ["b", "i", "em", "strong", "p"]
THEMES = {"dark": "theme-dark", "light": "theme-light"}


class Page:
    def __init__(self, title):
        self.title = title
        self.parts = []

    def add(self, markup):
        self.parts.append(markup)
        return self

    def html(self):
        return "<html><body>" + "".join(self.parts) + "</body></html>"


def heading(text):
    return "<h1>" + text + "</h1>"


def escaped_heading(text):
    return "<h1>" + escape(text) + "</h1>"


@app.get("/hello")
def hello():
    return "<p>Hello, " + request.args.get("name", "you") + "</p>"  # flaw: xss


@app.get("/hello/v2")
def hello_v2():
    return f"<p>Hello, {escape(request.args.get('name', 'you'))}</p>"  # fine: xss


@app.get("/search")
def search():
    query = request.args.get("q", "")
    page = Page("Search").add(heading("Results for " + query))
    page.add("<p>Nothing found</p>")
    return make_response(page.html(), 200)  # flaw: xss


@app.get("/search/v2")
def search_v2():
    page = Page("Search").add(escaped_heading("Results for " + request.args.get("q", "")))
    page.add("<p>Nothing found</p>")
    return make_response(page.html(), 200)  # fine: xss


@app.post("/table")
def table():
    rows = []
    for key, value in request.form.items():
        if not value:
            continue
        rows.append(ROW.format(key, value))
    return Response("<table>" + "".join(rows) + "</table>", mimetype="text/html")  # flaw: xss


@app.post("/table/v2")
def table_v2():
    return render_template_string(TABLE, rows=request.form.getlist("row"))  # fine: xss


@app.get("/note")
def note():
    text = request.args.get("note", "")
    return render_template_string(NOTE, note=text)  # flaw: xss


@app.post("/comment")
def comment():
    cleaned = bleach.clean(request.form.get("text", ""), tags=ALLOWED_TAGS, attributes={})
    return render_template_string(NOTE, note=cleaned)  # fine: xss


@app.get("/badge")
def badge():
    label = request.args.get("label", "new")
    markup = Markup("<span class='badge'>%s</span>" % label)  # flaw: xss
    return render_template_string("{{ badge }}", badge=markup)


@app.get("/badge/v2")
def badge_v2():
    markup = Markup("<span class='badge'>%s</span>") % request.args.get("label", "new")  # fine: xss
    return render_template_string("{{ badge }}", badge=markup)


@app.get("/echo")
def echo():
    return jsonify(text=request.args.get("text", ""))  # fine: xss


@app.get("/theme")
def theme():
    css = THEMES.get(request.args.get("theme"), "theme-light")
    return "<body class='" + css + "'></body>"  # fine: xss


@app.get("/bootstrap")
def bootstrap():
    settings = json.dumps({"tab": request.args.get("tab", "home")})
    body = "<script>window.settings = %s;</script>" % settings
    response = make_response(body)  # flaw: xss
    response.headers["Cache-Control"] = "no-store"
    return response
