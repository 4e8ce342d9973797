"""Package import for the learning platform (Django, FastAPI)."""
import io
import os
import pathlib
import posixpath
import shutil
import tempfile
from tarfile import TarFile, data_filter
from tarfile import open as open_tar
from zipfile import ZIP_DEFLATED, Path as ZipPath, ZipFile

import py7zr
import rarfile
from django.http import HttpResponseBadRequest, JsonResponse
from django.views import View

COURSES = pathlib.Path("/srv/courses")
LIMIT = 200 * 1024 * 1024


def total_size(archive):
    return sum(entry.file_size for entry in archive.infolist())


def name_parts(name):
    parts = [part for part in posixpath.normpath("/" + name.replace("\\", "/")).split("/") if part]
    return parts


class ScormPackage:
    def __init__(self, upload):
        self.archive = ZipFile(upload)
        if total_size(self.archive) > LIMIT:
            raise ValueError("size")

    def _write(self, target, entry):
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as sink:
            sink.write(self.archive.read(entry))

    def unpack(self, folder):
        for entry in self.archive.infolist():
            if entry.is_dir() or entry.filename.startswith("/"):
                continue
            target = folder / entry.filename
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(self.archive.read(entry))  # flaw: archive-extraction

    def unpack_parts(self, folder):
        for entry in self.archive.infolist():
            parts = name_parts(entry.filename)
            if entry.is_dir() or not parts:
                continue
            self._write(folder.joinpath(*parts), entry)  # fine: archive-extraction

    def unpack_resolved(self, folder):
        base = folder.resolve()
        for entry in self.archive.infolist():
            target = (base / entry.filename).resolve()
            if entry.is_dir():
                continue
            if base not in target.parents:
                raise ValueError(entry.filename)
            self._write(target, entry)  # fine: archive-extraction

    def manifest(self):
        return ZipPath(self.archive, "imsmanifest.xml").read_text()  # fine: archive-extraction


class CourseView(View):
    def post(self, request, number):
        try:
            package = ScormPackage(request.FILES["package"])
        except ValueError:
            return HttpResponseBadRequest("size")
        folder = COURSES / str(int(number))
        if request.POST.get("engine") == "old":
            package.unpack(folder)
        elif request.POST.get("engine") == "parts":
            package.unpack_parts(folder)
        else:
            package.unpack_resolved(folder)
        return JsonResponse({"files": len(package.archive.namelist())})


class MediaView(View):
    def post(self, request):
        stream = io.BytesIO(request.body)
        with TarFile(fileobj=stream) as archive:
            for member in archive:
                source = archive.extractfile(member)
                if source is None:
                    continue
                with open(os.path.join("/srv/media", member.name), "wb") as sink:  # flaw: archive-extraction
                    shutil.copyfileobj(source, sink)
        return JsonResponse({"ok": True})

    def put(self, request):
        with open_tar(fileobj=io.BytesIO(request.body)) as archive:
            for member in archive:
                cleaned = data_filter(member, "/srv/media")
                archive.extract(cleaned, "/srv/media", filter="data")  # fine: archive-extraction
        return JsonResponse({"ok": True})


class BackupView(View):
    def post(self, request):
        with open_tar(fileobj=io.BytesIO(request.body), mode="r:gz") as archive:
            keep = [m for m in archive.getmembers() if not m.name.startswith("/")]
            archive.extractall("/srv/backup", members=keep, filter="fully_trusted")  # flaw: archive-extraction
        return JsonResponse({"entries": len(keep)})


def import_links(data):
    with open_tar(fileobj=io.BytesIO(data)) as archive:
        for member in archive.getmembers():
            if member.issym():
                os.symlink(member.linkname, COURSES / os.path.basename(member.name))  # flaw: archive-extraction


def import_seven(data):
    with py7zr.SevenZipFile(io.BytesIO(data)) as archive:
        for name, stream in archive.readall().items():
            pathlib.Path(f"/srv/imports/{name}").write_bytes(stream.read())  # flaw: archive-extraction


def import_rar(data):
    with tempfile.TemporaryDirectory() as folder, rarfile.RarFile(io.BytesIO(data)) as archive:
        for index, entry in enumerate(archive.infolist()):
            if entry.is_dir() or entry.file_size > LIMIT:
                continue
            pathlib.Path(folder, f"{index}.bin").write_bytes(archive.read(entry))  # fine: archive-extraction
        return len(os.listdir(folder))


def export(folder, target):
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for path in folder.rglob("*"):
            archive.write(path, path.relative_to(folder))  # fine: archive-extraction
