//! Style sheets: what pages ask for (`extract` says) is gathered (`capture` does) before anything is judged.

use crate::{
    capture::{Capture, Limits, Locator, Progress, Shelves, gather_sheets},
    extract::Linking,
    moment::Moment,
    report::SheetSource,
};

/// Gathers the style sheets of captures, each named with where it was got, and puts them beside them. A sheet that cannot be got is
/// no error: reports have a limit that says so. `progress` is told of sheets fetched. Blocks, so it must not be called from
/// asynchronous code.
///
/// ```no_run
/// use vidimus::{Moment, Options, capture::{self, Limits, Locator}, pipeline};
/// let (original, copy) = (Locator::parse("release.html"), Locator::parse("https://example.org/repost"));
/// let (limits, now) = (Limits::default(), Moment::from_unix(0));
/// let mut captures = capture::pair([&original, &copy], &limits, now, &mut std::io::empty(), &mut |_, _| ())?;
/// let [first, second] = &mut captures;
/// pipeline::with_sheets(&mut [(&original, first), (&copy, second)], &limits, now, &mut |_| ());
/// let checked = vidimus::check(first, second, &Options::new(now));
/// # Ok::<(), vidimus::capture::Error>(())
/// ```
pub fn with_sheets(
    pages: &mut [(&Locator, &mut Capture)],
    limits: &Limits,
    now: Moment,
    progress: &mut dyn FnMut(Progress),
) {
    with_sheets_of(pages, limits, now, None, progress);
}

/// The same for pages of archives of which more pages are had: each of `archives` is gone over no more than once.
pub fn with_sheets_of(
    pages: &mut [(&Locator, &mut Capture)],
    limits: &Limits,
    now: Moment,
    archives: Option<&Shelves>,
    progress: &mut dyn FnMut(Progress),
) {
    let links: Vec<Linking> = pages.iter().map(|(_, capture)| Linking::of(capture)).collect();
    let wanted =
        |place: usize, capture: &Capture| links.get(place).map(|linking| linking.wanted(capture)).unwrap_or_default();
    gather_sheets(pages, limits, now, &wanted, archives, progress);
}

/// The sheets of `capture` as a report lists them.
pub(super) fn listed(capture: &Capture) -> Vec<SheetSource> {
    let of = |sheet: &crate::capture::Sheet| {
        let is_url = matches!(Locator::parse(&sheet.address), Locator::Url(_));
        SheetSource {
            locator: (!is_url).then(|| sheet.address.clone()),
            url: is_url.then(|| sheet.address.clone()),
            final_url: sheet.final_address.clone(),
            content_type: sheet.content_type.clone(),
            bytes: sheet.body.len() as u64,
            sha256: sheet.digest().to_string(),
        }
    };
    capture.sheets.iter().map(of).collect()
}
