// Regulations judged together, each only where it differs from the first, against each of them
// judged alone.
#include <map>
#include <set>

#include "scenarios/year/tables.h"
#include "tests/simulation/other_entity.h"
#include "tests/simulation/setting_for_tests.h"

namespace cotejo::year {
namespace {

using Input = RegulationInput;

// Everything is many times slower under the sanitizers: there one in so many is tried.
#ifdef COTEJO_SANITIZED
constexpr std::size_t kEach = 6;
#else
constexpr std::size_t kEach = 1;
#endif

class RevisionTest : public RipTest {
 protected:
  // Far more of everything than any staff does: what is rare is met.
  void MakeWorse() {
    population::BehaviourClass& worst = population_.classes.back();
    worst.arrival = population::Discrete(
        {{-5, 0, 70, {}}, {1, 10, 20, {}}, {11, 40, 9, {1U << 30}}, {41, 200, 1, {1U << 30}}});
    worst.conduct_factor = 40;
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
    EXPECT_TRUE(rules && !diagnostics_.has_errors()) << Messages(sources_, diagnostics_);
    return {"e", {edits, edits}, rules};
  }

  // Another entity's regulation, with some pieces of its text replaced.
  using Piece = std::pair<std::string, std::string>;
  Input Other(const std::vector<Piece>& pieces = {}) {
    std::string text = kOtherEntity;
    for (const auto& [piece, by] : pieces) {
      const std::size_t at = text.find(piece);
      EXPECT_NE(at, std::string::npos) << piece;
      text.replace(at, piece.size(), by);
    }
    const std::string title = pieces.empty() ? "o" : pieces.back().second;
    return {"o", {title, title}, FromText(text)};
  }

  Forecast Live(const std::vector<Input>& inputs, int gestion) {
    Options options;
    options.gestion = gestion;
    options.seed = 77;
    options.replications = 6;
    options.threads = 2;
    return Run(inputs, options);
  }

  // Each of the regulations has in each cell what it has when it is judged alone.
  void ExpectAsAlone(const std::vector<Input>& inputs, int gestion) {
    const Forecast together = Live(inputs, gestion);
    for (std::size_t k = 0; k < inputs.size(); ++k) {
      SCOPED_TRACE(inputs[k].title.es);
      const Forecast alone = Live({inputs[k]}, gestion);
      std::map<std::string, std::size_t> cells;
      for (std::size_t i = 0; i < alone.cells.size(); ++i) cells[alone.cells[i].key] = i;
      for (std::size_t i = 0; i < together.cells.size(); ++i) {
        const Cell& cell = together.cells[i];
        const auto found = cells.find(cell.key);
        for (std::size_t r = 0; r < 6; ++r) {
          const std::int64_t value = together.regulations[k].values[i][r];
          if (found == cells.end()) {
            EXPECT_EQ(value, 0) << cell.key;
            continue;
          }
          // Days are in parts of the denominator that all of them need.
          EXPECT_EQ(value * alone.cells[found->second].scale,
                    alone.regulations[0].values[found->second][r] * cell.scale)
              << cell.key;
        }
        if (found != cells.end()) cells.erase(found);
      }
      EXPECT_TRUE(cells.empty()) << cells.begin()->first;
      for (std::size_t s = 0; s < together.series.size(); ++s)
        EXPECT_EQ(k == 0 ? together.series[s].base : together.series[s].amended[k - 1],
                  alone.series[s].base);
    }
  }

  void Deter() { population_.deterrence = population::Deterrence{3, {0.7, 0.5, 0, 0.5, 0.6}}; }

