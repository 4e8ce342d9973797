import xml.sax
from io import BytesIO
from xml.sax.handler import feature_external_ges

import defusedxml.ElementTree
from flask import Flask, abort, jsonify, request
from lxml import etree

app = Flask(__name__)

SCHEMA_FILE = "/opt/app/schema/order.xml"
PARSER_OPTIONS = {"resolve_entities": True, "no_network": False, "load_dtd": True}
STRICT_OPTIONS = {"resolve_entities": False, "no_network": True, "load_dtd": False}


class OrderHandler(xml.sax.ContentHandler):
    def __init__(self):
        super().__init__()
        self.names = []
        self.text = []

    def startElement(self, name, attrs):
        self.names.append(name)

    def characters(self, content):
        self.text.append(content)


class FeedReader:
    def __init__(self, parser=None):
        self.parser = parser or etree.XMLParser(load_dtd=True, resolve_entities=True)

    def titles(self, data):
        root = etree.fromstring(data, self.parser)  # flaw: xxe
        return [node.text for node in root.iter("title")]


class ManifestReader:
    def __init__(self):
        self.parser = etree.XMLParser(resolve_entities=False, no_network=True)

    def titles(self, data):
        root = etree.fromstring(data, self.parser)  # fine: xxe
        return [node.text for node in root.iter("title")]


def build_parser(options):
    return etree.XMLParser(**options)


@app.post("/orders")
def orders():
    parser = etree.XMLParser(resolve_entities=True, no_network=False)
    root = etree.fromstring(request.get_data(), parser=parser)  # flaw: xxe
    return jsonify(customer=root.findtext("customer"))


@app.post("/orders/v2")
def orders_v2():
    root = defusedxml.ElementTree.fromstring(request.get_data())  # fine: xxe
    return jsonify(customer=root.findtext("customer"))


@app.post("/orders/v3")
def orders_v3():
    parser = build_parser(STRICT_OPTIONS)
    document = etree.parse(BytesIO(request.get_data()), parser)  # fine: xxe
    return jsonify(customer=document.findtext("customer"))


@app.post("/catalog")
def catalog():
    upload = request.files["catalog"]
    options = dict(PARSER_OPTIONS)
    if request.args.get("compact"):
        options["remove_blank_text"] = True
    document = etree.parse(upload.stream, build_parser(options))  # flaw: xxe
    return jsonify(items=[item.text for item in document.iter("item")])


@app.post("/events")
def events():
    handler = OrderHandler()
    reader = xml.sax.make_parser()
    reader.setFeature(feature_external_ges, True)
    reader.setContentHandler(handler)
    reader.parse(BytesIO(request.get_data()))  # flaw: xxe
    return jsonify(names=handler.names, text="".join(handler.text))


@app.post("/events/v2")
def events_v2():
    payload = request.get_data()
    if b"<!DOCTYPE" in payload or b"<!ENTITY" in payload or not payload.isascii():
        abort(400)
    handler = OrderHandler()
    reader = xml.sax.make_parser()
    reader.setFeature(feature_external_ges, False)
    reader.setContentHandler(handler)
    reader.parse(BytesIO(payload))  # fine: xxe
    return jsonify(names=handler.names)


@app.post("/feeds")
def feeds():
    kind = request.args.get("kind", "feed")
    reader = ManifestReader() if kind == "manifest" else FeedReader()
    return jsonify(titles=reader.titles(request.get_data()))


@app.get("/schema")
def schema():
    document = etree.parse(SCHEMA_FILE, etree.XMLParser(load_dtd=True, resolve_entities=True))  # fine: xxe
    return jsonify(elements=[node.tag for node in document.getroot()])
