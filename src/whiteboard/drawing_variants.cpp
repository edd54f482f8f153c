#include "asn1/per_decode.hpp"
#include "whiteboard/decode_variants.hpp"

namespace convene::whiteboard {
namespace {

using asn1::ByType;
using asn1::PerReader;

enum class ZOrderForm : std::uint8_t { enumerated, number, unreadable };

// SIPDU: an extension bit, then six bits for 35 alternatives.
constexpr unsigned kChoiceBits = 7;
constexpr std::uint64_t kBitmapEdit = 9, kDrawingCreate = 12, kDrawingEdit = 14;

/// How the CHOICE of an attribute begins, extension bit included, and what those bits are for a zOrder.
template <class Attribute>
struct AttributeIndex;
template <>
struct AttributeIndex<DrawingAttribute> {
    static constexpr unsigned kBits = 5;
    static constexpr std::uint64_t kZOrder = 7;
};
template <>
struct AttributeIndex<BitmapAttribute> {
    static constexpr unsigned kBits = 3;
    static constexpr std::uint64_t kZOrder = 1;
};

template <class T>
bool read(PerReader& r, T& value) {
    return asn1::per_get(r, ByType{}, value);
}
/// A member whose presence bit was read before.
template <class T>
bool read(PerReader& r, bool is_there, std::optional<T>& value) {
    return !is_there || read(r, value.emplace());
}

/// With `unreadable`, the list ends before the first zOrder, and `stopped` says that there was one.
template <class Attribute>
bool read_attributes(PerReader& r, ZOrderForm form, std::vector<Attribute>& attributes, bool& stopped) {
    std::uint64_t last = 0;
    if (!r.constrained(255, last)) return false;
    for (std::uint64_t i = 0; i <= last; ++i) {
        PerReader ahead = r;
        std::uint64_t index = 0;
        if (!ahead.bits(AttributeIndex<Attribute>::kBits, index)) return false;
        if (index != AttributeIndex<Attribute>::kZOrder || form == ZOrderForm::enumerated) {
            Attribute attribute;
            if (!read(r, attribute)) return false;
            attributes.push_back(std::move(attribute));
        } else if (form == ZOrderForm::number) {
            std::uint64_t number = 0;
            if (!ahead.constrained(65535, number)) return false;
            attributes.push_back(number == 0 ? ZOrder::front : ZOrder::back);
            r = ahead;
        } else {
            stopped = true;
            return true;
        }
    }
    return true;
}

/// What all PDUs end with: parameters of manufacturers, then additions of later editions.
template <class Pdu>
bool read_end(PerReader& r, bool has_parameters, bool is_extended, Pdu& pdu) {
    if (!read(r, has_parameters, pdu.non_standard_parameters)) return false;
    return !is_extended || asn1::per_read_additions(r, asn1::schema<Pdu>.additions, pdu);
}

/// The extension bit of a PDU and the presence bits of its optional members, asked for one after the other.
class Presence {
public:
    bool read(PerReader& r, unsigned optionals) {
        left_ = optionals + 1;
        return r.bits(left_, bits_);
    }
    bool next() { return (bits_ >> --left_ & 1) != 0; }

private:
    unsigned left_ = 0;
    std::uint64_t bits_ = 0;
};

bool read_points(PerReader& r, DrawingEditPdu& pdu) {
    PointList list;
    if (!read(r, list)) return false;
    std::vector<PointDiff> points = points_of(list);
    if (points.empty()) return true;
    PointEdit edit;
    edit.initial_point = points.front();
    points.erase(points.begin());
    if (!points.empty()) edit.subsequent_points = make_point_list(std::move(points));
    pdu.points = {std::move(edit)};
    return true;
}

bool read_drawing_edit(PerReader& r, bool has_rotation, ZOrderForm form, DrawingEditPdu& pdu, bool& stopped) {
    Presence is;
    if (!is.read(r, has_rotation ? 5 : 4)) return false;
    const bool extended = is.next(), attributes = is.next(), anchor = is.next();
    const bool rotation = has_rotation && is.next();
    const bool points = is.next(), parameters = is.next();
    if (!read(r, pdu.handle)) return false;
    if (attributes && !read_attributes(r, form, pdu.attributes.emplace(), stopped)) return false;
    if (stopped) return true;
    if (!read(r, anchor, pdu.anchor) || !read(r, rotation, pdu.rotation)) return false;
    if (points &&
        !(has_rotation ? asn1::per_get(r, asn1::SequenceOf<1, 256>{}, pdu.points.emplace()) : read_points(r, pdu)))
        return false;
    return read_end(r, parameters, extended, pdu);
}

bool read_drawing_create(PerReader& r, DrawingCreatePdu& pdu, bool& stopped) {
    Presence is;
    if (!is.read(r, 5)) return false;
    const bool extended = is.next(), handle = is.next(), attributes = is.next(), rotation = is.next();
    const bool sample_rate = is.next(), parameters = is.next();
    const auto form = ZOrderForm::number;
    if (!read(r, handle, pdu.handle) || !read(r, pdu.destination) || !read(r, pdu.type)) return false;
    if (attributes && !read_attributes(r, form, pdu.attributes.emplace(), stopped)) return false;
    if (!read(r, pdu.anchor) || !read(r, rotation, pdu.rotation)) return false;
    if (sample_rate && !asn1::per_get(r, asn1::Integer<1, 255>{}, pdu.sample_rate.emplace())) return false;
    return read(r, pdu.points) && read_end(r, parameters, extended, pdu);
}

bool read_bitmap_edit(PerReader& r, ZOrderForm form, BitmapEditPdu& pdu, bool& stopped) {
    Presence is;
    if (!is.read(r, 5)) return false;
    const bool extended = is.next(), attributes = is.next(), anchor = is.next(), region = is.next();
    const bool scaling = is.next(), parameters = is.next();
    if (!read(r, pdu.handle)) return false;
    if (attributes && !read_attributes(r, form, pdu.attributes.emplace(), stopped)) return false;
    if (stopped) return true;
    return read(r, anchor, pdu.anchor) && read(r, region, pdu.region_of_interest) && read(r, scaling, pdu.scaling) &&
           read_end(r, parameters, extended, pdu);
}

/// What `reader(r, pdu, stopped)` makes of the octets: a whole PDU, or one with attributes before the place it stopped
/// at.
template <class Pdu, class Reader>
std::optional<Pdu> whole(ByteView octets, std::uint64_t alternative, const Reader& reader) {
    PerReader r(octets);
    std::uint64_t index = 0;
    Pdu pdu;
    bool stopped = false;
    if (!r.bits(kChoiceBits, index) || index != alternative || !reader(r, pdu, stopped)) return std::nullopt;
    if (stopped ? pdu.attributes->empty() : !ends_at(octets, r.position())) return std::nullopt;
    return pdu;
}

std::optional<DrawingEditPdu> drawing_edit(ByteView octets, bool has_rotation, ZOrderForm form) {
    return whole<DrawingEditPdu>(octets, kDrawingEdit, [&](PerReader& r, DrawingEditPdu& pdu, bool& stopped) {
        return read_drawing_edit(r, has_rotation, form, pdu, stopped);
    });
}
std::optional<BitmapEditPdu> bitmap_edit(ByteView octets, ZOrderForm form) {
    return whole<BitmapEditPdu>(octets, kBitmapEdit, [&](PerReader& r, BitmapEditPdu& pdu, bool& stopped) {
        return read_bitmap_edit(r, form, pdu, stopped);
    });
}
std::optional<DrawingCreatePdu> drawing_create(ByteView octets) {
    return whole<DrawingCreatePdu>(octets, kDrawingCreate, read_drawing_create);
}

}  // namespace

bool ends_at(ByteView octets, std::size_t position) {
    if (octets.size() != (position + 7) / 8) return false;
    const std::size_t used = position % 8;
    return used == 0 || (octets.back() & std::byte{0xFF} >> used) == std::byte{0};
}

std::optional<DrawingEditPdu> as_edit_without_rotation(ByteView octets) {
    return drawing_edit(octets, false, ZOrderForm::enumerated);
}

std::optional<SiPdu> as_numbered_z_order(ByteView octets) {
    if (auto edit = drawing_edit(octets, true, ZOrderForm::number)) return SiPdu{std::move(*edit)};
    if (auto edit = drawing_edit(octets, false, ZOrderForm::number)) return SiPdu{std::move(*edit)};
    if (auto edit = bitmap_edit(octets, ZOrderForm::number)) return SiPdu{std::move(*edit)};
    if (auto create = drawing_create(octets)) return SiPdu{std::move(*create)};
    return std::nullopt;
}

std::optional<SiPdu> as_edit_up_to_z_order(ByteView octets) {
    if (auto edit = drawing_edit(octets, true, ZOrderForm::unreadable)) return SiPdu{std::move(*edit)};
    if (auto edit = bitmap_edit(octets, ZOrderForm::unreadable)) return SiPdu{std::move(*edit)};
    return std::nullopt;
}

}  // namespace convene::whiteboard
