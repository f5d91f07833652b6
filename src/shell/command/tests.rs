//! Scripts and the commands in them.

use super::*;

/// A command in one line: what runs it, its name, its arguments.
fn show(it: &Command<'_>) -> String {
    let mut text = String::new();
    for through in &it.through {
        text.push_str(&format!("{through}> "));
    }
    text.push_str(it.name());
    for arg in it.args() {
        match arg {
            Arg::Flag { name, value: None, .. } => text.push_str(&format!(" {name}")),
            Arg::Flag { name, value: Some(value), .. } => {
                text.push_str(&format!(" {name}={value}"));
            }
            Arg::Operand(word) => text.push_str(&format!(" [{}]", word.rough())),
        }
    }
    text
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let script = Script::new(Source::plain(text, 0));
    let found: Vec<_> = script.commands().iter().map(show).collect();
    assert_eq!(found, expected, "{text}");
    for it in script.commands() {
        let span = it.span();
        assert!(text.get(span.start as usize..span.end as usize).is_some(), "{text}");
    }
}

#[test]
fn wrappers_are_seen_through() {
    check("A=1 sudo -u me B=2 /usr/bin/apt-get update", &["sudo> apt-get [update]"]);
    check("env -i A=1 exec nice -n 5 make", &["env> exec> nice> make"]);
    check("time -p timeout -k 5 10s a", &["time> timeout> a"]);
    check("find . | xargs -n 1 -0 rm -rf", &["find [.]", "xargs> rm -r -f"]);
    check("command -v git; command git x", &["command -v [git]", "command> git [x]"]);
    check("python3 -u -m pip install x", &["python3> pip [install] [x]"]);
    check("uv pip install x; uv sync; sudo", &["uv> pip [install] [x]", "uv [sync]", "sudo"]);
    check("$A b; \"c\" d", &[" [b]", "c [d]"]);
}

#[test]
fn scripts_in_words_are_read() {
    check("sh -c 'a && b \"c\"'; d", &["sh -c [a && b \"c\"]", "a", "b [c]", "d"]);
    check(
        "bash -exo pipefail -c \"a \\\"b\\\"\"",
        &["bash -e -x -o [pipefail] -c [a \"b\"]", "a [b]"],
    );
    check("su me -c 'sh -c \"a\"'", &["su [me] -c=sh -c \"a\"", "sh -c [a]", "a"]);
    check("sh -c \"$A\"", &["sh -c [$A]"]);
}

#[test]
fn places_in_such_scripts_are_those_of_the_file() {
    let text = "x; sh -c \"a \\\"b\\\" c\"";
    let script = Script::new(Source::plain(text, 10));
    let commands = script.commands();
    let last = commands.last().unwrap();
    let spans: Vec<_> = last.words.iter().map(|it| it.span()).collect();
    assert_eq!(spans, [Span::new(20, 21), Span::new(23, 27), Span::new(28, 29)]);
}

#[test]
fn tools_read_their_flags() {
    check(
        "apt-get -y -o A=B install -t sid -q=2 a b=1",
        &["apt-get -y -o=A=B [install] -t=sid -q=2 [a] [b=1]"],
    );
    check(
        "pip install -rreq.txt --index-url=u -U a",
        &["pip [install] -r=req.txt --index-url=u -U [a]"],
    );
    check("tar xzf a.tgz -C /b", &["tar -x -z -f=a.tgz -C=/b"]);
    check("curl -fsSLo a -H 'b c' -- -d", &["curl -f -s -S -L -o=a -H=b c [-d]"]);
    check("go build -o a -ldflags='-s -w' ./b", &["go [build] -o=a -ldflags=-s -w [./b]"]);
    check("other -a b --c d --e=f", &["other -a [b] --c [d] --e=f"]);
}

#[test]
fn packages_are_the_operands_behind_install() {
    let packages = |text: &str| {
        let script = Script::new(Source::plain(text, 0));
        let commands = script.commands();
        let packages = commands.first().and_then(Command::packages);
        packages.map(|it| it.iter().map(|it| it.rough().into_owned()).collect::<Vec<_>>().join(" "))
    };
    for (text, expected) in [
        ("apt-get install -y --no-install-recommends a 'b' $C", Some("a b $C")),
        ("apt-get update", None),
        ("apk --no-cache add -t .deps a b", Some("a b")),
        ("sudo yum -y install a", Some("a")),
        ("npm i -g a@1", Some("a@1")),
        ("gem install a -v 1", Some("a")),
        ("echo install a", None),
    ] {
        assert_eq!(packages(text).as_deref(), expected, "{text}");
    }
}

#[test]
fn commands_know_what_joins_them() {
    let joins = |text: &str| {
        let script = Script::new(Source::plain(text, 0));
        let joins = script
            .commands()
            .iter()
            .map(|it| format!("{}{}{}", it.before(), it.name(), it.after()))
            .collect::<Vec<_>>();
        joins.join(" ")
    };
    assert_eq!(joins("a && b | c || d; e"), "a&& &&b| |c|| ||d e");
    assert_eq!(joins("(a; b) && c"), "a b &&c");
}

#[test]
fn redirections_and_assignments_are_listed() {
    let script = Script::new(Source::plain("A=1 b >c 2>&1", 0));
    let commands = script.commands();
    let it = commands.first().unwrap();
    let redirects: Vec<_> = it.redirects().map(|it| (it.0, it.1.unwrap().rough())).collect();
    assert_eq!(redirects, [(">", "c".into()), ("2>&", "1".into())]);
    assert_eq!(it.assignments().count(), 1);
}

#[test]
fn values_have_no_quotes() {
    let value = |text: &str| {
        let script = Script::new(Source::plain(text, 0));
        let commands = script.commands();
        commands.first().and_then(|it| it.words.first()?.value()).map(Cow::into_owned)
    };
    for (text, expected) in [
        ("a'b'\"c\\\"\\d\"\\ e", Some("ab".to_owned() + "c\"\\d e")),
        ("$'a\\n\\x41\\101\\u00e9\\q'", Some("a\nAAé\\q".to_owned())),
        ("a\\\nb", Some("ab".to_owned())),
        ("a$b", None),
        ("\"$(x)\"", None),
        ("{a,b}", None),
        ("*.c", Some("*.c".to_owned())),
        ("''", Some(String::new())),
    ] {
        assert_eq!(value(text), expected, "{text}");
    }
}
