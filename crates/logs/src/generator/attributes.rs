//! The attributes that an import step shows: 132 keys as cloud sync reads them, most of them empty.

use super::calendar::{DAY, civil, push_digits};
use super::event::Event;
use super::names::DEPARTMENTS;
use super::options::AttrBag;
use super::random::mix;
use super::text::Texts;
use super::world::{Kind, Object};

/// Where the value of an attribute comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum From {
    Dn,
    Name,
    Given,
    Family,
    Account,
    Upn,
    Source,
    Sid,
    False,
    Control,
    Class,
    Department,
    Title,
    Company,
    Manager,
    Employee,
    Phone,
    Mobile,
    Office,
    City,
    State,
    Postcode,
    Street,
    Country,
    Letters,
    Number,
    Proxy,
    Created,
    Password,
    Dns,
    NetBios,
    Anchor,
    Primary,
    Empty,
}

/// Attributes with their sources.
const ATTRIBUTES: [(&str, From); 132] = [
    ("distinguishedName", From::Dn),
    ("cn", From::Name),
    ("displayName", From::Name),
    ("givenName", From::Given),
    ("sn", From::Family),
    ("sAMAccountName", From::Account),
    ("userPrincipalName", From::Upn),
    ("mail", From::Upn),
    ("mailNickname", From::Account),
    ("objectGUID", From::Source),
    ("objectSid", From::Sid),
    ("accountDisabled", From::False),
    ("userAccountControl", From::Control),
    ("objectClass", From::Class),
    ("department", From::Department),
    ("title", From::Title),
    ("company", From::Company),
    ("manager", From::Manager),
    ("employeeID", From::Employee),
    ("telephoneNumber", From::Phone),
    ("mobile", From::Mobile),
    ("physicalDeliveryOfficeName", From::Office),
    ("l", From::City),
    ("st", From::State),
    ("postalCode", From::Postcode),
    ("streetAddress", From::Street),
    ("co", From::Country),
    ("c", From::Letters),
    ("countryCode", From::Number),
    ("proxyAddresses", From::Proxy),
    ("whenCreated", From::Created),
    ("pwdLastSet", From::Password),
    ("domainFQDN", From::Dns),
    ("domainNetBios", From::NetBios),
    ("sourceAnchor", From::Anchor),
    ("primaryGroupID", From::Primary),
    ("extensionAttribute1", From::Account),
    ("adminDescription", From::Empty),
    ("altRecipient", From::Empty),
    ("assistant", From::Empty),
    ("authOrig", From::Empty),
    ("comment", From::Empty),
    ("deletedItemFlags", From::Empty),
    ("deliverAndRedirect", From::Empty),
    ("deliveryContLength", From::Empty),
    ("description", From::Empty),
    ("division", From::Empty),
    ("dLMemDefault", From::Empty),
    ("dLMemRejectPerms", From::Empty),
    ("dLMemSubmitPerms", From::Empty),
    ("employeeNumber", From::Empty),
    ("employeeType", From::Empty),
    ("extensionAttribute2", From::Empty),
    ("extensionAttribute3", From::Empty),
    ("extensionAttribute4", From::Empty),
    ("extensionAttribute5", From::Empty),
    ("extensionAttribute6", From::Empty),
    ("extensionAttribute7", From::Empty),
    ("extensionAttribute8", From::Empty),
    ("extensionAttribute9", From::Empty),
    ("extensionAttribute10", From::Empty),
    ("extensionAttribute11", From::Empty),
    ("extensionAttribute12", From::Empty),
    ("extensionAttribute13", From::Empty),
    ("extensionAttribute14", From::Empty),
    ("extensionAttribute15", From::Empty),
    ("facsimileTelephoneNumber", From::Empty),
    ("garbageCollPeriod", From::Empty),
    ("hideDLMembership", From::Empty),
    ("homeMDB", From::Empty),
    ("homePhone", From::Empty),
    ("info", From::Empty),
    ("initials", From::Empty),
    ("internetEncoding", From::Empty),
    ("ipPhone", From::Empty),
    ("isCriticalSystemObject", From::Empty),
    ("language", From::Empty),
    ("legacyExchangeDN", From::Empty),
    ("mAPIRecipient", From::Empty),
    ("mDBOverHardQuotaLimit", From::Empty),
    ("mDBOverQuotaLimit", From::Empty),
    ("mDBStorageQuota", From::Empty),
    ("mDBUseDefaults", From::Empty),
    ("middleName", From::Empty),
    ("msDS-HABSeniorityIndex", From::Empty),
    ("msDS-PhoneticDisplayName", From::Empty),
    ("msExchArchiveGUID", From::Empty),
    ("msExchArchiveName", From::Empty),
    ("msExchArchiveStatus", From::Empty),
    ("msExchAssistantName", From::Empty),
    ("msExchAuditAdmin", From::Empty),
    ("msExchAuditDelegate", From::Empty),
    ("msExchAuditOwner", From::Empty),
    ("msExchBlockedSendersHash", From::Empty),
    ("msExchBypassAudit", From::Empty),
    ("msExchCoManagedByLink", From::Empty),
    ("msExchDelegateListLink", From::Empty),
    ("msExchELCExpirySuspensionEnd", From::Empty),
    ("msExchELCExpirySuspensionStart", From::Empty),
    ("msExchELCMailboxFlags", From::Empty),
    ("msExchEnableModeration", From::Empty),
    ("msExchExtensionCustomAttribute1", From::Empty),
    ("msExchExtensionCustomAttribute2", From::Empty),
    ("msExchExtensionCustomAttribute3", From::Empty),
    ("msExchExtensionCustomAttribute4", From::Empty),
    ("msExchExtensionCustomAttribute5", From::Empty),
    ("msExchHideFromAddressLists", From::Empty),
    ("msExchImmutableID", From::Empty),
    ("msExchLitigationHoldDate", From::Empty),
    ("msExchLitigationHoldOwner", From::Empty),
    ("msExchMailboxGuid", From::Empty),
    ("msExchMasterAccountSid", From::Empty),
    ("msExchModerationFlags", From::Empty),
    ("msExchRecipientDisplayType", From::Empty),
    ("msExchRecipientTypeDetails", From::Empty),
    ("msExchRemoteRecipientType", From::Empty),
    ("msExchRequireAuthToSendTo", From::Empty),
    ("msExchResourceCapacity", From::Empty),
    ("msExchResourceDisplay", From::Empty),
    ("msExchResourceMetaData", From::Empty),
    ("msExchResourceSearchProperties", From::Empty),
    ("msExchRetentionComment", From::Empty),
    ("msExchRetentionURL", From::Empty),
    ("msExchSafeRecipientsHash", From::Empty),
    ("msExchSafeSendersHash", From::Empty),
    ("msExchSenderHintTranslations", From::Empty),
    ("msExchTeamMailboxExpiration", From::Empty),
    ("msExchTeamMailboxOwners", From::Empty),
    ("msExchUserHoldPolicies", From::Empty),
    ("oOFReplyToOriginator", From::Empty),
    ("otherFacsimile", From::Empty),
    ("otherHomePhone", From::Empty),
];

