// Explanations: the smallest sets of conditions, all of them when few, and nothing spare.
#include "solver/checks/explain.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <random>

#include "solver/checks/clashes.h"
#include "solver/checks/sweep.h"
#include "tests/checks/text_rules.h"

namespace cotejo::checks {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

// ---- Minimal sets ----------------------------------------------------------------

using Sets = std::vector<std::vector<std::size_t>>;

bool Within(const std::vector<std::size_t>& set, const std::vector<bool>& kept) {
  return std::all_of(set.begin(), set.end(), [&](std::size_t i) { return kept[i]; });
}

TEST(MinimalSets, OfAConjunctionAndOfADisjunction) {
  const auto both = FindMinimalSets(4, [](const std::vector<bool>& k) { return k[1] && k[3]; });
  EXPECT_EQ(both.sets, (Sets{{1, 3}}));
  EXPECT_TRUE(both.all);
  const auto either =
      FindMinimalSets(4, [](const std::vector<bool>& k) { return k[0] && (k[1] || k[3]); });
  EXPECT_EQ(either.sets, (Sets{{0, 1}, {0, 3}}));
  EXPECT_TRUE(either.all);
  EXPECT_THAT(FindMinimalSets(3, [](const std::vector<bool>&) { return false; }).sets, IsEmpty());
  EXPECT_EQ(FindMinimalSets(3, [](const std::vector<bool>&) { return true; }).sets, (Sets{{}}));
}

TEST(MinimalSets, SaysWhenThereMayBeMore) {
  // Any two of ten: forty-five sets.
  const auto two = FindMinimalSets(10, [](const std::vector<bool>& kept) {
    return std::count(kept.begin(), kept.end(), true) >= 2;
  });
  EXPECT_THAT(two.sets, SizeIs(8));
  EXPECT_FALSE(two.all);
}

TEST(MinimalSets, AgreeWithBruteForce) {
  std::mt19937 random(7);
  for (int round = 0; round < 300; ++round) {
    constexpr std::size_t kCount = 6;
    Sets wanted;  // those of a random monotone condition: some sets, any of which is enough
    for (unsigned i = 0; i <= random() % 4; ++i) {
      std::vector<std::size_t> set;
      for (std::size_t e = 0; e < kCount; ++e) {
        if (random() % 3 == 0) set.push_back(e);
      }
      wanted.push_back(set);
    }
    const auto holds = [&](const std::vector<bool>& kept) {
      return std::any_of(wanted.begin(), wanted.end(),
                         [&](const auto& set) { return Within(set, kept); });
    };
    Sets brute;
    for (unsigned mask = 0; mask < 1U << kCount; ++mask) {
      std::vector<bool> kept;
      std::vector<std::size_t> set;
      for (std::size_t e = 0; e < kCount; ++e) {
        kept.push_back((mask >> e & 1U) != 0);
        if (kept.back()) set.push_back(e);
      }
      bool minimal = holds(kept);
      for (std::size_t e : set) {
        std::vector<bool> fewer = kept;
        fewer[e] = false;
        minimal = minimal && !holds(fewer);
      }
      if (minimal) brute.push_back(set);
    }
    const MinimalSets found = FindMinimalSets(kCount, holds, {100, 10'000});
    EXPECT_TRUE(found.all);
    EXPECT_THAT(found.sets, ::testing::UnorderedElementsAreArray(brute));
  }
}

// ---- By hand ---------------------------------------------------------------------

const std::string kBasis = R"(
jerarquía ley > reglamento
norma REG "Reglamento de prueba" rango reglamento vigente desde 2020-01-01
dato remoto: lógico = no
dato grado: veces = 1 entre 1 y 3
horario único cita REG:1 tramos 08:00 a 12:00, 14:00 a 18:00
hecho falta en tramo
  días: días = 1/2 día entre 1/2 día y 1/2 día en pasos de 1/2 día
hecho mes_grave derivado en día
medida total por mes cita REG:2 = suma(falta.días) en pasos de 1/2 día
medida veces_del_mes por mes cita REG:2 = cuenta(falta)
)";

std::vector<std::vector<std::string>> Texts(const base::Finding& finding) {
  std::vector<std::vector<std::string>> sets;
  for (const auto& set : finding.conditions) {
    sets.emplace_back();
    for (const base::Condition& condition : set) sets.back().push_back(condition.text.es);
  }
  return sets;
}

base::Finding Only(const std::string& norma, const std::string& code) {
  const auto report = CheckText(kBasis + norma);
  ExpectSound(report);
  const auto found = Of(report, code);
  EXPECT_THAT(found, SizeIs(1));
  return found.empty() ? base::Finding{} : found[0];
}

TEST(Explanation, OfAContradictionIsWhatEachSideAsks) {
  const auto finding = Only(R"(
regla una cita REG:7 sobre falta por mes cuando total >= 2 entonces descuento 2 días
regla otra cita REG:8 sobre falta por mes cuando veces_del_mes >= 3 entonces destitución
)",
                            "contradicción");
  EXPECT_THAT(Texts(finding), ElementsAre(ElementsAre("REG:7 («una») pide «total >= 2 días»",
                                                      "REG:8 («otra») pide «veces_del_mes >= 3»")));
  EXPECT_TRUE(finding.all_sets);
  EXPECT_EQ(finding.conditions[0][1].article.str(), "REG:8");
}

TEST(Explanation, GivesEachWayWhenAConditionHasTwo) {
  // In the witness both sides of the «o» hold, or one: whichever, no set has the two.
  const auto finding = Only(R"(
regla una cita REG:7 sobre falta por mes cuando total >= 2 o veces_del_mes >= 2
  entonces descuento 2 días
regla otra cita REG:8 sobre falta por mes cuando total >= 2 y grado >= 2 entonces destitución
)",
                            "conflicto-resuelto");
  ASSERT_THAT(finding.conditions, ::testing::Not(IsEmpty()));
  for (const auto& set : finding.conditions) EXPECT_THAT(set, SizeIs(3));
  EXPECT_TRUE(finding.all_sets);
}

