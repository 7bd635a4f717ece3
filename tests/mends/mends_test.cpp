// Mends: what is proposed for small invented regulations, tried, and what comes of it.
#include "scenarios/mends/mends.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scenarios/amendments/apply.h"
#include "solver/checks/shown.h"
#include "tests/checks/faults_basis.h"
#include "tests/checks/text_document.h"

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
  std::vector<std::string> codes;  // checked, when no other are asked for; none: all
  std::optional<passages::Workspace> document;
  base::CheckReport report;
  Memory memory;

  explicit Workbench(const std::string& norma, std::vector<std::string> wanted = {},
                     const std::string& imported = "")
      : text(checks::ReadRules(norma)), codes(std::move(wanted)) {
    program = rules::BuildProgram(text->sources, text->files);
    if (!imported.empty()) document = checks::ImportText(imported);
    report = Check(*text->rules, text->families, codes);
  }

  base::CheckReport Check(const rules::Ruleset& rules, const rules::Families& families,
                          const std::vector<std::string>& only) {
    checks::CheckOptions options;
    options.only = only.empty() ? codes : only;
    return checks::Check({rules, families, &text->files, document ? &*document : nullptr, nullptr},
                         options);
  }

  Bench bench() {
    return {text->sources,
            program,
            *text->rules,
            text->families,
            {},
            report,
            [this](const Variant& variant, const std::vector<std::string>& only) {
              return Check(variant.rules, variant.families, only);
            },
            [](const Variant& variant, const base::Finding& finding) {
              return checks::ShownBy(variant.rules, variant.families, finding);
            },
            &memory};
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
  return work.Check(*rules, rules::BuildFamilies(*rules), {});
}

// Every mend does what is claimed of it; what was refused is said when there is none.
void ExpectMended(Workbench& work, const base::Finding& finding, const Trial& trial) {
  std::string refused;
  for (const Refused& one : trial.refused) refused += one.title.es + ": " + one.why.es + "\n";
  ASSERT_FALSE(trial.mends.empty()) << finding.title.es << "\n" << refused;
  for (const base::Mend& mend : trial.mends) {
    EXPECT_TRUE(mend.removes);
    EXPECT_GT(mend.edits, 0);
    for (const base::Finding& other : CheckAmended(work, mend).findings) {
      EXPECT_NE(other.id, finding.id) << mend.amendment;
      const bool known = std::any_of(work.report.findings.begin(), work.report.findings.end(),
                                     [&](const base::Finding& one) { return one.id == other.id; });
      EXPECT_TRUE(known) << mend.amendment << other.title.es;
    }
  }
}

std::vector<std::string> TitlesOf(const Trial& trial) {
  std::vector<std::string> titles;
  for (const base::Mend& mend : trial.mends) titles.push_back(mend.title.es);
  return titles;
}

// The article is one, however it is read: what it orders under the other reading needs it as well.
TEST(Mends, AProcessIsAskedForUnderEveryReading) {
  Workbench work(kHead + R"(lectura cuenta cita REG:2
  larga (supuesta): "se cuentan tres"
  corta: "se cuentan dos"
exige proceso para destitución cita REG:9
regla tres cita REG:3 sobre falta por mes
  bajo cuenta.larga
  cuando total >= 3
  entonces destitución
regla dos cita REG:3 sobre falta por mes
  bajo cuenta.corta
  cuando total >= 2
  entonces destitución)",
                 {"proceso-omitido"});
  const auto skipped = Of(work.report, "proceso-omitido");
  ASSERT_EQ(skipped.size(), 1u);
  const Trial trial = Try(work.bench(), skipped[0]);
  ExpectMended(work, skipped[0], trial);
  EXPECT_EQ(TitlesOf(trial), std::vector<std::string>{"exigir proceso en REG:3"});
  for (const char* rule : {"sustituye regla tres", "sustituye regla dos"}) {
    const std::size_t at = trial.mends[0].amendment.find(rule);
    ASSERT_NE(at, std::string::npos) << trial.mends[0].amendment;
    EXPECT_THAT(trial.mends[0].amendment.substr(at), HasSubstr("proceso, destitución"));
  }
}

