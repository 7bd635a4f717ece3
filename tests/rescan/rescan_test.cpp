// Rules asked of kept months, against the simulation of the same years.
#include "scenarios/rescan/rescan.h"

#include <gtest/gtest.h>
#include <hwy/highway.h>

#include <map>
#include <set>

#include "scenarios/rescan/scan.h"
#include "scenarios/year/tables.h"
#include "tests/simulation/other_entity.h"
#include "tests/simulation/setting_for_tests.h"

namespace cotejo::rescan {
namespace {

using year::Forecast;
using Input = year::RegulationInput;

class RescanTest : public year::RipTest {
 protected:
  // Far more of everything than any staff does: what is rare is met.
  void MakeWorse() {
    population::BehaviourClass& worst = population_.classes.back();
    worst.arrival = population::Discrete(
        {{-5, 0, 70, {}}, {1, 10, 20, {}}, {11, 40, 9, {1U << 30}}, {41, 200, 1, {1U << 30}}});
    for (population::SpellRate& spell : worst.absences) spell.per_year *= 3;
    for (population::SpellRate& spell : worst.post_absences) spell.per_year *= 6;
    for (std::size_t i = 0; i < population_.staff.behaviour.size(); i += 2)
      population_.staff.behaviour[i] = static_cast<std::uint16_t>(population_.classes.size() - 1);
  }

  Input Base() { return {"base", {"base", "base"}, regulation_.rules}; }

  // The RIP with some edits.
  Input Edited(const std::string& edits) {
    const std::string text = "```norma\nenmienda E \"E\" sobre RIP\n" + edits + "\n```\n";
    amendments_.push_back(std::make_unique<amendments::Amendment>(
        amendments::ParseAmendment(sources_, sources_.Add("e", text), diagnostics_)));
    base_.push_back(
        std::make_unique<rules::Program>(rules::BuildProgram(sources_, regulation_.files)));
    auto rules = rules::Resolve(sources_,
                                amendments::Apply(*base_.back(), *amendments_.back(), diagnostics_),
                                {}, diagnostics_);
    EXPECT_TRUE(rules && !diagnostics_.has_errors()) << year::Messages(sources_, diagnostics_);
    return {"e", {edits, edits}, rules};
  }

  // Another entity's regulation, with a piece of its text replaced.
  Input Other(const std::string& piece = "", const std::string& by = "") {
    std::string text = year::kOtherEntity;
    const std::size_t at = text.find(piece);
    EXPECT_NE(at, std::string::npos) << piece;
    text.replace(at, piece.size(), by);
    return {"o", {by, by}, FromText(text)};
  }

  year::Options Few(int gestion) {
    year::Options options;
    options.gestion = gestion;
    options.seed = 77;
    options.replications = 5;
    options.threads = 2;
    return options;
  }

  MonthFacts Kept(const Input& base, const year::Options& options) {
    return Kept(base, options, Run({base}, options));
  }

  MonthFacts Kept(const Input& base, const year::Options& options, const Forecast& forecast) {
    auto facts = Keep(base, population_, "people", options, forecast, diagnostics_);
    EXPECT_TRUE(facts) << year::Messages(sources_, diagnostics_);
    return facts ? std::move(*facts) : MonthFacts{};
  }

  // Codes of what was refused, and the words.
  std::string Refused(const MonthFacts& facts, const std::vector<Input>& inputs) {
    base::Diagnostics diagnostics;
    EXPECT_FALSE(Reapply(facts, inputs, population_, "people", diagnostics));
    std::string all;
    for (const base::Diagnostic& d : diagnostics.all()) all += d.code + ": " + d.message.es + "\n";
    return all;
  }

  // Of the steps of procedures, and of what each person is deducted in a month, nothing is kept.
  static Forecast WithoutProcedures(Forecast forecast) {
    for (std::size_t i = forecast.cells.size(); i-- > 0;) {
      if (forecast.cells[i].table != "trámites" &&
          !forecast.cells[i].key.starts_with("descuentos/sobre_el_tope/"))
        continue;
      const auto at = static_cast<std::ptrdiff_t>(i);
      forecast.cells.erase(forecast.cells.begin() + at);
      for (year::RegulationResult& result : forecast.regulations) {
        result.values.erase(result.values.begin() + at);
        result.statistics.erase(result.statistics.begin() + at);
        if (!result.difference.empty()) result.difference.erase(result.difference.begin() + at);
      }
    }
    return forecast;
  }

