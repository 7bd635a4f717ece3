// A text made ready to be searched, and every history of a small space tried one by one.
#pragma once

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "solver/checks/escapes.h"
#include "solver/checks/most.h"
#include "tests/checks/text_rules.h"

namespace cotejo::checks {

using base::Rational;

struct Prepared {
  std::unique_ptr<TextRules> text;
  CheckOptions options;
  std::unique_ptr<CheckInput> input;
  std::unique_ptr<CheckContext> context;

  [[nodiscard]] const rules::Ruleset& rules() const { return *text->rules; }
};

inline std::unique_ptr<Prepared> Prepare(const std::string& norma) {
  auto prepared = std::make_unique<Prepared>();
  prepared->text = ReadRules(norma);
  if (!prepared->text->rules) return nullptr;
  prepared->input = std::make_unique<CheckInput>(
      CheckInput{prepared->rules(), prepared->text->families, nullptr, nullptr, nullptr});
  prepared->context = std::make_unique<CheckContext>(CheckContext{
      *prepared->input, prepared->rules(), prepared->text->families, prepared->options, 2025});
  return prepared;
}

inline Goal GoalOf(const Prepared& prepared, const std::vector<std::string>& names) {
  Goal goal;
  for (const std::string& name : names) {
    goal.measures.push_back(prepared.rules().FindMeasure(name));
  }
  return goal;
}

// Ways to spend one shift, the first of them without facts.
inline std::vector<std::vector<evaluation::Fact>> WaysOf(const rules::Ruleset& rules,
                                                         const std::vector<std::string>& kinds,
                                                         base::Date date, int shift) {
  std::vector<std::vector<evaluation::Fact>> ways{{}};
  for (const std::string& name : kinds) {
    const rules::FactKindId id = rules.FindFactKind(name);
    const rules::Field& field = rules.kind(id).fields[0];
    for (Rational value = *field.low; value <= *field.high; value += field.step) {
      ways.push_back({{id, date, shift, {{value, false}}}});
    }
  }
  return ways;
}

// The goal's amount, counted here again: sums and counts of a kind, or the longest run.
inline Rational AmountIn(const rules::Ruleset& rules, const Goal& goal,
                         const evaluation::Result& result, const std::vector<base::Date>& working) {
  std::map<base::Date, Rational> days;
  Rational total = 0;
  const rules::Measure& sort = rules.measure(goal.measures[0]);
  for (rules::MeasureId id : goal.measures) {
    const rules::Measure& measure = rules.measure(id);
    for (const auto& evaluated : result.facts) {
      if (evaluated.fact.kind != measure.kind) continue;
      const bool count = measure.aggregate == rules::Aggregate::Count;
      const Rational share = count ? Rational(1) : evaluated.fact.fields[0].number;
      total += share;
      days[evaluated.fact.date] += share;
    }
  }
  if (sort.aggregate != rules::Aggregate::Run) return total;
  std::int64_t run = 0;
  std::int64_t longest = 0;
  for (base::Date day : working) {
    run = days[day] >= sort.at_least ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return longest;
}

struct All {
  std::optional<Rational> most, least;
  std::size_t most_facts = 0, least_facts = 0;  // the fewest with that amount
  int histories = 0;
};

inline All TryAll(const Prepared& prepared, const std::vector<std::string>& kinds, const Goal& goal,
                  Reach reach, const Span& span) {
  const rules::Ruleset& rules = prepared.rules();
  const std::vector<base::Date> working =
      rules.calendar.WorkingDays(span.from, span.to, "nacional");
  std::vector<std::vector<std::vector<evaluation::Fact>>> slots;
  for (base::Date day : span.days) {
    for (std::size_t s = 1; s <= rules.schedules.front().shifts.size(); ++s)
      slots.push_back(WaysOf(rules, kinds, day, static_cast<int>(s)));
  }
  All all;
  std::vector<std::size_t> chosen(slots.size(), 0);
  while (true) {
    evaluation::History history;
    history.person = "todas";
    history.from = span.from;
    history.to = span.to;
    history.attributes.resize(rules.attributes.size());
    for (std::size_t s = 0; s < slots.size(); ++s) {
      const auto& way = slots[s][chosen[s]];
      history.facts.insert(history.facts.end(), way.begin(), way.end());
    }
    const auto result = evaluation::Evaluate(rules, prepared.text->families, history);
    const Rational amount = AmountIn(rules, goal, result, working);
    const bool follows = Follows(rules, result, reach, false);
    const auto take = [&](std::optional<Rational>& best, std::size_t& facts, bool better) {
      const std::size_t count = history.facts.size();
      if (!best || better || (amount == *best && count < facts)) facts = count;
      if (!best || better) best = amount;
    };
    if (follows) {
      take(all.least, all.least_facts, all.least && amount < *all.least);
    } else {
      take(all.most, all.most_facts, all.most && amount > *all.most);
    }
    ++all.histories;
    std::size_t s = 0;
    for (; s < slots.size() && ++chosen[s] == slots[s].size(); ++s) chosen[s] = 0;
    if (s == slots.size()) return all;
  }
}

}  // namespace cotejo::checks
