//! Pages sent in place of an article leave the verdict open; ordinary pages, those about such pages among them, never do.

use vidimus::{Capture, Moment, Options, Report, Verdict};

/// The release that should have come.
const RELEASE: &str = "<h1>Ministers agree on water</h1><p>Ministers of both countries met in the capital on Monday and agreed to share the \
    water of the river in equal parts.</p><p>Work on the two dams will stop until a joint commission has reported on the floods of \
    the past spring.</p><p>The commission has nine members and meets every month, in turn on either side of the border.</p><p>The \
    agreement enters into force when both parliaments have approved it, which is expected before the end of the year.</p>";

fn report(original: &str, copy: &str) -> Report {
    let page = |name: &str, body: &str| {
        Capture::from_bytes(name, body.as_bytes().to_vec(), Some("text/html; charset=utf-8")).unwrap()
    };
    let options = Options::new(Moment::from_unix(0));
    vidimus::check(&page("original.html", original), &page("copy.html", copy), &options).report
}

fn codes(report: &Report) -> Vec<&str> {
    report.limits.iter().map(|limit| limit.code.as_str()).collect()
}

const INSTEAD: &[(&str, &str)] = &[
    ("soft-404", "<title>Page not found</title><h1>Sorry!</h1><p>Try our search, or go back to the front page.</p>"),
    ("soft-404", "<h1>Seite nicht gefunden</h1><p>Die Seite gibt es nicht mehr.</p>"),
    (
        "consent-wall",
        "<h1>We value your privacy</h1><p>We and our 812 partners store and access information on your device, such as cookies, to \
         show you personalised advertising and content.</p><button>Manage options</button><button>Accept all</button>",
    ),
    (
        "consent-wall",
        "<h2>Bevor Sie fortfahren</h2><p>Wir verwenden Cookies, um unsere Dienste anzubieten und Werbung zu messen. Wenn Sie \
         zustimmen, geben wir Daten an Partner weiter.</p><p><a href=#>Alle ablehnen</a></p><p><a href=#>Alle akzeptieren</a></p>",
    ),
    (
        "paywall",
        "<h1>Subscribe to continue reading</h1><p>From one euro a month, cancel at any time.</p><p>Already a subscriber? Log in</p>",
    ),
    ("paywall", "<p>Cet article est réservé aux abonnés.</p><p>Abonnez-vous pour un euro.</p>"),
    ("script-only", "<div id=root></div><p>You need to enable JavaScript to run this app.</p>"),
    ("script-only", "<p>Loading...</p>"),
];

#[test]
fn a_page_sent_in_place_of_the_article_leaves_the_verdict_open() {
    for (code, page) in INSTEAD {
        let copy = report(RELEASE, page);
        assert_eq!((copy.verdict, codes(&copy)), (Verdict::Undetermined, vec![*code]), "as the copy: {page}");
        assert!(copy.limits[0].message.starts_with("The copy "), "{page}");
        let original = report(page, RELEASE);
        assert_eq!(
            (original.verdict, codes(&original)),
            (Verdict::Undetermined, vec![*code]),
            "as the original: {page}"
        );
        assert!(original.limits[0].message.starts_with("The original "), "{page}");
    }
}

/// The same things said around the article itself.
#[test]
fn a_page_that_holds_the_article_is_judged_whatever_else_it_says() {
    for (code, instead) in INSTEAD.iter().filter(|(code, _)| *code != "soft-404") {
        for page in [
            format!("<aside>{instead}</aside><article>{RELEASE}</article>"),
            format!("<article>{RELEASE}</article><aside>{instead}</aside>"),
        ] {
            let found = report(RELEASE, &page);
            assert!(!codes(&found).contains(code) && found.verdict != Verdict::Undetermined, "{code}: {found:#?}");
        }
    }
}