  // Every figure of every cell and replication, and what follows from them.
  static void ExpectSame(const Forecast& simulated, const Forecast& found) {
    const Forecast expected = WithoutProcedures(simulated);
    ASSERT_EQ(expected.cells.size(), found.cells.size());
    ASSERT_EQ(expected.regulations.size(), found.regulations.size());
    for (std::size_t k = 0; k < expected.regulations.size(); ++k) {
      SCOPED_TRACE(expected.regulations[k].title.es);
      for (std::size_t i = 0; i < expected.cells.size(); ++i) {
        ASSERT_EQ(expected.cells[i].key, found.cells[i].key);
        EXPECT_EQ(expected.cells[i].scale, found.cells[i].scale);
        EXPECT_EQ(expected.regulations[k].values[i], found.regulations[k].values[i])
            << expected.cells[i].key;
        EXPECT_EQ(expected.regulations[k].statistics[i].ci_low,
                  found.regulations[k].statistics[i].ci_low);
        if (k > 0) {
          EXPECT_EQ(expected.regulations[k].difference[i].mean,
                    found.regulations[k].difference[i].mean);
        }
      }
    }
    for (std::size_t s = 0; s < expected.series.size(); ++s) {
      EXPECT_EQ(expected.series[s].base, found.series[s].base);
      EXPECT_EQ(expected.series[s].amended, found.series[s].amended) << expected.series[s].key;
    }
  }

  // Kept under the first and asked of the rest; how many cells the rest change.
  std::size_t ExpectAsSimulated(const std::vector<Input>& inputs, const year::Options& options) {
    const MonthFacts facts = Kept(inputs.front(), options);
    const Forecast simulated = Run(inputs, options);
    const auto found = Reapply(facts, inputs, population_, "people", diagnostics_);
    EXPECT_TRUE(found) << year::Messages(sources_, diagnostics_);
    if (!found) return 0;
    ExpectSame(simulated, *found);
    std::set<std::string> changed;
    for (std::size_t k = 1; k < inputs.size(); ++k) {
      const std::size_t before = changed.size();
      for (std::size_t i = 0; i < found->cells.size(); ++i) {
        if (found->regulations[0].values[i] != found->regulations[k].values[i])
          changed.insert(std::to_string(k) + found->cells[i].key);
      }
      EXPECT_GT(changed.size(), before) << inputs[k].title.es;
    }
    return changed.size();
  }
};

const std::string kScale = R"(sustituye escala atraso_mensual cita RIP:45.I sobre atraso por mes
  según minutos_de_atraso falta leve política única
)";
const std::string kOldRows = R"(  | 1 .. 30   | sin sanción       |
  | 31 .. 45  | descuento 1/2 día |
  | 46 .. 60  | descuento 1 día   |
)";
const std::string kLastRow =
    R"(  | 121 ..    | descuento 4 días  | cuando vez_de_atraso_extremo = 1)";

