// Small regulations and histories made at random, with every operator the language has.
#pragma once

#include <random>
#include <string>
#include <vector>

#include "model/evaluation/history.h"
#include "tests/rules/ruleset_builder.h"

namespace cotejo {

using base::Date;
using base::Rational;
using rules::Base;
using rules::ExprId;
using rules::Op;
using rules::Window;

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : random_(seed) {}
  int Below(int n) { return static_cast<int>(random_() % static_cast<std::uint64_t>(n)); }
  bool OneIn(int n) { return Below(n) == 0; }
  template <typename Item>
  const Item& Pick(const std::vector<Item>& items) {
    return items[static_cast<std::size_t>(Below(static_cast<int>(items.size())))];
  }

 private:
  std::mt19937_64 random_;
};

inline constexpr int kYear = 2025;

// Half days of absence and marks at the entry, both in the shifts; notes in the day; what the
// calendar brings; lateness derived from the marks; conducts derived from months and from lateness;
// a few measures, and rules about all of them.
struct RandomRules : rules::RulesetBuilder {
  explicit RandomRules(std::uint64_t seed) : dice(seed) {
    norm = AddNorm("REG", 0, Date(2020, 1, 1));
    MakeCalendar();
    MakePerson();
    MakeKinds();
    MakeQualifications();
    MakeRules();
  }

  // ---- What there is

  void MakeCalendar() {
    rules.calendar.Add({Date(kYear, 1, 1), "nacional", "Año Nuevo", ""});
    for (int i = dice.Below(7); i > 0; --i) {
      const Date day = Date(kYear, 3, 1).plus_days(dice.Below(61));
      rules.calendar.Add({day, "nacional", "feriado", ""});
    }
  }

  void MakePerson() {
    AddSchedule("único", {{510, 750}, {870, 1110}});  // 08:30-12:30, 14:30-18:30
    letters = AddEnum("letra", {"a", "b", "c"});
    entered = Optional("ingreso", {Base::Date, {}}, Date(2021, 2, 28).days());
    rules.attributes[entered.index()].low = Date(1995, 1, 1).days();
    rules.attributes[entered.index()].high = Date(2026, 12, 31).days();
    letter = AddAttribute("cargo", {Base::Enumeration, letters}, Rational(0));
    exempt = Optional("exento", {Base::Boolean, {}}, 0);
    grade = Optional("grado", {Base::Count, {}}, 1);
    rules.attributes[grade.index()].low = 0;
    rules.attributes[grade.index()].high = 4;
    limit = AddParameter("límite", Base::Count,
                         {{std::nullopt, Half()}, {Date(kYear, 3, 1 + Day(28)), Half()}});
  }

  // Optional or with an initial value; now and then both, and then it is never missing.
  rules::AttributeId Optional(const std::string& name, rules::Type type, Rational initial) {
    const bool optional = dice.OneIn(2);
    const bool given = !optional || dice.OneIn(4);
    return AddAttribute(name, type, given ? std::optional(initial) : std::nullopt, optional);
  }

  void MakeKinds() {
    absence = AddKind("falta", rules::Placement::Shift,
                      {Bounded("días", Base::Days, Rational(1, 2), 1, Rational(1, 2))});
    mark =
        AddKind("marca", rules::Placement::Shift, {Bounded("hora", Base::TimeOfDay, 500, 1120, 1)});
    note = AddKind("nota", rules::Placement::Day,
                   {Bounded("puntos", Base::Count, 0, 5, 1),
                    MakeField("letra", {Base::Enumeration, letters}, Rational(0))});
    late = AddKind("atraso", rules::Placement::Shift, {MakeField("minutos", {Base::Minutes, {}})},
                   true);
    conduct = AddKind("conducta", rules::Placement::Day,
                      {MakeField("letra", {Base::Enumeration, letters}),
                       MakeField("peso", {Base::Count, {}}, Rational(1))},
                      true);
    close = AddKind("cierre", rules::Placement::Day, {});
    rules.fact_kinds[close.index()].periodicity =
        dice.OneIn(2) ? rules::Periodicity::EachMonth : rules::Periodicity::EachGestion;
    birthday = AddKind("aniversario", rules::Placement::Day, {});
    rules.fact_kinds[birthday.index()].periodicity = rules::Periodicity::YearlyFromAttribute;
    rules.fact_kinds[birthday.index()].periodic_from = entered;
    if (dice.OneIn(3)) rules.fact_kinds[birthday.index()].periodic_plus_days = dice.Below(400);
    if (dice.OneIn(2)) rules.fact_kinds[absence.index()].excludes = {mark};
    if (dice.OneIn(3)) rules.fact_kinds[mark.index()].excludes = {absence, note};
    absences = {Sum(absence, "días"), Runs(absence, "días"), Counts(absence)};
    marks = {Counts(mark)};
    notes = {Sum(note, "puntos"), Runs(note, "puntos"), Counts(note)};
    lates = {Sum(late, "minutos"), Counts(late)};
    conducts = {Counts(conduct), Sum(conduct, "peso")};
    periodic = {Counts(close), Counts(birthday)};
    working = AddMeasure("hábiles", Window::Month, rules::Aggregate::WorkingDays, {}, Base::Count);
  }

