// Bounds and relations of measures that the declarations alone give to the sweep.
#include <algorithm>

#include "solver/checks/sweep.h"

namespace cotejo::checks {

using rules::Op;

namespace {

constexpr int kMaxDepth = 8;  // of qualifications that feed one another

using rules::LowerBound;

std::optional<LowerBound> Least(const rules::Ruleset& rules, rules::FactKindId kind,
                                rules::FieldId field, int depth);

std::optional<LowerBound> LeastGiven(const rules::Ruleset& rules, const rules::Qualification& by,
                                     rules::ExprId value, int depth) {
  const rules::Expr& expr = rules.expr(value);
  if (expr.op == Op::Literal) return LowerBound{expr.literal, false};
  if (by.subject.window != rules::Window::Fact) return std::nullopt;
  if (expr.op == Op::Field) {
    return Least(rules, by.subject.kind, rules::FieldId(expr.ref), depth + 1);
  }
  return rules::LeastWhere(rules, by.subject, by.guard, value);
}

bool Below(const LowerBound& a, const LowerBound& b) {
  return a.value < b.value || (a.value == b.value && !a.open && b.open);
}

std::optional<LowerBound> Least(const rules::Ruleset& rules, rules::FactKindId kind_id,
                                rules::FieldId field, int depth) {
  const rules::FactKind& kind = rules.kind(kind_id);
  if (depth > kMaxDepth || field.index() >= kind.fields.size()) return std::nullopt;
  std::optional<LowerBound> least;
  if (!kind.derived) {
    if (!kind.fields[field.index()].low) return std::nullopt;
    least = {*kind.fields[field.index()].low, false};
  }
  for (const rules::Qualification& by : rules.qualifications) {
    if (by.target != kind_id) continue;
    std::optional<LowerBound> given;
    for (const rules::FieldValue& value : by.fields) {
      if (value.field == field) given = LeastGiven(rules, by, value.value, depth);
    }
    if (!given) return std::nullopt;
    if (!least || Below(*given, *least)) least = given;
  }
  return least;
}

}  // namespace

std::optional<LowerBound> LeastField(const rules::Ruleset& rules, rules::FactKindId kind,
                                     rules::FieldId field) {
  return Least(rules, kind, field, 0);
}

std::vector<RunInSum> RunsInSums(const rules::Ruleset& rules, const std::set<std::string>& terms) {
  std::vector<RunInSum> relations;
  if (terms.size() < 2) return relations;
  std::vector<const rules::Measure*> sums;
  for (const rules::Measure& sum : rules.measures) {
    const bool plain = sum.aggregate == rules::Aggregate::Sum && !sum.filter.valid();
    if (plain && terms.contains(sum.name)) sums.push_back(&sum);
  }
  if (sums.empty()) return relations;
  for (const rules::Measure& run : rules.measures) {
    if (run.aggregate != rules::Aggregate::Run || run.filter.valid()) continue;
    if (!terms.contains(run.name)) continue;
    const rules::Expr& value = rules.expr(run.value);
    if (value.op != Op::Field) continue;
    const auto least = LeastField(rules, run.kind, rules::FieldId(value.ref));
    if (!least || least->value < Rational(0)) continue;
    for (const rules::Measure* sum : sums) {
      if (sum->kind != run.kind || sum->window != run.window) continue;
      const rules::Expr& summed = rules.expr(sum->value);
      if (summed.op != Op::Field || summed.ref != value.ref) continue;
      relations.push_back({run.name, sum->name, run.at_least});
    }
  }
  return relations;
}

std::vector<encoding::TermDomain> DomainsOf(const rules::Ruleset& rules, const Sweep& sweep) {
  std::vector<encoding::TermDomain> domains;
  for (const Dimension& dimension : sweep.dimensions) {
    encoding::TermDomain domain;
    domain.term = dimension.term;
    domain.kind = dimension.kind;
    if (dimension.kind == rules::Atom::Kind::Interval) {
      domain.step = dimension.step;
      const auto first = std::find_if(dimension.cells.begin(), dimension.cells.end(),
                                      [](const Elementary& cell) { return !cell.absent; });
      if (first != dimension.cells.end()) domain.low = first->low;
      if (!dimension.cells.empty()) domain.high = dimension.cells.back().high;
    } else if (dimension.kind == rules::Atom::Kind::Values) {
      const auto& type = rules.expr(dimension.expr).type;
      domain.values = static_cast<int>(rules.enumerations[type.enumeration.index()].values.size());
    }
    domains.push_back(std::move(domain));
  }
  return domains;
}

bool Possible(const std::vector<RunInSum>& relations, const std::vector<rules::Atom>& atoms) {
  const auto find = [&](const std::string& term) -> const rules::Atom* {
    for (const rules::Atom& atom : atoms) {
      if (atom.term == term && atom.kind == rules::Atom::Kind::Interval) return &atom;
    }
    return nullptr;
  };
  return std::none_of(relations.begin(), relations.end(), [&](const RunInSum& relation) {
    const rules::Atom* run = find(relation.run);
    const rules::Atom* sum = find(relation.sum);
    if (run == nullptr || sum == nullptr || !run->low || !sum->high) return false;
    const Rational days = run->low_open ? run->low->floor() + 1 : run->low->ceil();
    const Rational least = days * relation.at_least;
    return least > *sum->high || (least == *sum->high && sum->high_open);
  });
}

}  // namespace cotejo::checks
