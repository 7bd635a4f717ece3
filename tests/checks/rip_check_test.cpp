// What the checks must find in the regulation itself.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "model/evaluation/evaluate.h"
#include "tests/checks/text_rules.h"

namespace cotejo::checks {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

namespace fs = std::filesystem;

const fs::path kRegulations = fs::path(COTEJO_SOURCE_DIR) / "regulations";

base::CheckReport CheckRegulation(const fs::path& folder) {
  base::SourceMap sources;
  base::Diagnostics diagnostics;
  const auto regulation = rules::LoadRegulation(sources, folder.string(), {}, diagnostics);
  if (!regulation.rules) {
    for (const auto& diagnostic : diagnostics.all()) {
      ADD_FAILURE() << base::Render(diagnostic, sources, base::Language::Spanish);
    }
    return {};
  }
  return Check(*regulation.rules, rules::BuildFamilies(*regulation.rules), {});
}

const base::CheckReport& Rip() {
  static const base::CheckReport report = CheckRegulation(kRegulations / "rip-2025");
  return report;
}

const base::Finding* Find(const base::CheckReport& report, const std::string& code,
                          const std::string& region, const std::vector<std::string>& articles) {
  for (const base::Finding& finding : report.findings) {
    bool found = finding.code == code;
    for (const std::string& article : articles) {
      const base::Citation outer = base::ParseCitation(article);
      found = found && std::any_of(finding.articles.begin(), finding.articles.end(),
                                   [&](const auto& citation) { return citation.within(outer); });
    }
    const bool here =
        region.empty() || std::any_of(finding.region.begin(), finding.region.end(),
                                      [&](const base::Text& line) { return line.es == region; });
    if (found && here) return &finding;
  }
  return nullptr;
}

TEST(Rip, TheReportIsSoundAndNothingIsLeftOpen) {
  ExpectSound(Rip());
  EXPECT_EQ(Rip().totals.unknown, 0);
  EXPECT_EQ(Rip().totals.unsupported, 0);
  EXPECT_GT(Rip().totals.proved, 100);
}

// A refutation rests on a history that was replayed, on words shown, or on a space looked at
// whole; only that something happens in no history may rest on the solver.
TEST(Rip, WhatIsRefutedIsBorneOut) {
  const std::vector<std::string> of_no_history = {"regla-muerta", "regla-que-no-decide",
                                                  "regla-redundante", "supuesto-vacío"};
  int refuted = 0;
  for (const base::QueryRecord& query : Rip().queries) {
    if (query.verdict != base::Verdict::Refuted) continue;
    ++refuted;
    if (query.evidence == base::Evidence::SolverAlone) {
      EXPECT_THAT(of_no_history, Contains(query.check)) << query.name;
    }
    EXPECT_NE(query.evidence, base::Evidence::None) << query.name;
  }
  EXPECT_GT(refuted, 80);
}

// The history of each witness, written, read again and given to the interpreter, is answered as
// the finding says: rule, day and whether it prevails.
TEST(Rip, EveryWitnessReadAgainIsAnsweredAsItSays) {
  base::SourceMap sources;
  base::Diagnostics diagnostics;
  const auto regulation =
      rules::LoadRegulation(sources, (kRegulations / "rip-2025").string(), {}, diagnostics);
  ASSERT_TRUE(regulation.rules);
  const rules::Ruleset& rules = *regulation.rules;
  const rules::Families families = rules::BuildFamilies(rules);
  const fs::path file =
      fs::path(testing::TempDir()) / ("cotejo_testigo_" + std::to_string(::getpid()) + ".csv");
  int witnesses = 0;
  int answers = 0;
  for (const base::Finding& finding : Rip().findings) {
    std::vector<const base::Witness*> told = {&finding.witness};
    if (finding.counterpart) told.push_back(&*finding.counterpart);
    for (const base::Witness* witness : told) {
      // Of milestones, or of what comes round by itself: no history to read.
      const auto lines = std::count(witness->csv.begin(), witness->csv.end(), '\n');
      if (!witness->replayed || lines < 2) continue;
      ++witnesses;
      std::ofstream(file, std::ios::binary) << witness->csv;
      const auto histories =
          evaluation::ReadHistories(rules, sources, file.string(), "", std::nullopt, diagnostics);
      ASSERT_FALSE(diagnostics.has_errors()) << finding.title.es << "\n" << witness->csv;
      ASSERT_EQ(histories.size(), 1U) << finding.title.es;
      const evaluation::Result result = evaluation::Evaluate(rules, families, histories[0]);
      for (const base::WitnessAnswer& answer : witness->answers) {
        const bool is_rule =
            std::any_of(rules.rules.begin(), rules.rules.end(),
                        [&](const rules::Rule& rule) { return rule.name == answer.rule; });
        if (!is_rule) continue;
        ++answers;
        EXPECT_EQ(answer.applies,
                  std::any_of(result.applications.begin(), result.applications.end(),
                              [&](const evaluation::Application& application) {
                                return rules.rule(application.rule).name == answer.rule &&
                                       application.date == answer.date &&
                                       (!answer.applies || application.stands == answer.stands);
                              }))
            << finding.id << " " << finding.title.es << ": " << answer.rule << " "
            << answer.date.str() << "\n"
            << witness->csv;
      }
    }
  }
  fs::remove(file);
  EXPECT_GT(witnesses, 80);
  EXPECT_GT(answers, 80);
}

TEST(Rip, ThirdMonthOf121MinutesIsBothDestitutionAndSixDays) {
  const base::Finding* finding = Find(Rip(), "contradicción", "", {"RIP:47.III", "RIP:47.I.a"});
  ASSERT_NE(finding, nullptr);
  EXPECT_EQ(finding->severity, base::FindingSeverity::Error);
  EXPECT_TRUE(finding->resolution.empty());
  EXPECT_EQ(finding->witness.facts.size(), 3U);  // one arrival in each of three months
  EXPECT_NE(finding->witness.facts[0].date.month(), finding->witness.facts[2].date.month());
}

TEST(Rip, AnArrivalOverThirtyMinutesLateIsCountedTwice) {
  const base::Finding* finding = Find(Rip(), "doble-sanción", "", {"RIP:45.I", "RIP:45.II"});
  ASSERT_NE(finding, nullptr);
  EXPECT_EQ(finding->severity, base::FindingSeverity::Error);
  ASSERT_FALSE(finding->witness.facts.empty());
  EXPECT_THAT(finding->witness.facts[0].description.es, HasSubstr("llegada a las "));
}

TEST(Rip, ADayAndAHalfOfAbsenceHasNoRow) {
  const base::Finding* finding =
      Find(Rip(), "hueco", "días de inasistencia: 1 1/2 días", {"RIP:45.II", "RIP:46.IV"});
  ASSERT_NE(finding, nullptr);
  EXPECT_EQ(finding->articles.size(), 2U);
}

TEST(Rip, SecondsFallBetweenTheRowsOfTheScaleOfMinutes) {
  for (const char* region : {"minutos de atraso: más de 30 y menos de 31 minutos",
                             "minutos de atraso: más de 45 y menos de 46 minutos",
                             "minutos de atraso: más de 60 y menos de 61 minutos",
                             "minutos de atraso: más de 90 y menos de 91 minutos",
                             "minutos de atraso: más de 120 y menos de 121 minutos"}) {
    EXPECT_NE(Find(Rip(), "granularidad", region, {"RIP:45.I"}), nullptr) << region;
  }
}

TEST(Rip, ConflictsThatTheOrderOfNormsSettlesAreOnlyInformation) {
  for (const base::Finding& finding : Rip().findings) {
    if (finding.code != "contradicción" && finding.code != "conflicto-resuelto") continue;
    const bool settled = !finding.resolution.empty();
    EXPECT_EQ(settled, finding.severity == base::FindingSeverity::Information) << finding.title.es;
  }
}

TEST(Rip, TwoRunsGiveTheSameReport) {
  const base::CheckReport again = CheckRegulation(kRegulations / "rip-2025");
  ASSERT_EQ(again.findings.size(), Rip().findings.size());
  for (std::size_t i = 0; i < again.findings.size(); ++i) {
    EXPECT_EQ(again.findings[i].id, Rip().findings[i].id);
    EXPECT_EQ(again.findings[i].witness.csv, Rip().findings[i].witness.csv);
  }
}

// Sixty minutes lose their row and nothing else changes.
TEST(Rip, ShorteningARowOpensAGapAtThatMinute) {
  EXPECT_THAT(Regions(Rip(), "hueco"), Not(Contains(HasSubstr("minutos de atraso"))));
  const fs::path copy = fs::path(testing::TempDir()) / "cotejo_fila_59";
  fs::remove_all(copy);
  fs::copy(kRegulations, copy, fs::copy_options::recursive);
  int changed = 0;
  for (const auto& entry : fs::directory_iterator(copy / "rip-2025")) {
    std::ifstream in(entry.path(), std::ios::binary);
    std::string text((std::istreambuf_iterator<char>(in)), {});
    const std::string row = "46 .. 60";
    const auto at = text.find(row);
    if (at == std::string::npos) continue;
    text.replace(at, row.size(), "46 .. 59");
    std::ofstream(entry.path(), std::ios::binary) << text;
    ++changed;
  }
  ASSERT_EQ(changed, 1);
  const base::CheckReport report = CheckRegulation(copy / "rip-2025");
  fs::remove_all(copy);
  ExpectSound(report);
  EXPECT_THAT(Regions(report, "hueco"), Contains("minutos de atraso: 60 minutos"));
  EXPECT_EQ(Of(report, "hueco").size(), Of(Rip(), "hueco").size() + 1);
}

// Day and shift of the facts of each witness, in no order of names.
std::vector<std::vector<std::string>> Placed(const base::CheckReport& report) {
  std::vector<std::vector<std::string>> all;
  for (const base::Finding& finding : report.findings) {
    all.emplace_back();
    for (const base::WitnessFact& fact : finding.witness.facts) {
      const std::string& words = fact.description.es;
      all.back().push_back(fact.date.str() + " " +
                           words.substr(std::min(words.size(), words.find('('))));
    }
  }
  std::sort(all.begin(), all.end());
  return all;
}

// The solver is told no name: with them, its model of the same question may be another.
TEST(RipCheck, WhatAFactIsCalledDoesNotMoveItToAnotherDay) {
  base::SourceMap sources;
  base::Diagnostics diagnostics;
  const auto regulation =
      rules::LoadRegulation(sources, (kRegulations / "rip-2025").string(), {}, diagnostics);
  ASSERT_TRUE(regulation.rules);
  rules::Ruleset renamed = *regulation.rules;
  for (rules::FactKind& kind : renamed.fact_kinds) {
    if (!kind.is_sanction) kind.name = "zz" + kind.name;
  }
  CheckOptions options;
  options.only = {"contradicción", "conflicto-de-categoría"};
  const auto own =
      Placed(Check(*regulation.rules, rules::BuildFamilies(*regulation.rules), options));
  EXPECT_GT(own.size(), 5U);
  EXPECT_EQ(Placed(Check(renamed, rules::BuildFamilies(renamed), options)), own);
}

}  // namespace
}  // namespace cotejo::checks
