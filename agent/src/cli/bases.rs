//! The base images that are known: those of `--base`, and a few well-known ones.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    fs,
    path::PathBuf,
};

use dockwright::{
    engine::hub::Hub,
    image::{Config, Platform, Reference},
    json::{self, Read as _, Value},
    simulate::{self, BaseImage, History},
};

use super::{Failed, print::printable};

/// What `FROM` finds.
pub(super) struct Bases {
    given: BTreeMap<String, BaseImage>,
    hub: Hub,
    /// Which of the well-known ones were used.
    used: RefCell<BTreeSet<String>>,
}

impl Bases {
    /// Reads the files of `IMAGE=FILE`.
    pub(super) fn read(given: &[String]) -> Result<Self, Failed> {
        let mut bases = BTreeMap::new();
        for it in given {
            let Some((name, path)) = it.rsplit_once('=') else {
                return Err(Failed::usage(format!("`--base {it}` has no file"))
                    .help("say --base IMAGE=FILE"));
            };
            let reference: Reference = name
                .parse()
                .map_err(|error| Failed::usage(format!("`--base {it}`: `{name}`: {error}")))?;
            let path = PathBuf::from(path);
            let save = format!("save there what `docker image inspect {name}` prints");
            let text =
                fs::read_to_string(&path).map_err(|it| Failed::read(&path, &it).help(&save))?;
            let base = json::parse(&text).and_then(|it| image(&it)).ok_or_else(|| {
                let path = printable(&path.display().to_string());
                Failed::usage(format!("{path} holds no image")).help(&save)
            })?;
            bases.insert(reference.with_default_tag().to_string(), base);
        }
        Ok(Self { given: bases, hub: Hub::default(), used: RefCell::default() })
    }

    /// The well-known images that were used, by their familiar names.
    pub(super) fn used(&self) -> Vec<String> {
        self.used.borrow().iter().cloned().collect()
    }
}

impl simulate::Bases for Bases {
    fn find(&self, image: &Reference, _: &Platform) -> Option<BaseImage> {
        let wanted = image.clone().with_default_tag();
        if let Some(found) = self.given.get(&wanted.to_string()) {
            return Some(found.clone());
        }
        let known = self.hub.find(&wanted)?;
        self.used.borrow_mut().insert(wanted.familiar());
        Some(known.image.config.clone().into())
    }
}

/// An image as `docker image inspect` prints it, as a registry holds it, or its configuration alone.
fn image(value: &Value) -> Option<BaseImage> {
    let value = match value {
        Value::Array(items) => items.first()?,
        it => it,
    };
    let one_of = |names: [&str; 2]| names.iter().find_map(|it| value.get(it));
    let text = |names| one_of(names).and_then(Value::text).unwrap_or_default().to_owned();
    let config = match one_of(["Config", "config"]) {
        Some(Value::Null) => Config::default(),
        Some(it) => Config::read(it)?,
        None => Config::read(value)?,
    };
    let mut platform = Platform::default();
    if one_of(["Architecture", "architecture"]).is_some() {
        platform.os = text(["Os", "os"]);
        platform.architecture = text(["Architecture", "architecture"]);
        platform.variant = text(["Variant", "variant"]);
    }
    let rows = match value.get("history") {
        Some(Value::Array(rows)) => rows.as_slice(),
        _ => &[],
    };
    Some(BaseImage {
        config,
        platform: platform.into(),
        history: rows.iter().map(history).collect(),
        author: text(["Author", "author"]),
    })
}

fn history(row: &Value) -> History {
    let text = |name: &str| row.get(name).and_then(Value::text).unwrap_or_default().to_owned();
    History {
        created_by: text("created_by"),
        comment: text("comment"),
        empty_layer: row.get("empty_layer") == Some(&Value::Bool(true)),
        author: text("author"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_image_is_read_in_each_of_its_forms() {
        let plain = r#"{"User":"u","ExposedPorts":{"80/tcp":{}},"Volumes":null,"Env":["A=1"]}"#;
        let inspect = format!(
            r#"[{{"Id":"sha256:1","Config":{plain},"Architecture":"arm64","Os":"linux","Variant":"v8"}}]"#
        );
        let stored = format!(
            r#"{{"architecture":"arm64","os":"linux","variant":"v8","config":{plain},"author":"a","history":[{{"created_by":"x","empty_layer":true}}]}}"#
        );
        let read = |text: &str| image(&json::parse(text).unwrap()).unwrap();
        assert_eq!(read(plain).config, read(&inspect).config);
        assert_eq!(read(plain).config, read(&stored).config);
        assert!(read(plain).config.exposed_ports.contains("80/tcp"));
        assert_eq!(read(&inspect).platform.to_string(), "linux/arm64/v8");
        let stored = read(&stored);
        assert_eq!((stored.author.as_str(), stored.history.len()), ("a", 1));
        assert!(image(&json::parse("[]").unwrap()).is_none());
    }
}
