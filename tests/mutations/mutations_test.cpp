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

// How many to try: all that the issue of trust asks for with COTEJO_MUTANTES=300.
std::size_t Wanted(std::size_t otherwise) {
  const char* asked = std::getenv("COTEJO_MUTANTES");
  return asked == nullptr ? otherwise : static_cast<std::size_t>(std::strtoul(asked, nullptr, 10));
}

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
  const std::set<std::string> known = Ids(before);
  const bool found =
      std::any_of(after.findings.begin(), after.findings.end(), [&](const base::Finding& finding) {
        return !known.contains(finding.id) && InPlace(mutant, finding) &&
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
  // The operations whose defects are always seen; the others are printed and still to be won.
  for (const char* operation : {"filas encimadas", "plazo sin comienzo", "proceso quitado",
                                "regla contraria", "umbral bajado", "umbral subido"}) {
    const auto tally = tallies.find(operation);
    if (tally == tallies.end()) continue;
    EXPECT_GE(tally->second.found * 100, tally->second.planted * 95) << operation;
  }
}

TEST(Mutations, PlantedDefectsOfTheRegulationAreFoundInTheirArticle) {
  const Book book = ReadBook(std::string(COTEJO_SOURCE_DIR) + "/regulations/rip-2025");
  const auto edition = Print(book);
  ASSERT_TRUE(edition->rules) << edition->problem;
  const base::CheckReport before = CheckEdition(*edition, nullptr, {}, CacheFolder());
  Planter planter(
      *edition, [](const std::string& path) { return path.find("rip-2025") != std::string::npos; });
  Tallies tallies;
  for (const Mutant& mutant : Sample(planter.All(), Wanted(40))) {
    Try(book, before, mutant, tallies);
  }
  Report(tallies);
}

TEST(Mutations, PlantedDefectsOfGeneratedRegulationsAreFound) {
  Tallies tallies;
  const std::size_t wanted = Wanted(60);
  std::size_t planted = 0;
  for (std::uint64_t seed = 1; planted < wanted; ++seed) {
    const Book book = GenerateBook(seed);
    const auto edition = Print(book);
    ASSERT_TRUE(edition->rules) << edition->problem;
    const base::CheckReport before = CheckEdition(*edition, nullptr, {}, "");
    Planter planter(*edition, [](const std::string&) { return true; });
    for (const Mutant& mutant : Sample(planter.All(), 12)) {
      Try(book, before, mutant, tallies);
      ++planted;
    }
  }
  Report(tallies);
}

TEST(Mutations, WhatMeansNothingChangesNoFinding) {
  const Book book = ReadBook(std::string(COTEJO_SOURCE_DIR) + "/regulations/rip-2025");
  const auto edition = Print(book);
  ASSERT_TRUE(edition->rules) << edition->problem;
  const auto expected = Signatures(CheckEdition(*edition, nullptr, {}, CacheFolder()));
  Shuffler shuffler(book, *edition, 2025);
  const std::size_t wanted = Wanted(10);
  for (std::size_t n = 0; n < wanted; ++n) {
    const Neutral neutral = shuffler.Next();
    const auto other = Print(neutral.book);
    ASSERT_TRUE(other->rules) << neutral.what << ": " << other->problem;
    EXPECT_EQ(Signatures(CheckEdition(*other, nullptr, {}, CacheFolder())), expected)
        << neutral.what;
  }
}

}  // namespace
}  // namespace cotejo::mutations
