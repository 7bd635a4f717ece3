// How a tally is prepared: which facts, which rules, which counts.
#include <algorithm>
#include <numeric>
#include <set>

#include "solver/checks/tally.h"

namespace cotejo::checks {

using base::Date;
using base::Rational;
using rules::Aggregate;
using rules::FactKindId;
using rules::Window;

namespace {

constexpr std::size_t kMaxActs = 4096;     // values of the fields of one kind, tried together
constexpr std::size_t kMaxChoices = 4096;  // ways to spend one day
constexpr std::int64_t kMaxScale = 1'000'000;

bool Primitive(const rules::FactKind& kind) {
  return !kind.derived && !kind.is_sanction && kind.periodicity == rules::Periodicity::None;
}

FactKindId KindAt(std::size_t index) { return FactKindId(static_cast<std::int64_t>(index)); }

// Kinds that lead to those marked by qualifications of facts, themselves included.
std::vector<bool> LeadingTo(const rules::Ruleset& rules, std::vector<bool> kinds) {
  for (bool grown = true; grown;) {
    grown = false;
    for (const rules::Qualification& by : rules.qualifications) {
      if (by.subject.window != Window::Fact) continue;
      if (!kinds[by.target.index()] || kinds[by.subject.kind.index()]) continue;
      kinds[by.subject.kind.index()] = true;
      grown = true;
    }
  }
  return kinds;
}

// Kinds that those marked can become, themselves included.
std::vector<bool> ReachedFrom(const rules::Ruleset& rules, std::vector<bool> kinds) {
  for (bool grown = true; grown;) {
    grown = false;
    for (const rules::Qualification& by : rules.qualifications) {
      if (!kinds[by.subject.kind.index()] || kinds[by.target.index()]) continue;
      kinds[by.target.index()] = true;
      grown = true;
    }
  }
  return kinds;
}

bool Mentions(const rules::Ruleset& rules, rules::ExprId id, rules::Op op) {
  if (!id.valid()) return false;
  const rules::Expr& expr = rules.expr(id);
  return expr.op == op || std::any_of(expr.args.begin(), expr.args.end(),
                                      [&](rules::ExprId a) { return Mentions(rules, a, op); });
}

bool LooksAtDate(const rules::Ruleset& rules, const rules::Qualification& by) {
  return Mentions(rules, by.guard, rules::Op::FactDate) ||
         std::any_of(
             by.exceptions.begin(), by.exceptions.end(),
             [&](const auto& e) { return Mentions(rules, e.condition, rules::Op::FactDate); }) ||
         std::any_of(by.fields.begin(), by.fields.end(),
                     [&](const auto& f) { return Mentions(rules, f.value, rules::Op::FactDate); });
}

Untold TooMany() {
  return {{"hay demasiados hechos distintos que probar", "there are too many different facts"}};
}

}  // namespace

// What an act becomes that day, whatever was counted before.
struct Tally::Effect {
  int act = -1;
  std::vector<std::pair<std::size_t, std::int32_t>> adds;
  std::vector<std::int64_t> sums;  // by run
  std::int64_t gain = 0;
  bool triggers = false;
  friend bool operator==(const Effect& a, const Effect& b) {
    return a.adds == b.adds && a.sums == b.sums && a.gain == b.gain && a.triggers == b.triggers;
  }
};

Tally::Tally(const CheckContext& context, Goal goal, Reach reach, const Span& span)
    : context_(context), rules_(context.rules), goal_(std::move(goal)), reach_(reach) {
  person_.person = "testigo";
  person_.from = span.from;
  person_.to = span.to;
  person_.attributes.resize(rules_.attributes.size());
  try {
    ListMonths(span);
    ChooseActs();
    Discover();
    LayDimensions();
    for (Month& month : months_) FindDoom(month);
    MakeChoices();
  } catch (const Untold& untold) {
    unsupported_ = untold.reason;
  } catch (const base::ArithmeticError& error) {
    const std::string what = error.what();
    unsupported_ = {"el cálculo no cabe en números exactos (" + what + ")",
                    "the computation does not fit in exact numbers (" + what + ")"};
  }
}

// ---- Days ------------------------------------------------------------------------

// Dates on which something dated begins or has ended.
void Tally::FindKeys(const Span& span, std::vector<Date>& changes) const {
  std::set<Date> dates;
  const auto note = [&](const std::optional<Date>& from, const std::optional<Date>& to) {
    if (from) dates.insert(*from);
    if (to) dates.insert(to->plus_days(1));
  };
  for (const auto& norm : rules_.norms) note(norm.in_force_from, norm.in_force_to);
  for (const auto& rule : rules_.rules) note(rule.from, rule.to);
  for (const auto& by : rules_.qualifications) note(by.from, by.to);
  for (const auto& schedule : rules_.schedules) note(schedule.from, schedule.to);
  for (const auto& parameter : rules_.parameters) {
    for (const auto& value : parameter.values) note(value.from, std::nullopt);
  }
  std::erase_if(dates, [&](Date date) { return date <= span.from || date > span.to; });
  changes.assign(dates.begin(), dates.end());
}

void Tally::ListMonths(const Span& span) {
  std::vector<Date> changes;
  FindKeys(span, changes);
  const std::vector<bool> goal = GoalKinds();
  const std::vector<bool> leading = LeadingTo(rules_, goal);
  // A condition on the date itself makes every day a case of its own.
  const bool by_day =
      std::any_of(rules_.qualifications.begin(), rules_.qualifications.end(), [&](const auto& by) {
        return by.subject.window == Window::Fact && leading[by.subject.kind.index()] &&
               LooksAtDate(rules_, by);
      });
  std::size_t past = 0;
  bool fresh = true;
  for (Date first = span.from; first <= span.to; first = first.first_of_next_month()) {
    Month month{first, first.last_of_month(), {}, {}};
    const std::string scope = evaluation::HolidayScope(rules_, person_, first);
    month.days = rules_.calendar.WorkingDays(first, month.last, scope);
    for (std::size_t d = 0; d < month.days.size(); ++d) {
      const Date day = month.days[d];
      for (; past < changes.size() && changes[past] <= day; ++past) fresh = true;
      if (static_cast<int>(d) >= span.days_a_month) {
        month.keys.push_back(kNoFacts);
        continue;
      }
      if (fresh || by_day) key_dates_.push_back(day);
      fresh = false;
      month.keys.push_back(static_cast<int>(key_dates_.size()) - 1);
    }
    month.regime = static_cast<int>(past);
    months_.push_back(std::move(month));
  }
  if (key_dates_.empty()) {
    throw Untold{{"no hay días hábiles que mirar", "there are no working days to look at"}};
  }
}

// ---- Acts ------------------------------------------------------------------------

// Kinds at which the facts placed must arrive: the goal's own, or those whose windows give
// rise to them.
std::vector<bool> Tally::GoalKinds() const {
  std::vector<bool> kinds(rules_.fact_kinds.size(), false);
  for (rules::MeasureId id : goal_.measures) kinds[rules_.measure(id).kind.index()] = true;
  for (std::size_t round = 0; round < rules_.fact_kinds.size(); ++round) {
    const std::vector<bool> leading = LeadingTo(rules_, kinds);
    for (std::size_t k = 0; k < leading.size(); ++k) {
      if (leading[k] && Primitive(rules_.fact_kinds[k])) return kinds;
    }
    std::vector<bool> before(kinds.size(), false);
    for (const rules::Qualification& by : rules_.qualifications) {
      const bool window = by.subject.window != Window::Fact;
      if (window && leading[by.target.index()]) before[by.subject.kind.index()] = true;
    }
    kinds = std::move(before);
  }
  return kinds;
}

std::vector<rules::Value> Tally::FieldValues(const rules::Field& field,
                                             const rules::Shift* shift) const {
  std::vector<rules::Value> values;
  if (field.initial) values.push_back(*field.initial);
  const auto add = [&](Rational number) {
    const rules::Value value{number, false};
    if (std::find(values.begin(), values.end(), value) == values.end()) values.push_back(value);
    if (values.size() > kMaxActs) throw TooMany();
  };
  switch (field.type.base) {
    case rules::Base::Boolean:
      add(0);
      add(1);
      return values;
    case rules::Base::Enumeration: {
      const auto& names = rules_.enumerations[field.type.enumeration.index()].values;
      for (std::size_t v = 0; v < names.size(); ++v) add(static_cast<std::int64_t>(v));
      return values;
    }
    case rules::Base::TimeOfDay: {
      // Whole minutes of the shift: what happens outside it is no attendance.
      if (shift == nullptr) break;
      const Rational step = std::max(Rational(1), field.step);
      for (Rational at = shift->entry; at <= shift->exit; at += step) add(at);
      return values;
    }
    default:
      break;
  }
  if (field.low && field.high && !field.step.zero()) {
    for (Rational at = *field.low; at <= *field.high; at += field.step) add(at);
  }
  if (values.empty()) {
    throw Untold{{"el campo «" + field.name + "» no tiene cotas",  //
                  "the field '" + field.name + "' has no bounds"}};
  }
  return values;
}

std::vector<int> Tally::ActsOf(FactKindId kind, int key) {
  const rules::FactKind& declared = rules_.kind(kind);
  const Date date = key_dates_[static_cast<std::size_t>(key)];
  std::vector<rules::Shift> shifts{{}};
  const bool placed = declared.placement == rules::Placement::Shift;
  if (placed) {
    const int schedule = evaluation::ScheduleOn(rules_, person_, date);
    shifts.clear();
    if (schedule >= 0) shifts = rules_.schedules[static_cast<std::size_t>(schedule)].shifts;
  }
  std::vector<int> acts;
  for (std::size_t s = 0; s < shifts.size(); ++s) {
    std::vector<FactForm> made{{kind, placed ? static_cast<int>(s) + 1 : 0, {}}};
    for (const rules::Field& field : declared.fields) {
      std::vector<FactForm> longer;
      for (const FactForm& start : made) {
        for (const rules::Value& value : FieldValues(field, placed ? &shifts[s] : nullptr)) {
          longer.push_back(start);
          longer.back().fields.push_back(value);
        }
        if (longer.size() > kMaxActs) throw TooMany();
      }
      made = std::move(longer);
    }
    for (FactForm& one : made) acts.push_back(FormOf(std::move(one)));
  }
  return acts;
}

// Kinds that the act may become the same day, its own included.
std::vector<bool> Tally::Becoming(int act, int key) {
  std::vector<bool> kinds(rules_.fact_kinds.size(), false);
  std::vector<FactForm> today{form(act)};
  kinds[today[0].kind.index()] = true;
  const Date date = key_dates_[static_cast<std::size_t>(key)];
  for (const rules::Step& step : rules_.steps) {
    if (!step.qualification.valid()) continue;
    const rules::Qualification& by = rules_.qualification(step.qualification);
    if (by.subject.window != Window::Fact || !kinds[by.subject.kind.index()]) continue;
    for (std::size_t i = 0; i < today.size(); ++i) {
      if (today[i].kind != by.subject.kind) continue;
      const FactForm fact = today[i];
      const Conditions::Scope scope{date, &fact};
      const int condition = conditions_->OfQualification(step.qualification, scope);
      if (conditions_->Settled(condition) == std::optional(false)) continue;
      FactForm made{by.target, fact.shift, {}};
      for (const rules::Field& field : rules_.kind(by.target).fields) {
        made.fields.push_back(field.initial.value_or(rules::Value{Rational(0), true}));
      }
      for (const rules::FieldValue& given : by.fields) {
        if (conditions_->LooksAtCounts(given.value)) continue;
        made.fields[given.field.index()] = conditions_->Known(given.value, scope);
      }
      kinds[by.target.index()] = true;
      today.push_back(std::move(made));
    }
  }
  return kinds;
}

// Facts that arrive at the goal; among them, those that count in nothing else, if there are.
void Tally::ChooseActs() {
  const std::vector<bool> goal = GoalKinds();
  const std::vector<bool> leading = LeadingTo(rules_, goal);
  std::vector<bool> candidates(goal.size(), false);
  for (std::size_t k = 0; k < goal.size(); ++k) {
    candidates[k] = leading[k] && Primitive(rules_.fact_kinds[k]);
  }
  reachable_ = ReachedFrom(rules_, candidates);
  FindNeeded();
  conditions_ = std::make_unique<Conditions>(rules_, person_, reachable_);

  struct Candidate {
    int act = -1;
    int key = 0;
    std::vector<bool> kinds;
    bool aside = false;
  };
  std::vector<Candidate> found;
  for (std::size_t key = 0; key < key_dates_.size(); ++key) {
    for (std::size_t k = 0; k < candidates.size(); ++k) {
      if (!candidates[k]) continue;
      for (int act : ActsOf(KindAt(k), static_cast<int>(key))) {
        Candidate one{act, static_cast<int>(key), Becoming(act, static_cast<int>(key)), false};
        bool arrives = false;
        for (std::size_t b = 0; b < goal.size(); ++b) {
          arrives = arrives || (one.kinds[b] && goal[b]);
          one.aside = one.aside || (one.kinds[b] && needed_kinds_[b] && !leading[b]);
        }
        if (arrives) found.push_back(std::move(one));
      }
    }
  }
  // Of two that do the same, the plainer one is shown.
  const auto set_fields = [&](const Candidate& one) {
    const FactForm& act = form(one.act);
    const auto& fields = rules_.kind(act.kind).fields;
    int set = 0;
    for (std::size_t f = 0; f < fields.size(); ++f) {
      set += fields[f].initial && *fields[f].initial == act.fields[f] ? 0 : 1;
    }
    return set;
  };
  std::stable_sort(found.begin(), found.end(), [&](const Candidate& a, const Candidate& b) {
    return set_fields(a) < set_fields(b);
  });
  const bool alone =
      std::any_of(found.begin(), found.end(), [](const Candidate& c) { return !c.aside; });
  std::vector<bool> produced(goal.size(), false);
  for (const Candidate& one : found) {
    if (alone && one.aside) continue;
    auto& slots = slot_acts_[one.key];
    const auto slot = static_cast<std::size_t>(form(one.act).shift);
    if (slots.size() <= slot) slots.resize(slot + 1);
    slots[slot].push_back(one.act);
    for (std::size_t b = 0; b < goal.size(); ++b) produced[b] = produced[b] || one.kinds[b];
  }
  for (const auto& [key, slots] : slot_acts_) {
    const bool day = !slots[0].empty();
    if (day && slots.size() > 1) {
      throw Untold{{"unos hechos van en el día y otros en un tramo",
                    "some facts are placed in the day and others in a shift"}};
    }
  }
  reachable_ = ReachedFrom(rules_, produced);
  FindNeeded();
}

// ---- What the consequence depends on ---------------------------------------------

bool Tally::Need(rules::ExprId id) {
  if (!id.valid()) return false;
  const rules::Expr& expr = rules_.expr(id);
  bool grown = false;
  if (expr.op == rules::Op::Measure && !needed_measures_[static_cast<std::size_t>(expr.ref)]) {
    needed_measures_[static_cast<std::size_t>(expr.ref)] = true;
    const rules::Measure& measure = rules_.measures[static_cast<std::size_t>(expr.ref)];
    if (measure.kind.valid()) needed_kinds_[measure.kind.index()] = true;
    grown = true;
  }
  for (rules::ExprId arg : expr.args) grown = Need(arg) || grown;
  return grown;
}

bool Tally::NeedAll(rules::ExprId guard, const std::vector<rules::Exception>& exceptions) {
  bool grown = Need(guard);
  for (const rules::Exception& exception : exceptions) {
    grown = Need(exception.condition) || grown;
  }
  return grown;
}

bool Tally::NeedRule(const rules::Rule& rule) {
  bool grown = NeedAll(rule.guard, rule.exceptions);
  if (!rule.scale.valid()) return grown;
  const rules::Scale& scale = rules_.scale(rule.scale);
  if (scale.policy != rules::HitPolicy::First) return grown;
  for (rules::RuleId row : scale.rows) {
    grown = NeedAll(rules_.rule(row).guard, rules_.rule(row).exceptions) || grown;
  }
  return grown;
}

void Tally::FindNeeded() {
  needed_.clear();
  needed_kinds_.assign(rules_.fact_kinds.size(), false);
  needed_measures_.assign(rules_.measures.size(), false);
  std::vector<bool> elsewhere(rules_.fact_kinds.size(), false);
  for (std::size_t k = 0; k < elsewhere.size(); ++k) {
    const rules::FactKind& kind = rules_.fact_kinds[k];
    elsewhere[k] = kind.is_sanction || kind.periodicity != rules::Periodicity::None;
  }
  elsewhere = ReachedFrom(rules_, elsewhere);
  for (const rules::Rule& rule : rules_.rules) {
    if (!Orders(rule, reach_)) continue;
    if (reachable_[rule.subject.kind.index()]) {
      needed_kinds_[rule.subject.kind.index()] = true;
      NeedRule(rule);
    } else if (elsewhere[rule.subject.kind.index()]) {
      throw Untold{{"«" + rule.name + "» juzga sanciones o hechos del calendario",
                    "'" + rule.name + "' judges sanctions or facts of the calendar"}};
    }
  }
  std::vector<bool> qualifications(rules_.qualifications.size(), false);
  for (bool grown = true; grown;) {
    grown = false;
    for (std::size_t q = 0; q < qualifications.size(); ++q) {
      const rules::Qualification& by = rules_.qualifications[q];
      if (!needed_kinds_[by.target.index()] || !reachable_[by.subject.kind.index()]) continue;
      grown = grown || !qualifications[q];
      qualifications[q] = true;
      needed_kinds_[by.subject.kind.index()] = true;
      NeedAll(by.guard, by.exceptions);
      for (const rules::FieldValue& given : by.fields) Need(given.value);
      if (by.from_rule.valid()) NeedRule(rules_.rule(by.from_rule));
    }
  }
  for (const rules::Step& step : rules_.steps) {
    if (step.qualification.valid()) {
      if (!qualifications[step.qualification.index()]) continue;
      needed_.push_back({step, rules_.qualification(step.qualification).subject, false});
      continue;
    }
    const rules::Rule& rule = rules_.rule(step.rule);
    if (!Orders(rule, reach_) || !reachable_[rule.subject.kind.index()]) continue;
    needed_.push_back({step, rule.subject, true});
  }
}

// ---- Every condition that may be asked -------------------------------------------

void Tally::DiscoverDay(const std::vector<int>& acts, const Day& day) {
  std::vector<std::pair<int, bool>> today;  // form, and whether an act became it
  for (int act : acts) today.emplace_back(act, true);
  const auto look = [&](std::size_t n, int index, bool act) {
    const Judgement judgement = Judge(n, index, day);
    const auto settled = conditions_->Settled(judgement.condition);
    if (settled == std::optional(false)) return;
    if (act && !settled) plain_ = false;
    judged_ = judged_ || needed_[n].target;
    if (judgement.derived < 0) return;
    const std::pair<int, bool> derived{judgement.derived, act};
    if (std::find(today.begin(), today.end(), derived) == today.end()) today.push_back(derived);
  };
  for (std::size_t n = 0; n < needed_.size(); ++n) {
    const rules::Subject& subject = needed_[n].subject;
    if (subject.window == Window::Day) plain_ = false;
    if (subject.window != Window::Fact) {
      const bool ends = subject.window == Window::Day || day.ends_month;
      if (ends) look(n, -1, false);
      continue;
    }
    for (std::size_t i = 0; i < today.size(); ++i) {
      if (form(today[i].first).kind == subject.kind) look(n, today[i].first, today[i].second);
    }
  }
  for (const auto& [index, act] : today) {
    if (act) daily_forms_.insert(index);
    all_forms_.insert(index);
  }
}

void Tally::Discover() {
  conditions_ = std::make_unique<Conditions>(rules_, person_, reachable_);
  for (const auto& [key, slots] : slot_acts_) {
    const Day day{key_dates_[static_cast<std::size_t>(key)], key, true, false};
    for (const std::vector<int>& acts : slots) DiscoverDay(acts, day);
  }
  for (const Month& month : months_) {
    const Day end{month.last, EndKey(month.last), true, true};
    std::vector<int> acts;
    const bool last = !month.days.empty() && month.days.back() == month.last;
    const auto slots = last ? slot_acts_.find(month.keys.back()) : slot_acts_.end();
    if (slots != slot_acts_.end()) {
      for (const std::vector<int>& some : slots->second) {
        acts.insert(acts.end(), some.begin(), some.end());
      }
    }
    DiscoverDay(acts, end);
  }
}

// ---- Dimensions ------------------------------------------------------------------

std::size_t Tally::AddDimension(std::int64_t most, Window reset, bool daily) {
  if (dimensions_.size() == kDimensions || most > 1'000'000) {
    throw Untold{
        {"la consecuencia mira demasiadas cuentas", "the consequence looks at too many counts"}};
  }
  dimensions_.push_back({static_cast<std::int32_t>(most), reset, daily, 0, 0});
  return dimensions_.size() - 1;
}

// No count can be larger, whatever is done: each fact adds its share once a window at most
// as many times as there are places for it.
std::int64_t Tally::MostOf(std::size_t count) {
  std::int64_t share = 0;
  for (int index : all_forms_) share = std::max(share, CountShare(count, index));
  std::size_t days = 0;
  std::size_t slots = 1;
  for (const Month& month : months_) days += month.days.size() + 1;
  for (const auto& [key, acts] : slot_acts_) slots = std::max(slots, acts.size());
  const std::size_t window =
      rules_.measure(conditions_->counts()[count].measure).window == Window::Month
          ? std::min<std::size_t>(days, 32)
          : days;
  return share *
         static_cast<std::int64_t>(window * slots * std::max<std::size_t>(needed_.size(), 1));
}

void Tally::LayDimensions() {
  // Units in which every amount is whole.
  const auto refine = [&](Rational amount) {
    scale_ = std::lcm(scale_, amount.den());
    if (scale_ <= kMaxScale) return;
    throw Untold{{"una cuenta suma cantidades sin una unidad común",
                  "a count adds amounts with no unit in common"}};
  };
  std::vector<rules::MeasureId> measures = goal_.measures;
  for (const Count& count : conditions_->counts()) measures.push_back(count.measure);
  for (rules::MeasureId id : measures) {
    const rules::Measure& measure = rules_.measure(id);
    refine(measure.at_least);
    if (measure.aggregate == Aggregate::Count) continue;
    for (int index : all_forms_) {
      if (form(index).kind != measure.kind) continue;
      const Conditions::Scope scope{key_dates_.front(), &form(index)};
      const rules::Value value = conditions_->Known(measure.value, scope);
      if (!value.absent) refine(value.number);
    }
  }

  const auto thresholds = conditions_->Thresholds();
  for (std::size_t c = 0; c < conditions_->counts().size(); ++c) {
    const rules::Measure& measure = rules_.measure(conditions_->counts()[c].measure);
    const bool sum = measure.aggregate == Aggregate::Sum;
    const Rational unit(sum ? scale_ : 1);
    std::int64_t most = MostOf(c);
    if (thresholds[c]) most = std::min(most, (*thresholds[c] * unit).floor() + 1);
    most = std::max<std::int64_t>(most, 1);
    if (measure.aggregate == Aggregate::Run) {
      for (int index : all_forms_) {
        if (daily_forms_.count(index) != 0 || CountShare(c, index) == 0) continue;
        throw Untold{{"«" + measure.name + "» cuenta lo que nace al final de una ventana",
                      "'" + measure.name + "' counts what is born at the end of a window"}};
      }
      Run run;
      run.current = AddDimension(most, measure.window, true);
      run.longest = AddDimension(most, measure.window, true);
      run.at_least = Units(measure.at_least);
      counters_.push_back({0, static_cast<int>(runs_.size())});
      runs_.push_back(run);
      continue;
    }
    const bool daily = !plain_ || std::any_of(daily_forms_.begin(), daily_forms_.end(),
                                              [&](int f) { return CountShare(c, f) != 0; });
    counters_.push_back({AddDimension(most, measure.window, daily), -1});
  }
  for (const Needed& needed : needed_) {
    if (needed.subject.window == Window::Fact) continue;
    const bool known = std::any_of(flags_.begin(), flags_.end(), [&](const Flag& flag) {
      return flag.subject == needed.subject;
    });
    if (known) continue;
    const bool daily = !plain_ || std::any_of(daily_forms_.begin(), daily_forms_.end(), [&](int f) {
      return form(f).kind == needed.subject.kind;
    });
    flags_.push_back({needed.subject, AddDimension(1, needed.subject.window, daily)});
  }
  const rules::Measure& goal = rules_.measure(goal_.measures[0]);
  if (goal.aggregate == Aggregate::Run) {
    if (goal.at_least <= Rational(0)) {
      throw Untold{{"«" + goal.name + "» cuenta también los días sin hechos",
                    "'" + goal.name + "' counts the days without facts too"}};
    }
    std::int64_t days = 0;
    for (const Month& month : months_) days += static_cast<std::int64_t>(month.days.size());
    goal_run_ = static_cast<int>(runs_.size());
    runs_.push_back({AddDimension(days, Window::Career, true), {}, Units(goal.at_least)});
  }

  std::uint64_t whole = 1;
  std::uint64_t part = 1;
  constexpr std::uint64_t kRoom = std::uint64_t{1} << 62U;
  for (Dimension& dimension : dimensions_) {
    const auto values = static_cast<std::uint64_t>(dimension.most) + 1;
    dimension.stride = whole;
    dimension.daily_stride = dimension.daily ? part : 0;
    if (whole > kRoom / values) {
      throw Untold{
          {"la consecuencia mira demasiadas cuentas", "the consequence looks at too many counts"}};
    }
    whole *= values;
    if (dimension.daily) part *= values;
  }
}

// Rules on the month that only ask counts to be large enough: with no fact they do not apply,
// and no later fact undoes them.
void Tally::FindDoom(Month& month) {
  const Day end{month.last, EndKey(month.last), false, true};
  for (std::size_t n = 0; n < needed_.size(); ++n) {
    const Needed& needed = needed_[n];
    if (!needed.target || needed.subject.window != Window::Month) continue;
    const rules::Rule& rule = rules_.rule(needed.step.rule);
    if (Mentions(rules_, rule.guard, rules::Op::FactDate)) continue;
    std::vector<std::pair<std::size_t, std::int32_t>> floors;
    bool stays = true;
    for (const auto& [count, least] : conditions_->Floors(Judge(n, -1, end).condition)) {
      const auto c = static_cast<std::size_t>(count);
      const rules::Measure& measure = rules_.measure(conditions_->counts()[c].measure);
      const Rational unit(measure.aggregate == Aggregate::Sum ? scale_ : 1);
      const Counter& counter = counters_[c];
      const std::size_t d = counter.run < 0 ? counter.dimension
                                            : *runs_[static_cast<std::size_t>(counter.run)].longest;
      const std::int64_t floor = (least * unit).ceil();
      // A window wider than the month, or a count that cannot show it, says nothing here.
      stays = stays && measure.window == Window::Month && measure.kind == needed.subject.kind &&
              floor > 0 && floor <= dimensions_[d].most;
      floors.emplace_back(d, static_cast<std::int32_t>(floor));
    }
    if (stays && !floors.empty()) month.doom.push_back(std::move(floors));
  }
}

// ---- Choices ---------------------------------------------------------------------

void Tally::MakeChoices() {
  for (const auto& [key, slots] : slot_acts_) {
    if (plain_) {
      MakePlainChoices(key, slots);
    } else {
      MakeAllChoices(key, slots);
    }
  }
  const std::vector<std::vector<int>> none;
  for (int key = kNoFacts; key < static_cast<int>(key_dates_.size()); ++key) {
    if (choices_.count(key) != 0) continue;
    if (plain_) {
      MakePlainChoices(key, none);
    } else {
      MakeAllChoices(key, none);
    }
  }
}

void Tally::MakeAllChoices(int key, const std::vector<std::vector<int>>& slots) {
  std::vector<Choice> all(1);
  for (const std::vector<int>& acts : slots) {
    const std::size_t before = all.size();
    for (int act : acts) {
      for (std::size_t i = 0; i < before; ++i) {
        Choice longer = all[i];
        longer.acts.push_back(act);
        all.push_back(std::move(longer));
        if (all.size() > kMaxChoices) throw TooMany();
      }
    }
  }
  choices_[key] = std::move(all);
}

Tally::Effect Tally::EffectOf(int act, int key) {
  Effect effect;
  effect.act = act;
  effect.sums.assign(runs_.size(), 0);
  const Day day{key_dates_[static_cast<std::size_t>(key)], key, true, false};
  effect.triggers = Unfold(State{}, {act}, day);
  for (std::size_t c = 0; c < counters_.size(); ++c) {
    std::int64_t total = 0;
    for (const Occurrence& fact : today_) total += CountShare(c, fact.form);
    if (counters_[c].run >= 0) {
      effect.sums[static_cast<std::size_t>(counters_[c].run)] = total;
    } else if (total != 0) {
      const std::int64_t most = dimensions_[counters_[c].dimension].most;
      effect.adds.emplace_back(counters_[c].dimension,
                               static_cast<std::int32_t>(std::min(total, most)));
    }
  }
  std::int64_t goal = 0;
  for (const Occurrence& fact : today_) goal += GoalShare(fact.form);
  if (goal_run_ >= 0) {
    effect.sums[static_cast<std::size_t>(goal_run_)] = goal;
  } else {
    effect.gain = goal;
  }
  for (const Flag& flag : flags_) {
    const bool here = std::any_of(today_.begin(), today_.end(), [&](const Occurrence& fact) {
      return form(fact.form).kind == flag.subject.kind;
    });
    if (here) effect.adds.emplace_back(flag.dimension, 1);
  }
  return effect;
}

// Ways to spend the day that differ in nothing that is counted are one way: the shortest.
void Tally::MakePlainChoices(int key, const std::vector<std::vector<int>>& slots) {
  struct Partial {
    std::vector<int> acts;
    std::vector<std::int64_t> totals;  // by dimension, then by run, gain, triggers
  };
  const std::size_t size = dimensions_.size() + runs_.size() + 2;
  std::vector<Partial> partial{{{}, std::vector<std::int64_t>(size, 0)}};
  for (const std::vector<int>& acts : slots) {
    std::vector<Effect> effects;
    for (int act : acts) {
      Effect effect = EffectOf(act, key);
      if (std::find(effects.begin(), effects.end(), effect) == effects.end()) {
        effects.push_back(std::move(effect));
      }
    }
    std::map<std::vector<std::int64_t>, std::size_t> known;
    std::vector<Partial> next;
    const auto keep = [&](Partial one) {
      const auto [it, added] = known.try_emplace(one.totals, next.size());
      if (added) {
        next.push_back(std::move(one));
      } else if (one.acts.size() < next[it->second].acts.size()) {
        next[it->second] = std::move(one);
      }
    };
    for (const Partial& one : partial) {
      keep(one);
      for (const Effect& effect : effects) {
        Partial longer = one;
        longer.acts.push_back(effect.act);
        for (const auto& [dimension, amount] : effect.adds) {
          std::int64_t& total = longer.totals[dimension];
          total = std::min<std::int64_t>(dimensions_[dimension].most, total + amount);
        }
        for (std::size_t r = 0; r < runs_.size(); ++r) {
          std::int64_t& total = longer.totals[dimensions_.size() + r];
          total = std::min(runs_[r].at_least, total + effect.sums[r]);
        }
        longer.totals[size - 2] += effect.gain;
        longer.totals[size - 1] =
            std::max<std::int64_t>(longer.totals[size - 1], effect.triggers ? 1 : 0);
        keep(std::move(longer));
      }
    }
    partial = std::move(next);
    if (partial.size() > kMaxChoices) throw TooMany();
  }
  std::vector<Choice>& choices = choices_[key];
  for (const Partial& one : partial) {
    Choice choice;
    choice.acts = one.acts;
    for (std::size_t d = 0; d < dimensions_.size(); ++d) {
      if (one.totals[d] != 0) choice.adds.emplace_back(d, static_cast<std::int32_t>(one.totals[d]));
    }
    for (std::size_t r = 0; r < runs_.size(); ++r) {
      choice.runs.push_back(one.totals[dimensions_.size() + r] >= runs_[r].at_least);
    }
    choice.gain = one.totals[size - 2];
    choice.triggers = one.totals[size - 1] != 0;
    choices.push_back(std::move(choice));
  }
}

}  // namespace cotejo::checks
