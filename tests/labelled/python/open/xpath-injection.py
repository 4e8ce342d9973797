from flask import Flask, abort, jsonify, request
from lxml import etree

app = Flask(__name__)

CATALOG = etree.parse("/srv/data/catalog.xml")
STAFF = etree.parse("/srv/data/staff.xml")
FIND_BY_ISBN = etree.XPath("/catalog/book[isbn = $isbn]")
SECTIONS = ("fiction", "science", "history")


def titles(nodes):
    return [node.findtext("title") for node in nodes]


def quoted(value):
    """An XPath 1.0 literal for any text."""
    if "'" not in value:
        return "'" + value + "'"
    pieces = value.split("'")
    return "concat('" + "', \"'\", '".join(pieces) + "')"


class StaffDirectory:
    def __init__(self, tree):
        self.tree = tree

    def first(self, expression):
        found = self.tree.xpath(expression)  # flaw: xpath-injection
        return found[0] if found else None

    def authenticate(self, name, pin):
        return self.first("//employee[name/text()='" + name + "' and pin/text()='" + pin + "']")

    def by_badge(self, badge):
        found = self.tree.xpath("//employee[@badge=%d]" % int(badge))  # fine: xpath-injection
        return found[0] if found else None


@app.get("/books/author")
def by_author():
    author = request.args.get("author", "")
    nodes = CATALOG.xpath(f"/catalog/book[author='{author}' and @public='1']")  # flaw: xpath-injection
    return jsonify(titles(nodes))


@app.get("/books/isbn")
def by_isbn():
    nodes = FIND_BY_ISBN(CATALOG, isbn=request.args.get("isbn", ""))  # fine: xpath-injection
    return jsonify(titles(nodes))


@app.get("/books/publisher")
def by_publisher():
    publisher = request.args.get("publisher", "")
    nodes = CATALOG.xpath("/catalog/book[publisher = $name and @public='1']", name=publisher)  # fine: xpath-injection
    return jsonify(titles(nodes))


@app.get("/books/search")
def search():
    conditions = ["@public='1'"]
    for field in ("title", "series"):
        wanted = request.args.get(field)
        if wanted:
            conditions.append("contains({}, \"{}\")".format(field, wanted))
    expression = "/catalog/book[" + " and ".join(conditions) + "]"
    finder = etree.XPath(expression)  # flaw: xpath-injection
    return jsonify(titles(finder(CATALOG)))


@app.get("/books/keyword")
def keyword():
    word = quoted(request.args.get("word", ""))
    nodes = CATALOG.xpath("/catalog/book[@public='1' and keyword=" + word + "]")  # fine: xpath-injection
    return jsonify(titles(nodes))


@app.get("/books/section/<section>")
def section(section):
    if section not in SECTIONS:
        abort(404)
    nodes = CATALOG.xpath("/catalog/book[@section='" + section + "']")  # fine: xpath-injection
    return jsonify(titles(nodes))


@app.get("/books/field")
def field_values():
    column = request.args.get("column", "title")
    evaluator = etree.XPathEvaluator(CATALOG)
    values = evaluator("/catalog/book[@public='1']/" + column + "/text()")  # flaw: xpath-injection
    return jsonify([str(value) for value in values])


@app.post("/staff/clock-in")
def clock_in():
    form = request.form
    employee = StaffDirectory(STAFF).authenticate(form.get("name", ""), form.get("pin", ""))
    if employee is None:
        abort(403)
    return jsonify(badge=employee.get("badge"))


@app.get("/staff/badge/<badge>")
def badge_owner(badge):
    employee = StaffDirectory(STAFF).by_badge(badge)
    if employee is None:
        abort(404)
    return jsonify(name=employee.findtext("name"))
