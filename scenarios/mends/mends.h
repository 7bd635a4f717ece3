// Mends: edits that could remove a finding, each tried as an amendment and checked again.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "model/base/finding.h"
#include "model/rules/families.h"
#include "model/rules/resolve.h"

namespace cotejo::mends {

// The regulation a finding is of, and how what a mend makes of it is checked.
struct Bench {
  base::SourceMap& sources;
  const rules::Program& program;  // in force; its trees must outlive the bench
  const rules::Ruleset& rules;
  const rules::Families& families;
  rules::ReadingChoices readings;
  const base::CheckReport& report;  // of the regulation in force
  std::function<base::CheckReport(const rules::Ruleset&, const rules::Families&)> check;
};

// A span of a norm file and what is written in its place; an empty span is an insertion.
struct Edit {
  base::Span span;
  std::string text;
};

struct Proposal {
  base::Text title;
  std::vector<Edit> edits;
};

// What the code of a finding and the rules its witness names suggest, plainest first; not
// yet tried. Empty for the codes that no edit of a norm file can mend.
std::vector<Proposal> Propose(const Bench& bench, const base::Finding& finding);

// The amendment file of a proposal: each declaration it touches, replaced.
std::string WriteAmendment(const Bench& bench, const Proposal& proposal, const std::string& name);

// How many words and figures an edit changes.
int CountEdits(const Bench& bench, const Proposal& proposal);

// A proposal that did not do, and why.
struct Refused {
  base::Text title;
  base::Text why;
};

struct Trial {
  std::vector<base::Mend> mends;  // those that remove the finding and add none, by `edits`
  std::vector<Refused> refused;   // in the order they were tried
};

// Tries every proposal: written, parsed, resolved and checked again in full.
Trial Try(const Bench& bench, const base::Finding& finding);

}  // namespace cotejo::mends
