#include "model/passages/labels.h"

#include <array>

#include "model/base/source.h"
#include "model/passages/lines.h"

namespace cotejo::passages {
namespace {

constexpr std::string_view kOpen = "“";
constexpr std::string_view kClose = "”";

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Reads a line from the left; every Eat says whether it was there.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : text_(text) {}

  bool Eat(std::string_view piece) {
    if (!text_.starts_with(piece)) return false;
    text_.remove_prefix(piece.size());
    return true;
  }
  bool Blanks() {
    const bool any = !text_.empty() && (text_.front() == ' ' || text_.front() == '\t');
    while (!text_.empty() && (text_.front() == ' ' || text_.front() == '\t'))
      text_.remove_prefix(1);
    return any;
  }
  // Up to `most` digits, none more following.
  std::string_view Digits(std::size_t most) {
    std::size_t n = 0;
    while (n < text_.size() && IsDigit(text_[n])) ++n;
    if (n > most) return {};
    return Take(n);
  }
  std::string_view Roman() {
    std::size_t n = 0;
    while (n < text_.size() && std::string_view("IVXL").find(text_[n]) != std::string_view::npos)
      ++n;
    return Take(n);
  }
  std::string_view Take(std::size_t n) {
    const std::string_view taken = text_.substr(0, n);
    text_.remove_prefix(n);
    return taken;
  }
  [[nodiscard]] std::string_view rest() const { return text_; }
  [[nodiscard]] bool done() const { return text_.empty(); }

 private:
  std::string_view text_;
};

int RomanValue(std::string_view text) {
  const auto digit = [](char c) { return c == 'I' ? 1 : c == 'V' ? 5 : c == 'X' ? 10 : 50; };
  int total = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int here = digit(text[i]);
    const int next = i + 1 < text.size() ? digit(text[i + 1]) : 0;
    total += next > here ? -here : here;
  }
  return total;
}

bool BeginsUpper(std::string_view text) {
  if (text.empty()) return false;
  const auto first = static_cast<unsigned char>(text.front());
  if (first < 0x80) return first >= 'A' && first <= 'Z';
  if (first == 0xC3 && text.size() > 1) return static_cast<unsigned char>(text[1]) < 0x9F;
  return text.starts_with(kOpen);
}

// "°", "º", ".", "-", "–" and blanks after an article's number; how many marks there were.
int EatMarks(Cursor& cursor) {
  int marks = 0;
  while (true) {
    cursor.Blanks();
    if (cursor.Eat("°") || cursor.Eat("º") || cursor.Eat(".") || cursor.Eat("-") ||
        cursor.Eat("–")) {
      ++marks;
    } else {
      return marks;
    }
  }
}

// "(…)" with the parentheses inside it balanced; left alone when it is not closed.
std::string EatParenthesis(Cursor& cursor) {
  const std::string_view text = cursor.rest();
  int depth = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '(') ++depth;
    if (text[i] == ')' && --depth == 0) {
      cursor.Take(i + 1);
      return std::string(text.substr(1, i - 1));
    }
  }
  return {};
}

bool EatOpenQuote(Cursor& cursor) {
  const bool quoted = cursor.Eat(kOpen) || cursor.Eat("\"") || cursor.Eat("«");
  if (quoted) cursor.Blanks();
  return quoted;
}

constexpr std::array<std::string_view, 12> kMonths = {
    "enero", "febrero", "marzo",      "abril",   "mayo",      "junio",
    "julio", "agosto",  "septiembre", "octubre", "noviembre", "diciembre"};

std::string TwoDigits(std::string_view digits) {
  return (digits.size() < 2 ? "0" : "") + std::string(digits);
}

// "de 14 de diciembre de 1956", folded → "19561214".
std::string DateDigits(std::string_view folded) {
  Cursor cursor(folded);
  if (!cursor.Eat("de ")) return {};
  const std::string_view day = cursor.Digits(2);
  if (day.empty() || !cursor.Eat(" de ")) return {};
  for (std::size_t month = 0; month < kMonths.size(); ++month) {
    if (!cursor.Eat(kMonths[month])) continue;
    if (!cursor.Eat(" de ") && !cursor.Eat(" del ")) return {};
    const std::string_view year = cursor.Digits(4);
    if (year.size() != 4) return {};
    return std::string(year) + TwoDigits(std::to_string(month + 1)) + TwoDigits(day);
  }
  return {};
}

}  // namespace

