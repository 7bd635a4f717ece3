// Trees → Ruleset: names looked up, types checked, readings fixed, strata ordered.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "model/base/source.h"
#include "model/language/tree.h"
#include "model/rules/ruleset.h"

namespace cotejo::rules {

// A declaration and the norm it belongs to when it does not cite one.
struct ProgramEntry {
  const language::Decl* decl = nullptr;
  std::string norm;
  // Rows and exceptions that cite inside these are left out. Of the declaration as it stood
  // when they were repealed: what an amendment adds later may cite the same place.
  std::vector<Citation> repealed = {};
  // Things of a `unidad` of several that an amendment took from it, folded.
  std::vector<std::string> withdrawn = {};

  [[nodiscard]] bool IsRepealed(const Citation& citation) const;
};

struct ProgramProvision {
  const language::ProvisionText* provision = nullptr;
  std::string norm;
};

// What Resolve() reads: the declarations of all files, in order, after any amendment.
// The trees must outlive it.
struct Program {
  std::string title;
  std::vector<ProgramEntry> entries;
  std::vector<ProgramProvision> provisions;
};

Program BuildProgram(const base::SourceMap& sources, const std::vector<language::NormFile>& files);

// Reading and option by name; readings not named keep the assumed option.
using ReadingChoices = std::vector<std::pair<std::string, std::string>>;

// Nothing when there is any error; all errors found are diagnosed.
std::shared_ptr<const Ruleset> Resolve(base::SourceMap& sources, const Program& program,
                                       const ReadingChoices& readings,
                                       base::Diagnostics& diagnostics);

// The usual path: Load, BuildProgram, Resolve. `files` keeps the trees alive.
struct Regulation {
  std::vector<language::NormFile> files;
  std::shared_ptr<const Ruleset> rules;  // null on error
};
Regulation LoadRegulation(base::SourceMap& sources, const std::string& path,
                          const ReadingChoices& readings, base::Diagnostics& diagnostics);

}  // namespace cotejo::rules