  // Strata: marks, notes and absences; then lateness; then conducts.
  void MakeQualifications() {
    const ExprId hour = Read(mark, "hora");
    const ExprId fixed = Add(Op::ScheduledEntry, Base::TimeOfDay, {});
    const ExprId tolerance = dice.OneIn(2) ? Number(Base::Minutes, 5 * dice.Below(3)) : Read(limit);
    const ExprId over = Add(Op::Sub, Base::Minutes, {hour, fixed});
    AddQualification("se_atrasa", {mark, Window::Fact}, late,
                     Compare(dice.OneIn(2) ? Op::Gt : Op::Ge, hour,
                             Add(Op::Add, Base::TimeOfDay, {fixed, tolerance})),
                     {{rules::FieldId(0), Rounded(over)}});
    Validity();
    if (dice.OneIn(2)) {
      AddQualification("mes_malo", {dice.OneIn(2) ? absence : late, Window::Month}, conduct,
                       Truth({{}, Window::Month}, 2, 1), ConductFields({{}, Window::Month}));
      Except(rules.qualifications.back().exceptions, {{}, Window::Month}, 1);
    }
    if (dice.OneIn(2)) {
      AddQualification("grave", {late, Window::Fact}, conduct, Truth({late, Window::Fact}, 2, 1),
                       ConductFields({late, Window::Fact}));
    }
  }

  std::vector<rules::FieldValue> ConductFields(const rules::Subject& subject) {
    return {{rules::FieldId(0), Letter()}, {rules::FieldId(1), Amount(subject, 1, 1)}};
  }

  void MakeRules() {
    const std::vector<rules::Subject> subjects = {
        {absence, Window::Fact},    {absence, Window::Month}, {absence, Window::Gestion},
        {mark, Window::Fact},       {note, Window::Fact},     {note, Window::Day},
        {late, Window::Fact},       {late, Window::Month},    {conduct, Window::Fact},
        {conduct, Window::Gestion}, {close, Window::Fact},    {birthday, Window::Fact}};
    for (int i = 2 + dice.Below(3); i > 0; --i) {
      const rules::Subject subject = dice.Pick(subjects);
      std::vector<rules::RuleId> rows;
      for (int row = dice.OneIn(3) ? 2 : 1; row > 0; --row) {
        const std::string name = "regla" + std::to_string(rules.rules.size());
        rows.push_back(AddRule(name, norm, "REG:1", subject, Truth(subject, 2, 2),
                               {Deduct(1 + static_cast<int>(rules.rules.size()))}));
        Except(rules.rules.back().exceptions, subject, 2);
        if (dice.OneIn(5)) rules.rules.back().from = Date(kYear, 3, 1 + Day(28));
      }
      if (rows.size() > 1) {
        const bool first = dice.OneIn(2);
        const std::string name = "escala" + std::to_string(rules.scales.size());
        AddScale(name, subject, {}, first ? rules::HitPolicy::First : rules::HitPolicy::Accumulate,
                 rows);
      }
    }
  }

  // ---- Parts

  unsigned Day(int days) { return static_cast<unsigned>(dice.Below(days)); }
  Rational Half() { return {dice.Below(9), 2}; }

  static rules::Field Bounded(const std::string& name, Base base, Rational low, Rational high,
                              Rational step) {
    rules::Field field = MakeField(name, {base, {}});
    field.low = low;
    field.high = high;
    field.step = step;
    return field;
  }

  Window AnyWindow() {
    return dice.Pick(std::vector<Window>{Window::Month, Window::Month, Window::Gestion, Window::Day,
                                         Window::Career});
  }
  // Of the facts before it in the kinds' strata, so that no measure counts what depends on it.
  ExprId Filter(rules::FactKindId kind) {
    if (!dice.OneIn(3)) return {};
    const rules::Subject own{kind, Window::Fact};
    return Compare(Relation(), Amount(own, 1, 0), Number(Base::Count, Half()));
  }
  std::string MeasureName() { return "m" + std::to_string(rules.measures.size()); }
  rules::MeasureId Sum(rules::FactKindId kind, const std::string& field) {
    const ExprId value = dice.OneIn(2) ? Read(kind, field) : Rounded(Read(kind, field));
    return AddMeasure(MeasureName(), AnyWindow(), rules::Aggregate::Sum, kind, Base::Count, value,
                      Filter(kind));
  }
  rules::MeasureId Runs(rules::FactKindId kind, const std::string& field) {
    const ExprId value = Read(kind, field);
    const rules::MeasureId id =
        AddMeasure(MeasureName(), dice.OneIn(2) ? Window::Month : Window::Gestion,
                   rules::Aggregate::Run, kind, Base::Count, value, Filter(kind));
    rules.measures[id.index()].at_least = {1 + dice.Below(3), 2};
    return id;
  }
  rules::MeasureId Counts(rules::FactKindId kind) {
    return AddMeasure(MeasureName(), AnyWindow(), rules::Aggregate::Count, kind, Base::Count, {},
                      Filter(kind));
  }

