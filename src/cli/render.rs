//! What a page shows in a browser: a capture goes in; the same with the DOM that an installed Chromium has of it, once its scripts have
//! run, comes out.
//!
//! The browser is given the very bytes that were captured, headers and status included, and not the page once more: what it makes is
//! made of them. Everything else that scripts and sheets ask for goes through `capture::net::Door`, where the guard of all our requests
//! stands; pictures, films and fonts are not fetched, and nothing may take the page's place. Time runs as fast as there is nothing to wait
//! for, ten seconds of it; the DOM is then written out in a world of its own, where the page's scripts cannot reach.

use std::sync::{Mutex, PoisonError};

use clap::Args;
use serde_json::{Value, json};
use vidimus::{
    Capture,
    capture::{Error, Format, Hop, Limits, Locator, RenderFacts, Via, net::Door, without_credentials},
    seal::folder::passing,
};

use super::{
    browser::{Browser, is_root},
    devtools::{Over, Talk},
    env::Env,
    fault::{Fault, reason},
    fetching::Fetching,
    output,
};

/// What was typed about rendering.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Fetching")]
pub struct Rendering {
    /// Run the scripts of pages from the web in an installed Chromium, and read what they show; the bytes are kept beside it
    #[arg(long)]
    render: bool,
}

/// How much time a page has, as it counts it itself, in milliseconds.
const BUDGET: u32 = 10_000;
/// How often a page is let try to be replaced before that is no longer put on record.
const LED: usize = 5;
/// The longest address that is put on record, in characters.
const ADDRESS: usize = 256;
/// How much longer than a body a message may be, in bytes: characters are written in up to six, and there is more to be said.
const ROOM: usize = 1 << 20;

/// Makes every shadow root one that can be read, before any script of the page runs.
const OPEN_ROOTS: &str = "const attach = Element.prototype.attachShadow; \
    Element.prototype.attachShadow = function (how) { return attach.call(this, { ...how, mode: 'open' }); };";

/// Writes a DOM out, and says whether it comes out of that as it went in.
const WRITE_OUT: &str = include_str!("write_out.js");

/// Renders pages, one at a time: a browser takes memory.
pub struct Renderer {
    browser: Browser,
    turn: Mutex<()>,
}

impl Rendering {
    /// Whether pages are to be rendered.
    pub fn is_wanted(&self) -> bool {
        self.render
    }

    /// What renders, if that was asked for; `offline` is whether only pages are read that were rendered before.
    ///
    /// # Errors
    /// If there is no browser, or one could not ask as was wished.
    pub fn renderer(&self, fetching: &Fetching, offline: bool, env: &Env) -> Result<Option<Renderer>, Fault> {
        if !self.render || offline {
            return Ok(None);
        }
        let reach = fetching.limits().reach;
        if !reach.roots.is_empty() {
            let fault = Fault::new("--render: a browser trusts the system’s certificate authorities and none of --ca");
            return Err(fault.hint(Some("add the authority to the system’s, or leave one of the two out".to_owned())));
        }
        if reach
            .proxy
            .as_deref()
            .is_some_and(|proxy| !proxy.starts_with("http://") || without_credentials(proxy) != proxy)
        {
            return Err(Fault::new(
                "--render: of proxies only http ones without a user name can be asked by a browser",
            ));
        }
        let browser = Browser::find("render pages", "without --render the page is read as it was received")?;
        if passing().is_ok_and(|folder| is_root(folder.as_ref())) {
            output::note(
                env,
                "run by root, Chromium has no sandbox: pages nobody trusts are better rendered by another user",
            );
        }
        Ok(Some(Renderer { browser, turn: Mutex::new(()) }))
    }

    /// Refuses to render where nothing is from the web.
    ///
    /// # Errors
    /// If no locator is an address.
    pub fn check<'a>(&self, mut locators: impl Iterator<Item = &'a Locator>) -> Result<(), Fault> {
        if self.render && !locators.any(|locator| matches!(locator, Locator::Url(_))) {
            return Err(Fault::new("--render: only pages from the web are rendered, and none was named"));
        }
        Ok(())
    }
}

impl Renderer {
    /// The page with what the browser shows of it, where it is an HTML page from the web; any other as it is.
    ///
    /// # Errors
    /// [`Error::Unrendered`], [`Error::TimedOut`] and [`Error::TooLarge`].
    pub fn page(&self, capture: Capture, limits: &Limits) -> Result<Capture, Error> {
        if capture.via != Via::Http || capture.format != Format::Html {
            return Ok(capture);
        }
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let locator = capture.locator.clone();
        let odd = |cause: String| Error::Unrendered { locator: locator.clone(), cause };
        let exchange = capture.exchange.as_ref().ok_or_else(|| odd("nothing is known of its headers".to_owned()))?;
        // The page was named by the user, wherever it answered from: only its host may be private.
        let door = Door::open(&exchange.url, limits)?;
        let folder = passing().map_err(|error| odd(reason(&error)))?;
        let child = self.browser.talking(folder.as_ref(), door.port());
        let child = child.map_err(|error| odd(format!("the browser does not start ({})", reason(&error))))?;
        let most = limits.body_bytes.saturating_mul(6).saturating_add(ROOM);
        let talk =
            Talk::new(child, limits.total, most).ok_or_else(|| odd("the browser cannot be talked to".to_owned()))?;
        let page = Page { url: &exchange.final_url, hop: exchange.hops.last(), body: &capture.body };
        let shown = Showing::new(talk).show(&page, limits.body_bytes);
        let (dom, mut facts) = shown.map_err(|why| why.into_error(&locator, limits))?;
        facts.refused = door.refused();
        // Nothing at all cannot be held against anything, and is no page.
        if dom.trim().is_empty() {
            return Err(Error::Empty { locator });
        }
        Ok(capture.with_rendered(dom, facts))
    }
}

