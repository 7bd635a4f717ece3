// Norm text written inside a test, parsed and resolved without files.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "model/language/parse.h"
#include "model/rules/resolve.h"

namespace cotejo::rules {

struct InlineNorm {
  base::SourceMap sources;
  base::Diagnostics diagnostics;
  std::vector<language::NormFile> files;
  Program program;
  std::shared_ptr<const Ruleset> rules;

  [[nodiscard]] std::vector<std::string> codes() const {
    std::vector<std::string> codes;
    for (const base::Diagnostic& diagnostic : diagnostics.all()) codes.push_back(diagnostic.code);
    return codes;
  }
  [[nodiscard]] std::string rendered() const {
    std::string text;
    for (const base::Diagnostic& diagnostic : diagnostics.all())
      text += Render(diagnostic, sources, base::Language::Spanish);
    return text;
  }
};

inline std::string Fenced(const std::string& declarations) {
  return "```norma\n" + declarations + "\n```\n";
}

// `declarations` go inside one block; the first is on line 2.
inline std::unique_ptr<InlineNorm> ResolveText(const std::string& declarations,
                                               const ReadingChoices& readings = {}) {
  auto norm = std::make_unique<InlineNorm>();
  const base::FileId file = norm->sources.Add("prueba.norma.md", Fenced(declarations));
  norm->files.push_back(language::Parse(norm->sources, file, norm->diagnostics));
  norm->program = BuildProgram(norm->sources, norm->files);
  norm->rules = Resolve(norm->sources, norm->program, readings, norm->diagnostics);
  if (norm->diagnostics.has_errors()) norm->rules = nullptr;
  norm->diagnostics.Sort(norm->sources);
  return norm;
}

}  // namespace cotejo::rules