TEST(Explanation, FollowsQualificationsAndExceptions) {
  const auto finding = Only(R"(
califica falta por mes como mes_grave cita REG:4 cuando total >= 1 salvo remoto cita REG:9
regla mes cita REG:5 sobre falta por mes entonces descuento 2 días
regla grave cita REG:6 sobre mes_grave cuando grado = 1 entonces destitución
)",
                            "conflicto-resuelto");
  ASSERT_THAT(finding.conditions, SizeIs(1));
  EXPECT_THAT(
      Texts(finding)[0],
      UnorderedElementsAre("REG:5 («mes») se aplica a todo caso de falta por mes",
                           "REG:6 («grave») pide «grado = 1»",
                           "REG:4 cuenta falta por mes como mes grave y pide «total >= 1 día»",
                           "REG:9 exceptúa «remoto», y no es así"));
}

TEST(Explanation, OfAGapIsOneConditionOfEachRuleBesideItThatFails) {
  // The third row fails too, but it is the rows on either side that a reader looks at.
  const auto finding = Only(R"(
escala faltas cita REG:3 sobre falta por mes según total
  | 1/2 .. 1 | sin sanción      |
  | 2 .. 3   | descuento 1 día  |
  | 3½ ..    | descuento 3 días |
)",
                            "hueco");
  EXPECT_THAT(Texts(finding),
              ElementsAre(ElementsAre("REG:3 («faltas[1]») pide «total <= 1 día», y no es así",
                                      "REG:3 («faltas[2]») pide «total >= 2 días», y no es así")));
  EXPECT_TRUE(finding.all_sets);
}

TEST(Explanation, OfAGapGivesEachChoiceOfFailures) {
  // At a day and a half the second row fails for two reasons, and either is enough; from two
  // days on only its condition fails.
  const auto report = CheckText(kBasis + R"(
escala faltas cita REG:3 sobre falta por mes según total
  | 1/2 .. 1 | sin sanción     |
  | 2 ..     | descuento 1 día | cuando veces_del_mes > 20
)");
  ExpectSound(report);
  const auto found = Of(report, "hueco");
  ASSERT_THAT(found, SizeIs(2));
  const std::string first = "REG:3 («faltas[1]») pide «total <= 1 día», y no es así";
  const std::string few = "REG:3 («faltas[2]») pide «veces_del_mes > 20», y no es así";
  EXPECT_THAT(Texts(found[0]),
              UnorderedElementsAre(
                  ElementsAre(first, "REG:3 («faltas[2]») pide «total >= 2 días», y no es así"),
                  ElementsAre(first, few)));
  EXPECT_TRUE(found[0].all_sets);
  EXPECT_THAT(Texts(found[1]), ElementsAre(ElementsAre(first, few)));
}

