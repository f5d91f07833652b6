//! A bridge, and the three firewall rules that let its containers reach out.

use crate::program::{output, program};
use anyhow::{Context, Result};
use std::{fs, path::Path};

const FORWARDING: &str = "/proc/sys/net/ipv4/ip_forward";
const OURS: &str = "dw-";

/// Makes the bridge in a network of 254 addresses that nobody here uses.
pub(super) fn up(name: &str) -> Result<()> {
    let used = output(program("ip").args(["-o", "-4", "address"]))?
        + &output(program("ip").args(["-4", "route"]))?;
    let net = (1..255u8)
        .map(|n| format!("10.213.{n}."))
        .find(|net| !used.contains(net))
        .context("10.213.0.0/16 is full")?;
    ip(&["link", "add", name, "type", "bridge"])?;
    ip(&["address", "add", &format!("{net}1/24"), "dev", name])?;
    ip(&["link", "set", name, "up"])?;
    let net = format!("{net}0/24");
    for (table, rule) in [
        ("nat", vec!["POSTROUTING", "-s", &net, "!", "-o", name, "-j", "MASQUERADE"]),
        ("filter", vec!["FORWARD", "-i", name, "-j", "ACCEPT"]),
        (
            "filter",
            vec![
                "FORWARD",
                "-o",
                name,
                "-m",
                "conntrack",
                "--ctstate",
                "RELATED,ESTABLISHED",
                "-j",
                "ACCEPT",
            ],
        ),
    ] {
        iptables(&["-t", table, "-I"], &rule, &["-m", "comment", "--comment", name])?;
    }
    fs::write(FORWARDING, "1").with_context(|| format!("cannot write {FORWARDING}"))
}

/// Removes the rules and the bridge.
pub(super) fn down(name: &str) -> Result<()> {
    for (table, rule) in rules(name) {
        iptables(&["-t", table, "-D"], &rule.iter().map(String::as_str).collect::<Vec<_>>(), &[])?;
    }
    if exists(name) {
        ip(&["link", "delete", name])?;
    }
    Ok(())
}

/// Whether the bridge is there.
pub(super) fn exists(name: &str) -> bool {
    Path::new("/sys/class/net").join(name).exists()
}

/// Our rules, as `iptables -D` wants them.
pub(super) fn rules(name: &str) -> Vec<(&'static str, Vec<String>)> {
    debug_assert!(name.starts_with(OURS));
    let mut found = Vec::new();
    for table in ["nat", "filter"] {
        // Without iptables there are no rules of ours.
        let text = output(program("iptables").args(["-t", table, "-S"])).unwrap_or_default();
        found.extend(text.lines().filter_map(|line| ours(line, name)).map(|rule| (table, rule)));
    }
    found
}

fn ours(line: &str, name: &str) -> Option<Vec<String>> {
    let words: Vec<String> = line
        .strip_prefix("-A ")?
        .split(' ')
        .map(|word| word.trim_matches('"').to_owned())
        .collect();
    words.windows(2).any(|pair| pair == ["--comment", name]).then_some(words)
}

/// The largest packet of the way out: a container that sends larger ones loses them on some networks.
pub(super) fn mtu() -> u32 {
    let route = output(program("ip").args(["route", "show", "default"])).unwrap_or_default();
    let device = route.split(' ').skip_while(|word| *word != "dev").nth(1).unwrap_or("lo");
    let text = fs::read_to_string(format!("/sys/class/net/{device}/mtu")).unwrap_or_default();
    text.trim().parse().unwrap_or(1500).min(1500)
}

fn ip(args: &[&str]) -> Result<()> {
    output(program("ip").args(args)).map(drop)
}

fn iptables(how: &[&str], rule: &[&str], comment: &[&str]) -> Result<()> {
    // `-w`: somebody else may be changing the firewall at this moment.
    output(program("iptables").arg("-w").args(how).args(rule).args(comment)).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_rules() {
        let rule = "-A FORWARD -i dw-1 -m comment --comment dw-1 -j ACCEPT";
        assert_eq!(ours(rule, "dw-1").unwrap().join(" "), rule.trim_start_matches("-A "));
        assert!(ours("-A FORWARD -i x -m comment --comment \"dw-1\" -j ACCEPT", "dw-1").is_some());
        for other in [
            "-P FORWARD ACCEPT",
            "-A FORWARD -i dw-1 -j ACCEPT",
            "-A FORWARD -m comment --comment dw-11 -j DROP",
        ] {
            assert!(ours(other, "dw-1").is_none(), "{other}");
        }
    }
}
