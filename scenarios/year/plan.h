// A regulation compiled for simulation: the Ruleset's own expressions over 64-bit integers,
// every number multiplied by one common denominator under which all of them are whole.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "model/rules/families.h"
#include "scenarios/year/arrival_tables.h"
#include "scenarios/year/binding.h"
#include "scenarios/year/calendar.h"

namespace cotejo::year {

inline constexpr std::int64_t kAbsent = INT64_MIN;

struct Node {
  rules::Op op = rules::Op::Literal;
  bool boolean = false;               // its type is Boolean
  std::int32_t first = 0, count = 0;  // into Plan::args
  std::int32_t ref = -1;
  std::int64_t literal = 0;
};

struct Validity {
  std::int32_t from = INT32_MIN, to = INT32_MAX;  // days of the year
  [[nodiscard]] bool holds(std::int32_t day) const { return from <= day && day <= to; }
  friend bool operator==(const Validity&, const Validity&) = default;
};

// One of the things that must hold together for a guard to hold.
struct Test {
  enum class Kind {
    Field,    // the subject's field lies in [low, high], which may hold the absent value
    Measure,  // the measure does
    Term,     // the node's value does
    Among,    // the node's value is one of `values`
    Node,     // the node is true
  };
  Kind kind = Kind::Node;
  std::int32_t ref = -1;
  std::int64_t low = 0, high = 0;
  std::vector<std::int64_t> values;  // ascending
};

struct Condition {
  std::int32_t guard = -1;                  // node; -1 always
  std::vector<Test> tests;                  // the guard again, in the order it is written
  std::vector<std::int32_t> exceptions;     // nodes
  std::vector<std::vector<Test>> excepted;  // the exceptions again: one holds if all its tests do
  Validity validity;
};

struct PlanQuantity {
  rules::ConsequenceKind kind = rules::ConsequenceKind::NoSanction;
  std::int32_t node = -1;
};

struct PlanRule {
  int subject = -1;  // into Plan::subjects
  Condition condition;
  std::vector<PlanQuantity> consequences;
  std::vector<int> earlier;  // rows before it in a scale `primera`
  bool deducts = false;
  bool opens_process = false;
};

struct PlanQualification {
  int subject = -1;
  Condition condition;
  int from_rule = -1;
  int target = -1;
  bool in_shift = false;             // the target is placed in a shift
  std::vector<std::int32_t> fields;  // node by field of the target; -1: its initial value
  std::int32_t table = -1;           // into ArrivalTables, when it judges arrivals
};

struct PlanMeasure {
  rules::Window window = rules::Window::Month;
  rules::Aggregate aggregate = rules::Aggregate::Count;
  int kind = -1;
  std::int32_t value = -1, filter = -1;
  int same_field = -1;
  std::int64_t at_least = 0;
  bool by_month = false;  // of a month, and the same for whatever is judged at its end
};

struct PlanStep {
  int qualification = -1;
  int rule = -1;
  bool sees_sanctions = false;
};

struct PlanHours {
  std::int64_t entry = 0, exit = 0;
};

struct DatedNumber {
  std::int32_t from = INT32_MIN;  // day of the year
  std::int64_t value = 0;
};

// Of those of a parameter, in order of date, the one that holds on a day of the year.
inline std::optional<std::int64_t> InForce(const std::vector<DatedNumber>& values,
                                           std::int32_t day) {
  std::optional<std::int64_t> in_force;
  for (const DatedNumber& value : values) {
    if (value.from <= day) in_force = value.value;
  }
  return in_force;
}

struct PlanKind {
  std::vector<std::int64_t> initial;  // by field; kAbsent when it has none
};

// An occurrence of the population as a fact: all the fields of its kind, by the form it took, and
// those of the return from it.
struct PlanOccurrence {
  std::vector<std::vector<std::int64_t>> variants;
  std::vector<std::int64_t> back;
};

// What happens to anybody as a fact: all the fields of its kind, by its flag and a number: half
// days of vacation, the place of a conduct's clause, the shifts of the day of an absence.
struct PlanHappening {
  std::vector<std::vector<std::int64_t>> facts;
  [[nodiscard]] static std::size_t place(std::int32_t number, bool flag) {
    return 2 * static_cast<std::size_t>(number) + (flag ? 1 : 0);
  }
};

// What exhaustive scales promise of a subject in one respect (rules::Coverage).
struct GapScale {
  int family = -1;
  std::size_t coverage = 0;  // of the family
  int subject = -1;
  std::vector<std::pair<Validity, rules::ScaleId>> rows;
  std::vector<bool> answers;  // by rule: where it applies there is no gap
  bool any_answers = false;   // each rule of the family does