#[test]
fn an_article_about_such_pages_is_an_article() {
    for page in [
        "<h1>Why nobody reads cookie banners</h1><p>The button says “Accept all”, and nearly everybody presses it. We asked two hundred \
         people what they thought they had agreed to when they did so.</p><p>Not one of them could name a single partner of the \
         newspaper, although the list had more than eight hundred entries and was one click away.</p><p>Regulators have begun to \
         look into the matter, and the first fines are expected in the spring of next year.</p>",
        "<h1>The fall of the paywall</h1><p>For ten years publishers have told readers to “subscribe to continue reading”. Now the \
         first of them are giving up, since the offers no longer pay for themselves.</p><p>One editor says that every reader who \
         was turned away at the door was lost for ever, and that the figures leave no doubt.</p>",
        "<h1>What the error 500 means, and what it does not</h1><p>When a server has trouble of its own it says so with a number, \
         and most people have learned to try again later.</p><p>The number was chosen in the early nineties by a handful of \
         people who could not know how often it would be seen.</p>",
        "<h1>A short history of scripts</h1><p>In the beginning pages had no scripts at all, and readers were told to enable \
         JavaScript only when the first shops opened on the web a few years later.</p><p>Today the average page loads half a \
         megabyte of them before a word can be read.</p>",
    ] {
        let found = report(RELEASE, page);
        assert_eq!((found.verdict, codes(&found)), (Verdict::Unrelated, vec![]), "{page}");
        // Republished, it is a republication as any other.
        let again = report(page, &format!("<header>Our site</header>{page}"));
        assert_eq!((again.verdict, codes(&again)), (Verdict::Verbatim, vec![]), "{page}");
    }
}

/// An article of its own, with a banner: unrelated, not unread.
#[test]
fn a_banner_on_a_page_of_its_own_does_not_make_it_a_wall() {
    let page = "<div><p>We use cookies.</p><button>Accept all</button></div><h1>Bakers on strike</h1><p>The bakers of the old town have \
        closed their shops for a week to protest against the price of flour.</p><p>They want the city to lower the rent of the market \
        hall, where most of them have their ovens.</p>";
    let found = report(RELEASE, page);
    assert_eq!((found.verdict, codes(&found)), (Verdict::Unrelated, vec![]));
}

#[test]
fn an_article_cut_off_for_subscribers_is_not_an_excerpt() {
    let stub = "<h1>Ministers agree on water</h1><p>Ministers of both countries met in the capital on Monday and agreed to share the \
        water of the river in equal parts.</p><div><h3>Subscribe to continue reading</h3><p>One euro for the first month.</p></div>";
    let copy = report(RELEASE, stub);
    assert_eq!((copy.verdict, codes(&copy)), (Verdict::Undetermined, vec!["paywall"]));
    // Nobody inserted what the original kept to its subscribers.
    let original = report(stub, RELEASE);
    assert_eq!((original.verdict, codes(&original)), (Verdict::Undetermined, vec!["paywall"]), "{original:#?}");
    // The same beginning without the offer is an excerpt, and with one for something else too.
    let plain = stub.replace("Subscribe to continue reading", "Subscribe to our newsletter");
    assert_eq!(report(RELEASE, &plain).verdict, Verdict::Excerpted);
}

#[test]
fn a_translation_cannot_be_held_against_the_original() {
    let german = "<h1>Minister einigen sich über das Wasser</h1><p>Die Minister der beiden Länder haben sich am Montag in der Hauptstadt \
        getroffen und sind sich einig, dass das Wasser des Flusses zu gleichen Teilen geteilt wird.</p><p>Die Arbeit an den beiden \
        Dämmen ruht, bis eine gemeinsame Kommission über die Fluten des Frühjahrs berichtet hat, und wird nicht vorher \
        aufgenommen.</p>";
    for (original, copy) in [(RELEASE, german), (german, RELEASE)] {
        let found = report(original, copy);
        assert_eq!((found.verdict, codes(&found)), (Verdict::Undetermined, vec!["other-language"]));
    }
}
