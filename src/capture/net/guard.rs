//! Where requests may not lead: into private networks, unless the user named the host or allowed all of them.
//!
//! Addresses are looked at before they are asked for, at every hop (`Reach` says), and names when they are looked up, at the very
//! moment of connecting: what a name led to a second ago says nothing. A host that the user typed and that can only be private
//! (`127.0.0.1`, `localhost`, `wiki.lan`) is the user's own wish; to be led there by a redirect or by somebody's name server is not.

use std::{
    error::Error,
    fmt,
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use crate::capture::{
    Address, Reach,
    zone::{self, Zone},
};

/// A name that leads into a private network and nowhere else.
#[derive(Debug)]
pub(super) struct Refused {
    /// The name.
    pub(super) host: String,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the name {} leads into a private network", self.host)
    }
}

impl Error for Refused {}

/// Looks a name up: the system's way, or a test's.
pub(super) type Lookup = Arc<dyn Fn(String) -> Found + Send + Sync>;
/// What is found, in time.
pub(super) type Found = std::pin::Pin<Box<dyn Future<Output = std::io::Result<Vec<IpAddr>>> + Send>>;

/// Looks names up for the HTTP library, and keeps to itself what must not be connected to.
pub(super) struct Resolver {
    lookup: Lookup,
    /// Whether private networks are allowed; where no page of the web is, no name leads.
    private: bool,
    /// The host of the proxy, which the user named.
    proxy: Option<String>,
}

impl Resolver {
    /// One that asks the system.
    pub(super) fn new(reach: &Reach) -> Self {
        Self::with(reach, Arc::new(|host| Box::pin(system(host))))
    }

    /// One that asks `lookup`.
    pub(super) fn with(reach: &Reach, lookup: Lookup) -> Self {
        let proxy = reach.proxy.as_deref().and_then(|proxy| Address::parse(proxy).ok());
        Self { lookup, private: reach.private, proxy: proxy.map(|proxy| proxy.host().to_owned()) }
    }
}

/// What a name leads to that may be connected to.
pub(super) type Allowed =
    std::pin::Pin<Box<dyn Future<Output = Result<Vec<IpAddr>, Box<dyn Error + Send + Sync>>> + Send>>;

impl Resolver {
    /// Looks a name up, and keeps to itself what must not be connected to; [`Refused`] where that is all there is.
    pub(super) fn allowed(&self, host: &str) -> Allowed {
        let host = host.to_ascii_lowercase();
        let free = self.proxy.as_deref() == Some(&host);
        // Whether a name that can only be private may be asked at all was decided before.
        let worst = if self.private || zone::is_own_name(&host) { Zone::Own } else { Zone::Public };
        let found = (self.lookup)(host.clone());
        Box::pin(async move {
            let all = found.await?;
            let allowed: Vec<IpAddr> =
                all.iter().copied().filter(|address| free || zone::of(*address) <= worst).collect();
            if allowed.is_empty() && !all.is_empty() {
                return Err(Box::new(Refused { host }) as Box<dyn Error + Send + Sync>);
            }
            Ok(allowed)
        })
    }
}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let allowed = self.allowed(name.as_str());
        Box::pin(async move {
            let sockets = allowed.await?.into_iter().map(|address| SocketAddr::new(address, 0));
            Ok(Box::new(sockets) as Addrs)
        })
    }
}

async fn system(host: String) -> std::io::Result<Vec<IpAddr>> {
    Ok(tokio::net::lookup_host((host, 0)).await?.map(|address| address.ip()).collect())
}
