// A history as a `caso` of the language, with what the interpreter finds in it.
#pragma once

#include <string>

#include "model/evaluation/evaluate.h"

namespace cotejo::evaluation {

struct WrittenCase {
  std::string text;   // the block's declaration; empty when the language cannot say it
  base::Text reason;  // why, then
};

// A case that RunCases passes when it is read beside the regulation of `rules`. It expects
// everything that Evaluate gives over the gestiones of its facts, which is how every case is
// judged, whatever the horizon of the history.
WrittenCase WriteCase(const rules::Ruleset& rules, const rules::Families& families,
                      const History& history, const std::string& name,
                      const base::Citation& citation);

}  // namespace cotejo::evaluation
