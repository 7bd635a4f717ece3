// Who may include whom: the arrows between folders, as functions over (file, include) pairs.
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace cotejo::architecture {

struct Include {
  std::string path;
  bool angled = false;  // <path> rather than "path"
  int line = 0;
};

// Direct arrows; a folder may also include what the folders it includes may include.
inline const std::map<std::string, std::vector<std::string>, std::less<>>& Arrows() {
  static const std::map<std::string, std::vector<std::string>, std::less<>> arrows = {
      {"model/base", {}},
      {"model/language", {"model/base"}},
      {"model/rules", {"model/language"}},
      {"model/citations", {"model/rules"}},
      {"model/passages", {"model/citations"}},
      {"model/evaluation", {"model/rules"}},
      {"solver/smt", {"model/base"}},
      {"solver/encoding", {"solver/smt", "model/rules", "model/evaluation"}},
      {"solver/checks", {"solver/encoding", "model/passages", "model/evaluation"}},
      {"scenarios/amendments", {"model/rules", "model/evaluation"}},
      {"scenarios/backtest", {"scenarios/calibration", "scenarios/year"}},
      {"scenarios/calibration", {"model/base", "scenarios/population"}},
      {"scenarios/exposure", {"scenarios/year"}},
      {"scenarios/mends", {"scenarios/amendments"}},
      {"scenarios/population", {"model/base"}},
      {"scenarios/ranks", {"model/base"}},
      {"scenarios/rescan", {"scenarios/year"}},
      {"scenarios/sensitivity", {"scenarios/population"}},
      {"scenarios/study", {"scenarios/year", "scenarios/sensitivity"}},
      {"scenarios/year",
       {"model/rules", "model/evaluation", "scenarios/population", "scenarios/ranks"}},
  };
  return arrows;
}

// What reports may know besides model/base: headers that hold results and compute nothing.
inline const std::set<std::string, std::less<>>& PublicResults() {
  static const std::set<std::string, std::less<>> headers = {
      "model/rules/ruleset.h",           "model/evaluation/evaluate.h",
      "model/evaluation/history.h",      "model/evaluation/fact_wording.h",
      "scenarios/calibration/results.h", "scenarios/exposure/results.h",
      "scenarios/study/results.h",       "scenarios/year/results.h",
  };
  return headers;
}

inline constexpr std::size_t kMostLines = 800;

inline std::string FolderOf(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string() : std::string(path.substr(0, slash));
}

inline bool Reaches(std::string_view from, std::string_view to) {
  const auto found = Arrows().find(from);
  return from == to || (found != Arrows().end() &&
                        std::any_of(found->second.begin(), found->second.end(),
                                    [to](const std::string& next) { return Reaches(next, to); }));
}

inline bool IsZ3(std::string_view include) {
  return include == "z3.h" || include == "z3++.h" || include.starts_with("z3_") ||
         include.starts_with("z3/");
}

inline bool InReports(std::string_view path) { return path.starts_with("reports/"); }

// Why `include` may not stand in `file` (a path from the project root); nothing when it may.
inline std::optional<std::string> Violation(std::string_view file, const Include& include) {
  const std::string folder = FolderOf(file);
  const std::string target = FolderOf(include.path);
  if (IsZ3(include.path)) {
    if (folder == "solver/smt") return std::nullopt;
    return "z3 may be included in solver/smt only";
  }
  const bool known_target =
      Arrows().contains(target) || InReports(include.path) || include.path.starts_with("app/");
  if (include.angled) {
    if (known_target) return "a project header goes in quotes";
    return std::nullopt;
  }
  if (file.starts_with("tests/")) {
    if (known_target || include.path.starts_with("tests/")) return std::nullopt;
    return "not written from the project root";
  }
  if (!known_target) return "not written from the project root, or of an unknown folder";
  if (file.starts_with("app/")) return std::nullopt;
  if (InReports(file)) {
    if (InReports(include.path) || target == "model/base" ||
        PublicResults().contains(include.path)) {
      return std::nullopt;
    }
    return "reports see public results only";
  }
  if (!Arrows().contains(folder)) return "the folder " + folder + " has no place in the design";
  if (Reaches(folder, target)) return std::nullopt;
  return folder + " may not include " + target;
}

// The include directives of a source text; those that go through a macro are not seen.
inline std::vector<Include> IncludesOf(std::string_view source) {
  std::vector<Include> found;
  int number = 0;
  while (!source.empty()) {
    const std::size_t end = std::min(source.find('\n'), source.size());
    std::string_view line = source.substr(0, end);
    source.remove_prefix(std::min(end + 1, source.size()));
    ++number;
    const auto skip_blanks = [&line] {
      while (!line.empty() && (line.front() == ' ' || line.front() == '\t')) line.remove_prefix(1);
    };
    skip_blanks();
    if (!line.starts_with('#')) continue;
    line.remove_prefix(1);
    skip_blanks();
    if (!line.starts_with("include")) continue;
    line.remove_prefix(std::string_view("include").size());
    skip_blanks();
    if (line.empty() || (line.front() != '"' && line.front() != '<')) continue;
    const bool angled = line.front() == '<';
    const std::size_t close = line.find(angled ? '>' : '"', 1);
    if (close == std::string_view::npos) continue;
    found.push_back({std::string(line.substr(1, close - 1)), angled, number});
  }
  return found;
}

inline bool TooLong(std::string_view source) {
  return static_cast<std::size_t>(std::count(source.begin(), source.end(), '\n')) > kMostLines;
}

}  // namespace cotejo::architecture
