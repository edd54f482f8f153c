#include "io/capture.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>

namespace convene::io {

namespace ip = boost::asio::ip;

namespace {

constexpr std::uint32_t kMagic = 0xA1B2C3D4;  // microseconds, byte order of this machine
constexpr std::uint32_t kSnapLength = 262'144;
constexpr std::uint32_t kLinkTypeRaw = 101;
constexpr std::size_t kLargestSegment = 16'384;  // far below what an IPv4 length can say; Wireshark joins them
constexpr std::size_t kTcpHeader = 20;

constexpr std::uint8_t kFin = 0x01, kSyn = 0x02, kPush = 0x08, kAck = 0x10;

class HeaderWriter {
public:
    void u8(unsigned value) { octets_[size_++] = static_cast<std::byte>(value); }
    void u16(std::size_t value) { u8(value >> 8 & 0xFF), u8(value & 0xFF); }
    void u32(std::uint32_t value) { u16(value >> 16), u16(value & 0xFFFF); }
    template <class Octets>
    void all(const Octets& octets) {
        for (unsigned octet : octets) u8(octet);
    }
    void patch_u16(std::size_t at, std::uint16_t value) {
        octets_[at] = static_cast<std::byte>(value >> 8);
        octets_[at + 1] = static_cast<std::byte>(value);
    }
    std::size_t size() const { return size_; }
    ByteView view(std::size_t from = 0) const { return ByteView(octets_).subspan(from, size_ - from); }

private:
    std::array<std::byte, 64> octets_{};
    std::size_t size_ = 0;
};

// The Internet checksum over several runs, all but the last of even length. RFC 1071.
class Checksum {
public:
    void add(ByteView octets) {
        for (std::size_t i = 0; i < octets.size(); ++i)
            sum_ += std::to_integer<std::uint64_t>(octets[i]) << (i % 2 == 0 ? 8 : 0);
    }
    void add(std::uint64_t number) { sum_ += number; }
    std::uint16_t result() const {
        std::uint64_t folded = sum_;
        while (folded >> 16 != 0) folded = (folded & 0xFFFF) + (folded >> 16);
        return static_cast<std::uint16_t>(~folded);
    }

private:
    std::uint64_t sum_ = 0;
};

// A stream between an IPv4 and an IPv6 address is shown in IPv6.
void write_ip(HeaderWriter& out, const ip::address& from, const ip::address& to, std::size_t length) {
    if (from.is_v4() && to.is_v4()) {
        out.u16(0x4500);
        out.u16(20 + length);
        out.u32(0x0000'4000);  // identification 0, do not fragment
        out.u16(64 << 8 | 6);  // time to live, TCP
        out.u16(0);
        out.all(from.to_v4().to_bytes());
        out.all(to.to_v4().to_bytes());
        Checksum sum;
        sum.add(out.view());
        out.patch_u16(10, sum.result());
        return;
    }
    const auto widened = [](const ip::address& address) {
        return address.is_v6() ? address.to_v6() : ip::make_address_v6(ip::v4_mapped, address.to_v4());
    };
    out.u32(0x6000'0000);
    out.u16(length);
    out.u16(6 << 8 | 64);  // TCP, hop limit
    out.all(widened(from).to_bytes());
    out.all(widened(to).to_bytes());
}

}  // namespace

Expected<std::shared_ptr<CaptureFile>, std::string> CaptureFile::create(const std::string& path, std::uint64_t limit) {
    // An earlier capture is never overwritten; nobody but the owner reads what people say; programs that are started
    // do not inherit it.
    const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    std::FILE* file = fd < 0 ? nullptr : ::fdopen(fd, "wb");
    if (file == nullptr) return make_unexpected("cannot write " + path + ": " + std::generic_category().message(errno));
    const std::uint32_t header[] = {kMagic, 4U << 16 | 2U, 0, 0, kSnapLength, kLinkTypeRaw};
    std::uint16_t version[] = {2, 4};
    std::uint32_t words[6];
    std::memcpy(words, header, sizeof words);
    std::memcpy(&words[1], version, sizeof version);
    std::fwrite(words, sizeof words, 1, file);
    std::fflush(file);
    return std::shared_ptr<CaptureFile>(new CaptureFile(path, file, limit));
}

void CaptureFile::packet(ByteView headers, ByteView payload, std::chrono::system_clock::time_point when) {
    const std::uint64_t length = headers.size() + payload.size();
    if (length + 16 > room_) {
        room_ = 0;  // what follows would have holes anyway
        ++dropped_;
        return;
    }
    room_ -= length + 16;
    const auto micros = std::chrono::duration_cast<std::chrono::microseconds>(when.time_since_epoch()).count();
    const std::uint32_t record[] = {static_cast<std::uint32_t>(micros / 1'000'000),
                                    static_cast<std::uint32_t>(micros % 1'000'000), static_cast<std::uint32_t>(length),
                                    static_cast<std::uint32_t>(length)};
    std::fwrite(record, sizeof record, 1, file_.get());
    std::fwrite(headers.data(), 1, headers.size(), file_.get());
    if (!payload.empty()) std::fwrite(payload.data(), 1, payload.size(), file_.get());
    std::fflush(file_.get());
}

CaptureStream::CaptureStream(std::shared_ptr<CaptureFile> file, const Endpoint& local, const Endpoint& peer,
                             bool peer_called)
    : file_(std::move(file)), local_{local, 1'000'000}, peer_{peer, 2'000'000} {
    Side& caller = peer_called ? peer_ : local_;
    Side& called = peer_called ? local_ : peer_;
    segment(caller, called, kSyn, {});
    segment(called, caller, kSyn | kAck, {});
    segment(caller, called, kAck, {});
}

void CaptureStream::closed(bool by_peer) {
    Side& first = by_peer ? peer_ : local_;
    Side& second = by_peer ? local_ : peer_;
    segment(first, second, kFin | kAck, {});
    segment(second, first, kFin | kAck, {});
    segment(first, second, kAck, {});
}

void CaptureStream::data(Side& from, const Side& to, ByteView octets) {
    while (!octets.empty()) {
        const auto part = octets.first(std::min(octets.size(), kLargestSegment));
        segment(from, to, kPush | kAck, part);
        octets = octets.subspan(part.size());
    }
}

void CaptureStream::segment(Side& from, const Side& to, std::uint8_t flags, ByteView octets) {
    HeaderWriter out;
    write_ip(out, from.endpoint.address(), to.endpoint.address(), kTcpHeader + octets.size());
    const std::size_t tcp = out.size();
    out.u16(from.endpoint.port());
    out.u16(to.endpoint.port());
    out.u32(from.next);
    out.u32((flags & kAck) != 0 ? to.next : 0);
    out.u8(kTcpHeader / 4 << 4);
    out.u8(flags);
    out.u16(65'535);  // window
    out.u16(0);       // checksum
    out.u16(0);

    // The checksum also covers the addresses, the protocol and the length. RFC 9293 3.1.
    Checksum sum;
    const bool is_v6 = std::to_integer<unsigned>(out.view()[0]) >> 4 == 6;
    sum.add(out.view().subspan(is_v6 ? 8 : 12, is_v6 ? 32 : 8));
    sum.add(6 + kTcpHeader + octets.size());
    sum.add(out.view(tcp));
    sum.add(octets);
    out.patch_u16(tcp + 16, sum.result());

    file_->packet(out.view(), octets, std::chrono::system_clock::now());
    from.next += static_cast<std::uint32_t>(octets.size()) + ((flags & (kSyn | kFin)) != 0 ? 1 : 0);
}

}  // namespace convene::io
