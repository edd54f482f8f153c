/// A version 3 data PDU taken apart around its user data, so that a relay makes a new header and copies no data.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "asn1/error.hpp"
#include "base/slice.hpp"
#include "mcs/enums.hpp"
#include "mcs/ids.hpp"
#include "mcs/relay_header.hpp"

namespace convene::mcs::v3 {

/// What stands before the user data. MCS-PROTOCOL-3 part 7.
struct DataHeader {
    DataKind kind = DataKind::request;
    UserId initiator;
    ChannelId channel;
    bool reliability = true;
    std::optional<std::uint16_t> domain_reference_id = {};
    DataPriority priority{};  ///< possibly one of a newer edition
    Segmentation segmentation;
    // What the trailer consists of.
    bool has_total_data_size = false;
    bool has_non_standard = false;
    bool has_additions = false;  ///< members of a newer edition

    friend bool operator==(const DataHeader&, const DataHeader&) = default;
};

struct DataParts {
    DataHeader header;
    Slice user_data;  ///< shares the PDU's buffer, unless the PDU had it in fragments
    Slice
        trailer;  ///< the encoding of what follows, untouched; T.125 §13.11 wants it passed on between version 3 peers

    friend bool operator==(const DataParts&, const DataParts&) = default;
};

/// Whether a version 3 PDU carries data, by its first octet.
bool carries_data(ByteView pdu);

/// Fails for other PDUs, and for encodings that a receiver would refuse.
asn1::Decoded<DataParts> split_data(const Slice& pdu);

/// The PDU again: slices to be written one after the other. User data and trailer are shared, the header is new.
/// User data of 16384 octets or more lies between length octets (X.691 §11.9.3.8). Fails for ids out of range.
asn1::Encoded<std::vector<Slice>> join_data(const DataParts& parts);

/// What goes to a version 3 connection when the PDU came from one of version 2 (T.125 §13.11).
DataParts from_version_2(const RelayHeader& header, const Slice& user_data);

/// The header for a version 2 connection, as far as version 2 can say it; its data_offset is left at 0.
RelayHeader to_version_2(const DataParts& parts);

}  // namespace convene::mcs::v3
