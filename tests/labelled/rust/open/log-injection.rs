use std::collections::HashMap;
use std::fs::OpenOptions;
use std::io::Write;

use axum::extract::{Form, Path, Query};
use axum::http::{HeaderMap, StatusCode};
use log::{info, warn};
use uuid::Uuid;

const FILE: &str = "/var/log/app/audit.log";

struct Trail;

impl Trail {
    fn add(&self, kind: &str, detail: &str) -> std::io::Result<()> {
        let mut file = OpenOptions::new().append(true).create(true).open(FILE)?;
        writeln!(file, "{kind} {detail}") // flaw: log-injection
    }

    fn add_quoted(&self, kind: &str, detail: &str) -> std::io::Result<()> {
        let mut file = OpenOptions::new().append(true).create(true).open(FILE)?;
        writeln!(file, "{kind} {detail:?}") // fine: log-injection
    }
}

fn internal<E>(_: E) -> StatusCode {
    StatusCode::INTERNAL_SERVER_ERROR
}

pub async fn login(Form(form): Form<HashMap<String, String>>) -> StatusCode {
    warn!("login of {} failed", form.get("user").map_or("nobody", |u| u)); // flaw: log-injection
    StatusCode::UNAUTHORIZED
}

pub async fn unlock(Form(form): Form<HashMap<String, String>>) -> StatusCode {
    warn!("unlock of {:?} failed", form.get("user")); // fine: log-injection
    StatusCode::UNAUTHORIZED
}

pub async fn order(Path((id, reference)): Path<(u64, Uuid)>) -> StatusCode {
    info!("order {id} opened as {reference}"); // fine: log-injection
    StatusCode::NO_CONTENT
}

pub async fn search(Query(q): Query<HashMap<String, String>>) -> StatusCode {
    let mut line = String::from("search");
    for (name, value) in &q {
        line.push(' ');
        line.push_str(&format!("{name}={value}"));
    }
    info!("{}", line); // flaw: log-injection
    StatusCode::NO_CONTENT
}

pub async fn comment(Form(form): Form<HashMap<String, String>>) -> Result<StatusCode, StatusCode> {
    let author = form.get("author").map(|a| a.trim()).unwrap_or("guest");
    Trail.add("comment", &("by ".to_owned() + author)).map_err(internal)?;
    Ok(StatusCode::CREATED)
}

pub async fn note(Form(form): Form<HashMap<String, String>>) -> Result<StatusCode, StatusCode> {
    Trail.add_quoted("note", form.get("text").map_or("", |t| t)).map_err(internal)?;
    Ok(StatusCode::CREATED)
}

pub async fn review(Form(form): Form<HashMap<String, String>>) -> StatusCode {
    let text: String = form.get("text").map(|t| t.chars().filter(|c| !c.is_control()).collect()).unwrap_or_default();
    info!("review {text}"); // fine: log-injection
    StatusCode::CREATED
}

pub async fn agent(headers: HeaderMap, Query(q): Query<HashMap<String, String>>) -> StatusCode {
    let campaign = match q.get("campaign") {
        Some(c) if c.len() < 200 => c.as_str(),
        _ => "none",
    };
    eprintln!("visit campaign={campaign} headers={}", headers.len()); // flaw: log-injection
    StatusCode::NO_CONTENT
}
