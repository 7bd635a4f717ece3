// What the checks of the imported text see in a few lines, and in the official text.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "model/base/file.h"
#include "tests/checks/text_document.h"

namespace cotejo::checks {
namespace {

namespace fs = std::filesystem;

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

const std::string kNorms = R"(
jerarquía ley > decreto_supremo > reglamento
norma REG "Reglamento de prueba" rango reglamento emitida 2020-01-01 vigente desde 2020-01-01
norma DS100 "Decreto 100" rango decreto_supremo emitida 2001-03-16
)";

// ---- fechas-distintas --------------------------------------------------------------

TEST(DifferentDates, TwoDatesOfOneDecree) {
  const auto report = CheckOne("fechas-distintas", kNorms, R"(
ARTÍCULO 1. (BASE)

Según el Decreto Supremo N° 100, de 16 de marzo de 2001, y la Ley N° 7 de 2 de mayo de 1999.

ARTÍCULO 2. (OTRA)

Lo que manda el Decreto Supremo N° 100, de 21 de marzo de 2001.
)");
  ExpectWellMade(report);
  ASSERT_THAT(report.findings, SizeIs(1));
  const base::Finding& finding = report.findings[0];
  EXPECT_THAT(finding.title.es, HasSubstr("2001-03-16 (REG:1); 2001-03-21 (REG:2)"));
  EXPECT_THAT(finding.explanation.es,
              HasSubstr("La declarada en el archivo de la norma es 2001-03-16"));
  ASSERT_THAT(finding.passages, SizeIs(2));
  EXPECT_THAT(finding.passages[1].text, HasSubstr("21 de marzo de 2001"));
  EXPECT_EQ(report.totals.planned, 2);  // DS100 and LEY7
  EXPECT_EQ(report.totals.refuted, 1);
}

TEST(DifferentDates, AnotherDateThanTheDeclaredOne) {
  const auto report = CheckOne("fechas-distintas", kNorms, R"(
ARTÍCULO 1. (BASE)

Según el Decreto Supremo N° 100, de 1 de abril de 2001.
)");
  EXPECT_THAT(Titles(report),
              ElementsAre("el texto da a DS100 otra fecha que la declarada: 2001-04-01 (REG:1)"));
}

TEST(DifferentDates, SilentWhenTheyAgree) {
  ExpectSilent(CheckOne("fechas-distintas", kNorms, R"(
ARTÍCULO 1. (BASE)

Según el Decreto Supremo N° 100, de 16 de marzo de 2001, que el 2 de mayo de 2005 se publicó.
)"));
}

TEST(TextChecks, NotRunWithoutTheText) {
  for (const char* code : {"fechas-distintas", "órgano-ajeno", "numeración-con-salto",
                           "pasaje-cambiado", "texto-superado"}) {
    const auto report = CheckOne(code, kNorms);
    EXPECT_THAT(report.findings, IsEmpty()) << code;
    EXPECT_EQ(report.totals.not_run, 1) << code;
    EXPECT_EQ(report.totals.proved, 0) << code;
  }
}

// ---- órgano-ajeno --------------------------------------------------------------------

const std::string kOrgans = kNorms + R"(
órgano talento "Unidad de Talento Humano"
órgano jefatura "Jefatura Regional"
órgano externo economía "Ministerio de Economía y Finanzas Públicas"
)";

TEST(ForeignOrgan, NamedByTheRegulationItself) {
  const auto report = CheckOne("órgano-ajeno", kOrgans, R"(
ARTÍCULO 1. (CREDENCIAL)

La credencial la emite el Ministerio de Trabajo, Empleo y Previsión Social para esta entidad. La
entrega la Unidad de Recursos Humanos, los Jefes de Unidad y las Jefaturas Regionales. Lo registra
el Jefe de la Unidad de Talento Humano, según manda el Ministerio de Economía y Finanzas Públicas.
)");
  ExpectWellMade(report);
  EXPECT_THAT(Titles(report),
              ElementsAre("«Ministerio de Trabajo, Empleo y Previsión Social» no es de la entidad "
                          "ni órgano externo declarado: REG:1",
                          "«Unidad de Recursos Humanos» no es de la entidad ni órgano externo "
                          "declarado: REG:1"));
  EXPECT_THAT(report.findings[0].passages, SizeIs(1));
}

TEST(ForeignOrgan, SilentForDeclaredOnesAndNotRunWithoutAny) {
  const std::string text = R"(
ARTÍCULO 1. (AVISO)

Avisa la Unidad de Talento Humano de la entidad, con copia al Ministerio de Economía y Finanzas
Públicas. El Servicio Público se rige por su ley.
)";
  ExpectSilent(CheckOne("órgano-ajeno", kOrgans, text));
  const auto without = CheckOne("órgano-ajeno", kNorms, text);
  EXPECT_THAT(without.findings, IsEmpty());
  EXPECT_EQ(without.totals.not_run, 1);
}

