//! What the parts of an instruction are.

use super::*;
use crate::syntax::instruction::{copy::Source, mount::MountSpec, run::Network};

#[test]
fn mounts_and_devices_are_read_as_docker_reads_them() {
    check_errors(
        &[
            "RUN --mount= x",
            "RUN --mount=type=bind,\\\"a x",
            "RUN --mount=a\\\"b x",
            "RUN --mount=from=$x,target=/y x",
            "RUN --mount=from=$,target=/y x",
            "RUN --device=a,name=b x",
            "RUN --device=a,b x",
            "RUN --device=a,requird=1 x",
            "RUN --device=a,required=maybe x",
            "RUN --device=a --mount=from=$x --network=bogus x",
            "RUN --device=a,É=1 x",
            "HEALTHCHECK éжσß x",
        ],
        expect![[r#"
            RUN --mount= x
                instruction "": failed to parse csv mounts: EOF
                    Write key=value,key=value without blanks.
            RUN --mount=type=bind,\"a x
                instruction "a": failed to parse csv mounts: parse error on line 1, column 12: extraneous or missing " in quoted-field
                    Write key=value,key=value without blanks.
            RUN --mount=a\"b x
                instruction "\"": failed to parse csv mounts: parse error on line 1, column 2: bare " in non-quoted-field
                    Write key=value,key=value without blanks.
            RUN --mount=from=$x,target=/y x
                instruction "$x": 'from' doesn't support variable expansion, define alias stage instead
                    Write FROM $IMAGE AS name above, and from=name here.
            RUN --mount=from=$,target=/y x
            RUN --device=a,name=b x
                instruction "name=b": device name already set to a
                    Write --device=name, or --device=name,required.
            RUN --device=a,b x
                instruction "b": invalid field 'b' must be a key=value pair
                    Write --device=name, or --device=name,required.
            RUN --device=a,requird=1 x
                instruction "requird=1": unexpected key 'requird' in 'requird=1' (did you mean required?)
                    Write --device=name, or --device=name,required.
            RUN --device=a,required=maybe x
                instruction "required=maybe": invalid value for required: maybe
                    Write --device=name, or --device=name,required.
            RUN --device=a --mount=from=$x --network=bogus x
                instruction "$x": 'from' doesn't support variable expansion, define alias stage instead
                    Write FROM $IMAGE AS name above, and from=name here.
            RUN --device=a,É=1 x
                instruction "É=1": unexpected key 'ã' in 'Ã=1'
                    Write --device=name, or --device=name,required.
            HEALTHCHECK éжσß x
                instruction "éжσß": Unknown type "ÉЖΣß" in HEALTHCHECK (try CMD)
                    Write CMD before the command.
        "#]],
    );
    let source = "RUN --mount=\"type=cache,Target=/a b\",id=x,\\\"sharing=locked\\\",ro --network=none --device=v/c=d,required x";
    let parse = parse(source);
    let InstructionKind::Run(run) = &parse.instructions[0].kind else { panic!("no RUN") };
    let flags = run.flags();
    let fields: Vec<_> = flags.mounts[0]
        .fields
        .iter()
        .map(|it| (&*it.key, it.value.as_ref().map(|it| it.span.slice(source))))
        .collect();
    let expected = [
        ("type", Some("cache")),
        ("target", Some("/a b")),
        ("id", Some("x")),
        ("sharing", Some("locked")),
        ("ro", None),
    ];
    assert_eq!(fields, expected);
    assert_eq!((flags.network, flags.devices[0].required), (Some(Network::None), true));
    assert_eq!(flags.devices[0].name.as_str(), "v/c=d");
}

fn resolve(mount: &str) -> Result<MountSpec, String> {
    let source = format!("RUN --mount={mount} x");
    let parse = parse(&source);
    let InstructionKind::Run(run) = &parse.instructions[0].kind else { panic!("no RUN") };
    let expand = |it: &Text<'_>| Ok(it.replace("$X", "cache"));
    run.flags().mounts[0].resolve(&expand).map_err(|it| {
        assert!(it.help.is_some() && it.code == BUILD);
        format!("{} {:?}", it.message, it.span.slice(&source))
    })
}

#[test]
fn mounts_are_resolved_as_docker_resolves_them() {
    let mut found = String::new();
    for mount in [
        "type=bogus",
        "type=cach",
        "type=$X,target=/x",
        "bogus=1",
        "taget=1",
        "x",
        "required",
        "type=secret,required,id=a",
        "type=cache,target=/x,sharing=foo",
        "type=bind,sharing=shared",
        "type=secret",
        "type=secret,source=a,id=b",
        "type=secret,id=a,from=b",
        "type=secret,id=a,sharing=shared",
        "uid=1",
        "type=cache,uid=x",
        "type=cache,mode=9",
        "type=cache,mode=0755,gid=5",
        "type=tmpfs,size=1.5g,target=/x",
        "type=tmpfs,size=x",
        "size=1",
        "ro=maybe",
        "rw",
        "rw=0",
    ] {
        let text = match resolve(mount) {
            Ok(it) => format!(
                "{} ro={} size={} mode={:?} gid={:?} required={}",
                it.kind.as_str(),
                it.read_only,
                it.size,
                it.mode,
                it.gid,
                it.required
            ),
            Err(message) => message,
        };
        writeln!(found, "{mount}: {text}").unwrap();
    }
    expect![[r#"
        type=bogus: unsupported mount type "bogus" "bogus"
        type=cach: unsupported mount type "cach" (did you mean cache?) "cach"
        type=$X,target=/x: cache ro=false size=0 mode=None gid=None required=false
        bogus=1: unexpected key 'bogus' in 'bogus=1' "bogus=1"
        taget=1: unexpected key 'taget' in 'taget=1' (did you mean target?) "taget=1"
        x: invalid field 'x' must be a key=value pair "x"
        required: unexpected key 'required' for mount type 'bind' "required"
        type=secret,required,id=a: secret ro=true size=0 mode=None gid=None required=true
        type=cache,target=/x,sharing=foo: unsupported sharing value "foo" "foo"
        type=bind,sharing=shared: invalid cache sharing set for bind mount "sharing=shared"
        type=secret: invalid secret mount. one of source, target required "type=secret"
        type=secret,source=a,id=b: both source and id can't be set "id=b"
        type=secret,id=a,from=b: secret mount should not have a from "from=b"
        type=secret,id=a,sharing=shared: secret mount should not define sharing "sharing=shared"
        uid=1: uid not allowed for "bind" type mounts "uid=1"
        type=cache,uid=x: invalid value x for uid "uid=x"
        type=cache,mode=9: invalid value 9 for mode "mode=9"
        type=cache,mode=0755,gid=5: cache ro=false size=0 mode=Some(493) gid=Some(5) required=false
        type=tmpfs,size=1.5g,target=/x: tmpfs ro=false size=1610612736 mode=None gid=None required=false
        type=tmpfs,size=x: invalid value for size: x "size=x"
        size=1: unexpected key 'size' for mount type 'bind' "size=1"
        ro=maybe: invalid value for ro: maybe "ro=maybe"
        rw: bind ro=false size=0 mode=None gid=None required=false
        rw=0: bind ro=true size=0 mode=None gid=None required=false
    "#]].assert_eq(&found);
}

#[test]
fn comments_belong_to_what_follows() {
    let source = "# syntax=x\n# foo sets foo\nARG foo=bar\n\n# gone\n#\n# base is the first\n\n  # indented\n\
                  FROM a AS Base\nRUN x \\\n# inside\n y\nARG b\n";
    let parse = parse(source);
    let docs: Vec<Vec<_>> =
        parse.instructions.iter().map(|it| parse.doc_texts(it, source).collect()).collect();
    let expected = [vec!["foo sets foo"], vec!["base is the first", "# indented"], vec![], vec![]];
    assert_eq!(docs, expected);
    let say = |at: usize, name| parse.description(&parse.instructions[at], source, name);
    assert_eq!((say(0, "foo"), say(1, "base")), (Some("sets foo"), Some("is the first")));
    assert_eq!((say(0, "fo"), say(0, ""), say(2, "foo")), (None, None, None));
}

#[test]
fn triggers_keep_their_text() {
    for (source, expected) in [
        ("ONBUILD RUN a \\\n  b  \n", "RUN a   b  "),
        ("onbuild\tRUN a", "RUN a"),
        ("ONBUILD COPY <<-E /x\n\ta\n\tE\n", "COPY <<-E /x\n\ta\nE"),
        ("ONBUILD RUN [\"<<E\"]\nE", "RUN [\"<<E\"]"),
    ] {
        let parse = parse(source);
        assert_eq!(parse.instructions[0].trigger_text(source), expected, "{source:?}");
    }
}

#[test]
fn sources_of_copies_are_paths_or_documents() {
    let source = "COPY a <<E <<'E' <<\"x /d\nfirst\nE\nsecond\nE\n";
    let parse = parse(source);
    let it = &parse.instructions[0];
    assert_eq!(it.heredocs.len(), 0, "an open quote, so that Docker finds none");
    let source = "COPY a <<E <<'E' /d\nfirst\nE\nsecond\nE\n";
    let parse = crate::syntax::parse(source);
    let it = &parse.instructions[0];
    let InstructionKind::Copy(copy) = &it.kind else { panic!("no COPY") };
    let found: Vec<_> = copy
        .inputs(&it.heredocs)
        .map(|it| match it {
            Source::Path(path) => path.to_string(),
            Source::Document { name, document, expand, .. } => {
                format!("{name} {expand} {}", document.unwrap().content(source).trim())
            }
        })
        .collect();
    assert_eq!(found, ["a", "E true second", "E false second"]);
}
