// After any edit, what is taken from the results kept before must be what would be computed: a
// result that depends on more than its task says would be a wrong answer, told in silence.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <iterator>
#include <tuple>

#include "solver/checks/result_bytes.h"
#include "tests/mutations/operators.h"

namespace cotejo::mutations {
namespace {

#ifdef COTEJO_SANITIZED
constexpr std::size_t kUsual = 1;
#else
constexpr std::size_t kUsual = 6;
#endif

TEST(Reuse, AfterAnyMutationGivesWhatAFullRunGives) {
  const Book book = ReadBook(std::string(COTEJO_SOURCE_DIR) + "/regulations/rip-2025");
  const auto edition = Print(book);
  ASSERT_TRUE(edition->rules) << edition->problem;
  const std::string kept = testing::TempDir() + "/cotejo-reuso";
  std::filesystem::remove_all(kept);
  CheckEdition(*edition, nullptr, {}, kept);
  Planter planter(
      *edition, [](const std::string& path) { return path.find("rip-2025") != std::string::npos; });
  const std::vector<Mutant> mutants = planter.All();
  // COTEJO_REUSOS=100 for a thorough run.
  const char* asked = std::getenv("COTEJO_REUSOS");
  const std::size_t wanted = asked == nullptr ? kUsual : std::strtoul(asked, nullptr, 10);
  const std::size_t step =
      std::max<std::size_t>(1, mutants.size() / std::max<std::size_t>(1, wanted));
  for (std::size_t at = step / 2; at < mutants.size(); at += step) {
    const auto edited = Print(Apply(book, mutants[at]));
    if (!edited->rules) continue;
    const std::string where = mutants[at].operation + " " + mutants[at].where;
    const std::string reused = checks::ToBytes(CheckEdition(*edited, nullptr, {}, kept));
    const std::string computed = checks::ToBytes(CheckEdition(*edited, nullptr, {}, ""));
    EXPECT_TRUE(reused == computed) << where;
  }
}

// The same book with words of one file changed for others.
Book With(Book book, const std::string& from, const std::string& to) {
  for (TextFile& file : book) {
    const auto at = file.content.find(from);
    if (at == std::string::npos) continue;
    file.content.replace(at, from.size(), to);
    return book;
  }
  ADD_FAILURE() << from;
  return book;
}

// What a text says under another reading is nowhere in the rules as they are read now.
TEST(Reuse, WordsThatOnlyAnotherReadingBringsInCount) {
  const Book book = ReadBook(std::string(COTEJO_SOURCE_DIR) + "/regulations/rip-2025");
  const std::vector<std::string> only = {"ambigüedad", "caso-sin-horario"};
  const std::string kept = testing::TempDir() + "/cotejo-reuso-lecturas";
  std::filesystem::remove_all(kept);
  const std::string before = checks::ToBytes(CheckEdition(*Print(book), nullptr, only, kept));
  const std::filesystem::directory_iterator files(kept);
  EXPECT_GT(std::distance(begin(files), end(files)), 5);
  const std::vector<std::tuple<std::string, std::string, bool>> edits = {
      // Under `tercera_comisión` alone.
      {"máx(1, comisión_de_la_conducta - 1)", "máx(3, comisión_de_la_conducta + 1)", true},
      // Under `total_ganado` alone.
      {"entonces remuneración + bonos sino", "entonces remuneración + bonos + bonos sino", true},
      // A duty decides nothing: what was kept serves.
      {"deber RIP:11.", "deber RIP:12.", false},
  };
  for (const auto& [from, to, tells] : edits) {
    const auto edited = Print(With(book, from, to));
    ASSERT_TRUE(edited->rules) << edited->problem;
    const std::string computed = checks::ToBytes(CheckEdition(*edited, nullptr, only, ""));
    EXPECT_EQ(computed != before, tells) << from;
    EXPECT_TRUE(checks::ToBytes(CheckEdition(*edited, nullptr, only, kept)) == computed) << from;
  }
}

// On their anniversary most people are then in no row of the vacation scale: a gap of its own,
// which has no part in what is said of sanctions.
TEST(Reuse, WhatIsLeftWithoutARightSaysNothingOfSanctions) {
  const Book book = ReadBook(std::string(COTEJO_SOURCE_DIR) + "/regulations/rip-2025");
  const std::vector<std::string> only = {"inversión", "escapatoria"};
  const std::string kept = testing::TempDir() + "/cotejo-reuso-derechos";
  std::filesystem::remove_all(kept);
  CheckEdition(*Print(book), nullptr, only, kept);
  const auto edited = Print(
      With(book, "  | tope_de_antigüedad_1 + 1/366 años .. | derecho vacación días_de_vacación_1 |",
           "  | 90 años .. | derecho vacación días_de_vacación_1 |"));
  ASSERT_TRUE(edited->rules) << edited->problem;
  const base::CheckReport report = CheckEdition(*edited, nullptr, only, "");
  ASSERT_FALSE(report.findings.empty());
  const auto article = base::ParseCitation("RIP:35");
  for (const base::Finding& finding : report.findings) {
    if (finding.id.starts_with("inversión") &&
        finding.title.es.find("vacación") != std::string::npos)
      continue;
    EXPECT_EQ(std::count(finding.articles.begin(), finding.articles.end(), article), 0)
        << finding.id;
    for (const base::WitnessAnswer& answer : finding.witness.answers)
      EXPECT_NE(answer.article, article) << finding.id;
  }
  EXPECT_TRUE(checks::ToBytes(CheckEdition(*edited, nullptr, only, kept)) ==
              checks::ToBytes(report));
}

}  // namespace
}  // namespace cotejo::mutations
