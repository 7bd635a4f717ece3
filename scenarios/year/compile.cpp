#include <algorithm>

#include "model/evaluation/history.h"
#include "scenarios/year/plan.h"

namespace cotejo::year {
namespace {

using rules::ExprId;
using rules::FactKindId;

class Compiler {
 public:
  Compiler(const rules::Ruleset& rules, Binding binding, const YearDays& year, std::int64_t unit)
      : rules_(rules), year_(year) {
    plan_.rules = &rules;
    plan_.families = rules::BuildFamilies(rules);
    plan_.binding = std::move(binding);
    plan_.unit = unit;
  }

  Plan Run() {
    Parameters();
    Nodes();
    Hours();
    Kinds();
    Occurrences();
    Happenings();
    Measures();
    for (const rules::Rule& rule : rules_.rules) AddRule(rule);
    for (const rules::Qualification& q : rules_.qualifications) AddQualification(q);
    Steps();
    Gaps();
    for (const rules::Rule& rule : rules_.rules)
      plan_.outcomes.push_back(rules::Outcomes(rules_, rule));
    FamiliesOfSubjects();
    return std::move(plan_);
  }

 private:
  std::int64_t Whole(base::Rational value) const { return Scaled(plan_, value); }
  std::int64_t Whole(const std::optional<rules::Value>& value) const {
    return !value || value->absent ? kAbsent : Whole(value->number);
  }

  void Nodes() {
    plan_.nodes.resize(rules_.exprs.size());
    for (std::size_t i = 0; i < rules_.exprs.size(); ++i) {
      const rules::Expr& expr = rules_.exprs[i];
      Node& node = plan_.nodes[i];
      node.op = expr.op;
      node.boolean = expr.type.base == rules::Base::Boolean;
      node.ref = expr.ref;
      node.first = static_cast<std::int32_t>(plan_.args.size());
      AddArguments(expr);
      node.count = static_cast<std::int32_t>(plan_.args.size()) - node.first;
      // Left-over nodes of folded expressions may not fit the unit; nothing refers to them.
      if (expr.op == rules::Op::Literal && plan_.unit % expr.literal.den() == 0)
        node.literal = Whole(expr.literal);
      if (expr.op == rules::Op::Parameter)
        Fix(plan_.parameters[static_cast<std::size_t>(expr.ref)], node);
    }
  }

  // a - b - c is one operation on three, worked out in the same order.
  void AddArguments(const rules::Expr& expr) {
    std::size_t from = 0;
    if (expr.op == rules::Op::Add || expr.op == rules::Op::Sub) {
      const rules::Expr& first = rules_.expr(expr.args.front());
      if (first.op == expr.op) {
        AddArguments(first);
        from = 1;
      }
    }
    for (; from < expr.args.size(); ++from) plan_.args.push_back(expr.args[from].value);
  }

  // A parameter that does not change in the year is a number.
  void Fix(const std::vector<DatedNumber>& values, Node& node) const {
    const DatedNumber* first = nullptr;
    for (const DatedNumber& value : values) {
      if (value.from > 0 && value.from < year_.count) return;
      if (value.from <= 0) first = &value;
    }
    if (first == nullptr) return;
    node.op = rules::Op::Literal;
    node.ref = -1;
    node.literal = first->value;
  }

  void Hours() {
    for (const rules::Schedule& schedule : rules_.schedules) {
      std::vector<PlanHours> hours;
      for (const rules::Shift& shift : schedule.shifts)
        hours.push_back({Whole(shift.entry), Whole(shift.exit)});
      plan_.hours.push_back(std::move(hours));
    }
  }

  void Parameters() {
    for (const rules::Parameter& parameter : rules_.parameters) {
      std::vector<DatedNumber> values;
      for (const rules::DatedValue& v : parameter.values)
        values.push_back({v.from ? Day(*v.from) : INT32_MIN, Whole(v.value)});
      plan_.parameters.push_back(std::move(values));
    }
  }

  std::int32_t Day(base::Date date) const { return date.days() - year_.first; }

  Validity ValidityOf(rules::NormId norm, std::optional<base::Date> from,
                      std::optional<base::Date> to) const {
    const rules::InForceDays days = rules::InForceOf(rules_, norm, from, to);
    Validity validity;
    if (days.from) validity.from = Day(*days.from);
    if (days.to) validity.to = Day(*days.to);
    return validity;
  }

  void Kinds() {
    for (std::size_t i = 0; i < rules_.fact_kinds.size(); ++i) {
      const rules::FactKind& kind = rules_.fact_kinds[i];
      PlanKind compiled;
      for (const rules::Field& field : kind.fields)
        compiled.initial.push_back(Whole(field.initial));
      plan_.kinds.push_back(std::move(compiled));
      if (!kind.is_sanction) continue;
      const FactKindId id(static_cast<std::int64_t>(i));
      plan_.sanction_kind = id.value;
      plan_.sanction_days = rules_.FindField(id, "días").value;
      plan_.sanction_process = rules_.FindField(id, "proceso").value;
    }
  }

