/// The PDUs of bitmaps and pointers. T.126, module SI-PROTOCOL.
#pragma once

#include "whiteboard/address.hpp"
#include "whiteboard/attributes.hpp"
#include "whiteboard/bitmap_format.hpp"

namespace convene::whiteboard {

/// Octets of a bitmap that one PDU may carry when it is ours; up to 65535 are read.
inline constexpr std::size_t kMaxBitmapData = 8192;

struct BitmapData {
    std::optional<std::vector<std::uint8_t>> checkpoints;  ///< 1 to 100 numbers of 1..100
    std::optional<std::uint8_t> pad_bits;                  ///< unused low bits of the last octet, 1..7
    Bytes data;                                            ///< at least one octet

    friend bool operator==(const BitmapData&, const BitmapData&) = default;
};

using UnspecifiedAbort = asn1::Nothing<struct UnspecifiedAbortTag>;
using NoResources = asn1::Nothing<struct NoResourcesTag>;
using OutOfPaper = asn1::Nothing<struct OutOfPaperTag>;
using BitmapAbortReason =
    std::variant<UnspecifiedAbort, NoResources, OutOfPaper, NonStandardIdentifier, asn1::UnknownAlternative>;

/// From a receiver, with its user id: "I cannot keep this". From the creator, without: "drop it".
struct BitmapAbortPdu {
    Handle handle;
    std::optional<mcs::UserId> user;
    std::optional<BitmapAbortReason> reason;
    std::optional<NonStandardParameters> non_standard_parameters;

    friend bool operator==(const BitmapAbortPdu&, const BitmapAbortPdu&) = default;
};

struct BitmapCheckpointPdu {
    Handle handle;
    bool pass_through_checkpoint = false;
    std::uint8_t percent_complete = 0;  ///< 0..100
    std::optional<NonStandardParameters> non_standard_parameters;

    friend bool operator==(const BitmapCheckpointPdu&, const BitmapCheckpointPdu&) = default;
};

struct BitmapCreatePdu {
    Handle handle;
    BitmapDestination destination;
    std::optional<BitmapAttributes> attributes;
    std::optional<WorkspacePoint> anchor;  ///< the upper left pixel; absent: the corner of the workspace
    BitmapSize size;
    std::optional<BitmapRegion> region_of_interest;  ///< absent: all of it
    PixelAspectRatio pixel_aspect_ratio;
    std::optional<PointDiff> scaling;                      ///< the size in workspace pixels; absent: one pixel to one
    std::optional<std::vector<mcs::TokenId>> checkpoints;  ///< 1 to 100
    BitmapFormatHeader format;
    std::optional<BitmapData> data;
    bool more_to_follow = false;
    std::optional<NonStandardParameters> non_standard_parameters;

    friend bool operator==(const BitmapCreatePdu&, const BitmapCreatePdu&) = default;
};

struct BitmapCreateContinuePdu {
    Handle handle;
    BitmapData data;
    bool more_to_follow = false;
    std::optional<NonStandardParameters> non_standard_parameters;

    friend bool operator==(const BitmapCreateContinuePdu&, const BitmapCreateContinuePdu&) = default;
};

struct BitmapDeletePdu {
    Handle handle;
    std::optional<NonStandardParameters> non_standard_parameters;

    friend bool operator==(const BitmapDeletePdu&, const BitmapDeletePdu&) = default;
};

/// What is absent stays as it is. A new anchor is how pointers move.
struct BitmapEditPdu {
    Handle handle;
    std::optional<BitmapAttributes> attributes;
    std::optional<WorkspacePoint> anchor;
    std::optional<BitmapRegion> region_of_interest;
    std::optional<PointDiff> scaling;
    std::optional<NonStandardParameters> non_standard_parameters;

    friend bool operator==(const BitmapEditPdu&, const BitmapEditPdu&) = default;
};

}  // namespace convene::whiteboard

