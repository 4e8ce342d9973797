"""Scratch file handling in the image pipeline."""
import contextlib
import getpass
import io
import os
import socket
import sqlite3
import tarfile
import tempfile
import time
from uuid import uuid4

import requests
from PIL import Image

TMP = os.environ.get("TMPDIR", "/tmp")
PID_FILE = "/tmp/pipeline.pid"
RUN_DIR = "/run/pipeline"


@contextlib.contextmanager
def scratch(suffix=".bin"):
    handle, name = tempfile.mkstemp(suffix=suffix)  # fine: temp-file
    os.close(handle)
    try:
        yield name
    finally:
        os.unlink(name)


def tile_name(source, index):
    stem = os.path.splitext(os.path.basename(source))[0]
    return f"{TMP}/{stem}_{index}.tile"


class Pipeline:
    def __init__(self, source):
        self.source = source
        self.work = tempfile.TemporaryDirectory()

    def tiles(self, step=256):
        names = []
        with Image.open(self.source) as picture:
            for index, left in enumerate(range(0, picture.width, step)):
                tile = picture.crop((left, 0, left + step, picture.height))
                name = tile_name(self.source, index)
                tile.save(name, format="PNG")  # flaw: temp-file
                names.append(name)
        return names

    def private_tiles(self, step=256):
        names = []
        with Image.open(self.source) as picture:
            for index, left in enumerate(range(0, picture.width, step)):
                name = os.path.join(self.work.name, f"{index}.png")
                picture.crop((left, 0, left + step, picture.height)).save(name)  # fine: temp-file
                names.append(name)
        return names


def write_pid():
    with open(PID_FILE, "w") as handle:  # flaw: temp-file
        handle.write(str(os.getpid()))


def write_run_pid():
    with open(os.path.join(RUN_DIR, "pipeline.pid"), "w") as handle:  # fine: temp-file
        handle.write(str(os.getpid()))


def fetch(address):
    name = tempfile.gettempdir() + "/download-" + str(int(time.time()))
    reply = requests.get(address, timeout=20)
    with io.FileIO(name, "w") as handle:  # flaw: temp-file
        handle.write(reply.content)
    return name


def fetch_spooled(address):
    spool = tempfile.SpooledTemporaryFile(max_size=1 << 20)  # fine: temp-file
    spool.write(requests.get(address, timeout=20).content)
    spool.seek(0)
    return spool


def index_database():
    return sqlite3.connect("/tmp/pipeline-" + getpass.getuser() + ".db")  # flaw: temp-file


def memory_database():
    return sqlite3.connect(":memory:")  # fine: temp-file


def bundle(names):
    target = tempfile.mktemp(".tar")  # flaw: temp-file
    with tarfile.open(target, "w") as archive:
        for name in names:
            archive.add(name, arcname=os.path.basename(name))
    return target


def bundle_unique(names):
    folder = tempfile.mkdtemp(prefix="bundle-")
    target = os.path.join(folder, uuid4().hex + ".tar")
    with tarfile.open(target, "w") as archive:  # fine: temp-file
        for name in names:
            archive.add(name, arcname=os.path.basename(name))
    return target


def control_socket():
    link = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    link.bind(os.path.join(RUN_DIR, "control.sock"))  # fine: temp-file
    return link
