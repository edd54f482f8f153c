// The strokes of stroke_codec.hpp for scripts/stroke_bench.mjs.
#include "bench/stroke_codec.hpp"

extern "C" __attribute__((used, export_name("encode_strokes"))) std::size_t convene_encode_strokes(std::size_t count) {
    return convene::bench::encode_strokes(count);
}
extern "C" __attribute__((used, export_name("decode_strokes"))) std::size_t convene_decode_strokes(std::size_t count) {
    return convene::bench::decode_strokes(count);
}