TEST(Mends, AGapIsClosedByANeighbourOrByARowOfItsOwn) {
  Workbench work(kHead + R"(escala faltas cita REG:3 sobre falta por mes según total
  | 1/2 .. 1 | sin sanción     |
  | 2 .. 3   | descuento 1 día |
  | 7/2 ..   | descuento 3 días |)");
  const auto gaps = Of(work.report, "hueco");
  ASSERT_EQ(gaps.size(), 1u);  // one day and a half
  const Trial trial = Try(work.bench(), gaps[0]);
  ASSERT_EQ(trial.mends.size(), 4u);
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
  EXPECT_THAT(titles, testing::Contains(
                          HasSubstr("agregar una fila para 3/2 con lo que ordena la fila 1")));
  EXPECT_THAT(titles, testing::Contains(
                          HasSubstr("agregar una fila para 3/2 con lo que ordena la fila 2")));
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
    EXPECT_TRUE(Of(CheckAmended(work, mend), "contradicción").empty()) << mend.amendment;
  }
  // Either may prevail, and either may end before the other begins: the drafters choose.
  EXPECT_THAT(TitlesOf(trial), testing::IsSupersetOf({HasSubstr("prevalezca la regla «una»"),
                                                      HasSubstr("prevalezca la regla «otra»")}));
}

