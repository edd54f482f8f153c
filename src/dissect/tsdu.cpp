#include "dissect/tsdu.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "base/hex.hpp"
#include "catalogue/catalogue.hpp"
#include "dissect/value.hpp"
#include "mcs/connect_pdu.hpp"

namespace convene::dissect {
namespace {

enum Kind : int { connect, domain_2, domain_3, extended, domain_1 };

struct KindOf {
    const char* type;
    catalogue::Rule rule;
    Layer layer;
    const char* note;
};
constexpr std::array<KindOf, 5> kKinds{{
    {"MCS-PROTOCOL.ConnectMCSPDU", catalogue::Rule::ber, Layer::mcs_connect, ""},
    {"MCS-PROTOCOL.DomainMCSPDU", catalogue::Rule::aper, Layer::mcs, ""},
    {"MCS-PROTOCOL-3.DomainMCSPDU", catalogue::Rule::aper, Layer::mcs, "version 3"},
    {"MCS-PROTOCOL-3.ExtendedParameterMCSPDU", catalogue::Rule::aper, Layer::mcs_connect, "version 3"},
    {"MCS-PROTOCOL.DomainMCSPDU", catalogue::Rule::ber, Layer::mcs, "version 1"},
}};

const catalogue::TypeEntry& type_of(int kind) {
    static const std::array<const catalogue::TypeEntry*, kKinds.size()> types = [] {
        std::array<const catalogue::TypeEntry*, kKinds.size()> out{};
        for (std::size_t i = 0; i < kKinds.size(); ++i) out[i] = catalogue::find_type(kKinds[i].type).entry;
        return out;
    }();
    return *types[static_cast<std::size_t>(kind)];
}

std::uint16_t number(const asn1::Json& object, const char* name) {
    auto found = object.find(name);
    return found != object.end() && found->is_number_unsigned()
               ? static_cast<std::uint16_t>(found->get<std::uint64_t>())
               : std::uint16_t{0};
}

bool has_flag(const asn1::Json& object, const char* name, const char* flag) {
    auto found = object.find(name);
    return found != object.end() && std::find(found->begin(), found->end(), flag) != found->end();
}

/// Takes userData out of a PDU; its octets, and where they are.
Bytes take_user_data(asn1::Json& pdu, ByteView tsdu, std::size_t& at) {
    auto found = pdu.find("userData");
    if (found == pdu.end() || !found->is_string()) return {};
    Bytes octets = from_hex(found->get_ref<const std::string&>()).value_or(Bytes{});
    pdu.erase(found);
    // It stands at or near the end; in fragments (16K and more) it has no one place.
    auto place = std::find_end(tsdu.begin(), tsdu.end(), octets.begin(), octets.end());
    at = place == tsdu.end() ? 0 : static_cast<std::size_t>(place - tsdu.begin());
    return octets;
}

}  // namespace

struct TsduDissector::Attempt {
    int kind = connect;
    DissectedValue value;
    /// Better fits are greater: nothing, something with octets left over, an exact fit.
    int fit() const { return !value.decoded ? 0 : value.exact ? 2 : 1; }
};

TsduDissector::Attempt TsduDissector::attempt(int kind, ByteView tsdu, const Origin& origin) const {
    const KindOf& of = kKinds[static_cast<std::size_t>(kind)];
    return {kind, dissect_value(type_of(kind), tsdu, origin, {of.rule, options_.round_trip})};
}

TsduDissector::Attempt TsduDissector::best_attempt(ByteView tsdu, const Origin& origin) const {
    const auto version = conversation_.version();
    std::vector<int> order;
    if (version == 1) {
        order = {domain_1, domain_2, domain_3};
    } else if (version == 3) {
        order = {domain_3, domain_2};
    } else {
        order = {domain_2, domain_3};
    }
    // Right after a connect PDU, or where nothing is known, the answer may be a connect PDU or version 3's exchange.
    if (connecting_) order.insert(order.begin(), connect);
    if (connecting_ && version.value_or(3) == 3) order.push_back(extended);
    if (!connecting_) order.push_back(connect);
    if (!version) order.push_back(domain_1);

    Attempt best = attempt(order.front(), tsdu, origin);
    for (std::size_t i = 1; i < order.size() && best.fit() < 2; ++i) {
        Attempt next = attempt(order[i], tsdu, origin);
        if (next.fit() > best.fit()) best = std::move(next);
    }
    if (best.fit() == 0) {
        // The reason that helps most is that of the protocol that ought to be there.
        int expected = mcs::looks_like_connect_pdu(tsdu) ? connect : order[connecting_ ? 1 : 0];
        if (best.kind != expected) best = attempt(expected, tsdu, origin);
    }
    return best;
}

void TsduDissector::on_tsdu(ByteView tsdu, const Origin& origin, std::uint64_t offset, std::size_t octets,
                            Records& out) {
    Attempt best = best_attempt(tsdu, origin);
    Record& record = best.value.record;
    const KindOf& kind = kKinds[static_cast<std::size_t>(best.kind)];
    record.offset = offset;
    record.octets = octets;
    record.layer = kind.layer;
    record.note = kind.note;
    if (!best.value.decoded) {
        record.name = "not decoded";
        if (record.data.size() > kMaxShown) record.data.resize(kMaxShown);
        out.push_back(std::move(record));
        return;
    }
    record.name = take_alternative(record.value);
    if (best.kind == connect) {
        on_connect(best, tsdu, origin, out);
    } else {
        on_domain(best, tsdu, origin, out);
    }
}

void TsduDissector::on_connect(Attempt& attempt, ByteView tsdu, const Origin& origin, Records& out) {
    connecting_ = true;
    Record& record = attempt.value.record;
    if (record.name == "connect-initial") conversation_.on_connect_initial(record.value);
    if (record.name == "connect-response") conversation_.on_connect_response(record.value);
    std::size_t at = 0;
    const bool has_data = record.value.contains("userData");
    Bytes user_data = take_user_data(record.value, tsdu, at);
    out.push_back(std::move(record));
    if (has_data && !user_data.empty()) dissect_connect_data(user_data, origin.from(at), conversation_, options_, out);
}

void TsduDissector::on_domain(Attempt& attempt, ByteView tsdu, const Origin& origin, Records& out) {
    Record& record = attempt.value.record;
    if (attempt.kind != extended) connecting_ = false;
    if (attempt.kind == domain_3 || attempt.kind == extended) conversation_.guess_version(3);
    const bool uniform = record.name == "uniformSendDataRequest" || record.name == "uniformSendDataIndication";
    if (!uniform && record.name != "sendDataRequest" && record.name != "sendDataIndication") {
        out.push_back(std::move(record));
        return;
    }
    DataPdu pdu;
    pdu.uniform = uniform;
    pdu.indication = record.name == "sendDataIndication" || record.name == "uniformSendDataIndication";
    pdu.initiator = number(record.value, "initiator");
    pdu.channel = number(record.value, "channelId");
    pdu.begin = has_flag(record.value, "segmentation", "begin");
    pdu.end = has_flag(record.value, "segmentation", "end");
    if (auto priority = record.value.find("dataPriority"); priority != record.value.end() && priority->is_string())
        pdu.priority = priority->get<std::string>();
    std::size_t at = 0;
    Bytes user_data = take_user_data(record.value, tsdu, at);
    if (!record.note.empty()) record.note += ", ";
    record.note += std::to_string(user_data.size()) + " octets of user data";
    out.push_back(std::move(record));
    pdu.user_data = user_data;
    user_data_.on_data(pdu, origin.from(at), out);
}

}  // namespace convene::dissect
