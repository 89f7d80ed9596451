//! A file with articles on disk: which files belong to it, which format.

use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use super::asked::Asked;
use super::error::LoadError;
use super::forced::could_be;
use super::pair::{beside, brat_half, has_ending, packed_or_not, shared_task};
use super::unpack::{Damage, begins, inner_name, start_of, stream_rest};
use crate::article::{Encoding, Types};
use crate::format::{self, Document, FIRST_LOOK, File, Files, Format, Look, Sign};

/// A file with articles, or the files of one article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file with the text.
    pub main: PathBuf,
    /// The annotations, where they stand in files of their own: the `.ann` of a brat article, or the `.a1`, `.a2` and so on of
    /// a BioNLP shared task.
    pub annotations: Vec<PathBuf>,
    /// How it is written.
    pub format: Format,
    /// Why it is taken for that.
    pub reason: &'static str,
}

impl Place {
    /// Opens the files. All of the text is in memory then.
    ///
    /// # Errors
    /// [`LoadError::File`] when one of them cannot be read.
    pub fn open(&self, asked: &Asked) -> Result<Document, LoadError> {
        self.open_with(open(&self.main, asked)?, asked)
    }

    /// The same, unless `worth` says of the text that reading it would be in vain.
    pub(super) fn open_if(
        &self,
        asked: &Asked,
        worth: &dyn Fn(&[u8]) -> bool,
    ) -> Result<Option<Document>, LoadError> {
        let main = open(&self.main, asked)?;
        if !format::is_worth(&main.decoded.text, worth) {
            return Ok(None);
        }
        self.open_with(main, asked).map(Some)
    }

    fn open_with(&self, main: File, asked: &Asked) -> Result<Document, LoadError> {
        let mut annotations: Option<File> = None;
        for path in &self.annotations {
            let mut beside = open(path, asked)?;
            if let Some(encoding) = main.decoded.decides(&beside.decoded) {
                beside = open_in(path, Some(encoding))?;
            }
            match &mut annotations {
                Some(all) => all.join(beside),
                None => annotations = Some(beside),
            }
        }
        let files = Files { main, annotations };
        let mut options = asked.options.clone();
        options.looked = asked.format.is_none();
        if self.format == Format::Brat {
            options.types = types_of(&self.main);
        }
        Ok(Document::open(self.format, files, options))
    }

    /// What two of them have in common when they are the same files and read alike, for whatever reason.
    pub(super) fn key(&self) -> Key {
        (self.main.clone(), self.annotations.clone(), self.format)
    }

    /// The files, the one with the text first.
    pub fn files(&self) -> impl Iterator<Item = &Path> {
        let beside = self.annotations.iter().map(PathBuf::as_path);
        std::iter::once(self.main.as_path()).chain(beside)
    }
}

/// What a [`Place`] is told from others by.
pub(super) type Key = (PathBuf, Vec<PathBuf>, Format);

/// The longest file of a configuration that is read, in bytes.
const CONF_BYTES: u64 = 1 << 20;

/// The text of the configuration in the folder of a brat article, or in the nearest of those above that brat looks into
/// and that has one.
fn conf_of(article: &Path, name: &str) -> Option<String> {
    let folders = article.ancestors().skip(1).take(3);
    let found = folders
        .map(|folder| folder.join(name))
        .find(|path| fs::metadata(path).is_ok_and(|meta| meta.is_file()));
    let mut bytes = Vec::new();
    let file = fs::File::open(found?).ok()?;
    file.take(CONF_BYTES).read_to_end(&mut bytes).ok()?;
    Some(format::decode_bytes(&bytes, None).text)
}

fn open(path: &Path, asked: &Asked) -> Result<File, LoadError> {
    open_in(path, asked.encoding)
}

/// Opens a file in an encoding, or in that which it looks like.
fn open_in(path: &Path, encoding: Option<Encoding>) -> Result<File, LoadError> {
    let damage = Damage::default();
    let read = || {
        let size = usize::try_from(fs::metadata(path)?.len()).unwrap_or(0);
        format::decode_file(|| stream_rest(path, &damage), size, encoding)
    };
    let mut decoded = read().map_err(|error| LoadError::File(unreadable(path, &error)))?;
    decoded.damage = damage.take();
    Ok(File {
        name: path.to_string_lossy().into_owned(),
        decoded,
        joined: Vec::new(),
    })
}

