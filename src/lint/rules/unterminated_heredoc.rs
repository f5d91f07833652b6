use crate::lint::declare::rule;

rule! {
    /// A here-document ends at a line that is its word and nothing else. Without that line, the rest of the file is text.
    ///
    /// ```dockerfile bad
    /// FROM debian:13
    /// RUN <<EOF
    /// #   ^^^^^ unterminated heredoc
    /// make
    ///  EOF
    /// CMD ["id"]
    /// ```
    ///
    /// `<<-` allows tabs in front of the word.
    ///
    /// ```dockerfile good
    /// FROM debian:13
    /// RUN <<EOF
    /// make
    /// EOF
    /// CMD ["id"]
    /// ```
    DW011 "unterminated-heredoc" Error On ""
}
