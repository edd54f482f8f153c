/// Keys and mice that act on somebody else's workspace, and printing there. T.126, module SI-PROTOCOL.
#pragma once

#include "whiteboard/address.hpp"

namespace convene::whiteboard {

using LeftAlt = asn1::Nothing<struct LeftAltTag>;
using RightAlt = asn1::Nothing<struct RightAltTag>;
using LeftShift = asn1::Nothing<struct LeftShiftTag>;
using RightShift = asn1::Nothing<struct RightShiftTag>;
using LeftControl = asn1::Nothing<struct LeftControlTag>;
using RightControl = asn1::Nothing<struct RightControlTag>;
using LeftSpecial = asn1::Nothing<struct LeftSpecialTag>;
using RightSpecial = asn1::Nothing<struct RightSpecialTag>;
using NumberPad = asn1::Nothing<struct NumberPadTag>;
using ScrollLock = asn1::Nothing<struct ScrollLockTag>;
using KeyModifier = std::variant<LeftAlt, RightAlt, LeftShift, RightShift, LeftControl, RightControl, LeftSpecial,
                                 RightSpecial, NumberPad, ScrollLock, NonStandardIdentifier, asn1::UnknownAlternative>;

using NoKeyPress = asn1::Nothing<struct NoKeyPressTag>;
using KeyPress = asn1::Nothing<struct KeyPressTag>;
using KeyDown = asn1::Nothing<struct KeyDownTag>;
using KeyUp = asn1::Nothing<struct KeyUpTag>;
using KeyPressState =
    std::variant<NoKeyPress, KeyPress, KeyDown, KeyUp, NonStandardIdentifier, asn1::UnknownAlternative>;

using FunctionKey = Tagged<struct FunctionKeyTag, std::uint8_t>;  ///< 1..35
using UpArrowKey = asn1::Nothing<struct UpArrowKeyTag>;
using DownArrowKey = asn1::Nothing<struct DownArrowKeyTag>;
using LeftArrowKey = asn1::Nothing<struct LeftArrowKeyTag>;
using RightArrowKey = asn1::Nothing<struct RightArrowKeyTag>;
using PageUpKey = asn1::Nothing<struct PageUpKeyTag>;
using PageDownKey = asn1::Nothing<struct PageDownKeyTag>;
using HomeKey = asn1::Nothing<struct HomeKeyTag>;
using EndKey = asn1::Nothing<struct EndKeyTag>;
using InsertKey = asn1::Nothing<struct InsertKeyTag>;
using DeleteKey = asn1::Nothing<struct DeleteKeyTag>;
/// The first alternative is one character.
using KeyCode =
    std::variant<std::u16string, FunctionKey, UpArrowKey, DownArrowKey, LeftArrowKey, RightArrowKey, PageUpKey,
                 PageDownKey, HomeKey, EndKey, InsertKey, DeleteKey, NonStandardIdentifier, asn1::UnknownAlternative>;

struct RemoteKeyboardEventPdu {
    RemoteEventDestination destination;
    std::optional<std::vector<KeyModifier>> modifiers;  ///< 1 to 256
    KeyPressState press_state;
    KeyCode code;
    std::optional<NonStandardParameters> non_standard_parameters;

    friend bool operator==(const RemoteKeyboardEventPdu&, const RemoteKeyboardEventPdu&) = default;
};

using ButtonUp = asn1::Nothing<struct ButtonUpTag>;
using ButtonDown = asn1::Nothing<struct ButtonDownTag>;
using ButtonDoubleClick = asn1::Nothing<struct ButtonDoubleClickTag>;
using ButtonTripleClick = asn1::Nothing<struct ButtonTripleClickTag>;
using ButtonQuadClick = asn1::Nothing<struct ButtonQuadClickTag>;
using ButtonEvent = std::variant<ButtonUp, ButtonDown, ButtonDoubleClick, ButtonTripleClick, ButtonQuadClick,
                                 NonStandardIdentifier, asn1::UnknownAlternative>;

struct RemotePointingDeviceEventPdu {
    RemoteEventDestination destination;
    ButtonEvent left_button, middle_button, right_button;
    WorkspacePoint initial_point;
    std::optional<std::uint8_t> sample_rate;  ///< points a second, from 1
    std::optional<PointList> points;
    std::optional<NonStandardParameters> non_standard_parameters;

