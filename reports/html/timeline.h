// A witness history drawn on a calendar: its facts, and below them what each article answers.
#pragma once

#include <string>

#include "model/base/finding.h"
#include "model/base/text.h"

namespace cotejo::reports {

// Inline SVG whose ids begin with `id`; empty when the history has no date.
std::string DrawTimeline(const base::Witness& witness, const std::string& id,
                         base::Language language);

}  // namespace cotejo::reports
