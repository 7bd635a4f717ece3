#include "solver/checks/statements.h"

#include <algorithm>

#include "model/rules/boxes.h"
#include "model/rules/terms.h"
#include "solver/checks/wording.h"

namespace cotejo::checks {

using rules::ExprId;
using rules::Op;

// ---- Reading ---------------------------------------------------------------------

namespace {

bool Mentions(const rules::Ruleset& rules, ExprId id, bool (*wanted)(const rules::Expr&)) {
  const rules::Expr& expr = rules.expr(id);
  return wanted(expr) || std::any_of(expr.args.begin(), expr.args.end(),
                                     [&](ExprId arg) { return Mentions(rules, arg, wanted); });
}

// The truth of a reading, which is put in the place of «bajo …». That of «grave = sí» is a value.
bool MentionsTruth(const rules::Ruleset& rules, ExprId id) {
  const rules::Expr& expr = rules.expr(id);
  if (expr.op == Op::Eq || expr.op == Op::Ne) return false;
  return (expr.op == Op::Literal && expr.type.base == rules::Base::Boolean) ||
         std::any_of(expr.args.begin(), expr.args.end(),
                     [&](ExprId arg) { return MentionsTruth(rules, arg); });
}

bool IsTerm(const rules::Expr& expr) {
  switch (expr.op) {
    case Op::Field:
    case Op::Attribute:
    case Op::Measure:
    case Op::FactDate:
    case Op::ScheduledEntry:
    case Op::ScheduledExit:
    case Op::Shift:
      return true;
    default:
      return false;
  }
}

// «entre a y b»: one condition, though it is two comparisons.
bool IsBetween(const rules::Ruleset& rules, const rules::Expr& expr) {
  if (expr.op != Op::And || expr.args.size() != 2) return false;
  const rules::Expr& low = rules.expr(expr.args[0]);
  const rules::Expr& high = rules.expr(expr.args[1]);
  return low.op == Op::Ge && high.op == Op::Le && low.args[0] == high.args[0];
}

bool Same(const base::Span& a, const base::Span& b) {
  return a.file == b.file && a.offset == b.offset && a.length == b.length;
}

void AddUnits(const rules::Ruleset& rules, ExprId id, const base::Span& range,
              std::vector<Unit>& units) {
  const rules::Expr& expr = rules.expr(id);
  const bool in_range = range.length > 0 && Same(expr.span, range);
  if (expr.op == Op::And && !in_range && !IsBetween(rules, expr)) {
    for (ExprId arg : expr.args) AddUnits(rules, arg, range, units);
    return;
  }
  units.push_back({id, -1, in_range});
}

Statement Filled(const rules::Ruleset& rules, Statement statement, ExprId guard,
                 const base::Span& range) {
  if (guard.valid()) AddUnits(rules, guard, range, statement.units);
  statement.readable = std::none_of(statement.units.begin(), statement.units.end(),
                                    [&](const Unit& unit) { return IsSettled(rules, unit); });
  for (std::size_t i = 0; i < statement.exceptions.size(); ++i) {
    statement.units.push_back({statement.exceptions[i].condition, static_cast<int>(i), false});
  }
  return statement;
}

}  // namespace

Statement ReadStatement(const rules::Ruleset& rules, rules::RuleId id) {
  const rules::Rule& rule = rules.rule(id);
  return Filled(rules, {id, {}, rule.subject, rule.citation, rule.name, rule.exceptions, {}, true},
                rule.guard, rule.range_span);
}

Statement ReadStatement(const rules::Ruleset& rules, rules::QualificationId id) {
  const rules::Qualification& by = rules.qualification(id);
  return Filled(rules,
                {{}, id, by.subject, CitationOf(rules, id), by.name, by.exceptions, {}, true},
                by.guard, {});
}

bool ReadsHistories(const rules::Ruleset& rules, const Unit& unit) {
  return Mentions(rules, unit.expr, &IsTerm);
}

bool IsSettled(const rules::Ruleset& rules, const Unit& unit) {
  return MentionsTruth(rules, unit.expr);
}

base::Condition DescribeUnit(const rules::Ruleset& rules, const Statement& statement,
                             const Unit& unit) {
  const std::string words = rules::FormatExprOf(rules, unit.expr, statement.subject.kind);
  base::Citation article = statement.article;
  if (unit.exception >= 0) {
    const auto& own = statement.exceptions[static_cast<std::size_t>(unit.exception)].citation;
    if (!own.empty()) article = own;
  }
  const std::string name = article.str() + " («" + statement.name + "»)";
  if (unit.exception >= 0) {
    return {article, {name + " exceptúa «" + words + "»", name + " excepts '" + words + "'"}};
  }
  return {article, {name + " pide «" + words + "»", name + " asks '" + words + "'"}};
}

// ---- Room ------------------------------------------------------------------------

Room::Room(const rules::Ruleset& rules, const Statement& statement)
    : rules_(rules), statement_(statement) {
  family_.root = statement.subject;
  std::set<std::string> terms;
  for (const Unit& unit : statement.units) {
    for (const bool contrary : {false, true}) {
      for (const rules::Box& box : Of(unit, contrary).value_or(std::vector<rules::Box>{})) {
        for (const rules::Atom& atom : box.atoms) terms.insert(atom.term);
      }
    }
  }
  relations_ = RelationsOf(rules, terms);
}

Room::Boxes Room::Of(const Unit& unit, bool contrary) const {
  const rules::Vantage vantage{&rules_, family_.root, {}};
  const bool negated = (unit.exception >= 0) != contrary;
  return negated ? rules::GuardBoxes(vantage, {}, {{unit.expr, {}}}, 0)
                 : rules::GuardBoxes(vantage, unit.expr, {}, 0);
}

std::optional<bool> Room::Left(const std::vector<bool>& kept, int contrary) const {
  Boxes boxes{{rules::Box{}}};
  for (std::size_t i = 0; i < kept.size(); ++i) {
    const bool turned = static_cast<int>(i) == contrary;
    if (kept[i] || turned) boxes = rules::Both(boxes, Of(statement_.units[i], turned));
  }
  if (!boxes) return std::nullopt;
  return std::any_of(boxes->begin(), boxes->end(), [&](const rules::Box& box) {
    return HasValues(rules_, family_, box) && Possible(relations_, box.atoms);
  });
}

std::vector<bool> Room::All() const { return std::vector<bool>(statement_.units.size(), true); }

MinimalSets Room::WhyNone(int contrary) const {
  return FindMinimalSets(statement_.units.size(), [&](const std::vector<bool>& kept) {
    return !Left(kept, contrary).value_or(true);
  });
}

}  // namespace cotejo::checks
