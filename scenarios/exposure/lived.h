// A staff-year as an engine judged it, in the terms in which findings are looked for: the same
// for a year of the simulator and for a history of the interpreter.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "model/evaluation/evaluate.h"
#include "model/rules/ruleset.h"
#include "scenarios/year/setting.h"

namespace cotejo::exposure {

// One rule that applied.
struct LivedRule {
  rules::RuleId rule;
  base::Date date;   // of the fact it judged, or the window's last day
  int subject = -1;  // what it judged: equal numbers are the same thing
  bool stands = true;
  std::vector<base::Rational> quantities;  // one for each consequence
  std::vector<int> facts;                  // of the history, that what it judged rests on; sorted
};

// A case of which nothing says what a scale was to say.
struct LivedGap {
  rules::ScaleId scale;
  std::map<std::string, base::Rational> terms;  // by their text; those without a value left out
};

struct Lived {
  std::vector<LivedRule> rules;
  std::vector<std::pair<std::size_t, std::size_t>> conflicts;  // positions in `rules`
  std::vector<LivedGap> gaps;
  std::vector<bool> kinds =
      {};  // by kind of fact: there was one, whether it happened or was derived
};

// What the rows of each complete family look at: expressions by their text, by root. Rows that
// judge what the root was derived into are left out.
using Terms = std::map<rules::Subject, std::map<std::string, rules::ExprId>>;
Terms TermsOf(const rules::Families& families);

Lived FromInterpreter(const rules::Ruleset& rules, const Terms& terms,
                      const evaluation::History& history, const evaluation::Result& result);

// Of the year that the evaluator has run; `wanted`: the rules that are looked at, the others are
// left out.
Lived FromSimulator(const year::Plan& plan, const year::YearDays& days, const Terms& terms,
                    const std::vector<bool>& wanted, year::Evaluator& evaluator);

}  // namespace cotejo::exposure
