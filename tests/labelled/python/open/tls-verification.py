import os
import smtplib
import ssl
import urllib.request

import aiohttp
import httpx
import paramiko
import requests

CA_BUNDLE = "/etc/ssl/certs/corp-ca.pem"
REQUEST_OPTIONS = {"timeout": 10, "verify": False}  # flaw: tls-verification
DOWNLOAD_OPTIONS = {"timeout": 30, "verify": CA_BUNDLE}  # fine: tls-verification


def load_rates():
    return requests.get("https://rates.example.com/daily", verify=False, timeout=10).json()  # flaw: tls-verification


def load_holidays():
    return requests.get("https://rates.example.com/holidays", verify=CA_BUNDLE, timeout=10).json()  # fine: tls-verification


def post_invoice(invoice):
    return requests.post("https://billing.example.com/invoices", json=invoice, **REQUEST_OPTIONS)


def download(address):
    return requests.get(address, **DOWNLOAD_OPTIONS).content


class RegistryClient:
    def __init__(self, internal=True):
        self.session = requests.Session()
        if internal:
            self.session.verify = False  # flaw: tls-verification

    def package(self, name):
        return self.session.get("https://registry.corp.internal/p", params={"name": name}, timeout=5).json()


class CatalogClient:
    def __init__(self, verify=True):
        self.http = httpx.Client(verify=verify, timeout=5)  # fine: tls-verification

    def items(self):
        return self.http.get("https://catalog.example.com/items").json()


def lenient_context():
    context = ssl.create_default_context()
    context.check_hostname = False  # flaw: tls-verification
    context.verify_mode = ssl.CERT_NONE  # flaw: tls-verification
    return context


def corporate_context():
    context = ssl.create_default_context(cafile=CA_BUNDLE)
    context.verify_mode = ssl.CERT_REQUIRED  # fine: tls-verification
    return context


def fetch_feed():
    with urllib.request.urlopen("https://feeds.example.com/a.xml", context=lenient_context(), timeout=5) as reply:
        return reply.read()


def fetch_news():
    with urllib.request.urlopen("https://feeds.example.com/n.xml", context=corporate_context(), timeout=5) as reply:
        return reply.read()


def server_context(certificate, key):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    context.verify_mode = ssl.CERT_NONE  # fine: tls-verification
    return context


async def poll(address):
    connector = aiohttp.TCPConnector(ssl=False)  # flaw: tls-verification
    async with aiohttp.ClientSession(connector=connector) as session:
        async with session.get(address) as reply:
            return await reply.json()


def send_mail(message):
    with smtplib.SMTP("smtp.example.com", 587) as link:
        link.starttls(context=ssl.create_default_context())  # fine: tls-verification
        link.send_message(message)


def open_shell(host):
    client = paramiko.SSHClient()
    client.set_missing_host_key_policy(paramiko.AutoAddPolicy())  # flaw: tls-verification
    client.connect(host, username="deploy", key_filename=os.environ["DEPLOY_KEY_FILE"])
    return client


def open_known_shell(host):
    client = paramiko.SSHClient()
    client.load_system_host_keys()
    client.set_missing_host_key_policy(paramiko.RejectPolicy())  # fine: tls-verification
    client.connect(host, username="deploy", key_filename=os.environ["DEPLOY_KEY_FILE"])
    return client
