// What a folder of norm files gives, and what in it is left unread.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "model/language/parse.h"

namespace cotejo::language {
namespace {

namespace fs = std::filesystem;

class Folder : public testing::Test {
 protected:
  void SetUp() override { fs::create_directories(path_); }
  void TearDown() override { fs::remove_all(path_); }

  void Write(const std::string& name) {
    std::ofstream(path_ / name) << "```norma\nnorma N \"una norma\"\n```\n";
  }

  const fs::path path_ = fs::path(testing::TempDir()) / ("folder-" + std::to_string(getpid()));
};

// An editor that adds its own ending, and a name in capitals: the article would be gone.
TEST_F(Folder, AFileThatIsNearlyOfTheRegulationIsNotLeftOutInSilence) {
  for (const char* name : {"01.norma.md", "02.norma.md.txt", "03.NORMA.MD", "04.norma.txt"})
    Write(name);
  for (const char* name : {"01.norma.md~", "01.norma.md.bak", "x.enmienda.norma.md", "leame.md"})
    Write(name);  // copies kept aside, an amendment, prose
  base::SourceMap sources;
  base::Diagnostics diagnostics;
  EXPECT_EQ(Load(sources, path_.string(), diagnostics).size(), 1U);
  ASSERT_EQ(diagnostics.all().size(), 3U);
  const char* const names[] = {"02.norma.md.txt", "03.NORMA.MD", "04.norma.txt"};
  for (std::size_t i = 0; i < 3; ++i) {
    const base::Diagnostic& diagnostic = diagnostics.all()[i];
    EXPECT_EQ(diagnostic.code, "archivo-sin-leer");
    EXPECT_EQ(diagnostic.severity, base::Severity::Warning);
    EXPECT_THAT(diagnostic.message.es, testing::HasSubstr(names[i]));
  }
}

}  // namespace
}  // namespace cotejo::language
