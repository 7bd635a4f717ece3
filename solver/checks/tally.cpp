#include "solver/checks/tally.h"

#include <algorithm>

namespace cotejo::checks {

using base::Date;
using base::Rational;
using rules::Aggregate;
using rules::ConsequenceKind;
using rules::Window;

namespace {

// As in the interpreter: what a window gives rise to comes after the facts of its last day.
constexpr int kEndOfDay = 1000;

bool Ends(Window window, const Tally::Day& day) {
  switch (window) {
    case Window::Day:
      return true;
    case Window::Month:
      return day.ends_month;
    case Window::Gestion:
      return day.ends_month && day.date.month() == 12;
    default:
      return false;
  }
}

}  // namespace

bool Orders(const rules::Rule& rule, Reach reach) {
  const bool removal = rules::OrdersRemoval(rule);
  const bool process =
      std::any_of(rule.consequences.begin(), rule.consequences.end(),
                  [](const auto& c) { return c.kind == ConsequenceKind::Process; });
  switch (reach) {
    case Reach::Removal:
      return removal;
    case Reach::Process:
      return removal || process;
    case Reach::Serious:
      return removal || process || rule.fault == rules::FaultClass::Serious ||
             rule.fault == rules::FaultClass::VerySerious;
    case Reach::Sanction:
      break;
  }
  return rules::OrdersSanction(rule);
}

std::vector<rules::RuleId> Tally::Targets() const {
  std::vector<rules::RuleId> targets;
  for (const Needed& needed : needed_) {
    if (needed.target) targets.push_back(needed.step.rule);
  }
  return targets;
}

bool Tally::GoesOn(const Month& month) const {
  const auto ends = [&](Window window) {
    return window == Window::Month || (window == Window::Gestion && month.last.month() == 12);
  };
  return plain_ &&
         std::none_of(needed_.begin(), needed_.end(),
                      [&](const Needed& needed) { return ends(needed.subject.window); }) &&
         std::none_of(dimensions_.begin(), dimensions_.end(),
                      [&](const Dimension& dimension) { return ends(dimension.reset); });
}

// ---- States ----------------------------------------------------------------------

std::uint64_t Tally::Pack(const State& state, bool daily) const {
  std::uint64_t packed = 0;
  for (std::size_t d = 0; d < dimensions_.size(); ++d) {
    const std::uint64_t stride = daily ? dimensions_[d].daily_stride : dimensions_[d].stride;
    packed += static_cast<std::uint64_t>(state[d]) * stride;
  }
  return packed;
}

Tally::State Tally::Join(const State& daily, const State& rest) const {
  State joined = rest;
  for (std::size_t d = 0; d < dimensions_.size(); ++d) {
    if (dimensions_[d].daily) joined[d] = daily[d];
  }
  return joined;
}

std::int64_t Tally::Running(const State& state) const {
  return goal_run_ < 0 ? 0 : state[runs_[static_cast<std::size_t>(goal_run_)].current];
}

Rational Tally::AmountOf(std::int64_t value) const {
  const bool sum = rules_.measure(goal_.measures[0]).aggregate == Aggregate::Sum;
  return sum ? Rational(value, scale_) : Rational(value);
}

bool Tally::Advances(const Choice& choice) const {
  if (!plain_) return !choice.acts.empty();
  return seeks_run() ? Counts(choice.runs, static_cast<std::size_t>(goal_run_)) : choice.gain > 0;
}

evaluation::Fact Tally::FactOf(int act, Date date) const {
  evaluation::Fact fact;
  fact.kind = form(act).kind;
  fact.date = date;
  fact.shift = form(act).shift;
  fact.fields = form(act).fields;
  return fact;
}

// ---- What facts add --------------------------------------------------------------

std::int64_t Tally::Units(Rational amount) const {
  const Rational units = amount * Rational(scale_);
  if (!units.whole() || units < Rational(0)) {
    throw Untold{{"una cuenta suma cantidades que no se pueden contar en unidades",
                  "a count adds amounts that cannot be counted in units"}};
  }
  return units.num();
}

// In units; a count adds one.
std::int64_t Tally::ShareOf(const Count& count, int index) const {
  const rules::Measure& measure = rules_.measure(count.measure);
  const FactForm& fact = form(index);
  if (fact.kind != measure.kind) return 0;
  if (count.key && fact.fields[measure.same_field.index()] != *count.key) return 0;
  const Conditions::Scope scope{key_dates_.front(), &fact};
  if (measure.filter.valid()) {
    const rules::Value kept = conditions_->Known(measure.filter, scope);
    if (kept.absent || kept.number.zero()) return 0;
  }
  if (measure.aggregate == Aggregate::Count) return 1;
  const rules::Value value = conditions_->Known(measure.value, scope);
  return value.absent ? 0 : Units(value.number);
}

// Once every form is known: what each adds to each count and to the goal.
void Tally::ShareOut() {
  const std::size_t counts = conditions_->counts().size();
  shares_.assign(counts, std::vector<std::int64_t>(forms_.size(), 0));
  gains_.assign(forms_.size(), 0);
  for (int index : all_forms_) {
    const auto f = static_cast<std::size_t>(index);
    for (std::size_t c = 0; c < counts; ++c) {
      shares_[c][f] = ShareOf(conditions_->counts()[c], index);
    }
    for (rules::MeasureId id : goal_.measures) gains_[f] += ShareOf({id, std::nullopt}, index);
  }
}

std::int64_t Tally::CountShare(std::size_t count, int index) const {
  return shares_[count][static_cast<std::size_t>(index)];
}

std::int64_t Tally::GoalShare(int index) const { return gains_[static_cast<std::size_t>(index)]; }

void Tally::StepRun(const Run& run, bool counts, State& state) const {
  state[run.current] = Running(run, counts, state);
  if (run.longest) state[*run.longest] = std::max(state[*run.longest], state[run.current]);
}

Tally::Step Tally::Add(const State& state, const Choice& choice) const {
  Step step{state, choice.gain, choice.triggers};
  for (const auto& [dimension, amount] : choice.adds) {
    step.state[dimension] = std::min(dimensions_[dimension].most, step.state[dimension] + amount);
  }
  for (std::size_t r = 0; r < runs_.size(); ++r)
    StepRun(runs_[r], Counts(choice.runs, r), step.state);
  return step;
}

void Tally::Peek(const State& state, std::uint64_t packed, int key, bool with_odd,
                 std::vector<Glimpse>& after) const {
  const Moves& moves = moves_.at(key)[with_odd ? 1 : 0];
  const auto change = [&](std::size_t d, std::int32_t to) {
    return static_cast<std::uint64_t>(std::int64_t{to} - state[d]) * dimensions_[d].daily_stride;
  };
  added_.clear();
  for (const auto& [dimension, amount] : moves.adds) {
    const std::int32_t most = dimensions_[dimension].most;
    added_.push_back(change(dimension, std::min(most, state[dimension] + amount)));
  }
  run_on_.clear();
  for (const std::uint32_t counting : moves.runs) {
    Glimpse glimpse{packed, 0, 0};
    for (std::size_t r = 0; r < runs_.size(); ++r) {
      const std::int32_t current = Running(runs_[r], Counts(counting, r), state);
      glimpse.packed += change(runs_[r].current, current);
      if (const auto& longest = runs_[r].longest) {
        glimpse.packed += change(*longest, std::max(state[*longest], current));
      }
      if (static_cast<int>(r) == goal_run_) glimpse.running = current;
    }
    run_on_.push_back(glimpse);
  }
  after.resize(moves.choices.size());
  std::size_t next = 0;
  for (std::size_t c = 0; c < after.size(); ++c) {
    Glimpse glimpse = run_on_[moves.choices[c].runs];
    for (; next < moves.choices[c].end; ++next) glimpse.packed += added_[moves.done[next]];
    glimpse.choice = moves.choices[c].choice;
    after[c] = glimpse;
  }
}

bool Tally::Doomed(const Month& month, const State& state) const {
  return std::any_of(month.doom.begin(), month.doom.end(), [&](const auto& floors) {
    return std::all_of(floors.begin(), floors.end(),
                       [&](const auto& floor) { return state[floor.first] >= floor.second; });
  });
}

// ---- One date --------------------------------------------------------------------

bool Tally::Exists(const Needed& needed, const State& state) const {
  if (state[needed.flag] != 0) return true;
  return std::any_of(today_.begin(), today_.end(), [&](const Occurrence& fact) {
    return form(fact.form).kind == needed.subject.kind;
  });
}

std::int64_t Tally::ReadUnits(std::size_t count, bool own, const State& state, const Day& day,
                              const Occurrence* fact) const {
  std::int64_t total = 0;
  for (const Occurrence& other : today_) {
    const bool after =
        fact != nullptr && (other.slot != fact->slot ? other.slot > fact->slot : &other > fact);
    if (!own || !after) total += CountShare(count, other.form);
  }
  const Counter& counter = counters_[count];
  if (counter.run >= 0) {
    const Run& run = runs_[static_cast<std::size_t>(counter.run)];
    std::int32_t longest = state[*run.longest];
    if (day.working && total >= run.at_least) {
      longest = std::max(longest, state[run.current] + 1);
    }
    return longest;
  }
  return total + state[counter.dimension];
}

Rational Tally::Read(std::size_t count, bool own, const State& state, const Day& day,
                     const Occurrence* fact) const {
  const std::int64_t total = ReadUnits(count, own, state, day, fact);
  const rules::MeasureId measure = conditions_->counts()[count].measure;
  const bool sum = rules_.measure(measure).aggregate == Aggregate::Sum;
  return sum ? Rational(total, scale_) : Rational(total);
}

// The counts as they stand when one thing is judged.
class Tally::DayReader : public CountReader {
 public:
  DayReader(const Tally& tally, const State& state, const Day& day, const Occurrence* fact)
      : tally_(tally), state_(state), day_(day), fact_(fact) {}
  [[nodiscard]] Rational Value(int count, bool own) const override {
    return tally_.Read(static_cast<std::size_t>(count), own, state_, day_, fact_);
  }

