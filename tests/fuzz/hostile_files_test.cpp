// Files that are not norms, are cut, or are made to hurt: a clear error and no crash.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>

#include "tests/fuzz/norm_text.h"
#include "tests/language/inline_norm.h"

namespace cotejo::rules {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class Folder {
 public:
  Folder()
      : path_(fs::path(testing::TempDir()) /
              testing::UnitTest::GetInstance()->current_test_info()->name()) {
    fs::remove_all(path_);
    fs::create_directories(path_);
  }
  ~Folder() { fs::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  [[nodiscard]] std::string path() const { return path_.string(); }
  std::string Write(const std::string& name, const std::string& content) const {
    std::ofstream(path_ / name, std::ios::binary) << content;
    return (path_ / name).string();
  }

 private:
  fs::path path_;
};

std::vector<std::string> CodesOf(const std::string& path) {
  base::SourceMap sources;
  base::Diagnostics diagnostics;
  const Regulation regulation = LoadRegulation(sources, path, {}, diagnostics);
  std::vector<std::string> codes;
  for (const base::Diagnostic& diagnostic : diagnostics.all()) {
    codes.push_back(diagnostic.code);
    EXPECT_FALSE(Render(diagnostic, sources, base::Language::Spanish).empty());
  }
  EXPECT_EQ(regulation.rules == nullptr, diagnostics.has_errors());
  return codes;
}

const std::string kGood = "```norma\nnorma N \"Buena\"\nparámetro a = 1\n```\n";

TEST(HostileFiles, EmptyBinaryAndOtherEncodings) {
  const Folder folder;
  EXPECT_THAT(CodesOf(folder.Write("vacio.norma.md", "")), ElementsAre("archivo-vacio"));
  EXPECT_THAT(CodesOf(folder.Write("elf.norma.md", std::string("\x7F"
                                                               "ELF\0\0\0\xFF",
                                                               8))),
              ElementsAre("archivo-binario"));
  EXPECT_THAT(CodesOf(folder.Write("nulo.norma.md", kGood + std::string(1, '\0'))),
              ElementsAre("archivo-binario"));
  EXPECT_THAT(CodesOf(folder.Write("latin1.norma.md", "```norma\nnorma N \"A\xF1o\"\n```\n")),
              ElementsAre("archivo-no-utf8"));
  EXPECT_THAT(CodesOf(folder.Write("cortado.norma.md", kGood + "\xC3")),
              ElementsAre("archivo-no-utf8"));
  EXPECT_THAT(CodesOf(folder.Write("blancos.norma.md", " \n\t\n")), ElementsAre("sin-normas"));
  EXPECT_THAT(CodesOf(folder.Write("marca.norma.md", "\xEF\xBB\xBF" + kGood)), IsEmpty());
  EXPECT_THAT(CodesOf(folder.Write("windows.norma.md",
                                   "```norma\r\nnorma N \"Buena\"\r\nparámetro a = 1\r\n```\r\n")),
              IsEmpty());
}

TEST(HostileFiles, FoldersAndPathsThatAreNotThere) {
  const Folder folder;
  EXPECT_THAT(CodesOf(folder.path()), ElementsAre("carpeta-vacía"));
  EXPECT_THAT(CodesOf(folder.path() + "/no"), ElementsAre("archivo-inexistente"));
  folder.Write("a.norma.md", kGood);
  folder.Write("b.norma.md", "");
  EXPECT_THAT(CodesOf(folder.path()), ElementsAre("archivo-vacio"));
  fs::create_directory(fs::path(folder.path()) / "c.norma.md");
  EXPECT_THAT(CodesOf(folder.path()), ElementsAre("archivo-vacio", "archivo-es-carpeta"));
}

TEST(HostileFiles, AFileTheSystemDoesNotLetRead) {
  const std::string path = "/proc/self/mem";  // opens, and fails at the first byte
  if (!fs::exists(path)) GTEST_SKIP() << "needs procfs";
  EXPECT_THAT(CodesOf(path), ElementsAre("archivo-ilegible"));
}

TEST(HostileFiles, FilesThatAskForEachOtherAreReadOnce) {
  const Folder folder;
  folder.Write("a.norma.md", "```norma\nusa \"b.norma.md\"\nusa \".\"\nnorma N \"A\"\n```\n");
  folder.Write("b.norma.md", "```norma\nusa \"a.norma.md\"\nparámetro b = 1\n```\n");
  EXPECT_THAT(CodesOf(folder.path() + "/a.norma.md"), IsEmpty());
}

TEST(HostileFiles, AHundredMegabytesAreRefusedWithoutReadingThem) {
  const Folder folder;
  const std::string path = folder.Write("grande.norma.md", kGood);
  fs::resize_file(path, 100U << 20);  // sparse
  const auto start = std::chrono::steady_clock::now();
  EXPECT_THAT(CodesOf(path), ElementsAre("archivo-demasiado-grande"));
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::milliseconds(50));
}

// ---- deep, long and large --------------------------------------------------------

std::string Repeated(const std::string& piece, int times) {
  std::string text;
  for (int i = 0; i < times; ++i) text += piece;
  return text;
}

std::vector<std::string> CodesOfText(const std::string& declarations) {
  return ResolveText("norma N \"Hostil\"\nhecho x\ndato d: veces = 1\n" + declarations)->codes();
}

TEST(HostileFiles, DeepNesting) {
  const std::vector<std::string> deep = {"expresión-profunda"};
  EXPECT_EQ(CodesOfText("parámetro p = " + Repeated("(", 10000) + "1" + Repeated(")", 10000)),
            deep);
  EXPECT_EQ(CodesOfText("parámetro p = " + Repeated("(", 10000)), deep);
  EXPECT_EQ(CodesOfText("parámetro p = " + Repeated("-", 10000) + "1"), deep);
  EXPECT_EQ(CodesOfText("regla r sobre x cuando " + Repeated("no ", 10000) + "sí entonces retiro"),
            deep);
  EXPECT_EQ(CodesOfText("define p de persona = " + Repeated("máx(1, ", 10000) + "1"), deep);
  EXPECT_EQ(
      CodesOfText("define p de persona = " + Repeated("si d = 1 entonces 1 sino ", 10000) + "1"),
      deep);
  EXPECT_EQ(CodesOfText("agrega " + Repeated("agrega ", 10000) + "parámetro p = 1"),
            std::vector<std::string>{"edición-inválida"});
}

TEST(HostileFiles, LongChains) {
  const std::vector<std::string> deep = {"expresión-profunda"};
  for (const char* op : {" + ", " * ", " - ", " / "}) {
    EXPECT_EQ(CodesOfText("define p de persona = d" + Repeated(std::string(op) + "d", 100000)),
              deep)
        << op;
  }
  for (const char* op : {" y ", " o "}) {
    EXPECT_EQ(CodesOfText("regla r sobre x cuando d = 1" +
                          Repeated(std::string(op) + "d = 1", 100000) + " entonces retiro"),
              deep)
        << op;
  }
}

TEST(HostileFiles, AChainOfDefinitionsIsNotTooDeepForTheStack) {
  std::string text = "define d0 de persona = d + 1";
  for (int i = 1; i < 20000; ++i)
    text += "\ndefine d" + std::to_string(i) + " de persona = d" + std::to_string(i - 1) + " + d";
  EXPECT_THAT(CodesOfText(text), ElementsAre("expresión-enorme"));
}

TEST(HostileFiles, VeryLongLines) {
  EXPECT_THAT(CodesOfText("enumeración e = a" + Repeated(", a", 100000)).size(), 100000U);
  EXPECT_THAT(CodesOfText("parámetro " + std::string(1000000, 'x') + " = 1"), IsEmpty());
  EXPECT_THAT(CodesOfText("declara N:1 \"" + std::string(1000000, 'x') + "\""), IsEmpty());
  EXPECT_THAT(CodesOfText("declara N:1" + Repeated(".1", 100000) + " \"x\""), IsEmpty());
  EXPECT_THAT(CodesOfText("parámetro p = " + std::string(1000000, '9')),
              ElementsAre("número-enorme"));
  EXPECT_THAT(CodesOfText("parámetro p = 1" + std::string(1000000, ' ') + "2"),
              ElementsAre("sintaxis"));
  EXPECT_THAT(CodesOfText(std::string(1000000, '@')), ElementsAre("carácter-ajeno"));
}

TEST(HostileFiles, HugeNumbers) {
  for (const char* number :
       {"99999999999999999999", "1/99999999999999999999", "999999999999,999999 horas",
        "1:99999999999999999999", "08:30:99999999999999999999", "0,00000000000000000001",
        "1 año y 99999999999 días", "99999999999999-01-01"}) {
    EXPECT_FALSE(CodesOfText(std::string("parámetro p = ") + number).empty()) << number;
  }
  EXPECT_THAT(CodesOfText("parámetro p = 1000000000000 horas"), IsEmpty());
  EXPECT_THAT(CodesOfText("parámetro p = 1/1000000000000 * 1 segundo"), IsEmpty());
  EXPECT_THAT(CodesOfText("parámetro p = 999999999999 años y 365 días"), IsEmpty());
  EXPECT_FALSE(CodesOfText("regla r sobre x prioridad 99999999999 entonces retiro").empty());
  EXPECT_FALSE(
      CodesOfText("caso \"c\" dado 99999999999 veces x el 2025-01-01 espera nada").empty());
}

TEST(HostileFiles, AScaleOfTenThousandRows) {
  std::string text = "escala e cita N:1 sobre x según d";
  for (int i = 0; i < 10000; ++i) text += "\n  | " + std::to_string(i) + " | descuento 1 día |";
  const auto norm = ResolveText("norma N \"Larga\"\nhecho x\ndato d: veces = 1\n" + text);
  ASSERT_NE(norm->rules, nullptr) << norm->rendered();
  EXPECT_EQ(norm->rules->rules.size(), 10000U);
  EXPECT_EQ(norm->rules->steps.size(), 10000U);
}

TEST(HostileFiles, MarkdownMadeToBeSlow) {
  for (const std::string& prose :
       {Repeated("> ", 50000), Repeated("[", 50000), Repeated("*a ", 50000), Repeated("- ", 2000),
        Repeated("`", 50000), Repeated("![](", 30000), Repeated("<a ", 30000)}) {
    base::SourceMap sources;
    base::Diagnostics diagnostics;
    const base::FileId file = sources.Add("p.norma.md", prose + "\n\n" + kGood);
    language::Parse(sources, file, diagnostics);
    EXPECT_LE(diagnostics.errors(), 1U);
  }
}

// ---- cut and altered files -------------------------------------------------------

TEST(HostileFiles, ARealFileCutAnywhereEndsWithAnAnswer) {
  const std::string text = ReadNormFile("45-asistencia.norma.md");
  ASSERT_GT(text.size(), 5000U);
  int errors = 0;
  int cuts = 0;
  for (std::size_t size = 0; size < text.size(); size += kCutStride, ++cuts)
    errors += ReadAltered(text.substr(0, size)) > 0 ? 1 : 0;
  EXPECT_GT(errors, cuts * 9 / 10);  // a cut between blocks still leaves unknown names
}

TEST(HostileFiles, CuttingABlockIsSaidSo) {
  const std::string text = ReadNormFile("45-asistencia.norma.md");
  const std::size_t block = text.find("```norma\n");
  base::SourceMap sources;
  base::Diagnostics diagnostics;
  const base::FileId file = sources.Add("corte.norma.md", text.substr(0, block + 60));
  language::Parse(sources, file, diagnostics);
  ASSERT_EQ(diagnostics.errors(), 1U);
  EXPECT_EQ(diagnostics.all()[0].code, "bloque-sin-cerrar");
}

}  // namespace
}  // namespace cotejo::rules
