// Hostile peers against one file transfer entity. The input is a list of records: a first octet that says what happens,
// then what that needs. The owner of the entity does what it is asked, so that peers get deep into its machines.
#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/check.hpp"
#include "files/entity.hpp"
#include "fuzz/script.hpp"

using namespace convene;
using namespace convene::files;
using convene::fuzz::Script;

namespace {

constexpr std::size_t kMaxRecords = 300;
constexpr int kMaxRounds = 200;  // of outputs after one input
constexpr UserId kSelf{1005};
constexpr std::uint16_t kChannels[] = {9, 10, 1005, 1300, 1301, 1302, 1, 2000};

class World {
public:
    World() : entity_(config()) {
        entity_.on_attached(kSelf);
        drain();
    }

    void step(Script& script) {
        const unsigned what = script.octet();
        const UserId peer{static_cast<std::uint16_t>(1006 + (what >> 6))};
        switch ((what & 0x3F) % 16) {
            case 0:
            case 1:
            case 2:
            case 3: {
                const ChannelId channel{kChannels[script.octet() % std::size(kChannels)]};
                entity_.on_data(peer, channel, script.octets(script.number() % 512), now_);
                break;
            }
            case 4:
                pass(std::chrono::milliseconds(script.octet() * 500));
                break;
            case 5:
                wait_for_deadline();
                break;
            case 6: {
                SendOptions options;
                if (script.octet() % 2 == 0) options.recipients = {peer};
                options.via = static_cast<Via>(script.octet() % 3);
                (void)entity_.send({"file", script.number() * 10ULL, {}}, options, now_);
                break;
            }
            case 7:
                (void)entity_.cancel(TransferId{script.octet() % 16}, now_);
                break;
            case 8:
                (void)entity_.reject(TransferId{script.octet() % 16}, RejectReason::file_not_required, now_);
                break;
            case 9: {
                Partial partial{"file", {}, script.octet(), {}};
                WantedFile wanted{"file", {}, {}, {}};
                if (script.octet() % 2 == 0) wanted.partial = partial;
                if (script.octet() % 2 == 0) wanted.holder = peer;
                (void)entity_.request(wanted, now_);
                break;
            }
            case 10:
                entity_.on_detached(peer, now_);
                break;
            case 11:
                entity_.on_expelled(ChannelId{kChannels[script.octet() % std::size(kChannels)]}, now_);
                break;
            case 12:
                entity_.on_token(TokenId{static_cast<std::uint16_t>(10 + script.octet() % 2)}, script.octet() % 2 == 0,
                                 now_);
                break;
            case 13:
                roster(script.octet());
                break;
            case 14:
                refuses_ = script.octet();
                break;
            default:
                entity_.on_conductor(peer, script.octet() % 2 == 0);
                break;
        }
        drain();
        CONVENE_CHECK(entity_.incoming() <= kMaxIncoming, "too many transfers from others");
        CONVENE_CHECK(entity_.outgoing() <= kMaxOutgoing, "too many transfers of its own");
        CONVENE_CHECK(entity_.sub_sessions() <= kMaxSubSessions, "too many private sessions");
    }
    void finish() {
        entity_.on_disconnected();
        drain();
        CONVENE_CHECK(entity_.incoming() + entity_.outgoing() + entity_.sub_sessions() == 0, "something is left over");
        CONVENE_CHECK(!entity_.deadline(), "it waits for nothing");
    }

private:
    static EntityConfig config() {
        EntityConfig config;
        config.has_directory = true;
        return config;
    }
    void pass(Duration time) {
        now_ += time;
        entity_.on_time(now_);
    }
    void wait_for_deadline() {
        const auto deadline = entity_.deadline();
        if (!deadline) return;
        now_ = std::max(now_, *deadline);
        entity_.on_time(now_);
        drain();
        const auto after = entity_.deadline();
        CONVENE_CHECK(!after || *after > now_, "deadline without effect");
    }
    void roster(unsigned members) {
        std::vector<RosterLine> lines;
        for (unsigned i = 0; i < 4; ++i) {
            if ((members & 1U << i) == 0) continue;
            RosterLine line{
                {file_protocol_key(), kControlChannel}, {UserId{static_cast<std::uint16_t>(1100 + i)}, {}}, {}};
            line.record.application_active = true;
            line.record.application_user_id = UserId{static_cast<std::uint16_t>(1006 + i)};
            if ((members & 0x10U << i) != 0)
                line.record.non_collapsing_capabilities = {{convene_capability(), std::nullopt}};
            lines.push_back(line);
        }
        entity_.on_roster(lines, members, now_);
    }

    void drain() {
        std::vector<Output> outputs;
        for (int round = 0; round < kMaxRounds; ++round) {
            entity_.take_outputs(outputs);
            if (outputs.empty()) return;
            for (Output& output : outputs) std::visit([&](auto& each) { act(each); }, output);
        }
        CONVENE_CHECK(false, "the entity keeps itself busy");
    }
    bool refuses(unsigned what) const { return (refuses_ & 1U << what) != 0; }

    void act(Join& join) {
        const ChannelId channel = join.channel == mcs::kAssignChannel ? ChannelId{next_++} : join.channel;
        entity_.on_joined(join.channel, refuses(0) ? std::nullopt : std::optional(channel), now_);
        if (!has_roster_ && join.channel == mcs::channel_of(kSelf)) {
            has_roster_ = true;
            roster(0x35);
        }
    }
    void act(Convene&) { entity_.on_convened(refuses(1) ? std::nullopt : std::optional(ChannelId{next_++}), now_); }
    void act(GrabToken& grab) { entity_.on_token(grab.token, !refuses(2), now_); }
    void act(Send& send) {
        CONVENE_CHECK(decode_mbft_pdu(send.octets).has_value(), "it sent what is no PDU");
        if (!refuses(3)) entity_.on_flow(0, now_);
    }
    void act(ReadMore& more) {
        CONVENE_CHECK(more.size > 0 && more.size <= kHashedAtOnce, "a read of a strange size");
        if (refuses(4))
            entity_.on_read_failed(more.transfer, now_);
        else
            entity_.on_read(more.transfer, Slice(Bytes(more.size)), now_);
    }
    void act(Write& write) {
        if (refuses(5))
            entity_.on_write_failed(write.transfer, now_);
        else
            entity_.on_stored(write.transfer, write.octets.size(), now_);
    }
    void act(Offered& offered) {
        CONVENE_CHECK(!offered.name.text.empty() && offered.name.text.size() <= kMaxNameOctets, "a name that is none");
        if (!refuses(6)) (void)entity_.accept(offered.transfer, now_);
    }
    void act(Requested& requested) {
        if (refuses(7))
            (void)entity_.deny_request(requested.request, DenyReason::file_not_present);
        else
            (void)entity_.answer_request(requested.request, {"file", 1000, {}}, now_);
    }
    void act(DirectoryAsked& asked) { entity_.list_directory(asked.from, DirectoryResult::successful, {}); }
    template <class Other>
    void act(Other&) {}

    Instant now_{std::chrono::hours(1)};
    FileEntity entity_;
    std::uint16_t next_ = 1300;
    unsigned refuses_ = 0;
    bool has_roster_ = false;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Script script({reinterpret_cast<const std::byte*>(data), size});
    World world;
    for (std::size_t records = 0; records < kMaxRecords && !script.done(); ++records) world.step(script);
    world.finish();
    return 0;
}
