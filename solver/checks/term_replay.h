// The terms of a procedure counted again, plainly: a day or a minute at a time, on the calendar
// itself. What a check says of a date is shown as replayed only when this agrees.
#pragma once

#include <vector>

#include "solver/checks/temporal.h"

namespace cotejo::checks {

class Stepper {
 public:
  Stepper(const rules::Ruleset& rules, const Office& office);

  // Where a term leads from a time.
  [[nodiscard]] Minute Bound(rules::Milestone::Bound bound, const rules::Term& term,
                             Minute since) const;
  // Minutes of work between two times.
  [[nodiscard]] Minute Worked(Minute from, Minute to) const;
  [[nodiscard]] bool Keeps(const Limit& limit, Minute event, Minute since) const;
  // Whether a story has a time for every event the limits join, and keeps them all.
  [[nodiscard]] bool Keeps(const std::vector<Limit>& limits, const Times& story) const;
  // Whether nothing keeps them all: from a year before, each event is pushed as far as the
  // limits ask, and the given ones have to move, or it goes on for longer than all the terms.
  [[nodiscard]] bool Impossible(std::size_t events, const std::vector<Limit>& limits,
                                const std::vector<Given>& given) const;

 private:
  const rules::Ruleset& rules_;
  const evaluation::History& person_;
  std::string scope_;
};

}  // namespace cotejo::checks
