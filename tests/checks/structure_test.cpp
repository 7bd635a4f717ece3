// References, numbering and the ladder of recidivism, on regulations of a few lines.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "model/citations/inside.h"
#include "tests/checks/text_document.h"

namespace cotejo::checks {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

const std::string kNorms = R"(
jerarquía ley > decreto_supremo > reglamento
norma REG "Reglamento de prueba" rango reglamento emitida 2020-01-01 vigente desde 2020-01-01
norma DS100 "Decreto 100" rango decreto_supremo emitida 2001-03-16
)";

// ---- referencia-rota -----------------------------------------------------------------

std::vector<std::string> Inner(const std::string& text, const std::string& from) {
  std::vector<std::string> targets;
  for (const auto& found : citations::InnerReferencesIn(text, base::ParseCitation(from), "REG")) {
    targets.push_back(found.target.str() + " [" +
                      text.substr(found.begin, found.end - found.begin) + "]");
  }
  return targets;
}

TEST(InnerReferences, AsLawyersWriteThem) {
  EXPECT_THAT(Inner("los incisos a) y b) del párrafo II del presente Artículo", "REG:21.III"),
              ElementsAre("REG:21.II.a [incisos a) y b) del párrafo II del presente Artículo]",
                          "REG:21.II.b [incisos a) y b) del párrafo II del presente Artículo]"));
  EXPECT_THAT(Inner("según el Artículo 5 del presente reglamento.", "REG:7.IV"),
              ElementsAre("REG:5 [Artículo 5 del presente reglamento]"));
  EXPECT_THAT(Inner("numerales 3 y 5 del Artículo precedente, hasta", "DS100:5.3"),
              ElementsAre("DS100:4.3 [numerales 3 y 5 del Artículo precedente]",
                          "DS100:4.5 [numerales 3 y 5 del Artículo precedente]"));
  EXPECT_THAT(Inner("Parágrafo III del Artículo 2 del presente Decreto Supremo", "DS100:3"),
              ElementsAre("DS100:2.III [Parágrafo III del Artículo 2 del presente Decreto]"));
  EXPECT_THAT(
      Inner("lo dispuesto en los artículos 3 y 4, y en el parágrafo I.", "REG:9.II"),
      ElementsAre("REG:3 [artículos 3 y 4]", "REG:4 [artículos 3 y 4]", "REG:9.I [parágrafo I]"));
}

TEST(InnerReferences, NotToOtherNorms) {
  EXPECT_THAT(Inner("el Artículo 8 de la Ley N° 2027", "REG:1"), IsEmpty());
  EXPECT_THAT(Inner("Según el Artículo 15, Decreto Supremo N° 762, las faltas", "REG:1"),
              IsEmpty());
  EXPECT_THAT(Inner("Artículo 11 Reglamento de Permisos", "REG:1"), IsEmpty());
  EXPECT_THAT(Inner("Inciso g) del Artículo 32 (Proceso de Retiro) de las NB-SAP", "REG:1"),
              IsEmpty());
  EXPECT_THAT(Inner("inciso c) del Artículo 15 del Reglamento de Permisos, y en el presente "
                    "Reglamento Interno",
                    "REG:1"),
              IsEmpty());
}

const std::string kArticles = R"(
ARTÍCULO 1. (OBJETO)

I. Se aplica el inciso b) del parágrafo II del presente Artículo.

II. Se aplica:

a) Lo primero;

ARTÍCULO 2. (PLAZO)

El plazo es el del Artículo 9 del presente reglamento, según el Decreto Supremo N° 300.
)";

TEST(BrokenReference, InTheText) {
  const auto report = CheckOne("referencia-rota", kNorms, kArticles);
  ExpectWellMade(report);
  EXPECT_THAT(Titles(report),
              ElementsAre("REG:1.I cita «inciso b) del parágrafo II del presente Artículo», y "
                          "REG:1.II.b no existe",
                          "REG:2 cita «Artículo 9 del presente reglamento», y REG:9 no existe",
                          "el texto nombra DS300 y el modelo no declara esa norma"));
  EXPECT_EQ(About(report, "REG:1.I").severity, base::FindingSeverity::Error);
}

