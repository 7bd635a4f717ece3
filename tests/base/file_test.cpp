#include "model/base/file.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "model/base/program.h"
#include "model/base/utf8.h"

namespace cotejo::base {
namespace {

namespace fs = std::filesystem;

class ReadTextFileTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(COTEJO_BINARY_DIR) / "file_test" /
              testing::UnitTest::GetInstance()->current_test_info()->name();
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string Write(std::string_view content) {
    const fs::path path = folder_ / "archivo.txt";
    std::ofstream(path, std::ios::binary) << content;
    return path.string();
  }

  // The code of the only diagnostic that reading `path` gives.
  std::string CodeOf(const std::string& path) {
    diagnostics_ = {};
    EXPECT_EQ(ReadTextFile(path, diagnostics_), std::nullopt);
    EXPECT_EQ(diagnostics_.all().size(), 1U);
    if (diagnostics_.all().empty()) return "";
    const Diagnostic& first = diagnostics_.all().front();
    EXPECT_FALSE(first.message.en.empty());
    if (!path.empty()) {
      EXPECT_NE(first.message.es.find(path), std::string::npos) << first.message.es;
    }
    return first.code;
  }

  fs::path folder_;
  Diagnostics diagnostics_;
};

TEST_F(ReadTextFileTest, ReadsUtf8WithoutTheByteOrderMark) {
  EXPECT_EQ(ReadTextFile(Write("ñ 漢 😀\n"), diagnostics_), "ñ 漢 😀\n");
  EXPECT_EQ(ReadTextFile(Write("\xEF\xBB\xBFhola"), diagnostics_), "hola");
  EXPECT_TRUE(diagnostics_.all().empty());
}

TEST_F(ReadTextFileTest, RefusesWhatIsNotAFile) {
  EXPECT_EQ(CodeOf((folder_ / "no-hay").string()), "archivo-inexistente");
  EXPECT_EQ(CodeOf(""), "archivo-inexistente");
  EXPECT_EQ(CodeOf(folder_.string()), "archivo-es-carpeta");
  EXPECT_EQ(CodeOf(Write("") + "/dentro"), "archivo-inexistente");
}

TEST_F(ReadTextFileTest, RefusesAnEmptyFile) {
  EXPECT_EQ(CodeOf(Write("")), "archivo-vacio");
  EXPECT_EQ(CodeOf(Write("\xEF\xBB\xBF")), "archivo-vacio");
}

TEST_F(ReadTextFileTest, RefusesABinaryFile) {
  EXPECT_EQ(CodeOf(Write(std::string_view("texto\0", 6))), "archivo-binario");
  EXPECT_EQ(CodeOf(Write(std::string_view("\x7F"
                                          "ELF\xFF\0",
                                          6))),
            "archivo-binario");
}

TEST_F(ReadTextFileTest, NamesTheFirstByteThatIsNotUtf8) {
  EXPECT_EQ(CodeOf(Write("uno\ngesti\xF3n\n")), "archivo-no-utf8");  // ISO-8859-1
  EXPECT_NE(diagnostics_.all()[0].message.es.find("línea 2, byte 9"), std::string::npos);
  EXPECT_NE(diagnostics_.all()[0].message.en.find("line 2, byte 9"), std::string::npos);
}

TEST_F(ReadTextFileTest, RefusesMoreThan16MiBAndTakes16MiB) {
  const std::string path = Write("a");
  fs::resize_file(path, 100U << 20);  // sparse: reading it would meet null bytes first
  EXPECT_EQ(CodeOf(path), "archivo-demasiado-grande");
  const std::string whole(kLargestTextFile, 'a');
  EXPECT_EQ(ReadTextFile(Write(whole), diagnostics_), whole);
}

TEST_F(ReadTextFileTest, ADeviceWithoutAnEndIsRefusedToo) {
  if (fs::exists("/dev/zero")) {
    EXPECT_EQ(CodeOf("/dev/zero"), "archivo-demasiado-grande");
  }
}

TEST(Utf8, AcceptsTheEndsOfEachLengthAndNothingPastThem) {
  for (const char* good : {"\x7F", "\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF",
                           "\xEF\xBF\xBF", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF"}) {
    EXPECT_EQ(CodePointLength(good), std::string_view(good).size());
  }
  for (const char* bad :
       {"\x80", "\xC0\x80", "\xC1\xBF", "\xC2", "\xC2\x41", "\xE0\x9F\xBF", "\xED\xA0\x80",
        "\xE2\x82", "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF"}) {
    EXPECT_EQ(CodePointLength(bad), 0U);
  }
  EXPECT_EQ(CodePointLength(""), 0U);
  EXPECT_EQ(FirstCodePoint("€x").value, U'€');
  EXPECT_EQ(FirstCodePoint("😀").value, U'😀');
  EXPECT_EQ(FirstCodePoint("\xFFx").value, U'\uFFFD');
  EXPECT_EQ(FirstInvalidByte("añ\xFF"), 3U);
  EXPECT_EQ(FirstInvalidByte("añ"), std::nullopt);
  EXPECT_EQ(CountCodePoints("añ€😀\xFF"), 5U);
}

TEST(Windows1252, BecomesUtf8AndItsFiveHolesAreRefused) {
  EXPECT_EQ(FromWindows1252("A\xF1o \x80 \x93x\x94 \xFF"), "Año € “x” ÿ");
  for (const char* hole : {"\x81", "\x8D", "\x8F", "\x90", "\x9D"})
    EXPECT_EQ(FromWindows1252(hole), std::nullopt);
}

TEST(RunProgram, GivesWhatItWritesAndHowItEnded) {
  const ProgramOutput words = RunProgram("echo", {"uno dos", "$HOME"});
  EXPECT_TRUE(words.succeeded);
  EXPECT_EQ(words.text, "uno dos $HOME\n");  // no shell looks at it
  const ProgramOutput failed = RunProgram("false", {});
  EXPECT_TRUE(failed.started);
  EXPECT_FALSE(failed.succeeded);
  EXPECT_FALSE(RunProgram("no-hay-tal-programa", {}).started);
  EXPECT_EQ(PathArgument("-x"), "./-x");
}

}  // namespace
}  // namespace cotejo::base
