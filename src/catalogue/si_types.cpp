#include "catalogue/make_entry.hpp"
#include "catalogue/modules.hpp"
#include "whiteboard/si_pdu.hpp"

namespace convene::catalogue {
namespace {

constexpr asn1::Integer<whiteboard::kLeastCoordinate, whiteboard::kMostCoordinate> kCoordinate{};
constexpr auto kPointDiff4 = whiteboard::kPointDiffOf<-8, 7>;
constexpr auto kPointDiff8 = whiteboard::kPointDiffOf<-128, 127>;

template <class T, const auto& Node = kByType>
constexpr TypeEntry si_entry(std::string_view name) {
    return type_entry<T, Node>("SI-PROTOCOL", name);
}

constexpr TypeEntry kSiTypes[] = {
    si_entry<whiteboard::Handle>("Handle"),
    si_entry<whiteboard::Handle>("ArchiveHandle"),
    si_entry<whiteboard::Handle>("BitmapHandle"),
    si_entry<whiteboard::Handle>("DrawingHandle"),
    si_entry<whiteboard::Handle>("VideoWindowHandle"),
    si_entry<whiteboard::Handle>("WorkspaceHandle"),
    si_entry<whiteboard::Handle>("ViewHandle"),
    si_entry<mcs::UserId>("UserID"),
    si_entry<mcs::TokenId>("TokenID"),
    si_entry<whiteboard::PlaneId>("DataPlaneID"),
    si_entry<gcc::H221NonStandardIdentifier>("H221NonStandardIdentifier"),
    si_entry<whiteboard::NonStandardIdentifier>("NonStandardIdentifier"),
    si_entry<whiteboard::NonStandardParameter>("NonStandardParameter"),
    si_entry<whiteboard::NonStandardParameters>("NonStandardParameters"),
    si_entry<std::int32_t, kCoordinate>("WorkspaceCoordinate"),
    si_entry<whiteboard::WorkspacePoint>("WorkspacePoint"),
    si_entry<whiteboard::WorkspaceRegion>("WorkspaceRegion"),
    si_entry<whiteboard::WorkspaceSize>("WorkspaceSize"),
    si_entry<whiteboard::BitmapPoint>("BitmapPoint"),
    si_entry<whiteboard::BitmapSize>("BitmapSize"),
    si_entry<whiteboard::BitmapRegion>("BitmapRegion"),
    si_entry<whiteboard::PointDiff, kPointDiff4>("PointDiff4"),
    si_entry<whiteboard::PointDiff, kPointDiff8>("PointDiff8"),
    si_entry<whiteboard::PointDiff>("PointDiff16"),
    si_entry<whiteboard::PointList>("PointList"),
    si_entry<whiteboard::PixelAspectRatio>("PixelAspectRatio"),
    si_entry<whiteboard::RotationSpecifier>("RotationSpecifier"),
    si_entry<whiteboard::ColorRgb>("ColorRGB"),
    si_entry<whiteboard::ColorCmyk>("ColorCMYK"),
    si_entry<whiteboard::ColorCieLab>("ColorCIELab"),
    si_entry<whiteboard::ColorYcbcr>("ColorYCbCr"),
    si_entry<whiteboard::Chromaticity>("ColorCIExyChromaticity"),
    si_entry<whiteboard::ColorGamut>("ColorGamut"),
    si_entry<whiteboard::EnhancementCieLab>("ColorAccuracyEnhancementCIELab"),
    si_entry<whiteboard::EnhancementCmyk>("ColorAccuracyEnhancementCMYK"),
    si_entry<whiteboard::EnhancementGreyscale>("ColorAccuracyEnhancementGreyscale"),
    si_entry<whiteboard::EnhancementRgb>("ColorAccuracyEnhancementRGB"),
    si_entry<whiteboard::EnhancementYcbcr>("ColorAccuracyEnhancementYCbCr"),
    si_entry<whiteboard::ColorSpaceSpecifier>("ColorSpaceSpecifier"),
    si_entry<whiteboard::ColorResolutionMode>("ColorResolutionModeSpecifier"),
    si_entry<whiteboard::ColorIndexTable>("ColorIndexTable"),
    si_entry<whiteboard::ColorPalette>("ColorPalette"),
    si_entry<whiteboard::WorkspaceColor>("WorkspaceColor"),
    si_entry<whiteboard::PenThickness>("PenThickness"),
    si_entry<whiteboard::PenNib>("PenNib"),
    si_entry<whiteboard::LineStyle>("LineStyle"),
    si_entry<whiteboard::ViewState>("ViewState"),
    si_entry<whiteboard::ZOrder>("ZOrder"),
    si_entry<whiteboard::DrawingAttribute>("DrawingAttribute"),
    si_entry<whiteboard::DrawingAttributes>("DrawingAttributes"),
    si_entry<whiteboard::TransparencyMask>("TransparencyMask"),
    si_entry<whiteboard::BitMask>("BitMask"),
    si_entry<whiteboard::BitmapAttribute>("BitmapAttribute"),
    si_entry<whiteboard::BitmapAttributes>("BitmapAttributes"),
    si_entry<whiteboard::VideoWindowAttribute>("VideoWindowAttribute"),
    si_entry<whiteboard::VideoWindowAttributes>("VideoWindowAttributes"),
    si_entry<whiteboard::PlaneAddress>("SoftCopyDataPlaneAddress"),
    si_entry<whiteboard::PointerPlane>("SoftCopyPointerPlaneAddress"),
    si_entry<whiteboard::BitmapDestination>("BitmapDestinationAddress"),
    si_entry<whiteboard::DrawingDestination>("DrawingDestinationAddress"),
    si_entry<whiteboard::VideoWindowDestination>("VideoWindowDestinationAddress"),
    si_entry<whiteboard::RemoteEventDestination>("RemoteEventDestinationAddress"),
    si_entry<whiteboard::WorkspaceIdentifier>("WorkspaceIdentifier"),
    si_entry<whiteboard::BitmapData>("BitmapData"),
    si_entry<whiteboard::BitmapHeaderUncompressed>("BitmapHeaderUncompressed"),
    si_entry<whiteboard::BitmapHeaderT4>("BitmapHeaderT4"),
    si_entry<whiteboard::BitmapHeaderT6>("BitmapHeaderT6"),
    si_entry<whiteboard::BitmapHeaderT81>("BitmapHeaderT81"),
    si_entry<whiteboard::BitmapHeaderT82>("BitmapHeaderT82"),
    si_entry<whiteboard::BitmapFormatHeader>("BitmapFormatHeader"),
};

}  // namespace

std::span<const TypeEntry> si_types() { return kSiTypes; }

}  // namespace convene::catalogue
