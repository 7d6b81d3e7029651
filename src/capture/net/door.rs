//! The one way out for a browser that runs a page's scripts: a proxy on this machine, behind which the same guard stands as behind every
//! request of ours.
//!
//! Browsers ask it for hosts; it looks them up, refuses those that lead where nothing may lead, and connects to what it looked up itself,
//! so that no name can turn in between. It reads the first lines of what is asked and nothing of what is said then. What it lets through
//! is counted and ends at a limit. Nothing is captured here.

use std::{
    collections::BTreeSet,
    io,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    thread::{self, JoinHandle},
};

use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    sync::oneshot,
    task::JoinSet,
    time::timeout,
};

use super::guard::Resolver;
use crate::capture::{Address, Error, Limits, address::without_credentials, zone};

/// How many connections are open at once; more have to wait.
const ABREAST: usize = 64;
/// The longest head of a request, in bytes.
const HEAD: usize = 64 * 1024;
/// How much is passed on at a time, in bytes.
const PIECE: usize = 16 * 1024;
/// How many hosts are remembered that were refused.
const REMEMBERED: usize = 20;
/// How many times more than a page may have passes for all that it loads.
const TIMES: usize = 2;

/// A proxy that is there until it is dropped.
#[derive(Debug)]
pub struct Door {
    port: u16,
    shared: Arc<Shared>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// What its connections share.
#[derive(Debug)]
struct Shared {
    /// The page that the user named, or that was found: only its host may be private.
    named: Address,
    limits: Limits,
    /// The proxy that was named by the user, which then does the looking up.
    proxy: Option<Address>,
    refused: Mutex<BTreeSet<String>>,
    /// How many bytes may pass still.
    left: AtomicUsize,
}

/// Why something is not asked.
enum No {
    /// It leads where nothing may lead.
    Refused(String),
    /// It cannot be reached, or what is asked is none.
    Failed,
}

impl Door {
    /// Opens one for the page at `named`, within `limits`. A proxy in these has to be an `http` address.
    ///
    /// # Errors
    /// [`Error::Address`] where `named` or the proxy is none that can be asked so, and [`Error::Transport`] where there is no network here.
    pub fn open(named: &str, limits: &Limits) -> Result<Self, Error> {
        let locator = without_credentials(named);
        let transport = |error: io::Error| Error::Transport {
            locator: locator.clone(),
            cause: format!("no network here: {error}"),
        };
        let bad = |cause| Error::Address { locator: locator.clone(), cause };
        let proxy = limits.reach.proxy.as_deref().map(Address::parse).transpose().map_err(bad)?;
        let shared = Arc::new(Shared {
            named: Address::parse(named).map_err(bad)?,
            limits: limits.clone(),
            proxy,
            refused: Mutex::default(),
            left: AtomicUsize::new(limits.body_bytes.saturating_mul(TIMES)),
        });
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(transport)?;
        let listener = runtime.block_on(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))).map_err(transport)?;
        let port = listener.local_addr().map_err(transport)?.port();
        let (stop, stopped) = oneshot::channel();
        let theirs = Arc::clone(&shared);
        let thread = thread::spawn(move || {
            runtime.block_on(async {
                tokio::select! {
                    () = serve(&listener, &theirs) => {}
                    _ = stopped => {}
                }
            });
            // A name server that does not answer would hold up an ordinary end.
            runtime.shutdown_background();
        });
        Ok(Self { port, shared, stop: Some(stop), thread: Some(thread) })
    }

    /// Its port on `127.0.0.1`.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The hosts that were refused so far, sorted; of very many only some.
    pub fn refused(&self) -> Vec<String> {
        self.shared.refused.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }
}

impl Drop for Door {
    fn drop(&mut self) {
        drop(self.stop.take());
        // A thread that has failed is over too.
        let _ = self.thread.take().map(JoinHandle::join);
    }
}

async fn serve(listener: &TcpListener, shared: &Arc<Shared>) {
    let mut open = JoinSet::new();
    loop {
        while open.len() >= ABREAST {
            open.join_next().await;
        }
        let Ok((stream, _)) = listener.accept().await else { continue };
        let shared = Arc::clone(shared);
        open.spawn(async move {
            // A browser that goes away, or a server, ends this and nothing else.
            let _ = shared.serve(stream).await;
        });
        while open.try_join_next().is_some() {}
    }
}

/// The first lines of a request, and what came behind them already.
struct Head {
    method: String,
    target: String,
    fields: Vec<String>,
    rest: Vec<u8>,
}

