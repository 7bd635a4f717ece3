// The most misconduct without a consequence: exact against every history of small spaces, and
// the findings it leads to.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <random>

#include "solver/checks/escapes.h"
#include "solver/checks/most.h"
#include "tests/base/sanitized.h"
#include "tests/checks/every_history.h"
#include "tests/checks/rip_report.h"

namespace cotejo::checks {
namespace {

using base::Date;
using base::Rational;
using evaluation::History;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

const std::string kBasis = R"(
jerarquía ley > reglamento
norma REG "Reglamento de prueba" rango reglamento vigente desde 2020-01-01
horario único cita REG:1 tramos 08:00 a 12:00, 14:00 a 18:00
enumeración clase = primera, segunda, tercera
hecho falta en tramo
  días: días = 1/2 día entre 1/2 día y 1/2 día en pasos de 1/2 día
hecho fuga en tramo excluye falta
  días: días = 1/2 día entre 1/2 día y 1/2 día en pasos de 1/2 día
hecho salida en tramo
  minutos: minutos entre 10 minutos y 20 minutos en pasos de 10 minutos
hecho ofensa en día
  clase: clase
hecho falta_mala derivado en tramo
  días: días
hecho mes_malo derivado en día
)";

const std::string kCounts = R"(
califica falta como falta_mala cita REG:2 con días = días
medida total por mes cita REG:2 = suma(falta_mala.días) en pasos de 1/2 día
medida seguidas por mes cita REG:3 = racha(falta_mala.días >= 1 día)
medida veces por mes cita REG:2 = cuenta(falta_mala)
medida veces_del_año por gestión cita REG:2 = cuenta(falta_mala)
medida total_de_fugas por mes cita REG:2 = suma(fuga.días) en pasos de 1/2 día
medida fugas_seguidas por mes cita REG:3 = racha(fuga.días >= 1 día)
medida minutos_fuera por mes cita REG:4 = suma(salida.minutos) en pasos de 1 minuto
medida vez por gestión cita REG:5 = cuenta(ofensa del mismo clase)
)";

// Rules of every sort a count can be followed through: on months, on facts, on what months
// give rise to; rows that come first, rows that leave gaps.
class Generator {
 public:
  explicit Generator(unsigned seed) : random_(seed) {}

  std::string Norma() {
    std::string text = kBasis + kCounts;
    text += "califica falta_mala por mes como mes_malo cita REG:6\n  cuando total >= " + Halves(4);
    text += "\nmedida meses_malos por gestión cita REG:6 = cuenta(mes_malo)\n";
    const int rules = 1 + Upto(3);
    for (int r = 0; r < rules; ++r) text += Rule(r);
    if (Upto(100) < 40) text += Scale();
    return text;
  }

 private:
  int Upto(int n) { return static_cast<int>(random_() % static_cast<unsigned>(n)); }

  std::string Halves(int most) {
    const int halves = 1 + Upto(most);
    return halves % 2 == 0 ? std::to_string(halves / 2) : std::to_string(halves) + "/2";
  }

  std::string Consequence() {
    const std::vector<std::string> all{"destitución", "descuento 1 día", "proceso", "sin sanción",
                                       "destitución"};
    return all[static_cast<std::size_t>(Upto(5))];
  }

  std::string Rule(int number) {
    const std::string on_month = " sobre falta_mala por mes\n  cuando ";
    std::string body;
    switch (Upto(9)) {
      case 0:
        body = on_month + "total >= " + Halves(6);
        break;
      case 1:
        body = on_month + "total entre " + Halves(3) + " y " + Halves(6);
        break;
      case 2:
        body = on_month + "seguidas >= " + std::to_string(1 + Upto(2));
        break;
      case 3:
        body = on_month + "seguidas = 1 y total < " + Halves(5);
        break;
      case 4:
        body = on_month + "meses_malos >= " + std::to_string(1 + Upto(2));
        break;
      case 5:  // on each fact: what was counted before it matters
        body = " sobre falta_mala\n  cuando veces >= " + std::to_string(1 + Upto(5));
        break;
      case 6:
        body = " sobre falta_mala\n  cuando veces_del_año = " + std::to_string(2 + Upto(4));
        break;
      case 7:
        body = " sobre mes_malo\n  cuando veces_del_año >= " + std::to_string(2 + Upto(5));
        break;
      default:
        body = " sobre fuga por mes\n  cuando total_de_fugas >= " + Halves(4) +
               (Upto(2) == 0 ? " o fugas_seguidas >= 1" : "");
        break;
    }
    return "regla r" + std::to_string(number) + " cita REG:7" + body + "\n  entonces " +
           Consequence() + "\n";
  }

