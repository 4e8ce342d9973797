use std::env;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, UdpSocket};

use actix_web::{web, App, HttpResponse, HttpServer};
use axum::Router;
use clap::Parser;

const ADMIN: &str = "0.0.0.0:9000";

const LOCAL: &str = "127.0.0.1:9000";

#[derive(Parser)]
pub struct Options {
    #[arg(long, default_value = "127.0.0.1")] // fine: bind-all
    host: IpAddr,
    #[arg(long, default_value_t = 8080)]
    port: u16,
}

struct Endpoint {
    host: IpAddr,
    port: u16,
}

impl Endpoint {
    fn everywhere(port: u16) -> Self {
        Endpoint { host: IpAddr::V4(Ipv4Addr::UNSPECIFIED), port } // flaw: bind-all
    }

    fn loopback(port: u16) -> Self {
        Endpoint { host: IpAddr::V6(Ipv6Addr::LOCALHOST), port } // fine: bind-all
    }

    fn address(&self) -> SocketAddr {
        SocketAddr::new(self.host, self.port)
    }
}

pub fn admin() -> io::Result<TcpListener> {
    TcpListener::bind(ADMIN) // flaw: bind-all
}

pub fn local_admin() -> io::Result<TcpListener> {
    TcpListener::bind(LOCAL) // fine: bind-all
}

pub async fn console() -> io::Result<()> {
    HttpServer::new(|| App::new().route("/", web::get().to(HttpResponse::Ok)))
        .bind(("0.0.0.0", 8081))? // flaw: bind-all
        .run()
        .await
}

pub async fn local_console() -> io::Result<()> {
    HttpServer::new(|| App::new().route("/", web::get().to(HttpResponse::Ok)))
        .bind(("localhost", 8081))? // fine: bind-all
        .run()
        .await
}

pub async fn metrics(router: Router) -> io::Result<()> {
    let listener = tokio::net::TcpListener::bind(Endpoint::everywhere(9100).address()).await?;
    axum::serve(listener, router).await
}

pub async fn local_metrics(router: Router) -> io::Result<()> {
    let listener = tokio::net::TcpListener::bind(Endpoint::loopback(9100).address()).await?;
    axum::serve(listener, router).await
}

pub fn discovery() -> io::Result<UdpSocket> {
    let mut address = String::from("[::]");
    address.push_str(":5400");
    UdpSocket::bind(address) // flaw: bind-all
}

pub fn configured() -> io::Result<TcpListener> {
    let host: IpAddr = env::var("BIND").ok().and_then(|h| h.parse().ok()).unwrap_or(Ipv4Addr::LOCALHOST.into());
    if host.is_unspecified() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "choose one interface"));
    }
    TcpListener::bind((host, 9001)) // fine: bind-all
}

pub fn parsed() -> SocketAddr {
    let options = Options::parse();
    SocketAddr::new(options.host, options.port)
}
