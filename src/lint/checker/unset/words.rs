//! Which words of an instruction Docker expands.

use crate::syntax::{Instruction, InstructionKind, Text};

/// Gives `look` the words of an instruction that Docker expands.
pub(crate) fn words<'i, 'a>(instruction: &'i Instruction<'a>, mut look: impl FnMut(&'i Text<'a>)) {
    match &instruction.kind {
        InstructionKind::Add(it) | InstructionKind::Copy(it) => {
            let flags = it.flags();
            it.sources.iter().for_each(&mut look);
            look(&it.destination);
            [&flags.chown, &flags.chmod, &flags.checksum].into_iter().flatten().for_each(&mut look);
            flags.exclude.iter().for_each(look);
        }
        InstructionKind::Arg(it) => {
            it.variables.iter().filter_map(|it| it.default.as_ref()).for_each(look);
        }
        InstructionKind::Env(it) => {
            it.pairs.iter().flat_map(|it| [&it.name, &it.value]).for_each(look);
        }
        InstructionKind::Label(it) => {
            it.pairs.iter().flat_map(|it| [&it.name, &it.value]).for_each(look);
        }
        InstructionKind::Expose(it) => it.ports.iter().for_each(look),
        InstructionKind::User(it) => look(&it.user),
        InstructionKind::Volume(it) => it.paths.iter().for_each(look),
        InstructionKind::Workdir(it) => look(&it.path),
        InstructionKind::Stopsignal(it) => look(it),
        InstructionKind::Run(it) => {
            let fields = it.flags().mounts.iter().flat_map(|it| &it.fields);
            fields.filter_map(|it| it.value.as_ref()).for_each(look);
        }
        InstructionKind::Cmd(_)
        | InstructionKind::Entrypoint(_)
        | InstructionKind::From(_)
        | InstructionKind::Healthcheck(_)
        | InstructionKind::Maintainer(_)
        | InstructionKind::Onbuild(_)
        | InstructionKind::Shell(_)
        | InstructionKind::Broken(_) => (),
    }
}
