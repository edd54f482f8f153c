/// The operations on pages, drawings and pictures as PDUs, and back: what operation_pdu is made of.
#pragma once

#include "whiteboard/operation_pdu.hpp"

namespace convene::whiteboard {

// operation_page.cpp
SiPdu pdu_of(const CreatePage& create);
SiPdu pdu_of(const EditPage& edit);
std::optional<Operation> operation_of(const WorkspaceCreatePdu& pdu);
std::optional<Operation> operation_of(const WorkspaceEditPdu& pdu);
Color color_of(const WorkspaceColor& color);
WorkspaceColor pdu_color(Color color);

// operation_drawing.cpp
SiPdu pdu_of(const CreateDrawing& create);  ///< with the points that fit
SiPdu pdu_of(const EditDrawing& edit);
std::optional<Operation> operation_of(const DrawingCreatePdu& pdu);
std::optional<Operation> operation_of(const DrawingEditPdu& pdu);
WorkspacePoint pdu_point(Point point);
PointDiff pdu_diff(Point difference);

// operation_picture.cpp
SiPdu pdu_of(const CreatePicture& create);
SiPdu pdu_of(const ContinuePicture& more);
SiPdu pdu_of(const EditPicture& edit);
std::optional<Operation> operation_of(const BitmapCreatePdu& pdu);
std::optional<Operation> operation_of(const BitmapCreateContinuePdu& pdu);
std::optional<Operation> operation_of(const BitmapEditPdu& pdu);

}  // namespace convene::whiteboard
