//! Writing a table into a file of the user's.

use std::io::{self, ErrorKind, Write};
use std::path::Path;

use crate::app::{Message, Table};
use crate::config::at_home;
use crate::desk::atomic;
use crate::search::concordance::{Form, write_collocates, write_line_names, write_lines};

/// Writes a table into a file that is not there yet, unless `is_over` before it is whole; says how it went. Nothing is
/// left behind when it did not go well.
pub(super) fn export(path: &str, form: Form, table: &Table, is_over: &dyn Fn() -> bool) -> Message {
    let write = |out: &mut dyn Write| {
        let out: &mut dyn Write = &mut Unless { out, is_over };
        match table {
            Table::Lines(made) => {
                write_line_names(out, form)?;
                write_lines(out, made, form)
            }
            Table::Collocates(found) => write_collocates(out, found, form),
        }
    };
    let rows = match table {
        Table::Lines(made) => made.len(),
        Table::Collocates(found) => found.len(),
    };
    match atomic::create(&at_home(Path::new(path)), write) {
        Ok(()) => {
            let s = if rows == 1 { "" } else { "s" };
            Message::Exported(format!("{rows} row{s} written to {path}"))
        }
        Err(_) if is_over() => Message::Failed(format!(
            "{path}: it took too long; nothing was written, wait for the table before you quit"
        )),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            Message::Failed(format!("{path} is there already; give another name"))
        }
        Err(error) if error.kind() == ErrorKind::NotFound => Message::Failed(format!(
            "{path}: there is no such folder; make it, or give another name"
        )),
        // The kind alone: the rest of it may be about the file that is written first, under another name.
        Err(error) => Message::Failed(format!(
            "{path}: {}; nothing was written, give another name",
            error.kind()
        )),
    }
}

/// Takes bytes as long as it is not over.
struct Unless<'a> {
    out: &'a mut dyn Write,
    is_over: &'a dyn Fn() -> bool,
}

impl Write for Unless<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if (self.is_over)() {
            return Err(io::Error::other("given up"));
        }
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::fs;
    use std::sync::Arc;

    use super::*;
    use crate::search::concordance::Concordance;

    #[test]
    fn a_table_that_is_given_up_leaves_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("lines.tsv").display().to_string();
        let table = Table::Lines(Arc::new(Concordance::default()));
        let asked = Cell::new(0);
        // After the first bytes.
        let is_over = || asked.replace(asked.get() + 1) > 0;
        let said = export(&path, Form::Tsv, &table, &is_over);
        assert!(matches!(said, Message::Failed(_)), "{said:?}");
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 0);
        let said = export(&path, Form::Tsv, &table, &|| false);
        assert_eq!(said, Message::Exported(format!("0 rows written to {path}")));
    }
}
