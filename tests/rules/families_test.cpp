#include "model/rules/families.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/rules/ruleset_builder.h"

namespace cotejo::rules {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

constexpr Type kMinutes{Base::Minutes, {}};
constexpr Type kDays{Base::Days, {}};
constexpr Type kBoolean{Base::Boolean, {}};
constexpr Type kTime{Base::TimeOfDay, {}};

// A month of lateness, a conduct it may establish, and an arrival that may be an absence.
struct Sample : RulesetBuilder {
  NormId rip = AddNorm("RIP", 2, Date(2025, 2, 17));
  EnumId inciso = AddEnum("inciso", {"RIP:43.II.a", "RIP:44.II.b", "RIP:46.IV"});
  FactKindId arrival = AddKind("llegada", Placement::Shift,
                               {MakeField("hora", kTime), MakeField("justificada", kBoolean, 0)});
  FactKindId lateness = AddKind("atraso", Placement::Shift, {MakeField("minutos", kMinutes)}, true);
  FactKindId absence = AddKind("inasistencia", Placement::Shift, {MakeField("días", kDays)});
  FactKindId conduct =
      AddKind("conducta", Placement::Day, {MakeField("inciso", {Base::Enumeration, inciso})});
  ParameterId tolerance =
      AddParameter("tolerancia", Base::Minutes, {{std::nullopt, 3}, {Date(2025, 2, 17), 5}});
  MeasureId month_minutes = AddMeasure("minutos_del_mes", Window::Month, Aggregate::Sum, lateness,
                                       Base::Minutes, Read(lateness, "minutos"));
  MeasureId times =
      SameField(AddMeasure("vez", Window::Gestion, Aggregate::Count, conduct, Base::Count));

