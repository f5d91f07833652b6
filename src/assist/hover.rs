//! What something in a file is: Markdown for the place under a cursor.

use super::{
    names::{Names, Occurrence, Role, SymbolKind},
    reference,
    values::Values,
};
use crate::{
    image::anatomy::{anatomy, help, well_known},
    lint::{rules, suppress::suppressions},
    scope::Stages,
    syntax::{Instruction, InstructionKind, Parse, Text},
    text::{LineIndex, Span},
};

/// More rules of one name are not explained at once.
const MAX_RULES: usize = 3;

/// What there is to say about a part of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hover {
    /// The part.
    pub span: Span,
    /// Markdown.
    pub text: String,
}

/// What there is to say about a place.
pub fn hover(source: &str, parse: &Parse<'_>, at: u32) -> Option<Hover> {
    let touches = |it: Span| it.start <= at && at <= it.end;
    if let Some(it) = rule(source, parse, at) {
        return Some(it);
    }
    if let Some(it) = parse.directives.iter().find(|it| touches(it.span)) {
        let text = reference::directive(&it.name)?.to_owned();
        return Some(Hover { span: it.span, text });
    }
    let names = Names::new(source, parse);
    if let Some(it) = names.at(at) {
        let text = match names.symbol(it)?.kind {
            SymbolKind::Stage(stage) => self::stage(source, parse, stage),
            SymbolKind::Variable => variable(source, parse, &names, it),
        };
        return text.map(|text| Hover { span: it.span, text });
    }
    let next = parse.instructions.partition_point(|it| it.span.end < at);
    let instruction = parse.instructions.get(next).filter(|it| touches(it.span))?;
    self::instruction(instruction, at)
}

fn instruction(it: &Instruction<'_>, at: u32) -> Option<Hover> {
    let touches = |it: Span| it.start <= at && at <= it.end;
    if let InstructionKind::Onbuild(onbuild) = &it.kind
        && touches(onbuild.instruction.span)
    {
        return instruction(&onbuild.instruction, at);
    }
    let keyword = it.kind.keyword()?;
    if touches(it.keyword()) {
        let (form, text) = reference::instruction(keyword);
        let text = format!("```dockerfile\n{form}\n```\n\n{text}");
        return Some(Hover { span: it.keyword(), text });
    }
    if let InstructionKind::From(from) = &it.kind
        && touches(from.image.span)
    {
        return image(&from.image);
    }
    let flags = it.flags();
    let flag = flags.iter().find(|it| touches(it.span))?;
    if let Some(value) = flag.value.as_ref().filter(|it| touches(it.span) && &*flag.name == "from")
    {
        return image(value);
    }
    let text = reference::flag(keyword, &flag.name)?;
    Some(Hover { span: flag.span, text: format!("`--{}`: {text}", flag.name.as_str()) })
}

/// A rule that a comment names.
fn rule(source: &str, parse: &Parse<'_>, at: u32) -> Option<Hover> {
    let names = suppressions(source, parse).into_iter().flat_map(|it| it.names);
    let name = names.into_iter().find(|it| it.span.start <= at && at <= it.span.end)?;
    let found = rules().filter(|it| it.is_called(&name.text)).take(MAX_RULES);
    let texts: Vec<_> = found
        .map(|it| {
            // What the examples are marked with says nothing to an editor.
            let docs = it.markdown().replace("```dockerfile bad", "```dockerfile");
            let docs = docs.replace("```dockerfile good", "```dockerfile");
            let docs = docs.replace("```dockerfile fixed", "```dockerfile");
            format!("**{} {}**\n\n{}", it.code, it.name, docs.trim())
        })
        .collect();
    (!texts.is_empty()).then(|| Hover { span: name.span, text: texts.join("\n\n---\n\n") })
}

