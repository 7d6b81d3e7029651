//! Whether a server is asked again, and when: its status goes in, a time to wait comes out.
//!
//! Nothing waits in here and nobody looks at a clock: the server's own `Date` tells how far off the day in `Retry-After` is, and
//! where it sends none, the time that was given for the capture.

use std::time::Duration;

use crate::{capture::Limits, moment::Moment};

/// What a server says of when to come back: seconds or a date (RFC 9110, 10.2.3). `date` is its own `Date` header.
pub(super) fn retry_after(value: &str, date: Option<&str>, now: Moment) -> Option<Duration> {
    let value = value.trim();
    if let Ok(seconds) = value.parse::<u32>() {
        return Some(Duration::from_secs(seconds.into()));
    }
    let until = Moment::parse_http(value)?;
    let from = date.and_then(Moment::parse_http).unwrap_or(now);
    Some(Duration::from_secs(u64::try_from(until.unix() - from.unix()).unwrap_or(0)))
}

/// How long to wait before asking again, after `asked` answers; `None` where that is not done: the answer is final, enough was
/// asked, or the server wants to be left alone for longer than anybody here wants to wait.
pub(super) fn wait(status: u16, retry_after: Option<Duration>, asked: u32, limits: &Limits) -> Option<Duration> {
    let passing = matches!(status, 429 | 500 | 502 | 503 | 504);
    if !passing || asked > limits.retries {
        return None;
    }
    let doubled = limits.backoff.saturating_mul(1_u32.checked_shl(asked.saturating_sub(1)).unwrap_or(u32::MAX));
    Some(retry_after.unwrap_or(doubled)).filter(|wait| *wait <= limits.longest_wait)
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn seconds(number: u64) -> Option<Duration> {
        Some(Duration::from_secs(number))
    }

    #[test]
    fn a_server_says_when_to_come_back() {
        let now = Moment::from_unix(1_510_790_400);
        let noon = "Thu, 16 Nov 2017 12:00:00 GMT";
        assert_eq!(retry_after(" 120 ", None, now), seconds(120));
        assert_eq!(retry_after(noon, Some("Thu, 16 Nov 2017 11:59:30 GMT"), now), seconds(30));
        assert_eq!(retry_after(noon, None, now), seconds(12 * 3600), "without a date of its own, by ours");
        assert_eq!(retry_after(noon, Some("Thu, 16 Nov 2017 13:00:00 GMT"), now), seconds(0), "a day gone by");
        for nonsense in ["", "-5", "soon", "1e9", "99999999999"] {
            assert_eq!(retry_after(nonsense, None, now), None, "{nonsense}");
        }
    }

    #[test]
    fn waits_double_and_end() {
        let limits = Limits { backoff: Duration::from_secs(1), retries: 3, ..Limits::default() };
        let waits: Vec<_> = (1..6).map(|asked| wait(503, None, asked, &limits)).collect();
        assert_eq!(waits, [seconds(1), seconds(2), seconds(4), None, None]);
        assert_eq!(wait(429, seconds(7), 1, &limits), seconds(7));
        assert_eq!(wait(429, seconds(3600), 1, &limits), None, "longer than anybody waits");
        for status in [200, 304, 403, 404, 410, 501, 505] {
            assert_eq!(wait(status, seconds(1), 1, &limits), None, "{status}");
        }
        let eager = Limits { retries: u32::MAX, ..limits };
        assert_eq!(wait(503, None, 40, &eager), None, "no overflow");
    }
}
