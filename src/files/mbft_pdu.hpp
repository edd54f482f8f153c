/// The PDUs of file transfer. T.127, module MBFT-PROTOCOL.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "asn1/schema.hpp"
#include "base/slice.hpp"
#include "base/tagged.hpp"
#include "files/file_header.hpp"
#include "gcc/key.hpp"
#include "gcc/names.hpp"
#include "gcc/numbers.hpp"

namespace convene::files {

using gcc::ChannelId;
using gcc::TokenId;
using gcc::UserId;

/// Chosen by the sender of a file; with its user id it names a transfer.
using FileHandle = StrongId<struct FileHandleTag, std::uint16_t>;
/// Chosen by who requests a file.
using RequestHandle = StrongId<struct RequestHandleTag, std::uint16_t>;

struct V42bisParameters {
    std::uint16_t p1 = 512;  ///< codewords
    std::uint8_t p2 = 6;     ///< longest string

    friend bool operator==(const V42bisParameters&, const V42bisParameters&) = default;
};
using CompressionSpecifier = std::variant<V42bisParameters, gcc::NonStandardParameter, asn1::UnknownAlternative>;

/// On the control channel: "I am about to send this".
struct FileOffer {
    FileHeader header;
    ChannelId data_channel;
    FileHandle handle;
    std::optional<std::uint16_t> roster_instance;
    std::optional<TokenId> transmit_token;
    std::optional<TokenId> request_token;
    std::optional<RequestHandle> request_handle;  ///< of the request that this answers
    std::optional<UserId> mbft_id;                ///< whose request that is
    std::optional<CompressionSpecifier> compression;
    std::optional<std::int64_t> compressed_filesize;
    bool ack = false;  ///< receivers are to accept or reject

    friend bool operator==(const FileOffer&, const FileOffer&) = default;
};
struct FileAccept {
    FileHandle handle;

    friend bool operator==(const FileAccept&, const FileAccept&) = default;
};
enum class RejectReason : std::uint8_t {
    unspecified,
    file_exists,
    file_not_required,
    insufficient_resources,
    transfer_limit,
    compression_unsupported,
    unable_to_join_channel,
    parameter_not_supported,
};
struct FileReject {
    FileHandle handle;
    RejectReason reason{};

    friend bool operator==(const FileReject&, const FileReject&) = default;
};
struct FileRequest {
    FileHeader header;
    ChannelId data_channel;
    RequestHandle handle;
    std::uint16_t roster_instance = 0;
    TokenId transmit_token;
    TokenId request_token;
    std::int64_t data_offset = 0;  ///< octets that the asker has already

    friend bool operator==(const FileRequest&, const FileRequest&) = default;
};
enum class DenyReason : std::uint8_t {
    unspecified,
    file_not_present,
    insufficient_privilege,
    file_already_offered,
    ambiguous,
    no_channel,
};
struct FileDeny {
    RequestHandle handle;
    DenyReason reason{};

    friend bool operator==(const FileDeny&, const FileDeny&) = default;
};
enum class ErrorType : std::uint8_t { informative, transient, permanent };
struct FileError {
    std::optional<FileHandle> handle;
    ErrorType type{};
    std::int64_t id = 0;  ///< a diagnostic of ISO 8571-3
    std::optional<std::u16string> text;

    friend bool operator==(const FileError&, const FileError&) = default;
};
enum class AbortReason : std::uint8_t {
    unspecified,
    bandwidth_required,
    tokens_required,
    channels_required,
    priority_required,
};
/// What it names narrows it down: a transfer, a channel, a sender; nothing: everything.
struct FileAbort {
    AbortReason reason{};
    std::optional<ChannelId> data_channel;
    std::optional<UserId> transmitter;
    std::optional<FileHandle> handle;

    friend bool operator==(const FileAbort&, const FileAbort&) = default;
};
/// On a data channel: the first octets.
struct FileStart {
    FileHeader header;
    FileHandle handle;
    bool eof = false;
    bool has_crc = false;
    std::optional<CompressionSpecifier> compression;
    std::optional<std::int64_t> compressed_filesize;
    std::int64_t data_offset = 0;
    Slice data;
    std::optional<std::uint32_t> crc;

