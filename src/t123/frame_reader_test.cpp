#include "t123/frame_reader.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/hex.hpp"
#include "t123/blank_slice.hpp"

namespace convene::t123 {
namespace {

using Status = FrameReader::Status;

struct Read {
    std::vector<Slice> frames;
    Status last = Status::need_more;
};

void take_all(FrameReader& reader, Read& read) {
    Slice frame;
    while ((read.last = reader.next(frame)) == Status::frame) read.frames.push_back(frame);
}

const char* const kThree = "0300000802f08028 0300000b06e00000000100 0300000902f0802180";

TEST(FrameReader, YieldsFramesOfOneRunAsPartsOfIt) {
    Slice run{ByteView(hex(kThree))};
    FrameReader reader;
    Read read;
    reader.push(run);
    take_all(reader, read);
    ASSERT_EQ(read.frames.size(), 3u);
    EXPECT_EQ(read.frames[0].data(), run.data());
    EXPECT_EQ(read.frames[1].data(), run.data() + 8);
    EXPECT_EQ(read.frames[2].data(), run.data() + 19);
    EXPECT_EQ(read.frames[2].size(), 9u);
    EXPECT_FALSE(reader.mid_frame());
}

TEST(FrameReader, TakesPlainDataFramesTogether) {
    struct Case {
        const char* octets;
        std::size_t together;  // octets
    };
    // Three frames of 8, 9 and 10 octets, and what ends the run after the second.
    const std::string two = "0300000802f08028 0300000902f0802180 ";
    for (const Case& given : {Case{"0300000a02f080010203", 27}, Case{"0300000a02f0800102", 17}, Case{"0300", 17},
                              Case{"0301000a02f080010203", 17}, Case{"0300000a02f000010203", 17},
                              Case{"0300000702f080", 17}, Case{"0300000b06800001000001", 17},
                              Case{"0300000c02f0800102030405", 17}, Case{"0400000802f08028", 17}, Case{"", 17}}) {
        FrameReader reader;
        const Slice run{ByteView(hex(two + given.octets))};
        reader.push(run);
        const Slice frames = reader.take_data_frames(4);
        EXPECT_EQ(frames, run.sub(0, given.together)) << given.octets;
        EXPECT_EQ(frames.data(), run.data());
        EXPECT_TRUE(reader.take_data_frames(4).empty()) << given.octets;
        EXPECT_EQ(reader.mid_frame(), given.together < run.size()) << given.octets;
    }
}

TEST(FrameReader, GoesOnFrameByFrameWhereDataFramesEnd) {
    FrameReader reader;
    reader.push(Slice{ByteView(hex("0300000802f08028 0300000802f00028 0300000802"))});
    EXPECT_EQ(reader.take_data_frames(100).size(), 8U);
    Slice frame;
    ASSERT_EQ(reader.next(frame), Status::frame);
    EXPECT_EQ(frame, Slice{ByteView(hex("0300000802f00028"))});
    EXPECT_TRUE(reader.take_data_frames(100).empty());
    EXPECT_EQ(reader.next(frame), Status::need_more);
    reader.push(Slice{ByteView(hex("f08029"))});
    EXPECT_TRUE(reader.take_data_frames(100).empty()) << "a frame being put together comes first";
    ASSERT_EQ(reader.next(frame), Status::frame);
    EXPECT_EQ(frame, Slice{ByteView(hex("0300000802f08029"))});
}

TEST(FrameReader, ContiguousRunsAreNeverCopied) {
    const Bytes octets = hex(kThree);
    Slice block = blank_slice(octets.size());
    std::copy(octets.begin(), octets.end(), block.mutable_data());
    for (std::size_t step = 1; step <= octets.size(); ++step) {
        FrameReader reader;
        Read read;
        for (std::size_t at = 0; at < octets.size(); at += step) {
            reader.push(block.sub(at, std::min(step, octets.size() - at)));
            take_all(reader, read);
        }
        ASSERT_EQ(read.frames.size(), 3u) << step;
        std::size_t offset = 0;
        for (const Slice& frame : read.frames) {
            EXPECT_EQ(frame.data(), block.data() + offset) << step;
            offset += frame.size();
        }
    }
}

TEST(FrameReader, PutsTogetherFramesCutAnywhereIntoSeparateBuffers) {
    const Bytes octets = hex(kThree);
    for (std::size_t first = 1; first < octets.size(); ++first) {
        for (std::size_t second = first; second < octets.size(); ++second) {
            FrameReader reader;
            Read read;
            const ByteView all(octets);
            for (ByteView part : {all.subspan(0, first), all.subspan(first, second - first), all.subspan(second)}) {
                reader.push(Slice{part});
                take_all(reader, read);
            }
            ASSERT_EQ(read.frames.size(), 3u) << first << ' ' << second;
            Bytes joined;
            for (const Slice& frame : read.frames) append(joined, frame);
            EXPECT_EQ(joined, octets);
            EXPECT_FALSE(reader.mid_frame());
        }
    }
}

TEST(FrameReader, SingleOctetsInSeparateBuffers) {
    const Bytes octets = hex(kThree);
    FrameReader reader;
    Read read;
    for (std::size_t i = 0; i < octets.size(); ++i) {
        reader.push(Slice{ByteView(octets).subspan(i, 1)});
        take_all(reader, read);
        EXPECT_EQ(reader.mid_frame(), i != 7 && i != 18 && i != 27) << i;
    }
    EXPECT_EQ(read.frames.size(), 3u);
}

TEST(FrameReader, HoldsNoBufferBetweenFrames) {
    SharedBuffer* buffer = SharedBuffer::create(8);
    const Bytes octets = hex("0300000802f08028");
    std::copy(octets.begin(), octets.end(), buffer->data());
    FrameReader reader;
    Slice mine(buffer, 0, 8);
    reader.push(mine);
    Slice frame;
    ASSERT_EQ(reader.next(frame), Status::frame);
    EXPECT_EQ(reader.next(mine), Status::need_more);
    frame = Slice{};
    EXPECT_FALSE(buffer->is_shared());  // `mine` alone is left
}

TEST(FrameReader, LeavesTheReadBlockOnceAFrameIsBeingPutTogether) {
    SharedBuffer* buffer = SharedBuffer::create(8);
    const Bytes octets = hex("0300000802f08028");
    std::copy(octets.begin(), octets.end(), buffer->data());
    Slice mine(buffer, 0, 5);
    FrameReader reader;
    Slice frame;
    reader.push(mine);
    EXPECT_EQ(reader.next(frame), Status::need_more);
    EXPECT_TRUE(buffer->is_shared());
    reader.push(Slice{ByteView(octets).subspan(5, 2)});
    EXPECT_EQ(reader.next(frame), Status::need_more);
    EXPECT_FALSE(buffer->is_shared());
    EXPECT_TRUE(reader.mid_frame());
    reader.push(Slice{ByteView(octets).subspan(7)});
    ASSERT_EQ(reader.next(frame), Status::frame);
    EXPECT_EQ(to_hex(frame), "0300000802f08028");
}

TEST(FrameReader, AcceptsTheLongestFrameAndAnyReservedOctet) {
    Bytes octets(kMaxFrame);
    octets[0] = kTpktVersion;
    octets[1] = std::byte{0x77};
    write_u16(octets.data() + 2, kMaxFrame);
    for (std::size_t cut : {std::size_t{1}, std::size_t{4}, std::size_t{40'000}, kMaxFrame - 1}) {
        FrameReader reader;
        Slice frame;
        reader.push(Slice{ByteView(octets).first(cut)});
        EXPECT_EQ(reader.next(frame), Status::need_more);
        reader.push(Slice{ByteView(octets).subspan(cut)});
        ASSERT_EQ(reader.next(frame), Status::frame);
        EXPECT_TRUE(equal(frame, octets));
    }
}

struct BadFrame {
    const char* octets;
    ProtocolErrc code;
    std::size_t offset;
    std::size_t known_after;  // octets that suffice to refuse
};

TEST(FrameReader, RefusesWhatIsNoFrameAsSoonAsItShows) {
    const BadFrame cases[] = {
        {"0300000302f080", ProtocolErrc::bad_length, 2, 4},      {"03000004", ProtocolErrc::bad_length, 2, 4},
        {"03000006f080", ProtocolErrc::bad_length, 2, 4},        {"03000000", ProtocolErrc::bad_length, 2, 4},
        {"0200000802f08028", ProtocolErrc::wrong_version, 0, 1}, {"16030100", ProtocolErrc::wrong_version, 0, 1},
        {"474554202f", ProtocolErrc::wrong_version, 0, 1},       {"10000000", ProtocolErrc::wrong_version, 0, 1},
    };
    for (const BadFrame& bad : cases) {
        const Bytes octets = hex(bad.octets);
        FrameReader separate;
        for (std::size_t i = 0; i < octets.size(); ++i) {
            Slice frame;
            separate.push(Slice{ByteView(octets).subspan(i, 1)});
            Status status = separate.next(frame);
            EXPECT_EQ(status, i + 1 < bad.known_after ? Status::need_more : Status::error) << bad.octets << ' ' << i;
        }
        FrameReader reader;
        Slice frame;
        reader.push(Slice{ByteView(octets)});
        ASSERT_EQ(reader.next(frame), Status::error) << bad.octets;
        EXPECT_EQ(reader.error().code, bad.code);
        EXPECT_EQ(reader.error().offset, bad.offset);
        EXPECT_EQ(reader.error().clause, "T.123 8");
        EXPECT_FALSE(reader.mid_frame());
        reader.push(Slice{ByteView(hex(kThree))});
        EXPECT_EQ(reader.next(frame), Status::error);  // for good
    }
}

TEST(FrameReader, AppliesTheLimitOfTheMomentToTheNextFrame) {
    FrameReader reader;
    reader.set_max_frame(8);
    Slice frame;
    reader.push(Slice{ByteView(hex("0300000802f08028 0300000902f0802180"))});
    ASSERT_EQ(reader.next(frame), Status::frame);
    reader.set_max_frame(9);
    ASSERT_EQ(reader.next(frame), Status::frame);
    reader.push(Slice{ByteView(hex("0300000a"))});
    EXPECT_EQ(reader.next(frame), Status::error);
    EXPECT_EQ(reader.error().code, ProtocolErrc::bad_length);
}

}  // namespace
}  // namespace convene::t123
