//! Scripts and their trees.

use proptest::prelude::*;

use super::{Id, Kind, Source, Tree, parse};
use crate::text::Span;

/// A tree in one line. A node whose kind its text tells is its text.
fn dump(tree: &Tree, id: Id) -> String {
    let kind = tree.kind(id);
    let parts: Vec<_> = tree.children(id).map(|it| dump(tree, it)).collect();
    match kind {
        Kind::Literal | Kind::Keyword | Kind::Operator | Kind::Name => tree.text(id).to_owned(),
        // A list, a pipeline, a word of one part only.
        Kind::Script | Kind::List | Kind::AndOr | Kind::Pipeline | Kind::Word
            if parts.len() == 1 =>
        {
            parts.concat()
        }
        _ if parts.is_empty() => format!("{kind:?}`{}`", tree.text(id)),
        _ => format!("{kind:?}({})", parts.join(" ")),
    }
}

#[track_caller]
fn check(text: &str, expected: &str) {
    let tree = parse(Source::plain(text, 0));
    properties(&tree);
    assert_eq!(dump(&tree, 0), expected, "{text}");
    assert_eq!(tree.mistakes, [], "{text}");
}

#[track_caller]
fn check_mistakes(text: &str, expected: &[(u32, &str)]) {
    let tree = parse(Source::plain(text, 0));
    properties(&tree);
    let found: Vec<_> = tree.mistakes.iter().map(|it| (it.at, it.missing)).collect();
    assert_eq!(found, expected, "{text}");
}

/// What holds for every tree: parts lie in order inside their wholes, and only blanks are in no part.
fn properties(tree: &Tree) {
    let text = tree.source.text();
    let mut covered = vec![false; text.len()];
    for (id, node) in (0..).zip(&tree.nodes) {
        assert!(node.start <= node.end && node.next > id, "{node:?}");
        assert!(text.get(node.start as usize..node.end as usize).is_some(), "{node:?} in {text:?}");
        let (mut at, mut last) = (node.start, id);
        for child in tree.children(id) {
            let it = tree.node(child);
            assert_eq!((it.parent, child), (id, last + 1), "{text:?}");
            assert!(at <= it.start && it.end <= node.end, "{node:?} {it:?} in {text:?}");
            (at, last) = (it.end, it.next - 1);
        }
        assert_eq!(last + 1, node.next, "{text:?}");
        let is_container = matches!(
            node.kind,
            Kind::Script
                | Kind::List
                | Kind::AndOr
                | Kind::Pipeline
                | Kind::Simple
                | Kind::Subshell
                | Kind::Group
                | Kind::If
                | Kind::Loop
                | Kind::For
                | Kind::ForArithmetic
                | Kind::Case
                | Kind::CaseItem
                | Kind::Function
                | Kind::Test
                | Kind::Array
                | Kind::Redirect
                | Kind::Backtick
                | Kind::Substitution
                | Kind::ProcessSubstitution
        );
        if !is_container {
            covered[node.start as usize..node.end as usize].fill(true);
        }
    }
    let gaps: String =
        text.bytes().zip(covered).filter(|it| !it.1).map(|it| char::from(it.0)).collect();
    let gaps = gaps.replace("\\\n", "");
    assert!(
        gaps.bytes().all(|it| matches!(it, b' ' | b'\t' | b'\n')),
        "{gaps:?} is lost of {text:?}"
    );
    for it in &tree.mistakes {
        assert!(text.is_char_boundary(it.at as usize), "{it:?} in {text:?}");
    }
}

#[test]
fn commands_are_words_assignments_and_redirections() {
    check("echo a  b", "Simple(echo a b)");
    check("A=1 B= c=d", "Simple(Assignment(A = 1) Assignment(B =) Assignment(c = d))");
    check("export A=1 b", "Simple(export Assignment(A = 1) b)");
    check("echo A=1", "Simple(echo A=1)");
    check(
        "a[1]+=2 b=(x 'y z' \"$@\")",
        "Simple(Assignment(a Index(1) += 2) Assignment(b = Array(( x Single`'y z'` Double(Variable`$@`) ))))",
    );
    check(
        "a >b 2>&1 <c &>d 3<&- >>e",
        "Simple(a Redirect(> b) Redirect(2>& 1) Redirect(< c) Redirect(&> d) Redirect(3<& -) Redirect(>> e))",
    );
    check("cat <<<word >x2", "Simple(cat Redirect(<<< word) Redirect(> x2))");
    check("a # b\nc", "List(Simple(a) Comment`# b` Simple(c))");
    check("a#b ${#c}", "Simple(a#b Braced(${# c }))");
}

