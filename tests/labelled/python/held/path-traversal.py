"""Asset service (FastAPI and aiofiles)."""
import glob
import os.path
import uuid
from enum import Enum
from pathlib import Path, PurePosixPath

import aiofiles
from fastapi import FastAPI, File, Form, HTTPException, UploadFile
from fastapi.responses import FileResponse, PlainTextResponse
from fastapi.staticfiles import StaticFiles

app = FastAPI()
ASSETS = Path("/srv/assets")
LOGS = "/var/log/assets/"
SCRATCH = os.path.realpath("/srv/scratch")
app.mount("/static", StaticFiles(directory="/srv/assets/static"), name="static")  # fine: path-traversal


class Size(str, Enum):
    small = "small"
    large = "large"


class Library:
    def __init__(self, root: Path):
        self.root = root
        self.current = root

    def enter(self, folder: str) -> "Library":
        self.current = self.current / folder
        return self

    def content(self, name: str) -> bytes:
        return (self.current / name).read_bytes()  # flaw: path-traversal

    def checked_content(self, name: str) -> bytes:
        target = os.path.realpath(self.current / name)
        if os.path.commonpath([target, os.path.realpath(self.root)]) != os.path.realpath(self.root):
            raise HTTPException(403)
        with open(target, "rb") as stream:  # fine: path-traversal
            return stream.read()


def log_location(service: str, day: str) -> str:
    return LOGS + service + "-" + day + ".log"


@app.get("/assets/{owner}/icon")
async def icon(owner: str, name: str = "icon.png"):
    return FileResponse(f"/srv/assets/{owner}/{name}")  # flaw: path-traversal


@app.get("/assets/{number}/photo/{size}")
async def photo(number: int, size: Size):
    return FileResponse(f"/srv/assets/photos/{number}-{size.value}.jpg")  # fine: path-traversal


@app.get("/logs")
async def logs(service: str, day: str):
    location = log_location(service, day)
    if not os.path.isfile(location):
        raise HTTPException(404)
    async with aiofiles.open(location, encoding="utf-8") as stream:  # flaw: path-traversal
        return PlainTextResponse(await stream.read())


@app.get("/library")
async def library(name: str, folder: str = "public"):
    shelf = Library(ASSETS).enter(folder)
    return PlainTextResponse(shelf.content(name))


@app.get("/library/checked")
async def checked_library(name: str):
    return PlainTextResponse(Library(ASSETS).enter("public").checked_content(name))


@app.post("/uploads")
async def upload(document: UploadFile = File(...), folder: str = Form("inbox")):
    extension = PurePosixPath(document.filename or "x").suffix.lower()
    if extension not in {".pdf", ".png"} or folder not in {"inbox", "drafts"}:
        raise HTTPException(415)
    target = ASSETS / folder / (uuid.uuid4().hex + extension)
    async with aiofiles.open(target, "wb") as stream:  # fine: path-traversal
        await stream.write(await document.read())
    return {"name": target.name}


@app.post("/uploads/named")
async def named_upload(document: UploadFile = File(...)):
    target = ASSETS.joinpath("inbox", document.filename)
    if target.suffix == ".php":
        raise HTTPException(415)
    async with aiofiles.open(target, "wb") as stream:  # flaw: path-traversal
        await stream.write(await document.read())
    return {"name": target.name}


@app.get("/scratch")
async def scratch(name: str):
    full = os.path.realpath(os.path.join(SCRATCH, name))
    if not full.startswith(SCRATCH + os.sep):
        raise HTTPException(404)
    return FileResponse(full)  # fine: path-traversal


@app.get("/scratch/near")
async def scratch_near(name: str):
    full = os.path.join(SCRATCH, name)
    if not full.startswith(SCRATCH):
        raise HTTPException(404)
    return FileResponse(full)  # flaw: path-traversal


@app.delete("/scratch")
async def clean(names: list[str]):
    for name in names:
        path = Path(SCRATCH, os.path.basename(name))
        if path.is_file():
            path.unlink()  # fine: path-traversal
    return {"left": len(glob.glob(SCRATCH + "/*"))}


@app.post("/scratch/rename")
async def rename(old: str = Form(), new: str = Form()):
    source = Path(SCRATCH, os.path.basename(old))
    source.rename(SCRATCH + "/" + new)  # flaw: path-traversal
    return {"renamed": True}
