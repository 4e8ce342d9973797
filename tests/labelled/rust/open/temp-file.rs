use std::env;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process;

use tempfile::{Builder, NamedTempFile, TempDir};

const LIST: &str = "/tmp/export-list.csv";

const DATA: &str = "/var/lib/export";

pub struct Spool {
    dir: PathBuf,
}

impl Spool {
    pub fn shared() -> io::Result<Self> {
        let dir = env::temp_dir().join("export-spool");
        fs::create_dir_all(&dir)?; // flaw: temp-file
        Ok(Spool { dir })
    }

    pub fn private() -> io::Result<(Self, TempDir)> {
        let dir = Builder::new().prefix("export").tempdir()?; // fine: temp-file
        Ok((Spool { dir: dir.path().to_path_buf() }, dir))
    }

    pub fn put(&self, number: u32, data: &[u8]) -> io::Result<()> {
        OpenOptions::new().write(true).create_new(true).open(self.dir.join(number.to_string()))?.write_all(data)
    }
}

pub fn list(rows: &[String]) -> io::Result<()> {
    fs::write(LIST, rows.join("\n")) // flaw: temp-file
}

pub fn list_fresh(rows: &[String]) -> io::Result<NamedTempFile> {
    let mut file = NamedTempFile::new()?; // fine: temp-file
    file.write_all(rows.join("\n").as_bytes())?;
    Ok(file)
}

fn scratch(kind: &str) -> PathBuf {
    env::temp_dir().join(format!("{kind}-{}", process::id()))
}

pub fn snapshot(source: &mut impl Read) -> io::Result<PathBuf> {
    let path = scratch("snapshot");
    let mut file = File::create(&path)?; // flaw: temp-file
    io::copy(source, &mut file)?;
    Ok(path)
}

pub fn stored(source: &mut impl Read) -> io::Result<PathBuf> {
    let path = Path::new(DATA).join(format!("snapshot-{}", process::id()));
    let mut file = File::create(&path)?; // fine: temp-file
    io::copy(source, &mut file)?;
    Ok(path)
}

pub fn trace(lines: impl Iterator<Item = String>) -> io::Result<usize> {
    let user = env::var("USER").unwrap_or_else(|_| "app".into());
    let path = format!("/var/tmp/trace-{user}.log");
    let mut file = OpenOptions::new().append(true).create(true).open(path)?; // flaw: temp-file
    let mut n = 0;
    for line in lines {
        writeln!(file, "{line:?}")?;
        n += 1;
    }
    Ok(n)
}

pub fn once(data: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).open("/tmp/export.once")?; // fine: temp-file
    file.write_all(data)
}
