#include "reports/since.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "reports/sarif/sarif.h"
#include "reports/terminal/terminal.h"
#include "tests/reports/sample.h"

namespace cotejo::reports {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// A regulation checked twice: «la primera» goes on as it was, «la segunda» with other figures,
// «la tercera» is no more, and «la cuarta» is new.
base::Finding Found(const char* id, const char* title, const char* code = "hueco") {
  base::Finding finding;
  finding.code = code;
  finding.id = id;
  finding.title = {title, title};
  return finding;
}

ReportInput Checked(std::vector<base::Finding> findings) {
  ReportInput input;
  input.readings = {{.name = "cómputo", .citations = {}, .options = {{"a", ""}, {"b", ""}}}};
  input.checks.emplace();
  input.checks->checks.resize(1);
  input.checks->checks[0].code = "hueco";
  input.checks->queries.resize(1);
  input.checks->queries[0].name = "hueco/escala";
  input.checks->queries[0].check = "hueco";
  input.checks->queries[0].verdict = base::Verdict::Proved;
  input.checks->findings = std::move(findings);
  base::Recount(*input.checks);
  return input;
}

ReportInput Earlier() {
  return Checked({Found("hueco-1", "la primera"), Found("hueco-2", "la segunda: 3 días"),
                  Found("hueco-3", "la tercera")});
}

ReportInput Now() {
  return Checked({Found("hueco-1", "la primera"), Found("hueco-2", "la segunda: 4 días"),
                  Found("hueco-4", "la cuarta")});
}

std::string Told(const ReportInput& earlier, const ReportInput& now) {
  const Since since = CompareWithEarlier(earlier, now);
  TerminalOptions options;
  options.since = &since;
  return FormatChecks(*now.checks, options);
}

TEST(Since, ShowsTheNewAndThoseWithOtherFiguresAndCountsTheRest) {
  const std::string text = Told(Earlier(), Now());
  EXPECT_THAT(text, HasSubstr("  la segunda: 4 días\n  antes       la segunda: 3 días\n"));
  EXPECT_THAT(text, HasSubstr("  la cuarta\n  id"));
  EXPECT_THAT(text, Not(HasSubstr("la primera")));
  EXPECT_THAT(text, HasSubstr("hallazgos nuevos o con otras cifras: 2 errores · "));
  EXPECT_THAT(text, HasSubstr("desde el informe anterior: nuevos 1 · con otras cifras 1 · sin "
                              "cambio, y no se muestran 1 · ya no están 1\n"));
  EXPECT_THAT(text, HasSubstr("  ya no está  la tercera\n"));
  EXPECT_THAT(text, HasSubstr("estado de salida 1: "));
  // The very same: nothing is listed, and that there are findings is still said.
  const std::string same = Told(Now(), Now());
  EXPECT_THAT(same, HasSubstr("sin cambio, y no se muestran 3 · ya no están 0\n"));
  EXPECT_THAT(same, HasSubstr("estado de salida 0: ni errores ni advertencias que cuenten"));
  EXPECT_THAT(same, Not(HasSubstr("sin hallazgos")));
}

TEST(Since, WhatWasNotLookedForNowIsNotGone) {
  ReportInput earlier = Earlier();
  earlier.checks->findings.push_back(Found("escalera-5", "la quinta", "escalera"));
  const Since since = CompareWithEarlier(earlier, Now());
  ASSERT_EQ(since.gone.size(), 1U);
  EXPECT_EQ(since.gone[0]->id, "hueco-3");
  EXPECT_EQ(since.unknown, 1);
  // Nor what the interrupted check did not get to.
  ReportInput cut = Now();
  cut.checks->queries[0].verdict = base::Verdict::Unknown;
  EXPECT_TRUE(CompareWithEarlier(Earlier(), cut).gone.empty());
  EXPECT_EQ(CompareWithEarlier(Earlier(), cut).unknown, 1);
}

TEST(Since, OfACheckThatTheEarlierDidNotRunAllIsNewAndItIsSaid) {
  ReportInput earlier = Earlier();
  earlier.checks->checks.clear();
  EXPECT_EQ(CompareWithEarlier(earlier, Now()).not_asked_before, 1);
  EXPECT_THAT(Told(earlier, Now()),
              HasSubstr("  nuevos, de comprobaciones que el informe anterior no hizo: 1\n"));
}

TEST(Since, WhatTheEarlierLeftUnfinishedMayHaveBeenThere) {
  ReportInput earlier = Earlier();
  EXPECT_EQ(CompareWithEarlier(earlier, Now()).unfinished_before, 0);
  // Interrupted: of the three findings of now it had looked for none to the end.
  earlier.checks->findings.clear();
  earlier.checks->queries[0].verdict = base::Verdict::Unknown;
  const Since since = CompareWithEarlier(earlier, Now());
  EXPECT_EQ(since.introduced, 3);
  EXPECT_EQ(since.unfinished_before, 3);
  EXPECT_THAT(Told(earlier, Now()),
              HasSubstr("  nuevos, de comprobaciones que el informe anterior dejó sin terminar, y "
                        "no se sabe si ya estaban: 3\n"));
  // A question that neither answers leaves nothing out.
  ReportInput now = Now();
  now.checks->queries[0].verdict = base::Verdict::Unknown;
  EXPECT_EQ(CompareWithEarlier(earlier, now).unfinished_before, 0);
}

TEST(Since, UnderOtherReadingsNothingIsSaidToBeGone) {
  ReportInput now = Now();
  now.readings[0].chosen = 1;
  const Since since = CompareWithEarlier(Earlier(), now);
  EXPECT_TRUE(since.gone.empty());
  EXPECT_EQ(since.unknown, 1);
  EXPECT_THAT(Told(Earlier(), now), HasSubstr("se hizo bajo otras lecturas del texto"));
}

TEST(Since, ASuppressionThatEndedIsNewAndOneThatBeganIsKnown) {
  ReportInput earlier = Now();
  earlier.checks->findings[0].suppression = base::Suppression{"porque sí", "UDITH", {2026, 6, 30}};
  const Since ended = CompareWithEarlier(earlier, Now());
  EXPECT_EQ(ended.introduced, 1);
  EXPECT_THAT(Told(earlier, Now()), HasSubstr("  la primera\n  antes       suprimido\n"));
  EXPECT_EQ(CompareWithEarlier(Now(), earlier).kept, 3);
}

// "No agrava" of two articles goes, and that of the two and another comes: it is not solved.
TEST(Solved, SaysWhatStandsInItsPlace) {
  const auto of = [](const char* id, const char* title, const char* code,
                     const std::vector<std::string>& articles) {
    base::Finding finding = Found(id, title, code);
    for (const std::string& article : articles)
      finding.articles.push_back(base::ParseCitation(article));
    return finding;
  };
  const base::Finding was = of("escalera-1", "la falta de RIP:45.I, RIP:45.II no agrava nada",
                               "escalera", {"RIP:45.I", "RIP:45.II"});
  const base::Finding now =
      of("escalera-2", "la falta de RIP:45.I, RIP:45.II, RIP:45.IV no agrava nada", "escalera",
         {"RIP:45.I", "RIP:45.II", "RIP:45.IV"});
  const base::Finding other_code =
      of("hueco-2", "la falta de RIP:45.I no agrava nada", "hueco", {"RIP:45.I", "RIP:45.II"});
  const base::Finding elsewhere =
      of("escalera-3", "la falta de RIP:9 no agrava nada", "escalera", {"RIP:45.I", "RIP:9"});
  const base::Finding other_thing =
      of("escalera-4", "al peldaño 3 nadie llega", "escalera", {"RIP:45.I", "RIP:45.II"});
  FindingChanges changes;
  changes.solved = {&was};
  changes.introduced = {&other_code, &elsewhere, &other_thing};
  EXPECT_EQ(DescribeSolved(changes, was).es, was.title.es);
  changes.introduced.push_back(&now);
  EXPECT_EQ(DescribeSolved(changes, was).es,
            was.title.es +
                "; pero introduce, de la misma clase y con artículos en común: " + now.title.es);
}

// What counts again, and makes the order end with 1, is not called unchanged beside it.
TEST(Since, SarifCallsNewASuppressionThatEnded) {
  ReportInput earlier = Now();
  earlier.checks->findings[0].suppression = base::Suppression{"porque sí", "UDITH", {2026, 6, 30}};
  SarifOptions options;
  options.baseline = &*earlier.checks;
  const auto document = nlohmann::json::parse(WriteSarif(Now(), options));
  const auto& results = document["runs"][0]["results"];
  ASSERT_EQ(results.size(), 3U);
  EXPECT_EQ(results[0]["partialFingerprints"]["cotejo/v1"], "hueco-1");
  EXPECT_EQ(results[0]["baselineState"], "new");
  EXPECT_EQ(results[1]["baselineState"], "unchanged");
}

TEST(Since, SarifCallsAbsentOnlyWhatIsKnownToBeGone) {
  ReportInput earlier = Earlier();
  earlier.checks->findings.push_back(Found("escalera-5", "la quinta", "escalera"));
  const ReportInput now = Now();
  SarifOptions options;
  options.baseline = &*earlier.checks;
  options.status = ExitStatus::Clean;
  const auto states = [&] {
    std::map<std::string, std::string> states;
    const auto document = nlohmann::json::parse(WriteSarif(now, options));
    EXPECT_EQ(document["runs"][0]["invocations"][0]["exitCode"], 0);
    for (const auto& result : document["runs"][0]["results"])
      states[result["partialFingerprints"]["cotejo/v1"]] = result["baselineState"];
    return states;
  };
  using ::testing::Pair;
  using ::testing::UnorderedElementsAre;
  EXPECT_THAT(states(),
              UnorderedElementsAre(Pair("hueco-1", "unchanged"), Pair("hueco-2", "updated"),
                                   Pair("hueco-3", "absent"), Pair("hueco-4", "new")));
  options.same_readings = false;
  EXPECT_THAT(states(), UnorderedElementsAre(Pair("hueco-1", "unchanged"),
                                             Pair("hueco-2", "updated"), Pair("hueco-4", "new")));
}

}  // namespace
}  // namespace cotejo::reports