// ---- On the regulation itself ----------------------------------------------------

void ExpectMinimal(const CheckContext& context, const rules::Family& family,
                   const Question& question, const Reply& reply) {
  if (!reply.found) return;
  Oracle oracle(context, family, question, *reply.found);
  const auto enough = [&](const std::vector<bool>& kept) { return oracle.Enough(kept); };
  const MinimalSets minimal = FindMinimalSets(oracle.size(), enough);
  ASSERT_FALSE(minimal.sets.empty()) << question.name;
  for (const auto& set : minimal.sets) {
    std::vector<bool> kept(oracle.size(), false);
    for (std::size_t leaf : set) kept[leaf] = true;
    EXPECT_TRUE(oracle.Enough(kept)) << question.name;
    EXPECT_FALSE(set.empty()) << question.name;
    for (std::size_t leaf : set) {
      std::vector<bool> fewer = kept;
      fewer[leaf] = false;
      EXPECT_FALSE(oracle.Enough(fewer))
          << question.name << ": " << oracle.Describe(leaf).text.es << " is spare";
    }
  }
}

TEST(Explanation, OfEveryClashOfTheRegulationHasNothingSpare) {
  base::SourceMap sources;
  base::Diagnostics diagnostics;
  const auto folder = std::filesystem::path(COTEJO_SOURCE_DIR) / "regulations" / "rip-2025";
  const auto regulation = rules::LoadRegulation(sources, folder.string(), {}, diagnostics);
  ASSERT_NE(regulation.rules, nullptr);
  const rules::Ruleset& rules = *regulation.rules;
  const rules::Families families = rules::BuildFamilies(rules);
  const CheckInput input{rules, families, nullptr, nullptr, nullptr};
  const CheckOptions options;
  const CheckContext context{input, rules, families, options, rules::FirstFullGestion(rules)};
  int clashes = 0;
  for (const rules::Family& family : families.families) {
    std::vector<std::pair<std::size_t, std::size_t>> open;
    std::vector<std::pair<std::size_t, std::size_t>> settled;
    for (const Clash& clash : FindClashes(rules, family)) {
      (clash.why == rules::Precedence::None ? open : settled)
          .emplace_back(clash.first, clash.second);
    }
    for (auto fate : {Question::Fate::Conflict, Question::Fate::Settled}) {
      const auto questions = PosePairs(context, family, {"x", "x", fate},
                                       fate == Question::Fate::Conflict ? open : settled);
      if (questions.empty()) continue;
      const auto replies = Realise(context, family, questions);
      for (std::size_t q = 0; q < questions.size(); ++q) {
        ExpectMinimal(context, family, questions[q], replies[q]);
        clashes += replies[q].found ? 1 : 0;
      }
    }
  }
  EXPECT_GT(clashes, 12);
}

TEST(Explanation, OfEveryFindingWithAWitnessIsThere) {
  base::SourceMap sources;
  base::Diagnostics diagnostics;
  const auto folder = std::filesystem::path(COTEJO_SOURCE_DIR) / "regulations" / "rip-2025";
  const auto regulation = rules::LoadRegulation(sources, folder.string(), {}, diagnostics);
  ASSERT_NE(regulation.rules, nullptr);
  CheckOptions options;
  options.only = {"contradicción", "conflicto-resuelto", "doble-sanción", "conflicto-de-categoría",
                  "hueco",         "granularidad",       "solapamiento"};
  const auto report = Check(*regulation.rules, rules::BuildFamilies(*regulation.rules), options);
  EXPECT_GE(report.findings.size(), 15U);
  for (const base::Finding& finding : report.findings) {
    EXPECT_FALSE(finding.conditions.empty()) << finding.title.es;
    for (const auto& set : finding.conditions) {
      EXPECT_FALSE(set.empty()) << finding.title.es;
      for (const base::Condition& condition : set) {
        EXPECT_FALSE(condition.text.es.empty());
        EXPECT_FALSE(condition.text.en.empty());
        EXPECT_THAT(condition.text.es, HasSubstr(condition.article.str()));
      }
    }
  }
}

}  // namespace
}  // namespace cotejo::checks
