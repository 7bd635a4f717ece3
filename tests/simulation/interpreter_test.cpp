// The simulator's own evaluation of a person-year against the reference interpreter's.
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <tuple>

#include "model/evaluation/evaluate.h"
#include "scenarios/year/person_year.h"
#include "tests/base/sanitized.h"
#include "tests/simulation/other_entity.h"
#include "tests/simulation/setting_for_tests.h"

namespace cotejo::year {
namespace {

constexpr int kSampled = 200;
constexpr int kMany = tests::Fewer(2000, 4);

Consequences FromInterpreter(const evaluation::Result& result) {
  Consequences all;
  for (const evaluation::Application& a : result.applications)
    all.applications.push_back({a.rule, a.date, a.quantities, a.stands, !a.conflicts.empty()});
  for (const evaluation::GapHit& gap : result.gaps) {
    const auto& root = result.roots[static_cast<std::size_t>(gap.root)];
    all.gaps.push_back({root.subject, gap.date, gap.scale});
  }
  SortConsequences(all);
  return all;
}

std::string Show(const rules::Ruleset& rules, const Consequences& all) {
  std::string text;
  for (const auto& a : all.applications) {
    text += a.date.str() + " " + rules.rule(a.rule).name + (a.stands ? "" : " (cede)") +
            (a.in_conflict ? " (choca)" : "");
    for (const base::Rational q : a.quantities) text += " " + q.str();
    text += "\n";
  }
  for (const auto& gap : all.gaps) {
    text += gap.date.str() + " hueco " + rules.kind(gap.subject.kind).name + "\n";
  }
  return text;
}

struct Seen {
  std::size_t applications = 0, defeated = 0, conflicts = 0, gaps = 0, newcomers = 0, payments = 0,
              together = 0, lapsed = 0;
  std::map<std::string, std::size_t> rules;  // times each applied
};

class InterpreterTest : public RipTest {
 protected:
  // Each of those who hold the post, from their first day to their last.
  Seen Compare(const rules::Ruleset& rules, int gestion, std::uint64_t seed, int count) {
    Seen seen;
    const auto setting = Prepare({&rules}, population_, gestion, diagnostics_);
    if (!setting) {
      ADD_FAILURE() << Messages(sources_, diagnostics_);
      return seen;
    }
    const rules::Families families = rules::BuildFamilies(rules);
    const std::size_t staff = population_.staff.size();
    for (int i = 0; i < count; ++i) {
      PersonYearKey key;
      key.seed = seed;
      key.person = static_cast<std::size_t>(i) * 7 % staff;
      key.replication = static_cast<std::uint32_t>(i);
      const int occupants = Occupants(*setting, population_, key);
      for (key.occupant = 0; key.occupant < occupants; ++key.occupant) {
        CompareOne(*setting, families, key, seen);
        if (HasFailure()) return seen;
      }
      seen.newcomers += static_cast<std::size_t>(occupants - 1);
    }
    return seen;
  }

  void CompareOne(const Setting& setting, const rules::Families& families, const PersonYearKey& key,
                  Seen& seen) {
    const rules::Ruleset& rules = *setting.plans[0].plan.rules;
    const evaluation::History history = PersonYear(setting, population_, key);
    const evaluation::Result result = evaluation::Evaluate(rules, families, history);
    EXPECT_TRUE(result.problems.empty()) << result.problems.front().message.es;
    const Consequences expected = FromInterpreter(result);
    const auto found = Judge(setting, population_, key, diagnostics_);
    ASSERT_TRUE(found) << Messages(sources_, diagnostics_);
    EXPECT_EQ(expected.applications.size(), found->applications.size());
    EXPECT_TRUE(expected.applications == found->applications && expected.gaps == found->gaps)
        << history.person << ", replication " << key.replication << "\ninterpreter:\n"
        << Show(rules, expected) << "simulator:\n"
        << Show(rules, *found) << evaluation::WriteHistoryCsv(rules, history);
    seen.applications += found->applications.size();
    seen.gaps += found->gaps.size();
    for (const auto& a : found->applications) {
      seen.defeated += a.stands ? 0 : 1;
      seen.conflicts += a.in_conflict ? 1 : 0;
      seen.payments += PaysOf(rules.rule(a.rule));
      seen.lapsed += rules.rule(a.rule).name == "prescripción" ? 1 : 0;
      ++seen.rules[rules.rule(a.rule).name];
      seen.together += rules.rule(a.rule).name == "reprogramación_por_vacación_colectiva" ? 1 : 0;
    }
  }