TEST(Mends, AnEditThatBringsAnotherDefectIsRefusedAndSaysWhich) {
  // Extending the second row below would step on the first.
  Workbench work(kHead + R"(escala faltas cita REG:3 sobre falta por mes según total
  | 1/2 .. 1 | sin sanción     |
  | 2 ..     | descuento 1 día |)");
  const auto gaps = Of(work.report, "hueco");
  ASSERT_EQ(gaps.size(), 1u);
  Bench bench = work.bench();
  bench.check = [&](const Variant& variant, const std::vector<std::string>& only) {
    base::CheckReport report = work.Check(variant.rules, variant.families, only);
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

// ---- What is left, and what is new -----------------------------------------------

const std::string kOneGap = kHead + R"(escala faltas cita REG:3 sobre falta por mes según total
  | 1/2 .. 1 | sin sanción     |
  | 2 ..     | descuento 1 día |)";

TEST(Mends, APartThatIsLeftIsNotRemoved) {
  Workbench work(kOneGap);
  const auto gaps = Of(work.report, "hueco");
  ASSERT_EQ(gaps.size(), 1u);
  // Under any edit a gap of another region stays, whose case the text in force leaves open too.
  Bench bench = work.bench();
  bench.check = [&](const Variant& variant, const std::vector<std::string>& only) {
    base::CheckReport report = work.Check(variant.rules, variant.families, only);
    base::Finding rest = gaps[0];
    rest.id = "hueco-00000000";
    report.findings.push_back(rest);
    return report;
  };
  bench.shown = [](const Variant&, const base::Finding& finding) {
    return finding.id == "hueco-00000000" ? std::optional<Size>(Size{}) : std::nullopt;
  };
  const Trial trial = Try(bench, gaps[0]);
  EXPECT_TRUE(trial.mends.empty());
  ASSERT_FALSE(trial.refused.empty());
  EXPECT_THAT(trial.refused[0].why.es, HasSubstr("queda una parte"));
}

TEST(Mends, TheCaseOfTheFindingIsReplayedUnderTheMend) {
  Workbench work(kOneGap);
  const auto gaps = Of(work.report, "hueco");
  ASSERT_EQ(gaps.size(), 1u);
  Bench bench = work.bench();
  bench.shown = [](const Variant&, const base::Finding&) { return std::optional<Size>(Size{}); };
  const Trial trial = Try(bench, gaps[0]);  // whatever is tried, the case shows the defect
  EXPECT_TRUE(trial.mends.empty());
  ASSERT_FALSE(trial.refused.empty());
  EXPECT_THAT(trial.refused[0].why.es, HasSubstr("el mismo caso del hallazgo sigue"));
}

// What is brought is a defect of the same code and article under another identity: known when
// its own history shows it in the text in force and no smaller there.
Trial TryBringing(Workbench& work, const Size& then, const Size& now) {
  const auto gaps = Of(work.report, "hueco");
  if (gaps.size() != 1) return {};
  base::Finding old;
  old.code = "inversión";
  old.id = "inversión-11111111";
  old.articles = {base::ParseCitation("REG:3")};
  work.report.findings.push_back(old);
  Bench bench = work.bench();
  bench.check = [&work, old](const Variant& variant, const std::vector<std::string>& only) {
    base::CheckReport report = work.Check(variant.rules, variant.families, only);
    base::Finding other = old;
    other.id = "inversión-22222222";
    report.findings.push_back(old);
    report.findings.push_back(other);
    return report;
  };
  bench.shown = [&work, then, now](const Variant& variant, const base::Finding& finding) {
    if (finding.code != "inversión") return std::optional<Size>();
    return std::optional<Size>(&variant.rules == work.text->rules.get() ? then : now);
  };
  return Try(bench, gaps[0]);
}

TEST(Mends, ADefectThatTheTextAlreadyHasIsNotNewUnderAnotherIdentity) {
  Workbench work(kOneGap);
  const Trial trial = TryBringing(work, {0, 0, 3}, {0, 0, 1});
  ASSERT_FALSE(trial.mends.empty());
  EXPECT_THAT(trial.mends[0].title.es, HasSubstr("inversión-22222222"));  // and it is said
}

TEST(Mends, ADefectThatGrowsIsNew) {
  Workbench work(kOneGap);
  const Trial trial = TryBringing(work, {0, 0, 1}, {0, 0, 3});
  EXPECT_TRUE(trial.mends.empty());
  ASSERT_FALSE(trial.refused.empty());
  EXPECT_THAT(trial.refused[0].why.es, HasSubstr("trae inversión-22222222"));
}

TEST(Mends, AnInformationIsSaid) {
  Workbench work(kOneGap);
  const auto gaps = Of(work.report, "hueco");
  ASSERT_EQ(gaps.size(), 1u);
  Bench bench = work.bench();
  bench.check = [&](const Variant& variant, const std::vector<std::string>& only) {
    base::CheckReport report = work.Check(variant.rules, variant.families, only);
    base::Finding other;
    other.code = "escalera";
    other.id = "escalera-00000000";
    other.severity = base::FindingSeverity::Information;
    report.findings.push_back(other);
    return report;
  };
  const Trial trial = Try(bench, gaps[0]);
  ASSERT_FALSE(trial.mends.empty());
  EXPECT_THAT(trial.mends[0].introduced, testing::ElementsAre("escalera-00000000"));
  EXPECT_THAT(trial.mends[0].title.es, HasSubstr("escalera-00000000"));
}

// ---- What is proposed, code by code ----------------------------------------------

TEST(Mends, AGapBetweenTheRulesOfTwoArticles) {
  Workbench work(kHead + R"(regla pocas cita REG:3 sobre falta por mes
  cuando total <= 1
  entonces sin sanción
regla varias cita REG:4 sobre falta por mes
  cuando total entre 2 y 5
  entonces descuento 2 días
escala muchas cita REG:5 sobre falta por mes según total
  | 11/2 .. | descuento 3 días |)");
  const auto gaps = Of(work.report, "hueco");
  ASSERT_EQ(gaps.size(), 1u);
  const Trial trial = Try(work.bench(), gaps[0]);
  ExpectMended(work, gaps[0], trial);
  EXPECT_THAT(TitlesOf(trial), testing::Contains(HasSubstr("extender la regla «pocas»")));
  EXPECT_THAT(TitlesOf(trial), testing::Contains(HasSubstr("empezar la regla «varias»")));
  EXPECT_THAT(trial.mends[0].amendment, HasSubstr("3/2"));
}

TEST(Mends, AnInversionIsLevelledByEitherSide) {
  Workbench work(checks::kFaults + R"(
regla separadas cita REG:3 sobre falta por mes
  cuando total >= 2 y seguidas < 2
  entonces descuento 2 * total
regla juntas cita REG:4 sobre falta por mes
  cuando seguidas >= 2
  entonces descuento 3 días)",
                 {"inversión", "contradicción", "hueco"});
  const auto found = Of(work.report, "inversión");
  ASSERT_EQ(found.size(), 1u);
  const Trial trial = Try(work.bench(), found[0]);
  ExpectMended(work, found[0], trial);
  EXPECT_THAT(TitlesOf(trial), testing::Contains(HasSubstr("la regla «juntas» (REG:4) descuente")));
  EXPECT_THAT(TitlesOf(trial),
              testing::Contains(HasSubstr("la regla «separadas» (REG:3) descuente")));
}

