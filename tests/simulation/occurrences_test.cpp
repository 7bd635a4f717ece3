// What happens on a date, for months, on days at the post, or after something else.
#include <algorithm>
#include <cmath>
#include <map>

#include "scenarios/year/behavior.h"
#include "scenarios/year/person_year.h"
#include "tests/simulation/setting_for_tests.h"

namespace cotejo::year {
namespace {

using population::AttributeValue;
using population::Discrete;

constexpr int kGestion = 2026;
constexpr double kBound = 3.29;  // of a normal: 99.9 %
constexpr std::int64_t kEveryArrival = -1000;
constexpr population::Chance kSure = {std::uint64_t{1} << 32};

AttributeValue Named(const std::string& attribute, const std::string& name) {
  AttributeValue value;
  value.attribute = attribute;
  value.name = name;
  return value;
}

class OccurrencesTest : public RipTest {
 protected:
  void SetUp() override {
    RipTest::SetUp();
    Quiet();
    population_.turnover.reset();
  }

  // It happens to nobody until a test says when.
  population::Occurrence& Add(const std::string& kind, std::vector<AttributeValue> fields = {}) {
    population::Occurrence o;
    o.name = kind;
    o.kind = kind;
    o.reached = kSure;
    o.away = Discrete({{0, 0, 1, {}}});
    o.variants.push_back({1, std::move(fields)});
    o.variant = Discrete({{0, 0, 1, {}}});
    population_.occurrences.push_back(std::move(o));
    return population_.occurrences.back();
  }

  // Of so many months, from a date of the year simulated.
  population::Occurrence& AddMonths(const std::string& kind, std::vector<AttributeValue> fields,
                                    unsigned month, unsigned day, std::int32_t months) {
    population::Occurrence& o = Add(kind, std::move(fields));
    o.dates = {{kGestion, month, day}};
    o.months = Discrete({{months, months, 1, {}}});
    return o;
  }

  population::Occurrence& AddAfter(std::size_t before, std::int32_t days, const std::string& kind,
                                   std::vector<AttributeValue> fields = {}) {
    population::Occurrence& o = Add(kind, std::move(fields));
    o.follows = {before, Discrete({{days, days, 1, {}}})};
    return o;
  }

  std::string ValueOf(std::size_t person, const std::string& attribute) const {
    for (const population::Column& column : population_.staff.columns) {
      if (column.attribute == attribute)
        return column.values[static_cast<std::size_t>(column.of[person])].name;
    }
    return "";
  }

  void Make() {
    setting_.reset();
    auto setting = Prepare({regulation_.rules.get()}, population_, kGestion, diagnostics_);
    ASSERT_TRUE(setting) << Messages(sources_, diagnostics_);
    setting_ = std::make_unique<Setting>(std::move(*setting));
    behavior_ = std::make_unique<Behavior>(population_, setting_->eligibility, setting_->year,
                                           setting_->shifts, 11);
  }

  std::vector<Event> Live(std::size_t person, std::uint32_t replication = 0,
                          std::int64_t notices_from = kNever) {
    return behavior_->Live(person, *setting_->work[person], replication, notices_from);
  }

  // Nothing of theirs began before the year.
  std::vector<Event> LiveNewcomer(std::size_t person, std::uint32_t replication) {
    return behavior_->Live(Tenure{person, person, 0, INT32_MAX, true}, *setting_->work[person],
                           replication, kNever);
  }

  // Days of the year on which it was told.
  static std::vector<std::int32_t> Told(const std::vector<Event>& events, std::size_t occurrence) {
    std::vector<std::int32_t> days;
    for (const Event& event : events) {
      if (event.what == Happening::Occurrence && OccurrenceOf(event.value) == occurrence)
        days.push_back(event.day);
    }
    return days;
  }

  [[nodiscard]] std::int32_t Day(unsigned month, unsigned day) const {
    return base::Date(kGestion, month, day).days() - setting_->year.first;
  }

  [[nodiscard]] std::size_t SomebodyOf(const std::string& department) const {
    for (std::size_t person = 0; person < population_.staff.size(); ++person) {
      if (ValueOf(person, "departamento") == department) return person;
    }
    return 0;
  }

  Forecast Years() {
    Options options;
    options.gestion = kGestion;
    options.replications = 2;
    options.threads = 2;
    return Run({{"base", {"", ""}, regulation_.rules}}, options);
  }

