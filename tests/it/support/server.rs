//! A web server on loopback that says what it is told to, lies and silence included. Standard library only.

use std::{
    collections::BTreeMap,
    io::{Read as _, Write as _},
    net::{Shutdown, SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, JoinHandle},
};

/// What the server says to one path.
#[derive(Clone, Debug)]
pub enum Reply {
    /// An answer whose length is stated truly.
    Answer {
        /// The HTTP status.
        status: u16,
        /// Further headers.
        headers: Vec<(String, String)>,
        /// The body as sent.
        body: Vec<u8>,
    },
    /// These bytes and nothing else, HTTP or not.
    Raw(Vec<u8>),
    /// These bytes, then a reset of the connection (RST, no orderly end).
    Reset(Vec<u8>),
    /// One reply after another, the last for ever.
    Turns(Vec<Reply>),
    /// Nothing, until the client goes away.
    Silence,
    /// A page whose announced length never comes: all of it but the end, until the client goes away.
    Stalls(Vec<u8>),
    /// The start of an answer, then the same byte for ever.
    Endless,
    /// The start of an answer, then header lines for ever.
    EndlessHeaders,
}

impl Reply {
    /// A page.
    pub fn page(media_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self::status(200, body).header("Content-Type", media_type)
    }

    /// An HTML page.
    pub fn html(body: impl Into<Vec<u8>>) -> Self {
        Self::page("text/html; charset=utf-8", body)
    }

    /// An answer with a status of its own and no media type.
    pub fn status(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self::Answer { status, headers: Vec::new(), body: body.into() }
    }

    /// A redirect.
    pub fn redirect(status: u16, to: &str) -> Self {
        Self::status(status, "moved").header("Location", to)
    }

    /// The same answer with another status.
    #[must_use]
    pub fn with_status(mut self, other: u16) -> Self {
        if let Self::Answer { status, .. } = &mut self {
            *status = other;
        }
        self
    }

    /// The same answer with one more header.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        if let Self::Answer { headers, .. } = &mut self {
            headers.push((name.to_owned(), value.to_owned()));
        }
        self
    }
}

/// A running server; it stops when dropped.
pub struct Server {
    address: SocketAddr,
    heads: Arc<Mutex<Vec<String>>>,
    stopping: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Starts one that knows `routes`, path by path; any other path is not found.
    pub fn new<'a>(routes: impl IntoIterator<Item = (&'a str, Reply)>) -> Self {
        let routes: BTreeMap<_, _> = routes.into_iter().map(|(path, reply)| (path.to_owned(), reply)).collect();
        let missing = Reply::status(404, "no such page");
        Self::answering(move |path| routes.get(path).unwrap_or(&missing).clone())
    }

    /// Starts one that answers each path as `answer` says.
    pub fn answering(answer: impl Fn(&str) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let (heads, stopping) = (Arc::<Mutex<Vec<String>>>::default(), Arc::new(AtomicBool::new(false)));
        let (their_heads, their_stopping, answer) = (heads.clone(), stopping.clone(), Arc::new(answer));
        let thread = thread::spawn(move || {
            for stream in listener.incoming() {
                if their_stopping.load(Ordering::SeqCst) {
                    return;
                }
                let (heads, answer) = (their_heads.clone(), answer.clone());
                // A client that goes away in the middle is part of what is tested.
                thread::spawn(move || stream.and_then(|stream| serve(stream, &heads, &*answer)).ok());
            }
        });
        Self { address, heads, stopping, thread: Some(thread) }
    }

    /// The address of `path`.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// The heads of the requests so far, in order of arrival.
    pub fn requests(&self) -> Vec<String> {
        self.heads.lock().unwrap().clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stopping.store(true, Ordering::SeqCst);
        // Wakes the thread that waits for a client.
        TcpStream::connect(self.address).ok();
        if let Some(thread) = self.thread.take() {
            thread.join().ok();
        }
    }
}

fn serve(mut stream: TcpStream, heads: &Mutex<Vec<String>>, answer: &dyn Fn(&str) -> Reply) -> std::io::Result<()> {
    let mut head = Vec::new();
    let mut byte = [0];
    // The last byte is left where it is: closing a connection with something unread resets it.
    while !head.ends_with(b"\r\n\r") {
        stream.read_exact(&mut byte)?;
        head.push(byte[0]);
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
    let mut reply = answer(&path);
    if let Reply::Turns(turns) = &reply {
        let asked = heads.lock().unwrap().iter().filter(|head| head.split(' ').nth(1) == Some(&path)).count();
        reply = turns.get(asked).or(turns.last()).unwrap().clone();
    }
    heads.lock().unwrap().push(head);
    if let Reply::Reset(bytes) = &reply {
        return stream.write_all(bytes);
    }
    stream.read_exact(&mut byte)?;
    match &reply {
        Reply::Answer { status, headers, body } => {
            let mut answer =
                format!("HTTP/1.1 {status} As told\r\nConnection: close\r\nContent-Length: {}\r\n", body.len());
            headers.iter().for_each(|(name, value)| answer.push_str(&format!("{name}: {value}\r\n")));
            stream.write_all(answer.as_bytes())?;
            stream.write_all(b"\r\n")?;
            stream.write_all(body)?;
        }
        Reply::Raw(bytes) => stream.write_all(bytes)?,
        Reply::Reset(_) | Reply::Turns(_) => unreachable!("answered above, and turns are not nested"),
        Reply::Silence => while stream.read(&mut byte)? > 0 {},
        Reply::Stalls(body) => {
            let length = body.len() + 1;
            write!(stream, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {length}\r\n\r\n")?;
            stream.write_all(body)?;
            while stream.read(&mut byte)? > 0 {}
        }
        Reply::Endless => {
            stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\n")?;
            loop {
                stream.write_all(&[b'a'; 8192])?;
            }
        }
        Reply::EndlessHeaders => {
            stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n")?;
            for number in 0.. {
                write!(stream, "X-Flood-{number}: {}\r\n", "a".repeat(1000))?;
            }
        }
    }
    stream.shutdown(Shutdown::Write)?;
    // The client closes: closing first could cut off what it has not read yet.
    while stream.read(&mut byte)? > 0 {}
    Ok(())
}