TEST(Mends, ASanctionIsHeldToTheCap) {
  Workbench work(checks::kFaults + R"(
medida descontado por mes cita LEY:1 = suma(sanción.días)
regla tope cita LEY:1 sobre sanción por mes
  cuando descontado > 6 días
  entonces prohibición entidad "descontar más de seis días"
escala faltas cita REG:3 sobre falta por mes según total
  | 1/2 .. 4 | descuento 2 * total |)",
                 {"tope-excedido", "inversión", "hueco"});
  const auto found = Of(work.report, "tope-excedido");
  ASSERT_EQ(found.size(), 1u);
  const Trial trial = Try(work.bench(), found[0]);
  ExpectMended(work, found[0], trial);
  EXPECT_THAT(TitlesOf(trial), testing::Contains(HasSubstr("limitar lo que descuenta")));
}

TEST(Mends, TwoSanctionsAreLoweredToTheCap) {
  Workbench work(checks::kFaults + checks::kMinutes + R"(
medida descontado por mes cita LEY:1 = suma(sanción.días)
regla tope cita LEY:1 sobre sanción por mes
  cuando descontado > 6 días
  entonces prohibición entidad "descontar más de seis días"
regla muchos cita REG:5.I sobre atraso por mes
  cuando minutos_del_mes > 120
  entonces descuento 3 días
regla faltas cita REG:3 sobre falta por mes
  cuando total >= 2
  entonces descuento 4 días)",
                 {"tope-excedido"});
  const auto found = Of(work.report, "tope-excedido");
  ASSERT_EQ(found.size(), 1u);
  const Trial trial = Try(work.bench(), found[0]);
  ExpectMended(work, found[0], trial);
  EXPECT_THAT(TitlesOf(trial), testing::Contains(HasSubstr("descuente 2 días")));  // three less one
  EXPECT_THAT(TitlesOf(trial), testing::Contains(HasSubstr("descuente 3 días")));  // four less one
}

TEST(Mends, ACountThatRestartsIsKeptForTheYear) {
  Workbench work(checks::kFaults + R"(
regla abandono cita REG:3 sobre falta por mes
  cuando total >= 3
  entonces destitución)",
                 {"escapatoria"});
  const auto found = Of(work.report, "escapatoria");
  ASSERT_FALSE(found.empty());
  for (const base::Finding& finding : found) {
    if (finding.title.es.find("dos meses seguidos") == std::string::npos) continue;
    const Trial trial = Try(work.bench(), finding);
    ASSERT_FALSE(trial.mends.empty()) << finding.title.es;
    EXPECT_THAT(TitlesOf(trial), testing::Contains(HasSubstr("por gestión")));
    for (const base::Mend& mend : trial.mends) {
      for (const base::Finding& other : CheckAmended(work, mend).findings) {
        EXPECT_NE(other.id, finding.id);
      }
    }
  }
}

const std::string kNorms = R"(
jerarquía decreto_supremo > reglamento
norma REG "Reglamento de prueba" rango reglamento emitida 2020-01-01 vigente desde 2020-01-01
norma DS100 "Decreto 100" rango decreto_supremo emitida 2001-03-16
)";

TEST(Mends, ACircleIsOpenedAtAnyOfItsReferences) {
  Workbench work(kNorms + R"(
remite REG:3 a REG:7 "según el artículo 7"
remite REG:7 a REG:12 "según el artículo 12"
remite REG:12.I a REG:3 "según el artículo 3")",
                 {"referencia-circular"});
  ASSERT_EQ(work.report.findings.size(), 1u);
  const base::Finding finding = work.report.findings[0];
  const Trial trial = Try(work.bench(), finding);
  ExpectMended(work, finding, trial);
  EXPECT_THAT(TitlesOf(trial),
              testing::UnorderedElementsAre("suprimir la remisión de REG:3 a REG:7",
                                            "suprimir la remisión de REG:7 a REG:12",
                                            "suprimir la remisión de REG:12.I a REG:3"));
}

