use std::collections::HashMap;
use std::net::IpAddr;
use std::process::{Command, Output, Stdio};

use axum::extract::{Form, Path, Query};
use axum::http::{HeaderMap, StatusCode};
use serde::Deserialize;

const REPORTS: [(&str, &str); 2] = [("disk", "df -h | sort"), ("load", "uptime | cut -d, -f3-")];

#[derive(Deserialize)]
pub struct Convert {
    format: String,
    quality: u8,
}

fn text(output: std::io::Result<Output>) -> Result<String, StatusCode> {
    let output = output.map_err(|_| StatusCode::BAD_GATEWAY)?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

fn shell(line: &str) -> std::io::Result<Output> {
    Command::new("/bin/sh").arg("-c").arg(line).output() // flaw: command-injection
}

pub async fn dns(Query(q): Query<HashMap<String, String>>) -> Result<String, StatusCode> {
    let host = q.get("host").ok_or(StatusCode::BAD_REQUEST)?;
    text(Command::new("sh").args(["-c", &format!("nslookup {host}")]).output()) // flaw: command-injection
}

pub async fn trace(Query(q): Query<HashMap<String, String>>) -> Result<String, StatusCode> {
    let address: IpAddr = q.get("host").and_then(|h| h.parse().ok()).ok_or(StatusCode::BAD_REQUEST)?;
    text(Command::new("sh").args(["-c", &format!("traceroute -n {address} | tail -3")]).output()) // fine: command-injection
}

pub async fn logs(Path(unit): Path<String>, headers: HeaderMap) -> Result<String, StatusCode> {
    let mut parts = vec!["journalctl --no-pager".to_string(), format!("-u {unit}")];
    if let Some(since) = headers.get("x-since").and_then(|v| v.to_str().ok()) {
        parts.push(format!("--since '{since}'"));
    }
    text(shell(&parts.join(" ")))
}

pub async fn status(Path(unit): Path<String>) -> Result<String, StatusCode> {
    if unit.is_empty() || !unit.chars().all(|c| c.is_ascii_lowercase()) {
        return Err(StatusCode::BAD_REQUEST);
    }
    text(Command::new("sh").arg("-c").arg(format!("systemctl status {unit} | head")).output()) // fine: command-injection
}

pub async fn report(Path(kind): Path<String>) -> Result<String, StatusCode> {
    let line = REPORTS.iter().find(|(k, _)| *k == kind).map(|(_, l)| *l).ok_or(StatusCode::NOT_FOUND)?;
    text(Command::new("bash").arg("-c").arg(line).output()) // fine: command-injection
}

pub async fn convert(Form(form): Form<Convert>) -> Result<StatusCode, StatusCode> {
    let mut script = String::from("convert in.png -quality ");
    script.push_str(&form.quality.to_string());
    script += " out.";
    script += &form.format;
    let mut command = Command::new("bash");
    command.stdin(Stdio::null()).arg("-lc").arg(script);
    command.status().map_err(|_| StatusCode::BAD_GATEWAY)?; // flaw: command-injection
    Ok(StatusCode::NO_CONTENT)
}

pub async fn history(Query(q): Query<HashMap<String, String>>) -> Result<String, StatusCode> {
    let file = q.get("file").cloned().unwrap_or_default();
    text(Command::new("git").current_dir("/srv/repo").args(["log", "--oneline", "--"]).arg(file).output()) // fine: command-injection
}

pub async fn tool(headers: HeaderMap) -> Result<String, StatusCode> {
    let tool = match headers.get("x-tool").and_then(|v| v.to_str().ok()) {
        Some(name) => name,
        None => "true",
    };
    text(Command::new(tool).arg("--version").output()) // flaw: command-injection
}