  std::shared_ptr<const rules::Ruleset> Edited(const std::string& edits) {
    namespace fs = std::filesystem;
    const fs::path path = fs::path(COTEJO_BINARY_DIR) / "intérprete.enmienda.norma.md";
    std::ofstream(path) << "```norma\nenmienda prueba \"Prueba\" sobre RIP\n\n" << edits << "```\n";
    auto amended = AmendedBy(path.string());
    fs::remove(path);
    return amended;
  }

  auto CountingOmissionsOn(const std::string& kind) {
    return Edited(
        "agrega medida omisiones_contadas por mes cita RIP:38.II = cuenta(omisión)\n"
        "agrega regla con_omisiones cita RIP:38.II sobre " +
        kind + "\n  entonces derecho refrigerio omisiones_contadas * 1 día\n");
  }

  // Rules that are about somebody who left.
  static std::size_t PaysOf(const rules::Rule& rule) {
    return rule.name.starts_with("pago_de_vacación") || rule.name == "se_paga" ? 1 : 0;
  }
};

TEST_F(InterpreterTest, TwoHundredPersonYearsHaveTheSameConsequences) {
  const Seen seen = Compare(*regulation_.rules, 2025, 20250217, kSampled);
  EXPECT_GT(seen.applications, 2000U);
}

// Far worse than any staff: everything the regulation has rows for happens, and often.
TEST_F(InterpreterTest, TheSameForAStaffThatDoesEverythingWrong) {
  population::BehaviourClass& worst = population_.classes.back();
  worst.arrival = population::Discrete(
      {{-5, 0, 70, {}}, {1, 10, 20, {}}, {11, 40, 9, {1U << 30}}, {41, 200, 1, {1U << 30}}});
  worst.conduct_factor = 40;
  for (population::SpellRate& spell : worst.absences) spell.per_year *= 3;
  for (population::SpellRate& spell : worst.post_absences) spell.per_year *= 6;
  for (std::uint16_t& behaviour : population_.staff.behaviour)
    behaviour = static_cast<std::uint16_t>(population_.classes.size() - 1);
  const Seen seen = Compare(*regulation_.rules, 2025, 31, kSampled);
  EXPECT_GT(seen.applications, 5000U);
  EXPECT_GT(seen.gaps, 50U);
  EXPECT_GT(seen.conflicts, 50U);
  EXPECT_GT(seen.defeated, 0U);
}

using Told = std::vector<std::tuple<int, std::int32_t, bool, bool, std::int64_t>>;

Told TellOf(const Evaluator& evaluator, const Plan& plan) {
  Told told;
  for (const Applied& a : evaluator.applied()) {
    const std::size_t count = plan.plan_rules[static_cast<std::size_t>(a.rule)].consequences.size();
    for (std::size_t c = 0; c < count; ++c)
      told.emplace_back(a.rule, a.day, a.stands, a.in_conflict, evaluator.quantity(a, c));
  }
  return told;
}

// Also when one thing falls upon another: two illnesses on one day are judged in the same order.
TEST_F(InterpreterTest, EventsMayComeInAnyOrder) {
  for (population::Occurrence& o : population_.occurrences) o.per_year *= 12;
  const auto setting = Prepare({&*regulation_.rules}, population_, 2026, diagnostics_);
  ASSERT_TRUE(setting) << Messages(sources_, diagnostics_);
  const StaffPlan& staff = setting->plans[0];
  Behavior behavior(population_, setting->eligibility, setting->year, setting->shifts, 5);
  Evaluator in_order(staff.plan, Everything(staff.plan), setting->year);
  Evaluator backwards(staff.plan, Everything(staff.plan), setting->year);
  int tied = 0;
  for (std::size_t person = 0; person < population_.staff.size(); ++person) {
    const std::vector<Event>& lived = behavior.Live(person, *setting->work[person], 0, 1);
    Feed(staff, person, lived, in_order);
    in_order.Run();
    Feed(staff, person, std::vector<Event>(lived.rbegin(), lived.rend()), backwards);
    backwards.Run();
    EXPECT_EQ(TellOf(in_order, staff.plan), TellOf(backwards, staff.plan)) << person;
    tied += backwards.tied() ? 1 : 0;
  }
  EXPECT_GT(tied, 20);
}

// Of two leaves asked for on one day, the one that comes first in order has what is left of them.
TEST_F(InterpreterTest, OfTwoThingsOfOneDayTheFirstInOrderIsJudgedFirst) {
  const auto setting = Prepare({&*regulation_.rules}, population_, 2026, diagnostics_);
  ASSERT_TRUE(setting) << Messages(sources_, diagnostics_);
  const StaffPlan& staff = setting->plans[0];
  const auto position = [&](const std::string& name) {
    const auto& all = population_.occurrences;
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const auto& o) { return o.name == name; });
    EXPECT_NE(found, all.end()) << name;
    return static_cast<std::size_t>(found - all.begin());
  };
  const std::size_t half = position("asunto personal de medio día");
  const std::size_t whole = position("asunto personal de un día");
  const auto asked = [](std::int32_t day, std::size_t leave) {
    return Event{day, 0, Happening::Occurrence, false, 1, ValueOf(leave, 0)};
  };
  Evaluator evaluator(staff.plan, Everything(staff.plan), setting->year);
  std::vector<Told> told;
  for (const auto& events :
       {std::vector<Event>{asked(40, whole), asked(60, half), asked(60, whole)},
        std::vector<Event>{asked(60, whole), asked(60, half), asked(40, whole)}}) {
    Feed(staff, 0, events, evaluator);
    evaluator.Run();
    told.push_back(TellOf(evaluator, staff.plan));
  }
  EXPECT_EQ(told[0], told[1]);
  // One and a half of the two days of a year; the whole day is more than is left.
  std::int64_t granted = 0;
  for (const auto& [rule, day, stands, in_conflict, quantity] : told[0]) {
    if (regulation_.rules->rules[static_cast<std::size_t>(rule)].name ==
        "licencia_por_asunto_personal")
      granted += quantity;
  }
  EXPECT_EQ(granted, staff.plan.unit * 3 / 2);
}

