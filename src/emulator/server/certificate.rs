//! The certificates of one emulator: an authority of its own, and a leaf that it signs.

use std::net::IpAddr;

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, ExtendedKeyUsagePurpose, IsCa,
    KeyPair, KeyUsagePurpose, SanType,
};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use time::{Duration, OffsetDateTime};

use crate::emulator::plane::HOSTS;

// Some clients refuse a leaf that is good for longer than 398 days.
const VALIDITY: Duration = Duration::days(365);

/// What a TLS server needs, and what its clients do.
pub(super) struct Certificates {
    /// The authority, for clients to trust.
    pub(super) authority_pem: String,
    pub(super) leaf: CertificateDer<'static>,
    pub(super) leaf_key: PrivateKeyDer<'static>,
}

impl Certificates {
    /// Makes both. The leaf covers the emulated hosts, `localhost`, and `address` besides the
    /// loopback addresses.
    pub(super) fn generate(address: IpAddr, now: OffsetDateTime) -> Result<Self, rcgen::Error> {
        let authority = CertifiedIssuer::self_signed(authority(now), KeyPair::generate()?)?;
        let leaf_key = KeyPair::generate()?;
        let leaf = leaf(address, now)?.signed_by(&leaf_key, &authority)?;
        Ok(Self {
            authority_pem: authority.pem(),
            leaf: leaf.der().clone(),
            leaf_key: leaf_key.into(),
        })
    }
}

fn authority(now: OffsetDateTime) -> CertificateParams {
    let mut params = CertificateParams::default();
    params
        .distinguished_name
        .push(DnType::CommonName, "Synapse emulator authority");
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    set_validity(&mut params, now);
    params
}

fn leaf(address: IpAddr, now: OffsetDateTime) -> Result<CertificateParams, rcgen::Error> {
    let mut names = vec!["localhost".to_owned()];
    names.extend(HOSTS.map(str::to_owned));
    let mut params = CertificateParams::new(names)?;
    let mut addresses: Vec<IpAddr> = vec![[127, 0, 0, 1].into(), [0, 0, 0, 0, 0, 0, 0, 1].into()];
    if !address.is_unspecified() && !addresses.contains(&address) {
        addresses.push(address);
    }
    params
        .subject_alt_names
        .extend(addresses.into_iter().map(SanType::IpAddress));
    params
        .distinguished_name
        .push(DnType::CommonName, "Synapse emulator");
    params.is_ca = IsCa::ExplicitNoCa;
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    // Python 3.13 and later refuse a leaf without it.
    params.use_authority_key_identifier_extension = true;
    set_validity(&mut params, now);
    Ok(params)
}

/// A day of margin lies before `now`, for clients whose clock is behind.
fn set_validity(params: &mut CertificateParams, now: OffsetDateTime) {
    params.not_before = now - Duration::DAY;
    params.not_after = now + VALIDITY;
}
