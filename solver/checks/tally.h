// What facts add to the counts that a consequence looks at, day by day, and when it follows:
// the evaluation of a history cut down to the numbers its end depends on.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <unordered_map>
#include <utility>
#include <vector>

#include "solver/checks/conditions.h"
#include "solver/checks/realise.h"

namespace cotejo::checks {

// Consequences at least as grave as …
enum class Reach { Sanction, Serious, Process, Removal };
inline constexpr std::array<Reach, 4> kReaches{Reach::Sanction, Reach::Serious, Reach::Process,
                                               Reach::Removal};
bool Orders(const rules::Rule& rule, Reach reach);

// What is to be made as large as can be: these sums, counts or runs, all of one sort, taken
// together over all the days looked at, as if they had no window.
struct Goal {
  std::vector<rules::MeasureId> measures;
};

// Whole months, with the days on which facts are placed; empty: every working day.
struct Span {
  base::Date from;
  base::Date to;
  std::vector<base::Date> days = {};
};

// One person as declared, at most one fact a shift (or a day), and only facts that count in
// the goal and in nothing else the consequence looks at. What cannot be followed exactly makes
// the whole unsupported. Facts are placed on the days on which some rule that brings the
// consequence is in force.
class Tally {
 public:
  static constexpr std::size_t kDimensions = 16;
  using State = std::array<std::int32_t, kDimensions>;

  // The facts that arrive at the goal by themselves: the same for every reach of one goal and
  // span that tells the same dates apart.
  struct Arrivals {
    struct Act {
      int form = -1;
      int key = 0;
      int fields_set = 0;       // that are not as declared
      std::vector<bool> kinds;  // it may become the same day, its own included
    };
    std::vector<base::Date> dates;
    std::vector<FactForm> forms;
    std::vector<Act> acts;  // the plainer ones first
  };

  // `shared`: where they are looked up and left; null: nowhere. `only_judged`: days are not laid
  // out when no rule of the reach judges what facts can become; then there is nothing to search.
  Tally(const CheckContext& context, Goal goal, Reach reach, const Span& span,
        Arrivals* shared = nullptr, bool only_judged = false);

  [[nodiscard]] const base::Text& unsupported() const { return unsupported_; }
  // Whether some rule of the reach judges what the facts can become.
  [[nodiscard]] bool judged() const { return judged_; }
  [[nodiscard]] const evaluation::History& person() const { return person_; }

  // What the rules say of a date is the same for dates of one key. kNoFacts: none is placed.
  static constexpr int kNoFacts = -1;
  struct Month {
    base::Date first, last;
    std::vector<base::Date> days;  // working days
    std::vector<int> keys;         // of each
    int regime = 0;                // months of one regime are judged alike
    int end_key = 0;               // … and those of one end_key, when they end
    // Counts that, once reached, stay: the consequence follows when the month ends.
    std::vector<std::vector<std::pair<std::size_t, std::int32_t>>> doom = {};
  };
  [[nodiscard]] const std::vector<Month>& months() const { return months_; }

  // Whether nothing is judged and nothing begins again when the month ends: the next one goes on
  // from there as if it were the same.
  [[nodiscard]] bool GoesOn(const Month& month) const;

  // Rules of the reach that judge what the facts can become.
  [[nodiscard]] std::vector<rules::RuleId> Targets() const;

  // What a person may do in one day.
  struct Choice {
    std::vector<int> acts;  // in the order of the day; see FactOf
    // When what they become does not depend on the counts so far (`plain`):
    std::vector<std::pair<std::size_t, std::int32_t>> adds;  // dimension, amount
    std::uint32_t runs = 0;  // a bit for each run: whether the day counts
    std::int64_t gain = 0;
    bool triggers = false;
    bool odd = false;  // one day of a month like this is enough
    friend bool operator==(const Choice&, const Choice&) = default;
  };
  [[nodiscard]] const std::vector<Choice>& Choices(int key) const { return choices_.at(key); }
  [[nodiscard]] evaluation::Fact FactOf(int act, base::Date date) const;

  // Whether the choice adds to the goal by itself; always, when that depends on the rest.
  [[nodiscard]] bool Advances(const Choice& choice) const;

  // Whether the days of a month only add, whatever was counted before.
  [[nodiscard]] bool plain() const { return plain_; }
  // A number for each state, or for what the days inside a month can change of it.
  [[nodiscard]] std::uint64_t Pack(const State& state, bool daily) const;
  // `daily` of one state and the rest of another.
  [[nodiscard]] State Join(const State& daily, const State& rest) const;

