// Encoding by tables. What happens here, and why, is what per_encode.hpp says for each node; both are tested alike.
#include <cstring>

#include "asn1/per_encode.hpp"
#include "asn1/per_shape.hpp"

namespace convene::asn1 {
namespace {

/// As static_cast<std::uint64_t> of it.
std::uint64_t number_at(const void* value, const Shape& shape) {
    std::uint64_t number = 0;
    std::memcpy(&number, value, shape.size);
    const unsigned unused = 64 - 8U * shape.size;
    if (!shape.is_signed) return number;
    return static_cast<std::uint64_t>(static_cast<std::int64_t>(number << unused) >> unused);
}

const void* member_of(const void* owner, const FieldShape& field) {
    MemberOffset offset = 0;
    std::memcpy(&offset, field.member, sizeof offset);
    return static_cast<const std::byte*>(owner) + offset;
}

bool is_negative(const Shape& shape, std::uint64_t number) { return shape.is_signed && number >> 63 != 0; }

bool write_constrained(PerWriter& w, const NumberShape& shape, std::uint64_t number) {
    const std::uint64_t offset = number - shape.low;
    if (offset > shape.span) return w.fail(EncodeErrc::out_of_range);
    w.constrained(offset, shape.span);
    return true;
}

bool write_semi_constrained(PerWriter& w, const NumberShape& shape, std::uint64_t number) {
    const bool low_is_negative = shape.span != 0;
    const bool is_low = low_is_negative ? static_cast<std::int64_t>(number) < static_cast<std::int64_t>(shape.low)
                                        : is_negative(shape, number) || number < shape.low;
    if (is_low) return w.fail(EncodeErrc::out_of_range);
    w.semi_constrained(number - shape.low);
    return true;
}

bool write_unconstrained(PerWriter& w, const NumberShape& shape, std::uint64_t number) {
    if (!shape.is_signed && number >> 63 != 0) return w.fail(EncodeErrc::out_of_range);
    w.unconstrained(static_cast<std::int64_t>(number));
    return true;
}

bool write_index(PerWriter& w, bool is_extensible, std::uint32_t root, std::uint64_t index) {
    if (is_extensible) {
        w.bit(index >= root);
        if (index >= root) {
            w.normally_small(index - root);
            return true;
        }
    }
    if (index >= root) return w.fail(EncodeErrc::out_of_range);
    w.constrained(index, root - 1);
    return true;
}

bool write_enumerated(PerWriter& w, const EnumeratedShape& shape, std::uint64_t index) {
    if (!write_index(w, shape.is_extensible, shape.root, index)) return false;
    // NULL in an open type is one empty octet.
    if (shape.kind == ShapeKind::null_choice && index >= shape.root) w.octets(bytes({0}));
    return true;
}

bool write_flags(PerWriter& w, const FlagsShape& shape, const void* value) {
    if (shape.count > 16) w.align();
    const auto* member = static_cast<const std::byte*>(shape.members);
    for (std::uint32_t left = shape.count; left > 0; --left, member += sizeof(MemberOffset)) {
        MemberOffset offset = 0;
        std::memcpy(&offset, member, sizeof offset);
        w.bit(*reinterpret_cast<const bool*>(static_cast<const std::byte*>(value) + offset));
    }
    return true;
}

std::size_t write_count(PerWriter& w, const SizedShape& shape, std::size_t left, bool& more) {
    if (shape.high >= 65536) return w.length(left, more);
    w.constrained(left - shape.low, shape.high - shape.low);
    more = false;
    return left;
}

bool check_size(PerWriter& w, const SizedShape& shape, std::size_t size) {
    if (size < shape.low || size > shape.high) return w.fail(EncodeErrc::bad_size);
    return true;
}

bool write_octets(PerWriter& w, const SizedShape& shape, ByteView octets) {
    if (!check_size(w, shape, octets.size())) return false;
    if (shape.high >= 65536) {
        w.octets(octets);
        return true;
    }
    bool more = false;
    write_count(w, shape, octets.size(), more);
    if (!(shape.low == shape.high && shape.high <= 2) && !octets.empty()) w.align();
    w.raw(octets);
    return true;
}

bool write_bit_string(PerWriter& w, const SizedShape& shape, const BitString& value) {
    if (value.octets.size() * 8 < value.bits) return w.fail(EncodeErrc::bad_size);
    if (!check_size(w, shape, value.bits)) return false;
    bool more = true;
    std::size_t at = 0;
    while (more) {
        const std::size_t now = write_count(w, shape, value.bits - at, more);
        if (!(shape.low == shape.high && shape.high <= 16) && now > 0) w.align();
        for (const std::size_t end = at + now; at < end; ++at)
            w.bit((value.octets[at / 8] & std::byte{0x80} >> (at % 8)) != std::byte{0});
    }
    return true;
}

bool write_text(PerWriter& w, const TextShape& shape, const void* value) {
    std::string_view narrow;
    std::u16string_view wide;
    if (shape.size == 1) {
        narrow = *static_cast<const std::string*>(value);
    } else {
        wide = *static_cast<const std::u16string*>(value);
    }
    const std::size_t size = narrow.size() + wide.size();
    if (!check_size(w, shape, size)) return false;
    const std::size_t most = shape.high < 65536 ? shape.high * shape.width : 65536;
    const bool is_unaligned = shape.low == shape.high ? most <= 16 : most < 16;
    bool more = true;
    std::size_t at = 0;
    while (more) {
        const std::size_t now = write_count(w, shape, size - at, more);
        if (!is_unaligned && now > 0) w.align();
        for (const std::size_t end = at + now; at < end; ++at) {
            const char32_t point = shape.size == 1 ? code_point(narrow[at]) : code_point(wide[at]);
            std::uint64_t code = point;
            if (shape.characters != nullptr)
                for (code = 0; code <= shape.highest && shape.characters[code] != point;) ++code;
            if (code > shape.highest) return w.fail(EncodeErrc::out_of_range);
            w.bits(code, shape.width);
        }
    }
    return true;
}

bool write_list(PerWriter& w, const ListShape& shape, const void* value) {
    std::size_t left = 0;
    const auto* element = static_cast<const std::byte*>(shape.items(value, left));
    if (!check_size(w, shape, left)) return false;
    bool more = true;
    while (more) {
        std::size_t now = write_count(w, shape, left, more);
        left -= now;
        for (; now > 0; --now, element += shape.stride)
            if (!per_write_shape(w, *shape.element, element)) return false;
    }
    return true;
}

/// What is to be sent of a member, or nullptr. An addition group without any member is not (X.691 §19.9).
const void* content_of(const FieldShape& field, const void* owner) {
    const void* member = member_of(owner, field);
    if (field.absence == nullptr) return member;
    const void* content = field.absence->content(member);
    if (content == nullptr || !field.absence->is_group) return content;
    const auto& group = static_cast<const SequenceShape&>(*field.shape);
    for (std::size_t i = 0; i < group.root; ++i)
        if (content_of(group.fields[i], content) != nullptr) return content;
    return nullptr;
}

/// Puts into an open type what `write` writes.
template <class Write>
bool in_open_type(PerWriter& w, Write write) {
    Bytes octets;
    PerWriter inner(octets);
    if (!write(inner)) return w.adopt(inner);
    inner.finish();
    w.octets(octets);
    return true;
}

bool write_sequence(PerWriter& w, const SequenceShape& shape, const void* value) {
    const FieldShape* const root_end = shape.fields + shape.root;
    const FieldShape* const end = shape.fields + shape.all;
    const auto is_there = [&](const FieldShape* field) { return content_of(*field, value) != nullptr; };
    bool is_extended = false;
    if (shape.is_extensible) {
        for (const FieldShape* field = root_end; field != end; ++field) is_extended = is_extended || is_there(field);
        w.bit(is_extended);
    }
    for (const FieldShape* field = shape.fields; field != root_end; ++field)
        if (field->absence != nullptr) w.bit(is_there(field));
    for (const FieldShape* field = shape.fields; field != root_end; ++field) {
        const void* content = content_of(*field, value);
        if (content != nullptr && !per_write_shape(w, *field->shape, content)) return false;
    }
    if (!is_extended) return true;
    w.normally_small_length(static_cast<std::uint64_t>(shape.all - shape.root));
    for (const FieldShape* field = root_end; field != end; ++field) w.bit(is_there(field));
    for (const FieldShape* field = root_end; field != end; ++field) {
        const void* content = content_of(*field, value);
        if (content == nullptr) continue;
        if (!in_open_type(w, [&](PerWriter& inner) { return per_write_shape(inner, *field->shape, content); }))
            return false;
    }
    return true;
}

bool write_choice(PerWriter& w, const ChoiceShape& shape, const void* value) {
    std::size_t index = 0;
    const void* content = shape.held(value, index);
    if (content == nullptr) return w.fail(EncodeErrc::no_value);
    if (index == shape.all) {
        const auto& unknown = *static_cast<const UnknownAlternative*>(content);
        if (unknown.index < static_cast<std::uint32_t>(shape.all - shape.root)) return w.fail(EncodeErrc::out_of_range);
        w.bit(true);
        w.normally_small(unknown.index);
        w.octets(unknown.contents);
        return true;
    }
    const AlternativeShape& alternative = shape.alternatives[index];
    if (!alternative.is_written) return w.fail(EncodeErrc::no_value);
    const auto write = [&](PerWriter& writer) { return per_write_shape(writer, *alternative.shape, content); };
    write_index(w, shape.is_extensible, shape.root, index);
    return index < shape.root ? write(w) : in_open_type(w, write);
}

}  // namespace

bool per_write_shape(PerWriter& w, const Shape& shape, const void* value) {
    switch (shape.kind) {
        case ShapeKind::boolean:
            w.bit(*static_cast<const bool*>(value));
            return true;
        case ShapeKind::null:
            return true;
        case ShapeKind::constrained:
            return write_constrained(w, static_cast<const NumberShape&>(shape), number_at(value, shape));
        case ShapeKind::semi_constrained:
            return write_semi_constrained(w, static_cast<const NumberShape&>(shape), number_at(value, shape));
        case ShapeKind::unconstrained:
            return write_unconstrained(w, static_cast<const NumberShape&>(shape), number_at(value, shape));
        case ShapeKind::enumerated:
        case ShapeKind::null_choice:
            return write_enumerated(w, static_cast<const EnumeratedShape&>(shape), number_at(value, shape));
        case ShapeKind::flags:
            return write_flags(w, static_cast<const FlagsShape&>(shape), value);
        case ShapeKind::bytes:
            return write_octets(w, static_cast<const SizedShape&>(shape), *static_cast<const Bytes*>(value));
        case ShapeKind::slice:
            return write_octets(w, static_cast<const SizedShape&>(shape), static_cast<const Slice*>(value)->view());
        case ShapeKind::octet_array:
            return write_octets(w, static_cast<const SizedShape&>(shape),
                                {static_cast<const std::byte*>(value), shape.size});
        case ShapeKind::bit_string:
            return write_bit_string(w, static_cast<const SizedShape&>(shape), *static_cast<const BitString*>(value));
        case ShapeKind::text:
            return write_text(w, static_cast<const TextShape&>(shape), value);
        case ShapeKind::list:
            return write_list(w, static_cast<const ListShape&>(shape), value);
        case ShapeKind::sequence:
            return write_sequence(w, static_cast<const SequenceShape&>(shape), value);
        case ShapeKind::choice:
            return write_choice(w, static_cast<const ChoiceShape&>(shape), value);
    }
    return false;
}

}  // namespace convene::asn1
