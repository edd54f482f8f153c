/// The results in the forms that people and programs read.
#pragma once

#include <string>

#include "bench/peers/results.hpp"

namespace convene::bench::peers {

/// Tables with a sentence before each, as Markdown.
std::string text_of(const Results& results);
std::string json_of(const Results& results);
/// A chart of deliveries per CPU second beside the bare relay's; empty when there is nothing to compare.
std::string svg_of(const Results& results);

/// Puts `text` between the markers of a document, in place of what is there. False, with a message, when it cannot.
bool put_into_document(const std::string& file, const std::string& text);

}  // namespace convene::bench::peers