#[test]
fn lists_hold_pipelines() {
    check(
        "a && b || c; d & e",
        "List(AndOr(Simple(a) && Simple(b) || Simple(c)) ; Simple(d) & Simple(e))",
    );
    check("! a | b |& c", "Pipeline(! Simple(a) | Simple(b) |& Simple(c))");
    check("a &&\n# why\nb", "AndOr(Simple(a) && Comment`# why` Simple(b))");
}

#[test]
fn compound_commands_have_keywords_and_lists() {
    check("(a; b) >c", "Subshell(( List(Simple(a) ; Simple(b)) ) Redirect(> c))");
    check("{ a; }", "Group({ List(Simple(a) ;) })");
    check(
        "if a; then b; elif c; then d; else e; fi",
        "If(if List(Simple(a) ;) then List(Simple(b) ;) elif List(Simple(c) ;) then List(Simple(d) ;) else List(Simple(e) ;) fi)",
    );
    check(
        "while a; do b; done | c",
        "Pipeline(Loop(while List(Simple(a) ;) do List(Simple(b) ;) done) | Simple(c))",
    );
    check("for x in a $b; do c; done", "For(for x in a Variable`$b` ; do List(Simple(c) ;) done)");
    check("for x do c; done", "For(for x do List(Simple(c) ;) done)");
    check(
        "for ((i=0; i<3; i++)); do c; done",
        "ForArithmetic(for (( i=0; i<3; i++ )) ; do List(Simple(c) ;) done)",
    );
    check(
        "case $a in b|'c') d;; *) e; esac",
        "Case(case Variable`$a` in CaseItem(b | Single`'c'` ) Simple(d) ;;) CaseItem(Glob`*` ) List(Simple(e) ;)) esac)",
    );
    check("case a in esac", "Case(case a in esac)");
    check("f() { a; }", "Function(f ( ) Group({ List(Simple(a) ;) }))");
    check("function f { a; }", "Function(function f Group({ List(Simple(a) ;) }))");
    check(
        "[[ -f $a && ! b == c* ]] && d",
        "AndOr(Test([[ -f Variable`$a` && ! b == Word(c Glob`*`) ]]) && Simple(d))",
    );
    check("[[ $a =~ ^(x|y z)$ ]]", "Test([[ Variable`$a` =~ Word(^(x|y z) $) ]])");
    check("((a > 1)) || b", "AndOr(Arithmetic((( a > 1 ))) || Simple(b))");
    check("((a); b)", "Subshell(( List(Subshell(( Simple(a) )) ; Simple(b)) ))");
    check("time { a; }", "Pipeline(time Group({ List(Simple(a) ;) }))");
    check("echo if then { } !", "Simple(echo if then { } !)");
}

#[test]
fn words_have_parts() {
    check("a'b'\"c $d\"\\ e", "Simple(Word(a Single`'b'` Double(c  Variable`$d`) Escape`\\ ` e))");
    check("$'a\\'b' $\"c\"", "Simple(DollarSingle`$'a\\'b'` Translated(c))");
    check(
        "${a:-b $c}${!d}${#e}${f[1]}${#}",
        "Simple(Word(Braced(${ a :- b  Variable`$c` }) Braced(${! d }) Braced(${# e }) Braced(${ f Index(1) }) Braced(${ # })))",
    );
    check(
        "\"$(a \"b\")\" `c \\`d\\``",
        "Simple(Double(Substitution($( Simple(a Double(b)) ))) Backtick(` Simple(c Word(Escape`\\`` d Escape`\\``)) `))",
    );
    check(
        "$((1 + (2))) $(( $a ))",
        "Simple(ArithmeticExpansion($(( 1 + (2) ))) ArithmeticExpansion($((   Variable`$a`   ))))",
    );
    check("$((a) | b)", "Simple(Substitution($( Pipeline(Subshell(( Simple(a) )) | Simple(b)) )))");
    check("*.c [a-z]? [ x ]", "Simple(Word(Glob`*` .c) Word(Glob`[a-z]` Glob`?`) [ x ])");
    check("{a,b}c {1..3} {x} {", "Simple(Word(Brace({ a,b }) c) Brace({ 1..3 }) {x} {)");
    check("c !(a|b) +(x)y", "Simple(c ExtendedPattern(!( a|b )) Word(ExtendedPattern(+( x )) y))");
    check(
        "a <(b) >(c)",
        "Simple(a ProcessSubstitution(<( Simple(b) )) ProcessSubstitution(>( Simple(c) )))",
    );
    check("a \\\n b", "Simple(a b)");
}

