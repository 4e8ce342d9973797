use std::collections::HashMap;
use std::env;

use ldap3::LdapConn;
use mysql::{OptsBuilder, Pool, SslOpts};
use redis::{ConnectionAddr, ConnectionInfo, RedisConnectionInfo};
use reqwest::{Client, RequestBuilder};
use secrecy::{ExposeSecret, SecretString};
use ssh2::Session;

mod labels {
    pub const PASSWORD: &str = "Password"; // fine: hard-coded-password
    pub const PASSWORD_RESET: &str = "/account/password/reset"; // fine: hard-coded-password
}

pub struct Partner {
    user: &'static str,
    password: &'static str,
}

static PARTNERS: &[Partner] = &[
    Partner { user: "north-api", password: "Bl4ck-Forest-Cake" }, // flaw: hard-coded-password
];

fn redis_at(host: &str, password: Option<String>) -> ConnectionInfo {
    ConnectionInfo {
        addr: ConnectionAddr::TcpTls { host: host.into(), port: 6380, insecure: false, tls_params: None },
        redis: RedisConnectionInfo { username: Some("web".into()), password, ..Default::default() },
    }
}

pub fn cache() -> redis::RedisResult<redis::Client> {
    redis::Client::open(redis_at("cache.internal", Some("c4che-M0ney".to_string()))) // flaw: hard-coded-password
}

pub fn queue() -> redis::RedisResult<redis::Client> {
    redis::Client::open(redis_at("queue.internal", env::var("QUEUE_PASSWORD").ok())) // fine: hard-coded-password
}

pub fn reports() -> mysql::Result<Pool> {
    let options = OptsBuilder::new()
        .ip_or_hostname(Some("db.internal"))
        .user(Some("reports"))
        .pass(Some("L1brary-Card-4471")) // flaw: hard-coded-password
        .ssl_opts(SslOpts::default());
    Pool::new(options)
}

pub fn orders(secret: &SecretString) -> mysql::Result<Pool> {
    let options = OptsBuilder::new()
        .ip_or_hostname(Some("db.internal"))
        .user(Some("orders"))
        .pass(Some(secret.expose_secret())) // fine: hard-coded-password
        .ssl_opts(SslOpts::default());
    Pool::new(options)
}

pub fn partner(client: &Client, name: &str) -> Option<RequestBuilder> {
    let found = PARTNERS.iter().find(|p| p.user == name)?;
    Some(client.get("https://partner.example/api").basic_auth(found.user, Some(found.password)))
}

pub fn supplier(client: &Client, config: &HashMap<String, String>) -> Option<RequestBuilder> {
    let password = config.get("supplier.password")?; // fine: hard-coded-password
    Some(client.get("https://supplier.example/api").basic_auth("shop", Some(password)))
}

pub fn printer(session: &Session) -> Result<(), ssh2::Error> {
    session.userauth_password("printer", "Ink-Jet-Blue-5") // flaw: hard-coded-password
}

pub fn directory() -> ldap3::result::Result<LdapConn> {
    let mut conn = LdapConn::new("ldaps://ldap.internal")?;
    let (user, secret) = ("cn=reader,dc=corp", "Readers-0nly!"); // flaw: hard-coded-password
    conn.simple_bind(user, secret)?.success()?;
    Ok(conn)
}

pub fn form() -> [(&'static str, &'static str); 2] {
    [(labels::PASSWORD, "password"), ("Forgotten?", labels::PASSWORD_RESET)]
}
