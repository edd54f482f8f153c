#include <turbojpeg.h>

#include <memory>

#include "picture/decode.hpp"
#include "picture/encode.hpp"

namespace convene::picture {
namespace {

struct Close {
    void operator()(void* handle) const { tjDestroy(handle); }
};
using Handle = std::unique_ptr<void, Close>;

const unsigned char* octets_of(ByteView view) { return reinterpret_cast<const unsigned char*>(view.data()); }

tl::unexpected<std::string> failure(const Handle& handle) {
    return tl::make_unexpected("JPEG: " + std::string(tjGetErrorStr2(handle.get())));
}

/// The marker of the first frame header, 0xC0 for baseline; 0 when there is none.
unsigned frame_of(ByteView file) {
    const auto at = [&](std::size_t i) { return std::to_integer<unsigned>(file[i]); };
    std::size_t i = 2;
    while (i + 4 <= file.size() && at(i) == 0xFF) {
        const unsigned marker = at(i + 1);
        if (marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC) return marker;
        i += 2 + (at(i + 2) << 8 | at(i + 3));
    }
    return 0;
}

}  // namespace

Expected<Raster, std::string> decode_jpeg(ByteView octets) {
    const Handle handle(tjInitDecompress());
    int width = 0, height = 0, sampling = 0, space = 0;
    if (tjDecompressHeader3(handle.get(), octets_of(octets), octets.size(), &width, &height, &sampling, &space) != 0)
        return failure(handle);
    if (width <= 0 || height <= 0 ||
        static_cast<std::uint64_t>(width) * static_cast<std::uint64_t>(height) > kMaxRasterPixels)
        return tl::make_unexpected(std::string("JPEG: it claims a size that cannot be meant"));
    Raster out{static_cast<std::uint32_t>(width), static_cast<std::uint32_t>(height), {}};
    out.pixels.resize(std::size_t{out.width} * out.height);
    auto* pixels = reinterpret_cast<unsigned char*>(out.pixels.data());
    // Octets in the order of a little-endian 0xAARRGGBB. A warning (an end that is missing) still leaves a picture.
    if (tjDecompress2(handle.get(), octets_of(octets), octets.size(), pixels, width, 0, height, TJPF_BGRA,
                      TJFLAG_LIMITSCANS) != 0 &&
        tjGetErrorCode(handle.get()) == TJERR_FATAL)
        return failure(handle);
    return out;
}

Expected<Bytes, std::string> encode_jpeg(const Raster& raster, int quality) {
    const Handle handle(tjInitCompress());
    unsigned char* made = nullptr;
    unsigned long size = 0;
    const int result = tjCompress2(handle.get(), reinterpret_cast<const unsigned char*>(raster.pixels.data()),
                                   static_cast<int>(raster.width), 0, static_cast<int>(raster.height), TJPF_BGRX, &made,
                                   &size, quality >= 90 ? TJSAMP_444 : TJSAMP_420, quality, 0);
    Bytes out;
    if (result == 0) out.assign(reinterpret_cast<std::byte*>(made), reinterpret_cast<std::byte*>(made) + size);
    tjFree(made);
    if (result != 0) return failure(handle);
    return out;
}

std::optional<whiteboard::Picture> adopt_jpeg(ByteView file) {
    const Handle handle(tjInitDecompress());
    int width = 0, height = 0, sampling = 0, space = 0;
    if (frame_of(file) != 0xC0 ||
        tjDecompressHeader3(handle.get(), octets_of(file), file.size(), &width, &height, &sampling, &space) != 0 ||
        (space != TJCS_YCbCr && space != TJCS_GRAY) || width > 65'535 || height > 65'535)
        return std::nullopt;
    whiteboard::Picture out;
    whiteboard::BitmapHeaderT81 header;
    if (space == TJCS_GRAY)
        header.color_space = whiteboard::GreyscaleSpace{};
    else
        header.color_space = whiteboard::YcbcrSpace{};
    if (sampling == TJSAMP_420) header.resolution_mode = whiteboard::Resolution420{};
    if (sampling == TJSAMP_422) header.resolution_mode = whiteboard::Resolution422{};
    out.format = format_of(std::move(header));
    out.size = {static_cast<std::uint32_t>(width), static_cast<std::uint32_t>(height)};
    out.data = {Slice(file)};
    out.is_complete = true;
    return out;
}

}  // namespace convene::picture