// What is known of somebody's year is asked again when there is more to judge by it: here, what
// comes round comes a day before too, when whoever has their fifth year that day had four.
TEST_F(InterpreterTest, ARuleThatGaveNothingIsAskedAgainOfMoreFacts) {
  const auto setting = Prepare({&*regulation_.rules}, population_, 2026, diagnostics_);
  ASSERT_TRUE(setting) << Messages(sources_, diagnostics_);
  const StaffPlan& staff = setting->plans[0];
  Evaluator again(staff.plan, Everything(staff.plan), setting->year);
  int more = 0;
  for (std::size_t person = 0; person < population_.staff.size(); ++person) {
    Feed(staff, person, {}, again);
    again.Run();
    const Told alone = TellOf(again, staff.plan);
    Evaluator fresh(staff.plan, Everything(staff.plan), setting->year);
    for (Evaluator* evaluator : {&again, &fresh}) {
      Feed(staff, person, {}, *evaluator);
      for (const auto& [kind, day] : evaluator->person().periodic) {
        if (day > 0 && evaluator->looks_at(kind)) evaluator->Add(kind, day - 1, 0);
      }
      evaluator->Run();
    }
    const Told told = TellOf(again, staff.plan);
    EXPECT_EQ(told, TellOf(fresh, staff.plan)) << person;
    for (const auto& one : told) {
      more += std::none_of(alone.begin(), alone.end(), [&](const auto& other) {
        return std::get<0>(other) == std::get<0>(one);
      });
    }
    Feed(staff, person, {}, again);
    again.Run();
    EXPECT_EQ(TellOf(again, staff.plan), alone) << person;
  }
  EXPECT_GT(more, 5);
}