namespace convene::asn1 {

// The bound of `data` is uncertain. Every upper bound from 256 to 65535 gives the same octets, so the widest is read.
template <>
inline constexpr auto schema<whiteboard::BitmapData> =
    sequence(field("dataCheckpoint", &whiteboard::BitmapData::checkpoints, SequenceOf<1, 100, Integer<1, 100>>{}),
             field("padBits", &whiteboard::BitmapData::pad_bits, Integer<1, 7>{}),
             field("data", &whiteboard::BitmapData::data, OctetString<1, 65535>{}));
template <>
inline constexpr auto schema<whiteboard::BitmapAbortReason> = choice("unspecified", "noResources", "outOfPaper",
                                                                     "nonStandardReason", extensible);
template <>
inline constexpr auto schema<whiteboard::BitmapAbortPdu> =
    sequence(field("bitmapHandle", &whiteboard::BitmapAbortPdu::handle),
             field("userID", &whiteboard::BitmapAbortPdu::user), field("reason", &whiteboard::BitmapAbortPdu::reason),
             field("nonStandardParameters", &whiteboard::BitmapAbortPdu::non_standard_parameters), extensible);
template <>
inline constexpr auto schema<whiteboard::BitmapCheckpointPdu> =
    sequence(field("bitmapHandle", &whiteboard::BitmapCheckpointPdu::handle),
             field("passThroughCheckpoint", &whiteboard::BitmapCheckpointPdu::pass_through_checkpoint),
             field("percentComplete", &whiteboard::BitmapCheckpointPdu::percent_complete, Integer<0, 100>{}),
             field("nonStandardParameters", &whiteboard::BitmapCheckpointPdu::non_standard_parameters), extensible);
template <>
inline constexpr auto schema<whiteboard::BitmapCreatePdu> = sequence(
    field("bitmapHandle", &whiteboard::BitmapCreatePdu::handle),
    field("destinationAddress", &whiteboard::BitmapCreatePdu::destination),
    field("attributes", &whiteboard::BitmapCreatePdu::attributes),
    field("anchorPoint", &whiteboard::BitmapCreatePdu::anchor), field("bitmapSize", &whiteboard::BitmapCreatePdu::size),
    field("bitmapRegionOfInterest", &whiteboard::BitmapCreatePdu::region_of_interest),
    field("pixelAspectRatio", &whiteboard::BitmapCreatePdu::pixel_aspect_ratio),
    field("scaling", &whiteboard::BitmapCreatePdu::scaling),
    field("checkpoints", &whiteboard::BitmapCreatePdu::checkpoints, SequenceOf<1, 100>{}),
    field("bitmapFormatHeader", &whiteboard::BitmapCreatePdu::format),
    field("bitmapData", &whiteboard::BitmapCreatePdu::data),
    field("moreToFollow", &whiteboard::BitmapCreatePdu::more_to_follow),
    field("nonStandardParameters", &whiteboard::BitmapCreatePdu::non_standard_parameters), extensible);
template <>
inline constexpr auto schema<whiteboard::BitmapCreateContinuePdu> =
    sequence(field("bitmapHandle", &whiteboard::BitmapCreateContinuePdu::handle),
             field("bitmapData", &whiteboard::BitmapCreateContinuePdu::data),
             field("moreToFollow", &whiteboard::BitmapCreateContinuePdu::more_to_follow),
             field("nonStandardParameters", &whiteboard::BitmapCreateContinuePdu::non_standard_parameters), extensible);
template <>
inline constexpr auto schema<whiteboard::BitmapDeletePdu> =
    sequence(field("bitmapHandle", &whiteboard::BitmapDeletePdu::handle),
             field("nonStandardParameters", &whiteboard::BitmapDeletePdu::non_standard_parameters), extensible);
template <>
inline constexpr auto schema<whiteboard::BitmapEditPdu> =
    sequence(field("bitmapHandle", &whiteboard::BitmapEditPdu::handle),
             field("attributeEdits", &whiteboard::BitmapEditPdu::attributes),
             field("anchorPointEdit", &whiteboard::BitmapEditPdu::anchor),
             field("bitmapRegionOfInterestEdit", &whiteboard::BitmapEditPdu::region_of_interest),
             field("scalingEdit", &whiteboard::BitmapEditPdu::scaling),
             field("nonStandardParameters", &whiteboard::BitmapEditPdu::non_standard_parameters), extensible);

}  // namespace convene::asn1
