//! The commands of a script, one after the other, as rules ask about them.

#[cfg(test)]
mod tests;
mod tools;
mod words;
mod wrappers;

use std::{borrow::Cow, cell::OnceCell};

use crate::{
    shell::{Id, Kind, Source, Tree, parse},
    text::Span,
};

/// How deep scripts may stand in words of scripts: `sh -c "sh -c '…'"`.
const MAX_SCRIPTS: usize = 32;

/// A script, and the scripts in its words: `sh -c '…'`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Script {
    /// The script itself, and those inside it.
    pub trees: Vec<Tree>,
    /// Which word of which tree is which tree.
    inside: Vec<(usize, Id, usize)>,
}

/// A word of a command.
#[derive(Debug, Clone, Copy)]
pub struct Word<'t> {
    /// The tree that it stands in.
    pub tree: &'t Tree,
    /// Its node.
    pub id: Id,
}

/// A simple command: a name, and what it is given.
#[derive(Debug, Clone)]
pub struct Command<'t> {
    /// The tree that it stands in.
    pub tree: &'t Tree,
    /// Its node, of the kind `Simple`.
    pub id: Id,
    /// The programs in front that run it: `sudo`, `env`, `xargs`.
    pub through: Vec<&'t str>,
    /// The name and the arguments, without what runs it.
    pub words: Vec<Word<'t>>,
    /// See [`Command::name`]: every rule asks for it.
    name: &'t str,
    /// Its arguments, once somebody has asked for them.
    read: OnceCell<Read<'t>>,
}

/// What a program reads of its arguments.
#[derive(Debug, Clone)]
struct Read<'t> {
    args: Vec<Arg<'t>>,
    operands: Vec<Word<'t>>,
}

/// An argument, as the program reads it.
#[derive(Debug, Clone)]
pub enum Arg<'t> {
    /// `-y`, `--option value`, `--option=value`: the name with its dashes.
    Flag {
        /// `-y`, `--yes`.
        name: Cow<'t, str>,
        /// The value, in which expansions are as written.
        value: Option<Cow<'t, str>>,
        /// The word that holds the name.
        word: Word<'t>,
    },
    /// Anything else.
    Operand(Word<'t>),
}

impl<'t> Word<'t> {
    /// Its value, if no expansion changes it.
    pub fn value(self) -> Option<Cow<'t, str>> {
        self.tree.value(self.id)
    }

    /// Its value, in which expansions are as written.
    pub fn rough(self) -> Cow<'t, str> {
        self.tree.rough(self.id)
    }

    /// Its place in the Dockerfile.
    pub fn span(self) -> Span {
        self.tree.span(self.id)
    }
}

impl Script {
    /// Reads a script and those in its words.
    pub fn new(source: Source) -> Self {
        let mut script = Self { trees: vec![parse(source)], inside: Vec::new() };
        let mut at = 0;
        while let Some(tree) = script.trees.get(at) {
            let mut found = Vec::new();
            let is_shell = |id: Id| {
                let text = tree.text(id).trim_end_matches(['"', '\'']);
                (text.ends_with("sh") || text.ends_with("su"))
                    && wrappers::reads_scripts(program(tree, id))
            };
            let all = tree.all(Kind::Word).any(is_shell).then(|| commands(tree));
            for it in all.into_iter().flatten() {
                if let Some(word) = wrappers::script_word(&it)
                    && let Some(source) = tree.value_source(word.id)
                {
                    found.push((word.id, source));
                }
            }
            for (word, source) in found {
                if script.trees.len() < MAX_SCRIPTS {
                    script.inside.push((at, word, script.trees.len()));
                    script.trees.push(parse(source));
                }
            }
            at += 1;
        }
        script
    }

    /// The tree of the script itself.
    pub fn tree(&self) -> Option<&Tree> {
        self.trees.first()
    }

    /// All commands, in order; those of a script in a word follow the command with the word.
    pub fn commands(&self) -> Vec<Command<'_>> {
        let mut all = Vec::new();
        self.add(0, &mut all);
        all
    }

    fn add<'t>(&'t self, at: usize, all: &mut Vec<Command<'t>>) {
        let Some(tree) = self.trees.get(at) else { return };
        for it in commands(tree) {
            let word = wrappers::script_word(&it);
            all.push(it);
            let inside =
                self.inside.iter().find(|it| it.0 == at && Some(it.1) == word.map(|it| it.id));
            if let Some((.., inside)) = inside {
                self.add(*inside, all);
            }
        }
    }
}

/// The simple commands of one tree, in order.
pub fn commands(tree: &Tree) -> impl Iterator<Item = Command<'_>> {
    tree.all(Kind::Simple).map(|id| Command::new(tree, id))
}

impl<'t> Command<'t> {
    /// The command at a node of the kind `Simple`.
    pub fn new(tree: &'t Tree, id: Id) -> Self {
        let words =
            tree.children(id).filter(|it| matches!(tree.kind(*it), Kind::Word | Kind::Assignment));
        // What stands before the name is no argument.
        let words = words.skip_while(|it| tree.kind(*it) == Kind::Assignment);
        let mut words: Vec<_> = words.map(|id| Word { tree, id }).collect();
        let through = wrappers::unwrap(&mut words);
        let name = words.first().map_or("", |it| program(it.tree, it.id));
        Self { tree, id, through, words, name, read: OnceCell::new() }
    }

