//! `RUN`: a command that runs during the build.

use super::{Input, device::Device, mount::Mount};
use crate::{
    syntax::{
        Form, Text,
        flag::{self, Flags},
        keyword::nearest,
        wrong::Wrong,
    },
    text::Span,
};

/// A command that runs during the build.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run<'a> {
    /// ```text
    /// RUN --network=none make install
    ///                    ^^^^^^^^^^^^
    /// ```
    pub command: Form<'a>,
    flags: Option<Box<RunFlags<'a>>>,
}

/// The flags of `RUN`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RunFlags<'a> {
    /// `--mount=type=cache,target=/x`, each, before expansion.
    pub mounts: Vec<Mount<'a>>,
    /// `--network=none`.
    pub network: Option<Network>,
    /// `--security=insecure`.
    pub security: Option<Security>,
    /// `--device=vendor/class`, each.
    pub devices: Vec<Device<'a>>,
}

/// What network a command has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Network {
    /// The builder's own.
    Default,
    /// None.
    None,
    /// The one of the machine.
    Host,
}

/// What a command may do to the machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Security {
    /// As little as a container.
    Sandbox,
    /// Everything, if the builder allows it.
    Insecure,
}

impl RunFlags<'_> {
    const NONE: &'static RunFlags<'static> =
        &RunFlags { mounts: Vec::new(), network: None, security: None, devices: Vec::new() };
}

impl<'a> Run<'a> {
    pub(super) fn parse(input: Input<'_, 'a>) -> Result<Self, Wrong> {
        let Input { arguments, flags, keyword, .. } = input;
        let command = Form::parse(arguments)?;
        if flags.is_empty() {
            return Ok(Self { command, flags: None });
        }
        flag::check(flags, keyword)?;
        let it = Flags(flags);
        // In this order, in which BuildKit's files register themselves.
        let flags = RunFlags {
            devices: it.all("device").map(Device::parse).collect::<Result<_, _>>()?,
            mounts: it.all("mount").map(Mount::parse).collect::<Result<_, _>>()?,
            network: it.text("network").map(|it| network(&it)).transpose()?,
            security: it.text("security").map(|it| security(&it)).transpose()?,
        };
        Ok(Self { command, flags: Some(Box::new(flags)) })
    }

    /// The flags.
    pub fn flags(&self) -> &RunFlags<'a> {
        self.flags.as_deref().unwrap_or(RunFlags::NONE)
    }
}

fn network(value: &Text<'_>) -> Result<Network, Wrong> {
    Ok(match value.as_str() {
        "default" => Network::Default,
        "none" => Network::None,
        "host" => Network::Host,
        _ => {
            let message = format!("invalid network mode {:?}", value.as_str());
            return Err(unknown(value, &["default", "none", "host"], message));
        }
    })
}

fn security(value: &Text<'_>) -> Result<Security, Wrong> {
    Ok(match value.as_str() {
        "sandbox" => Security::Sandbox,
        "insecure" => Security::Insecure,
        _ => {
            let message = format!("security {:?} is not valid", value.as_str());
            return Err(unknown(value, &["sandbox", "insecure"], message));
        }
    })
}

fn unknown(value: &Text<'_>, known: &[&'static str], message: String) -> Wrong {
    let help = match nearest(value, known.iter().copied()) {
        Some(near) => format!("Write {near}, if that is what you meant."),
        None => format!("Write one of {}.", known.join(", ")),
    };
    let span = if value.is_empty() { Span::at(value.span.start) } else { value.span };
    Wrong::instruction(span, message).help(help)
}
