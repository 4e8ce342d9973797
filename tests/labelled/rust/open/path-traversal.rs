use std::collections::HashMap;
use std::fs;
use std::path::{Component, Path as FsPath, PathBuf};

use axum::body::Bytes;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use uuid::Uuid;

const ROOT: &str = "/srv/documents";

type Reply = Result<Vec<u8>, StatusCode>;

fn missing<E>(_: E) -> StatusCode {
    StatusCode::NOT_FOUND
}

struct Store {
    root: PathBuf,
}

impl Store {
    fn new() -> Self {
        Store { root: PathBuf::from(ROOT) }
    }

    fn read(&self, relative: &str) -> Reply {
        fs::read(self.root.join(relative)).map_err(missing) // flaw: path-traversal
    }

    fn inside(&self, relative: &str) -> Result<PathBuf, StatusCode> {
        let full = self.root.join(relative).canonicalize().map_err(missing)?;
        if full.starts_with(&self.root) {
            Ok(full)
        } else {
            Err(StatusCode::NOT_FOUND)
        }
    }
}

pub async fn raw(Query(q): Query<HashMap<String, String>>) -> Reply {
    let name = q.get("name").ok_or(StatusCode::BAD_REQUEST)?;
    fs::read(format!("{ROOT}/{name}")).map_err(missing) // flaw: path-traversal
}

pub async fn stored(Query(q): Query<HashMap<String, String>>) -> Reply {
    let path = Store::new().inside(q.get("name").map_or("index.txt", |n| n.as_str()))?;
    fs::read(path).map_err(missing) // fine: path-traversal
}

pub async fn summary(Path((owner, year)): Path<(String, String)>) -> Reply {
    let mut relative = owner;
    relative.push('/');
    relative.push_str(&year);
    relative += "/summary.pdf";
    Store::new().read(&relative)
}

pub async fn by_id(Path(id): Path<Uuid>) -> Reply {
    fs::read(FsPath::new(ROOT).join(format!("{id}.pdf"))).map_err(missing) // fine: path-traversal
}

pub async fn upload(Query(q): Query<HashMap<String, String>>, body: Bytes) -> Result<StatusCode, StatusCode> {
    let mut target = PathBuf::from(ROOT);
    target.push("incoming");
    match q.get("file") {
        Some(file) => target.push(file),
        None => target.push("unnamed"),
    }
    fs::write(&target, &body).map_err(missing)?; // flaw: path-traversal
    Ok(StatusCode::CREATED)
}

pub async fn inbox(Query(q): Query<HashMap<String, String>>, body: Bytes) -> Result<StatusCode, StatusCode> {
    let name = q.get("file").and_then(|f| FsPath::new(f).file_name()).ok_or(StatusCode::BAD_REQUEST)?;
    fs::write(FsPath::new(ROOT).join("inbox").join(name), &body).map_err(missing)?; // fine: path-traversal
    Ok(StatusCode::CREATED)
}

pub async fn remove(Query(q): Query<HashMap<String, String>>) -> Result<StatusCode, StatusCode> {
    for name in q.get("names").map(|n| n.split(',')).into_iter().flatten() {
        if name.starts_with("..") {
            continue;
        }
        fs::remove_file(FsPath::new(ROOT).join(name)).map_err(missing)?; // flaw: path-traversal
    }
    Ok(StatusCode::NO_CONTENT)
}

pub async fn nested(Path(rest): Path<String>) -> Reply {
    let relative = FsPath::new(&rest);
    if relative.components().any(|c| !matches!(c, Component::Normal(_))) {
        return Err(StatusCode::NOT_FOUND);
    }
    fs::read(FsPath::new(ROOT).join(relative)).map_err(missing) // fine: path-traversal
}
