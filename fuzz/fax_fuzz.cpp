// Group 4 of fax, after two octets for the width and one for the height.
#include <cstdint>

#include "base/check.hpp"
#include "pixels/decode.hpp"

using namespace convene;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 3) return 0;
    const whiteboard::Extent extent{1U + (data[0] << 8 | data[1]), 1U + data[2]};
    const auto raster = pixels::decode_group4(extent, {reinterpret_cast<const std::byte*>(data) + 3, size - 3});
    if (raster)
        CONVENE_CHECK(raster->pixels.size() == std::size_t{extent.width} * extent.height, "all pixels are there");
    return 0;
}