  std::string Scale() {
    const int cut = 1 + Upto(3);
    return std::string("escala tramos cita REG:8 sobre falta_mala por mes según veces ") +
           (Upto(2) == 0 ? "política primera parcial" : "parcial") + "\n  | " +
           std::to_string(cut) + " .. " + std::to_string(cut + Upto(2)) + " | " + Consequence() +
           " |\n  | " + std::to_string(cut + 1 + Upto(3)) + " .. | " + Consequence() + " |\n";
  }

  std::mt19937 random_;
};

TEST(Most, AgreesWithEveryHistoryOfSmallSpaces) {
  // The last two working days of a month and the first two of the next one.
  const Span span{Date(2025, 3, 1),
                  Date(2025, 4, 30),
                  {Date(2025, 3, 28), Date(2025, 3, 31), Date(2025, 4, 1), Date(2025, 4, 2)}};
  constexpr int kSeeds = tests::Fewer(60, 4);
  int compared = 0;
  int free = 0;
  int caught = 0;
  for (unsigned seed = 0; seed < kSeeds; ++seed) {
    const std::string norma = Generator(seed).Norma();
    const auto prepared = Prepare(norma);
    ASSERT_TRUE(prepared) << norma;
    for (const char* measure : {"total", "seguidas", "veces", "veces_del_año", "meses_malos"}) {
      const Goal goal = GoalOf(*prepared, {measure});
      const Reach reach = seed % 2 == 0 ? Reach::Removal : Reach::Sanction;
      const std::string where = std::string(measure) + " " + std::to_string(seed) + norma;
      // What another reach was told of single facts serves this one.
      Tally::Arrivals shared;
      const Tally other(*prepared->context, goal, Reach::Sanction, span, &shared);
      Tally tally(*prepared->context, goal, reach, span, &shared);
      ASSERT_EQ(tally.unsupported().es, "") << where;
      MostSearch search(tally);
      const All all = TryAll(*prepared, {"falta"}, goal, reach, span);
      EXPECT_EQ(all.histories, 256);
      const auto most = search.LargestWithout(0, 1);
      ASSERT_EQ(most.has_value(), all.most.has_value()) << where;
      if (most) {
        EXPECT_EQ(most->amount.str(), all.most->str()) << where;
        free += most->amount > Rational(0) ? 1 : 0;
      }
      ++compared;
      // What a month gives rise to is not yet there on the day a fact is punished.
      if (tally.seeks_run() || std::string(measure) == "meses_malos") continue;
      const auto least = search.SmallestWith(0, 1);
      ASSERT_EQ(least.has_value(), all.least.has_value()) << where;
      if (!least) continue;
      EXPECT_EQ(least->amount.str(), all.least->str()) << where;
      ++caught;
    }
  }
  EXPECT_EQ(compared, 5 * kSeeds);
  EXPECT_GT(2 * free, 5 * kSeeds);
  EXPECT_GT(caught, kSeeds);
}

TEST(Most, AgreesWithEveryHistoryOfTwoCounts) {
  const Span span{Date(2025, 3, 1), Date(2025, 4, 30), {Date(2025, 3, 31), Date(2025, 4, 1)}};
  const std::vector<std::vector<std::string>> pairs{{"total", "total_de_fugas"},
                                                    {"seguidas", "fugas_seguidas"}};
  for (unsigned seed = 100; seed < 160; ++seed) {
    const std::string norma = Generator(seed).Norma();
    const auto prepared = Prepare(norma);
    ASSERT_TRUE(prepared) << norma;
    for (const auto& pair : pairs) {
      const Goal goal = GoalOf(*prepared, pair);
      Tally tally(*prepared->context, goal, Reach::Removal, span);
      ASSERT_EQ(tally.unsupported().es, "") << norma;
      const All all = TryAll(*prepared, {"falta", "fuga"}, goal, Reach::Removal, span);
      EXPECT_EQ(all.histories, 81);
      const auto most = MostSearch(tally).LargestWithout(0, 1);
      ASSERT_EQ(most.has_value(), all.most.has_value()) << seed << norma;
      if (most) {
        EXPECT_EQ(most->amount.str(), all.most->str()) << pair[0] << seed << norma;
      }
    }
  }
}

