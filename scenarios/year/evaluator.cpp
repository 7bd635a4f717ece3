#include "scenarios/year/evaluator.h"

#include <algorithm>

namespace cotejo::year {

using rules::Window;

namespace {

// A window's results and sanctions come at the end of their day.
constexpr std::int32_t kEndOfDay = 1000;

std::size_t At(int index) { return static_cast<std::size_t>(index); }

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
      chains_(1),
      order_(plan),
      rule_ran_(plan.plan_rules.size()),
      qualification_ran_(plan.qualifications.size()) {
  for (std::size_t i = 0; i < plan.subjects.size(); ++i) {
    if (plan.subjects[i].window == Window::Fact)
      fact_subject_[plan.subjects[i].kind.index()] = static_cast<int>(i);
  }
}

void Evaluator::Begin(const StaffPlan& staff, const Tenure& tenure) {
  const bool same =
      staff_ == &staff && index_ == tenure.person && !tenure.newcomer && !tenure_.newcomer;
  if (!same) staff.Take(tenure, year_, person_);
  staff_ = &staff;
  index_ = tenure.person;
  tenure_ = tenure;
  ++run_;
  facts_.clear();
  fields_.clear();
  for (std::vector<int>& kind : by_kind_) kind.clear();
  roots_.clear();
  for (auto& roots : window_roots_) roots.clear();
  applied_.clear();
  quantities_.clear();
  gaps_.clear();
  conflicts_.clear();
  counted_.clear();
  sanctions_born_ = false;
  fault_ = nullptr;
  for (const auto& [kind, day] : person_.periodic) {
    if (looks_at(kind) && tenure.first <= day && day <= tenure.last) Add(kind, day, 0);
  }
}

// ---- facts -----------------------------------------------------------------------

bool Evaluator::Before(int a, int b) const {
  const PlanFact& x = facts_[At(a)];
  const PlanFact& y = facts_[At(b)];
  if (x.day != y.day) return x.day < y.day;
  return x.slot != y.slot ? x.slot < y.slot : a < b;
}

int Evaluator::NewFact(int kind, std::int32_t day, std::int32_t slot, std::int32_t shift, int root,
                       int chain) {
  const int index = static_cast<int>(facts_.size());
  PlanFact fact;
  fact.kind = kind;
  fact.day = day;
  fact.slot = slot;
  fact.shift = shift;
  fact.fields = fields_.size();
  fact.root = root;
  fact.chain = chain;
  facts_.push_back(fact);
  const std::vector<std::int64_t>& initial = plan_.kinds[At(kind)].initial;
  fields_.insert(fields_.end(), initial.begin(), initial.end());
  std::vector<int>& same = by_kind_[At(kind)];
  auto place = same.end();
  while (place != same.begin() && Before(index, *(place - 1))) --place;
  same.insert(place, index);
  return index;
}

int Evaluator::RootFact(int kind, std::int32_t day, std::int32_t slot, std::int32_t shift) {
  const int root = static_cast<int>(roots_.size());
  roots_.push_back({SubjectOfKind(kind), -1, 0});
  return NewFact(kind, day, slot, shift, root, 0);
}

int Evaluator::Add(int kind, std::int32_t day, std::int32_t shift) {
  return RootFact(kind, day, shift, shift);
}

void Evaluator::Set(int fact, rules::FieldId field, std::int64_t value) {
  if (field.valid()) fields_[facts_[At(fact)].fields + field.index()] = value;
}

void Evaluator::AddArrival(std::int32_t day, std::int32_t shift, std::int32_t offset,
                           bool justified) {
  const KindBinding& bound = plan_.binding.of(Happening::Arrival);
  const int fact = Add(bound.kind.value, day, shift);
  const PlanHours& hours = plan_.hours[At(person_.days->schedule[At(day)])][At(shift) - 1];
  Set(fact, bound.amount, hours.entry + offset * plan_.unit);
  Set(fact, bound.flag, justified ? plan_.unit : 0);
  facts_[At(fact)].offset = offset;
  facts_[At(fact)].justified = justified;
  facts_[At(fact)].arrival = true;
}

void Evaluator::AddByMonth(int kind, rules::FieldId field,
                           std::array<std::int64_t, 12>& months) const {
  for (const int index : by_kind_[At(kind)]) {
    const PlanFact& fact = facts_[At(index)];
    const std::int64_t value = fields_[fact.fields + field.index()];
    if (value != kAbsent) months[At(year_.month[At(fact.day)])] += value;
  }
}

// ---- subjects --------------------------------------------------------------------

const std::vector<Evaluator::Instance>& Evaluator::Instances(int subject) {
  const rules::Subject& judged = plan_.subjects[At(subject)];
  const std::vector<int>& facts = by_kind_[judged.kind.index()];
  Listed& listed = listed_[At(subject)];
  if (listed.run == run_ && listed.facts == facts.size()) return listed.instances;
  listed.run = run_;
  listed.facts = facts.size();
  listed.instances.clear();
  std::int32_t last = -1;
  for (const int index : facts) {
    const std::int32_t day = facts_[At(index)].day;
    if (judged.window == Window::Fact) {
      listed.instances.push_back({{day, index}, day});
    } else if (day > last) {
      last = WindowLast(judged.window, day);
      if (last <= tenure_.last)
        listed.instances.push_back({{last, -1}, WindowFirst(judged.window, day)});
    }
  }
  return listed.instances;
}

int Evaluator::FindWindowRoot(int subject, std::int32_t first) const {
  for (const auto& [day, root] : window_roots_[At(subject)]) {
    if (day == first) return root;
  }
  return -1;
}

int Evaluator::RootOf(int subject, const Instance& instance) {
  if (instance.scope.fact >= 0) return facts_[At(instance.scope.fact)].root;
  const int known = FindWindowRoot(subject, instance.first);
  if (known >= 0) return known;
  const int root = static_cast<int>(roots_.size());
  roots_.push_back({subject, -1, 0});
  window_roots_[At(subject)].emplace_back(instance.first, root);
  return root;
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
    for (const int index : by_kind_[plan_.subjects[At(subject)].kind.index()]) {
      const PlanFact& fact = facts_[At(index)];
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
  for (const PlanStep& step : agenda_.steps) {
    if (step.sees_sanctions && !sanctions_born_) BearSanctions();
    if (step.rule >= 0) {
      RunRule(step.rule);
    } else {
      RunQualification(step.qualification);
    }
  }
  Settle();
  CheckSanctions();
  FindGaps();
}

bool Evaluator::Applies(int rule, Scope scope) {
  const PlanRule& judged = plan_.plan_rules[At(rule)];
  if (!Holds(judged.condition, scope)) return false;
  return std::none_of(judged.earlier.begin(), judged.earlier.end(),
                      [&](int row) { return Holds(plan_.plan_rules[At(row)].condition, scope); });
}

void Evaluator::RunQualification(int id) {
  const PlanQualification& q = plan_.qualifications[At(id)];
  if (by_kind_[plan_.subjects[At(q.subject)].kind.index()].empty()) return;
  // Deriving adds facts of another kind only: the strata have no cycles.
  for (const Instance& instance : Instances(q.subject)) {
    if (q.table >= 0 && facts_[At(instance.scope.fact)].arrival) {
      const PlanFact& fact = facts_[At(instance.scope.fact)];
      const std::int32_t cell = plan_.arrivals.cell(q.table, person_.days->context[At(fact.day)],
                                                    fact.shift, fact.justified, fact.offset);
      if (cell == ArrivalTables::kNo) continue;
      if (cell >= 0) {
        Derive(id, instance, &plan_.arrivals.fields[At(cell)]);
        continue;
      }
    }
    const bool holds = q.from_rule >= 0 ? Applies(q.from_rule, instance.scope)
                                        : Holds(q.condition, instance.scope);
    if (holds) Derive(id, instance, nullptr);
  }
}

// `known`: the fields' values, when a table has them.
void Evaluator::Derive(int id, const Instance& instance, const std::vector<std::int64_t>* known) {
  const PlanQualification& q = plan_.qualifications[At(id)];
  qualification_ran_[At(id)] = run_;
  const int subject = instance.scope.fact;
  const int root = RootOf(q.subject, instance);
  const std::int32_t slot = subject < 0 ? kEndOfDay : facts_[At(subject)].slot;
  const std::int32_t shift = subject >= 0 && q.in_shift ? facts_[At(subject)].shift : 0;
  const int chain = Chain(subject < 0 ? 0 : facts_[At(subject)].chain, id);
  const int fact = NewFact(q.target, instance.scope.day, slot, shift, root, chain);
  const std::size_t fields = facts_[At(fact)].fields;
  for (std::size_t i = 0; i < q.fields.size(); ++i) {
    if (q.fields[i] < 0) continue;
    fields_[fields + i] = known != nullptr ? (*known)[i] : Eval(q.fields[i], instance.scope);
  }
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

void Evaluator::RunRule(int id) {
  const PlanRule& rule = plan_.plan_rules[At(id)];
  if (by_kind_[plan_.subjects[At(rule.subject)].kind.index()].empty()) return;
  const std::vector<Instance>& instances = Instances(rule.subject);
  const Test* lead = LeadOf(rule);
  const std::vector<std::int64_t>* values = lead == nullptr ? nullptr : &LeadValues(rule, *lead);
  for (std::size_t i = 0; i < instances.size(); ++i) {
    if (lead != nullptr && ((*values)[i] < lead->low || (*values)[i] > lead->high)) continue;
    const Instance& instance = instances[i];
    if (!Applies(id, instance.scope)) continue;
    applied_.push_back(Apply(id, instance.scope, RootOf(rule.subject, instance)));
    ++roots_[At(applied_.back().root)].count;
    rule_ran_[At(id)] = run_;
  }
}

// The test that rules a rule out first, if it is one of a value that its neighbours look at too.
const Test* Evaluator::LeadOf(const PlanRule& rule) const {
  const Condition& condition = rule.condition;
  if (condition.tests.empty()) return nullptr;
  const Test& first = condition.tests.front();
  // Out of force nothing is asked, not even whether it has a value.
  const bool always = condition.validity.from <= 0 && condition.validity.to >= year_.count - 1;
  const bool valued = first.kind == Test::Kind::Measure || first.kind == Test::Kind::Field ||
                      first.kind == Test::Kind::Term;
  return always && valued ? &first : nullptr;
}

// That value for each instance: rows of one scale, one after the other, find it worked out.
const std::vector<std::int64_t>& Evaluator::LeadValues(const PlanRule& rule, const Test& lead) {
  const bool known = lead_.run == run_ && lead_.facts == facts_.size() &&
                     lead_.subject == rule.subject && lead_.kind == lead.kind &&
                     lead_.ref == lead.ref;
  if (known) return lead_.values;
  lead_.run = run_;
  lead_.facts = facts_.size();
  lead_.subject = rule.subject;
  lead_.kind = lead.kind;
  lead_.ref = lead.ref;
  lead_.values.clear();
  for (const Instance& instance : Instances(rule.subject))
    lead_.values.push_back(ValueOf(lead, instance.scope));
  return lead_.values;
}

Applied Evaluator::Apply(int id, Scope scope, int root) {
  const PlanRule& rule = plan_.plan_rules[At(id)];
  Applied applied;
  applied.rule = id;
  applied.root = root;
  applied.day = scope.day;
  applied.fact = scope.fact;
  applied.chain = scope.fact < 0 ? 0 : facts_[At(scope.fact)].chain;
  applied.quantities = quantities_.size();
  for (const PlanQuantity& consequence : rule.consequences) {
    std::int64_t quantity = consequence.node < 0 ? 0 : Eval(consequence.node, scope);
    if (quantity == kAbsent)
      quantity = Fail("la cantidad de una consecuencia no tiene valor",
                      "the quantity of a consequence has no value");
    quantities_.push_back(quantity);
  }
  return applied;
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
      const int fact = RootFact(plan_.sanction_kind, applied.day, kEndOfDay, 0);
      Set(fact, rules::FieldId(plan_.sanction_days), quantity(applied, c));
      Set(fact, rules::FieldId(plan_.sanction_process), rule.opens_process ? plan_.unit : 0);
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
    for (const Instance& instance : Instances(gap.subject)) {
      if (instance.scope.fact >= 0 && facts_[At(instance.scope.fact)].chain != 0) continue;
      const int root = instance.scope.fact >= 0 ? facts_[At(instance.scope.fact)].root
                                                : FindWindowRoot(gap.subject, instance.first);
      if (root >= 0 && roots_[At(root)].count > 0) continue;
      const bool in_force =
          std::any_of(gap.in_force.begin(), gap.in_force.end(),
                      [&](const Validity& v) { return v.holds(instance.scope.day); });
      if (in_force) gaps_.push_back({gap.family, instance.scope.day, instance.scope.fact});
    }
  }
}

}  // namespace cotejo::year
