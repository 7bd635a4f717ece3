#include "model/evaluation/history.h"

#include <algorithm>

#include "model/evaluation/world.h"

namespace cotejo::evaluation {

Value AttributeOn(const rules::Ruleset& rules, const History& history, rules::AttributeId attribute,
                  Date date) {
  const Value absent{Rational(0), true};
  const Value initial = rules.attribute(attribute).initial.value_or(absent);
  if (attribute.index() >= history.attributes.size()) {
    return initial;
  }
  const std::vector<DatedAttribute>& dated = history.attributes[attribute.index()];
  for (auto value = dated.rbegin(); value != dated.rend(); ++value) {
    if (!value->from || *value->from <= date) return value->value;
  }
  return initial;
}

std::optional<Date> ExtinctionOf(const rules::Ruleset& rules, const History& history) {
  std::optional<Date> last;
  for (const Fact& fact : history.facts) {
    if (rules.kind(fact.kind).extinctive) last = std::min(last.value_or(fact.date), fact.date);
  }
  return last;
}

std::optional<Date> BeginningOn(const rules::Ruleset& rules, const History& history, Date date) {
  if (!rules.constitutive.valid()) return std::nullopt;
  const Value value = AttributeOn(rules, history, rules.constitutive, date);
  if (value.absent) return std::nullopt;
  return Date(static_cast<std::int32_t>(value.number.floor()));
}

int ScheduleOn(const rules::Ruleset& rules, const History& history, Date date) {
  return World(rules, history).ScheduleOn(date);
}

std::string HolidayScope(const rules::Ruleset& rules, const History& history, Date date) {
  const std::string national = "nacional";
  if (!rules.holiday_scope.valid()) {
    return national;
  }
  const Value value = AttributeOn(rules, history, rules.holiday_scope, date);
  if (value.absent) {
    return national;
  }
  const rules::EnumId enumeration = rules.attribute(rules.holiday_scope).type.enumeration;
  const auto index = static_cast<std::size_t>(value.number.floor());
  return rules.enumerations[enumeration.index()].values[index];
}

bool InForce(const rules::Ruleset& rules, rules::NormId norm, std::optional<Date> from,
             std::optional<Date> to, Date date) {
  return rules::InForceOf(rules, norm, from, to).Hold(date);
}

namespace {

std::pair<Date, Date> CaseHorizon(const rules::Ruleset& rules, const rules::Case& example) {
  std::optional<int> first;
  std::optional<int> last;
  const auto widen = [&](Date date) {
    first = std::min(first.value_or(date.year()), date.year());
    last = std::max(last.value_or(date.year()), date.year());
  };
  for (const rules::GivenFact& fact : example.facts) {
    widen(fact.date);
  }
  for (const rules::GivenAttribute& given : example.attributes) {
    if (!first && given.from) {
      widen(*given.from);
    }
  }
  // Without any date: the first gestión whose holidays are known.
  if (!first && !rules.calendar.years().empty()) {
    widen(Date(*rules.calendar.years().begin(), 1, 1));
  }
  const int year = first.value_or(Date().year());
  return {Date(year, 1, 1), Date(last.value_or(year), 12, 31)};
}

}  // namespace

History CaseHistory(const rules::Ruleset& rules, const rules::Case& example) {
  History history;
  history.person = "caso «" + example.name + "»";
  std::tie(history.from, history.to) = CaseHorizon(rules, example);
  history.attributes.resize(rules.attributes.size());
  for (const rules::GivenAttribute& given : example.attributes) {
    history.attributes[given.attribute.index()].push_back({given.from, given.value});
  }
  for (std::vector<DatedAttribute>& dated : history.attributes) {
    // An absent date sorts first: since always.
    std::stable_sort(
        dated.begin(), dated.end(),
        [](const DatedAttribute& a, const DatedAttribute& b) { return a.from < b.from; });
  }
  for (const rules::GivenFact& given : example.facts) {
    const rules::FactKind& kind = rules.kind(given.kind);
    Fact fact;
    fact.kind = given.kind;
    fact.date = given.date;
    const bool in_shift = kind.placement == rules::Placement::Shift;
    fact.shift = in_shift ? std::max(given.shift, 1) : 0;
    for (const rules::Field& field : kind.fields) {
      fact.fields.push_back(field.initial.value_or(Value{Rational(0), true}));
    }
    for (const auto& [field, value] : given.fields) {
      fact.fields[field.index()] = value;
    }
    history.facts.push_back(std::move(fact));
  }
  SortFacts(history);
  return history;
}

void SortFacts(History& history) {
  std::stable_sort(history.facts.begin(), history.facts.end(), [](const Fact& a, const Fact& b) {
    return std::pair(a.date, a.shift) < std::pair(b.date, b.shift);
  });
}

}  // namespace cotejo::evaluation