    friend bool operator==(const RemotePointingDeviceEventPdu&, const RemotePointingDeviceEventPdu&) = default;
};

struct RemotePrintPdu {
    RemoteEventDestination destination;
    std::optional<std::uint16_t> number_of_copies;  ///< 1..256
    std::optional<bool> portrait;
    std::optional<WorkspaceRegion> region_of_interest;
    std::optional<NonStandardParameters> non_standard_parameters;

    friend bool operator==(const RemotePrintPdu&, const RemotePrintPdu&) = default;
};

}  // namespace convene::whiteboard

namespace convene::asn1 {

template <>
inline constexpr auto schema<whiteboard::KeyModifier> = choice("leftAlt", "rightAlt", "leftShift", "rightShift",
                                                               "leftControl", "rightControl", "leftSpecial",
                                                               "rightSpecial", "numberPad", "scrollLock",
                                                               "nonStandardModifier", extensible);
template <>
inline constexpr auto schema<whiteboard::KeyPressState> = choice("none", "keyPress", "keyDown", "keyUp",
                                                                 "nonStandardKeyPressState", extensible);
template <>
inline constexpr auto schema<whiteboard::KeyCode> = choice(alt("character", CharacterString<BmpCharacters, 1, 1>{}),
                                                           alt("fkey", Integer<1, 35>{}), "upArrow", "downArrow",
                                                           "leftArrow", "rightArrow", "pageUp", "pageDown", "home",
                                                           "end", "insert", "delete", "nonStandardKey", extensible);
template <>
inline constexpr auto schema<whiteboard::RemoteKeyboardEventPdu> =
    sequence(field("destinationAddress", &whiteboard::RemoteKeyboardEventPdu::destination),
             field("keyModifierStates", &whiteboard::RemoteKeyboardEventPdu::modifiers, SetOf<1, 256>{}),
             field("keyPressState", &whiteboard::RemoteKeyboardEventPdu::press_state),
             field("keyCode", &whiteboard::RemoteKeyboardEventPdu::code),
             field("nonStandardParameters", &whiteboard::RemoteKeyboardEventPdu::non_standard_parameters), extensible);
template <>
inline constexpr auto schema<whiteboard::ButtonEvent> = choice("buttonUp", "buttonDown", "buttonDoubleClick",
                                                               "buttonTripleClick", "buttonQuadClick",
                                                               "nonStandardButtonEvent", extensible);
template <>
inline constexpr auto schema<whiteboard::RemotePointingDeviceEventPdu> = sequence(
    field("destinationAddress", &whiteboard::RemotePointingDeviceEventPdu::destination),
    field("leftButtonState", &whiteboard::RemotePointingDeviceEventPdu::left_button),
    field("middleButtonState", &whiteboard::RemotePointingDeviceEventPdu::middle_button),
    field("rightButtonState", &whiteboard::RemotePointingDeviceEventPdu::right_button),
    field("initialPoint", &whiteboard::RemotePointingDeviceEventPdu::initial_point),
    field("sampleRate", &whiteboard::RemotePointingDeviceEventPdu::sample_rate, Integer<1, 255>{}),
    field("pointList", &whiteboard::RemotePointingDeviceEventPdu::points),
    field("nonStandardParameters", &whiteboard::RemotePointingDeviceEventPdu::non_standard_parameters), extensible);
template <>
inline constexpr auto schema<whiteboard::RemotePrintPdu> =
    sequence(field("destinationAddress", &whiteboard::RemotePrintPdu::destination),
             field("numberOfCopies", &whiteboard::RemotePrintPdu::number_of_copies, Integer<1, 256>{}),
             field("portrait", &whiteboard::RemotePrintPdu::portrait),
             field("regionOfInterest", &whiteboard::RemotePrintPdu::region_of_interest),
             field("nonStandardParameters", &whiteboard::RemotePrintPdu::non_standard_parameters), extensible);

}  // namespace convene::asn1