TEST(BrokenReference, SilentWhenEverythingCitedIsThere) {
  std::string text = kArticles;
  text.replace(text.find("inciso b)"), 9, "inciso a)");
  text.replace(text.find("Artículo 9 "), std::string("Artículo 9 ").size(), "Artículo 1 ");
  text.replace(text.find("N° 300"), std::string("N° 300").size(), "N° 100");
  ExpectSilent(CheckOne("referencia-rota", kNorms + R"(
declara REG:1.II.a "lo primero"
)",
                        text));
}

TEST(BrokenReference, OfTheModelToTheText) {
  const auto report = CheckOne("referencia-rota", kNorms + R"(
declara REG:1.II.c "no está en el texto"
remite DS100:1 a REG:7 "ni esto"
)",
                               kArticles);
  EXPECT_THAT(Titles(report), testing::IsSupersetOf({"el modelo cita REG:1.II.c, que no existe",
                                                     "el modelo cita REG:7, que no existe"}));
}

TEST(BrokenReference, OfTheModelToTheHeadingsWithoutTheText) {
  const auto check = [](const std::string& markdown) {
    TextRules text;
    base::Diagnostics diagnostics;
    const base::FileId file = text.sources.Add("prueba.norma.md", markdown);
    text.files.push_back(language::Parse(text.sources, file, diagnostics));
    text.rules = rules::Resolve(text.sources, rules::BuildProgram(text.sources, text.files), {},
                                diagnostics);
    EXPECT_TRUE(text.rules);
    text.families = rules::BuildFamilies(*text.rules);
    CheckOptions options;
    options.only = {"referencia-rota"};
    return Check({*text.rules, text.families, &text.files, nullptr, nullptr}, options);
  };
  const std::string norms =
      "```norma\njerarquía reglamento\nnorma REG \"Reglamento\" rango reglamento\n```\n";
  const std::string first = "## Artículo 1 · Objeto\nUno.\n\n";
  const std::string second = "## Artículo 2 · Plazo\nDos.\n\n";
  const std::string cites = "```norma\nremite REG:1 a REG:3 \"el tres\"\n```\n";
  const auto broken = check(norms + first + second + cites);
  EXPECT_THAT(Titles(broken), ElementsAre("el modelo cita REG:3, que no existe"));
  // The reference is mended where it is made.
  EXPECT_EQ(base::JoinCitations(broken.findings[0].articles), "REG:1, REG:3");
  ExpectSilent(check(norms + first + second + "## Artículo 3 · Fin\nTres.\n\n" + cites));
  // Headings that do not say them all prove nothing.
  for (const std::string& some : {second, first + "## Artículo 4 · Fin\nCuatro.\n\n"}) {
    const auto partial = check(norms + some + cites);
    EXPECT_THAT(partial.findings, IsEmpty());
    EXPECT_EQ(partial.totals.not_run, 1);
  }
}

// ---- referencia-circular --------------------------------------------------------------

const std::string kCircle = kNorms + R"(
remite REG:3 a REG:7 "según el artículo 7"
remite REG:7 a REG:12 "según el artículo 12"
remite REG:12.I a REG:3 "según el artículo 3"
)";

TEST(CircularReference, InOrder) {
  const auto report = CheckOne("referencia-circular", kCircle);
  ExpectWellMade(report);
  EXPECT_THAT(Titles(report),
              ElementsAre("remisión circular: REG:3 → REG:7 → REG:12 → REG:12.I → REG:3"));
}

