"""TLS setup for the asyncio broker, its Tornado console and its clients."""
import asyncio
import ssl
from dataclasses import dataclass

import paho.mqtt.client as mqtt
import tornado.httpserver
import tornado.ioloop
import tornado.web
from twisted.internet import ssl as twisted_ssl
from urllib3 import PoolManager
from urllib3.util.ssl_ import create_urllib3_context

VERSIONS = {"compatible": ssl.TLSVersion.TLSv1_1, "current": ssl.TLSVersion.TLSv1_2}
LABELS = ["TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"]  # fine: tls-version


@dataclass
class TlsProfile:
    certificate: str
    key: str
    level: str = "current"

    def context(self):
        made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        made.load_cert_chain(self.certificate, self.key)
        made.minimum_version = VERSIONS["current"]  # fine: tls-version
        if self.level == "compatible":
            made.minimum_version = VERSIONS["compatible"]  # flaw: tls-version
        return made


async def serve(handler, profile):
    server = await asyncio.start_server(handler, "127.0.0.1", 8883, ssl=profile.context())
    async with server:
        await server.serve_forever()


def console(app, profile):
    options = {"certfile": profile.certificate, "keyfile": profile.key}
    options["ssl_version"] = ssl.PROTOCOL_TLSv1_1  # flaw: tls-version
    return tornado.httpserver.HTTPServer(app, ssl_options=options)


def status_console(app, profile):
    return tornado.httpserver.HTTPServer(app, ssl_options=profile.context())  # fine: tls-version


def publisher(host):
    client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2)
    client.tls_set(ca_certs="/etc/broker/ca.pem", tls_version=ssl.PROTOCOL_TLSv1)  # flaw: tls-version
    client.connect(host, 8883)
    return client


def subscriber(host):
    client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2)
    client.tls_set(ca_certs="/etc/broker/ca.pem", tls_version=ssl.PROTOCOL_TLSv1_2)  # fine: tls-version
    client.connect(host, 8883)
    return client


def exchange_pool():
    return PoolManager(ssl_minimum_version=ssl.TLSVersion.TLSv1)  # flaw: tls-version


def metrics_pool():
    return PoolManager(ssl_minimum_version=ssl.TLSVersion.TLSv1_2)  # fine: tls-version


def archive_pool():
    context = create_urllib3_context(ssl_minimum_version=ssl.TLSVersion.TLSv1_3)  # fine: tls-version
    context.load_default_certs()
    return PoolManager(ssl_context=context)


def twisted_factory(profile):
    return twisted_ssl.DefaultOpenSSLContextFactory(  # flaw: tls-version
        profile.key,
        profile.certificate,
        sslmethod=twisted_ssl.SSL.TLSv1_METHOD,
    )


def twisted_options(pem):
    certificate = twisted_ssl.PrivateCertificate.loadPEM(pem)
    return certificate.options()  # fine: tls-version


def reopen_old(context):
    context.options &= ~ssl.OP_NO_TLSv1  # flaw: tls-version
    context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
    return context


def describe(link):
    name = link.version()
    position = LABELS.index(name) if name in LABELS else -1
    return {"version": name, "outdated": position < LABELS.index("TLSv1.2")}


class VersionHandler(tornado.web.RequestHandler):
    def get(self):
        self.write(describe(self.request.connection.stream.socket))


def main():
    profile = TlsProfile("/etc/broker/server.pem", "/etc/broker/server.key")
    app = tornado.web.Application([(r"/version", VersionHandler)])
    status_console(app, profile).listen(8443, "127.0.0.1")
    tornado.ioloop.IOLoop.current().start()


if __name__ == "__main__":
    main()
