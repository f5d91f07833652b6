//! What variables hold along the way: whether a value is one word wherever it is read.

mod values;

use values::Value;

use crate::{
    lint::shell::Variables,
    shell::{Id, Kind, Tree},
};

/// More variables and functions of a script are not followed.
const MAX_VARIABLES: usize = 64;

/// For each node whether it reads a variable that is one word there, whichever way the script took.
pub(super) fn one_word(tree: &Tree, variables: &Variables) -> Vec<bool> {
    let mut flow = Flow {
        tree,
        variables,
        functions: Vec::new(),
        names: Vec::new(),
        calls: Vec::new(),
        reads: vec![None; tree.nodes.len()],
        left: 16 * tree.nodes.len() + 64,
    };
    let mut state = State { values: [None; MAX_VARIABLES], is_over: false };
    flow.node(0, &mut state);
    // What nobody calls runs at the end, if at all.
    for (_, body, is_called) in flow.functions.clone() {
        if !is_called {
            flow.node(body, &mut { state });
        }
    }
    flow.reads.iter().map(|it| *it == Some(true)).collect()
}

/// What each followed variable holds, by its number; `None` if nothing was assigned.
#[derive(Debug, Clone, Copy)]
struct State {
    values: [Option<Value>; MAX_VARIABLES],
    /// Whether the way ends here: `exit`, `return`.
    is_over: bool,
}

struct Flow<'t> {
    tree: &'t Tree,
    variables: &'t Variables,
    /// Names, bodies, and whether they are called.
    functions: Vec<(&'t str, Id, bool)>,
    /// The variables that are followed.
    names: Vec<&'t str>,
    /// The functions that are running.
    calls: Vec<Id>,
    reads: Vec<Option<bool>>,
    /// How many more nodes may be looked at: loops and functions are passed more than once.
    left: usize,
}

