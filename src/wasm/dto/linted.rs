//! What the linter says about a file, and a file that it has repaired.

use serde::Serialize;
use tsify::Tsify;

use crate::{
    lint::fix,
    syntax::{self, parse},
    terminal::{self, Review},
    text::{LineIndex, to_u32},
    wasm::dto::analysis::{Finding, Token},
};

/// What the linter says about a Dockerfile.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Linted {
    /// By place.
    findings: Vec<Finding>,
    /// How many findings there are behind these.
    more: u32,
    /// What comments silence, by place.
    silenced: Vec<Finding>,
    tokens: Vec<Token>,
    /// Why the `.dockerignore` cannot be used.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    ignore_error: Option<String>,
    /// How many rules have looked.
    rules: u32,
    instructions: u32,
    stages: u32,
}

/// A repaired file.
#[derive(Serialize, Tsify)]
pub struct Fixed {
    text: String,
    made: Vec<Repair>,
}

/// A repair that was made.
#[derive(Serialize, Tsify)]
pub struct Repair {
    /// The rule's.
    code: String,
    title: String,
}

/// As many findings go to the page.
const MAX_FINDINGS: usize = 1_000;
/// A larger file has no colours.
const MAX_COLOURED: usize = 1 << 20;

impl Linted {
    pub(in crate::wasm) fn of(source: &str, review: Review) -> Self {
        let Review { shown, silenced, ignore_error, rules, instructions, stages } = review;
        let index = LineIndex::new(source);
        let silenced = silenced.into_iter().take(MAX_FINDINGS);
        let silenced = silenced.map(|it| terminal::Finding { diagnostic: it, check: None });
        let tokens =
            if source.len() > MAX_COLOURED { Vec::new() } else { syntax::tokens(&parse(source)) };
        Self {
            findings: shown.iter().take(MAX_FINDINGS).map(|it| Finding::new(it, &index)).collect(),
            more: to_u32(shown.len().saturating_sub(MAX_FINDINGS)),
            silenced: silenced.map(|it| Finding::new(&it, &index)).collect(),
            tokens: tokens.iter().map(|it| Token::new(it, &index)).collect(),
            ignore_error: ignore_error.map(|it| it.to_string()),
            rules: to_u32(rules),
            instructions: to_u32(instructions),
            stages: to_u32(stages),
        }
    }
}

impl From<fix::Fixed> for Fixed {
    fn from(it: fix::Fixed) -> Self {
        let fix::Fixed { text, made } = it;
        let repair = |(code, title): (&str, String)| Repair { code: code.to_owned(), title };
        Self { text, made: made.into_iter().map(repair).collect() }
    }
}
