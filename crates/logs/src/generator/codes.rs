//! The error codes that the demo logs show, with weights, and the reason texts written for them.

/// One error code.
pub struct Code {
    /// As `ResultSignature` spells it.
    pub name: &'static str,
    /// How often it is chosen for an object that starts to fail; 0 = only by the scenario.
    pub weight: u32,
    /// Whether the target's service is to blame (`Failure`) or the object (`NonServiceFailure`).
    pub service: bool,
    /// The reason; `{}` stands for the object's name.
    pub reason: &'static str,
}

/// Nothing failed.
pub const NONE: u8 = 0;
/// The mail domain is not a verified one.
pub const INVALID_DOMAIN: u8 = 4;
/// The target asks for patience.
pub const BUSY: u8 = 7;
/// The agent did not answer in time.
pub const TIME_OUT: u8 = 8;
/// The agent could not read the directory.
pub const INTERNAL: u8 = 9;
/// The account that synchronises has an expired password.
pub const EXPIRED: u8 = 13;
/// No agent is well.
pub const NO_AGENTS: u8 = 14;
/// A member is not in the target.
pub const REFERENCE: u8 = 15;
/// The code that turns up on the last day only.
pub const NEW_CODE: u8 = 16;

const fn code(name: &'static str, weight: u32, service: bool, reason: &'static str) -> Code {
    Code { name, weight, service, reason }
}

/// Every code; the place is `Event::code`.
pub const CODES: [Code; 17] = [
    code("", 0, false, ""),
    code(
        "HybridSynchronizationActiveDirectoryUserPrincipalNameNotUnique",
        24,
        false,
        "The object {} cannot be written: another object of the tenant already holds its user principal name. Change one of the two names in the source directory.",
    ),
    code(
        "AttributeValueMustBeUnique",
        16,
        false,
        "The object {} cannot be written: a value of proxyAddresses is held by another object. Remove the value from one of them, then wait for the next attempt.",
    ),
    code(
        "DuplicateSourceEntries",
        8,
        false,
        "More than one object of the source directory matches {} by the joining property, so none of them was written.",
    ),
    code(
        "InvalidDomain",
        6,
        false,
        "The domain in the user principal name of {} is not among the verified domains of the tenant. Verify the domain or change the suffix.",
    ),
    code(
        "MissingValues",
        8,
        false,
        "The attribute mapping gives no value for a property that the target asks for, so {} was left as it is. Fill the attribute in the source directory.",
    ),
    code(
        "DataValidationFailed",
        8,
        false,
        "A value of {} does not fit the rules of the target property: it holds a character that is not allowed, or is too long.",
    ),
    code(
        "AzureDirectoryServiceServerBusy",
        8,
        true,
        "The directory service answered that it is busy (code 81) while {} was written. The change is kept and tried again later.",
    ),
    code(
        "TimeOut",
        6,
        true,
        "No answer came from the agent within ten minutes for {}. Look at the agent's service and at the outbound rules of the firewall.",
    ),
    code(
        "HybridSynchronizationActiveDirectoryInternalServerError",
        6,
        true,
        "The agent could not finish a request against the domain controller for {}. The controller may be down, or the account lacks a permission.",
    ),
    code(
        "EntryConflict",
        5,
        false,
        "The target holds an object that conflicts with {}; it was not created by this job and is not taken over.",
    ),
    code(
        "InsufficientRights",
        3,
        false,
        "The credentials are valid but may not change {}: the object is protected by a role of the target directory.",
    ),
    code(
        "LargeObject",
        2,
        false,
        "The object {} is larger than the target allows: too many values in proxyAddresses or userCertificate.",
    ),
    code(
        "AzureActiveDirectoryExpiredCredentials",
        0,
        true,
        "The password of the account that synchronises has expired (AADSTS50055), so {} was not written. Renew the account's password.",
    ),
    code(
        "HybridIdentityServiceNoActiveAgents",
        0,
        true,
        "Agents are registered for the domain, but none of them is active, so {} could not be read. Start an agent.",
    ),
    code(
        "UnableToResolveReferenceAttributeValue",
        0,
        false,
        "One or more members of {} are not in the target yet; the other members were written. The missing ones are tried again.",
    ),
    code(
        "SchemaPropertyCanOnlyAcceptValue",
        0,
        false,
        "A property of {} accepts one of a fixed list of values only, and the mapped value is not on the list. Correct the mapping.",
    ),
];

/// The weights of `CODES`, for a draw.
pub fn weights() -> [u32; CODES.len()] {
    let mut out = [0; CODES.len()];
    for (weight, code) in out.iter_mut().zip(CODES.iter()) {
        *weight = code.weight;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_places_agree() {
        for (place, name) in [
            (INVALID_DOMAIN, "InvalidDomain"),
            (BUSY, "AzureDirectoryServiceServerBusy"),
            (TIME_OUT, "TimeOut"),
            (INTERNAL, "HybridSynchronizationActiveDirectoryInternalServerError"),
            (EXPIRED, "AzureActiveDirectoryExpiredCredentials"),
            (NO_AGENTS, "HybridIdentityServiceNoActiveAgents"),
            (REFERENCE, "UnableToResolveReferenceAttributeValue"),
            (NEW_CODE, "SchemaPropertyCanOnlyAcceptValue"),
        ] {
            assert_eq!(CODES[usize::from(place)].name, name);
        }
        assert_eq!(weights().iter().sum::<u32>(), 100);
    }
}
