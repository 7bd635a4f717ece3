// Golden texts of the grammar corpus. COTEJO_ACTUALIZAR=1 writes them again; the facts that
// must not change with them are asserted in corpus_facts_test.cpp.
#include "tests/language/corpus.h"

#include <gtest/gtest.h>

#include <cstdlib>

namespace cotejo::corpus {
namespace {

class Corpus : public testing::TestWithParam<std::string> {};

TEST_P(Corpus, GivesWhatIsExpected) {
  const std::string path = kFolder + GetParam() + std::string(kExpected);
  const Outcome outcome = RunFile(GetParam());
  EXPECT_FALSE(outcome.text.empty()) << "nothing was checked";
  if (std::getenv("COTEJO_ACTUALIZAR") != nullptr) {
    std::ofstream(path, std::ios::binary) << outcome.text;
    return;
  }
  ASSERT_TRUE(fs::exists(path)) << "run with COTEJO_ACTUALIZAR=1 and read what it writes";
  EXPECT_EQ(ReadFile(path), outcome.text);
}

INSTANTIATE_TEST_SUITE_P(Files, Corpus, testing::ValuesIn(Names()),
                         [](const auto& info) { return info.param; });

TEST(CorpusFolder, HoldsNothingElse) {
  const std::vector<std::string> names = Names();
  for (const std::string& file : FilesIn(kFolder)) {
    if (file == "apoyo" || file.ends_with(kNorm)) continue;
    ASSERT_TRUE(file.ends_with(kExpected)) << "stray file " << file;
    const std::string name = file.substr(0, file.size() - kExpected.size());
    EXPECT_TRUE(std::count(names.begin(), names.end(), name)) << "no norm file for " << file;
  }
}

TEST(CorpusFolder, EverySupportingFileIsUsed) {
  std::string all;
  for (const std::string& name : Names()) all += ReadFile(kFolder + name + std::string(kNorm));
  for (const std::string& file : FilesIn(kFolder + "apoyo")) {
    EXPECT_NE(all.find("\"apoyo/" + file + "\""), std::string::npos) << "stray file " << file;
  }
}

}  // namespace
}  // namespace cotejo::corpus
