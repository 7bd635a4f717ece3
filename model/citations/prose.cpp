#include "model/citations/prose.h"

#include <algorithm>
#include <array>

#include "model/base/source.h"

namespace cotejo::citations {
namespace {

// Bytes of the letter at `i`, or 0: ASCII letters and digits, '_', and U+00C0 to U+00FF.
std::size_t LetterAt(std::string_view text, std::size_t i) {
  const auto c = static_cast<unsigned char>(text[i]);
  if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_')
    return 1;
  const bool latin = c == 0xC3 && i + 1 < text.size();
  if (!latin) return 0;
  const auto next = static_cast<unsigned char>(text[i + 1]);
  return next == 0x97 || next == 0xB7 ? 0 : 2;  // × and ÷
}

bool IsCapital(std::string_view letter) {
  const auto c = static_cast<unsigned char>(letter.front());
  if (letter.size() == 1) return c >= 'A' && c <= 'Z';
  return static_cast<unsigned char>(letter[1]) < 0x9F;
}

}  // namespace

std::vector<Token> TokensOf(std::string_view text) {
  std::vector<Token> words;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t first = LetterAt(text, i);
    if (first == 0) {
      ++i;
      continue;
    }
    std::size_t end = i + first;
    while (end < text.size()) {
      const std::size_t letter = LetterAt(text, end);
      if (letter == 0) break;
      end += letter;
    }
    words.push_back(
        {base::Fold(text.substr(i, end - i)), i, end, IsCapital(text.substr(i, first))});
    i = end;
  }
  return words;
}

bool IsNumber(std::string_view word) {
  return !word.empty() &&
         std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool IsRoman(std::string_view word) {
  return !word.empty() && std::all_of(word.begin(), word.end(), [](char c) {
    return c == 'i' || c == 'v' || c == 'x' || c == 'l';
  });
}

std::string Upper(std::string_view folded) {
  std::string out(folded);
  for (char& c : out) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return out;
}

std::optional<NormPlace> NormAt(std::string_view text, const std::vector<Token>& words,
                                std::size_t i) {
  const auto word = [&words](std::size_t at) {
    return at < words.size() ? std::string_view(words[at].text) : std::string_view();
  };
  static constexpr std::array<std::array<std::string_view, 3>, 5> kKinds = {
      {{"ley", "", "LEY"},
       {"decreto", "supremo", "DS"},
       {"resolucion", "ministerial", "RM"},
       {"resolucion", "suprema", "RS"},
       {"d", "s", "DS"}}};
  for (const auto& [first, second, name] : kKinds) {
    if (word(i) != first) continue;
    std::size_t next = i + 1;
    if (!second.empty() && word(next++) != second) continue;
    if (word(next) == "n" || word(next) == "no" || word(next) == "nro") ++next;
    std::string_view number = word(next);
    // "Ley N°2027": the degree sign may leave nothing between.
    if (number.starts_with("n") && IsNumber(number.substr(1))) number.remove_prefix(1);
    if (!IsNumber(number)) continue;
    const std::size_t end = words[next].end;
    std::string full = std::string(name) + std::string(number);
    if (word(next + 1).size() == 1 && end < text.size() && text[end] == '-') {
      full += Upper(word(next + 1));
      ++next;
    }
    return NormPlace{full, next + 1};
  }
  if (word(i) == "constitucion") return NormPlace{"CPE", i + 1};
  return std::nullopt;
}

std::optional<DatePlace> DateAt(const std::vector<Token>& words, std::size_t i) {
  static constexpr std::array<std::string_view, 12> kMonths = {
      "enero", "febrero", "marzo",      "abril",   "mayo",      "junio",
      "julio", "agosto",  "septiembre", "octubre", "noviembre", "diciembre"};
  if (i + 4 >= words.size() || !IsNumber(words[i].text) || words[i].text.size() > 2)
    return std::nullopt;
  const auto month = std::find(kMonths.begin(), kMonths.end(), words[i + 2].text);
  const std::string& year = words[i + 4].text;
  const bool joined =
      words[i + 1].text == "de" && (words[i + 3].text == "de" || words[i + 3].text == "del");
  if (!joined || month == kMonths.end() || !IsNumber(year) || year.size() != 4) return std::nullopt;
  const auto pad = [](const std::string& two) { return two.size() == 1 ? "0" + two : two; };
  const auto date = base::ParseDate(year + "-" + pad(std::to_string(month - kMonths.begin() + 1)) +
                                    "-" + pad(words[i].text));
  if (!date) return std::nullopt;
  return DatePlace{*date, i + 5};
}

std::vector<DatedNorm> DatedNormsIn(std::string_view text, bool heading) {
  const std::vector<Token> words = TokensOf(text);
  std::vector<DatedNorm> found;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto norm = NormAt(text, words, i);
    if (!norm) continue;
    for (std::size_t j = norm->next; j < words.size() && !NormAt(text, words, j); ++j) {
      if (const auto date = DateAt(words, j)) {
        found.push_back({norm->name, date->date, words[i].begin, words[date->next - 1].end});
        break;
      }
      if (!heading && words[j].text != "de" && words[j].text != "del") break;
    }
    i = norm->next - 1;
  }
  return found;
}

}  // namespace cotejo::citations
