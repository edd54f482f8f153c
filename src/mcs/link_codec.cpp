#include "mcs/link_codec.hpp"

#include <cstring>

#include "asn1/for_size.hpp"
#include "mcs/v3/convert.hpp"
#include "t123/blank_slice.hpp"
#include "t123/tpkt.hpp"

namespace convene::mcs {

t123::Tsdu framed_copy(ByteView pdu) {
    bool framed = pdu.size() <= t123::kMaxDataPayload;
    std::size_t room = framed ? t123::kDataHeaderSize : 0;
    Slice whole = t123::blank_slice(room + pdu.size());
    if (framed) t123::write_data_header(whole.mutable_data(), pdu.size(), true);
    if (!pdu.empty()) std::memcpy(whole.mutable_data() + room, pdu.data(), pdu.size());
    return {whole.sub(room, pdu.size()), framed};
}

asn1::Encoded<t123::Tsdu> encode_for(Version version, const DomainPdu& pdu) {
    const auto encode = [&] {
        if constexpr (asn1::kForSize)
            return encode_domain_pdu(pdu);  // such programs speak version 2 alone
        else
            return version == 1 ? encode_domain_pdu_ber(pdu) : version == 2 ? encode_domain_pdu(pdu) : v3::encode(pdu);
    };
    CONVENE_TRY(octets, encode());
    return framed_copy(octets);
}

asn1::Decoded<std::optional<DomainPdu>> decode_from(Version version, const Slice& octets) {
    if constexpr (asn1::kForSize) {
        CONVENE_TRY(pdu, decode_domain_pdu(octets));
        return std::optional<DomainPdu>(std::move(pdu));
    } else {
        if (version == 3) return v3::decode(octets);
        CONVENE_TRY(pdu, version == 1 ? decode_domain_pdu_ber(octets) : decode_domain_pdu(octets));
        return std::optional<DomainPdu>(std::move(pdu));
    }
}

PduCopies::PduCopies(DomainPdu pdu) : pdu_(std::move(pdu)) {}

PduCopies::PduCopies(Version version, t123::Tsdu tsdu) : first_version_(version) { copies_[version] = std::move(tsdu); }

const t123::Tsdu* PduCopies::in(Version version) {
    std::optional<t123::Tsdu>& copy = copies_[version];
    if (copy) return &*copy;
    if (!pdu_) {
        auto decoded = decode_from(first_version_, copies_[first_version_]->payload);
        if (!decoded || !*decoded) return nullptr;
        pdu_ = std::move(**decoded);
    }
    auto encoded = encode_for(version, *pdu_);
    if (!encoded) return nullptr;
    copy = std::move(*encoded);
    return &*copy;
}

}  // namespace convene::mcs