  MeasureId SameField(MeasureId id) {
    rules.measures[id.index()].same_field = FieldId(0);
    return id;
  }
  ExprId Minutes(Rational n) { return Number(Base::Minutes, n); }
  ExprId Entry() { return Add(Op::ScheduledEntry, Base::TimeOfDay, {}); }
  // hora - hora_fijada
  ExprId Delay() { return Add(Op::Sub, Base::Minutes, {Read(arrival, "hora"), Entry()}); }
};

const Family* Find(const Families& families, Subject root) {
  for (const Family& family : families.families) {
    if (family.root == root) return &family;
  }
  return nullptr;
}

TEST(Boxes, IntervalsOfOneTermMerge) {
  Sample s;
  const ExprId guard = s.All({s.Between(s.Read(s.month_minutes), Base::Minutes, 31, 45),
                              s.Compare(Op::Lt, s.Read(s.month_minutes), s.Minutes(40))});
  const auto boxes = ToBoxes(s.rules, guard);
  ASSERT_TRUE(boxes);
  ASSERT_THAT(*boxes, SizeIs(1));
  ASSERT_THAT(boxes->front().atoms, SizeIs(1));
  const Atom& atom = boxes->front().atoms[0];
  EXPECT_EQ(atom.kind, Atom::Kind::Interval);
  EXPECT_EQ(atom.term, "minutos_del_mes");
  EXPECT_EQ(atom.low, Rational(31));
  EXPECT_EQ(atom.high, Rational(40));
  EXPECT_FALSE(atom.low_open);
  EXPECT_TRUE(atom.high_open);
}

TEST(Boxes, AnEmptyConjunctionIsDroppedAndTrueIsOneBox) {
  Sample s;
  const ExprId never = s.All({s.Compare(Op::Gt, s.Read(s.month_minutes), s.Minutes(5)),
                              s.Compare(Op::Le, s.Read(s.month_minutes), s.Minutes(5))});
  EXPECT_THAT(*ToBoxes(s.rules, never), SizeIs(0));
  EXPECT_THAT(*ToBoxes(s.rules, ExprId()), SizeIs(1));
  EXPECT_TRUE(ToBoxes(s.rules, ExprId())->front().atoms.empty());
}

TEST(Boxes, DifferentSplitsInTwoAndNegationTurnsOperatorsRound) {
  Sample s;
  const ExprId same = s.Compare(Op::Eq, s.Read(s.month_minutes), s.Minutes(5));
  const auto boxes = ToBoxes(s.rules, s.Not(same));
  ASSERT_THAT(*boxes, SizeIs(2));
  EXPECT_EQ((*boxes)[0].atoms[0].high, Rational(5));
  EXPECT_TRUE((*boxes)[0].atoms[0].high_open);
  EXPECT_EQ((*boxes)[1].atoms[0].low, Rational(5));
}

// 30 - 2·x < 10 is x > 10; parameters count with their last value.
TEST(Boxes, LinearFormsBecomeIntervals) {
  Sample s;
  const ExprId twice =
      s.Add(Op::Mul, Base::Minutes, {s.Number(Base::Count, 2), s.Read(s.month_minutes)});
  const ExprId left = s.Add(Op::Sub, Base::Minutes, {s.Minutes(30), twice});
  const auto boxes = ToBoxes(s.rules, s.Compare(Op::Lt, left, s.Minutes(10)));
  ASSERT_THAT(*boxes, SizeIs(1));
  EXPECT_EQ((*boxes)[0].atoms[0].term, "minutos_del_mes");
  EXPECT_EQ((*boxes)[0].atoms[0].low, Rational(10));
  EXPECT_TRUE((*boxes)[0].atoms[0].low_open);

  const ParameterId most = s.AddParameter("máximo", Base::Minutes, {{std::nullopt, 5}});
  const ExprId above = s.Compare(Op::Gt, s.Read(s.month_minutes), s.Read(most));
  EXPECT_EQ((*ToBoxes(s.rules, above))[0].atoms[0].low, Rational(5));
}

// Three minutes before 17 February 2025 and five from then on: no interval is it on every date.
TEST(Boxes, AParameterThatChangesIsNoBound) {
  Sample s;
  const ExprId above = s.Compare(Op::Gt, s.Read(s.month_minutes), s.Read(s.tolerance));
  const auto boxes = ToBoxes(s.rules, above);
  ASSERT_THAT(*boxes, SizeIs(1));
  EXPECT_EQ((*boxes)[0].atoms[0].kind, Atom::Kind::Opaque);
}

TEST(Boxes, FieldsCarryTheirKindOnlyInCanonicalTerms) {
  Sample s;
  const ExprId late = s.Compare(Op::Gt, s.Delay(), s.Minutes(30));
  s.AddRule("tarde", s.rip, "RIP:45.II", {s.arrival, Window::Fact}, late, {});
  const auto boxes = ToBoxes(s.rules, late);
  EXPECT_EQ((*boxes)[0].atoms[0].term, "llegada.hora - hora_fijada");
  EXPECT_EQ((*boxes)[0].atoms[0].low, Rational(30));
  EXPECT_EQ(FormatExpr(s.rules, late), "hora - hora_fijada > 30 minutos");
}

TEST(Boxes, TermsOnBothSidesStayOpaque) {
  Sample s;
  const ExprId limit = s.Add(Op::Add, Base::TimeOfDay, {s.Entry(), s.Minutes(30)});
  const auto boxes = ToBoxes(s.rules, s.Compare(Op::Gt, s.Read(s.arrival, "hora"), limit));
  ASSERT_THAT(*boxes, SizeIs(1));
  EXPECT_EQ((*boxes)[0].atoms[0].kind, Atom::Kind::Opaque);
}

TEST(Boxes, EnumerationsAndBooleans) {
  Sample s;
  const ExprId term = s.Read(s.conduct, "inciso");
  const ExprId in_two =
      s.Add(Op::InSet, Base::Boolean,
            {term, s.EnumLiteral(s.inciso, "RIP:46.IV"), s.EnumLiteral(s.inciso, "RIP:43.II.a")});
  const auto inside = ToBoxes(s.rules, in_two);
  EXPECT_THAT((*inside)[0].atoms[0].values, ElementsAre(0, 2));
  const auto outside = ToBoxes(s.rules, s.Not(in_two));
  EXPECT_THAT((*outside)[0].atoms[0].values, ElementsAre(1));

  const ExprId excused = s.Read(s.arrival, "justificada");
  const auto not_excused = ToBoxes(s.rules, s.Not(excused));
  EXPECT_EQ((*not_excused)[0].atoms[0].kind, Atom::Kind::Opaque);
  EXPECT_TRUE((*not_excused)[0].atoms[0].negated);
  EXPECT_THAT(*ToBoxes(s.rules, s.All({excused, s.Not(excused)})), SizeIs(0));
}

// A comparison with an absent value is false, so its negation is not the opposite comparison.
TEST(Boxes, AnOptionalAttributeIsNotNegatedByTurningTheOperator) {
  Sample s;
  const AttributeId years = s.AddAttribute("antigüedad", {Base::Years, {}}, {}, true);
  const ExprId senior = s.Compare(Op::Ge, s.Read(years), s.Number(Base::Years, 5));
  EXPECT_EQ((*ToBoxes(s.rules, senior))[0].atoms[0].kind, Atom::Kind::Interval);
  const auto junior = ToBoxes(s.rules, s.Not(senior));
  EXPECT_EQ((*junior)[0].atoms[0].kind, Atom::Kind::Opaque);
  EXPECT_EQ((*junior)[0].atoms[0].term, "antigüedad >= 5 años");
}

TEST(Boxes, MoreThanSixtyFourBoxesAreNone) {
  Sample s;
  std::vector<ExprId> conjuncts;
  for (int i = 0; i < 7; ++i) {  // 2^7 combinations
    const MeasureId m = s.AddMeasure("m" + std::to_string(i), Window::Month, Aggregate::Count,
                                     s.conduct, Base::Count);
    conjuncts.push_back(s.Compare(Op::Ne, s.Read(m), s.Number(Base::Count, 3)));
  }
  EXPECT_FALSE(ToBoxes(s.rules, s.All(conjuncts)));
  conjuncts.pop_back();
  EXPECT_THAT(*ToBoxes(s.rules, s.All(conjuncts)), SizeIs(64));
}

TEST(Boxes, ImplicationIsContainment) {
  Sample s;
  const auto boxes = [&](Rational low, Rational high) {
    return *ToBoxes(s.rules, s.Between(s.Read(s.month_minutes), Base::Minutes, low, high));
  };
  EXPECT_TRUE(Implies(boxes(31, 45), boxes(31, 60)));
  EXPECT_FALSE(Implies(boxes(31, 60), boxes(31, 45)));
  EXPECT_TRUE(Implies(boxes(31, 45), *ToBoxes(s.rules, ExprId())));
  EXPECT_TRUE(Implies({}, boxes(1, 2)));
}

// The ladder judges conducts; a month that establishes one is judged by it too.
TEST(FamiliesTest, TheLadderReachesTheMonthThatEstablishesAConduct) {
  Sample s;
  const Subject month{s.lateness, Window::Month};
  const Subject conduct{s.conduct, Window::Fact};
  const ExprId term = s.Read(s.month_minutes);
  const RuleId low = s.AddRule("escala[1]", s.rip, "RIP:45.I", month,
                               s.Between(term, Base::Minutes, 1, 120), {s.Deduct(3)});
  const RuleId high = s.AddRule("escala[2]", s.rip, "RIP:46.IV", month,
                                s.Compare(Op::Ge, term, s.Minutes(121)), {s.Deduct(6)});
  s.AddScale("escala", month, term, HitPolicy::Unique, {low, high});
  const QualificationId establish =
      s.AddEstablish(high, s.conduct, {{FieldId(0), s.EnumLiteral(s.inciso, "RIP:46.IV")}});
  const auto ladder = [&](const char* inciso, Rational nth) {
    return s.AddRule(
        std::string("vez_") + inciso, s.rip, "RIP:47.I.a", conduct,
        s.All({s.Compare(Op::Eq, s.Read(s.conduct, "inciso"), s.EnumLiteral(s.inciso, inciso)),
               s.Compare(Op::Eq, s.Read(s.times), s.Number(Base::Count, nth))}),
        {s.Deduct(6), s.Simple(ConsequenceKind::Process)});
  };
  const RuleId verbal = ladder("RIP:43.II.a", 4);
  const RuleId grave = ladder("RIP:46.IV", 2);

  const Families families = BuildFamilies(s.rules);
  const Family* root = Find(families, month);
  ASSERT_NE(root, nullptr);
  EXPECT_THAT(root->coverages, SizeIs(1));
  EXPECT_THAT(root->qualifications, ElementsAre(establish));
  ASSERT_THAT(root->rules, SizeIs(3));  // the verbal ladder can never be reached from a month
  EXPECT_EQ(root->rules[2].rule, grave);
  EXPECT_THAT(root->rules[2].through, ElementsAre(establish));
  ASSERT_THAT(root->rules[2].boxes, SizeIs(1));
  const std::vector<Atom>& atoms = root->rules[2].boxes[0].atoms;
  ASSERT_THAT(atoms, SizeIs(2));
  EXPECT_EQ(atoms[0].term, "minutos_del_mes");
  EXPECT_EQ(atoms[0].low, Rational(121));
  EXPECT_EQ(atoms[1].term, "vez{inciso=RIP:46.IV}");
  // The ladder's case lies inside the month's row: it is special.
  EXPECT_EQ(Families::Prevails(s.rules, *root, 2, 1), Precedence::Special);
  EXPECT_EQ(Families::Prevails(s.rules, *root, 1, 2), Precedence::None);

  const Family* own = Find(families, conduct);
  ASSERT_NE(own, nullptr);
  EXPECT_THAT(own->coverages, SizeIs(0));
  ASSERT_THAT(own->rules, SizeIs(2));
  EXPECT_EQ(own->rules[0].rule, verbal);
}

// Two scales of sanctions are one promise, and one of rests another. What answers the first is
// what sanctions or says that nothing is sanctioned, its own rows, and what says what else it is.
TEST(Families, PromiseInEachRespectApart) {
  Sample s;
  const Subject month{s.lateness, Window::Month};
  const ExprId term = s.Read(s.month_minutes);
  const auto row = [&](const char* name, std::vector<Consequence> consequences) {
    return s.AddRule(name, s.rip, "RIP:45.I", month, {}, std::move(consequences));
  };
  const auto thing = [&](ConsequenceKind kind, const char* what) {
    Consequence consequence = s.Simple(kind);
    (kind == ConsequenceKind::Entitlement ? consequence.thing : consequence.action) = what;
    return consequence;
  };
  const RuleId first = row("uno[1]", {s.Deduct(1)});
  const RuleId noted = row("uno[2]", {thing(ConsequenceKind::Obligation, "anotar")});
  const RuleId second = row("dos[1]", {s.Simple(ConsequenceKind::NoSanction)});
  const RuleId rest = row("descanso[1]", {thing(ConsequenceKind::Entitlement, "Descanso")});
  const RuleId also_rest = row("más", {thing(ConsequenceKind::Entitlement, "descanso"),
                                       thing(ConsequenceKind::Obligation, "anotar")});
  const RuleId meal = row("refrigerio", {thing(ConsequenceKind::Entitlement, "refrigerio")});
  const RuleId told = row("aviso", {thing(ConsequenceKind::Obligation, "avisar")});
  const RuleId is = row("es", {thing(ConsequenceKind::Obligation, "avisar")});
  s.AddEstablish(is, s.conduct, {{FieldId(0), s.EnumLiteral(s.inciso, "RIP:46.IV")}});
  s.AddScale("uno", month, term, HitPolicy::Unique, {first, noted});
  s.AddScale("dos", month, term, HitPolicy::First, {second});
  s.AddScale("descanso", month, term, HitPolicy::Unique, {rest});

  const Families families = BuildFamilies(s.rules);
  const Family* root = Find(families, month);
  ASSERT_NE(root, nullptr);
  ASSERT_THAT(root->coverages, SizeIs(2));
  const Coverage& sanctions = root->coverages[0];
  EXPECT_THAT(sanctions.scales, ElementsAre(ScaleId(0), ScaleId(1)));
  EXPECT_THAT(sanctions.answering, ElementsAre(first, noted, second, is));
  const Coverage& rests = root->coverages[1];
  EXPECT_THAT(rests.scales, ElementsAre(ScaleId(2)));
  EXPECT_THAT(rests.answering, ElementsAre(rest, also_rest, is));
  EXPECT_FALSE(sanctions.IsAnsweredBy(told) || rests.IsAnsweredBy(meal));
  const Family only = root->Only(rests);
  EXPECT_THAT(only.rules, SizeIs(3));
  EXPECT_TRUE(only.Promises(ScaleId(2)) && !only.Promises(ScaleId(0)));
}

TEST(FamiliesTest, FieldsOfDerivedFactsAreReplacedByTheirDefinition) {
  Sample s;
  const Subject arrival{s.arrival, Window::Fact};
  const ExprId over = s.Add(Op::Sub, Base::Minutes, {s.Delay(), s.Read(s.tolerance)});
  s.AddQualification("es_atraso", arrival, s.lateness, s.Compare(Op::Gt, over, s.Minutes(0)),
                     {{FieldId(0), over}});
  s.AddRule("muy_tarde", s.rip, "RIP:45", {s.lateness, Window::Fact},
            s.Compare(Op::Gt, s.Read(s.lateness, "minutos"), s.Minutes(60)), {s.Deduct(1)});
  const Families families = BuildFamilies(s.rules);
  EXPECT_EQ(Find(families, {s.lateness, Window::Fact}), nullptr);  // derived: not a root
  const Family* root = Find(families, arrival);
  ASSERT_NE(root, nullptr);
  ASSERT_THAT(root->rules, SizeIs(1));
  ASSERT_THAT(root->rules[0].boxes, SizeIs(1));
  ASSERT_THAT(root->rules[0].boxes[0].atoms, SizeIs(1));  // > 60 and > 0 have merged
  const Atom& atom = root->rules[0].boxes[0].atoms[0];
  EXPECT_EQ(atom.term, "llegada.hora - hora_fijada - tolerancia");
  EXPECT_EQ(atom.low, Rational(60));
}

TEST(FamiliesTest, ANonDerivedKindIsARootItselfToo) {
  Sample s;
  const Subject arrival{s.arrival, Window::Fact};
  const Subject absence{s.absence, Window::Fact};
  s.AddQualification("media_jornada", arrival, s.absence,
                     s.Compare(Op::Gt, s.Delay(), s.Minutes(30)),
                     {{FieldId(0), s.Number(Base::Days, {1, 2})}});
  s.AddRule("falta", s.rip, "RIP:45.II", absence,
            s.Compare(Op::Eq, s.Read(s.absence, "días"), s.Number(Base::Days, {1, 2})),
            {s.Deduct(1)});
  const Families families = BuildFamilies(s.rules);
  ASSERT_NE(Find(families, arrival), nullptr);
  ASSERT_NE(Find(families, absence), nullptr);
  EXPECT_THAT(Find(families, arrival)->rules[0].boxes[0].atoms, SizeIs(1));
  EXPECT_EQ(Find(families, absence)->rules[0].boxes[0].atoms[0].term, "inasistencia.días");
}

TEST(FamiliesTest, RankThenPriorityThenSpecialThenLater) {
  Sample s;
  const NormId law = s.AddNorm("LEY", 1, Date(1990, 7, 20));
  const NormId newer = s.AddNorm("RES", 2, Date(2026, 1, 1));
  const Subject month{s.lateness, Window::Month};
  const ExprId term = s.Read(s.month_minutes);
  const ExprId wide = s.Compare(Op::Ge, term, s.Minutes(31));
  const ExprId narrow = s.Compare(Op::Ge, term, s.Minutes(121));
  s.AddRule("a", s.rip, "RIP:1", month, wide, {s.Deduct(1)});
  s.AddRule("b", law, "LEY:1", month, wide, {s.Deduct(2)});
  s.AddRule("c", s.rip, "RIP:2", month, wide, {s.Deduct(3)});
  s.rules.rules.back().priority = 1;
  s.AddRule("d", s.rip, "RIP:3", month, narrow, {s.Deduct(4)});
  s.AddRule("e", newer, "RES:1", month, wide, {s.Deduct(5)});
  const Families families = BuildFamilies(s.rules);
  const Family& family = *Find(families, month);
  const auto prevails = [&](std::size_t a, std::size_t b) {
    return Families::Prevails(s.rules, family, a, b);
  };
  EXPECT_EQ(prevails(1, 0), Precedence::Rank);
  EXPECT_EQ(prevails(0, 1), Precedence::None);
  EXPECT_EQ(prevails(2, 0), Precedence::Exception);
  EXPECT_EQ(prevails(2, 1), Precedence::None);  // rank comes before priority
  EXPECT_EQ(prevails(3, 0), Precedence::Special);
  EXPECT_EQ(prevails(3, 4), Precedence::Special);  // special comes before later
  EXPECT_EQ(prevails(4, 0), Precedence::Later);
  EXPECT_EQ(prevails(0, 4), Precedence::None);
}

TEST(OutcomesTest, DisciplineIsOneDimensionAndThingsTheirOwn) {
  Sample s;
  const Subject month{s.lateness, Window::Month};
  s.AddRule("a", s.rip, "RIP:1", month, {},
            {s.Simple(ConsequenceKind::Process), s.Deduct({1, 2}),
             s.Entitle("refrigerio", s.Number(Base::Bolivianos, 18)),
             s.Duty(ConsequenceKind::Obligation, "UDITH", "comunicar")});
  s.rules.rules.back().fault = FaultClass::Serious;
  const std::vector<Outcome> outcomes = Outcomes(s.rules, s.rules.rules.back());
  ASSERT_THAT(outcomes, SizeIs(3));
  EXPECT_EQ(outcomes[0].signature, "falta grave: descuento de 1/2 día + proceso interno");
  EXPECT_EQ(outcomes[1].thing, "refrigerio");
  EXPECT_EQ(outcomes[1].signature, "18 Bs");
  EXPECT_EQ(outcomes[2].thing, "comunicar");
}

TEST(Format, ValuesAsUsersWriteThem) {
  Sample s;
  const auto format = [&](Base base, Rational n, base::Language language) {
    return FormatValue(s.rules, {base, {}}, {n, false}, language);
  };
  const auto es = [&](Base base, Rational n) { return format(base, n, base::Language::Spanish); };
  EXPECT_EQ(es(Base::Minutes, 46), "46 minutos");
  EXPECT_EQ(es(Base::Minutes, 1), "1 minuto");
  EXPECT_EQ(es(Base::Minutes, {61, 2}), "30 minutos 30 segundos");
  EXPECT_EQ(es(Base::Minutes, 0), "0 minutos");
  EXPECT_EQ(es(Base::Days, {1, 2}), "1/2 día");
  EXPECT_EQ(es(Base::Days, {3, 2}), "1 1/2 días");
  EXPECT_EQ(es(Base::Days, 2), "2 días");
  EXPECT_EQ(es(Base::Years, {5 * 366 + 1, 366}), "5 años y 1 día");
  EXPECT_EQ(es(Base::Years, 1), "1 año");
  EXPECT_EQ(es(Base::TimeOfDay, 521), "08:41");
  EXPECT_EQ(es(Base::TimeOfDay, {1043, 2}), "08:41:30");
  EXPECT_EQ(es(Base::Bolivianos, {145, 2}), "72,50 Bs");
  EXPECT_EQ(es(Base::Boolean, 1), "sí");
  EXPECT_EQ(es(Base::Date, Date(2025, 3, 31).days()), "2025-03-31");
  EXPECT_EQ(format(Base::Days, {1, 2}, base::Language::English), "1/2 day");
  EXPECT_EQ(FormatValue(s.rules, {Base::Enumeration, s.inciso}, {1, false}), "RIP:44.II.b");
}

TEST(Format, ParenthesesOnlyWhereNeeded) {
  Sample s;
  const ExprId x = s.Read(s.month_minutes);
  const ExprId sum = s.Add(Op::Add, Base::Minutes, {x, s.Minutes(1)});
  const ExprId product = s.Add(Op::Mul, Base::Minutes, {s.Number(Base::Count, 2), sum});
  EXPECT_EQ(FormatExpr(s.rules, product), "2 * (minutos_del_mes + 1 minuto)");
  const ExprId difference = s.Add(Op::Sub, Base::Minutes, {x, sum});
  EXPECT_EQ(FormatExpr(s.rules, difference), "minutos_del_mes - (minutos_del_mes + 1 minuto)");
  const ExprId small = s.Compare(Op::Lt, x, s.Minutes({1, 2}));
  EXPECT_EQ(FormatExpr(s.rules, s.Not(s.Any({small, s.Not(small)}))),
            "no (minutos_del_mes < 30 segundos o no minutos_del_mes < 30 segundos)");
  EXPECT_EQ(FormatExpr(s.rules, s.All({s.Any({small, small}), small})),
            "(minutos_del_mes < 30 segundos o minutos_del_mes < 30 segundos) y "
            "minutos_del_mes < 30 segundos");
}

TEST(Lookups, NamesFoldAccentsAndParametersAreDated) {
  Sample s;
  EXPECT_EQ(s.rules.FindFactKind("INASISTENCIA"), s.absence);
  EXPECT_TRUE(s.rules.FindField(s.absence, "dias").valid());
  EXPECT_FALSE(s.rules.FindMeasure("nada").valid());
  EXPECT_EQ(s.rules.ParameterOn(s.tolerance, Date(2025, 2, 16)), Rational(3));
  EXPECT_EQ(s.rules.ParameterOn(s.tolerance, Date(2025, 2, 17)), Rational(5));
}

}  // namespace
}  // namespace cotejo::rules