// What is judged at the close asks whether somebody left: what it says when nobody did is known
// from one replication to the next, and is not what it says of who leaves on the last day.
TEST_F(InterpreterTest, WhoLeavesOnTheLastDayIsNotGivenWhatTheCloseGives) {
  const auto setting = Prepare({&*regulation_.rules}, population_, 2026, diagnostics_);
  ASSERT_TRUE(setting) << Messages(sources_, diagnostics_);
  const StaffPlan& staff = setting->plans[0];
  Evaluator evaluator(staff.plan, setting->agendas[0], setting->year);
  const int separation = staff.plan.binding.separation.kind.value;
  const auto given = [&](bool leaves) {
    std::multiset<std::string> rules;
    for (const Applied& applied : evaluator.applied()) {
      const std::string& name = regulation_.rules->rule(rules::RuleId(applied.rule)).name;
      if (name.starts_with("aguinaldo") && applied.stands) rules.insert(name);
    }
    EXPECT_LE(rules.size(), 1U);
    EXPECT_EQ(rules.count("aguinaldo_de_quien_se_va"), leaves ? rules.size() : 0);
    return rules.size();
  };
  std::size_t had = 0;
  std::size_t left_with = 0;
  for (std::size_t person = 0; person < population_.staff.size(); ++person) {
    for (int replication = 0; replication < 4; ++replication) {
      const bool leaves = replication % 2 == 1;
      Feed(staff, person, {}, evaluator);
      if (leaves) {
        evaluator.Run();
        evaluator.Add(separation, setting->year.count - 1, 0);
        EXPECT_FALSE(evaluator.Resume());
        Feed(staff, person, {}, evaluator);
        evaluator.Add(separation, setting->year.count - 1, 0);
      }
      evaluator.Run();
      ASSERT_FALSE(evaluator.failed());
      (leaves ? left_with : had) += given(leaves);
    }
  }
  EXPECT_GT(had, 100U);
  EXPECT_EQ(left_with, had);
}

// A whole year under the regulation, with leaves, permits, illness and trips.
// That an absence must be noted, or that its month has a meal more, says nothing of its sanction.
TEST_F(InterpreterTest, WhatSpeaksOfSomethingElseClosesNoGap) {
  for (population::BehaviourClass& c : population_.classes) {
    for (population::SpellRate& spell : c.absences) {
      spell.per_year *= 12;
      spell.justified = {0};
    }
  }
  const auto other = Edited(
      "agrega regla anotación cita RIP:45.II sobre inasistencia_injustificada por mes\n"
      "  entonces obligación UDITH \"anotar la inasistencia\", derecho refrigerio 1 día\n");
  const Seen with = Compare(*other, 2026, 31, kSampled);
  const Seen without = Compare(*regulation_.rules, 2026, 31, kSampled);
  EXPECT_GT(without.gaps, 10U);
  EXPECT_EQ(with.gaps, without.gaps);
  EXPECT_GT(with.applications, without.applications);
}

TEST_F(InterpreterTest, TwoThousandPersonYearsOfAWholeYearHaveTheSameConsequences) {
  const Seen seen = Compare(*regulation_.rules, 2026, 7, kMany);
  EXPECT_GT(seen.applications, 10U * kMany);
}

// Nearly everybody leaves, and whoever is destituted or retired does: each year is cut and the
// rest of it is somebody else's.
TEST_F(InterpreterTest, TheSameForPeopleWhoComeAndGo) {
  for (auto& departures : population_.turnover->departures) {
    for (population::Departure& departure : departures) departure.chance.below *= 4;
  }
  population_.turnover->vacant = population::Discrete({{0, 20, 1, {}}});
  population_.turnover->removal->process_days = 20;
  for (population::BehaviourClass& c : population_.classes) {
    c.conduct_factor *= 20;
    for (population::SpellRate& spell : c.absences) spell.justified = {0};
  }
  const Seen seen = Compare(*regulation_.rules, 2026, 12, 400);
  EXPECT_GT(seen.newcomers, 200U);
  EXPECT_GT(seen.payments, 50U);
  EXPECT_GT(seen.gaps, 10U);
}

