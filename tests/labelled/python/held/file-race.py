"""Helpers of a privileged print and quota daemon."""
import contextlib
import errno
import os
import pathlib
import shutil
import stat
import tempfile
from os.path import exists, getsize, isfile, realpath

HOMES = "/home"
QUEUE = pathlib.Path("/var/spool/jobs")
OWN = pathlib.Path("/var/lib/printd")


def is_own_regular(path, uid):
    info = os.lstat(path)
    return stat.S_ISREG(info.st_mode) and info.st_uid == uid


class Job:
    def __init__(self, uid, path):
        self.uid = uid
        self.path = path

    def allowed(self):
        return is_own_regular(self.path, self.uid)

    def content(self):
        if not self.allowed():
            raise PermissionError(errno.EACCES, self.path)
        return pathlib.Path(self.path).read_bytes()  # flaw: file-race


class DescriptorJob:
    def __init__(self, uid, path):
        self.uid = uid
        self.fd = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)

    def content(self):
        info = os.fstat(self.fd)  # fine: file-race
        if not stat.S_ISREG(info.st_mode) or info.st_uid != self.uid:
            raise PermissionError(errno.EACCES, "job")
        with os.fdopen(self.fd, "rb") as stream:
            return stream.read()


def clear_cache(user):
    cache = os.path.join(HOMES, user, ".cache")
    if realpath(cache) != cache:
        return
    for name in os.listdir(cache):
        os.unlink(os.path.join(cache, name))  # flaw: file-race


def clear_cache_at(user_fd):
    cache = os.open(".cache", os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=user_fd)
    try:
        for name in os.listdir(cache):
            os.unlink(name, dir_fd=cache)  # fine: file-race
    finally:
        os.close(cache)


def store_quota(user, limit):
    target = f"{HOMES}/{user}/.quota"
    if not exists(target):
        handle = open(target, "w")  # flaw: file-race
        try:
            handle.write(str(limit))
        finally:
            handle.close()


def store_quota_new(home_fd, limit):
    flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_NOFOLLOW
    with contextlib.suppress(FileExistsError):
        fd = os.open(".quota", flags, 0o644, dir_fd=home_fd)  # fine: file-race
        with os.fdopen(fd, "w") as handle:
            handle.write(str(limit))


def attach(user, names):
    total = 0
    for name in names:
        path = os.path.join(HOMES, user, "outbox", os.path.basename(name))
        if not isfile(path) or os.path.islink(path):
            continue
        total += getsize(path)
        shutil.move(path, QUEUE / os.path.basename(name))  # flaw: file-race
    return total


def make_readable(path):
    mode = os.lstat(path).st_mode
    if stat.S_ISLNK(mode):
        return
    os.chmod(path, 0o644)  # flaw: file-race


def make_readable_fd(path):
    fd = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    try:
        os.fchmod(fd, 0o644)  # fine: file-race
    finally:
        os.close(fd)


def prepare_own():
    os.makedirs(OWN / "state", exist_ok=True)  # fine: file-race
    marker = OWN / "state" / "started"
    if not marker.exists():
        marker.write_text("1")  # fine: file-race


def replace_table(lines):
    fd, name = tempfile.mkstemp(dir=OWN)
    with os.fdopen(fd, "w") as handle:
        handle.writelines(line + "\n" for line in lines)
    os.rename(name, OWN / "table")  # fine: file-race