/// The configuration of a corpus in brat, no articles.
const CONF: [&str; 4] = [
    "annotation.conf",
    "visual.conf",
    "tools.conf",
    "kb_shortcuts.conf",
];

/// What brat's configuration says of the labels of an article.
fn types_of(main: &Path) -> Types {
    let [annotation, visual] = ["annotation.conf", "visual.conf"].map(|name| conf_of(main, name));
    format::brat_types(annotation.as_deref(), visual.as_deref())
}

/// What a file of a folder is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Sort {
    Article(Place),
    /// The half of an article that its other half brings.
    Part,
    /// Annotations without their text.
    Lone,
    /// A zip or tar file, which may hold articles.
    Archive,
    Binary,
    Unknown,
}

/// What a file is that was met in a folder. A forced format narrows down which files are taken: those that look like
/// it, pairs of `.txt` and `.ann`, and those that are called as its files are ([`could_be`]). `is_there` tells whether a
/// file may stand beside it, `may_be_task` whether annotations of a shared task do.
pub(super) fn met(
    path: PathBuf,
    asked: &Asked,
    is_there: &dyn Fn(&Path) -> bool,
    may_be_task: bool,
) -> io::Result<Sort> {
    let Some(start) = begins(&path, FIRST_LOOK)? else {
        return Ok(Sort::Archive);
    };
    if path
        .file_name()
        .is_some_and(|name| CONF.iter().any(|conf| *conf == name))
    {
        return Ok(Sort::Part);
    }
    let forced = asked.format;
    if asked.encoding.is_none() && is_binary(&path, &start) {
        return Ok(Sort::Binary);
    }
    let pair = brat_half(&path, asked, is_there);
    if pair.is_none()
        && may_be_task
        && let Some(place) = shared_task(&path, asked, is_there)
    {
        return Ok(if place.main == path {
            Sort::Article(place)
        } else {
            Sort::Part
        });
    }
    let place = |format, reason, annotations| {
        Sort::Article(Place {
            main: path.clone(),
            annotations: Option::into_iter(annotations).collect(),
            format,
            reason,
        })
    };
    let detected = recognise(&path, &start, asked);
    let reason = detected.map_or("", |(_, sign)| sign.reason);
    Ok(match (detected.map(|(format, _)| format), forced) {
        (Some(Format::Brat), None | Some(Format::Brat)) if pair.is_some() => Sort::Part,
        (Some(Format::Brat), None | Some(Format::Brat)) if beside(&path, is_there).is_none() => {
            Sort::Lone
        }
        // Those of a shared task beside an .ann.
        (Some(Format::Brat), None | Some(Format::Brat)) => Sort::Unknown,
        (_, None | Some(Format::Brat)) if pair.is_some() => {
            place(Format::Brat, "an .ann stands beside it", pair)
        }
        (Some(Format::WebAnnotation), None | Some(Format::WebAnnotation)) => {
            Sort::Article(with_text(&path, &start, asked, reason))
        }
        (Some(found), None) => place(found, reason, None),
        (Some(found), Some(forced)) if found == forced => place(found, reason, None),
        // The text in it stands in the .ann as well.
        (_, Some(Format::Yedda))
            if has_ending(&inner_name(&path), "txt") && beside(&path, is_there).is_some() =>
        {
            Sort::Part
        }
        (_, Some(forced)) if could_be(&inner_name(&path), forced) => {
            let reason = "--format says so";
            match forced {
                Format::WebAnnotation => Sort::Article(with_text(&path, &start, asked, reason)),
                _ => place(forced, reason, None),
            }
        }
        _ => Sort::Unknown,
    })
}

/// The format of a file that begins so; more of it is read where that is too little.
pub(super) fn recognise(path: &Path, start: &[u8], asked: &Asked) -> Option<(Format, Sign)> {
    let name = inner_name(path).to_string_lossy().into_owned();
    let first = start.get(..FIRST_LOOK).unwrap_or(start);
    format::recognise(&name, first, asked.encoding, &|most| {
        start_of(path, most).unwrap_or_default().into()
    })
}

