/// One entity under test, and a peer that says what it likes.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "files/testing.hpp"

namespace convene::files::testing {

inline constexpr UserId kSelf{1005};
inline constexpr UserId kPeer{1009};
inline constexpr ChannelId kOwn{1005};
inline constexpr ChannelId kFileChannel{1300};

/// An active entity, a peer in its roster, and the means to speak as anybody.
class OneEntity : public ::testing::Test {
protected:
    OneEntity() {
        entity_.on_attached(kSelf);
        entity_.on_joined(kOwn, kOwn, now_);
        entity_.on_roster({line(kPeer)}, 1, now_);
        entity_.on_joined(kControlChannel, kControlChannel, now_);
        entity_.on_joined(kDataChannel, kDataChannel, now_);
        take();
        EXPECT_TRUE(entity_.is_active());
    }
    static RosterLine line(UserId user) {
        gcc::ApplicationRecord record;
        record.application_active = true;
        record.application_user_id = user;
        return {{file_protocol_key(), kControlChannel},
                {UserId{static_cast<std::uint16_t>(user.value - 1)}, gcc::EntityId{1}},
                record};
    }
    static FileHeader header(std::string_view name, std::optional<std::int64_t> size = std::nullopt) {
        FileHeader out;
        out.filename = filename_of(name);
        out.filesize = size;
        return out;
    }
    static FileOffer offer(std::uint16_t handle, ChannelId data = kFileChannel, bool ack = true) {
        FileOffer out;
        out.header = header("file", 100);
        out.data_channel = data;
        out.handle = FileHandle{handle};
        out.ack = ack;
        return out;
    }
    static FileStart start(std::uint16_t handle, std::string_view octets, bool eof = false, std::int64_t offset = 0) {
        FileStart out;
        out.header = header("file", 100);
        out.handle = FileHandle{handle};
        out.data = Slice(as_bytes(octets));
        out.eof = eof;
        out.data_offset = offset;
        return out;
    }
    static FileData data(std::uint16_t handle, std::string_view octets, bool eof = false) {
        return {FileHandle{handle}, eof, false, Slice(as_bytes(octets)), std::nullopt};
    }
    void say(ChannelId channel, const MbftPdu& pdu, UserId from = kPeer, HeaderForm form = HeaderForm::bits26) {
        entity_.on_data(from, channel, *encode(pdu, form), now_);
    }
    void take() {
        std::vector<Output> more;
        entity_.take_outputs(more);
        for (Output& output : more) out_.push_back(std::move(output));
    }
    template <class What>
    std::vector<What> all() {
        take();
        std::vector<What> found;
        for (const Output& output : out_)
            if (const auto* each = std::get_if<What>(&output)) found.push_back(*each);
        return found;
    }
    /// The PDUs of one kind that were sent.
    template <class Pdu>
    std::vector<Pdu> said(HeaderForm form = HeaderForm::bits26) {
        std::vector<Pdu> found;
        for (const Send& send : all<Send>()) {
            auto decoded = decode_mbft_pdu(send.octets, form);
            if (decoded && std::holds_alternative<Pdu>(decoded->pdu)) found.push_back(std::get<Pdu>(decoded->pdu));
        }
        return found;
    }
    void pass(Duration time) {
        now_ += time;
        entity_.on_time(now_);
    }
    /// An offer that is accepted, with the channel joined.
    TransferId accepted(std::uint16_t handle) {
        say(kControlChannel, offer(handle));
        const TransferId id = all<Offered>().back().transfer;
        EXPECT_TRUE(entity_.accept(id, now_).has_value());
        entity_.on_joined(kFileChannel, kFileChannel, now_);
        return id;
    }
    void store_all() {
        for (const Write& write : all<Write>()) entity_.on_stored(write.transfer, write.octets.size(), now_);
        out_.erase(
            std::remove_if(out_.begin(), out_.end(), [](const Output& o) { return std::holds_alternative<Write>(o); }),
            out_.end());
    }

    Instant now_{std::chrono::hours(1)};
    FileEntity entity_;
    std::vector<Output> out_;
};

}  // namespace convene::files::testing