impl Head {
    async fn read(stream: &mut TcpStream) -> io::Result<Option<Self>> {
        let (mut bytes, mut piece) = (Vec::new(), [0; 4096]);
        let end = loop {
            if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
                break end;
            }
            let length = stream.read(&mut piece).await?;
            if length == 0 || bytes.len() > HEAD {
                return Ok(None);
            }
            bytes.extend_from_slice(piece.get(..length).unwrap_or_default());
        };
        let rest = bytes.split_off(end + 4);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let mut lines = text.split("\r\n").filter(|line| !line.is_empty()).map(str::to_owned);
        let first = lines.next().unwrap_or_default();
        let mut words = first.split(' ').map(str::to_owned);
        let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        Ok(Some(Self { method, target, fields: lines.collect(), rest }))
    }

    fn is_tunnel(&self) -> bool {
        self.method == "CONNECT"
    }

    /// Where it wants to go.
    fn address(&self) -> Option<Address> {
        let typed = if self.is_tunnel() { format!("https://{}/", self.target) } else { self.target.clone() };
        Address::parse(&typed).ok()
    }

    /// The same as the server is asked; a proxy is asked for the whole address.
    fn asked(&self, of_proxy: bool, address: &Address) -> String {
        let own = self.address().map_or_else(String::new, |address| address.path().to_owned());
        let target = if of_proxy { address.to_string() } else { own };
        let mut text = format!("{} {target} HTTP/1.1\r\n", self.method);
        // What is said between a browser and its proxy is not for servers, and of each connection there is one request: the next
        // may lead elsewhere.
        let dropped = ["proxy-", "connection:", "keep-alive:", "upgrade:"];
        let kept = |line: &&String| !dropped.iter().any(|name| line.to_ascii_lowercase().starts_with(name));
        self.fields.iter().filter(kept).for_each(|line| text.push_str(&format!("{line}\r\n")));
        text.push_str("Connection: close\r\n\r\n");
        text
    }
}

impl Shared {
    async fn serve(&self, mut browser: TcpStream) -> io::Result<()> {
        let head = timeout(self.limits.first_byte, Head::read(&mut browser)).await??;
        let Some(head) = head else { return Ok(()) };
        let reached = match head.address() {
            Some(address) => self.reach(&address, head.is_tunnel()).await.map(|server| (address, server)),
            None => Err(No::Failed),
        };
        match reached {
            Err(no) => browser.write_all(self.refusal(no).as_bytes()).await,
            Ok((address, mut server)) => {
                if head.is_tunnel() {
                    browser.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n").await?;
                } else {
                    server.write_all(head.asked(self.proxy.is_some(), &address).as_bytes()).await?;
                }
                server.write_all(&head.rest).await?;
                self.pass(browser, server).await
            }
        }
    }

    /// What the browser is told, and what is remembered.
    fn refusal(&self, no: No) -> &'static str {
        match no {
            No::Refused(host) => {
                let mut refused = self.refused.lock().unwrap_or_else(PoisonError::into_inner);
                if refused.len() < REMEMBERED {
                    refused.insert(host);
                }
                "HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
            }
            No::Failed => "HTTP/1.1 502 Bad Gateway\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
        }
    }

    /// Connects to a server, or through the proxy that the user named.
    async fn reach(&self, address: &Address, tunnel: bool) -> Result<TcpStream, No> {
        let refused = || No::Refused(address.host().to_owned());
        self.limits.reach.check(address, &self.named).map_err(|_| refused())?;
        let Some(proxy) = &self.proxy else { return self.connect(address).await };
        let mut stream = self.connect(proxy).await?;
        if tunnel {
            let asked = format!("CONNECT {0} HTTP/1.1\r\nHost: {0}\r\n\r\n", with_port(address));
            stream.write_all(asked.as_bytes()).await.map_err(|_| No::Failed)?;
            let answer = timeout(self.limits.first_byte, Head::read(&mut stream)).await.map_err(|_| No::Failed)?;
            // Of an answer the second word is the status.
            let opened = answer.is_ok_and(|head| head.is_some_and(|head| head.target == "200" && head.rest.is_empty()));
            if !opened {
                return Err(No::Failed);
            }
        }
        Ok(stream)
    }

    async fn connect(&self, address: &Address) -> Result<TcpStream, No> {
        let host = address.host();
        let found = match zone::literal(host) {
            // Whether a number may be asked was decided before.
            Some(number) => vec![number],
            None => {
                let looked = Resolver::new(&self.limits.reach).allowed(host);
                let looked = timeout(self.limits.connect, looked).await.map_err(|_| No::Failed)?;
                looked.map_err(
                    |error| if error.is::<super::Refused>() { No::Refused(host.to_owned()) } else { No::Failed },
                )?
            }
        };
        for number in found {
            if let Ok(Ok(stream)) = timeout(self.limits.connect, TcpStream::connect(socket(number, address))).await {
                return Ok(stream);
            }
        }
        Err(No::Failed)
    }

    /// Passes on what both say until one of them has said everything, or too much was said.
    async fn pass(&self, browser: TcpStream, server: TcpStream) -> io::Result<()> {
        let (from_browser, to_browser) = browser.into_split();
        let (from_server, to_server) = server.into_split();
        let (up, down) = tokio::join!(self.copy(from_browser, to_server), self.copy(from_server, to_browser));
        up.and(down)
    }

    async fn copy(&self, mut from: impl AsyncRead + Unpin, mut to: impl AsyncWrite + Unpin) -> io::Result<()> {
        let mut piece = vec![0; PIECE];
        loop {
            let length = from.read(&mut piece).await?;
            let enough = self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(length));
            if length == 0 || enough.is_err() {
                return to.shutdown().await;
            }
            to.write_all(piece.get(..length).unwrap_or_default()).await?;
        }
    }
}

fn socket(number: IpAddr, address: &Address) -> SocketAddr {
    SocketAddr::new(number, address.port())
}

/// The host with its port, whatever that is.
fn with_port(address: &Address) -> String {
    format!("{}:{}", address.host(), address.port())
}