  // The scale that has no row for what no rule answers that day; invalid: none is in force.
  [[nodiscard]] rules::ScaleId ScaleOn(std::int32_t day) const {
    for (const auto& [validity, scale] : rows) {
      if (validity.holds(day)) return scale;
    }
    return {};
  }
};

struct Plan {
  const rules::Ruleset* rules = nullptr;
  rules::Families families;
  Binding binding;
  std::int64_t unit = 1;    // the common denominator: the integer that stands for 1
  std::vector<Node> nodes;  // by ExprId
  std::vector<std::int32_t> args;
  std::vector<std::vector<DatedNumber>> parameters;
  std::vector<PlanKind> kinds;
  std::vector<PlanOccurrence> occurrences;            // by position in Population::occurrences
  std::array<PlanHappening, kHappenings> happenings;  // by Happening; none of arrivals
  std::vector<std::vector<PlanHours>> hours;          // by schedule and shift
  std::vector<rules::Subject> subjects;
  std::vector<PlanMeasure> measures;
  std::vector<PlanRule> plan_rules;
  std::vector<PlanQualification> qualifications;
  std::vector<PlanStep> steps;
  std::vector<GapScale> gaps;
  int sanction_kind = -1;
  int sanction_days = -1, sanction_process = -1;
  ArrivalTables arrivals;
  std::vector<std::vector<rules::Outcome>> outcomes;  // by rule
  std::vector<int> family_of;                         // by subject: family with that root, or -1
};

// The days of the year as some of the staff live them under one regulation.
struct DayPlan {
  std::vector<std::int16_t> schedule;  // by day; -1 none
  std::vector<std::int32_t> context;   // by day: row of the arrival tables; -1 none
  std::vector<std::int8_t> shifts;     // by day: of its schedule
  const WorkDays* work = nullptr;
};

// What is fixed about one person under one regulation for the whole year.
struct PersonPlan {
  std::vector<std::int64_t> attributes;                // scaled; kAbsent
  std::vector<std::pair<int, std::int32_t>> periodic;  // kind, day of the year
  const DayPlan* days = nullptr;
  std::int32_t beginning = INT32_MIN;  // day of the year on which the relation began
};

// Calls `visit` with each measure that an expression, or a condition, reads, each time it does.
template <typename Visit>
void EachMeasure(const Plan& plan, std::int32_t id, const Visit& visit) {
  if (id < 0) return;
  const Node& node = plan.nodes[static_cast<std::size_t>(id)];
  if (node.op == rules::Op::Measure) visit(node.ref);
  const std::int32_t* args = plan.args.data() + node.first;
  for (std::int32_t i = 0; i < node.count; ++i) EachMeasure(plan, args[i], visit);
}
template <typename Visit>
void EachMeasure(const Plan& plan, const Condition& condition, const Visit& visit) {
  EachMeasure(plan, condition.guard, visit);
  for (const std::int32_t exception : condition.exceptions) EachMeasure(plan, exception, visit);
}

// The denominator one regulation needs; an expression that cannot be compiled exactly is a
// diagnostic that names the rule, and gives nothing.
std::optional<std::int64_t> DenominatorOf(const rules::Ruleset& rules, const Binding& binding,
                                          const YearDays& year, base::Diagnostics& diagnostics);

// The conjuncts of a guard, those that compare one term with constants as intervals and sets.
std::vector<Test> TestsOf(const Plan& plan, std::int32_t guard);

// `unit` must be a multiple of DenominatorOf.
Plan Compile(const rules::Ruleset& rules, Binding binding, const YearDays& year, std::int64_t unit);

// A number that `unit` does not make whole throws ArithmeticError: never a wrong number.
std::int64_t Scaled(const Plan& plan, base::Rational value);
base::Rational Unscaled(const Plan& plan, std::int64_t value);

}  // namespace cotejo::year
