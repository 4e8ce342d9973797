use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

const SHARED: &str = "/srv/exchange";

fn plain(name: &str) -> io::Result<PathBuf> {
    let name = Path::new(name).file_name().ok_or(io::ErrorKind::InvalidInput)?;
    Ok(Path::new(SHARED).join(name))
}

fn refused() -> io::Error {
    io::ErrorKind::PermissionDenied.into()
}

struct Guard {
    uid: u32,
}

impl Guard {
    fn check(&self, path: &Path) -> io::Result<()> {
        let meta = fs::symlink_metadata(path)?;
        if meta.is_file() && meta.uid() == self.uid { Ok(()) } else { Err(refused()) }
    }
}

pub fn claim(name: &str, data: &[u8]) -> io::Result<()> {
    let path = plain(name)?;
    if path.exists() {
        return Err(refused());
    }
    fs::write(&path, data) // flaw: file-race
}

pub fn claim_once(name: &str, data: &[u8]) -> io::Result<()> {
    OpenOptions::new().write(true).create_new(true).open(plain(name)?)?.write_all(data) // fine: file-race
}

pub fn collect(uid: u32, name: &str) -> io::Result<Vec<u8>> {
    let path = plain(name)?;
    Guard { uid }.check(&path)?;
    fs::read(&path) // flaw: file-race
}

pub fn collect_opened(uid: u32, name: &str) -> io::Result<Vec<u8>> {
    let mut file = OpenOptions::new().read(true).custom_flags(libc::O_NOFOLLOW).open(plain(name)?)?; // fine: file-race
    let meta = file.metadata()?;
    if !meta.is_file() || meta.uid() != uid {
        return Err(refused());
    }
    let mut data = Vec::new();
    file.read_to_end(&mut data)?;
    Ok(data)
}

pub fn secret(name: &str, data: &[u8]) -> io::Result<()> {
    let path = plain(name)?;
    let mut file = File::create(&path)?; // flaw: file-race
    file.write_all(data)?;
    fs::set_permissions(&path, Permissions::from_mode(0o600))
}

pub fn secret_once(name: &str, data: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(plain(name)?)?; // fine: file-race
    file.write_all(data)
}

pub fn loosen(name: &str) -> io::Result<()> {
    let path = plain(name)?;
    match fs::symlink_metadata(&path) {
        Ok(meta) if meta.file_type().is_symlink() => Err(refused()),
        Ok(_) => fs::set_permissions(&path, Permissions::from_mode(0o640)), // flaw: file-race
        Err(e) => Err(e),
    }
}

pub fn loosen_opened(name: &str) -> io::Result<()> {
    let file = OpenOptions::new().read(true).custom_flags(libc::O_NOFOLLOW).open(plain(name)?)?;
    file.set_permissions(Permissions::from_mode(0o640)) // fine: file-race
}

pub fn lock(name: &str) -> io::Result<PathBuf> {
    let path = plain(&format!(".{name}.lock"))?;
    fs::create_dir(&path)?; // fine: file-race
    Ok(path)
}