  std::vector<std::int64_t> Whole(FactKindId kind,
                                  const std::vector<OccurrenceBinding::Given>& given) const {
    std::vector<std::int64_t> fields = plan_.kinds[kind.index()].initial;
    for (const auto& [field, value] : given)
      fields[field.index()] = value.absent ? kAbsent : Whole(value.number);
    return fields;
  }

  void Occurrences() {
    for (const OccurrenceBinding& bound : plan_.binding.occurrences) {
      PlanOccurrence occurrence;
      for (const auto& fields : bound.variants)
        occurrence.variants.push_back(Whole(bound.kind, fields));
      if (bound.back.valid()) occurrence.back = Whole(bound.back, bound.back_fields);
      plan_.occurrences.push_back(std::move(occurrence));
    }
  }

  void Happenings() {
    std::size_t shifts = 0;
    for (const rules::Schedule& schedule : rules_.schedules)
      shifts = std::max(shifts, schedule.shifts.size());
    const auto add = [&](Happening what, std::size_t numbers, auto amount) {
      const KindBinding& bound = plan_.binding.of(what);
      PlanHappening& happening = plan_.happenings[static_cast<std::size_t>(what)];
      for (std::size_t number = 0; bound.kind.valid() && number < numbers; ++number) {
        for (const bool flag : {false, true}) {
          auto& fields = happening.facts.emplace_back(plan_.kinds[bound.kind.index()].initial);
          if (bound.flag.valid()) fields[bound.flag.index()] = flag ? plan_.unit : 0;
          const std::int64_t told = amount(number);
          if (bound.amount.valid() && told != kAbsent) fields[bound.amount.index()] = told;
        }
      }
    };
    const auto days = [&](Happening what) {
      return [this, &bound = plan_.binding.of(what)](std::size_t of) {
        if (!bound.amount.valid()) return kAbsent;
        return Whole(DaysOfShift(rules_.kind(bound.kind).fields[bound.amount.index()],
                                 std::max<std::size_t>(1, of)));
      };
    };
    add(Happening::Vacation, 3, [&](std::size_t half_days) {
      return static_cast<std::int64_t>(half_days) * (plan_.unit / 2);
    });
    add(Happening::Conduct, plan_.binding.clauses.size(),
        [&](std::size_t clause) { return plan_.binding.clauses[clause] * plan_.unit; });
    add(Happening::Absence, shifts + 1, days(Happening::Absence));
    add(Happening::PostAbsence, shifts + 1, days(Happening::PostAbsence));
    add(Happening::Omission, 1, [](std::size_t) { return kAbsent; });
  }

  void Measures() {
    for (const rules::Measure& measure : rules_.measures) {
      const bool adds = measure.aggregate == rules::Aggregate::Count ||
                        measure.aggregate == rules::Aggregate::Sum;
      plan_.measures.push_back(
          {measure.window, measure.aggregate, measure.kind.value, measure.value.value,
           measure.filter.value, measure.same_field.value, Whole(measure.at_least),
           adds && measure.window == rules::Window::Month && !measure.same_field.valid()});
    }
  }

  int SubjectOf(const rules::Subject& subject) {
    const auto found = std::find(plan_.subjects.begin(), plan_.subjects.end(), subject);
    if (found != plan_.subjects.end()) return static_cast<int>(found - plan_.subjects.begin());
    plan_.subjects.push_back(subject);
    return static_cast<int>(plan_.subjects.size()) - 1;
  }

  template <typename Judging>
  Condition ConditionOf(const Judging& judging) const {
    Condition condition;
    condition.guard = judging.guard.value;
    condition.tests = TestsOf(plan_, condition.guard);
    for (const rules::Exception& e : judging.exceptions) {
      condition.exceptions.push_back(e.condition.value);
      condition.excepted.push_back(TestsOf(plan_, e.condition.value));
    }
    condition.validity = ValidityOf(judging.norm, judging.from, judging.to);
    return condition;
  }

  void AddRule(const rules::Rule& rule) {
    PlanRule compiled;
    compiled.subject = SubjectOf(rule.subject);
    compiled.condition = ConditionOf(rule);
    for (const rules::Consequence& c : rule.consequences) {
      compiled.consequences.push_back({c.kind, c.quantity.value});
      compiled.deducts = compiled.deducts || c.kind == rules::ConsequenceKind::PayDeduction;
      compiled.opens_process = compiled.opens_process || c.kind == rules::ConsequenceKind::Process;
    }
    if (rule.scale.valid() && rules_.scale(rule.scale).policy == rules::HitPolicy::First) {
      const rules::RuleId own(static_cast<std::int64_t>(plan_.plan_rules.size()));
      for (const rules::RuleId row : rules_.scale(rule.scale).rows) {
        if (row == own) break;
        compiled.earlier.push_back(row.value);
      }
    }
    plan_.plan_rules.push_back(std::move(compiled));
  }

