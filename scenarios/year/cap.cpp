#include "scenarios/year/cap.h"

#include <algorithm>

#include "model/rules/caps.h"
#include "model/rules/terms.h"
#include "scenarios/year/tables.h"

namespace cotejo::year {
namespace {

using rules::Op;

// The days that sanctions deduct in a month, all of them.
bool SumsDeductions(const rules::Ruleset& rules, rules::ExprId id) {
  const rules::Expr& expr = rules.expr(id);
  if (expr.op != Op::Measure) return false;
  const rules::Measure& measure = rules.measure(rules::MeasureId(expr.ref));
  if (measure.aggregate != rules::Aggregate::Sum || measure.window != rules::Window::Month ||
      !rules.kind(measure.kind).is_sanction || measure.filter.valid() || !measure.value.valid())
    return false;
  const rules::Expr& summed = rules.expr(measure.value);
  return summed.op == Op::Field && summed.ref == rules.FindField(measure.kind, "días").value;
}

// A number that hangs on nothing but the date.
std::optional<base::Rational> NumberOn(const rules::Ruleset& rules, rules::ExprId id,
                                       base::Date date) {
  const rules::Expr& expr = rules.expr(id);
  if (expr.op == Op::Literal) return expr.literal;
  if (expr.op == Op::Parameter) return rules.ParameterOn(rules::ParameterId(expr.ref), date);
  if (expr.args.empty() || expr.op == Op::Measure || expr.op == Op::Has) return std::nullopt;
  std::vector<base::Rational> args;
  for (const rules::ExprId arg : expr.args) {
    const auto number = NumberOn(rules, arg, date);
    if (!number) return std::nullopt;
    args.push_back(*number);
  }
  return rules::Compute(expr.op, args);
}

// The rule is met when the sum is more than some number.
std::optional<rules::ExprId> MostOf(const rules::Ruleset& rules, const rules::Rule& rule) {
  if (rule.subject.window != rules::Window::Month || !rule.exceptions.empty() ||
      rule.scale.valid() || !rule.guard.valid())
    return std::nullopt;
  const rules::Expr& guard = rules.expr(rule.guard);
  for (const std::size_t sum : {0U, 1U}) {
    const Op op = sum == 0 ? guard.op : rules::Mirrored(guard.op);
    if (guard.args.size() == 2 && op == Op::Gt && SumsDeductions(rules, guard.args[sum]))
      return guard.args[1 - sum];
  }
  return std::nullopt;
}

std::optional<Cap::Months> DaysOf(const Plan& plan, std::size_t rule, const YearDays& year) {
  const auto most = MostOf(*plan.rules, plan.rules->rules[rule]);
  if (!most) return std::nullopt;
  Cap::Months months;
  for (std::size_t m = 0; m < months.size(); ++m) {
    const std::int32_t day = year.month_last[m];
    months[m] = INT64_MAX;
    if (!plan.plan_rules[rule].condition.validity.holds(day)) continue;
    try {
      const auto number = NumberOn(*plan.rules, *most, year.date(day));
      if (!number) return std::nullopt;
      months[m] = Scaled(plan, *number);
    } catch (const base::ArithmeticError&) {
      return std::nullopt;
    }
  }
  return months;
}

}  // namespace

std::vector<Cap> CapsOf(const Plan& plan, const YearDays& year) {
  std::vector<Cap> caps;
  for (std::size_t i = 0; i < plan.rules->rules.size(); ++i) {
    const rules::Rule& rule = plan.rules->rules[i];
    if (!rules::IsCap(*plan.rules, rule)) continue;
    caps.push_back({rule.citation, DaysOf(plan, i, year)});
  }
  return caps;
}

Cap::Months MostDaysOf(const std::vector<Cap>& caps) {
  Cap::Months most;
  most.fill(INT64_MAX);
  for (const Cap& cap : caps) {
    for (std::size_t m = 0; cap.days && m < most.size(); ++m)
      most[m] = std::min(most[m], (*cap.days)[m]);
  }
  return most;
}

// ---- in the tables ---------------------------------------------------------------

void Tables::AddCaps() {
  std::vector<base::Citation> cited;
  for (std::size_t r = 0; r < regulations_.size(); ++r) {
    const std::vector<Cap> caps = CapsOf(setting_.plans[r].plan, setting_.year);
    regulations_[r].most_days = MostDaysOf(caps);
    regulations_[r].other_cap = regulations_[r].most_days != regulations_.front().most_days;
    for (const Cap& cap : caps) {
      if (!cap.days) continue;
      regulations_[r].capped = true;
      if (std::find(cited.begin(), cited.end(), cap.citation) == cited.end())
        cited.push_back(cap.citation);
    }
  }
  if (cited.empty()) return;
  std::sort(cited.begin(), cited.end());
  const std::string by = base::JoinCitations(cited);
  at_.capped_months =
      AddCell("descuentos", "sobre_el_tope/meses",
              {"meses de persona sobre el tope de " + by, "person-months over the cap of " + by},
              CellUnit::Count);
  at_.capped_days =
      AddCell("descuentos", "sobre_el_tope/días",
              {"del total de días, sobre el tope de " + by, "of all days, over the cap of " + by},
              CellUnit::Days);
  at_.capped_centavos = AddCell(
      "descuentos", "sobre_el_tope/centavos",
      {"del total descontado, sobre el tope de " + by, "of all deductions, over the cap of " + by},
      CellUnit::Centavos);
}

}  // namespace cotejo::year
