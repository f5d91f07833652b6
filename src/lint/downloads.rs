//! Downloads of a `RUN`.

use crate::lint::checker::Run;

/// What compares a download with what it should be.
const VERIFIERS: [&str; 14] = [
    "sha1sum",
    "sha224sum",
    "sha256sum",
    "sha384sum",
    "sha512sum",
    "b2sum",
    "shasum",
    "md5sum",
    "gpg",
    "gpg2",
    "gpgv",
    "cosign",
    "minisign",
    "openssl",
];

/// Whether a `RUN` compares something with a checksum or a signature.
pub(super) fn is_verified(run: &Run<'_>) -> bool {
    run.commands.iter().any(|it| VERIFIERS.contains(&it.name()))
}
