#include "model/language/lexer.h"

#include <optional>
#include <string_view>

namespace cotejo::language {
namespace {

using base::Diagnostics;

// No figure of a regulation is this large; beyond it exact arithmetic could overflow.
constexpr std::uint32_t kMostDecimals = 6;

struct CodePoint {
  char32_t value = 0;
  std::uint32_t length = 1;
};

// The file was checked to be valid UTF-8 when it was read.
CodePoint Decode(std::string_view text, std::uint32_t at) {
  const auto byte = [&](std::uint32_t i) -> unsigned {
    return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0U;
  };
  const unsigned first = byte(0);
  if (first < 0x80) return {first, 1};
  if (first < 0xE0) return {((first & 0x1FU) << 6U) | (byte(1) & 0x3FU), 2};
  if (first < 0xF0) {
    return {((first & 0x0FU) << 12U) | ((byte(1) & 0x3FU) << 6U) | (byte(2) & 0x3FU), 3};
  }
  return {((first & 0x07U) << 18U) | ((byte(1) & 0x3FU) << 12U) | ((byte(2) & 0x3FU) << 6U) |
              (byte(3) & 0x3FU),
          4};
}

bool IsDigit(char32_t c) { return c >= U'0' && c <= U'9'; }

bool IsLetter(char32_t c) {
  if ((c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z')) return true;
  return (c >= 0xC0 && c <= 0x24F && c != 0xD7 && c != 0xF7) || (c >= 0x300 && c <= 0x36F);
}

// Nothing is seen of it on a screen: controls, blanks without width, marks of direction.
bool IsInvisible(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c <= 0xA0) || c == 0xAD || (c >= 0x2000 && c <= 0x200F) ||
         (c >= 0x2028 && c <= 0x202F) || (c >= 0x205F && c <= 0x206F) || c == 0x3000 || c == 0xFEFF;
}

// Bytes of `step` before the place where a point was left out: "44|II", "III|b"; 0 when none was.
// An article "16bis" and an annex "P2" are steps; these two are two.
std::size_t MissingPoint(std::string_view step) {
  const auto number = step.find_first_not_of("0123456789");
  const auto roman = step.find_first_not_of("IVXLC");
  if (number != std::string_view::npos && number > 0 &&
      step.find_first_not_of("IVXLC", number) == std::string_view::npos)
    return number;
  const bool letter = roman != std::string_view::npos && roman + 1 == step.size() &&
                      step[roman] >= 'a' && step[roman] <= 'z';
  return letter ? roman : 0;
}

std::string CodeOf(char32_t c) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string hex;
  for (int shift = c > 0xFFFF ? 20 : 12; shift >= 0; shift -= 4)
    hex += kDigits[(c >> shift) & 0xFU];
  return "U+" + hex;
}

// What a keyboard or a word processor puts in the place of something the language has.
base::Text InsteadOf(char32_t c) {
  if (std::u32string_view(U"«»‹›‘’‚„”'`´").find(c) != std::u32string_view::npos)
    return {"los textos van entre comillas dobles: \"así\"", "texts go in double quotes: \"so\""};
  if (std::u32string_view(U"‐‑‒–—−").find(c) != std::u32string_view::npos)
    return {"el signo menos se escribe «-»", "the minus sign is written '-'"};
  if (c == U'×') return {"se multiplica con «*»", "multiply with '*'"};
  if (c == U'÷') return {"se divide con «/»", "divide with '/'"};
  if (c == U'…')
    return {"un rango se escribe con dos puntos seguidos: 1 .. 30",
            "a range is written with two points: 1 .. 30"};
  if ((c >= 0xBC && c <= 0xBE) || (c >= 0x2150 && c <= 0x215E))
    return {"escriba la fracción con barra, como 3/4", "write the fraction with a bar, as 3/4"};
  return {};
}

bool IsNamePart(char32_t c) { return IsLetter(c) || IsDigit(c) || c == U'_'; }

class Lexer {
 public:
  Lexer(const base::SourceMap& sources, base::FileId file, std::uint32_t begin, std::uint32_t end,
        Diagnostics& diagnostics)
      : text_(std::string_view(sources.file(file).content).substr(0, end)),
        file_(file),
        at_(begin),
        diagnostics_(diagnostics) {}

