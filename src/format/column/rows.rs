//! The rows of an article: its text, and the mentions that their tags make.

use super::shape::{self, Shape, Sort};
use super::tag::{self, Part, Row, Step, Tag};
use crate::format::code::Code;
use crate::format::entry::Source;
use crate::format::report::{Report, number, short};
use crate::format::scheme::Scheme;
use crate::format::tokens::{Joint, Tally};

/// A mention: its bytes in the text, and its lines.
pub(super) struct Chunk<'t> {
    pub(super) label: &'t str,
    pub(super) start: usize,
    pub(super) end: usize,
    /// Bytes of the article's part of the file.
    pub(super) from: usize,
    pub(super) to: usize,
    /// The line in which it begins.
    pub(super) line: usize,
}

/// A column of tags, and how far it was followed.
#[derive(Default)]
struct Track<'t> {
    row: Row<'t>,
    /// The last line with a mention, and where its tag stands.
    last: Option<(At<'t>, usize)>,
    /// The number of its last mention.
    open: usize,
}

/// An article's text and mentions in the making.
pub(super) struct Rows<'t> {
    shape: Shape,
    joint: Joint,
    pub(super) report: Report,
    pub(super) text: String,
    pub(super) added: u32,
    pub(super) tally: Tally,
    pub(super) chunks: Vec<Chunk<'t>>,
    /// The tags of mentions, and of those within them.
    tracks: [Track<'t>; 2],
    /// The token before; empty at the start of a sentence.
    before: &'t str,
    /// Whether the sentence has no row yet.
    fresh: bool,
    place: u32,
}

/// A line, where it is.
#[derive(Clone, Copy)]
struct At<'t> {
    line: &'t str,
    number: usize,
    /// Byte of its start and end in the part.
    start: usize,
    end: usize,
}

impl At<'_> {
    /// The place of a byte of the line.
    fn place(&self, byte: usize) -> (u32, u32) {
        let before = self.line.get(..byte).unwrap_or(self.line);
        (number(self.number), number(before.chars().count() + 1))
    }
}

impl<'t> Rows<'t> {
    pub(super) fn of(source: &Source<'_>, shape: Shape, joint: Joint) -> Self {
        Self {
            shape,
            joint,
            report: source.report(),
            text: String::with_capacity(source.part().0.len() / 2),
            added: 0,
            tally: Tally::default(),
            chunks: Vec::new(),
            tracks: Default::default(),
            before: "",
            fresh: true,
            place: 0,
        }
    }

    pub(super) fn walk(&mut self, part: &'t str, first: usize) {
        for ((line, start, end), number) in shape::lines(part).zip(first..) {
            let at = At {
                line,
                number,
                start,
                end,
            };
            match shape::sort(line) {
                Sort::Blank | Sort::Article => self.end(),
                Sort::Row => self.line(at),
            }
        }
        self.end();
    }

    /// Ends a sentence.
    fn end(&mut self) {
        for mut track in std::mem::take(&mut self.tracks) {
            if track.row.end() {
                self.unfinished(&track);
            }
        }
        self.before = "";
        self.fresh = true;
        self.place = 0;
    }

    fn line(&mut self, at: At<'t>) {
        let cut = self.shape.cut(at.line);
        if self.fresh && shape::is_remark(at.line, cut.tag) {
            return;
        }
        let fits = cut.columns == self.shape.columns;
        // Where chunks stand before tags, a line that is cut off ends with its chunk, which looks like a tag.
        let is_cut_off = self.shape.columns > 3 && cut.columns < self.shape.columns;
        let tag = if cut.columns == 1 || is_cut_off {
            ""
        } else {
            cut.tag
        };
        if !fits {
            self.miscounted(at, cut.columns);
        }
        let token = if self.shape.indexed {
            self.unindexed(cut.token, at)
        } else {
            cut.token
        };
        if token.is_empty() && fits {
            let message = "the line has a tag but no token";
            let remedy = "put the token before the tag, or take the line out";
            self.report
                .add(Code::MALFORMED, at.place(0), message, remedy);
        }
        let start = self.push(token);
        self.fresh = false;
        // A line that has another number of columns has but one tag that is sure.
        if self.shape.nested && fits {
            let outer_at = at.line.get(..cut.tag_at).unwrap_or("").trim_end();
            let outer_at = outer_at.len() - cut.middle.len().min(outer_at.len());
            self.tag(0, cut.middle, fits, at, outer_at, start);
            self.tag(1, tag, fits, at, cut.tag_at, start);
        } else {
            self.tag(0, tag, fits, at, cut.tag_at, start);
            if self.shape.nested {
                self.tag(1, "", fits, at, cut.tag_at, start);
            }
        }
    }

