//! Whose reading of doubtful inputs counts.

/// postrider's own reading, or newman's where the two differ on purpose (`docs/compatibility.md`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Dialect {
    /// What the authors of the files mean.
    #[default]
    Postrider,
    /// What newman 6.2.2 does, for `--newman-compat`.
    Newman,
}
