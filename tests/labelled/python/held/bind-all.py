"""Start scripts of several small servers."""
import argparse
import os
import xmlrpc.server
from concurrent import futures
from wsgiref.simple_server import make_server

import cherrypy
import grpc
import tornado.ioloop
import tornado.web
import uvicorn
import waitress
from aiohttp import web
from flask import Flask
from multiprocessing.managers import BaseManager

app = Flask(__name__)
BIND = {"public": "0.0.0.0", "local": "127.0.0.1", "six": "::"}
BLOCKED_RANGES = ["0.0.0.0/8", "10.0.0.0/8"]  # fine: bind-all


@app.get("/")
def index():
    return "ok"


class ServerOptions:
    def __init__(self, host="localhost", port=8000):
        self.host = host
        self.port = port

    def public(self):
        self.host = BIND["public"]
        return self

    def as_arguments(self):
        return {"host": self.host, "port": self.port}


def start_flask():
    app.run(host="0.0.0.0", port=5000)  # flaw: bind-all


def start_local_flask():
    app.run(host=BIND["local"], port=5000)  # fine: bind-all


def start_waitress():
    waitress.serve(app, **ServerOptions(port=8001).public().as_arguments())  # flaw: bind-all


def start_local_waitress():
    waitress.serve(app, **ServerOptions(port=8002).as_arguments())  # fine: bind-all


def start_grpc():
    server = grpc.server(futures.ThreadPoolExecutor(4))
    server.add_insecure_port("[::]:50051")  # flaw: bind-all
    server.start()
    return server


def start_local_grpc():
    server = grpc.server(futures.ThreadPoolExecutor(4))
    server.add_insecure_port("127.0.0.1:50051")  # fine: bind-all
    server.start()
    return server


def start_rpc():
    server = xmlrpc.server.SimpleXMLRPCServer((BIND["six"], 8003), allow_none=True)  # flaw: bind-all
    server.register_function(pow)
    server.serve_forever()


def start_wsgi(port):
    with make_server("", port, app) as server:  # flaw: bind-all
        server.serve_forever()


def start_unix_uvicorn():
    uvicorn.run("service:app", uds="/run/service/http.sock")  # fine: bind-all


def start_manager():
    address = ("127.0.0.1", 50000)
    manager = BaseManager(address=address, authkey=os.urandom(32))  # fine: bind-all
    manager.start()
    return manager


def start_cherrypy():
    config = {"server.socket_port": 8004}
    config["server.socket_host"] = "0.0.0.0"  # flaw: bind-all
    cherrypy.config.update(config)
    cherrypy.engine.start()


async def start_aiohttp(application):
    runner = web.AppRunner(application)
    await runner.setup()
    site = web.TCPSite(runner, host="::1", port=8005)  # fine: bind-all
    await site.start()


def start_tornado():
    handlers = tornado.web.Application([])
    handlers.listen(8006, address=BIND["local"])  # fine: bind-all
    tornado.ioloop.IOLoop.current().start()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", default="127.0.0.1")  # fine: bind-all
    arguments = parser.parse_args()
    with make_server(arguments.host, 8007, app) as server:
        server.serve_forever()


if __name__ == "__main__":
    main()
