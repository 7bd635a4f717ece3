// How a tally is prepared: which days, which rules, which counts.
#include <algorithm>
#include <numeric>
#include <set>

#include "solver/checks/kind_paths.h"
#include "solver/checks/tally.h"

namespace cotejo::checks {

using base::Date;
using base::Rational;
using rules::Aggregate;
using rules::Window;

namespace {

constexpr std::int64_t kMaxScale = 1'000'000;

}  // namespace

Tally::Tally(const CheckContext& context, Goal goal, Reach reach, const Span& span,
             Arrivals* shared, bool only_judged)
    : context_(context),
      rules_(context.rules),
      goal_(std::move(goal)),
      reach_(reach),
      arrivals_(shared != nullptr ? *shared : own_) {
  person_.person = "testigo";
  person_.from = span.from;
  person_.to = span.to;
  person_.attributes.resize(rules_.attributes.size());
  try {
    FindCandidates();
    const bool any = std::any_of(needed_.begin(), needed_.end(),
                                 [](const Needed& needed) { return needed.target; });
    if (only_judged && !any) return;
    ListMonths(span);
    ChooseActs();
    Discover();
    LayDimensions();
    for (Month& month : months_) FindDoom(month);
    MakeChoices();
    if (plain_) MergeAlike();
    if (plain_) FindOdd();
    for (const auto& [key, choices] : choices_) {
      if (plain_) moves_[key] = {MovesOf(choices, false), MovesOf(choices, true)};
    }
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

// A condition on the date of a fact makes every day a case of its own.
bool Tally::LooksAtDates() const {
  const std::vector<bool> leading = LeadingTo(rules_, GoalKinds());
  const auto looks = [&](const auto& judge) {
    if (judge.subject.window != Window::Fact) return false;
    return Mentions(rules_, judge.guard, rules::Op::FactDate) ||
           std::any_of(judge.exceptions.begin(), judge.exceptions.end(), [&](const auto& e) {
             return Mentions(rules_, e.condition, rules::Op::FactDate);
           });
  };
  for (const rules::Qualification& by : rules_.qualifications) {
    if (!leading[by.target.index()] && !needed_kinds_[by.target.index()]) continue;
    if (by.subject.window != Window::Fact || !reachable_[by.subject.kind.index()]) continue;
    const bool gives = std::any_of(by.fields.begin(), by.fields.end(), [&](const auto& given) {
      return Mentions(rules_, given.value, rules::Op::FactDate);
    });
    if (gives || looks(by)) return true;
  }
  return std::any_of(needed_.begin(), needed_.end(), [&](const Needed& needed) {
    return needed.step.rule.valid() && looks(rules_.rule(needed.step.rule));
  });
}

// … and one on the date a window ends on, every month.
bool Tally::WindowsLookAtDates() const {
  const auto mentions = [&](const auto& judge) {
    return Mentions(rules_, judge.guard, rules::Op::FactDate) ||
           std::any_of(judge.exceptions.begin(), judge.exceptions.end(), [&](const auto& e) {
             return Mentions(rules_, e.condition, rules::Op::FactDate);
           });
  };
  const auto rule_looks = [&](rules::RuleId id) {
    const rules::Rule& rule = rules_.rule(id);
    const bool rows = rule.scale.valid() &&  // the earlier ones must not hold
                      rules_.scale(rule.scale).policy == rules::HitPolicy::First;
    const std::vector<rules::RuleId> single{id};
    const auto& judged = rows ? rules_.scale(rule.scale).rows : single;
    return std::any_of(judged.begin(), judged.end(),
                       [&](rules::RuleId row) { return mentions(rules_.rule(row)); });
  };
  return std::any_of(needed_.begin(), needed_.end(), [&](const Needed& needed) {
    const bool window = needed.subject.window != Window::Fact;
    if (needed.step.rule.valid()) return window && rule_looks(needed.step.rule);
    const rules::Qualification& by = rules_.qualification(needed.step.qualification);
    return (window && mentions(by)) ||
           (window && by.from_rule.valid() && rule_looks(by.from_rule)) ||
           std::any_of(by.fields.begin(), by.fields.end(), [&](const auto& given) {
             return Mentions(rules_, given.value, rules::Op::FactDate);
           });
  });
}

// Whether one of the rules that bring the consequence, when there is any, is in force on a day and
// when what happens on it is judged: from none of them nothing escapes.
bool Tally::Watched(Date day) const {
  bool any = false;
  for (const Needed& needed : needed_) {
    if (!needed.target) continue;
    any = true;
    const rules::Rule& rule = rules_.rule(needed.step.rule);
    const rules::InForceDays days = rules::InForceOf(rules_, rule.norm, rule.from, rule.to);
    Date judged = day;
    if (rule.subject.window == Window::Month) judged = day.last_of_month();
    if (rule.subject.window == Window::Gestion) judged = Date(day.year(), 12, 31);
    if (days.Hold(day) && days.Hold(judged)) return true;
  }
  return !any;
}

void Tally::ListMonths(const Span& span) {
  std::vector<Date> changes;
  FindKeys(span, changes);
  const bool by_day = LooksAtDates();
  const bool by_month = by_day || WindowsLookAtDates();
  std::size_t past = 0;
  bool fresh = true;
  for (Date first = span.from; first <= span.to; first = first.first_of_next_month()) {
    Month month{first, first.last_of_month(), {}, {}};
    const std::string scope = evaluation::HolidayScope(rules_, person_, first);
    month.days = rules_.calendar.WorkingDays(first, month.last, scope);
    for (std::size_t d = 0; d < month.days.size(); ++d) {
      const Date day = month.days[d];
      for (; past < changes.size() && changes[past] <= day; ++past) fresh = true;
      const bool placed = span.days.empty() ||
                          std::find(span.days.begin(), span.days.end(), day) != span.days.end();
      if (!placed || !Watched(day)) {
        month.keys.push_back(kNoFacts);
        continue;
      }
      if (fresh || by_day) key_dates_.push_back(day);
      fresh = false;
      month.keys.push_back(static_cast<int>(key_dates_.size()) - 1);
    }
    month.regime = static_cast<int>(past);
    const auto after = std::upper_bound(changes.begin(), changes.end(), month.last);
    month.end_key = -2 - static_cast<int>(by_month ? months_.size() : after - changes.begin());
    months_.push_back(std::move(month));
  }
  if (key_dates_.empty()) {
    throw Untold{{"no hay días hábiles que mirar en que rija alguna de las reglas que la traen",
                  "there are no working days to look at with any of the rules that bring it in "
                  "force"}};
  }
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
  // What becomes a fact of the goal must be followed whether or not it is judged.
  for (rules::MeasureId id : goal_.measures) needed_kinds_[rules_.measure(id).kind.index()] = true;
  std::vector<bool> elsewhere(rules_.fact_kinds.size(), false);
  for (std::size_t k = 0; k < elsewhere.size(); ++k) {
    const rules::FactKind& kind = rules_.fact_kinds[k];
    elsewhere[k] = kind.is_sanction || kind.periodicity != rules::Periodicity::None;
  }
  elsewhere = ReachedFrom(rules_, elsewhere);
  for (const rules::Rule& rule : rules_.rules) {
    const std::size_t kind = rule.subject.kind.index();
    if ((!reachable_[kind] && !elsewhere[kind]) || !Orders(rule, reach_)) continue;
    if (reachable_[kind]) {
      needed_kinds_[kind] = true;
      NeedRule(rule);
    } else {
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
    if (!reachable_[rule.subject.kind.index()] || !Orders(rule, reach_)) continue;
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
    const Day end{month.last, month.end_key, true, true};
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

  ShareOut();

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
  for (Needed& needed : needed_) {
    if (needed.subject.window == Window::Fact) continue;
    const auto known = std::find_if(flags_.begin(), flags_.end(), [&](const Flag& flag) {
      return flag.subject == needed.subject;
    });
    if (known != flags_.end()) {
      needed.flag = known->dimension;
      continue;
    }
    const bool daily = !plain_ || std::any_of(daily_forms_.begin(), daily_forms_.end(), [&](int f) {
      return form(f).kind == needed.subject.kind;
    });
    needed.flag = AddDimension(1, needed.subject.window, daily);
    flags_.push_back({needed.subject, needed.flag});
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

// Rules on the month that only ask counts to be large enough, and rows of a scale that leave no
// larger value out: with no fact they do not apply, and no later fact undoes them.
void Tally::FindDoom(Month& month) {
  const Day end{month.last, month.end_key, false, true};
  const auto doom = [&](const rules::Subject& subject,
                        const std::vector<std::pair<int, std::int64_t>>& least) {
    std::vector<std::pair<std::size_t, std::int32_t>> floors;
    for (const auto& [count, floor] : least) {
      const auto c = static_cast<std::size_t>(count);
      const rules::Measure& measure = rules_.measure(conditions_->counts()[c].measure);
      const Counter& counter = counters_[c];
      const std::size_t d = counter.run < 0 ? counter.dimension
                                            : *runs_[static_cast<std::size_t>(counter.run)].longest;
      // A window wider than the month, or a count that cannot show it, says nothing here.
      const bool stays = measure.window == Window::Month && measure.kind == subject.kind &&
                         floor > 0 && floor <= dimensions_[d].most;
      if (!stays) return;
      floors.emplace_back(d, static_cast<std::int32_t>(floor));
    }
    if (!floors.empty()) month.doom.push_back(std::move(floors));
  };
  const Joints& joints = JointsOf(end);
  for (const Joint& joint : joints.all) {
    if (joint.subject.window != Window::Month || joint.values.ranges.empty()) continue;
    const auto& [count, ranges] = joint.values;
    const WholeRange& highest = ranges.back();
    if (highest.last == WholeRange::kEndless) doom(joint.subject, {{count, highest.first}});
  }
  for (std::size_t n = 0; n < needed_.size(); ++n) {
    const Needed& needed = needed_[n];
    if (!needed.target || needed.subject.window != Window::Month || joints.of[n] >= 0) continue;
    std::vector<std::pair<int, std::int64_t>> least;
    for (const auto& [count, value] : conditions_->Floors(Judge(n, -1, end).condition)) {
      const rules::MeasureId id = conditions_->counts()[static_cast<std::size_t>(count)].measure;
      const Rational unit(rules_.measure(id).aggregate == Aggregate::Sum ? scale_ : 1);
      least.emplace_back(count, (value * unit).ceil());
    }
    doom(needed.subject, least);
  }
}

}  // namespace cotejo::checks
