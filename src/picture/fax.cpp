// Fax codings through libtiff, which wants them inside a file: the file is one of memory.
#include <tiffio.h>

#include <algorithm>
#include <cstring>
#include <memory>

#include "picture/decode.hpp"
#include "picture/encode.hpp"

namespace convene::picture {
namespace {

/// A file for libtiff.
struct Memory {
    Bytes octets;
    std::size_t at = 0;
};

Memory& memory(thandle_t handle) { return *static_cast<Memory*>(handle); }

tmsize_t read(thandle_t handle, void* into, tmsize_t count) {
    Memory& file = memory(handle);
    const std::size_t here =
        std::min(static_cast<std::size_t>(count), file.octets.size() - std::min(file.at, file.octets.size()));
    std::memcpy(into, file.octets.data() + file.at, here);
    file.at += here;
    return static_cast<tmsize_t>(here);
}
tmsize_t write(thandle_t handle, void* from, tmsize_t count) {
    Memory& file = memory(handle);
    const auto size = static_cast<std::size_t>(count);
    if (file.octets.size() < file.at + size) file.octets.resize(file.at + size);
    std::memcpy(file.octets.data() + file.at, from, size);
    file.at += size;
    return count;
}
toff_t seek(thandle_t handle, toff_t offset, int whence) {
    Memory& file = memory(handle);
    const std::size_t base = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? file.at : file.octets.size();
    return file.at = base + offset;
}
int close(thandle_t) { return 0; }
toff_t size(thandle_t handle) { return memory(handle).octets.size(); }
int map(thandle_t, void**, toff_t*) { return 0; }
void unmap_none(thandle_t, void*, toff_t) {}

struct CloseFile {
    void operator()(TIFF* file) const { TIFFClose(file); }
};
using Tiff = std::unique_ptr<TIFF, CloseFile>;

Tiff open(Memory& file, const char* mode) {
    // What libtiff has to say goes nowhere: broken data is not news, and the standard streams are not ours.
    TIFFSetErrorHandler(nullptr);
    TIFFSetWarningHandler(nullptr);
    file.at = 0;
    return Tiff(TIFFClientOpen("memory", mode, &file, read, write, seek, close, size, map, unmap_none));
}

void describe(TIFF* file, whiteboard::Extent size, int compression) {
    TIFFSetField(file, TIFFTAG_IMAGEWIDTH, size.width);
    TIFFSetField(file, TIFFTAG_IMAGELENGTH, size.height);
    TIFFSetField(file, TIFFTAG_BITSPERSAMPLE, 1);
    TIFFSetField(file, TIFFTAG_SAMPLESPERPIXEL, 1);
    TIFFSetField(file, TIFFTAG_ROWSPERSTRIP, size.height);
    TIFFSetField(file, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISWHITE);
    TIFFSetField(file, TIFFTAG_FILLORDER, FILLORDER_MSB2LSB);
    TIFFSetField(file, TIFFTAG_COMPRESSION, compression);
}

tl::unexpected<std::string> broken() { return tl::make_unexpected(std::string("the fax data is broken")); }

std::size_t row_octets(whiteboard::Extent size) { return (std::size_t{size.width} + 7) / 8; }

bool is_black(std::uint32_t pixel) { return (pixel & 0xFF'FFFF) == 0; }

}  // namespace

Expected<Raster, std::string> decode_fax(FaxCoding coding, whiteboard::Extent size, ByteView octets) {
    Memory file;
    {
        const Tiff out = open(file, "w");
        if (!out) return broken();
        describe(out.get(), size, coding == FaxCoding::group4 ? COMPRESSION_CCITTFAX4 : COMPRESSION_CCITTFAX3);
        if (coding == FaxCoding::group3_two_dimensional)
            TIFFSetField(out.get(), TIFFTAG_GROUP3OPTIONS, static_cast<std::uint32_t>(GROUP3OPT_2DENCODING));
        if (TIFFWriteRawStrip(out.get(), 0, const_cast<std::byte*>(octets.data()),
                              static_cast<tmsize_t>(octets.size())) < 0)
            return broken();
    }
    const Tiff in = open(file, "r");
    if (!in) return broken();
    Bytes rows(row_octets(size) * size.height);
    // Rows that are missing at the end stay white.
    if (TIFFReadEncodedStrip(in.get(), 0, rows.data(), static_cast<tmsize_t>(rows.size())) < 0) return broken();
    Raster out{size.width, size.height, {}};
    out.pixels.reserve(std::size_t{size.width} * size.height);
    for (std::size_t y = 0; y < size.height; ++y) {
        for (std::size_t x = 0; x < size.width; ++x) {
            const bool black = (rows[y * row_octets(size) + x / 8] & std::byte{0x80} >> (x % 8)) != std::byte{0};
            out.pixels.push_back(black ? opaque(0, 0, 0) : opaque(255, 255, 255));
        }
    }
    return out;
}

Expected<Bytes, std::string> encode_group4(const Raster& raster) {
    const whiteboard::Extent size{raster.width, raster.height};
    Bytes rows(row_octets(size) * size.height);
    for (std::uint32_t y = 0; y < raster.height; ++y) {
        for (std::uint32_t x = 0; x < raster.width; ++x) {
            if (is_black(raster.at(x, y))) rows[y * row_octets(size) + x / 8] |= std::byte{0x80} >> (x % 8);
        }
    }
    Memory file;
    {
        const Tiff out = open(file, "w");
        if (!out) return broken();
        describe(out.get(), size, COMPRESSION_CCITTFAX4);
        if (TIFFWriteEncodedStrip(out.get(), 0, rows.data(), static_cast<tmsize_t>(rows.size())) < 0) return broken();
    }
    const Tiff in = open(file, "r");
    if (!in) return broken();
    Bytes out(static_cast<std::size_t>(TIFFRawStripSize64(in.get(), 0)));
    if (TIFFReadRawStrip(in.get(), 0, out.data(), static_cast<tmsize_t>(out.size())) < 0) return broken();
    return out;
}

}  // namespace convene::picture