std::string Shown(const std::optional<Extreme>& extreme) {
  if (!extreme) return "nothing";
  std::string text = extreme->amount.str() + " " + extreme->history.to.str();
  for (const evaluation::Fact& fact : extreme->history.facts) {
    text += " " + fact.date.str() + "/" + std::to_string(fact.shift) + "/" +
            std::to_string(fact.kind.index());
    for (const rules::Value& value : fact.fields) text += "/" + value.number.str();
  }
  return text;
}

// Answers left by searches over many regulations serve those over others, when what they depend
// on is the same, and give what a search without them gives.
TEST(Most, AnswersKeptFromOtherSearchesAreWhatWouldBeFound) {
  const Span spring{Date(2025, 3, 1),
                    Date(2025, 4, 30),
                    {Date(2025, 3, 28), Date(2025, 3, 31), Date(2025, 4, 1), Date(2025, 4, 2)}};
  const Span winter{Date(2025, 11, 1),
                    Date(2026, 1, 31),
                    {Date(2025, 11, 28), Date(2025, 12, 1), Date(2025, 12, 30), Date(2026, 1, 5)}};
  smt::Answers answers;
  std::mt19937 random(7);
  std::size_t asked = 0;
  for (unsigned seed = 0; seed < 180; ++seed) {
    const std::string norma = Generator(seed).Norma();
    const auto prepared = Prepare(norma);
    ASSERT_TRUE(prepared) << norma;
    const Span& span = seed % 3 == 0 ? winter : spring;
    for (const char* measure : {"total", "seguidas", "veces", "veces_del_año", "meses_malos"}) {
      const Goal goal = GoalOf(*prepared, {measure});
      for (const Reach reach : {Reach::Sanction, Reach::Process, Reach::Removal}) {
        Tally tally(*prepared->context, goal, reach, span);
        ASSERT_EQ(tally.unsupported().es, "") << norma;
        EXPECT_EQ(tally.Mark().has_value(), tally.plain());
        const std::size_t last = tally.months().size() - 1;
        MostSearch alone(tally);
        MostSearch keeping(tally, &answers);
        const std::string where = std::string(measure) + " " + std::to_string(seed) + norma;
        const auto same = [&](bool largest, std::size_t from, std::size_t to) {
          const auto ask = [&](MostSearch& search) {
            return Shown(largest ? search.LargestWithout(from, to) : search.SmallestWith(from, to));
          };
          EXPECT_EQ(ask(keeping), ask(alone)) << where;
          ++asked;
        };
        // Not every search goes on alike.
        for (int question = 0; question < 2; ++question) {
          const auto from = static_cast<std::size_t>(random() % (last + 1));
          const auto to = from + static_cast<std::size_t>(random() % (last + 1 - from));
          same(tally.seeks_run() || random() % 2 == 0, from, to);
        }
      }
    }
  }
  EXPECT_EQ(asked, 5400U);
  EXPECT_GT(answers.found(), asked / 8);
  EXPECT_LT(answers.found(), asked);
}

// What the months of a search are told by; with the text changed from one thing to another.
std::string MarkOf(const std::string& from, const std::string& to, const char* measure,
                   const Span& span) {
  std::string norma = kBasis + kCounts + R"(
califica falta_mala por mes como mes_malo cita REG:6
  cuando total >= 2
medida meses_malos por gestión cita REG:6 = cuenta(mes_malo)
medida meses_contados por gestión cita REG:6 = cuenta(mes_malo)
regla abandono cita REG:7 sobre falta_mala por mes
  cuando total >= 3 y veces >= 2
  entonces descuento 1 día
regla salidas cita REG:8 sobre salida por mes
  cuando minutos_fuera >= 30
  entonces descuento 1 día
regla repetido cita REG:8 sobre mes_malo
  cuando meses_malos >= 2
  entonces descuento 2 días
)";
  const std::size_t at = norma.find(from);
  if (at == std::string::npos) return "no such text";
  norma.replace(at, from.size(), to);
  const auto prepared = Prepare(norma);
  if (!prepared) return "no such regulation";
  Tally tally(*prepared->context, GoalOf(*prepared, {measure}), Reach::Sanction, span);
  const auto mark = tally.unsupported().empty() ? tally.Mark() : std::nullopt;
  return mark ? std::to_string(mark->first) + "/" + std::to_string(mark->second) : "none";
}