std::optional<Label> ArticleLabel(std::string_view line) {
  Cursor cursor(line);
  Label label;
  cursor.Eat("- ");
  label.quoted = EatOpenQuote(cursor);
  label.capitals = cursor.Eat("ARTÍCULO") || cursor.Eat("ARTICULO");
  if (!label.capitals && !cursor.Eat("Artículo") && !cursor.Eat("Articulo")) return std::nullopt;
  if (!cursor.Blanks()) return std::nullopt;
  if (cursor.Eat("ÚNICO") || cursor.Eat("UNICO") || cursor.Eat("único") || cursor.Eat("Único")) {
    label.step = "unico";
    label.value = 1;
  } else {
    label.step = cursor.Digits(4);
    if (label.step.empty()) return std::nullopt;
    label.value = std::stoi(label.step);
  }
  const int marks = EatMarks(cursor);
  if (cursor.rest().starts_with("(")) {
    label.heading = EatParenthesis(cursor);
    if (label.heading.empty()) return std::nullopt;
    // "Artículo 32 (Proceso de Retiro) de las NB-SAP" is a mention.
    if (EatMarks(cursor) == 0 && marks == 0 && !cursor.done() && !BeginsUpper(cursor.rest()))
      return std::nullopt;
  } else if (marks == 0 && !(cursor.done() && label.capitals)) {
    return std::nullopt;
  }
  label.rest = cursor.rest();
  return label;
}

std::optional<Label> ParagraphLabel(std::string_view line) {
  Cursor cursor(line);
  Label label;
  cursor.Eat("- ");
  label.quoted = EatOpenQuote(cursor);
  label.step = cursor.Roman();
  label.value = RomanValue(label.step);
  if (label.value == 0 || !cursor.Eat(".")) return std::nullopt;
  if (!cursor.Blanks() && !cursor.done()) return std::nullopt;
  label.rest = cursor.rest();
  return label;
}

std::optional<Label> ItemLabel(std::string_view line) {
  Cursor cursor(line);
  Label label;
  cursor.Eat("- ");
  label.quoted = EatOpenQuote(cursor);
  const std::string_view text = cursor.rest();
  if (text.size() < 2 || text[0] < 'a' || text[0] > 'z' || text[1] != ')') return std::nullopt;
  label.step = text.substr(0, 1);
  label.value = text[0] - 'a' + 1;
  cursor.Take(2);
  if (!cursor.Blanks() && !cursor.done()) return std::nullopt;
  label.rest = cursor.rest();
  return label;
}

std::optional<Label> NumeralLabel(std::string_view line) {
  Cursor cursor(line);
  Label label;
  cursor.Eat("- ");
  label.quoted = EatOpenQuote(cursor);
  label.step = cursor.Digits(2);
  if (label.step.empty() || !(cursor.Eat(".") || cursor.Eat(")")) || !cursor.Blanks() ||
      !BeginsUpper(cursor.rest())) {
    return std::nullopt;
  }
  label.value = std::stoi(label.step);
  label.rest = cursor.rest();
  return label;
}

std::optional<Label> OrdinalLabel(std::string_view line) {
  static constexpr std::array<std::string_view, 10> kOrdinals = {
      "PRIMERO", "SEGUNDO", "TERCERO", "CUARTO", "QUINTO",
      "SEXTO",   "SÉPTIMO", "OCTAVO",  "NOVENO", "DÉCIMO"};
  for (std::size_t i = 0; i < kOrdinals.size(); ++i) {
    Cursor cursor(line);
    if (!cursor.Eat(kOrdinals[i])) continue;
    if (EatMarks(cursor) == 0) return std::nullopt;
    Label label;
    label.value = static_cast<int>(i) + 1;
    label.step = std::to_string(label.value);
    label.rest = cursor.rest();
    return label;
  }
  return std::nullopt;
}

