// What is counted for the findings of each code, or why a simulated year cannot show them.
#pragma once

#include <string_view>

#include "model/base/text.h"

namespace cotejo::exposure {

enum class Way {
  Clash,      // two of its rules, and nothing decides
  Settled,    // two of its rules, and one prevails
  Twice,      // two sanctions for one fact
  Classes,    // two classes of fault for one fact
  Gap,        // a case without a row
  Same,       // its rules on one thing
  NoProcess,  // a sanction without its process
  Cap,        // deductions past a cap
  Unit,       // a grant between two steps
  OfWitness,  // all that the witness receives
  OfOther,    // … the history that the witness is compared with
  Reading,    // something else under another reading
  Term,       // a term of its articles begins
  NotMeasured,
};

struct CodeEntry {
  std::string_view code;
  Way way = Way::NotMeasured;
  base::Text text;  // what is counted, or why it is not measured
};

// Null for a code it does not know.
const CodeEntry* EntryOf(std::string_view code);

}  // namespace cotejo::exposure