TEST(Most, SearchesAreTakenForAlikeOnlyWhenTheyAre) {
  const Span year{Date(2025, 1, 1), Date(2025, 12, 31)};
  const std::string usual = MarkOf("REG:7", "REG:7", "total", year);
  EXPECT_THAT(usual, HasSubstr("/"));
  // Neither citations, nor what is ordered, nor how things are called.
  EXPECT_EQ(MarkOf("REG:7", "REG:9", "total", year), usual);
  EXPECT_EQ(MarkOf("descuento 1 día", "descuento 5 días", "total", year), usual);
  EXPECT_EQ(MarkOf("regla abandono", "regla dejadez", "total", year), usual);
  // Half days, or times: one more with each fact.
  EXPECT_EQ(MarkOf("REG:7", "REG:7", "veces", year), usual);
  const std::vector<std::pair<std::string, std::string>> changes{
      {"total >= 3", "total >= 4"},
      {"total >= 3", "total > 3"},
      {"total >= 3 y", "total >= 3 o"},
      {"veces >= 2", "veces_del_año >= 2"},
      {"cuando total >= 2", "cuando total >= 1"},
      {"meses_malos >= 2", "meses_malos >= 3"},
      {"meses_malos por gestión", "meses_malos por mes"},
      {"descuento 1 día", "sin sanción"},
      {"sobre mes_malo", "sobre mes_malo por gestión"},
      {"1/2 día entre 1/2 día y 1/2 día en", "1/2 día entre 1/2 día y 1 día en"},
  };
  std::map<std::string, std::string> marks{{usual, "as it is"}};
  for (const auto& [from, to] : changes) {
    const std::string mark = MarkOf(from, to, "total", year);
    EXPECT_THAT(mark, HasSubstr("/")) << from << " " << to;
    EXPECT_TRUE(marks.emplace(mark, to).second) << to << " is taken for " << marks[mark];
  }
  // The goal, and the days.
  for (const char* measure : {"seguidas", "meses_malos"}) {
    const std::string mark = MarkOf("REG:7", "REG:7", measure, year);
    EXPECT_TRUE(marks.emplace(mark, measure).second) << measure;
  }
  const auto days = [](Date first, Date last, std::vector<Date> placed) {
    return MarkOf("REG:7", "REG:7", "total", {first, last, std::move(placed)});
  };
  const Date march(2025, 3, 1);
  const Date fourth(2025, 3, 4);
  const Date fifth(2025, 3, 5);
  EXPECT_TRUE(marks.emplace(days(march, Date(2025, 3, 31), {fourth}), "a day").second);
  EXPECT_TRUE(marks.emplace(days(march, Date(2025, 3, 31), {fifth}), "another").second);
  EXPECT_TRUE(marks.emplace(days(march, Date(2025, 4, 30), {fourth}), "two months").second);
  // Twenty-three working days each; only with December a gestión ends.
  const auto month = [&](int m) {
    return days(Date(2025, m, 1), Date(2025, m, 31), {Date(2025, m, 1)});
  };
  EXPECT_EQ(month(7), month(10));
  EXPECT_NE(month(7), month(12));
  // As many ways to spend a day, of other amounts.
  const std::string minutes = "entre 10 minutos y 20 minutos en pasos de 10 minutos";
  const std::string longer = "entre 20 minutos y 40 minutos en pasos de 20 minutos";
  const std::string out = MarkOf(minutes, longer, "minutos_fuera", year);
  EXPECT_THAT(out, HasSubstr("/"));
  EXPECT_NE(out, MarkOf(minutes, minutes, "minutos_fuera", year));
  EXPECT_EQ(marks.count("none"), 0U);
}