TEST(CircularReference, SilentWhereOneSaysSomethingOrTheChainEnds) {
  ExpectSilent(CheckOne("referencia-circular", kCircle + R"(
parámetro plazo cita REG:12 = 3 días
)"));
  ExpectSilent(CheckOne("referencia-circular", kNorms + R"(
remite REG:3 a REG:7 "según el artículo 7"
remite REG:7 a DS100 "según el decreto"
remite DS100:1 a REG:3 "un artículo del decreto, que no es todo él"
)"));
}

// ---- numeración-con-salto -------------------------------------------------------------

TEST(Numbering, JumpsLoneParagraphsAndLateStarts) {
  const auto report = CheckOne("numeración-con-salto", kNorms, R"(
TÍTULO I

CAPÍTULO I

ARTÍCULO 1. (UNO)

I. Primero.

II. Segundo.

IV. Cuarto.

ARTÍCULO 2. (DOS)

I. Solo.

CAPÍTULO III

ARTÍCULO 3. (TRES)

Se permite:

b) Lo segundo;
c) Lo tercero.
)");
  ExpectWellMade(report);
  EXPECT_THAT(Titles(report), ElementsAre("los capítulos pasan de «CAPÍTULO I» a «CAPÍTULO III»",
                                          "los incisos de REG:3 empiezan por «b)»",
                                          "los parágrafos de REG:1 pasan de «II.» a «IV.»",
                                          "parágrafo con número sin otro que lo siga: REG:2.I",
                                          "un solo título: «TÍTULO I» no tiene otro que lo siga"));
}

TEST(Numbering, SilentWhenItGoesOn) {
  ExpectSilent(CheckOne("numeración-con-salto", kNorms, R"(
TÍTULO I

CAPÍTULO I

SECCIÓN 1

ARTÍCULO 1. (UNO)

I. Primero.

II. Segundo: a) uno; b) dos.

SECCIÓN 2

ARTÍCULO 2. (DOS)

Ordena lo del parágrafo II. Y nada más.

CAPÍTULO II

ARTÍCULO 3. (TRES)

Tres.

TÍTULO II

CAPÍTULO I

ARTÍCULO 4. (CUATRO)

Cuatro.

CAPÍTULO II

ARTÍCULO 5. (CINCO)

Cinco.
)"));
}

TEST(Numbering, ARepeatedChapterIsOne) {
  EXPECT_THAT(Titles(CheckOne("numeración-con-salto", kNorms, R"(
CAPÍTULO I

ARTÍCULO 1. (UNO)

Uno.

CAPÍTULO I

ARTÍCULO 2. (DOS)

Dos.
)")),
              ElementsAre("los capítulos repiten la numeración: después de «CAPÍTULO I» viene "
                          "«CAPÍTULO I»"));
}

TEST(Numbering, OfATranscribedExcerptOnlyTheJumpsInsideAnArticle) {
  const auto report = CheckOne("numeración-con-salto", kNorms, R"(
ARTÍCULO 1. (UNO)

Uno.

PARTE PRIMERA

Nada.

PARTE SEGUNDA

I. DERECHOS EN NORMA ESPECÍFICA

DECRETO SUPREMO N° 100, DE 16 DE MARZO DE 2001

ARTÍCULO 20. (VEINTE)

I. Primero.

III. Tercero.

ARTÍCULO 31. (TREINTA Y UNO)

I. Solo.
)");
  EXPECT_THAT(Titles(report), ElementsAre("los parágrafos de DS100:20 pasan de «I.» a «III.»"));
  EXPECT_EQ(report.findings[0].severity, base::FindingSeverity::Information);
}

// ---- escalera -------------------------------------------------------------------------

const std::string kConducts = kNorms + R"(
horario único cita REG:1 tramos 08:00 a 16:00
enumeración inciso = REG:4.a, REG:4.b, REG:5.a
hecho conducta en día
  inciso: inciso
medida vez por gestión cita REG:6 = cuenta(conducta del mismo inciso)
)";

// First and second are answered; there is no third step, and REG:5.a is in no ladder.
TEST(RecidivismLadder, EndsAndLeavesAConductOut) {
  const auto report = CheckOne("escalera", kConducts + R"(
escala reincidencia cita REG:6 sobre conducta según vez parcial
  | 1 | amonestación escrita | cuando inciso dentro de REG:4
  | 2 | descuento 1 día      | cuando inciso dentro de REG:4
)");
  ExpectWellMade(report);
  EXPECT_THAT(
      Titles(report),
      ElementsAre("la escalera de REG:4.a, REG:4.b termina: a la 3.ª comisión nada responde",
                  "ninguna fila ni regla sanciona REG:5.a, por más que se repita"));
  const base::Finding ended = About(report, "REG:4.a");
  EXPECT_EQ(ended.severity, base::FindingSeverity::Error);
  EXPECT_EQ(ended.evidence, base::Evidence::Replayed);
  EXPECT_THAT(ended.witness.facts, SizeIs(3));
}

