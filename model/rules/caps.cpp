#include "model/rules/caps.h"

#include <algorithm>

#include "model/rules/families.h"

namespace cotejo::rules {

bool IsCap(const Ruleset& rules, const Rule& rule) {
  const auto& all = rule.consequences;
  const auto prohibits = [](const Consequence& c) {
    return c.kind == ConsequenceKind::Prohibition;
  };
  return rules.kind(rule.subject.kind).is_sanction &&
         std::any_of(all.begin(), all.end(), prohibits) && !OrdersSanction(rule);
}

}  // namespace cotejo::rules
