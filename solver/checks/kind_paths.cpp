#include "solver/checks/kind_paths.h"

#include <algorithm>

namespace cotejo::checks {

bool Primitive(const rules::FactKind& kind) {
  return !kind.derived && !kind.is_sanction && kind.periodicity == rules::Periodicity::None;
}

std::vector<bool> LeadingTo(const rules::Ruleset& rules, std::vector<bool> kinds) {
  for (bool grown = true; grown;) {
    grown = false;
    for (const rules::Qualification& by : rules.qualifications) {
      if (by.subject.window != rules::Window::Fact) continue;
      if (!kinds[by.target.index()] || kinds[by.subject.kind.index()]) continue;
      kinds[by.subject.kind.index()] = true;
      grown = true;
    }
  }
  return kinds;
}

std::vector<bool> ReachedFrom(const rules::Ruleset& rules, std::vector<bool> kinds) {
  for (bool grown = true; grown;) {
    grown = false;
    for (const rules::Qualification& by : rules.qualifications) {
      if (!kinds[by.subject.kind.index()] || kinds[by.target.index()]) continue;
      kinds[by.target.index()] = true;
      grown = true;
    }
  }
  return kinds;
}

bool Mentions(const rules::Ruleset& rules, rules::ExprId id, rules::Op op) {
  if (!id.valid()) return false;
  const rules::Expr& expr = rules.expr(id);
  return expr.op == op || std::any_of(expr.args.begin(), expr.args.end(),
                                      [&](rules::ExprId a) { return Mentions(rules, a, op); });
}

}  // namespace cotejo::checks
