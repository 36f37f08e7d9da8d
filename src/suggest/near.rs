//! How alike two names are.

/// Below this likeness a suggestion would only confuse.
const LEAST_LIKENESS: f64 = 0.75;

/// The candidate that is most like a name, if one is near enough; the name itself helps nobody.
pub(crate) fn nearest<'name>(
    name: &str,
    candidates: impl IntoIterator<Item = &'name str>,
) -> Option<&'name str> {
    let wanted = name.trim().to_lowercase();
    candidates
        .into_iter()
        .filter(|candidate| *candidate != name)
        .map(|candidate| (likeness(&wanted, candidate), candidate))
        .filter(|(likeness, _)| *likeness >= LEAST_LIKENESS)
        .max_by(|(left, _), (right, _)| left.total_cmp(right))
        .map(|(_, candidate)| candidate)
}

fn likeness(wanted: &str, candidate: &str) -> f64 {
    strsim::jaro_winkler(wanted, &candidate.trim().to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_alike_name_is_offered() {
        let names = ["managementToken", "dataToken", "tenantId"];

        assert_eq!(nearest("tenantid", names), Some("tenantId"));
        assert_eq!(nearest("manegementToken", names), Some("managementToken"));
        assert_eq!(nearest("xyz", names), None);
        assert_eq!(nearest("tenantId", names), None);
    }
}
