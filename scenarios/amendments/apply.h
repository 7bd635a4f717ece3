// An amendment over a regulation: edits on the declarations, and what they changed.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "model/rules/resolve.h"

namespace cotejo::amendments {

struct Amendment {
  std::string name;
  std::string title;
  language::NormFile file;
};

// Reads one amendment file. Nothing usable on error: see the diagnostics.
Amendment ReadAmendment(base::SourceMap& sources, const std::string& path,
                        base::Diagnostics& diagnostics);

// The same for a file already in the source map.
Amendment ParseAmendment(const base::SourceMap& sources, base::FileId file,
                         base::Diagnostics& diagnostics);

// The base program with the edits made. An edit that finds nothing to replace or repeal is
// an error. Both inputs must outlive the result. Cases of the base are left out: they test
// the text in force.
rules::Program Apply(const rules::Program& base, const Amendment& amendment,
                     base::Diagnostics& diagnostics);

// One named thing that is not the same in two rulesets, as text in the norm language.
struct Change {
  enum class Kind { Added, Removed, Changed };
  Kind kind = Kind::Changed;
  std::string what;  // "parámetro tolerancia_de_ingreso"
  base::Citation citation;
  std::string before;
  std::string after;
};

// Sorted by kind of declaration and name; empty for an amendment that changes nothing.
std::vector<Change> Differences(const rules::Ruleset& before, const rules::Ruleset& after);

}  // namespace cotejo::amendments
