#include "files/entity.hpp"

#include <utility>

#include "base/overloaded.hpp"
#include "base/take_all.hpp"
#include "gcc/protocol_key.hpp"

namespace convene::files {

gcc::Key file_protocol_key() { return gcc::object_key({0, 0, 20, 127, 0, 1}); }

FileEntity::FileEntity(EntityConfig config)
    : session_(config), sender_(session_), receiver_(session_), requests_(session_), conduct_(session_) {}

// --- enrolment ---

void FileEntity::on_attached(UserId self) {
    session_.self = self;
    state_ = State::joining_own;
    session_.emit(Join{mcs::channel_of(self)});
}

void FileEntity::on_joined(ChannelId requested, std::optional<ChannelId> channel, Instant now) {
    if (!session_.self) return;
    if (requested == mcs::kAssignChannel) {
        sender_.on_channel_assigned(channel, now);
    } else if (state_ == State::joining_own && requested == mcs::channel_of(*session_.self)) {
        state_ = State::waiting_for_roster;
        if (there_) join_session();
    } else if (state_ == State::joining_control && requested == session_.control) {
        // When the session went away between the roster and the join, the next roster says where it is now.
        if (!channel) {
            state_ = State::waiting_for_roster;
            there_.reset();
        } else if (session_.control == kControlChannel) {
            state_ = State::joining_data;
            session_.emit(Join{kDataChannel});
        } else {
            activate(now);
        }
    } else if (state_ == State::joining_data && requested == kDataChannel) {
        if (channel) session_.data = kDataChannel;
        activate(now);
    } else {
        session_.channels.on_joined(requested, channel.has_value());
        receiver_.on_joined(requested, now);
    }
    sender_.pump(now);
}

void FileEntity::on_roster(const std::vector<RosterLine>& lines, std::uint32_t instance, Instant now) {
    there_ = session_in(lines);
    if (state_ == State::waiting_for_roster) join_session();
    session_.roster_instance = static_cast<std::uint16_t>(instance);
    std::map<UserId, Member> members;
    for (const RosterLine& line : lines) {
        const auto& user = line.record.application_user_id;
        const bool is_here = line.session.session_id == session_.control && line.record.application_active;
        if (!is_here || !user || user == session_.self || members.size() >= kMaxPeers) continue;
        members[*user] = {line.entity.node, is_convene(line.record), is_netmeeting(line.record)};
    }
    const auto before = std::exchange(session_.members, std::move(members));
    for (const auto& [user, member] : before)
        if (!session_.is_member(user)) on_gone(user, now);
    sender_.pump(now);
}

ChannelId FileEntity::session_in(const std::vector<RosterLine>& lines) {
    // Whoever is there already has chosen the session (T.121 §7, hedge 2); the default one comes before others.
    ChannelId found = kControlChannel;
    for (const RosterLine& line : lines) {
        if (!line.session.session_id) continue;
        found = *line.session.session_id;
        if (found == kControlChannel) break;
    }
    return found;
}

void FileEntity::join_session() {
    session_.control = *there_;
    state_ = State::joining_control;
    session_.emit(Join{session_.control});
}

void FileEntity::activate(Instant now) {
    state_ = State::active;
    session_.is_active = true;
    auto record = gcc::active_record(*session_.self, session_.control);
    record.conducting_operation_capable = true;
    record.non_collapsing_capabilities = {{convene_capability(), std::nullopt}};
    session_.emit(Enrol{{file_protocol_key(), session_.control}, std::move(record)});
    session_.emit(Ready{});
    sender_.on_active(now);
    requests_.on_active(now);
}

// --- MCS ---

void FileEntity::on_token(TokenId token, bool successful, Instant now) {
    if (token == kRequestToken)
        requests_.on_token(token, successful, now);
    else
        sender_.on_token(token, successful, now);
    sender_.pump(now);
}

void FileEntity::on_convened(std::optional<ChannelId> channel, Instant now) {
    sender_.on_convened(channel, now);
    sender_.pump(now);
}

void FileEntity::on_expelled(ChannelId channel, Instant now) {
    receiver_.on_expelled(channel, now);
    sender_.pump(now);
}

void FileEntity::on_detached(UserId user, Instant now) {
    if (user == session_.self) return on_disconnected();
    session_.members.erase(user);
    on_gone(user, now);
    sender_.pump(now);
}

void FileEntity::on_gone(UserId user, Instant now) {
    receiver_.on_gone(user, now);
    sender_.on_gone(user, now);
    requests_.on_gone(user, now);
    directories_asked_.erase(user);
}

void FileEntity::on_disconnected() {
    state_ = State::idle;
    there_.reset();
    session_.is_active = false;
    receiver_.on_disconnected();
    sender_.on_disconnected();
    requests_.on_disconnected();
    directories_asked_.clear();
    session_.on_disconnected();
}

void FileEntity::on_time(Instant now) {
    sender_.on_time(now);
    receiver_.on_time(now);
    requests_.on_time(now);
    sender_.pump(now);
}

std::optional<Instant> FileEntity::deadline() const {
    auto first = sender_.deadline();
    earliest(first, receiver_.deadline());
    earliest(first, requests_.deadline());
    return first;
}

// --- files and queues ---

void FileEntity::on_flow(std::size_t octets_waiting, Instant now) {
    session_.unsent = octets_waiting;
    sender_.pump(now);
}
void FileEntity::on_read(TransferId transfer, const Slice& octets, Instant now) {
    sender_.on_read(transfer, octets, now);
    sender_.pump(now);
}
void FileEntity::on_read_failed(TransferId transfer, Instant now) {
    sender_.on_read_failed(transfer);
    sender_.pump(now);
}
void FileEntity::on_stored(TransferId transfer, std::size_t octets, Instant now) {
    receiver_.on_stored(transfer, octets, now);
}
void FileEntity::on_write_failed(TransferId transfer, Instant now) { receiver_.on_write_failed(transfer, now); }

// --- what the owner wants ---

Expected<TransferId, Refusal> FileEntity::send(OutgoingFile file, SendOptions options, Instant now) {
    if (!may(Privilege::file_transfer)) return tl::make_unexpected(Refusal::no_privilege);
    const bool is_private = !options.recipients.empty() || options.via == Via::sub_session;
    if (is_private && !may(Privilege::private_channel)) return tl::make_unexpected(Refusal::no_privilege);
    auto transfer = sender_.send(std::move(file), std::move(options), std::nullopt, now);
    sender_.pump(now);
    return transfer;
}

namespace {

Expected<void, Refusal> done_or_unknown(bool done) {
    if (!done) return tl::make_unexpected(Refusal::unknown);
    return {};
}

}  // namespace

Expected<void, Refusal> FileEntity::accept(TransferId transfer, Instant now) {
    return done_or_unknown(receiver_.accept(transfer, now));
}
Expected<void, Refusal> FileEntity::reject(TransferId transfer, RejectReason reason, Instant now) {
    return done_or_unknown(receiver_.reject(transfer, reason, now));
}
Expected<void, Refusal> FileEntity::cancel(TransferId transfer, Instant now) {
    const bool done = receiver_.cancel(transfer, now) || sender_.cancel(transfer) || requests_.cancel(transfer, now);
    sender_.pump(now);
    return done_or_unknown(done);
}

Expected<TransferId, Refusal> FileEntity::request(WantedFile file, Instant now) {
    if (!may(Privilege::file_request)) return tl::make_unexpected(Refusal::no_privilege);
    return requests_.request(std::move(file), now);
}
Expected<TransferId, Refusal> FileEntity::answer_request(RequestId request, OutgoingFile file, Instant now) {
    if (!may(Privilege::file_transfer)) return tl::make_unexpected(Refusal::no_privilege);
    auto asked = requests_.take(request);
    if (!asked) return tl::make_unexpected(Refusal::unknown);
    auto transfer = sender_.send(std::move(file), {}, asked, now);
    sender_.pump(now);
    return transfer;
}
Expected<void, Refusal> FileEntity::deny_request(RequestId request, std::optional<DenyReason> reason) {
    return done_or_unknown(requests_.deny(request, reason));
}

Expected<void, Refusal> FileEntity::ask_directory(UserId of, const std::vector<std::string>& path) {
    if (!session_.is_active) return tl::make_unexpected(Refusal::no_session);
    if (directories_asked_.size() >= kMaxPeers) return tl::make_unexpected(Refusal::too_many);
    directories_asked_.insert(of);
    session_.send_to(of, directory_request(path));
    return {};
}
void FileEntity::list_directory(UserId to, DirectoryResult result, const std::vector<DirectoryLine>& lines) {
    if (session_.is_active) session_.send_to(to, directory_response(result, lines));
}

Expected<void, Refusal> FileEntity::request_privileges(const std::vector<Privilege>& privileges) {
    if (!conduct_.request(privileges)) return tl::make_unexpected(Refusal::no_session);
    return {};
}
Expected<void, Refusal> FileEntity::assign_privileges(std::vector<UserPrivileges> list) {
    if (!conduct_.assign(std::move(list))) return tl::make_unexpected(Refusal::no_privilege);
    return {};
}

void FileEntity::take_outputs(std::vector<Output>& into) { take_all(session_.out, into); }

// --- PDUs ---

namespace {

std::size_t size_limit(ByteView octets, bool is_control) {
    constexpr std::byte kIndexBits{0x78};
    constexpr std::byte kDirectoryResponse{0x50};  // alternative 10
    if (!is_control) return kMaxChunk + kMaxHeaderOctets;
    const bool is_directory = !octets.empty() && (octets[0] & kIndexBits) == kDirectoryResponse;
    return is_directory ? kMaxDirectoryOctets : kMaxHeaderOctets;
}

}  // namespace

void FileEntity::on_data(UserId from, ChannelId channel, ByteView octets, Instant now) {
    if (!session_.self || from == session_.self) return;
    const bool is_control =
        channel == session_.control || channel == mcs::channel_of(*session_.self) || receiver_.is_control(channel);
    if (octets.size() > size_limit(octets, is_control)) return receiver_.on_damage(from, channel, now);
    auto decoded = decode_mbft_pdu(octets, session_.form_of(from));
    if (!decoded) {
        if (!is_control) receiver_.on_damage(from, channel, now);
        return;
    }
    session_.learn_form(from, decoded->form);
    if (channel == session_.data) sender_.on_foreign_data(now);
    dispatch(from, channel, decoded->pdu, now);
    sender_.pump(now);
}

void FileEntity::dispatch(UserId from, ChannelId channel, const MbftPdu& pdu, Instant now) {
    std::visit(overloaded{
                   [&](const FileOffer& offer) {
                       auto claim = requests_.claim(from, offer, now);
                       // The answer to somebody else's request is nothing to us.
                       if (!claim && offer.request_handle && offer.mbft_id && offer.mbft_id != session_.self) return;
                       receiver_.on(from, channel, offer, std::move(claim), now);
                   },
                   [&](const FileStart& start) { receiver_.on(from, channel, start, now); },
                   [&](const FileData& data) { receiver_.on(from, channel, data, now); },
                   [&](const FileAccept& accept) { sender_.on(from, accept, now); },
                   [&](const FileReject& reject) { sender_.on(from, reject, now); },
                   [&](const FileError& error) { sender_.on(from, error, now); },
                   [&](const FileAbort& abort) {
                       const bool by_conductor = conduct_.is_conductor(from);
                       receiver_.on(from, abort, by_conductor, now);
                       sender_.on(from, abort, by_conductor, now);
                   },
                   [&](const FileRequest& request) { requests_.on(from, request, now); },
                   [&](const FileDeny& deny) { requests_.on(from, deny, now); },
                   [&](const DirectoryRequest& request) {
                       if (session_.config.has_directory)
                           session_.emit(asked(from, request));
                       else
                           session_.send_to(from, directory_response(DirectoryResult::function_not_supported, {}));
                   },
                   [&](const DirectoryResponse& response) {
                       if (directories_asked_.erase(from) > 0) session_.emit(listed(from, response));
                   },
                   [&](const PrivilegeRequest& request) { conduct_.on(from, request); },
                   [&](const PrivilegeAssign& assign) { conduct_.on(from, assign); },
                   [&](const MbftNonStandard& extra) { on_extra(from, channel, extra, now); },
                   [&](const JoinInvite& invite) { receiver_.on(from, invite, now); },
                   [&](const JoinResponse& response) { sender_.on(from, response, now); },
                   [](const asn1::UnknownAlternative&) {},
               },
               pdu);
}

void FileEntity::on_extra(UserId from, ChannelId channel, const MbftNonStandard& pdu, Instant now) {
    auto extra = read_extra(pdu);
    if (!extra) return;
    std::visit(overloaded{[&](const FileEnd& end) { sender_.on(from, channel, end); },
                          [&](const ChannelLeave& leave) { sender_.on(from, channel, leave, now); },
                          [&](const FileDigest& digest) { receiver_.on(from, digest, now); },
                          [&](const HeldDigest& held) { requests_.on(from, held); }},
               *extra);
}

}  // namespace convene::files
