// A history: one person over a horizon, with dated attributes and the facts that happened.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/rules/ruleset.h"

namespace cotejo::evaluation {

using base::Date;
using base::Rational;
using rules::Value;

struct Fact {
  rules::FactKindId kind;
  Date date;
  int shift = 0;              // from 1; 0 when the kind is placed in the day
  std::vector<Value> fields;  // one for each field of the kind
  int source_row = 0;         // row of the CSV it came from; 0 = none
};

struct DatedAttribute {
  std::optional<Date> from;  // nothing: since always
  Value value;
};

struct History {
  std::string person;
  Date from;  // horizon, both ends included; a window that ends after `to` is still open
  Date to;    // and is not judged
  // attributes[a] by date, ascending; empty: the declared initial value.
  std::vector<std::vector<DatedAttribute>> attributes;
  // Primitive facts (derived kinds are allowed: a hypothesis). In history order: by date,
  // shift, and position in this list.
  std::vector<Fact> facts;
};

// Value of an attribute on a date; absent when neither given nor declared.
Value AttributeOn(const rules::Ruleset& rules, const History& history, rules::AttributeId attribute,
                  Date date);

// The last day of the person's relation with the entity, which is that of the first extinctive
// fact; nothing: it goes on.
std::optional<Date> ExtinctionOf(const rules::Ruleset& rules, const History& history);

// The first day of the relation that a person has on a date; nothing: it is not known.
std::optional<Date> BeginningOn(const rules::Ruleset& rules, const History& history, Date date);

// Validity of a rule, qualification or schedule: its own dates, or else its norm's.
bool InForce(const rules::Ruleset& rules, rules::NormId norm, std::optional<Date> from,
             std::optional<Date> to, Date date);

// Puts the facts in history order.
void SortFacts(History& history);

// The schedule that applies on a date, by index; -1 when none does.
int ScheduleOn(const rules::Ruleset& rules, const History& history, Date date);

// Name of the holiday scope of the person on a date; "nacional" when the ruleset has none.
std::string HolidayScope(const rules::Ruleset& rules, const History& history, Date date);

// Facts CSV and persons CSV → histories by person, in order of name. The format is in
// docs/hechos.md. Every bad row is a diagnostic that names it; nothing is guessed.
// `horizon`: used when given; otherwise from 1 January of the first fact's year to the
// last day of the last fact's year.
std::vector<History> ReadHistories(const rules::Ruleset& rules, base::SourceMap& sources,
                                   const std::string& facts_path, const std::string& persons_path,
                                   std::optional<std::pair<Date, Date>> horizon,
                                   base::Diagnostics& diagnostics);

// The facts CSV (with attribute rows) that ReadHistories reads back to the same history.
std::string WriteHistoryCsv(const rules::Ruleset& rules, const History& history);

// The facts and attributes of a `caso`; the horizon is the gestiones its facts lie in, or
// without facts those of its dated attributes, or the first one with known holidays. A fact
// of a kind placed in a shift that does not say which is put in the first.
History CaseHistory(const rules::Ruleset& rules, const rules::Case& example);

}  // namespace cotejo::evaluation
