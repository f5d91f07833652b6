//! Programs that tell about the system and the environment.

use super::{Foreground, Process, Ran, complain};
use crate::{engine::Output, text::decimal};

/// `echo [-n] WORD…`
pub fn echo(args: &[String]) -> Output {
    match args.split_first() {
        Some((first, rest)) if first == "-n" => {
            let mut output = Output::default();
            output.push_raw(crate::engine::ChunkKind::Stdout, rest.join(" "));
            output
        }
        _ => Output::ok(format!("{}\n", args.join(" "))),
    }
}

/// `printf FORMAT` without conversions.
pub fn printf(args: &[String]) -> Output {
    let Some(format) = args.first() else { return complain("printf: usage: printf format", 2) };
    if format.contains('%') {
        return super::not_simulated("printf");
    }
    let mut output = Output::default();
    let text = format.replace("\\n", "\n").replace("\\t", "\t");
    output.push_raw(crate::engine::ChunkKind::Stdout, text);
    output
}

/// `env`
pub fn env(process: &Process, args: &[String]) -> Output {
    if !args.is_empty() {
        return super::not_simulated("env");
    }
    Output::ok(process.env.iter().map(|it| format!("{it}\n")).collect::<String>())
}

/// The name of the user.
pub fn user(process: &Process) -> String {
    let user = process.user.split(':').next().unwrap_or_default();
    if user.is_empty() || user == "0" { "root".to_owned() } else { user.to_owned() }
}

/// `id`
pub fn id(process: &Process, args: &[String]) -> Output {
    let user = user(process);
    let number = match user.as_str() {
        "root" => 0,
        other => other.parse().unwrap_or(1000),
    };
    match args.first().map(String::as_str) {
        Some("-u") => Output::ok(number.to_string()),
        Some("-un") => Output::ok(user),
        Some(_) => super::not_simulated("id"),
        None => {
            Output::ok(format!("uid={number}({user}) gid={number}({user}) groups={number}({user})"))
        }
    }
}

/// `uname`
pub fn uname(process: &Process, args: &[String]) -> Output {
    match args.first().map(String::as_str) {
        None | Some("-s") => Output::ok("Linux"),
        Some("-m") => Output::ok("x86_64"),
        Some("-n") => Output::ok(process.hostname.clone()),
        Some(_) => super::not_simulated("uname"),
    }
}

/// `which NAME…`
pub fn which(process: &Process, args: &[String]) -> Output {
    let found: Vec<_> = args.iter().filter_map(|it| process.find(it).ok()).collect();
    let text: String = found.iter().map(|it| format!("{it}\n")).collect();
    Output::ok(text).exit(u8::from(found.len() < args.len() || args.is_empty()))
}

/// `ps`: process 1 and `ps` itself.
pub fn ps(process: &Process, argv: &[String]) -> Output {
    let first = process.first.as_str();
    let this = argv.join(" ");
    let text = if process.is_busybox() {
        format!(
            "PID   USER     TIME  COMMAND\n    1 root      0:00 {first}\n    7 root      0:00 {this}\n"
        )
    } else if argv.len() > 1 {
        format!(
            "USER       PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND\nroot         1  0.0  0.0   4624  3644 pts/0    Ss   10:00   0:00 {first}\nroot        10  0.0  0.0   7060  1564 pts/0    R+   10:00   0:00 {this}\n"
        )
    } else {
        let name = first.split(' ').next().unwrap_or_default();
        let name = name.rsplit('/').next().unwrap_or_default();
        format!(
            "  PID TTY          TIME CMD\n    1 pts/0    00:00:00 {name}\n   10 pts/0    00:00:00 ps\n"
        )
    };
    Output::ok(text)
}

/// `sleep SECONDS`: a short one is over at once, a long one waits.
pub fn sleep(args: &[String]) -> Ran {
    let Some(time) = args.first() else {
        return Ran::Done(complain("sleep: missing operand", 1));
    };
    let is_long = match decimal(time) {
        Some((whole, part)) => match whole.trim_start_matches('0') {
            "10" => part.bytes().any(|it| it != b'0'),
            whole => whole.len() > 1,
        },
        None if time == "infinity" || time == "inf" => true,
        None => {
            return Ran::Done(complain(format!("sleep: invalid time interval '{time}'"), 1));
        }
    };
    if is_long {
        Ran::Foreground(Output::default(), Foreground::Waiting(format!("sleep {time}")))
    } else {
        Ran::Done(Output::default())
    }
}
