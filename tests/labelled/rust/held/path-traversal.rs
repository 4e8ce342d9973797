use std::io;
use std::path::PathBuf;

use path_clean::PathClean;
use rocket::data::{Data, ToByteUnit};
use rocket::form::{Form, FromForm};
use rocket::fs::{NamedFile, TempFile};
use rocket::http::Status;
use rocket::{get, post};
use tokio::fs;

const LIBRARY: &str = "/var/lib/media";

#[derive(FromForm)]
pub struct Upload<'r> {
    folder: String,
    file: TempFile<'r>,
}

#[derive(rocket::FromFormField)]
pub enum Theme {
    Dark,
    Light,
}

struct Album {
    owner: String,
}

impl Album {
    fn path(&self, track: &str) -> String {
        [LIBRARY, &self.owner, track].join("/")
    }

    async fn load(&self, track: &str) -> io::Result<Vec<u8>> {
        fs::read(self.path(track)).await // flaw: path-traversal
    }
}

fn inside(relative: &str) -> Option<PathBuf> {
    let full = PathBuf::from(LIBRARY).join(relative).clean();
    full.starts_with(LIBRARY).then_some(full)
}

#[get("/photo?<name>")]
pub async fn photo(name: String) -> Option<NamedFile> {
    NamedFile::open(format!("{LIBRARY}/photos/{name}")).await.ok() // flaw: path-traversal
}

#[get("/video?<name>")]
pub async fn video(name: String) -> Option<NamedFile> {
    NamedFile::open(inside(&name)?).await.ok() // fine: path-traversal
}

#[get("/files/<path..>")]
pub async fn files(path: PathBuf) -> Option<NamedFile> {
    NamedFile::open(PathBuf::from(LIBRARY).join(path)).await.ok() // fine: path-traversal
}

#[get("/track?<owner>&<track>")]
pub async fn track(owner: String, track: String) -> Option<Vec<u8>> {
    Album { owner }.load(&track).await.ok()
}

#[get("/theme?<theme>")]
pub async fn theme(theme: Theme) -> Option<NamedFile> {
    let file = match theme {
        Theme::Dark => "dark.css",
        Theme::Light => "light.css",
    };
    NamedFile::open(PathBuf::from(LIBRARY).join("themes").join(file)).await.ok() // fine: path-traversal
}

#[post("/upload", data = "<upload>")]
pub async fn upload(mut upload: Form<Upload<'_>>) -> Status {
    let mut target = PathBuf::from(LIBRARY);
    if !upload.folder.is_empty() {
        target.push(&upload.folder);
    }
    target.push("upload.bin");
    match upload.file.persist_to(target).await { // flaw: path-traversal
        Ok(_) => Status::Created,
        Err(_) => Status::InternalServerError,
    }
}

#[post("/attach", data = "<upload>")]
pub async fn attach(mut upload: Form<Upload<'_>>) -> Status {
    let Some(name) = upload.file.name().map(str::to_owned) else { return Status::BadRequest };
    if !name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') {
        return Status::BadRequest;
    }
    match upload.file.persist_to(PathBuf::from(LIBRARY).join("inbox").join(name + ".bin")).await { // fine: path-traversal
        Ok(_) => Status::Created,
        Err(_) => Status::InternalServerError,
    }
}

#[post("/move?<from>&<to>")]
pub async fn rename(from: String, to: String) -> Option<()> {
    let source = inside(&from)?;
    let target = format!("{LIBRARY}/{}", to.trim_start_matches('/'));
    fs::rename(source, target).await.ok() // flaw: path-traversal
}

#[post("/chunk/<number>", data = "<data>")]
pub async fn chunk(number: u16, data: Data<'_>) -> Option<()> {
    let path = PathBuf::from(LIBRARY).join(format!("chunk-{number:05}"));
    data.open(1.mebibytes()).into_file(path).await.ok().map(|_| ()) // fine: path-traversal
}
