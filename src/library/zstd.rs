//! Zstandard, all frames of it. Source: RFC 8878, section 3.1.

use std::error::Error;
use std::io::{self, BufRead, Read};

use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

/// The largest window, in bytes: as large as zstd itself takes without being asked.
const WINDOW: u64 = 1 << 27;
/// A last block of no bytes and, where the frame has one, a checksum. It ends a frame that is cut, so that what is in
/// the window is given out as well.
const END: &[u8] = &[1, 0, 0, 0, 0, 0, 0];

/// Whether a file begins with a frame, or with one that is to be skipped, as that of parallel compressors does.
pub(super) const fn begins(start: &[u8]) -> bool {
    matches!(
        start,
        [0x28, 0xB5, 0x2F, 0xFD, ..] | [0x50..=0x5F, 0x2A, 0x4D, 0x18, ..]
    )
}

/// Unpacks one frame after the other. What is broken fails behind all that could be unpacked.
pub(super) struct Zstd<R> {
    from: R,
    decoder: FrameDecoder,
    state: State,
}

enum State {
    /// Before a frame, or the end.
    Between,
    /// In a frame.
    Within,
    /// This is to be said once what was unpacked is given out.
    Failing(io::Error),
    Over,
}

impl<R: BufRead> Zstd<R> {
    pub(super) fn new(from: R) -> Self {
        let mut decoder = FrameDecoder::new();
        decoder.set_max_window_size(WINDOW);
        Self {
            from,
            decoder,
            state: State::Between,
        }
    }

    /// Begins the next frame that is not to be skipped.
    fn begin(&mut self) -> io::Result<State> {
        use ReadFrameHeaderError::SkipFrame;
        while !is_at_end(&mut self.from)? {
            match self.decoder.reset(&mut self.from) {
                Ok(()) => return Ok(State::Within),
                Err(FrameDecoderError::ReadFrameHeaderError(SkipFrame { length, .. })) => {
                    let length = u64::from(length);
                    let skipped = io::copy(&mut (&mut self.from).take(length), &mut io::sink())?;
                    if skipped < length {
                        return Err(io::ErrorKind::UnexpectedEof.into());
                    }
                }
                Err(error) => return Err(broken(&error)),
            }
        }
        Ok(State::Over)
    }

    fn go_on(&mut self) -> State {
        if self.decoder.is_finished() {
            let told = self.decoder.get_checksum_from_data();
            return match told {
                Some(told) if self.decoder.get_calculated_checksum() != Some(told) => {
                    State::Failing(io::Error::new(
                        io::ErrorKind::InvalidData,
                        "the checksum of a frame does not fit",
                    ))
                }
                _ => State::Between,
            };
        }
        let one = BlockDecodingStrategy::UptoBlocks(1);
        match self.decoder.decode_blocks(&mut self.from, one) {
            Ok(_) => State::Within,
            Err(error) => {
                // What is whole stays; that this frame did not end is told by the first error.
                let all = BlockDecodingStrategy::All;
                let _ = self.decoder.decode_blocks(END, all);
                State::Failing(broken(&error))
            }
        }
    }
}

impl<R: BufRead> Read for Zstd<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        loop {
            if into.is_empty() || self.decoder.can_collect() > 0 {
                return self.decoder.read(into);
            }
            self.state = match std::mem::replace(&mut self.state, State::Over) {
                State::Between => self.begin()?,
                State::Within => self.go_on(),
                State::Failing(error) => return Err(error),
                State::Over => return Ok(0),
            };
        }
    }
}

/// Whether nothing is left.
pub(super) fn is_at_end(from: &mut impl BufRead) -> io::Result<bool> {
    loop {
        match from.fill_buf() {
            Ok(left) => return Ok(left.is_empty()),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// The error without what the crate wraps around the end of the file.
fn broken(error: &FrameDecoderError) -> io::Error {
    let mut cause: Option<&dyn Error> = Some(error);
    while let Some(inner) = cause {
        if let Some(inner) = inner.downcast_ref::<io::Error>()
            && inner.kind() == io::ErrorKind::UnexpectedEof
        {
            return io::Error::new(inner.kind(), "it ends within a frame");
        }
        cause = inner.source();
    }
    io::Error::new(io::ErrorKind::InvalidData, error.to_string())
}
