// Procedures lived day by day: dates worked out by hand on the calendar of 2026, and how often
// things happen against the chances of the file.
#include "scenarios/year/procedures.h"

#include <cmath>
#include <map>

#include "scenarios/year/person_year.h"
#include "tests/simulation/setting_for_tests.h"

namespace cotejo::year {
namespace {

using population::Discrete;
using population::MilestoneConduct;
using population::ProcedureConduct;
using State = Course::State;

constexpr std::uint64_t kAlways = std::uint64_t{1} << 32;

class ProceduresTest : public RipTest {
 protected:
  void SetUp() override {
    RipTest::SetUp();
    year_ = DaysOf(2026);
    work_ = WorkDaysOf(*regulation_.rules, year_, "nacional");
    rules_ = regulation_.rules;
  }

  [[nodiscard]] std::int32_t Day(unsigned month, unsigned day) const {
    return base::Date(2026, month, day).days() - year_.first;
  }
  [[nodiscard]] std::string Shown(std::int32_t day) const {
    return year_.date(day).str().substr(5);
  }

  static Discrete Only(std::int32_t value) { return Discrete({{value, value, 1, {}}}); }

  // One that takes so much of its term.
  static MilestoneConduct Uses(const std::string& name, std::int32_t percent) {
    MilestoneConduct conduct;
    conduct.milestone = name;
    conduct.of_term = Only(percent);
    return conduct;
  }
  static MilestoneConduct Never(const std::string& name) {
    MilestoneConduct conduct = Uses(name, 100);
    conduct.happens = {};
    return conduct;
  }
  // One without a term, so many days of work after.
  static MilestoneConduct In(const std::string& name, std::int32_t days) {
    MilestoneConduct conduct;
    conduct.milestone = name;
    conduct.days = Only(days);
    return conduct;
  }

  // The process of the decree, with all its terms used up.
  static ProcedureConduct Process() {
    ProcedureConduct process{"sumario_administrativo", "proceso", {}};
    for (const char* name :
         {"apertura", "prueba", "resolución", "revocatoria", "resolución_de_la_revocatoria",
          "recurso_jerárquico", "resolución_del_jerárquico"})
      process.milestones.push_back(Uses(name, 100));
    return process;
  }
  static MilestoneConduct& At(ProcedureConduct& procedure, const std::string& name) {
    for (MilestoneConduct& conduct : procedure.milestones) {
      if (conduct.milestone == name) return conduct;
    }
    ADD_FAILURE() << name;
    return procedure.milestones.front();
  }

  std::optional<Procedures> Of(const ProcedureConduct& conduct) {
    population_.procedures = {conduct};
    const std::vector<RuleEffects> effects(rules_->rules.size());
    return Procedures::Of(*rules_, effects, population_, true, diagnostics_);
  }

  // What comes of one begun on a day: "apertura 03-05" and so on; with a mark for what is late.
  std::map<std::string, std::string> Lived(const ProcedureConduct& conduct, unsigned month,
                                           unsigned day, std::uint32_t replication = 0) {
    std::map<std::string, std::string> lived;
    const auto procedures = Of(conduct);
    if (!procedures) {
      ADD_FAILURE() << Messages(sources_, diagnostics_);
      return lived;
    }
    const Procedures::Procedure& procedure = procedures->all().front();
    const Course course =
        procedures->Run(procedure, 0, Day(month, day), {7, replication, 3}, year_, work_);
    for (std::size_t s = 1; s < procedure.steps.size(); ++s) {
      const Course::Of& of = course.steps[s];
      std::string& shown = lived[procedure.steps[s].name];
      if (of.state == State::Never) shown = "nunca";
      if (of.state == State::Pending) shown = "pendiente";
      if (of.state == State::Done) shown = Shown(of.day);
      if (of.state == State::Lapsed) shown = "vence " + Shown(of.day);
      if (of.late && of.state != State::Lapsed) shown += " tarde";
    }
    lived["fin"] = course.finished ? Shown(*course.finished) : "pendiente";
    if (course.annulled) lived["fin"] += " sin efecto";
    return lived;
  }

  // A regulation of its own, with one procedure that a conduct begins.
  void Own(const std::string& milestones) {
    diagnostics_ = {};
    rules_ = FromText(R"(
norma OTRA "Otra" rango resolución_administrativa vigente desde 2025-01-01
regla r cita OTRA:1 sobre conducta entonces amonestación escrita
trámite t cita OTRA:2
)" + milestones);
  }