    friend bool operator==(const FileStart&, const FileStart&) = default;
};
struct FileData {
    FileHandle handle;
    bool eof = false;
    bool abort = false;
    Slice data;
    std::optional<std::uint32_t> crc;

    friend bool operator==(const FileData&, const FileData&) = default;
};
struct DirectoryRequest {
    std::optional<std::vector<GraphicString>> pathname;

    friend bool operator==(const DirectoryRequest&, const DirectoryRequest&) = default;
};
struct DirectoryEntry {
    FileHeader attributes;
    bool is_subdirectory = false;

    friend bool operator==(const DirectoryEntry&, const DirectoryEntry&) = default;
};
enum class DirectoryResult : std::uint8_t { permission_denied, function_not_supported, successful };
struct DirectoryResponse {
    DirectoryResult result{};
    std::optional<std::vector<GraphicString>> pathname;
    std::vector<DirectoryEntry> entries;

    friend bool operator==(const DirectoryResponse&, const DirectoryResponse&) = default;
};
enum class Privilege : std::uint8_t { file_transfer, file_request, private_channel, priority, abort, nonstandard };
struct PrivilegeRequest {
    std::vector<Privilege> privileges;

    friend bool operator==(const PrivilegeRequest&, const PrivilegeRequest&) = default;
};
struct UserPrivileges {
    UserId user;
    std::vector<Privilege> privileges;

    friend bool operator==(const UserPrivileges&, const UserPrivileges&) = default;
};
struct PrivilegeAssign {
    std::vector<UserPrivileges> list;

    friend bool operator==(const PrivilegeAssign&, const PrivilegeAssign&) = default;
};
struct MbftNonStandard {
    gcc::NonStandardParameter data;

    friend bool operator==(const MbftNonStandard&, const MbftNonStandard&) = default;
};
/// "Join these two private channels."
struct JoinInvite {
    ChannelId control_channel;
    ChannelId data_channel;
    bool mode = false;

    friend bool operator==(const JoinInvite&, const JoinInvite&) = default;
};
enum class InviteResponse : std::uint8_t { unspecified, accepted, rejected };
struct JoinResponse {
    ChannelId control_channel;
    InviteResponse response{};

    friend bool operator==(const JoinResponse&, const JoinResponse&) = default;
};

using MbftPdu = std::variant<FileOffer, FileAccept, FileReject, FileRequest, FileDeny, FileError, FileAbort, FileStart,
                             FileData, DirectoryRequest, DirectoryResponse, PrivilegeRequest, PrivilegeAssign,
                             MbftNonStandard, JoinInvite, JoinResponse, asn1::UnknownAlternative>;

/// File-StartPDU and File-DataPDU: `data OCTET STRING (SIZE (0..65535))`.
inline constexpr std::size_t kMaxChunk = 65535;

}  // namespace convene::files

