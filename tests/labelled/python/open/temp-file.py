import os
import shutil
import subprocess
import tempfile
from pathlib import Path

SPOOL = "/tmp/labels.spool"
CACHE_HOME = Path("/var/cache/printer")


class ReportWriter:
    def __init__(self, name):
        self.path = tempfile.mktemp(suffix=".html", prefix=name)  # flaw: temp-file

    def write(self, markup):
        with open(self.path, "w", encoding="utf-8") as handle:
            handle.write(markup)
        return self.path


class SheetWriter:
    def __init__(self, name):
        descriptor, self.path = tempfile.mkstemp(suffix=".csv", prefix=name)  # fine: temp-file
        self.handle = os.fdopen(descriptor, "w", encoding="utf-8")

    def write(self, rows):
        with self.handle:
            for row in rows:
                self.handle.write(";".join(row) + "\n")
        return self.path


def spool_label(text):
    with open(SPOOL, "w", encoding="utf-8") as handle:  # flaw: temp-file
        handle.write(text)
    subprocess.run(["lp", SPOOL], check=True)


def spool_page(text):
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as handle:  # fine: temp-file
        handle.write(text)
        handle.flush()
        subprocess.run(["lp", handle.name], check=True)


def dump_state(job_id, state):
    name = "job-%d-%d.state" % (job_id, os.getpid())
    target = os.path.join(tempfile.gettempdir(), name)
    with open(target, "wb") as handle:  # flaw: temp-file
        handle.write(state)
    return target


def dump_private_state(job_id, state):
    with tempfile.TemporaryDirectory(prefix="job-") as folder:
        target = os.path.join(folder, f"{job_id}.state")
        with open(target, "wb") as handle:  # fine: temp-file
            handle.write(state)
        shutil.copy(target, CACHE_HOME / f"{job_id}.state")


def workspace(user):
    path = Path("/tmp") / f"workspace-{user}"
    path.mkdir(exist_ok=True)  # flaw: temp-file
    return path


def private_workspace():
    path = Path(tempfile.mkdtemp(prefix="workspace-"))  # fine: temp-file
    (path / "input").mkdir()
    return path


def cached_preview(key, content):
    target = CACHE_HOME / f"{int(key)}.png"
    target.write_bytes(content)  # fine: temp-file
    return target


def exclusive_marker(job_id):
    flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY
    descriptor = os.open(f"/tmp/printer-{int(job_id)}.lock", flags, 0o600)  # fine: temp-file
    os.close(descriptor)


def convert(source):
    output = f"/tmp/convert_{Path(source).stem}.pdf"
    subprocess.run(["soffice", "--headless", "--convert-to", "pdf", "--outdir", "/tmp", "--", source], check=True)
    with open(output, "ab") as handle:  # flaw: temp-file
        handle.write(b"\n%%EOF\n")
    return output


def main():
    for path in sorted(CACHE_HOME.glob("*.queue")):
        spool_page(path.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
