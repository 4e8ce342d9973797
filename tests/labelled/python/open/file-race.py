import fcntl
import json
import os
import shutil
from pathlib import Path

SPOOL = "/var/spool/exchange"
STATE = Path("/var/lib/exchange/state.json")


class Inbox:
    """Reads messages which local users drop into a shared folder."""

    def __init__(self, folder=SPOOL):
        self.folder = folder

    def read(self, name):
        path = os.path.join(self.folder, os.path.basename(name))
        if os.path.islink(path):
            return None
        with open(path, "rb") as handle:  # flaw: file-race
            return handle.read()

    def read_checked(self, name):
        path = os.path.join(self.folder, os.path.basename(name))
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
        with os.fdopen(descriptor, "rb") as handle:
            if os.fstat(handle.fileno()).st_uid != os.getuid():  # fine: file-race
                return None
            return handle.read()


def print_for_user(path):
    if not os.access(path, os.R_OK):
        raise PermissionError(path)
    with open(path, encoding="utf-8") as handle:  # flaw: file-race
        return handle.read()


def print_own(name):
    try:
        with open(STATE.parent / Path(name).name, encoding="utf-8") as handle:  # fine: file-race
            return handle.read()
    except FileNotFoundError:
        return ""


def create_report(folder, text):
    path = os.path.join(folder, "report.txt")
    if os.path.exists(path):
        return False
    with open(path, "w", encoding="utf-8") as handle:  # flaw: file-race
        handle.write(text)
    return True


def create_summary(folder, text):
    path = os.path.join(folder, "summary.txt")
    try:
        with open(path, "x", encoding="utf-8") as handle:  # fine: file-race
            handle.write(text)
    except FileExistsError:
        return False
    return True


def owned_by(path, uid):
    return os.stat(path).st_uid == uid


def hand_over(path, uid, gid):
    if not owned_by(path, 0):
        return
    os.chown(path, uid, gid)  # flaw: file-race


def hand_over_descriptor(path, uid, gid):
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    try:
        if os.fstat(descriptor).st_uid == 0:
            os.fchown(descriptor, uid, gid)  # fine: file-race
    finally:
        os.close(descriptor)


def collect(names):
    collected = []
    for name in names:
        source = Path(SPOOL) / Path(name).name
        if source.stat().st_size > 1_000_000 or source.is_symlink():
            continue
        shutil.copyfile(source, f"/var/lib/exchange/in/{source.name}")  # flaw: file-race
        collected.append(source.name)
    return collected


def save_state(state):
    replacement = STATE.with_suffix(".new")
    with open(replacement, "w", encoding="utf-8") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        json.dump(state, handle)
    os.replace(replacement, STATE)  # fine: file-race


def load_state():
    if not STATE.exists():  # fine: file-race
        return {}
    return json.loads(STATE.read_text(encoding="utf-8"))