// Vacation moved to other months and taken all together, which people are told of.
TEST_F(InterpreterTest, TheSameWhenTheProgrammeChanges) {
  population_.vacation.reprogramming = {{1U << 31}, population::Discrete({{1, 5, 1, {}}})};
  population::CollectiveVacation together;
  together.from = {2026, 4, 6};
  together.to = {2026, 4, 10};
  together.announced = {2026, 3, 30};
  together.groups.assign(population_.groups.size(), true);
  population_.vacation.collective.push_back(together);
  population::Occurrence order;
  order.kind = "vacación_colectiva_dispuesta";
  order.away = population::Discrete({{0, 0, 1, {}}});
  order.variants.push_back({1, {}});
  order.variant = population::Discrete({{0, 0, 1, {}}});
  population_.vacation.announcement = population_.occurrences.size();
  population_.occurrences.push_back(order);
  const Seen seen = Compare(*regulation_.rules, 2026, 3, kSampled);
  EXPECT_GT(seen.together, 150U);
  const auto other = FromText(kOtherEntity);
  ASSERT_TRUE(other);
  Compare(*other, 2026, 3, 60);
}

// On dates, for months, at the post and after something else, for people who come and go.
constexpr const char* kGiven = R"(
[[suceso]]
nombre = "asueto del Estado"
fuente = "sintético"
hecho = "asueto_del_estado"
fechas = [2026-02-20, "08-19", "05-02"]
medios_dias_fuera = [{ desde = 1, hasta = 2, peso = 1 }]
[[suceso]]
nombre = "examen de todos"
fuente = "sintético"
hecho = "examen_preventivo"
fechas = ["06-13"]
traslada = true
alcanza_por_ciento = 50
en_tramo = true
tramo = 1
formas = [{ campos = { examen = "colon" } }]
[[suceso]]
nombre = "cumpleaños"
fuente = "sintético"
hecho = "cumpleaños"
fecha_de = "fecha_de_nacimiento"
traslada = true
medios_dias_fuera = [{ desde = 1, hasta = 1, peso = 1 }]
tramo = 2
[[suceso]]
nombre = "beca"
fuente = "sintético"
hecho = "beca_estatal"
por_ano = 0.6
meses = [{ desde = 3, hasta = 15, peso = 1 }]
campo_meses = "meses"
formas = [{ campos = { modalidad = "estudios" } }]
al_volver = { hecho = "fin_de_beca_estatal", campos = { modalidad = "estudios" } }
[[suceso]]
nombre = "docencia"
fuente = "sintético"
hecho = "tolerancia_académica"
fechas = ["02-20", "08-03"]
alcanza_por_ciento = 20
meses = [{ desde = 4, hasta = 5, peso = 1 }]
en_el_puesto = true
cada_dia = true
formas = [{ campos = { actividad = "docencia" } }]
[[suceso]]
nombre = "embarazo"
fuente = "sintético"
hecho = "día_de_incapacidad"
por_ano = 0.8
solo = { sexo = "mujer" }
medios_dias_fuera = [{ desde = 128, hasta = 128, peso = 1 }]
cada_dia = true
cuenta = "día_de_baja"
formas = [{ campos = { riesgo = "maternidad" } }]
[[suceso]]
nombre = "nacimiento"
fuente = "sintético"
hecho = "parto"
tras = "embarazo"
a_los_dias = [{ desde = 38, hasta = 50, peso = 1 }]
[[suceso]]
nombre = "lactancia"
fuente = "sintético"
hecho = "jornada_de_lactancia"
tras = "nacimiento"
a_los_dias = [{ desde = 45, hasta = 45, peso = 1 }]
alcanza_por_ciento = 80
meses = [{ desde = 3, hasta = 11, peso = 1 }]
en_el_puesto = true
cada_dia = true
)";

TEST_F(InterpreterTest, TheSameWhenThingsHaveADateOrFollowOneAnother) {
  namespace fs = std::filesystem;
  std::ostringstream library;
  library << std::ifstream(root_ + "/scenarios/library/defensoria-2025.toml").rdbuf();
  const fs::path file =
      fs::path(COTEJO_BINARY_DIR) / ("sucesos de prueba " + std::to_string(::getpid()) + ".toml");
  std::ofstream(file) << library.str() << kGiven;
  population_ = population::LoadPopulation(sources_, file.string(), diagnostics_);
  fs::remove(file);
  ASSERT_FALSE(diagnostics_.has_errors()) << Messages(sources_, diagnostics_);
  for (auto& departures : population_.turnover->departures) departures[0].chance.below *= 4;
  Seen seen = Compare(*regulation_.rules, 2026, 12, 400);
  EXPECT_GT(seen.newcomers, 80U);
  for (const char* rule :
       {"asueto_dado_por_el_estado", "asueto_de_cumpleaños", "formulario_único", "convenio_de_beca",
        "contrato_del_docente", "descanso_de_maternidad", "horario_de_lactancia"})
    EXPECT_GT(seen.rules[rule], 30U) << rule;
  // Each text says what it does about the same year, and the year answers.
  population_.deterrence = population::Deterrence{3, {0.5, 0.5, 0.5, 0.5, 0.5}};
  seen = Compare(*regulation_.rules, 2026, 12, 60);
  EXPECT_GT(seen.rules["horario_de_lactancia"], 5U);
}

