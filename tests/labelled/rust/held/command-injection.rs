use std::ffi::CString;
use std::io::{Read, Write};
use std::net::TcpStream;

use duct::cmd;
use rocket::form::{Form, FromForm};
use rocket::http::Status;
use rocket::{get, post, FromFormField};
use ssh2::Session;
use tokio::process::Command;

#[derive(FromFormField, Clone, Copy)]
pub enum Codec {
    H264,
    Vp9,
}

impl Codec {
    fn name(self) -> &'static str {
        match self {
            Codec::H264 => "libx264",
            Codec::Vp9 => "libvpx-vp9",
        }
    }
}

#[derive(FromForm)]
pub struct Media<'r> {
    codec: Codec,
    title: &'r str,
    scene: Option<&'r str>,
}

struct Remote {
    session: Session,
}

impl Remote {
    fn connect(address: &str) -> Option<Self> {
        let mut session = Session::new().ok()?;
        session.set_tcp_stream(TcpStream::connect(address).ok()?);
        session.handshake().ok()?;
        Some(Remote { session })
    }

    fn run(&self, command: &str) -> Option<String> {
        let mut channel = self.session.channel_session().ok()?;
        channel.exec(command).ok()?; // flaw: command-injection
        let mut out = String::new();
        channel.read_to_string(&mut out).ok()?;
        Some(out)
    }

    fn uptime(&self) -> Option<String> {
        let mut channel = self.session.channel_session().ok()?;
        channel.exec("uptime -p && who | wc -l").ok()?; // fine: command-injection
        let mut out = String::new();
        channel.read_to_string(&mut out).ok()?;
        Some(out)
    }
}

#[get("/whois?<domain>")]
pub async fn whois(domain: String) -> Option<String> {
    let out = Command::new("bash").arg("-c").arg("whois ".to_owned() + &domain).output().await.ok()?; // flaw: command-injection
    String::from_utf8(out.stdout).ok()
}

#[get("/volume/<name>")]
pub fn volume(name: &str) -> Option<String> {
    Remote::connect("storage.internal:22")?.run(&format!("du -sh /data/{name}"))
}

#[get("/uptime")]
pub fn uptime() -> Option<String> {
    Remote::connect("storage.internal:22")?.uptime()
}

#[post("/render", data = "<media>")]
pub fn render(media: Form<Media<'_>>) -> Status {
    let script = match media.scene {
        Some(scene) => format!("/opt/render/run --scene {scene} --codec {}", media.codec.name()),
        None => "/opt/render/run".into(),
    };
    let expression = cmd!("sh", "-c", script);
    match expression.run() { // flaw: command-injection
        Ok(_) => Status::NoContent,
        Err(_) => Status::BadGateway,
    }
}

#[post("/transcode", data = "<media>")]
pub fn transcode(media: Form<Media<'_>>) -> Status {
    let script = format!("ffmpeg -i in.mkv -c:v {} -f matroska - | gzip > out.gz", media.codec.name());
    match cmd!("sh", "-c", script).dir("/media").run() { // fine: command-injection
        Ok(_) => Status::NoContent,
        Err(_) => Status::BadGateway,
    }
}

#[post("/retitle", data = "<media>")]
pub fn retitle(media: Form<Media<'_>>) -> Status {
    let title = format!("title={}", media.title);
    match cmd!("ffmpeg", "-y", "-i", "in.mkv", "-metadata", title, "out.mkv").dir("/media").run() { // fine: command-injection
        Ok(_) => Status::NoContent,
        Err(_) => Status::BadGateway,
    }
}

#[post("/deploy", data = "<tag>")]
pub fn deploy(tag: String) -> Option<()> {
    let mut child = std::process::Command::new("sh").stdin(std::process::Stdio::piped()).spawn().ok()?;
    let mut input = child.stdin.take()?;
    writeln!(input, "deploy --tag {}", tag.trim()).ok()?; // flaw: command-injection
    drop(input);
    child.wait().ok().map(|_| ())
}

#[get("/renice/<pid>/<level>")]
pub fn renice(pid: u32, level: u8) -> Option<i32> {
    let line = CString::new(format!("renice +{level} -p {pid} >/dev/null")).ok()?;
    Some(unsafe { libc::system(line.as_ptr()) }) // fine: command-injection
}
