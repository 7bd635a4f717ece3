// Mutants of the regulation and of generated ones: the planted defect must be found, and what
// changes nothing must change no finding.
#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>

#include "model/passages/coverage.h"
#include "tests/mutations/generated.h"
#include "tests/mutations/neutral.h"
#include "tests/mutations/operators.h"

namespace cotejo::mutations {
namespace {

#if defined(COTEJO_SANITIZED) || defined(__SANITIZE_THREAD__)
constexpr bool kSanitized = true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
constexpr bool kSanitized = true;
#else
constexpr bool kSanitized = false;
#endif
#else
constexpr bool kSanitized = false;
#endif

// How many to try of each kind; COTEJO_MUTANTES says another number, such as 300 of each.
struct Count {
  std::size_t plain;
  std::size_t sanitized;  // everything is many times slower
};
std::size_t Wanted(Count count) {
  if (const char* asked = std::getenv("COTEJO_MUTANTES")) return std::strtoul(asked, nullptr, 10);
  return kSanitized ? count.sanitized : count.plain;
}
constexpr Count kOfTheRegulation{200, 10};
constexpr Count kGenerated{300, 30};
constexpr Count kNeutral{100, 3};
constexpr std::size_t kOfEachBook = 30;
// Of what is planted, what has to be found: the figure the checks are held to.
constexpr int kPercentFound = 95;
constexpr std::size_t kFewestForAPercentage = 60;

std::string CacheFolder() { return testing::TempDir() + "/cotejo-mutantes"; }

struct Tally {
  int planted = 0;
  int found = 0;
  std::vector<std::string> missed;
};
using Tallies = std::map<std::string, Tally>;

void Try(const Book& book, const base::CheckReport& before, const Mutant& mutant,
         Tallies& tallies) {
  const auto edition = Print(Apply(book, mutant));
  Tally& tally = tallies[mutant.operation];
  ++tally.planted;
  if (!edition->rules) {
    tally.missed.push_back(mutant.where + ": no se resuelve: " + edition->problem);
    return;
  }
  const base::CheckReport after = CheckEdition(*edition, nullptr, mutant.expected, CacheFolder());
  std::set<std::string> known;
  for (const base::Finding& finding : before.findings) known.insert(Told(finding));
  const bool found =
      std::any_of(after.findings.begin(), after.findings.end(), [&](const base::Finding& finding) {
        return !known.contains(Told(finding)) && InPlace(mutant, finding) &&
               std::find(mutant.expected.begin(), mutant.expected.end(), finding.code) !=
                   mutant.expected.end();
      });
  if (found) {
    ++tally.found;
  } else {
    tally.missed.push_back(mutant.where);
  }
}

// Spread over all the operations rather than the first ones.
std::vector<Mutant> Sample(std::vector<Mutant> all, std::size_t count) {
  std::map<std::string, std::vector<Mutant>> by;
  for (Mutant& mutant : all) by[mutant.operation].push_back(std::move(mutant));
  std::vector<Mutant> sample;
  for (std::size_t round = 0; sample.size() < count; ++round) {
    const std::size_t before = sample.size();
    for (auto& [operation, mutants] : by) {
      if (mutants.empty() || sample.size() >= count) continue;
      // From both ends in turn: neighbours in the text are alike.
      const auto at = round % 2 == 0 ? mutants.begin() : mutants.end() - 1;
      sample.push_back(std::move(*at));
      mutants.erase(at);
    }
    if (sample.size() == before) break;
  }
  return sample;
}

void Report(const Tallies& tallies) {
  int planted = 0;
  int found = 0;
  for (const auto& [operation, tally] : tallies) {
    planted += tally.planted;
    found += tally.found;
    std::cout << "  " << operation << ": " << tally.found << " de " << tally.planted << "\n";
    for (const std::string& where : tally.missed) std::cout << "      no visto: " << where << "\n";
  }
  std::cout << "  mutantes: " << found << " de " << planted << " vistos\n";
  ASSERT_GT(planted, 0);
  // One miss in a handful would weigh too much: then what is asked is that few are missed.
  const int allowed = static_cast<std::size_t>(planted) < kFewestForAPercentage
                          ? 2
                          : planted * (100 - kPercentFound) / 100;
  EXPECT_LE(planted - found, allowed);
  EXPECT_GE(tallies.size(), 8U);
}

TEST(Mutations, PlantedDefectsOfTheRegulationAreFoundInTheirArticle) {
  const Book book = ReadBook(std::string(COTEJO_SOURCE_DIR) + "/regulations/rip-2025");
  const auto edition = Print(book);
  ASSERT_TRUE(edition->rules) << edition->problem;
  const base::CheckReport before = CheckEdition(*edition, nullptr, {}, CacheFolder());
  Planter planter(
      *edition, [](const std::string& path) { return path.find("rip-2025") != std::string::npos; });
  Tallies tallies;
  for (const Mutant& mutant : Sample(planter.All(), Wanted(kOfTheRegulation))) {
    Try(book, before, mutant, tallies);
  }
  Report(tallies);
}

TEST(Mutations, PlantedDefectsOfGeneratedRegulationsAreFound) {
  Tallies tallies;
  const std::size_t wanted = Wanted(kGenerated);
  std::size_t planted = 0;
  for (std::uint64_t seed = 1; planted < wanted; ++seed) {
    const Book book = GenerateBook(seed);
    const auto edition = Print(book);
    ASSERT_TRUE(edition->rules) << edition->problem;
    const base::CheckReport before = CheckEdition(*edition, nullptr, {}, "");
    Planter planter(*edition, [](const std::string&) { return true; });
    for (const Mutant& mutant : Sample(planter.All(), std::min(kOfEachBook, wanted))) {
      Try(book, before, mutant, tallies);
      ++planted;
    }
  }
  Report(tallies);
}

// The signatures of the first that the second has not, one a line.
std::string Less(const std::multiset<std::string>& some, const std::multiset<std::string>& others) {
  std::vector<std::string> left;
  std::set_difference(some.begin(), some.end(), others.begin(), others.end(),
                      std::back_inserter(left));
  std::string lines;
  for (const std::string& signature : left) lines += signature + "\n";
  return lines;
}

TEST(Mutations, WhatMeansNothingChangesNoFinding) {
  const Book book = ReadBook(std::string(COTEJO_SOURCE_DIR) + "/regulations/rip-2025");
  const auto edition = Print(book);
  ASSERT_TRUE(edition->rules) << edition->problem;
  const auto expected = Signatures(CheckEdition(*edition, nullptr, {}, CacheFolder()));
  Shuffler shuffler(book, *edition, 2025);
  const std::size_t wanted = Wanted(kNeutral);
  for (std::size_t n = 0; n < wanted; ++n) {
    const Neutral neutral = shuffler.Next();
    const auto other = Print(neutral.book);
    ASSERT_TRUE(other->rules) << neutral.what << ": " << other->problem;
    const auto found = Signatures(CheckEdition(*other, nullptr, {}, CacheFolder()));
    EXPECT_EQ(Less(found, expected), "") << "de más: " << neutral.what;
    EXPECT_EQ(Less(expected, found), "") << "de menos: " << neutral.what;
  }
}

}  // namespace
}  // namespace cotejo::mutations