/// What the browser is given as the answer to its first request.
struct Page<'a> {
    url: &'a str,
    hop: Option<&'a Hop>,
    body: &'a [u8],
}

/// Why nothing was shown.
enum Why {
    Over(Over),
    TooLarge,
    /// One clause.
    Odd(String),
}

impl From<Over> for Why {
    fn from(over: Over) -> Self {
        Self::Over(over)
    }
}

impl Why {
    fn into_error(self, locator: &str, limits: &Limits) -> Error {
        let locator = locator.to_owned();
        match self {
            Self::Over(Over::Late) => {
                let cause = format!("its scripts did not end within {} seconds", limits.total.as_secs_f64());
                Error::Unrendered { locator, cause }
            }
            Self::Over(Over::TooMuch) | Self::TooLarge => Error::TooLarge { locator, limit: limits.body_bytes },
            Self::Over(Over::Ended) => Error::Unrendered { locator, cause: "the browser ended by itself".to_owned() },
            Self::Odd(cause) => Error::Unrendered { locator, cause },
        }
    }
}

/// A browser that shows one page.
struct Showing {
    talk: Talk,
    session: Option<String>,
    frame: String,
    /// Whether the page itself was given.
    given: bool,
    unfinished: bool,
    led_to: Vec<String>,
}

impl Showing {
    fn new(talk: Talk) -> Self {
        Self { talk, session: None, frame: String::new(), given: false, unfinished: false, led_to: Vec::new() }
    }

    /// The DOM of `page`, of at most `limit` bytes, and how it came about.
    fn show(mut self, page: &Page<'_>, limit: usize) -> Result<(String, RenderFacts), Why> {
        let version = self.ask("Browser.getVersion", json!({}), page)?;
        let target = self.ask("Target.createTarget", json!({ "url": "about:blank" }), page)?;
        self.frame = text(&target, "/targetId");
        let attached = self.ask("Target.attachToTarget", json!({ "targetId": self.frame, "flatten": true }), page)?;
        self.session = Some(text(&attached, "/sessionId"));
        // Who we are is said beside what the browser says, as in our own requests.
        let agent = format!("{} vidimus/{}", text(&version, "/userAgent"), env!("CARGO_PKG_VERSION"));
        for (method, parameters) in [
            ("Page.enable", json!({})),
            ("Inspector.enable", json!({})),
            ("Network.setUserAgentOverride", json!({ "userAgent": agent })),
            ("Browser.setDownloadBehavior", json!({ "behavior": "deny" })),
            ("Fetch.enable", json!({})),
            ("Page.addScriptToEvaluateOnNewDocument", json!({ "source": OPEN_ROOTS })),
            ("Emulation.setVirtualTimePolicy", json!({ "policy": "pause" })),
        ] {
            self.ask(method, parameters, page)?;
        }
        let went = self.ask("Page.navigate", json!({ "url": page.url }), page)?;
        if let Some(failed) = went.get("errorText").and_then(Value::as_str) {
            return Err(Why::Odd(format!("the browser does not take it for a page ({failed})")));
        }
        self.spend_time(page)?;
        let (dom, unwritable) = self.written_out(limit, page)?;
        let browser = text(&version, "/product").replace("HeadlessChrome/", "Chrome/").replace('/', " ");
        let facts =
            RenderFacts { browser, unfinished: self.unfinished, unwritable, refused: Vec::new(), led_to: self.led_to };
        Ok((dom, facts))
    }

    /// Lets the page have its time: as fast as there is nothing to wait for, and from some moment on without waiting for anything.
    fn spend_time(&mut self, page: &Page<'_>) -> Result<(), Why> {
        let session = self.session.clone();
        let begin = |talk: &mut Talk, policy: &str| {
            let time = json!({ "policy": policy, "budget": BUDGET });
            talk.say(session.as_deref(), "Emulation.setVirtualTimePolicy", time)
        };
        let mut asked = begin(&mut self.talk, "pauseIfNetworkFetchesPending")?;
        let (mut begun, mut hurried) = (false, false);
        loop {
            if self.unfinished && !hurried {
                (asked, begun, hurried) = (begin(&mut self.talk, "advance")?, false, true);
            }
            match self.talk.hear()? {
                None => self.unfinished = true,
                // The end of an earlier budget would come before the answer.
                Some(message) if begun && message["method"] == "Emulation.virtualTimeBudgetExpired" => return Ok(()),
                Some(message) => {
                    begun |= message["id"] == asked;
                    self.take(&message, page)?;
                }
            }
        }
    }

