"""SOAP and document import endpoints (Django)."""
import io
import zipfile
from xml.dom import minidom, pulldom
from xml.sax import make_parser
from xml.sax.handler import feature_external_ges, feature_external_pes

import defusedxml.minidom
import defusedxml.sax
import lxml.objectify
from django.http import HttpResponseBadRequest, JsonResponse
from django.views import View
from lxml import etree

STYLE = "/opt/import/styles/summary.xsl"
FULL = {"load_dtd": True, "no_network": False, "resolve_entities": True}


class SoapEnvelope:
    parser = etree.XMLParser(huge_tree=False, resolve_entities=True, dtd_validation=True, no_network=False)

    def __init__(self, body):
        self.tree = etree.XML(body, parser=self.parser)  # flaw: xxe

    def action(self):
        return self.tree.findtext(".//action")


class MessageEnvelope:
    def __init__(self, body):
        options = dict(FULL)
        options.update(load_dtd=False, no_network=True, resolve_entities=False)
        self.tree = etree.XML(body, parser=etree.XMLParser(**options))  # fine: xxe

    def action(self):
        return self.tree.findtext(".//action")


def sax_reader(external):
    reader = make_parser()
    reader.setFeature(feature_external_ges, external)
    reader.setFeature(feature_external_pes, external)
    return reader


def collect_titles(events):
    titles = []
    for event, node in events:
        if event == pulldom.START_ELEMENT and node.tagName == "title":
            events.expandNode(node)
            titles.append("".join(child.data for child in node.childNodes))
    return titles


class SoapView(View):
    def post(self, request):
        if request.headers.get("SOAPAction", "").startswith("urn:v2"):
            envelope = MessageEnvelope(request.body)
        else:
            envelope = SoapEnvelope(request.body)
        return JsonResponse({"action": envelope.action()})


class OfficeImport(View):
    def post(self, request):
        with zipfile.ZipFile(request.FILES["document"]) as package:
            if package.getinfo("word/document.xml").file_size > 5_000_000:
                return HttpResponseBadRequest("size")
            content = package.read("word/document.xml")
        document = lxml.objectify.fromstring(content, etree.XMLParser(**FULL))  # flaw: xxe
        return JsonResponse({"text": "".join(document.itertext())})

    def put(self, request):
        document = defusedxml.minidom.parseString(request.body)  # fine: xxe
        return JsonResponse({"root": document.documentElement.tagName})


class FeedImport(View):
    def post(self, request):
        events = pulldom.parse(io.BytesIO(request.body), parser=sax_reader(True))  # flaw: xxe
        return JsonResponse({"titles": collect_titles(events)})

    def put(self, request):
        events = pulldom.parse(io.BytesIO(request.body), parser=defusedxml.sax.make_parser())  # fine: xxe
        return JsonResponse({"titles": collect_titles(events)})


class RatesImport(View):
    def post(self, request):
        count = 0
        context = etree.iterparse(  # flaw: xxe
            io.BytesIO(request.body),
            events=("end",),
            load_dtd=True,
            resolve_entities=True,
            no_network=False,
        )
        shown = []
        for _, element in context:
            count += 1
            shown.append(element.text)
        return JsonResponse({"count": count, "shown": shown})

    def put(self, request):
        context = etree.iterparse(io.BytesIO(request.body), events=("end",), resolve_entities=False)  # fine: xxe
        return JsonResponse({"count": sum(1 for _ in context)})


def summary_style():
    parser = etree.XMLParser(resolve_entities=True)
    return etree.XSLT(etree.parse(STYLE, parser))  # fine: xxe


def new_document(title):
    document = minidom.getDOMImplementation().createDocument(None, "summary", None)  # fine: xxe
    document.documentElement.setAttribute("title", title)
    return document.toxml()