TEST(Most, TheHistoryHasTheAmountAndNotTheConsequence) {
  const auto prepared = Prepare(kBasis + kCounts + R"(
regla abandono cita REG:7 sobre falta_mala por mes
  cuando total >= 3 o seguidas >= 2
  entonces destitución
)");
  ASSERT_TRUE(prepared);
  Tally tally(*prepared->context, GoalOf(*prepared, {"total"}), Reach::Removal,
              {Date(2025, 1, 1), Date(2025, 12, 31)});
  const auto most = MostSearch(tally).LargestWithout(0, 11);
  ASSERT_TRUE(most);
  EXPECT_EQ(most->amount.str(), "30");  // 2½ days in each of twelve months
  EXPECT_THAT(most->history.facts, SizeIs(60));
  const auto trial = Replay(*prepared->context, most->history);
  ASSERT_TRUE(trial);
  EXPECT_FALSE(Follows(prepared->rules(), trial->result, Reach::Removal, false));
}

TEST(Most, WhatCannotBeFollowedIsNotGuessed) {
  const auto prepared = Prepare(kBasis + R"(
hecho resumen derivado en día
  cuánto: días
medida total por mes cita REG:2 = suma(falta.días) en pasos de 1/2 día
califica falta por mes como resumen cita REG:2 con cuánto = total
regla grave cita REG:7 sobre resumen
  cuando cuánto >= 2
  entonces destitución
)");
  ASSERT_TRUE(prepared);
  const Tally tally(*prepared->context, GoalOf(*prepared, {"total"}), Reach::Removal,
                    {Date(2025, 3, 1), Date(2025, 4, 30)});
  EXPECT_THAT(tally.unsupported().es, HasSubstr("guarda una cuenta en un campo"));
}

// ---- Findings --------------------------------------------------------------------

base::CheckReport Loopholes(const std::string& norma) {
  CheckOptions options;
  options.only = {"escapatoria"};
  const auto report = CheckText(kBasis + kCounts + norma, options);
  for (const base::Finding& finding : report.findings) {
    EXPECT_TRUE(finding.witness.replayed) << finding.title.es;
    EXPECT_TRUE(finding.counterpart && finding.counterpart->replayed) << finding.title.es;
    EXPECT_FALSE(finding.articles.empty()) << finding.title.es;
    EXPECT_FALSE(finding.title.en.empty() || finding.explanation.en.empty()) << finding.title.es;
  }
  return report;
}

std::vector<std::string> Titles(const base::CheckReport& report) {
  std::vector<std::string> titles;
  for (const base::Finding& finding : report.findings) titles.push_back(finding.title.es);
  return titles;
}

// Before the rule is in force nothing is escaped: the months from September are counted.
TEST(Loophole, OfARuleThatBeginsLate) {
  const auto check = [](int year) {
    CheckOptions options;
    options.only = {"escapatoria"};
    options.year = year;
    return CheckText(kBasis + kCounts + R"(
regla abandono cita REG:7 sobre falta_mala por mes vigente desde 2025-09-10
  cuando total >= 3
  entonces destitución
)",
                     options);
  };
  const auto report = check(2025);
  ASSERT_THAT(report.findings, SizeIs(1));
  EXPECT_EQ(report.findings[0].title.es,
            "«total»: 5 días en dos meses seguidos sin ninguna sanción; 3 días en un solo mes "
            "llevan a destitución");
  EXPECT_THAT(report.findings[0].explanation.es, HasSubstr("se llega a 10 días, también sin"));
  for (const auto& fact : report.findings[0].witness.facts) EXPECT_GE(fact.date, Date(2025, 9, 10));
  // In no month of those looked at.
  const auto before = check(2024);
  EXPECT_THAT(before.findings, IsEmpty());
  EXPECT_GT(before.totals.unsupported, 0);
}

TEST(Loophole, ACountThatStartsAgainEachMonth) {
  const auto report = Loopholes(R"(
regla abandono cita REG:7 sobre falta_mala por mes
  cuando total >= 3
  entonces destitución
)");
  ASSERT_THAT(report.findings, SizeIs(1));
  const base::Finding& finding = report.findings[0];
  EXPECT_EQ(finding.title.es,
            "«total»: 5 días en dos meses seguidos sin ninguna sanción; 3 días en un solo mes "
            "llevan a destitución");
  EXPECT_THAT(finding.explanation.es, HasSubstr("se llega a 30 días, también sin"));
  EXPECT_THAT(finding.witness.facts, SizeIs(10));
  EXPECT_THAT(finding.counterpart->facts, SizeIs(6));
  ASSERT_THAT(finding.articles, SizeIs(2));
  EXPECT_EQ(finding.articles[0].str(), "REG:2");
  EXPECT_EQ(finding.articles[1].str(), "REG:7");
}

