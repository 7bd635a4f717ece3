#include "tests/architecture/arrows.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include "tests/architecture/types.h"

namespace cotejo::architecture {
namespace {

namespace fs = std::filesystem;

struct Source {
  std::string path;  // from the project root
  std::string content;
};

std::vector<Source> ProjectSources() {
  const fs::path root = COTEJO_SOURCE_DIR;
  std::vector<Source> sources;
  for (const char* top : {"app", "model", "reports", "scenarios", "solver", "tests"}) {
    if (!fs::exists(root / top)) continue;
    for (const auto& entry : fs::recursive_directory_iterator(root / top)) {
      const std::string extension = entry.path().extension().string();
      if (!entry.is_regular_file() || (extension != ".h" && extension != ".cpp")) continue;
      std::ifstream in(entry.path(), std::ios::binary);
      sources.push_back({fs::relative(entry.path(), root).generic_string(),
                         std::string(std::istreambuf_iterator<char>(in), {})});
    }
  }
  std::sort(sources.begin(), sources.end(),
            [](const Source& a, const Source& b) { return a.path < b.path; });
  return sources;
}

TEST(Architecture, EveryIncludeFollowsTheArrows) {
  const auto sources = ProjectSources();
  int includes = 0;
  for (const Source& source : sources) {
    for (const Include& include : IncludesOf(source.content)) {
      ++includes;
      const auto violation = Violation(source.path, include);
      EXPECT_FALSE(violation.has_value()) << source.path << ":" << include.line << ": includes "
                                          << include.path << ": " << violation.value_or("");
    }
  }
  // Nothing looked at is not a pass.
  EXPECT_GE(sources.size(), 20U);
  EXPECT_GE(includes, 50);
}

TEST(Architecture, NoSourceFileIsTooLong) {
  for (const Source& source : ProjectSources()) {
    EXPECT_FALSE(TooLong(source.content))
        << source.path << " has more than " << kMostLines << " lines";
  }
}

TEST(Architecture, NoTwoFilesDefineATypeOfOneName) {
  std::map<std::string, std::string> defined;  // file, by type
  for (const Source& source : ProjectSources()) {
    for (const std::string& type : TypesOf(source.content)) {
      const auto [first, is_new] = defined.emplace(type, source.path);
      EXPECT_TRUE(is_new) << type << " is defined in " << first->second << " and in "
                          << source.path;
    }
  }
  EXPECT_GE(defined.size(), 100U);
  EXPECT_EQ(defined["cotejo::base::Text"], "model/base/text.h");
}

TEST(Types, ThoseOfTheWholeProgramAreReadFromTheText) {
  EXPECT_THAT(TypesOf("struct Ahead;\n"
                      "namespace a::b {\n"
                      "struct One {\n"
                      "  struct Inside {\n"
                      "};\n"
                      "class Two final : public One {\n"
                      "enum class Three : int { Yes };\n"
                      "struct Two::Part {\n"
                      "namespace {\n"
                      "struct Own {\n"
                      "}  // namespace\n"
                      "template <class T> struct Four {\n"
                      "}  // namespace a::b\n"
                      "struct Five {\n"),
              testing::ElementsAre("a::b::One", "a::b::Two", "a::b::Three", "a::b::Two::Part",
                                   "a::b::Four", "Five"));
}

struct Planted {
  const char* file;
  const char* include;
  bool angled;
};

TEST(Arrows, APlantedViolationIsSeen) {
  const std::vector<Planted> planted = {
      {"model/base/date.cpp", "model/language/tree.h", false},
      {"model/language/parser.cpp", "model/rules/ruleset.h", false},
      {"model/rules/resolve.cpp", "model/evaluation/evaluate.h", false},
      {"model/citations/graph.cpp", "model/evaluation/evaluate.h", false},
      {"solver/smt/smt.cpp", "model/rules/ruleset.h", false},
      {"solver/encoding/terms.cpp", "solver/checks/gap.h", false},
      {"solver/checks/gap.cpp", "scenarios/year/results.h", false},
      {"scenarios/year/run.cpp", "solver/checks/gap.h", false},
      {"scenarios/year/run.cpp", "scenarios/amendments/apply.h", false},
      {"scenarios/population/read.cpp", "model/rules/ruleset.h", false},
      {"reports/html/page.cpp", "solver/checks/run.h", false},
      {"reports/json/write.cpp", "scenarios/year/simulate.h", false},
      {"reports/json/write.cpp", "model/evaluation/windows.h", false},
      {"solver/checks/gap.cpp", "z3++.h", true},
      {"solver/encoding/terms.cpp", "z3.h", true},
      {"app/main.cpp", "z3++.h", false},
      {"tests/checks/gap_test.cpp", "z3_api.h", true},
      {"model/base/date.cpp", "date.h", false},
      {"model/base/date.cpp", "../base/date.h", false},
      {"model/base/date.cpp", "app/commands.h", false},
      {"model/base/date.cpp", "tests/architecture/arrows.h", false},
      {"tests/base/date_test.cpp", "date.h", false},
      {"solver/extra/thing.cpp", "model/base/date.h", false},
      {"model/rules/resolve.cpp", "model/base/date.h", true},
  };
  for (const Planted& p : planted) {
    EXPECT_TRUE(Violation(p.file, {p.include, p.angled, 1}).has_value())
        << p.file << " includes " << p.include;
  }
}

TEST(Arrows, WhatTheDesignAllowsIsNotAViolation) {
  const std::vector<Planted> allowed = {
      {"model/base/date.cpp", "model/base/date.h", false},
      {"model/evaluation/evaluate.cpp", "model/language/tree.h", false},
      {"solver/smt/smt.cpp", "z3++.h", true},
      {"solver/checks/gap.cpp", "solver/smt/smt.h", false},
      {"solver/checks/gap.cpp", "model/citations/graph.h", false},
      {"scenarios/year/run.cpp", "scenarios/population/staff.h", false},
      {"reports/html/page.cpp", "reports/json/json.h", false},
      {"reports/html/page.cpp", "scenarios/year/results.h", false},
      {"reports/html/page.cpp", "model/base/finding.h", false},
      {"app/main.cpp", "solver/checks/run.h", false},
      {"tests/properties/twins_test.cpp", "scenarios/year/simulate.h", false},
      {"model/base/csv.cpp", "csv.h", true},
      {"reports/json/write.cpp", "nlohmann/json.hpp", true},
  };
  for (const Planted& p : allowed) {
    EXPECT_EQ(Violation(p.file, {p.include, p.angled, 1}), std::nullopt)
        << p.file << " includes " << p.include;
  }
}

TEST(Arrows, IncludesAreReadFromTheText) {
  const auto includes = IncludesOf(
      "// #include \"no/este.h\"\n"
      "#include <vector>\n"
      "  #  include\t\"model/base/date.h\"  // reason\n"
      "#include HWY_TARGET_INCLUDE\n"
      "#include \"abierto\n"
      "#include \"ultimo.h\"");
  ASSERT_EQ(includes.size(), 3U);
  EXPECT_EQ(includes[0].path, "vector");
  EXPECT_TRUE(includes[0].angled);
  EXPECT_EQ(includes[1].path, "model/base/date.h");
  EXPECT_FALSE(includes[1].angled);
  EXPECT_EQ(includes[1].line, 3);
  EXPECT_EQ(includes[2].path, "ultimo.h");
  EXPECT_EQ(includes[2].line, 6);
}

TEST(Arrows, TheLengthLimitIsExact) {
  EXPECT_FALSE(TooLong(std::string(kMostLines, '\n')));
  EXPECT_TRUE(TooLong(std::string(kMostLines + 1, '\n')));
}

}  // namespace
}  // namespace cotejo::architecture