// ---- texto-superado ------------------------------------------------------------------

const std::string kSuperseded = R"(
ARTÍCULO 1. (OBJETO)

Lo transcrito rige.

PARTE SEGUNDA

I. DERECHOS EN NORMA ESPECÍFICA

DECRETO SUPREMO N° 100, DE 16 DE MARZO DE 2001

ARTÍCULO 20. (LICENCIAS). Habrá licencia:

a) Por matrimonio, 3 días;
b) Por nacimiento, 2 días.
)";

TEST(Superseded, TheTextItselfPrintsWhatChangedIt) {
  const std::string changing = R"(
DECRETO SUPREMO N° 200, DE 1 DE MAYO DE 2012

ARTÍCULO 1.- Se modifica el inciso b) del Artículo 20 del Decreto Supremo N° 100, con el texto: “b) Por nacimiento, NÚMERO días.”
)";
  const std::string rules = kNorms + R"(
norma DS200 "Decreto 200" rango decreto_supremo emitida 2012-05-01
)";
  const auto with = [&](const std::string& number) {
    std::string text = changing;
    text.replace(text.find("NÚMERO"), std::string("NÚMERO").size(), number);
    return CheckOne("texto-superado", rules, kSuperseded + text);
  };
  const auto report = with("3");
  ExpectWellMade(report);
  ASSERT_THAT(report.findings, SizeIs(1));
  EXPECT_EQ(report.findings[0].title.es,
            "DS100:20.b se imprime como era antes de que DS200:1 (2012-05-01) lo modificara");
  EXPECT_EQ(report.findings[0].severity, base::FindingSeverity::Error);  // before 2020
  EXPECT_THAT(report.findings[0].passages[0].text, HasSubstr("2 días"));
  ExpectSilent(with("2"));  // what is printed is already the new text
}

TEST(Superseded, TheModelKnowsALaterChange) {
  const auto report = CheckOne("texto-superado", kNorms + R"(
norma DS300 "Decreto 300" rango decreto_supremo emitida 2021-06-01
remite DS300:2 a DS100:20.a "sustituye el inciso sobre matrimonio"
remite REG:1 a DS100:20.a "licencia por matrimonio"
parámetro días_por_nacimiento cita DS100:20.b
  desde 2001-03-16 = 2 días, desde 2022-01-01 = 4 días
)",
                               kSuperseded);
  ExpectWellMade(report);
  EXPECT_THAT(Titles(report),
              ElementsAre("DS100:20.a se imprime como era antes de que DS300:2 (2021-06-01) lo "
                          "sustituyera",
                          "DS100:20.b imprime una cifra que cambió el 2022-01-01: días por "
                          "nacimiento es 4 días",
                          "REG:1 remite a DS100:20.a, que cambió después de aprobarse el "
                          "reglamento: DS300:2 (2021-06-01)"));
  EXPECT_EQ(About(report, "DS100:20.b").severity, base::FindingSeverity::Warning);
}