TEST(Loophole, SilentWhenTheCountDoesNotStartAgain) {
  const auto report = Loopholes(R"(
medida total_de_siempre por carrera cita REG:2 = suma(falta_mala.días) en pasos de 1/2 día
regla abandono cita REG:7 sobre falta_mala por mes
  cuando total_de_siempre >= 3
  entonces destitución
)");
  EXPECT_THAT(Titles(report), IsEmpty());
}

TEST(Loophole, SilentWhenTheFirstFactIsPunished) {
  const auto report = Loopholes(R"(
regla rigor cita REG:7 sobre falta_mala
  entonces destitución
regla colmo cita REG:7 sobre falta_mala por mes
  cuando total >= 3
  entonces destitución
)");
  EXPECT_THAT(Titles(report), IsEmpty());
  EXPECT_GT(report.totals.proved, 0);
  EXPECT_EQ(report.totals.unknown + report.totals.unsupported, 0);
}

TEST(Loophole, ARunIsCutByTheEndOfAMonth) {
  const auto report = Loopholes(R"(
regla abandono cita REG:7 sobre falta_mala por mes
  cuando seguidas >= 3
  entonces destitución
)");
  ASSERT_THAT(report.findings, SizeIs(1));
  const base::Finding& finding = report.findings[0];
  EXPECT_THAT(finding.title.es, HasSubstr("4 días seguidos entre un mes y el siguiente"));
  ASSERT_THAT(finding.witness.facts, SizeIs(8));  // two whole days on each side
  EXPECT_NE(finding.witness.facts.front().date.month(), finding.witness.facts.back().date.month());
  EXPECT_THAT(finding.counterpart->facts, SizeIs(6));
}

TEST(Loophole, SilentWhenADayOfARunIsEnough) {
  const auto report = Loopholes(R"(
regla abandono cita REG:7 sobre falta_mala por mes
  cuando seguidas >= 1
  entonces destitución
)");
  EXPECT_THAT(Titles(report), IsEmpty());
  EXPECT_GT(report.totals.proved, 0);
}

TEST(Loophole, ACountThatStartsAgainEachGestion) {
  const auto report = Loopholes(R"(
regla reincidencia cita REG:7 sobre falta_mala por mes
  cuando veces_del_año >= 3
  entonces destitución
)");
  ASSERT_THAT(report.findings, SizeIs(1));
  const base::Finding& finding = report.findings[0];
  // Two in each of two gestiones.
  EXPECT_EQ(finding.title.es,
            "«veces del año»: 4 en dos gestiones seguidas sin ninguna sanción; 3 en una sola "
            "gestión llevan a destitución");
  ASSERT_THAT(finding.witness.facts, SizeIs(4));
  EXPECT_NE(finding.witness.facts.front().date.year(), finding.witness.facts.back().date.year());
  EXPECT_THAT(finding.counterpart->facts, SizeIs(3));
}

TEST(Loophole, SilentWhenTheGestionIsNoLimit) {
  const auto report = Loopholes(R"(
medida veces_de_siempre por carrera cita REG:2 = cuenta(falta_mala)
regla reincidencia cita REG:7 sobre falta_mala por mes
  cuando veces_de_siempre >= 3
  entonces destitución
)");
  EXPECT_THAT(Titles(report), IsEmpty());
}

TEST(Loophole, TheGravestOfOneCountSpeaksForAll) {
  const auto report = Loopholes(R"(
regla multa cita REG:7 sobre falta_mala por mes
  cuando total entre 2 y 5/2
  entonces descuento 1 día
regla abandono cita REG:8 sobre falta_mala por mes
  cuando total >= 3
  entonces destitución
)");
  ASSERT_THAT(report.findings, SizeIs(1));
  // 1½ days a month without the fine, 2½ with nothing graver.
  EXPECT_EQ(report.findings[0].title.es,
            "«total»: 5 días en dos meses seguidos sin falta grave ni nada mayor; 3 días en un "
            "solo mes llevan a destitución; y un caso más");
  EXPECT_THAT(report.findings[0].region, SizeIs(::testing::Ge(2U)));
  EXPECT_EQ(base::JoinCitations(report.findings[0].articles), "REG:2, REG:7, REG:8");
}

