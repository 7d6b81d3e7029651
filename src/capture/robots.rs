//! What a site asks of programs that follow links by themselves: the text of a `robots.txt` goes in, whether a path may be asked for comes out
//! (RFC 9309).
//!
//! Nothing is fetched here. Only what the standard knows is read, and one thing it does not, since sites mean it: how long to wait between
//! two pages (`Crawl-delay`). Groups are for our name, else for everybody; the longest rule decides, and of
//! two as long the one that allows. Whether it is asked at all is for callers to say: an address that a person named is nobody's crawl.

use std::time::Duration;

/// The name that groups are for.
const NAME: &str = "vidimus";
/// How much of a text is read, in bytes: what the standard demands at the least.
pub(super) const BYTES: usize = 500 * 1024;
/// The most rules that are kept.
const RULES: usize = 10_000;
/// The longest that is waited between two pages, however long a site asks to be left alone.
const LONGEST: Duration = Duration::from_secs(30);
/// The most stars of a rule that are heeded; one with more allows and forbids nothing.
const STARS: usize = 64;

/// The rules that are for us.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Robots {
    rules: Vec<Rule>,
    delay: Option<Duration>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
struct Rule {
    allows: bool,
    /// What the path has to have between its stars, normalised.
    parts: Vec<String>,
    /// Whether the path has to end there.
    ends: bool,
    /// How long it is: the longest decides.
    length: usize,
}

/// Whom a group is for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum For {
    Us,
    All,
    Others,
}

impl Robots {
    /// Reads a `robots.txt`. What is no rule is passed over.
    ///
    /// ```
    /// use vidimus::capture::Robots;
    /// let robots = Robots::parse(b"User-agent: *\nDisallow: /private/\nAllow: /private/press$\n");
    /// assert!(robots.allows("/release"));
    /// assert!(!robots.allows("/private/notes"));
    /// assert!(robots.allows("/private/press"));
    /// ```
    pub fn parse(text: &[u8]) -> Self {
        let text = String::from_utf8_lossy(text.get(..BYTES).unwrap_or(text));
        let (mut ours, mut alls, mut named) = (Vec::new(), Vec::new(), false);
        // Agents that stand one behind the other share a group.
        let (mut group, mut in_agents) = (Vec::new(), false);
        let (mut our_delay, mut all_delay) = (None, None);
        for line in text.trim_start_matches('\u{feff}').split(['\n', '\r']) {
            let line = line.split('#').next().unwrap_or_default();
            let Some((key, value)) = line.split_once(':') else { continue };
            let (key, value) = (key.trim().to_ascii_lowercase(), value.trim());
            if key == "user-agent" {
                if !in_agents {
                    group.clear();
                }
                in_agents = true;
                group.push(whom(value));
                named |= group.contains(&For::Us);
            } else if key == "crawl-delay" {
                in_agents = false;
                let delay = seconds(value);
                if group.contains(&For::Us) {
                    our_delay = our_delay.max(delay);
                }
                if group.contains(&For::All) {
                    all_delay = all_delay.max(delay);
                }
            } else if key == "allow" || key == "disallow" {
                in_agents = false;
                let Some(rule) = Rule::of(key == "allow", value).filter(|_| ours.len() + alls.len() < RULES) else {
                    continue;
                };
                if group.contains(&For::Us) {
                    ours.push(rule.clone());
                }
                if group.contains(&For::All) {
                    alls.push(rule);
                }
            }
        }
        if named { Self { rules: ours, delay: our_delay } } else { Self { rules: alls, delay: all_delay } }
    }

    /// How long the site wants to be left alone between two pages, 30 seconds at most; `None` where it does not say.
    ///
    /// ```
    /// use vidimus::capture::Robots;
    /// let robots = Robots::parse(b"User-agent: *\nCrawl-delay: 2.5\n");
    /// assert_eq!(robots.delay(), Some(std::time::Duration::from_millis(2500)));
    /// ```
    pub fn delay(&self) -> Option<Duration> {
        self.delay
    }

