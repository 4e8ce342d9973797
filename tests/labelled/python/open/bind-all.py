import asyncio
import ipaddress
import os
import socket
import socketserver
from http.server import BaseHTTPRequestHandler, HTTPServer

EVERYWHERE = "0.0.0.0"
LOOPBACK = "127.0.0.1"
DEFAULT_ROUTE = "0.0.0.0/0"  # fine: bind-all
CONTROL_PORT = 7070


class StatusHandler(BaseHTTPRequestHandler):
    def do_GET(self):
        body = b"ok\n"
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class EchoHandler(socketserver.StreamRequestHandler):
    def handle(self):
        self.wfile.write(self.rfile.readline(1024))


class ControlSocket:
    def __init__(self, host=EVERYWHERE, port=CONTROL_PORT):
        self.address = (host, port)
        self.sock = None

    def open(self):
        self.sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.sock.bind(self.address)  # flaw: bind-all
        self.sock.listen(5)
        return self.sock


class LocalSocket:
    def __init__(self, host=LOOPBACK, port=CONTROL_PORT + 1):
        self.address = (host, port)

    def open(self):
        sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        sock.bind(self.address)  # fine: bind-all
        sock.listen(5)
        return sock


def metrics_socket(port):
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sock.bind(("", port))  # flaw: bind-all
    return sock


def discovery_socket(port):
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sock.bind(("localhost", port))  # fine: bind-all
    return sock


def status_server(port=8081):
    return HTTPServer(("0.0.0.0", port), StatusHandler)  # flaw: bind-all


def health_server(port=8082):
    return HTTPServer((LOOPBACK, port), StatusHandler)  # fine: bind-all


def echo_server(port=9090):
    host = os.environ.get("ECHO_INTERFACE", "")
    if not host:
        host = "::"
    socketserver.ThreadingTCPServer.address_family = socket.AF_INET6
    return socketserver.ThreadingTCPServer((host, port), EchoHandler)  # flaw: bind-all


async def start_async(handler):
    server = await asyncio.start_server(handler, host=EVERYWHERE, port=6001)  # flaw: bind-all
    async with server:
        await server.serve_forever()


async def start_unix(handler):
    server = await asyncio.start_unix_server(handler, path="/run/collector/control.sock")  # fine: bind-all
    async with server:
        await server.serve_forever()


def is_unspecified(address):
    return address == "0.0.0.0" or ipaddress.ip_address(address).is_unspecified  # fine: bind-all


def covers_everything(networks):
    return DEFAULT_ROUTE in {str(ipaddress.ip_network(network)) for network in networks}