TEST(Mends, ABrokenReferenceGoesToTheNearestProvision) {
  Workbench work(kNorms + R"(
declara REG:1 "primero"
remite REG:2 a REG:13 "según el artículo 13"
declara REG:3 "tercero")",
                 {"referencia-rota"}, R"(
ARTÍCULO 1. (UNO)

Lo primero.

ARTÍCULO 2. (DOS)

Lo segundo.

ARTÍCULO 3. (TRES)

Lo tercero.
)");
  ASSERT_EQ(work.report.findings.size(), 1u) << "REG:13 is not there";
  const base::Finding finding = work.report.findings[0];
  const Trial trial = Try(work.bench(), finding);
  ExpectMended(work, finding, trial);
  EXPECT_THAT(TitlesOf(trial), testing::Contains("citar REG:1 en vez de REG:13"));
  EXPECT_THAT(TitlesOf(trial), testing::Contains("suprimir la remisión a REG:13"));
}

TEST(Mends, ANormTakesTheDateThatTheTextPrints) {
  const std::string one_date = R"(
ARTÍCULO 1. (BASE)

Según el Decreto Supremo N° 100, de 1 de abril de 2001.
)";
  Workbench work(kNorms, {"fechas-distintas"}, one_date);
  ASSERT_EQ(work.report.findings.size(), 1u);
  const base::Finding finding = work.report.findings[0];
  const Trial trial = Try(work.bench(), finding);
  ExpectMended(work, finding, trial);
  EXPECT_THAT(trial.mends[0].amendment, HasSubstr("emitida 2001-04-01"));
  // Two dates printed: no declaration mends that, and each try says so.
  Workbench two(kNorms, {"fechas-distintas"}, one_date + R"(
ARTÍCULO 2. (OTRA)

Según el Decreto Supremo N° 100, de 16 de marzo de 2001.
)");
  ASSERT_EQ(two.report.findings.size(), 1u);
  const Trial none = Try(two.bench(), two.report.findings[0]);
  EXPECT_TRUE(none.mends.empty());
  ASSERT_EQ(none.refused.size(), 1u);
  EXPECT_EQ(none.refused[0].why.es, "el hallazgo sigue");
}

TEST(Mends, ARedundantRuleIsRepealed) {
  Workbench work(kHead + R"(regla una cita REG:4 sobre falta por mes
  cuando total >= 1
  entonces descuento 1 día
regla otra cita REG:5 sobre falta por mes
  cuando total >= 2
  entonces descuento 1 día)",
                 checks::FamilyChecks());
  const auto found = Of(work.report, "regla-redundante");
  ASSERT_EQ(found.size(), 1u);
  const Trial trial = Try(work.bench(), found[0]);
  ExpectMended(work, found[0], trial);
  // Without the other, who is away for a day would keep what it is.
  ASSERT_EQ(trial.mends.size(), 1u);
  EXPECT_THAT(trial.mends[0].amendment, HasSubstr("deroga otra"));
}

// Whatever was asked of an edit before the signal, half an answer is none.
TEST(Mends, WhatAnInterruptionLeavesIsNotJudged) {
  Workbench work(kOneGap);
  const auto gaps = Of(work.report, "hueco");
  ASSERT_EQ(gaps.size(), 1u);
  Bench bench = work.bench();
  int checks = 0;
  bench.check = [&](const Variant& variant, const std::vector<std::string>& only) {
    ++checks;
    return work.Check(variant.rules, variant.families, only);
  };
  bench.stopped = [&] { return checks > 0; };  // in the middle of the first edit
  const Trial trial = Try(bench, gaps[0]);
  EXPECT_TRUE(trial.mends.empty());
  EXPECT_GT(trial.refused.size(), 1u);
  for (const Refused& one : trial.refused) {
    EXPECT_EQ(one.why.es, "no se probó: se interrumpió antes") << one.title.es;
  }
  bench.stopped = [] { return true; };
  checks = 0;
  EXPECT_TRUE(Try(bench, gaps[0]).mends.empty());
  EXPECT_EQ(checks, 0);
}

