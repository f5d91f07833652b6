//! Mistakes: one in a file, of every class that the builder knows.

use super::Grammar;
use crate::differential::case::Case;

/// Lines that no builder accepts, or only by an odd reading.
const LINES: &[&str] = &[
    "FOO bar",
    "ENVV A=1",
    "ENV",
    "ENV A",
    "ENV A=1 b",
    "ENV =1",
    "LABEL",
    "LABEL k",
    "LABEL =v",
    "ARG",
    "ARG =1",
    "ARG A=1 =2",
    "CMD [1, 2]",
    "CMD [\"a\", 2]",
    "ENTRYPOINT [[\"a\"]]",
    "CMD {\"a\": 1}",
    "SHELL /bin/sh -c",
    "SHELL []",
    "SHELL",
    "EXPOSE",
    "EXPOSE foo",
    "EXPOSE 80/xyz",
    "EXPOSE 70000",
    "EXPOSE 9-8",
    "EXPOSE 1-3:5-6",
    "EXPOSE -1",
    "VOLUME",
    "VOLUME []",
    "VOLUME [\"\"]",
    "VOLUME $NOPE",
    "USER",
    "USER $NOPE",
    "WORKDIR",
    "WORKDIR $NOPE",
    "STOPSIGNAL",
    "STOPSIGNAL NOPE",
    "STOPSIGNAL 0",
    "STOPSIGNAL SIGSIGTERM",
    "STOPSIGNAL SIGINT SIGTERM",
    "HEALTHCHECK",
    "HEALTHCHECK CMD",
    "HEALTHCHECK FOO x",
    "HEALTHCHECK NONE x",
    "HEALTHCHECK --interval=abc CMD x",
    "HEALTHCHECK --interval=1 CMD x",
    "HEALTHCHECK --interval=-1s CMD x",
    "HEALTHCHECK --timeout=500us CMD x",
    "HEALTHCHECK --retries=-1 CMD x",
    "HEALTHCHECK --retries=x CMD x",
    "HEALTHCHECK --retries=99999999999999999999 CMD x",
    "HEALTHCHECK --bogus=1 CMD x",
    "HEALTHCHECK --interval CMD x",
    "HEALTHCHECK --interval=1s --interval=2s CMD x",
    "ONBUILD",
    "ONBUILD ONBUILD CMD x",
    "ONBUILD FROM scratch",
    "ONBUILD MAINTAINER x",
    "ONBUILD FOO x",
    "MAINTAINER",
    "COPY a.txt",
    "ADD a.txt",
    "COPY",
    "COPY --chown a.txt /",
    "COPY --nope=1 a.txt /",
    "COPY --from=9 a.txt /",
    "COPY --from=-1 a.txt /",
    "COPY --from=$A a.txt /",
    "COPY [\"a.txt\"]",
    "FROM",
    "FROM a b",
    "FROM a as",
    "FROM scratch AS 1a",
    "FROM scratch AS a b",
    "FROM Upper:case",
    "FROM a:b:c",
    "FROM :x",
    "FROM $NOPE",
    "FROM scratch/",
    "FROM --platform= scratch",
    "FROM --platform=a/b/c/d scratch",
    "FROM --nope=1 scratch",
    "ENV A=\"x",
    "ENV A='x",
    "ENV A=${A",
    "ENV A=${A:",
    "ENV A=${A:=x}",
    "ENV A=${A:-x",
    "ENV A=${}",
    "ENV A=${!}",
    "ENV A=${-x}",
    "ENV A=${NOPE:?must be set}",
    "ENV A=${NOPE:?}",
    "ENV A=$",
    "ENV A=\\",
    "LABEL a='b' c \"d\"",
    "LABEL \"a b\"=c d=\"",
    "ENV A=1\\ 2 b=\"3\\",
    "USER a b c",
    "CMD --flag x",
    "ENV --x A=1",
    "ARG --x=1 A=b",
    "STOPSIGNAL --x SIGINT",
    "HEALTHCHECK --bogus=1 NONE",
    "WORKDIR --x /a",
    "RUN",
    "RUN --mount=type=bogus true",
    "RUN --network=bogus true",
    "ENTRYPOINT",
    "CMD",
];

impl Grammar {
    /// Makes one mistake.
    pub(super) fn spoil(&mut self, case: &mut Case) {
        let mut lines: Vec<&str> = case.text.split_inclusive('\n').collect();
        match self.random.below(20) {
            0 => case.text.clear(),
            1 => case.text = "# only a comment\n".into(),
            2 => case.text = case.text.replacen("FROM", "FORM", 1),
            3 => {
                let from = lines.iter().position(|it| it.to_ascii_uppercase().starts_with("FROM"));
                drop(lines.drain(..=from.unwrap_or_default().min(lines.len().saturating_sub(1))));
                case.text = lines.concat();
            }
            4 => case.target = Some(self.random.one(&["nope", "0", "bild0", "A0", "a0"]).into()),
            5 => {
                // A character too few, anywhere.
                let places: Vec<usize> = case.text.char_indices().map(|it| it.0).collect();
                case.text.remove(self.random.one(&places));
            }
            6 => {
                let places: Vec<usize> = case.text.char_indices().map(|it| it.0).collect();
                let odd = self.random.one(&[
                    "\"", "'", "\\", "$", "${", "[", "]", "=", " ", "`", "#", "\\\\", "\t", "--",
                ]);
                case.text.insert_str(self.random.one(&places), odd);
            }
            _ => {
                let line = format!("{}\n", self.random.one(LINES));
                let at = self.random.between(1, lines.len().max(1)).min(lines.len());
                lines.insert(at, &line);
                case.text = lines.concat();
            }
        }
    }
}