  struct Step {
    State state{};
    std::int64_t gain = 0;
    bool triggered = false;
  };
  // A working day, when `plain`.
  [[nodiscard]] Step Add(const State& state, const Choice& choice) const;
  // What each choice of the key leaves, or each that is not odd, as Pack(…, true) and Running
  // would tell it, with no state made; `packed` is the state's own.
  struct Glimpse {
    std::uint64_t packed = 0;
    std::int64_t running = 0;
    std::size_t choice = 0;
  };
  void Peek(const State& state, std::uint64_t packed, int key, bool with_odd,
            std::vector<Glimpse>& after) const;
  // Whether the consequence will follow at the end of the month whatever is done.
  [[nodiscard]] bool Doomed(const Month& month, const State& state) const;

  // A date with everything that is judged on it.
  struct Day {
    base::Date date;
    int key = 0;
    bool working = false;
    bool ends_month = false;
  };
  Step Pass(const State& state, const std::vector<int>& acts, const Day& day);

  // A run: what counts is the longest ever `Running`, not the sum of the gains.
  [[nodiscard]] bool seeks_run() const { return goal_run_ >= 0; }
  [[nodiscard]] std::int64_t Running(const State& state) const;
  [[nodiscard]] base::Rational AmountOf(std::int64_t value) const;

  // A digest of all that a search over the months depends on; nothing when not `plain`.
  [[nodiscard]] std::optional<smt::Digest> Mark();

 private:
  struct Dimension {
    std::int32_t most = 0;  // larger values are as good as this one
    rules::Window reset = rules::Window::Career;
    bool daily = false;
    std::uint64_t stride = 0, daily_stride = 0;
  };
  struct Counter {
    std::size_t dimension = 0;  // Sum, Count
    int run = -1;               // index into runs_
  };
  struct Run {
    std::size_t current = 0;
    std::optional<std::size_t> longest;  // nothing: the goal's own, which no window cuts
    std::int64_t at_least = 0;
  };
  struct Flag {
    rules::Subject subject;
    std::size_t dimension = 0;
  };
  struct Needed {
    rules::Step step;
    rules::Subject subject;
    bool target = false;   // a rule of the reach
    std::size_t flag = 0;  // of a window: the dimension that tells whether it had facts
  };
  struct Judgement {
    int condition = -1;  // -1: not judged yet
    int derived = -1;    // form
  };
  struct Occurrence {
    int form = -1;
    int slot = 0;
  };
  // Rules of the reach on one window that ask one count to have one of some values: the rows of
  // a scale, say, of which each need not be asked.
  struct Joint {
    std::size_t first = 0;  // in needed_: where they are judged
    rules::Subject subject;
    Conditions::Values values;
  };
  struct Joints {
    std::vector<Joint> all;
    std::vector<int> of;             // by needed: index into `all`; -1: judged by itself
    std::vector<std::size_t> turns;  // of needed_, without those that another speaks for
    // By needed: what gives rise to a fact at the end of a window and looks at one count only.
    std::vector<std::optional<Conditions::Values>> alone;
  };
  // The choices of a key as what they do: few things, of which each choice does some.
  struct Moves {
    std::vector<std::pair<std::size_t, std::int32_t>> adds;
    std::vector<std::uint32_t> runs;
    std::vector<std::size_t> done;  // indices into `adds`, one choice after another
    struct Made {
      std::size_t end = 0;  // in `done`
      std::size_t runs = 0;
      std::size_t choice = 0;
    };
    std::vector<Made> choices;
  };
  struct Effect;
  class DayReader;

  void ListMonths(const Span& span);
  [[nodiscard]] bool Watched(base::Date day) const;
  [[nodiscard]] bool LooksAtDates() const;
  [[nodiscard]] bool WindowsLookAtDates() const;
  void FindKeys(const Span& span, std::vector<base::Date>& changes) const;
  void FindCandidates();
  void ChooseActs();
  std::vector<int> ActsOf(rules::FactKindId kind, int key);
  [[nodiscard]] std::vector<rules::Value> FieldValues(const rules::Field& field,
                                                      const rules::Shift* shift) const;
  void ListArrivals(const std::vector<bool>& goal);
  [[nodiscard]] int FieldsSet(const FactForm& act) const;
  [[nodiscard]] std::vector<bool> Becoming(int act, int key);
  [[nodiscard]] std::vector<bool> GoalKinds() const;
  void FindNeeded();
  bool Need(rules::ExprId id);
  bool NeedAll(rules::ExprId guard, const std::vector<rules::Exception>& exceptions);
  bool NeedRule(const rules::Rule& rule);
  void Discover();
  void DiscoverDay(const std::vector<int>& acts, const Day& day);
  void LayDimensions();
  void FindDoom(Month& month);
  std::size_t AddDimension(std::int64_t most, rules::Window reset, bool daily);
  [[nodiscard]] std::int64_t MostOf(std::size_t count);
  void MakeChoices();
  void MakePlainChoices(int key, const std::vector<std::vector<int>>& slots);
  void MakeAllChoices(int key, const std::vector<std::vector<int>>& slots);
  Effect EffectOf(int act, int key);
  void MergeAlike();
  void MarkLayout(smt::Digest& mark) const;
  void MarkChoices(int key, smt::Digest& mark) const;
  void MarkEnd(const Month& month, smt::Digest& mark);
  [[nodiscard]] static Moves MovesOf(const std::vector<Choice>& choices, bool with_odd);
  [[nodiscard]] std::optional<std::vector<std::int64_t>> RatesOf(const Choice& choice) const;
  [[nodiscard]] bool AddsAt(const Choice& choice, const std::vector<std::int64_t>& rates) const;
  [[nodiscard]] std::vector<std::size_t> ShortOf(const std::vector<Choice>& choices,
                                                 const std::vector<std::int64_t>& rates,
                                                 std::int64_t unit) const;
  void FindOdd();

