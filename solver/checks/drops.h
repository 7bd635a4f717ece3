// Two histories compared: the second is no better conduct than the first and is punished less.
#pragma once

#include <optional>

#include "solver/checks/histories.h"
#include "solver/checks/severity.h"

namespace cotejo::checks {

struct Drop {
  Severity before, after;
  int lost = -1;    // gravest sanction of the first that the second has not: an application
  int gained = -1;  // gravest of the second that the first has not; -1: none
  int gap = -1;     // then, a subject of the second to which nothing applies any more
};

// Nothing when the second is punished no less.
std::optional<Drop> FindDrop(const rules::Ruleset& rules, const evaluation::Result& before,
                             const evaluation::Result& after);

// The lost sanction's rule; and what it gives way to: a rule, the scale whose domain has the gap,
// or nothing.
base::Citation LostCitation(const rules::Ruleset& rules, const Drop& drop,
                            const evaluation::Result& before);
std::optional<base::Citation> GainedCitation(const rules::Ruleset& rules, const Drop& drop,
                                             const evaluation::Result& after);

// A finding with both histories replayed on the whole ruleset; nothing when they do not show
// the drop there. The caller gives code, title, explanation and bounds.
struct Compared {
  base::Text first_label, second_label;
  const evaluation::History* first = nullptr;
  const evaluation::History* second = nullptr;
};
std::optional<base::Finding> FindingOfDrop(const CheckContext& context, const Compared& compared,
                                           const std::string& code, const std::string& key);

// "RIP:46.IV (5 días de descuento) → RIP:46.IV (4 días de descuento)"
base::Text DescribeDrop(const rules::Ruleset& rules, const Drop& drop,
                        const evaluation::Result& before, const evaluation::Result& after);

}  // namespace cotejo::checks
