// Which facts of a kind a declaration judges, as far as its condition fixes their fields.
#pragma once

#include <map>
#include <set>

#include "model/rules/ruleset.h"

namespace cotejo::citations {

struct FactsJudged {
  rules::FactKindId kind;
  // Values a field of an enumeration may have; a field that is not here may have any.
  std::map<rules::FieldId, std::set<std::int64_t>> allowed;
};

FactsJudged JudgedBy(const rules::Ruleset& rules, rules::FactKindId kind, rules::ExprId guard);

// Whether a fact of this qualification can be one of those; a field that is not a constant
// may have any value.
bool MayProduce(const rules::Ruleset& rules, const rules::Qualification& qualification,
                const FactsJudged& judged);

}  // namespace cotejo::citations
