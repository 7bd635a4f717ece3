// A person of a population as a history without facts.
#pragma once

#include "model/evaluation/history.h"
#include "scenarios/year/binding.h"

namespace cotejo::backtest {

inline evaluation::History PersonOf(const rules::Ruleset& rules, const year::Binding& binding,
                                    std::size_t person, base::Date from, base::Date to) {
  evaluation::History history;
  history.from = from;
  history.to = to;
  history.attributes.resize(rules.attributes.size());
  for (std::size_t a = 0; a < history.attributes.size(); ++a) {
    const auto given = year::Given(binding, person, rules::AttributeId(static_cast<int>(a)));
    if (given) history.attributes[a].push_back({std::nullopt, *given});
  }
  return history;
}

// Something of a shift of theirs that nobody justified, with its amount: an hour, or days.
inline evaluation::Fact FactOf(const rules::Ruleset& rules, const year::KindBinding& bound,
                               base::Date date, std::int32_t shift, const rules::Value& amount) {
  evaluation::Fact fact;
  fact.kind = bound.kind;
  fact.date = date;
  fact.shift = shift;
  for (const rules::Field& field : rules.kind(bound.kind).fields)
    fact.fields.push_back(field.initial.value_or(rules::Value{{}, true}));
  if (bound.flag.valid()) fact.fields[bound.flag.index()] = {0, false};
  if (bound.amount.valid() && !amount.absent) fact.fields[bound.amount.index()] = amount;
  return fact;
}

}  // namespace cotejo::backtest
