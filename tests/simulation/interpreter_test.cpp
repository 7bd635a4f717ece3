// The simulator's own evaluation of a person-year against the reference interpreter's.
#include "model/evaluation/evaluate.h"
#include "scenarios/year/person_year.h"
#include "tests/simulation/setting_for_tests.h"

namespace cotejo::year {
namespace {

constexpr int kSampled = 200;
constexpr int kMany = 2000;

Consequences FromInterpreter(const evaluation::Result& result) {
  Consequences all;
  for (const evaluation::Application& a : result.applications)
    all.applications.push_back({a.rule, a.date, a.quantities, a.stands, !a.conflicts.empty()});
  for (const evaluation::GapHit& gap : result.gaps) {
    const auto& root = result.roots[static_cast<std::size_t>(gap.root)];
    all.gaps.push_back({root.subject, gap.date});
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
  std::size_t applications = 0, defeated = 0, conflicts = 0, gaps = 0;
};

class InterpreterTest : public RipTest {
 protected:
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
      const evaluation::History history = PersonYear(*setting, population_, key);
      const evaluation::Result result = evaluation::Evaluate(rules, families, history);
      EXPECT_TRUE(result.problems.empty()) << result.problems.front().message.es;
      const Consequences expected = FromInterpreter(result);
      const auto found = Judge(*setting, population_, key, diagnostics_);
      if (!found) {
        ADD_FAILURE() << Messages(sources_, diagnostics_);
        return seen;
      }
      EXPECT_EQ(expected.applications.size(), found->applications.size());
      EXPECT_TRUE(expected.applications == found->applications && expected.gaps == found->gaps)
          << history.person << ", replication " << i << "\ninterpreter:\n"
          << Show(rules, expected) << "simulator:\n"
          << Show(rules, *found) << evaluation::WriteHistoryCsv(rules, history);
      if (HasFailure()) return seen;
      seen.applications += found->applications.size();
      seen.gaps += found->gaps.size();
      for (const auto& a : found->applications) {
        seen.defeated += a.stands ? 0 : 1;
        seen.conflicts += a.in_conflict ? 1 : 0;
      }
    }
    return seen;
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

// A whole year under the regulation, with leaves, permits, illness and trips.
TEST_F(InterpreterTest, TwoThousandPersonYearsOfAWholeYearHaveTheSameConsequences) {
  const Seen seen = Compare(*regulation_.rules, 2026, 7, kMany);
  EXPECT_GT(seen.applications, 20'000U);
}

TEST_F(InterpreterTest, TheSameUnderAnAmendment) {
  const auto amended = Amended("tolerancia-10.enmienda.norma.md");
  ASSERT_TRUE(amended);
  Compare(*amended, 2025, 5, 60);
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

// Another entity, and everything the RIP does not use: one and three shifts a day, arrivals
// judged one by one and by day, rules that a measure of earlier arrivals decides, a tolerance
// that changes in July, `primera`, `acumula`, priorities, a special rule over a general one.
constexpr const char* kOther = R"(
norma OTRA "Otra entidad" rango resolución_administrativa vigente desde 2025-01-01
norma MARCO "Norma marco" rango ley vigente desde 2020-01-01

horario continuo cita OTRA:1 tramos 08:00 a 16:00
  para oficina en {nacional, la_paz, beni, oruro, potosí}
horario partido cita OTRA:1 tramos 07:00 a 09:30, 10:00 a 12:00, 13:00 a 17:00

parámetro gracia cita OTRA:2 desde 2025-01-01 = 5 minutos, desde 2025-07-01 = 1/2 minuto
parámetro refrigerio_diario cita OTRA:2 desde 2025-01-01 = 18 Bs, desde 2025-09-01 = 20,50 Bs
define antigua de persona cita OTRA:2 = años(ingreso, fecha) > 5 años y 3 años < años(fecha, ingreso) + servicio_previo
define haber_diario de persona cita OTRA:2 = remuneración / 22

medida llegadas_tarde por mes cita OTRA:3 = cuenta(llegada donde hora > hora_fijada + gracia)
medida minutos por mes cita OTRA:3 = suma(atraso.minutos)
medida minutos_del_día por día cita OTRA:3 = suma(atraso.minutos)
medida faltas por gestión cita OTRA:3 = suma(inasistencia_injustificada.días) en pasos de 1/6 día
medida racha_de_faltas por gestión cita OTRA:3 = racha(inasistencia_injustificada.días >= 1/3 día)
medida vez por gestión cita OTRA:3 = cuenta(conducta del mismo inciso)
medida descontado por mes cita OTRA:3 = suma(sanción.días)
medida hábiles por mes cita OTRA:3 = días_hábiles()
medida vacaciones por mes cita OTRA:3 = suma(vacación.días) en pasos de 1/2 día

// Sólo las tres primeras del mes se perdonan a quien gana poco.
califica llegada como atraso cita OTRA:3
  cuando hora > hora_fijada + gracia y (remuneración >= 9000 Bs o llegadas_tarde > 3)
  salvo justificada
  con minutos = máx(hora - hora_fijada - gracia, tramo * 2 minutos)
califica llegada como omisión_sin_regularizar cita OTRA:3 cuando hora < hora_fijada - 12 minutos y tramo = 3
califica inasistencia como inasistencia_injustificada cita OTRA:4
  salvo justificada o tiene certificado y fecha >= certificado
  con días = días
califica atraso por día como atraso_extremo cita OTRA:4 cuando minutos_del_día > 25

regla muy_tarde cita OTRA:5 sobre llegada
  cuando hora > hora_fijada + 45 minutos
  entonces amonestación escrita
  establece conducta con inciso = RIP:43.II.c
regla tarde_con_permiso cita MARCO:9 sobre llegada
  cuando hora > hora_fijada + 60 minutos y justificada
  entonces sin sanción
regla día_perdido cita OTRA:5 sobre atraso_extremo
  entonces descuento 1/3 día

escala mensual cita OTRA:6 sobre atraso por mes según minutos política primera falta leve
  | 10 ..  | amonestación verbal | cuando contrato = permanente
  | 20 ..  | descuento 1/4 día   |
  | 12 .. 15 | amonestación escrita |
escala suma_de_avisos cita OTRA:6 sobre inasistencia_injustificada por gestión según faltas política acumula
  | 1/3 .. | amonestación escrita |
  | 1 ..   | descuento faltas / 4 |
regla racha cita OTRA:7 sobre inasistencia_injustificada por mes prioridad 2
  cuando racha_de_faltas >= 2 entonces descuento 3 días, proceso
regla falta cita OTRA:7 sobre inasistencia_injustificada por mes
  entonces descuento 1 día
regla general cita OTRA:8 sobre conducta entonces amonestación verbal
regla especial cita OTRA:8 sobre conducta cuando inciso dentro de RIP:43 entonces amonestación escrita
regla repetida cita OTRA:8 sobre conducta cuando vez >= 2 entonces retiro
regla tope cita MARCO:10 sobre sanción por mes
  cuando descontado > 2 días entonces prohibición UDITH "descontar más"

regla adquirida cita OTRA:9 sobre aniversario
  entonces derecho vacación si antigua entonces 18 días sino 12 días
regla ganada cita OTRA:9 sobre cierre_de_gestión
  entonces derecho vacación_ganada techo(meses_desde_aniversario(ingreso, fecha) / 5)
regla refrigerio cita OTRA:9 sobre cierre_de_mes entonces derecho refrigerio hábiles - vacaciones
)";

TEST_F(InterpreterTest, TheSameForAnotherEntitysRegulation) {
  const auto rules = FromText(kOther);
  ASSERT_TRUE(rules);
  const Seen seen = Compare(*rules, 2025, 99, 300);
  EXPECT_GT(seen.defeated, 0U);
  EXPECT_GT(seen.gaps, 0U);
  EXPECT_GT(seen.conflicts, 0U);
}

}  // namespace
}  // namespace cotejo::year