  std::vector<Token> Run() {
    while (reported_ < kMostErrors && SkipBlank()) Next();
    Token end;
    end.span = {file_, at_, 0};
    end.first_on_line = true;
    tokens_.push_back(end);
    return std::move(tokens_);
  }

 private:
  [[nodiscard]] char32_t Peek(std::uint32_t ahead = 0) const {
    return at_ + ahead < text_.size() ? static_cast<unsigned char>(text_[at_ + ahead]) : 0;
  }

  [[nodiscard]] CodePoint PeekCodePoint(std::uint32_t ahead) const {
    return at_ + ahead < text_.size() ? Decode(text_, at_ + ahead) : CodePoint{};
  }

  bool SkipBlank() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '\n') {
        fresh_line_ = true;
      } else if (c == '/' && Peek(1) == '/') {
        while (at_ < text_.size() && text_[at_] != '\n') ++at_;
        continue;
      } else if (c == '\xC2' && Peek(1) == 0xA0) {  // no-break space
        ++at_;
      } else if (c != ' ' && c != '\t' && c != '\r') {
        return true;
      }
      ++at_;
    }
    return false;
  }

  Token& Push(TokenKind kind, std::uint32_t begin) {
    Token token;
    token.kind = kind;
    token.span = {file_, begin, at_ - begin};
    token.text = std::string(text_.substr(begin, at_ - begin));
    token.first_on_line = fresh_line_;
    fresh_line_ = false;
    tokens_.push_back(std::move(token));
    return tokens_.back();
  }

  void Report(const char* code, std::uint32_t begin, base::Text message, base::Text hint) {
    ++reported_;
    diagnostics_.Add({code,
                      base::Severity::Error,
                      {file_, begin, std::max(1U, at_ - begin)},
                      std::move(message),
                      std::move(hint),
                      {}});
  }

  void Next() {
    const CodePoint c = Decode(text_, at_);
    if (IsDigit(c.value) || c.value == 0xBD) return NumberLike();
    if (IsLetter(c.value)) return NameOrCitation();
    if (c.value == U'"' || c.value == 0x201C) return Quoted();
    SymbolToken(c);
  }

  void NameOrCitation() {
    const std::uint32_t begin = at_;
    bool upper = true;
    while (at_ < text_.size()) {
      const CodePoint c = Decode(text_, at_);
      if (!IsNamePart(c.value)) break;
      if (c.value > 0x7F || (c.value >= U'a' && c.value <= U'z')) upper = false;
      at_ += c.length;
    }
    // NORMA:46.III.a — an upper-case name, a colon and a path without blanks.
    if (upper && Peek() == ':' && IsNamePart(PeekCodePoint(1).value)) {
      ++at_;
      for (;;) {  // an inciso may be «ñ»: whole code points, not bytes
        const CodePoint c = PeekCodePoint(0);
        const bool step = c.value == U'.' && IsNamePart(PeekCodePoint(1).value);
        if (!step && !IsNamePart(c.value)) break;
        at_ += c.length;
      }
      Token& token = Push(TokenKind::Citation, begin);
      token.citation = base::ParseCitation(token.text);
      return CheckPoints(token.citation, begin);
    }
    Token& token = Push(TokenKind::Name, begin);
    token.folded = base::Fold(token.text);
  }

  void CheckPoints(base::Citation meant, std::uint32_t begin) {
    for (std::size_t i = 0; i < meant.path.size(); ++i) {
      const std::string step = meant.path[i];
      const std::size_t at = MissingPoint(step);
      if (at == 0) continue;
      meant.path[i] = step.substr(0, at) + "." + step.substr(at);
      return Report("cita-sin-punto", begin,
                    {"«" + step + "» no es un paso de una cita: le falta un punto",
                     "'" + step + "' is no step of a citation: a point is missing"},
                    {"escriba " + meant.str(), "write " + meant.str()});
    }
  }

  std::optional<std::int64_t> Digits() {
    std::int64_t value = 0;
    bool fits = true;
    while (IsDigit(Peek())) {
      value = fits ? value * 10 + static_cast<std::int64_t>(Peek() - U'0') : value;
      if (value > kLargestNumber) fits = false;
      ++at_;
    }
    return fits ? std::optional(value) : std::nullopt;
  }

  bool Matches(std::string_view pattern) const {  // 'd' is a digit
    for (std::uint32_t i = 0; i < pattern.size(); ++i) {
      if (pattern[i] == 'd' ? !IsDigit(Peek(i)) : Peek(i) != static_cast<char32_t>(pattern[i])) {
        return false;
      }
    }
    return true;
  }

  void NumberLike() {
    if (Matches("dddd-dd-dd")) return DateToken();
    if (Matches("d:dd") || Matches("dd:dd")) return TimeToken();
    const std::uint32_t begin = at_;
    base::Rational value = 0;
    if (IsDigit(Peek())) {
      const auto whole = Digits();
      if (!whole) {
        Push(TokenKind::Number, begin);
        return Report("número-enorme", begin, {"número demasiado grande", "number too large"}, {});
      }
      value = *whole;
    }
    if (!Fraction(value, begin)) return;
    Push(TokenKind::Number, begin);
    if (value.num() > kLargestNumber || value.den() > kLargestNumber) {
      return Report("número-enorme", begin,
                    {"número con demasiadas cifras", "number with too many digits"}, {});
    }
    tokens_.back().number = value;
  }

  // What may follow the whole part without a blank: ½, /2, .5 or ,5.
  bool Fraction(base::Rational& value, std::uint32_t begin) {
    if (Decode(text_, at_).value == 0xBD) {
      at_ += 2;
      value += base::Rational(1, 2);
      return true;
    }
    const char32_t c = Peek();
    if (!IsDigit(Peek(1)) || (c != '/' && c != '.' && c != ',')) return true;
    if (c == ',' && depth_ > 0) {
      ++at_;
      Push(TokenKind::Number, begin);
      Report("coma-ambigua", begin,
             {"coma ambigua dentro de una lista", "ambiguous comma inside a list"},
             {"deje un espacio tras la coma que separa, o escriba los decimales con punto",
              "leave a blank after a separating comma, or write decimals with a point"});
      return false;
    }
    ++at_;
    const std::uint32_t digits_begin = at_;
    const auto digits = Digits();
    const std::uint32_t length = at_ - digits_begin;
    // 9.700 is nine thousand and some for its reader, and 9,7 for a computer.
    if (c == '.' && length == 3 && !value.zero()) {
      Push(TokenKind::Number, begin);
      Report("punto-ambiguo", begin,
             {"punto ambiguo: ¿separa los miles o los decimales?",
              "ambiguous point: does it separate thousands or decimals?"},
             {"escriba los miles sin punto y los decimales con coma",
              "write thousands without a point and decimals with a comma"});
      return false;
    }
    const bool zero_divisor = c == '/' && digits == 0;
    if (!digits || zero_divisor || (c != '/' && length > kMostDecimals)) {
      Push(TokenKind::Number, begin);
      Report(
          "número-inválido", begin, {"número inválido", "invalid number"},
          zero_divisor ? base::Text{"se divide entre cero", "it divides by zero"} : base::Text{});
      return false;
    }
    if (c == '/') {
      value = value / base::Rational(*digits);
      return true;
    }
    std::int64_t scale = 1;
    for (std::uint32_t i = 0; i < length; ++i) scale *= 10;
    value += base::Rational(*digits, scale);
    return true;
  }

  void DateToken() {
    const std::uint32_t begin = at_;
    at_ += 10;
    Token& token = Push(TokenKind::Date, begin);
    const auto date = base::ParseDate(token.text);
    if (date) {
      token.date = *date;
    } else {
      Report(
          "fecha-inválida", begin,
          {"la fecha " + token.text + " no existe", "the date " + token.text + " does not exist"},
          {"escriba año-mes-día, por ejemplo 2025-02-17",
           "write year-month-day, such as 2025-02-17"});
    }
  }

  void TimeToken() {
    const std::uint32_t begin = at_;
    const std::int64_t hours = Digits().value_or(kLargestNumber);
    ++at_;
    const std::int64_t minutes = Digits().value_or(kLargestNumber);
    std::int64_t seconds = 0;
    if (Matches(":dd")) {
      ++at_;
      seconds = Digits().value_or(kLargestNumber);
    }
    Token& token = Push(TokenKind::Time, begin);
    if (hours > 23 || minutes > 59 || seconds > 59) {
      return Report(
          "hora-inválida", begin,
          {"la hora " + token.text + " no existe", "the time " + token.text + " does not exist"},
          {});
    }
    token.number = base::Rational(hours * 60 + minutes) + base::Rational(seconds, 60);
  }

  void Quoted() {
    const std::uint32_t begin = at_;
    const CodePoint open = Decode(text_, at_);
    const char32_t close = open.value == U'"' ? U'"' : 0x201D;
    at_ += open.length;
    const std::uint32_t content = at_;
    while (at_ < text_.size() && text_[at_] != '\n') {
      const CodePoint c = Decode(text_, at_);
      if (c.value == close) {
        const std::uint32_t content_end = at_;
        at_ += c.length;
        Push(TokenKind::String, begin).text =
            std::string(text_.substr(content, content_end - content));
        return;
      }
      at_ += c.length;
    }
    Push(TokenKind::String, begin).text = std::string(text_.substr(content, at_ - content));
    Report("texto-sin-cerrar", begin,
           {"texto sin cerrar en su línea", "text not closed on its line"},
           {"cierre las comillas", "close the quotes"});
  }

  void SymbolToken(CodePoint c) {
    const std::uint32_t begin = at_;
    switch (c.value) {
      case 0x2264:
        return Replaced("<=", c.length);
      case 0x2265:
        return Replaced(">=", c.length);
      case 0x2260:
        return Replaced("!=", c.length);
      default:
        break;
    }
    for (const std::string_view two : {"..", "!=", "<=", ">="}) {
      if (text_.substr(at_, 2) == two) {
        at_ += 2;
        Push(TokenKind::Symbol, begin);
        return;
      }
    }
    if (std::string_view("|.,:;(){}=<>+-*/%").find(static_cast<char>(c.value)) !=
            std::string_view::npos &&
        c.value < 0x80) {
      if (c.value == '(' || c.value == '{') ++depth_;
      if ((c.value == ')' || c.value == '}') && depth_ > 0) --depth_;
      ++at_;
      Push(TokenKind::Symbol, begin);
      return;
    }
    at_ += c.length;
    const std::string shown(text_.substr(begin, at_ - begin));
    // The rest of a run of the same character says nothing new.
    while (!shown.empty() && text_.substr(at_, shown.size()) == shown) at_ += c.length;
    if (IsInvisible(c.value)) {
      const std::string code = CodeOf(c.value);
      return Report("carácter-ajeno", begin,
                    {"un carácter que no se ve (" + code + ") no pertenece al lenguaje",
                     "a character that cannot be seen (" + code + ") is not of the language"},
                    {"bórrelo; suele venir de otro documento, al copiar y pegar",
                     "delete it; it usually comes from another document, by copy and paste"});
    }
    Report("carácter-ajeno", begin,
           {"el carácter «" + shown + "» no pertenece al lenguaje",
            "the character '" + shown + "' does not belong to the language"},
           InsteadOf(c.value));
  }

  void Replaced(const char* symbol, std::uint32_t length) {
    const std::uint32_t begin = at_;
    at_ += length;
    Push(TokenKind::Symbol, begin).text = symbol;
  }

  std::string_view text_;
  base::FileId file_;
  std::uint32_t at_;
  Diagnostics& diagnostics_;
  std::vector<Token> tokens_;
  bool fresh_line_ = true;
  int depth_ = 0;
  std::size_t reported_ = 0;
};

}  // namespace

std::vector<Token> Lex(const base::SourceMap& sources, base::FileId file, std::uint32_t begin,
                       std::uint32_t end, Diagnostics& diagnostics) {
  return Lexer(sources, file, begin, end, diagnostics).Run();
}

}  // namespace cotejo::language