/// An image name taken apart.
fn image(name: &Text<'_>) -> Option<Hover> {
    let span = name.span;
    if name.contains('$') {
        return None;
    }
    if name.as_str() == "scratch" {
        return Some(Hover { span, text: "Nothing: an image without a file.".to_owned() });
    }
    let parts = match anatomy(name) {
        Ok(it) => it,
        Err(error) => {
            return Some(Hover { span, text: format!("{error}. {}", help(&error, name)) });
        }
    };
    let mut text = "| part | | |\n|---|---|---|\n".to_owned();
    for it in parts {
        let role = format!("{:?}", it.role).to_lowercase();
        let known = well_known(&it.text).filter(|_| role == "registry");
        let known = known.map_or(String::new(), |it| format!(" ({it})"));
        text.push_str(&format!("| {role} | `{}`{known} | {} |\n", it.text, it.rule));
    }
    Some(Hover { span, text })
}

fn stage(source: &str, parse: &Parse<'_>, at: usize) -> Option<String> {
    let stages = Stages::new(parse);
    let it = stages.list.get(at)?;
    let line = LineIndex::new(source).line(it.head.span.start);
    let image = it.from.map_or("", |it| it.image.as_str());
    let mut text =
        format!("The stage `{}`, in line {line}, from `{image}`.", stages.display_name(at));
    let docs: Vec<_> = parse.doc_texts(it.head, source).collect();
    if !docs.is_empty() {
        text.push_str(&format!("\n\n{}", docs.join("\n")));
    }
    Some(text)
}

