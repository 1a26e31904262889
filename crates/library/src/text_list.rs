//! Lists of texts given as an array or as several arguments, and what is made of them: read once when constant.

use crate::call::Argument;
use crate::json::bare_text;
use crate::value::Json;
use std::borrow::Cow;

/// What is made of the texts of one array, or of all arguments, row by row; made once when all are constant.
pub struct TextList<'a, T: Clone> {
    arguments: &'a [Argument],
    make: fn(&str) -> T,
    fixed: Option<Option<Vec<T>>>,
}

impl<'a, T: Clone> TextList<'a, T> {
    /// Prepares arguments.
    pub fn new(arguments: &'a [Argument], make: fn(&str) -> T) -> TextList<'a, T> {
        let mut list = TextList { arguments, make, fixed: None };
        if arguments.iter().all(|argument| argument.constant) {
            list.fixed = Some(list.made(0));
        }
        list
    }

    /// What was made at a row; nothing for a null array.
    pub fn at(&self, row: usize) -> Option<Cow<'_, [T]>> {
        match &self.fixed {
            Some(fixed) => fixed.as_deref().map(Cow::Borrowed),
            None => self.made(row).map(Cow::Owned),
        }
    }

    fn made(&self, row: usize) -> Option<Vec<T>> {
        let make = |value: &Json| (self.make)(&bare_text(value));
        match self.arguments {
            [only] => Some(match only.json(row)? {
                Json::Array(elements) => elements.iter().map(make).collect(),
                other => vec![make(&other)],
            }),
            several => Some(several.iter().map(|argument| (self.make)(&argument.text(row))).collect()),
        }
    }
}
