// Which ways of spending a day need be had on one day only. Of two days that come to less than
// they could, one can always be filled up from the other, or emptied into it: the sums are the
// same, with no more facts. So the most there is, or the least, is reached with all days but one
// of a month empty, full, or filled with as much as so many facts can bring.
#include <algorithm>
#include <map>
#include <numeric>

#include "solver/checks/tally.h"

namespace cotejo::checks {

namespace {

using Rates = std::vector<std::int64_t>;  // by dimension: what it adds for each unit of the goal

}  // namespace

// What a way adds to each count for each unit it adds to the goal, when it is the same for all;
// a full count takes whatever is left of it.
std::optional<std::vector<std::int64_t>> Tally::RatesOf(const Choice& choice) const {
  if (choice.triggers || choice.gain <= 0) return std::nullopt;
  Rates rates(dimensions_.size(), 0);
  for (const auto& [d, amount] : choice.adds) {
    const bool full = amount >= dimensions_[d].most;
    if (!full && amount % choice.gain != 0) return std::nullopt;
    rates[d] = full ? (amount + choice.gain - 1) / choice.gain : amount / choice.gain;
  }
  return rates;
}

bool Tally::AddsAt(const Choice& choice, const std::vector<std::int64_t>& rates) const {
  if (choice.triggers || choice.gain <= 0) return false;
  std::vector<std::int64_t> added(dimensions_.size(), 0);
  for (const auto& [d, amount] : choice.adds) added[d] = amount;
  for (std::size_t d = 0; d < added.size(); ++d) {
    if (added[d] != std::min<std::int64_t>(dimensions_[d].most, rates[d] * choice.gain)) {
      return false;
    }
  }
  return true;
}

// Of the ways that add at the rates and leave the runs as an empty day does: those short of what
// as many facts can bring. None, unless every multiple of the least amount up to the largest is
// there, and more never takes fewer facts.
std::vector<std::size_t> Tally::ShortOf(const std::vector<Choice>& choices,
                                        const std::vector<std::int64_t>& rates,
                                        std::int64_t unit) const {
  std::map<std::int64_t, std::size_t> by_gain;
  for (std::size_t c = 0; c < choices.size(); ++c) {
    if (choices[c].runs == choices.front().runs && AddsAt(choices[c], rates))
      by_gain.emplace(choices[c].gain, c);
  }
  std::vector<std::size_t> all_short;
  std::int64_t next = unit;
  const Choice* before = nullptr;
  for (const auto& [gain, c] : by_gain) {
    if (gain != next || (before != nullptr && choices[c].acts.size() < before->acts.size()))
      return {};
    if (before != nullptr && choices[c].acts.size() == before->acts.size())
      all_short.push_back(by_gain.at(gain - unit));
    before = &choices[c];
    next += unit;
  }
  return all_short;
}

void Tally::FindOdd() {
  if (seeks_run()) return;
  // The rates at which most ways add, over all the days.
  std::map<Rates, std::size_t> members;
  std::int64_t unit = 0;
  for (const auto& [key, choices] : choices_) {
    for (const Choice& choice : choices) {
      if (const auto rates = RatesOf(choice)) ++members[*rates];
    }
  }
  const auto most =
      std::max_element(members.begin(), members.end(),
                       [](const auto& a, const auto& b) { return a.second < b.second; });
  if (most == members.end()) return;
  for (const auto& [key, choices] : choices_) {
    for (const Choice& choice : choices) {
      if (AddsAt(choice, most->first)) unit = std::gcd(unit, choice.gain);
    }
  }
  for (auto& [key, choices] : choices_) {
    const bool empty = !choices.empty() && choices.front().acts.empty();
    if (!empty) continue;
    for (const std::size_t c : ShortOf(choices, most->first, unit)) choices[c].odd = true;
  }
}

}  // namespace cotejo::checks