namespace convene::asn1 {

template <>
inline constexpr auto schema<files::FileHandle> = Integer<0, 65535>{};
template <>
inline constexpr auto schema<files::RequestHandle> = Integer<0, 65535>{};
template <>
inline constexpr auto schema<files::V42bisParameters> =
    sequence(field("p1", &files::V42bisParameters::p1, Integer<512, 65535>{}),
             field("p2", &files::V42bisParameters::p2, Integer<6, 250>{}), extensible);
template <>
inline constexpr auto schema<files::CompressionSpecifier> = choice("v42bis-parameters",
                                                                   "nonstandard-compression-parameters", extensible);
template <>
inline constexpr auto schema<files::FileAccept> = sequence(field("file-handle", &files::FileAccept::handle),
                                                           extensible);
template <>
inline constexpr auto schema<files::RejectReason> = enumerated("unspecified", "file-exists", "file-not-required",
                                                               "insufficient-resources", "transfer-limit",
                                                               "compression-unsupported", "unable-to-join-channel",
                                                               "parameter-not-supported", extensible);
template <>
inline constexpr auto schema<files::FileReject> = sequence(field("file-handle", &files::FileReject::handle),
                                                           field("reason", &files::FileReject::reason), extensible);
template <>
inline constexpr auto schema<files::DenyReason> = enumerated("unspecified", "file-not-present",
                                                             "insufficient-privilege", "file-already-offered",
                                                             "ambiguous", "no-channel", extensible);
template <>
inline constexpr auto schema<files::FileDeny> = sequence(field("request-handle", &files::FileDeny::handle),
                                                         field("reason", &files::FileDeny::reason), extensible);
template <>
inline constexpr auto schema<files::ErrorType> = enumerated("informative", "transient-error", "permanent-error",
                                                            extensible);
template <>
inline constexpr auto schema<files::FileError> =
    sequence(field("file-handle", &files::FileError::handle), field("error-type", &files::FileError::type),
             field("error-id", &files::FileError::id, AnyInteger{}),
             field("error-text", &files::FileError::text, gcc::TextString{}), extensible);
template <>
inline constexpr auto schema<files::AbortReason> = enumerated("unspecified", "bandwidth-required", "tokens-required",
                                                              "channels-required", "priority-required", extensible);
template <>
inline constexpr auto schema<files::FileAbort> = sequence(field("reason", &files::FileAbort::reason),
                                                          field("data-channel-id", &files::FileAbort::data_channel,
                                                                gcc::ChannelIdRange{}),
                                                          field("transmitter-user-id", &files::FileAbort::transmitter),
                                                          field("file-handle", &files::FileAbort::handle), extensible);
template <>
inline constexpr auto schema<files::FileData> =
    sequence(field("file-handle", &files::FileData::handle), field("eof-flag", &files::FileData::eof),
             field("abort-flag", &files::FileData::abort),
             field("data", &files::FileData::data, OctetString<0, files::kMaxChunk>{}),
             field("crc-check", &files::FileData::crc, Integer<0U, 4294967295U>{}), extensible);
template <>
inline constexpr auto schema<files::DirectoryRequest> = sequence(field("pathname", &files::DirectoryRequest::pathname),
                                                                 extensible);
template <>
inline constexpr auto schema<files::DirectoryResult> = enumerated("permission-denied", "function-not-supported",
                                                                  "successful", extensible);
template <>
inline constexpr auto schema<files::Privilege> = enumerated("file-transfer", "file-request", "private-channel",
                                                            "priority", "abort", "nonstandard", extensible);
template <>
inline constexpr auto schema<files::PrivilegeRequest> =
    sequence(field("mbft-privilege", &files::PrivilegeRequest::privileges, SetOf<>{}), extensible);
template <>
inline constexpr auto schema<files::UserPrivileges> = sequence(field("mbftID", &files::UserPrivileges::user),
                                                               field("mbft-privilege",
                                                                     &files::UserPrivileges::privileges, SetOf<>{}),
                                                               extensible);
template <>
inline constexpr auto schema<files::PrivilegeAssign> =
    sequence(field("privilege-list", &files::PrivilegeAssign::list, SetOf<>{}), extensible);
template <>
inline constexpr auto schema<files::MbftNonStandard> = sequence(field("data", &files::MbftNonStandard::data),
                                                                extensible);
template <>
inline constexpr auto schema<files::JoinInvite> =
    sequence(field("control-channel-id", &files::JoinInvite::control_channel, gcc::DynamicChannelIdRange{}),
             field("data-channel-id", &files::JoinInvite::data_channel, gcc::DynamicChannelIdRange{}),
             field("mode", &files::JoinInvite::mode), extensible);
template <>
inline constexpr auto schema<files::InviteResponse> = enumerated("unspecified", "invitation-accepted",
                                                                 "invitation-rejected", extensible);
template <>
inline constexpr auto schema<files::JoinResponse> =
    sequence(field("control-channel-id", &files::JoinResponse::control_channel, gcc::DynamicChannelIdRange{}),
             field("response", &files::JoinResponse::response), extensible);

}  // namespace convene::asn1