TEST(Superseded, SilentWhenWhatChangedIsNotPrintedOrIsOlder) {
  ExpectSilent(CheckOne("texto-superado", kNorms + R"(
norma LEY9 "Ley 9" rango ley emitida 1990-01-01
remite LEY9:1 a DS100:20.a "modifica, pero es anterior: se lee al revés"
norma DS300 "Decreto 300" rango decreto_supremo emitida 2021-06-01
remite DS300:2 a DS100:77 "sustituye un artículo que no se transcribe"
)",
                        kSuperseded));
}

// ---- pasaje-cambiado -----------------------------------------------------------------

TEST(ChangedPassage, OnlyWhatChangedSinceItWasEncoded) {
  const std::string before = R"(
ARTÍCULO 1. (TOLERANCIA)

Habrá cinco minutos de tolerancia.

ARTÍCULO 2. (REGISTRO)

Se registra el ingreso.
)";
  std::string after = before;
  after.replace(after.find("cinco"), 5, "diez");
  const auto text = ReadRules(kNorms);
  passages::Workspace workspace = ImportText(before);
  CheckOptions options;
  options.only = {"pasaje-cambiado"};
  const auto check = [&] {
    return Check({*text->rules, text->families, &text->files, &workspace, nullptr}, options);
  };
  ExpectSilent(check());
  workspace.ties[0].encoded_by = {"tolerancia_de_ingreso"};
  workspace.document = ImportText(after).document;
  const auto report = check();
  ExpectWellMade(report);
  EXPECT_THAT(Titles(report), ElementsAre("REG:1 cambió desde que se codificó"));
  EXPECT_EQ(report.totals.refuted, 1);
  EXPECT_THAT(report.findings[0].explanation.es, HasSubstr("Lo codifican: tolerancia_de_ingreso"));
  EXPECT_THAT(report.findings[0].explanation.es, HasSubstr("diez"));
}

// ---- término-sin-definir ---------------------------------------------------------------

TEST(UndefinedTerm, AnAbbreviationNobodySpellsOut) {
  const auto report = CheckOne("término-sin-definir", kOrgans, R"(
ARTÍCULO 1. (BASE)

Rigen las Normas Básicas del Sistema de Administración de Personal (NB-SAP), con su RE-SAP, y el
Servicio de Salud - SEDES. El SEDES informa. La CAUSAL es la causal escrita, del Anexo III.
)");
  ExpectWellMade(report);
  EXPECT_THAT(Titles(report), ElementsAre("«RE-SAP» se usa y el texto nunca dice qué es"));
  EXPECT_THAT(report.findings[0].passages[0].text, HasSubstr("con su RE-SAP"));
}

TEST(UndefinedTerm, ActorsAndNotions) {
  const std::string rules = kOrgans + R"(
hecho falta en día
hecho falta_impropia derivado en día
regla aviso cita REG:6 sobre falta
  entonces obligación bienestar "avisar a la familia", obligación talento "registrar la falta",
           facultad persona "explicarse"
regla impropia cita REG:7 sobre falta_impropia
  entonces obligación talento "archivar"
)";
  const auto report = CheckOne("término-sin-definir", rules);
  EXPECT_THAT(Titles(report),
              ElementsAre("nada dice cuándo hay «falta impropia», que miran REG:7",
                          "«bienestar» tiene deberes o facultades y no es un órgano declarado: "
                          "REG:6"));
  EXPECT_EQ(report.totals.not_run, 1);  // the abbreviations, without the text
  const auto mended = CheckOne("término-sin-definir", rules + R"(
órgano bienestar "Bienestar Social"
califica falta como falta_impropia cita REG:7
)");
  EXPECT_THAT(mended.findings, IsEmpty());
}

// ---- The official text ---------------------------------------------------------------

std::string ReferenceFolder() {
  const char* folder = std::getenv("COTEJO_REFERENCIA");
  return folder != nullptr
             ? folder
             : (fs::path(COTEJO_SOURCE_DIR).parent_path() / "shared" / "reference").string();
}

