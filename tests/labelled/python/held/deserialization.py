"""Worker side of the task bus: messages from queues, sockets and blobs."""
import hmac
import os
import pickle
import socketserver
import struct
from multiprocessing import reduction

import dill
import joblib
import msgpack
import numpy
import torch
from celery import Celery
from ruamel.yaml import YAML

BROKER = os.environ["BROKER_URI"]
BUS_KEY = os.environ["BUS_KEY"].encode()
BUNDLED_SCALER = "/opt/worker/assets/scaler.joblib"

tasks = Celery("tasks", broker=BROKER)
tasks.conf.task_serializer = "json"
tasks.conf.accept_content = ["json"]  # fine: deserialization

reports = Celery("reports", broker=BROKER)
reports.conf.update(accept_content=["pickle", "json"])  # flaw: deserialization


class Frame:
    HEADER = struct.Struct("!I32s")

    def __init__(self, sock):
        self.sock = sock

    def _exactly(self, size):
        data = b""
        while len(data) < size:
            block = self.sock.recv(size - len(data))
            if not block:
                raise EOFError
            data += block
        return data

    def read(self):
        size, tag = self.HEADER.unpack(self._exactly(self.HEADER.size))
        return tag, self._exactly(min(size, 1 << 20))


class JobHandler(socketserver.BaseRequestHandler):
    def handle(self):
        _, payload = Frame(self.request).read()
        job = dill.loads(payload)  # flaw: deserialization
        self.server.jobs.append(job)


class SignedJobHandler(socketserver.BaseRequestHandler):
    def handle(self):
        tag, payload = Frame(self.request).read()
        if not hmac.compare_digest(tag, hmac.digest(BUS_KEY, payload, "sha256")):
            return
        self.server.jobs.append(pickle.loads(payload))  # fine: deserialization


class CompactHandler(socketserver.BaseRequestHandler):
    def handle(self):
        _, payload = Frame(self.request).read()
        self.server.jobs.append(msgpack.unpackb(payload, raw=False, strict_map_key=True))  # fine: deserialization


def on_message(channel, method, properties, body):
    """Callback registered with the broker for the import queue."""
    if properties.content_type == "application/x-python":
        record = reduction.ForkingPickler.loads(body)  # flaw: deserialization
    else:
        record = msgpack.unpackb(body)
    channel.basic_ack(method.delivery_tag)
    return record


def load_uploaded_matrix(stream):
    return numpy.load(stream, allow_pickle=True)  # flaw: deserialization


def load_measurements(stream):
    return numpy.load(stream, allow_pickle=False)  # fine: deserialization


def load_uploaded_weights(stream):
    options = {"map_location": "cpu"}
    options["weights_only"] = False
    return torch.load(stream, **options)  # flaw: deserialization


def load_shared_weights(stream):
    return torch.load(stream, map_location="cpu", weights_only=True)  # fine: deserialization


def load_scaler():
    return joblib.load(BUNDLED_SCALER)  # fine: deserialization


def workflow_reader():
    reader = YAML(typ="unsafe")
    reader.width = 120
    return reader


def read_submitted_workflow(request_body):
    return workflow_reader().load(request_body.decode("utf-8"))  # flaw: deserialization


def read_settings(request_body):
    reader = YAML(typ="safe")
    return reader.load(request_body.decode("utf-8"))  # fine: deserialization


class BusServer(socketserver.ThreadingTCPServer):
    allow_reuse_address = True

    def __init__(self, port, handler):
        super().__init__(("127.0.0.1", port), handler)
        self.jobs = []
