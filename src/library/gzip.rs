//! gzip, all members of it. Source: RFC 1952, section 2.2.

use std::io::{self, BufRead, Read};

use flate2::bufread::GzDecoder;

use super::zstd::is_at_end;

/// Unpacks one member after the other. Zeros behind one fill up a block of a tape or a disk, and are none.
pub(super) struct Gzip<R> {
    /// None at the end.
    member: Option<GzDecoder<R>>,
}

impl<R: BufRead> Gzip<R> {
    pub(super) fn new(from: R) -> Self {
        Self {
            member: Some(GzDecoder::new(from)),
        }
    }
}

impl<R: BufRead> Read for Gzip<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while let Some(member) = &mut self.member {
            let got = member.read(into)?;
            if got > 0 || into.is_empty() {
                return Ok(got);
            }
            let ended = self.member.take().map(GzDecoder::into_inner);
            self.member = match ended {
                Some(from) => behind_zeros(from)?.map(GzDecoder::new),
                None => None,
            };
        }
        Ok(0)
    }
}

/// What comes behind zeros, when something does.
fn behind_zeros<R: BufRead>(mut from: R) -> io::Result<Option<R>> {
    while !is_at_end(&mut from)? {
        let left = from.fill_buf()?;
        let zeros = left.iter().take_while(|byte| **byte == 0).count();
        if zeros == 0 {
            return Ok(Some(from));
        }
        from.consume(zeros);
    }
    Ok(None)
}
