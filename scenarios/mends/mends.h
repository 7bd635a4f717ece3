// Mends: edits that could remove a finding, each tried as an amendment and checked again.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "model/base/finding.h"
#include "model/rules/families.h"
#include "model/rules/resolve.h"

namespace cotejo::mends {

// A text and what it resolves to: that in force, or what a mend makes of it.
struct Variant {
  const rules::Program& program;
  const rules::Ruleset& rules;
  const rules::Families& families;
};

// How large the defect of a finding is: what its histories show, compared in order.
using Size = std::vector<base::Rational>;

class Memory;

// The regulation a finding is of, and how what a mend makes of it is checked.
struct Bench {
  base::SourceMap& sources;
  const rules::Program& program;  // in force; its trees must outlive the bench
  const rules::Ruleset& rules;
  const rules::Families& families;
  rules::ReadingChoices readings;
  const base::CheckReport& report;  // of the regulation in force
  // Checks a text: these codes, or the whole catalogue when none is given.
  std::function<base::CheckReport(const Variant&, const std::vector<std::string>& only)> check;
  // The size of the defect that the histories of a finding show under a text; nothing when they
  // do not show it, or when no replay can tell.
  std::function<std::optional<Size>(const Variant&, const base::Finding&)> shown;
  // Of the edits tried before, when many findings are mended; null: none.
  Memory* memory = nullptr;
  std::size_t most = 4;  // mends that are offered of one finding: the search ends there
  // Long checks after which no other edit of a finding is begun; 0: however many.
  int dear = 0;
  // Whether the run was interrupted: what is left is then listed as not tried. Null: never.
  std::function<bool()> stopped = {};
};

// A span of a norm file and what is written in its place; an empty span is an insertion.
struct Edit {
  base::Span span;
  std::string text;
};

struct Proposal {
  base::Text title;
  std::vector<Edit> edits;
  std::vector<std::string> added = {};     // whole declarations
  std::vector<std::string> repealed = {};  // citations or names
};

// What the code of a finding and the rules it names suggest; not yet tried. Empty for the
// codes that no edit of a norm file can mend.
std::vector<Proposal> Propose(const Bench& bench, const base::Finding& finding);

// The amendment file of a proposal: each declaration it touches, replaced.
std::string WriteAmendment(const Bench& bench, const Proposal& proposal, const std::string& name);

// How many words and figures an edit changes.
int CountEdits(const Bench& bench, const Proposal& proposal);

// An edit that was tried and will not do, and why. Without a title: why none was tried.
struct Refused {
  base::Text title;
  base::Text why;
};

struct Trial {
  std::vector<base::Mend> mends;  // at most Bench::most: first those after which nothing
                                  // else changes, then by `edits`
  std::vector<Refused> refused;   // in the order they were tried, plainest first
};

// Tries every proposal by the road of a user's amendment: written, parsed, resolved, checked for
// the finding and then in full.
Trial Try(const Bench& bench, const base::Finding& finding);

// What was learnt of an edit, for the next finding that suggests the same.
struct Outcome;
class Memory {
 public:
  Memory();
  ~Memory();
  Memory(const Memory&) = delete;
  Memory& operator=(const Memory&) = delete;
  [[nodiscard]] std::shared_ptr<Outcome>& Of(const std::string& edits);

 private:
  std::map<std::string, std::shared_ptr<Outcome>> outcomes_;
};

}  // namespace cotejo::mends
