// The rules that an amendment adds or drops, as questions about what was kept of a month.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/rescan/facts.h"

namespace cotejo::rescan {

// An amendment whose effects cannot be told exactly is refused, and told what to use.
void RefuseToReapply(const std::string& amendment, const base::Text& why, base::Citation article,
                     base::Diagnostics& diagnostics);

class Changes {
 public:
  // A measure that lies in an interval, or is one of some values.
  struct Check {
    std::size_t measure = 0;  // into Column::measures
    std::int64_t low = 0, high = 0;
    std::vector<std::int64_t> values;  // ascending; when any, instead of the interval
  };
  struct Condition {
    year::Validity validity;
    std::vector<Check> checks;
    std::vector<std::vector<Check>> exceptions;
  };
  struct Added {
    int shared = -1;  // rule of the shared plan
    std::size_t column = 0;
    int twin = -1;  // applies where this one of the text in force did; -1: where it says
    Condition condition;
    // Rows before it in a scale `primera`: those of the text in force that were asked, one of
    // which applied if any of them holds, and the rest.
    std::vector<int> asked;
    std::vector<Condition> earlier;
    std::array<std::vector<std::int64_t>, kMonths> quantities;  // by consequence
  };

  // Nothing, with a diagnostic for each rule, when it cannot be told from the facts.
  static std::optional<Changes> Find(const MonthFacts& facts, const year::Setting& setting,
                                     std::size_t k, const std::string& name,
                                     base::Diagnostics& diagnostics);

  [[nodiscard]] const std::vector<Added>& added() const { return added_; }
  // Whether anything about a column is added or dropped.
  [[nodiscard]] bool touches(std::size_t column) const { return touched_[column]; }
  [[nodiscard]] bool Applies(const Added& added, const State& state, std::int32_t day) const;

 private:
  friend class ChangeFinder;
  [[nodiscard]] bool Holds(const Condition& condition, const State& state, std::int32_t day) const;
  [[nodiscard]] bool Pass(const std::vector<Check>& checks, const State& state) const;

  std::int64_t ratio_ = 1;  // of the units of the setting to those of the facts
  std::vector<Added> added_;
  std::vector<bool> touched_;  // by column
};

}  // namespace cotejo::rescan
