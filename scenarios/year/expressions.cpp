#include <algorithm>

#include "scenarios/year/evaluator.h"

namespace cotejo::year {

using rules::Aggregate;
using rules::Op;
using rules::Window;

namespace {

std::int64_t FloorTo(std::int64_t value, std::int64_t unit) {
  const std::int64_t rest = value % unit;
  return value - (rest < 0 ? rest + unit : rest);
}

}  // namespace

std::int64_t Evaluator::Fail(const char* es, const char* en) {
  if (fault_ == nullptr) {
    fault_text_ = {es, en};
    fault_ = &fault_text_;
  }
  return 0;
}

bool Evaluator::Holds(const Condition& condition, const Scope& scope, std::size_t passed) {
  if (!condition.validity.holds(scope.day)) return false;
  for (std::size_t i = passed; i < condition.tests.size(); ++i) {
    if (!Passes(condition.tests[i], scope)) return false;
  }
  return std::none_of(condition.excepted.begin(), condition.excepted.end(),
                      [&](const std::vector<Test>& tests) {
                        return std::all_of(tests.begin(), tests.end(),
                                           [&](const Test& test) { return Passes(test, scope); });
                      });
}

bool Evaluator::Passes(const Test& test, const Scope& scope) {
  const std::int64_t value = ValueOf(test, scope);
  switch (test.kind) {
    case Test::Kind::Among:
      return std::binary_search(test.values.begin(), test.values.end(), value);
    case Test::Kind::Node:
      return IsTrue(value);
    default:
      return test.low <= value && value <= test.high;
  }
}

std::int64_t Evaluator::ValueOf(const Test& test, const Scope& scope) {
  if (test.kind == Test::Kind::Measure) return MeasureOf(test.ref, scope);
  if (test.kind != Test::Kind::Field) return Eval(test.ref, scope);
  const PlanFact& fact = facts_[static_cast<std::size_t>(scope.fact)];
  return fact.fields[test.ref];
}

// What is just read needs no call.
inline std::int64_t Evaluator::EvalArgument(std::int32_t id, const Scope& scope) {
  const Node& node = plan_.nodes[static_cast<std::size_t>(id)];
  if (node.op == Op::Literal) return node.literal;
  if (node.op == Op::Field) return facts_[static_cast<std::size_t>(scope.fact)].fields[node.ref];
  return Eval(id, scope);
}

// Comparisons with an absent value are false; other operators pass it on.
std::int64_t Evaluator::Eval(std::int32_t id, const Scope& scope) {
  const Node& node = plan_.nodes[static_cast<std::size_t>(id)];
  const std::int32_t* args = plan_.args.data() + node.first;
  switch (node.op) {
    case Op::Literal:
      return node.literal;
    case Op::Field:
      return facts_[static_cast<std::size_t>(scope.fact)].fields[node.ref];
    case Op::And:
    case Op::Or: {
      const bool decisive = node.op == Op::Or;
      for (std::int32_t i = 0; i < node.count; ++i) {
        if (IsTrue(EvalArgument(args[i], scope)) == decisive) return decisive ? plan_.unit : 0;
      }
      return decisive ? 0 : plan_.unit;
    }
    case Op::If:
      return EvalArgument(args[IsTrue(EvalArgument(args[0], scope)) ? 1 : 2], scope);
    case Op::Has: {
      const auto attribute =
          static_cast<std::size_t>(plan_.nodes[static_cast<std::size_t>(args[0])].ref);
      return person_.attributes[attribute] != kAbsent ? plan_.unit : 0;
    }
    case Op::Attribute:
      return EvalAttribute(node, scope.day);
    case Op::Parameter:
      return ParameterOn(node.ref, scope.day);
    case Op::Measure:
      return MeasureOf(node.ref, scope);
    case Op::FactDate:
      return (year_.first + scope.day) * plan_.unit;
    case Op::ScheduledEntry:
    case Op::ScheduledExit:
    case Op::Shift:
      return EvalShift(node, scope);
    case Op::YearsBetween:
    case Op::MonthsSinceAnniversary:
    case Op::FirstOfNextMonth:
      return EvalDates(node, scope);
    default:
      return EvalOperator(node, scope);
  }
}

std::int64_t Evaluator::EvalAttribute(const Node& node, std::int32_t /*day*/) {
  const auto id = static_cast<std::size_t>(node.ref);
  const std::int64_t value = person_.attributes[id];
  if (value != kAbsent) return value;
  if (!plan_.rules->attributes[id].optional)
    return Fail("falta un dato de una persona", "an attribute of a person is missing");
  return node.boolean ? 0 : kAbsent;
}

std::int64_t Evaluator::ParameterOn(std::int32_t parameter, std::int32_t day) {
  const auto value = InForce(plan_.parameters[static_cast<std::size_t>(parameter)], day);
  if (value) return *value;
  return Fail("un parámetro no tiene valor en alguna fecha del año",
              "a parameter has no value on some date of the year");
}

std::int64_t Evaluator::EvalShift(const Node& node, const Scope& scope) {
  const std::int32_t shift =
      scope.fact < 0 ? 0 : facts_[static_cast<std::size_t>(scope.fact)].shift;
  if (shift < 1) {
    return Fail("se pide el tramo de un hecho que no lo tiene",
                "the shift of a fact that has none is read");
  }
  if (node.op == Op::Shift) return shift * plan_.unit;
  const int schedule = person_.days->schedule[static_cast<std::size_t>(scope.day)];
  if (schedule < 0 ||
      static_cast<std::size_t>(shift) > plan_.hours[static_cast<std::size_t>(schedule)].size()) {
    return Fail("no hay horario para el tramo de un hecho",
                "there is no schedule for the shift of a fact");
  }
  const PlanHours& hours =
      plan_.hours[static_cast<std::size_t>(schedule)][static_cast<std::size_t>(shift) - 1];
  return node.op == Op::ScheduledEntry ? hours.entry : hours.exit;
}

std::int64_t Evaluator::EvalDates(const Node& node, const Scope& scope) {
  const std::int32_t* args = plan_.args.data() + node.first;
  base::Date dates[2];
  for (std::int32_t i = 0; i < node.count; ++i) {
    const std::int64_t value = Eval(args[i], scope);
    if (value == kAbsent) return kAbsent;
    dates[i] = base::Date(static_cast<std::int32_t>(value / plan_.unit));
  }
  // The same dates come up month after month and year after year.
  const std::int32_t second = node.count > 1 ? dates[1].days() : 0;
  const auto mixed = static_cast<std::uint32_t>(dates[0].days()) * 2654435761U +
                     static_cast<std::uint32_t>(second) * 40503U +
                     static_cast<std::uint32_t>(node.op);
  KnownDates& known = known_dates_[(mixed >> 8) % known_dates_.size()];
  if (known.op != node.op || known.first != dates[0].days() || known.second != second)
    known = {node.op, dates[0].days(), second, ComputeDates(node.op, dates[0], dates[1])};
  return known.value;
}

std::int64_t Evaluator::ComputeDates(Op op, base::Date first, base::Date second) const {
  if (op == Op::YearsBetween) return Scaled(plan_, base::YearsBetween(first, second));
  if (op == Op::MonthsSinceAnniversary)
    return base::MonthsSinceAnniversary(first, second) * plan_.unit;
  return first.first_of_next_month().days() * plan_.unit;
}

std::int64_t Evaluator::EvalOperator(const Node& node, const Scope& scope) {
  const std::int32_t* args = plan_.args.data() + node.first;
  const auto absent = [&] {
    return node.boolean ? (node.op == Op::Not ? plan_.unit : 0) : kAbsent;
  };
  const auto truth = [&](bool value) { return value ? plan_.unit : std::int64_t{0}; };
  std::int64_t left = EvalArgument(args[0], scope);
  if (left == kAbsent) return absent();
  switch (node.op) {
    case Op::Neg:
      return -left;
    case Op::Not:
      return truth(left == 0);
    case Op::Floor:
      return FloorTo(left, plan_.unit);
    case Op::Ceil:
      return -FloorTo(-left, plan_.unit);
    case Op::InSet:
      for (std::int32_t i = 1; i < node.count; ++i) {
        if (EvalArgument(args[i], scope) == left) return plan_.unit;
      }
      return 0;
    default:
      break;
  }
  bool wrong = false;
  for (std::int32_t i = 1; i < node.count; ++i) {
    const std::int64_t right = EvalArgument(args[i], scope);
    if (right == kAbsent) return absent();
    switch (node.op) {
      case Op::Add:
        wrong |= __builtin_add_overflow(left, right, &left);
        break;
      case Op::Sub:
        wrong |= __builtin_sub_overflow(left, right, &left);
        break;
      case Op::Mul:
      case Op::Div: {
        const bool mul = node.op == Op::Mul;
        const __int128 top = static_cast<__int128>(left) * (mul ? right : plan_.unit);
        const std::int64_t bottom = mul ? plan_.unit : right;
        wrong |= bottom == 0 || top % bottom != 0 || top / bottom > INT64_MAX ||
                 top / bottom <= INT64_MIN;
        left = wrong ? 0 : static_cast<std::int64_t>(top / bottom);
        break;
      }
      case Op::Min:
        left = std::min(left, right);
        break;
      case Op::Max:
        left = std::max(left, right);
        break;
      case Op::Lt:
        return truth(left < right);
      case Op::Le:
        return truth(left <= right);
      case Op::Eq:
        return truth(left == right);
      case Op::Ne:
        return truth(left != right);
      case Op::Ge:
        return truth(left >= right);
      case Op::Gt:
        return truth(left > right);
      default:
        wrong = true;
        break;
    }
  }
  if (wrong)
    return Fail("una cuenta no es exacta o no cabe en 64 bits",
                "a computation is not exact or does not fit in 64 bits");
  return left;
}

// A sum of figures of whole months for each month of the year; false when Eval must find it for
// each of the instances by itself, as one of them is not a month's end or the sum does not fit.
bool Evaluator::EvalMonthsOf(int subject, std::int32_t id, ByMonth& values) {
  const std::vector<Instance>& instances = Instances(subject);
  Listed& listed = listed_[static_cast<std::size_t>(subject)];
  if (!listed.month_ends || listed.until != tenure_.last) {
    listed.until = tenure_.last;
    listed.month_ends = std::all_of(instances.begin(), instances.end(), [&](const Instance& of) {
      return of.scope.day == MonthLast(static_cast<std::size_t>(MonthOf(of.scope.day)));
    });
  }
  if (!*listed.month_ends) return false;
  const rules::Subject& of = plan_.subjects[static_cast<std::size_t>(subject)];
  return EvalMonths(id, of.window == Window::Fact ? of.kind.value : -1, values);
}

bool Evaluator::EvalMonths(std::int32_t id, int kind, ByMonth& values) {
  const Node& node = plan_.nodes[static_cast<std::size_t>(id)];
  if (node.op == Op::Literal) {
    values.fill(node.literal);
    return true;
  }
  if (node.op != Op::Min && node.op != Op::Max)
    return SumTerms(terms_[static_cast<std::size_t>(id)], kind, values);
  const std::int32_t* args = plan_.args.data() + node.first;
  if (!EvalMonths(args[0], kind, values)) return false;
  for (std::int32_t a = 1; a < node.count; ++a) {
    ByMonth right;
    if (!EvalMonths(args[a], kind, right)) return false;
    for (std::size_t m = 0; m < values.size(); ++m)
      values[m] =
          node.op == Op::Min ? std::min(values[m], right[m]) : std::max(values[m], right[m]);
  }
  return true;
}

// `kind`: of the facts that are judged; -1: windows. A fact measured at its own end of the month
// does not count those that come after it that day.
bool Evaluator::SumTerms(const std::vector<Term>& terms, int kind, ByMonth& values) {
  values.fill(0);
  std::int64_t wrong = 0;  // negative when something did not fit
  for (const Term& term : terms) {
    if (term.kind >= 0) {
      if (term.kind == kind) return false;
      const std::size_t facts = by_kind_[static_cast<std::size_t>(term.kind)].size();
      if (facts == 0) continue;
      if (term.alone) {
        const PlanMeasure& measure = plan_.measures[static_cast<std::size_t>(term.ref)];
        if (!AddFacts(measure, term.times, values)) wrong = -1;
        continue;
      }
      AddTimes(WholeMonths(term.ref, static_cast<std::uint32_t>(facts)), term.times, values, wrong);
      continue;
    }
    ByMonth more;
    if (term.ref >= 0) {
      MonthsOfNoFact(plan_.measures[static_cast<std::size_t>(term.ref)], more);
    } else if (!EvalMonths(term.node, kind, more)) {
      return false;
    }
    AddTimes(more, term.times, values, wrong);
  }
  return wrong >= 0;
}

// Without a jump, as a rule: a sum went past the end when it has the sign of neither part.
void Evaluator::AddTimes(const ByMonth& more, std::int64_t times, ByMonth& values,
                         std::int64_t& wrong) const {
  const bool whole = times % plan_.unit == 0;
  const bool once = times == plan_.unit || times == -plan_.unit;
  for (std::size_t m = 0; m < values.size(); ++m) {
    std::int64_t part = times < 0 ? -more[m] : more[m];
    if (!once) {
      const std::int64_t of = whole ? more[m] : more[m] / plan_.unit;
      if (__builtin_mul_overflow(of, whole ? times / plan_.unit : times, &part)) wrong = -1;
    }
    const auto sum = static_cast<std::int64_t>(static_cast<std::uint64_t>(values[m]) +
                                               static_cast<std::uint64_t>(part));
    wrong |= (values[m] ^ sum) & (part ^ sum);
    values[m] = sum;
  }
}

void Evaluator::MonthsOfNoFact(const PlanMeasure& measure, ByMonth& values) {
  const std::vector<std::int32_t>& days = person_.days->work->in_month;
  for (std::size_t m = 0; m < values.size(); ++m) {
    const std::int32_t last = MonthLast(m);
    const bool whole = measure.window == Window::Month && last == year_.month_last[m] &&
                       person_.beginning <= year_.month_first[m];
    values[m] = whole ? days[m] * plan_.unit : ComputeMeasure(measure, {last, -1});
  }
}

// The number that an expression is on any day of the year.
std::optional<std::int64_t> Evaluator::AllYear(std::int32_t id) const {
  const Node& node = plan_.nodes[static_cast<std::size_t>(id)];
  if (node.op == Op::Literal && node.literal != kAbsent) return node.literal;
  if (node.op != Op::Parameter) return std::nullopt;
  const std::vector<DatedNumber>& values = plan_.parameters[static_cast<std::size_t>(node.ref)];
  if (std::any_of(values.begin(), values.end(), [](const auto& value) { return value.from > 0; }))
    return std::nullopt;
  return InForce(values, 0);
}

// Of a product of something by numbers, how many times that something is, scaled.
std::optional<std::int64_t> Evaluator::TimesOf(const Node& node, std::int64_t times) const {
  const std::int32_t* args = plan_.args.data() + node.first;
  for (std::int32_t a = 1; a < node.count; ++a) {
    const auto by = AllYear(args[a]);
    if (!by || __builtin_mul_overflow(times, *by, &times) || times % plan_.unit != 0)
      return std::nullopt;
    times /= plan_.unit;
  }
  return times;
}

// Whether so many times (scaled) an expression are a sum of figures of whole months, which always
// has a value. A part of one is taken of counts only: of other figures it might not be exact.
bool Evaluator::SumsMonths(std::int32_t id, std::int64_t times) const {
  if (id < 0) return false;
  const Node& node = plan_.nodes[static_cast<std::size_t>(id)];
  const std::int32_t* args = plan_.args.data() + node.first;
  const bool whole = times % plan_.unit == 0;
  switch (node.op) {
    case Op::Literal:
      return whole && node.literal != kAbsent;
    case Op::Measure: {
      const PlanMeasure& measure = plan_.measures[static_cast<std::size_t>(node.ref)];
      if (measure.aggregate == Aggregate::WorkingDays) return whole;
      return measure.by_month && (whole || measure.aggregate == Aggregate::Count);
    }
    case Op::Min:
    case Op::Max:
      if (!whole) return false;
      times = plan_.unit;
      [[fallthrough]];
    case Op::Add:
    case Op::Sub:
      return std::all_of(args, args + node.count,
                         [&](std::int32_t arg) { return SumsMonths(arg, times); });
    case Op::Mul: {
      const auto more = TimesOf(node, times);
      return more && SumsMonths(args[0], *more);
    }
    default:
      return false;
  }
}

// Sums of sums, and so many times a sum, are one sum.
void Evaluator::FindTerms(std::int32_t id, std::int64_t times, std::vector<Term>& terms) {
  const Node& node = plan_.nodes[static_cast<std::size_t>(id)];
  const std::int32_t* args = plan_.args.data() + node.first;
  switch (node.op) {
    case Op::Mul:
      return FindTerms(args[0], *TimesOf(node, times), terms);
    case Op::Add:
    case Op::Sub:
      for (std::int32_t a = 0; a < node.count; ++a)
        FindTerms(args[a], node.op == Op::Sub && a > 0 ? -times : times, terms);
      return;
    case Op::Measure:
      terms.push_back({id, node.ref, plan_.measures[static_cast<std::size_t>(node.ref)].kind,
                       reads_[static_cast<std::size_t>(node.ref)] == 1, times});
      return;
    default:
      terms.push_back({id, -1, -1, false, times});
      FindSums(id);
  }
}

void Evaluator::CountReads(const PlanRule& rule, std::vector<int>& reads) const {
  const auto count = [&](std::int32_t measure) { ++reads[static_cast<std::size_t>(measure)]; };
  EachMeasure(plan_, rule.condition, count);
  for (const PlanQuantity& consequence : rule.consequences)
    EachMeasure(plan_, consequence.node, count);
}

void Evaluator::CountReads() {
  const auto count = [&](std::int32_t measure) { ++reads_[static_cast<std::size_t>(measure)]; };
  for (const PlanRule& rule : plan_.plan_rules) CountReads(rule, reads_);
  for (const PlanMeasure& measure : plan_.measures) {
    EachMeasure(plan_, measure.value, count);
    EachMeasure(plan_, measure.filter, count);
  }
  for (const PlanQualification& qualification : plan_.qualifications) {
    EachMeasure(plan_, qualification.condition, count);
    for (const std::int32_t field : qualification.fields) EachMeasure(plan_, field, count);
  }
}

// Of an expression that SumsMonths knows, those that are neither a literal nor one of others.
void Evaluator::FindSums(std::int32_t id) {
  const Node& node = plan_.nodes[static_cast<std::size_t>(id)];
  std::vector<Term>& terms = terms_[static_cast<std::size_t>(id)];
  if (node.op == Op::Literal || !terms.empty()) return;
  if (node.op != Op::Min && node.op != Op::Max) return FindTerms(id, plan_.unit, terms);
  const std::int32_t* args = plan_.args.data() + node.first;
  for (std::int32_t a = 0; a < node.count; ++a) FindSums(args[a]);
}

// ---- measures --------------------------------------------------------------------

std::int32_t Evaluator::WindowFirst(Window window, std::int32_t day) const {
  switch (window) {
    case Window::Month:
      return year_
          .month_first[static_cast<std::size_t>(year_.month[static_cast<std::size_t>(day)])];
    case Window::Gestion:
      return 0;
    case Window::Career:
      return INT32_MIN;
    default:
      return day;
  }
}

std::int32_t Evaluator::WindowLast(Window window, std::int32_t day) const {
  switch (window) {
    case Window::Month:
      return MonthLast(static_cast<std::size_t>(MonthOf(day)));
    case Window::Gestion:
      return year_.count - 1;
    default:
      return day;
  }
}

std::int64_t Evaluator::MeasureOf(std::int32_t id, const Scope& scope) {
  const PlanMeasure& measure = plan_.measures[static_cast<std::size_t>(id)];
  if (measure.kind < 0) return ComputeMeasure(measure, scope);  // of the calendar
  const auto known =
      static_cast<std::uint32_t>(by_kind_[static_cast<std::size_t>(measure.kind)].size());
  if (known == 0) return 0;
  const bool own_kind =
      scope.fact >= 0 && facts_[static_cast<std::size_t>(scope.fact)].kind == measure.kind;
  if (measure.by_month && !own_kind && scope.day == WindowLast(Window::Month, scope.day))
    return WholeMonths(
        id, known)[static_cast<std::size_t>(year_.month[static_cast<std::size_t>(scope.day)])];
  std::vector<Cached>& cache = cache_[static_cast<std::size_t>(id)];
  const auto key = static_cast<std::size_t>(scope.fact < 0 ? scope.day : year_.count + scope.fact);
  if (key >= cache.size()) cache.resize(key + 64);
  if (cache[key].run != run_ || cache[key].facts != known) {
    const std::int64_t value = ComputeMeasure(measure, scope);
    cache_[static_cast<std::size_t>(id)][key] = {run_, known, value};
    return value;
  }
  return cache[key].value;
}

// A sum or a count of each whole month: one look at the facts serves the year's twelve.
const Evaluator::ByMonth& Evaluator::SumMonths(std::int32_t id, std::uint32_t facts) {
  Months& months = months_[static_cast<std::size_t>(id)];
  ByMonth values{};
  if (!AddFacts(plan_.measures[static_cast<std::size_t>(id)], plan_.unit, values))
    Fail("una suma no cabe en 64 bits", "a sum does not fit in 64 bits");
  months = {run_, facts, values};
  return months.values;
}

// So many times (scaled) what the measure says of each month; false when that does not fit.
bool Evaluator::AddFacts(const PlanMeasure& measure, std::int64_t times, ByMonth& values) {
  bool wrong = false;
  const int filter = FieldOf(measure.filter);
  const int summed = FieldOf(measure.value);
  const bool counts = measure.aggregate == Aggregate::Count;
  const std::int64_t whole = times == plan_.unit ? 1 : times / plan_.unit;
  for (const Placed& placed : by_kind_[static_cast<std::size_t>(measure.kind)]) {
    const std::int64_t* fields = facts_[static_cast<std::size_t>(placed.fact)].fields;
    const std::int32_t day = placed.day();
    if (filter >= 0 ? !IsTrue(fields[filter]) : !Holds(measure.filter, {day, placed.fact}))
      continue;
    std::int64_t part = times;
    if (!counts) {
      const std::int64_t value =
          summed >= 0 ? fields[summed] : Eval(measure.value, {day, placed.fact});
      if (value == kAbsent) continue;
      wrong |= __builtin_mul_overflow(value, whole, &part);
    }
    std::int64_t& sum = values[static_cast<std::size_t>(MonthOf(day))];
    wrong |= __builtin_add_overflow(sum, part, &sum);
  }
  return !wrong;
}

// The filter, and for "del mismo" the subject's own field.
bool Evaluator::Counts(const PlanMeasure& measure, const Scope& scope, int fact) {
  const PlanFact& counted = facts_[static_cast<std::size_t>(fact)];
  if (measure.same_field >= 0) {
    const auto field = static_cast<std::size_t>(measure.same_field);
    const PlanFact& own = facts_[static_cast<std::size_t>(scope.fact)];
    if (counted.fields[field] != own.fields[field]) return false;
  }
  return measure.filter < 0 || Holds(measure.filter, {counted.day, fact});
}

std::int64_t Evaluator::ComputeMeasure(const PlanMeasure& measure, const Scope& scope) {
  const std::int32_t first = WindowFirst(measure.window, scope.day);
  if (measure.aggregate == Aggregate::WorkingDays) {
    const std::int32_t last = std::min(WindowLast(measure.window, scope.day), tenure_.last);
    const std::int32_t from = std::max({first, person_.beginning, 0});
    if (from > last) return 0;
    return person_.days->work->between(from, last) * plan_.unit;
  }
  const bool own_kind =
      scope.fact >= 0 && facts_[static_cast<std::size_t>(scope.fact)].kind == measure.kind;
  if (measure.same_field >= 0 && !own_kind)
    return Fail("una medida compara con el hecho juzgado, y no se juzga uno de ellos",
                "a measure compares with the fact judged, and none of them is judged");
  const Pile<Placed>& all = by_kind_[static_cast<std::size_t>(measure.kind)];
  const auto begin = std::partition_point(
      all.begin(), all.end(), [&](const Placed& placed) { return placed.day() < first; });
  if (measure.aggregate == Aggregate::Run)
    return LongestRun(measure, scope, static_cast<std::size_t>(begin - all.begin()));
  std::int64_t total = 0;
  for (auto it = begin; it != all.end(); ++it) {
    if (it->day() > scope.day || (own_kind && Before(scope.fact, it->fact))) break;
    if (!Counts(measure, scope, it->fact)) continue;
    if (measure.aggregate == Aggregate::Count) {
      total += plan_.unit;
      continue;
    }
    const std::int64_t value = Eval(measure.value, {it->day(), it->fact});
    if (value != kAbsent) total += value;
  }
  return total;
}

// Longest run of consecutive working days whose facts add up to what is asked of a day.
std::int64_t Evaluator::LongestRun(const PlanMeasure& measure, const Scope& scope,
                                   std::size_t begin) {
  const Pile<Placed>& all = by_kind_[static_cast<std::size_t>(measure.kind)];
  const std::vector<std::int32_t>& before = person_.days->work->before;
  const bool own_kind =
      scope.fact >= 0 && facts_[static_cast<std::size_t>(scope.fact)].kind == measure.kind;
  std::int64_t longest = 0;
  std::int64_t run = 0;
  std::int32_t last_ordinal = -2;  // of the last day that counted, among working days
  for (std::size_t i = begin; i < all.size();) {
    const std::int32_t day = all[i].day();
    if (day > scope.day) break;
    std::int64_t sum = 0;
    bool ended = false;
    for (; i < all.size() && all[i].day() == day; ++i) {
      if (own_kind && Before(scope.fact, all[i].fact)) {
        ended = true;
        break;
      }
      if (!Counts(measure, scope, all[i].fact)) continue;
      const std::int64_t value = Eval(measure.value, {day, all[i].fact});
      if (value != kAbsent) sum += value;
    }
    if (person_.days->work->works(day) && sum >= measure.at_least) {
      const std::int32_t ordinal = before[static_cast<std::size_t>(day)];
      run = ordinal == last_ordinal + 1 ? run + 1 : 1;
      last_ordinal = ordinal;
      longest = std::max(longest, run);
    }
    if (ended) break;
  }
  return longest * plan_.unit;
}

}  // namespace cotejo::year
