use std::fs::OpenOptions;
use std::io::{self, BufWriter, Write};
use std::os::unix::net::UnixListener;
use std::path::PathBuf;

use camino::Utf8PathBuf;
use chrono::Utc;
use tempfile::{tempdir, tempfile, tempfile_in, Builder, TempDir};
use tokio::fs;
use tokio::io::AsyncWriteExt;

static STATE: &str = "/tmp/builder.state";

pub struct Workspace {
    root: Utf8PathBuf,
}

impl Workspace {
    pub async fn named(project: &str) -> io::Result<Self> {
        let root = Utf8PathBuf::from("/tmp").join(format!("build-{project}"));
        fs::create_dir_all(&root).await?; // flaw: temp-file
        Ok(Workspace { root })
    }

    pub fn unique() -> io::Result<(Self, TempDir)> {
        let dir = tempdir()?; // fine: temp-file
        let root = Utf8PathBuf::from_path_buf(dir.path().to_path_buf()).map_err(|_| io::ErrorKind::InvalidData)?;
        Ok((Workspace { root }, dir))
    }

    pub fn log(&self) -> Utf8PathBuf {
        self.root.join("build.log")
    }
}

pub async fn save(state: &[u8]) -> io::Result<()> {
    let mut file = fs::File::create(STATE).await?; // flaw: temp-file
    file.write_all(state).await
}

pub async fn save_own(state: &[u8]) -> io::Result<()> {
    let mut file = fs::File::create("/var/lib/builder/state").await?; // fine: temp-file
    file.write_all(state).await
}

fn dated(extension: &str) -> PathBuf {
    let mut path = std::env::temp_dir();
    path.push(Utc::now().format("bundle-%Y%m%d").to_string());
    path.set_extension(extension);
    path
}

pub fn bundle(parts: &[Vec<u8>]) -> io::Result<()> {
    let file = OpenOptions::new().write(true).create(true).truncate(true).open(dated("tar"))?; // flaw: temp-file
    let mut out = BufWriter::new(file);
    parts.iter().try_for_each(|p| out.write_all(p))?;
    out.flush()
}

pub fn bundle_anonymous(parts: &[Vec<u8>]) -> io::Result<std::fs::File> {
    let mut out = tempfile()?; // fine: temp-file
    parts.iter().try_for_each(|p| out.write_all(p))?;
    Ok(out)
}

pub fn patch(content: &str) -> io::Result<PathBuf> {
    let path = PathBuf::from(format!("/var/tmp/patch{}.diff", fastrand::u16(..)));
    std::fs::write(&path, content)?; // flaw: temp-file
    Ok(path)
}

pub fn patch_fresh(content: &str) -> io::Result<PathBuf> {
    let mut file = Builder::new().prefix("patch").suffix(".diff").tempfile()?; // fine: temp-file
    file.write_all(content.as_bytes())?;
    let (_, path) = file.keep().map_err(|e| e.error)?;
    Ok(path)
}

pub fn spool() -> io::Result<std::fs::File> {
    tempfile_in("/tmp") // fine: temp-file
}

pub fn socket() -> io::Result<UnixListener> {
    UnixListener::bind("/run/builder/control.sock")
}