  std::unique_ptr<Setting> setting_;
  std::unique_ptr<Behavior> behavior_;
};

// ---- on a date -------------------------------------------------------------------

// Wednesday 19 August, from noon: those of the offices and the group, and nobody else.
TEST_F(OccurrencesTest, ADateReachesThoseOfItsOfficesAndGroups) {
  for (population::BehaviourClass& c : population_.classes) c.arrival = Discrete({{3, 3, 1, {}}});
  population::Occurrence& o = Add("asueto_del_estado");
  o.dates = {{2026, 8, 19}, {2025, 8, 20}};
  o.away = Discrete({{1, 1, 1, {}}});
  o.shift = 2;
  o.offices = {"beni", "nacional"};
  o.groups = {true, false};
  Make();
  const std::int32_t day = Day(8, 19);
  int reached = 0;
  for (std::size_t person = 0; person < population_.staff.size(); ++person) {
    const std::string office = ValueOf(person, "oficina");
    const bool theirs =
        (office == "beni" || office == "nacional") && population_.staff.group[person] == 0;
    const auto events = Live(person, 0, kEveryArrival);
    EXPECT_EQ(Told(events, 0),
              theirs ? std::vector<std::int32_t>{day} : std::vector<std::int32_t>{})
        << office;
    std::vector<std::int32_t> entries;
    for (const Event& event : events) {
      if (event.what == Happening::Arrival && event.day == day) entries.push_back(event.shift);
    }
    EXPECT_EQ(entries, theirs ? std::vector<std::int32_t>{1} : (std::vector<std::int32_t>{1, 2}));
    EXPECT_EQ(behavior_->ShiftsAway(setting_->year.count)[7], theirs ? 1 : 0);
    reached += theirs ? 1 : 0;
  }
  EXPECT_EQ(reached, 60 + 5);  // permanent posts of the two
}

// The same each year; Saturday 2 May is nobody's, unless it is carried over to the Monday. There is
// no 29 February to carry over.
TEST_F(OccurrencesTest, ADateThatIsNotOfWork) {
  Add("asueto_del_estado").dates = {{0, 5, 2}, {0, 8, 19}};
  population::Occurrence& carried = Add("tolerancia_del_estado");
  carried.dates = {{0, 5, 2}, {0, 2, 29}};
  carried.carried_over = true;
  Make();
  const std::size_t person = SomebodyOf("la_paz");
  EXPECT_EQ(Told(Live(person), 0), std::vector<std::int32_t>{Day(8, 19)});
  EXPECT_EQ(Told(Live(person), 1), std::vector<std::int32_t>{Day(5, 4)});
}

// 2026: 1 March is a Sunday, 2 May a Saturday, 6 and 7 August holidays, then a weekend; 19 August
// is a Wednesday. Once on the day itself alone, and once carried over to the next one of work.
TEST_F(OccurrencesTest, ADateOfTheirOwn) {
  Add("cumpleaños").date_of = "fecha_de_nacimiento";
  population::Occurrence& carried = Add("asueto_del_estado");
  carried.date_of = "fecha_de_nacimiento";
  carried.without_leap_day = population::Occasion{0, 3, 1};
  carried.carried_over = true;
  carried.only = {Named("sexo", "mujer")};
  population::Occurrence& unsaid = Add("tolerancia_del_estado");  // of 29 February the file is mute
  unsaid.date_of = "fecha_de_nacimiento";
  unsaid.carried_over = true;
  population::Column& born = *std::find_if(
      population_.staff.columns.begin(), population_.staff.columns.end(),
      [](const population::Column& c) { return c.attribute == "fecha_de_nacimiento"; });
  struct Case {
    std::optional<base::Date> born;
    std::vector<std::int32_t> same, next;
  };
  Make();
  const std::vector<Case> cases = {
      {base::Date(1980, 8, 19), {Day(8, 19)}, {Day(8, 19)}},
      {base::Date(1980, 2, 29), {}, {Day(3, 2)}},
      {base::Date(1981, 2, 28), {}, {Day(3, 2)}},
      {base::Date(1990, 5, 2), {}, {Day(5, 4)}},
      {base::Date(1975, 8, 6), {}, {Day(8, 10)}},
      {base::Date(1970, 12, 31), {Day(12, 31)}, {Day(12, 31)}},
      {std::nullopt, {}, {}},
  };
  const std::size_t person = SomebodyOf("la_paz");
  for (const Case& c : cases) {
    born.of[person] = c.born ? static_cast<std::int32_t>(born.values.size()) : -1;
    if (c.born) {
      AttributeValue value;
      value.attribute = born.attribute;
      value.kind = AttributeValue::Kind::Date;
      value.date = *c.born;
      born.values.push_back(value);
    }
    Make();
    EXPECT_EQ(Told(Live(person), 0), c.same) << (c.born ? c.born->str() : "");
    EXPECT_EQ(Told(Live(person), 1), c.next);
    const bool leap = c.born && c.born->month() == 2 && c.born->day() == 29;
    EXPECT_EQ(Told(Live(person), 2), leap ? std::vector<std::int32_t>{} : c.next);
  }
  ASSERT_EQ(ValueOf(person, "sexo"), "mujer");
  int others = 0;
  for (std::size_t man = 0; man < population_.staff.size(); ++man) {
    if (ValueOf(man, "sexo") != "hombre") continue;
    EXPECT_EQ(Told(Live(man), 1), std::vector<std::int32_t>{});
    others += static_cast<int>(Told(Live(man), 0).size());
  }
  EXPECT_GT(others, 40);
}

// The same dates: the text is told what day it fell on, wherever it was carried.
TEST_F(OccurrencesTest, ADateIsToldAsTheDayItIs) {
  population::Occurrence& o = Add("cumpleaños");
  o.date_of = "fecha_de_nacimiento";
  o.without_leap_day = population::Occasion{0, 3, 1};
  o.carried_over = true;
  o.variants.clear();
  for (const char* kind : {"feriado", "domingo", "laborable", "sábado"})
    o.variants.push_back({1, {Named("cae_en", kind)}});
  o.variant_by_day = {2, 3, 1, 0};  // working, Saturday, Sunday, holiday
  population::Column& born = *std::find_if(
      population_.staff.columns.begin(), population_.staff.columns.end(),
      [](const population::Column& c) { return c.attribute == "fecha_de_nacimiento"; });
  const std::size_t person = SomebodyOf("la_paz");
  const std::vector<std::pair<base::Date, std::size_t>> cases = {
      {base::Date(1980, 8, 19), 2}, {base::Date(1990, 5, 2), 3}, {base::Date(1980, 2, 29), 1},
      {base::Date(1975, 8, 6), 0},  {base::Date(1975, 8, 7), 0}, {base::Date(1970, 8, 8), 3}};
  for (const auto& [date, variant] : cases) {
    born.of[person] = static_cast<std::int32_t>(born.values.size());
    AttributeValue value;
    value.attribute = born.attribute;
    value.kind = AttributeValue::Kind::Date;
    value.date = date;
    born.values.push_back(value);
    Make();
    std::vector<std::size_t> told;
    for (const Event& event : Live(person)) {
      if (event.what == Happening::Occurrence) told.push_back(VariantOf(event.value));
    }
    EXPECT_EQ(told, std::vector<std::size_t>{variant}) << date.str();
  }
}

// Of what no text knows: it happens to those who have it, and to nobody else.
TEST_F(OccurrencesTest, WhatOnlyThePopulationKnowsSaysToWhom) {
  population::Column teaches;
  teaches.attribute = "enseña";
  teaches.values = {Named("enseña", "mañana"), Named("enseña", "tarde")};
  for (std::size_t person = 0; person < population_.staff.size(); ++person)
    teaches.of.push_back(static_cast<std::int32_t>(person % 3) - 1);
  population_.staff.own.push_back(teaches);
  population::Occurrence& o = Add("asueto_del_estado");
  o.dates = {{0, 8, 19}};
  o.only = {Named("enseña", "tarde")};
  Make();
  for (std::size_t person = 0; person < population_.staff.size(); ++person)
    EXPECT_EQ(Told(Live(person), 0).size(), person % 3 == 2 ? 1U : 0U);
  const auto refused = [&] {
    base::Diagnostics diagnostics;
    EXPECT_FALSE(Prepare({regulation_.rules.get()}, population_, kGestion, diagnostics));
    return diagnostics.all().empty() ? std::string() : diagnostics.all().front().code;
  };
  population_.occurrences.front().only = {Named("enseña", "noche")};
  EXPECT_EQ(refused(), "población-sin-vocabulario");
  population_.occurrences.front().only.clear();
  population_.staff.own.front().attribute = "sexo";
  EXPECT_EQ(refused(), "población-dato");
}

// Somebody who is away does not have it, nor does somebody who comes later.
TEST_F(OccurrencesTest, ADateReachesOnlyWhoeverIsThere) {
  population::Occurrence& trip = Add("invitación_en_representación_del_estado");
  trip.dates = {{kGestion, 8, 18}};
  trip.away = Discrete({{4, 4, 1, {}}});
  trip.offices = {"beni"};
  population::Occurrence& day_off = Add("asueto_del_estado");
  day_off.dates = {{kGestion, 8, 19}};
  day_off.away = Discrete({{2, 2, 1, {}}});
  Make();
  int away = 0;
  for (std::size_t person = 0; person < population_.staff.size(); ++person) {
    const bool travels = ValueOf(person, "oficina") == "beni";
    EXPECT_EQ(Told(Live(person), 1).size(), travels ? 0U : 1U);
    away += travels ? 1 : 0;
    for (const std::int32_t first : {Day(8, 19), Day(8, 20)}) {
      const Tenure tenure{person, person, first, setting_->year.count - 1, true};
      const auto events = behavior_->Live(tenure, *setting_->work[person], 0, kNever);
      EXPECT_EQ(Told(events, 1).size(), first == Day(8, 19) ? 1U : 0U);
    }
  }
  EXPECT_EQ(away, 9);
}

// What is unsure is how many: twice as many, up to all of them; of whom it is sure to reach, none
// are spared.
TEST_F(OccurrencesTest, TheShareOfADateIsUnsureToo) {
  for (const std::uint64_t share : {1U, 3U, 4U}) {
    population::Occurrence& o = Add("asueto_del_estado");
    o.dates = {{0, 8, 19}};
    o.reached = {share << 30};
  }
  AddAfter(0, 3, "parto").reached = {std::uint64_t{1} << 30};
  population::Factors factors = population::kAsTheFileSays;
  const auto reached = [&](double factor) {
    factors[static_cast<std::size_t>(population::Factor::Occurrences)] = factor;
    std::vector<double> shares;
    for (const population::Occurrence& o : population::Scaled(population_, factors).occurrences)
      shares.push_back(static_cast<double>(o.reached.below) / 4294967296.0);
    return shares;
  };
  EXPECT_EQ(reached(1), (std::vector<double>{0.25, 0.75, 1, 0.25}));
  EXPECT_EQ(reached(2), (std::vector<double>{0.5, 1, 1, 0.25}));
  EXPECT_EQ(reached(0.5), (std::vector<double>{0.125, 0.375, 1, 0.25}));
}

// Two on one day, each with a draw of its own.
TEST_F(OccurrencesTest, TheShareOfTheFileIsReached) {
  for (const char* kind : {"asueto_del_estado", "tolerancia_del_estado"}) {
    population::Occurrence& o = Add(kind);
    o.dates = {{kGestion, 8, 19}};
    o.reached = {std::uint64_t{3} << 30};  // three in four
  }
  Make();
  double first = 0, second = 0, both = 0, all = 0;
  for (std::size_t person = 0; person < population_.staff.size(); ++person) {
    for (std::uint32_t replication = 0; replication < 40; ++replication) {
      const auto events = Live(person, replication);
      const bool one = !Told(events, 0).empty();
      const bool other = !Told(events, 1).empty();
      first += one ? 1 : 0;
      second += other ? 1 : 0;
      both += one && other ? 1 : 0;
      ++all;
    }
  }
  const auto near = [&](double seen, double share) {
    EXPECT_NEAR(seen / all, share, kBound * std::sqrt(share * (1 - share) / all));
  };
  near(first, 0.75);
  near(second, 0.75);
  near(both, 0.5625);
}

// ---- for months ------------------------------------------------------------------

// From Tuesday 10 March for two months: until Saturday 9 May, and back on Monday the 11th. March
// has 16 working days left from that day.
TEST_F(OccurrencesTest, ASpellOfMonthsEndsOnTheSameDayOfAnotherMonth) {
  population::Occurrence& o = AddMonths("comisión", {Named("lugar", "otro_municipio")}, 3, 10, 2);
  o.counted = "meses";
  o.counts_months = true;
  o.back_kind = "fin_de_comisión";
  Make();
  for (const char* department : {"la_paz", "beni"}) {
    const std::size_t person = SomebodyOf(department);
    const WorkDays& work = *setting_->work[person];
    const auto events = Live(person);
    ASSERT_EQ(events.size(), 2U);
    EXPECT_EQ(events[0].day, Day(3, 10));
    EXPECT_EQ(events[0].count, 2);
    EXPECT_EQ(events[1].what, Happening::Return);
    EXPECT_EQ(events[1].day, Day(5, 11));
    std::int32_t expected = 0;
    for (std::int32_t day = Day(3, 10); day <= Day(5, 9); ++day)
      expected += work.works(day) ? 1 : 0;
    std::int32_t away = 0;
    for (const std::int32_t shifts : behavior_->ShiftsAway(setting_->year.count)) away += shifts;
    EXPECT_EQ(away, 2 * expected);
    EXPECT_EQ(behavior_->ShiftsAway(setting_->year.count)[2], 2 * 16);
  }
}

// Told on each of its days, it says the same months.
TEST_F(OccurrencesTest, TheMonthsAreToldOnEachDay) {
  population::Occurrence& o = AddMonths("comisión", {Named("lugar", "exterior")}, 3, 10, 2);
  o.each_day = true;
  o.counted = "meses";
  o.counts_months = true;
  population::Occurrence& there =
      AddMonths("beca_estatal", {Named("modalidad", "cultural")}, 6, 8, 3);
  there.at_post = true;
  there.each_day = true;
  there.counted = "meses";
  there.counts_months = true;
  Make();
  const auto events = Live(0);
  EXPECT_GT(Told(events, 0).size(), 30U);
  EXPECT_GT(Told(events, 1).size(), 50U);
  for (const Event& event : events) EXPECT_EQ(event.count, OccurrenceOf(event.value) == 0 ? 2 : 3);
}

// And a spell that goes past the year's end.
TEST_F(OccurrencesTest, AMonthFromItsLastDay) {
  AddMonths("comisión", {Named("lugar", "exterior")}, 4, 30, 1).back_kind = "fin_de_comisión";
  AddMonths("comisión", {Named("lugar", "exterior")}, 12, 1, 3).back_kind = "fin_de_comisión";
  Make();
  const auto events = Live(SomebodyOf("la_paz"));
  ASSERT_EQ(events.size(), 3U);
  // From Thursday 30 April until Friday 29 May: the 30th is a Saturday.
  EXPECT_EQ(events[1].what, Happening::Return);
  EXPECT_EQ(events[1].day, Day(6, 1));
  // Nobody comes back before the year is over.
  EXPECT_EQ(events[2].day, Day(12, 1));
}

TEST_F(OccurrencesTest, TheMonthsAreWhatTheTextIsTold) {
  population::Occurrence& o = AddMonths("beca_estatal", {Named("modalidad", "estudios")}, 3, 10, 7);
  o.counted = "meses";
  o.counts_months = true;
  Make();
  PersonYearKey key;
  const evaluation::History history = PersonYear(*setting_, population_, key);
  ASSERT_EQ(history.facts.size(), 1U);
  const auto kind = regulation_.rules->FindFactKind("beca_estatal");
  const auto months = regulation_.rules->FindField(kind, "meses");
  EXPECT_EQ(history.facts[0].fields[months.index()].number, base::Rational(7));
  // Seven months: halfway through and at the end.
  const auto judged = Judge(*setting_, population_, key, diagnostics_);
  ASSERT_TRUE(judged);
  int rows = 0;
  for (const auto& a : judged->applications) {
    const std::string& name = regulation_.rules->rule(a.rule).name;
    rows += name.starts_with("acreditación_de_beca") ? 1 : 0;
  }
  EXPECT_EQ(rows, 1);
}

// ---- at the post -----------------------------------------------------------------

// On each day at the post, of which those in the middle are taken by an illness. Everything else is
// what it would have been.
TEST_F(OccurrencesTest, DaysAtThePostTakeNothingAway) {
  for (population::BehaviourClass& c : population_.classes)
    c.arrival = Discrete({{-10, 30, 1, {}}});
  population::Occurrence& ill = Add("invitación_en_representación_del_estado");
  ill.dates = {{kGestion, 3, 17}};
  ill.away = Discrete({{5, 5, 1, {}}});  // two days and a half
  Make();
  std::vector<std::vector<Event>> without;
  for (std::size_t person = 0; person < population_.staff.size(); ++person)
    without.push_back(Live(person, 0, kEveryArrival));
  population::Occurrence& o = AddMonths("jornada_de_lactancia", {}, 3, 10, 1);
  o.at_post = true;
  o.each_day = true;
  o.only = {Named("sexo", "mujer")};
  Make();
  const WorkDays& work = *setting_->work[SomebodyOf("la_paz")];
  std::vector<std::int32_t> expected;
  for (std::int32_t day = Day(3, 10); day < Day(4, 10); ++day) {
    if (work.works(day) && day != Day(3, 17) && day != Day(3, 18)) expected.push_back(day);
  }
  EXPECT_EQ(expected.size(), 16U - 2 + 6);  // 1 to 9 April without Good Friday
  int women = 0;
  for (std::size_t person = 0; person < population_.staff.size(); ++person) {
    auto events = Live(person, 0, kEveryArrival);
    const bool woman = ValueOf(person, "sexo") == "mujer";
    if (ValueOf(person, "departamento") == "la_paz") {
      EXPECT_EQ(Told(events, 1), woman ? expected : std::vector<std::int32_t>{});
    }
    women += woman ? 1 : 0;
    std::erase_if(events, [](const Event& e) {
      return e.what == Happening::Occurrence && OccurrenceOf(e.value) == 1;
    });
    EXPECT_EQ(events, without[person]);
  }
  EXPECT_GT(women, 50);
}

TEST_F(OccurrencesTest, DaysAtThePostAreCounted) {
  population::Occurrence& o =
      AddMonths("día_de_incapacidad", {Named("riesgo", "maternidad")}, 3, 10, 1);
  o.at_post = true;
  o.each_day = true;
  o.counted = "día_de_baja";
  Make();
  std::int16_t count = 0;
  for (const Event& event : Live(0)) EXPECT_EQ(event.count, ++count);
  EXPECT_GE(count, 20);
}

// ---- after another ---------------------------------------------------------------

// A leave of ninety days, a birth in the middle of it, and the hour for nursing after it.
TEST_F(OccurrencesTest, OneThingFollowsAnother) {
  population::Occurrence& leave = Add("día_de_incapacidad", {Named("riesgo", "maternidad")});
  leave.per_year = 3;
  leave.only = {Named("sexo", "mujer")};
  leave.away = Discrete({{120, 120, 1, {}}});
  AddAfter(0, 45, "parto");
  population::Occurrence& hour = AddAfter(1, 45, "jornada_de_lactancia");
  hour.months = Discrete({{2, 2, 1, {}}});
  hour.at_post = true;
  hour.each_day = true;
  AddAfter(1, 0, "cumpleaños", {Named("cae_en", "laborable")}).only = {Named("sexo", "hombre")};
  Make();
  int births = 0, late = 0;
  for (std::size_t person = 0; person < population_.staff.size(); ++person) {
    const WorkDays& work = *setting_->work[person];
    const auto events = LiveNewcomer(person, 3);
    const auto first_from = [&](std::int32_t day) {
      const auto at = static_cast<std::size_t>(work.before[static_cast<std::size_t>(day)]);
      return at < work.days.size() ? work.days[at] : setting_->year.count;
    };
    std::vector<std::int32_t> expected;
    for (const std::int32_t begun : Told(events, 0)) {
      if (begun + 45 >= setting_->year.count) {
        ++late;
        continue;
      }
      if (first_from(begun + 45) < setting_->year.count) expected.push_back(first_from(begun + 45));
    }
    EXPECT_EQ(Told(events, 1), expected);
    births += static_cast<int>(expected.size());
    EXPECT_TRUE(Told(events, 3).empty());  // no man follows
    for (const std::int32_t day : Told(events, 2)) {
      const bool in_time = std::any_of(expected.begin(), expected.end(), [&](std::int32_t birth) {
        const std::int32_t from = first_from(birth + 45);
        const base::Date end = setting_->year.date(from).plus_months(2);
        return from <= day && setting_->year.date(day) < end;
      });
      EXPECT_TRUE(in_time);
    }
    if (expected.size() == 1 && expected[0] + 45 < setting_->year.count - 20 &&
        Told(events, 0).size() == 1) {
      EXPECT_GT(Told(events, 2).size(), 8U);
    }
  }
  EXPECT_GT(births, 60);
  EXPECT_GT(late, 5);
}

// Whether it follows, and when, is drawn for each time.
TEST_F(OccurrencesTest, TheShareOfTheFileFollows) {
  Add("cumpleaños", {Named("cae_en", "laborable")}).per_year = 2;
  population::Occurrence& after = AddAfter(0, 1, "parto");
  after.follows->days = Discrete({{7, 28, 1, {}}});
  after.reached = {std::uint64_t{1} << 30};  // one in four
  Make();
  double times = 0, followed = 0;
  std::map<std::int32_t, int> lags;
  for (std::size_t person = 0; person < population_.staff.size(); ++person) {
    for (std::uint32_t replication = 0; replication < 40; ++replication) {
      const auto events = LiveNewcomer(person, replication);
      const auto before = Told(events, 0);
      if (before.size() != 1 || before[0] > Day(11, 20)) continue;
      ++times;
      const auto after_it = Told(events, 1);
      ASSERT_LE(after_it.size(), 1U);
      if (after_it.empty()) continue;
      ++followed;
      ++lags[after_it[0] - before[0]];
    }
  }
  EXPECT_GT(times, 1500);
  EXPECT_NEAR(followed / times, 0.25, kBound * std::sqrt(0.25 * 0.75 / times));
  EXPECT_GE(lags.begin()->first, 7);
  EXPECT_LE(lags.rbegin()->first, 28 + 6);  // a weekend, or a long one
  EXPECT_GT(lags.size(), 15U);
}

// Of two examinations the second finds the shift taken: it does not happen, nor what follows it.
TEST_F(OccurrencesTest, NothingFollowsWhatDidNotHappen) {
  for (int i = 0; i < 2; ++i) {
    population::Occurrence& exam = Add("examen_preventivo", {Named("examen", "colon")});
    exam.dates = {{kGestion, 8, 19}};
    exam.in_shift = true;
    exam.shift = 1;
  }
  AddAfter(0, 2, "parto");
  AddAfter(1, 2, "cumpleaños", {Named("cae_en", "laborable")});
  Make();
  const auto events = Live(0);
  EXPECT_EQ(Told(events, 0), std::vector<std::int32_t>{Day(8, 19)});
  EXPECT_EQ(Told(events, 1), std::vector<std::int32_t>{});
  EXPECT_EQ(Told(events, 2), std::vector<std::int32_t>{Day(8, 21)});
  EXPECT_EQ(Told(events, 3), std::vector<std::int32_t>{});
}

// ---- what the text makes of it ---------------------------------------------------

// RIP:38.II, worked by hand: three days of a leave, five of a permit, two of an illness and half of
// one of care nobody could ask for are ten and a half working days without meal allowance, for each
// of 220 people; the hours of a permit are none.
TEST_F(OccurrencesTest, LeavesAndPermitsAreDaysWithoutMealAllowance) {
  const auto days = [](int number) {
    AttributeValue value;
    value.attribute = "días";
    value.kind = AttributeValue::Kind::Number;
    value.number = number;
    return value;
  };
  AttributeValue minutes = days(90);
  minutes.attribute = "minutos";
  Add("solicitud_de_licencia", {Named("motivo", "matrimonio"), days(3)}).dates = {{0, 5, 12}};
  Add("permiso_sin_goce", {Named("causal", "otros_asuntos"), days(5)}).dates = {{0, 6, 8}};
  population::Occurrence& care = Add("inasistencia_por_atención_médica");
  care.dates = {{0, 7, 14}};
  care.in_shift = true;
  care.shift = 2;
  Add("permiso_con_goce", {minutes}).dates = {{0, 9, 15}};
  population::Occurrence& ill = Add("día_de_incapacidad", {Named("riesgo", "enfermedad_común")});
  ill.dates = {{0, 10, 6}};
  ill.away = Discrete({{4, 4, 1, {}}});
  ill.each_day = true;
  ill.counted = "día_de_baja";
  const Forecast year = Years();
  std::map<std::string, std::int64_t> figures;  // of the first replication, in days
  for (std::size_t c = 0; c < year.cells.size(); ++c)
    figures[year.cells[c].key] = year.regulations[0].values[c][0] / year.cells[c].scale;
  EXPECT_EQ(figures["refrigerio/días/no_pagados"], 21 * 220 / 2);
  EXPECT_EQ(figures["refrigerio/días/pagados"], figures["refrigerio/días/total"] - 21 * 220 / 2);
  EXPECT_EQ(figures["refrigerio/centavos"], figures["refrigerio/días/pagados"] * 18);
}

// RIP:38.II and 17: official permits that are not by the hour have no meal allowance either. Half a
// day of an asueto, three days of mourning, two and a half of a trip and two of a special leave are
// eight; a commission in the municipality and hours of nursing are none.
TEST_F(OccurrencesTest, OfficialPermitsOfDaysAreWithoutMealAllowance) {
  const auto days = [](int halves) {
    AttributeValue value;
    value.attribute = "días";
    value.kind = AttributeValue::Kind::Number;
    value.number = base::Rational(halves, 2);
    return value;
  };
  Add("asueto_de_la_entidad", {Named("alcance", "grupal"), days(1)}).dates = {{0, 5, 12}};
  Add("fallecimiento_de_pariente", {Named("parentesco", "suegro"), days(6)}).dates = {{0, 6, 8}};
  Add("comisión", {Named("lugar", "otro_municipio"), days(5)}).dates = {{0, 7, 14}};
  Add("comisión", {Named("lugar", "mismo_municipio"), days(4)}).dates = {{0, 8, 18}};
  Add("solicitud_de_licencia_especial", {Named("estado", "renal"), days(4)}).dates = {{0, 9, 15}};
  Add("jornada_de_lactancia").dates = {{0, 10, 6}};
  const Forecast year = Years();
  std::map<std::string, std::int64_t> figures;
  for (std::size_t c = 0; c < year.cells.size(); ++c)
    figures[year.cells[c].key] = year.regulations[0].values[c][0] / year.cells[c].scale;
  EXPECT_EQ(figures["refrigerio/días/no_pagados"], 8 * 220);
}

// ---- all of it -------------------------------------------------------------------

class MixedTest : public OccurrencesTest {
 protected:
  void SetUp() override {
    RipTest::SetUp();
    const std::size_t leave = Position("maternidad");
    population_.occurrences[leave].per_year = 1;
    for (auto& departures : population_.turnover->departures) departures[0].chance.below *= 5;
    AddAfter(leave, 45, "parto");
    population::Occurrence& hour =
        AddAfter(population_.occurrences.size() - 1, 45, "jornada_de_lactancia");
    hour.months = Discrete({{3, 9, 1, {}}});
    hour.at_post = true;
    hour.each_day = true;
    population::Occurrence& day = Add("asueto_del_estado");
    day.dates = {{kGestion, 2, 20}, {0, 8, 19}, {0, 5, 2}};
    day.away = Discrete({{1, 2, 1, {}}});
    population::Occurrence& exam = Add("examen_preventivo", {Named("examen", "colon")});
    exam.dates = {{0, 6, 10}};
    exam.carried_over = true;
    exam.reached = {std::uint64_t{1} << 31};
    exam.in_shift = true;
    exam.shift = 1;
    population::Occurrence& trip = Add("comisión", {Named("lugar", "otro_municipio")});
    trip.per_year = 0.8;
    trip.months = Discrete({{1, 5, 1, {}}});
    trip.counted = "meses";
    trip.counts_months = true;
    trip.back_kind = "fin_de_comisión";
    population::Occurrence& study = Add("tolerancia_académica", {Named("actividad", "docencia")});
    study.dates = {{kGestion, 2, 20}};
    study.reached = {std::uint64_t{1} << 30};
    study.months = Discrete({{4, 5, 1, {}}});
    study.at_post = true;
    study.each_day = true;
  }

