use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, SocketAddrV6, Ipv6Addr};

use poem::{listener::TcpListener as PoemListener, Route, Server as PoemServer};
use rocket::{Build, Config, Rocket};
use socket2::{Domain, Socket, Type};
use tiny_http::Server as TinyServer;
use tokio::net::{TcpSocket, UdpSocket, UnixListener};
use tonic::transport::server::Router;
use warp::Filter;

pub struct Bind {
    pub address: [u8; 4],
    pub port: u16,
}

impl Default for Bind {
    fn default() -> Self {
        Bind { address: [0, 0, 0, 0], port: 7000 } // flaw: bind-all
    }
}

pub async fn debug() {
    let bind = Bind::default();
    let route = warp::path("vars").map(|| "{}");
    warp::serve(route).run((bind.address, bind.port)).await
}

pub async fn local_debug() {
    let route = warp::path("vars").map(|| "{}");
    warp::serve(route).run(([127, 0, 0, 1], 7000)).await // fine: bind-all
}

pub fn rocket() -> Rocket<Build> {
    let config = Config { address: IpAddr::V4(Ipv4Addr::new(0, 0, 0, 0)), port: 8000, ..Config::release_default() }; // flaw: bind-all
    rocket::custom(config)
}

pub fn local_rocket() -> Rocket<Build> {
    let config = Config { address: Ipv4Addr::LOCALHOST.into(), port: 8000, ..Config::release_default() }; // fine: bind-all
    rocket::custom(config)
}

pub async fn console(routes: Route) -> io::Result<()> {
    PoemServer::new(PoemListener::bind("0.0.0.0:3000")).run(routes).await // flaw: bind-all
}

pub async fn local_console(routes: Route) -> io::Result<()> {
    PoemServer::new(PoemListener::bind("127.0.0.1:3000")).run(routes).await // fine: bind-all
}

pub async fn rpc(router: Router) -> Result<(), Box<dyn std::error::Error>> {
    let text = ["[::]", "50051"].join(":");
    router.serve(text.parse::<SocketAddr>()?).await?; // flaw: bind-all
    Ok(())
}

pub fn control() -> io::Result<UnixListener> {
    UnixListener::bind("/run/app/control.sock") // fine: bind-all
}

pub fn raw(port: u16) -> io::Result<Socket> {
    let socket = Socket::new(Domain::IPV6, Type::STREAM, None)?;
    let any = SocketAddrV6::new(Ipv6Addr::UNSPECIFIED, port, 0, 0);
    socket.bind(&any.into())?; // flaw: bind-all
    Ok(socket)
}

pub fn tiny() -> Option<TinyServer> {
    TinyServer::http("localhost:9090").ok()
}

pub async fn outgoing(target: SocketAddr) -> io::Result<UdpSocket> {
    let socket = UdpSocket::bind(("127.0.0.1", 0)).await?;
    socket.connect(target).await?;
    Ok(socket)
}

pub fn checked(address: SocketAddr) -> io::Result<TcpSocket> {
    if address.ip().is_unspecified() {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    let socket = TcpSocket::new_v4()?;
    socket.bind(address)?; // fine: bind-all
    Ok(socket)
}