  // How each person-year of a revision came out.
  std::map<Difference, int> Differences(const Input& base, const Input& amended, int gestion) {
    std::map<Difference, int> seen;
    const auto setting =
        Prepare({base.rules.get(), amended.rules.get()}, population_, gestion, diagnostics_);
    if (!setting) {
      ADD_FAILURE() << Messages(sources_, diagnostics_);
      return seen;
    }
    Behavior behavior(population_, setting->eligibility, setting->year, setting->shifts, 3);
    Evaluator evaluator(setting->plans[0].plan, setting->agendas[0], setting->year);
    Order order(setting->plans[1].plan, &setting->revisions[1].own_qualification);
    Patch patch;
    for (std::size_t person = 0; person < population_.staff.size(); ++person) {
      Feed(setting->plans[0], person,
           behavior.Live(person, *setting->work[person], 0, setting->notices_from), evaluator);
      evaluator.Run();
      ++seen[evaluator.Compare(setting->revisions[1], setting->plans[1], order, patch)];
    }
    return seen;
  }
};

// A row, its consequence, a threshold of rules and of qualifications, an amount, a rule taken
// away or added, what arrivals mean, what fills a gap, what is counted, a right.
const std::vector<std::string> kEdits = {
    R"(sustituye escala atraso_mensual cita RIP:45.I sobre atraso por mes
  según minutos_de_atraso falta leve política única
  | 1 .. 30   | sin sanción       |
  | 31 .. 45  | descuento 1/2 día |
  | 46 .. 55  | descuento 1 día   |
  | 61 .. 90  | descuento 1 día   |
  | 91 .. 120 | descuento 3 días  |
  | 121 ..    | descuento 4 días  | cuando vez_de_atraso_extremo = 1)",
    "sustituye parámetro descuento_de_falta_grave cita RIP:46.III = 3 días",
    "sustituye parámetro umbral_de_atraso_extremo cita RIP:46.IV.1 = 100 minutos",
    "sustituye parámetro corte_de_inasistencia cita RIP:45.II = 33 minutos",
    "sustituye parámetro tolerancia_de_ingreso cita RIP:22.V = 2 minutos",
    "deroga abandono_por_días_consecutivos",
    "deroga atraso_mensual",
    R"(agrega regla otra cita RIP:48.3 sobre inasistencia_injustificada por mes
  cuando días_de_inasistencia >= 1 entonces descuento 1 día)",
    R"(sustituye regla inasistencia_de_dos_días_continuos cita RIP:46.IV.2
  sobre inasistencia_injustificada por mes falta grave
  cuando racha_de_inasistencia = 2 entonces descuento 3 días
  establece conducta con inciso = RIP:46.IV.2)",
    "sustituye medida omisiones_del_mes por mes cita RIP:45.III = cuenta(omisión)",
    R"(sustituye regla vacación_ganada cita RIP:33.II.a sobre cierre_de_gestión
  entonces derecho vacación_ganada 3 días)",
    R"(sustituye regla días_de_refrigerio cita RIP:38.II sobre cierre_de_mes
  cuando días_de_vacación_usados < 2 entonces derecho refrigerio días_hábiles_del_mes)",
    "sustituye parámetro divisor_del_haber cita RIP:47.I = 24",
};

TEST_F(RevisionTest, EachAmendmentGivesWhatItGivesAlone) {
  MakeWorse();
  std::vector<Input> inputs = {Base()};
  for (std::size_t i = 0; i < kEdits.size(); i += kEach) inputs.push_back(Edited(kEdits[i]));
  inputs.push_back({"nula", {"nula", "null"}, Amended("enmienda-nula.enmienda.norma.md")});
  ExpectAsAlone(inputs, 2026);
}

// With a response to sanctions an amendment shares the text in force's year only where it says
// the same of it.
TEST_F(RevisionTest, TheSameWhenPeopleAnswerToSanctions) {
  MakeWorse();
  Deter();
  std::vector<Input> inputs = {Base()};
  for (std::size_t i = 0; i < kEdits.size(); i += 4 * kEach) inputs.push_back(Edited(kEdits[i]));
  inputs.push_back({"nula", {"nula", "null"}, Amended("enmienda-nula.enmienda.norma.md")});
  ExpectAsAlone(inputs, 2026);
}

