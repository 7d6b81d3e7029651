//! When two dates are the same day: a release of the evening of the 11th is one of the 12th further east.

use super::ClaimStatus;
use crate::moment::Moment;

const HOUR: i64 = 3600;

/// The zones east and west of Greenwich in use, in hours.
const EAST: i64 = 14;
const WEST: i64 = 12;

fn midnight(day: &str) -> Option<i64> {
    Moment::parse(&format!("{}T00:00:00Z", day.get(..10)?)).map(Moment::unix)
}

/// Whether it is `day` somewhere at the moment that `stated` names.
fn is_somewhere(stated: &str, day: &str) -> bool {
    let (Some(moment), Some(start)) = (Moment::parse(stated).map(Moment::unix), midnight(day)) else { return false };
    moment + EAST * HOUR >= start && moment - WEST * HOUR < start + 24 * HOUR
}

/// Holds `day` against the dates that the original states (RFC 3339 or a day) and prints; `elsewhere` are days its text names.
pub(super) fn held(day: &str, stated: Option<&str>, printed: &[String], elsewhere: &[String]) -> (ClaimStatus, String) {
    let days: Vec<&str> =
        stated.and_then(|stated| stated.get(..10)).into_iter().chain(printed.iter().map(String::as_str)).collect();
    let Some(first) = days.first() else {
        return super::untold("The original is not dated.");
    };
    if days.contains(&day) {
        return (ClaimStatus::Confirmed, format!("The original is dated {day}."));
    }
    if let Some(stated) = stated.filter(|stated| is_somewhere(stated, day)) {
        let evidence = format!("The original is dated {stated}, which was {day} in another time zone.");
        return (ClaimStatus::Confirmed, evidence);
    }
    let near = |other: &&str| {
        midnight(day).zip(midnight(other)).is_some_and(|(left, right)| (left - right).abs() <= 24 * HOUR)
    };
    if let Some(other) = days.iter().copied().find(|other| near(other)) {
        let evidence = format!("The original is dated {other}, one day apart, which a time zone may explain.");
        return (ClaimStatus::Unverifiable, evidence);
    }
    if elsewhere.iter().any(|other| other == day) {
        return (ClaimStatus::Unverifiable, format!("The original is dated {first}, and names {day} in its text."));
    }
    (ClaimStatus::Contradicted, format!("The original is dated {first}, not {day}."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_another_day_elsewhere() {
        let printed = |days: &[&str]| days.iter().map(|day| (*day).to_owned()).collect::<Vec<_>>();
        for (day, stated, on_page, status) in [
            ("2017-11-11", Some("2017-11-11"), printed(&[]), ClaimStatus::Confirmed),
            ("2017-11-12", Some("2017-11-11T23:30:00Z"), printed(&[]), ClaimStatus::Confirmed),
            ("2017-11-10", Some("2017-11-11T03:00:00Z"), printed(&[]), ClaimStatus::Confirmed),
            ("2017-11-13", Some("2017-11-11T23:30:00Z"), printed(&[]), ClaimStatus::Contradicted),
            ("2017-11-12", Some("2017-11-11"), printed(&[]), ClaimStatus::Unverifiable),
            ("2017-12-01", None, printed(&["2017-11-30"]), ClaimStatus::Unverifiable),
            ("2017-12-24", Some("2017-11-11"), printed(&["2017-12-24"]), ClaimStatus::Confirmed),
            ("2018-11-11", Some("2017-11-11"), printed(&["2017-11-11"]), ClaimStatus::Contradicted),
            ("2018-11-11", None, printed(&[]), ClaimStatus::Unverifiable),
        ] {
            assert_eq!(held(day, stated, &on_page, &[]).0, status, "{day} {stated:?} {on_page:?}");
        }
        assert_eq!(
            held("2018-11-11", Some("2017-11-11"), &[], &["2018-11-11".to_owned()]).0,
            ClaimStatus::Unverifiable
        );
    }
}
