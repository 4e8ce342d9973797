import socket
import ssl

from OpenSSL import SSL
from requests.adapters import HTTPAdapter
from urllib3.poolmanager import PoolManager

CERTIFICATE = "/etc/gateway/server.pem"
KEY = "/etc/gateway/server.key"
OLDEST = ssl.TLSVersion.TLSv1
BASELINE = ssl.TLSVersion.TLSv1_2
KNOWN_VERSIONS = {"TLSv1": 0x0301, "TLSv1.1": 0x0302, "TLSv1.2": 0x0303, "TLSv1.3": 0x0304}  # fine: tls-version


def kiosk_context():
    context = ssl.SSLContext(ssl.PROTOCOL_TLSv1)  # flaw: tls-version
    context.load_cert_chain(CERTIFICATE, KEY)
    return context


def gateway_context():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = BASELINE  # fine: tls-version
    context.load_cert_chain(CERTIFICATE, KEY)
    return context


def terminal_context():
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(CERTIFICATE, KEY)
    context.minimum_version = OLDEST  # flaw: tls-version
    return context


def client_context():
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_3  # fine: tls-version
    return context


def restricted_context():
    context = ssl.create_default_context()
    context.options |= ssl.OP_NO_SSLv3 | ssl.OP_NO_TLSv1 | ssl.OP_NO_TLSv1_1  # fine: tls-version
    return context


def capped_context(legacy=False):
    context = ssl.create_default_context()
    if legacy:
        context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
        context.maximum_version = ssl.TLSVersion.TLSv1_1  # flaw: tls-version
    return context


def pyopenssl_context():
    context = SSL.Context(SSL.TLSv1_1_METHOD)  # flaw: tls-version
    context.use_certificate_file(CERTIFICATE)
    context.use_privatekey_file(KEY)
    return context


def pyopenssl_modern_context():
    context = SSL.Context(SSL.TLS_SERVER_METHOD)
    context.set_min_proto_version(SSL.TLS1_2_VERSION)  # fine: tls-version
    context.use_certificate_file(CERTIFICATE)
    context.use_privatekey_file(KEY)
    return context


class LegacyAdapter(HTTPAdapter):
    def init_poolmanager(self, connections, maxsize, block=False, **options):
        settings = {"num_pools": connections, "maxsize": maxsize, "block": block}
        settings["ssl_version"] = ssl.PROTOCOL_TLSv1_1  # flaw: tls-version
        self.poolmanager = PoolManager(**settings)


class ModernAdapter(HTTPAdapter):
    def init_poolmanager(self, connections, maxsize, block=False, **options):
        context = ssl.create_default_context()
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        self.poolmanager = PoolManager(num_pools=connections, maxsize=maxsize, block=block, ssl_context=context)  # fine: tls-version


def negotiated(host, port=443):
    with socket.create_connection((host, port), 5) as raw:
        with client_context().wrap_socket(raw, server_hostname=host) as link:
            name = link.version()
    return name, KNOWN_VERSIONS.get(name)


def is_outdated(version_name):
    return version_name in ("SSLv3", "TLSv1", "TLSv1.1")  # fine: tls-version
