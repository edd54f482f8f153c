#include "whiteboard/operation.hpp"

#include "base/overloaded.hpp"

namespace convene::whiteboard {

std::optional<ItemId> object_of(const Operation& operation) {
    return std::visit(overloaded{[](const CreatePage&) -> std::optional<ItemId> { return std::nullopt; },
                                 [](const EditPage&) -> std::optional<ItemId> { return std::nullopt; },
                                 [](const DeletePage&) -> std::optional<ItemId> { return std::nullopt; },
                                 [](const PageReady&) -> std::optional<ItemId> { return std::nullopt; },
                                 [](const auto& about) -> std::optional<ItemId> { return about.id; }},
                      operation);
}

std::optional<ItemId> page_of(const Operation& operation) {
    return std::visit(overloaded{[](const CreatePage& create) -> std::optional<ItemId> { return create.page.id; },
                                 [](const EditPage& edit) -> std::optional<ItemId> { return edit.page; },
                                 [](const DeletePage& gone) -> std::optional<ItemId> { return gone.page; },
                                 [](const PageReady& ready) -> std::optional<ItemId> { return ready.page; },
                                 [](const CreateDrawing& create) -> std::optional<ItemId> { return create.page; },
                                 [](const CreatePicture& create) -> std::optional<ItemId> { return create.page; },
                                 [](const CreateText& create) -> std::optional<ItemId> { return create.page; },
                                 [](const auto&) -> std::optional<ItemId> { return std::nullopt; }},
                      operation);
}

bool is_about_page(const Operation& operation) {
    return std::holds_alternative<CreatePage>(operation) || std::holds_alternative<EditPage>(operation) ||
           std::holds_alternative<DeletePage>(operation) || std::holds_alternative<PageReady>(operation);
}

}  // namespace convene::whiteboard
