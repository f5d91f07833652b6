//! What `apk` leaves behind.

use crate::lint::{cache::Cache, packages::APK};

/// The index, and packages for the next time.
pub(crate) const CACHE: Cache = Cache {
    names: APK,
    fills: &["add"],
    empties: &[],
    paths: &["/var/cache/apk", "/etc/apk/cache"],
    moves: &[],
    flags: &["--no-cache", "--cache-dir", "--root", "-p"],
};
