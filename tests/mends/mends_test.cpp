// Mends: what is proposed for small invented regulations, tried, and what comes of it.
#include "scenarios/mends/mends.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scenarios/amendments/apply.h"
#include "tests/checks/text_rules.h"

namespace cotejo::mends {
namespace {

using checks::Of;
using checks::TextRules;
using testing::HasSubstr;
using testing::Not;

const std::string kHead =
    R"(norma REG "Reglamento inventado" emitida 2020-01-01 vigente desde 2020-01-01
hecho falta en día
  días: días = 1 día entre 1/2 día y 1 día en pasos de 1/2 día
medida total por mes cita REG:2 = suma(falta.días) en pasos de 1/2 día
)";

struct Workbench {
  std::unique_ptr<TextRules> text;
  rules::Program program;
  base::CheckReport report;

  explicit Workbench(const std::string& norma) : text(checks::ReadRules(norma)) {
    program = rules::BuildProgram(text->sources, text->files);
    report = checks::Check(*text->rules, text->families, {});
  }
  Bench bench() {
    return {text->sources,
            program,
            *text->rules,
            text->families,
            {},
            report,
            [](const rules::Ruleset& rules, const rules::Families& families) {
              return checks::Check(rules, families, {});
            }};
  }
};

// Parsed and applied by the same road as a user's file, and checked again from nothing.
base::CheckReport CheckAmended(Workbench& work, const base::Mend& mend) {
  base::Diagnostics diagnostics;
  const base::FileId file = work.text->sources.Add("remedio.enmienda.norma.md", mend.amendment);
  const auto amendment = amendments::ParseAmendment(work.text->sources, file, diagnostics);
  const auto program = amendments::Apply(work.program, amendment, diagnostics);
  const auto rules = rules::Resolve(work.text->sources, program, {}, diagnostics);
  EXPECT_FALSE(diagnostics.has_errors()) << mend.amendment;
  if (!rules) return {};
  return checks::Check(*rules, rules::BuildFamilies(*rules), {});
}

TEST(Mends, AGapIsClosedByANeighbourOrByARowOfItsOwn) {
  Workbench work(kHead + R"(escala faltas cita REG:3 sobre falta por mes según total
  | 1/2 .. 1 | sin sanción     |
  | 2 .. 3   | descuento 1 día |
  | 7/2 ..   | descuento 3 días |)");
  const auto gaps = Of(work.report, "hueco");
  ASSERT_EQ(gaps.size(), 1u);  // one day and a half
  const Trial trial = Try(work.bench(), gaps[0]);
  ASSERT_GE(trial.mends.size(), 3u);
  std::vector<std::string> titles;
  for (const base::Mend& mend : trial.mends) {
    titles.push_back(mend.title.es);
    EXPECT_TRUE(mend.removes);
    EXPECT_TRUE(mend.introduced.empty());
    EXPECT_GT(mend.edits, 0);
    EXPECT_TRUE(Of(CheckAmended(work, mend), "hueco").empty()) << mend.amendment;
  }
  EXPECT_THAT(titles, testing::Contains(HasSubstr("extender la fila 1 de «faltas»")));
  EXPECT_THAT(titles, testing::Contains(HasSubstr("empezar la fila 2 de «faltas»")));
  EXPECT_THAT(titles, testing::Contains(HasSubstr("agregar una fila para 3/2")));
  for (std::size_t i = 1; i < trial.mends.size(); ++i) {
    EXPECT_LE(trial.mends[i - 1].edits, trial.mends[i].edits);
  }
}

TEST(Mends, AnOverlapIsCutAtEitherEnd) {
  Workbench work(kHead + R"(escala faltas cita REG:3 sobre falta por mes según total
  | 1/2 .. 2 | descuento 1 día |
  | 2 .. 3   | descuento 1 día |
  | 7/2 ..   | descuento 3 días |)");
  const auto overlaps = Of(work.report, "solapamiento");
  ASSERT_EQ(overlaps.size(), 1u);
  const Trial trial = Try(work.bench(), overlaps[0]);
  ASSERT_EQ(trial.mends.size(), 2u);
  for (const base::Mend& mend : trial.mends) {
    const base::CheckReport after = CheckAmended(work, mend);
    EXPECT_TRUE(Of(after, "solapamiento").empty()) << mend.amendment;
    EXPECT_TRUE(Of(after, "hueco").empty()) << mend.amendment;
  }
}

TEST(Mends, AContradictionIsSettledByAPriority) {
  Workbench work(kHead + R"(regla una cita REG:4 sobre falta por mes
  cuando total >= 2
  entonces descuento 2 días
regla otra cita REG:5 sobre falta por mes
  cuando total <= 3
  entonces descuento 1 día)");
  const auto clashes = Of(work.report, "contradicción");
  ASSERT_EQ(clashes.size(), 1u);
  const Trial trial = Try(work.bench(), clashes[0]);
  for (const base::Mend& mend : trial.mends) {
    EXPECT_THAT(mend.amendment, HasSubstr("prioridad 1"));
    EXPECT_TRUE(Of(CheckAmended(work, mend), "contradicción").empty()) << mend.amendment;
  }
  EXPECT_EQ(trial.mends.size(), 2u)  // either may prevail: the drafters choose
      << (trial.refused.empty() ? "" : trial.refused[0].why.es);
}

TEST(Mends, AnEditThatBringsAnotherDefectIsRefusedAndSaysWhich) {
  // Extending the second row below would step on the first.
  Workbench work(kHead + R"(escala faltas cita REG:3 sobre falta por mes según total
  | 1/2 .. 1 | sin sanción     |
  | 2 ..     | descuento 1 día |)");
  const auto gaps = Of(work.report, "hueco");
  ASSERT_EQ(gaps.size(), 1u);
  Bench bench = work.bench();
  bench.check = [&](const rules::Ruleset& rules, const rules::Families& families) {
    base::CheckReport report = checks::Check(rules, families, {});
    base::Finding other;
    other.code = "contradicción";
    other.id = "contradicción-00000000";
    report.findings.push_back(other);
    return report;
  };
  const Trial trial = Try(bench, gaps[0]);
  EXPECT_TRUE(trial.mends.empty());
  ASSERT_FALSE(trial.refused.empty());
  EXPECT_THAT(trial.refused[0].why.es, HasSubstr("contradicción-00000000"));
}

TEST(Mends, AFindingNoEditCanMendHasNone) {
  Workbench work(kHead + "regla una cita REG:4 sobre falta por mes entonces descuento 1 día");
  base::Finding finding;
  finding.code = "órgano-ajeno";
  EXPECT_TRUE(Propose(work.bench(), finding).empty());
}

}  // namespace
}  // namespace cotejo::mends