// `primera`, `acumula`, priorities, and amounts that follow from what is deducted.
TEST_F(RevisionTest, TheSameForAnotherEntity) {
  MakeWorse();
  const std::vector<Piece> pieces = {
      {"desde 2025-07-01 = 1/2 minuto", "desde 2025-07-01 = 3 minutos"},
      {"| 20 ..  | descuento 1/4 día   |", "| 25 ..  | descuento 1/4 día   |"},
      {"descuento faltas / 4", "descuento faltas / 3"},
      {"cuando descontado > 2 días", "cuando descontado > 1 día"},
      {"cuando racha_de_faltas >= 2", "cuando racha_de_faltas >= 1"},
      {"regla repetida cita OTRA:8 sobre conducta cuando vez >= 2 entonces retiro", ""},
      {"cuando minutos_del_día > 25", "cuando minutos_del_día > 15"},
      {"prioridad 2", "prioridad 1"},
      {" prioridad 2", ""},
      {"remuneración / 22", "remuneración / 30"},
      {"cuando hora > hora_fijada + 45 minutos", "cuando hora > hora_fijada + 40 minutos"},
      // What somebody who leaves is left with, and whether it is paid.
      {"entonces 18 días sino 12 días", "entonces 20 días sino 12 días"},
      {"vacación_pendiente > 3 días", "vacación_pendiente > 8 días"},
  };
  const Piece tope = {"entonces prohibición UDITH \"descontar más\"",
                      "entonces derecho refrigerio 1 día"};
  for (const std::vector<Piece>& base : {std::vector<Piece>{}, std::vector<Piece>{tope}}) {
    std::vector<Input> inputs = {Other(base)};
    for (std::size_t i = 0; i < pieces.size(); i += kEach) {
      std::vector<Piece> both = base;
      both.push_back(pieces[i]);
      inputs.push_back(Other(both));
    }
    ExpectAsAlone(inputs, 2025);
  }
}

TEST_F(RevisionTest, WhatDoesNotDifferIsNotJudgedAgain) {
  const int people = static_cast<int>(population_.staff.size());
  const auto expect = [&](const std::string& edit, Difference what, int least, int most) {
    auto seen = Differences(Base(), Edited(edit), 2026);
    EXPECT_GE(seen[what], least) << edit;
    EXPECT_LE(seen[what], most) << edit;
    return seen;
  };
  Input null{"nula", {"nula", "null"}, Amended("enmienda-nula.enmienda.norma.md")};
  EXPECT_EQ(Differences(Base(), null, 2026)[Difference::None], people);
  // A duty that no table counts.
  expect(R"(agrega regla aviso cita RIP:51.IV sobre cierre_de_mes
  entonces obligación UDITH "avisar")",
         Difference::None, people, people);
  // Few of them reach the row; nobody's facts change.
  auto row = expect(kEdits[0], Difference::Patch, 1, people / 2);
  EXPECT_EQ(row[Difference::Facts], 0);
  // Arrivals between one and the other: some, not all.
  auto cut = expect(kEdits[3], Difference::Facts, 1, people / 2);
  EXPECT_GT(cut[Difference::None], people / 2);
  // Pay is in every figure.
  expect("sustituye parámetro divisor_del_haber cita RIP:47.I = 24", Difference::Facts, people,
         people);
}

TEST_F(RevisionTest, RemovingAnArticleChangesOnlyItsConsequences) {
  MakeWorse();
  // Whoever is removed stays: otherwise a removal less is somebody else in the post from then on.
  population_.turnover->removal.reset();
  const Forecast forecast = Live({Base(), Edited("deroga abandono_por_días_consecutivos")}, 2026);
  std::set<std::string> changed;
  for (std::size_t i = 0; i < forecast.cells.size(); ++i) {
    if (forecast.regulations[0].values[i] != forecast.regulations[1].values[i])
      changed.insert(forecast.cells[i].key);
  }
  EXPECT_TRUE(changed.contains("sanciones/RIP:48.1"));
  EXPECT_TRUE(changed.contains("procesos/retiros"));
  for (const std::string& key : changed) {
    const bool follows =
        key == "sanciones/RIP:48.1" || key == "sanciones/total" || key == "procesos/retiros" ||
        key.starts_with("personas/") || key.starts_with("contradicciones/") ||
        key.starts_with("descuentos/") || key == "sanciones/RIP:45.II" ||
        key == "sanciones/RIP:46.IV.2" || key == "sanciones/RIP:46.IV.3" ||
        key == "huecos/inasistencia_injustificada por mes" || key == "huecos/total" ||
        // A norm wants a process before a retirement.
        key.starts_with("trámites/sumario_administrativo/") || key == "trámites/horas/total";
    EXPECT_TRUE(follows) << key;
  }
}

