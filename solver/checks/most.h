// The most misconduct without a consequence, and the least with it: every history of a tally
// looked at, those that leave the same counts behind taken together.
#pragma once

#include <list>
#include <map>
#include <optional>
#include <vector>

#include "solver/checks/tally.h"
#include "solver/smt/answers.h"

namespace cotejo::checks {

struct Extreme {
  base::Rational amount;
  evaluation::History history;  // with the fewest facts of those with that amount
};

// Where each number was put; open addressing, because this is the innermost loop.
class Places {
 public:
  void Clear();
  // A number that leads nowhere has this place, once Bar() is told so.
  static constexpr std::size_t kNowhere = UINT32_MAX;
  // The place of the number, and whether it had none and was given `next`.
  std::pair<std::size_t, bool> Put(std::uint64_t number, std::size_t next) {
    if (2 * used_ >= cells_.size()) Grow();
    Cell& cell = Find(number);
    if (cell.round == round_) return {cell.place, false};
    cell = {number, round_, static_cast<std::uint32_t>(next)};
    ++used_;
    return {next, true};
  }
  void Bar(std::uint64_t number) { Find(number).place = static_cast<std::uint32_t>(kNowhere); }

 private:
  struct Cell {
    std::uint64_t number = 0;
    std::uint32_t round = 0;  // of the last Clear() before it was written
    std::uint32_t place = 0;
  };
  void Grow();
  Cell& Find(std::uint64_t number) {
    const std::size_t mask = cells_.size() - 1;
    // Fibonacci hashing: the numbers are packed counts, whose low digits repeat.
    std::size_t at = static_cast<std::size_t>((number * 0x9E3779B97F4A7C15ULL) >> 32U) & mask;
    while (cells_[at].round == round_ && cells_[at].number != number) at = (at + 1) & mask;
    return cells_[at];
  }

  std::vector<Cell> cells_;  // a power of two of them
  std::size_t used_ = 0;
  std::uint32_t round_ = 1;
};

// Both throw Untold when there are too many histories to look at.
class MostSearch {
 public:
  // `answers`: where what was found in other searches alike is looked up and left; null: nowhere.
  explicit MostSearch(Tally& tally, smt::Answers* answers = nullptr);

  // Over the months from `first` to `last` (indices), both included; nothing when every
  // history has the consequence.
  std::optional<Extreme> LargestWithout(std::size_t first, std::size_t last);
  // Sums and counts only: the amount when the consequence follows; nothing when it never does.
  std::optional<Extreme> SmallestWith(std::size_t first, std::size_t last);

 private:
  // The best way to a state.
  struct Entry {
    std::uint64_t packed = 0;  // what days can change of the state
    std::int64_t value = 0;
    int facts = 0;
    int parent = -1;   // in the layer before
    int choice = 0;    // of that day
    bool odd = false;  // an odd choice was made
  };
  // The states of a day apart from the ways to them: most ways are only compared.
  struct Layer {
    std::vector<Entry> ways;
    std::vector<Tally::State> states;  // of each
  };

  // A month, or several of which only the last one's end matters, as one.
  struct Stretch {
    Tally::Month month;
    std::vector<std::pair<std::size_t, std::size_t>> places;  // of each day: month and day in it
  };

  // Days lived one after another from one state on. Stretches that begin alike share them: a
  // shorter one ends at an earlier layer.
  struct Block {
    std::vector<int> keys;      // of the days
    std::vector<Layer> layers;  // after each day; the first one is the start alone
    // By layer: the best way in which the consequence follows on that day.
    std::vector<std::optional<Entry>> triggered;
  };

  // A stretch as lived: the block, where it ended, and the choice of its last day when that is
  // judged together with the month.
  struct Link {
    Tally::State state{};
    std::int64_t value = 0;
    int facts = 0;
    int parent = -1;  // in the stretch before
    const Block* block = nullptr;
    std::size_t layer = 0;
    int entry = 0;  // -1: of the one triggered
    int choice = -1;
  };

  struct Asked {
    bool largest = true;
    std::size_t first = 0;
    std::size_t last = 0;
  };
  // What was chosen on the days on which something was done, by month and day.
  struct Told {
    std::int64_t value = 0;
    std::map<std::pair<std::size_t, std::size_t>, int> choices;
  };

  std::optional<Extreme> Ask(const Asked& asked);
  [[nodiscard]] std::optional<Told> Search(const Asked& asked);
  [[nodiscard]] Extreme Show(const Asked& asked, const Told& told) const;
  void Begin(bool largest, std::size_t first, std::size_t last);
  void ListStretches(std::size_t first, std::size_t last);
  void LiveMonth(const Tally::Month& month);
  Block& BlockOf(const Tally::Month& month, const Tally::State& start);
  void LiveDay(const Tally::Month& month, std::size_t day, Block& block);
  // The entry's state is made by `state`, and only when no other way led to it.
  template <typename MakeState>
  void Offer(const Tally::Month& month, const Entry& entry, Layer& layer,
             std::optional<Entry>& triggered, MakeState state);
  void Trigger(const Entry& entry, std::optional<Entry>& best) const;
  void LivePlainDay(const Tally::Month& month, std::size_t day, Block& block);
  void Conclude(const Link& link);
  [[nodiscard]] bool Better(std::int64_t value, int facts, std::int64_t than, int than_facts) const;
  [[nodiscard]] std::int64_t After(std::int64_t before, const Tally::Step& step) const;
  [[nodiscard]] std::int64_t After(std::int64_t before, std::int64_t gain,
                                   std::int64_t running) const;
  [[nodiscard]] std::int64_t Together(std::int64_t before, std::int64_t after) const;
  // Days of the month lived one by one; the last one may be left for its end.
  [[nodiscard]] std::size_t DaysAlone(const Tally::Month& month) const;
  [[nodiscard]] Told Tell(const Link& last, std::size_t stretches) const;
  void TellStretch(const Stretch& stretch, const Link& link, Told& told) const;
  void Spend(std::size_t transitions);

  Tally& tally_;
  smt::Answers* answers_;
  smt::Digest mark_;          // of the tally and of all that was asked
  std::vector<Asked> asked_;  // of which so many were searched for here:
  std::size_t searched_ = 0;
  bool largest_ = true;
  std::size_t looked_at_ = 0;
  std::vector<Stretch> stretches_;
  std::vector<std::vector<Link>> links_;  // by stretch; the first one is the start alone
  std::optional<Link> smallest_;
  std::size_t smallest_stretches_ = 0;
  std::map<std::pair<int, std::uint64_t>, std::list<Block>> blocks_;  // by regime and start
  Places places_;  // of the layer being filled, by state
  std::vector<Tally::Glimpse> glimpses_;
};

}  // namespace cotejo::checks
