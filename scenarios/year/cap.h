// What the norms let an entity deduct from somebody in a month: rules that prohibit more.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "scenarios/year/plan.h"

namespace cotejo::year {

struct Cap {
  using Months = std::array<std::int64_t, 12>;

  base::Citation citation;
  // The most days of pay that each month may lose, scaled; INT64_MAX: the rule is not in force when
  // it closes. Nothing when the rule asks for more than their sum.
  std::optional<Months> days;
};

// Rules about sanctions that prohibit, in their order.
std::vector<Cap> CapsOf(const Plan& plan, const YearDays& year);

// The lowest of them, month by month.
Cap::Months MostDaysOf(const std::vector<Cap>& caps);

}  // namespace cotejo::year
