//! The page's files, read once: a request can only name what was there at the start, so no path can lead elsewhere.

use std::{collections::BTreeMap, io, path::Path};

use axum::{
    body::Body,
    http::{HeaderValue, Method, Response, StatusCode, header},
    response::IntoResponse as _,
};
use bytes::Bytes;

/// The largest page, in bytes.
const MAX_PAGE: usize = 64 * 1024 * 1024;

/// The files by path, such as `/assets/index-abc.js`.
#[derive(Debug, Default)]
pub(crate) struct Assets(BTreeMap<String, Asset>);

#[derive(Debug)]
struct Asset {
    media_type: &'static str,
    /// Whether the name changes with the content.
    hashed: bool,
    bytes: Bytes,
}

/// Why there is no page.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NoPage {
    /// Nothing there.
    #[error(
        "there is no page in {0}: index.html is missing. Run `cargo xtask serve`, which builds it, or say where it is: \
         dockwright serve --page DIR"
    )]
    Missing(String),
    /// Something there, which cannot be read.
    #[error("the page in {folder} cannot be read: {error}")]
    Unreadable {
        /// The folder.
        folder: String,
        /// Why.
        error: io::Error,
    },
}

impl Assets {
    /// Reads the files of a folder. Links are not followed.
    pub(crate) fn read(folder: &Path) -> Result<Self, NoPage> {
        let shown = folder.display().to_string();
        if !folder.join("index.html").is_file() {
            return Err(NoPage::Missing(shown));
        }
        let mut assets = BTreeMap::new();
        let read = read_into(&mut assets, folder, "");
        read.map_err(|error| NoPage::Unreadable { folder: shown, error })?;
        Ok(Self(assets))
    }

    /// Answers a request for a file.
    pub(crate) fn answer(&self, method: &Method, path: &str) -> Response<Body> {
        if !matches!(*method, Method::GET | Method::HEAD) {
            return (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "GET, HEAD")])
                .into_response();
        }
        let path = if path == "/" { "/index.html" } else { path };
        let Some(Asset { media_type, hashed, bytes }) = self.0.get(path) else {
            return (StatusCode::NOT_FOUND, "Not found\n").into_response();
        };
        let caching = if *hashed { "public, max-age=31536000, immutable" } else { "no-cache" };
        let headers = [(header::CONTENT_TYPE, *media_type), (header::CACHE_CONTROL, caching)];
        let mut response = (headers, bytes.clone()).into_response();
        if *method == Method::HEAD {
            response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(bytes.len()));
            *response.body_mut() = Body::empty();
        }
        response
    }
}

fn read_into(assets: &mut BTreeMap<String, Asset>, folder: &Path, prefix: &str) -> io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let Some(name) = entry.file_name().to_str().map(str::to_owned) else { continue };
        let path = format!("{prefix}/{name}");
        let kind = entry.file_type()?;
        if kind.is_dir() {
            read_into(assets, &entry.path(), &path)?;
        } else if kind.is_file() {
            let bytes = Bytes::from(std::fs::read(entry.path())?);
            let hashed = prefix.starts_with("/assets");
            assets.insert(path, Asset { media_type: media_type(&name), hashed, bytes });
            if assets.values().map(|it| it.bytes.len()).sum::<usize>() > MAX_PAGE {
                return Err(io::Error::other("it is too large"));
            }
        }
    }
    Ok(())
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, extension)| extension) {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("json" | "map") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        Some("webmanifest") => "application/manifest+json",
        Some("txt" | "md") => "text/plain; charset=utf-8",
        Some(_) | None => "application/octet-stream",
    }
}
