//! Says what is being done, and how long it took.

use anyhow::Result;
use std::time::Instant;

/// Announces `what`, does it, and prints its time with the note that it returned.
pub(crate) fn step(name: &str, what: &str, work: impl FnOnce() -> Result<String>) -> Result<()> {
    println!("{name:>8}  {what}");
    let start = Instant::now();
    let note = work()?;
    let seconds = start.elapsed().as_secs_f64();
    println!("{:>8}  {seconds:.1} s{}{note}", "", if note.is_empty() { "" } else { ", " });
    Ok(())
}
