#include "model/evaluation/periodic.h"

#include <algorithm>
#include <set>

namespace cotejo::evaluation {

using rules::FactKind;
using rules::Periodicity;

namespace {

std::set<Date> Anniversaries(const rules::Ruleset& rules, const FactKind& kind,
                             const History& history, Date last) {
  std::vector<Value> origins;
  if (kind.periodic_from.index() < history.attributes.size()) {
    for (const DatedAttribute& dated : history.attributes[kind.periodic_from.index()]) {
      origins.push_back(dated.value);
    }
  }
  origins.push_back(rules.attribute(kind.periodic_from).initial.value_or(Value{{}, true}));
  std::set<Date> dates;
  for (const Value& origin : origins) {
    if (origin.absent) {
      continue;
    }
    const Date from(static_cast<std::int32_t>(origin.number.floor()));
    // The added days may carry a date across the year's end, hence the year before.
    const int first =
        std::max(1, history.from.year() - from.year() - 1 - kind.periodic_plus_days / 365);
    for (int years = first;; ++years) {
      const Date date = from.plus_years(years).plus_days(kind.periodic_plus_days);
      if (date > last) {
        break;
      }
      // The origin must still be the person's on that day: it may have been replaced.
      if (date >= history.from && AttributeOn(rules, history, kind.periodic_from, date) == origin) {
        dates.insert(date);
      }
    }
  }
  return dates;
}

std::set<Date> Ends(Periodicity periodicity, const History& history, Date last) {
  std::set<Date> dates;
  for (Date date = history.from.last_of_month(); date <= last;
       date = date.plus_days(1).last_of_month()) {
    if (periodicity == Periodicity::EachMonth || date.month() == 12) {
      dates.insert(date);
    }
  }
  return dates;
}

}  // namespace

std::vector<Fact> PeriodicFacts(const rules::Ruleset& rules, const History& history,
                                const std::vector<bool>* of) {
  std::vector<Fact> facts;
  const std::optional<Date> extinction = ExtinctionOf(rules, history);
  const Date last = std::min(extinction.value_or(history.to), history.to);
  for (std::size_t i = 0; i < rules.fact_kinds.size(); ++i) {
    const FactKind& kind = rules.fact_kinds[i];
    if (kind.periodicity == Periodicity::None || (of != nullptr && !(*of)[i])) {
      continue;
    }
    const rules::FactKindId id(static_cast<std::int64_t>(i));
    std::set<Date> dates = kind.periodicity == Periodicity::YearlyFromAttribute
                               ? Anniversaries(rules, kind, history, last)
                               : Ends(kind.periodicity, history, last);
    // The month in course is closed when the relation ends.
    if (kind.periodicity == Periodicity::EachMonth && extinction == last) dates.insert(last);
    for (Date date : dates) {
      // Nothing comes round for who has not entered yet.
      if (BeginningOn(rules, history, date).value_or(date) > date) {
        continue;
      }
      const bool given = std::any_of(history.facts.begin(), history.facts.end(),
                                     [&](const Fact& f) { return f.kind == id && f.date == date; });
      if (given) {
        continue;
      }
      Fact fact;
      fact.kind = id;
      fact.date = date;
      for (const rules::Field& field : kind.fields) {
        fact.fields.push_back(field.initial.value_or(Value{Rational(0), true}));
      }
      facts.push_back(std::move(fact));
    }
  }
  return facts;
}

}  // namespace cotejo::evaluation
