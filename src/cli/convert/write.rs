//! Writing what is converted: to one place, or a file each.

use std::collections::HashMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::{Converter, problems};
use crate::article::Article;
use crate::cli::bulk::fault;
use crate::cli::sources::say;
use crate::cli::targets::{self, copy, copy_file, held_files, parted};
use crate::format::{self, Document, Losses};
use crate::library::Named;

impl Converter<'_> {
    /// The articles of a file, one after the other.
    fn articles(
        &mut self,
        index: usize,
        document: &Document,
        mut with: impl FnMut(&mut Self, &Article) -> io::Result<()>,
    ) -> io::Result<()> {
        let many = document.len() > 1;
        for number in 0..document.len() {
            match document.read(number) {
                Ok(mut article) => {
                    self.problems += problems(&article);
                    // An article that has no name of its own is called as its file, from where the search began.
                    if !many
                        && let Some(unit) = self.units.get(index)
                        && unit
                            .name
                            .file_name()
                            .is_some_and(|n| *n == *article.meta.name)
                    {
                        article.meta.name = unit.name.to_string_lossy().into_owned();
                    }
                    with(self, &article)?;
                    self.articles += 1;
                }
                Err(error) => {
                    self.sound = false;
                    let name = self.units.get(index).map(|unit| unit.named.name());
                    say(
                        "error",
                        &fault(&name.unwrap_or_default(), error.into()).bare(),
                    );
                }
            }
        }
        Ok(())
    }

    /// Writes everything to one place.
    pub(super) fn all(&mut self, out: &mut dyn Write, losses: &mut Losses) -> io::Result<()> {
        let [open, between, close] = format::joined(self.args.to).unwrap_or_default();
        let mut first = true;
        for index in 0..self.units.len() {
            let Some(document) = self.open(index, true) else {
                continue;
            };
            if self.units.len() == 1 && self.is_copied(&document) {
                self.count(&document);
                match &self.units[index].named {
                    Named::Place(place) => {
                        for file in place.files().skip(1) {
                            self.beside.push((parted(file).1, fs::read(file)?));
                        }
                    }
                    Named::Held(held) => {
                        let beside = held_files(held, self.args.to).into_iter().skip(1);
                        self.beside
                            .extend(beside.map(|(ending, bytes)| (ending, bytes.to_vec())));
                    }
                }
                return copy(&self.units[index].named, out);
            }
            self.options.named = !document.format().holds_many();
            self.articles(index, &document, |this, article| {
                out.write_all(if first { open } else { between }.as_bytes())?;
                first = false;
                let (main, beside) = this.written(article, losses);
                let beside = beside.map(|(ending, text)| (ending.to_owned(), text.into_bytes()));
                this.beside.extend(beside);
                out.write_all(&main)
            })?;
            self.progress.tell(index + 1);
        }
        if first {
            out.write_all(open.as_bytes())?;
        }
        out.write_all(close.as_bytes())
    }

    /// Counts what is wrong with articles that are not written anew.
    fn count(&mut self, document: &Document) {
        self.articles += document.len();
        for number in 0..document.len() {
            self.problems += document.read(number).map_or(1, |a| problems(&a));
        }
    }

    /// The bytes of an article, and of what stands beside it.
    fn written(
        &self,
        article: &Article,
        losses: &mut Losses,
    ) -> (Vec<u8>, Option<(&'static str, String)>) {
        let to = self.args.to;
        let (written, lost) = format::write(to, article, &self.options);
        losses.join(&lost);
        (
            format::bytes(to, &written.main, article.form),
            written.beside,
        )
    }

    /// The names of the files that will be copied, by their unit: they are given out first, so that nothing that is
    /// converted takes one of them.
    fn kept_names(&mut self, folder: &Path) -> HashMap<usize, Vec<PathBuf>> {
        let mut kept = HashMap::new();
        for (index, unit) in self.units.iter().enumerate() {
            let Named::Place(place) = &unit.named else {
                continue;
            };
            if place.format != self.args.to || !self.is_same() {
                continue;
            }
            let files = place
                .files()
                .map(|file| self.names.path(folder, &unit.name, &parted(file).1));
            kept.insert(index, files.collect());
        }
        kept
    }

    /// Writes a file for every file, or for every article.
    pub(super) fn folder(&mut self, folder: &Path, losses: &mut Losses) -> io::Result<()> {
        let joined = format::joined(self.args.to);
        let mut kept = self.kept_names(folder);
        for index in 0..self.units.len() {
            let Some(document) = self.open(index, true) else {
                continue;
            };
            let name = self.units[index].name.clone();
            if self.is_copied(&document) {
                self.count(&document);
                let mut kept = kept.remove(&index).unwrap_or_default().into_iter();
                let place = match &self.units[index].named {
                    Named::Place(place) => place,
                    Named::Held(held) => {
                        for (ending, bytes) in held_files(held, self.args.to) {
                            let path = self.names.path(folder, &name, &ending);
                            self.put(&path, |_, out| out.write_all(&bytes))?;
                        }
                        continue;
                    }
                };
                let files: Vec<PathBuf> = place.files().map(Path::to_owned).collect();
                for file in files {
                    let path = kept.next();
                    let path =
                        path.unwrap_or_else(|| self.names.path(folder, &name, &parted(&file).1));
                    self.put(&path, |_, out| copy_file(&file, out))?;
                }
            } else if let Some([open, between, close]) = joined {
                let path = self.names.path(folder, &name, format::ending(self.args.to));
                self.put(&path, |this, out| {
                    let mut first = true;
                    this.articles(index, &document, |this, article| {
                        out.write_all(if first { open } else { between }.as_bytes())?;
                        first = false;
                        out.write_all(&this.written(article, losses).0)
                    })?;
                    if first {
                        out.write_all(open.as_bytes())?;
                    }
                    out.write_all(close.as_bytes())
                })?;
            } else {
                self.articles(index, &document, |this, article| {
                    let name = PathBuf::from(&article.meta.name);
                    let (main, beside) = this.written(article, losses);
                    let path = this.names.path(folder, &name, format::ending(this.args.to));
                    let is_there = this.put(&path, |_, out| out.write_all(&main))?;
                    if let Some((ending, text)) = beside.filter(|_| is_there) {
                        let path = targets::beside(&path, ending);
                        this.put(&path, |_, out| out.write_all(text.as_bytes()))?;
                    }
                    Ok(())
                })?;
            }
            self.progress.tell(index + 1);
        }
        Ok(())
    }
}
