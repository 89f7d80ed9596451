//! Keys, pastes and sizes as events of the loop.

use std::io;
use std::sync::mpsc::Sender;
use std::thread;

use crossterm::event::{Event as Raw, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, read};

use super::Event;
use super::terminal::wait_for_hangup;
use crate::app::Message;
use crate::keys::{Code, Key};

/// Sends an event for each key, paste and new size from now on, and [`Event::Gone`] when the terminal is no more.
///
/// The terminal is to be set up before.
///
/// # Errors
/// When no thread can be started.
pub fn watch_input(events: Sender<Event>) -> io::Result<()> {
    let hangup = events.clone();
    let watch = move || {
        loop {
            let event = match read() {
                Ok(raw) => match message(raw) {
                    Some(message) => Event::Message(message),
                    None => continue,
                },
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(_) => Event::Gone,
            };
            let gone = matches!(event, Event::Gone);
            if events.send(event).is_err() || gone {
                return;
            }
        }
    };
    thread::Builder::new()
        .name("input".to_owned())
        .spawn(watch)?;
    // The reader of events does not report the end of its input, and turns in circles then.
    let watch = move || {
        wait_for_hangup();
        // The loop has ended if nobody is there to hear it.
        let _ = hangup.send(Event::Gone);
    };
    thread::Builder::new()
        .name("hangup".to_owned())
        .spawn(watch)?;
    Ok(())
}

/// What the core is told of it, if anything.
fn message(raw: Raw) -> Option<Message> {
    match raw {
        Raw::Key(event) => key(event).map(Message::Key),
        Raw::Paste(text) => Some(Message::Paste(text)),
        Raw::Resize(columns, rows) => Some(Message::Resize { columns, rows }),
        Raw::FocusGained | Raw::FocusLost | Raw::Mouse(_) => None,
    }
}

/// The key that was pressed, if it is one that can be bound.
fn key(event: KeyEvent) -> Option<Key> {
    let known = KeyModifiers::SHIFT | KeyModifiers::CONTROL | KeyModifiers::ALT;
    if event.kind == KeyEventKind::Release || !known.contains(event.modifiers) {
        return None;
    }
    let has = |modifier| event.modifiers.contains(modifier);
    let mut shift = has(KeyModifiers::SHIFT);
    let code = match event.code {
        KeyCode::Char(c) if !c.is_control() => Code::Char(c),
        KeyCode::Enter => Code::Enter,
        KeyCode::Esc => Code::Esc,
        KeyCode::Tab => Code::Tab,
        KeyCode::BackTab => {
            shift = true;
            Code::Tab
        }
        KeyCode::Backspace => Code::Backspace,
        KeyCode::Delete => Code::Delete,
        KeyCode::Insert => Code::Insert,
        KeyCode::Up => Code::Up,
        KeyCode::Down => Code::Down,
        KeyCode::Left => Code::Left,
        KeyCode::Right => Code::Right,
        KeyCode::Home => Code::Home,
        KeyCode::End => Code::End,
        KeyCode::PageUp => Code::PageUp,
        KeyCode::PageDown => Code::PageDown,
        KeyCode::F(number) => Code::F(number),
        KeyCode::Char(_)
        | KeyCode::Null
        | KeyCode::CapsLock
        | KeyCode::ScrollLock
        | KeyCode::NumLock
        | KeyCode::PrintScreen
        | KeyCode::Pause
        | KeyCode::Menu
        | KeyCode::KeypadBegin
        | KeyCode::Media(_)
        | KeyCode::Modifier(_) => return None,
    };
    let (ctrl, alt) = (has(KeyModifiers::CONTROL), has(KeyModifiers::ALT));
    Some(Key::new(code, ctrl, alt, shift))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_those_that_can_be_bound() {
        let none = KeyModifiers::NONE;
        let (shift, ctrl) = (KeyModifiers::SHIFT, KeyModifiers::CONTROL);
        for (code, modifiers, want) in [
            (KeyCode::Char('j'), none, Some("j")),
            (KeyCode::Char('G'), shift, Some("G")),
            (KeyCode::Char('o'), ctrl, Some("Ctrl-O")),
            (KeyCode::Char('i'), ctrl, Some("Ctrl-I")),
            (KeyCode::Tab, none, Some("Tab")),
            (KeyCode::BackTab, shift, Some("Shift-Tab")),
            (KeyCode::BackTab, none, Some("Shift-Tab")),
            (KeyCode::Right, KeyModifiers::ALT, Some("Alt-Right")),
            (KeyCode::Char('乌'), none, Some("乌")),
            (KeyCode::F(1), none, Some("F1")),
            (KeyCode::Char('j'), KeyModifiers::SUPER, None),
            (KeyCode::Char('\u{9b}'), none, None),
            (KeyCode::Menu, none, None),
        ] {
            let shown = key(KeyEvent::new(code, modifiers)).map(|key| key.to_string());
            assert_eq!(shown.as_deref(), want, "{code:?} {modifiers:?}");
        }
        let kind = |kind| key(KeyEvent::new_with_kind(KeyCode::Char('j'), none, kind));
        assert_eq!(kind(KeyEventKind::Release), None);
        assert_eq!(kind(KeyEventKind::Repeat), Some(Key::char('j')));
    }
}
