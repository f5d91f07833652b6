//! JSON in little code: one tree that records pick their fields from.
//!
//! What the page reads, it reads through here: the readers that Serde generates would be a fifth of the core. Types
//! that the agent and the build tools read too have Serde's readers beside these, and tests compare the two.

mod parse;
mod print;

use crate::order::{Map, Set};

pub use parse::parse;
pub use print::quoted;

/// A JSON value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number as it is written.
    Number(String),
    /// A string, decoded.
    Text(String),
    /// An array.
    Array(Vec<Value>),
    /// An object, in the order of the text.
    Object(Vec<(String, Value)>),
}

/// What can be read from a JSON value.
pub trait Read: Sized {
    /// Reads it, if the value is one. An absent field is `null`, which also says *empty* and *no*.
    fn read(value: &Value) -> Option<Self>;
}

impl Value {
    /// An object, in the given order.
    pub fn object<const N: usize>(fields: [(&str, Self); N]) -> Self {
        Self::Object(fields.map(|it| (it.0.to_owned(), it.1)).into())
    }

    /// The value of a field of an object.
    pub fn get(&self, name: &str) -> Option<&Self> {
        let found = self.fields()?.iter().find(|it| it.0 == name);
        found.map(|it| &it.1)
    }

    /// Reads a field of an object.
    pub fn field<T: Read>(&self, name: &str) -> Option<T> {
        T::read(self.get(name).unwrap_or(&Self::Null))
    }

    /// Reads a field that may be absent whatever it is.
    pub fn field_or_default<T: Read + Default>(&self, name: &str) -> Option<T> {
        match self.get(name) {
            Some(it) => T::read(it),
            None => Some(T::default()),
        }
    }

    /// The fields of an object.
    pub fn fields(&self) -> Option<&[(String, Self)]> {
        if let Self::Object(fields) = self { Some(fields) } else { None }
    }

    /// The characters of a string.
    pub fn text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }
}

/// Structs that are read from objects, each field from the key of its name or from the one beside it. The fields
/// after `;` may be absent whatever they are.
macro_rules! record {
    ($($type:ident { $($field:ident $($key:literal)?),* $(; $($other:ident $($other_key:literal)?),*)? })*) => {$(
        impl $crate::json::Read for $type {
            fn read(it: &$crate::json::Value) -> Option<Self> {
                it.fields()?;
                Some(Self {
                    $($field: it.field($crate::json::record!(@ $field $($key)?))?,)*
                    $($($other: it.field_or_default($crate::json::record!(@ $other $($other_key)?))?,)*)?
                })
            }
        }
    )*};
    (@ $field:ident) => { stringify!($field) };
    (@ $field:ident $key:literal) => { $key };
}
pub(crate) use record;

/// Enums that are read from their variants' names.
macro_rules! names {
    ($($type:ident { $($name:literal $variant:ident),* $(,)? })*) => {$(
        impl $crate::json::Read for $type {
            fn read(it: &$crate::json::Value) -> Option<Self> {
                match it.text()? {
                    $($name => Some(Self::$variant),)*
                    _ => None,
                }
            }
        }
    )*};
}
pub(crate) use names;

macro_rules! numbers {
    ($($type:ident)*) => {$(
        impl Read for $type {
            fn read(value: &Value) -> Option<Self> {
                if let Value::Number(it) = value { it.parse().ok() } else { None }
            }
        }
    )*};
}
numbers! { u8 u16 u32 u64 usize i32 i64 }

impl Read for bool {
    fn read(value: &Value) -> Option<Self> {
        match value {
            Value::Null => Some(false),
            Value::Bool(it) => Some(*it),
            _ => None,
        }
    }
}

impl Read for String {
    fn read(value: &Value) -> Option<Self> {
        value.text().map(str::to_owned)
    }
}

impl<T: Read> Read for Option<T> {
    fn read(value: &Value) -> Option<Self> {
        if *value == Value::Null { Some(None) } else { T::read(value).map(Some) }
    }
}

impl<T: Read> Read for Vec<T> {
    fn read(value: &Value) -> Option<Self> {
        let mut all = Self::new();
        match value {
            Value::Null => (),
            Value::Array(items) => {
                for it in items {
                    all.push(T::read(it)?);
                }
            }
            _ => return None,
        }
        Some(all)
    }
}

impl<T: Read> Read for Box<T> {
    fn read(value: &Value) -> Option<Self> {
        T::read(value).map(Self::new)
    }
}

impl<T: Read> Read for Map<T> {
    fn read(value: &Value) -> Option<Self> {
        let mut all = Self::new();
        if *value != Value::Null {
            for (name, it) in value.fields()? {
                all.insert(name.clone(), T::read(it)?);
            }
        }
        Some(all)
    }
}

impl Read for Set {
    /// Reads an array of texts, or the keys of an object, as Go writes its sets.
    fn read(value: &Value) -> Option<Self> {
        let mut all = Self::new();
        if let Some(fields) = value.fields() {
            for (name, _) in fields {
                all.insert(name.clone());
            }
            return Some(all);
        }
        for it in Vec::<String>::read(value)? {
            all.insert(it);
        }
        Some(all)
    }
}

impl From<&str> for Value {
    fn from(it: &str) -> Self {
        Self::Text(it.to_owned())
    }
}

impl From<bool> for Value {
    fn from(it: bool) -> Self {
        Self::Bool(it)
    }
}

impl From<u64> for Value {
    fn from(it: u64) -> Self {
        Self::Number(it.to_string())
    }
}

impl From<&[String]> for Value {
    fn from(it: &[String]) -> Self {
        Self::Array(it.iter().map(|it| Self::from(it.as_str())).collect())
    }
}

impl From<Option<Self>> for Value {
    fn from(it: Option<Self>) -> Self {
        it.unwrap_or(Self::Null)
    }
}

impl From<&Map<String>> for Value {
    fn from(it: &Map<String>) -> Self {
        Self::Object(it.iter().map(|it| (it.0.clone(), Self::from(it.1.as_str()))).collect())
    }
}
