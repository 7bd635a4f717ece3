// A cell of a list of people: what it may say, and how it is written back.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "scenarios/population/staff_list.h"

namespace cotejo::population {

inline constexpr const char* kNoneWord = "ninguno";

// One of: a value; the person has none; a fault. None of them: an empty cell.
struct ListCell {
  std::optional<AttributeValue> value;
  bool none = false;
  const char* code = "";
  std::string shown;  // what the fault is of, to be written before it
  base::Text fault;
  base::Text hint;
};

// Dates are 2021-03-31 or 31/03/2021, and none later than `today`; numbers have a point or a comma
// before their decimals; names go with or without accents and capitals.
ListCell ReadListCell(const ListField& field, const std::string& text, base::Date today);

// What is wrong with a value and that of the field beside it, in `fault` and `hint`; nothing when
// they agree.
ListCell Disagreement(const ListField& field, const AttributeValue& value,
                      const AttributeValue& beside);

// What ReadListCell reads back to the same value.
std::string WriteListCell(const AttributeValue& value);

// "Fecha de Ingreso" and "fecha_de_ingreso" are one: no accents, capitals or punctuation.
std::string PlainName(std::string_view name);

// PlainDocument, without the zeros with which machines pad one that is a number.
std::string UnpaddedDocument(std::string_view document);

// What is left of a document that a spreadsheet took for a quantity: too few digits (1,23E+06), or
// decimals that it never had (1234567.00).
bool IsScientific(std::string_view document);
bool HasDecimals(std::string_view document);

// "did you mean …?", or nothing.
base::Text Nearest(const std::string& name, const std::vector<std::string>& known);

}  // namespace cotejo::population
