//! Taking in those who connect, which pauses while the demonstration begins anew.

use std::net::SocketAddr;

use axum::{
    extract::connect_info::Connected,
    serve::{IncomingStream, Listener},
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::watch,
};

/// A bound address that takes nobody in any more once the demonstration is to begin anew: whoever connects from then on
/// waits in the system's queue for the server that comes next.
#[derive(Debug)]
pub struct Pausing {
    listener: TcpListener,
    begin_anew: watch::Receiver<bool>,
}

impl Pausing {
    /// Takes in whoever connects to `listener`, until `begin_anew` turns true.
    pub fn new(listener: TcpListener, begin_anew: watch::Receiver<bool>) -> Self {
        Self { listener, begin_anew }
    }
}

impl Listener for Pausing {
    type Addr = SocketAddr;
    type Io = TcpStream;

    async fn accept(&mut self) -> (TcpStream, SocketAddr) {
        let to_begin_anew = async { drop(self.begin_anew.wait_for(|asked| *asked).await) };
        tokio::select! {
            biased;
            () = to_begin_anew => std::future::pending().await,
            taken = Listener::accept(&mut self.listener) => taken,
        }
    }

    fn local_addr(&self) -> std::io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}

/// Who is at the other end of a connection: a browser, or the proxy before us.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub SocketAddr);

impl Connected<IncomingStream<'_, Pausing>> for Peer {
    fn connect_info(stream: IncomingStream<'_, Pausing>) -> Self {
        Self(*stream.remote_addr())
    }
}
