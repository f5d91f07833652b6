//! `ping`, one request a second until it is stopped.

use super::{Foreground, Process, Ran, complain, network};
use crate::engine::Output;

/// After so many replies a `ping` without `-c` is stopped for the learner.
const AUTO_STOP: u32 = 20;

/// A `ping` that runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ping {
    host: String,
    address: &'static str,
    /// `-c`.
    count: Option<u32>,
    sent: u32,
    busybox: bool,
}

/// What came of one second.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tick {
    /// It goes on.
    Goes(Output),
    /// It has ended.
    Ends(Output),
}

/// `ping [-c COUNT] HOST`
pub fn start(process: &Process, args: &[String]) -> Ran {
    let busybox = process.is_busybox();
    let (mut count, mut host, mut unknown) = (None, None, None);
    let mut words = args.iter();
    while let Some(word) = words.next() {
        if let Some(value) = word.strip_prefix("-c") {
            let value =
                if value.is_empty() { words.next().map_or("", String::as_str) } else { value };
            match value.parse::<u32>() {
                Ok(it) if it > 0 => count = Some(it),
                Ok(_) | Err(_) => {
                    return Ran::Done(complain(format!("ping: invalid argument: '{value}'"), 1));
                }
            }
        } else if ["-i", "-W", "-w", "-s", "-t", "-I"].contains(&word.as_str()) {
            words.next();
        } else if !word.starts_with('-') {
            // The last word is the host; words before it are gateways, and are looked up first.
            if unknown.is_none() && network::address(word).is_none() {
                unknown = Some(word);
            }
            host = Some(word);
        }
    }
    let Some(host) = host else {
        return Ran::Done(complain("ping: usage error: Destination address required", 1));
    };
    let Some(address) = network::address(host).filter(|_| unknown.is_none()) else {
        let host = unknown.unwrap_or(host);
        return Ran::Done(if busybox {
            complain(format!("ping: bad address '{host}'"), 1)
        } else {
            complain(format!("ping: {host}: Name or service not known"), 2)
        });
    };
    let bytes = if busybox { ": 56 data bytes" } else { " 56(84) bytes of data." };
    let mut output = Output::ok(format!("PING {host} ({address}){bytes}\n"));
    let mut ping = Ping { host: host.clone(), address, count, sent: 0, busybox };
    // With `-c` everything is known at once, and nobody needs to wait.
    if count.is_some() {
        loop {
            match ping.tick() {
                Tick::Goes(more) => output = output.then(more),
                Tick::Ends(more) => return Ran::Done(output.then(more)),
            }
        }
    }
    Ran::Foreground(output, Foreground::Ping(ping))
}

impl Ping {
    /// One request and its reply.
    pub fn tick(&mut self) -> Tick {
        self.sent += 1;
        let reply = Output::ok(self.reply());
        if self.count.is_some_and(|it| self.sent >= it) {
            return Tick::Ends(reply.then(self.statistics()));
        }
        if self.count.is_none() && self.sent >= AUTO_STOP {
            let note = format!(
                "Stopped after {AUTO_STOP} replies. A real ping goes on until Ctrl+C, the Stop button here."
            );
            return Tick::Ends(reply.then(self.statistics()).note(note));
        }
        Tick::Goes(reply)
    }

    /// Ctrl+C.
    pub fn interrupt(&self) -> Output {
        Output::ok("^C").then(self.statistics())
    }

    /// The round trip of a reply in microseconds: small for this machine, the same at each run.
    fn micros(&self, at: u32) -> u32 {
        let wobble = (at * 7919 + 13) % 97;
        if self.address == "127.0.0.1" { 24 + wobble % 40 } else { 10_200 + wobble * 11 }
    }

    fn reply(&self) -> String {
        let Self { address, sent, .. } = self;
        let ttl = if *address == "127.0.0.1" { 64 } else { 115 };
        let time = milliseconds(self.micros(*sent));
        if self.busybox {
            let seq = sent - 1;
            return format!("64 bytes from {address}: seq={seq} ttl={ttl} time={time} ms\n");
        }
        let from = match (*address, self.host.as_str()) {
            ("127.0.0.1", "localhost") => "localhost (127.0.0.1)",
            (address, _) => address,
        };
        format!("64 bytes from {from}: icmp_seq={sent} ttl={ttl} time={time} ms\n")
    }

    fn statistics(&self) -> Output {
        let times: Vec<u32> = (1..=self.sent).map(|it| self.micros(it)).collect();
        let Self { host, sent, .. } = self;
        let mut text = format!("\n--- {host} ping statistics ---\n");
        let min = times.iter().min().copied().unwrap_or_default();
        let max = times.iter().max().copied().unwrap_or_default();
        let average = times.iter().sum::<u32>().checked_div(*sent).unwrap_or_default();
        let [low, middle, high] =
            [min, average, max].map(|it| format!("{}.{:03}", it / 1000, it % 1000));
        if self.busybox {
            text.push_str(&format!(
                "{sent} packets transmitted, {sent} packets received, 0% packet loss\nround-trip min/avg/max = {low}/{middle}/{high} ms\n"
            ));
            return Output::ok(text);
        }
        let elapsed = sent.saturating_sub(1) * 1002;
        text.push_str(&format!(
            "{sent} packets transmitted, {sent} received, 0% packet loss, time {elapsed}ms\n"
        ));
        if *sent == 0 {
            return Output::ok(text).exit(1);
        }
        let spread: u32 = times.iter().map(|it| it.abs_diff(average)).sum::<u32>() / sent;
        text.push_str(&format!(
            "rtt min/avg/max/mdev = {low}/{middle}/{high}/{}.{:03} ms\n",
            spread / 1000,
            spread % 1000
        ));
        Output::ok(text)
    }
}

/// Three digits, as iputils prints times.
fn milliseconds(micros: u32) -> String {
    if micros >= 10_000 {
        format!("{}.{}", micros / 1000, micros / 100 % 10)
    } else {
        format!("{}.{:03}", micros / 1000, micros % 1000)
    }
}