  void AddQualification(const rules::Qualification& q) {
    PlanQualification compiled;
    compiled.subject = SubjectOf(q.subject);
    compiled.condition = ConditionOf(q);
    compiled.from_rule = q.from_rule.value;
    compiled.target = q.target.value;
    compiled.in_shift = rules_.kind(q.target).placement == rules::Placement::Shift;
    compiled.fields.assign(rules_.kind(q.target).fields.size(), -1);
    for (const rules::FieldValue& field : q.fields)
      compiled.fields[field.field.index()] = field.value.value;
    const bool arrival = q.subject.kind == plan_.binding.of(Happening::Arrival).kind &&
                         q.subject.window == rules::Window::Fact;
    if (arrival) compiled.table = plan_.arrivals.qualifications++;
    plan_.qualifications.push_back(std::move(compiled));
  }

  // ---- steps, and the first of them that looks at sanctions

  bool Reads(ExprId id) const {
    if (!id.valid()) return false;
    const rules::Expr& expr = rules_.expr(id);
    if (expr.op == rules::Op::Measure) {
      const rules::Measure& measure = rules_.measure(rules::MeasureId(expr.ref));
      return measure.kind.value == plan_.sanction_kind || Reads(measure.value) ||
             Reads(measure.filter);
    }
    return std::any_of(expr.args.begin(), expr.args.end(), [&](ExprId arg) { return Reads(arg); });
  }

  template <typename Judging>
  bool ConditionsRead(const Judging& judging) const {
    return judging.subject.kind.value == plan_.sanction_kind || Reads(judging.guard) ||
           std::any_of(judging.exceptions.begin(), judging.exceptions.end(),
                       [&](const rules::Exception& e) { return Reads(e.condition); });
  }

  bool RuleSees(const rules::Rule& rule) const {
    return ConditionsRead(rule) ||
           std::any_of(rule.consequences.begin(), rule.consequences.end(),
                       [&](const rules::Consequence& c) { return Reads(c.quantity); });
  }

  bool QualificationSees(const rules::Qualification& q) const {
    return ConditionsRead(q) ||
           std::any_of(q.fields.begin(), q.fields.end(),
                       [&](const rules::FieldValue& f) { return Reads(f.value); }) ||
           (q.from_rule.valid() && RuleSees(rules_.rule(q.from_rule)));
  }

  void Steps() {
    for (const rules::Step& step : rules_.steps) {
      PlanStep compiled{step.qualification.value, step.rule.value, false};
      if (plan_.sanction_kind >= 0) {
        compiled.sees_sanctions = step.rule.valid()
                                      ? RuleSees(rules_.rule(step.rule))
                                      : QualificationSees(rules_.qualification(step.qualification));
      }
      plan_.steps.push_back(compiled);
    }
  }

  // ---- families

  void Gaps() {
    const std::vector<rules::Family>& families = plan_.families.families;
    for (std::size_t i = 0; i < families.size(); ++i) {
      for (std::size_t c = 0; c < families[i].coverages.size(); ++c) Gap(i, c);
    }
  }

  void Gap(std::size_t family_index, std::size_t coverage_index) {
    const rules::Family& family = plan_.families.families[family_index];
    const rules::Coverage& coverage = family.coverages[coverage_index];
    GapScale gap;
    gap.family = static_cast<int>(family_index);
    gap.coverage = coverage_index;
    gap.subject = SubjectOf(family.root);
    gap.answers.assign(rules_.rules.size(), false);
    for (const rules::RuleId id : coverage.answering) gap.answers[id.index()] = true;
    gap.any_answers = true;
    for (const rules::ExpandedRule& expanded : family.rules) {
      const rules::Rule& rule = rules_.rule(expanded.rule);
      gap.any_answers = gap.any_answers && gap.answers[expanded.rule.index()];
      if (expanded.through.empty() && coverage.Has(rule.scale))
        gap.rows.emplace_back(plan_.plan_rules[expanded.rule.index()].condition.validity,
                              rule.scale);
    }
    plan_.gaps.push_back(std::move(gap));
  }

  void FamiliesOfSubjects() {
    for (const rules::Family& family : plan_.families.families) SubjectOf(family.root);
    plan_.family_of.assign(plan_.subjects.size(), -1);
    for (std::size_t i = 0; i < plan_.families.families.size(); ++i) {
      const auto subject = static_cast<std::size_t>(SubjectOf(plan_.families.families[i].root));
      plan_.family_of[subject] = static_cast<int>(i);
    }
  }

  const rules::Ruleset& rules_;
  const YearDays& year_;
  Plan plan_;
};

}  // namespace

std::int64_t Scaled(const Plan& plan, base::Rational value) {
  std::int64_t scaled = 0;
  if (plan.unit % value.den() != 0 ||
      __builtin_mul_overflow(value.num(), plan.unit / value.den(), &scaled)) {
    throw base::ArithmeticError("a number does not fit the common denominator");
  }
  return scaled;
}

base::Rational Unscaled(const Plan& plan, std::int64_t value) {
  return base::Rational(value, plan.unit);
}

Plan Compile(const rules::Ruleset& rules, Binding binding, const YearDays& year,
             std::int64_t unit) {
  return Compiler(rules, std::move(binding), year, unit).Run();
}

}  // namespace cotejo::year
