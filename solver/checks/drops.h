// Two histories compared: the second is no better conduct than the first and is punished less.
#pragma once

#include <optional>

#include "solver/checks/histories.h"
#include "solver/checks/severity.h"

namespace cotejo::checks {

// Indices are into Result::applications and Result::gaps. All but `before`, `after` and `lost` is
// of the second history. Of sanctions of the first that contradict each other `before` counts the
// heaviest alone.
struct Drop {
  Severity before, after;
  // Of the subject that is punished less, what the second history has not, gravest first.
  std::vector<int> lost;
  std::vector<int> gained;  // of the same subject, what the first has not, gravest first
  int gap = -1;             // with nothing gained: nothing applies to that subject any more
  std::vector<int> kept;    // nor that: what still stands for it as it did, gravest first
  // With none of these: what other subjects lose besides, and whether `gained` and `gap` are
  // theirs.
  std::vector<int> also_lost;
  bool elsewhere = false;
};

// Nothing when the second is punished no less.
std::optional<Drop> FindDrop(const rules::Ruleset& rules, const evaluation::Result& before,
                             const evaluation::Result& after);

// The gravest lost sanction's rule; and what it gives way to: a rule, the scale whose domain has
// the gap, or nothing.
base::Citation LostCitation(const rules::Ruleset& rules, const Drop& drop,
                            const evaluation::Result& before);
std::optional<base::Citation> GainedCitation(const rules::Ruleset& rules, const Drop& drop,
                                             const evaluation::Result& after);

// Adds the articles that decide how two histories are punished: of the sanctions that stand in
// them, and of the scales that leave something in them unanswered.
void CiteAtStake(const rules::Ruleset& rules, const evaluation::Result& first,
                 const evaluation::Result& second, base::Finding& finding);

// A finding with both histories replayed on the whole ruleset; nothing when they do not show
// the drop there. The caller gives code, title, explanation and bounds.
// Whether what gives way to the lost sanction and is of another subject is told with that subject:
// where the first one is said, it has to be.
enum class OfOthers { Plainly, WithSubject };
struct Compared {
  base::Text first_label, second_label;
  const evaluation::History* first = nullptr;
  const evaluation::History* second = nullptr;
  OfOthers of_others = OfOthers::Plainly;
};
std::optional<base::Finding> FindingOfDrop(const CheckContext& context, const Compared& compared,
                                           const std::string& code, const std::string& key);

// "RIP:46.IV (5 días de descuento) → RIP:46.IV (4 días de descuento)"
base::Text DescribeDrop(const rules::Ruleset& rules, const Drop& drop,
                        const evaluation::Result& before, const evaluation::Result& after,
                        OfOthers of_others);

}  // namespace cotejo::checks