// A row's limits (with a gap and with two rows at once), a row's amount, a row less, all other
// rows, one consequence for another, what a measure over the gestión decides, other articles.
const std::vector<std::string> kEdits = {
    kScale + kOldRows + R"(  | 64 .. 90  | descuento 2 días  |
  | 88 .. 120 | descuento 3 días  |
)" + kLastRow,
    kScale + kOldRows + R"(  | 61 .. 90  | descuento 5/7 día |
  | 91 .. 120 | descuento 3 días  |
)" + kLastRow,
    kScale + kOldRows + R"(  | 91 .. 120 | descuento 3 días  |
)" + kLastRow,
    kScale + R"(  | 1 .. 10   | sin sanción          |
  | 11 .. 20  | amonestación verbal  |
  | 21 .. 80  | descuento 1/4 día    |
  | 81 .. 200 | proceso, descuento 2 días |
  | 201 ..    | descuento 8 días     | cuando vez_de_atraso_extremo <= 2)",
    kScale + kOldRows + R"(  | 61 .. 90  | descuento 2 días  |
  | 91 .. 120 | proceso, destitución |
)" + kLastRow,
    R"(sustituye escala ausencia_mensual cita RIP:45.II sobre ausencia_injustificada por mes
  según días_de_ausencia falta leve
  | 1/2 | descuento 1/2 día |
  | 1   | descuento 2 días  |)",
    "deroga abandono_por_días_consecutivos",
    R"(agrega regla aviso_de_atraso cita RIP:51.IV sobre atraso por mes
  cuando minutos_de_atraso >= 20 salvo minutos_de_atraso > 100
  entonces amonestación escrita)",
    R"(agrega regla otra cita RIP:48.3 sobre inasistencia_injustificada por mes
  cuando días_de_inasistencia >= 1 entonces descuento 1 día)",
    // A row less, and in its place a duty, which closes no gap.
    R"(sustituye escala inasistencia_mensual cita RIP:45.II sobre inasistencia_injustificada por mes
  según días_de_inasistencia falta leve
  | 1   | descuento 2 días  |
agrega regla anotación cita RIP:45.II sobre inasistencia_injustificada por mes
  entonces obligación UDITH "anotar la inasistencia")",
};

TEST_F(RescanTest, EachAmendmentGivesWhatSimulatingGives) {
  MakeWorse();
  population_.turnover.reset();
  std::vector<Input> inputs = {Base()};
  for (const std::string& edit : kEdits) inputs.push_back(Edited(edit));
  EXPECT_GT(ExpectAsSimulated(inputs, Few(2026)), 40U);
}

// People come and go: each counts for the months that ended in their time. What changes whom the
// text removes is refused: others would come in their place.
TEST_F(RescanTest, TheSameWhereSeveralPeopleHoldAPost) {
  MakeWorse();
  ASSERT_TRUE(population_.turnover && population_.turnover->removal);
  const MonthFacts facts = Kept(Base(), Few(2026));
  EXPECT_GT(facts.stays.size(), 100U);
  std::set<std::size_t> refused;
  for (std::size_t i = 0; i < kEdits.size(); ++i) {
    SCOPED_TRACE(kEdits[i]);
    const std::vector<Input> inputs = {Base(), Edited(kEdits[i])};
    base::Diagnostics diagnostics;
    const auto found = Reapply(facts, inputs, population_, "people", diagnostics);
    if (found) {
      ExpectSame(Run(inputs, Few(2026)), *found);
      continue;
    }
    refused.insert(i);
    EXPECT_NE(diagnostics.all().front().message.es.find("quién ocupa el puesto"), std::string::npos)
        << diagnostics.all().front().message.es;
  }
  EXPECT_TRUE(refused.contains(4) && refused.contains(6));
  EXPECT_LE(refused.size(), 4U);
}

// Whoever left on the tenth was judged by what was in force then, and here a month has one day.
TEST_F(RescanTest, WhatChangesInTheMiddleOfAMonthIsRefusedWhereSomebodyLeftInIt) {
  MakeWorse();
  const auto from = [](const char* date) {
    return "agrega parámetro días_de_prueba cita RIP:45.I desde 2025-01-01 = 1 día, desde " +
           std::string(date) +
           " = 2 días\n"
           "sustituye escala ausencia_mensual cita RIP:45.II sobre ausencia_injustificada por mes\n"
           "  según días_de_ausencia falta leve\n"
           "  | 1/2 | descuento días_de_prueba |\n"
           "  | 1   | descuento 2 días         |";
  };
  const MonthFacts facts = Kept(Base(), Few(2026));
  const auto closed = std::count_if(facts.stays.begin(), facts.stays.end(),
                                    [](const Stay& stay) { return !stay.closing.empty(); });
  EXPECT_GT(closed, 50);
  const std::string found = Refused(facts, {Base(), Edited(from("2026-06-15"))});
  EXPECT_NE(found.find("cambia a mitad de un mes"), std::string::npos) << found;
  ExpectAsSimulated({Base(), Edited(from("2026-06-01"))}, Few(2026));
  population_.turnover.reset();
  ExpectAsSimulated({Base(), Edited(from("2026-06-15"))}, Few(2026));
}

