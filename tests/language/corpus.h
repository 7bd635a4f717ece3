// The grammar corpus: norm files under tests/language/corpus/ and what each must give.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "model/rules/resolve.h"
#include "tests/language/dump.h"

namespace cotejo::corpus {

namespace fs = std::filesystem;

inline const std::string kFolder = std::string(COTEJO_SOURCE_DIR) + "/tests/language/corpus/";
inline constexpr std::string_view kNorm = ".norma.md";
inline constexpr std::string_view kExpected = ".esperado";

inline std::string ReadFile(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

inline std::vector<std::string> FilesIn(const std::string& folder) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder))
    names.push_back(entry.path().filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

// Names of the corpus files, without their ending.
inline std::vector<std::string> Names() {
  std::vector<std::string> names;
  for (const std::string& file : FilesIn(kFolder)) {
    if (file.ends_with(kNorm)) names.push_back(file.substr(0, file.size() - kNorm.size()));
  }
  return names;
}

struct Outcome {
  std::string text;  // what NAME.esperado must hold
  std::vector<std::string> codes;
  std::vector<base::Place> places;
  std::vector<std::string> untranslated;  // messages without their English
  std::shared_ptr<const rules::Ruleset> rules;
};

// Loads and resolves one file; paths in the text are relative to the corpus.
inline Outcome RunFile(const std::string& name, const rules::ReadingChoices& readings = {}) {
  base::SourceMap sources;
  base::Diagnostics diagnostics;
  const auto regulation =
      rules::LoadRegulation(sources, kFolder + name + std::string(kNorm), readings, diagnostics);
  diagnostics.Sort(sources);
  Outcome outcome;
  outcome.rules = regulation.rules;
  for (const base::Diagnostic& diagnostic : diagnostics.all()) {
    outcome.text += Render(diagnostic, sources, base::Language::Spanish);
    outcome.codes.push_back(diagnostic.code);
    if (diagnostic.message.en.empty() || diagnostic.message.en == diagnostic.message.es ||
        diagnostic.hint.en.empty() != diagnostic.hint.es.empty())
      outcome.untranslated.push_back(diagnostic.message.es);
    outcome.places.push_back(diagnostic.span.file.valid() ? sources.place(diagnostic.span)
                                                          : base::Place{});
  }
  if (outcome.rules) outcome.text += Dump(*outcome.rules);
  for (auto at = outcome.text.find(kFolder); at != std::string::npos;
       at = outcome.text.find(kFolder))
    outcome.text.erase(at, kFolder.size());
  return outcome;
}

}  // namespace cotejo::corpus
