/// What T.127 says of a file: name, size, dates and whatever else FTAM knows. T.127, module MBFT-PROTOCOL.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "asn1/schema.hpp"
#include "base/tagged.hpp"
#include "gcc/key.hpp"

namespace convene::files {

/// Plain octets in PER; ISO 8859-1 by the standard, UTF-8 in practice. Not to be shown or used as a path as it is.
using GraphicString = Tagged<struct GraphicStringTag, Bytes>;
/// "YYYYMMDDHHMMSSZ", with fractions or an offset from some peers.
using GeneralizedTime = std::string;

struct Iso8571Parameters {
    std::optional<std::int64_t> universal_class_number;
    std::optional<std::int64_t> maximum_string_length;
    std::optional<std::int64_t> string_significance;  ///< variable 0, fixed 1, not significant 2

    friend bool operator==(const Iso8571Parameters&, const Iso8571Parameters&) = default;
};
struct DocumentType {
    asn1::ObjectIdentifier document_type_name;
    std::optional<Iso8571Parameters> parameter;

    friend bool operator==(const DocumentType&, const DocumentType&) = default;
};
using ContentsType = std::variant<DocumentType>;

/// As much of FTAM's concurrency control as the module repeats; every member is a set of ConcurrencyKey bits.
struct ConcurrencyAccess {
    asn1::BitString read, insert, replace, extend, erase, read_attribute, change_attribute, delete_object;

    friend bool operator==(const ConcurrencyAccess&, const ConcurrencyAccess&) = default;
};
using SecretOctets = Tagged<struct SecretOctetsTag, Bytes>;
using Password = std::variant<GraphicString, SecretOctets>;
struct AccessPasswords {
    Password read, insert, replace, extend, erase, read_attribute, change_attribute, remove;
    std::vector<Password> pass;
    Password link;

    friend bool operator==(const AccessPasswords&, const AccessPasswords&) = default;
};
struct ApplicationEntityTitle {
    Bytes ap_title;
    std::optional<Bytes> ae_qualifier;

    friend bool operator==(const ApplicationEntityTitle&, const ApplicationEntityTitle&) = default;
};
struct AccessControlElement {
    asn1::BitString action_list;
    std::optional<ConcurrencyAccess> concurrency_access;
    std::optional<GraphicString> identity;
    std::optional<AccessPasswords> passwords;
    std::optional<ApplicationEntityTitle> location;

    friend bool operator==(const AccessControlElement&, const AccessControlElement&) = default;
};
/// A password for everything, or a list of who may do what.
using AccessControl = std::variant<Bytes, std::vector<AccessControlElement>>;

/// Protocol-Version { version-1 }, the DEFAULT of the header.
struct VersionOne {
    operator asn1::BitString() const { return {bytes({0x80}), 1}; }
    friend bool operator==(const asn1::BitString& bits, VersionOne) {
        return bits.bits == 1 && bits.octets.size() == 1 && bits.octets[0] == std::byte{0x80};
    }
};

/// Describes a file in an offer and a start; selects or lists files in requests and directories. `filename` and
/// `pathname` exclude each other.
struct FileHeader {
    asn1::BitString protocol_version = VersionOne{};
    std::optional<std::vector<GraphicString>> filename;
    std::optional<asn1::BitString> permitted_actions;
    std::optional<ContentsType> contents_type;
    std::optional<GraphicString> storage_account;
    std::optional<GeneralizedTime> created;
    std::optional<GeneralizedTime> last_modified;
    std::optional<GeneralizedTime> last_read;
    std::optional<GraphicString> creator;
    std::optional<GraphicString> last_modifier;
    std::optional<GraphicString> last_reader;
    std::optional<std::int64_t> filesize;  ///< octets; advisory, and nothing keeps a peer from sending a negative one
    std::optional<std::int64_t> future_filesize;
    std::optional<AccessControl> access_control;
    std::optional<GraphicString> legal_qualifications;
    std::optional<Bytes> private_use;
    std::optional<asn1::ObjectIdentifier> structure;
    std::optional<std::vector<GraphicString>> application_reference;
    std::optional<std::vector<GraphicString>> machine;
    std::optional<asn1::ObjectIdentifier> operating_system;
    std::optional<std::vector<GraphicString>> recipient;
    std::optional<asn1::ObjectIdentifier> character_set;
    std::optional<std::vector<GraphicString>> compression;
    std::optional<std::vector<GraphicString>> environment;
    std::optional<std::vector<GraphicString>> pathname;
    std::optional<std::vector<GraphicString>> user_visible_string;

    friend bool operator==(const FileHeader&, const FileHeader&) = default;
};

}  // namespace convene::files

