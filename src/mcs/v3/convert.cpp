#include "mcs/v3/convert.hpp"

#include <type_traits>
#include <utility>

#include "base/overloaded.hpp"

namespace convene::mcs::v3 {
namespace {

// What stands for an enumerator that version 2 does not have.
constexpr Reason closest(Reason) { return Reason::provider_initiated; }
constexpr Result closest(Result) { return Result::unspecified_failure; }
constexpr TokenStatus closest(TokenStatus) { return TokenStatus::other_grabbed; }  // not the receiver's, at any rate
constexpr DataPriority closest(DataPriority) { return DataPriority::low; }         // new ones can only follow it
constexpr Diagnostic closest(Diagnostic) { return Diagnostic::invalid_per_encoding; }

template <class Enum>
Enum known(Enum value) {
    return static_cast<std::size_t>(value) < asn1::schema<Enum>.names.size() ? value : closest(value);
}

template <class V2>
V2 without_extension(const Extended<V2>& pdu) {
    V2 out = pdu;
    auto repair = [&](const auto& member) {
        if constexpr (std::is_enum_v<typename std::decay_t<decltype(member)>::Member>)
            out.*member.member = known(out.*member.member);
    };
    asn1::with_items([&](const auto&... member) { (repair(member), ...); }, kMembers<V2>);
    return out;
}

template <class V2>
Extended<V2> with_extension(const V2& pdu) {
    return Extended<V2>{pdu, {}};
}

/// Attributes that only version 3 has are left out.
template <class To, class From>
std::vector<To> attributes_to_v2(const std::vector<From>& from) {
    std::vector<To> out;
    out.reserve(from.size());
    for (const From& item : from)
        std::visit(overloaded{[](const asn1::UnknownAlternative&) {},
                              [&](const auto& known_one) { out.push_back(without_extension(known_one)); }},
                   item);
    return out;
}

template <class To, class From>
std::vector<To> attributes_to_v3(const std::vector<From>& from) {
    std::vector<To> out;
    out.reserve(from.size());
    for (const From& item : from) std::visit([&](const auto& one) { out.push_back(with_extension(one)); }, item);
    return out;
}

struct ToV2 {
    using Out = std::optional<mcs::DomainPdu>;

    template <class V2>
    Out operator()(const Extended<V2>& pdu) const {
        return without_extension(pdu);
    }
    template <class V2>
    Out operator()(const DataPdu<V2>& pdu) const {
        return V2{pdu.initiator, pdu.channel, known(pdu.priority), pdu.segmentation, pdu.user_data};
    }
    template <class V2>
    Out operator()(const MergeChannels<V2>& pdu) const {
        return V2{attributes_to_v2<mcs::ChannelAttributes>(pdu.merge_channels), pdu.purge_channel_ids};
    }
    template <class V2>
    Out operator()(const MergeTokens<V2>& pdu) const {
        return V2{attributes_to_v2<mcs::TokenAttributes>(pdu.merge_tokens), pdu.purge_token_ids};
    }
    Out operator()(const PurgeChannelsIndication& pdu) const {
        mcs::PurgeChannelsIndication out{{}, pdu.purge_channel_ids};
        for (ChannelId id : pdu.detach_channel_ids)
            if (is_dynamic(id)) out.detach_user_ids.push_back(UserId{id.value});
        return out;
    }
    Out operator()(const NonStandardPdu&) const { return std::nullopt; }
    Out operator()(const asn1::UnknownAlternative&) const { return std::nullopt; }
};

struct ToV3 {
    template <class V2>
    static constexpr bool carries_data = requires(V2 pdu) {
        pdu.user_data;
    };
    template <class V2>
    static constexpr bool merges_channels = requires(V2 pdu) {
        pdu.merge_channels;
    };
    template <class V2>
    static constexpr bool merges_tokens = requires(V2 pdu) {
        pdu.merge_tokens;
    };

    template <class V2>
    DomainPdu operator()(const V2& pdu) const {
        if constexpr (carries_data<V2>) {
            DataPdu<V2> out;
            out.initiator = pdu.initiator;
            out.channel = pdu.channel;
            out.priority = pdu.priority;
            out.segmentation = pdu.segmentation;
            out.user_data = pdu.user_data;
            return out;
        } else if constexpr (merges_channels<V2>) {
            return MergeChannels<V2>{
                attributes_to_v3<ChannelAttributes>(pdu.merge_channels), pdu.purge_channel_ids, {}};
        } else if constexpr (merges_tokens<V2>) {
            return MergeTokens<V2>{attributes_to_v3<TokenAttributes>(pdu.merge_tokens), pdu.purge_token_ids, {}};
        } else {
            return with_extension(pdu);
        }
    }
    DomainPdu operator()(const mcs::PurgeChannelsIndication& pdu) const {
        PurgeChannelsIndication out{{}, pdu.purge_channel_ids, {}};
        for (UserId user : pdu.detach_user_ids) out.detach_channel_ids.push_back(channel_of(user));
        return out;
    }
};

}  // namespace

std::optional<mcs::DomainPdu> to_v2(const DomainPdu& pdu) { return std::visit(ToV2{}, pdu); }

DomainPdu to_v3(const mcs::DomainPdu& pdu) { return std::visit(ToV3{}, pdu); }

asn1::Decoded<std::optional<mcs::DomainPdu>> decode(const Slice& tsdu) {
    CONVENE_TRY(pdu, decode_domain_pdu(tsdu));
    return to_v2(pdu);
}

asn1::Encoded<Bytes> encode(const mcs::DomainPdu& pdu) { return encode_domain_pdu(to_v3(pdu)); }

}  // namespace convene::mcs::v3