// Months that everybody is away for a part of, and an examination on one date, without its form,
// that counts as an absence of half a day.
TEST_F(RescanTest, TheSameWhenThingsHaveADateOrLastMonths) {
  MakeWorse();
  const auto named = [](const char* field, const char* value) {
    population::AttributeValue given;
    given.attribute = field;
    given.name = value;
    return given;
  };
  population::AttributeValue no;
  no.attribute = "formulario_presentado";
  no.kind = population::AttributeValue::Kind::Boolean;
  population::Occurrence exam;
  exam.name = "examen";
  exam.kind = "examen_preventivo";
  exam.reached = {std::uint64_t{1} << 31};
  exam.away = population::Discrete({{0, 0, 1, {}}});
  exam.variants.push_back({1, {named("examen", "colon"), no}});
  exam.variant = population::Discrete({{0, 0, 1, {}}});
  population::Occurrence trip = exam;
  exam.dates = {{2026, 6, 10}};
  exam.in_shift = true;
  trip.kind = "beca_estatal";
  trip.follows = {population_.occurrences.size(), population::Discrete({{9, 80, 1, {}}})};
  trip.months = population::Discrete({{1, 4, 1, {}}});
  trip.counted = "meses";
  trip.counts_months = true;
  trip.variants = {{1, {named("modalidad", "estudios")}}};
  const Forecast before = Run({Base()}, Few(2026));
  population_.occurrences.push_back(exam);
  population_.occurrences.push_back(trip);
  const std::vector<Input> inputs = {Base(), Edited(kEdits[1]), Edited(kEdits[5])};
  EXPECT_GT(ExpectAsSimulated(inputs, Few(2026)), 5U);
  const Forecast after = Run({Base()}, Few(2026));
  EXPECT_NE(before.regulations[0].values, after.regulations[0].values);
}

// Those who use what the text gives them in the year live it again until it is what they use.
TEST_F(RescanTest, TheSameWhereWhatIsAcquiredIsUsed) {
  MakeWorse();
  const Forecast before = Run({Base()}, Few(2026));
  population_.vacation.acquired = population::Discrete({{80, 100, 1, {}}});
  const std::vector<Input> inputs = {Base(), Edited(kEdits[1]), Edited(kEdits[5])};
  EXPECT_GT(ExpectAsSimulated(inputs, Few(2026)), 5U);
  EXPECT_NE(before.regulations[0].values, Run({Base()}, Few(2026)).regulations[0].values);
}

TEST_F(RescanTest, TheSameForAnotherEntity) {
  MakeWorse();
  std::vector<Input> inputs = {
      Other(),
      Other("| 20 ..  | descuento 1/4 día   |", "| 25 ..  | descuento 1/3 día   |"),
      Other("| 12 .. 15 | amonestación escrita |", ""),
      Other("cuando racha_de_faltas >= 2 entonces descuento 3 días, proceso",
            "cuando racha_de_faltas >= 1 entonces descuento 2 días"),
      Other("regla falta cita OTRA:7 sobre inasistencia_injustificada por mes\n"
            "  entonces descuento 1 día",
            ""),
  };
  ExpectAsSimulated(inputs, Few(2025));
}

TEST_F(RescanTest, AnAmendmentThatChangesNothingDiffersByExactlyZero) {
  const Input null{"nula", {"nula", "null"}, Amended("enmienda-nula.enmienda.norma.md")};
  const MonthFacts facts = Kept(Base(), Few(2026));
  const auto found = Reapply(facts, {Base(), null}, population_, "people", diagnostics_);
  ASSERT_TRUE(found) << year::Messages(sources_, diagnostics_);
  EXPECT_EQ(found->regulations[0].values, found->regulations[1].values);
  ExpectSame(Run({Base(), null}, Few(2026)), *found);
}

