//! The names of a file, stages and variables: where each is defined, and where it is used.

use super::variables;
use crate::{
    order::{self, Map, Set},
    scope::Stages,
    syntax::{Instruction, InstructionKind, Parse, Text},
    text::Span,
};

/// A definition is looked for in so many stages below a stage.
const MAX_DEPTH: usize = 100;

/// The names of a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Names {
    /// In order of place.
    occurrences: Vec<Occurrence>,
    symbols: Vec<Symbol>,
    /// For each stage, the one that it starts from.
    below: Vec<Option<usize>>,
}

/// Something with a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Symbol {
    /// Its name; that of a stage in small letters.
    pub name: String,
    /// What it is.
    pub kind: SymbolKind,
}

/// What has a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SymbolKind {
    /// The stage of this number.
    Stage(usize),
    /// A variable. Stages that start from each other share it, and with `ARG` it is that above the first `FROM`.
    Variable,
}

/// A place where a name stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Occurrence {
    /// The name, without `$`.
    pub span: Span,
    /// What it does there.
    pub role: Role,
    /// What has the name: see [`Names::symbol`].
    pub symbol: usize,
    /// The stage; none above the first `FROM`, and in a `FROM`.
    pub stage: Option<usize>,
    /// Where the instruction starts.
    pub instruction: u32,
}

/// What a name does in a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// `FROM … AS name`, `ENV name=`, `ARG name=`.
    Definition,
    /// `ARG name` in a stage, which may only pass on what is known above the first `FROM`.
    Declaration,
    /// It is read, or a script gives it another value.
    Use,
    /// The number of a stage: there is no name to change.
    Number,
}

/// A name that was found, before it is clear what has it.
pub(super) struct Found {
    pub(super) name: String,
    pub(super) span: Span,
    pub(super) role: Role,
    pub(super) stage: Option<usize>,
    pub(super) instruction: u32,
}

impl Names {
    /// Finds the names of a file.
    pub fn new(source: &str, parse: &Parse<'_>) -> Self {
        let stages = Stages::new(parse);
        let below: Vec<_> = stages
            .list
            .iter()
            .enumerate()
            .map(|(at, it)| it.from.and_then(|it| stages.before(at, &it.image)))
            .collect();
        let mut names = Self { below, ..Self::default() };
        names.add_stages(&stages);
        names.add_variables(variables::find(source, parse, &stages));
        order::sort_by_key(&mut names.occurrences, |it| it.span);
        names.occurrences.dedup_by_key(|it| it.span);
        names.number();
        names
    }

    /// Gives symbols their numbers in order of place.
    fn number(&mut self) {
        let mut numbers = vec![None; self.symbols.len()];
        let mut symbols = Vec::new();
        for it in &mut self.occurrences {
            let Some(number) = numbers.get_mut(it.symbol) else { continue };
            it.symbol = *number.get_or_insert_with(|| {
                symbols.extend(self.symbols.get(it.symbol).cloned());
                symbols.len().saturating_sub(1)
            });
        }
        self.symbols = symbols;
    }

    fn add_stages(&mut self, stages: &Stages<'_, '_>) {
        // The symbol of each stage.
        for (at, it) in stages.list.iter().enumerate() {
            let name = it.name.clone().unwrap_or_else(|| at.to_string());
            self.symbols.push(Symbol { name, kind: SymbolKind::Stage(at) });
        }
        for (at, it) in stages.list.iter().enumerate() {
            let head = it.head.span.start;
            let mut add = |span: Span, role, symbol, instruction| {
                let stage = Some(at);
                self.occurrences.push(Occurrence { span, role, symbol, stage, instruction });
            };
            if let Some(from) = it.from {
                if let Some(name) = &from.name {
                    add(name.span, Role::Definition, at, head);
                }
                if let Some(below) = stages.before(at, &from.image) {
                    add(from.image.span, Role::Use, below, head);
                }
            }
            for instruction in it.body {
                for source in sources(instruction) {
                    let number = source.parse::<usize>().ok().filter(|it| *it < at);
                    let (symbol, role) = match (stages.named(source), number) {
                        (Some(it), _) => (it, Role::Use),
                        (None, Some(it)) => (it, Role::Number),
                        (None, None) => continue,
                    };
                    add(source.span, role, symbol, instruction.span.start);
                }
            }
        }
    }

