/// Where a node can be reached, as the first edition writes it. T.124, module GCC-PROTOCOL part 1.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "asn1/schema.hpp"
#include "gcc/key.hpp"
#include "gcc/names.hpp"

namespace convene::gcc {

using DiallingString = asn1::CharacterString<asn1::DigitCharacters, 1, 16>;
using SubAddressString = asn1::CharacterString<asn1::DigitCharacters, 1, 40>;
using ExtraDiallingString = asn1::CharacterString<asn1::DiallingCharacters, 1, 255>;

/// One or more of the ways to carry an aggregated channel.
struct TransferModes {
    bool speech = false, voice_band = false;
    bool digital_56k = false, digital_64k = false, digital_128k = false, digital_192k = false, digital_256k = false;
    bool digital_320k = false, digital_384k = false, digital_512k = false, digital_768k = false, digital_1152k = false;
    bool digital_1472k = false, digital_1536k = false, digital_1920k = false;
    bool packet_mode = false, frame_mode = false, atm = false;

    friend bool operator==(const TransferModes&, const TransferModes&) = default;
};

struct HighLayerCompatibility {
    bool telephony_3khz = false, telephony_7khz = false, videotelephony = false, videoconference = false;
    bool audiographic = false, audiovisual = false, multimedia = false;

    friend bool operator==(const HighLayerCompatibility&, const HighLayerCompatibility&) = default;
};

struct AggregatedChannel {
    TransferModes transfer_modes;
    std::string international_number;              ///< 1 to 16 digits
    std::optional<std::string> sub_address;        ///< 1 to 40 digits
    std::optional<std::u16string> extra_dialling;  ///< 1 to 255 of 0123456789#*,
    std::optional<HighLayerCompatibility> high_layer_compatibility;

    friend bool operator==(const AggregatedChannel&, const AggregatedChannel&) = default;
};

/// TransportAddress of the second edition is the same.
struct TransportAddress {
    Bytes nsap_address;  ///< 1 to 20 octets
    std::optional<Bytes> transport_selector;

    friend bool operator==(const TransportAddress&, const TransportAddress&) = default;
};

using NetworkAddressItem =
    std::variant<AggregatedChannel, TransportAddress, NonStandardParameter, asn1::UnknownAlternative>;
/// 1 to 64 addresses in the order in which to try them.
using NetworkAddress = std::vector<NetworkAddressItem>;

}  // namespace convene::gcc

namespace convene::asn1 {

template <>
inline constexpr auto schema<gcc::TransferModes> = sequence(
    field("speech", &gcc::TransferModes::speech), field("voice-band", &gcc::TransferModes::voice_band),
    field("digital-56k", &gcc::TransferModes::digital_56k), field("digital-64k", &gcc::TransferModes::digital_64k),
    field("digital-128k", &gcc::TransferModes::digital_128k), field("digital-192k", &gcc::TransferModes::digital_192k),
    field("digital-256k", &gcc::TransferModes::digital_256k), field("digital-320k", &gcc::TransferModes::digital_320k),
    field("digital-384k", &gcc::TransferModes::digital_384k), field("digital-512k", &gcc::TransferModes::digital_512k),
    field("digital-768k", &gcc::TransferModes::digital_768k),
    field("digital-1152k", &gcc::TransferModes::digital_1152k),
    field("digital-1472k", &gcc::TransferModes::digital_1472k),
    field("digital-1536k", &gcc::TransferModes::digital_1536k),
    field("digital-1920k", &gcc::TransferModes::digital_1920k), field("packet-mode", &gcc::TransferModes::packet_mode),
    field("frame-mode", &gcc::TransferModes::frame_mode), field("atm", &gcc::TransferModes::atm), extensible);
template <>
inline constexpr auto schema<gcc::HighLayerCompatibility> =
    sequence(field("telephony3kHz", &gcc::HighLayerCompatibility::telephony_3khz),
             field("telephony7kHz", &gcc::HighLayerCompatibility::telephony_7khz),
             field("videotelephony", &gcc::HighLayerCompatibility::videotelephony),
             field("videoconference", &gcc::HighLayerCompatibility::videoconference),
             field("audiographic", &gcc::HighLayerCompatibility::audiographic),
             field("audiovisual", &gcc::HighLayerCompatibility::audiovisual),
             field("multimedia", &gcc::HighLayerCompatibility::multimedia), extensible);
template <>
inline constexpr auto schema<gcc::AggregatedChannel> =
    sequence(field("transferModes", &gcc::AggregatedChannel::transfer_modes),
             field("internationalNumber", &gcc::AggregatedChannel::international_number, gcc::DiallingString{}),
             field("subAddress", &gcc::AggregatedChannel::sub_address, gcc::SubAddressString{}),
             field("extraDialling", &gcc::AggregatedChannel::extra_dialling, gcc::ExtraDiallingString{}),
             field("highLayerCompatibility", &gcc::AggregatedChannel::high_layer_compatibility), extensible);
template <>
inline constexpr auto schema<gcc::TransportAddress> =
    sequence(field("nsapAddress", &gcc::TransportAddress::nsap_address, OctetString<1, 20>{}),
             field("transportSelector", &gcc::TransportAddress::transport_selector, OctetString<>{}));
template <>
inline constexpr auto schema<gcc::NetworkAddressItem> = choice("aggregatedChannel", "transportConnection",
                                                               "nonStandard", extensible);
template <>
inline constexpr auto schema<gcc::NetworkAddress> = SequenceOf<1, 64>{};

}  // namespace convene::asn1
