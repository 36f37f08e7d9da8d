//! The parts of an exchange's time, for the waterfall.

use std::time::Duration;

use serde_json::{Value, json};

use super::failure::cut;
use crate::http::Hop;
use crate::report::measure::milliseconds;

const FIELD_CHARACTERS: usize = 8 * 1024;

/// What was sent one after the other, each with its own phases.
pub(super) fn hops(hops: &[Hop]) -> Value {
    hops.iter()
        .map(|hop| {
            json!({
                "method": cut(&hop.method, FIELD_CHARACTERS),
                "url": cut(&hop.url, FIELD_CHARACTERS),
                "code": hop.status,
                "time_ms": rounded(milliseconds(hop.total)),
                "phases": phases(std::slice::from_ref(hop)),
            })
        })
        .collect()
}

/// Name and duration in milliseconds of each phase of all hops, in order; together they are the whole time.
///
/// The page draws whatever is listed here, and has a colour of its own for the names `dns`, `connect`,
/// `tls`, `wait`, `download` and `error`, the time that ended without a response.
pub(super) fn phases(hops: &[Hop]) -> Value {
    hops.iter()
        .flat_map(named_phases)
        .map(|(name, duration)| json!([name, rounded(milliseconds(duration))]))
        .collect()
}

fn named_phases(hop: &Hop) -> Vec<(&'static str, Duration)> {
    let phases = &hop.phases;
    let mut listed: Vec<(&str, Duration)> = [
        ("dns", phases.dns),
        ("connect", phases.connect),
        ("tls", phases.tls),
        ("wait", phases.wait),
        ("download", phases.download),
    ]
    .into_iter()
    .filter_map(|(name, duration)| Some((name, duration?)))
    .collect();
    if phases.wait.is_none() {
        let known: Duration = listed.iter().map(|(_, duration)| *duration).sum();
        listed.push(("error", hop.total.saturating_sub(known)));
    }
    listed
}

/// Milliseconds with at most two decimals, which is all that a drawing shows.
pub(super) fn rounded(milliseconds: f64) -> f64 {
    (milliseconds * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::Phases;

    fn after(milliseconds: u64) -> Option<Duration> {
        Some(Duration::from_millis(milliseconds))
    }

    fn hop(phases: Phases, total: u64) -> Hop {
        Hop {
            method: "GET".to_owned(),
            url: "http://localhost/".to_owned(),
            status: phases.wait.map(|_| 200),
            phases,
            total: Duration::from_millis(total),
        }
    }

    #[test]
    fn phases_that_did_not_take_place_are_not_listed() {
        let kept_connection = Phases {
            wait: after(4),
            download: after(1),
            ..Phases::default()
        };

        assert_eq!(
            phases(&[hop(kept_connection, 5)]),
            json!([["wait", 4.0], ["download", 1.0]])
        );
    }

    #[test]
    fn the_phases_of_all_hops_follow_each_other() {
        let first = Phases {
            dns: after(1),
            connect: after(2),
            tls: after(3),
            wait: after(4),
            download: after(5),
        };
        let second = Phases {
            wait: after(6),
            download: after(7),
            ..Phases::default()
        };

        assert_eq!(
            phases(&[hop(first, 15), hop(second, 13)]),
            json!([
                ["dns", 1.0],
                ["connect", 2.0],
                ["tls", 3.0],
                ["wait", 4.0],
                ["download", 5.0],
                ["wait", 6.0],
                ["download", 7.0]
            ])
        );
    }

    #[test]
    fn the_time_until_an_error_is_a_phase_of_its_own() {
        let looked_up = Phases {
            dns: after(2),
            ..Phases::default()
        };

        let hops = hops(&[hop(looked_up, 30)]);

        assert_eq!(hops[0]["phases"], json!([["dns", 2.0], ["error", 28.0]]));
        assert_eq!(hops[0]["code"], Value::Null);
    }
}
