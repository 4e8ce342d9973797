import os
import shutil
import tarfile
import zipfile
from pathlib import Path

from flask import Flask, abort, jsonify, request

app = Flask(__name__)

THEMES = Path("/srv/themes")
PLUGINS = "/srv/plugins"
BUNDLED = "/opt/app/bundled/defaults.tar"
MAX_TOTAL = 50 * 1024 * 1024


def is_within(base, candidate):
    base = os.path.realpath(base)
    return os.path.commonpath([base, os.path.realpath(candidate)]) == base


def entry_names(archive):
    return [info.filename for info in archive.infolist() if not info.is_dir()]


class PluginInstaller:
    def __init__(self, stream):
        self.archive = zipfile.ZipFile(stream)

    def check_size(self):
        if sum(info.file_size for info in self.archive.infolist()) > MAX_TOTAL:
            abort(413)

    def install(self, destination):
        self.check_size()
        for name in entry_names(self.archive):
            target = os.path.join(destination, name)
            os.makedirs(os.path.dirname(target), exist_ok=True)
            with self.archive.open(name) as source, open(target, "wb") as sink:  # flaw: archive-extraction
                shutil.copyfileobj(source, sink)

    def install_checked(self, destination):
        self.check_size()
        for name in entry_names(self.archive):
            target = os.path.join(destination, name)
            if not is_within(destination, target):
                abort(400)
            os.makedirs(os.path.dirname(target), exist_ok=True)
            with self.archive.open(name) as source, open(target, "wb") as sink:  # fine: archive-extraction
                shutil.copyfileobj(source, sink)


def unpack(stream, destination):
    with tarfile.open(fileobj=stream) as archive:
        archive.extractall(destination, filter="fully_trusted")  # flaw: archive-extraction


def unpack_data(stream, destination):
    with tarfile.open(fileobj=stream) as archive:
        archive.extractall(destination, filter="data")  # fine: archive-extraction


@app.post("/themes")
def upload_theme():
    archive = tarfile.open(fileobj=request.files["theme"].stream, mode="r:*")
    with archive:
        for member in archive.getmembers():
            if member.name.endswith(".exe"):
                continue
            archive.extract(member, THEMES, filter="fully_trusted")  # flaw: archive-extraction
    return "", 201


@app.post("/themes/data")
def upload_theme_data():
    unpack_data(request.files["theme"].stream, THEMES)
    return "", 201


@app.post("/themes/raw")
def upload_raw():
    unpack(request.files["theme"].stream, THEMES)
    return "", 201


@app.post("/plugins")
def upload_plugin():
    installer = PluginInstaller(request.files["plugin"].stream)
    if request.args.get("channel") == "beta":
        installer.install(PLUGINS)
    else:
        installer.install_checked(PLUGINS)
    return "", 201


@app.post("/fonts")
def upload_fonts():
    saved = []
    with zipfile.ZipFile(request.files["fonts"].stream) as archive:
        for info in archive.infolist():
            name = os.path.basename(info.filename)
            if not name.endswith(".woff2") or info.file_size > MAX_TOTAL:
                continue
            (Path("/srv/fonts") / name).write_bytes(archive.read(info))  # fine: archive-extraction
            saved.append(name)
    return jsonify(saved=saved)


@app.post("/locales")
def upload_locales():
    with zipfile.ZipFile(request.files["locales"].stream) as archive:
        for info in archive.infolist():
            if info.file_size > MAX_TOTAL:
                abort(413)
            Path("/srv/locales", info.filename).write_bytes(archive.read(info))  # flaw: archive-extraction
    return "", 201


@app.post("/reset")
def reset():
    with tarfile.open(BUNDLED) as archive:
        archive.extractall("/srv/themes/default", filter="data")  # fine: archive-extraction
    return "", 204


@app.post("/inspect")
def inspect():
    with zipfile.ZipFile(request.files["archive"].stream) as archive:
        return jsonify(names=archive.namelist())  # fine: archive-extraction
