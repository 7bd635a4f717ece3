#include "reports/suppressions/suppressions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "reports/report.h"
#include "tests/reports/sample.h"

namespace cotejo::reports {
namespace {

using base::Date;
using base::Language;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

struct Read {
  std::optional<Suppressions> suppressions;
  std::vector<std::string> messages;  // line: message [code]
};

Read ReadText(const std::string& content) {
  const auto path = std::filesystem::temp_directory_path() /
                    ("cotejo-supresiones-" + std::to_string(getpid()) + ".toml");
  std::ofstream(path, std::ios::binary) << content;
  base::SourceMap sources;
  base::Diagnostics diagnostics;
  Read read;
  read.suppressions = ReadSuppressions(sources, path.string(), diagnostics);
  diagnostics.Sort(sources);
  for (const base::Diagnostic& d : diagnostics.all()) {
    EXPECT_FALSE(d.message.en.empty());
    read.messages.push_back(std::to_string(sources.place(d.span).line) + ": " + d.message.es +
                            " [" + d.code + "]");
  }
  std::filesystem::remove(path);
  return read;
}

constexpr const char* kOne =
    "# por qué se acepta\n"
    "[[supresion]]\n"
    "hallazgo = \"granularidad-77b2e9d0\"\n"
    "motivo = \"el reloj se cambiará\"\n"
    "responsable = \"UDITH\"\n"
    "vence = 2026-06-30\n";

TEST(ReadSuppressions, ReadsEachEntryWithItsPlace) {
  const Read read = ReadText(kOne);
  EXPECT_THAT(read.messages, IsEmpty());
  ASSERT_TRUE(read.suppressions.has_value());
  ASSERT_EQ(read.suppressions->entries.size(), 1U);
  const SuppressionEntry& entry = read.suppressions->entries[0];
  EXPECT_EQ(entry.finding, "granularidad-77b2e9d0");
  EXPECT_EQ(entry.suppression.reason, "el reloj se cambiará");
  EXPECT_EQ(entry.suppression.owner, "UDITH");
  EXPECT_EQ(entry.suppression.until, Date(2026, 6, 30));
}

TEST(ReadSuppressions, SaysWhereEachMistakeIs) {
  const Read read = ReadText(
      "[[supresion]]\n"
      "hallazgo = \"hueco-1\"\n"
      "motivo = \"  \"\n"
      "vence = \"2026-06-30\"\n"
      "[[supresion]]\n"
      "hallazgo = \"Hueco-1\"\n"
      "motivo = \"m\"\n"
      "respons = \"r\"\n"
      "responsable = \"r\"\n"
      "vence = 2026-06-30\n"
      "[supresiones]\n");
  EXPECT_FALSE(read.suppressions.has_value());
  EXPECT_THAT(
      read.messages,
      ElementsAre("1: a la supresión le falta «responsable» [supresión-falta-clave]",
                  "3: «motivo» debe ser un texto entre comillas, y decir algo [supresión-tipo]",
                  "4: «vence» debe ser una fecha [supresión-tipo]",
                  "5: «Hueco-1» ya se suprimió en la línea 1 [supresión-repetida]",
                  "8: la clave «respons» no se conoce aquí [supresión-clave-desconocida]",
                  "11: la clave «supresiones» no se conoce aquí [supresión-clave-desconocida]"));
}

TEST(ReadSuppressions, RefusesWhatIsNotTomlOrADateThatDoesNotExist) {
  EXPECT_THAT(ReadText("[[supresion]\n").messages,
              ElementsAre("1: el archivo no es TOML válido [supresiones-toml]"));
  EXPECT_THAT(ReadText("[[supresion]]\nvence = 2026-02-30\n").messages,
              ElementsAre(HasSubstr("[supresiones-toml]")));
  EXPECT_THAT(ReadText("supresion = 3\n").messages, ElementsAre(HasSubstr("[supresión-tipo]")));
}

// ---- What it makes of a check ----------------------------------------------------------

base::CheckReport Report() {
  base::CheckReport report;
  report.findings = {sample::Contradiction(), sample::Gap()};
  for (const char* code : {"contradicción", "granularidad", kLapsedCode, kUnusedCode})
    report.checks.push_back({code, {"g", "g"}, {"t", "t"}, "p", {}, 0});
  report.queries = {{"hueco/x", "granularidad", "barrido", base::Verdict::Refuted, {}, {}, {}}};
  base::Recount(report);
  return report;
}

Suppressions Of(const std::vector<std::pair<std::string, Date>>& entries) {
  Suppressions suppressions{"supresiones.toml", {}};
  for (const auto& [id, until] : entries)
    suppressions.entries.push_back({id, {"porque sí", "UDITH", until}, {}});
  return suppressions;
}

const base::Finding* WithCode(const base::CheckReport& report, const std::string& code) {
  for (const base::Finding& finding : report.findings)
    if (finding.code == code) return &finding;
  return nullptr;
}

base::Verdict VerdictOf(const base::CheckReport& report, const std::string& name) {
  for (const base::QueryRecord& query : report.queries)
    if (query.name == name) return query.verdict;
  ADD_FAILURE() << "no query " << name;
  return base::Verdict::Unknown;
}

TEST(Suppress, MarksTheFindingUntilItsLastDay) {
  const Suppressions suppressions = Of({{"Granularidad-77B2E9D0", Date(2026, 6, 30)}});
  base::CheckReport report = Report();
  Suppress({&suppressions, Date(2026, 6, 30)}, {&report});
  ASSERT_TRUE(FindById(report, "granularidad-77b2e9d0")->suppression.has_value());
  EXPECT_EQ(report.findings.size(), 2U);
  EXPECT_EQ(CountFindings(report).warnings, 0);
  EXPECT_EQ(report.checks[1].findings, 0);
  EXPECT_EQ(VerdictOf(report, "supresión-vencida/Granularidad-77B2E9D0"), base::Verdict::Proved);
  EXPECT_EQ(VerdictOf(report, "supresión-sin-uso/Granularidad-77B2E9D0"), base::Verdict::Proved);
  EXPECT_EQ(DescribeOutcome(report, report.checks[2]).es,
            "buscado y no hallado: 1 pregunta probada");
}

TEST(Suppress, ALapsedOneSuppressesNoMoreAndIsAFinding) {
  const Suppressions suppressions = Of({{"granularidad-77b2e9d0", Date(2026, 6, 30)}});
  base::CheckReport report = Report();
  Suppress({&suppressions, Date(2026, 7, 1)}, {&report});
  EXPECT_FALSE(FindById(report, "granularidad-77b2e9d0")->suppression.has_value());
  const base::Finding* lapsed = WithCode(report, kLapsedCode);
  ASSERT_NE(lapsed, nullptr);
  EXPECT_EQ(lapsed->title.es,
            "la supresión de granularidad-77b2e9d0 venció el 30 de junio de 2026");
  EXPECT_EQ(lapsed->title.en, "the suppression of granularidad-77b2e9d0 lapsed on 30 June 2026");
  EXPECT_THAT(lapsed->explanation.es, HasSubstr("responde UDITH: «porque sí»"));
  EXPECT_EQ(lapsed->articles, sample::Gap().articles);
  EXPECT_EQ(lapsed->evidence, base::Evidence::Quoted);
  EXPECT_EQ(VerdictOf(report, "supresión-vencida/granularidad-77b2e9d0"), base::Verdict::Refuted);
  EXPECT_EQ(report.checks[2].findings, 1);
  EXPECT_EQ(WithCode(report, kUnusedCode), nullptr);
}

TEST(Suppress, OneOfNoFindingIsAFinding) {
  const Suppressions suppressions = Of({{"granularidad-77b2e9d1", Date(2027, 1, 1)}});
  base::CheckReport report = Report();
  Suppress({&suppressions, Date(2026, 1, 1)}, {&report});
  const base::Finding* unused = WithCode(report, kUnusedCode);
  ASSERT_NE(unused, nullptr);
  EXPECT_EQ(unused->severity, base::FindingSeverity::Warning);
  EXPECT_THAT(unused->explanation.es, HasSubstr("el más parecido es granularidad-77b2e9d0"));
  EXPECT_EQ(VerdictOf(report, "supresión-sin-uso/granularidad-77b2e9d1"), base::Verdict::Refuted);
  // The same id whatever else the file says, so that it can be compared between runs.
  base::CheckReport again = Report();
  Suppress({&suppressions, Date(2026, 2, 2)}, {&again});
  EXPECT_EQ(WithCode(again, kUnusedCode)->id, unused->id);
}

TEST(Suppress, APartialRunDoesNotCallASuppressionUnused) {
  const Suppressions suppressions = Of({{"hueco-00000000", Date(2027, 1, 1)}});
  base::CheckReport report = Report();
  Suppress({&suppressions, Date(2026, 1, 1), false}, {&report});
  EXPECT_EQ(WithCode(report, kUnusedCode), nullptr);
  EXPECT_EQ(VerdictOf(report, "supresión-sin-uso/sin comprobar"), base::Verdict::NotRun);
}

// It is past its date, but whether what it was for is still there was not looked at.
TEST(Suppress, APartialRunDoesNotCallALapsedOneGoodEither) {
  const Suppressions suppressions = Of({{"hueco-00000000", Date(2025, 12, 31)}});
  base::CheckReport report = Report();
  Suppress({&suppressions, Date(2026, 1, 1), false}, {&report});
  EXPECT_EQ(WithCode(report, kLapsedCode), nullptr);
  EXPECT_EQ(VerdictOf(report, "supresión-vencida/hueco-00000000"), base::Verdict::NotRun);
}

// What an interrupted check did not come to is not gone.
TEST(Suppress, WithQuestionsUndecidedOnlyThoseFoundAreJudged) {
  const std::string found = sample::Gap().id;
  const Suppressions suppressions =
      Of({{"hueco-00000000", Date(2027, 1, 1)}, {found, Date(2027, 1, 1)}});
  base::CheckReport report = Report();
  report.queries[0].verdict = base::Verdict::Unknown;
  Suppress({&suppressions, Date(2026, 1, 1)}, {&report});
  EXPECT_EQ(WithCode(report, kUnusedCode), nullptr);
  EXPECT_EQ(VerdictOf(report, "supresión-sin-uso/" + found), base::Verdict::Proved);
  EXPECT_EQ(VerdictOf(report, "supresión-sin-uso/sin comprobar"), base::Verdict::NotRun);
}

TEST(Suppress, OneThatOnlyTheAmendedTextNeedsIsUsed) {
  const Suppressions suppressions = Of({{"granularidad-77b2e9d0", Date(2027, 1, 1)}});
  base::CheckReport base_report = Report();
  base_report.findings.pop_back();  // the gap is only in the amended text
  base::CheckReport amended = Report();
  Suppress({&suppressions, Date(2026, 1, 1)}, {&base_report, &amended});
  EXPECT_EQ(WithCode(base_report, kUnusedCode), nullptr);
  EXPECT_TRUE(FindById(amended, "granularidad-77b2e9d0")->suppression.has_value());
}

TEST(Suppress, WithoutAFileItSaysThatNothingWasLookedFor) {
  base::CheckReport report = Report();
  Suppress({nullptr, Date(2026, 1, 1)}, {&report});
  EXPECT_EQ(report.findings.size(), 2U);
  EXPECT_EQ(DescribeOutcome(report, report.checks[2]).es, "sin comprobar: no hay supresiones");
  EXPECT_EQ(DescribeOutcome(report, report.checks[3]).en, "not checked: there are no suppressions");
}

TEST(Suppress, ACodeThatWasNotAskedForIsNotLookedFor) {
  const Suppressions suppressions = Of({{"hueco-00000000", Date(2020, 1, 1)}});
  base::CheckReport report = Report();
  report.checks.resize(2);
  Suppress({&suppressions, Date(2026, 1, 1)}, {&report});
  EXPECT_EQ(report.findings.size(), 2U);
  EXPECT_EQ(report.queries.size(), 1U);
}

}  // namespace
}  // namespace cotejo::reports
