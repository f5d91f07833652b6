//! `dockwright lsp`: what an editor asks about Dockerfiles, over the language server protocol.

mod actions;
mod answers;
mod diagnostics;
mod documents;
mod frame;
mod names;
mod position;
mod server;
mod tokens;

use std::{
    io::{self, BufReader},
    process::ExitCode,
    sync::mpsc::{TryRecvError, sync_channel},
    thread,
};

use self::{
    frame::Frame,
    server::{Next, Server},
};
use super::lint::Choice;

/// `dockwright lsp`
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    choice: Choice,
    /// What many editors add. There is no other way to talk to it.
    #[arg(long, hide = true)]
    stdio: bool,
}

/// So many messages wait at most.
const MAX_WAITING: usize = 256;

/// Carries it out.
pub(crate) fn run(args: &Args) -> ExitCode {
    let (sender, receiver) = sync_channel(MAX_WAITING);
    // It ends with the program: nobody waits for an editor that says nothing.
    drop(thread::spawn(move || {
        let mut input = BufReader::new(io::stdin().lock());
        loop {
            let frame = frame::read(&mut input);
            let is_last = matches!(frame, Frame::End(_));
            if sender.send(frame).is_err() || is_last {
                break;
            }
        }
    }));
    let mut server = Server::new(&args.choice, io::stdout().lock());
    loop {
        let frame = match receiver.try_recv() {
            Ok(it) => it,
            // Only what is still so after all changes is looked at.
            Err(TryRecvError::Empty) => {
                server.publish();
                match receiver.recv() {
                    Ok(it) => it,
                    Err(_) => return ExitCode::FAILURE,
                }
            }
            Err(TryRecvError::Disconnected) => return ExitCode::FAILURE,
        };
        match server.take(frame) {
            Next::Go => (),
            Next::Exit(code) => return code,
        }
    }
}
