//! `apt` and `apt-get`: lists, and packages with the programs they bring.

use super::{Process, complain};
use crate::{
    engine::{
        Output,
        packages::{self, Package, Release},
    },
    order::Set,
};

const UNSTABLE: &str =
    "\nWARNING: apt does not have a stable CLI interface. Use with caution in scripts.\n\n";

/// Operations that are real and not simulated; a line without any prints a help.
const OPERATIONS: [&str; 18] = [
    "",
    "build-dep",
    "changelog",
    "check",
    "depends",
    "dist-upgrade",
    "download",
    "edit-sources",
    "full-upgrade",
    "list",
    "policy",
    "purge",
    "rdepends",
    "reinstall",
    "remove",
    "search",
    "show",
    "source",
];

/// `apt-get update|install|clean|…`
pub fn run(process: &mut Process, name: &str, args: &[String]) -> Output {
    let mut words = args.iter().filter(|it| !it.starts_with('-'));
    let action = words.next().map_or("", String::as_str);
    let wanted: Vec<&str> = words.map(String::as_str).collect();
    let is_simulated = ["update", "install", "clean", "autoclean", "autoremove", "upgrade"];
    if !is_simulated.contains(&action) {
        if !OPERATIONS.contains(&action) {
            return complain(format!("E: Invalid operation {action}"), 100);
        }
        return super::not_simulated(format!("{name} {action}").trim_end());
    }
    let mut output = Output::default();
    if name == "apt" && !process.tty {
        output = output.err(UNSTABLE);
    }
    if super::system::user(process) != "root" {
        let text =
            "E: Could not open lock file /var/lib/apt/lists/lock - open (13: Permission denied)";
        return output.then(complain(text, 100));
    }
    output.then(match action {
        "update" => update(process),
        "install" => install(process, args, &wanted),
        "upgrade" | "autoremove" => Output::ok(
            "Reading package lists...\nBuilding dependency tree...\nReading state information...\n0 upgraded, 0 newly installed, 0 to remove and 0 not upgraded.\n",
        ),
        _ => Output::default(),
    })
}

fn update(process: &mut Process) -> Output {
    let packages = packages::all();
    let release = packages.releases.iter().find(|it| it.system == process.root.system);
    let Some(Release { server, name: release, .. }) = release else {
        return super::not_simulated("apt-get update");
    };
    if !process.root.has_lists {
        process.root_mut().has_lists = true;
        process.grown += i64::try_from(packages.lists).unwrap_or_default();
    }
    Output::ok(format!(
        "Get:1 {server} {release} InRelease [116 kB]\nGet:2 {server} {release}-updates InRelease [44.1 kB]\nGet:3 {server} {release}/main amd64 Packages [8182 kB]\nFetched 8342 kB in 2s (4171 kB/s)\nReading package lists...\n"
    ))
}

fn install(process: &mut Process, args: &[String], wanted: &[&str]) -> Output {
    let packages = packages::all();
    let mut output = Output::ok(
        "Reading package lists...\nBuilding dependency tree...\nReading state information...\n",
    );
    for name in wanted {
        // `name=version` asks for one version.
        let name = name.split('=').next().unwrap_or_default();
        let known = process.root.has_lists && packages.find(name).is_some();
        if known {
            continue;
        }
        if let Some(by) = packages.provides(name).filter(|_| process.root.has_lists) {
            let list: String = by.iter().map(|it| format!("  {it}\n")).collect();
            let text = format!(
                "Package {name} is a virtual package provided by:\n{list}You should explicitly select one to install.\n"
            );
            let error = format!("E: Package '{name}' has no installation candidate");
            return output.out(text).then(complain(error, 100));
        }
        let mut refused = output.then(complain(format!("E: Unable to locate package {name}"), 100));
        if process.root.has_lists {
            refused = refused
                .note(format!("Dockwright's simulated Debian has few packages, and no `{name}`."));
        }
        return refused;
    }
    let new = needed(process, wanted);
    let additional: Vec<&str> =
        new.iter().map(|it| it.name.as_str()).filter(|it| !wanted.contains(it)).collect();
    let names: Vec<&str> = new.iter().map(|it| it.name.as_str()).collect();
    if !additional.is_empty() {
        output = output.out(format!(
            "The following additional packages will be installed:\n  {}\n",
            additional.join(" ")
        ));
    }
    if !names.is_empty() {
        output = output
            .out(format!("The following NEW packages will be installed:\n  {}\n", names.join(" ")));
    }
    output = output.out(format!(
        "0 upgraded, {} newly installed, 0 to remove and 0 not upgraded.\n",
        names.len()
    ));
    let is_yes = |it: &String| {
        let short = it.starts_with('-') && !it.starts_with("--") && it.contains('y');
        short || it == "--yes" || it == "--assume-yes"
    };
    if !additional.is_empty() && !args.iter().any(is_yes) {
        return output.out("Do you want to continue? [Y/n] Abort.\n").exit(1);
    }
    output.then(unpack(process, &new))
}

fn unpack(process: &mut Process, new: &[&Package]) -> Output {
    let mut text = String::new();
    for package in new {
        let Package { name, version, size, programs, depends: _ } = package;
        text.push_str(&format!(
            "Selecting previously unselected package {name}.\nUnpacking {name} ({version}) ...\n"
        ));
        process.grown += i64::try_from(*size).unwrap_or_default();
        let root = process.root_mut();
        root.packages.insert(name.clone());
        root.programs.extend(programs.iter().cloned());
    }
    for Package { name, version, .. } in new {
        text.push_str(&format!("Setting up {name} ({version}) ...\n"));
    }
    Output::ok(text)
}

/// The packages that are not there yet, with what they need, sorted.
fn needed(process: &Process, wanted: &[&str]) -> Vec<&'static Package> {
    let packages = packages::all();
    let mut found: Set = Set::new();
    let mut open: Vec<&str> = wanted.iter().filter_map(|it| it.split('=').next()).collect();
    while let Some(name) = open.pop() {
        let Some(package) = packages.find(name) else { continue };
        if !process.root.packages.contains(name) && found.insert(package.name.clone()) {
            open.extend(package.depends.iter().map(String::as_str));
        }
    }
    found.iter().filter_map(|it| packages.find(it)).collect()
}