  [[nodiscard]] std::size_t Position(const std::string& name) const {
    for (std::size_t o = 0; o < population_.occurrences.size(); ++o) {
      if (population_.occurrences[o].name == name) return o;
    }
    ADD_FAILURE() << name;
    return 0;
  }
};

// Those that no table can notice are left out; what is left is the same, also when what follows
// them takes somebody away.
TEST_F(MixedTest, WhatIsNotToldChangesNothingElse) {
  population::Occurrence& rest =
      AddAfter(Position("parto"), 60, "día_de_incapacidad", {Named("riesgo", "maternidad")});
  rest.away = Discrete({{6, 6, 1, {}}});
  Make();
  const std::size_t birth = Position("parto");
  EXPECT_FALSE(setting_->noticed.occurrences[birth]);
  EXPECT_FALSE(setting_->noticed.idle[birth]);
  EXPECT_TRUE(setting_->noticed.idle[Position("jornada_de_lactancia")]);
  std::size_t left_out = 0, followed = 0;
  for (std::size_t person = 0; person < population_.staff.size(); ++person) {
    const WorkDays& work = *setting_->work[person];
    std::vector<Event> all = behavior_->Live(person, work, 0, setting_->notices_from);
    const auto away = behavior_->ShiftsAway(setting_->year.count);
    followed += Told(all, population_.occurrences.size() - 1).size();
    left_out += std::erase_if(all, [&](const Event& event) {
      const auto& noticed = setting_->noticed;
      if (event.what == Happening::Return) return !noticed.returns[OccurrenceOf(event.value)];
      return event.what == Happening::Occurrence && !noticed.occurrences[OccurrenceOf(event.value)];
    });
    EXPECT_EQ(behavior_->Live(person, work, 0, setting_->notices_from, &setting_->noticed), all);
    EXPECT_EQ(behavior_->ShiftsAway(setting_->year.count), away);
  }
  EXPECT_GT(left_out, 5000U);
  EXPECT_GT(followed, 10U);
}

// Every key of a person's year belongs to its replication alone: neither the order in which people
// live nor the threads change it.
TEST_F(MixedTest, ThreadsDoNotMatter) {
  population_.deterrence = population::Deterrence{3, {0.5, 0.5, 0.5, 0.5, 0.5}};
  Options options;
  options.gestion = kGestion;
  options.replications = 2;
  options.threads = 1;
  const RegulationInput base = {"base", {"", ""}, regulation_.rules};
  const Forecast one = Run({base}, options);
  options.threads = 3;
  const Forecast three = Run({base}, options);
  EXPECT_EQ(one.regulations[0].values, three.regulations[0].values);
}

TEST_F(OccurrencesTest, TheForecastSaysWhatIsAssumed) {
  const auto says = [](const Forecast& forecast, const std::string& words) {
    return std::any_of(forecast.assumptions.begin(), forecast.assumptions.end(),
                       [&](const base::Text& a) { return a.es.find(words) != std::string::npos; });
  };
  const std::vector<std::string> all = {"no alcanza a quien ese día ya está fuera",
                                        "«asueto_del_estado»: el 2026-05-02 nadie trabaja",
                                        "«cumpleaños» no tiene fecha en la gestión simulada",
                                        "empezó antes de la gestión sigue en ella",
                                        "cae cada año en el día y el mes de «fecha_de_nacimiento»",
                                        "no cambia a qué hora llega"};
  const Forecast plain = Years();
  for (const std::string& words : all) EXPECT_FALSE(says(plain, words)) << words;
  Add("asueto_del_estado").dates = {{0, 5, 2}, {0, 8, 19}};
  Add("cumpleaños", {Named("cae_en", "laborable")}).dates = {{2025, 5, 2}};
  Add("cumpleaños").date_of = "fecha_de_nacimiento";
  population::Occurrence& o = AddMonths("jornada_de_lactancia", {}, 3, 10, 2);
  o.at_post = true;
  o.each_day = true;
  const Forecast told = Years();
  for (const std::string& words : all) EXPECT_TRUE(says(told, words)) << words;
  EXPECT_FALSE(says(told, "2026-08-19 nadie trabaja"));
}

TEST_F(OccurrencesTest, AShiftThatNoDayHasIsAnError) {
  population::Occurrence& o = Add("asueto_del_estado");
  o.dates = {{0, 8, 19}};
  o.away = Discrete({{1, 1, 1, {}}});
  o.shift = 3;
  EXPECT_FALSE(Prepare({regulation_.rules.get()}, population_, kGestion, diagnostics_));
  ASSERT_FALSE(diagnostics_.all().empty());
  EXPECT_EQ(diagnostics_.all().back().code, "simulación-no-admite");
  EXPECT_NE(diagnostics_.all().back().message.es.find("«asueto_del_estado»"), std::string::npos);
}

}  // namespace
}  // namespace cotejo::year