// Kept beside an amendment that counts days in sevenths.
TEST_F(RescanTest, WhatNothingLooksAtIsTold) {
  const std::vector<Input> inputs = {
      Base(), Edited("agrega regla anotación cita RIP:41.III sobre inasistencia_injustificada por "
                     "mes\n  entonces obligación UDITH \"anotar la inasistencia\"")};
  const MonthFacts facts = Kept(inputs.front(), Few(2026));
  const auto found = Reapply(facts, inputs, population_, "people", diagnostics_);
  ASSERT_TRUE(found);
  const std::string told = found->regulations[1].unseen.es;
  EXPECT_NE(told.find("RIP:41.III"), std::string::npos) << told;
  EXPECT_EQ(told, Run(inputs, Few(2026)).regulations[1].unseen.es);
  EXPECT_EQ(found->assumptions.front().es, told);
}

TEST_F(RescanTest, TheForecastThatIsKeptMayHaveAmendments) {
  MakeWorse();
  const std::vector<Input> inputs = {Base(), Edited(kEdits[5])};
  const MonthFacts facts = Kept(Base(), Few(2026), Run({Base(), Edited(kEdits[1])}, Few(2026)));
  const auto found = Reapply(facts, inputs, population_, "people", diagnostics_);
  ASSERT_TRUE(found) << year::Messages(sources_, diagnostics_);
  ExpectSame(Run(inputs, Few(2026)), *found);
}

TEST_F(RescanTest, RefusesPeopleWhoAnswerToSanctions) {
  const Forecast forecast = Run({Base()}, Few(2026));
  const MonthFacts facts = Kept(Base(), Few(2026), forecast);
  population_.deterrence = population::Deterrence{};
  base::Diagnostics diagnostics;
  EXPECT_FALSE(Keep(Base(), population_, "people", Few(2026), forecast, diagnostics));
  EXPECT_FALSE(Reapply(facts, {Base(), Edited(kEdits[0])}, population_, "people", diagnostics));
  ASSERT_EQ(diagnostics.all().size(), 2U);
  EXPECT_EQ(diagnostics.all().front().code, "hechos-no-guardados");
  EXPECT_EQ(diagnostics.all().back().code, "reaplicar-no-admite");
  for (const base::Diagnostic& d : diagnostics.all())
    EXPECT_NE(d.message.es.find("«[disuasion]»"), std::string::npos) << d.message.es;
}

TEST_F(RescanTest, RefusesToKeepWhatItCannotPair) {
  const Forecast forecast = Run({Base()}, Few(2026));
  const auto refuses = [&](const Forecast& other, const std::string& words) {
    base::Diagnostics diagnostics;
    EXPECT_FALSE(Keep(Base(), population_, "people", Few(2026), other, diagnostics));
    ASSERT_EQ(diagnostics.all().size(), 1U);
    EXPECT_EQ(diagnostics.all().front().code, "hechos-no-guardados");
    EXPECT_NE(diagnostics.all().front().message.es.find(words), std::string::npos);
  };
  Forecast other = forecast;
  other.draws = 2;
  refuses(other, "sorteos");
  other = forecast;
  other.replications = 3;
  refuses(other, "réplicas pedidas");
  other = forecast;
  other.regulations.front().values.front().clear();
  refuses(other, "demasiadas réplicas");
}

TEST_F(RescanTest, EveryInstructionSetGivesTheSame) {
  MakeWorse();
  population_.turnover.reset();
  const std::vector<Input> inputs = {Base(), Edited(kEdits[3])};
  const MonthFacts facts = Kept(inputs.front(), Few(2026));
  const auto usual = Reapply(facts, inputs, population_, "people", diagnostics_);
  ASSERT_TRUE(usual);
  std::set<std::string> engines;
  for (const auto target : hwy::SupportedAndGeneratedTargets()) {
    hwy::SetSupportedTargetsForTest(target);
    hwy::GetChosenTarget().Update(hwy::SupportedTargets());
    const auto other = Reapply(facts, inputs, population_, "people", diagnostics_);
    ASSERT_TRUE(other);
    engines.insert(other->engine);
    ExpectSame(*usual, *other);
  }
  hwy::SetSupportedTargetsForTest(0);
  hwy::GetChosenTarget().Update(hwy::SupportedTargets());
  EXPECT_GE(engines.size(), 2U);
}