TEST(RecidivismLadder, GoesDownAndHasAStepNobodyReaches) {
  const auto report = CheckOne("escalera", kConducts + R"(
escala reincidencia cita REG:6 sobre conducta según vez política acumula
  | 1    | descuento 2 días      | cita REG:6.a
  | 2    | descuento 1 día       | cita REG:6.b
  | 3 .. | proceso, destitución  | cita REG:6.c
  | 0    | amonestación verbal   | cita REG:6.d
)");
  ExpectWellMade(report);
  EXPECT_THAT(Titles(report),
              ElementsAre("la escalera de REG:4.a, REG:4.b baja: la 2.ª comisión se sanciona menos "
                          "que la anterior",
                          "la escalera de REG:5.a baja: la 2.ª comisión se sanciona menos que la "
                          "anterior",
                          "ninguna comisión llega al peldaño reincidencia[4] (REG:6.d)"));
}

// One conduct in each of three gestiones: none is the second of its own, and the third of the
// career is sanctioned. That the second in one gestión removes does not keep anybody from it.
TEST(RecidivismLadder, AWiderCountIsReachedWithoutRemoval) {
  const auto report = CheckOne("escalera", kConducts + R"(
medida en_la_carrera por carrera cita REG:7 = cuenta(conducta)
escala reincidencia cita REG:6 sobre conducta según vez
  | 1    | amonestación escrita | cita REG:6.a
  | 2 .. | proceso, destitución | cita REG:6.b
regla de_carrera cita REG:7 sobre conducta
  cuando en_la_carrera >= 3 entonces descuento 1 día
)");
  for (const std::string& title : Titles(report)) {
    EXPECT_EQ(title.find("sigue tras la destitución"), std::string::npos) << title;
  }
}

TEST(RecidivismLadder, GoesOnAfterRemoval) {
  const auto report = CheckOne("escalera", kConducts + R"(
escala reincidencia cita REG:6 sobre conducta según vez
  | 1    | amonestación escrita | cita REG:6.a
  | 2    | proceso, destitución | cita REG:6.b
  | 3 .. | descuento 1 día      | cita REG:6.c
)");
  EXPECT_THAT(
      Titles(report),
      testing::Contains(HasSubstr("sigue tras la destitución: el peldaño 3 no llega nunca")));
  EXPECT_EQ(About(report, "REG:4.a").severity, base::FindingSeverity::Information);
}

// A fact that is counted is no conduct of a catalogue: it need not be sanctioned by itself.
TEST(RecidivismLadder, SilentOfAFactThatIsOnlyCounted) {
  ExpectSilent(CheckOne("escalera", kConducts + R"(
hecho olvido en día
medida olvidos por mes cita REG:7 = cuenta(olvido)
escala reincidencia cita REG:6 sobre conducta según vez
  | 1 .. | proceso, destitución | cuando olvidos >= 0
)"));
}

TEST(RecidivismLadder, SilentWhenItClimbsToRemoval) {
  const auto report = CheckOne("escalera", kConducts + R"(
escala reincidencia cita REG:6 sobre conducta según vez
  | 1    | amonestación verbal  | falta leve
  | 2    | descuento 1 día      | falta leve
  | 3 .. | proceso, destitución | falta gravísima
)");
  ExpectSilent(report);
}

// The third bad month removes; as a conduct that arises from the second bad month on, its second
// commission is that same third month, and its third comes after it.
const std::string kMonths = kConducts + R"(
hecho falta en día
  días: días = 1 día entre 1 día y 1 día en pasos de 1 día
hecho mes_malo derivado en día
medida total por mes cita REG:7 = suma(falta.días) en pasos de 1 día
medida vez_de_mes_malo por gestión cita REG:7 = cuenta(mes_malo)
califica falta por mes como mes_malo cita REG:7 cuando total >= 2
califica falta por mes como conducta cita REG:8
  cuando total >= 2 y vez_de_mes_malo >= 2
  con inciso = REG:5.a
regla salida cita REG:9 sobre falta por mes falta gravísima
  cuando total >= 2 y vez_de_mes_malo >= SALE
  entonces proceso, destitución
escala reincidencia cita REG:6 sobre conducta según vez
  | 1    | amonestación verbal  | cita REG:6.a
  | 2    | descuento 1 día      | cita REG:6.b
  | 3 .. | descuento 2 días     | cita REG:6.c
)";