namespace convene::asn1 {

template <>
inline constexpr auto schema<files::GraphicString> = OctetString<>{};
template <>
inline constexpr auto schema<files::SecretOctets> = OctetString<>{};
template <>
inline constexpr auto schema<BitString> = BitStringOf<>{};
template <>
inline constexpr auto schema<std::vector<files::GraphicString>> = SequenceOf<>{};
template <>
inline constexpr auto schema<files::Iso8571Parameters> =
    sequence(field("universal-class-number", &files::Iso8571Parameters::universal_class_number, AnyInteger{}),
             field("maximum-string-length", &files::Iso8571Parameters::maximum_string_length, AnyInteger{}),
             field("string-significance", &files::Iso8571Parameters::string_significance, AnyInteger{}));
template <>
inline constexpr auto schema<files::DocumentType> = sequence(field("document-type-name",
                                                                   &files::DocumentType::document_type_name),
                                                             field("parameter", &files::DocumentType::parameter));
template <>
inline constexpr auto schema<files::ContentsType> = choice("document-type");
template <>
inline constexpr auto schema<files::ConcurrencyAccess> =
    sequence(field("read", &files::ConcurrencyAccess::read), field("insert", &files::ConcurrencyAccess::insert),
             field("replace", &files::ConcurrencyAccess::replace), field("extend", &files::ConcurrencyAccess::extend),
             field("erase", &files::ConcurrencyAccess::erase),
             field("read-attribute", &files::ConcurrencyAccess::read_attribute),
             field("change-attribute", &files::ConcurrencyAccess::change_attribute),
             field("delete-object", &files::ConcurrencyAccess::delete_object));
template <>
inline constexpr auto schema<files::Password> = choice("graphic-string", "octet-string");
template <>
inline constexpr auto schema<files::AccessPasswords> = sequence(
    field("read-password", &files::AccessPasswords::read), field("insert-password", &files::AccessPasswords::insert),
    field("replace-password", &files::AccessPasswords::replace),
    field("extend-password", &files::AccessPasswords::extend), field("erase-password", &files::AccessPasswords::erase),
    field("read-attribute-password", &files::AccessPasswords::read_attribute),
    field("change-attribute-password", &files::AccessPasswords::change_attribute),
    field("delete-password", &files::AccessPasswords::remove),
    field("pass-passwords", &files::AccessPasswords::pass, SequenceOf<>{}),
    field("link-password", &files::AccessPasswords::link));
template <>
inline constexpr auto schema<files::ApplicationEntityTitle> =
    sequence(field("ap-title", &files::ApplicationEntityTitle::ap_title),
             field("ae-qualifier", &files::ApplicationEntityTitle::ae_qualifier));
template <>
inline constexpr auto schema<files::AccessControlElement> =
    sequence(field("action-list", &files::AccessControlElement::action_list),
             field("concurrency-access", &files::AccessControlElement::concurrency_access),
             field("identity", &files::AccessControlElement::identity),
             field("passwords", &files::AccessControlElement::passwords),
             field("location", &files::AccessControlElement::location));
template <>
inline constexpr auto schema<files::AccessControl> = choice("simple-password", alt("actual-values", SetOf<>{}));

}  // namespace convene::asn1

namespace convene::files {

using GeneralizedTimeType = asn1::CharacterString<asn1::GeneralizedTimeCharacters>;

/// The 24 members on which every reading of the module agrees. With `protocol-version` before and `user-visible-string`
/// after them it is the schema below; the other reading, see HeaderForm, is without both.
constexpr auto file_header_members(const auto& make) {
    using asn1::field;
    using H = FileHeader;
    return make(field("filename", &H::filename), field("permitted-actions", &H::permitted_actions),
                field("contents-type", &H::contents_type), field("storage-account", &H::storage_account),
                field("date-and-time-of-creation", &H::created, GeneralizedTimeType{}),
                field("date-and-time-of-last-modification", &H::last_modified, GeneralizedTimeType{}),
                field("date-and-time-of-last-read-access", &H::last_read, GeneralizedTimeType{}),
                field("identity-of-creator", &H::creator), field("identity-of-last-modifier", &H::last_modifier),
                field("identity-of-last-reader", &H::last_reader), field("filesize", &H::filesize, asn1::AnyInteger{}),
                field("future-filesize", &H::future_filesize, asn1::AnyInteger{}),
                field("access-control", &H::access_control), field("legal-qualifications", &H::legal_qualifications),
                field("private-use", &H::private_use), field("structure", &H::structure),
                field("application-reference", &H::application_reference), field("machine", &H::machine),
                field("operating-system", &H::operating_system), field("recipient", &H::recipient),
                field("character-set", &H::character_set), field("compression", &H::compression),
                field("environment", &H::environment), field("pathname", &H::pathname));
}

}  // namespace convene::files

namespace convene::asn1 {

template <>
inline constexpr auto schema<files::FileHeader> = files::file_header_members([](const auto&... members) {
    return sequence(
        default_field("protocol-version", &files::FileHeader::protocol_version, files::VersionOne{}, BitStringOf<>{}),
        members..., field("user-visible-string", &files::FileHeader::user_visible_string), extensible);
});

}  // namespace convene::asn1
