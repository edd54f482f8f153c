#include "dissect/user_data.hpp"

#include <algorithm>

#include "base/hex.hpp"
#include "catalogue/catalogue.hpp"
#include "chat/t140.hpp"
#include "dissect/value.hpp"
#include "files/codec.hpp"
#include "gcc/codec.hpp"
#include "netmeeting/chat_packet.hpp"
#include "netmeeting/whiteboard_text.hpp"
#include "whiteboard/codec.hpp"

namespace convene::dissect {
namespace {

constexpr unsigned kDepth = 1;  // below the MCS PDU
constexpr catalogue::Rule kPer = catalogue::Rule::aper;

const catalogue::TypeEntry& type(std::string_view name) { return *catalogue::find_type(name).entry; }
const catalogue::TypeEntry& connect_data_type() {
    static const catalogue::TypeEntry& entry = type("GCC-PROTOCOL.ConnectData");
    return entry;
}
const catalogue::TypeEntry& connect_pdu_type() {
    static const catalogue::TypeEntry& entry = type("GCC-PROTOCOL.ConnectGCCPDU");
    return entry;
}
const catalogue::TypeEntry& gcc_type() {
    static const catalogue::TypeEntry& entry = type("GCC-PROTOCOL.GCCPDU");
    return entry;
}
const catalogue::TypeEntry& chat_type() {
    static const catalogue::TypeEntry& entry = type("CHAT-PROTOCOL.CHATPDU");
    return entry;
}

const catalogue::TypeEntry& whiteboard_type() {
    static const catalogue::TypeEntry& entry = type("SI-PROTOCOL.SIPDU");
    return entry;
}
const catalogue::TypeEntry& files_type() {
    static const catalogue::TypeEntry& entry = type("MBFT-PROTOCOL.MBFTPDU");
    return entry;
}

Record start(Layer layer, ByteView octets, const Origin& origin) {
    Record out;
    out.layer = layer;
    out.depth = kDepth;
    out.offset = origin.of(0);
    out.octets = octets.size();
    return out;
}

Record with_place(DissectedValue&& value, Layer layer, const Origin& origin) {
    value.record.layer = layer;
    value.record.depth = kDepth;
    value.record.offset = origin.of(0);
    return std::move(value.record);
}

Bytes member_octets(const asn1::Json& object, std::string_view name) {
    auto found = object.find(std::string(name));
    if (found == object.end() || !found->is_string()) return {};
    return from_hex(found->get_ref<const std::string&>()).value_or(Bytes{});
}

/// GCC in the form that strict decoding refuses and gcc's codec knows from real peers.
template <class Decoded, class Encode>
bool take_tolerant(Record& record, const Decoded& pdu, Encode encode, const catalogue::TypeEntry& entry,
                   std::string_view note) {
    if (!pdu) return false;
    auto octets = encode(*pdu);
    if (!octets) return false;
    asn1::Json value;
    if (!entry.decode(kPer, *octets, &value, nullptr)) return false;
    record.value = std::move(value);
    record.data.clear();
    record.problems.clear();
    record.difference.clear();
    record.note = note;
    return true;
}

void finish_gcc(Record& record, Conversation& conversation, Records& out) {
    if (record.value.is_null()) {
        record.name = "not decoded";
    } else {
        conversation.on_gcc(record.value);
        record.name = take_alternative(record.value);
        // GCCPDU is a CHOICE of CHOICEs.
        if (record.name == "request" || record.name == "response" || record.name == "indication")
            record.name = take_alternative(record.value);
    }
    out.push_back(std::move(record));
}

/// Empty when these octets are no chat of any kind.
std::optional<Record> dissect_chat(ByteView octets, const Origin& origin, bool chat_channel, bool round_trip) {
    const bool certain = netmeeting::looks_like_chat_packet(octets);
    if (certain || (chat_channel && octets.size() >= netmeeting::kChatHeaderBytes && octets[0] == std::byte{8})) {
        if (auto text = netmeeting::read_chat_packet(octets)) {
            Record out = start(Layer::netmeeting_chat, octets, origin);
            out.name = "message";
            out.value = asn1::Json::object();
            out.value["text"] = *text;
            return out;
        }
    }
    if (!chat_channel) return std::nullopt;
    DissectedValue value = dissect_value(chat_type(), octets, origin, {kPer, round_trip});
    Record out = with_place(std::move(value), Layer::chat, origin);
    out.name = take_alternative(out.value);
    if (out.name.empty()) out.name = "not decoded";
    if (out.value.is_object() && out.value.contains("t140Data")) {
        chat::T140Reader reader;
        asn1::Json lines = asn1::Json::array();
        for (std::string& line : reader.on_octets(member_octets(out.value, "t140Data")).lines) lines.push_back(line);
        if (!reader.current_line().empty()) lines.push_back(reader.current_line());
        out.value["lines"] = std::move(lines);
    }
    return out;
}

/// The lines of text that a nonStandardPDU of NetMeeting brings.
void add_netmeeting_text(ByteView octets, Record& record) {
    auto pdu = whiteboard::decode_si_pdu(octets);
    auto text = pdu ? netmeeting::text_in(*pdu) : std::nullopt;
    if (!text) return;
    record.note = "NetMeeting text";
    asn1::Json lines = asn1::Json::array();
    for (const auto& line : text->lines.value_or(std::vector<netmeeting::TextLine>{}))
        lines.push_back(netmeeting::line_text(line));
    record.value["lines"] = std::move(lines);
}

Record dissect_whiteboard(ByteView octets, const Origin& origin, bool round_trip) {
    DissectedValue value = dissect_value(whiteboard_type(), octets, origin, {kPer, round_trip});
    const bool exact = value.exact;
    Record record = with_place(std::move(value), Layer::whiteboard, origin);
    if (!exact)
        take_tolerant(record, whiteboard::decode_si_pdu(octets), whiteboard::encode, whiteboard_type(),
                      "in the form of another module");
    record.name = take_alternative(record.value);
    if (record.name.empty()) record.name = "not decoded";
    if (record.name == "nonStandardPDU") add_netmeeting_text(octets, record);
    return record;
}

Record dissect_files(ByteView octets, const Origin& origin, Conversation& conversation, bool round_trip) {
    DissectedValue value = dissect_value(files_type(), octets, origin, {kPer, round_trip});
    const bool exact = value.exact;
    Record record = with_place(std::move(value), Layer::files, origin);
    if (!exact) {
        auto encode = [](const files::DecodedPdu& pdu) { return files::encode(pdu.pdu); };
        take_tolerant(record, files::decode_mbft_pdu(octets, files::HeaderForm::bits24), encode, files_type(),
                      "file header without protocol-version");
    }
    record.name = take_alternative(record.value);
    if (record.name.empty()) record.name = "not decoded";
    conversation.on_files(record.value);
    return record;
}

}  // namespace

void dissect_connect_data(ByteView octets, const Origin& origin, Conversation& conversation, const Options& options,
                          Records& out) {
    DissectedValue wrapper = dissect_value(connect_data_type(), octets, origin, {kPer, options.round_trip});
    Record record;
    bool understood = false;
    if (wrapper.exact) {
        Bytes inner = member_octets(wrapper.record.value, "connectPDU");
        auto at = std::search(octets.begin(), octets.end(), inner.begin(), inner.end());
        Origin inner_origin = origin.from(static_cast<std::size_t>(at - octets.begin()) % (octets.size() + 1));
        DissectedValue value = dissect_value(connect_pdu_type(), inner, inner_origin, {kPer, options.round_trip});
        understood = value.exact;
        record = with_place(std::move(value), Layer::gcc_connect, origin);
        if (record.difference.empty()) record.difference = wrapper.record.difference;
    } else {
        record = with_place(std::move(wrapper), Layer::gcc_connect, origin);
        record.value = nullptr;
        record.data = to_bytes(octets);
        record.data_offset = origin.of(0);
    }
    record.octets = octets.size();
    if (!understood)
        take_tolerant(record, gcc::decode_connect_data(octets), gcc::encode_connect_pdu, connect_pdu_type(),
                      "length or texts as some peers send them");

    finish_gcc(record, conversation, out);
}

void UserDataDissector::on_data(const DataPdu& pdu, const Origin& origin, Records& out) {
    if (pdu.begin && pdu.end) {
        on_whole(pdu, pdu.user_data, origin, out);
        return;
    }
    Key key{pdu.initiator, pdu.channel, pdu.priority, pdu.uniform, pdu.indication};
    auto found = waiting_.find(key);
    if (pdu.begin) {
        if (found != waiting_.end()) {
            octets_waiting_ -= found->second.octets.size();
            waiting_.erase(found);
        }
        found = waiting_.emplace(key, Waiting{{}, origin, 0}).first;
    } else if (found == waiting_.end()) {
        // The beginning lies before the capture, or got lost with a gap.
        Record record = start(Layer::application, pdu.user_data, origin);
        record.name = pdu.end ? "last segment" : "segment";
        record.note = "of data whose beginning was not seen, on channel " + std::to_string(pdu.channel);
        record.data = to_bytes(pdu.user_data.first(std::min(pdu.user_data.size(), kMaxShown)));
        record.data_offset = origin.of(0);
        record.problems.push_back({origin.of(0), "segment without a beginning", "T.125 §7 part 7"});
        out.push_back(std::move(record));
        return;
    }
    Waiting& waiting = found->second;
    if (waiting.segments > 0) waiting.origin.continues(waiting.octets.size(), origin.of(0));
    append(waiting.octets, pdu.user_data);
    octets_waiting_ += pdu.user_data.size();
    ++waiting.segments;
    if (pdu.end) {
        Waiting whole = std::move(waiting);
        octets_waiting_ -= whole.octets.size();
        waiting_.erase(found);
        const std::size_t before = out.size();
        on_whole(pdu, whole.octets, whole.origin, out);
        if (out.size() > before) out[before].note = std::to_string(whole.segments) + " segments";
    } else if (octets_waiting_ > kMaxWaitingSegments) {
        drop_all(origin.of(0), "too many octets of unfinished data", out);
    }
}

void UserDataDissector::on_whole(const DataPdu& pdu, ByteView octets, const Origin& origin, Records& out) const {
    if (conversation_.is_gcc(pdu.channel)) {
        DissectedValue value = dissect_value(gcc_type(), octets, origin, {kPer, options_.round_trip});
        const bool exact = value.exact;
        Record record = with_place(std::move(value), Layer::gcc, origin);
        if (!exact)
            take_tolerant(record, gcc::decode_gcc_pdu(octets), gcc::encode_gcc_pdu, gcc_type(),
                          "texts of 16 bits a character");
        finish_gcc(record, conversation_, out);
        return;
    }
    const bool chat_channel = conversation_.is_chat(pdu.channel);
    if (auto chat = dissect_chat(octets, origin, chat_channel, options_.round_trip)) {
        out.push_back(std::move(*chat));
        return;
    }
    if (conversation_.is_whiteboard(pdu.channel)) {
        out.push_back(dissect_whiteboard(octets, origin, options_.round_trip));
        return;
    }
    if (conversation_.is_files(pdu.channel)) {
        out.push_back(dissect_files(octets, origin, conversation_, options_.round_trip));
        return;
    }
    // The connect phase named the node ids; without it, an exact fit is as good as a name.
    if (!conversation_.saw_connect() && pdu.channel > 1000) {
        DissectedValue value = dissect_value(gcc_type(), octets, origin, {kPer, options_.round_trip});
        if (value.exact && value.encodes_the_same && value.record.problems.empty()) {
            Record record = with_place(std::move(value), Layer::gcc, origin);
            record.note = "guessed: the channel is not known";
            finish_gcc(record, conversation_, out);
            return;
        }
    }
    Record record = start(Layer::application, octets, origin);
    record.name = "not decoded";
    record.note = "channel " + std::to_string(pdu.channel) + ", from " + std::to_string(pdu.initiator);
    record.data = to_bytes(octets.first(std::min(octets.size(), kMaxShown)));
    record.data_offset = origin.of(0);
    record.problems.push_back(
        {origin.of(0), "application data on channel " + std::to_string(pdu.channel) + ", not decoded", ""});
    out.push_back(std::move(record));
}

void UserDataDissector::drop_all(std::uint64_t offset, std::string_view why, Records& out) {
    Record record;
    record.layer = Layer::application;
    record.depth = kDepth;
    record.offset = offset;
    record.name = "unfinished data";
    record.note = std::to_string(octets_waiting_) + " octets of " + std::to_string(waiting_.size()) + " senders";
    record.problems.push_back({offset, std::string(why), "T.125 §7 part 7"});
    waiting_.clear();
    octets_waiting_ = 0;
    out.push_back(std::move(record));
}

void UserDataDissector::finish(std::uint64_t offset, Records& out) {
    if (!waiting_.empty()) drop_all(offset, "data ends before its last segment", out);
}

}  // namespace convene::dissect
