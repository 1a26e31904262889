//! The KQL types of a call as text: `string,long>long`.

use crate::error::refused;
use calypso_library::Type;
use datafusion::error::Result;

/// The types of a call.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(crate) struct Types {
    /// Of the arguments.
    pub arguments: Vec<Type>,
    /// Of the result.
    pub returns: Type,
}

impl Types {
    /// The text form.
    pub fn text(&self) -> String {
        let arguments = self.arguments.iter().map(|ty| ty.name()).collect::<Vec<_>>();
        format!("{}>{}", arguments.join(","), self.returns)
    }

    /// The types of a text form.
    pub fn parse(text: &str) -> Result<Types> {
        let known = |name: &str| Type::from_name(name).ok_or_else(|| refused(format!("{name} is no type")));
        let (arguments, returns) =
            text.split_once('>').ok_or_else(|| refused(format!("{text} does not list types")))?;
        let arguments = arguments.split(',').filter(|name| !name.is_empty()).map(known);
        Ok(Types { arguments: arguments.collect::<Result<_>>()?, returns: known(returns)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_back() {
        for arguments in [vec![], vec![Type::String], vec![Type::Dynamic, Type::Real]] {
            let types = Types { arguments, returns: Type::Bool };
            assert_eq!(Types::parse(&types.text()).expect("own text"), types);
        }
        assert!(Types::parse("string").is_err());
    }
}