/// How many attributes, from the first of the list, an object shows.
fn shown(kind: Kind) -> usize {
    match kind {
        Kind::User | Kind::CapitalUser => ATTRIBUTES.len(),
        Kind::Group | Kind::Contact | Kind::Device => 32,
        Kind::AppUser | Kind::Worker | Kind::CloudGroup => 14,
    }
}

/// Appends the details of an import step as a JSON object. The lean bag has three keys, and only in the first step.
pub(super) fn push_attributes(out: &mut String, texts: &Texts, event: &Event, first: bool) {
    let object = texts.object(event);
    match texts.bag {
        AttrBag::Lean if !first => out.push_str("{}"),
        AttrBag::Lean => {
            out.push_str("{\"distinguishedName\":\"");
            value(out, texts, event, object, From::Dn);
            out.push_str("\",\"sAMAccountName\":\"");
            value(out, texts, event, object, From::Account);
            out.push_str("\",\"accountDisabled\":\"");
            value(out, texts, event, object, From::False);
            out.push_str("\"}");
        }
        AttrBag::Full => {
            let mut mark = '{';
            for (name, from) in &ATTRIBUTES[..shown(object.kind)] {
                out.push(mark);
                mark = ',';
                out.push('"');
                out.push_str(name);
                out.push_str("\":\"");
                value(out, texts, event, object, *from);
                out.push('"');
            }
            out.push('}');
        }
    }
}

