// Whether a history exists for each question about a family, replayed by the interpreter.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "model/base/finding.h"
#include "model/evaluation/evaluate.h"
#include "solver/checks/check.h"
#include "solver/encoding/history_encoding.h"

namespace cotejo::checks {

struct CheckContext {
  const CheckInput& input;
  const rules::Ruleset& rules;
  const rules::Families& families;
  const CheckOptions& options;
  int year = 0;
};

struct Question {
  enum class Kind {
    Both,           // two rules apply to one root
    Gap,            // a root in a region to which no rule applies
    Characterised,  // two qualifications hold of one root
  };
  // What must become of two rules that both apply.
  enum class Fate { Any, Conflict, Settled };

  std::string name;
  std::string check;
  Kind kind = Kind::Gap;
  // Both: positions in family.rules of the two sides, one pair for each way to reach them.
  std::vector<std::pair<std::size_t, std::size_t>> pairs;
  Fate fate = Fate::Any;
  std::vector<encoding::Constraint> region;  // Gap
  rules::QualificationId first, second;      // Characterised
};

// What a replay must show, and where it showed it.
struct Sighting {
  int root = -1;
  int first = -1;  // applications, or derived facts for Characterised
  int second = -1;
  std::size_t pair = 0;  // which of question.pairs
};

struct Found {
  evaluation::History history;
  evaluation::Result result;
  Sighting sighting;
};

struct Reply {
  base::Verdict verdict = base::Verdict::Unknown;
  base::Text reason;
  base::Text bounds;
  std::optional<Found> found;  // Refuted
};

// One reply a question, in order. `domain` tells whether any history has a subject of the
// family at all: without one, nothing may be called proved.
std::vector<Reply> Realise(const CheckContext& context, const rules::Family& family,
                           const std::vector<Question>& questions);

// Where the interpreter sees what the question asks, if it does.
std::optional<Sighting> Confirm(const CheckContext& context, const rules::Family& family,
                                const Question& question, const evaluation::Result& result);

// The chain of qualifications behind an application, nearest first.
std::vector<rules::QualificationId> ChainOf(const rules::Ruleset& rules,
                                            const evaluation::Result& result,
                                            const evaluation::Application& application);

}  // namespace cotejo::checks
