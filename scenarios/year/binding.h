// The names of a population looked up in one regulation: kinds, fields, attributes, values.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "model/rules/ruleset.h"
#include "scenarios/population/population.h"

namespace cotejo::year {

// What can happen to a person; the order is that of facts on one day and shift.
enum class Happening : std::uint8_t {
  Vacation,
  Conduct,
  Arrival,
  Omission,
  Absence,
  PostAbsence,
  Occurrence,  // of Population::occurrences
  Return,      // the first working day after one
};
// Those with a kind and fields of their own; the last two have those of their occurrence.
inline constexpr std::size_t kHappenings = 6;

struct KindBinding {
  rules::FactKindId kind;
  rules::FieldId amount;  // time of arrival, days, or clause; may be invalid
  rules::FieldId flag;    // justified or regularised; may be invalid
};

// Of an absence from one of so many shifts: an even part of the day, or what of it the vocabulary
// lets the field say.
base::Rational DaysOfShift(const rules::Field& days, std::size_t shifts);

struct OccurrenceBinding {
  using Given = std::pair<rules::FieldId, rules::Value>;
  rules::FactKindId kind;
  rules::FieldId counted;                    // may be invalid
  std::vector<std::vector<Given>> variants;  // by variant
  rules::FactKindId back;                    // may be invalid
  std::vector<Given> back_fields;
  std::vector<std::pair<rules::AttributeId, rules::Value>> only;
};

// The fact that somebody left, and its fields by how.
struct SeparationBinding {
  rules::FactKindId kind;  // invalid without turnover
  rules::FieldId left;     // vacation not used, in days
  std::vector<std::vector<std::vector<OccurrenceBinding::Given>>> departures;  // by group
  std::vector<OccurrenceBinding::Given> destitution, retirement;
};

// The fact that says what vacation is left when the year closes.
struct BalanceBinding {
  rules::FactKindId kind;  // invalid when the regulation does not declare it
  rules::FieldId days;
  std::vector<std::pair<std::size_t, std::size_t>> given_by;  // rules and consequences it adds up
};

// A column of the staff in one regulation.
struct BoundColumn {
  rules::AttributeId attribute;
  std::vector<rules::Value> values;  // as Column::values
};

struct Binding {
  std::array<KindBinding, kHappenings> kinds;  // by Happening
  std::vector<int> clauses;                    // by ConductRate: value of the enumeration
  std::vector<OccurrenceBinding> occurrences;  // by Population::occurrences
  const population::Staff* staff = nullptr;    // outlives it
  std::vector<BoundColumn> columns;            // as Staff::columns
  std::vector<std::int32_t> column_of;         // by attribute: into columns; -1: none gives it
  rules::AttributeId hired;  // what a newcomer has of their own; invalid without turnover
  SeparationBinding separation;
  BalanceBinding balance;
  int day_pay = -1;         // definition
  rules::ParameterId meal;  // Bs a day
  rules::FactKindId series_kind;
  rules::FieldId series_field;

  [[nodiscard]] const KindBinding& of(Happening what) const {
    return kinds[static_cast<std::size_t>(what)];
  }
};

// What the population gives of a person; nothing when it does not.
std::optional<rules::Value> Given(const Binding& binding, std::size_t person,
                                  rules::AttributeId attribute);
// That, or else the attribute's initial value.
rules::Value ValueOf(const rules::Ruleset& rules, const Binding& binding, std::size_t person,
                     rules::AttributeId attribute);

// Every name that is not in the regulation is a diagnostic that names the nearest one.
// `rights`: also demand that some rule grants each entitlement the population names.
std::optional<Binding> Bind(const rules::Ruleset& rules, const population::Population& population,
                            bool rights, base::Diagnostics& diagnostics);

}  // namespace cotejo::year
