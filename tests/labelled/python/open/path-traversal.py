import os
import re
import shutil
from pathlib import Path

from flask import Flask, abort, jsonify, request, send_file, send_from_directory
from werkzeug.utils import secure_filename

app = Flask(__name__)

ROOT = Path("/srv/documents").resolve()
UPLOADS = "/srv/uploads"
INVOICE_NAME = re.compile(r"INV-[0-9]{4}-[0-9]{6}")
MANUALS = {"install": "install.pdf", "operate": "operate.pdf"}


def inside_root(relative):
    candidate = (ROOT / relative).resolve()
    if not candidate.is_relative_to(ROOT):
        abort(403)
    return candidate


def document_path(*segments):
    return os.path.join(str(ROOT), *segments)


class AttachmentStore:
    def __init__(self, base):
        self.base = base

    def location(self, name):
        return self.base + "/" + name

    def read(self, name):
        with open(self.location(name), "rb") as handle:  # flaw: path-traversal
            return handle.read()

    def write(self, name, data):
        target = os.path.join(self.base, secure_filename(name) or "unnamed")
        with open(target, "wb") as handle:  # fine: path-traversal
            handle.write(data)


attachments = AttachmentStore(UPLOADS)


@app.get("/files")
def download():
    return send_file(os.path.join(UPLOADS, request.args["name"]))  # flaw: path-traversal


@app.get("/shared/<path:name>")
def shared(name):
    return send_from_directory(UPLOADS, name)  # fine: path-traversal


@app.get("/documents/text")
def document_text():
    folder = request.args.get("folder", "general")
    name = request.args.get("name", "index")
    if not name.endswith(".txt"):
        name = name + ".txt"
    path = document_path(folder, name)
    if not os.path.exists(path):
        abort(404)
    return jsonify(text=Path(path).read_text(encoding="utf-8"))  # flaw: path-traversal


@app.get("/documents/raw/<path:relative>")
def document_raw(relative):
    target = inside_root(relative)
    if not target.is_file():
        abort(404)
    return jsonify(text=target.read_text(encoding="utf-8"))  # fine: path-traversal


@app.delete("/documents")
def remove_documents():
    removed = []
    for name in request.get_json()["names"]:
        cleaned = name.replace("../", "")
        os.remove(f"{ROOT}/{cleaned}")  # flaw: path-traversal
        removed.append(cleaned)
    return jsonify(removed=removed)


@app.get("/invoices/<number>")
def invoice(number):
    if INVOICE_NAME.fullmatch(number) is None:
        abort(404)
    with open(f"/srv/invoices/{number}.json", encoding="utf-8") as handle:  # fine: path-traversal
        return handle.read(), 200, {"Content-Type": "application/json"}


@app.get("/manuals/<topic>")
def manual(topic):
    name = MANUALS.get(topic)
    if name is None:
        abort(404)
    return send_file(os.path.join("/srv/manuals", name))  # fine: path-traversal


@app.post("/attachments")
def attach():
    upload = request.files["file"]
    attachments.write(upload.filename, upload.read())
    return "", 201


@app.post("/avatars")
def avatar():
    picture = request.files["picture"]
    picture.save(os.path.join("/srv/avatars", picture.filename))  # flaw: path-traversal
    return "", 201


@app.get("/attachments/size")
def attachment_size():
    data = attachments.read(request.args.get("name", "readme"))
    return jsonify(size=len(data))


@app.post("/projects/<int:project>/snapshot")
def snapshot(project):
    source = os.path.join("/srv/projects", str(project))
    shutil.copytree(source, f"/srv/snapshots/{project}", dirs_exist_ok=True)  # fine: path-traversal
    return "", 204