fn variable(source: &str, parse: &Parse<'_>, names: &Names, it: &Occurrence) -> Option<String> {
    let name = &names.symbol(it)?.name;
    let is_defined_here = matches!(it.role, Role::Definition | Role::Declaration);
    // Where it is defined, it is what it is below.
    let until = if is_defined_here { it.instruction + 1 } else { it.instruction };
    let values = Values::new(parse, it.stage, until);
    let Some(from) = names.definition(it) else {
        return Some(match values.get(name) {
            Some(value) => format!("Every build has `{name}`: here it may be `{value}`."),
            None => format!("This file does not set `{name}`: the base image or the shell may."),
        });
    };
    let line = LineIndex::new(source).line(from.start);
    let can_change = values.arguments.contains(name);
    let mut text = match values.get(name) {
        Some("") => format!("`{name}` is empty here: line {line}."),
        Some(value) => format!("`{name}` is `{value}` here: line {line}."),
        None => format!("`{name}` is set in line {line}; its value is not in this file."),
    };
    if can_change {
        text.push_str(&format!(" `--build-arg {name}=…` gives it another value."));
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::syntax::parse;

    /// What is said where `|` stands.
    #[expect(clippy::needless_pass_by_value, reason = "so it is called")]
    #[track_caller]
    fn check(source: &str, expected: Expect) {
        let at = source.find('|').unwrap();
        let source = source.replacen('|', "", 1);
        let text = match hover(&source, &parse(&source), u32::try_from(at).unwrap()) {
            Some(it) => format!("{}\n{}\n", it.span.slice(&source), it.text),
            None => "nothing\n".to_owned(),
        };
        expected.assert_eq(&text);
    }

    #[test]
    fn instructions_flags_and_directives_say_what_they_are_for() {
        check(
            "FROM a\nWOR|KDIR /x\n",
            expect![[r#"
            WORKDIR
            ```dockerfile
            WORKDIR path
            ```

            The folder of the instructions below and of the container; it is made if it is not there.
        "#]],
        );
        check(
            "FROM a\nONBUILD US|ER x\n",
            expect![[r#"
            USER
            ```dockerfile
            USER name[:group]
            ```

            The user of the instructions below and of the container.
        "#]],
        );
        check(
            "FROM a\nCOPY --li|nk a b\n",
            expect![[r#"
            --link
            `--link`: A layer of its own, which stays in the cache when layers below it change. Links in the destination are not followed.
        "#]],
        );
        check(
            "# esc|ape=`\nFROM a\n",
            expect![[r#"
            # escape=`
            The character that continues lines and escapes others: `\` or a backtick.
        "#]],
        );
        check(
            "FROM a\nRUN ec|ho\n",
            expect![[r#"
            nothing
        "#]],
        );
        check(
            "FROM a\nNO|PE\n",
            expect![[r#"
            nothing
        "#]],
        );
        check(
            "|",
            expect![[r#"
            nothing
        "#]],
        );
    }

    #[test]
    fn images_are_taken_apart() {
        check(
            "FROM gh|cr.io/a/b:1\n",
            expect![[r#"
            ghcr.io/a/b:1
            | part | | |
            |---|---|---|
            | registry | `ghcr.io` (GitHub Container Registry) | The first part is a registry: it has a dot or a colon, or is localhost. |
            | namespace | `a` | The parts between registry and repository are the namespace. |
            | repository | `b` | The last part before the tag is the repository. |
            | tag | `1` | The tag follows a colon. Its owner can move it to another image. |

        "#]],
        );
        check(
            "FROM scr|atch\n",
            expect![[r#"
            scratch
            Nothing: an image without a file.
        "#]],
        );
        check(
            "FROM a\nCOPY --from=Deb|ian a b\n",
            expect![[r#"
            Debian
            invalid reference format: repository name (library/Debian) must be lowercase. Write the name in small letters. Only the tag may have capitals.
        "#]],
        );
    }

    #[test]
    fn names_say_where_they_come_from() {
        check(
            "# Compiles it.\nFROM a AS build\nFROM b\nCOPY --from=bu|ild a b\n",
            expect![[r#"
            build
            The stage `build`, in line 2, from `a`.

            Compiles it.
        "#]],
        );
        check(
            "ARG V=1\nFROM a:$|V\n",
            expect![[r#"
            V
            `V` is `1` here: line 1. `--build-arg V=…` gives it another value.
        "#]],
        );
        check(
            "FROM a:$TARGET|ARCH\n",
            expect![[r#"
            TARGETARCH
            Every build has `TARGETARCH`: here it may be `amd64`.
        "#]],
        );
        check(
            "ARG V=1\nFROM a\nARG V\nENV W=\"v$V\"\nRUN echo $|W\n",
            expect![[r#"
            W
            `W` is `v1` here: line 4.
        "#]],
        );
        check(
            "ARG V=1\nFROM a\nARG |V\n",
            expect![[r#"
            V
            `V` is `1` here: line 1. `--build-arg V=…` gives it another value.
        "#]],
        );
        check(
            "FROM a\nENV A=$B\nUSER $|A\n",
            expect![[r#"
            A
            `A` is set in line 2; its value is not in this file.
        "#]],
        );
        check(
            "FROM a\nENV A=\nUSER $|A\n",
            expect![[r#"
            A
            `A` is empty here: line 2.
        "#]],
        );
        check(
            "FROM a\nUSER $|A\n",
            expect![[r#"
            A
            This file does not set `A`: the base image or the shell may.
        "#]],
        );
    }

    #[test]
    fn a_comment_explains_the_rules_that_it_names() {
        check(
            "FROM a\n# hadolint ignore=DL4|000\nMAINTAINER x\n",
            expect![[r#"
            DL4000
            **DW716 maintainer**

            `MAINTAINER` is deprecated since 2017: it can hold one text, and few tools show it.

            ```dockerfile
            FROM debian:13
            MAINTAINER Jo "J" <jo@example.org>
            #^^^^^^^^^ `MAINTAINER` is deprecated
            ```

            A label is read by every tool, and can be searched for.

            ```dockerfile
            FROM debian:13
            LABEL org.opencontainers.image.authors="Jo \"J\" <jo@example.org>"
            ```
        "#]],
        );
        check(
            "FROM a\n# hadolint ignore=DL9|999\nMAINTAINER x\n",
            expect![[r#"
            nothing
        "#]],
        );
    }
}
