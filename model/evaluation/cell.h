// One typed value as a CSV cell, both ways.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/evaluation/history.h"

namespace cotejo::evaluation {

// What ParseCell reads back to the same value; empty for an absent one.
std::string FormatCell(const rules::Ruleset& rules, const rules::Type& type, const Value& value);

// Nothing when the text is not a value of the type; exactly as written, nothing is guessed.
std::optional<Rational> ParseCell(const rules::Ruleset& rules, const rules::Type& type,
                                  std::string_view text);

// How a value of the type is written, for a message: "HH:MM o HH:MM:SS".
base::Text CellSyntax(const rules::Ruleset& rules, const rules::Type& type);

}  // namespace cotejo::evaluation