class OfficialTextChecks : public testing::Test {
 protected:
  void SetUp() override {
    const std::string path = ReferenceFolder() + "/rip-2025.txt";
    if (!fs::exists(path)) {
      GTEST_SKIP() << "the official text is not there; set COTEJO_REFERENCIA to its folder";
    }
    base::Diagnostics diagnostics;
    const auto text = base::ReadTextFile(path, diagnostics);
    workspace_.source = "rip-2025.txt";
    workspace_.document = passages::ReadDocument(sources_, sources_.Add(workspace_.source, *text),
                                                 "RIP", diagnostics);
    workspace_.ties = passages::TieAll(workspace_.document);
    regulation_ = rules::LoadRegulation(
        sources_, std::string(COTEJO_SOURCE_DIR) + "/regulations/rip-2025", {}, diagnostics_);
    ASSERT_TRUE(regulation_.rules);
  }

  base::CheckReport Run(const std::string& code) {
    return Run(code, *regulation_.rules, regulation_.files);
  }

  // `files`: of the text in force.
  base::CheckReport Run(const std::string& code, const rules::Ruleset& rules,
                        const std::vector<language::NormFile>& files) {
    CheckOptions options;
    options.only = {code};
    const rules::Families families = rules::BuildFamilies(rules);
    base::CheckReport report = Check({rules, families, &files, &workspace_, nullptr}, options);
    ExpectWellMade(report);
    // Every quotation is of the text, word for word.
    for (const base::Finding& finding : report.findings) {
      for (const base::PassageQuote& quote : finding.passages) ExpectQuoted(quote);
    }
    return report;
  }

  void ExpectQuoted(const base::PassageQuote& quote) const {
    std::string words = quote.text;
    if (words.starts_with("…")) words = words.substr(std::string("…").size());
    if (words.ends_with("…")) words.resize(words.size() - std::string("…").size());
    // A numbered step is shown with its number, which is no part of its text.
    const auto space = words.find(' ');
    const std::string unnumbered = space == std::string::npos ? words : words.substr(space + 1);
    const auto holds = [&](const std::string& text) {
      return text.find(words) != std::string::npos || text.find(unnumbered) != std::string::npos;
    };
    bool found = false;
    for (const passages::Passage& passage : workspace_.document.passages)
      found = found || holds(passage.text) || holds(passage.heading);
    for (const passages::Passage& passage : workspace_.document.resolution)
      found = found || holds(passage.text);
    for (const passages::Division& division : workspace_.document.divisions)
      found = found || holds(division.text);
    EXPECT_TRUE(found) << quote.citation.str() << ": " << quote.text;
  }

  base::SourceMap sources_;
  base::Diagnostics diagnostics_;
  rules::Regulation regulation_;
  passages::Workspace workspace_;
};

// Read by hand in the text: articles 3.f and 3.g against the headings of part two; the heading of
// DS 1212 against the date it was issued.
TEST_F(OfficialTextChecks, ThreeNormsWithTwoDates) {
  const auto report = Run("fechas-distintas");
  EXPECT_THAT(Titles(report),
              ElementsAre("el texto da a DS1212 otra fecha que la declarada: 2015-05-01 (DS1212)",
                          "el texto da a DS25749 fechas distintas: 2000-04-20 (DS1212:unico.II, "
                          "RIP:3.f); 2000-04-24 (DS25749)",
                          "el texto da a DS26115 fechas distintas: 2001-03-16 (RIP:3.g); "
                          "2001-03-21 (DS26115)"));
  EXPECT_EQ(report.totals.planned, 24);
}

TEST_F(OfficialTextChecks, TheCredentialRulesNameOtherOrgans) {
  const auto report = Run("órgano-ajeno");
  EXPECT_THAT(report.findings, SizeIs(3));
  const base::Finding ministry = About(report, "RIP:CRED.I");
  EXPECT_THAT(ministry.title.es, HasSubstr("Ministerio de Trabajo, Empleo y Previsión Social"));
  // The copy put it in place of the entity in three of these.
  EXPECT_THAT(ministry.explanation.es, HasSubstr("DS26115:26.a.1, DS26115:65"));
  EXPECT_THAT(About(report, "RIP:AP1.II").title.es, HasSubstr("Unidad de Recursos Humanos"));
  EXPECT_THAT(Titles(report), testing::Contains(HasSubstr("Jefes Departamentales y Regionales")));
}