    /// Whether `path`, with its query, may be asked for.
    pub fn allows(&self, path: &str) -> bool {
        let path = normal(path);
        if path == "/robots.txt" {
            return true;
        }
        let fitting = self.rules.iter().filter(|rule| rule.fits(&path));
        fitting.max_by_key(|rule| (rule.length, rule.allows)).is_none_or(|rule| rule.allows)
    }
}

/// What stands behind `Crawl-delay`, bounded; nothing where it is no number of seconds, or none.
fn seconds(value: &str) -> Option<Duration> {
    let number: f64 = value.parse().ok()?;
    // Whoever asks to be left alone for ever is left alone for as long as anybody is.
    (number > 0.0).then(|| Duration::from_secs_f64(number.min(LONGEST.as_secs_f64())))
}

fn whom(agent: &str) -> For {
    // A product's name ends where its version begins.
    let name = agent.split(|c: char| !(c.is_ascii_alphabetic() || "-_*".contains(c))).next().unwrap_or_default();
    match name {
        "*" => For::All,
        name if name.eq_ignore_ascii_case(NAME) => For::Us,
        _ => For::Others,
    }
}

impl Rule {
    /// An empty one says nothing.
    fn of(allows: bool, pattern: &str) -> Option<Self> {
        let (pattern, ends) = pattern.strip_suffix('$').map_or((pattern, false), |pattern| (pattern, true));
        if pattern.is_empty() {
            return None;
        }
        let parts: Vec<String> = pattern.split('*').map(normal).collect();
        let length = pattern.len() + usize::from(ends);
        (parts.len() <= STARS + 1).then_some(Self { allows, parts, ends, length })
    }

    fn fits(&self, path: &str) -> bool {
        let Some((first, rest)) = self.parts.split_first() else { return false };
        let Some(mut left) = path.strip_prefix(first.as_str()) else { return false };
        let Some((last, between)) = rest.split_last() else { return !self.ends || left.is_empty() };
        for part in between {
            // The earliest place leaves most for what follows.
            let Some(at) = left.find(part.as_str()) else { return false };
            left = left.get(at + part.len()..).unwrap_or_default();
        }
        if self.ends { left.ends_with(last.as_str()) } else { left.contains(last.as_str()) }
    }
}

