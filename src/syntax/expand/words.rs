//! Words of a text that is expanded piece by piece.

/// A word, and where the piece stands that it starts with.
#[derive(Debug)]
pub(crate) struct Word {
    pub(crate) text: String,
    pub(crate) start: usize,
}

/// Puts pieces together to words.
#[derive(Debug, Default)]
pub(super) struct Splitter {
    done: Vec<Word>,
    word: String,
    start: usize,
}

impl Splitter {
    /// Adds a piece that stands at `start`. If it `splits`, its white space ends words.
    pub(super) fn add(&mut self, piece: &str, start: usize, splits: bool) {
        if !splits {
            self.push(piece, start);
            return;
        }
        let mut at = start;
        for part in piece.split_inclusive(char::is_whitespace) {
            let text = part.trim_end_matches(char::is_whitespace);
            self.push(text, at);
            if text.len() < part.len() {
                self.end();
            }
            at += part.len();
        }
    }

    fn push(&mut self, text: &str, start: usize) {
        if self.word.is_empty() {
            self.start = start;
        }
        self.word.push_str(text);
    }

    fn end(&mut self) {
        if !self.word.is_empty() {
            let text = std::mem::take(&mut self.word);
            self.done.push(Word { text, start: self.start });
        }
    }

    /// All words.
    pub(super) fn finish(mut self) -> Vec<Word> {
        self.end();
        self.done
    }
}
