"""Deployment helper which lays out files on the target machine."""
import contextlib
import grp
import os
import pathlib
import subprocess
import tarfile
from os import chmod, mkdir, umask
from stat import S_IMODE, S_IRUSR, S_IWOTH, S_IWUSR, S_IXUSR

import paramiko

MODES = {"config": 0o640, "script": 0o755, "drop": 0o777, "key": 0o400}
TARGET = pathlib.Path("/srv/release")


@contextlib.contextmanager
def file_creation_mask(mask):
    previous = umask(mask)
    try:
        yield
    finally:
        umask(previous)


class Layout:
    def __init__(self, root=TARGET):
        self.root = root
        self.entries = []

    def add(self, name, kind):
        self.entries.append((self.root / name, MODES[kind]))
        return self

    def apply(self):
        for path, mode in self.entries:
            if mode & S_IWOTH:
                raise ValueError(str(path))
            path.touch()
            path.chmod(mode)  # fine: permissions


def drop_folder(name):
    folder = TARGET / "drop" / name
    folder.mkdir(parents=True)
    chmod(folder, MODES["drop"])  # flaw: permissions
    return folder


def key_file(name, material):
    path = TARGET / "keys" / name
    with file_creation_mask(0o077):
        path.write_bytes(material)
    chmod(path, MODES["key"])  # fine: permissions
    return path


def queue_folder(name):
    with file_creation_mask(0):  # flaw: permissions
        mkdir(TARGET / "queue" / name)


def inbox_folder(name):
    with file_creation_mask(0o027):  # fine: permissions
        mkdir(TARGET / "inbox" / name)


def run_script(name, text):
    path = TARGET / "bin" / name
    path.write_text(text)
    path.chmod(S_IRUSR | S_IWUSR | S_IXUSR)  # fine: permissions
    return path


def cron_script(name, text):
    path = TARGET / "cron" / name
    path.write_text(text)
    subprocess.run(["chmod", "a+rwx", str(path)], check=True)  # flaw: permissions
    return path


def group_script(name, text):
    path = TARGET / "cron" / name
    path.write_text(text)
    os.chown(path, -1, grp.getgrnam("deploy").gr_gid)
    subprocess.run(["chmod", "u=rwx,g=rx,o=", str(path)], check=True)  # fine: permissions
    return path


def remote_upload(host, source, target):
    client = paramiko.SSHClient()
    client.load_system_host_keys()
    client.connect(host, username="deploy", key_filename="/etc/deploy/id_ed25519")
    with client.open_sftp() as sftp:
        sftp.put(source, target)
        sftp.chmod(target, 0o666)  # flaw: permissions
        sftp.chmod(target + ".key", 0o600)  # fine: permissions


def package(folder):
    def normalize(info):
        info.mode = 0o777 if info.isdir() else 0o666  # flaw: permissions
        return info

    with tarfile.open("release.tar", "w") as archive:
        archive.add(folder, filter=normalize)


def package_again(folder):
    def normalize(info):
        info.mode = 0o755 if info.isdir() else 0o644  # fine: permissions
        return info

    with tarfile.open("release.tar", "w") as archive:
        archive.add(folder, filter=normalize)


def open_for_everyone(path):
    current = S_IMODE(os.stat(path).st_mode)
    wanted = current
    for shift in (6, 3, 0):
        wanted |= 0o6 << shift
    os.chmod(path, wanted)  # flaw: permissions


def report(paths):
    return [str(p) for p in paths if S_IMODE(p.stat().st_mode) == 0o777]  # fine: permissions
