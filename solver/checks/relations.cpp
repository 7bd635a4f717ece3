// Bounds and relations of measures that the declarations alone give to the sweep.
#include <algorithm>

#include "model/rules/terms.h"
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

namespace {

void AddRunsInSums(const rules::Ruleset& rules, const std::set<std::string>& terms,
                   std::vector<Relation>& relations) {
  std::vector<const rules::Measure*> sums;
  for (const rules::Measure& sum : rules.measures) {
    const bool plain = sum.aggregate == rules::Aggregate::Sum && !sum.filter.valid();
    if (plain && terms.contains(sum.name)) sums.push_back(&sum);
  }
  if (sums.empty()) return;
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
      relations.push_back({run.name, sum->name, run.at_least, 0});
    }
  }
}

bool Plain(const rules::Qualification& by) {
  return by.exceptions.empty() && !by.from_rule.valid() && !by.from && !by.to;
}

const rules::FieldValue* Given(const rules::Qualification& by, rules::FieldId field) {
  const auto given = std::find_if(by.fields.begin(), by.fields.end(),
                                  [&](const auto& value) { return value.field == field; });
  return given == by.fields.end() ? nullptr : &*given;
}

// Whether no other qualification gives facts whose field may equal that of `by`, a literal.
// Histories do not bring such facts either: what the norms give, only the norms give.
bool GivesAlone(const rules::Ruleset& rules, const rules::Qualification& by, rules::FieldId field) {
  const auto literal = [&](const rules::Qualification& from) -> const Rational* {
    const rules::FieldValue* given = Given(from, field);
    const rules::Expr* expr = given == nullptr ? nullptr : &rules.expr(given->value);
    return expr != nullptr && expr->op == Op::Literal ? &expr->literal : nullptr;
  };
  const Rational* own = literal(by);
  const rules::Field& of = rules.kind(by.target).fields[field.index()];
  if (own == nullptr || of.type.base != rules::Base::Enumeration) return false;
  return std::all_of(rules.qualifications.begin(), rules.qualifications.end(),
                     [&](const rules::Qualification& other) {
                       if (&other == &by || other.target != by.target) return true;
                       const Rational* given = literal(other);
                       return given != nullptr && *given != *own;
                     });
}

// The least that a count is where the boxes hold; 1 where it counts the subject itself.
Rational LeastCount(const std::vector<rules::Box>& boxes, const std::string& term) {
  std::optional<Rational> least;
  for (const rules::Box& box : boxes) {
    const auto atom = std::find_if(box.atoms.begin(), box.atoms.end(), [&](const auto& a) {
      return a.kind == rules::Atom::Kind::Interval && a.term == term && a.low;
    });
    Rational low = 1;
    if (atom != box.atoms.end()) {
      low = std::max(
          low, atom->low_open ? Rational(atom->low->floor() + 1) : Rational(atom->low->ceil()));
    }
    least = least ? std::min(*least, low) : low;
  }
  return least.value_or(1);
}

// A subject that qualifies for `by` qualifies for what `count` counts, from the start of its
// window on: the latter is ahead by what it already was the first time.
void AddCountAhead(const rules::Ruleset& rules, const rules::Measure& behind,
                   const std::string& term, const rules::Qualification& by,
                   const std::set<std::string>& terms, std::vector<Relation>& relations) {
  std::optional<std::vector<rules::Box>> when;
  for (const rules::Measure& count : rules.measures) {
    if (count.aggregate != rules::Aggregate::Count || count.filter.valid()) continue;
    if (count.same_field.valid() || count.window < behind.window) continue;
    if (!terms.contains(count.name)) continue;
    for (const rules::Qualification& counted : rules.qualifications) {
      if (counted.target != count.kind || counted.subject != by.subject) continue;
      if (!Plain(counted) || counted.norm != by.norm || !counted.guard.valid()) continue;
      const auto also = rules::ToBoxes(rules, counted.guard);
      if (!when) when = rules::ToBoxes(rules, by.guard);
      if (!when || !also || !rules::Implies(*when, *also)) continue;
      relations.push_back({term, count.name, 1, LeastCount(*when, count.name) - Rational(1)});
    }
  }
}

void AddCountsBehind(const rules::Ruleset& rules, const std::set<std::string>& terms,
                     std::vector<Relation>& relations) {
  for (const rules::Measure& behind : rules.measures) {
    if (behind.aggregate != rules::Aggregate::Count || behind.filter.valid()) continue;
    if (!behind.same_field.valid()) continue;
    const auto at = terms.lower_bound(behind.name + "{");
    if (at == terms.end() || !at->starts_with(behind.name + "{")) continue;
    for (const rules::Qualification& by : rules.qualifications) {
      if (by.target != behind.kind || by.subject.window == rules::Window::Fact) continue;
      if (!Plain(by) || !by.guard.valid() || !GivesAlone(rules, by, behind.same_field)) continue;
      const std::string& field = rules.kind(behind.kind).fields[behind.same_field.index()].name;
      const rules::ExprId value = Given(by, behind.same_field)->value;
      const std::string term = rules::MeasureTerm(behind, field, rules::FormatExpr(rules, value));
      if (terms.contains(term)) AddCountAhead(rules, behind, term, by, terms, relations);
    }
  }
}

}  // namespace

std::vector<Relation> RelationsOf(const rules::Ruleset& rules, const std::set<std::string>& terms) {
  std::vector<Relation> relations;
  if (terms.size() < 2) return relations;
  AddRunsInSums(rules, terms, relations);
  AddCountsBehind(rules, terms, relations);
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

bool Possible(const std::vector<Relation>& relations, const std::vector<rules::Atom>& atoms) {
  const auto find = [&](const std::string& term) -> const rules::Atom* {
    for (const rules::Atom& atom : atoms) {
      if (atom.term == term && atom.kind == rules::Atom::Kind::Interval) return &atom;
    }
    return nullptr;
  };
  return std::none_of(relations.begin(), relations.end(), [&](const Relation& relation) {
    const rules::Atom* lesser = find(relation.lesser);
    const rules::Atom* greater = find(relation.greater);
    if (lesser == nullptr || greater == nullptr || !lesser->low || !greater->high) return false;
    const Rational times = lesser->low_open ? lesser->low->floor() + 1 : lesser->low->ceil();
    if (times < Rational(1)) return false;
    const Rational least = times * relation.factor + relation.plus;
    return least > *greater->high || (least == *greater->high && greater->high_open);
  });
}

}  // namespace cotejo::checks