std::string Months(const std::string& removes_at) {
  std::string text = kMonths;
  text.replace(text.find("SALE"), 4, removes_at);
  return text;
}

TEST(RecidivismLadder, StepsThatComeOnlyWithRemovalOrAfterIt) {
  const auto report = CheckOne("escalera", Months("3"));
  ExpectWellMade(report);
  EXPECT_THAT(Titles(report),
              ElementsAre("al peldaño REG:6.c de REG:8 sólo llega quien ya debía salir por REG:9",
                          "el peldaño REG:6.b de REG:8 sólo llega junto con la salida por REG:9"));
  const base::Finding after = About(report, "REG:6.c");
  // The removal comes first in the witness.
  base::Date removed, stepped;
  for (const base::WitnessAnswer& answer : after.witness.answers) {
    if (answer.article.str() == "REG:9" && removed == base::Date()) removed = answer.date;
    if (answer.article.str() == "REG:6.c") stepped = answer.date;
  }
  EXPECT_LT(removed, stepped);
}

TEST(RecidivismLadder, SilentWhenRemovalComesLater) {
  EXPECT_THAT(Titles(CheckOne("escalera", Months("5"))), IsEmpty());
}

TEST(RecidivismLadder, FaultsWhoseMonthsNobodyCounts) {
  const std::string rules = kConducts + R"(
hecho falta en día
  días: días = 1 día entre 1 día y 1 día en pasos de 1 día
medida total por mes cita REG:7 = suma(falta.días) en pasos de 1 día
escala faltas cita REG:7 sobre falta por mes según total falta leve
  | 1 .. 3 | descuento 1 día      | ESTABLECE
  | 4 ..   | proceso, destitución |
escala reincidencia cita REG:6 sobre conducta según vez
  | 1    | amonestación verbal  |
  | 2 .. | proceso, destitución |
)";
  const auto with = [&](const std::string& establishes) {
    std::string text = rules;
    text.replace(text.find("ESTABLECE"), 9, establishes);
    return CheckOne("escalera", text);
  };
  EXPECT_THAT(Titles(with("")),
              ElementsAre("repetir mes tras mes la falta de REG:7 no agrava la sanción"));
  EXPECT_THAT(Titles(with("establece conducta con inciso = REG:4.a")), IsEmpty());
}

// One or two a month cost half a day every month; a count of the month forgets the last one.
TEST(RecidivismLadder, ACountInsideTheMonthCountsNoMonths) {
  const auto with = [](const std::string& window) {
    return CheckOne("escalera", kConducts + R"(
hecho omisión en día
medida omisiones por )" + window + R"( cita REG:7 = cuenta(omisión)
escala omisiones cita REG:7 sobre omisión por mes según omisiones falta leve
  | 1 .. 2 | descuento 1/2 día    |
  | 3 ..   | proceso, destitución |
escala reincidencia cita REG:6 sobre conducta según vez
  | 1    | amonestación verbal  |
  | 2 .. | proceso, destitución |
)");
  };
  EXPECT_THAT(Titles(with("mes")),
              ElementsAre("repetir mes tras mes la falta de REG:7 no agrava la sanción"));
  EXPECT_THAT(Titles(with("gestión")), IsEmpty());
}

}  // namespace
}  // namespace cotejo::checks