 private:
  const Tally& tally_;
  const State& state_;
  const Day& day_;
  const Occurrence* fact_;
};

const Tally::Joints& Tally::JointsOf(const Day& day) {
  const auto [at, added] = joints_.try_emplace(day.key);
  Joints& joints = at->second;
  if (!added) return joints;
  joints.of.assign(needed_.size(), -1);
  joints.alone.resize(needed_.size());
  std::map<std::pair<rules::Subject, int>, int> known;
  for (std::size_t n = 0; n < needed_.size(); ++n) {
    const rules::Subject& subject = needed_[n].subject;
    if (subject.window == Window::Fact) continue;
    if ((subject.window != Window::Day || !needed_[n].target) && !day.ends_month) continue;
    auto values = conditions_->ValuesOf(Judge(n, -1, day).condition, scale_);
    if (!values || values->count < 0) continue;
    if (!needed_[n].target) {
      joints.alone[n] = std::move(values);
      continue;
    }
    const auto next = static_cast<int>(joints.all.size());
    const auto [place, fresh] = known.try_emplace({subject, values->count}, next);
    if (fresh) joints.all.push_back({n, subject, {values->count, {}}});
    WholeRanges& ranges = joints.all[static_cast<std::size_t>(place->second)].values.ranges;
    ranges.insert(ranges.end(), values->ranges.begin(), values->ranges.end());
    joints.of[n] = place->second;
  }
  for (Joint& joint : joints.all) {
    joint.values.ranges = UnionOf(std::move(joint.values.ranges), {});
  }
  for (std::size_t n = 0; n < needed_.size(); ++n) {
    const int joint = joints.of[n];
    if (joint < 0 || joints.all[static_cast<std::size_t>(joint)].first == n)
      joints.turns.push_back(n);
  }
  return joints;
}

// What the day's facts become, rule by rule in the order of the interpreter.
bool Tally::Unfold(const State& state, const std::vector<int>& acts, const Day& day) {
  today_.clear();
  for (int act : acts) today_.push_back({act, form(act).shift});
  bool triggered = false;
  const Joints& joints = JointsOf(day);
  const auto has = [&](const Conditions::Values& values) {
    return Contains(values.ranges,
                    ReadUnits(static_cast<std::size_t>(values.count), false, state, day, nullptr));
  };
  const auto follow = [&](std::size_t n, const Occurrence* fact) {
    if (joints.alone[n] && !has(*joints.alone[n])) return;
    const Judgement judgement = Judge(n, fact == nullptr ? -1 : fact->form, day);
    const bool holds = joints.alone[n] ||
                       conditions_->Holds(judgement.condition, DayReader(*this, state, day, fact));
    if (!holds) return;
    triggered = triggered || needed_[n].target;
    if (judgement.derived < 0) return;
    today_.push_back({judgement.derived, fact == nullptr ? kEndOfDay : fact->slot});
  };
  for (const std::size_t n : joints.turns) {
    const rules::Subject& subject = needed_[n].subject;
    if (joints.of[n] >= 0) {
      const Joint& joint = joints.all[static_cast<std::size_t>(joints.of[n])];
      if (triggered || !Ends(subject.window, day)) continue;
      triggered = Exists(needed_[n], state) && has(joint.values);
      continue;
    }
    if (subject.window != Window::Fact) {
      if (Ends(subject.window, day) && Exists(needed_[n], state)) follow(n, nullptr);
      continue;
    }
    today_.reserve(2 * today_.size() + 1);  // `follow` holds a place in it
    const std::size_t count = today_.size();
    for (std::size_t i = 0; i < count; ++i) {
      if (form(today_[i].form).kind == subject.kind) follow(n, &today_[i]);
    }
  }
  return triggered;
}

void Tally::Commit(const Day& day, Step& step) {
  State& state = step.state;
  std::array<std::int64_t, kDimensions> sums{};  // by run
  for (std::size_t c = 0; c < counters_.size(); ++c) {
    std::int64_t total = 0;
    for (const Occurrence& fact : today_) total += CountShare(c, fact.form);
    if (counters_[c].run >= 0) {
      sums[static_cast<std::size_t>(counters_[c].run)] = total;
      continue;
    }
    const std::size_t d = counters_[c].dimension;
    const std::int64_t most = dimensions_[d].most;
    state[d] = static_cast<std::int32_t>(std::min(most, state[d] + total));
  }
  for (const Occurrence& fact : today_) {
    step.gain += seeks_run() ? 0 : GoalShare(fact.form);
    if (seeks_run()) sums[static_cast<std::size_t>(goal_run_)] += GoalShare(fact.form);
    for (const Flag& flag : flags_) {
      if (flag.subject.kind == form(fact.form).kind) state[flag.dimension] = 1;
    }
  }
  if (day.working) {
    for (std::size_t r = 0; r < runs_.size(); ++r) {
      StepRun(runs_[r], sums[r] >= runs_[r].at_least, state);
    }
  }
  for (std::size_t d = 0; d < dimensions_.size(); ++d) {
    if (Ends(dimensions_[d].reset, day)) state[d] = 0;
  }
}

Tally::Step Tally::Pass(const State& state, const std::vector<int>& acts, const Day& day) {
  Step step{state, 0, Unfold(state, acts, day)};
  Commit(day, step);
  return step;
}

Tally::Judgement Tally::Judge(std::size_t n, int index, const Day& day) {
  std::vector<std::vector<Judgement>>& of_key = judgements_[day.key];
  of_key.resize(needed_.size());
  const auto place = static_cast<std::size_t>(index + 1);
  if (place < of_key[n].size() && of_key[n][place].condition >= 0) return of_key[n][place];
  const Judgement judgement = JudgeAnew(n, index, day);
  if (of_key[n].size() <= place) of_key[n].resize(place + 1);
  return of_key[n][place] = judgement;
}

Tally::Judgement Tally::JudgeAnew(std::size_t n, int index, const Day& day) {
  const Needed& needed = needed_[n];
  Judgement judgement;
  // A copy: what is derived joins the list the form is in.
  const std::optional<FactForm> fact =
      index < 0 ? std::nullopt : std::optional<FactForm>(form(index));
  const Conditions::Scope scope{day.date, fact ? &*fact : nullptr};
  if (needed.step.rule.valid()) {
    judgement.condition = conditions_->OfRule(needed.step.rule, scope);
    return judgement;
  }
  judgement.condition = conditions_->OfQualification(needed.step.qualification, scope);
  if (conditions_->Settled(judgement.condition) == std::optional(false)) return judgement;
  const rules::Qualification& by = rules_.qualification(needed.step.qualification);
  const rules::FactKind& target = rules_.kind(by.target);
  FactForm made;
  made.kind = by.target;
  made.shift = fact && target.placement == rules::Placement::Shift ? fact->shift : 0;
  for (const rules::Field& field : target.fields) {
    made.fields.push_back(field.initial.value_or(rules::Value{Rational(0), true}));
  }
  for (const rules::FieldValue& given : by.fields) {
    if (conditions_->LooksAtCounts(given.value)) {
      throw Untold{{"«" + by.name + "» guarda una cuenta en un campo",
                    "'" + by.name + "' keeps a count in a field"}};
    }
    made.fields[given.field.index()] = conditions_->Known(given.value, scope);
  }
  judgement.derived = FormOf(std::move(made));
  return judgement;
}

int Tally::FormOf(FactForm made) {
  std::size_t hash = made.kind.index() * 31 + static_cast<std::size_t>(made.shift);
  for (const rules::Value& value : made.fields) {
    hash = hash * 1'000'003 + static_cast<std::size_t>(value.number.num());
  }
  const auto alike = form_places_.equal_range(hash);
  for (auto it = alike.first; it != alike.second; ++it) {
    if (form(it->second) == made) return it->second;
  }
  const auto next = static_cast<int>(forms_.size());
  form_places_.emplace(hash, next);
  forms_.push_back(std::move(made));
  return next;
}

}  // namespace cotejo::checks
