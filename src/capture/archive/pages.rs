//! Which pages an archive holds: a path goes in, addresses come out.

use std::{collections::BTreeSet, path::Path};

use super::{
    Broken, Shelf, Warc,
    find::{self, Found},
    is_wacz,
};
use crate::capture::{Error, address::without_credentials, file, wacz};

/// How much of a block is read to see what kind of answer it is, in bytes.
const HEAD: usize = 64 << 10;
/// The most addresses that are listed.
const MOST: usize = 1_000_000;

/// The addresses of all pages of text in the archive at `path`, sorted: answers of status 200 that are said to be HTML or plain
/// text. Redirects, errors, pictures and the like are no pages.
///
/// # Errors
/// [`Error::Unreadable`] and [`Error::Archive`]; [`Error::TooLarge`] where there are more than a million.
pub fn pages(path: &Path) -> Result<Vec<String>, Error> {
    let locator = without_credentials(&path.display().to_string());
    let broken = |cause: Broken| cause.of(&locator);
    let open = || file::regular(path).map_err(|cause| Error::Unreadable { locator: locator.clone(), cause });
    let mut warc = Warc(path);
    let mut wacz = if is_wacz(path) { Some(wacz::Shelf::open(open()?).map_err(broken)?) } else { None };
    open()?;
    let shelf: &mut dyn Shelf = wacz.as_mut().map_or(&mut warc, |wacz| wacz);
    let (mut found, mut full) = (BTreeSet::new(), false);
    find::every(shelf, &mut |number, head, reader| {
        let one = Found::of(number, head, &reader.some_of_block(HEAD)?);
        if let Some(one) = one.filter(Found::is_text) {
            found.insert(without_credentials(&one.url));
        }
        full = found.len() > MOST;
        Ok(!full)
    })
    .map_err(broken)?;
    if full { Err(Error::TooLarge { locator, limit: MOST }) } else { Ok(found.into_iter().collect()) }
}
