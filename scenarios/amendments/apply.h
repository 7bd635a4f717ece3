// An amendment over a regulation: edits on the declarations, and what they changed.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "model/rules/resolve.h"

namespace cotejo::amendments {

struct Amendment {
  std::string name;
  std::string title;
  language::NormFile file;
  std::vector<std::uint32_t> line_starts;  // of the file, to name its lines
};

// Reads one amendment file. Nothing usable on error: see the diagnostics.
Amendment ReadAmendment(base::SourceMap& sources, const std::string& path,
                        base::Diagnostics& diagnostics);

// The same for a file already in the source map.
Amendment ParseAmendment(const base::SourceMap& sources, base::FileId file,
                         base::Diagnostics& diagnostics);

// The base program with the edits made. An edit that finds nothing to replace or repeal is
// an error, and so is one of what the same amendment already edits. Both inputs must outlive
// the result. Cases of the base are left out: they test the text in force.
rules::Program Apply(const rules::Program& base, const Amendment& amendment,
                     base::Diagnostics& diagnostics);

// Resolves an amended program. What then fails in the files of the text in force fails because
// of the amendment: the hint says which, and the line of the edit when it can be told.
std::shared_ptr<const rules::Ruleset> Resolve(base::SourceMap& sources,
                                              const rules::Program& program,
                                              const Amendment& amendment,
                                              const rules::ReadingChoices& readings,
                                              base::Diagnostics& diagnostics);

// One named thing that is not the same in two rulesets; expressions are in the norm language.
struct Change {
  enum class Kind { Added, Removed, Changed };
  Kind kind = Kind::Changed;
  base::Text what;  // "parámetro tolerancia_de_ingreso"
  base::Citation citation;
  base::Text before;
  base::Text after;
};

// Sorted by kind of declaration and name; empty for an amendment that changes nothing.
std::vector<Change> Differences(const rules::Ruleset& before, const rules::Ruleset& after);

// "parámetro tolerancia_de_ingreso (RIP:22.V): antes: 5 minutos; ahora: 10 minutos"
base::Text DescribeChange(const Change& change);

}  // namespace cotejo::amendments