// The balance at the close is told, and much of what is over twelve days lapses.
TEST_F(InterpreterTest, TheSameWhereVacationLapses) {
  population_.names.balance = {"saldo_al_cierre", "saldo"};
  population_.names.lapsed_right = "vacación_prescrita";
  const auto rules = FromText(std::string(kOtherEntity) + R"(
hecho saldo_al_cierre en día
  saldo: días = 0 días entre 0 días y 300 días en pasos de 1/24 día
regla prescripción cita OTRA:11 sobre saldo_al_cierre
  cuando saldo > 12 días y saldo > 5 * racha_de_faltas
  entonces derecho vacación_prescrita (saldo - 12 días) * 2 / 3
)");
  ASSERT_TRUE(rules);
  for (const bool turnover : {true, false}) {
    if (!turnover) population_.turnover.reset();
    EXPECT_GT(Compare(*rules, 2026, 8, 150).lapsed, 30U);
  }
}

// What a text gives is used in the same year, and some of it when all go together.
TEST_F(InterpreterTest, TheSameWhereWhatIsAcquiredIsUsed) {
  population_.vacation.acquired = population::Discrete({{60, 100, 1, {}}});
  population_.vacation.share = population::Discrete({{100, 100, 1, {}}});
  for (auto& departures : population_.turnover->departures) departures[0].chance.below *= 3;
  EXPECT_GT(Compare(*regulation_.rules, 2026, 17, kSampled).payments, 5U);
  population::CollectiveVacation together;
  together.from = base::Date(2026, 12, 21);
  together.to = base::Date(2026, 12, 31);
  together.groups.assign(population_.groups.size(), true);
  population_.vacation.collective.push_back(together);
  population_.deterrence = population::Deterrence{3, {0.5, 0.5, 0.5, 0.5, 0.5}};
  const auto other = FromText(kOtherEntity);
  ASSERT_TRUE(other);
  EXPECT_GT(Compare(*other, 2026, 17, 100).newcomers, 5U);
}

TEST_F(InterpreterTest, TheSameUnderAnAmendment) {
  const auto amended = Amended("tolerancia-10.enmienda.norma.md");
  ASSERT_TRUE(amended);
  Compare(*amended, 2025, 5, 60);
}

// What some late arrivals are taken for hangs on the month so far, which no table of arrivals says;
// of the others it does.
TEST_F(InterpreterTest, TheSameWhenALateArrivalHangsOnTheMonth) {
  const auto amended = Edited(
      "sustituye califica llegada como atraso cita RIP:22.V\n"
      "  cuando hora > hora_fijada + tolerancia_de_ingreso"
      " y días_de_vacación_usados = 0 días\n"
      "  salvo justificada cita RIP:45.II\n"
      "  salvo exento_de_registro cita RIP:16.I\n"
      "  con minutos = minutos_tarde\n");
  ASSERT_TRUE(amended);
  Seen before = Compare(*regulation_.rules, 2026, 5, 200);
  Seen after = Compare(*amended, 2026, 5, 200);
  EXPECT_LT(after.rules["atraso_mensual[1]"], before.rules["atraso_mensual[1]"]);
  EXPECT_GT(after.rules["atraso_mensual[1]"], 0U);
}

