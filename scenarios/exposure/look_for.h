// A finding's witness, read back, tells what a staff-year must show to meet it.
#pragma once

#include <optional>

#include "model/base/finding.h"
#include "scenarios/exposure/sight.h"

namespace cotejo::exposure {

// The sight, or why there is none. One that is asked of another reading has neither.
struct Plan {
  std::optional<Sight> sight;
  std::vector<evaluation::Fact> facts;  // of the history it comes from
  base::Text counted;
  base::Text why_not;
};

// The interpreter must see in the witness what would be counted, or it is not measured.
// `procedures`: those of the regulation that the year lives.
Plan LookFor(const rules::Ruleset& rules, const rules::Families& families, const Terms& terms,
             const year::Procedures& procedures, const base::Finding& finding);

}  // namespace cotejo::exposure
