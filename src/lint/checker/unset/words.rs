//! Which words of an instruction Docker expands.

use crate::syntax::{Instruction, InstructionKind, Text};

/// The words of an instruction that Docker expands.
pub(crate) fn words<'i, 'a>(instruction: &'i Instruction<'a>) -> Vec<&'i Text<'a>> {
    match &instruction.kind {
        InstructionKind::Add(it) | InstructionKind::Copy(it) => {
            let flags = it.flags();
            let flags = [&flags.chown, &flags.chmod, &flags.checksum].into_iter().flatten();
            let excluded = it.flags().exclude.iter();
            it.sources.iter().chain([&it.destination]).chain(flags).chain(excluded).collect()
        }
        InstructionKind::Arg(it) => {
            it.variables.iter().filter_map(|it| it.default.as_ref()).collect()
        }
        InstructionKind::Env(it) => it.pairs.iter().flat_map(|it| [&it.name, &it.value]).collect(),
        InstructionKind::Label(it) => {
            it.pairs.iter().flat_map(|it| [&it.name, &it.value]).collect()
        }
        InstructionKind::Expose(it) => it.ports.iter().collect(),
        InstructionKind::User(it) => vec![&it.user],
        InstructionKind::Volume(it) => it.paths.iter().collect(),
        InstructionKind::Workdir(it) => vec![&it.path],
        InstructionKind::Stopsignal(it) => vec![it],
        InstructionKind::Run(it) => {
            let fields = it.flags().mounts.iter().flat_map(|it| &it.fields);
            fields.filter_map(|it| it.value.as_ref()).collect()
        }
        InstructionKind::Cmd(_)
        | InstructionKind::Entrypoint(_)
        | InstructionKind::From(_)
        | InstructionKind::Healthcheck(_)
        | InstructionKind::Maintainer(_)
        | InstructionKind::Onbuild(_)
        | InstructionKind::Shell(_)
        | InstructionKind::Broken(_) => Vec::new(),
    }
}
