#include "model/evaluation/evaluate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/rules/ruleset_builder.h"

namespace cotejo::evaluation {
namespace {

using rules::Aggregate;
using rules::Base;
using rules::ConsequenceKind;
using rules::ExprId;
using rules::FactKindId;
using rules::FieldId;
using rules::HitPolicy;
using rules::MeasureId;
using rules::NormId;
using rules::Op;
using rules::Placement;
using rules::Precedence;
using rules::RuleId;
using rules::RulesetBuilder;
using rules::Subject;
using rules::Type;
using rules::Window;
using ::testing::ElementsAre;
using ::testing::SizeIs;

constexpr Type kMinutes{Base::Minutes, {}};
constexpr Type kDays{Base::Days, {}};
constexpr Type kBoolean{Base::Boolean, {}};
constexpr Type kTime{Base::TimeOfDay, {}};
constexpr Type kDate{Base::Date, {}};

Rational At(int hour, int minute) { return hour * 60 + minute; }

// Arrivals, what they are for the law, conducts, absences and sanctions.
struct Sample : RulesetBuilder {
  NormId rip = AddNorm("RIP", 2);
  rules::EnumId inciso = AddEnum("inciso", {"RIP:43.II.a", "RIP:43.II.b", "RIP:46.IV"});
  rules::AttributeId hired = AddAttribute("ingreso", kDate, {}, true);
  FactKindId arrival = AddKind("llegada", Placement::Shift,
                               {MakeField("hora", kTime), MakeField("justificada", kBoolean, 0)});
  FactKindId lateness = AddKind("atraso", Placement::Shift, {MakeField("minutos", kMinutes)}, true);
  FactKindId absence =
      AddKind("inasistencia", Placement::Shift, {MakeField("días", kDays, Rational(1, 2))});
  FactKindId conduct =
      AddKind("conducta", Placement::Day, {MakeField("inciso", {Base::Enumeration, inciso})});
  FactKindId sanction = AddKind("sanción", Placement::Day,
                                {MakeField("días", kDays), MakeField("proceso", kBoolean)}, true);
  MeasureId month_minutes = AddMeasure("minutos_del_mes", Window::Month, Aggregate::Sum, lateness,
                                       Base::Minutes, Read(lateness, "minutos"));
  MeasureId times = AddMeasure("vez", Window::Gestion, Aggregate::Count, conduct, Base::Count);
  History history;

  Sample() {
    rules.fact_kinds[sanction.index()].is_sanction = true;
    rules.measures[times.index()].same_field = FieldId(0);
    AddSchedule("discontinuo", {{At(8, 30), At(12, 30)}, {At(14, 30), At(18, 30)}});
    rules.calendar.Add({Date(2025, 1, 1), "nacional", "Año Nuevo", ""});
    rules.calendar.Add({Date(2025, 4, 18), "nacional", "Viernes Santo", ""});
    history.person = "una persona";
    history.from = Date(2025, 1, 1);
    history.to = Date(2025, 12, 31);
  }