#[test]
fn here_documents_follow_their_line() {
    check(
        "cat <<E >f\n$a\nE\nb",
        "List(Simple(cat Redirect(<< E) Redirect(> f)) Heredoc(Variable`$a` \n E) Simple(b))",
    );
    check(
        "cat <<-'E'\n\t$a\n\tE\n",
        "List(Simple(cat Redirect(<<- Single`'E'`)) Heredoc(\t$a\n E))",
    );
    check(
        "a <<A <<B\n1\nA\n2\nB",
        "List(Simple(a Redirect(<< A) Redirect(<< B)) Heredoc(1\n A) Heredoc(2\n B))",
    );
}

#[test]
fn what_is_wrong_has_a_place() {
    check_mistakes("if a; then b", &[(12, "fi")]);
    check_mistakes("a && ", &[(5, "command")]);
    check_mistakes("a ) b", &[(2, "")]);
    check_mistakes("\"a", &[(2, "\"")]);
    check_mistakes("$(a", &[(3, ")")]);
    check_mistakes("fi", &[(0, "")]);
    check_mistakes("cat <<E\na", &[(9, "end of here-document")]);
    check_mistakes("f(a) b", &[(1, ""), (3, "")]);
    // What is too deep is one error, and everything around it is not closed.
    let deep = parse(Source::plain(&"$(".repeat(1000), 0));
    properties(&deep);
    assert!((40..=140).contains(&deep.mistakes.len()), "{}", deep.mistakes.len());
}

#[test]
fn places_are_those_of_the_dockerfile() {
    let dockerfile = "RUN a \\\n# no\n b";
    let mut source = Source::default();
    for span in [Span::new(4, 6), Span::new(13, 15)] {
        source.push(span.slice(dockerfile), span);
    }
    let tree = parse(source);
    assert_eq!(tree.source.text(), "a  b");
    let places: Vec<_> = tree.all(Kind::Word).map(|it| tree.span(it)).collect();
    assert_eq!(places, [Span::new(4, 5), Span::new(14, 15)]);
    assert_eq!(tree.source.spans(0, 4), [Span::new(4, 6), Span::new(13, 15)]);
    let cut = tree.source.cut([(0, 1), (3, 4)]);
    assert_eq!((cut.text(), cut.span(1, 2)), ("ab", Span::new(14, 15)));
}

const PIECES: [&str; 64] = [
    "a",
    "b=",
    " ",
    " ",
    "\n",
    ";",
    "&&",
    "||",
    "|",
    "&",
    "(",
    ")",
    "((",
    "))",
    "$(",
    "$((",
    "`",
    "\"",
    "'",
    "$'",
    "${",
    "}",
    "{",
    "$a",
    "${a:-",
    "[[ ",
    " ]]",
    "[",
    "]",
    "=~",
    "<",
    ">",
    "<<E\n",
    "\nE\n",
    "<<-'E'",
    "<<<",
    "<(",
    ">(",
    "2>&1",
    "if ",
    "then ",
    "fi",
    "else ",
    "for ",
    "in ",
    "do ",
    "done",
    "case ",
    "esac",
    ";;",
    "f()",
    "function ",
    "*",
    "?",
    "!(",
    "#",
    "\\",
    "\\\n",
    "é",
    "=",
    "+=(",
    "time ",
    "! ",
    "{a,b}",
];

proptest! {
    #[test]
    fn every_text_has_a_tree(text in ".{0,80}") {
        properties(&parse(Source::plain(&text, 0)));
    }

    #[test]
    fn every_mix_of_pieces_has_a_tree(pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..40)) {
        properties(&parse(Source::plain(&pieces.concat(), 0)));
    }
}
