/// Where objects and events go, and how workspaces are named. T.126, module SI-PROTOCOL.
#pragma once

#include "whiteboard/si_types.hpp"

namespace convene::whiteboard {

struct PlaneAddress {
    Handle workspace;
    PlaneId plane;

    friend bool operator==(const PlaneAddress&, const PlaneAddress&) = default;
};
using HardCopyDevice = asn1::Nothing<struct HardCopyDeviceTag>;
using ImagePlane = Tagged<struct ImagePlaneTag, PlaneAddress>;
using AnnotationPlane = Tagged<struct AnnotationPlaneTag, PlaneAddress>;
/// The plane on top of all others, in which pointers live.
struct PointerPlane {
    Handle workspace;

    friend bool operator==(const PointerPlane&, const PointerPlane&) = default;
};

using BitmapDestination = std::variant<HardCopyDevice, ImagePlane, AnnotationPlane, PointerPlane, NonStandardParameter,
                                       asn1::UnknownAlternative>;
using DrawingDestination = std::variant<AnnotationPlane, NonStandardParameter, asn1::UnknownAlternative>;
using VideoWindowDestination = std::variant<ImagePlane, NonStandardParameter, asn1::UnknownAlternative>;
/// A workspace, or something else.
using RemoteEventDestination = std::variant<Handle, NonStandardParameter, asn1::UnknownAlternative>;

using ArchiveName = asn1::CharacterString<asn1::BmpCharacters, 1, 256>;  ///< of archives and of their entries

struct ArchiveWorkspace {
    Handle archive;
    std::u16string entry_name;                     ///< 1 to 256 characters
    std::optional<std::string> modification_time;  ///< as GeneralizedTime writes it

    friend bool operator==(const ArchiveWorkspace&, const ArchiveWorkspace&) = default;
};
/// A workspace of the conference, or one in an archive. Not extensible.
using WorkspaceIdentifier = std::variant<Handle, ArchiveWorkspace>;

}  // namespace convene::whiteboard

namespace convene::asn1 {

template <>
inline constexpr auto schema<whiteboard::PlaneAddress> = sequence(field("workspaceHandle",
                                                                        &whiteboard::PlaneAddress::workspace),
                                                                  field("plane", &whiteboard::PlaneAddress::plane));
template <>
inline constexpr auto schema<whiteboard::ImagePlane> = schema<whiteboard::PlaneAddress>;
template <>
inline constexpr auto schema<whiteboard::AnnotationPlane> = schema<whiteboard::PlaneAddress>;
template <>
inline constexpr auto schema<whiteboard::PointerPlane> = sequence(field("workspaceHandle",
                                                                        &whiteboard::PointerPlane::workspace));
template <>
inline constexpr auto schema<whiteboard::BitmapDestination> = choice("hardCopyDevice", "softCopyImagePlane",
                                                                     "softCopyAnnotationPlane", "softCopyPointerPlane",
                                                                     "nonStandardDestination", extensible);
template <>
inline constexpr auto schema<whiteboard::DrawingDestination> = choice("softCopyAnnotationPlane",
                                                                      "nonStandardDestination", extensible);
template <>
inline constexpr auto schema<whiteboard::VideoWindowDestination> = choice("softCopyImagePlane",
                                                                          "nonStandardDestination", extensible);
template <>
inline constexpr auto schema<whiteboard::RemoteEventDestination> = choice("softCopyWorkspace", "nonStandardDestination",
                                                                          extensible);
template <>
inline constexpr auto schema<whiteboard::ArchiveWorkspace> = sequence(
    field("archiveHandle", &whiteboard::ArchiveWorkspace::archive),
    field("entryName", &whiteboard::ArchiveWorkspace::entry_name, whiteboard::ArchiveName{}),
    field("modificationTime", &whiteboard::ArchiveWorkspace::modification_time, whiteboard::GeneralizedTime{}));
template <>
inline constexpr auto schema<whiteboard::WorkspaceIdentifier> = choice("activeWorkspace", "archiveWorkspace");

}  // namespace convene::asn1
