#include "scenarios/population/list_cells.h"

#include <algorithm>
#include <array>

#include "scenarios/population/pseudonyms.h"
#include "scenarios/population/specification.h"

namespace cotejo::population {
namespace {

using Kind = AttributeValue::Kind;

// No staff has anybody, nor any date of anybody, from before.
const base::Date& EarliestDate() {
  static const base::Date date(1900, 1, 1);
  return date;
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool AllDigits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), IsDigit);
}

ListCell Fault(const char* code, const std::string& text, const base::Text& what, base::Text hint) {
  ListCell cell;
  cell.code = code;
  cell.shown = text;
  cell.fault = what;
  cell.hint = std::move(hint);
  return cell;
}

// Day first, as it is written in the country; two digits of a year would be a guess.
std::optional<base::Date> ReadDate(const std::string& text) {
  if (const auto date = base::ParseDate(text)) return date;
  const std::size_t first = text.find('/');
  const std::size_t second = first == std::string::npos ? first : text.find('/', first + 1);
  if (second == std::string::npos || text.size() - second != 5) return std::nullopt;
  std::string day = text.substr(0, first);
  std::string month = text.substr(first + 1, second - first - 1);
  if (day.empty() || day.size() > 2 || month.empty() || month.size() > 2) return std::nullopt;
  if (day.size() == 1) day.insert(0, "0");
  if (month.size() == 1) month.insert(0, "0");
  return base::ParseDate(text.substr(second + 1) + "-" + month + "-" + day);
}

// "9700", "9700.5", "9.700,50", "9,700.50", "1/2"; "9.700" alone could be either.
std::optional<base::Rational> ReadNumber(std::string text) {
  const std::size_t last = text.find_last_of(".,");
  if (last == std::string::npos || text.find('/') != std::string::npos)
    return base::ParseRational(text);
  const char decimal = text[last];
  const char thousands = decimal == '.' ? ',' : '.';
  const bool grouped = text.find(thousands) < last;
  if (std::count(text.begin(), text.end(), decimal) != 1) return std::nullopt;
  if (!grouped && text.size() - last == 4) return std::nullopt;
  if (grouped) {
    const std::size_t first = text.find(thousands);
    if (first == 0 || first > 3) return std::nullopt;
    for (std::size_t at = first; at < last; at += 4) {
      if (text[at] != thousands || !AllDigits(std::string_view(text).substr(at + 1, 3)))
        return std::nullopt;
      if (at + 4 > last) return std::nullopt;
    }
  }
  std::erase(text, thousands);
  return base::ParseRational(text);
}

ListCell Date(const ListField& field, const std::string& text, base::Date today) {
  const auto date = ReadDate(text);
  if (!date) {
    return Fault("lista-valor", text, {"no es una fecha", "is not a date"},
                 {"escriba 2021-03-31 o 31/03/2021", "write 2021-03-31 or 31/03/2021"});
  }
  if (*date > today) {
    return Fault("lista-fecha-futura", text,
                 {"es posterior al " + today.str(), "is later than " + today.str()}, {});
  }
  const auto day = [](const base::Rational& days) {
    return base::Date(static_cast<std::int32_t>(days.floor()));
  };
  const base::Date earliest =
      field.low ? std::max(EarliestDate(), day(*field.low)) : EarliestDate();
  if (*date < earliest) {
    return Fault("lista-imposible", text,
                 {"es anterior al " + earliest.str(), "is earlier than " + earliest.str()}, {});
  }
  if (field.high && *date > day(*field.high)) {
    const std::string latest = day(*field.high).str();
    return Fault("lista-imposible", text, {"es posterior al " + latest, "is later than " + latest},
                 {});
  }
  ListCell cell;
  cell.value = AttributeValue{{}, Kind::Date, {}, {}, *date};
  return cell;
}

ListCell Number(const ListField& field, const std::string& text) {
  std::optional<base::Rational> number;
  try {
    number = ReadNumber(text);
  } catch (const base::ArithmeticError&) {  // more digits than an exact number holds
  }
  if (!number) {
    return Fault("lista-valor", text, {"no es un número", "is not a number"},
                 {"escriba 9700, 9700,50 o 9700.50; los miles, sin punto ni coma",
                  "write 9700, 9700,50 or 9700.50; thousands without a mark"});
  }
  if ((field.low && *number < *field.low) || (field.high && *number > *field.high)) {
    const std::string range = (field.low ? field.low->str() : "…") + std::string(" .. ") +
                              (field.high ? field.high->str() : "…");
    return Fault("lista-imposible", text, {"está fuera de " + range, "is outside " + range}, {});
  }
  if (field.name == kOpeningField && 2 % number->den() != 0) {
    return Fault("lista-imposible", text, {"no va en medios días", "does not go in half days"}, {});
  }
  ListCell cell;
  cell.value = AttributeValue{{}, Kind::Number, {}, *number, {}};
  return cell;
}

ListCell Boolean(const std::string& text) {
  static constexpr std::array<const char*, 7> kYes = {"si",   "s",         "x",  "1",
                                                      "true", "verdadero", "yes"};
  static constexpr std::array<const char*, 6> kNo = {"no", "n", "0", "false", "falso", "f"};
  const std::string plain = base::Fold(text);
  const bool yes = std::find(kYes.begin(), kYes.end(), plain) != kYes.end();
  if (!yes && std::find(kNo.begin(), kNo.end(), plain) == kNo.end()) {
    return Fault("lista-valor", text, {"no es sí ni no", "is neither yes nor no"},
                 {"escriba sí o no", "write sí or no"});
  }
  ListCell cell;
  cell.value = AttributeValue{{}, Kind::Boolean, {}, base::Rational(yes ? 1 : 0), {}};
  return cell;
}