    fn add_variables(&mut self, found: Vec<Found>) {
        let trees = self.trees();
        let tree = |stage: Option<usize>| stage.and_then(|it| trees.get(it)).copied();
        let key = |tree: Option<usize>, name: &str| match tree {
            Some(it) => format!("{it}:{name}"),
            None => format!(":{name}"),
        };
        let mut global = Set::new();
        for it in found.iter().filter(|it| it.stage.is_none()) {
            global.insert(it.name.clone());
        }
        // Where an `ARG` takes up what stands above the first `FROM`.
        let mut taken_up = Set::new();
        let is_declared = |it: &&Found| it.role == Role::Declaration;
        for it in found.iter().filter(is_declared).filter(|it| global.contains(&it.name)) {
            taken_up.insert(key(tree(it.stage), &it.name));
        }
        let mut symbols: Map<usize> = Map::new();
        for Found { name, span, role, stage, instruction } in found {
            let own = key(tree(stage), &name);
            let key = if taken_up.contains(&own) { key(None, &name) } else { own };
            let symbol = symbols.get(&key).copied().unwrap_or_else(|| {
                self.symbols.push(Symbol { name, kind: SymbolKind::Variable });
                symbols.insert(key, self.symbols.len() - 1);
                self.symbols.len() - 1
            });
            self.occurrences.push(Occurrence { span, role, symbol, stage, instruction });
        }
    }

    /// For each stage, the lowest one below it.
    fn trees(&self) -> Vec<usize> {
        let mut trees: Vec<usize> = Vec::with_capacity(self.below.len());
        for (at, below) in self.below.iter().enumerate() {
            trees.push(below.and_then(|it| trees.get(it)).copied().unwrap_or(at));
        }
        trees
    }

    /// The name at a place, or right before it.
    pub fn at(&self, place: u32) -> Option<&Occurrence> {
        let next = self.occurrences.partition_point(|it| it.span.end < place);
        self.occurrences.get(next).filter(|it| it.span.start <= place)
    }

    /// What has a name.
    pub fn symbol(&self, it: &Occurrence) -> Option<&Symbol> {
        self.symbols.get(it.symbol)
    }

    /// All places of what has the name, in order.
    pub fn same(&self, as_this: &Occurrence) -> impl Iterator<Item = &Occurrence> {
        let symbol = as_this.symbol;
        self.occurrences.iter().filter(move |it| it.symbol == symbol)
    }

    /// Where a name comes from: for a variable, the definition that counts in this place. None if the file does not
    /// define it.
    pub fn definition(&self, of: &Occurrence) -> Option<Span> {
        let defines = |it: &&Occurrence| matches!(it.role, Role::Definition | Role::Declaration);
        let all: Vec<_> = self.same(of).filter(defines).collect();
        if matches!(self.symbol(of)?.kind, SymbolKind::Stage(_)) {
            return all.first().map(|it| it.span);
        }
        let last = |stage: Option<usize>, before: u32| {
            let is_there = |it: &&&Occurrence| it.stage == stage && it.instruction < before;
            all.iter().rfind(is_there).map(|it| it.span)
        };
        if matches!(of.role, Role::Definition) {
            return Some(of.span);
        }
        let mut stage = of.stage;
        let mut before = of.instruction;
        for _ in 0..MAX_DEPTH {
            let Some(at) = stage else { break };
            if let Some(found) = last(stage, before) {
                return Some(found);
            }
            stage = self.below.get(at).copied().flatten();
            before = u32::MAX;
        }
        let global = last(None, u32::MAX);
        global.or_else(|| matches!(of.role, Role::Declaration).then_some(of.span))
    }

    /// What names mean, without their places: it stays the same if only names change.
    pub(super) fn meaning(&self) -> impl PartialEq {
        let each: Vec<_> =
            self.occurrences.iter().map(|it| (it.role, it.symbol, it.stage)).collect();
        (each, self.below.clone())
    }
}