// Of two permits on the last day of a month, the first counts itself alone: what a month adds up to
// is not what a fact of its last day has seen of it.
TEST_F(InterpreterTest, TheSameWhenAFactOfTheLastDayCountsItsOwnKind) {
  Quiet();
  population::Occurrence permit;
  permit.name = permit.kind = "permiso_con_goce";
  permit.dates = {{0, 3, 31}};
  permit.reached = {std::uint64_t{1} << 32};
  permit.away = population::Discrete({{0, 0, 1, {}}});
  permit.variant = population::Discrete({{0, 0, 1, {}}});
  for (const int number : {60, 90}) {
    population::AttributeValue minutes;
    minutes.attribute = "minutos";
    minutes.kind = population::AttributeValue::Kind::Number;
    minutes.number = number;
    permit.variants = {{1, {minutes}}};
    population_.occurrences.push_back(permit);
  }
  const auto amended = Edited(
      "agrega medida permisos_del_mes por mes cita RIP:38.II = cuenta(permiso_con_goce)\n"
      "agrega regla permisos_contados cita RIP:38.II sobre permiso_con_goce\n"
      "  entonces derecho refrigerio permisos_del_mes * 1 día\n");
  ASSERT_TRUE(amended);
  Seen seen = Compare(*amended, 2026, 5, 50);
  EXPECT_GE(seen.rules["permisos_contados"], 80U);  // but for who left before
}

// A year whose permits are all of the last day of a month, and then one whose permit is not: what
// is known of the days that were judged is not known of other days.
TEST_F(InterpreterTest, WhatOneYearsFactsWereIsNotWhatTheNextOnesAre) {
  const auto amended = CountingOmissionsOn("permiso_con_goce");
  ASSERT_TRUE(amended);
  const auto setting = Prepare({&*amended}, population_, 2026, diagnostics_);
  ASSERT_TRUE(setting) << Messages(sources_, diagnostics_);
  const StaffPlan& staff = setting->plans[0];
  const int permit = amended->FindFactKind("permiso_con_goce").value;
  const int omission = staff.plan.binding.of(Happening::Omission).kind.value;
  Evaluator again(staff.plan, Everything(staff.plan), setting->year);
  const std::int32_t march = setting->year.month_first[2];
  for (const std::int32_t day : {setting->year.month_last[2], march + 9}) {
    Evaluator fresh(staff.plan, Everything(staff.plan), setting->year);
    for (Evaluator* evaluator : {&again, &fresh}) {
      Feed(staff, 0, {}, *evaluator);
      evaluator->Add(permit, day, 0);
      evaluator->Add(omission, march + 19, 1);
      evaluator->Run();
      ASSERT_FALSE(evaluator->failed());
    }
    EXPECT_EQ(TellOf(again, staff.plan), TellOf(fresh, staff.plan)) << day;
  }
}

// On an anniversary a month closes for who leaves that day, and for who stays it goes on.
TEST_F(InterpreterTest, AMonthThatClosedForWhoLeftIsOpenForWhoStays) {
  const auto amended = CountingOmissionsOn("aniversario");
  ASSERT_TRUE(amended);
  const auto setting = Prepare({&*amended}, population_, 2026, diagnostics_);
  ASSERT_TRUE(setting) << Messages(sources_, diagnostics_);
  const StaffPlan& staff = setting->plans[0];
  const int anniversary = amended->FindFactKind("aniversario").value;
  const int omission = staff.plan.binding.of(Happening::Omission).kind.value;
  Evaluator again(staff.plan, Everything(staff.plan), setting->year);
  int seen = 0;
  for (std::size_t person = 0; person < 20; ++person) {
    again.Begin(staff, person);
    const auto& periodic = again.person().periodic;
    const auto found = std::find_if(periodic.begin(), periodic.end(),
                                    [&](const auto& p) { return p.first == anniversary; });
    if (found == periodic.end()) continue;
    const std::int32_t day = found->second;
    const auto month = static_cast<std::size_t>(setting->year.month[static_cast<std::size_t>(day)]);
    for (const std::int32_t last : {day, setting->year.count - 1, day}) {
      Evaluator fresh(staff.plan, Everything(staff.plan), setting->year);
      for (Evaluator* evaluator : {&again, &fresh}) {
        Feed(staff, Tenure{person, person, 0, last, false}, {}, *evaluator);
        for (const std::int32_t at :
             {setting->year.month_first[month], setting->year.month_last[month]})
          if (at <= last) evaluator->Add(omission, at, 1);
        evaluator->Run();
        ASSERT_FALSE(evaluator->failed());
      }
      EXPECT_EQ(TellOf(again, staff.plan), TellOf(fresh, staff.plan)) << person << " " << last;
      ++seen;
    }
  }
  EXPECT_GT(seen, 30);
}

