use std::fs::File;
use std::io::{self, Write};
use std::os::fd::AsRawFd;
use std::path::{Path, PathBuf};

use cap_std::ambient_authority;
use cap_std::fs::{Dir, OpenOptions as CapOptions};
use nix::fcntl::{open, OFlag};
use nix::sys::stat::{fchmod, fstat, lstat, Mode, SFlag};
use nix::unistd::{access, chown, fchown, AccessFlags, Gid, Uid};
use tokio::fs as afs;
use tokio::io::AsyncWriteExt;

pub struct Exchange {
    root: PathBuf,
    dir: Dir,
}

impl Exchange {
    pub fn open(root: &str) -> io::Result<Self> {
        Ok(Exchange { root: root.into(), dir: Dir::open_ambient_dir(root, ambient_authority())? })
    }

    fn path(&self, name: &str) -> PathBuf {
        self.root.join(Path::new(name).file_name().unwrap_or_default())
    }

    fn regular(&self, path: &Path) -> bool {
        lstat(path).is_ok_and(|s| SFlag::from_bits_truncate(s.st_mode) & SFlag::S_IFMT == SFlag::S_IFREG)
    }

    pub async fn stamp(&self, name: &str, pid: u32) -> io::Result<()> {
        let path = self.path(name);
        if !afs::try_exists(&path).await? {
            afs::write(&path, pid.to_string()).await?; // flaw: file-race
        }
        Ok(())
    }

    pub async fn stamp_once(&self, name: &str, pid: u32) -> io::Result<()> {
        let mut file = afs::OpenOptions::new().write(true).create_new(true).open(self.path(name)).await?; // fine: file-race
        file.write_all(pid.to_string().as_bytes()).await
    }

    pub fn append(&self, name: &str, line: &str) -> io::Result<()> {
        let path = self.path(name);
        access(&path, AccessFlags::W_OK)?;
        let mut file = File::options().append(true).open(&path)?; // flaw: file-race
        writeln!(file, "{line}")
    }

    pub async fn collect(&self, name: &str) -> io::Result<Vec<u8>> {
        let path = self.path(name);
        if !self.regular(&path) {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        afs::read(&path).await // flaw: file-race
    }

    pub fn reserve(&self, name: &str) -> io::Result<()> {
        let name = Path::new(name).file_name().unwrap_or_default();
        self.dir.open_with(name, CapOptions::new().write(true).create_new(true))?; // fine: file-race
        Ok(())
    }

    pub fn hand(&self, name: &str, uid: Uid, gid: Gid) -> nix::Result<()> {
        let path = self.path(name);
        let stat = lstat(&path)?;
        if stat.st_uid != Uid::current().as_raw() {
            return Err(nix::errno::Errno::EPERM);
        }
        chown(&path, Some(uid), Some(gid)) // flaw: file-race
    }

    pub fn hand_opened(&self, name: &str, uid: Uid, gid: Gid) -> nix::Result<()> {
        let fd = open(&self.path(name), OFlag::O_RDONLY | OFlag::O_NOFOLLOW | OFlag::O_CLOEXEC, Mode::empty())?;
        let result = match fstat(fd) {
            Ok(stat) if stat.st_uid == Uid::current().as_raw() => fchown(fd, Some(uid), Some(gid)), // fine: file-race
            Ok(_) => Err(nix::errno::Errno::EPERM),
            Err(e) => Err(e),
        };
        nix::unistd::close(fd)?;
        result
    }

    pub fn protect(&self, file: &File) -> nix::Result<()> {
        let stat = fstat(file.as_raw_fd())?;
        let mode = Mode::from_bits_truncate(stat.st_mode & 0o750);
        fchmod(file.as_raw_fd(), mode) // fine: file-race
    }
}
