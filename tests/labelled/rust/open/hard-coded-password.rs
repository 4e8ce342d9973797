use std::env;
use std::fs;

use axum::http::StatusCode;
use lettre::transport::smtp::authentication::Credentials;
use lettre::SmtpTransport;
use serde::Deserialize;
use sqlx::postgres::{PgConnectOptions, PgPool, PgSslMode};
use subtle::ConstantTimeEq;

const ADMIN_PASSWORD: &str = "Gr4nd-Piano-1911"; // flaw: hard-coded-password

const PASSWORD_FIELD: &str = "password"; // fine: hard-coded-password

const PASSWORD_RULE: &str = "A password needs at least 12 characters"; // fine: hard-coded-password

#[derive(Deserialize)]
pub struct Settings {
    pub user: String,
    pub password: String,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            user: "crm".into(),
            password: "Cr0codile-Mile".into(), // flaw: hard-coded-password
        }
    }
}

impl Settings {
    pub fn from_env() -> Option<Self> {
        Some(Settings { user: env::var("DB_USER").ok()?, password: env::var("DB_PASSWORD").ok()? }) // fine: hard-coded-password
    }

    pub async fn connect(&self) -> sqlx::Result<PgPool> {
        let options = PgConnectOptions::new()
            .host("pg.internal")
            .username(&self.user)
            .password(&self.password)
            .ssl_mode(PgSslMode::VerifyFull);
        PgPool::connect_with(options).await
    }
}

pub async fn reports() -> sqlx::Result<PgPool> {
    PgPool::connect("postgres://reports:Owl-At-Night-7@pg.internal/reports?sslmode=verify-full").await // flaw: hard-coded-password
}

pub async fn orders() -> sqlx::Result<PgPool> {
    let secret = env::var("ORDERS_PASSWORD").unwrap_or_default();
    PgPool::connect(&format!("postgres://orders:{secret}@pg.internal/orders?sslmode=verify-full")).await // fine: hard-coded-password
}

pub fn mail() -> Result<SmtpTransport, lettre::transport::smtp::Error> {
    let credentials = Credentials::new("robot@example.com".into(), "p0stman-Rings-2x".into()); // flaw: hard-coded-password
    Ok(SmtpTransport::relay("smtp.example.com")?.credentials(credentials).build())
}

pub fn mounted_mail() -> Result<SmtpTransport, Box<dyn std::error::Error>> {
    let secret = fs::read_to_string("/run/secrets/smtp")?;
    let credentials = Credentials::new("robot@example.com".into(), secret.trim().to_owned()); // fine: hard-coded-password
    Ok(SmtpTransport::relay("smtp.example.com")?.credentials(credentials).build())
}

pub fn admin(user: &str, given: &str) -> Result<(), StatusCode> {
    if user == "admin" && bool::from(given.as_bytes().ct_eq(ADMIN_PASSWORD.as_bytes())) {
        return Ok(());
    }
    Err(StatusCode::UNAUTHORIZED)
}

pub fn legacy(user: &str, given: &str) -> bool {
    matches!((user, given), ("service", "s3rvice-Door-12")) // flaw: hard-coded-password
}

pub fn check(field: &str, value: &str) -> Option<&'static str> {
    (field == PASSWORD_FIELD && value.chars().count() < 12).then_some(PASSWORD_RULE)
}
