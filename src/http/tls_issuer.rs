//! Where a chain of certificates ends that leads to no trusted one.

use rustls::pki_types::CertificateDer;
use webpki::EndEntityCert;

/// The issuer that is missing, told apart as OpenSSL does, whose codes Node shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum MissingIssuer {
    /// The server's certificate is its own issuer.
    #[error("its certificate is signed by itself")]
    SelfSigned,
    /// The server sends a root of its own.
    #[error("its certificate comes from a root that is not trusted")]
    OfRoot,
    /// The server sends intermediate certificates whose issuer is not known.
    #[error("its certificate chain ends in an issuer that is not trusted")]
    OfIntermediate,
    /// The server sends its certificate alone.
    #[error("its certificate comes from an issuer that is not trusted")]
    OfLeaf,
}

impl MissingIssuer {
    /// Follows the names of the issuers from the server's certificate; nothing when it cannot be read.
    pub(super) fn of(
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
    ) -> Option<Self> {
        let (mut issuer, subject) = names(end_entity)?;
        if issuer == subject {
            return Some(Self::SelfSigned);
        }
        let mut left: Vec<Names> = intermediates.iter().filter_map(names).collect();
        let mut missing = Self::OfLeaf;
        // Each certificate is followed once, because names may go in a circle.
        while let Some(position) = left.iter().position(|(_, subject)| *subject == issuer) {
            let (next, subject) = left.swap_remove(position);
            if next == subject {
                return Some(Self::OfRoot);
            }
            issuer = next;
            missing = Self::OfIntermediate;
        }
        Some(missing)
    }

    /// Node's error code.
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::SelfSigned => "DEPTH_ZERO_SELF_SIGNED_CERT",
            Self::OfRoot => "SELF_SIGNED_CERT_IN_CHAIN",
            Self::OfIntermediate => "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
            Self::OfLeaf => "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
        }
    }
}

/// Issuer and subject, in DER.
type Names = (Vec<u8>, Vec<u8>);

fn names(certificate: &CertificateDer<'_>) -> Option<Names> {
    let parsed = EndEntityCert::try_from(certificate).ok()?;
    Some((parsed.issuer().to_owned(), parsed.subject().to_owned()))
}

#[cfg(test)]
mod tests {
    use rcgen::{
        BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, Issuer, KeyPair,
    };

    use super::*;

    fn params(name: &str, is_ca: bool) -> CertificateParams {
        let mut params = CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
        params.distinguished_name.push(DnType::CommonName, name);
        if is_ca {
            params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        }
        params
    }

    fn leaf(issuer: &Issuer<'_, KeyPair>) -> CertificateDer<'static> {
        let key = KeyPair::generate().unwrap();
        let certificate = params("leaf", false).signed_by(&key, issuer).unwrap();
        certificate.der().clone()
    }

    #[test]
    fn a_certificate_that_signs_itself_is_told_whether_it_is_a_ca_or_not() {
        for is_ca in [false, true] {
            let key = KeyPair::generate().unwrap();
            let certificate = params("leaf", is_ca).self_signed(&key).unwrap();

            let missing = MissingIssuer::of(certificate.der(), &[]);
            assert_eq!(missing, Some(MissingIssuer::SelfSigned));
        }
    }

    #[test]
    fn the_end_of_the_chain_decides() {
        let key = || KeyPair::generate().unwrap();
        let root = CertifiedIssuer::self_signed(params("root", true), key()).unwrap();
        let inner = CertifiedIssuer::signed_by(params("inner", true), key(), &root).unwrap();
        let (of_root, of_inner) = (leaf(&root), leaf(&inner));
        let (root, inner) = (root.der().clone(), inner.der().clone());
        let cases = [
            (&of_root, vec![], MissingIssuer::OfLeaf),
            (&of_inner, vec![], MissingIssuer::OfLeaf),
            (&of_inner, vec![root.clone()], MissingIssuer::OfLeaf),
            (&of_root, vec![root.clone()], MissingIssuer::OfRoot),
            (
                &of_inner,
                vec![inner.clone()],
                MissingIssuer::OfIntermediate,
            ),
            (&of_inner, vec![root, inner], MissingIssuer::OfRoot),
        ];

        for (certificate, intermediates, expected) in cases {
            let missing = MissingIssuer::of(certificate, &intermediates);
            assert_eq!(missing, Some(expected));
        }
    }

    #[test]
    fn what_is_no_certificate_has_no_issuer() {
        assert_eq!(
            MissingIssuer::of(&CertificateDer::from(vec![1, 2, 3]), &[]),
            None
        );
    }
}