TEST(Loophole, TwoCountsAreKeptApart) {
  const auto report = Loopholes(R"(
regla por_faltas cita REG:7 sobre falta_mala por mes
  cuando total >= 3
  entonces destitución
regla por_fugas cita REG:8 sobre fuga por mes
  cuando total_de_fugas >= 4
  entonces destitución
)");
  // 2½ days of one and 3½ of the other; four of either would do.
  EXPECT_THAT(Titles(report),
              Contains("«total» y «total de fugas» se cuentan aparte: 6 días entre las dos, en un "
                       "mes sin ninguna sanción; 4 días en una sola cuenta llevan a destitución"));
  EXPECT_THAT(report.findings, SizeIs(3));  // and each starts again
}

TEST(Loophole, CountsOfDifferentProvisionsAreNotAddedUp) {
  const auto report = Loopholes(R"(
regla por_faltas cita REG:7 sobre falta_mala por mes
  cuando total >= 3
  entonces destitución
regla por_minutos cita REG:8 sobre salida por mes
  cuando minutos_fuera > 60 minutos
  entonces destitución
)");
  for (const std::string& title : Titles(report)) EXPECT_THAT(title, Not(HasSubstr("aparte")));
  EXPECT_THAT(Titles(report), Contains(HasSubstr("«minutos fuera»: 120 minutos en dos meses")));
}

TEST(Loophole, CountsThatARuleAddsUpAreNotApart) {
  const auto report = Loopholes(R"(
regla por_faltas cita REG:7 sobre falta_mala por mes
  cuando total + total_de_fugas >= 3
  entonces destitución
regla por_fugas cita REG:7 sobre fuga por mes
  cuando total + total_de_fugas >= 3
  entonces destitución
)");
  EXPECT_THAT(Titles(report), Not(IsEmpty()));  // each starts again
  for (const std::string& title : Titles(report)) EXPECT_THAT(title, Not(HasSubstr("aparte")));
}

TEST(Loophole, MonthsThatMustBeRepeated) {
  const auto report = Loopholes(R"(
califica falta_mala por mes como mes_malo cita REG:6
  cuando total >= 2
medida meses_malos por gestión cita REG:9 = cuenta(mes_malo)
regla reincidencia cita REG:7 sobre falta_mala por mes
  cuando total >= 2 y meses_malos >= 3
  entonces destitución
)");
  EXPECT_THAT(Titles(report), Contains(HasSubstr("6 días en 3 meses llevan a destitución")));
  EXPECT_THAT(Titles(report), Contains(HasSubstr("«meses malos»: 4 en dos gestiones seguidas")));
}

TEST(Loophole, EachSortOfOffenceHasItsOwnLadder) {
  const auto report = Loopholes(R"(
escala ofensas cita REG:7 sobre ofensa según vez
  | 1    | amonestación verbal | cuando clase = primera
  | 1    | amonestación verbal | cuando clase = segunda
  | 2    | descuento 1 día     | cuando clase = primera
  | 2    | descuento 1 día     | cuando clase = segunda
  | 3 .. | destitución         | cuando clase = primera
  | 3 .. | destitución         | cuando clase = segunda
  | 1 .. | sin sanción         | cuando clase = tercera
)");
  ASSERT_THAT(report.findings, SizeIs(2));
  EXPECT_THAT(Titles(report), Contains(HasSubstr("4 de «ofensa» de varias clases, en una gestión "
                                                 "sin destitución ni retiro; 3 de una sola")));
  EXPECT_THAT(Titles(report), Contains(HasSubstr("4 de «ofensa» de una sola clase, en dos "
                                                 "gestiones seguidas")));
}

