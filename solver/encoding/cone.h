// What a family's questions depend on: the kinds, qualifications, measures and attributes
// that can change whether one of its rules applies.
#pragma once

#include <set>
#include <vector>

#include "model/rules/families.h"
#include "model/rules/ruleset.h"

namespace cotejo::encoding {

struct Cone {
  std::vector<bool> kinds;           // by FactKindId
  std::vector<bool> qualifications;  // by QualificationId
  std::vector<bool> attributes;      // by AttributeId
  std::vector<bool> measures;        // by MeasureId
  std::vector<bool> rules;           // by RuleId: the family's, with earlier rows of `primera`
  std::vector<bool> near_kinds;      // those that can become the root's own kind
  bool scope_in_rules = false;       // the holiday scope attribute is looked at by a rule
  rules::Window widest = rules::Window::Fact;  // of any measure or subject
  bool sanctions = false;                      // needs the sanctions that stand
  std::set<rules::Subject> judged;             // roots whose applications are asked about
};

Cone ConeOf(const rules::Ruleset& rules, const rules::Family& family);

// Whether what a person is on one day may count on another: a measure or a qualification looks at
// it, in a window. Dates apart, and the scope of the holidays.
bool AttributesMayChange(const rules::Ruleset& rules, const Cone& cone);

// Adds another family to the questions; the near kinds stay those of the first.
void Join(Cone& cone, const Cone& other);

// The steps of evaluation that the questions depend on.
std::vector<rules::Step> StepsOf(const rules::Ruleset& rules, const Cone& cone);

// Adds everything an expression reads.
void AddExpr(const rules::Ruleset& rules, rules::ExprId id, Cone& cone);

}  // namespace cotejo::encoding