  void Validity() {
    if (dice.OneIn(4)) rules.qualifications.back().from = Date(kYear, 3, 1 + Day(28));
  }
  void Except(std::vector<rules::Exception>& exceptions, const rules::Subject& subject, int level) {
    if (dice.OneIn(3)) exceptions.push_back({Truth(subject, 1, level), {}});
  }

  Op Relation() {
    return dice.Pick(std::vector<Op>{Op::Lt, Op::Le, Op::Eq, Op::Ne, Op::Ge, Op::Gt});
  }
  ExprId Letter() {
    return EnumLiteral(letters, dice.Pick(std::vector<std::string>{"a", "b", "c"}));
  }

  // To whole, half or quarter units, up or down.
  ExprId Rounded(ExprId value) {
    const Rational unit = dice.Pick(std::vector<Rational>{1, {1, 2}, {3, 2}, 5, {2, 3}});
    const ExprId units = Add(Op::Div, Base::Count, {value, Number(Base::Count, unit)});
    const ExprId whole = Add(dice.OneIn(2) ? Op::Floor : Op::Ceil, Base::Count, {units});
    return dice.OneIn(3) ? whole : Add(Op::Mul, Base::Count, {whole, Number(Base::Count, unit)});
  }

  // What a subject can read: 0, nothing counted; 1, what does not depend on conducts; 2, all.
  std::vector<rules::MeasureId> Readable(int level) const {
    std::vector<rules::MeasureId> all;
    const auto add = [&](const std::vector<rules::MeasureId>& some) {
      all.insert(all.end(), some.begin(), some.end());
    };
    if (level >= 1) {
      for (const auto* some : {&absences, &marks, &notes, &lates, &periodic}) add(*some);
      all.push_back(working);
    }
    if (level >= 2) add(conducts);
    return all;
  }

  ExprId DateOf(const rules::Subject& /*subject*/) {
    const ExprId today = Add(Op::FactDate, Base::Date, {});
    if (dice.OneIn(3)) return Add(Op::FirstOfNextMonth, Base::Date, {today});
    return today;
  }

  ExprId Leaf(const rules::Subject& subject, int level) {
    const std::vector<rules::MeasureId> measures = Readable(level);
    switch (dice.Below(8)) {
      case 0:
        return Number(Base::Count, Half());
      case 1:
        return Read(grade);
      case 2:
        return Read(limit);
      case 3:
        return Add(Op::YearsBetween, Base::Years, {Read(entered), DateOf(subject)});
      case 4:
        return Add(Op::MonthsSinceAnniversary, Base::Count, {Read(entered), DateOf(subject)});
      case 5:
        if (subject.window == Window::Fact) {
          if (subject.kind == mark) {
            return Add(
                Op::Sub, Base::Minutes,
                {Read(mark, "hora"),
                 Add(dice.OneIn(3) ? Op::ScheduledExit : Op::ScheduledEntry, Base::TimeOfDay, {})});
          }
          if (subject.kind == absence && dice.OneIn(3)) return Add(Op::Shift, Base::Count, {});
          const auto& fields = rules.kind(subject.kind).fields;
          for (std::size_t f = 0; f < fields.size(); ++f) {
            if (fields[f].type.base == Base::Enumeration) continue;
            return AddTyped(Op::Field, fields[f].type, {}, static_cast<std::int32_t>(f));
          }
        }
        [[fallthrough]];
      default:
        return measures.empty() ? Number(Base::Count, Half()) : Read(dice.Pick(measures));
    }
  }

  ExprId Amount(const rules::Subject& subject, int depth, int level) {
    if (depth == 0 || dice.OneIn(3)) return Leaf(subject, level);
    const auto part = [&] { return Amount(subject, depth - 1, level); };
    switch (dice.Below(8)) {
      case 0:
        return Add(Op::Add, Base::Count, {part(), part()});
      case 1:
        return Add(Op::Sub, Base::Count, {part(), part()});
      case 2:
        return Add(Op::Mul, Base::Count, {Number(Base::Count, Half()), part()});
      case 3:
        return Rounded(part());
      case 4:
        return Add(Op::Min, Base::Count, {part(), part()});
      case 5:
        return Add(Op::Max, Base::Count, {part(), part(), Number(Base::Count, 1)});
      case 6:
        return Add(Op::If, Base::Count, {Truth(subject, 0, level), part(), part()});
      default:
        return Add(Op::Neg, Base::Count, {part()});
    }
  }

