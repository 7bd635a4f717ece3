#include "reports/format.h"

#include <gtest/gtest.h>

#include <limits>

#include "reports/report.h"
#include "tests/reports/sample.h"

namespace cotejo::reports {
namespace {

using base::Language;
constexpr Language kEs = Language::Spanish;
constexpr Language kEn = Language::English;

TEST(FormatNumber, WritesSeparatorsAsEachLanguageDoes) {
  EXPECT_EQ(FormatNumber(1234.56, 2, kEs), "1.234,56");
  EXPECT_EQ(FormatNumber(1234.56, 2, kEn), "1,234.56");
  EXPECT_EQ(FormatNumber(-1234567.8, 1, kEs), "−1.234.567,8");
  EXPECT_EQ(FormatNumber(999, 0, kEs), "999");
  EXPECT_EQ(FormatNumber(1000, 0, kEs), "1.000");
  EXPECT_EQ(FormatInteger(-12345, kEs), "−12.345");
}

TEST(FormatNumber, HasNoSignForZeroAndADashForNoNumber) {
  EXPECT_EQ(FormatNumber(-0.001, 2, kEs), "0,00");
  EXPECT_EQ(FormatNumber(std::numeric_limits<double>::quiet_NaN(), 2, kEs), "—");
  EXPECT_EQ(FormatNumber(std::numeric_limits<double>::infinity(), 2, kEs), "—");
}

TEST(FormatSigned, TellsAnExactZeroFromOneThatRoundsToIt) {
  EXPECT_EQ(FormatSigned(0, 2, kEs), "0");
  EXPECT_EQ(FormatSigned(0.001, 2, kEs), "≈ 0");
  EXPECT_EQ(FormatSigned(2.5, 2, kEs), "+2,50");
  EXPECT_EQ(FormatSigned(-1500, 2, kEs), "−1.500,00");
}

TEST(FormatCell, ShowsBolivianosAndDaysWithTwoDecimals) {
  year::Cell cell;
  cell.unit = year::CellUnit::Centavos;
  cell.scale = 100;  // statistics are already in Bs
  EXPECT_EQ(FormatCell(cell, 1234.56, kEs), "1.234,56");
  EXPECT_EQ(FormatCell(cell, 1234.56, kEn), "1,234.56");
  EXPECT_EQ(FormatCellChangeInterval(cell, -2, 0.5, kEs), "−2,00 a +0,50");
  EXPECT_EQ(FormatCellChangeInterval(cell, 0, 0, kEs), "0");
  cell.unit = year::CellUnit::Days;
  cell.scale = 120;  // statistics are already in days
  EXPECT_EQ(FormatCell(cell, 1.5, kEs), "1,50");
}

TEST(FormatDate, NamesDayAndMonth) {
  const base::Date date(2025, 3, 5);
  EXPECT_EQ(FormatDate(date, kEs), "mié 5 mar 2025");
  EXPECT_EQ(FormatDate(date, kEn), "Wed 5 Mar 2025");
  EXPECT_EQ(FormatLongDate(date, kEs), "5 de marzo de 2025");
  EXPECT_EQ(FormatLongDate(date, kEn), "5 March 2025");
  EXPECT_EQ(FormatMonth(date, kEs), "marzo de 2025");
}

TEST(PlainText, CountsCharactersAndNotBytes) {
  EXPECT_EQ(DisplayWidth("sanción"), 7U);
  EXPECT_EQ(PadRight("año", 5), "año  ");
  EXPECT_EQ(PadLeft("año", 5), "  año");
  EXPECT_EQ(Shorten("amonestación", 6), "amone…");
  EXPECT_EQ(Shorten("año", 3), "año");
  EXPECT_EQ(Wrap("uno dos tres", 7), (std::vector<std::string>{"uno dos", "tres"}));
  EXPECT_EQ(Capitalised("índice"), "Índice");
  EXPECT_EQ(Capitalised("ñandú"), "Ñandú");
  EXPECT_EQ(Capitalised("RIP"), "RIP");
  EXPECT_EQ(Capitalised(""), "");
}

TEST(RepeatCommand, LeavesNoAbsolutePath) {
  EXPECT_EQ(RepeatCommand({"/usr/bin/cotejo", "informe", "/home/x/p/regulations/rip",
                           "--salida=/home/x/p/out dir", "/otra/parte/"},
                          "/home/x/p"),
            "cotejo informe regulations/rip '--salida=out dir' parte");
  EXPECT_EQ(RepeatCommand({"cotejo", "it's", ""}, "/"), "cotejo 'it'\\''s' ''");
}

TEST(CheckExitStatus, NeverPassesOnWhatWasNotDecided) {
  base::CheckReport report;
  EXPECT_EQ(CheckExitStatus(report), ExitStatus::Undecided);  // nothing was asked
  report.totals = {2, 2, 2, 0, 0, 0};
  EXPECT_EQ(CheckExitStatus(report), ExitStatus::Clean);
  report.totals.unsupported = 1;
  EXPECT_EQ(CheckExitStatus(report), ExitStatus::Undecided);
  report.totals.unsupported = 0;
  report.findings = {sample::Resolved()};
  EXPECT_EQ(CheckExitStatus(report), ExitStatus::Clean);
  report.findings.push_back(sample::Gap());
  EXPECT_EQ(CheckExitStatus(report), ExitStatus::Findings);
  report.totals.unknown = 1;
  EXPECT_EQ(CheckExitStatus(report), ExitStatus::Findings);
}

TEST(CheckExitStatus, ASuppressedFindingDoesNotCount) {
  base::CheckReport report;
  report.totals = {2, 2, 2, 0, 0, 0};
  report.findings = {sample::Suppressed()};
  EXPECT_EQ(CheckExitStatus(report), ExitStatus::Clean);
  EXPECT_EQ(CountFindings(report).suppressed, 1);
  report.findings[0].suppression.reset();
  EXPECT_EQ(CheckExitStatus(report), ExitStatus::Findings);
}

base::Text OutcomeOf(const base::CheckReport& report, const std::string& code) {
  for (const base::CheckSummary& check : report.checks) {
    if (check.code == code) return DescribeOutcome(report, check);
  }
  return {"no check", ""};
}

TEST(CheckOutcome, SaysWhatWasFoundOrWhyNot) {
  const base::CheckReport report = sample::Checks();
  EXPECT_EQ(OutcomeOf(report, "contradicción").es, "1 hallazgo");
  EXPECT_EQ(OutcomeOf(report, "granularidad").es, "1 hallazgo; 1 suprimido");
  EXPECT_EQ(OutcomeOf(report, "inversión").es, "buscado y no hallado: 1 pregunta probada");
  EXPECT_EQ(OutcomeOf(report, "inversión").en, "looked for and not found: 1 question proved");
  EXPECT_EQ(OutcomeOf(report, "pasaje-cambiado").es,
            "sin comprobar: el texto oficial no se ha importado");
  // Something undecided is never "not found".
  EXPECT_EQ(OutcomeOf(report, "hueco").es, "1 pregunta probada; 1 sin decidir");
}

TEST(CheckOutcome, NothingAskedIsNotAResult) {
  base::CheckReport report;
  report.checks.push_back({"escalera", {"estructura", "structure"}, {}, "", {}, 0});
  EXPECT_EQ(OutcomeOf(report, "escalera").es, "sin preguntas: no había nada que buscar");
  report.queries.push_back({"escalera/x", "escalera", "grafo", base::Verdict::Refuted, {}, {}, {}});
  base::Recount(report);
  EXPECT_EQ(OutcomeOf(report, "escalera").es, "1 refutada, sin hallazgo propio");
}

TEST(Recount, CountsQueriesAndFindingsOfEachCheck) {
  const base::CheckReport report = sample::Checks();
  EXPECT_EQ(report.totals.planned, 9);
  EXPECT_EQ(report.totals.run, 8);
  EXPECT_EQ(report.totals.proved, 2);
  EXPECT_EQ(report.totals.refuted, 5);
  EXPECT_EQ(report.totals.unknown, 1);
  EXPECT_EQ(report.totals.not_run, 1);
  EXPECT_EQ(report.checks[2].code, "granularidad");
  EXPECT_EQ(report.checks[2].findings, 1);  // and one suppressed
}

TEST(CompareFindings, MatchesByStableId) {
  const ReportInput input = sample::Input();
  const FindingChanges changes = CompareFindings(*input.checks, *input.amendments[0].checks);
  ASSERT_EQ(changes.solved.size(), 1U);
  EXPECT_EQ(changes.solved[0]->id, "granularidad-77b2e9d0");
  ASSERT_EQ(changes.introduced.size(), 1U);
  EXPECT_EQ(changes.introduced[0]->id, "granularidad-99999999");
  EXPECT_EQ(changes.kept, 5);
}

// The same id with another title, place or explanation is still there, and not as it was.
TEST(CompareFindings, WhatSaysSomethingElseIsNotUnchanged) {
  ReportInput input = sample::Input();
  const base::CheckReport& before = *input.checks;
  base::CheckReport& after = *input.amendments[0].checks;
  const base::Finding& was = before.findings[0];
  base::Finding& now = after.findings[0];
  ASSERT_EQ(was.id, now.id);

  // Another history of the same finding, or its boxes in another order: the same.
  now.witness.csv += "otro";
  now.region = {{"de 1 a 2", "from 1 to 2"}, {"de 5 a 6", "from 5 to 6"}};
  input.checks->findings[0].region = {now.region[1], now.region[0]};
  EXPECT_EQ(CompareFindings(before, after).kept, 5);
  EXPECT_TRUE(CompareFindings(before, after).changed.empty());

  now.region[0] = {"de 1 a 3", "from 1 to 3"};
  now.explanation = {"otra", "another"};
  FindingChanges changes = CompareFindings(before, after);
  EXPECT_EQ(changes.kept, 4);
  ASSERT_EQ(changes.changed.size(), 1U);
  EXPECT_EQ(changes.changed[0].before, &was);
  EXPECT_EQ(changes.changed[0].after, &now);
  EXPECT_EQ(DescribeChanged(changes.changed[0]).es,
            was.title.es + " (cambia: dónde ocurre, la explicación)");
  EXPECT_EQ(DescribeChanged(changes.changed[0]).en,
            was.title.en + " (what changes: where it happens, the explanation)");

  now.title = {"2960 minutos", "2960 minutes"};
  changes = CompareFindings(before, after);
  ASSERT_EQ(changes.changed.size(), 1U);
  EXPECT_EQ(DescribeChanged(changes.changed[0]).es,
            "antes: " + was.title.es + "; ahora: 2960 minutos");
  EXPECT_EQ(DescribeChanged(changes.changed[0]).en,
            "before: " + was.title.en + "; now: 2960 minutes");
}

// The amendment adds the reading «e» and settles «a»: that the finding is under «e = f» and no more
// under «a = b» is no change of it; that it is no more under «c = d», which both texts have, is.
TEST(CompareFindings, AReadingOfOneTextAloneChangesNoFinding) {
  const auto checked = [](const std::vector<std::string>& others,
                          const std::vector<std::string>& under) {
    base::CheckReport report;
    report.findings.emplace_back().id = "hueco-1";
    report.findings[0].title = {"un hueco", "a gap"};
    report.findings[0].under = {{"las supuestas", "the assumed ones"}};
    for (const std::string& name : under) report.findings[0].under.push_back({name, name});
    report.queries.emplace_back().name = "hueco/x";
    for (const std::string& name : others)
      report.queries.emplace_back().name = "hueco/x [" + name + "]";
    for (base::QueryRecord& query : report.queries) query.verdict = base::Verdict::Refuted;
    return report;
  };
  const base::CheckReport before = checked({"a = b", "c = d"}, {"a = b", "c = d"});
  const base::CheckReport same = checked({"c = d", "e = f"}, {"c = d", "e = f"});
  FindingChanges changes = CompareFindings(before, same);
  EXPECT_EQ(changes.kept, 1);
  EXPECT_TRUE(changes.changed.empty());
  const base::CheckReport other = checked({"c = d", "e = f"}, {"e = f"});
  changes = CompareFindings(before, other);
  EXPECT_EQ(changes.kept, 0);
  ASSERT_EQ(changes.changed.size(), 1U);
  EXPECT_EQ(DescribeChanged(changes.changed[0]).es, "un hueco (cambia: las lecturas)");
}

// A finding that is missing because nobody looked for it to the end is not a solved one.
TEST(CompareFindings, WhatStayedUndecidedIsNeitherSolvedNorIntroduced) {
  ReportInput input = sample::Input();
  base::CheckReport& before = *input.checks;
  base::CheckReport& after = *input.amendments[0].checks;
  const auto leave_open = [](base::CheckReport& report, const std::string& name) {
    base::QueryRecord query;
    query.name = name;
    query.check = "granularidad";
    query.verdict = base::Verdict::Unknown;
    report.queries.push_back(query);
  };
  // Open in both: it has nothing to do with the amendment.
  leave_open(before, "granularidad/otra");
  leave_open(after, "granularidad/otra");
  EXPECT_EQ(CompareFindings(before, after).solved.size(), 1U);

  leave_open(after, "granularidad/una");
  FindingChanges changes = CompareFindings(before, after);
  EXPECT_TRUE(changes.solved.empty());
  EXPECT_EQ(changes.introduced.size(), 1U);
  ASSERT_EQ(changes.open.size(), 1U);
  EXPECT_EQ(changes.open[0]->id, "granularidad-77b2e9d0");
  EXPECT_EQ(changes.kept, 5);

  // A task cut short says so under one of its codes: the other has fewer questions than it had.
  after.queries.back().check = "hueco";
  base::QueryRecord asked = after.queries.back();
  asked.name = "granularidad/dos";
  asked.check = "granularidad";
  asked.verdict = base::Verdict::Refuted;
  before.queries.push_back(asked);
  EXPECT_TRUE(CompareFindings(before, after).solved.empty());
  before.queries.pop_back();

  after.queries.pop_back();
  leave_open(before, "granularidad/una");
  changes = CompareFindings(before, after);
  EXPECT_EQ(changes.solved.size(), 1U);
  EXPECT_TRUE(changes.introduced.empty());
  ASSERT_EQ(changes.open.size(), 1U);
  EXPECT_EQ(changes.open[0]->id, "granularidad-99999999");
}

}  // namespace
}  // namespace cotejo::reports