  YearDays year_;
  WorkDays work_;
  std::shared_ptr<const rules::Ruleset> rules_;
};

// From Monday 2 March 2026; 3 April is Good Friday.
TEST_F(ProceduresTest, AProcessRunsByTheTermsOfTheDecree) {
  const std::map<std::string, std::string> expected = {
      {"apertura", "03-05"},                       // 3 days of work
      {"prueba", "03-19"},                         // 10
      {"conclusión_de_la_prueba", "03-19"},        // not before those 10
      {"resolución", "03-26"},                     // 5
      {"notificación_de_la_resolución", "03-26"},  // that day: the decree gives no term
      {"revocatoria", "03-31"},                    // 3
      {"resolución_de_la_revocatoria", "04-13"},   // 8, Good Friday is not one of them
      {"notificación_de_la_revocatoria", "04-13"},
      {"recurso_jerárquico", "04-16"},  // 3
      {"radicatoria", "04-16"},
      {"resolución_del_jerárquico", "04-28"},  // 8
      {"fin", "04-28"}};
  EXPECT_EQ(Lived(Process(), 3, 2), expected);
}

TEST_F(ProceduresTest, WhatIsLatePutsOffWhatFollows) {
  ProcedureConduct process = Process();
  At(process, "apertura") = Uses("apertura", 200);      // 6 days
  At(process, "resolución") = Uses("resolución", 101);  // 5.05 days: the sixth
  process.milestones.push_back(In("notificación_de_la_resolución", 2));
  At(process, "revocatoria") = Uses("revocatoria", 34);  // 1.02 days: the second
  auto lived = Lived(process, 3, 2);
  EXPECT_EQ(lived["apertura"], "03-10 tarde");
  EXPECT_EQ(lived["conclusión_de_la_prueba"], "03-24");
  EXPECT_EQ(lived["resolución"], "04-01 tarde");
  EXPECT_EQ(lived["notificación_de_la_resolución"], "04-06");  // 2 and 6 April: not the 3rd
  EXPECT_EQ(lived["revocatoria"], "04-08");
}

TEST_F(ProceduresTest, AnAppealNotMadeInItsTermEndsIt) {
  ProcedureConduct process = Process();
  At(process, "revocatoria") = Never("revocatoria");
  auto lived = Lived(process, 3, 2);
  EXPECT_EQ(lived["revocatoria"], "vence 03-31");
  EXPECT_EQ(lived["resolución_de_la_revocatoria"], "nunca");
  EXPECT_EQ(lived["resolución_del_jerárquico"], "nunca");
  EXPECT_EQ(lived["fin"], "03-31");
  // Made out of its term it is as if it were not.
  At(process, "revocatoria") = Uses("revocatoria", 134);
  EXPECT_EQ(Lived(process, 3, 2), lived);
}

TEST_F(ProceduresTest, WhatIsLeftWithoutEffectGoesNoFurther) {
  ProcedureConduct process = Process();
  At(process, "resolución").annuls = {kAlways};
  auto lived = Lived(process, 3, 2);
  EXPECT_EQ(lived["resolución"], "03-26");
  EXPECT_EQ(lived["revocatoria"], "nunca");
  EXPECT_EQ(lived["fin"], "03-26 sin efecto");
}

// 25 December is a holiday, and so is 1 January of the next year, of which nothing is known.
TEST_F(ProceduresTest, WhatFallsAfterTheYearIsPending) {
  ProcedureConduct process = Process();
  auto lived = Lived(process, 12, 14);
  EXPECT_EQ(lived["apertura"], "12-17");
  EXPECT_EQ(lived["prueba"], "pendiente");
  EXPECT_EQ(lived["resolución"], "pendiente");
  EXPECT_EQ(lived["fin"], "pendiente");
  // A term that passes within the year is passed, though nobody has acted yet.
  At(process, "apertura") = Uses("apertura", 1000);
  lived = Lived(process, 12, 14);
  EXPECT_EQ(lived["apertura"], "pendiente tarde");
  EXPECT_EQ(lived["prueba"], "pendiente");
  // Nor does anybody know whether an appeal will be made.
  process = Process();
  At(process, "revocatoria") = Never("revocatoria");
  lived = Lived(process, 12, 1);
  EXPECT_EQ(lived["resolución"], "12-28");  // 18 days of work after 1 December
  EXPECT_EQ(lived["revocatoria"], "vence 12-31");
  EXPECT_EQ(Lived(process, 12, 2)["revocatoria"], "pendiente");
}

// 72 hours are three days, whichever; what ends on a day nobody works is for the next one.
TEST_F(ProceduresTest, HoursRunOnAllDaysAndEndOnOneOfWork) {
  ProcedureConduct conduct{"representación_contra_la_sanción",
                           "descuento",
                           {In("notificación", 0), Uses("representación", 100)}};
  EXPECT_EQ(Lived(conduct, 3, 3)["representación"], "03-06");   // Tuesday to Friday
  EXPECT_EQ(Lived(conduct, 3, 5)["representación"], "03-09");   // Thursday to Sunday: Monday
  EXPECT_EQ(Lived(conduct, 3, 31)["representación"], "04-06");  // Good Friday: Monday
  At(conduct, "representación") = Uses("representación", 34);   // 24.48 hours: two days
  EXPECT_EQ(Lived(conduct, 3, 3)["representación"], "03-05");
  At(conduct, "notificación") = In("notificación", 3);
  EXPECT_EQ(Lived(conduct, 3, 3)["notificación"], "03-06");
}

TEST_F(ProceduresTest, MonthsEndWithTheirMonth) {
  Own("  hito conducta\n"
      "  hito informe hasta 1 meses desde conducta obligación UDITH\n"
      "  hito archivo hasta 10 días desde informe obligación UDITH\n");
  const ProcedureConduct conduct{"t", "OTRA:1", {Uses("informe", 100), Uses("archivo", 100)}};
  auto lived = Lived(conduct, 1, 30);
  EXPECT_EQ(lived["informe"], "03-02");  // 28 February is a Saturday
  EXPECT_EQ(lived["archivo"], "03-12");
}

// The first last day is the one that counts, from what did come about.
TEST_F(ProceduresTest, OfSeveralTermsTheFirstToEndCounts) {
  Own("  hito conducta\n"
      "  hito aviso hasta 5 días hábiles desde conducta facultad persona\n"
      "  hito informe hasta 8 días hábiles desde conducta obligación UDITH\n"
      "  hito informe hasta 2 días hábiles desde aviso obligación UDITH\n"
      "  hito informe tras 4 días hábiles desde conducta obligación UDITH\n");
  ProcedureConduct conduct{"t", "OTRA:1", {Uses("aviso", 20), Uses("informe", 100)}};
  // Notice on the 3rd gives until the 5th, and it may not be before the 6th: the text's own fault.
  EXPECT_EQ(Lived(conduct, 3, 2)["informe"], "03-06 tarde");
  At(conduct, "aviso") = Uses("aviso", 100);  // the 9th; two more are the 11th, before the 12th
  EXPECT_EQ(Lived(conduct, 3, 2)["informe"], "03-11");
  At(conduct, "aviso") = Never("aviso");
  EXPECT_EQ(Lived(conduct, 3, 2)["informe"], "03-12");
}

TEST_F(ProceduresTest, ThingsHappenAsOftenAsTheFileSays) {
  ProcedureConduct process = Process();
  At(process, "apertura").of_term = Discrete({{50, 50, 3, {}}, {150, 150, 1, {}}});
  At(process, "revocatoria").happens = {kAlways / 5};
  At(process, "resolución").annuls = {kAlways / 10};
  const auto procedures = Of(process);
  ASSERT_TRUE(procedures);
  const Procedures::Procedure& procedure = procedures->all().front();
  std::map<std::string, std::size_t> at;
  for (std::size_t s = 0; s < procedure.steps.size(); ++s) at[procedure.steps[s].name] = s;
  constexpr int kRuns = 20'000;
  int late = 0;
  int annulled = 0;
  int appealed = 0;
  int both = 0;
  int otherwise = 0;
  for (std::uint32_t run = 0; run < kRuns; ++run) {
    const Course course = procedures->Run(procedure, 0, Day(3, 2), {7, run, 3}, year_, work_);
    late += course.steps[at["apertura"]].late ? 1 : 0;
    annulled += course.annulled ? 1 : 0;
    const bool appeals = course.steps[at["revocatoria"]].state == State::Done;
    appealed += appeals ? 1 : 0;
    both += appeals && course.steps[at["apertura"]].late ? 1 : 0;
    // A rule of another article, on the same day.
    const std::size_t other = rules_->rules.size() - 1;
    const Course apart = procedures->Run(procedure, other, Day(3, 2), {7, run, 3}, year_, work_);
    otherwise += apart.annulled != course.annulled ? 1 : 0;
  }
  // Within the 99.9 % bounds of as many tosses.
  const auto near = [](int count, int of, double chance) {
    EXPECT_NEAR(count, of * chance, 3.29 * std::sqrt(of * chance * (1 - chance)));
  };
  near(late, kRuns, 0.25);
  near(annulled, kRuns, 0.1);
  near(appealed, kRuns - annulled, 0.2);
  near(both, appealed, 0.25);             // the one has nothing to do with the other
  near(otherwise, kRuns, 2 * 0.1 * 0.9);  // nor what another article begins
}

// What a text adds or takes away of a procedure leaves the draws of the rest as they were.
TEST_F(ProceduresTest, OtherStepsLeaveTheRestAsItWas) {
  ProcedureConduct conduct{"t", "OTRA:1", {Uses("aviso", 0), Uses("informe", 0)}};
  for (MilestoneConduct& step : conduct.milestones) {
    step.of_term = Discrete({{1, 100, 1, {}}});
    step.happens = {kAlways / 2};
  }
  const std::string report =
      "  hito informe hasta 90 días hábiles desde conducta obligación UDITH\n";
  Own("  hito conducta\n  hito aviso hasta 5 días hábiles desde conducta facultad persona\n" +
      report);
  std::vector<std::string> with;
  for (std::uint32_t run = 0; run < 20; ++run) with.push_back(Lived(conduct, 3, 2, run)["informe"]);
  Own("  hito conducta\n" + report);
  population_.procedures = {conduct};
  const auto fewer = Procedures::Of(*rules_, std::vector<RuleEffects>(rules_->rules.size()),
                                    population_, false, diagnostics_);
  ASSERT_TRUE(fewer);
  for (std::uint32_t run = 0; run < 20; ++run) {
    const Course course = fewer->Run(fewer->all().front(), 0, Day(3, 2), {7, run, 3}, year_, work_);
    const Course::Of& of = course.steps[1];
    EXPECT_EQ((of.state == State::Done ? "" : "vence ") + Shown(of.day), with[run]);
  }
}

TEST_F(ProceduresTest, WhatCannotBeLivedIsSaid) {
  const auto refused = [&](const ProcedureConduct& conduct) {
    diagnostics_ = {};
    EXPECT_FALSE(Of(conduct));
    std::string all;
    for (const base::Diagnostic& d : diagnostics_.all()) {
      EXPECT_EQ(d.code, "población-trámite");
      all += d.message.es + " " + d.hint.es + "\n";
    }
    return all;
  };
  const auto has = [](const std::string& all, const char* piece) {
    EXPECT_NE(all.find(piece), std::string::npos) << all;
  };
  ProcedureConduct process = Process();
  process.name = "sumario_administrativa";
  has(refused(process), "¿quiso decir «sumario_administrativo»?");
  process = Process();
  process.begins = "procesos";
  has(refused(process), "nada de la regulación lo empieza: «procesos»");
  process = Process();
  At(process, "prueba").milestone = "pruebas";
  has(refused(process), "no tiene el hito «pruebas» ¿quiso decir «prueba»?");
  has(refused(process), "falta «plazo_por_ciento» de «prueba»");
  process = Process();
  At(process, "apertura").days = Only(1);
  has(refused(process), "el plazo de «apertura» lo da el texto");
  process = Process();
  process.milestones.push_back(Uses("radicatoria", 50));
  has(refused(process), "«radicatoria» no tiene plazo del que usar una parte");
  process = Process();
  process.milestones.push_back(In("radicatoria", 1));
  process.milestones.back().happens = {kAlways / 2};
  has(refused(process), "«radicatoria» no tiene plazo");

  const ProcedureConduct own{"t", "OTRA:1", {Uses("a", 100), Uses("b", 100)}};
  Own("  hito conducta\n  hito a hasta 24 horas obligación UDITH\n"
      "  hito b hasta 24 horas desde conducta obligación UDITH\n");
  has(refused(own), "no se sabe desde cuándo corre el plazo de «a»");
  Own("  hito conducta\n  hito a hasta 24 horas desde b obligación UDITH\n"
      "  hito b hasta 24 horas desde a obligación UDITH\n");
  has(refused(own), "corren en círculo");
  Own("  hito conducta\n  hito a 2 días antes de b obligación UDITH\n"
      "  hito b hasta 24 horas desde conducta obligación UDITH\n");
  has(refused(own), "el simulador no puede vivir el plazo de «a»");
}

// ---- in the year of a staff ------------------------------------------------------

class LivedProceduresTest : public ProceduresTest {
 protected:
  std::map<std::string, std::int64_t> Sums() {
    Options options;
    options.gestion = 2026;
    options.replications = 40;
    const Forecast forecast = Run({{"base", {"b", "b"}, rules_}}, options);
    std::map<std::string, std::int64_t> sums;
    for (std::size_t i = 0; i < forecast.cells.size(); ++i) {
      for (const std::int64_t value : forecast.regulations[0].values[i])
        sums[forecast.cells[i].key] += value;
    }
    return sums;
  }
};

// Every deduction begins one, and every process or removal that a norm wants one before.
TEST_F(LivedProceduresTest, EachSanctionBeginsItsOwn) {
  auto sums = Sums();
  const std::string process = "trámites/sumario_administrativo/";
  const std::string answer = "trámites/representación_contra_la_sanción/";
  EXPECT_GT(sums["procesos/total"], 100);
  EXPECT_GT(sums["procesos/retiros"], 10);
  // No destitution or deduction of these people lacks a process of its own; retirements do.
  EXPECT_EQ(sums[process + "iniciados"], sums["procesos/total"] + sums["procesos/retiros"]);
  for (const std::string& of : {process, answer})
    EXPECT_EQ(sums[of + "terminados"] + sums[of + "pendientes"], sums[of + "iniciados"]) << of;
  EXPECT_LT(sums[process + "hitos/revocatoria"], sums[process + "hitos/resolución"]);
  // Six hours each opening, eight each production of evidence, and so on.
  const std::map<std::string, std::int64_t> hours = {{"apertura", 6},
                                                     {"prueba", 8},
                                                     {"resolución", 14},
                                                     {"notificación_de_la_resolución", 1},
                                                     {"revocatoria", 2},
                                                     {"resolución_de_la_revocatoria", 12},
                                                     {"notificación_de_la_revocatoria", 1},
                                                     {"recurso_jerárquico", 2},
                                                     {"radicatoria", 1},
                                                     {"resolución_del_jerárquico", 16}};
  std::int64_t worked = 0;
  for (const auto& [step, each] : hours) worked += each * sums[process + "hitos/" + step];
  EXPECT_EQ(sums[process + "horas"], worked);
  EXPECT_EQ(sums[answer + "horas"],
            sums[answer + "hitos/notificación"] + 4 * sums[answer + "hitos/representación"]);
  EXPECT_EQ(sums["trámites/horas/total"], sums[process + "horas"] + sums[answer + "horas"]);
}

// What a diary tells of each person adds up to the tables.
TEST_F(LivedProceduresTest, DiariesAddUpToTheTables) {
  Options options;
  options.gestion = 2026;
  options.replications = 3;
  const Forecast forecast = Run({{"base", {"b", "b"}, rules_}}, options);
  const auto setting = Prepare({rules_.get()}, population_, 2026, diagnostics_);
  ASSERT_TRUE(setting);
  std::map<std::string, std::int64_t> told;
  PersonYearKey key{0, 0, options.seed};
  for (key.person = 0; key.person < population_.staff.size(); ++key.person) {
    for (key.replication = 0; key.replication < 3; ++key.replication) {
      const int occupants = Occupants(*setting, population_, key);
      for (key.occupant = 0; key.occupant < occupants; ++key.occupant) {
        const auto judged = Judge(*setting, population_, key, diagnostics_);
        ASSERT_TRUE(judged);
        std::vector<std::pair<rules::RuleId, base::Date>> standing;
        for (const auto& applied : judged->applications)
          if (applied.stands) standing.emplace_back(applied.rule, applied.date);
        for (const Begun& begun : ProceduresOf(*setting, population_, key, standing)) {
          const std::string own = "trámites/" + begun.procedure + "/";
          ++told[own + "iniciados"];
          ++told[own + (begun.finished ? "terminados" : "pendientes")];
          if (begun.annulled) ++told[own + "sin_efecto"];
          for (const Begun::Step& step : begun.steps) {
            if (step.state == Begun::Step::State::Done) ++told[own + "hitos/" + step.name];
            if (step.late) ++told[own + "hitos/" + step.name + "/vencidos"];
          }
        }
      }
    }
  }
  int compared = 0;
  for (std::size_t i = 0; i < forecast.cells.size(); ++i) {
    const Cell& cell = forecast.cells[i];
    if (cell.table != "trámites" || cell.unit != CellUnit::Count || cell.group == "trámites/horas")
      continue;
    std::int64_t sum = 0;
    for (const std::int64_t value : forecast.regulations[0].values[i]) sum += value;
    EXPECT_EQ(told[cell.key], sum) << cell.key;
    ++compared;
  }
  EXPECT_GT(compared, 20);
  EXPECT_GT(told["trámites/sumario_administrativo/hitos/apertura"], 5);
}

// Half a day of pay for each, all of it left without effect on the day.
TEST_F(LivedProceduresTest, WhatIsLeftWithoutEffectIsAddedUp) {
  ProcedureConduct answer{"representación_contra_la_sanción",
                          "descuento",
                          {In("notificación", 0), Uses("representación", 0)}};
  answer.milestones.back().annuls = {kAlways};
  DropProcedures();
  population_.procedures = {answer};
  auto sums = Sums();
  const std::string own = "trámites/representación_contra_la_sanción/";
  EXPECT_GT(sums[own + "terminados"], 1000);
  EXPECT_EQ(sums[own + "sin_efecto"], sums[own + "terminados"]);
  // A deduction that is contradicted is in no total; one of the last days has not been heard.
  EXPECT_GT(sums[own + "sin_efecto/centavos"], sums["descuentos/centavos/total"] * 9 / 10);
  EXPECT_LE(sums[own + "sin_efecto/centavos"], sums["descuentos/centavos/total"]);
}

// The fines of RIP:47.I begin both a process and a representation. That one is heard on the day
// and the process in 18 of work, so the money is all of the first, and nobody is spared it twice.
TEST_F(LivedProceduresTest, OneDeductionIsLeftWithoutEffectOnce) {
  ProcedureConduct answer{"representación_contra_la_sanción",
                          "descuento",
                          {In("notificación", 0), Uses("representación", 0)}};
  answer.milestones.back().annuls = {kAlways};
  ProcedureConduct process = Process();
  At(process, "resolución").annuls = {kAlways};
  DropProcedures();
  population_.turnover.reset();
  population_.procedures = {process, answer};
  auto sums = Sums();
  const std::string first = "trámites/representación_contra_la_sanción/sin_efecto";
  const std::string second = "trámites/sumario_administrativo/sin_efecto";
  EXPECT_GT(sums["descuentos/centavos/RIP:47.I"], 0);
  EXPECT_GT(sums[second], 100);
  EXPECT_EQ(sums[second + "/centavos"], 0);
  EXPECT_EQ(sums["trámites/sin_efecto/total"], sums[first + "/centavos"]);
  EXPECT_LE(sums["trámites/sin_efecto/total"], sums["descuentos/centavos/total"]);
}

// Nobody leaves the post before the process is over, and nobody whose sanction it annulled.
TEST_F(LivedProceduresTest, AProcessRemovesWhenItIsOverIfItConfirms) {
  population_.turnover->departures.assign(population_.groups.size(), {});
  const auto removed = [&](const ProcedureConduct& process) {
    population_.turnover->removal->process_days.reset();
    population_.procedures = {process};
    return Sums()["puestos/removidos"];
  };
  const std::int64_t all = removed(Process());
  EXPECT_GT(all, 10);
  ProcedureConduct process = Process();
  At(process, "resolución").annuls = {kAlways};
  EXPECT_EQ(removed(process), 0);
  // One that never ends removes nobody either.
  process = Process();
  At(process, "apertura") = Never("apertura");
  EXPECT_GT(removed(process), 0);  // its term passes and it is over: nothing more will come
  process = Process();
  process.milestones.push_back(In("radicatoria", 400));
  EXPECT_EQ(removed(process), 0);
  // The same days as when they are said in days: with no appeal, 21 of work.
  process = Process();
  At(process, "revocatoria") = Never("revocatoria");
  EXPECT_GT(removed(process), all);
}

}  // namespace
}  // namespace cotejo::year
