/// Where a node can be reached, as the second edition writes it. T.124, module GCC-PROTOCOL part 1.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "asn1/schema.hpp"
#include "gcc/network_address.hpp"

namespace convene::gcc {

struct MediaList {
    bool audio = false, video = false, data = false;

    friend bool operator==(const MediaList&, const MediaList&) = default;
};

using H221Aggregation = asn1::Nothing<struct H221AggregationTag>;
using H244Aggregation = asn1::Nothing<struct H244AggregationTag>;
using Iso13871Aggregation = asn1::Nothing<struct Iso13871AggregationTag>;
using ChannelAggregationMethod =
    std::variant<H221Aggregation, H244Aggregation, Iso13871Aggregation, NonStandardParameter, asn1::UnknownAlternative>;

enum class SimpleProfile : std::uint8_t {
    speech,
    telephony_3khz,
    telephony_7khz,
    voice_band,
    frame_relay,
    t123_pstn_basic,
    t123_psdn_basic,
    t123_b_isdn_basic,
};
enum class MultimediaSystem : std::uint8_t { h310, h320, h321, h322, h323, h324, h324m, asvd, dsvd };
struct MultimediaProfile {
    MultimediaSystem profile{};
    bool t120_data = false;

    friend bool operator==(const MultimediaProfile&, const MultimediaProfile&) = default;
};
using DsmccDownloadProfile = asn1::Nothing<struct DsmccDownloadProfileTag>;
using Profile = std::variant<SimpleProfile, MultimediaProfile, DsmccDownloadProfile, NonStandardParameter,
                             asn1::UnknownAlternative>;

struct ExtendedE164NetworkAddress {
    std::string international_number;
    std::optional<std::string> sub_address;
    std::optional<std::u16string> extra_dialling;

    friend bool operator==(const ExtendedE164NetworkAddress&, const ExtendedE164NetworkAddress&) = default;
};

struct GstnConnection {
    ExtendedE164NetworkAddress network_address;

    friend bool operator==(const GstnConnection&, const GstnConnection&) = default;
};

using Isdn64k = asn1::Nothing<struct Isdn64kTag>;
using Isdn2x64k = asn1::Nothing<struct Isdn2x64kTag>;
using Isdn384k = asn1::Nothing<struct Isdn384kTag>;
using Isdn1536 = asn1::Nothing<struct Isdn1536Tag>;
using Isdn1920k = asn1::Nothing<struct Isdn1920kTag>;
/// The last is the multiplier of 64 kbit/s, 1..30.
using IsdnCircuitType = std::variant<Isdn64k, Isdn2x64k, Isdn384k, Isdn1536, Isdn1920k, std::uint8_t>;
struct IsdnConnection {
    std::vector<IsdnCircuitType> circuit_types;
    ExtendedE164NetworkAddress network_address;
    std::optional<HighLayerCompatibility> high_layer_compatibility;

    friend bool operator==(const IsdnConnection&, const IsdnConnection&) = default;
};

enum class CsdnCircuitType : std::uint8_t { digital_56k, digital_64k };
struct CsdnConnection {
    std::vector<CsdnCircuitType> circuit_types;
    ExtendedE164NetworkAddress network_address;

    friend bool operator==(const CsdnConnection&, const CsdnConnection&) = default;
};

/// Not extensible in the standard.
using PacketNetworkAddress = std::variant<ExtendedE164NetworkAddress, TransportAddress, NonStandardParameter>;
struct PsdnConnection {
    PacketNetworkAddress network_address;

    friend bool operator==(const PsdnConnection&, const PsdnConnection&) = default;
};
struct AtmConnection {
    PacketNetworkAddress network_address;
    std::optional<std::uint64_t> max_transfer_rate;  ///< cells per second

    friend bool operator==(const AtmConnection&, const AtmConnection&) = default;
};

using NetworkConnection =
    std::variant<GstnConnection, IsdnConnection, CsdnConnection, PsdnConnection, AtmConnection,
                 ExtendedE164NetworkAddress, TransportAddress, NonStandardParameter, asn1::UnknownAlternative>;

using AggregatedConnection = std::variant<IsdnConnection, CsdnConnection, asn1::UnknownAlternative>;
struct AggregatedConnections {
    std::vector<AggregatedConnection> connection_list;  ///< 1 to 30
    std::optional<std::vector<ChannelAggregationMethod>> aggregation_methods;

    friend bool operator==(const AggregatedConnections&, const AggregatedConnections&) = default;
};

struct NetworkAddressV2Item {
    std::variant<NetworkConnection, AggregatedConnections> network_connection;
    std::optional<std::vector<Profile>> profiles;
    std::optional<MediaList> media_concerned;

    friend bool operator==(const NetworkAddressV2Item&, const NetworkAddressV2Item&) = default;
};
using NetworkAddressV2 = std::vector<NetworkAddressV2Item>;

}  // namespace convene::gcc