  int FormOf(FactForm form);
  Judgement Judge(std::size_t needed, int form, const Day& day);
  Judgement JudgeAnew(std::size_t needed, int form, const Day& day);
  const Joints& JointsOf(const Day& day);
  bool Unfold(const State& state, const std::vector<int>& acts, const Day& day);
  [[nodiscard]] std::int64_t Units(base::Rational amount) const;
  [[nodiscard]] std::int64_t ShareOf(const Count& count, int form) const;
  [[nodiscard]] std::int64_t CountShare(std::size_t count, int form) const;
  [[nodiscard]] std::int64_t GoalShare(int form) const;
  void ShareOut();
  [[nodiscard]] std::int64_t ReadUnits(std::size_t count, bool own, const State& state,
                                       const Day& day, const Occurrence* fact) const;
  [[nodiscard]] base::Rational Read(std::size_t count, bool own, const State& state, const Day& day,
                                    const Occurrence* fact) const;
  [[nodiscard]] bool Exists(const Needed& needed, const State& state) const;
  void Commit(const Day& day, Step& step);
  void StepRun(const Run& run, bool counts, State& state) const;
  // The run after a day that counts in it or not.
  [[nodiscard]] std::int32_t Running(const Run& run, bool counts, const State& state) const {
    return counts ? std::min(dimensions_[run.current].most, state[run.current] + 1) : 0;
  }
  [[nodiscard]] static bool Counts(std::uint32_t runs, std::size_t run) {
    return (runs >> run & 1U) != 0;
  }

  [[nodiscard]] const FactForm& form(int index) const {
    return forms_[static_cast<std::size_t>(index)];
  }

  const CheckContext& context_;
  const rules::Ruleset& rules_;
  Goal goal_;
  Reach reach_;
  Arrivals own_;
  Arrivals& arrivals_;
  base::Text unsupported_;
  bool judged_ = false;
  bool plain_ = true;
  evaluation::History person_;
  std::vector<Month> months_;
  std::vector<base::Date> key_dates_;                       // a date of each key
  std::map<int, std::vector<std::vector<int>>> slot_acts_;  // by key
  std::map<int, std::vector<Choice>> choices_;              // by key
  std::map<int, std::array<Moves, 2>> moves_;  // by key, when plain: without odd ones, and all
  std::vector<bool> candidates_, reachable_, needed_kinds_, needed_measures_;
  std::vector<Needed> needed_;
  std::vector<FactForm> forms_;
  std::unordered_multimap<std::size_t, int> form_places_;  // by hash
  std::set<int> daily_forms_;  // acts and what they become; all_forms_: and what windows do
  std::set<int> all_forms_;
  std::unique_ptr<Conditions> conditions_;
  std::vector<Counter> counters_;  // as conditions_->counts()
  std::vector<Run> runs_;
  int goal_run_ = -1;
  std::vector<Flag> flags_;
  std::int64_t scale_ = 1;
  std::vector<Dimension> dimensions_;
  std::map<int, std::vector<std::vector<Judgement>>> judgements_;  // by key, needed, form + 1
  std::map<int, Joints> joints_;                                   // by key
  std::vector<std::vector<std::int64_t>> shares_;                  // by count and form
  std::vector<std::int64_t> gains_;                                // by form
  std::vector<Occurrence> today_;
  mutable std::vector<std::uint64_t> added_;  // by move, and by runs: kept for their room
  mutable std::vector<Glimpse> run_on_;
};

}  // namespace cotejo::checks
