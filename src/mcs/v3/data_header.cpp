#include "mcs/v3/data_header.hpp"

#include "asn1/per_decode.hpp"
#include "asn1/per_encode.hpp"
#include "mcs/v3/extended.hpp"

namespace convene::mcs::v3 {
namespace {

// The first octet: no extension of the CHOICE, six bits of index, the SEQUENCE's extension bit.
constexpr unsigned kFirstData = static_cast<unsigned>(DataKind::request);
constexpr unsigned kLastData = static_cast<unsigned>(DataKind::uniform_indication);
constexpr bool is_data_octet(std::uint64_t first) {
    return first >> 7 == 0 && first >> 1 >= kFirstData && first >> 1 <= kLastData;
}

constexpr asn1::Integer<0, 65535> kReferenceNode;

bool read_header(asn1::PerReader& r, DataHeader& out) {
    std::uint64_t first = 0;
    bool has_reference = false;
    if (!r.bits(8, first)) return false;
    if (!is_data_octet(first)) return r.fail(asn1::DecodeErrc::bad_value, "T.125 §7 part 7");
    out.kind = static_cast<DataKind>(first >> 1);
    out.has_additions = (first & 1) != 0;
    return r.bit(has_reference) && r.bit(out.has_total_data_size) && r.bit(out.has_non_standard) &&
           asn1::per_get(r, asn1::ByType{}, out.initiator) && asn1::per_get(r, asn1::ByType{}, out.channel) &&
           r.bit(out.reliability) &&
           (!has_reference || asn1::per_get(r, kReferenceNode, out.domain_reference_id.emplace())) &&
           asn1::per_get(r, kAsChoice<DataPriority>, out.priority) &&
           asn1::per_get(r, asn1::ByType{}, out.segmentation);
}

bool write_header(asn1::PerWriter& w, const DataHeader& header) {
    w.bits(static_cast<unsigned>(header.kind) << 1 | (header.has_additions ? 1U : 0U), 8);
    w.bit(header.domain_reference_id.has_value());
    w.bit(header.has_total_data_size);
    w.bit(header.has_non_standard);
    if (!asn1::per_put(w, asn1::ByType{}, header.initiator) || !asn1::per_put(w, asn1::ByType{}, header.channel))
        return false;
    w.bit(header.reliability);
    return (!header.domain_reference_id || asn1::per_put(w, kReferenceNode, *header.domain_reference_id)) &&
           asn1::per_put(w, kAsChoice<DataPriority>, header.priority) &&
           asn1::per_put(w, asn1::ByType{}, header.segmentation);
}

/// Walks over the trailer, so that nothing broken is passed on.
bool skip_trailer(asn1::PerReader& r, const DataHeader& header) {
    std::int64_t total = 0;
    std::vector<NonStandardParameter> non_standard;
    struct {
    } nothing_known;
    return (!header.has_total_data_size || r.unconstrained(total)) &&
           (!header.has_non_standard || asn1::per_get(r, asn1::SequenceOf<>{}, non_standard)) &&
           (!header.has_additions || asn1::per_read_additions(r, asn1::ItemList<>{}, nothing_known));
}

}  // namespace

bool carries_data(ByteView pdu) { return !pdu.empty() && is_data_octet(std::to_integer<unsigned>(pdu[0])); }

asn1::Decoded<DataParts> split_data(const Slice& pdu) {
    asn1::PerReader reader(pdu);
    DataParts out;
    ByteView whole;
    Bytes joined;
    if (!read_header(reader, out.header) || !reader.octets(whole, joined)) return tl::make_unexpected(reader.error());
    out.user_data = joined.empty() ? reader.share(whole) : Slice(joined);
    std::size_t start = reader.position() / 8;  // an octet string ends on a boundary
    if (!skip_trailer(reader, out.header)) return tl::make_unexpected(reader.error());
    out.trailer = pdu.sub(start, (reader.position() + 7) / 8 - start);
    return out;
}

asn1::Encoded<std::vector<Slice>> join_data(const DataParts& parts) {
    std::vector<Slice> out;
    Bytes part;
    std::optional<asn1::PerWriter> writer(part);
    if (!write_header(*writer, parts.header)) return tl::make_unexpected(writer->error());
    bool more = true;
    for (std::size_t at = 0; more; writer.emplace(part)) {
        std::size_t size = writer->length(parts.user_data.size() - at, more);
        writer->finish();
        out.emplace_back(part);
        if (size > 0) out.push_back(parts.user_data.sub(at, size));
        at += size;
    }
    if (!parts.trailer.empty()) out.push_back(parts.trailer);
    return out;
}

DataParts from_version_2(const RelayHeader& header, const Slice& user_data) {
    DataParts out;
    out.header.kind = header.kind;
    out.header.initiator = header.initiator;
    out.header.channel = header.channel;
    out.header.priority = header.priority;
    out.header.segmentation = header.segmentation;
    out.user_data = user_data;
    return out;
}

RelayHeader to_version_2(const DataParts& parts) {
    RelayHeader out;
    out.kind = parts.header.kind;
    out.initiator = parts.header.initiator;
    out.channel = parts.header.channel;
    // A priority of a newer edition can only come after those of this one.
    out.priority = parts.header.priority > DataPriority::low ? DataPriority::low : parts.header.priority;
    out.segmentation = parts.header.segmentation;
    out.data_size = parts.user_data.size();
    return out;
}

}  // namespace convene::mcs::v3
