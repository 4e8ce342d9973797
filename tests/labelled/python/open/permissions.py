import os
import shutil
import stat
from pathlib import Path

DATA = Path("/var/lib/collector")
SHARED_MODE = 0o777
PRIVATE_MODE = 0o600
EXECUTABLE = stat.S_IRWXU | stat.S_IRGRP | stat.S_IXGRP


class Installer:
    directory_mode = 0o777

    def __init__(self, root):
        self.root = Path(root)

    def prepare(self, names):
        for name in names:
            folder = self.root / name
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(self.directory_mode)  # flaw: permissions

    def install_tool(self, source):
        target = self.root / "bin" / Path(source).name
        shutil.copyfile(source, target)
        os.chmod(target, EXECUTABLE)  # fine: permissions
        return target


def write_settings(text):
    target = DATA / "settings.ini"
    target.write_text(text, encoding="utf-8")
    os.chmod(target, 0o666)  # flaw: permissions


def write_credentials(text):
    target = DATA / "credentials.json"
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE_MODE)  # fine: permissions
    with os.fdopen(descriptor, "w", encoding="utf-8") as handle:
        handle.write(text)


def publish_script(lines):
    target = DATA / "hooks" / "after.sh"
    target.write_text("\n".join(lines), encoding="utf-8")
    mode = stat.S_IRWXU | stat.S_IRWXG
    mode |= stat.S_IRWXO
    os.chmod(target, mode)  # flaw: permissions
    return target


def open_queue(name):
    mode = stat.S_IRUSR | stat.S_IWUSR | stat.S_IRGRP | stat.S_IWGRP | stat.S_IWOTH
    descriptor = os.open(DATA / name, os.O_RDWR | os.O_CREAT, 0o640)
    os.fchmod(descriptor, mode)  # flaw: permissions
    return descriptor


def open_journal(name):
    descriptor = os.open(DATA / name, os.O_RDWR | os.O_CREAT, 0o640)
    os.fchmod(descriptor, stat.S_IRUSR | stat.S_IWUSR | stat.S_IRGRP)  # fine: permissions
    return descriptor


def apply_mode(path, mode):
    path.chmod(mode)  # flaw: permissions


def share(path):
    apply_mode(Path(path), SHARED_MODE)


def seal(path):
    os.chmod(path, PRIVATE_MODE)  # fine: permissions


def daemonize():
    os.chdir("/")
    os.umask(0)  # flaw: permissions
    os.setsid()


def restrict_new_files():
    return os.umask(0o077)  # fine: permissions


def is_exposed(path):
    return bool(os.stat(path).st_mode & stat.S_IWOTH)  # fine: permissions


def tighten(root):
    changed = []
    for path in Path(root).rglob("*"):
        if path.is_symlink() or not is_exposed(path):
            continue
        path.chmod(path.stat().st_mode & ~0o022)  # fine: permissions
        changed.append(path)
    return changed
