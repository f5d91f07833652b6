use crate::{
    lint::{
        checker::{Checker, Finding},
        declare::rule,
        texts::texts,
    },
    text::Span,
};

rule! {
    /// Keys of well-known services have a form of their own, and programs look for that form in every public image within
    /// minutes. A key that was in a file is known: it has to be replaced, not only removed.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// ENV KEY_ID=AKIA2E0A8F3B244C9986
    /// #          ^^^^^^^^^^^^^^^^^^^^ this looks like an access key of AWS
    /// COPY <<EOF /root/.ssh/id_rsa
    /// -----BEGIN OPENSSH PRIVATE KEY-----
    /// #^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ this looks like a private key
    /// EOF
    /// ```
    ///
    /// Secret mounts hand such things to a build, and keep nothing. Keys of manuals are no keys.
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// ENV KEY_ID=AKIAIOSFODNN7EXAMPLE NAME=xAKIA2E0A8F3B244C9986 TOKEN=ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
    /// RUN --mount=type=secret,id=aws,target=/root/.aws/credentials aws s3 cp s3://corp/app .
    /// RUN grep -q "BEGIN CERTIFICATE" /etc/ssl/cert.pem
    /// ```
    DW603 "secret-value" Error On
    "KICS tally:secrets-in-code"
    check
}

/// How a key begins, how many letters follow at least, and whose it is.
const KEYS: [(&str, usize, &str); 32] = [
    ("AKIA", 16, "an access key of AWS"),
    ("ASIA", 16, "an access key of AWS"),
    ("AIza", 35, "a key of Google"),
    ("GOCSPX-", 28, "a secret of Google"),
    ("ghp_", 36, "a token of GitHub"),
    ("gho_", 36, "a token of GitHub"),
    ("ghu_", 36, "a token of GitHub"),
    ("ghs_", 36, "a token of GitHub"),
    ("ghr_", 36, "a token of GitHub"),
    ("github_pat_", 60, "a token of GitHub"),
    ("glpat-", 20, "a token of GitLab"),
    ("gldt-", 20, "a token of GitLab"),
    ("glrt-", 20, "a token of GitLab"),
    ("dckr_pat_", 27, "a token of Docker Hub"),
    ("npm_", 36, "a token of npm"),
    ("pypi-AgE", 50, "a token of PyPI"),
    ("rubygems_", 48, "a key of RubyGems"),
    ("xoxb-", 20, "a token of Slack"),
    ("xoxp-", 20, "a token of Slack"),
    ("xoxa-", 20, "a token of Slack"),
    ("xapp-", 20, "a token of Slack"),
    ("sk_live_", 24, "a key of Stripe"),
    ("rk_live_", 24, "a key of Stripe"),
    ("SG.", 60, "a key of SendGrid"),
    ("sk-ant-", 40, "a key of Anthropic"),
    ("sk-proj-", 40, "a key of OpenAI"),
    ("hf_", 34, "a token of Hugging Face"),
    ("dop_v1_", 64, "a token of DigitalOcean"),
    ("shpat_", 32, "a token of Shopify"),
    ("hvs.", 24, "a token of Vault"),
    ("AGE-SECRET-KEY-1", 58, "a key of age"),
    ("eyJ", 60, "a signed token"),
];
const BEGIN: &str = "-----BEGIN ";
/// Fewer different letters are somebody's placeholder.
const MIN_LETTERS: u32 = 8;

/// Shorter words are no keys.
const SHORTEST: usize = 20;
/// How a key in armour begins, as far as it is a word.
const ARMOUR: &str = "-----BEGIN";

/// What a byte is to a word, for each byte.
static BYTES: [Byte; 256] = bytes();

#[derive(Clone, Copy, PartialEq, Eq)]
enum Byte {
    /// It ends a word.
    Other,
    /// It is in a word.
    Letter,
    /// It is in a word, and may be the first one of a key.
    First,
}

fn kind(byte: u8) -> Byte {
    BYTES.get(usize::from(byte)).copied().unwrap_or(Byte::Other)
}