// A duty beside a scale of sanctions: no gap more and none less, whatever else changes. Without the
// row, those whom only the duty reaches are in the gap.
TEST_F(RevisionTest, ADutyClosesNoGap) {
  MakeWorse();
  const std::string duty =
      "agrega regla anotación cita RIP:45.II sobre inasistencia_injustificada por mes\n"
      "  entonces obligación UDITH \"anotar la inasistencia\"\n";
  const std::string fewer_rows =
      "sustituye escala inasistencia_mensual cita RIP:45.II sobre inasistencia_injustificada por "
      "mes\n"
      "  según días_de_inasistencia falta leve\n"
      "  | 1   | descuento 2 días  |\n";
  // A right that a table counts, where only who has it is judged by the rule; and a scale that no
  // longer sanctions: months that others sanction are in its gap.
  const std::string right =
      "agrega regla refrigerio_de_más cita RIP:38.II sobre inasistencia_injustificada por mes\n"
      "  entonces derecho refrigerio 1 día\n";
  const std::string noted =
      "sustituye escala inasistencia_mensual cita RIP:45.II sobre inasistencia_injustificada por "
      "mes\n"
      "  según días_de_inasistencia\n"
      "  | 1/2 | obligación UDITH \"anotar\" |\n"
      "  | 1   | obligación UDITH \"anotar\" |\n";
  const std::vector<Input> inputs = {Base(),
                                     Edited(duty),
                                     Edited(fewer_rows),
                                     Edited(duty + fewer_rows),
                                     Edited(right),
                                     Edited(right + fewer_rows),
                                     Edited(noted)};
  const Forecast forecast = Live(inputs, 2026);
  const auto gaps = [&](std::size_t k) {
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < forecast.cells.size(); ++i) {
      if (forecast.cells[i].key != "huecos/inasistencia_injustificada por mes") continue;
      for (const std::int64_t value : forecast.regulations[k].values[i]) sum += value;
    }
    return sum;
  };
  EXPECT_GT(gaps(0), 0);
  EXPECT_EQ(gaps(1), gaps(0));
  EXPECT_GT(gaps(2), gaps(0));
  EXPECT_EQ(gaps(3), gaps(2));
  EXPECT_EQ(gaps(4), gaps(0));
  EXPECT_EQ(gaps(5), gaps(2));
  EXPECT_GT(gaps(6), gaps(0));
  ExpectAsAlone(inputs, 2026);
}

// The terms of a procedure are in no rule: what they change, and nothing else, is in its own cells,
// but for whom a process removes.
TEST_F(RevisionTest, AnotherTermChangesItsProcedure) {
  MakeWorse();
  const Input longer = Edited(
      "sustituye trámite representación_contra_la_sanción cita RIP:51.III\n"
      "  hito sanción\n"
      "  hito notificación obligación autoridad_que_sanciona\n"
      "  hito representación hasta 10 días hábiles desde notificación facultad persona\n");
  const Forecast forecast = Live({Base(), longer}, 2026);
  std::set<std::string> changed;
  for (std::size_t i = 0; i < forecast.cells.size(); ++i) {
    if (forecast.regulations[0].values[i] != forecast.regulations[1].values[i])
      changed.insert(forecast.cells[i].key);
  }
  const std::string own = "trámites/representación_contra_la_sanción/";
  EXPECT_TRUE(changed.contains(own + "días"));
  EXPECT_FALSE(changed.contains(own + "iniciados"));
  EXPECT_FALSE(changed.contains(own + "hitos/notificación"));
  for (const std::string& key : changed)
    EXPECT_TRUE(key.starts_with(own) || key == "trámites/horas/total" ||
                key == "trámites/sin_efecto/total")
        << key;
}