TEST(Mends, SanctionsThatAddUpEachTakeTheirPartOfTheCap) {
  Workbench work(checks::kFaults + checks::kMinutes + R"(
medida descontado por mes cita LEY:1 = suma(sanción.días)
regla tope cita LEY:1 sobre sanción por mes
  cuando descontado > 6 días
  entonces prohibición entidad "descontar más de seis días"
regla muchos cita REG:5.I sobre atraso por mes
  cuando minutos_del_mes > 120
  entonces descuento 6 días
regla faltas cita REG:3 sobre falta por mes
  cuando total >= 2
  entonces descuento 6 días)",
                 {"tope-excedido"});
  const auto found = Of(work.report, "tope-excedido");
  ASSERT_EQ(found.size(), 1u);
  const Trial trial = Try(work.bench(), found[0]);
  ExpectMended(work, found[0], trial);
  // Six days between two; lowering one alone by the excess would leave it nothing.
  EXPECT_THAT(TitlesOf(trial), testing::Contains(HasSubstr("descuente más de 3 días")));
  EXPECT_THAT(TitlesOf(trial), Not(testing::Contains(HasSubstr("descuente 0"))));
}

// The check adds up three sanctions at most; a month may have four of two days, which are eight and
// not six. Of a day and a half they are six. Fact by fact there is no end to them.
TEST(Mends, TheirPartsFitWhenAllComeTogether) {
  const std::string cap = checks::kFaults + checks::kMinutes + R"(
hecho olvido en tramo
hecho ruido en tramo
medida descontado por mes cita LEY:1 = suma(sanción.días)
regla tope cita LEY:1 sobre sanción por mes
  cuando descontado > 6 días
  entonces prohibición entidad "descontar más de seis días"
regla muchos cita REG:5.I sobre atraso por mes entonces descuento 3 días
regla faltas cita REG:3 sobre falta por mes entonces descuento 3 días
regla olvidos cita REG:3 sobre olvido por mes entonces descuento 3 días
regla ruidos cita REG:7 sobre ruido)";
  const auto of_all = [](const base::Finding& finding) { return finding.articles.size() == 4; };
  Workbench by_month(cap + " por mes entonces descuento 3 días", {"tope-excedido"});
  const auto found = Of(by_month.report, "tope-excedido");
  const auto all = std::find_if(found.begin(), found.end(), of_all);
  ASSERT_NE(all, found.end());  // of LEY:1, REG:3 (two rules), REG:5.I and REG:7
  const Trial trial = Try(by_month.bench(), *all);
  EXPECT_THAT(TitlesOf(trial), Not(testing::Contains(HasSubstr("descuente más de 2 días"))));
  EXPECT_THAT(TitlesOf(trial), testing::Contains(HasSubstr("descuente más de 3/2 días")));

  Workbench by_fact(cap + " entonces descuento 3 días", {"tope-excedido"});
  const base::Citation of_each_fact = base::ParseCitation("REG:7");
  for (const base::Finding& finding : Of(by_fact.report, "tope-excedido")) {
    const auto& articles = finding.articles;
    if (std::find(articles.begin(), articles.end(), of_each_fact) == articles.end()) continue;
    EXPECT_THAT(TitlesOf(Try(by_fact.bench(), finding)),
                Not(testing::Contains(HasSubstr("descuente más de "))));
  }
}

TEST(Mends, AFindingNoEditCanMendSaysSo) {
  Workbench work(kHead + "regla una cita REG:4 sobre falta por mes entonces descuento 1 día");
  base::Finding finding;
  finding.code = "órgano-ajeno";
  EXPECT_TRUE(Propose(work.bench(), finding).empty());
  const Trial trial = Try(work.bench(), finding);
  ASSERT_EQ(trial.refused.size(), 1u);
  EXPECT_THAT(trial.refused[0].why.es, HasSubstr("no se prueba ninguna edición"));
}

}  // namespace
}  // namespace cotejo::mends
