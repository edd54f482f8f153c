#include "server/conference_rights.hpp"

#include <algorithm>
#include <initializer_list>
#include <memory>
#include <utility>

#include "chat/entity.hpp"
#include "gcc/protocol_key.hpp"
#include "node/presence.hpp"
#include "whiteboard/codec.hpp"
#include "whiteboard/protocol.hpp"
#include "whiteboard/refresh_mark.hpp"
#include "whiteboard/si_pdu.hpp"

namespace convene::server {

namespace {

using whiteboard::Privilege;
using whiteboard::SiPdu;

template <class Pdu, std::size_t Index = 0>
constexpr std::size_t index_of() {
    if constexpr (std::is_same_v<std::variant_alternative_t<Index, SiPdu>, Pdu>)
        return Index;
    else
        return index_of<Pdu, Index + 1>();
}

/// An SiPdu begins with the bit of its extension, six bits for the alternative and one bit of what follows (X.691 §23).
template <class... Pdus>
void let_pass(std::bitset<256>& passes) {
    static_assert(std::variant_size_v<SiPdu> > 32 && std::variant_size_v<SiPdu> <= 65, "six bits");
    for (const std::size_t index : {index_of<Pdus>()...}) {
        passes.set(index << 1);
        passes.set(index << 1 | 1);
    }
}

/// What is no part of the board: where somebody looks, and that a newcomer has no copy of it yet. All that comes before
/// the length of the data is the same in each presence.
std::vector<Bytes> harmless_openings() {
    std::vector<Bytes> out;
    if (auto presence = whiteboard::encode(whiteboard::NonStandardPdu{{{node::presence_key()}, {}}})) {
        presence->pop_back();
        out.push_back(std::move(*presence));
    }
    if (auto request = whiteboard::encode(whiteboard::refresh_request())) out.push_back(std::move(*request));
    return out;
}

void let_pass_with(Privilege privilege, std::bitset<256>& passes) {
    using namespace whiteboard;
    switch (privilege) {
        case Privilege::workspace:
            return let_pass<WorkspaceCreatePdu, WorkspaceDeletePdu, WorkspaceEditPdu, WorkspacePlaneCopyPdu,
                            WorkspaceReadyPdu>(passes);
        case Privilege::annotation:
            return let_pass<DrawingCreatePdu, DrawingDeletePdu, DrawingEditPdu, TextCreatePdu, TextDeletePdu,
                            TextEditPdu, FontPdu, NonStandardPdu>(passes);
        case Privilege::image:
            return let_pass<BitmapAbortPdu, BitmapCheckpointPdu, BitmapCreatePdu, BitmapCreateContinuePdu,
                            BitmapDeletePdu, BitmapEditPdu, VideoWindowCreatePdu, VideoWindowDeletePdu,
                            VideoWindowEditPdu>(passes);
        case Privilege::pointing:  // a pointer is a bitmap of its own, T.126 §6.2
            return let_pass<BitmapCreatePdu, BitmapDeletePdu, BitmapEditPdu>(passes);
        case Privilege::remote_key_event:
            return let_pass<RemoteKeyboardEventPdu>(passes);
        case Privilege::remote_pointing_event:
            return let_pass<RemotePointingDeviceEventPdu>(passes);
        case Privilege::remote_printing:
            return let_pass<RemotePrintPdu>(passes);
        case Privilege::archive_create_write:
            return let_pass<ArchiveAcknowledgePdu, ArchiveClosePdu, ArchiveErrorPdu, ArchiveOpenPdu>(passes);
    }
}

}  // namespace

ConferenceRights::Channels ConferenceRights::read_channels() const {
    auto& node = runner_.node();
    Channels out;
    out.boards.insert(whiteboard::kWhiteboardChannel);
    std::vector<mcs::ChannelId> open{gcc::kBroadcastChannel, gcc::kConvenerChannel, chat::kChatChannel};
    if (node.conference() == nullptr) {
        out.open = mcs::FlatSet<mcs::ChannelId>(std::move(open));
        return out;
    }
    auto& domain = node.domain();
    // The roster says what everybody says of itself. So somebody's word counts for its own attachments alone, and that
    // of a viewer opens no session.
    const auto is_own = [&](mcs::UserId user, mcs::UserId of) {
        return domain.connection_of(user) == domain.connection_of(of);
    };
    const auto is_viewer = [&](mcs::UserId who) {
        const auto connection = domain.connection_of(who);
        const auto transport = connection ? node.links().transport_of(*connection) : std::nullopt;
        return transport && right_of(*transport) == admission::Right::view;
    };
    // GCC's own, from node to node. The roster that was broadcast does not know the first who comes.
    if (const auto self = node.conference()->self()) open.push_back(mcs::channel_of(*self));
    for (const auto& [id, record] : node.conference()->roster().nodes.nodes()) open.push_back(mcs::channel_of(id));
    for (const auto& [session, roster] : node.conference()->roster().applications.sessions()) {
        const auto& key = session.application_protocol_key;
        const bool is_chat = gcc::same_protocol(key, chat::chat_protocol_key());
        const bool is_board = gcc::same_protocol(key, whiteboard::whiteboard_protocol_key());
        if (!is_chat && !is_board) continue;
        for (const auto& [entity, record] : roster.entities) {
            if (session.session_id && !is_viewer(entity.node)) {
                if (is_chat)
                    open.push_back(*session.session_id);
                else if (*session.session_id != chat::kChatChannel)
                    out.boards.insert(*session.session_id);
            }
            const auto user = record.application_user_id;
            if (!user || !is_own(*user, entity.node)) continue;
            if (is_chat)
                open.push_back(mcs::channel_of(*user));
            else
                out.drawers.insert(mcs::channel_of(*user));
        }
    }
    if (node.chat() != nullptr && node.chat()->netmeeting_channel()) open.push_back(*node.chat()->netmeeting_channel());
    // What is of a whiteboard is not open, whatever else it is said to be.
    std::erase_if(open, [&](mcs::ChannelId id) { return out.boards.contains(id) || out.drawers.contains(id); });
    out.open = mcs::FlatSet<mcs::ChannelId>(std::move(open));
    return out;
}

mcs::SharedRestriction ConferenceRights::viewing() const {
    mcs::Restriction out;
    out.only_listed = true;
    out.may_use_tokens = false;
    const Channels& known = channels_now();
    // Where somebody looks at the board is no part of it; and whoever made a page waits for the word of all who see it
    // (T.126 §8.1), which changes nothing.
    std::vector<mcs::ChannelId> whiteboards = known.boards.values();
    whiteboards.insert(whiteboards.end(), known.drawers.begin(), known.drawers.end());
    std::vector<mcs::ChannelId> channels = whiteboards;
    channels.insert(channels.end(), known.open.begin(), known.open.end());
    out.channels = mcs::FlatSet<mcs::ChannelId>(std::move(channels));
    out.screened = mcs::FlatSet<mcs::ChannelId>(std::move(whiteboards));
    let_pass<whiteboard::WorkspaceCreateAcknowledgePdu>(out.passes);
    out.openings = harmless_openings();
    return std::make_shared<const mcs::Restriction>(std::move(out));
}

mcs::SharedRestriction ConferenceRights::conducted(const std::set<Privilege>& granted) const {
    mcs::Restriction out;
    out.screened = channels_now().boards;
    let_pass<whiteboard::WorkspaceRefreshStatusPdu, whiteboard::WorkspaceCreateAcknowledgePdu,
             whiteboard::ConductorPrivilegeRequestPdu>(out.passes);
    out.openings = harmless_openings();
    for (const Privilege privilege : granted) let_pass_with(privilege, out.passes);
    return std::make_shared<const mcs::Restriction>(std::move(out));
}

bool ConferenceRights::matters() const {
    return conductor_ || std::any_of(rights_.begin(), rights_.end(),
                                     [](const auto& each) { return each.second == admission::Right::view; });
}

const ConferenceRights::Channels& ConferenceRights::channels_now() const {
    if (!channels_) channels_ = read_channels();
    return *channels_;
}

mcs::SharedRestriction ConferenceRights::admit(io::TransportId transport, admission::Right right) {
    rights_[transport] = right;
    if (right == admission::Right::view) return viewing();
    return conductor_ ? conducted({}) : nullptr;
}

admission::Right ConferenceRights::right_of(io::TransportId transport) const {
    const auto found = rights_.find(transport);
    return found == rights_.end() ? admission::Right::draw : found->second;
}

void ConferenceRights::change(io::TransportId transport, admission::Right right) {
    rights_[transport] = right;
    channels_.reset();  // a viewer's word counts for less
    apply();
}

void ConferenceRights::on_roster() {
    if (!matters()) return channels_.reset();
    Channels now = read_channels();
    if (channels_ == now) return;
    channels_ = std::move(now);
    apply();
}

void ConferenceRights::on_conductor(std::optional<mcs::UserId> node) {
    if (conductor_ == node) return;
    conductor_ = node;
    granted_.clear();  // grants end with who gave them
    apply();
}

void ConferenceRights::on_granted(mcs::UserId whiteboard_user, const whiteboard::Privileges& privileges) {
    granted_[whiteboard_user] = privileges;
    apply();
}

void ConferenceRights::apply() {
    auto& node = runner_.node();
    auto& domain = node.domain();
    const auto viewer = viewing();
    std::map<mcs::ConnectionId, std::set<Privilege>> granted;
    for (const auto& [user, privileges] : granted_)
        if (const auto connection = domain.connection_of(user))
            granted[*connection].insert(privileges.begin(), privileges.end());
    const auto conducting = conductor_ ? domain.connection_of(*conductor_) : std::nullopt;
    const auto without_grant = conductor_ ? conducted({}) : nullptr;  // of nearly all
    for (const auto id : domain.connections().ids()) {
        const auto transport = node.links().transport_of(id);
        if (transport && right_of(*transport) == admission::Right::view)
            domain.restrict(id, viewer);
        else if (conductor_ && id != conducting)
            domain.restrict(id, granted[id].empty() ? without_grant : conducted(granted[id]));
        else
            domain.restrict(id, nullptr);
    }
}

}  // namespace convene::server
