// The interpreter for many histories: what can be known of the steps beforehand is read once.
#pragma once

#include <algorithm>
#include <vector>

#include "model/evaluation/conflicts.h"

namespace cotejo::evaluation {

// Consecutive rules on one subject, each of which asks first that one measure or field lie in a
// range: the rows of a scale. Outside it a rule does not apply, whatever else it says.
struct RowRun {
  struct Range {
    Rational low, high;
    bool has_low = false, has_high = false;
    bool low_open = false, high_open = false;
    [[nodiscard]] bool Holds(Rational value) const;
  };
  std::size_t first = 0;  // of the steps
  rules::Subject subject;
  rules::ExprId what;  // the measure or field
  std::vector<Range> rows;
  std::vector<std::size_t> by_low = {};  // of rows no two of which hold one value; or else empty

  // Calls with the rows that hold the value, in order.
  template <typename Take>
  void Holding(Rational value, Take take) const {
    if (by_low.empty()) {
      for (std::size_t row = 0; row < rows.size(); ++row) {
        if (rows[row].Holds(value)) take(row);
      }
      return;
    }
    const auto after = std::partition_point(by_low.begin(), by_low.end(), [&](std::size_t row) {
      return !rows[row].has_low || rows[row].low <= value;
    });
    // Of two that begin at one value, the first holds it alone and the second what comes after.
    for (auto it = after - std::min<std::ptrdiff_t>(2, after - by_low.begin()); it != after; ++it) {
      if (rows[*it].Holds(value)) take(*it);
    }
  }
};

// What is known of the steps before any history.
struct Foreseen {
  std::vector<RowRun> runs;    // by first
  std::vector<bool> sees;      // by step: it looks at sanctions
  std::vector<bool> calendar;  // by FactKindId: of the calendar's own facts, those that are made
};

// The calendar's own facts: all of them, or those alone that some step judges or measures.
// Without the others the facts and roots of a result are numbered otherwise.
enum class CalendarFacts { All, LookedAt };

// Gives what Evaluate gives. Not for several threads at once: what rules order is worked out
// when first asked for, and kept.
class Prepared {
 public:
  Prepared(const rules::Ruleset& rules, std::vector<rules::Step> steps,
           CalendarFacts calendar = CalendarFacts::All);

  // Steps that are passed over where their range does not hold.
  [[nodiscard]] std::size_t rows() const;
  [[nodiscard]] Result Run(const rules::Families& families, const History& history);

 private:
  const rules::Ruleset& rules_;
  std::vector<rules::Step> steps_;
  Foreseen foreseen_;
  Clashes clashes_;
};

}  // namespace cotejo::evaluation