const fn bytes() -> [Byte; 256] {
    let mut bytes = [Byte::Other; 256];
    let mut rest: &mut [Byte] = &mut bytes;
    let mut at = 0_u8;
    while let [byte, others @ ..] = rest {
        if at.is_ascii_alphanumeric() || matches!(at, b'_' | b'-' | b'.') {
            *byte = if is_first(at) { Byte::First } else { Byte::Letter };
        }
        at = at.saturating_add(1);
        rest = others;
    }
    bytes
}

const fn is_first(byte: u8) -> bool {
    let mut keys: &[(&str, usize, &str)] = &KEYS;
    while let [(begin, ..), rest @ ..] = keys {
        if matches!(begin.as_bytes(), [first, ..] if *first == byte) {
            return true;
        }
        keys = rest;
    }
    false
}

fn check(checker: &Checker<'_>) {
    for text in texts(checker) {
        let all = text.as_str();
        let bytes = all.as_bytes();
        let is_end = |it: &u8| kind(*it) == Byte::Other;
        // A byte that ends a word stands before this place, or nothing.
        let mut at = 0;
        // A word that is long enough goes on for some bytes: others are passed with a look or two.
        while let Some((before, behind)) = bytes.split_at_checked(at + ARMOUR.len() - 1)
            && let Some(last) = behind.first()
        {
            let least = before.len();
            if is_end(last) {
                at = least + 1;
                continue;
            }
            let start = before.iter().skip(at).rposition(is_end).map_or(at, |it| at + it + 1);
            let end = behind.iter().position(is_end).map_or(all.len(), |it| least + it);
            at = end + 1;
            let word = all.get(start..end).unwrap_or_default();
            if word.len() < ARMOUR.len() {
                continue;
            }
            // The dashes of a key in its armour are letters here.
            let armour = end - ARMOUR.len();
            if word.ends_with(ARMOUR)
                && let Some(len) = private_key(all.get(armour..).unwrap_or_default())
            {
                report(checker, text.at(armour, armour + len), "a private key");
            } else if word.len() >= SHORTEST
                && word.bytes().next().map(kind) == Some(Byte::First)
                && let Some(what) = key(word)
            {
                report(checker, text.at(start, end), what);
            }
        }
    }
}

fn report(checker: &Checker<'_>, span: Span, what: &str) {
    checker.report(Finding::new(
        span,
        format!("this looks like {what}"),
        "Replace the key where it is from, and use RUN --mount=type=secret.",
    ));
}

/// How long the first line of a private key is, if the text starts with one.
fn private_key(text: &str) -> Option<usize> {
    let line = text.get(..text.len().min(60)).or_else(|| text.lines().next())?;
    let behind = line.strip_prefix(BEGIN)?;
    let end = behind.find("PRIVATE KEY-----")?;
    let is_kind = |it: u8| it.is_ascii_uppercase() || it == b' ';
    let is_named = behind.get(..end)?.bytes().all(is_kind);
    is_named.then_some(BEGIN.len() + end + "PRIVATE KEY-----".len())
}

/// Whose key a word is.
fn key(word: &str) -> Option<&'static str> {
    let (begin, least, what) = KEYS.iter().find(|it| word.starts_with(it.0))?;
    let rest = word.get(begin.len()..)?;
    let is_right = match *begin {
        "AKIA" | "ASIA" => {
            rest.len() == *least
                && rest.bytes().all(|it| it.is_ascii_uppercase() || it.is_ascii_digit())
        }
        "eyJ" => word.split('.').count() == 3 && word.split('.').all(|it| it.len() > 15),
        _ => true,
    };
    let letters = rest.bytes().take(*least).fold(0u128, |all, it| all | 1u128 << (it & 127));
    let is_example = rest.contains("EXAMPLE") || rest.contains("example");
    (is_right && rest.len() >= *least && letters.count_ones() >= MIN_LETTERS && !is_example)
        .then_some(*what)
}