  ExprId Minutes(Rational n) { return Number(Base::Minutes, n); }
  ExprId Delay() {
    return Add(Op::Sub, Base::Minutes,
               {Read(arrival, "hora"), Add(Op::ScheduledEntry, Base::TimeOfDay, {})});
  }
  void AddLateness() {
    const ExprId over = Add(Op::Sub, Base::Minutes, {Delay(), Minutes(5)});
    AddQualification("es_atraso", {arrival, Window::Fact}, lateness,
                     Compare(Op::Gt, over, Minutes(0)), {{FieldId(0), over}});
  }
  void AddHalfDayAbsence() {
    AddQualification(
        "media_jornada", {arrival, Window::Fact}, absence,
        All({Compare(Op::Gt, Delay(), Minutes(30)), Not(Read(arrival, "justificada"))}),
        {{FieldId(0), Number(Base::Days, {1, 2})}});
  }
  // 1..30 nothing, 31..45 half a day, 46..60 one day.
  rules::ScaleId AddMonthScale(HitPolicy policy = HitPolicy::Unique) {
    const Subject month{lateness, Window::Month};
    const ExprId term = Read(month_minutes);
    const auto row = [&](int n, Rational low, Rational high, rules::Consequence consequence) {
      return AddRule("atraso_mensual[" + std::to_string(n) + "]", rip, "RIP:45.I", month,
                     Between(term, Base::Minutes, low, high), {consequence});
    };
    const RuleId first = row(1, 1, 30, Simple(ConsequenceKind::NoSanction));
    const RuleId second = row(2, 31, 45, Deduct({1, 2}));
    const RuleId third = row(3, 46, 60, Deduct(1));
    return AddScale("atraso_mensual", month, term, policy, {first, second, third});
  }
  void Happens(FactKindId kind, Date date, int shift, std::vector<Rational> fields) {
    Fact fact;
    fact.kind = kind;
    fact.date = date;
    fact.shift = shift;
    for (Rational field : fields) fact.fields.push_back({field, false});
    history.facts.push_back(fact);
  }
  void Arrives(Date date, int shift, Rational time, bool excused = false) {
    Happens(arrival, date, shift, {time, excused ? 1 : 0});
  }
  Result Run() { return Evaluate(rules, rules::BuildFamilies(rules), history); }
};

std::vector<std::string> RulesThatApply(const Sample& s, const Result& result) {
  std::vector<std::string> names;
  for (const Application& a : result.applications) {
    names.push_back(s.rules.rule(a.rule).name + (a.stands ? "" : " (no)"));
  }
  return names;
}

// 08:41 and 14:55 in March: 6 + 20 minutes; 09:01 in April: 26.
TEST(Evaluate, MinutesAddUpByMonthAfterTheTolerance) {
  Sample s;
  s.AddLateness();
  s.AddMonthScale();
  s.Arrives(Date(2025, 3, 3), 1, At(8, 41));
  s.Arrives(Date(2025, 3, 3), 2, At(14, 55));
  s.Arrives(Date(2025, 3, 4), 1, At(8, 35));  // within the tolerance
  s.Arrives(Date(2025, 4, 1), 1, At(9, 21));  // 46
  const Result result = s.Run();
  EXPECT_TRUE(result.problems.empty());
  EXPECT_TRUE(result.gaps.empty());
  ASSERT_THAT(result.applications, SizeIs(2));
  EXPECT_EQ(result.applications[0].date, Date(2025, 3, 31));
  ASSERT_THAT(result.applications[0].measures, SizeIs(1));
  EXPECT_EQ(result.applications[0].measures[0].term, "minutos_del_mes");
  EXPECT_EQ(result.applications[0].measures[0].value.number, Rational(26));
  EXPECT_EQ(result.applications[1].measures[0].value.number, Rational(46));
  EXPECT_THAT(result.applications[1].quantities, ElementsAre(Rational(1)));
  // Two arrivals of one day, their lateness after each of them.
  ASSERT_THAT(result.facts, SizeIs(7));
  EXPECT_EQ(result.facts[1].fact.kind, s.lateness);
  EXPECT_THAT(result.facts[1].from, ElementsAre(0));
  EXPECT_EQ(result.facts[3].fact.fields[0].number, Rational(20));
  const Root& march = result.roots[static_cast<std::size_t>(result.applications[0].root)];
  EXPECT_EQ(march.subject, (Subject{s.lateness, Window::Month}));
  EXPECT_THAT(march.facts, ElementsAre(1, 3));
}

// With a clock that records seconds, 30 minutes 30 seconds is between two rows.
TEST(Evaluate, NoRowIsAGap) {
  Sample s;
  s.AddLateness();
  s.AddMonthScale();
  s.Arrives(Date(2025, 3, 3), 1, At(9, 5) + Rational(1, 2));
  const Result result = s.Run();
  EXPECT_TRUE(result.applications.empty());
  ASSERT_THAT(result.gaps, SizeIs(1));
  EXPECT_EQ(result.gaps[0].date, Date(2025, 3, 31));
  EXPECT_EQ(result.gaps[0].measures[0].value.number, Rational(61, 2));

  s.rules.scales[0].partial = true;
  EXPECT_TRUE(s.Run().gaps.empty());
  s.rules.scales[0].partial = false;
  s.rules.norms[0].in_force_from = Date(2025, 4, 1);  // not yet in force in March
  EXPECT_TRUE(s.Run().gaps.empty());
}

// The month of whoever leaves is closed that day; the gestión, which the text settles for them, is
// not: nothing of it is judged on a 31 December when they were no longer there.
TEST(Evaluate, TheGestionOfWhoeverLeftIsNotJudged) {
  Sample s;
  s.AddLateness();
  s.AddMonthScale();
  const FactKindId leaving = s.AddKind("desvinculación", Placement::Day, {});
  s.rules.fact_kinds[leaving.index()].extinctive = true;
  s.AddRule("de_la_gestión", s.rip, "RIP:9", {s.lateness, Window::Gestion}, {},
            {s.Simple(ConsequenceKind::VerbalAdmonition)});
  s.history.to = Date(2025, 12, 31);
  s.Arrives(Date(2025, 3, 3), 1, At(9, 21));
  EXPECT_THAT(RulesThatApply(s, s.Run()), ElementsAre("atraso_mensual[3]", "de_la_gestión"));
  s.Happens(leaving, Date(2025, 3, 10), 0, {});
  const Result result = s.Run();
  EXPECT_THAT(RulesThatApply(s, result), ElementsAre("atraso_mensual[3]"));
  EXPECT_EQ(result.applications[0].date, Date(2025, 3, 10));
}

TEST(Evaluate, AnOpenMonthIsNotJudged) {
  Sample s;
  s.AddLateness();
  s.AddMonthScale();
  s.history.to = Date(2025, 3, 30);
  s.Arrives(Date(2025, 3, 3), 1, At(9, 21));
  const Result result = s.Run();
  EXPECT_TRUE(result.applications.empty());
  EXPECT_TRUE(result.gaps.empty());
}

TEST(Evaluate, AnArrivalMayBeLatenessAndAbsence) {
  Sample s;
  s.AddLateness();
  s.AddHalfDayAbsence();
  s.AddRule("media_jornada", s.rip, "RIP:45.II", {s.absence, Window::Fact}, {}, {s.Deduct(1)});
  s.Arrives(Date(2025, 3, 3), 1, At(9, 1));
  s.Arrives(Date(2025, 3, 4), 1, At(9, 0));        // exactly 30: not yet
  s.Arrives(Date(2025, 3, 5), 1, At(9, 1), true);  // excused
  const Result result = s.Run();
  ASSERT_THAT(result.applications, SizeIs(1));
  EXPECT_EQ(result.applications[0].date, Date(2025, 3, 3));
  const auto fact = static_cast<std::size_t>(result.applications[0].fact);
  EXPECT_EQ(result.facts[fact].fact.kind, s.absence);
  EXPECT_EQ(result.facts[fact].fact.shift, 1);
  // The root is the arrival, not what the law makes of it.
  const Root& root = result.roots[static_cast<std::size_t>(result.applications[0].root)];
  EXPECT_EQ(root.subject.kind, s.arrival);
  EXPECT_EQ(result.facts[fact].root, result.applications[0].root);
}

// The n-th time counts the same inciso only, within one gestión.
TEST(Evaluate, TheLadderCountsOneConduct) {
  Sample s;
  const auto rung = [&](const std::string& name, Rational nth, rules::Consequence consequence) {
    return s.AddRule(name, s.rip, "RIP:44.II.a", {s.conduct, Window::Fact},
                     s.Compare(Op::Eq, s.Read(s.times), s.Number(Base::Count, nth)), {consequence});
  };
  rung("primera", 1, s.Simple(ConsequenceKind::VerbalAdmonition));
  rung("segunda", 2, s.Simple(ConsequenceKind::WrittenAdmonition));
  s.history.from = Date(2024, 1, 1);
  s.rules.calendar.Add({Date(2024, 1, 1), "nacional", "Año Nuevo", ""});
  s.Happens(s.conduct, Date(2024, 12, 30), 0, {0});
  s.Happens(s.conduct, Date(2025, 2, 3), 0, {0});
  s.Happens(s.conduct, Date(2025, 2, 3), 0, {1});
  s.Happens(s.conduct, Date(2025, 5, 5), 0, {0});
  const Result result = s.Run();
  EXPECT_THAT(RulesThatApply(s, result), ElementsAre("primera", "primera", "primera", "segunda"));
  EXPECT_EQ(result.applications[3].measures[0].term, "vez{inciso=RIP:43.II.a}");
  EXPECT_EQ(result.applications[3].measures[0].value.number, Rational(2));
}

// Two of one day: the order of the history tells the first from the second.
TEST(Evaluate, FactsOfOneDayKeepTheirOrder) {
  Sample s;
  s.AddRule("segunda", s.rip, "RIP:44", {s.conduct, Window::Fact},
            s.Compare(Op::Eq, s.Read(s.times), s.Number(Base::Count, 2)), {s.Deduct(1)});
  s.Happens(s.conduct, Date(2025, 2, 3), 0, {0});
  s.Happens(s.conduct, Date(2025, 2, 3), 0, {0});
  const Result result = s.Run();
  ASSERT_THAT(result.applications, SizeIs(1));
  EXPECT_EQ(result.applications[0].fact, 1);
}

struct Runs : Sample {
  MeasureId run;
  Runs() {
    run = AddMeasure("racha_de_faltas", Window::Month, Aggregate::Run, absence, Base::Count,
                     Read(absence, "días"));
    rules.measures[run.index()].at_least = 1;
    AddRule("racha", rip, "RIP:48", {absence, Window::Month},
            Compare(Op::Ge, Read(run), Number(Base::Count, 1)), {Deduct(1)});
  }
  void Misses(Date date) {
    Happens(absence, date, 1, {Rational(1, 2)});
    Happens(absence, date, 2, {Rational(1, 2)});
  }
  Rational Longest() { return Run().applications.at(0).measures.at(0).value.number; }
};

TEST(Evaluate, ARunCrossesWeekendsAndHolidays) {
  Runs s;
  s.Misses(Date(2025, 4, 17));  // Thursday; Friday 18 is a holiday
  s.Misses(Date(2025, 4, 21));  // Monday
  EXPECT_EQ(s.Longest(), Rational(2));
  s.Misses(Date(2025, 4, 23));  // Tuesday was worked
  EXPECT_EQ(s.Longest(), Rational(2));
}

// Monday 21 is a holiday in Tarija only, and the person lives there until the 28th.
TEST(Evaluate, ARunCrossesTheHolidaysOfWhereOneLivesThatDay) {
  Runs s;
  const rules::EnumId departments = s.AddEnum("departamento", {"Tarija", "La_Paz"});
  s.rules.holiday_scope = s.AddAttribute("lugar", {Base::Enumeration, departments}, {}, false);
  s.history.attributes.resize(s.rules.attributes.size());
  s.history.attributes[s.rules.holiday_scope.index()] = {{std::nullopt, {0, false}},
                                                         {Date(2025, 4, 28), {1, false}}};
  for (int day : {21, 29}) {
    s.rules.calendar.Add({Date(2025, 4, static_cast<unsigned>(day)), "TARIJA", "Fiesta", ""});
  }
  s.Misses(Date(2025, 4, 17));
  s.Misses(Date(2025, 4, 22));
  EXPECT_EQ(s.Longest(), Rational(2));
  s.Misses(Date(2025, 4, 25));
  s.Misses(Date(2025, 4, 28));
  s.Misses(Date(2025, 4, 30));  // in La Paz the 29th was a day of work
  EXPECT_EQ(s.Longest(), Rational(2));
  s.rules.calendar.Add({Date(2025, 4, 29), "la paz", "Fiesta", ""});
  EXPECT_EQ(s.Longest(), Rational(3));
}

TEST(Evaluate, HalfADayDoesNotReachARunOfWholeDays) {
  Runs s;
  s.Misses(Date(2025, 4, 7));
  s.Happens(s.absence, Date(2025, 4, 8), 1, {Rational(1, 2)});
  s.Misses(Date(2025, 4, 9));
  EXPECT_EQ(s.Longest(), Rational(1));
}

TEST(Evaluate, AYearWithoutHolidaysIsAWarning) {
  Runs s;
  s.history.from = Date(2031, 1, 1);
  s.history.to = Date(2031, 12, 31);
  s.Misses(Date(2031, 4, 7));
  const Result result = s.Run();
  ASSERT_THAT(result.problems, SizeIs(1));
  EXPECT_EQ(result.problems[0].code, "feriados-desconocidos");
  EXPECT_EQ(result.problems[0].severity, base::Severity::Warning);
}

// Hired on 29 February 2020: the return is on the 28th save in leap years.
TEST(Evaluate, AnniversariesOfTheTwentyNinthOfFebruary) {
  Sample s;
  const FactKindId birthday = s.AddKind("aniversario", Placement::Day, {});
  s.rules.fact_kinds[birthday.index()].periodicity = rules::Periodicity::YearlyFromAttribute;
  s.rules.fact_kinds[birthday.index()].periodic_from = s.hired;
  s.rules.fact_kinds[birthday.index()].periodic_plus_days = 1;
  const ExprId seniority =
      s.Add(Op::YearsBetween, Base::Years, {s.Read(s.hired), s.Add(Op::FactDate, Base::Date, {})});
  s.AddRule("vacación", s.rip, "LEY2027:49", {birthday, Window::Fact},
            s.Compare(Op::Ge, seniority, s.Number(Base::Years, {367, 366})),
            {s.Entitle("vacación", s.Number(Base::Days, 15))});
  s.history.attributes = {{{std::nullopt, {Date(2020, 2, 29).days(), false}}}};
  s.history.from = Date(2020, 1, 1);
  s.history.to = Date(2024, 12, 31);
  const Result result = s.Run();
  EXPECT_TRUE(result.problems.empty());
  std::vector<std::string> dates;
  for (const Application& a : result.applications) dates.push_back(a.date.str());
  EXPECT_THAT(dates, ElementsAre("2021-03-01", "2022-03-01", "2023-03-01", "2024-03-01"));
}

TEST(Evaluate, EndsOfMonthAndGestionArePeriodic) {
  Sample s;
  const FactKindId month = s.AddKind("fin_de_mes", Placement::Day, {});
  const FactKindId year = s.AddKind("fin_de_gestión", Placement::Day, {});
  s.rules.fact_kinds[month.index()].periodicity = rules::Periodicity::EachMonth;
  s.rules.fact_kinds[year.index()].periodicity = rules::Periodicity::EachGestion;
  s.history.from = Date(2024, 12, 31);
  s.history.to = Date(2025, 3, 30);
  const Result result = s.Run();
  ASSERT_THAT(result.facts, SizeIs(4));
  EXPECT_EQ(result.facts[0].fact.date, Date(2024, 12, 31));
  EXPECT_EQ(result.facts[1].fact.kind, year);
  EXPECT_EQ(result.facts[3].fact.date, Date(2025, 2, 28));
}

// ---- Conflicts -------------------------------------------------------------------

struct Conflict : Sample {
  Subject month{absence, Window::Month};
  MeasureId total = AddMeasure("días_de_falta", Window::Month, Aggregate::Sum, absence, Base::Days,
                               Read(absence, "días"));
  ExprId AtLeast(Rational n) { return Compare(Op::Ge, Read(total), Number(Base::Days, n)); }
  Conflict() {
    for (int day = 3; day <= 5; ++day)
      Happens(absence, Date(2025, 3, static_cast<unsigned>(day)), 1, {1});
  }
};

TEST(Evaluate, TheSpecialRulePrevails) {
  Conflict s;
  s.AddRule("general", s.rip, "RIP:1", s.month, s.AtLeast(1), {s.Deduct(2)});
  s.AddRule("especial", s.rip, "RIP:2", s.month, s.AtLeast(3), {s.Deduct(6)});
  const Result result = s.Run();
  EXPECT_THAT(RulesThatApply(s, result), ElementsAre("general (no)", "especial"));
  EXPECT_EQ(result.applications[0].defeated_by, 1);
  EXPECT_EQ(result.applications[0].why, Precedence::Special);
}

TEST(Evaluate, RankComesBeforeEverything) {
  Conflict s;
  const NormId law = s.AddNorm("LEY", 1);
  s.AddRule("ley", law, "LEY:1", s.month, s.AtLeast(1), {s.Deduct(2)});
  s.AddRule("especial", s.rip, "RIP:2", s.month, s.AtLeast(3), {s.Deduct(6)});
  s.rules.rules.back().priority = 9;
  const Result result = s.Run();
  EXPECT_THAT(RulesThatApply(s, result), ElementsAre("ley", "especial (no)"));
  EXPECT_EQ(result.applications[1].why, Precedence::Rank);
}

TEST(Evaluate, PriorityIsAnExceptionWithinOneRank) {
  Conflict s;
  s.AddRule("uno", s.rip, "RIP:1", s.month, s.AtLeast(3), {s.Deduct(2)});
  s.AddRule("dos", s.rip, "RIP:2", s.month, s.AtLeast(1), {s.Deduct(6)});
  s.rules.rules.back().priority = 1;
  const Result result = s.Run();
  EXPECT_THAT(RulesThatApply(s, result), ElementsAre("uno (no)", "dos"));
  EXPECT_EQ(result.applications[0].why, Precedence::Exception);
}

TEST(Evaluate, WhereNothingDecidesBothStandInConflict) {
  Conflict s;
  s.AddRule("uno", s.rip, "RIP:1", s.month, s.AtLeast(2), {s.Deduct(2)});
  s.AddRule("dos", s.rip, "RIP:2", s.month, s.AtLeast(2), {s.Deduct(6)});
  s.AddRule("igual", s.rip, "RIP:3", s.month, s.AtLeast(2), {s.Deduct(2)});
  const Result result = s.Run();
  EXPECT_THAT(RulesThatApply(s, result), ElementsAre("uno", "dos", "igual"));
  EXPECT_THAT(result.applications[0].conflicts, ElementsAre(1));
  EXPECT_THAT(result.applications[1].conflicts, ElementsAre(0, 2));
}

// B yields to A; C would yield to B, but B no longer stands.
TEST(Evaluate, OnlyARuleThatStandsDefeats) {
  Conflict s;
  const NormId law = s.AddNorm("LEY", 1);
  s.AddRule("a", law, "LEY:1", s.month, s.AtLeast(1), {s.Entitle("pan", s.Number(Base::Days, 1))});
  s.AddRule("b", s.rip, "RIP:1", s.month, s.AtLeast(2),
            {s.Entitle("pan", s.Number(Base::Days, 2)), s.Deduct(2)});
  s.AddRule("c", s.rip, "RIP:2", s.month, s.AtLeast(1), {s.Deduct(1)});
  EXPECT_THAT(RulesThatApply(s, s.Run()), ElementsAre("a", "b (no)", "c"));
}

TEST(Evaluate, RowsThatAccumulateDoNotConflictAndTheFirstRowShadowsTheRest) {
  Conflict s;
  const RuleId one = s.AddRule("e[1]", s.rip, "RIP:1", s.month, s.AtLeast(1), {s.Deduct(1)});
  const RuleId two = s.AddRule("e[2]", s.rip, "RIP:1", s.month, s.AtLeast(2), {s.Deduct(2)});
  s.AddScale("e", s.month, s.Read(s.total), HitPolicy::Accumulate, {one, two});
  EXPECT_THAT(RulesThatApply(s, s.Run()), ElementsAre("e[1]", "e[2]"));
  EXPECT_TRUE(s.Run().applications[0].conflicts.empty());
  s.rules.scales[0].policy = HitPolicy::First;
  EXPECT_THAT(RulesThatApply(s, s.Run()), ElementsAre("e[1]"));
}

// A month establishes a conduct, whose ladder then judges that same month.
TEST(Evaluate, TheLadderMeetsTheMonthThatEstablishedTheConduct) {
  Conflict s;
  const RuleId row = s.AddRule("mes", s.rip, "RIP:46.IV", s.month, s.AtLeast(1), {s.Deduct(4)});
  s.AddEstablish(row, s.conduct, {{FieldId(0), s.EnumLiteral(s.inciso, "RIP:46.IV")}});
  s.AddRule("reincidencia", s.rip, "RIP:47.I.a", {s.conduct, Window::Fact},
            s.Compare(Op::Ge, s.Read(s.times), s.Number(Base::Count, 2)),
            {s.Deduct(6), s.Simple(ConsequenceKind::Process)});
  s.Happens(s.absence, Date(2025, 5, 6), 1, {1});
  const Result result = s.Run();
  EXPECT_THAT(RulesThatApply(s, result), ElementsAre("mes", "mes (no)", "reincidencia"));
  EXPECT_EQ(result.applications[1].root, result.applications[2].root);
  EXPECT_EQ(result.applications[1].why, Precedence::Special);
}

// ---- Sanctions -------------------------------------------------------------------

// Six days in one month are within the cap, 6 ½ are not; a deduction that yields is not counted.
TEST(Evaluate, TheCapSeesTheDeductionsThatStand) {
  Conflict s;
  s.AddRule("general", s.rip, "RIP:1", s.month, s.AtLeast(1), {s.Deduct(2)});
  s.AddRule("especial", s.rip, "RIP:2", s.month, s.AtLeast(3),
            {s.Deduct(6), s.Simple(ConsequenceKind::Process)});
  const MeasureId taken = s.AddMeasure("días_descontados", Window::Month, Aggregate::Sum,
                                       s.sanction, Base::Days, s.Read(s.sanction, "días"));
  s.AddRule("tope", s.rip, "LEY1178:29", {s.sanction, Window::Month},
            s.Compare(Op::Gt, s.Read(taken), s.Number(Base::Days, 6)),
            {s.Duty(ConsequenceKind::Prohibition, "entidad", "descontar más")});
  const Result within = s.Run();
  EXPECT_THAT(RulesThatApply(s, within), ElementsAre("general (no)", "especial"));
  ASSERT_EQ(within.facts.back().fact.kind, s.sanction);
  EXPECT_EQ(within.facts.back().fact.fields[0].number, Rational(6));
  EXPECT_EQ(within.facts.back().fact.fields[1].number, Rational(1));
  EXPECT_EQ(within.facts.back().fact.date, Date(2025, 3, 31));

  Conflict t = s;
  t.rules.steps.clear();  // the new rule comes before the cap
  t.AddRule("conducta", t.rip, "RIP:3", {t.conduct, Window::Fact}, {}, {t.Deduct({1, 2})});
  t.rules.steps.clear();
  for (int rule : {0, 1, 3, 2}) t.rules.steps.push_back({{}, RuleId(rule)});
  t.Happens(t.conduct, Date(2025, 3, 10), 0, {0});
  const Result beyond = t.Run();
  EXPECT_THAT(RulesThatApply(t, beyond),
              ElementsAre("conducta", "general (no)", "especial", "tope"));
  EXPECT_EQ(beyond.applications[3].measures[0].value.number, Rational(13, 2));
}

// ---- Problems --------------------------------------------------------------------

TEST(Evaluate, WhatCannotBeEvaluatedIsAProblemAndNotAGap) {
  Sample s;
  s.AddLateness();
  s.rules.schedules.clear();
  s.Arrives(Date(2025, 3, 3), 1, At(9, 0));
  Result result = s.Run();
  ASSERT_THAT(result.problems, SizeIs(1));
  EXPECT_EQ(result.problems[0].code, "sin-horario");
  EXPECT_EQ(result.problems[0].message.es,
            "una persona no tiene horario para el tramo 1 el 2025-03-03");

  Conflict t;
  const rules::ParameterId limit =
      t.AddParameter("límite", Base::Days, {{Date(2026, 1, 1), Rational(1)}});
  const RuleId rule = t.AddRule("r", t.rip, "RIP:1", t.month,
                                t.Compare(Op::Ge, t.Read(t.total), t.Read(limit)), {t.Deduct(1)});
  t.AddScale("e", t.month, {}, HitPolicy::Unique, {rule});
  result = t.Run();
  ASSERT_THAT(result.problems, SizeIs(1));
  EXPECT_EQ(result.problems[0].code, "parámetro-sin-valor");
  EXPECT_TRUE(result.gaps.empty());
}

TEST(Evaluate, ADivisionByZeroIsAProblem) {
  Conflict s;
  const ExprId zero = s.Add(Op::Sub, Base::Days, {s.Read(s.total), s.Read(s.total)});
  const ExprId ratio = s.Add(Op::Div, Base::Days, {s.Read(s.total), zero});
  s.AddRule("r", s.rip, "RIP:1", s.month, s.Compare(Op::Gt, ratio, s.Number(Base::Days, 1)), {});
  const Result result = s.Run();
  ASSERT_THAT(result.problems, SizeIs(1));
  EXPECT_EQ(result.problems[0].code, "aritmética");
}

// An optional value that is not given makes a comparison false, and its negation true.
TEST(Evaluate, ComparisonsWithAnAbsentValueAreFalse) {
  Conflict s;
  const ExprId early = s.Compare(Op::Lt, s.Read(s.hired), s.Number(Base::Date, 0));
  s.AddRule("antes", s.rip, "RIP:1", s.month, early, {});
  s.AddRule("no_antes", s.rip, "RIP:2", s.month, s.Not(early), {});
  s.AddRule("tiene", s.rip, "RIP:3", s.month, s.Add(Op::Has, Base::Boolean, {s.Read(s.hired)}), {});
  const Result result = s.Run();
  EXPECT_TRUE(result.problems.empty());
  EXPECT_THAT(RulesThatApply(s, result), ElementsAre("no_antes"));
}

TEST(Evaluate, ARuleIsInForceOnItsOwnDatesOrItsNorms) {
  Conflict s;
  s.rules.norms[0].in_force_from = Date(2025, 4, 1);
  s.AddRule("de_la_norma", s.rip, "RIP:1", s.month, {}, {});
  s.AddRule("propia", s.rip, "RIP:2", s.month, {}, {});
  s.rules.rules.back().from = Date(2025, 3, 31);
  EXPECT_THAT(RulesThatApply(s, s.Run()), ElementsAre("propia"));
  s.rules.rules.back().to = Date(2025, 3, 30);
  EXPECT_TRUE(s.Run().applications.empty());
}

// ---- Cases -----------------------------------------------------------------------

struct Cases : Sample {
  Cases() {
    AddLateness();
    AddMonthScale();
  }
  rules::Case& AddCase(Rational arrival_time) {
    rules::Case example;
    example.name = "caso " + std::to_string(rules.cases.size());
    example.facts.push_back(
        {arrival, Date(2025, 3, 3), 0, {{FieldId(0), {arrival_time, false}}}, {}});
    rules.cases.push_back(example);
    return rules.cases.back();
  }
  void Expect(rules::Case& example, rules::Expectation::Kind kind,
              rules::Consequence consequence = {}, const std::string& citation = "") {
    example.expectations.push_back({kind, consequence, base::ParseCitation(citation), {}});
  }
  CaseReport RunAll() { return RunCases(rules, rules::BuildFamilies(rules)); }
};

using Kind = rules::Expectation::Kind;

TEST(CasesTest, ExpectationsThatHold) {
  Cases s;
  s.Expect(s.AddCase(At(9, 21)), Kind::Consequence, s.Deduct(1), "RIP:45");
  s.Expect(s.AddCase(At(8, 40)), Kind::Nothing);
  s.Expect(s.AddCase(At(8, 40)), Kind::Consequence, s.Simple(ConsequenceKind::NoSanction));
  s.Expect(s.AddCase(At(9, 5) + Rational(1, 2)), Kind::Gap, {}, "RIP:45.I");
  const CaseReport report = s.RunAll();
  EXPECT_EQ(report.run, 4);
  EXPECT_TRUE(report.failures.empty());
}

TEST(CasesTest, ExpectationsThatDoNotHold) {
  Cases s;
  s.Expect(s.AddCase(At(9, 21)), Kind::Consequence, s.Deduct(2));
  s.Expect(s.AddCase(At(9, 21)), Kind::Consequence, s.Deduct(1), "RIP:46");
  s.Expect(s.AddCase(At(9, 21)), Kind::Nothing);
  s.Expect(s.AddCase(At(8, 40)), Kind::Gap);
  s.Expect(s.AddCase(At(9, 5) + Rational(1, 2)), Kind::Nothing);
  const CaseReport report = s.RunAll();
  ASSERT_THAT(report.failures, SizeIs(5));
  EXPECT_EQ(report.failures[0].expected.es, "descuento de 2 días");
  EXPECT_EQ(report.failures[0].found.es, "descuento de 1 día (RIP:45.I)");
  EXPECT_EQ(report.failures[4].found.es,
            "hueco el 2025-03-31, minutos_del_mes = 30 minutos 30 segundos");
}

TEST(CasesTest, ACaseOfAnotherReadingIsSkipped) {
  Cases s;
  s.rules.readings.push_back({"cómputo", {}, {{"a", ""}, {"b", ""}}, 0, 0, {}});
  s.AddCase(At(9, 21)).readings = {{rules::ReadingId(0), 1}};
  const CaseReport report = s.RunAll();
  EXPECT_EQ(report.run, 0);
  EXPECT_THAT(report.skipped, ElementsAre(0));
}

}  // namespace
}  // namespace cotejo::evaluation
