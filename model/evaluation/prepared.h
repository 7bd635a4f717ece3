// The interpreter for many histories: what the rows of a scale look at is read once for all.
#pragma once

#include <vector>

#include "model/evaluation/evaluate.h"

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
};

// Gives what Evaluate gives.
class Prepared {
 public:
  Prepared(const rules::Ruleset& rules, std::vector<rules::Step> steps);

  // Steps that are passed over where their range does not hold.
  [[nodiscard]] std::size_t rows() const;
  [[nodiscard]] Result Run(const rules::Families& families, const History& history) const;

 private:
  const rules::Ruleset& rules_;
  std::vector<rules::Step> steps_;
  std::vector<RowRun> runs_;  // by first
};

}  // namespace cotejo::evaluation
