// What a person may do in a day, of all that the regulation lets happen.
#include <algorithm>
#include <unordered_map>

#include "solver/checks/kind_paths.h"
#include "solver/checks/tally.h"

namespace cotejo::checks {

using base::Date;
using base::Rational;
using rules::FactKindId;
using rules::Window;

namespace {

constexpr std::size_t kMaxActs = 4096;     // values of the fields of one kind, tried together
constexpr std::size_t kMaxChoices = 4096;  // ways to spend one day

FactKindId KindAt(std::size_t index) { return FactKindId(static_cast<std::int64_t>(index)); }

struct HashOfTotals {
  std::size_t operator()(const std::vector<std::int64_t>& totals) const {
    std::uint64_t hash = 0;
    for (std::int64_t total : totals) {
      hash = (hash ^ static_cast<std::uint64_t>(total)) * 0x9E3779B97F4A7C15ULL;
      hash ^= hash >> 32U;
    }
    return hash;
  }
};

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

// Kinds whose facts may arrive at the goal, and what the consequence looks at of all that they
// can become.
void Tally::FindCandidates() {
  candidates_ = LeadingTo(rules_, GoalKinds());
  for (std::size_t k = 0; k < candidates_.size(); ++k) {
    candidates_[k] = candidates_[k] && Primitive(rules_.fact_kinds[k]);
  }
  reachable_ = ReachedFrom(rules_, candidates_);
  FindNeeded();
}

int Tally::FieldsSet(const FactForm& act) const {
  const auto& fields = rules_.kind(act.kind).fields;
  int set = 0;
  for (std::size_t f = 0; f < fields.size(); ++f) {
    set += fields[f].initial && *fields[f].initial == act.fields[f] ? 0 : 1;
  }
  return set;
}

void Tally::ListArrivals(const std::vector<bool>& goal) {
  conditions_ = std::make_unique<Conditions>(rules_, person_, reachable_);
  std::vector<Arrivals::Act> acts;
  for (int key = 0; key < static_cast<int>(key_dates_.size()); ++key) {
    for (std::size_t k = 0; k < candidates_.size(); ++k) {
      if (!candidates_[k]) continue;
      for (int act : ActsOf(KindAt(k), key)) {
        Arrivals::Act one{act, key, FieldsSet(form(act)), Becoming(act, key)};
        bool arrives = false;
        for (std::size_t b = 0; b < goal.size(); ++b) {
          arrives = arrives || (one.kinds[b] && goal[b]);
        }
        if (arrives) acts.push_back(std::move(one));
      }
    }
  }
  // Of two that do the same, the plainer one is shown.
  std::stable_sort(acts.begin(), acts.end(), [](const Arrivals::Act& a, const Arrivals::Act& b) {
    return a.fields_set < b.fields_set;
  });
  arrivals_ = {key_dates_, forms_, std::move(acts)};
}

// Facts that arrive at the goal; among them, those that count in nothing else, if there are.
void Tally::ChooseActs() {
  const std::vector<bool> goal = GoalKinds();
  const std::vector<bool> leading = LeadingTo(rules_, goal);
  if (arrivals_.dates != key_dates_) {
    ListArrivals(goal);
  } else {
    for (const FactForm& one : arrivals_.forms) FormOf(one);
  }
  const auto aside = [&](const Arrivals::Act& one) {
    for (std::size_t b = 0; b < goal.size(); ++b) {
      if (one.kinds[b] && needed_kinds_[b] && !leading[b]) return true;
    }
    return false;
  };
  const auto& acts = arrivals_.acts;
  const bool alone = !std::all_of(acts.begin(), acts.end(), aside);
  std::vector<bool> produced(goal.size(), false);
  for (const Arrivals::Act& one : acts) {
    if (alone && aside(one)) continue;
    auto& slots = slot_acts_[one.key];
    const auto slot = static_cast<std::size_t>(form(one.form).shift);
    if (slots.size() <= slot) slots.resize(slot + 1);
    slots[slot].push_back(one.form);
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

// Something dated may change and leave the days as they were, and what a month can come to.
void Tally::MergeAlike() {
  std::map<int, int> first;  // key with the same choices
  for (const auto& [key, choices] : choices_) {
    const auto alike =
        std::find_if(choices_.begin(), choices_.end(),
                     [&choices = choices](const auto& other) { return other.second == choices; });
    first[key] = alike->first;
  }
  for (Month& month : months_) {
    for (int& key : month.keys) key = first.at(key);
    const auto alike = std::find_if(months_.begin(), months_.end(),
                                    [&](const Month& other) { return other.doom == month.doom; });
    month.regime = static_cast<int>(alike - months_.begin());
  }
}

Tally::Moves Tally::MovesOf(const std::vector<Choice>& choices, bool with_odd) {
  Moves moves;
  const auto place = [](auto& list, const auto& one) {
    const auto at = std::find(list.begin(), list.end(), one);
    const auto index = static_cast<std::size_t>(at - list.begin());
    if (at == list.end()) list.push_back(one);
    return index;
  };
  for (std::size_t c = 0; c < choices.size(); ++c) {
    const Choice& choice = choices[c];
    if (choice.odd && !with_odd) continue;
    for (const auto& add : choice.adds) moves.done.push_back(place(moves.adds, add));
    moves.choices.push_back({moves.done.size(), place(moves.runs, choice.runs), c});
  }
  return moves;
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
    std::unordered_map<std::vector<std::int64_t>, std::size_t, HashOfTotals> known;
    std::vector<Partial> next;
    std::vector<std::int64_t> totals;
    // Most ways are like one already kept: nothing is built for them.
    const auto keep = [&](const std::vector<int>& before, int act) {
      const auto [it, added] = known.try_emplace(totals, next.size());
      const std::size_t length = before.size() + (act < 0 ? 0 : 1);
      if (!added && length >= next[it->second].acts.size()) return;
      if (added) next.emplace_back();
      Partial& kept = next[it->second];
      kept = {before, totals};
      if (act >= 0) kept.acts.push_back(act);
    };
    for (const Partial& one : partial) {
      totals = one.totals;
      keep(one.acts, -1);
      for (const Effect& effect : effects) {
        totals = one.totals;
        for (const auto& [dimension, amount] : effect.adds) {
          std::int64_t& total = totals[dimension];
          total = std::min<std::int64_t>(dimensions_[dimension].most, total + amount);
        }
        for (std::size_t r = 0; r < runs_.size(); ++r) {
          std::int64_t& total = totals[dimensions_.size() + r];
          total = std::min(runs_[r].at_least, total + effect.sums[r]);
        }
        totals[size - 2] += effect.gain;
        totals[size - 1] = std::max<std::int64_t>(totals[size - 1], effect.triggers ? 1 : 0);
        keep(one.acts, effect.act);
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
      const bool counts = one.totals[dimensions_.size() + r] >= runs_[r].at_least;
      choice.runs |= (counts ? 1U : 0U) << r;
    }
    choice.gain = one.totals[size - 2];
    choice.triggers = one.totals[size - 1] != 0;
    choices.push_back(std::move(choice));
  }
}

}  // namespace cotejo::checks
