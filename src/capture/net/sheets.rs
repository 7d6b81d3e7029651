//! Style sheets, several at once: addresses that pages refer to go in, sheets and causes come out.
//!
//! Each is asked for as a page is, with the same redirects, patience and guard. What stood in the way is never an error here.

use std::{rc::Rc, time::Duration};

use super::{Asked, Resolver, Session, within};
use crate::{
    capture::{Address, Capture, Exchange, Limits, Progress, Sheet},
    moment::Moment,
};

/// How many style sheets are asked for at once.
const ABREAST: usize = 6;

/// A style sheet to be asked for: its address, and that of the page that refers to it.
pub(in crate::capture) type Errand = (Address, Address);

/// Fetches style sheets, several at once; what comes of each stands where it was asked, a cause in one clause where it cannot be
/// got. `left` is how long all of it may take, and less afterwards by what it took.
pub(in crate::capture) fn sheets(
    errands: &[Errand],
    limits: &Limits,
    now: Moment,
    left: &mut Duration,
    progress: &mut dyn FnMut(Progress),
) -> Vec<Result<Sheet, String>> {
    let late = || Err(format!("not all came within {} seconds", limits.sheets.total.as_secs_f64()));
    let mut answers: Vec<Result<Sheet, String>> = errands.iter().map(|_| late()).collect();
    let Some((first, _)) = errands.first() else { return answers };
    let total = limits.total.min(limits.sheets.total);
    let limits = Limits { body_bytes: limits.sheets.each_bytes, total, ..limits.clone() };
    let resolver = Resolver::new(&limits.reach);
    let done = Session::with(&first.to_string(), Asked::Sheet, &limits, now, resolver).and_then(|session| {
        let session = Rc::new(session);
        session.block_on(async {
            let began = tokio::time::Instant::now();
            let work = tokio::task::LocalSet::new();
            let all = work.run_until(abreast(&session, errands, &mut answers, progress));
            // What did not come in time keeps the answer it began with.
            let _ = tokio::time::timeout(*left, all).await;
            *left = left.saturating_sub(began.elapsed());
            Ok(())
        })
    });
    if let Err(error) = done {
        answers.fill(Err(error.cause()));
    }
    answers
}

/// Fills in the answers as they come.
async fn abreast(
    session: &Rc<Session>,
    errands: &[Errand],
    answers: &mut [Result<Sheet, String>],
    progress: &mut dyn FnMut(Progress),
) {
    let mut open = tokio::task::JoinSet::new();
    let (mut waiting, mut done) = (errands.iter().enumerate(), 0);
    loop {
        while open.len() < ABREAST
            && let Some((at, (address, page))) = waiting.next()
        {
            let (session, address, page) = (Rc::clone(session), address.to_string(), page.clone());
            open.spawn_local(async move {
                let mut silent = |_| ();
                let work = session.followed(&address, Some(&page), &mut silent);
                (at, within(&address, &session.limits, work).await)
            });
        }
        progress(Progress::Sheets { done, of: errands.len() });
        let Some(ended) = open.join_next().await else { return };
        done += 1;
        if let Ok((at, answer)) = ended
            && let Some(slot) = answers.get_mut(at)
        {
            *slot = answer.map(sheet).map_err(|error| error.cause());
        }
    }
}

fn sheet(capture: Capture) -> Sheet {
    let exchange = capture.exchange.unwrap_or_default();
    let Exchange { url, final_url, content_type, .. } = exchange.clone();
    Sheet {
        final_address: Some(final_url).filter(|last| *last != url),
        address: url,
        content_type,
        body: capture.body,
        exchange: Some(exchange),
    }
}