TEST_F(RevisionTest, ProceduresOfAnAmendmentAreLivedAsIfItWereAlone) {
  MakeWorse();
  ExpectAsAlone(
      {Base(),
       Edited("sustituye trámite representación_contra_la_sanción cita RIP:51.III\n"
              "  hito sanción\n"
              "  hito notificación obligación autoridad_que_sanciona\n"
              "  hito representación hasta 24 horas desde notificación facultad persona\n"),
       // Fewer sanctions, so fewer processes and representations.
       Edited("deroga abandono_por_días_consecutivos"),
       // The rules stay as they are, and what must come before them does not.
       Edited("deroga JCABANDONO:1"),
       Edited("deroga JCABANDONO:1\nderoga abandono_por_días_consecutivos")},
      2026);
}

// Rules that no table notices are not run, and occurrences that none of the others looks at are
// not told: the tables are the same as when all are.
TEST_F(RevisionTest, WhatTheTablesDoNotNoticeIsLeftOut) {
  MakeWorse();
  // A mere duty leaves no gap where it applies.
  const Piece duty = {"regla racha cita",
                      "regla aviso cita OTRA:6 sobre atraso por mes\n"
                      "  entonces obligación UDITH \"avisar\"\nregla racha cita"};
  // Of rules that no table counts, those that meet on one thing: two that hold together, and two
  // that never do but are met by the two conducts that one permit is taken for.
  const Piece clashes = {"regla racha cita", R"(
califica permiso_con_goce como conducta cita OTRA:6 cuando minutos = 120 con inciso = RIP:43.II.a
califica permiso_con_goce como conducta cita OTRA:6 cuando minutos = 120 con inciso = RIP:43.II.b
regla corto cita OTRA:6 sobre permiso_con_goce cuando minutos <= 120
  entonces derecho licencia_por_asunto_personal 1 día
regla largo cita OTRA:6 sobre permiso_con_goce cuando minutos >= 120
  entonces derecho licencia_por_asunto_personal 2 días
regla uno cita OTRA:6 sobre conducta cuando inciso = RIP:43.II.a
  entonces derecho licencia_por_nacimiento 1 día
regla otro cita OTRA:6 sobre conducta cuando inciso = RIP:43.II.b
  entonces derecho licencia_por_nacimiento 2 días
regla racha cita)"};
  for (const Input& input : {Base(), Other(), Other({duty}), Other({clashes})}) {
    const auto setting = Prepare({input.rules.get()}, population_, 2025, diagnostics_);
    ASSERT_TRUE(setting) << Messages(sources_, diagnostics_);
    const Plan& plan = setting->plans[0].plan;
    EXPECT_LT(setting->agendas[0].steps.size(), plan.steps.size());
    const Tables tables(*setting, population_);
    Totals some = tables.Empty();
    Totals all = tables.Empty();
    Behavior behavior(population_, setting->eligibility, setting->year, setting->shifts, 3);
    const Succession succession(*setting, population_, 3);
    Evaluator few(plan, setting->agendas[0], setting->year);
    Evaluator every(plan, Everything(plan), setting->year);
    const auto judge = [&](std::size_t person, const Noticed* noticed, Evaluator& evaluator,
                           Totals& totals) {
      const Occupant occupant = succession.First(person, 0);
      const auto& events =
          behavior.Live(occupant.tenure, *setting->work[person], 0, setting->notices_from, noticed);
      const Stay stay = succession.Judge(0, occupant, events, evaluator);
      ASSERT_FALSE(evaluator.failed());
      Year year;
      year.stay = &stay;
      tables.Add(year, evaluator, totals);
    };
    for (std::size_t person = 0; person < population_.staff.size(); ++person) {
      judge(person, &setting->noticed, few, some);
      judge(person, nullptr, every, all);
    }
    EXPECT_EQ(some.values, all.values);
    EXPECT_EQ(some.months, all.months);
  }
}