ListCell Name(const ListField& field, const std::string& text) {
  const std::string plain = PlainName(text);
  for (const std::string& value : field.values) {
    if (PlainName(value) != plain) continue;
    ListCell cell;
    cell.value = AttributeValue{{}, Kind::Name, value, {}, {}};
    return cell;
  }
  base::Text hint = Nearest(text, field.values);
  if (hint.es.empty()) {
    std::string all;
    for (const std::string& value : field.values) all += (all.empty() ? "" : ", ") + value;
    hint = {"los que hay: " + all, "those there are: " + all};
  }
  return Fault("lista-valor", text, {"no es un valor conocido", "is not a known value"},
               std::move(hint));
}

}  // namespace

ListCell ReadListCell(const ListField& field, const std::string& text, base::Date today) {
  if (text.empty()) return {};
  const std::string plain = PlainName(text);
  // A field may have a value of that name.
  const bool named =
      std::any_of(field.values.begin(), field.values.end(),
                  [&](const std::string& value) { return PlainName(value) == plain; });
  if (!named && (plain == kNoneWord || plain == "ninguna")) {
    ListCell cell;
    cell.none = field.optional;
    if (!field.optional) {
      return Fault("lista-imposible", text,
                   {"no puede ser: todos tienen uno", "cannot be: everybody has one"},
                   {"si no se conoce, deje la celda vacía", "if not known, leave the cell empty"});
    }
    return cell;
  }
  switch (field.kind) {
    case Kind::Date:
      return Date(field, text, today);
    case Kind::Number:
      return Number(field, text);
    case Kind::Boolean:
      return Boolean(text);
    case Kind::Name:
      break;
  }
  return Name(field, text);
}

ListCell Disagreement(const ListField& field, const AttributeValue& value,
                      const AttributeValue& beside) {
  const std::string other = Show(beside);
  if (field.beside_latest && value.number != base::Rational(0) &&
      beside.date > *field.beside_latest) {
    const std::string on = field.beside_latest->str();
    return Fault("lista-imposible", WriteListCell(value),
                 {"es al " + on + ", y «" + field.beside + "» es " + other,
                  "is that of " + on + ", and '" + field.beside + "' is " + other},
                 {"quien ingresó después no tiene saldo: deje 0, o la celda vacía",
                  "whoever was hired later has no balance: leave 0, or the cell empty"});
  }
  const auto at = std::find(field.values.begin(), field.values.end(), value.name);
  const auto index = static_cast<std::size_t>(at - field.values.begin());
  if (index >= field.beside_values.size() || field.beside_values[index] == other) return {};
  const std::string& right = field.beside_values[index];
  return Fault(
      "lista-imposible", value.name,
      {"tiene por «" + field.beside + "» «" + right + "», y la fila dice «" + other + "»",
       "has '" + right + "' as its '" + field.beside + "', and the row says '" + other + "'"},
      {"corrija la que esté mal, o deje vacía una de las dos",
       "correct the one that is wrong, or leave one of them empty"});
}

std::string WriteListCell(const AttributeValue& value) {
  if (value.kind != Kind::Number) return Show(value);
  const base::Rational number = value.number;
  if (number.whole()) return std::to_string(number.num());
  // Two decimals cannot be taken for thousands; what they do not hold goes as a fraction.
  if (100 % number.den() != 0 || number < base::Rational(0))
    return std::to_string(number.num()) + "/" + std::to_string(number.den());
  const std::int64_t hundredths = number.num() * (100 / number.den());
  const std::string decimals = std::to_string(hundredths % 100);
  return std::to_string(hundredths / 100) + "." + (decimals.size() < 2 ? "0" : "") + decimals;
}

std::string PlainName(std::string_view name) {
  std::string plain;
  bool gap = false;
  for (const char c : base::Fold(name)) {
    const auto byte = static_cast<unsigned char>(c);
    const bool kept = byte >= 0x80 || IsDigit(c) || (c >= 'a' && c <= 'z');
    if (kept && gap && !plain.empty()) plain += '_';
    gap = !kept;
    if (kept) plain += c;
  }
  return plain;
}

std::string UnpaddedDocument(std::string_view document) {
  std::string plain = PlainDocument(document);
  if (AllDigits(plain)) plain.erase(0, std::min(plain.find_first_not_of('0'), plain.size() - 1));
  return plain;
}

bool IsScientific(std::string_view document) {
  const std::size_t e = document.find_first_of("eE");
  if (e == std::string_view::npos || e == 0 || document.find_first_not_of("0123456789.,") != e)
    return false;
  std::string_view power = document.substr(e + 1);
  const bool sign = power.starts_with('+');
  if (sign) power.remove_prefix(1);
  // "12E5" may be a document.
  return AllDigits(power) && (sign || document.find_first_of(".,") < e);
}

bool HasDecimals(std::string_view document) {
  const std::size_t last = document.find_last_of(".,");
  if (last == std::string_view::npos || last == 0 || last + 1 == document.size() ||
      document.find_first_not_of("0123456789.,") != std::string_view::npos ||
      document.find_first_not_of('0', last + 1) != std::string_view::npos)
    return false;
  // Three may be the last of thousands that are grouped.
  const std::size_t group = document.substr(0, last).find_last_of(".,");
  const std::size_t before = group == std::string_view::npos ? last : last - group - 1;
  return document.size() - last != 4 || before > 3;
}

base::Text Nearest(const std::string& name, const std::vector<std::string>& known) {
  const std::string near = base::NearestName(name, known);
  return near.empty() ? base::Text{}
                      : base::Text{"¿quiso decir «" + near + "»?", "did you mean '" + near + "'?"};
}

}  // namespace cotejo::population
