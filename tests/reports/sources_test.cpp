// The official text in reports: import, coverage, dependents, and quotes under a finding.
#include "reports/terminal/sources.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reports/html/html.h"
#include "reports/json/json.h"
#include "reports/terminal/terminal.h"
#include "tests/reports/sample.h"

namespace cotejo::reports {
namespace {

using base::Language;
using base::ParseCitation;
using testing::HasSubstr;
using testing::Not;

TEST(Sources, AnImportSaysWhatChangedAndWhatIsLeft) {
  ImportSummary summary{"x.txt", "RIP", 2, 5, 1, {ParseCitation("RIP:2")}, {}, {}};
  EXPECT_EQ(FormatImport(summary, Language::Spanish),
            "x.txt: 5 disposiciones, 2 artículos de RIP; la resolución que aprueba, aparte, tiene "
            "1\npasajes sin disposición (1): RIP:2\n");
  summary.changes.push_back(
      {ParseCitation("RIP:1"), {"cambió", "changed"}, "cinco", "seis", {{"regla r", "rule r"}}});
  const std::string english = FormatImport(summary, Language::English);
  EXPECT_THAT(english, HasSubstr("RIP:1 changed\n  before: cinco\n  now: seis\n  encoded in: rule "
                                 "r\npassages that are not those encoded: 1;"));
}

TEST(Sources, CoverageHasItsRowsItsTotalsAndItsShare) {
  CoverageTable table;
  table.source = "x.txt";
  table.rows = {{ParseCitation("RIP:1"), "OBJETO", {"pendiente", "pending"}, {}, true},
                {ParseCitation("RIP:2"), "", {"codificada", "encoded"}, {{"regla r", "rule r"}}}};
  table.totals = {{{"codificada", "encoded"}, 1}, {{"pendiente", "pending"}, 1}};
  EXPECT_EQ(FormatCoverage(table, Language::Spanish),
            "RIP:1  pendiente   OBJETO\nRIP:2  codificada  regla r\n\n"
            "x.txt: 2 disposiciones · codificada 1 · pendiente 1\ncobertura: 1/2 (50 %)\n");
  table.pending_only = true;
  EXPECT_THAT(FormatCoverage(table, Language::English), Not(HasSubstr("rule r")));
}

TEST(Sources, DependentsSayThroughWhatNearestFirst) {
  const DependencyList list{
      ParseCitation("RIP:1"),
      {ParseCitation("RIP:4"), ParseCitation("RIP:2")},
      {{{"regla r", "rule r"}, ParseCitation("RIP:4"), {{"uno", "one"}, {"dos", "two"}}}}};
  EXPECT_EQ(FormatDependents(list, Language::Spanish),
            "de RIP:1 dependen 2 disposiciones y 1 declaración\ndisposiciones (2): RIP:2, "
            "RIP:4\n  regla r (RIP:4); por dos ← uno\n");
  EXPECT_THAT(FormatDependents(list, Language::English),
              HasSubstr("2 provisions and 1 declaration depend on RIP:1\n"));
}

TEST(Sources, AFindingQuotesThePassageInEveryReport) {
  ReportInput input = sample::Input();
  ASSERT_TRUE(input.checks && !input.checks->findings.empty());
  EXPECT_THAT(WriteJson(input), Not(HasSubstr("Lo que dice")));
  input.checks->findings[0].passages = {{ParseCitation("RIP:45.I"), "Lo que dice <el> texto."}};

  TerminalOptions options;
  options.witnesses = true;
  EXPECT_THAT(FormatChecks(*input.checks, options),
              HasSubstr("RIP:45.I: «Lo que dice <el> texto.»"));
  EXPECT_THAT(RenderHtml(input).html, HasSubstr("Lo que dice &lt;el&gt; texto."));

  base::SourceMap sources;
  base::Diagnostics diagnostics;
  const ReportInput read = ReadJson(sources, sources.Add("r.json", WriteJson(input)), diagnostics);
  EXPECT_FALSE(diagnostics.has_errors());
  ASSERT_EQ(read.checks->findings[0].passages.size(), 1U);
  EXPECT_EQ(read.checks->findings[0].passages[0].text, "Lo que dice <el> texto.");
}

}  // namespace
}  // namespace cotejo::reports
