// Whether the histories of a finding show its defect under some text, and how large it is there.
#pragma once

#include <optional>
#include <vector>

#include "model/base/finding.h"
#include "model/evaluation/evaluate.h"

namespace cotejo::checks {

// How large a defect is, compared in order: loss of the post, processes, days … Empty: it is
// there, and has no size.
using Size = std::vector<base::Rational>;

// Replays the witness of a finding (and what it is compared with) under a text: the size of
// the defect there. Nothing when those histories do not show it, or when the code of the
// finding is not one that a replay can tell (it rests on words, say).
std::optional<Size> ShownBy(const rules::Ruleset& rules, const rules::Families& families,
                            const base::Finding& finding);

}  // namespace cotejo::checks