// Codes of one byte and of two, everywhere in their range, and rows past the staff.
TEST(RescanScan, EveryInstructionSetCountsAndAddsAsOneByOne) {
  constexpr std::size_t kRows = 3 * kRowStep;
  std::vector<std::uint8_t> codes(2 * kRows);
  std::vector<std::int32_t> amounts(kRows);
  std::uint32_t draw = 1;
  for (std::uint8_t& code : codes)
    code = static_cast<std::uint8_t>((draw = draw * 69069 + 1) >> 24);
  for (std::int32_t& amount : amounts)
    amount = static_cast<std::int32_t>((draw = draw * 69069 + 1)) % MostOf(kRows);
  for (const auto target : hwy::SupportedAndGeneratedTargets()) {
    hwy::SetSupportedTargetsForTest(target);
    hwy::GetChosenTarget().Update(hwy::SupportedTargets());
    SCOPED_TRACE(ScanEngine());
    for (const bool wide : {false, true}) {
      for (const auto& [low, high] : std::vector<std::pair<int, int>>{{0, 0},
                                                                      {1, 255},
                                                                      {100, 127},
                                                                      {128, 129},
                                                                      {255, 255},
                                                                      {250, 40000},
                                                                      {32767, 32768},
                                                                      {65535, 65535}}) {
        if (!wide && high > 255) continue;
        const Block block{codes.data(), wide, kRows, static_cast<std::uint16_t>(low),
                          static_cast<std::uint16_t>(high)};
        Counted expected;
        std::vector<std::int32_t> expected_marks(kRows, 5);
        for (std::size_t row = 0; row < kRows; ++row) {
          const int code = wide ? codes[2 * row] + 256 * codes[2 * row + 1] : codes[row];
          if (code < low || code > high) continue;
          ++expected.count;
          expected.amount += amounts[row];
          expected_marks[row] -= 3;
        }
        EXPECT_EQ(Count(block), expected.count) << low << " " << high;
        const Counted found = CountAndAdd(block, amounts.data());
        EXPECT_EQ(found.count, expected.count);
        EXPECT_EQ(found.amount, expected.amount);
        std::vector<std::int32_t> marks(kRows, 5);
        Mark(block, -3, marks.data());
        EXPECT_EQ(marks, expected_marks);
      }
    }
  }
  hwy::SetSupportedTargetsForTest(0);
  hwy::GetChosenTarget().Update(hwy::SupportedTargets());
}

TEST_F(RescanTest, WhatIsKeptDoesNotDependOnThreads) {
  year::Options options = Few(2026);
  const std::string two = Write(Kept(Base(), options));
  options.threads = 5;
  EXPECT_EQ(two, Write(Kept(Base(), options)));
}

TEST_F(RescanTest, SomeTensOfBytesAYear) {
  year::Options options = Few(2026);
  options.replications = 20;
  const MonthFacts facts = Kept(Base(), options);
  std::size_t bytes = 0;
  for (const Column& column : facts.columns) bytes += column.codes.size();
  for (const auto& standing : facts.standings) bytes += 2 * standing.size();
  EXPECT_LE(bytes / (facts.staff * 20), 90U);
}

