// What an amendment changes and no table looks at is said to be so: figures that do not differ are
// not to be taken for an amendment that does nothing.
#include "scenarios/year/unseen.h"

#include "tests/simulation/setting_for_tests.h"

namespace cotejo::year {
namespace {

// Leave to marry, of which nothing is counted by the text but by the days that people ask for.
constexpr const char* kLeave = "sustituye parámetro días_por_matrimonio cita LEY2027:48.b = 6 días";
constexpr const char* kTolerance =
    "sustituye parámetro tolerancia_de_ingreso cita RIP:22.V = 10 minutos";

class UnseenTest : public RipTest {
 protected:
  std::shared_ptr<const rules::Ruleset> Edited(const std::string& norm, const std::string& edits) {
    const std::string text = "```norma\nenmienda E \"E\" sobre " + norm + "\n" + edits + "\n```\n";
    amendments_.push_back(std::make_unique<amendments::Amendment>(
        amendments::ParseAmendment(sources_, sources_.Add("e", text), diagnostics_)));
    rules::Program program = rules::BuildProgram(sources_, regulation_.files);
    program = amendments::Apply(program, *amendments_.back(), diagnostics_);
    auto rules = rules::Resolve(sources_, program, {}, diagnostics_);
    EXPECT_TRUE(rules && !diagnostics_.has_errors()) << Messages(sources_, diagnostics_);
    return rules;
  }
  std::string Said(const std::shared_ptr<const rules::Ruleset>& amended) {
    const auto setting =
        Prepare({regulation_.rules.get(), amended.get()}, population_, 2026, diagnostics_);
    EXPECT_TRUE(setting) << Messages(sources_, diagnostics_);
    return setting ? Unseen(*setting, population_.names, 1, {"E", "E"}).es : "";
  }
};

TEST_F(UnseenTest, ARightThatNoTableCountsIsTold) {
  const auto amended = Edited("LEY2027", kLeave);
  const std::string said = Said(amended);
  EXPECT_NE(said.find("no mira nada de lo que cambia la enmienda «E» (DS25749:20.b, LEY2027:48.b)"),
            std::string::npos)
      << said;
  EXPECT_NE(said.find("los dice la población"), std::string::npos) << said;
}

TEST_F(UnseenTest, AndItsFiguresDoNotDiffer) {
  Options options;
  options.gestion = 2026;
  options.replications = 8;
  const Forecast forecast = Run(
      {{"base", {"base", "base"}, regulation_.rules}, {"e", {"E", "E"}, Edited("LEY2027", kLeave)}},
      options);
  ASSERT_EQ(forecast.regulations.size(), 2U);
  for (std::size_t i = 0; i < forecast.cells.size(); ++i)
    EXPECT_EQ(forecast.regulations[0].values[i], forecast.regulations[1].values[i])
        << forecast.cells[i].key;
  EXPECT_TRUE(forecast.regulations[0].unseen.empty());
  ASSERT_FALSE(forecast.regulations[1].unseen.empty());
  EXPECT_EQ(forecast.assumptions.front().es, forecast.regulations[1].unseen.es);
}

TEST_F(UnseenTest, WhatIsLookedAtIsNotTold) {
  EXPECT_EQ(Said(Edited("RIP", kTolerance)), "");
  EXPECT_EQ(Said(Edited("RIP",
                        "sustituye parámetro descuento_de_falta_grave cita RIP:46.III = 3 "
                        "días")),
            "");
  EXPECT_EQ(Said(Edited("LEY1178", "sustituye parámetro tope_de_multa cita LEY1178:29 = 10 %")),
            "");
  EXPECT_EQ(Said(Edited("LEY2027",
                        "sustituye parámetro días_de_vacación_1 cita LEY2027:49.I.1 = "
                        "18 días")),
            "");
  EXPECT_EQ(Said(Edited("DS4513", "sustituye parámetro refrigerio_diario cita DS4513 = 20 Bs")),
            "");
}

// The population does not say how often anybody does what a new article punishes, nor commits the
// one conduct of article 49: that its figures are zero is not because of the text.
TEST_F(UnseenTest, WhatHappensToNobodyIsTold) {
  const std::string misuse =
      Said(Edited("RIP",
                  "agrega hecho uso_indebido en día\n"
                  "agrega regla uso_indebido_sancionado cita RIP:54 sobre uso_indebido entonces "
                  "descuento 2 días"));
  EXPECT_TRUE(misuse.starts_with("a nadie de esta población le ocurre lo que juzga RIP:54:"))
      << misuse;
  const std::string racism =
      Said(Edited("RIP",
                  "sustituye escala falta_por_racismo cita RIP:49 sobre conducta según "
                  "comisión_de_la_conducta\n"
                  "  | 1 .. | proceso, destitución | cuando inciso = RIP:49.I.a falta gravísima "
                  "cita RIP:49.I.a\n"));
  EXPECT_NE(racism.find("lo que juzga RIP:49.I.a"), std::string::npos) << racism;
  // 46.IV.1 is no conduct that the population gives: the regulation makes it of lateness.
  EXPECT_EQ(Said(Edited("RIP",
                        "agrega regla atraso_grave_más cita RIP:46.IV sobre conducta cuando "
                        "inciso = RIP:46.IV.1 entonces amonestación escrita")),
            "");
}

TEST_F(UnseenTest, OfBothThePartIsTold) {
  const std::string said =
      Said(Edited("RIP", std::string(kTolerance) +
                             "\nsustituye regla notificación_de_atrasos cita RIP:51.II sobre "
                             "cierre_de_mes cuando minutos_de_atraso > minutos_que_se_notifican "
                             "entonces obligación UDITH \"notificar\" en 24 horas"));
  EXPECT_NE(said.find("no mira una parte (RIP:51.II)"), std::string::npos) << said;
  EXPECT_EQ(said.find("los dice la población"), std::string::npos) << said;
}

// Bs, not days: nobody has to change a population for them.
TEST_F(UnseenTest, MoneyThatNoTableCountsIsTold) {
  const std::string said = Said(Edited("INCAPACIDAD",
                                       "sustituye parámetro subsidio_por_enfermedad cita "
                                       "INCAPACIDAD = 80 %"));
  EXPECT_NE(said.find("no mira nada de lo que cambia la enmienda «E» (INCAPACIDAD)"),
            std::string::npos)
      << said;
  EXPECT_EQ(said.find("los dice la población"), std::string::npos) << said;
}

TEST_F(UnseenTest, AnAmendmentThatChangesNothingHasNothingToTell) {
  EXPECT_EQ(Said(Amended("enmienda-nula.enmienda.norma.md")), "");
}

}  // namespace
}  // namespace cotejo::year
