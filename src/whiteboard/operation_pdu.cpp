#include "whiteboard/operation_pdu.hpp"

#include <utility>

#include "base/overloaded.hpp"
#include "whiteboard/operation_parts.hpp"
#include "whiteboard/wire_octets.hpp"

namespace convene::whiteboard {
namespace {

std::vector<SiPdu> pdus_of_text(const Operation& operation, const Extensions& extensions) {
    auto parameter = extensions.encode ? extensions.encode(operation) : std::nullopt;
    if (!parameter) return {};
    return {NonStandardPdu{std::move(*parameter)}};
}

std::vector<SiPdu> pdus_of_drawing(const CreateDrawing& create) {
    std::vector<SiPdu> out{pdu_of(create)};
    const auto& deltas = create.drawing.deltas;
    if (deltas.size() > kMaxPoints && create.id) {
        EditDrawing rest{*create.id};
        rest.points.push_back({kMaxPoints, {deltas.begin() + kMaxPoints, deltas.end()}});
        out.push_back(pdu_of(rest));
    }
    return out;
}

}  // namespace

std::vector<SiPdu> to_pdus(const Operation& operation, const Extensions& extensions) {
    using Pdus = std::vector<SiPdu>;
    return std::visit(overloaded{[&](const CreateDrawing& create) { return pdus_of_drawing(create); },
                                 [&](const CreateText& create) { return pdus_of_text(create, extensions); },
                                 [&](const EditText& edit) { return pdus_of_text(edit, extensions); },
                                 [&](const DeleteObject& gone) {
                                     if (gone.kind == ObjectKind::text) return pdus_of_text(gone, extensions);
                                     if (gone.kind == ObjectKind::picture)
                                         return Pdus{BitmapDeletePdu{gone.id, std::nullopt}};
                                     return Pdus{DrawingDeletePdu{gone.id, std::nullopt}};
                                 },
                                 [&](const DeletePage& gone) {
                                     WorkspaceDeletePdu pdu;
                                     pdu.workspace = gone.page;
                                     if (gone.for_lack_of_storage) pdu.reason = InsufficientStorage{};
                                     return Pdus{std::move(pdu)};
                                 },
                                 [&](const PageReady& ready) {
                                     return Pdus{WorkspaceReadyPdu{WorkspaceIdentifier(ready.page), std::nullopt}};
                                 },
                                 [&](const AbortPicture& abort) {
                                     return Pdus{BitmapAbortPdu{abort.id, abort.who, std::nullopt, std::nullopt}};
                                 },
                                 [&](const auto& other) { return Pdus{pdu_of(other)}; }},
                      operation);
}

std::optional<Operation> to_operation(const SiPdu& pdu, const Extensions& extensions) {
    using Found = std::optional<Operation>;
    return std::visit(overloaded{[](const WorkspaceCreatePdu& each) { return operation_of(each); },
                                 [](const WorkspaceEditPdu& each) { return operation_of(each); },
                                 [](const WorkspaceDeletePdu& each) -> Found {
                                     const auto* page = std::get_if<Handle>(&each.workspace);
                                     if (page == nullptr) return std::nullopt;
                                     return DeletePage{*page, std::holds_alternative<InsufficientStorage>(each.reason)};
                                 },
                                 [](const WorkspaceReadyPdu& each) -> Found {
                                     const auto* page = std::get_if<Handle>(&each.workspace);
                                     if (page == nullptr) return std::nullopt;
                                     return PageReady{*page};
                                 },
                                 [](const DrawingCreatePdu& each) { return operation_of(each); },
                                 [](const DrawingEditPdu& each) { return operation_of(each); },
                                 [](const DrawingDeletePdu& each) -> Found {
                                     return DeleteObject{each.handle, ObjectKind::drawing};
                                 },
                                 [](const BitmapCreatePdu& each) { return operation_of(each); },
                                 [](const BitmapCreateContinuePdu& each) { return operation_of(each); },
                                 [](const BitmapEditPdu& each) { return operation_of(each); },
                                 [](const BitmapDeletePdu& each) -> Found {
                                     return DeleteObject{each.handle, ObjectKind::picture};
                                 },
                                 [](const BitmapAbortPdu& each) -> Found {
                                     return AbortPicture{each.handle, each.user};
                                 },
                                 [&](const NonStandardPdu& each) -> Found {
                                     return extensions.decode ? extensions.decode(each.transaction) : std::nullopt;
                                 },
                                 [](const auto&) -> Found { return std::nullopt; }},
                      pdu);
}

NonStandardParameter own_number(std::string_view name, std::uint64_t value, unsigned octets) {
    return {NonStandardIdentifier{gcc::h221_key(to_bytes(name))}, OctetWriter().number(value, octets).take()};
}

std::optional<std::uint64_t> find_own_number(const std::optional<NonStandardParameters>& list, std::string_view name) {
    if (!list) return std::nullopt;
    NonStandardIdentifier wanted{gcc::h221_key(to_bytes(name))};
    for (const auto& each : *list) {
        if (!(each.identifier == wanted) || each.data.empty() || each.data.size() > 8) continue;
        return OctetReader(each.data).number(static_cast<unsigned>(each.data.size()));
    }
    return std::nullopt;
}

}  // namespace convene::whiteboard