/// Appends one value, already safe within a JSON text.
fn value(out: &mut String, texts: &Texts, event: &Event, object: &Object, from: From) {
    let bits = mix(u64::from(object.serial) + 7);
    let escaped = |text: &str, out: &mut String| out.push_str(text);
    match from {
        From::Empty => {}
        From::Dn => dn(out, texts, object),
        From::Name => escaped(texts.escaped_name(object), out),
        From::Given => escaped(texts.escaped_name(object).split(' ').next().unwrap_or(""), out),
        From::Family => escaped(texts.escaped_name(object).split(' ').next_back().unwrap_or(""), out),
        From::Account => account(out, object),
        From::Upn => escaped(&texts.upn(event), out),
        From::Source => out.push_str(&object.source_id),
        From::Sid => {
            out.push_str("S-1-5-21-1085031214-1563985344-725345543-");
            push_digits(out, 10_000 + i64::from(object.serial), 6);
        }
        From::False => out.push_str(if event.story == super::event::Story::Block { "True" } else { "False" }),
        From::Control => out.push_str("512"),
        From::Class => out.push_str(object.kind.source_type()),
        From::Department => out.push_str(DEPARTMENTS[usize::from(object.department)]),
        From::Title => {
            out.push_str(["Clerk", "Planner", "Specialist", "Lead", "Manager"][(bits % 5) as usize])
        }
        From::Company => out.push_str("Northlake Example"),
        From::Manager => dn(out, texts, &texts.world.objects[object.manager as usize]),
        From::Employee => push_digits(out, 100_000 + i64::from(object.serial), 7),
        From::Phone | From::Mobile => {
            out.push_str(if from == From::Phone { "+44 20 7946 " } else { "+44 7700 90" });
            push_digits(out, (bits >> 8) as i64 & 0xFFF, 4);
        }
        From::Office => push_digits(out, (bits >> 20) as i64 & 0x1FF, 3),
        From::City => out.push_str(["Northlake", "Harbor", "Meadow"][(bits >> 9) as usize % 3]),
        From::State => out.push_str("North"),
        From::Postcode => push_digits(out, 10_000 + (bits >> 30) as i64 % 80_000, 5),
        From::Street => out.push_str("1 Example Road"),
        From::Country => out.push_str("United Kingdom"),
        From::Letters => out.push_str("GB"),
        From::Number => out.push_str("826"),
        From::Proxy => {
            out.push_str("SMTP:");
            out.push_str(&texts.upn(event));
        }
        From::Created => generalized(out, texts.start - (1 + (bits % 3_000) as i64) * DAY),
        From::Password => generalized(out, texts.start - (1 + (bits % 90) as i64) * DAY),
        From::Dns => out.push_str(texts.dns(object)),
        From::NetBios => {
            out.push_str(&texts.dns(object).split('.').next().unwrap_or("").to_ascii_uppercase())
        }
        From::Anchor => {
            out.push_str(&object.source_id[..22]);
            out.push_str("==");
        }
        From::Primary => out.push_str("513"),
    }
}

/// Appends a distinguished name; the comma within a name is escaped as LDAP asks, the backslash as JSON asks.
fn dn(out: &mut String, texts: &Texts, object: &Object) {
    out.push_str("CN=");
    let name = texts.escaped_name(object);
    if name.contains(',') {
        out.push_str(&name.replace(',', "\\\\,"));
    } else {
        out.push_str(name);
    }
    let unit = match object.kind {
        Kind::Group | Kind::CloudGroup => "Groups",
        Kind::Contact => "Contacts",
        Kind::User | Kind::AppUser | Kind::Worker | Kind::CapitalUser | Kind::Device => "Staff",
    };
    out.push_str(",OU=");
    out.push_str(unit);
    for part in texts.dns(object).split('.') {
        out.push_str(",DC=");
        out.push_str(part);
    }
}

/// Appends an account name of at most twenty characters.
fn account(out: &mut String, object: &Object) {
    out.push(match object.kind {
        Kind::Group | Kind::CloudGroup => 'g',
        Kind::Contact => 'c',
        Kind::Device => 'd',
        Kind::User | Kind::AppUser | Kind::Worker | Kind::CapitalUser => 'u',
    });
    push_digits(out, i64::from(object.serial), 7);
}

/// Appends `20260102000000.0Z`, as directories write time.
fn generalized(out: &mut String, ticks: i64) {
    let (year, month, day) = civil(ticks);
    push_digits(out, year, 4);
    push_digits(out, month, 2);
    push_digits(out, day, 2);
    out.push_str("000000.0Z");
}