// The other events are those of the whole year, in the same order.
TEST_F(RevisionTest, OccurrencesThatNothingLooksAtAreNotTold) {
  const auto setting = Prepare({regulation_.rules.get()}, population_, 2026, diagnostics_);
  ASSERT_TRUE(setting) << Messages(sources_, diagnostics_);
  const Binding& binding = setting->plans[0].plan.binding;
  const Evaluator evaluator(setting->plans[0].plan, setting->agendas[0], setting->year);
  const auto looked_at = [&](const Event& event) {
    if (event.what != Happening::Occurrence && event.what != Happening::Return) return true;
    const OccurrenceBinding& bound = binding.occurrences[OccurrenceOf(event.value)];
    return evaluator.looks_at((event.what == Happening::Return ? bound.back : bound.kind).value);
  };
  Behavior behavior(population_, setting->eligibility, setting->year, setting->shifts, 3);
  std::size_t occurrences = 0, left_out = 0;
  for (std::size_t person = 0; person < population_.staff.size(); ++person) {
    const WorkDays& work = *setting->work[person];
    std::vector<Event> all = behavior.Live(person, work, 0, setting->notices_from);
    left_out += std::erase_if(all, [&](const Event& event) { return !looked_at(event); });
    const auto& told = behavior.Live(person, work, 0, setting->notices_from, &setting->noticed);
    EXPECT_EQ(told, all) << person;
    occurrences += static_cast<std::size_t>(std::count_if(
        told.begin(), told.end(), [](const Event& e) { return e.what == Happening::Occurrence; }));
  }
  EXPECT_GT(occurrences, 0U);
  EXPECT_GT(left_out, 0U);
}

// One evaluator judges stays of one person after another, until each of these days, and says of
// each what a new one does.
void ExpectAsANewOne(const Setting& setting, const population::Population& population,
                     std::size_t every, const std::vector<std::int32_t>& until) {
  const Tables tables(setting, population);
  Totals used = tables.Empty();
  Totals fresh = tables.Empty();
  Behavior behavior(population, setting.eligibility, setting.year, setting.shifts, 3);
  const Succession succession(setting, population, 3);
  const StaffPlan& staff = setting.plans[0];
  Evaluator old(staff.plan, setting.agendas[0], setting.year);
  for (std::size_t person = 0; person < population.staff.size(); person += every) {
    for (std::uint32_t replication = 0; replication < until.size(); ++replication) {
      Occupant occupant = succession.First(person, replication);
      occupant.tenure.last = until[replication];
      const auto& events =
          behavior.Live(occupant.tenure, *setting.work[person], replication, setting.notices_from);
      Evaluator young(staff.plan, setting.agendas[0], setting.year);
      for (const auto& [evaluator, totals] : {std::pair{&old, &used}, std::pair{&young, &fresh}}) {
        const Stay stay = succession.Judge(0, occupant, events, *evaluator);
        Year year;
        year.place = replication;
        year.stay = &stay;
        tables.Add(year, *evaluator, *totals);
      }
    }
  }
  EXPECT_EQ(used.values, fresh.values);
  EXPECT_EQ(used.months, fresh.months);
}

// What is remembered from one person to the next does not depend on the person.
TEST_F(RevisionTest, AnEvaluatorThatHasJudgedOthersJudgesAsANewOne) {
  MakeWorse();
  const auto setting = Prepare({regulation_.rules.get()}, population_, 2026, diagnostics_);
  ASSERT_TRUE(setting) << Messages(sources_, diagnostics_);
  ExpectAsANewOne(*setting, population_, 1, {364, 364});
}

// Nor what is remembered of a person on the day until which they stay.
TEST_F(RevisionTest, AnEvaluatorThatHasJudgedLongerAndShorterStaysJudgesAsANewOne) {
  MakeWorse();
  const auto setting = Prepare({regulation_.rules.get()}, population_, 2026, diagnostics_);
  ASSERT_TRUE(setting) << Messages(sources_, diagnostics_);
  ExpectAsANewOne(*setting, population_, 7, {99, 364, 30, 250, 364, 58, 200});
}

}  // namespace
}  // namespace cotejo::year
