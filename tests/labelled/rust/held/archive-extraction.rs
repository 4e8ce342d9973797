use std::io;
use std::path::{Path, PathBuf};

use async_zip::tokio::read::fs::ZipFileReader;
use path_clean::PathClean;
use sevenz_rust::{default_entry_extract_fn, decompress_file_with_extract_fn};
use tokio::fs::{self, File};
use tokio_stream::StreamExt;
use tokio_tar::{Archive, Entry, EntryType};
use tokio_util::compat::FuturesAsyncReadCompatExt;
use unrar::Archive as Rar;

const INCOMING: &str = "/srv/imports";

struct Sink {
    root: PathBuf,
}

impl Sink {
    fn new() -> Self {
        Sink { root: PathBuf::from(INCOMING) }
    }

    async fn put(&self, name: &str, data: &[u8]) -> io::Result<()> {
        let path = format!("{}/{name}", self.root.display());
        fs::write(path, data).await // flaw: archive-extraction
    }

    fn inside(&self, name: &str) -> Option<PathBuf> {
        let full = self.root.join(name).clean();
        (full != self.root && full.starts_with(&self.root)).then_some(full)
    }

    async fn put_inside(&self, name: &str, data: &[u8]) -> io::Result<()> {
        let path = self.inside(name).ok_or(io::ErrorKind::InvalidData)?;
        fs::write(path, data).await // fine: archive-extraction
    }
}

pub async fn zip(file: &Path, strict: bool) -> Option<usize> {
    let reader = ZipFileReader::new(file).await.ok()?;
    let sink = Sink::new();
    for i in 0..reader.file().entries().len() {
        let name = reader.file().entries()[i].filename().as_str().ok()?.to_owned();
        let mut data = Vec::new();
        let mut entry = reader.reader_with_entry(i).await.ok()?.compat();
        tokio::io::copy(&mut entry, &mut data).await.ok()?;
        if strict {
            sink.put_inside(&name, &data).await.ok()?;
        } else {
            sink.put(&name, &data).await.ok()?;
        }
    }
    Some(reader.file().entries().len())
}

async fn place(mut entry: Entry<Archive<File>>) -> io::Result<()> {
    let target = Path::new(INCOMING).join(entry.path()?);
    entry.unpack(target).await?; // flaw: archive-extraction
    Ok(())
}

pub async fn tar(file: File) -> io::Result<()> {
    let mut entries = Archive::new(file).entries()?;
    while let Some(entry) = entries.next().await {
        place(entry?).await?;
    }
    Ok(())
}

pub async fn tar_whole(file: File) -> io::Result<()> {
    Archive::new(file).unpack(INCOMING).await // fine: archive-extraction
}

pub async fn tar_tables(file: File) -> io::Result<()> {
    let mut entries = Archive::new(file).entries()?;
    while let Some(entry) = entries.next().await {
        let mut entry = entry?;
        let path = entry.path()?.into_owned();
        let Some(name) = path.file_name() else { continue };
        if entry.header().entry_type() != EntryType::Regular {
            continue;
        }
        let mut out = File::create(Path::new(INCOMING).join("tables").join(name)).await?; // fine: archive-extraction
        tokio::io::copy(&mut entry, &mut out).await?;
    }
    Ok(())
}

pub fn seven(file: &Path) -> Result<(), sevenz_rust::Error> {
    decompress_file_with_extract_fn(file, INCOMING, |entry, reader, _| {
        let target = PathBuf::from(INCOMING).join(entry.name());
        default_entry_extract_fn(entry, reader, &target) // flaw: archive-extraction
    })
}

pub fn seven_known(file: &Path) -> Result<(), sevenz_rust::Error> {
    decompress_file_with_extract_fn(file, INCOMING, |entry, reader, _| match entry.name() {
        "stock.csv" | "prices.csv" => {
            let target = PathBuf::from(INCOMING).join(entry.name());
            default_entry_extract_fn(entry, reader, &target) // fine: archive-extraction
        }
        _ => Ok(true),
    })
}

pub fn rar(file: &Path) -> Option<()> {
    let mut archive = Rar::new(file).open_for_processing().ok()?;
    while let Some(header) = archive.read_header().ok()? {
        let target = PathBuf::from(INCOMING).join(&header.entry().filename);
        archive = header.extract_to(target).ok()?; // flaw: archive-extraction
    }
    Some(())
}
