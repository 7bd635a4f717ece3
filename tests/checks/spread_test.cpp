// Amounts of many values: of the days of a month only one need come to less than it could, and
// what is found so is what all the histories have.
#include <gtest/gtest.h>

#include <random>

#include "tests/base/sanitized.h"
#include "tests/checks/every_history.h"

namespace cotejo::checks {
namespace {

using base::Date;

const std::string kBasis = R"(
jerarquía ley > reglamento
norma REG "Reglamento de prueba" rango reglamento vigente desde 2020-01-01
medida total por mes cita REG:2 = suma(falta.días) en pasos de 1/2 día
medida total_del_año por gestión cita REG:2 = suma(falta.días) en pasos de 1/2 día
medida veces por mes cita REG:2 = cuenta(falta)
medida largas por mes cita REG:2 = cuenta(falta donde días >= 3/2)
medida largas_del_año por gestión cita REG:2 = cuenta(falta donde días >= 1)
medida seguidas por mes cita REG:3 = racha(falta.días >= 1 día)
)";

class Generator {
 public:
  explicit Generator(unsigned seed) : random_(seed) {}

  // Days of one shift, with more values; or of two, sometimes with a hole among their sums.
  std::string Norma(bool split) {
    const std::string values = !split        ? "1/2 día y 5/2 días en pasos de 1/2 día\n"
                               : Upto(5) > 0 ? "1/2 día y 3/2 días en pasos de 1/2 día\n"
                                             : "1 día y 5/2 días en pasos de 3/2 días\n";
    std::string text = kBasis + "horario único cita REG:1 tramos 08:00 a 12:00";
    text += split ? ", 14:00 a 18:00\n" : "\n";
    text += "hecho falta en tramo\n  días: días entre " + values;
    const int rules = 1 + Upto(3);
    for (int r = 0; r < rules; ++r) text += Rule(r);
    return text;
  }

 private:
  int Upto(int n) { return static_cast<int>(random_() % static_cast<unsigned>(n)); }
  std::string Number(int least, int most) { return std::to_string(least + Upto(most - least + 1)); }
  std::string Halves(int least, int most) { return Number(least, most) + "/2"; }

  std::string Rule(int number) {
    std::string body = " sobre falta por mes\n  cuando ";
    switch (Upto(9)) {
      case 0:
      case 1: {
        const int from = 1 + Upto(9);
        body += "total entre " + std::to_string(from) + "/2 y " + Halves(from, from + 3);
        break;
      }
      case 2:
        body += "total >= " + Halves(4, 12);
        break;
      case 3:
        body += "veces >= " + Number(2, 4) + " y total < " + Halves(5, 12);
        break;
      case 4:
        body += "largas >= " + Number(1, 3);
        break;
      case 5:
        body += "seguidas >= " + Number(1, 3);
        break;
      case 6:
        body += "largas_del_año >= " + Number(1, 4) + " y total >= " + Halves(2, 6);
        break;
      case 7:
        body = " sobre falta por gestión\n  cuando total_del_año entre " + Halves(2, 9) + " y " +
               Halves(10, 17);
        break;
      default:
        body = " sobre falta\n  cuando días >= " + Halves(2, 3) + " y total >= " + Halves(1, 6);
        break;
    }
    return "regla r" + std::to_string(number) + " cita REG:7" + body + "\n  entonces destitución\n";
  }

  std::mt19937 random_;
};

TEST(Spread, AgreesWithEveryHistoryDownToItsFacts) {
  const Date march(2025, 3, 1);
  const Span split{march, Date(2025, 4, 30), {Date(2025, 3, 31), Date(2025, 4, 1)}};
  const Span new_year{Date(2024, 12, 1),
                      Date(2025, 1, 31),
                      {Date(2024, 12, 30), Date(2024, 12, 31), Date(2025, 1, 2), Date(2025, 1, 3)}};
  const Span whole{march,
                   Date(2025, 4, 30),
                   {Date(2025, 3, 27), Date(2025, 3, 28), Date(2025, 3, 31), Date(2025, 4, 1)}};
  constexpr int kSeeds = tests::Fewer(150, 3);
  int odd = 0;
  int free = 0;
  int caught = 0;
  for (unsigned seed = 0; seed < kSeeds; ++seed) {
    const bool two = seed % 3 == 0;
    const std::string norma = Generator(seed).Norma(two);
    const auto prepared = Prepare(norma);
    ASSERT_TRUE(prepared) << norma;
    const Span& span = two ? split : seed % 3 == 1 ? new_year : whole;
    const Goal goal = GoalOf(*prepared, {seed % 4 == 0 ? "total_del_año" : "total"});
    const std::string where = std::to_string(seed) + norma;
    Tally tally(*prepared->context, goal, Reach::Removal, span);
    ASSERT_EQ(tally.unsupported().es, "") << where;
    for (const int key : tally.months()[0].keys) {
      for (const Tally::Choice& choice : tally.Choices(key)) odd += choice.odd ? 1 : 0;
    }
    const All all = TryAll(*prepared, {"falta"}, goal, Reach::Removal, span);
    MostSearch search(tally);
    const auto most = search.LargestWithout(0, 1);
    ASSERT_EQ(most.has_value(), all.most.has_value()) << where;
    if (most) {
      EXPECT_EQ(most->amount.str(), all.most->str()) << where;
      EXPECT_EQ(most->history.facts.size(), all.most_facts) << where;
      free += most->amount > Rational(0) ? 1 : 0;
    }
    const auto least = search.SmallestWith(0, 1);
    ASSERT_EQ(least.has_value(), all.least.has_value()) << where;
    if (!least) continue;
    EXPECT_EQ(least->amount.str(), all.least->str()) << where;
    EXPECT_EQ(least->history.facts.size(), all.least_facts) << where;
    ++caught;
  }
  EXPECT_GT(3 * odd, 2 * kSeeds);
  EXPECT_GT(5 * free, 2 * kSeeds);
  EXPECT_GT(5 * caught, 2 * kSeeds);
}

}  // namespace
}  // namespace cotejo::checks
