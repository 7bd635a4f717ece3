// Which of the rules that applied to one thing stand, by the order between norms.
#pragma once

#include <map>
#include <utility>
#include <vector>

#include "model/evaluation/evaluate.h"

namespace cotejo::evaluation {

// Which rules cannot both stand, by what they order: worked out when first asked for, because
// only few rules ever meet.
class Clashes {
 public:
  explicit Clashes(const rules::Ruleset& rules) : rules_(rules) {}
  bool Between(rules::RuleId a, rules::RuleId b);

 private:
  const std::vector<rules::Outcome>& OutcomesOf(rules::RuleId id);

  const rules::Ruleset& rules_;
  std::map<rules::RuleId, std::vector<rules::Outcome>> outcomes_;
  std::map<std::pair<rules::RuleId, rules::RuleId>, bool> known_;
};

// Fills stands, defeated_by, why and conflicts of every application, from scratch. Only a
// rule that itself stands defeats another; where defeats go round in a circle nothing
// decides and all of them stand in conflict.
void SettleConflicts(const rules::Ruleset& rules, const rules::Families& families, Clashes& clashes,
                     const std::vector<EvaluatedFact>& facts, const std::vector<Root>& roots,
                     std::vector<Application>& applications);

}  // namespace cotejo::evaluation