namespace convene::asn1 {

template <>
inline constexpr auto schema<gcc::MediaList> = sequence(field("audio", &gcc::MediaList::audio),
                                                        field("video", &gcc::MediaList::video),
                                                        field("data", &gcc::MediaList::data), extensible);
template <>
inline constexpr auto schema<gcc::ChannelAggregationMethod> = choice("h221", "h244", "iso-iec-13871", "nonStandard",
                                                                     extensible);
template <>
inline constexpr auto schema<gcc::SimpleProfile> = null_choice("speech", "telephony-3kHz", "telephony-7kHz",
                                                               "voice-band", "frameRelay", "t123-pstn-basic",
                                                               "t123-psdn-basic", "t123-b-isdn-basic");
template <>
inline constexpr auto schema<gcc::MultimediaSystem> = null_choice("h310", "h320", "h321", "h322", "h323", "h324",
                                                                  "h324m", "asvd", "dsvd");
template <>
inline constexpr auto schema<gcc::MultimediaProfile> = sequence(field("profile", &gcc::MultimediaProfile::profile),
                                                                field("t120Data", &gcc::MultimediaProfile::t120_data));
template <>
inline constexpr auto schema<gcc::Profile> = choice("simpleProfile", "multimediaProfile", "dsmccDownloadProfile",
                                                    "nonStandard", extensible);
template <>
inline constexpr auto schema<gcc::ExtendedE164NetworkAddress> = sequence(
    field("internationalNumber", &gcc::ExtendedE164NetworkAddress::international_number, gcc::DiallingString{}),
    field("subAddress", &gcc::ExtendedE164NetworkAddress::sub_address, gcc::SubAddressString{}),
    field("extraDialling", &gcc::ExtendedE164NetworkAddress::extra_dialling, gcc::ExtraDiallingString{}), extensible);
template <>
inline constexpr auto schema<gcc::GstnConnection> =
    sequence(field("networkAddress", &gcc::GstnConnection::network_address), extensible);
template <>
inline constexpr auto schema<gcc::IsdnCircuitType> = choice("digital-64k", "digital-2x64k", "digital-384k",
                                                            "digital-1536", "digital-1920k",
                                                            alt("multirate-base-64k", Integer<1, 30>{}));
template <>
inline constexpr auto schema<gcc::IsdnConnection> =
    sequence(field("circuitTypes", &gcc::IsdnConnection::circuit_types, SetOf<>{}),
             field("networkAddress", &gcc::IsdnConnection::network_address),
             field("highLayerCompatibility", &gcc::IsdnConnection::high_layer_compatibility), extensible);
template <>
inline constexpr auto schema<gcc::CsdnCircuitType> = null_choice("digital-56k", "digital-64k");
template <>
inline constexpr auto schema<gcc::CsdnConnection> =
    sequence(field("circuitTypes", &gcc::CsdnConnection::circuit_types, SetOf<>{}),
             field("networkAddress", &gcc::CsdnConnection::network_address), extensible);
// The two CHOICEs of packet and ATM networks differ in the names of their alternatives alone.
template <>
inline constexpr auto schema<gcc::PsdnConnection> =
    sequence(field("networkAddress", &gcc::PsdnConnection::network_address,
                   choice("extendedE164NetworkAddress", "transportAddress", "nonStandard")),
             extensible);
template <>
inline constexpr auto schema<gcc::AtmConnection> = sequence(
    field("networkAddress", &gcc::AtmConnection::network_address, choice("extendedE164", "nsapAddress", "nonStandard")),
    field("maxTransferRate", &gcc::AtmConnection::max_transfer_rate, IntegerFrom<0>{}), extensible);
template <>
inline constexpr auto schema<gcc::NetworkConnection> = choice("gstnConnection", "isdnConnection", "csdnConnection",
                                                              "psdnConnection", "atmConnection",
                                                              "extendedE164NetworkAddress", "transportAddress",
                                                              "nonStandard", extensible);
template <>
inline constexpr auto schema<gcc::AggregatedConnection> = choice("isdnConnection", "csdnConnection", extensible);
template <>
inline constexpr auto schema<gcc::AggregatedConnections> =
    sequence(field("connectionList", &gcc::AggregatedConnections::connection_list, SetOf<1, 30>{}),
             field("aggregationMethods", &gcc::AggregatedConnections::aggregation_methods, SetOf<>{}), extensible);
template <>
inline constexpr auto schema<gcc::NetworkAddressV2Item> =
    sequence(field("networkConnection", &gcc::NetworkAddressV2Item::network_connection,
                   choice("singleConnection", "aggregatedConnections")),
             field("profiles", &gcc::NetworkAddressV2Item::profiles, SetOf<>{}),
             field("mediaConcerned", &gcc::NetworkAddressV2Item::media_concerned), extensible);
template <>
inline constexpr auto schema<gcc::NetworkAddressV2> = SetOf<>{};

}  // namespace convene::asn1