    /// The program's name without its folder; `""` if it has none or an expansion is in it.
    pub fn name(&self) -> &'t str {
        self.name
    }

    /// All words as they are written, with what runs it; without the assignments in front.
    pub fn all_words(&self) -> impl Iterator<Item = Word<'t>> {
        let tree = self.tree;
        tree.children_of(self.id, Kind::Word).map(move |id| Word { tree, id })
    }

    /// The words behind the name.
    pub fn arguments(&self) -> &[Word<'t>] {
        self.words.get(1..).unwrap_or_default()
    }

    /// Its place in the Dockerfile, from the first word to the last.
    pub fn span(&self) -> Span {
        self.tree.span(self.id)
    }

    /// The assignments before the name.
    pub fn assignments(&self) -> impl Iterator<Item = Id> {
        self.tree
            .children(self.id)
            .take_while(|it| self.tree.kind(*it) != Kind::Word)
            .filter(|it| self.tree.kind(*it) == Kind::Assignment)
    }

    /// The redirections: the operator, with the number before it, and the word.
    pub fn redirects(&self) -> impl Iterator<Item = (&'t str, Option<Word<'t>>)> {
        let tree = self.tree;
        tree.children_of(self.id, Kind::Redirect).map(move |it| {
            let mut parts = tree.children(it);
            let operator = parts.next().map_or("", |it| tree.text(it));
            (operator, parts.next().map(|id| Word { tree, id }))
        })
    }

    fn read(&self) -> &Read<'t> {
        self.read.get_or_init(|| {
            let args = tools::args(tools::tool(self.name), self.arguments());
            let operand = |it: &Arg<'t>| match it {
                Arg::Operand(word) => Some(*word),
                Arg::Flag { .. } => None,
            };
            let operands = args.iter().filter_map(operand).collect();
            Read { args, operands }
        })
    }

    /// The arguments as the program reads them, if it is one of those known.
    pub fn args(&self) -> &[Arg<'t>] {
        &self.read().args
    }

    /// The first operand, which says what a program with commands of its own does: `install`.
    pub fn subcommand(&self) -> Option<Cow<'t, str>> {
        self.operands().first()?.value()
    }

    /// The arguments that are no flags and no values of flags; the first is the subcommand, if the program has some.
    pub fn operands(&self) -> &[Word<'t>] {
        &self.read().operands
    }

    /// Whether one of these flags is given: `["-y", "--yes"]`.
    pub fn has_flag(&self, names: &[&str]) -> bool {
        self.args()
            .iter()
            .any(|it| matches!(it, Arg::Flag { name, .. } if names.contains(&&**name)))
    }

    /// The value of the last of these flags.
    pub fn flag(&self, names: &[&str]) -> Option<&str> {
        self.args().iter().rev().find_map(|it| match it {
            Arg::Flag { name, value, .. } if names.contains(&&**name) => value.as_deref(),
            Arg::Flag { .. } | Arg::Operand(_) => None,
        })
    }

    /// What it installs, if it is a package manager that installs: the words that name packages.
    pub fn packages(&self) -> Option<&[Word<'t>]> {
        let installs = tools::tool(self.name)?.installs;
        let (first, packages) = self.operands().split_first()?;
        let first = first.rough();
        installs.contains(&&*first).then_some(packages)
    }

    /// The operator that joins it with the command before, in a pipeline or an and-or list: `|`, `&&`, `||`, or `""`.
    pub fn before(&self) -> &'t str {
        self.beside(false)
    }

    /// The operator that joins it with the command behind: `|`, `&&`, `||`, or `""`.
    pub fn after(&self) -> &'t str {
        self.beside(true)
    }

    fn beside(&self, is_after: bool) -> &'t str {
        let tree = self.tree;
        let mut it = self.id;
        // The pipeline, then the and-or list.
        for _ in 0..2 {
            let above = tree.parent(it);
            let found = if is_after {
                tree.after(it).find(|it| tree.kind(*it) == Kind::Operator)
            } else {
                // Operators have no parts: one in front is the node before, or stands before comments.
                let mut before = (above + 1..it).rev();
                before
                    .find(|it| tree.kind(*it) != Kind::Comment)
                    .filter(|it| tree.kind(*it) == Kind::Operator && tree.parent(*it) == above)
            };
            if let Some(found) = found {
                return tree.text(found);
            }
            it = above;
        }
        ""
    }
}

/// The name of a program without its folder; `""` if an expansion is in it.
fn program(tree: &Tree, word: Id) -> &str {
    let mut parts = tree.children(word);
    let (Some(only), None) = (parts.next(), parts.next()) else { return "" };
    let text = match tree.kind(only) {
        Kind::Literal => tree.text(only),
        Kind::Single => tree.text(only).trim_matches('\''),
        Kind::Double => {
            let mut inside = tree.children(only);
            match (inside.next(), inside.next()) {
                (Some(it), None) if tree.kind(it) == Kind::Literal => tree.text(it),
                _ => "",
            }
        }
        _ => "",
    };
    let folder = text.bytes().rposition(|it| it == b'/');
    folder.map_or(text, |at| text.get(at + 1..).unwrap_or_default())
}