namespace convene::files {

// The PDUs with a file header, for a given reading of it.

constexpr auto file_offer_schema(const auto& header) {
    using asn1::field;
    return asn1::sequence(field("file-header", &FileOffer::header, header),
                          field("data-channel-id", &FileOffer::data_channel, gcc::ChannelIdRange{}),
                          field("file-handle", &FileOffer::handle),
                          field("roster-instance", &FileOffer::roster_instance, gcc::RosterInstanceRange{}),
                          field("file-transmit-token", &FileOffer::transmit_token),
                          field("file-request-token", &FileOffer::request_token),
                          field("file-request-handle", &FileOffer::request_handle),
                          field("mbft-ID", &FileOffer::mbft_id),
                          field("compression-specifier", &FileOffer::compression),
                          field("compressed-filesize", &FileOffer::compressed_filesize, asn1::AnyInteger{}),
                          field("ack-flag", &FileOffer::ack), asn1::extensible);
}
constexpr auto file_request_schema(const auto& header) {
    using asn1::field;
    return asn1::sequence(field("file-header", &FileRequest::header, header),
                          field("data-channel-id", &FileRequest::data_channel, gcc::ChannelIdRange{}),
                          field("request-handle", &FileRequest::handle),
                          field("roster-instance", &FileRequest::roster_instance, gcc::RosterInstanceRange{}),
                          field("file-transmit-token", &FileRequest::transmit_token),
                          field("file-request-token", &FileRequest::request_token),
                          field("data-offset", &FileRequest::data_offset, asn1::AnyInteger{}), asn1::extensible);
}
constexpr auto file_start_schema(const auto& header) {
    using asn1::field;
    return asn1::sequence(field("file-header", &FileStart::header, header), field("file-handle", &FileStart::handle),
                          field("eof-flag", &FileStart::eof), field("crc-flag", &FileStart::has_crc),
                          field("compression-specifier", &FileStart::compression),
                          field("comp-filesize", &FileStart::compressed_filesize, asn1::AnyInteger{}),
                          field("data-offset", &FileStart::data_offset, asn1::AnyInteger{}),
                          field("data", &FileStart::data, asn1::OctetString<0, kMaxChunk>{}),
                          field("crc-check", &FileStart::crc, asn1::Integer<0U, 4294967295U>{}), asn1::extensible);
}
constexpr auto directory_entry_schema(const auto& header) {
    return asn1::sequence(asn1::field("attributes", &DirectoryEntry::attributes, header),
                          asn1::field("subdirectory-flag", &DirectoryEntry::is_subdirectory), asn1::extensible);
}
template <class Entry>
constexpr auto directory_response_schema(const Entry& entry) {
    using asn1::field;
    return asn1::sequence(
        field("result", &DirectoryResponse::result), field("pathname", &DirectoryResponse::pathname),
        field("directory-list", &DirectoryResponse::entries, asn1::SequenceOf<0, asn1::kNoLimit, Entry>{entry}),
        asn1::extensible);
}
constexpr auto mbft_pdu_schema(const auto& offer, const auto& request, const auto& start, const auto& directory) {
    using asn1::alt;
    return asn1::choice(alt("file-OfferPDU", offer), alt("file-AcceptPDU"), alt("file-RejectPDU"),
                        alt("file-RequestPDU", request), alt("file-DenyPDU"), alt("file-ErrorPDU"),
                        alt("file-AbortPDU"), alt("file-StartPDU", start), alt("file-DataPDU"),
                        alt("directory-RequestPDU"), alt("directory-ResponsePDU", directory),
                        alt("mbft-Privilege-RequestPDU"), alt("mbft-Privilege-AssignPDU"), alt("mbft-NonStandardPDU"),
                        alt("privateChannel-Join-InvitePDU"), alt("privateChannel-Join-ResponsePDU"), asn1::extensible);
}

}  // namespace convene::files

namespace convene::asn1 {

template <>
inline constexpr auto schema<files::FileOffer> = files::file_offer_schema(ByType{});
template <>
inline constexpr auto schema<files::FileRequest> = files::file_request_schema(ByType{});
template <>
inline constexpr auto schema<files::FileStart> = files::file_start_schema(ByType{});
template <>
inline constexpr auto schema<files::DirectoryEntry> = files::directory_entry_schema(ByType{});
template <>
inline constexpr auto schema<files::DirectoryResponse> = files::directory_response_schema(ByType{});
template <>
inline constexpr auto schema<files::MbftPdu> = files::mbft_pdu_schema(ByType{}, ByType{}, ByType{}, ByType{});

}  // namespace convene::asn1
