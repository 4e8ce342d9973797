import string

from flask import Flask, abort, render_template, render_template_string, request
from jinja2 import DictLoader, Environment, select_autoescape
from jinja2.sandbox import ImmutableSandboxedEnvironment

app = Flask(__name__)

GREETING = "<h1>Hello {{ name }}</h1>"
PAGES = {"about": "pages/about.html", "terms": "pages/terms.html"}
SNIPPETS = {"short": "{{ order.id }}", "long": "{{ order.id }} for {{ order.customer }}"}

environment = Environment(loader=DictLoader(SNIPPETS), autoescape=select_autoescape(default=True))
sandbox = ImmutableSandboxedEnvironment(autoescape=True)


class Newsletter:
    def __init__(self, subject, body):
        self.subject = subject
        self.body = body

    def render(self, recipient):
        template = environment.from_string(self.body)  # flaw: template-injection
        return template.render(subject=self.subject, recipient=recipient)


class Invoice:
    layout = "Invoice {{ number }} for {{ customer }}: {{ note }}"

    def __init__(self, number, customer, note):
        self.number = number
        self.customer = customer
        self.note = note

    def render(self):
        template = environment.from_string(self.layout)  # fine: template-injection
        return template.render(number=self.number, customer=self.customer, note=self.note)


def page_shell(content):
    return "{% extends 'base.html' %}{% block main %}" + content + "{% endblock %}"


@app.errorhandler(404)
def not_found(_error):
    return render_template_string("<p>No page at " + request.path + "</p>"), 404  # flaw: template-injection


@app.get("/hello")
def hello():
    return render_template_string(GREETING, name=request.args.get("name", "you"))  # fine: template-injection


@app.get("/welcome")
def welcome():
    name = request.args.get("name", "you")
    template = "<h1>Welcome %s</h1>{{ footer }}" % name
    return render_template_string(template, footer="Shop Ltd")  # flaw: template-injection


@app.get("/banner")
def banner():
    lines = []
    for item in request.args.getlist("line"):
        lines.append("<li>{}</li>".format(item))
    markup = page_shell("<ul>" + "".join(lines) + "</ul>")
    return render_template_string(markup)  # flaw: template-injection


@app.get("/notice")
def notice():
    markup = page_shell("<ul>{% for l in lines %}<li>{{ l }}</li>{% endfor %}</ul>")
    return render_template_string(markup, lines=request.args.getlist("line"))  # fine: template-injection


@app.post("/newsletter/preview")
def preview():
    letter = Newsletter(request.form["subject"], request.form["body"])
    return letter.render("reader@example.org"), 200, {"Content-Type": "text/plain"}


@app.post("/invoice/preview")
def invoice_preview():
    invoice = Invoice(request.form["number"], request.form["customer"], request.form["note"])
    return invoice.render(), 200, {"Content-Type": "text/plain"}


@app.post("/mail-merge")
def mail_merge():
    pattern = string.Template(request.form["text"])
    merged = pattern.safe_substitute(first="Ann", last="Berg")  # fine: template-injection
    return merged, 200, {"Content-Type": "text/plain"}


@app.get("/page/<name>")
def page(name):
    if name not in PAGES:
        abort(404)
    return render_template(PAGES[name], title=name)  # fine: template-injection


@app.get("/order/line")
def order_line():
    style = "long" if request.args.get("style") == "long" else "short"
    template = environment.get_template(style)  # fine: template-injection
    return template.render(order={"id": 17, "customer": request.args.get("customer")})


@app.post("/labels")
def labels():
    layout = request.get_json().get("layout") or SNIPPETS["short"]
    renderer = Environment(autoescape=True)
    return renderer.from_string(layout).render(order={"id": 3})  # flaw: template-injection