/// What an instruction names behind `--from=` and `from=`.
fn sources<'i, 'a>(instruction: &'i Instruction<'a>) -> Vec<&'i Text<'a>> {
    match &instruction.kind {
        InstructionKind::Copy(it) => it.flags().from.iter().collect(),
        InstructionKind::Run(it) => {
            it.flags().mounts.iter().filter_map(|it| it.value(&["from"])).collect()
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::parse;

    /// The name at `^` below a line: all its places, and where it comes from, as lines and columns from 1.
    #[track_caller]
    fn check(
        source: &str,
        at: &str,
        nth: usize,
        expected: &[(u32, u32)],
        from: Option<(u32, u32)>,
    ) {
        let names = Names::new(source, &parse(source));
        let place = source.match_indices(at).nth(nth).unwrap().0;
        let index = crate::text::LineIndex::new(source);
        let line_col = |it: Span| {
            let it = index.line_col(it.start);
            (it.line, it.column)
        };
        let Some(it) = names.at(u32::try_from(place).unwrap()) else {
            assert_eq!(expected, [], "{source}");
            return;
        };
        assert_eq!(
            names.same(it).map(|it| line_col(it.span)).collect::<Vec<_>>(),
            expected,
            "{source}"
        );
        assert_eq!(names.definition(it).map(line_col), from, "{source}");
    }

    #[test]
    fn stages_are_named_in_from_and_in_flags() {
        let source = "FROM a AS build\nFROM build AS two\nCOPY --from=BUILD /a /a\nRUN --mount=type=bind,from=build,target=/x x\nFROM Build\nCOPY --from=0 /a /b\nCOPY --from=9 a b\n";
        let places = [(1, 11), (2, 6), (3, 13), (4, 28), (6, 13)];
        check(source, "build", 0, &places, Some((1, 11)));
        check(source, "BUILD", 0, &places, Some((1, 11)));
        check(source, "0", 0, &places, Some((1, 11)));
        // In `FROM`, the case is the same or it is an image.
        check(source, "Build", 0, &[], None);
        check(source, "9", 0, &[], None);
        // Of two stages of one name, `FROM` means the one above, and `--from` the last one.
        let source = "FROM a AS x\nFROM x AS x\nCOPY --from=x a b\n";
        check(source, "x", 1, &[(1, 11), (2, 6)], Some((1, 11)));
        check(source, "x", 3, &[(2, 11), (3, 13)], Some((2, 11)));
    }

    #[test]
    fn variables_are_shared_by_stages_that_start_from_each_other() {
        let source = "ARG V=1\nFROM a:$V AS base\nENV E=2\nRUN echo $E ${E:-x} && E=3 sh\nFROM base\nLABEL e=\"$E\" v='$E'\nENV E=$E\nUSER $E\nFROM b\nRUN echo $E\n";
        let places = [(3, 5), (4, 11), (4, 15), (4, 24), (6, 11), (7, 5), (7, 8), (8, 7)];
        check(source, "E=2", 0, &places, Some((3, 5)));
        check(source, "E\" v", 0, &places, Some((3, 5)));
        check(source, "E\nUSER", 0, &places, Some((3, 5)));
        check(source, "E\nFROM b\n", 0, &places, Some((7, 5)));
        // Another stage's is another one.
        check(source, "E\n", 2, &[(10, 11)], None);
        check(source, "V AS", 0, &[(1, 5), (2, 9)], Some((1, 5)));
    }

    #[test]
    fn an_arg_takes_up_what_stands_above_the_first_from() {
        let source = "ARG V=1\nFROM a\nRUN echo $V\nARG V\nRUN echo $V\nFROM b\nARG W=$V\nRUN <<EOF\necho $W\nexport W\nEOF\nCOPY <<X /x\n${W}\nX\n";
        let places = [(1, 5), (3, 11), (4, 5), (5, 11)];
        check(source, "V\nRUN", 0, &places, Some((1, 5)));
        check(source, "V\nFROM", 0, &places, Some((4, 5)));
        check(source, "V\nARG", 0, &places, Some((1, 5)));
        check(source, "V\nRUN <<", 0, &[(7, 8)], None);
        check(source, "W=", 0, &[(7, 5), (9, 7), (10, 8), (13, 3)], Some((7, 5)));
    }
}