TEST_F(OfficialTextChecks, TheBirthLeaveIsPrintedAsItWas) {
  const auto report = Run("texto-superado");
  const base::Finding birth = About(report, "DS25749:20.d");
  EXPECT_EQ(birth.severity, base::FindingSeverity::Error);
  EXPECT_THAT(birth.title.es, HasSubstr("DS1212:unico.II"));
  EXPECT_EQ(About(report, "RIP:15.I").severity, base::FindingSeverity::Warning);
  EXPECT_EQ(About(report, "RIP:33.II.h").severity, base::FindingSeverity::Information);
  EXPECT_THAT(report.findings, SizeIs(3));
}

TEST_F(OfficialTextChecks, NumberingOfTheRegulationAndOfWhatItTranscribes) {
  const auto report = Run("numeración-con-salto");
  EXPECT_THAT(Titles(report),
              ElementsAre("las partes empiezan por «PARTE SEGUNDA»",
                          "los parágrafos de DS3164:2 pasan de «IV.» a «VI.»",
                          "parágrafo con número sin otro que lo siga: RIP:15.I, RIP:16.I",
                          "un solo título: «TÍTULO I GENERALIDADES» no tiene otro que lo siga"));
  EXPECT_EQ(About(report, "DS3164:2.VI").severity, base::FindingSeverity::Information);
}

// A paragraph that an amendment adds to an article cannot be in the text in force; the same one in
// the model of that text is a reference to what is not there, and so is a whole new article.
TEST_F(OfficialTextChecks, WhatAnAmendmentAddsIsNoBrokenReference) {
  const fs::path folder = fs::path(COTEJO_BINARY_DIR) / "referencias";
  fs::create_directories(folder);
  const std::string rip =
      fs::relative(fs::path(COTEJO_SOURCE_DIR) / "regulations" / "rip-2025", folder).string();
  const auto rule = [](const std::string& name, const std::string& cited) {
    return "regla " + name + " cita " + cited + " sobre conducta entonces sin sanción\n";
  };
  std::ofstream(folder / "nueva.norma.md")
      << "```norma\nusa \"" << rip << "\"\n"
      << rule("párrafo_nuevo", "RIP:45.VIII") << rule("artículo_nuevo", "RIP:154.I") << "```\n";
  const auto amended = rules::LoadRegulation(sources_, folder.string(), {}, diagnostics_);
  fs::remove_all(folder);
  ASSERT_TRUE(amended.rules);
  const std::string of_amendment =
      testing::PrintToString(Titles(Run("referencia-rota", *amended.rules, regulation_.files)));
  EXPECT_EQ(of_amendment.find("RIP:45.VIII"), std::string::npos) << of_amendment;
  EXPECT_NE(of_amendment.find("RIP:154.I"), std::string::npos) << of_amendment;
  const std::string in_force =
      testing::PrintToString(Titles(Run("referencia-rota", *amended.rules, amended.files)));
  EXPECT_NE(in_force.find("RIP:45.VIII"), std::string::npos) << in_force;
}

TEST_F(OfficialTextChecks, ReferencesTermsAndPassages) {
  EXPECT_THAT(Titles(Run("referencia-rota")),
              ElementsAre("DS20862:4 cita «Art. 1° del presente Decreto», que la transcripción no "
                          "trae"));
  ExpectSilent(Run("referencia-circular"));
  EXPECT_THAT(Titles(Run("término-sin-definir")),
              ElementsAre("«POAI» se usa y el texto nunca dice qué es",
                          "«RE-SAP» se usa y el texto nunca dice qué es"));
  ExpectSilent(Run("pasaje-cambiado"));
}

}  // namespace
}  // namespace cotejo::checks
