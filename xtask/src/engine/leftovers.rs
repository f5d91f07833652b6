//! Removes all that an engine made, whether it was stopped or killed; and lists what is still there.

use super::{Place, api, network};
use crate::daemon;
use anyhow::{Context, Result};
use rustix::process::Signal;
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    thread::sleep,
    time::{Duration, Instant},
};

/// Stops the engine and removes its containers, processes, mounts, files and network.
pub(super) fn remove(place: &Place) -> Result<()> {
    if api::is_up(&place.socket())
        && let Err(error) = api::remove_containers(&place.socket())
    {
        eprintln!("warning: cannot remove the containers of the test engine: {error:#}");
    }
    daemon::stop(&place.run, "dockerd")?;
    end_processes(place);
    daemon::stop(&place.run, "containerd")?;
    for mount in mounts(place).iter().rev() {
        // A mount below one that was detached is gone already.
        drop(Command::new("umount").arg("-l").arg(mount).output());
    }
    for group in cgroups(place).iter().rev() {
        drop(fs::remove_dir(group));
    }
    network::down(&place.name)?;
    for dir in [&place.run, &place.data] {
        if dir.exists() {
            fs::remove_dir_all(dir).with_context(|| format!("cannot remove {}", dir.display()))?;
        }
    }
    Ok(())
}

/// What is still there, for a person.
pub(super) fn list(place: &Place) -> Vec<String> {
    let mut found = Vec::new();
    found.extend(processes(place).iter().map(|pid| format!("process {pid}")));
    found.extend(mounts(place).iter().map(|mount| format!("mount {}", mount.display())));
    found.extend(cgroups(place).iter().map(|group| format!("cgroup {}", group.display())));
    found.extend(
        network::rules(&place.name)
            .iter()
            .map(|(table, rule)| format!("iptables -t {table}: {}", rule.join(" "))),
    );
    found.extend(network::exists(&place.name).then(|| format!("bridge {}", place.name)));
    found.extend(
        [&place.run, &place.data]
            .into_iter()
            .filter(|dir| dir.exists())
            .map(|dir| format!("folder {}", dir.display())),
    );
    found
}

/// Containers and their guardians outlive an engine that was killed.
fn end_processes(place: &Place) {
    let start = Instant::now();
    while start.elapsed() < Duration::from_secs(10) {
        let containerd = daemon::pid(&place.run, "containerd");
        let left: Vec<u32> =
            processes(place).into_iter().filter(|pid| Some(*pid) != containerd).collect();
        if left.is_empty() {
            return;
        }
        for pid in left {
            daemon::kill(pid, Signal::KILL);
        }
        sleep(Duration::from_millis(50));
    }
}

/// Processes in the engine's cgroup, and the engine's own: these have its folder in their command line.
fn processes(place: &Place) -> Vec<u32> {
    let run = format!("{}/", place.run.display());
    let is_ours = |line: &str| {
        let (program, args) = line.split_once(' ').unwrap_or_default();
        let name = program.rsplit('/').next().unwrap_or_default();
        args.contains(&run)
            && ["containerd", "dockerd", "docker-proxy", "runc"]
                .iter()
                .any(|it| name.starts_with(it))
    };
    let mut found: Vec<u32> =
        daemon::processes().into_iter().filter(|(_, line)| is_ours(line)).map(|it| it.0).collect();
    for group in cgroups(place) {
        let text = fs::read_to_string(group.join("cgroup.procs")).unwrap_or_default();
        found.extend(text.lines().filter_map(|line| line.parse::<u32>().ok()));
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// The engine's cgroups, parents first: one tree in version 2, one for each controller in version 1.
fn cgroups(place: &Place) -> Vec<PathBuf> {
    let top = Path::new("/sys/fs/cgroup");
    let mut tops = vec![top.join(&place.name)];
    tops.extend(folders(top).into_iter().map(|controller| controller.join(&place.name)));
    let mut found: Vec<PathBuf> = tops.into_iter().filter(|dir| dir.is_dir()).collect();
    let mut next = 0;
    while let Some(dir) = found.get(next) {
        let below = folders(dir);
        found.extend(below);
        next += 1;
    }
    found
}

fn folders(dir: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(dir) else { return Vec::new() };
    let dirs = entries
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()));
    dirs.map(|entry| entry.path()).collect()
}

/// What is mounted in the engine's folders, in the order in which it was.
fn mounts(place: &Place) -> Vec<PathBuf> {
    let text = fs::read_to_string("/proc/self/mountinfo").unwrap_or_default();
    let paths = text
        .lines()
        .filter_map(|line| line.split(' ').nth(4))
        .map(|path| PathBuf::from(path.replace("\\040", " ")));
    paths.filter(|path| path.starts_with(&place.run) || path.starts_with(&place.data)).collect()
}
