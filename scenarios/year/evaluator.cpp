#include "scenarios/year/evaluator.h"

#include <algorithm>
#include <bit>
#include <set>

namespace cotejo::year {

using rules::Window;

namespace {

// A window's results and sanctions come at the end of their day.
constexpr std::int32_t kEndOfDay = 1000;

std::size_t At(int index) { return static_cast<std::size_t>(index); }

constexpr std::size_t kAtOnce = 64;

// Which of so many values from a place lie in a range, a bit each: it cannot be foreseen.
std::uint64_t Within(const std::vector<std::int64_t>& values, std::size_t from, std::int64_t low,
                     std::int64_t high) {
  std::uint64_t within = 0;
  const std::size_t count = std::min(values.size() - from, kAtOnce);
  for (std::size_t i = 0; i < count; ++i) {
    const std::int64_t value = values[from + i];
    within |= static_cast<std::uint64_t>((low <= value) & (value <= high)) << i;
  }
  return within;
}

std::uint64_t All(std::size_t count) {
  return count < kAtOnce ? (std::uint64_t{1} << count) - 1 : ~std::uint64_t{0};
}

// The value of the test that comes first is all that is asked; out of force there is none.
bool LeadIsAll(const Condition& condition) {
  return condition.tests.size() == 1 && condition.tests.front().low > kAbsent &&
         condition.excepted.empty();
}

// Of a rule about a fact whose condition looks at that fact and the person, the kinds of other
// facts that it looks at besides; nothing when it looks at its own, or at the calendar.
std::optional<std::vector<int>> OthersLookedAt(const Plan& plan, const PlanRule& rule) {
  const rules::Subject& subject = plan.subjects[At(rule.subject)];
  if (subject.window != Window::Fact) return std::nullopt;
  std::set<int> kinds;
  const auto add = [&](std::int32_t id) { kinds.insert(plan.measures[At(id)].kind); };
  EachMeasure(plan, rule.condition, add);
  for (const int row : rule.earlier) EachMeasure(plan, plan.plan_rules[At(row)].condition, add);
  if (kinds.count(-1) != 0 || kinds.count(subject.kind.value) != 0) return std::nullopt;
  return std::vector<int>(kinds.begin(), kinds.end());
}

bool GivesTheSame(const Plan& plan, const PlanRule& rule) {
  bool measures = false;
  for (const PlanQuantity& consequence : rule.consequences)
    EachMeasure(plan, consequence.node, [&](std::int32_t) { measures = true; });
  return !measures;
}

}  // namespace

Evaluator::Evaluator(const Plan& plan, Agenda agenda, const YearDays& year)
    : plan_(plan),
      agenda_(std::move(agenda)),
      year_(year),
      fact_subject_(plan.kinds.size(), -1),
      by_kind_(plan.kinds.size()),
      window_roots_(plan.subjects.size()),
      listed_(plan.subjects.size()),
      known_dates_(256),
      cache_(plan.measures.size()),
      months_(plan.measures.size()),
      reads_(plan.measures.size()),
      chains_(1),
      order_(plan),
      rule_ran_(plan.plan_rules.size()),
      qualification_ran_(plan.qualifications.size()),
      terms_(plan.nodes.size()),
      steady_rules_(plan.plan_rules.size()),
      steady_by_kind_(plan.kinds.size()),
      steady_count_(plan.kinds.size()) {
  for (const PlanKind& kind : plan.kinds)
    field_block_ = std::max(field_block_, kind.initial.size());
  fields_.emplace_back(field_block_);
  looks_at_.assign(agenda_.kinds.begin(), agenda_.kinds.end());
  CountReads();
  for (std::size_t i = 0; i < plan.plan_rules.size(); ++i) {
    lead_of_.push_back(FindLead(plan.plan_rules[i].subject, plan.plan_rules[i].condition));
    steady_rules_[i].kind = plan.subjects[At(plan.plan_rules[i].subject)].kind.index();
    auto others = OthersLookedAt(plan, plan.plan_rules[i]);
    steady_rules_[i].may = others.has_value();
    if (others) steady_rules_[i].others = std::move(*others);
    steady_rules_[i].same = GivesTheSame(plan, plan.plan_rules[i]);
    steady_rules_[i].by_month = plan.plan_rules[i].consequences.size() == 1 &&
                                SumsMonths(plan.plan_rules[i].consequences[0].node, plan.unit);
    if (steady_rules_[i].by_month) FindSums(plan.plan_rules[i].consequences[0].node);
  }
  for (std::size_t i = 0; i < plan.subjects.size(); ++i) {
    if (plan.subjects[i].window == Window::Fact)
      fact_subject_[plan.subjects[i].kind.index()] = static_cast<int>(i);
  }
  FindSteps();
  FindReadings();
  FindLast();
}

int Evaluator::KindOf(const PlanStep& step) const {
  const int subject = step.rule >= 0 ? plan_.plan_rules[At(step.rule)].subject
                                     : plan_.qualifications[At(step.qualification)].subject;
  return plan_.subjects[At(subject)].kind.value;
}

void Evaluator::FindSteps() {
  const std::vector<PlanStep>& steps = agenda_.steps;
  due_.resize((steps.size() + 63) / 64);
  steady_due_ = due_;
  judging_.assign(plan_.kinds.size(), due_);
  for (std::size_t i = 0; i < steps.size(); ++i) {
    judging_[At(KindOf(steps[i]))][i / 64] |= std::uint64_t{1} << (i % 64);
    AddStep(steps[i]);
  }
  born_at_ = static_cast<std::size_t>(
      std::find_if(steps.begin(), steps.end(),
                   [](const PlanStep& step) { return step.sees_sanctions; }) -
      steps.begin());
}

void Evaluator::AddStep(const PlanStep& planned) {
  Step& step = steps_.emplace_back();
  step.rule = planned.rule;
  step.qualification = planned.qualification;
  const Condition* condition = nullptr;
  if (planned.rule >= 0) {
    step.lead = lead_of_[At(planned.rule)];
    step.steady = steady_rules_[At(planned.rule)].may;
    steady_rules_[At(planned.rule)].step = steps_.size() - 1;
    condition = &plan_.plan_rules[At(planned.rule)].condition;
  } else {
    const PlanQualification& q = plan_.qualifications[At(planned.qualification)];
    condition = &q.condition;
    if (q.from_rule < 0 && q.table < 0) step.lead = FindLead(q.subject, q.condition);
  }
  if (step.lead < 0) return;
  step.low = condition->tests.front().low;
  step.high = condition->tests.front().high;
}

void Evaluator::FindReadings() {
  const int kind = plan_.binding.of(Happening::Arrival).kind.value;
  const auto of_arrivals = [&](int subject) {
    return plan_.subjects[At(subject)].kind.value == kind;
  };
  std::vector<int> readers;
  for (const PlanStep& step : agenda_.steps) {
    if (KindOf(step) != kind) continue;
    if (step.rule >= 0 || plan_.qualifications[At(step.qualification)].table < 0) return;
    readers.push_back(step.qualification);
  }
  if (std::any_of(plan_.plan_rules.begin(), plan_.plan_rules.end(),
                  [&](const PlanRule& rule) { return of_arrivals(rule.subject); }) ||
      std::any_of(plan_.gaps.begin(), plan_.gaps.end(),
                  [&](const GapScale& gap) { return of_arrivals(gap.subject); }) ||
      std::any_of(plan_.measures.begin(), plan_.measures.end(),
                  [&](const PlanMeasure& measure) { return measure.kind == kind; }))
    return;
  reads_arrivals_ = true;
  arrival_subject_ = SubjectOfKind(kind);
  for (const std::vector<std::int32_t>& saying : plan_.arrivals.sayings) {
    Readings& readings = readings_of_.emplace_back();
    readings.first = static_cast<std::uint32_t>(readings_.size());
    for (const int id : readers) {
      const PlanQualification& q = plan_.qualifications[At(id)];
      const std::int32_t cell = saying[At(q.table)];
      if (cell == ArrivalTables::kEvaluate) readings.all = false;
      if (cell < 0) continue;
      readings_.push_back(
          {id, q.target, Chain(0, id), q.in_shift, plan_.arrivals.fields[At(cell)].data()});
      ++readings.count;
    }
  }
}

void Evaluator::FindLast() {
  if (born_at_ < agenda_.steps.size()) return;
  const int kind = plan_.binding.separation.kind.value;
  std::vector<int> rules;
  for (const PlanStep& step : agenda_.steps) {
    if (KindOf(step) != kind) continue;
    if (step.rule < 0) return;
    rules.push_back(step.rule);
  }
  // Whoever leaves before the year's last day does not come to what is judged on it.
  std::vector<int> at_close(plan_.measures.size());
  for (const PlanRule& rule : plan_.plan_rules) {
    const rules::Subject& subject = plan_.subjects[At(rule.subject)];
    if (subject.window == Window::Fact &&
        plan_.rules->kind(subject.kind).periodicity == rules::Periodicity::EachGestion)
      CountReads(rule, at_close);
  }
  for (std::size_t m = 0; m < plan_.measures.size(); ++m) {
    if (plan_.measures[m].kind != kind) continue;
    if (at_close[m] != reads_[m]) return;
    last_at_close_ = true;
  }
  if (kind >= 0) last_rules_ = std::move(rules);
}

// ---- facts -----------------------------------------------------------------------

bool Evaluator::Before(int a, int b) const {
  const PlanFact& x = facts_[At(a)];
  const PlanFact& y = facts_[At(b)];
  if (x.day != y.day) return x.day < y.day;
  return x.slot != y.slot ? x.slot < y.slot : a < b;
}

std::int64_t* Evaluator::NewFields(const std::vector<std::int64_t>& initial) {
  if (used_fields_ + initial.size() > field_block_) {
    if (used_blocks_ == fields_.size()) fields_.emplace_back(field_block_);
    ++used_blocks_;
    used_fields_ = 0;
  }
  std::int64_t* fields = fields_[used_blocks_ - 1].data() + used_fields_;
  used_fields_ += initial.size();
  std::copy(initial.begin(), initial.end(), fields);
  return fields;
}

// The first of its kind that does not come round each year.
void Evaluator::Grow(int kind) {
  grown_.push_back(kind);
  AddDue(kind, due_);
}

// The last one added goes among those of its kind, after those of the same moment.
void Evaluator::Insert(Pile<Placed>& same) {
  const Placed placed = same.back();
  Placed* place = same.end() - 1;
  for (; place != same.begin() && place[-1].moment > placed.moment; --place) place[0] = place[-1];
  tied_ = tied_ || (place != same.begin() && place[-1].moment == placed.moment);
  *place = placed;
}

// What the tables leave to a qualification, or something else looks at.
void Evaluator::AddUnread(const SeenArrival& arrival) {
  const KindBinding& bound = plan_.binding.of(Happening::Arrival);
  std::int64_t* fields = NewFields(plan_.kinds[bound.kind.index()].initial);
  const PlanHours& hours =
      plan_.hours[At(person_.days->schedule[At(arrival.day)])][At(arrival.shift) - 1];
  if (bound.amount.valid())
    fields[bound.amount.index()] = hours.entry + arrival.offset * plan_.unit;
  if (bound.flag.valid()) fields[bound.flag.index()] = arrival.justified ? plan_.unit : 0;
  PlanFact& fact = RootFact(bound.kind.value, arrival.day, arrival.shift, fields);
  fact.shift = arrival.shift;
  fact.arrival = true;
  fact.justified = arrival.justified;
  fact.offset = arrival.offset;
}

void Evaluator::AddByMonth(int kind, rules::FieldId field,
                           std::array<std::int64_t, 12>& months) const {
  for (const Placed& placed : by_kind_[At(kind)]) {
    const std::int64_t value = facts_[At(placed.fact)].fields[field.index()];
    if (value != kAbsent) months[At(year_.month[At(placed.day())])] += value;
  }
}

// ---- subjects --------------------------------------------------------------------

void Evaluator::List(int subject, Listed& listed) {
  const rules::Subject& judged = plan_.subjects[At(subject)];
  const Pile<Placed>& facts = by_kind_[judged.kind.index()];
  const bool of_facts = judged.window == Window::Fact;
  const bool steady = of_facts && facts.size() == steady_count_[judged.kind.index()];
  const bool same = steady && listed.taken == taken_ && listed.facts == facts.size();
  listed.run = run_;
  if (same) return;
  listed.taken = steady ? taken_ : 0;
  listed.facts = facts.size();
  listed.month_ends.reset();
  listed.instances.clear();
  if (of_facts) {
    listed.instances.resize(facts.size());
    for (std::size_t i = 0; i < facts.size(); ++i) {
      const std::int32_t day = facts[i].day();
      listed.instances[i] = {{day, facts[i].fact}, day, -1};
    }
    return;
  }
  if (judged.window == Window::Month) return ListMonths(facts, listed.instances);
  std::int32_t last = -1;
  for (const Placed& placed : facts) {
    const std::int32_t day = placed.day();
    if (day > last) {
      last = WindowLast(judged.window, day);
      if (last <= tenure_.last)
        listed.instances.push_back({{last, -1}, WindowFirst(judged.window, day), -1});
    }
  }
}

// Whether a fact is of another month than the one before cannot be foreseen.
void Evaluator::ListMonths(const Pile<Placed>& facts, std::vector<Instance>& instances) {
  std::uint32_t months = 0;
  for (const Placed& placed : facts) months |= 1U << MonthOf(placed.day());
  for (; months != 0; months &= months - 1) {
    const auto month = static_cast<std::size_t>(std::countr_zero(months));
    const std::int32_t last = MonthLast(month);
    instances.push_back({{last, -1}, year_.month_first[month], -1});
  }
}

int Evaluator::FindWindowRoot(int subject, std::int32_t first) const {
  for (const auto& [day, root] : window_roots_[At(subject)]) {
    if (day == first) return root;
  }
  return -1;
}

int Evaluator::RootOf(int subject, Instance& instance) {
  if (instance.scope.fact >= 0) return facts_[At(instance.scope.fact)].root;
  if (instance.root < 0) instance.root = FindWindowRoot(subject, instance.first);
  if (instance.root >= 0) return instance.root;
  instance.root = NewRoot(subject);
  if (window_roots_[At(subject)].empty()) rooted_.push_back(subject);
  window_roots_[At(subject)].emplace_back(instance.first, instance.root);
  return instance.root;
}

std::vector<std::int32_t> Evaluator::JudgedOn(int subject) {
  std::vector<std::int32_t> days;
  for (const Instance& instance : Instances(subject)) days.push_back(instance.scope.day);
  return days;
}

int Evaluator::family_of_root(int root) const {
  const int subject = roots_[At(root)].subject;
  return subject < 0 ? -1 : plan_.family_of[At(subject)];
}

std::vector<int> Evaluator::FactsBehind(int root) const {
  const auto window = [&](int id) {
    const int subject = roots_[At(id)].subject;
    return subject < 0 ? Window::Fact : plan_.subjects[At(subject)].window;
  };
  if (window(root) == Window::Fact) return {root};
  const int subject = roots_[At(root)].subject;
  std::vector<int> facts;
  for (const auto& [first, of_window] : window_roots_[At(subject)]) {
    if (of_window != root) continue;
    const std::int32_t last = WindowLast(window(root), first);
    for (const Placed& placed : by_kind_[plan_.subjects[At(subject)].kind.index()]) {
      const PlanFact& fact = facts_[At(placed.fact)];
      if (fact.day >= first && fact.day <= last && window(fact.root) == Window::Fact)
        facts.push_back(fact.root);
    }
  }
  std::sort(facts.begin(), facts.end());
  facts.erase(std::unique(facts.begin(), facts.end()), facts.end());
  return facts;
}

// ---- steps -----------------------------------------------------------------------

void Evaluator::Run() {
  RunSteps(0, born_at_);
  if (born_at_ < agenda_.steps.size()) {
    BearSanctions();
    RunSteps(born_at_, agenda_.steps.size());
  }
  Settle();
  CheckSanctions();
  FindGaps();
}

// Those that are due, and those that become so meanwhile: what a step derives is judged after it.
void Evaluator::RunSteps(std::size_t from, std::size_t to) {
  for (std::size_t word = from / 64; word * 64 < to; ++word) {
    std::uint64_t open = ~std::uint64_t{0};
    if (word == from / 64) open <<= from % 64;
    if (to - word * 64 < 64) open &= (std::uint64_t{1} << (to - word * 64)) - 1;
    while ((due_[word] & open) != 0) {
      const int bit = std::countr_zero(due_[word] & open);
      open &= ~std::uint64_t{1} << bit;
      RunStep(steps_[word * 64 + At(bit)]);
    }
  }
}

void Evaluator::RunStep(const Step& step) {
  if (step.steady) return RunRule(step.rule);
  if (step.lead >= 0 && RuledOut(step.lead, step.low, step.high)) return;
  if (step.rule >= 0) return Judge(step.rule);
  RunQualification(step);
}

bool Evaluator::Resume() {
  if (!last_rules_ || (last_at_close_ && tenure_.last >= year_.count - 1)) return false;
  for (const int rule : *last_rules_) RunRule(rule);
  Settle();
  gaps_.clear();
  FindGaps();
  return true;
}

bool Evaluator::Applies(int rule, const Scope& scope, std::size_t passed) {
  const PlanRule& judged = plan_.plan_rules[At(rule)];
  if (!Holds(judged.condition, scope, passed)) return false;
  return std::none_of(judged.earlier.begin(), judged.earlier.end(),
                      [&](int row) { return Holds(plan_.plan_rules[At(row)].condition, scope); });
}

void Evaluator::RunQualification(const Step& step) {
  const int id = step.qualification;
  const PlanQualification& q = plan_.qualifications[At(id)];
  // Deriving adds facts of another kind only: the strata have no cycles.
  std::vector<Instance>& instances = Instances(q.subject);
  if (q.table >= 0) return ReadTable(id, instances);
  const std::vector<std::int64_t>* values = step.lead < 0 ? nullptr : &leads_[At(step.lead)].values;
  const bool plain = values != nullptr && LeadIsAll(q.condition);
  for (std::size_t from = 0; from < instances.size(); from += kAtOnce) {
    std::uint64_t left = values == nullptr ? All(instances.size() - from)
                                           : Within(*values, from, step.low, step.high);
    for (; left != 0; left &= left - 1) {
      Instance& instance = instances[from + At(std::countr_zero(left))];
      if (plain ||
          (q.from_rule >= 0 ? Applies(q.from_rule, instance.scope)
                            : Holds(q.condition, instance.scope, values == nullptr ? 0 : 1)))
        Derive(id, instance, nullptr);
    }
  }
}

// The same of what its table says of arrivals.
void Evaluator::ReadTable(int id, std::vector<Instance>& instances) {
  const PlanQualification& q = plan_.qualifications[At(id)];
  for (Instance& instance : instances) {
    const PlanFact& fact = facts_[At(instance.scope.fact)];
    std::int32_t cell = ArrivalTables::kEvaluate;
    if (fact.arrival)
      cell = plan_.arrivals.cell(q.table, person_.days->context[At(fact.day)], fact.shift,
                                 fact.justified, fact.offset);
    if (cell >= 0) {
      Derive(id, instance, plan_.arrivals.fields[At(cell)].data());
      continue;
    }
    if (cell == ArrivalTables::kNo) continue;
    if (q.from_rule >= 0 ? Applies(q.from_rule, instance.scope)
                         : Holds(q.condition, instance.scope))
      Derive(id, instance, nullptr);
  }
}

// `known`: the fields, when a table has them.
void Evaluator::Derive(int id, Instance& instance, const std::int64_t* known) {
  const PlanQualification& q = plan_.qualifications[At(id)];
  qualification_ran_[At(id)] = run_;
  const int subject = instance.scope.fact;
  const std::int64_t* fields = known;
  if (known == nullptr) {
    std::int64_t* own = NewFields(plan_.kinds[At(q.target)].initial);
    for (std::size_t i = 0; i < q.fields.size(); ++i) {
      if (q.fields[i] >= 0) own[i] = Eval(q.fields[i], instance.scope);
    }
    fields = own;
  }
  const int root = RootOf(q.subject, instance);
  const std::int32_t slot = subject < 0 ? kEndOfDay : facts_[At(subject)].slot;
  const std::int32_t shift = subject >= 0 && q.in_shift ? facts_[At(subject)].shift : 0;
  const int chain = Chain(subject < 0 ? 0 : facts_[At(subject)].chain, id);
  PlanFact& derived = NewFact(q.target, instance.scope.day, slot, fields, root);
  derived.shift = shift;
  derived.chain = chain;
}

int Evaluator::Chain(int parent, int qualification) {
  const std::size_t place = At(parent) * plan_.qualifications.size() + At(qualification);
  if (place >= chain_of_.size()) chain_of_.resize((At(parent) + 1) * plan_.qualifications.size());
  if (chain_of_[place] == 0) {
    chain_of_[place] = static_cast<int>(chains_.size());
    chains_.push_back({parent, qualification});
  }
  return chain_of_[place];
}

void Evaluator::Judge(int id) {
  const PlanRule& rule = plan_.plan_rules[At(id)];
  std::vector<Instance>& instances = Instances(rule.subject);
  const Test* lead = lead_of_[At(id)] < 0 ? nullptr : &rule.condition.tests.front();
  const std::vector<std::int64_t>* values =
      lead == nullptr ? nullptr : &LeadValues(lead_of_[At(id)]).values;
  const bool plain = lead != nullptr && LeadIsAll(rule.condition) && rule.earlier.empty();
  ByMonth months;
  bool by_month = steady_rules_[At(id)].by_month;
  bool known = false;
  for (std::size_t from = 0; from < instances.size(); from += kAtOnce) {
    std::uint64_t left = lead == nullptr ? All(instances.size() - from)
                                         : Within(*values, from, lead->low, lead->high);
    for (; left != 0; left &= left - 1) {
      Instance& instance = instances[from + At(std::countr_zero(left))];
      if (!plain && !Applies(id, instance.scope, lead != nullptr ? 1 : 0)) continue;
      // Not before one applies: of what nothing applies to, nothing is asked.
      if (by_month && !known)
        by_month = known = EvalMonthsOf(rule.subject, rule.consequences[0].node, months);
      const int root = RootOf(rule.subject, instance);
      Apply(id, instance.scope, root, by_month ? &months[At(MonthOf(instance.scope.day))] : nullptr,
            applied_);
      CountAt(root);
      rule_ran_[At(id)] = run_;
    }
  }
}

int Evaluator::FindLead(int subject, const Condition& condition) {
  if (condition.tests.empty()) return -1;
  const Test& first = condition.tests.front();
  if (first.kind != Test::Kind::Measure && first.kind != Test::Kind::Field &&
      first.kind != Test::Kind::Term)
    return -1;
  Lead lead;
  lead.subject = subject;
  lead.kind = first.kind;
  lead.ref = first.ref;
  lead.in_force = condition.validity;
  if (first.kind != Test::Kind::Term) lead.kind_of = plan_.subjects[At(subject)].kind.value;
  const auto known = std::find_if(leads_.begin(), leads_.end(), [&](const Lead& other) {
    return other.subject == lead.subject && other.kind == lead.kind && other.ref == lead.ref &&
           other.in_force == lead.in_force;
  });
  if (known != leads_.end()) return static_cast<int>(known - leads_.begin());
  leads_.push_back(std::move(lead));
  return static_cast<int>(leads_.size()) - 1;
}

// A measure is asked once all that it measures is there, and facts do not change.
void Evaluator::FindValues(Lead& lead, std::size_t facts) {
  lead.run = run_;
  lead.facts = facts;
  lead.values.clear();
  lead.least = INT64_MAX;
  lead.most = INT64_MIN;
  Test test;
  test.kind = lead.kind;
  test.ref = lead.ref;
  const ByMonth* months = MonthsOf(lead);
  for (const Instance& instance : Instances(lead.subject)) {
    const std::int32_t day = instance.scope.day;
    // Out of force nothing is asked, not even whether it has a value.
    const std::int64_t value = !lead.in_force.holds(day) ? kAbsent
                               : months != nullptr       ? (*months)[At(MonthOf(day))]
                                                         : ValueOf(test, instance.scope);
    lead.values.push_back(value);
    lead.least = std::min(lead.least, value);
    lead.most = std::max(lead.most, value);
  }
}

// What is measured of each month, when months are judged by it.
const Evaluator::ByMonth* Evaluator::MonthsOf(const Lead& lead) {
  if (lead.kind != Test::Kind::Measure ||
      plan_.subjects[At(lead.subject)].window != Window::Month ||
      !plan_.measures[At(lead.ref)].by_month)
    return nullptr;
  const std::size_t facts = by_kind_[At(plan_.measures[At(lead.ref)].kind)].size();
  return facts == 0 ? nullptr : &WholeMonths(lead.ref, static_cast<std::uint32_t>(facts));
}

// `known`: the quantity of its only consequence, when it has been worked out.
void Evaluator::Apply(int id, const Scope& scope, int root, const std::int64_t* known,
                      Pile<Applied>& into) {
  const PlanRule& rule = plan_.plan_rules[At(id)];
  Applied& applied = into.Next();
  applied.rule = id;
  applied.root = root;
  applied.day = scope.day;
  applied.fact = scope.fact;
  applied.chain = scope.fact < 0 ? 0 : facts_[At(scope.fact)].chain;
  applied.quantities = quantities_.size();
  applied.stands = true;
  applied.in_conflict = false;
  if (known != nullptr) {
    quantities_.Next() = *known;
    return;
  }
  for (const PlanQuantity& consequence : rule.consequences) {
    std::int64_t quantity = consequence.node < 0 ? 0 : Eval(consequence.node, scope);
    if (quantity == kAbsent)
      quantity = Fail("la cantidad de una consecuencia no tiene valor",
                      "the quantity of a consequence has no value");
    quantities_.Next() = quantity;
  }
}

// ---- sanctions -------------------------------------------------------------------

void Evaluator::BearSanctions() {
  sanctions_born_ = true;
  Settle();
  const std::size_t count = applied_.size();
  for (std::size_t i = 0; i < count; ++i) {
    const Applied& applied = applied_[i];
    counted_.push_back(applied.stands);
    const PlanRule& rule = plan_.plan_rules[At(applied.rule)];
    if (!applied.stands || !rule.deducts) continue;
    for (std::size_t c = 0; c < rule.consequences.size(); ++c) {
      if (rule.consequences[c].kind != rules::ConsequenceKind::PayDeduction) continue;
      std::int64_t* fields = NewFields(plan_.kinds[At(plan_.sanction_kind)].initial);
      RootFact(plan_.sanction_kind, applied.day, kEndOfDay, fields);
      if (plan_.sanction_days >= 0) fields[plan_.sanction_days] = quantity(applied, c);
      if (plan_.sanction_process >= 0)
        fields[plan_.sanction_process] = rule.opens_process ? plan_.unit : 0;
    }
  }
}

// A rule about sanctions that displaces a deduction would make sanctions depend on themselves.
void Evaluator::CheckSanctions() {
  if (!sanctions_born_) return;
  for (std::size_t i = 0; i < applied_.size(); ++i) {
    const bool counted = i < counted_.size() && counted_[i];
    if (plan_.plan_rules[At(applied_[i].rule)].deducts && applied_[i].stands != counted)
      Fail("una regla sobre sanciones desplaza un descuento",
           "a rule about sanctions displaces a deduction");
  }
}

// ---- gaps ------------------------------------------------------------------------

void Evaluator::FindGaps() {
  for (const GapScale& gap : plan_.gaps) {
    if (by_kind_[plan_.subjects[At(gap.subject)].kind.index()].empty()) continue;
    if (!gap.any_answers) FindAnswered(gap);
    for (const Instance& instance : Instances(gap.subject)) {
      if (instance.scope.fact >= 0 && facts_[At(instance.scope.fact)].chain != 0) continue;
      int root = instance.root;
      if (instance.scope.fact >= 0) root = facts_[At(instance.scope.fact)].root;
      if (root < 0) root = FindWindowRoot(gap.subject, instance.first);
      if (root >= 0 && roots_[At(root)].count > 0 && (gap.any_answers || answered_[At(root)]))
        continue;
      const rules::ScaleId scale = gap.ScaleOn(instance.scope.day);
      if (scale.valid())
        gaps_.push_back({gap.family, scale, instance.scope.day, instance.scope.fact});
    }
  }
}

void Evaluator::FindAnswered(const GapScale& gap) {
  answered_.assign(roots_.size(), false);
  for (const Applied& applied : applied_) {
    if (gap.answers[At(applied.rule)]) answered_[At(applied.root)] = true;
  }
}

}  // namespace cotejo::year