    /// The DOM as it is now, and whether it is another once it is read again.
    fn written_out(&mut self, limit: usize, page: &Page<'_>) -> Result<(String, bool), Why> {
        if !self.given {
            return Err(Why::Odd("the browser did not ask for it".to_owned()));
        }
        let world = self.ask("Page.createIsolatedWorld", json!({ "frameId": self.frame }), page)?;
        let evaluated = self.ask(
            "Runtime.evaluate",
            json!({ "contextId": world["executionContextId"], "returnByValue": true, "expression": format!("{WRITE_OUT}({limit})") }),
            page,
        )?;
        let value = &evaluated["result"]["value"];
        match (&value["html"], &value["same"]) {
            (Value::String(dom), _) if dom.len() > limit => Err(Why::TooLarge),
            (Value::String(dom), Value::Bool(same)) => Ok((dom.clone(), !same)),
            _ if value.is_null() && evaluated["exceptionDetails"].is_null() => Err(Why::TooLarge),
            _ => Err(Why::Odd("what the browser shows cannot be written out".to_owned())),
        }
    }

    /// Asks something and waits for the answer, minding what is told meanwhile.
    fn ask(&mut self, method: &str, parameters: Value, page: &Page<'_>) -> Result<Value, Why> {
        let session = self.session.clone();
        let number = self.talk.say(session.as_deref(), method, parameters)?;
        loop {
            let Some(message) = self.talk.hear()? else {
                self.unfinished = true;
                continue;
            };
            if message["id"] != number {
                self.take(&message, page)?;
            } else if message["error"].is_null() {
                return Ok(message["result"].clone());
            } else {
                let said: String = text(&message, "/error/message").chars().take(ADDRESS).collect();
                return Err(Why::Odd(format!("the browser does not do {method} ({said})")));
            }
        }
    }

    /// Takes in what the browser tells.
    fn take(&mut self, message: &Value, page: &Page<'_>) -> Result<(), Why> {
        let parameters = &message["params"];
        let session = self.session.clone();
        match message["method"].as_str() {
            Some("Fetch.requestPaused") => {
                let (method, parameters) = self.answer(parameters, page);
                self.talk.say(session.as_deref(), method, parameters)?;
            }
            Some("Page.javascriptDialogOpening") => {
                self.talk.say(session.as_deref(), "Page.handleJavaScriptDialog", json!({ "accept": false }))?;
            }
            Some("Inspector.targetCrashed") => {
                return Err(Why::Odd("it broke the browser, perhaps for want of memory".to_owned()));
            }
            Some(_) | None => {}
        }
        Ok(())
    }

    /// What becomes of something that the browser wants to ask for.
    fn answer(&mut self, paused: &Value, page: &Page<'_>) -> (&'static str, Value) {
        let id = &paused["requestId"];
        let address = text(paused, "/request/url");
        let is_page = paused["resourceType"] == "Document" && paused["frameId"] == self.frame.as_str();
        if is_page && !self.given {
            self.given = true;
            return ("Fetch.fulfillRequest", page.answer(id));
        }
        if is_page {
            let address: String = without_credentials(&address).chars().take(ADDRESS).collect();
            if self.led_to.len() < LED && !self.led_to.contains(&address) {
                self.led_to.push(address);
            }
            // An answer without content leaves the page where it is.
            return ("Fetch.fulfillRequest", json!({ "requestId": id, "responseCode": 204 }));
        }
        match paused["resourceType"].as_str() {
            // What is of no type that scripts and texts are of: icons, and what might be wanted later.
            Some(
                "Image" | "Media" | "Font" | "TextTrack" | "Manifest" | "Ping" | "Prefetch" | "CSPViolationReport"
                | "Other",
            ) => ("Fetch.failRequest", json!({ "requestId": id, "errorReason": "BlockedByClient" })),
            Some(_) | None => ("Fetch.continueRequest", json!({ "requestId": id })),
        }
    }
}

impl Page<'_> {
    /// The answer that was captured, unpacked.
    fn answer(&self, id: &Value) -> Value {
        const UNTRUE: [&str; 4] = ["content-encoding", "content-length", "transfer-encoding", "connection"];
        let kept = self.hop.into_iter().flat_map(|hop| &hop.response);
        let kept = kept.filter(|(name, _)| !UNTRUE.contains(&name.as_str()));
        let headers: Vec<Value> =
            kept.map(|(name, value)| json!({ "name": name, "value": String::from_utf8_lossy(value) })).collect();
        let status = self.hop.map_or(200, |hop| hop.status);
        json!({
            "requestId": id, "responseCode": status, "responseHeaders": headers, "body": vidimus::text::base64::encode(self.body),
        })
    }
}

fn text(value: &Value, pointer: &str) -> String {
    value.pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned()
}
