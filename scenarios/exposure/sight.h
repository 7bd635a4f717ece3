// What a staff-year must show for a finding to be met in it.
#pragma once

#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "model/base/finding.h"
#include "scenarios/exposure/lived.h"

namespace cotejo::exposure {

using RuleSet = std::set<rules::RuleId>;

// A rule of each side applies, bound in some way.
struct Meeting {
  enum class Bond {
    Conflict,  // to one thing, and nothing decides between them
    Prevails,  // to one thing: the first stands and the second yields
    OneFact,   // both stand, on things that rest on one fact
  };
  Bond bond = Bond::Conflict;
  std::vector<std::pair<RuleSet, RuleSet>> sides;
};

// All of them apply to one thing.
struct Together {
  RuleSet rules;
};

// One of them stands, and nothing orders a process for the same thing.
struct Unprocessed {
  RuleSet rules, processes;
};

// The cap applies to a period in which the deductions that stand are these: one of a rule, or
// several of just these articles.
struct Excess {
  rules::RuleId cap;
  RuleSet deductions;  // all there are
  rules::RuleId alone;
  std::set<base::Citation> articles;  // cut down to the article; empty with `alone`
};

// A grant of what is had by steps, of something between two of them.
struct Misfit {
  rules::RuleId rule;
  std::size_t consequence = 0;
  base::Rational step;
};

// A case of which nothing says what these scales were to say, between the same rows as another.
struct Uncovered {
  std::vector<rules::ScaleId> scales;
  std::vector<std::pair<rules::Atom, bool>> atoms;  // of the rows, and whether they hold
};

// A term begins: there is a fact of one of the kinds, or one of the rules applies.
struct Begun {
  std::set<rules::FactKindId> kinds;
  RuleSet rules;
  [[nodiscard]] bool empty() const { return kinds.empty() && rules.empty(); }
};

// All that a history receives: each rule standing as many times at least, and each gap.
struct Answers {
  std::multiset<rules::RuleId> rules;
  std::vector<Uncovered> gaps;
};

using Sight =
    std::variant<Meeting, Together, Unprocessed, Excess, Misfit, Uncovered, Begun, Answers>;

// Whether the terms are what an atom asks; a term without a value is not.
bool Holds(const rules::Atom& atom, const std::map<std::string, base::Rational>& terms);

bool Met(const Sight& sight, const rules::Ruleset& rules, const Lived& lived);

// The deductions that stand in the period of the cap that ends on that day.
std::vector<rules::RuleId> DeductedBy(const Excess& sight, const rules::Ruleset& rules,
                                      const Lived& lived, base::Date end);

// The rules whose applications it looks at.
RuleSet LookedAt(const Sight& sight);

// The articles of some rules, cut down to the article: RIP:46.IV.3 is RIP:46.
std::set<base::Citation> ArticlesOf(const rules::Ruleset& rules,
                                    const std::vector<rules::RuleId>& some);

}  // namespace cotejo::exposure
