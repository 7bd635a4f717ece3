#include "model/evaluation/cell.h"

namespace cotejo::evaluation {

using rules::Base;

namespace {

std::string Fraction(Rational n) {
  return n.whole() ? std::to_string(n.num())
                   : std::to_string(n.num()) + "/" + std::to_string(n.den());
}

std::optional<int> TwoDigits(std::string_view text, int below) {
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  if (text.size() != 2 || !digit(text[0]) || !digit(text[1])) {
    return std::nullopt;
  }
  const int n = (text[0] - '0') * 10 + (text[1] - '0');
  return n < below ? std::optional<int>(n) : std::nullopt;
}

// HH:MM, or HH:MM:SS where the seconds may carry a fraction.
std::optional<Rational> ParseTime(std::string_view text) {
  if (text.size() < 5 || text[2] != ':' || (text.size() > 5 && text[5] != ':')) {
    return std::nullopt;
  }
  const std::optional<int> hour = TwoDigits(text.substr(0, 2), 24);
  const std::optional<int> minute = TwoDigits(text.substr(3, 2), 60);
  if (!hour || !minute) {
    return std::nullopt;
  }
  const Rational minutes = *hour * 60 + *minute;
  if (text.size() == 5) {
    return minutes;
  }
  const std::optional<Rational> seconds = base::ParseRational(text.substr(6));
  if (!seconds || *seconds < Rational(0) || *seconds >= Rational(60)) {
    return std::nullopt;
  }
  return minutes + *seconds / Rational(60);
}

std::optional<Rational> ParseBoolean(std::string_view text) {
  const std::string folded = base::Fold(text);
  if (folded == "si" || folded == "yes") {
    return Rational(1);
  }
  return folded == "no" ? std::optional<Rational>(0) : std::nullopt;
}

}  // namespace

std::string FormatCell(const rules::Ruleset& rules, const rules::Type& type, const Value& value) {
  if (value.absent) {
    return "";
  }
  switch (type.base) {
    case Base::Count:
    case Base::Minutes:
    case Base::Days:
    case Base::Years:
    case Base::Bolivianos:
      return Fraction(value.number);
    default:
      return rules::FormatValue(rules, type, value);
  }
}

std::optional<Rational> ParseCell(const rules::Ruleset& rules, const rules::Type& type,
                                  std::string_view text) {
  try {
    switch (type.base) {
      case Base::Boolean:
        return ParseBoolean(text);
      case Base::Date: {
        const std::optional<Date> date = base::ParseDate(text);
        return date ? std::optional<Rational>(date->days()) : std::nullopt;
      }
      case Base::TimeOfDay:
        return ParseTime(text);
      case Base::Enumeration: {
        const int value = rules.FindEnumValue(type.enumeration, text);
        return value < 0 ? std::nullopt : std::optional<Rational>(value);
      }
      default:
        return base::ParseRational(text);
    }
  } catch (const base::ArithmeticError&) {
    return std::nullopt;  // more digits than an exact number holds
  }
}

base::Text CellSyntax(const rules::Ruleset& rules, const rules::Type& type) {
  switch (type.base) {
    case Base::Boolean:
      return {"escriba sí o no", "write sí or no"};
    case Base::Date:
      return {"escriba una fecha que exista, como 2025-03-31",
              "write a date that exists, as 2025-03-31"};
    case Base::TimeOfDay:
      return {"escriba una hora como 08:41 o 08:41:30", "write a time such as 08:41 or 08:41:30"};
    case Base::Enumeration: {
      const rules::Enumeration& enumeration = rules.enumerations[type.enumeration.index()];
      return {"escriba un valor de «" + enumeration.name + "»",
              "write a value of '" + enumeration.name + "'"};
    }
    default:
      return {"escriba un número sin unidad, como 3, 1/2 o 0,5 (con comas, entre comillas)",
              "write a number without unit, as 3, 1/2 or \"0,5\""};
  }
}

}  // namespace cotejo::evaluation
