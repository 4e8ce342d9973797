use std::fs::{set_permissions, Metadata};
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use fs_err as fs;
use nix::sys::stat::{fchmod, mkdirat, umask, Mode, SFlag};
use nix::unistd::mkfifo;
use rustix::fs::{chmod, open, Mode as RMode, OFlags};
use tokio::net::UnixListener;

struct Entry {
    path: &'static str,
    mode: u32,
}

const LAYOUT: [Entry; 3] = [
    Entry { path: "bin", mode: 0o755 },   // fine: permissions
    Entry { path: "cache", mode: 0o777 }, // flaw: permissions
    Entry { path: "keys", mode: 0o700 },
];

fn apply(path: &Path, mode: u32) -> io::Result<()> {
    set_permissions(path, PermissionsExt::from_mode(mode))
}

pub fn layout(root: &Path) -> io::Result<()> {
    for entry in &LAYOUT {
        let path = root.join(entry.path);
        fs::create_dir_all(&path)?;
        apply(&path, entry.mode)?;
    }
    Ok(())
}

pub fn token(path: &Path, value: &str) -> io::Result<()> {
    fs::write(path, value)?;
    chmod(path, RMode::from_raw_mode(0o666)).map_err(Into::into) // flaw: permissions
}

pub fn token_private(path: &Path, value: &str) -> io::Result<()> {
    let fd = open(path, OFlags::CREATE | OFlags::WRONLY | OFlags::EXCL, RMode::RUSR | RMode::WUSR)?; // fine: permissions
    rustix::io::write(&fd, value.as_bytes())?;
    Ok(())
}

pub fn pipe(path: &Path) -> nix::Result<()> {
    let old = umask(Mode::empty());
    let result = mkfifo(path, Mode::S_IRWXU | Mode::S_IRWXG | Mode::S_IRWXO); // flaw: permissions
    umask(old);
    result
}

pub fn pipe_private(path: &Path) -> nix::Result<()> {
    mkfifo(path, Mode::S_IRUSR | Mode::S_IWUSR) // fine: permissions
}

fn everyone(meta: &Metadata) -> u32 {
    meta.permissions().mode() | 0o222
}

pub fn socket(path: &Path) -> io::Result<UnixListener> {
    let listener = UnixListener::bind(path)?;
    let mode = everyone(&std::fs::metadata(path)?);
    apply(path, mode)?; // flaw: permissions
    Ok(listener)
}

pub fn group_socket(path: &Path) -> io::Result<UnixListener> {
    let listener = UnixListener::bind(path)?;
    apply(path, 0o660)?; // fine: permissions
    Ok(listener)
}

pub fn seal(fd: std::os::fd::RawFd) -> nix::Result<()> {
    fchmod(fd, Mode::S_IRUSR) // fine: permissions
}

pub fn child(dir: std::os::fd::RawFd, name: &str) -> nix::Result<()> {
    mkdirat(dir, name, Mode::S_IRWXU)
}

pub fn kind(flags: SFlag) -> bool {
    flags.contains(SFlag::S_IFREG)
}