// Counted here: every history with up to three offences of each sort, each on its own day.
TEST(Loophole, TheOffencesOfSeveralSortsAreTheMostThatEscape) {
  const auto prepared = Prepare(kBasis + kCounts + R"(
escala ofensas cita REG:7 sobre ofensa según vez
  | 1    | amonestación verbal | cuando clase = primera
  | 2 .. | destitución         | cuando clase = primera
  | 1    | amonestación verbal | cuando clase = segunda
  | 2    | descuento 1 día     | cuando clase = segunda
  | 3 .. | destitución         | cuando clase = segunda
  | 1 .. | destitución         | cuando clase = tercera
)");
  ASSERT_TRUE(prepared);
  const rules::Ruleset& rules = prepared->rules();
  const std::vector<Date> days =
      rules.calendar.WorkingDays(Date(2025, 3, 3), Date(2025, 3, 31), "nacional");
  int most = 0;
  for (int code = 0; code < 64; ++code) {
    History history;
    history.person = "todas";
    history.from = Date(2025, 1, 1);
    history.to = Date(2025, 12, 31);
    history.attributes.resize(rules.attributes.size());
    int count = 0;
    for (int sort = 0, rest = code; sort < 3; ++sort, rest /= 4) {
      for (int time = 0; time < rest % 4; ++time) {
        history.facts.push_back({rules.FindFactKind("ofensa"),
                                 days[static_cast<std::size_t>(count++)],
                                 0,
                                 {{Rational(sort), false}}});
      }
    }
    const auto result = evaluation::Evaluate(rules, prepared->text->families, history);
    if (!Follows(rules, result, Reach::Removal, false)) most = std::max(most, count);
  }
  EXPECT_EQ(most, 3);  // one of the first sort and two of the second
  const auto report = Check(rules, prepared->text->families, [] {
    CheckOptions options;
    options.only = {"escapatoria"};
    return options;
  }());
  EXPECT_THAT(Titles(report), Contains(HasSubstr(std::to_string(most) +
                                                 " de «ofensa» de varias clases, en una gestión")));
}

TEST(Loophole, SilentWhenEverySortIsOneCount) {
  const auto report = Loopholes(R"(
medida de_cualquier_clase por carrera cita REG:5 = cuenta(ofensa)
escala ofensas cita REG:7 sobre ofensa según de_cualquier_clase
  | 1 .. 2 | amonestación verbal |
  | 3 ..   | destitución         |
)");
  EXPECT_THAT(Titles(report), IsEmpty());
}

// ---- The regulation itself -------------------------------------------------------

// By hand: 30 and 31 March and 1 and 2 April 2026 are four working days in a row (the third is
// Good Friday): two runs of two. Each is a serious fault, and none of three.
TEST(RipLoophole, AbsencesThatNeverBecomeThreeInARowBecauseAMonthEnds) {
  for (const char* article : {"RIP:48.1", "RIP:47.III.2"}) {
    std::vector<base::Finding> found = OfRip("escapatoria", {article});
    std::erase_if(found, [](const base::Finding& finding) {
      return finding.title.es.find("seguidos entre un mes y el siguiente") == std::string::npos;
    });
    ASSERT_THAT(found, SizeIs(1)) << article;
    EXPECT_THAT(found[0].title.es,
                HasSubstr("4 días seguidos entre un mes y el siguiente sin destitución ni retiro; "
                          "3 días en un solo mes llevan a"));
    std::vector<std::string> days;
    for (const base::WitnessFact& fact : found[0].witness.facts) days.push_back(fact.date.str());
    EXPECT_EQ(days,
              (std::vector<std::string>{"2026-03-30", "2026-03-30", "2026-03-31", "2026-03-31",
                                        "2026-04-01", "2026-04-01", "2026-04-02", "2026-04-02"}));
    EXPECT_TRUE(found[0].witness.replayed);
    EXPECT_THAT(found[0].counterpart->facts, SizeIs(6));
  }
}

// By hand: 120 minutes are three days in each of twelve months, and 121 a first time are still a
// minor fault; six half days never meet with six of the other count.
TEST(RipLoophole, EachFormIsFound) {
  const auto titles = Titles(CheckedRip().report);
  for (const char* part :
       {"«minutos de atraso»: 60 minutos en dos meses seguidos sin ninguna sanción",
        "«omisiones del mes»: 6 en dos meses seguidos sin destitución ni retiro",
        "«vez de atraso extremo»: 4 en dos gestiones seguidas",
        "«días de inasistencia» y «días de ausencia» se cuentan aparte: 11 días entre las dos",
        "cada «inciso» se cuenta aparte: 47 de «conducta» de varias clases",
        "minutos en la gestión sin proceso ni pérdida del puesto"}) {
    EXPECT_THAT(titles, Contains(HasSubstr(part))) << part;
  }
}

}  // namespace
}  // namespace cotejo::checks
