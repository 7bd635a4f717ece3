#include "model/evaluation/prepared.h"

#include <numeric>
#include <tuple>

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

// Marks the kinds whose facts are looked at.
class Looking {
 public:
  explicit Looking(const rules::Ruleset& rules)
      : rules_(rules), kinds_(rules.fact_kinds.size(), false) {}

  void At(const rules::Step& step) {
    if (step.rule.valid()) {
      At(rules_.rule(step.rule));
      return;
    }
    const rules::Qualification& by = rules_.qualification(step.qualification);
    kinds_[by.subject.kind.index()] = true;
    At(by.guard);
    for (const rules::Exception& e : by.exceptions) At(e.condition);
    for (const rules::FieldValue& field : by.fields) At(field.value);
    if (by.from_rule.valid()) At(rules_.rule(by.from_rule));
  }

  std::vector<bool> Take() { return std::move(kinds_); }

 private:
  void At(const rules::Rule& rule) {
    kinds_[rule.subject.kind.index()] = true;
    At(rule.guard);
    for (const rules::Exception& e : rule.exceptions) At(e.condition);
    for (const rules::Consequence& c : rule.consequences) At(c.quantity);
    if (!rule.scale.valid()) return;
    // The rows above it may have to be asked first, whether or not they are steps.
    const rules::Scale& scale = rules_.scale(rule.scale);
    At(scale.measure);
    for (rules::RuleId row : scale.rows) {
      At(rules_.rule(row).guard);
      for (const rules::Exception& e : rules_.rule(row).exceptions) At(e.condition);
    }
  }

  void At(rules::ExprId id) {
    if (!id.valid()) return;
    const rules::Expr& expr = rules_.expr(id);
    if (expr.op == Op::Measure) {
      const rules::Measure& measure = rules_.measure(rules::MeasureId(expr.ref));
      if (measure.kind.valid()) kinds_[measure.kind.index()] = true;
      At(measure.value);
      At(measure.filter);
    }
    for (rules::ExprId arg : expr.args) At(arg);
  }

  const rules::Ruleset& rules_;
  std::vector<bool> kinds_;
};

bool Apart(const RowRun::Range& below, const RowRun::Range& above) {
  if (!below.has_high || !above.has_low) return false;
  return below.high < above.low || (below.high == above.low && (below.high_open || above.low_open));
}

std::vector<std::size_t> ByLow(const std::vector<RowRun::Range>& rows) {
  std::vector<std::size_t> order(rows.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const auto key = [](const RowRun::Range& r) {
      return std::tuple(r.has_low, r.has_low ? r.low : Rational(0), r.low_open);
    };
    return key(rows[a]) < key(rows[b]);
  });
  for (std::size_t i = 0; i + 1 < order.size(); ++i) {
    const RowRun::Range& row = rows[order[i]];
    const bool holds_something = !row.has_low || row.Holds(row.low) || row.low < row.high;
    if (!holds_something || !Apart(row, rows[order[i + 1]])) return {};
  }
  return order;
}

}  // namespace

bool RowRun::Range::Holds(Rational value) const {
  if (has_low && (value < low || (low_open && value == low))) return false;
  return !has_high || value < high || (!high_open && value == high);
}

Prepared::Prepared(const rules::Ruleset& rules, std::vector<rules::Step> steps,
                   CalendarFacts calendar)
    : rules_(rules), steps_(std::move(steps)), clashes_(rules) {
  const SanctionWatch watch(rules);
  Looking looking(rules);
  for (const rules::Step& step : steps_) {
    looking.At(step);
    foreseen_.sees.push_back(watch.Sees(step));
  }
  foreseen_.calendar = calendar == CalendarFacts::LookedAt
                           ? looking.Take()
                           : std::vector<bool>(rules.fact_kinds.size(), true);
  std::vector<RowRun>& runs = foreseen_.runs;
  for (std::size_t s = 0; s < steps_.size(); ++s) {
    // Sanctions are born at the first step that sees them: it stays a step of its own.
    if (!steps_[s].rule.valid() || foreseen_.sees[s]) continue;
    const rules::Rule& rule = rules.rule(steps_[s].rule);
    const Asked asked = AskedFirst(rules, rule.guard);
    if (!asked.what.valid()) continue;
    const bool joins = !runs.empty() && runs.back().first + runs.back().rows.size() == s &&
                       runs.back().subject == rule.subject &&
                       Same(rules, runs.back().what, asked.what);
    if (!joins) runs.push_back({s, rule.subject, asked.what, {}});
    runs.back().rows.push_back(asked.range);
  }
  std::erase_if(runs, [](const RowRun& run) { return run.rows.size() < 2; });
  for (RowRun& run : runs) run.by_low = ByLow(run.rows);
}

std::size_t Prepared::rows() const {
  std::size_t rows = 0;
  for (const RowRun& run : foreseen_.runs) rows += run.rows.size();
  return rows;
}

}  // namespace cotejo::evaluation
