use std::fs::{self, File};
use std::io::{self, Read, Seek};
use std::os::unix::fs::symlink;
use std::path::{Component, Path, PathBuf};

use flate2::read::GzDecoder;
use tar::Archive;
use zip::ZipArchive;

fn other<E: Into<Box<dyn std::error::Error + Send + Sync>>>(e: E) -> io::Error {
    io::Error::other(e)
}

fn store(path: &Path, source: &mut impl Read) -> io::Result<()> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    io::copy(&mut source.take(1 << 28), &mut File::create(path)?)?;
    Ok(())
}

fn ordinary(path: &Path) -> bool {
    path.components().all(|c| matches!(c, Component::Normal(_)))
}

pub fn unzip<R: Read + Seek>(source: R, dest: &Path) -> io::Result<()> {
    let mut archive = ZipArchive::new(source).map_err(other)?;
    for i in 0..archive.len() {
        let mut entry = archive.by_index(i).map_err(other)?;
        let target = dest.join(entry.name());
        if entry.is_file() {
            store(&target, &mut entry)?; // flaw: archive-extraction
        }
    }
    Ok(())
}

pub fn unzip_enclosed<R: Read + Seek>(source: R, dest: &Path) -> io::Result<()> {
    let mut archive = ZipArchive::new(source).map_err(other)?;
    for i in 0..archive.len() {
        let mut entry = archive.by_index(i).map_err(other)?;
        let Some(name) = entry.enclosed_name() else { continue };
        if entry.is_file() {
            store(&dest.join(name), &mut entry)?; // fine: archive-extraction
        }
    }
    Ok(())
}

pub fn untar(source: impl Read, dest: &Path) -> io::Result<()> {
    let mut archive = Archive::new(GzDecoder::new(source));
    for entry in archive.entries()? {
        let mut entry = entry?;
        let path = entry.path()?.into_owned();
        let mut target = PathBuf::from(dest);
        target.push(&path);
        if entry.header().entry_type().is_dir() {
            fs::create_dir_all(&target)?; // flaw: archive-extraction
        } else {
            entry.unpack(&target)?; // flaw: archive-extraction
        }
    }
    Ok(())
}

pub fn untar_into(source: impl Read, dest: &Path) -> io::Result<()> {
    for entry in Archive::new(source).entries()? {
        entry?.unpack_in(dest)?; // fine: archive-extraction
    }
    Ok(())
}

pub fn untar_ordinary(source: impl Read, dest: &Path) -> io::Result<()> {
    for entry in Archive::new(source).entries()? {
        let mut entry = entry?;
        let path = entry.path()?.into_owned();
        if !ordinary(&path) || !entry.header().entry_type().is_file() {
            return Err(other("entry refused"));
        }
        store(&dest.join(&path), &mut entry)?; // fine: archive-extraction
    }
    Ok(())
}

pub fn links(source: impl Read, dest: &Path) -> io::Result<()> {
    for entry in Archive::new(source).entries()? {
        let entry = entry?;
        let path = entry.path()?.into_owned();
        if let (true, Some(link)) = (ordinary(&path), entry.link_name()?) {
            symlink(link, dest.join(&path))?; // flaw: archive-extraction
        }
    }
    Ok(())
}

pub fn numbered<R: Read + Seek>(source: R, dest: &Path) -> io::Result<usize> {
    let mut archive = ZipArchive::new(source).map_err(other)?;
    for i in 0..archive.len() {
        let mut entry = archive.by_index(i).map_err(other)?;
        store(&dest.join(format!("part-{i}.bin")), &mut entry)?; // fine: archive-extraction
    }
    Ok(archive.len())
}
