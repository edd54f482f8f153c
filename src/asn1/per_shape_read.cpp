// Decoding by tables. What happens here, and why, is what per_decode.hpp says for each node; both are tested alike.
#include <bitset>
#include <cstring>

#include "asn1/per_decode.hpp"
#include "asn1/per_shape.hpp"

namespace convene::asn1 {
namespace {

/// Little ends first, as all machines have them that this is built for.
void store_number(void* value, std::uint64_t number, std::size_t size) { std::memcpy(value, &number, size); }

std::uint64_t highest_of(const Shape& shape) { return ~std::uint64_t{0} >> (64 - 8U * shape.size + shape.is_signed); }

void* member_of(void* owner, const FieldShape& field) {
    MemberOffset offset = 0;
    std::memcpy(&offset, field.member, sizeof offset);
    return static_cast<std::byte*>(owner) + offset;
}

bool read_index(PerReader& r, bool is_extensible, std::uint32_t root, std::uint64_t& index) {
    bool extension = false;
    if (is_extensible && !r.bit(extension)) return false;
    if (!extension) return r.constrained(root - 1, index);
    if (!r.normally_small(index)) return false;
    if (index > std::numeric_limits<std::uint32_t>::max() - root) return r.fail(DecodeErrc::bad_value, "X.691 §11.6");
    index += root;
    return true;
}

bool read_constrained(PerReader& r, const NumberShape& shape, void* value) {
    std::uint64_t offset = 0;
    if (!r.constrained(shape.span, offset)) return false;
    store_number(value, offset + shape.low, shape.size);
    return true;
}

bool read_semi_constrained(PerReader& r, const NumberShape& shape, void* value) {
    std::uint64_t offset = 0;
    if (!r.semi_constrained(offset)) return false;
    if (offset > highest_of(shape) - shape.low) return r.fail(DecodeErrc::unsupported, "integer wider than its member");
    store_number(value, offset + shape.low, shape.size);
    return true;
}

bool read_unconstrained(PerReader& r, const NumberShape& shape, void* value) {
    std::int64_t number = 0;
    if (!r.unconstrained(number)) return false;
    const auto highest = highest_of(shape);
    const bool fits = number >= 0 ? static_cast<std::uint64_t>(number) <= highest
                                  : shape.is_signed && static_cast<std::uint64_t>(~number) <= highest;
    if (!fits) return r.fail(DecodeErrc::unsupported, "integer wider than its member");
    store_number(value, static_cast<std::uint64_t>(number), shape.size);
    return true;
}

bool read_enumerated(PerReader& r, const EnumeratedShape& shape, void* value) {
    std::uint64_t index = 0;
    if (!read_index(r, shape.is_extensible, shape.root, index)) return false;
    if (shape.kind == ShapeKind::null_choice && index >= shape.root && !r.skip_open_type()) return false;
    if (index > highest_of(shape)) return r.fail(DecodeErrc::bad_value, "X.691 §14");
    store_number(value, index, shape.size);
    return true;
}

bool read_flags(PerReader& r, const FlagsShape& shape, void* value) {
    if (shape.count > 16) r.align();
    std::uint64_t bits = 0;
    if (!r.bits(shape.count, bits)) return false;
    const auto* member = static_cast<const std::byte*>(shape.members);
    for (std::uint32_t left = shape.count; left-- > 0; member += sizeof(MemberOffset)) {
        MemberOffset offset = 0;
        std::memcpy(&offset, member, sizeof offset);
        *reinterpret_cast<bool*>(static_cast<std::byte*>(value) + offset) = (bits >> left & 1) != 0;
    }
    return true;
}

bool read_count(PerReader& r, const SizedShape& shape, std::size_t& count, bool& more) {
    if (shape.high >= 65536) return r.length(count, more);
    std::uint64_t offset = 0;
    if (!r.constrained(shape.high - shape.low, offset)) return false;
    count = static_cast<std::size_t>(offset) + shape.low;
    more = false;
    return true;
}

bool check_size(PerReader& r, const SizedShape& shape, std::size_t size) {
    if (size < shape.low || size > shape.high) return r.fail(DecodeErrc::bad_value, "size constraint");
    return true;
}

bool read_octets(PerReader& r, const SizedShape& shape, void* value) {
    auto* bytes_value = static_cast<Bytes*>(value);
    auto* slice_value = static_cast<Slice*>(value);
    if (shape.high >= 65536) {
        if (shape.kind == ShapeKind::slice) return r.slice(*slice_value) && check_size(r, shape, slice_value->size());
        ByteView whole;
        Bytes joined;
        if (!r.octets(whole, joined)) return false;
        if (joined.empty() && !r.charge(whole.size())) return false;
        const std::size_t size = whole.size();
        per_assign(r, *bytes_value, whole, std::move(joined), !joined.empty(), whole);
        return check_size(r, shape, size);
    }
    std::size_t count = 0;
    bool more = false;
    if (!read_count(r, shape, count, more)) return false;
    if (!(shape.low == shape.high && shape.high <= 2) && count > 0) r.align();
    Bytes octets;
    if (!r.raw(count, octets)) return false;
    if (shape.kind == ShapeKind::bytes) {
        *bytes_value = std::move(octets);
    } else if (shape.kind == ShapeKind::slice) {
        *slice_value = Slice(octets);
    } else {
        std::memcpy(value, octets.data(), shape.size);
    }
    return true;
}

bool read_bit_string(PerReader& r, const SizedShape& shape, BitString& value) {
    bool more = true;
    value = {};
    while (more) {
        std::size_t count = 0;
        if (!read_count(r, shape, count, more)) return false;
        if (!(shape.low == shape.high && shape.high <= 16) && count > 0) r.align();
        if (!r.plausible(count, 1) || !r.charge(count / 8 + 1)) return false;
        for (std::size_t i = 0; i < count; ++i, ++value.bits) {
            bool bit = false;
            r.bit(bit);
            if (value.bits % 8 == 0) value.octets.push_back(std::byte{0});
            if (bit) value.octets.back() |= std::byte{0x80} >> (value.bits % 8);
        }
    }
    return check_size(r, shape, value.bits);
}

bool read_text(PerReader& r, const TextShape& shape, void* value) {
    auto* narrow = shape.size == 1 ? static_cast<std::string*>(value) : nullptr;
    auto* wide = shape.size == 1 ? nullptr : static_cast<std::u16string*>(value);
    const unsigned width = shape.is_latin && r.reads_latin_wide() ? 16 : shape.width;
    // X.691 §30.5.6-7: short strings are not aligned.
    const std::size_t most = shape.high < 65536 ? shape.high * shape.width : 65536;
    const bool is_unaligned = shape.low == shape.high ? most <= 16 : most < 16;
    std::size_t size = 0;
    bool more = true;
    if (narrow != nullptr) narrow->clear();
    if (wide != nullptr) wide->clear();
    while (more) {
        std::size_t count = 0;
        if (!read_count(r, shape, count, more)) return false;
        if (!is_unaligned && count > 0) r.align();
        if (!r.plausible(count, width) || !r.charge(count * shape.size)) return false;
        size += count;
        for (; count > 0; --count) {
            std::uint64_t code = 0;
            if (!r.bits(width, code)) return false;
            if (code > shape.highest) return r.fail(DecodeErrc::bad_value, "permitted alphabet");
            const auto character = shape.characters != nullptr ? shape.characters[code] : static_cast<char16_t>(code);
            if (narrow != nullptr) {
                narrow->push_back(static_cast<char>(character));
            } else {
                wide->push_back(character);
            }
        }
    }
    return check_size(r, shape, size);
}

bool read_list(PerReader& r, const ListShape& shape, void* value) {
    std::size_t size = 0;
    bool more = true;
    while (more) {
        std::size_t count = 0;
        if (!read_count(r, shape, count, more)) return false;
        if (!r.plausible(count, shape.least_bits) || !r.charge(count * shape.stride)) return false;
        auto* element = static_cast<std::byte*>(shape.extend(value, count));
        size += count;
        for (; count > 0; --count, element += shape.stride)
            if (!per_read_shape(r, *shape.element, element)) return false;
    }
    return check_size(r, shape, size);
}

bool read_field(PerReader& r, const FieldShape& field, void* owner) {
    void* member = member_of(owner, field);
    return per_read_shape(r, *field.shape, field.absence != nullptr ? field.absence->make(member) : member);
}

/// Calls `read` with a reader of what the open type holds that comes next.
template <class Read>
bool in_open_type(PerReader& r, Read read) {
    ByteView whole;
    Bytes joined;
    if (!r.octets(whole, joined)) return false;
    const std::size_t start = r.position() - std::min(r.position(), whole.size() * 8);
    PerReader inner = r.enter(whole, !joined.empty());
    return r.return_from(inner, read(inner), start);
}

bool read_additions(PerReader& r, const SequenceShape& shape, void* value) {
    std::uint64_t count = 0;
    std::bitset<kMaxAdditions> presence;
    if (!r.additions(count, presence)) return false;
    const std::size_t known = shape.all - shape.root;
    for (std::size_t i = 0; i < known; ++i) {
        const FieldShape& field = shape.fields[shape.root + i];
        if (presence[i]) {
            if (!in_open_type(r, [&](PerReader& inner) { return read_field(inner, field, value); })) return false;
        } else if (field.absence != nullptr && !field.absence->is_optional) {
            field.absence->clear(member_of(value, field));
        }
    }
    for (std::size_t i = known; i < count; ++i) {
        if (!presence[i]) continue;
        r.count_unknown(1);
        if (!r.skip_open_type()) return false;
    }
    return true;
}

bool read_sequence(PerReader& r, const SequenceShape& shape, void* value) {
    bool is_extended = false;
    if (shape.is_extensible && !r.bit(is_extended)) return false;
    std::uint64_t presence = 0;
    unsigned left = shape.optionals;
    if (left > 0 && !r.bits(left, presence)) return false;
    const FieldShape* const end = shape.fields + shape.root;
    for (const FieldShape* field = shape.fields; field != end; ++field) {
        if (field->absence != nullptr && (presence >> --left & 1) == 0) {
            field->absence->clear(member_of(value, *field));
        } else if (!read_field(r, *field, value)) {
            return false;
        }
    }
    if (!shape.is_extensible) return true;
    if (is_extended) return read_additions(r, shape, value);
    for (const FieldShape* field = end; field != shape.fields + shape.all; ++field)
        if (field->absence != nullptr && !field->absence->is_optional) field->absence->clear(member_of(value, *field));
    return true;
}

bool read_choice(PerReader& r, const ChoiceShape& shape, void* value) {
    std::uint64_t number = 0;
    if (!read_index(r, shape.is_extensible, shape.root, number)) return false;
    const auto index = static_cast<std::size_t>(number);
    if (index >= shape.all) {
        auto& unknown = *static_cast<UnknownAlternative*>(shape.make(value, shape.all));
        unknown.index = static_cast<std::uint32_t>(index - shape.root);
        return per_read(r, OctetString<>{}, unknown.contents);
    }
    const AlternativeShape& alternative = shape.alternatives[index];
    const auto read = [&](PerReader& reader) {
        if (!alternative.is_read) return reader.fail(DecodeErrc::unsupported, "left out");
        return per_read_shape(reader, *alternative.shape, shape.make(value, index));
    };
    return index < shape.root ? read(r) : in_open_type(r, read);
}

}  // namespace

bool per_read_shape(PerReader& r, const Shape& shape, void* value) {
    switch (shape.kind) {
        case ShapeKind::boolean:
            return r.bit(*static_cast<bool*>(value));
        case ShapeKind::null:
            return true;
        case ShapeKind::constrained:
            return read_constrained(r, static_cast<const NumberShape&>(shape), value);
        case ShapeKind::semi_constrained:
            return read_semi_constrained(r, static_cast<const NumberShape&>(shape), value);
        case ShapeKind::unconstrained:
            return read_unconstrained(r, static_cast<const NumberShape&>(shape), value);
        case ShapeKind::enumerated:
        case ShapeKind::null_choice:
            return read_enumerated(r, static_cast<const EnumeratedShape&>(shape), value);
        case ShapeKind::flags:
            return read_flags(r, static_cast<const FlagsShape&>(shape), value);
        case ShapeKind::bytes:
        case ShapeKind::slice:
        case ShapeKind::octet_array:
            return read_octets(r, static_cast<const SizedShape&>(shape), value);
        case ShapeKind::bit_string:
            return read_bit_string(r, static_cast<const SizedShape&>(shape), *static_cast<BitString*>(value));
        case ShapeKind::text:
            return read_text(r, static_cast<const TextShape&>(shape), value);
        case ShapeKind::list:
            return read_list(r, static_cast<const ListShape&>(shape), value);
        case ShapeKind::sequence:
            return read_sequence(r, static_cast<const SequenceShape&>(shape), value);
        case ShapeKind::choice:
            return read_choice(r, static_cast<const ChoiceShape&>(shape), value);
    }
    return false;
}

}  // namespace convene::asn1
