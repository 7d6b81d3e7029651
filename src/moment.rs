//! UTC time as a value. The only file that names the `jiff` crate's instants, and it cannot ask the clock.
//!
//! Whole seconds, so that statement, WARC and CDX agree about when something happened.

use std::fmt;

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

/// A moment in UTC with the precision of one second, shown as RFC 3339 with `Z`.
///
/// ```
/// use vidimus::Moment;
/// let moment = Moment::parse("2017-11-11T18:02:11Z").unwrap();
/// assert_eq!(moment.to_string(), "2017-11-11T18:02:11Z");
/// assert_eq!(Moment::from_unix(0).to_string(), "1970-01-01T00:00:00Z");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Moment(i64);

/// The seconds of 0001-01-01 and 9999-12-30T22:00:00: the years RFC 3339 can write, as far as jiff goes, which stops short of the
/// last day so that a moment is in the year 9999 everywhere on earth.
const YEARS: std::ops::RangeInclusive<i64> = -62_135_596_800..=253_402_207_200;

impl Moment {
    /// The moment `seconds` after 1970-01-01T00:00:00Z, brought into the years 1 to 9999 (of the last, up to 30 December, 22:00).
    pub fn from_unix(seconds: i64) -> Self {
        Self(seconds.clamp(*YEARS.start(), *YEARS.end()))
    }

    /// Seconds since 1970-01-01T00:00:00Z.
    pub fn unix(self) -> i64 {
        self.0
    }

    /// Reads RFC 3339 with any offset; fractions of a second are cut off.
    pub fn parse(text: &str) -> Option<Self> {
        text.parse::<Timestamp>().ok().map(|t| Self::from_unix(t.as_second()))
    }

    /// Reads a date as HTTP headers have it (RFC 9110, 5.6.7), such as `Thu, 16 Nov 2017 09:00:00 GMT`. The two older forms, which
    /// nobody sends any more, are `None`.
    ///
    /// ```
    /// use vidimus::Moment;
    /// let moment = Moment::parse_http("Thu, 16 Nov 2017 09:00:00 GMT").unwrap();
    /// assert_eq!(moment.to_string(), "2017-11-16T09:00:00Z");
    /// ```
    pub fn parse_http(text: &str) -> Option<Self> {
        let parsed = jiff::fmt::rfc2822::parse(text.trim()).ok()?;
        Some(Self::from_unix(parsed.timestamp().as_second()))
    }

    /// Reads what archives name their records by: the year, month, day, hour, minute and second in 14 digits. Fewer digits, an
    /// even number from 4 on, mean the beginning of that time.
    ///
    /// ```
    /// use vidimus::Moment;
    /// assert_eq!(Moment::parse_digits("20171116090000"), Moment::parse("2017-11-16T09:00:00Z"));
    /// assert_eq!(Moment::parse_digits("201711"), Moment::parse("2017-11-01T00:00:00Z"));
    /// assert_eq!(Moment::parse_digits("20171316"), None);
    /// ```
    pub fn parse_digits(text: &str) -> Option<Self> {
        let plain = text.bytes().all(|byte| byte.is_ascii_digit()) && (4..=14).contains(&text.len());
        let whole = plain && text.len().is_multiple_of(2);
        let part =
            |from: usize, otherwise: i8| text.get(from..from + 2).map_or(Some(otherwise), |two| two.parse().ok());
        let year = whole.then(|| text.get(..4)?.parse().ok()).flatten()?;
        Self::from_civil(year, part(4, 1)?, part(6, 1)?, part(8, 0)?, part(10, 0)?, part(12, 0)?)
    }

    /// The 14 digits that archives name a record of this moment by.
    pub fn digits(self) -> String {
        self.to_string().chars().filter(char::is_ascii_digit).collect()
    }

    /// The moment as HTTP headers have it (RFC 9110, 5.6.7).
    ///
    /// ```
    /// use vidimus::Moment;
    /// assert_eq!(Moment::from_unix(0).to_http(), "Thu, 01 Jan 1970 00:00:00 GMT");
    /// ```
    pub fn to_http(self) -> String {
        let printer = jiff::fmt::rfc2822::DateTimePrinter::new();
        let at = Timestamp::from_second(self.0).unwrap_or_default();
        // Fails for years before 0 only, which no moment is in.
        printer.timestamp_to_rfc9110_string(&at).unwrap_or_default()
    }

    /// The moment a civil UTC date and time begins, where it exists; brought into the same bounds.
    pub fn from_civil(year: i16, month: i8, day: i8, hour: i8, minute: i8, second: i8) -> Option<Self> {
        let date = Date::new(year, month, day).ok()?;
        let time = jiff::civil::Time::new(hour, minute, second, 0).ok()?;
        // The last hours of the year 9999 exist, but no moment lies there.
        let seconds = TimeZone::UTC.to_timestamp(date.to_datetime(time)).map_or(*YEARS.end(), |at| at.as_second());
        Some(Self::from_unix(seconds))
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match Timestamp::from_second(self.0) {
            Ok(timestamp) => write!(f, "{timestamp}"),
            Err(_) => write!(f, "@{}", self.0),
        }
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| D::Error::custom(format_args!("not an RFC 3339 time: {text:?}")))
    }
}
