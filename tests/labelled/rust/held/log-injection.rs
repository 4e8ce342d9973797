use std::fmt::Write as _;

use poem::web::{Form, Json, Path, Query, RealIp};
use poem::{handler, http::StatusCode};
use serde::Deserialize;
use slog::{Drain, Logger};
use std::io::Write;
use tracing::{debug, error, info, warn};
use uuid::Uuid;

#[derive(Deserialize)]
pub struct Profile {
    city: Option<String>,
    bio: Option<String>,
}

#[derive(Deserialize)]
pub struct Visit {
    campaign: String,
    page: u32,
}

struct Journal<W: Write> {
    out: W,
}

impl<W: Write> Journal<W> {
    fn line(&mut self, fields: &[(&str, &str)]) -> std::io::Result<()> {
        let text: Vec<String> = fields.iter().map(|(k, v)| format!("{k}={v}")).collect();
        self.out.write_all((text.join(" ") + "\n").as_bytes()) // flaw: log-injection
    }

    fn json(&mut self, fields: &[(&str, &str)]) -> std::io::Result<()> {
        let map: serde_json::Map<String, serde_json::Value> = fields.iter().map(|(k, v)| (k.to_string(), (*v).into())).collect();
        self.out.write_all((serde_json::Value::from(map).to_string() + "\n").as_bytes()) // fine: log-injection
    }
}

#[handler]
pub fn visit(Query(v): Query<Visit>) -> StatusCode {
    println!("visit from {}", v.campaign); // flaw: log-injection
    StatusCode::NO_CONTENT
}

#[handler]
pub fn page(Query(v): Query<Visit>) -> StatusCode {
    println!("visit of page {}", v.page); // fine: log-injection
    StatusCode::NO_CONTENT
}

#[handler]
pub fn profile(Form(p): Form<Profile>) -> StatusCode {
    let mut line = String::new();
    for (name, value) in [("city", &p.city), ("bio", &p.bio)] {
        if let Some(value) = value {
            let _ = write!(line, "{name}: {value}; ");
        }
    }
    log::warn!("{line}"); // flaw: log-injection
    StatusCode::NO_CONTENT
}

#[handler]
pub fn profile_fields(Form(p): Form<Profile>) -> StatusCode {
    info!(city = p.city.as_deref(), "profile changed"); // fine: log-injection
    StatusCode::NO_CONTENT
}

#[handler]
pub fn cart(Json(skus): Json<Vec<String>>) -> StatusCode {
    let mut journal = Journal { out: std::io::stderr() };
    for sku in &skus {
        if journal.line(&[("event", "cart"), ("sku", sku)]).is_err() {
            return StatusCode::INTERNAL_SERVER_ERROR;
        }
    }
    StatusCode::NO_CONTENT
}

#[handler]
pub fn basket(Json(skus): Json<Vec<String>>) -> StatusCode {
    let mut journal = Journal { out: std::io::stderr() };
    let ok = skus.iter().all(|sku| journal.json(&[("event", "basket"), ("sku", sku)]).is_ok());
    if ok { StatusCode::NO_CONTENT } else { StatusCode::INTERNAL_SERVER_ERROR }
}

#[handler]
pub fn ticket(Path(id): Path<Uuid>, RealIp(ip): RealIp) -> StatusCode {
    debug!("ticket {id} read by {ip:?}"); // fine: log-injection
    StatusCode::OK
}

#[handler]
pub fn report(body: String) -> StatusCode {
    let subject = body.lines().next().unwrap_or_default().escape_debug().to_string();
    error!("report {subject}"); // fine: log-injection
    StatusCode::CREATED
}

#[handler]
pub fn crash(body: String) -> StatusCode {
    let logger = Logger::root(slog::Discard.fuse(), slog::o!());
    slog::trace!(logger, "crash report");
    let text = body.trim();
    eprintln!("{} crash report: {}", std::process::id(), text); // flaw: log-injection
    StatusCode::CREATED
}

pub fn started() {
    tracing_subscriber::fmt().json().init();
    warn!("service started");
}
