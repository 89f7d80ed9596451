//! Enter in the article: what stands at the point is followed, be it a jump line, an address or a name.

use super::message::Effect;
use super::state::App;
use crate::article::{BlockId, Role};

/// What an address of the web begins with.
const BEGINNINGS: [&str; 3] = ["https://", "http://", "www."];

/// So far from the point an address may reach, in bytes.
const LONGEST: usize = 2000;

impl App {
    /// Follows what stands at the point: a jump line to the continuation, an address to the clipboard, a mention to its
    /// name's page. Where nothing was gone to, a jump line in sight goes before a mention that happens to stand first.
    pub(super) fn follow_body(&mut self) -> Vec<Effect> {
        let Some((body, point)) = self.body.as_ref().zip(self.point()) else {
            self.say("there is no text to follow anything in");
            return Vec::new();
        };
        let text = &body.article().text;
        let is_jump = |id: &BlockId| text.block(*id).is_some_and(|b| b.role == Role::JumpLine);
        let at_point = text.block_at(point.offset).filter(is_jump);
        if let Some(block) = at_point {
            return self.follow_jump_line(block);
        }
        let block = text.block_at(point.offset).and_then(|id| text.block(id));
        let address = block.and_then(|block| {
            let at = point.offset.checked_sub(block.span.start())?;
            address_at(text.slice(block.span), at)
        });
        if let Some(address) = address.map(str::to_owned) {
            self.say(address.clone());
            self.copied_address = Some(address.clone());
            return vec![Effect::Copy {
                text: address,
                what: "an address",
            }];
        }
        let in_sight = body.rows().iter().map(|r| r.block).find(is_jump);
        let is_mention = self.mention_at_point().is_some();
        match in_sight {
            Some(block) if !is_mention || point.gone.is_none() => self.follow_jump_line(block),
            _ if is_mention => self.name_page(),
            _ => {
                self.say("no jump line, name or address of the web here");
                Vec::new()
            }
        }
    }

    fn follow_jump_line(&mut self, block: BlockId) -> Vec<Effect> {
        let Some(body) = &self.body else {
            return Vec::new();
        };
        let text = &body.article().text;
        let line = text.block(block).map_or("", |b| text.slice(b.span));
        let earlier = line.contains("上接");
        let id = body.id();
        let ticket = self.ticket();
        self.stay();
        self.following = Some(ticket);
        self.say("looking for the continuation …");
        vec![Effect::FindContinuation {
            ticket,
            id,
            earlier,
        }]
    }
}

/// The address of the web in which byte `at` of a line lies.
fn address_at(line: &str, at: usize) -> Option<&str> {
    let window = line.floor_char_boundary(at.saturating_sub(LONGEST))
        ..line.ceil_char_boundary(at.saturating_add(LONGEST));
    let at = at.checked_sub(window.start)?;
    let line = line.get(window)?;
    let is_part = |c: char| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '"' | '`' | '\\');
    let mut before = line.get(..at)?.char_indices().rev();
    let from = before.find(|(_, c)| !is_part(*c));
    let from = from.map_or(0, |(from, c)| from + c.len_utf8());
    let rest = line.get(at..)?;
    let to = at + rest.find(|c| !is_part(c)).unwrap_or(rest.len());
    // Brackets and the like may stand before the address.
    let run = line.get(from..to)?;
    let lower = run.to_ascii_lowercase();
    let starts = BEGINNINGS
        .iter()
        .filter_map(|b| Some((lower.find(b)?, b.len())));
    let (start, beginning) = starts.min()?;
    let address = run.get(start..)?;
    let address = address.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'']);
    let address = match address.strip_suffix(')') {
        Some(inner) if !inner.contains('(') => inner,
        _ => address.trim_end_matches([']', '}']),
    };
    let range = from + start..from + start + address.len();
    (address.len() > beginning && range.contains(&at)).then_some(address)
}

#[cfg(test)]
mod tests {
    use super::address_at;

    #[test]
    fn an_address_is_known_by_any_of_its_characters() {
        for (line, from, want) in [
            (
                "见https://a.example/b?c=1。完",
                "example",
                Some("https://a.example/b?c=1"),
            ),
            ("见（www.a.example）", "www", Some("www.a.example")),
            ("(HTTP://a.example/x).", "HTTP", Some("HTTP://a.example/x")),
            (
                "http://a.example/x_(y)",
                "y",
                Some("http://a.example/x_(y)"),
            ),
            ("[https://a.example].", "a.", Some("https://a.example")),
            ("见https://a.example。完", "完", None),
            ("（https://a.example", "（", None),
            ("x https://", "http", None),
            ("a.example", "a", None),
            ("", "", None),
        ] {
            let at = line.find(from).unwrap_or(usize::MAX);
            assert_eq!(address_at(line, at), want, "{line} at {from}");
        }
        assert_eq!(address_at("乌", 1), None);
        let long = "x".repeat(100_000);
        assert_eq!(address_at(&long, 50_000), None);
    }
}