// What cannot be told is refused by name.
TEST_F(RescanTest, RefusesWhatItCannotTell) {
  const MonthFacts facts = Kept(Base(), Few(2026));
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"sustituye parámetro umbral_de_atraso_extremo cita RIP:46.IV.1 = 100 minutos",
       "atraso_extremo"},
      {"sustituye parámetro descuento_de_falta_grave cita RIP:46.III = 3 días", "no juzga un mes"},
      {"deroga atraso_mensual", "los huecos posibles"},
      {"sustituye parámetro divisor_del_haber cita RIP:47.I = 24", "la paga de un día"},
      {"agrega regla otra cita RIP:48.3 sobre inasistencia_injustificada por mes\n"
       "  cuando sexo = mujer entonces descuento 1 día",
       "«otra» mira el dato «sexo»"},
      {"agrega medida veces_de_omisión por mes cita RIP:45.III = cuenta(omisión)\n"
       "agrega regla otra cita RIP:48.3 sobre inasistencia_injustificada por mes\n"
       "  cuando veces_de_omisión > 1 entonces descuento 1 día",
       "«otra» mira «veces_de_omisión»"},
      {"agrega regla otra cita RIP:48.3 sobre inasistencia_injustificada por mes\n"
       "  entonces descuento días_de_inasistencia",
       "«otra» impone una cantidad que no es fija"},
      {"agrega regla otra cita RIP:48.3 sobre inasistencia_injustificada por mes\n"
       "  entonces derecho refrigerio 1 día",
       "«otra» da un derecho"},
      {"agrega regla otra cita RIP:48.3 sobre llegada por mes entonces amonestación verbal",
       "«otra» juzga «llegada» por mes"},
  };
  for (const auto& [edit, words] : cases) {
    const std::string found = Refused(facts, {Base(), Edited(edit)});
    EXPECT_NE(found.find("reaplicar-no-admite"), std::string::npos) << edit;
    EXPECT_NE(found.find(words), std::string::npos) << edit << "\n" << found;
  }
}

TEST_F(RescanTest, RefusesWhatSanctionsWouldChange) {
  const std::string sees = "entonces derecho refrigerio 1 día";
  const Input base = Other("entonces prohibición UDITH \"descontar más\"", sees);
  std::string text = year::kOtherEntity;
  text.replace(text.find("entonces prohibición UDITH \"descontar más\""),
               std::string("entonces prohibición UDITH \"descontar más\"").size(), sees);
  text.replace(text.find("| 20 .. "), 8, "| 25 .. ");
  const Input amended{"o", {"o", "o"}, FromText(text)};
  const std::string found = Refused(Kept(base, Few(2025)), {base, amended});
  EXPECT_NE(found.find("«tope» mira las sanciones"), std::string::npos) << found;
}

TEST_F(RescanTest, RefusesFactsOfSomethingElse) {
  const MonthFacts facts = Kept(Base(), Few(2026));
  const Input other = Edited(kEdits[0]);
  EXPECT_NE(Refused(facts, {other, Base()}).find("hechos-ajenos"), std::string::npos);
  base::Diagnostics diagnostics;
  EXPECT_FALSE(Reapply(facts, {Base(), other}, population_, "other people", diagnostics));
  EXPECT_EQ(diagnostics.all().front().code, "hechos-ajenos");
}

TEST_F(RescanTest, AFileIsReadAsItWasWrittenOrNotAtAll) {
  const std::string bytes = Write(Kept(Base(), Few(2026)));
  base::Diagnostics diagnostics;
  const auto read = Read("f", bytes, diagnostics);
  ASSERT_TRUE(read);
  EXPECT_EQ(Write(*read), bytes);
  const std::vector<Input> inputs = {Base(), Edited(kEdits[3])};
  const auto found = Reapply(*read, inputs, population_, "people", diagnostics);
  ASSERT_TRUE(found);
  ExpectSame(Run(inputs, Few(2026)), *found);

  const auto refuses = [&](const std::string& broken, const std::string& words) {
    base::Diagnostics problems;
    EXPECT_FALSE(Read("f", broken, problems));
    ASSERT_EQ(problems.all().size(), 1U);
    EXPECT_EQ(problems.all().front().code, "hechos-ilegibles");
    EXPECT_NE(problems.all().front().message.es.find(words), std::string::npos)
        << problems.all().front().message.es;
  };
  refuses(bytes.substr(0, bytes.size() - 1), "cortado o alterado");
  refuses(bytes.substr(0, 30), "cortado o alterado");
  refuses(bytes + "x", "cortado o alterado");
  std::string altered = bytes;
  altered[bytes.size() / 2] = static_cast<char>(altered[bytes.size() / 2] ^ 1);
  refuses(altered, "cortado o alterado");
  std::string later = bytes;
  later[later.find('5')] = '9';
  refuses(later, "otra versión");
  refuses("no es esto", "no es un archivo de hechos guardados");
  refuses("", "no es un archivo de hechos guardados");
}

}  // namespace
}  // namespace cotejo::rescan
