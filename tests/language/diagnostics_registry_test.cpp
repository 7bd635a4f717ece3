// Every diagnostic code of the model has a row in docs/diagnosticos.md, and something that
// fires it.
#include <gtest/gtest.h>

#include <set>

#include "tests/language/corpus.h"

namespace cotejo::corpus {
namespace {

const std::string kRoot = std::string(COTEJO_SOURCE_DIR) + "/";

std::string ReadTree(const std::string& folder, std::string_view ending) {
  std::string all;
  for (const auto& entry : fs::recursive_directory_iterator(kRoot + folder)) {
    const std::string path = entry.path().string();
    if (entry.is_regular_file() && path.ends_with(ending)) all += ReadFile(path) + "\n";
  }
  return all;
}

bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c & 0x80) != 0; }

// Lower-case words (and digits) joined by hyphens.
bool IsKebab(std::string_view text) {
  bool word = false;
  bool hyphen = false;
  for (const char c : text) {
    if (c == '-' && !word) return false;
    if (c == '-') hyphen = true;
    if (c != '-' && !IsLetter(c) && !(word && c >= '0' && c <= '9')) return false;
    word = c != '-';
  }
  return hyphen && word;
}

bool IsWord(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), IsLetter);
}

// A code of one word is told from other strings by the call it stands in.
bool OpensDiagnostic(std::string_view before) {
  while (!before.empty() && (before.back() == ' ' || before.back() == '\n'))
    before.remove_suffix(1);
  for (const std::string_view call :
       {"Error(", "Unknown(", "Report(", "(diagnostics,", ".Add({", "Fault{", "fault = {"}) {
    if (before.ends_with(call)) return true;
  }
  return false;
}

// The end of the string literal that opens at `at`.
std::size_t LiteralEnd(const std::string& source, std::size_t at) {
  for (++at; at < source.size() && source[at] != '"'; ++at) {
    if (source[at] == '\\') ++at;
  }
  return at;
}

std::set<std::string> CodesIn(const std::string& source) {
  static const std::string date_pattern = "dddd-dd-dd";  // of the lexer
  std::set<std::string> codes;
  for (std::size_t at = source.find('"'); at < source.size(); at = source.find('"', at)) {
    if (source.compare(at - 1, 3, "'\"'") == 0) {  // a character, not a string
      ++at;
      continue;
    }
    const std::size_t end = LiteralEnd(source, at);
    const std::string text = source.substr(at + 1, end - at - 1);
    const bool single = IsWord(text) && OpensDiagnostic(std::string_view(source).substr(0, at));
    if ((IsKebab(text) && text != date_pattern) || single) codes.insert(text);
    at = end + 1;
  }
  return codes;
}

std::set<std::string> CodesOf(std::initializer_list<const char*> folders) {
  std::set<std::string> codes;
  for (const char* folder : folders) codes.merge(CodesIn(ReadTree(folder, ".cpp")));
  return codes;
}

// Of what is read from a user's files: each is fired somewhere.
std::set<std::string> Codes() {
  return CodesOf(
      {"model/base", "model/language", "model/rules", "model/evaluation", "scenarios/amendments"});
}

// Those and the ones of the simulation and the orders.
std::set<std::string> AllCodes() {
  std::set<std::string> codes = Codes();
  codes.merge(CodesOf({"scenarios/population", "scenarios/calibration", "scenarios/backtest",
                       "scenarios/rescan", "scenarios/year", "scenarios/study", "app"}));
  codes.erase("utf-8");  // an encoding
  return codes;
}

TEST(DiagnosticCodes, AreFoundInTheSources) {
  const std::set<std::string> codes = Codes();
  EXPECT_GT(codes.size(), 80U);
  for (const char* code : {"sintaxis", "tipos", "feriados", "argumentos", "hecho-desconocido",
                           "archivo-vacio", "enmienda-sin-objeto", "dependencia-circular"}) {
    EXPECT_TRUE(codes.contains(code)) << code;
  }
}

TEST(DiagnosticCodes, EachHasARowInTheManualAndNoRowIsLeftOver) {
  const std::string page = ReadFile(kRoot + "docs/diagnosticos.md");
  const std::set<std::string> codes = AllCodes();
  const std::string reports = ReadTree("reports", ".cpp");
  for (const std::string& code : codes) {
    const bool row = page.find("\n| `" + code + "` |") != std::string::npos;
    EXPECT_TRUE(row) << "no row for " << code;
  }
  for (auto at = page.find("\n| `"); at != std::string::npos; at = page.find("\n| `", at + 1)) {
    const std::size_t begin = at + 4;
    const std::string code = page.substr(begin, page.find('`', begin) - begin);
    const bool of_reports = reports.find('"' + code + '"') != std::string::npos;
    EXPECT_TRUE(codes.contains(code) || of_reports)
        << "the manual explains " << code << ", which nothing says";
  }
}

TEST(DiagnosticCodes, EachIsFiredByACorpusFileOrATest) {
  std::string fired = ReadTree("tests", "_test.cpp");
  for (const std::string& name : Names())
    fired += ReadFile(kFolder + name + std::string(kExpected));
  for (const std::string& code : Codes()) {
    const bool found = fired.find("[" + code + "]") != std::string::npos ||
                       fired.find("\"" + code + "\"") != std::string::npos ||
                       fired.find("\"" + code + " ") != std::string::npos;
    EXPECT_TRUE(found) << "nothing fires " << code;
  }
}

}  // namespace
}  // namespace cotejo::corpus