std::optional<Label> NoteLabel(std::string_view line) {
  Cursor cursor(line);
  if (!cursor.Eat("Nota") && !cursor.Eat("NOTA")) return std::nullopt;
  if (!cursor.Eat(":") && EatMarks(cursor) == 0) return std::nullopt;
  cursor.Blanks();
  Label label;
  label.step = "nota";
  label.value = 1;
  label.rest = cursor.rest();
  return label;
}

std::optional<InlineLabel> FindInlineLabel(std::string_view text, int next_paragraph,
                                           int next_item) {
  for (std::size_t i = 1; i + 2 < text.size(); ++i) {
    if (text[i] != ' ') continue;
    const char before = text[i - 1];
    if (before != ';' && before != '.' && before != ':') continue;
    const std::string_view tail = text.substr(i + 1);
    if (const auto item = ItemLabel(tail);
        item && tail.front() != '-' && (item->quoted || item->value == next_item)) {
      return InlineLabel{i, *item, false};
    }
    if (next_paragraph < 2) continue;
    if (const auto paragraph = ParagraphLabel(tail); paragraph && !paragraph->quoted &&
                                                     paragraph->value == next_paragraph &&
                                                     BeginsUpper(paragraph->rest)) {
      return InlineLabel{i, *paragraph, true};
    }
  }
  return std::nullopt;
}

std::string InstrumentName(std::string_view line) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kKinds = {
      {{"LEY ", "LEY"},
       {"DECRETO SUPREMO ", "DS"},
       {"DECRETO LEY ", "DL"},
       {"RESOLUCIÓN MINISTERIAL ", "RM"},
       {"RESOLUCION MINISTERIAL ", "RM"},
       {"RESOLUCIÓN SUPREMA ", "RS"},
       {"RESOLUCIÓN ADMINISTRATIVA ", "RA"},
       {"RESOLUCION ADMINISTRATIVA ", "RA"}}};
  Cursor cursor(line);
  cursor.Eat("ANEXO AL ") || cursor.Eat("ANEXO A LA ");
  for (const auto& [opening, name] : kKinds) {
    if (!cursor.Eat(opening)) continue;
    if (name == "LEY") {
      const std::string date = DateDigits(base::Fold(cursor.rest()));
      if (!date.empty()) return std::string(name) + date;
    }
    if (!cursor.Eat("N")) return {};
    cursor.Eat("o") || cursor.Eat("º") || cursor.Eat("°");
    cursor.Eat(".");
    cursor.Blanks();
    std::string number(cursor.Digits(6));
    if (number.empty()) return {};
    if (cursor.rest().size() > 1 && cursor.rest()[0] == '-' && cursor.rest()[1] >= 'A' &&
        cursor.rest()[1] <= 'Z') {
      number += cursor.rest()[1];  // DS 23318-A
    }
    return std::string(name) + number;
  }
  return {};
}

int PartNumber(std::string_view line) {
  const auto label = ParagraphLabel(line);
  return label && IsUpperCase(label->rest) ? label->value : 0;
}

int AppendixNumber(std::string_view line) {
  const auto label = ParagraphLabel(line);
  return label && base::Fold(label->rest).starts_with("apendice ") ? label->value : 0;
}

int SecondPart(std::string_view line) {
  static constexpr std::array<std::string_view, 4> kParts = {"segunda", "tercera", "cuarta",
                                                             "quinta"};
  if (!IsUpperCase(line)) return 0;
  const std::string folded = base::Fold(line);
  for (std::size_t i = 0; i < kParts.size(); ++i) {
    if (folded == "parte " + std::string(kParts[i])) return static_cast<int>(i) + 2;
  }
  return 0;
}

bool IsDivision(std::string_view line) {
  if (!IsUpperCase(line)) return false;
  const std::string folded = base::Fold(line);
  return folded.starts_with("titulo ") || folded.starts_with("capitulo ") ||
         folded.starts_with("seccion ") || folded == "anexo" || folded == "parte primera";
}

int QuoteBalance(std::string_view text) {
  int balance = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.substr(i).starts_with(kOpen)) ++balance;
    if (text.substr(i).starts_with(kClose)) --balance;
  }
  return balance;
}

}  // namespace cotejo::passages
