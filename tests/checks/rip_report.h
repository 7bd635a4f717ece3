// The regulation itself with everything its checks may need: the imported text and the other
// readings. And small regulations that can be read otherwise.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <mutex>

#include "model/base/file.h"
#include "model/passages/workspace.h"
#include "tests/checks/text_rules.h"

namespace cotejo::checks {

// Reads the same files under other options; any thread may ask.
class Otherwise {
 public:
  Otherwise(base::SourceMap& sources, const std::vector<language::NormFile>& files)
      : sources_(sources), program_(rules::BuildProgram(sources, files)) {}

  std::shared_ptr<const rules::Ruleset> operator()(const rules::ReadingChoices& choices) {
    const std::lock_guard lock(resolving_);
    base::Diagnostics ignored;
    return rules::Resolve(sources_, program_, choices, ignored);
  }

 private:
  base::SourceMap& sources_;
  rules::Program program_;
  std::mutex resolving_;
};

// One check on a small regulation; its readings may be changed.
inline base::CheckReport CheckReadings(const std::string& code, const std::string& norma) {
  const auto text = ReadRules(norma);
  if (!text->rules) return {};
  Otherwise otherwise(text->sources, text->files);
  CheckOptions options;
  options.only = {code};
  return Check({*text->rules, text->families, &text->files, nullptr,
                [&](const rules::ReadingChoices& choices) { return otherwise(choices); }},
               options);
}

struct WholeRip {
  base::SourceMap sources;
  base::Diagnostics diagnostics;
  rules::Regulation regulation;
  std::optional<passages::Workspace> text;  // of the official text, where there is one
  base::CheckReport report;
};

// All the checks, run once.
inline const WholeRip& CheckedRip() {
  static const auto checked = [] {
    namespace fs = std::filesystem;
    auto rip = std::make_unique<WholeRip>();
    const fs::path source(COTEJO_SOURCE_DIR);
    const char* folder = std::getenv("COTEJO_REFERENCIA");
    const fs::path official =
        (folder != nullptr ? fs::path(folder) : source.parent_path() / "shared" / "reference") /
        "rip-2025.txt";
    if (fs::exists(official)) {
      const auto text = base::ReadTextFile(official.string(), rip->diagnostics);
      rip->text.emplace();
      rip->text->source = "rip-2025.txt";
      rip->text->document = passages::ReadDocument(
          rip->sources, rip->sources.Add("rip-2025.txt", *text), "RIP", rip->diagnostics);
      rip->text->ties = passages::TieAll(rip->text->document);
    }
    rip->regulation = rules::LoadRegulation(
        rip->sources, (source / "regulations" / "rip-2025").string(), {}, rip->diagnostics);
    if (!rip->regulation.rules) {
      ADD_FAILURE() << "the regulation could not be read";
      return rip;
    }
    const rules::Families families = rules::BuildFamilies(*rip->regulation.rules);
    Otherwise otherwise(rip->sources, rip->regulation.files);
    CheckOptions options;
    options.threads = 0;
    rip->report = Check({*rip->regulation.rules, families, &rip->regulation.files,
                         rip->text ? &*rip->text : nullptr,
                         [&](const rules::ReadingChoices& choices) { return otherwise(choices); }},
                        options);
    return rip;
  }();
  return *checked;
}

inline bool Cites(const base::Finding& finding, const std::string& article) {
  return std::any_of(finding.articles.begin(), finding.articles.end(),
                     [&](const base::Citation& citation) { return citation.str() == article; });
}

// Those of one check whose articles include all of these.
inline std::vector<base::Finding> OfRip(const std::string& code,
                                        const std::vector<std::string>& articles) {
  std::vector<base::Finding> found = Of(CheckedRip().report, code);
  std::erase_if(found, [&](const base::Finding& finding) {
    return !std::all_of(articles.begin(), articles.end(),
                        [&](const std::string& article) { return Cites(finding, article); });
  });
  return found;
}

}  // namespace cotejo::checks