// Days of work of the year are counted as far as one was there.
TEST_F(InterpreterTest, TheSameWhereTheYearsWorkingDaysAreCounted) {
  const auto amended = Edited(
      "agrega medida hábiles_de_la_gestión por gestión cita RIP:38.II = días_hábiles()\n"
      "agrega regla omisión_con_hábiles cita RIP:38.II sobre omisión\n"
      "  entonces derecho refrigerio hábiles_de_la_gestión\n");
  ASSERT_TRUE(amended);
  Seen seen = Compare(*amended, 2026, 5, 100);
  EXPECT_GT(seen.rules["omisión_con_hábiles"], 100U);
}

// Of a month in which the allowance has no figure, nothing is said.
TEST_F(InterpreterTest, AnAllowanceWithoutAFigureIsAnError) {
  Quiet();
  const auto amended =
      Edited("sustituye parámetro refrigerio_diario cita DS4513 desde 2026-07-01 = 18 Bs\n");
  ASSERT_TRUE(amended);
  Options options;
  options.gestion = 2026;
  options.replications = 2;
  EXPECT_FALSE(Simulate({{"base", {"", ""}, amended}}, population_, options, diagnostics_));
  EXPECT_NE(Messages(sources_, diagnostics_).find("un parámetro no tiene valor"), std::string::npos)
      << Messages(sources_, diagnostics_);
}

// A count times part of a day, by a figure that is the same all year: of a measure that another
// rule reads too, of one that only this one reads, and where the figure changes in the middle of
// the year, which makes it no sum of whole months.
TEST_F(InterpreterTest, TheSameWhenACountIsTakenByHalves) {
  const auto rules = [](const char* birthday) {
    return "agrega regla medios_días_contados cita RIP:38.II sobre cierre_de_mes\n"
           "  entonces derecho medios_días 5 días - cumpleaños_del_mes * " +
           std::string(birthday) +
           "\n    + (vacaciones_contadas + cumpleaños_del_mes) * 3/2 días\n"
           "agrega medida vacaciones_contadas por mes cita RIP:38.II = cuenta(vacación)\n";
  };
  for (const std::string& edits :
       {rules("asueto_por_día_señalado"),
        rules("asueto_que_cambia") +
            "agrega parámetro asueto_que_cambia cita RIP:21.II desde 2025-01-01 = 1/2 día, desde "
            "2026-06-15 = 1 día\n"}) {
    const auto amended = Edited(edits);
    ASSERT_TRUE(amended);
    Seen seen = Compare(*amended, 2026, 5, 100);
    EXPECT_GT(seen.rules["medios_días_contados"], 1000U);
    EXPECT_GT(seen.rules["días_de_refrigerio"], 1000U);
  }
}

// Alternative meanings exercise other measures: each omission judged on its own, minutes
// counted from the fixed hour, recidivism over the career.
TEST_F(InterpreterTest, TheSameUnderEveryOtherReading) {
  for (const rules::Reading& reading : regulation_.rules->readings) {
    for (std::size_t option = 0; option < reading.options.size(); ++option) {
      if (static_cast<int>(option) == reading.assumed) continue;
      SCOPED_TRACE(reading.name + " = " + reading.options[option].name);
      const rules::Regulation other =
          rules::LoadRegulation(sources_, root_ + "/regulations/rip-2025",
                                {{reading.name, reading.options[option].name}}, diagnostics_);
      ASSERT_TRUE(other.rules) << Messages(sources_, diagnostics_);
      Compare(*other.rules, 2025, 11, 40);
    }
  }
}

TEST_F(InterpreterTest, TheSameForAnotherEntitysRegulation) {
  const auto rules = FromText(kOtherEntity);
  ASSERT_TRUE(rules);
  const Seen seen = Compare(*rules, 2025, 99, 300);
  EXPECT_GT(seen.defeated, 0U);
  EXPECT_GT(seen.gaps, 0U);
  EXPECT_GT(seen.conflicts, 0U);
  EXPECT_GT(seen.newcomers, 20U);
  EXPECT_GT(seen.payments, 5U);
}

}  // namespace
}  // namespace cotejo::year
