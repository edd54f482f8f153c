/// The PDUs of archives, in which workspaces outlive a conference. T.126, module SI-PROTOCOL.
#pragma once

#include "whiteboard/address.hpp"

namespace convene::whiteboard {

using EntryNotFound = asn1::Nothing<struct EntryNotFoundTag>;
using EntryExists = asn1::Nothing<struct EntryExistsTag>;
using StorageExceeded = asn1::Nothing<struct StorageExceededTag>;
using ArchiveNoLongerAvailable = asn1::Nothing<struct ArchiveNoLongerAvailableTag>;
using UnspecifiedError = asn1::Nothing<struct UnspecifiedErrorTag>;
using ArchiveError = std::variant<EntryNotFound, EntryExists, StorageExceeded, ArchiveNoLongerAvailable,
                                  UnspecifiedError, NonStandardIdentifier, asn1::UnknownAlternative>;

struct ArchiveHeader {
    std::u16string name;            ///< 1 to 256 characters
    std::string creation_time;      ///< as GeneralizedTime writes it
    std::string modification_time;  ///< as GeneralizedTime writes it

    friend bool operator==(const ArchiveHeader&, const ArchiveHeader&) = default;
};
struct ArchiveMode {
    bool create = false;
    bool read = false;
    bool write = false;

    friend bool operator==(const ArchiveMode&, const ArchiveMode&) = default;
};

struct ArchiveAcknowledgePdu {
    Handle handle;
    std::optional<ArchiveHeader> header;
    std::optional<NonStandardParameters> non_standard_parameters;

    friend bool operator==(const ArchiveAcknowledgePdu&, const ArchiveAcknowledgePdu&) = default;
};
struct ArchiveClosePdu {
    Handle handle;
    std::optional<NonStandardParameters> non_standard_parameters;

    friend bool operator==(const ArchiveClosePdu&, const ArchiveClosePdu&) = default;
};
struct ArchiveErrorPdu {
    Handle handle;
    std::optional<std::u16string> entry_name;  ///< 1 to 256 characters
    ArchiveError error_code;
    std::optional<NonStandardParameters> non_standard_parameters;

    friend bool operator==(const ArchiveErrorPdu&, const ArchiveErrorPdu&) = default;
};
struct ArchiveOpenPdu {
    Handle handle;
    ArchiveMode mode;
    std::u16string name;  ///< 1 to 256 characters
    std::optional<NonStandardParameters> non_standard_parameters;

    friend bool operator==(const ArchiveOpenPdu&, const ArchiveOpenPdu&) = default;
};

}  // namespace convene::whiteboard

namespace convene::asn1 {

template <>
inline constexpr auto schema<whiteboard::ArchiveError> = choice("entryNotFound", "entryExists", "storageExceeded",
                                                                "archiveNoLongerAvailable", "unspecifiedError",
                                                                "nonStandardError", extensible);
template <>
inline constexpr auto schema<whiteboard::ArchiveHeader> = sequence(
    field("archiveName", &whiteboard::ArchiveHeader::name, whiteboard::ArchiveName{}),
    field("archiveCreationTime", &whiteboard::ArchiveHeader::creation_time, whiteboard::GeneralizedTime{}),
    field("archiveModificationTime", &whiteboard::ArchiveHeader::modification_time, whiteboard::GeneralizedTime{}),
    extensible);
template <>
inline constexpr auto schema<whiteboard::ArchiveMode> = sequence(field("create", &whiteboard::ArchiveMode::create),
                                                                 field("read", &whiteboard::ArchiveMode::read),
                                                                 field("write", &whiteboard::ArchiveMode::write),
                                                                 extensible);
template <>
inline constexpr auto schema<whiteboard::ArchiveAcknowledgePdu> =
    sequence(field("archiveHandle", &whiteboard::ArchiveAcknowledgePdu::handle),
             field("archiveHeader", &whiteboard::ArchiveAcknowledgePdu::header),
             field("nonStandardParameters", &whiteboard::ArchiveAcknowledgePdu::non_standard_parameters), extensible);
template <>
inline constexpr auto schema<whiteboard::ArchiveClosePdu> =
    sequence(field("archiveHandle", &whiteboard::ArchiveClosePdu::handle),
             field("nonStandardParameters", &whiteboard::ArchiveClosePdu::non_standard_parameters), extensible);
template <>
inline constexpr auto schema<whiteboard::ArchiveErrorPdu> =
    sequence(field("archiveHandle", &whiteboard::ArchiveErrorPdu::handle),
             field("entryName", &whiteboard::ArchiveErrorPdu::entry_name, whiteboard::ArchiveName{}),
             field("errorCode", &whiteboard::ArchiveErrorPdu::error_code),
             field("nonStandardParameters", &whiteboard::ArchiveErrorPdu::non_standard_parameters), extensible);
template <>
inline constexpr auto schema<whiteboard::ArchiveOpenPdu> = sequence(
    field("archiveHandle", &whiteboard::ArchiveOpenPdu::handle), field("mode", &whiteboard::ArchiveOpenPdu::mode),
    field("archiveName", &whiteboard::ArchiveOpenPdu::name, whiteboard::ArchiveName{}),
    field("nonStandardParameters", &whiteboard::ArchiveOpenPdu::non_standard_parameters), extensible);

}  // namespace convene::asn1
