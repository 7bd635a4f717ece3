// What an amendment makes of each state that a month was found in, or why that cannot be told
// from what was kept.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "scenarios/rescan/facts.h"

namespace cotejo::rescan {

// What changes in the results with each month in a state.
struct Effect {
  // So many days of the person's own pay, so many times (fewer than 0: no longer).
  struct Pay {
    int cell = -1;
    bool counted = true;  // in the total and by month
    std::int64_t days = 0;
    std::int64_t times = 0;
    friend auto operator<=>(const Pay&, const Pay&) = default;
  };
  std::vector<std::pair<int, std::int64_t>> counts;  // by cell; days are scaled
  std::vector<Pay> pays;                             // by cell and days
  std::array<std::int64_t, kStandings> standings{};
  std::int64_t days = 0;  // deducted that month, scaled

  [[nodiscard]] bool none() const { return *this == Effect{}; }
  friend auto operator<=>(const Effect&, const Effect&) = default;
};

// Neighbouring states with the same effect, both ends included.
struct Stretch {
  int low = 0, high = 0;
  int effect = -1;
  friend bool operator==(const Stretch&, const Stretch&) = default;
};

struct Effects {
  std::vector<Effect> all;
  std::vector<std::array<std::vector<Stretch>, kMonths>> stretches;  // by column and month
};

// Of regulation `k` of the setting, whose first is the text in force from which the facts come;
// `cells` are those of the tables of both. Every reason for which it cannot be told exactly is a
// diagnostic that names the rule.
std::optional<Effects> EffectsOf(const MonthFacts& facts, const year::Setting& setting,
                                 std::size_t k, const std::string& name,
                                 const std::vector<year::Cell>& cells,
                                 const population::Population& population,
                                 base::Diagnostics& diagnostics);

}  // namespace cotejo::rescan
