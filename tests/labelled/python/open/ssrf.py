import ipaddress
import socket
import urllib.request
from urllib.parse import quote, urlsplit

import requests
from flask import Flask, abort, jsonify, request

app = Flask(__name__)

WEATHER_API = "https://api.weather.example.com/v2"
PARTNERS = {"acme": "https://hooks.acme.example/in", "globex": "https://in.globex.example/orders"}
IMAGE_HOSTS = {"images.example.com", "cdn.example.com"}
TIMEOUT = 5


class WebhookSender:
    def __init__(self, endpoint):
        self.endpoint = endpoint
        self.session = requests.Session()

    def deliver(self, event):
        return self.session.post(self.endpoint, json=event, timeout=TIMEOUT).status_code  # flaw: ssrf


class PartnerSender:
    def __init__(self, partner):
        self.endpoint = PARTNERS[partner]

    def deliver(self, event):
        return requests.post(self.endpoint, json=event, timeout=TIMEOUT).status_code  # fine: ssrf


def allowed_image(address):
    parts = urlsplit(address)
    return parts.scheme == "https" and parts.hostname in IMAGE_HOSTS and parts.port in (None, 443)


def fetch_text(address):
    with urllib.request.urlopen(address, timeout=TIMEOUT) as reply:  # flaw: ssrf
        return reply.read(100_000).decode("utf-8", "replace")


@app.get("/preview")
def preview():
    reply = requests.get(request.args["url"], timeout=TIMEOUT)  # flaw: ssrf
    return jsonify(status=reply.status_code, length=len(reply.content))


@app.get("/weather/<city>")
def weather(city):
    address = f"{WEATHER_API}/city/{quote(city, safe='')}"
    reply = requests.get(address, params={"units": "metric"}, timeout=TIMEOUT)  # fine: ssrf
    return jsonify(reply.json())


@app.get("/image")
def image():
    address = request.args.get("src", "")
    if not allowed_image(address):
        abort(400)
    reply = requests.get(address, timeout=TIMEOUT, allow_redirects=False)  # fine: ssrf
    return jsonify(length=len(reply.content))


@app.get("/regional")
def regional():
    region = request.args.get("region", "eu")
    path = request.args.get("path", "status")
    host = region + ".nodes.example.com" if "." not in region else region
    address = "https://{}/{}".format(host, path)
    reply = requests.request("GET", address, timeout=TIMEOUT)  # flaw: ssrf
    return jsonify(reply.json())


@app.get("/nodes/<int:node>/status")
def node_status(node):
    reply = requests.get(f"https://node-{node}.nodes.example.com/status", timeout=TIMEOUT)  # fine: ssrf
    return jsonify(reply.json())


@app.post("/feeds/import")
def import_feeds():
    sizes = {}
    for entry in request.get_json()["feeds"]:
        address = entry.get("address")
        if not address or not address.startswith("http"):
            continue
        sizes[entry["name"]] = len(fetch_text(address))
    return jsonify(sizes)


@app.post("/webhooks/test")
def test_webhook():
    body = request.get_json()
    if body.get("partner") in PARTNERS:
        sender = PartnerSender(body["partner"])
    else:
        sender = WebhookSender(body["endpoint"])
    return jsonify(status=sender.deliver({"event": "ping"}))


@app.get("/port")
def port_check():
    host = request.args.get("host", "")
    with socket.create_connection((host, int(request.args.get("port", 80))), TIMEOUT) as link:  # flaw: ssrf
        banner = link.recv(128)
    return jsonify(banner=banner.decode("latin-1"))


@app.get("/port/public")
def public_port_check():
    try:
        address = ipaddress.ip_address(request.args.get("address", ""))
    except ValueError:
        abort(400)
    if not address.is_global or address.is_multicast or address.version != 4:
        abort(400)
    with socket.create_connection((str(address), 443), TIMEOUT) as link:  # fine: ssrf
        return jsonify(peer=link.getpeername()[0])
