// A regulation as texts that can be changed one at a time, and what the checks say of it.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "model/language/parse.h"
#include "model/passages/workspace.h"
#include "model/rules/families.h"
#include "model/rules/resolve.h"
#include "solver/checks/check.h"
#include "solver/checks/other_readings.h"

namespace cotejo::mutations {

struct TextFile {
  std::string path;
  std::string content;
};
using Book = std::vector<TextFile>;

// The files of a regulation and of what it uses, in the order they are read.
inline Book ReadBook(const std::string& path) {
  base::SourceMap sources;
  base::Diagnostics diagnostics;
  const auto files = language::Load(sources, path, diagnostics);
  EXPECT_FALSE(diagnostics.has_errors());
  Book book;
  for (const language::NormFile& file : files) {
    const base::SourceFile& source = sources.file(file.file);
    book.push_back({source.path, source.content});
  }
  return book;
}

// A book parsed and resolved; `problem` is the first error, if any.
struct Edition {
  base::SourceMap sources;
  std::vector<language::NormFile> files;
  rules::Program program;
  std::shared_ptr<const rules::Ruleset> rules;
  rules::Families families;
  std::string problem;
};

inline std::unique_ptr<Edition> Print(const Book& book) {
  auto edition = std::make_unique<Edition>();
  base::Diagnostics diagnostics;
  for (const TextFile& file : book) {
    const base::FileId id = edition->sources.Add(file.path, file.content);
    edition->files.push_back(language::Parse(edition->sources, id, diagnostics));
  }
  edition->program = rules::BuildProgram(edition->sources, edition->files);
  if (!diagnostics.has_errors()) {
    edition->rules = rules::Resolve(edition->sources, edition->program, {}, diagnostics);
  }
  if (diagnostics.has_errors()) {
    edition->rules = nullptr;
    for (const base::Diagnostic& diagnostic : diagnostics.all()) {
      if (diagnostic.severity != base::Severity::Error) continue;
      edition->problem = base::Render(diagnostic, edition->sources, base::Language::Spanish);
      break;
    }
  }
  if (edition->rules) edition->families = rules::BuildFamilies(*edition->rules);
  return edition;
}

inline base::CheckReport CheckEdition(const Edition& edition, const passages::Workspace* text,
                                      std::vector<std::string> only, const std::string& cache) {
  checks::CheckOptions options;
  options.only = std::move(only);
  options.threads = 0;
  options.cache_directory = cache;
  const checks::CheckInput input{*edition.rules,
                                 edition.families,
                                 &edition.files,
                                 text,
                                 [&edition](const rules::ReadingChoices& readings) {
                                   static std::mutex mutex;  // Resolve writes in the source map
                                   const std::scoped_lock lock(mutex);
                                   base::Diagnostics diagnostics;
                                   return rules::Resolve(
                                       const_cast<base::SourceMap&>(edition.sources),
                                       edition.program, readings, diagnostics);
                                 },
                                 checks::WordingOf(edition.sources, edition.files)};
  return checks::Check(input, options);
}

// What a finding says: one that was there before and now tells of another amount or of one
// more case is a new one.
inline std::string Told(const base::Finding& finding) {
  std::string told = finding.id + "|" + finding.title.es;
  for (const base::Text& line : finding.region) told += "|" + line.es;
  return told;
}

// The findings as a lawyer tells them apart: what, how grave and where, whatever the names.
inline std::multiset<std::string> Signatures(const base::CheckReport& report) {
  std::multiset<std::string> signatures;
  for (const base::Finding& finding : report.findings) {
    signatures.insert(finding.code + " " + std::to_string(static_cast<int>(finding.severity)) +
                      " " + base::JoinCitations(finding.articles));
  }
  return signatures;
}

}  // namespace cotejo::mutations
