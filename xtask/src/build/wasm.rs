//! The core for the browser: `pkg/dist`, with its size held to a budget.

use crate::{
    paths,
    program::{cargo_build, output, program, run},
    stamp::Stamp,
    step::step,
};
use anyhow::{Context, Result, ensure};
use flate2::{Compression, write::GzEncoder};
use std::{fs, io::Write, path::Path};
use wasm_bindgen_cli_support::Bindgen;

/// Where the core may run.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// Gzipped bytes that a learner downloads: above the second one the build fails. The second one is for now: the linter's
/// rules are in the core, and should be a module of their own that is fetched behind it.
const ALARM: usize = 350 * 1024;
const BUDGET: usize = 560 * 1024;

/// Compiles the core, generates its JavaScript and TypeScript, and weighs it.
pub(crate) fn build() -> Result<()> {
    check_target()?;
    step("wasm", "the core, for the browser", || {
        run(cargo_build().args(["--lib", "--profile", "wasm", "--target", TARGET]))?;
        let input = paths::target().join(TARGET).join("wasm/dockwright.wasm");
        let out = paths::at("pkg/dist");
        bind(&input, &out)?;
        weigh(&out.join("dockwright_bg.wasm"))
    })
}

fn bind(input: &Path, out: &Path) -> Result<()> {
    let stamp = Stamp::new("wasm-bindgen", &[input.to_path_buf()], &[])?;
    if stamp.is_fresh(&out.join("dockwright_bg.wasm")) {
        return Ok(());
    }
    fs::create_dir_all(out)?;
    Bindgen::new()
        .input_path(input)
        .web(true)?
        .typescript(true)
        // The library's default is true, and then `init()` needs a URL.
        .omit_default_module_path(false)
        .remove_producers_section(true)
        .remove_name_section(true)
        .generate(out)
        .context("wasm-bindgen cannot process the compiled core")?;
    stamp.write()
}

fn weigh(file: &Path) -> Result<String> {
    let size = size(file)?;
    ensure!(
        size.gzip <= BUDGET,
        "the core is {} and may have {BUDGET} bytes gzip: make it smaller, or raise BUDGET in xtask/src/build/wasm.rs on purpose",
        size.show()
    );
    let alarm = if size.gzip > ALARM { ": above 350 KiB gzip, which is too much!" } else { "" };
    Ok(format!("{}{alarm}", size.show()))
}

/// How large a file is, as it lies and as it travels.
pub(crate) struct Size {
    raw: usize,
    /// Bytes after `gzip -9`.
    pub(crate) gzip: usize,
}

impl Size {
    /// Both numbers, for a person.
    pub(crate) fn show(&self) -> String {
        format!("{} bytes, {} bytes gzip", self.raw, self.gzip)
    }
}

/// Weighs a file.
pub(crate) fn size(file: &Path) -> Result<Size> {
    let bytes = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(&bytes)?;
    Ok(Size { raw: bytes.len(), gzip: gzip.finish()?.len() })
}

fn check_target() -> Result<()> {
    let sysroot = output(program("rustc").args(["--print", "sysroot"]))?;
    let library = Path::new(sysroot.trim()).join("lib/rustlib").join(TARGET);
    ensure!(
        library.is_dir(),
        "the Rust target {TARGET} is missing. Install it with `rustup target add {TARGET}`; \
         a Rust that does not come from rustup (https://rustup.rs) has it in a package of its own"
    );
    Ok(())
}