  ExprId Truth(const rules::Subject& subject, int depth, int level) {
    const auto part = [&] { return Truth(subject, depth - 1, level); };
    if (depth > 0 && !dice.OneIn(3)) {
      switch (dice.Below(4)) {
        case 0:
          return Not(part());
        case 1:
          return Any({part(), part()});
        default:
          return All({part(), part()});
      }
    }
    switch (dice.Below(10)) {
      case 0:
        return Read(exempt);
      case 9:  // where the rounding is what decides
        return Compare(Relation(), Rounded(Leaf(subject, level)), Number(Base::Count, Half()));
      case 1:
        return Add(Op::Has, Base::Boolean, {Read(dice.OneIn(2) ? grade : entered)});
      case 2:
        return Add(Op::InSet, Base::Boolean, {Read(letter), Letter(), Letter()});
      case 3:
        if (subject.window == Window::Fact && (subject.kind == note || subject.kind == conduct)) {
          return Compare(dice.OneIn(2) ? Op::Eq : Op::Ne, Read(subject.kind, "letra"),
                         dice.OneIn(2) ? Letter() : Read(letter));
        }
        return Compare(dice.OneIn(2) ? Op::Eq : Op::Ne, Read(letter), Letter());
      case 4:
        return Compare(Relation(), Read(entered),
                       Number(Base::Date, Date(2020 + dice.Below(6), 3, 1).days()));
      default:
        return Compare(Relation(), Amount(subject, 2, level),
                       dice.OneIn(2) ? Number(Base::Count, Half()) : Amount(subject, 1, level));
    }
  }

  // ---- Histories

  // Facts on days of the months given, holidays and week-ends included when `any_day`.
  evaluation::History MakeHistory(const std::vector<Date>& days, int most_facts) {
    evaluation::History history;
    history.person = "azar";
    history.from = Date(kYear, 1, 1);
    history.to = Date(kYear, 12, 31);
    history.attributes.resize(rules.attributes.size());
    GiveAttribute(history, entered, AnyEntry());
    GiveAttribute(history, letter, dice.Below(3));
    GiveAttribute(history, exempt, dice.Below(2));
    GiveAttribute(history, grade, dice.Below(5));
    for (int i = dice.Below(most_facts + 1); i > 0; --i) {
      evaluation::Fact fact;
      fact.date = dice.Pick(days);
      fact.kind = dice.Pick(std::vector<rules::FactKindId>{absence, absence, mark, mark, note});
      fact.shift = fact.kind == note ? 0 : 1 + dice.Below(2);
      const auto give = [&](Rational value) { fact.fields.push_back({value, false}); };
      if (fact.kind == absence) give(Rational(1 + dice.Below(2), 2));
      if (fact.kind == mark) give((fact.shift == 1 ? 500 : 860) + dice.Below(40));
      if (fact.kind == note) {
        give(dice.Below(6));
        give(dice.Below(3));
      }
      history.facts.push_back(std::move(fact));
    }
    evaluation::SortFacts(history);
    return history;
  }

  Rational AnyEntry() {
    static const std::vector<Date> kDays = {Date(2020, 2, 29), Date(2021, 2, 28), Date(2024, 3, 31),
                                            Date(2025, 1, 31), Date(2023, 3, 15), Date(2024, 4, 1),
                                            Date(2025, 6, 30), Date(2015, 12, 31)};
    return dice.Pick(kDays).plus_days(dice.OneIn(3) ? dice.Below(40) : 0).days();
  }

  void GiveAttribute(evaluation::History& history, rules::AttributeId id, Rational value) {
    auto& dated = history.attributes[id.index()];
    if (dice.OneIn(3)) return;
    const bool missing = !rules.attribute(id).initial && dice.OneIn(4);
    dated.push_back({std::nullopt, {value, missing}});
    if (dice.OneIn(4)) {
      dated.push_back(
          {Date(kYear, 3, 5 + Day(20)), {value + Rational(id == letter ? 0 : 1), false}});
      if (rules.attribute(id).type.base == Base::Boolean) dated.back().value.number = 1;
    }
  }

  Dice dice;
  rules::NormId norm;
  rules::EnumId letters;
  rules::AttributeId entered, letter, exempt, grade;
  rules::ParameterId limit;
  rules::FactKindId absence, mark, note, late, conduct, close, birthday;
  std::vector<rules::MeasureId> absences, marks, notes, lates, conducts, periodic;
  rules::MeasureId working;
};

}  // namespace cotejo
