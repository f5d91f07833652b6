//! Follows a job to its end.

use futures_util::StreamExt as _;

use crate::{
    protocol::{Channel, Event, RpcError, call::Started, event::JobState},
    remote::{text, utf8::Decoder},
    wasm::{
        agent::{AgentEvent, OutputStream, work::Work},
        socket::Happening,
    },
};

/// How a job ended.
pub(super) struct Outcome {
    pub(super) state: JobState,
    pub(super) error: Option<RpcError>,
    /// The exit code of the process, if the engine said it.
    pub(super) code: Option<i64>,
}

/// What a job's messages are for the page.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Lines of progress are the output.
    Transfer,
    /// The stream is the output; progress is extra.
    Build,
    /// A process whose output is text.
    Process,
    /// A process on a terminal.
    Terminal,
}

impl Work<'_> {
    /// Shows what a job says until it ends.
    pub(super) async fn follow(&mut self, started: &Started, kind: Kind) -> Outcome {
        let Started { job, stream, container: _, notes } = started;
        for note in notes {
            self.shared.say(OutputStream::Note, format!("{note}\n"));
        }
        self.shared.job.set(Some(*job));
        self.shared.begin_input(*stream);
        self.shared.is_interrupted.set(false);
        self.shared.is_process.set(matches!(kind, Kind::Process | Kind::Terminal));
        let mut decoders = (Decoder::default(), Decoder::default());
        let mut code = None;
        let (state, error) = loop {
            match self.happenings.next().await {
                Some(Happening::Bytes { stream: of, channel, bytes }) if of == *stream => {
                    match (kind, channel) {
                        (_, Channel::Stdin | Channel::Close) => (),
                        (Kind::Terminal, Channel::Stdout | Channel::Stderr) => {
                            self.shared.bytes(&bytes);
                        }
                        (_, Channel::Stdout) => {
                            self.output(OutputStream::Stdout, &mut decoders.0, &bytes);
                        }
                        (_, Channel::Stderr) => {
                            self.output(OutputStream::Stderr, &mut decoders.1, &bytes);
                        }
                    }
                }
                Some(Happening::Event(event)) => match event {
                    Event::JobProgress { job: of, id, text, current, total } if of == *job => {
                        self.progress(kind, id, text, (current, total));
                    }
                    Event::StreamExit { stream: of, code: found } if of == *stream => code = found,
                    Event::StreamGap { stream: of, from, to, .. } if of == *stream => {
                        let text = format!(
                            "… {} bytes are left out: this page could not keep up.\n",
                            to - from
                        );
                        self.shared.say(OutputStream::Note, text);
                    }
                    Event::JobState { job: of, state, error }
                        if of == *job && state != JobState::Running =>
                    {
                        break (state, error);
                    }
                    Event::JobProgress { .. }
                    | Event::StreamExit { .. }
                    | Event::StreamGap { .. }
                    | Event::JobState { .. }
                    | Event::StreamCredit { .. }
                    | Event::EngineState { .. }
                    | Event::Hello { .. }
                    | Event::Closing { .. } => (),
                },
                Some(Happening::Bytes { .. }) => (),
                Some(Happening::Closed(_)) | None => break (JobState::Lost, None),
            }
        };
        for (stream, decoder) in
            [(OutputStream::Stdout, &mut decoders.0), (OutputStream::Stderr, &mut decoders.1)]
        {
            let rest = decoder.finish();
            if !rest.is_empty() {
                self.shared.say(stream, rest);
            }
        }
        Outcome { state, error, code }
    }

    fn output(&self, stream: OutputStream, decoder: &mut Decoder, bytes: &[u8]) {
        let text = decoder.decode(bytes);
        self.shared.emit(&AgentEvent::Output {
            stream,
            text,
            bytes: crate::text::to_u32(bytes.len()),
        });
    }

    fn progress(&self, kind: Kind, id: String, text: String, amounts: (Option<u64>, Option<u64>)) {
        match (kind, amounts) {
            (Kind::Transfer, (None, _)) => {
                self.shared.say(OutputStream::Stdout, text::progress(&id, &text));
            }
            (_, (current, total)) => {
                let current = current.unwrap_or_default();
                let total = total.unwrap_or_default();
                self.shared.emit(&AgentEvent::Progress { id, text, current, total });
            }
        }
    }
}
