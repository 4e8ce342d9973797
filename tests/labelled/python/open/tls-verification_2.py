"""Connectors used by the integration hub."""
import asyncio
import ftplib
import http.client
import imaplib
import ssl
import xmlrpc.client
from contextlib import contextmanager
from functools import partial

import httpx
import ldap3
import paho.mqtt.client as mqtt
import pymongo
import redis
import requests
import urllib3
import websockets
from elasticsearch import Elasticsearch

CA = "/etc/hub/ca.pem"
quick_get = partial(requests.get, timeout=5, verify=0)  # flaw: tls-verification
plain_get = partial(requests.get, timeout=5, verify=CA)  # fine: tls-verification


def pool(strict=True):
    if strict:
        return urllib3.PoolManager(cert_reqs="CERT_REQUIRED", ca_certs=CA)  # fine: tls-verification
    return urllib3.PoolManager(cert_reqs="CERT_NONE", assert_hostname=False)  # flaw: tls-verification


class MailBox:
    def __init__(self, host):
        self.context = ssl._create_unverified_context()  # flaw: tls-verification
        self.link = imaplib.IMAP4_SSL(host, ssl_context=self.context)


class ArchiveBox:
    def __init__(self, host):
        self.context = ssl.create_default_context(cafile=CA)
        self.link = imaplib.IMAP4_SSL(host, ssl_context=self.context)  # fine: tls-verification


def search_cluster():
    options = {"ca_certs": CA, "request_timeout": 10}
    options["verify_certs"] = False  # flaw: tls-verification
    return Elasticsearch("https://search.internal:9200", **options)


def document_store():
    return pymongo.MongoClient("mongodb://mongo.internal", tls=True, tlsCAFile=CA)  # fine: tls-verification


def metadata_store():
    return pymongo.MongoClient("mongodb://mongo.internal", tls=True, tlsAllowInvalidCertificates=True)  # flaw: tls-verification


def cache():
    return redis.Redis(host="cache.internal", ssl=True, ssl_cert_reqs="required", ssl_ca_certs=CA)  # fine: tls-verification


def sensor_client(on_message):
    client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2)
    client.tls_set(ca_certs=CA)
    client.tls_insecure_set(True)  # flaw: tls-verification
    client.on_message = on_message
    client.connect("mqtt.internal", 8883)
    return client


def gauge_client(on_message):
    client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2)
    client.tls_set(ca_certs=CA)
    client.tls_insecure_set(False)  # fine: tls-verification
    client.on_message = on_message
    client.connect("mqtt.internal", 8883)
    return client


def directory():
    tls = ldap3.Tls(validate=ssl.CERT_REQUIRED, ca_certs_file=CA)  # fine: tls-verification
    return ldap3.Server("ldap.internal", port=636, use_ssl=True, tls=tls)


@contextmanager
def transfer(host):
    link = ftplib.FTP_TLS(host, context=ssl.create_default_context())
    try:
        link.login()
        link.prot_p()
        yield link
    finally:
        link.close()


async def stream(address):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(CA)
    context.check_hostname = False  # flaw: tls-verification
    async with websockets.connect(address, ssl=context) as link:
        async for message in link:
            yield message


def rpc(address):
    return xmlrpc.client.ServerProxy(address, context=ssl.create_default_context())  # fine: tls-verification


def status(host):
    link = http.client.HTTPSConnection(host, context=ssl.create_default_context(), timeout=5)
    link.request("GET", "/status")
    return link.getresponse().status


async def load(addresses):
    async with httpx.AsyncClient(verify=ssl.create_default_context(cafile=CA)) as client:
        return await asyncio.gather(*(client.get(address) for address in addresses))