impl Flow<'_> {
    fn children(&mut self, id: Id, state: &mut State) {
        for it in self.tree.children(id) {
            self.node(it, state);
        }
    }

    fn node(&mut self, id: Id, state: &mut State) {
        let Some(left) = self.left.checked_sub(1) else { return };
        self.left = left;
        let tree = self.tree;
        match tree.kind(id) {
            Kind::List => self.list(id, state),
            Kind::AndOr => {
                for (at, it) in tree.children_of(id, Kind::Pipeline).enumerate() {
                    let before = (at > 0).then_some(*state);
                    self.node(it, state);
                    if let Some(before) = before {
                        self.join(state, &before);
                    }
                }
            }
            Kind::Pipeline => {
                let is_one = tree.children_of(id, Kind::Operator).next().is_none();
                for it in tree.children(id) {
                    if is_one {
                        self.node(it, state);
                    } else {
                        self.node(it, &mut { *state });
                    }
                }
            }
            Kind::Subshell | Kind::Substitution | Kind::Backtick | Kind::ProcessSubstitution => {
                self.children(id, &mut { *state });
            }
            Kind::Simple => self.simple(id, state),
            Kind::If => self.branches(id, state),
            Kind::Arithmetic => {
                self.children(id, state);
                self.counter(id, state);
            }
            Kind::Loop | Kind::ForArithmetic => {
                self.counter(id, state);
                for _ in 0..2 {
                    let before = *state;
                    self.children(id, state);
                    state.is_over = false;
                    self.join(state, &before);
                }
            }
            Kind::For => self.for_loop(id, state),
            Kind::Case => self.case(id, state),
            Kind::Function => {
                let name = tree.children_of(id, Kind::Name).next().map_or("", |it| tree.text(it));
                let body = tree.children(id).last().unwrap_or(id);
                self.functions.retain(|it| it.0 != name);
                if self.functions.len() < MAX_VARIABLES {
                    self.functions.push((name, body, false));
                }
            }
            Kind::Assignment => self.assignment(id, state),
            Kind::Variable => self.read(id, tree.text(id).get(1..).unwrap_or_default(), state),
            Kind::Braced => self.braced(id, state),
            _ => self.children(id, state),
        }
    }

    /// `i=0` at the start of an expression: a number.
    fn counter(&mut self, id: Id, state: &mut State) {
        let first = self.tree.children_of(id, Kind::Literal).next();
        if let Some((name, _)) = first.and_then(|it| self.tree.text(it).split_once('=')) {
            self.set(state, name.trim(), Value::Word);
        }
    }

    fn list(&mut self, id: Id, state: &mut State) {
        let mut children = self.tree.children(id).peekable();
        while let Some(it) = children.next() {
            let is_background = children.peek().is_some_and(|it| self.tree.text(*it) == "&");
            if is_background {
                self.node(it, &mut { *state });
            } else {
                self.node(it, state);
            }
        }
    }

    /// `if`: each list behind `then` and `else` is one way.
    fn branches(&mut self, id: Id, state: &mut State) {
        let mut ends: Vec<State> = Vec::new();
        let mut keyword = "";
        for it in self.tree.children(id) {
            match self.tree.kind(it) {
                Kind::Keyword => keyword = self.tree.text(it),
                Kind::List if keyword == "then" => {
                    let mut way = *state;
                    self.node(it, &mut way);
                    ends.push(way);
                }
                _ => self.node(it, state),
            }
        }
        for it in &ends {
            self.join(state, it);
        }
    }

    fn case(&mut self, id: Id, state: &mut State) {
        let mut ends: Vec<State> = Vec::new();
        let mut has_all = false;
        for it in self.tree.children(id) {
            if self.tree.kind(it) == Kind::CaseItem {
                let mut way = *state;
                self.children(it, &mut way);
                ends.push(way);
                has_all |=
                    self.tree.children_of(it, Kind::Word).any(|it| self.tree.text(it) == "*");
            } else {
                self.node(it, state);
            }
        }
        state.is_over |= has_all;
        for it in &ends {
            self.join(state, it);
        }
    }

    fn for_loop(&mut self, id: Id, state: &mut State) {
        let tree = self.tree;
        let mut name = "";
        let mut value = Value::Empty;
        let mut words = 0;
        for it in tree.children(id) {
            match tree.kind(it) {
                Kind::Name => name = tree.text(it),
                Kind::Word => {
                    self.node(it, state);
                    let splits = |it: Id| {
                        let kind = tree.kind(it);
                        kind.is_expansion()
                            || matches!(kind, Kind::Glob | Kind::Brace | Kind::ExtendedPattern)
                    };
                    let may_split = tree.children(it).any(splits);
                    value = if may_split { Value::Any } else { value.with(self.value(it, state)) };
                    words += 1;
                }
                _ => (),
            }
        }
        let is_select = tree.children(id).next().is_some_and(|it| tree.text(it) == "select");
        let value = if words == 0 && !is_select { Value::Any } else { value };
        for _ in 0..2 {
            let before = *state;
            self.set(state, name, value);
            for it in
                tree.children(id).filter(|it| !matches!(tree.kind(*it), Kind::Word | Kind::Name))
            {
                self.node(it, state);
            }
            state.is_over = false;
            self.join(state, &before);
        }
    }

    fn simple(&mut self, id: Id, state: &mut State) {
        let tree = self.tree;
        let mut words = tree.children_of(id, Kind::Word);
        let Some(first) = words.next() else {
            self.children(id, state);
            return;
        };
        let name = tree.text(first);
        // What stands before the name is for the command alone.
        let mut own = *state;
        for it in tree.children(id) {
            self.node(it, if it < first { &mut own } else { &mut *state });
        }
        match name {
            "exit" | "return" => state.is_over = true,
            "read" | "mapfile" | "readarray" | "getopts" | "unset" => {
                for it in words.map(|it| tree.text(it)).filter(|it| !it.starts_with('-')) {
                    self.set(state, it, Value::Any);
                }
            }
            "printf" if words.next().is_some_and(|it| tree.text(it) == "-v") => {
                if let Some(it) = words.next() {
                    self.set(state, tree.text(it), Value::Any);
                }
            }
            "let" => {
                for it in words.filter_map(|it| tree.text(it).split_once('=')) {
                    self.set(state, it.0, Value::Word);
                }
            }
            _ => {
                let body = self.functions.iter_mut().find(|it| it.0 == name).map(|it| {
                    it.2 = true;
                    it.1
                });
                if let Some(body) = body.filter(|it| !self.calls.contains(it)) {
                    self.call(body, state);
                }
            }
        }
    }

    /// Runs a function; what is local to it is forgotten.
    fn call(&mut self, body: Id, state: &mut State) {
        let tree = self.tree;
        let before = *state;
        self.calls.push(body);
        self.node(body, state);
        self.calls.pop();
        state.is_over = false;
        for it in tree.inside(body).filter(|it| tree.kind(*it) == Kind::Simple) {
            let mut words = tree.children(it);
            let is_local = words
                .next()
                .is_some_and(|it| matches!(tree.text(it), "local" | "declare" | "typeset"));
            for it in words.filter(|_| is_local) {
                let text = tree.text(it);
                let name = text.split(['=', '+']).next().unwrap_or_default();
                let value = self.get(&before, name);
                self.set(state, name, value);
            }
        }
    }
}
