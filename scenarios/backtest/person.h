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

}  // namespace cotejo::backtest