fn is_binary(path: &Path, start: &[u8]) -> bool {
    format::is_binary(&inner_name(path).to_string_lossy(), start)
}

/// The article of a file that was named by the reader.
///
/// # Errors
/// One line that says what is wrong and what to do.
pub(super) fn named(path: &Path, asked: &Asked) -> Result<Place, String> {
    let (shown, forced) = (path.display(), asked.format);
    let start = start_of(path, FIRST_LOOK).map_err(|error| unreadable(path, &error))?;
    if forced.is_none() && asked.encoding.is_none() && is_binary(path, &start) {
        return Err(format!(
            "{shown}: this is a binary file, it holds a NUL byte; give --encoding or --format to read it all the same"
        ));
    }
    if let Some(place) = shared_task(path, asked, &Path::is_file) {
        return Ok(place);
    }
    let inner = inner_name(path);
    let inner = inner.as_ref();
    let (format, reason) = match forced {
        Some(format) => (format, "--format says so"),
        None => {
            let found = recognise(path, &start, asked);
            let (format, sign) = format::or_text(&inner.to_string_lossy(), found);
            (format, sign.reason)
        }
    };
    let alone = |format, reason| Place {
        main: path.to_owned(),
        annotations: Vec::new(),
        format,
        reason,
    };
    let is_annotations = !has_ending(inner, "txt") && format::companion(inner).is_some();
    let other = beside(path, &Path::is_file).unwrap_or_else(|| match format::companion(inner) {
        Some(other) => other,
        None => inner.with_extension("ann"),
    });
    match format {
        Format::Brat if is_annotations && !other.is_file() => Err(format!(
            "{shown}: these are brat annotations, and there is no {} beside them; put the text there",
            other.display()
        )),
        Format::Brat if is_annotations => Ok(Place {
            main: other,
            annotations: vec![path.to_owned()],
            ..alone(format, reason)
        }),
        Format::Brat if !other.is_file() => Err(format!(
            "{shown}: there is no {} beside it; put the brat annotations there, or read the text with --format text",
            other.display()
        )),
        Format::WebAnnotation => Ok(with_text(path, &start, asked, reason)),
        Format::Brat => Ok(Place {
            annotations: vec![other],
            ..alone(format, reason)
        }),
        _ if forced.is_none() && brat_half(path, asked, &Path::is_file).is_some() => Ok(Place {
            annotations: vec![other],
            ..alone(Format::Brat, "an .ann stands beside it")
        }),
        _ => Ok(alone(format, reason)),
    }
}

/// The article of a file of annotations whose text stands beside it, compressed or not: under the same name, or under that
/// which the start of the file tells. Names with a folder in them are not followed.
fn with_text(path: &Path, start: &[u8], asked: &Asked, reason: &'static str) -> Place {
    let decoded = format::decode_bytes(start, asked.encoding).text;
    let told = format::text_of(&Look {
        name: &path.to_string_lossy(),
        start: &decoded,
        whole: start.len() < FIRST_LOOK,
    });
    let own = inner_name(path).with_extension("txt");
    let told = told.filter(|name| !name.contains(['/', '\\']) && !name.starts_with('.'));
    let told = told.map(|name| path.with_file_name(name));
    let texts = std::iter::once(own).chain(told);
    let is_there = |text: &Path| text.is_file() && text != path;
    let text = texts
        .into_iter()
        .find_map(|text| packed_or_not(&text, &is_there));
    match text {
        Some(text) => Place {
            main: text,
            annotations: vec![path.to_owned()],
            format: Format::WebAnnotation,
            reason,
        },
        None => Place {
            main: path.to_owned(),
            annotations: Vec::new(),
            format: Format::WebAnnotation,
            reason,
        },
    }
}

/// The line for what cannot be read.
pub(super) fn unreadable(path: &Path, error: &io::Error) -> String {
    if matches!(
        error.kind(),
        io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput | io::ErrorKind::UnexpectedEof
    ) {
        return format!(
            "{}: it is damaged or cut off ({error}), and nothing of it can be read; get it anew",
            path.display()
        );
    }
    if error.kind() == io::ErrorKind::FileTooLarge {
        return format!("{}: {error}", path.display());
    }
    format!(
        "{}: {error}; check the path and its permissions",
        path.display()
    )
}
