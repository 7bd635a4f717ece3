#include "model/evaluation/prepared.h"

#include "model/evaluation/sanction_watch.h"
#include "model/rules/terms.h"

namespace cotejo::evaluation {

using rules::Op;

namespace {

// Conjuncts in the order in which they are evaluated.
void Flatten(const rules::Ruleset& rules, rules::ExprId id, std::vector<rules::ExprId>& parts) {
  if (!id.valid()) return;
  const rules::Expr& expr = rules.expr(id);
  if (expr.op != Op::And) {
    parts.push_back(id);
    return;
  }
  for (rules::ExprId arg : expr.args) Flatten(rules, arg, parts);
}

void Narrow(RowRun::Range& range, Op op, Rational limit) {
  const bool least = op == Op::Ge || op == Op::Gt || op == Op::Eq;
  const bool most = op == Op::Le || op == Op::Lt || op == Op::Eq;
  if (least && (!range.has_low || range.low < limit)) {
    range.low = limit;
    range.has_low = true;
    range.low_open = op == Op::Gt;
  }
  if (most && (!range.has_high || limit < range.high)) {
    range.high = limit;
    range.has_high = true;
    range.high_open = op == Op::Lt;
  }
}

struct Asked {
  rules::ExprId what;
  RowRun::Range range;
};

// What runs and working days read of the calendar is reported: only if a rule asks.
bool MayBeRead(const rules::Ruleset& rules, const rules::Expr& what) {
  if (what.op == Op::Field) return true;
  if (what.op != Op::Measure) return false;
  const rules::Aggregate aggregate = rules.measure(rules::MeasureId(what.ref)).aggregate;
  return aggregate == rules::Aggregate::Sum || aggregate == rules::Aggregate::Count;
}

bool Same(const rules::Ruleset& rules, rules::ExprId a, rules::ExprId b) {
  return rules.expr(a).op == rules.expr(b).op && rules.expr(a).ref == rules.expr(b).ref;
}

// What a guard asks of one thing before anything else; what comes later may not be looked at,
// because evaluating it could fail.
Asked AskedFirst(const rules::Ruleset& rules, rules::ExprId guard) {
  Asked asked;
  std::vector<rules::ExprId> parts;
  Flatten(rules, guard, parts);
  for (rules::ExprId part : parts) {
    const rules::Expr& expr = rules.expr(part);
    if (!rules::IsComparison(expr.op) || expr.op == Op::Ne) break;
    const rules::Expr& limit = rules.expr(expr.args[1]);
    if (!MayBeRead(rules, rules.expr(expr.args[0])) || limit.op != Op::Literal) break;
    if (asked.what.valid() && !Same(rules, asked.what, expr.args[0])) break;
    asked.what = expr.args[0];
    Narrow(asked.range, expr.op, limit.literal);
  }
  return asked;
}

}  // namespace

bool RowRun::Range::Holds(Rational value) const {
  if (has_low && (value < low || (low_open && value == low))) return false;
  return !has_high || value < high || (!high_open && value == high);
}

Prepared::Prepared(const rules::Ruleset& rules, std::vector<rules::Step> steps)
    : rules_(rules), steps_(std::move(steps)) {
  const SanctionWatch watch(rules);
  for (std::size_t s = 0; s < steps_.size(); ++s) {
    // Sanctions are born at the first step that sees them: it stays a step of its own.
    if (!steps_[s].rule.valid() || watch.Sees(steps_[s])) continue;
    const rules::Rule& rule = rules.rule(steps_[s].rule);
    const Asked asked = AskedFirst(rules, rule.guard);
    if (!asked.what.valid()) continue;
    const bool joins = !runs_.empty() && runs_.back().first + runs_.back().rows.size() == s &&
                       runs_.back().subject == rule.subject &&
                       Same(rules, runs_.back().what, asked.what);
    if (!joins) runs_.push_back({s, rule.subject, asked.what, {}});
    runs_.back().rows.push_back(asked.range);
  }
  std::erase_if(runs_, [](const RowRun& run) { return run.rows.size() < 2; });
}

std::size_t Prepared::rows() const {
  std::size_t rows = 0;
  for (const RowRun& run : runs_) rows += run.rows.size();
  return rows;
}

}  // namespace cotejo::evaluation
