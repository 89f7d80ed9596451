//! The .xz format, all streams and blocks of it. Source: the .xz file format 1.1.

use std::io::{self, BufRead, Read};

use lzma_rust2::{Action, Status, XzStream};

/// So much memory a dictionary may need, in KiB.
const ROOM: u32 = 256 << 10;

/// Unpacks one stream after the other. What is broken fails behind all that could be unpacked.
pub(super) struct Xz<R> {
    from: R,
    stream: XzStream,
    /// What is to be said once what was unpacked is given out.
    failing: Option<io::Error>,
}

impl<R: BufRead> Xz<R> {
    pub(super) fn new(from: R) -> Self {
        Self {
            from,
            stream: XzStream::new_mem_limit(true, ROOM),
            failing: None,
        }
    }

    /// Unpacks a piece. How many bytes came of it is told apart from whether it failed, and whether it goes on.
    fn step(&mut self, into: &mut [u8]) -> (usize, io::Result<bool>) {
        let piece = match self.from.fill_buf() {
            Ok(piece) => piece,
            Err(error) => return (0, Err(error)),
        };
        let is_last = piece.is_empty();
        let action = if is_last { Action::Finish } else { Action::Run };
        let before = self.stream.total_out();
        let done = self.stream.process(piece, into, action);
        let made = usize::try_from(self.stream.total_out() - before).unwrap_or(0);
        let done = done.map_err(said).and_then(|done| {
            self.from.consume(done.bytes_consumed);
            if is_last && made == 0 && done.status == Status::Ok {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            Ok(done.status == Status::Ok)
        });
        (made.min(into.len()), done)
    }
}

fn said(error: io::Error) -> io::Error {
    if error.kind() != io::ErrorKind::OutOfMemory {
        return error;
    }
    let said = format!(
        "it needs more than {} MiB to be unpacked; unpack it yourself",
        ROOM >> 10
    );
    io::Error::new(io::ErrorKind::FileTooLarge, said)
}

impl<R: BufRead> Read for Xz<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if let Some(error) = self.failing.take() {
            return Err(error);
        }
        while !into.is_empty() {
            match self.step(into) {
                (0, Ok(true)) => {}
                (0, Err(error)) => return Err(error),
                (made, Ok(_)) => return Ok(made),
                (made, Err(error)) => {
                    self.failing = Some(error);
                    return Ok(made);
                }
            }
        }
        Ok(0)
    }
}