    /// Follows a column of tags: what this one says of the token that starts at this byte of the text.
    fn tag(
        &mut self,
        number: usize,
        tag: &'t str,
        fits: bool,
        at: At<'t>,
        byte: usize,
        start: usize,
    ) {
        let Some(slot) = self.tracks.get_mut(number) else {
            return;
        };
        if tag == "O" && !slot.row.is_open() {
            return;
        }
        let mut track = std::mem::take(slot);
        let parsed = self.parse(tag, fits, at, byte);
        let (step, left) = track.row.next(parsed);
        if left {
            self.unfinished(&track);
        }
        track.last = Some((at, byte));
        let (end, line) = (self.text.len(), at.number);
        match step {
            Step::None => {}
            Step::Begins | Step::BeginsOrphan => {
                if step == Step::BeginsOrphan {
                    self.orphan(parsed, tag, at, byte);
                }
                track.open = self.chunks.len();
                self.chunks.push(Chunk {
                    label: parsed.label,
                    start,
                    end,
                    from: at.start,
                    to: at.end,
                    line,
                });
            }
            Step::GoesOn => {
                if let Some(chunk) = self.chunks.get_mut(track.open) {
                    // Before its first character no place was known.
                    if chunk.start == chunk.end {
                        chunk.start = start;
                    }
                    chunk.end = end;
                    chunk.to = at.end;
                }
            }
        }
        if let Some(slot) = self.tracks.get_mut(number) {
            *slot = track;
        }
    }

    /// The token without its place.
    fn unindexed(&mut self, token: &'t str, at: At<'t>) -> &'t str {
        shape::unindexed(token, &mut self.place).unwrap_or_else(|| {
            let message = format!(
                "“{}” has no place behind its character as the tokens of most lines have",
                short(token)
            );
            let remedy = "put its place in the word behind it, from 0";
            self.report
                .add(Code::MALFORMED, at.place(0), message, remedy);
            token
        })
    }

    /// Adds a token to the text with what stands before it, and says where it starts.
    fn push(&mut self, token: &'t str) -> usize {
        if token.is_empty() {
            return self.text.len();
        }
        self.tally.add(token);
        let between = if self.before.is_empty() {
            (!self.text.is_empty()).then_some('\n')
        } else {
            self.joint.spaces(self.before, token).then_some(' ')
        };
        if let Some(between) = between {
            self.text.push(between);
            self.added = self.added.saturating_add(1);
        }
        let start = self.text.len();
        self.text.push_str(token);
        self.before = token;
        start
    }

    /// The tag, or what it is read as when it is none.
    fn parse(&mut self, tag: &'t str, fits: bool, at: At<'t>, byte: usize) -> Tag<'t> {
        let outside = Tag {
            part: Part::Outside,
            letter: b'O',
            label: "",
        };
        let scheme = self.shape.scheme;
        match tag::parse(tag) {
            Some(tag) if tag::has(scheme, tag.letter) => tag,
            Some(parsed) => {
                let message = format!("“{}” is no tag of {scheme}", short(tag));
                let remedy = "mend it, or give --scheme to have the tags read otherwise";
                self.report
                    .add(Code::UNKNOWN_TAG, at.place(byte), message, remedy);
                parsed
            }
            // The line is already said to be broken.
            None if tag.is_empty() || !fits => outside,
            None => {
                let message = format!(
                    "“{}” is no tag; expected O, or a letter and a label such as B-{}",
                    short(tag),
                    short(tag)
                );
                let remedy = "give it its letter; it is read as a label without";
                self.report
                    .add(Code::UNKNOWN_TAG, at.place(byte), message, remedy);
                tag::inside(tag)
            }
        }
    }

    fn miscounted(&mut self, at: At<'t>, columns: usize) {
        let message = match columns {
            1 => format!(
                "the line has one column; expected {} as in most lines",
                self.shape.columns
            ),
            _ => format!(
                "the line has {columns} columns; expected {} as in most lines",
                self.shape.columns
            ),
        };
        let remedy = "mend the line: its first column is read as the token, its last as the tag where it is one";
        self.report
            .add(Code::MALFORMED, at.place(0), message, remedy);
    }

    fn orphan(&mut self, parsed: Tag<'t>, tag: &str, at: At<'t>, byte: usize) {
        if self.shape.scheme == Scheme::Iob1 || parsed.letter == 0 {
            return;
        }
        let message = format!(
            "“{}” goes on with a mention that nothing began; it is read as the beginning of one",
            short(tag)
        );
        let rest = tag.get(1..).unwrap_or("");
        let remedy = format!(
            "write B{} here, or give the tag before it this label",
            short(rest)
        );
        self.report
            .add(Code::ORPHAN_TAG, at.place(byte), message, remedy);
    }

    /// Tells of a mention of BIOES or BMES that nothing ended, at its last tag.
    fn unfinished(&mut self, track: &Track<'_>) {
        let Some((at, byte)) = track.last else {
            return;
        };
        if !matches!(self.shape.scheme, Scheme::Bioes | Scheme::Bmes) {
            return;
        }
        let label = self.chunks.get(track.open).map_or("", |chunk| chunk.label);
        let label = short(label);
        let message = format!("the mention of {label} is not ended here, and does not go on");
        let remedy = format!("write E-{label}, or S-{label} where it has but one token");
        self.report
            .add(Code::UNFINISHED_TAG, at.place(byte), message, remedy);
    }
}
