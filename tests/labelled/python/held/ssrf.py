"""Link unfurling and proxying for a chat product (FastAPI, httpx, aiohttp)."""
import http.client
import re
import socket
from ipaddress import ip_address
from urllib.parse import urlencode, urlsplit, urlunsplit

import aiohttp
import boto3
import httpx
import urllib3
from fastapi import Body, FastAPI, HTTPException, Query

app = FastAPI()
pool = urllib3.PoolManager(timeout=urllib3.Timeout(4))

GITHUB = "https://api.github.com"
REPOSITORY = re.compile(r"[A-Za-z0-9-]{1,39}/[A-Za-z0-9._-]{1,100}")
REGIONS = ("eu-west-1", "us-east-1")
MIRRORS = {"a": "mirror-a.example.net", "b": "mirror-b.example.net"}


class Unfurler:
    def __init__(self):
        self.links = []

    def add(self, link):
        if link.startswith(("http://", "https://")):
            self.links.append(link)

    async def cards(self):
        result = []
        async with aiohttp.ClientSession() as client:
            for link in self.links:
                async with client.get(link) as reply:  # flaw: ssrf
                    result.append({"link": link, "text": (await reply.text())[:200]})
        return result


class MirrorProxy:
    def __init__(self, name):
        self.host = MIRRORS.get(name, MIRRORS["a"])

    def head(self, number):
        link = http.client.HTTPSConnection(self.host, timeout=4)  # fine: ssrf
        link.request("HEAD", f"/packages/{number}")
        return link.getresponse().status


def resolve_public(host):
    for info in socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM):
        address = ip_address(info[4][0])
        if not address.is_global:
            raise HTTPException(400)
        return str(address)
    raise HTTPException(400)


def rebuild(raw):
    parts = urlsplit(raw)
    return urlunsplit(("https", parts.netloc, parts.path or "/", parts.query, ""))


@app.post("/unfurl")
async def unfurl(text: str = Body(embed=True)):
    unfurler = Unfurler()
    for word in text.split():
        unfurler.add(word)
    return await unfurler.cards()


@app.get("/avatar")
async def avatar(source: str):
    async with httpx.AsyncClient(follow_redirects=True) as client:
        reply = await client.get(source)  # flaw: ssrf
    return {"type": reply.headers.get("content-type"), "size": len(reply.content)}


@app.get("/repository")
async def repository(name: str):
    if not REPOSITORY.fullmatch(name) or "/." in name:
        raise HTTPException(400)
    async with httpx.AsyncClient(base_url=GITHUB) as client:
        reply = await client.get(f"/repos/{name}")  # fine: ssrf
    return reply.json()


@app.get("/thumb")
def thumb(address: str):
    reply = pool.request("GET", rebuild(address))  # flaw: ssrf
    return {"status": reply.status, "body": reply.data[:64].hex()}


@app.get("/translate")
def translate(text: str, to: str = "en"):
    query = urlencode({"text": text, "to": to})
    reply = pool.request("GET", "https://translate.example.net/v1?" + query)  # fine: ssrf
    return {"status": reply.status}


@app.get("/mirror/{name}/{number}")
def mirror(name: str, number: int):
    return {"status": MirrorProxy(name).head(number)}


@app.get("/cluster")
def cluster(node: str, metric: str = "load"):
    link = http.client.HTTPConnection(node, 9100, timeout=3)  # flaw: ssrf
    try:
        link.request("GET", "/metrics/" + metric)
        return {"text": link.getresponse().read(500).decode("latin-1")}
    finally:
        link.close()


@app.get("/probe")
def probe(host: str = Query(max_length=200)):
    address = resolve_public(host)
    with socket.create_connection((address, 443), timeout=3):  # fine: ssrf
        return {"address": address}


@app.get("/bucket")
def bucket(region: str, endpoint: str = ""):
    options = {"region_name": region}
    if endpoint:
        options["endpoint_url"] = endpoint
    client = boto3.client("s3", **options)  # flaw: ssrf
    return {"buckets": len(client.list_buckets()["Buckets"])}


@app.get("/bucket/region")
def regional_bucket(region: str):
    if region not in REGIONS:
        raise HTTPException(400)
    client = boto3.client("s3", endpoint_url=f"https://s3.{region}.amazonaws.com")  # fine: ssrf
    return {"buckets": len(client.list_buckets()["Buckets"])}