/// A path in one way of writing: what needs no percent sign has none, and what has one is in upper case.
fn normal(path: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    let bytes = path.as_bytes();
    let digit = |at: usize| {
        bytes.get(at).and_then(|byte| char::from(*byte).to_digit(16)).and_then(|digit| u8::try_from(digit).ok())
    };
    let (mut out, mut at) = (String::with_capacity(path.len()), 0);
    while let Some(byte) = bytes.get(at).copied() {
        match (byte, digit(at + 1), digit(at + 2)) {
            (b'%', Some(high), Some(low)) => {
                let byte = high << 4 | low;
                if plain(byte) {
                    out.push(char::from(byte))
                } else {
                    out.push_str(&format!("%{byte:02X}"))
                }
                at += 3;
            }
            (byte, ..) => {
                if byte.is_ascii_graphic() {
                    out.push(char::from(byte))
                } else {
                    out.push_str(&format!("%{byte:02X}"))
                }
                at += 1;
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, allowed: &[&str], forbidden: &[&str]) {
        let robots = Robots::parse(text.as_bytes());
        for path in allowed {
            assert!(robots.allows(path), "{path} by {text:?}");
        }
        for path in forbidden {
            assert!(!robots.allows(path), "{path} by {text:?}");
        }
    }

    #[test]
    fn the_longest_rule_decides_and_the_kinder_of_two() {
        // The examples of RFC 9309, 5.1 and 5.2, with our name.
        let text = "User-Agent: *\nDisallow: *.gif$\nDisallow: /example/\nAllow: /publications/\n\nUser-Agent: vidimus\nDisallow:/\nAllow:/example/page.html\nAllow:/example/allowed.gif\n\n";
        check(text, &["/example/page.html", "/example/allowed.gif"], &["/", "/publications/", "/a.gif"]);
        check(
            "User-agent: *\nAllow: /example/page/\nDisallow: /example/page/disallowed.gif",
            &["/example/page/x"],
            &["/example/page/disallowed.gif"],
        );
        check("User-agent: *\nDisallow: /a\nAllow: /a\n", &["/a"], &[]);
    }

    #[test]
    fn groups_are_for_whom_they_name() {
        check("User-agent: other\nDisallow: /\n", &["/x"], &[]);
        check(
            "User-agent: other\nUser-agent: VIDIMUS/2.0\nDisallow: /a\nUser-agent: *\nDisallow: /b\n",
            &["/b"],
            &["/a"],
        );
        check(
            "user-agent: vidimus\ndisallow: /a\nuser-agent: x\ndisallow: /b\nuser-agent: vidimus\ndisallow: /c",
            &["/b"],
            &["/a", "/c"],
        );
        check("User-agent: vidimus\nDisallow:\nUser-agent: *\nDisallow: /\n", &["/x"], &[]);
        check("User-agent: vidimusbot\nDisallow: /\n", &["/x"], &[]);
        check("Disallow: /\n", &["/x"], &[]);
        check("User-agent: a\nSitemap: http://x/\nUser-agent: *\nCrawl-delay: 3\nDisallow: /a", &["/b"], &["/a"]);
    }

    #[test]
    fn paths_are_the_same_however_they_are_written() {
        check("User-agent: *\nDisallow: /foo/bar/%62%61%7A\n", &["/foo/bar/ba"], &["/foo/bar/baz", "/foo/bar/b%61z"]);
        check("User-agent: *\nDisallow: /ツ\n", &["/"], &["/%E3%83%84", "/%e3%83%84/x"]);
        check("User-agent: *\nDisallow: /a%2fb\n", &["/a/b"], &["/a%2Fb"]);
        check("User-agent: *\nDisallow: /*?id=\n", &["/x?q=1"], &["/x?id=1", "/?id="]);
        check("User-agent: *\nDisallow: /a*b*c$\n", &["/abcd", "/acb"], &["/abc", "/aXbYc", "/abcbc"]);
        check("\u{feff}User-agent: * # all\r\nDisallow: /a # not this\r\n", &["/b"], &["/a"]);
        check("User-agent: *\nDisallow: /\n", &["/robots.txt"], &["/robots.txt.bak"]);
    }

    #[test]
    fn how_long_to_wait_is_for_whom_it_names_and_bounded() {
        let delay = |text: &str| Robots::parse(text.as_bytes()).delay().map(|delay| delay.as_millis());
        assert_eq!(delay("User-agent: *\nCrawl-delay: 3\n"), Some(3000));
        assert_eq!(delay("User-agent: x\nCrawl-delay: 3\n"), None);
        assert_eq!(delay("User-agent: *\nCrawl-delay: 9\nUser-agent: vidimus\ncrawl-DELAY: .5 # please\n"), Some(500));
        assert_eq!(delay("User-agent: *\nCrawl-delay: 9\nUser-agent: vidimus\nDisallow: /a\n"), None);
        assert_eq!(delay("User-agent: *\nCrawl-delay: 1\nCrawl-delay: 2\n"), Some(2000), "the longer of two");
        for long in ["31", "86400", "1e300", "inf"] {
            assert_eq!(delay(&format!("User-agent: *\nCrawl-delay: {long}\n")), Some(30_000), "{long}");
        }
        for none in ["0", "-1", "NaN", "soon", "", "1 0"] {
            assert_eq!(delay(&format!("User-agent: *\nCrawl-delay: {none}\n")), None, "{none}");
        }
        check("User-agent: a\nCrawl-delay: 3\nUser-agent: *\nDisallow: /a", &["/b"], &["/a"]);
    }

    #[test]
    fn nothing_hostile_takes_long() {
        let stars = format!("User-agent: *\nDisallow: /{}\n", "*a".repeat(60));
        assert!(!Robots::parse(stars.as_bytes()).allows(&format!("/{}", "a".repeat(100_000))));
        assert!(
            Robots::parse(format!("User-agent: *\nDisallow: /{}$\n", "*a".repeat(60)).as_bytes())
                .allows(&format!("/{}b", "a".repeat(100_000)))
        );
        let many = "Disallow: /x\n".repeat(200_000);
        assert!(Robots::parse(format!("User-agent: *\n{many}").as_bytes()).rules.len() <= RULES);
        assert_eq!(Robots::parse(&[0xff; 100]), Robots::default());
    }
}
