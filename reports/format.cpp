#include "reports/format.h"

#include <fmt/format.h>

#include <array>
#include <cmath>

namespace cotejo::reports {

namespace {

constexpr std::string_view kMinus = "−";
constexpr std::string_view kNoNumber = "—";

using Names = std::array<std::string_view, 12>;
constexpr Names kMonthsEs = {"enero", "febrero", "marzo",      "abril",   "mayo",      "junio",
                             "julio", "agosto",  "septiembre", "octubre", "noviembre", "diciembre"};
constexpr Names kMonthsEn = {"January", "February", "March",     "April",   "May",      "June",
                             "July",    "August",   "September", "October", "November", "December"};
constexpr std::array<std::string_view, 7> kDaysEs = {"lun", "mar", "mié", "jue",
                                                     "vie", "sáb", "dom"};
constexpr std::array<std::string_view, 7> kDaysEn = {"Mon", "Tue", "Wed", "Thu",
                                                     "Fri", "Sat", "Sun"};

bool English(base::Language language) { return language == base::Language::English; }

std::string_view MonthName(unsigned month, base::Language language) {
  return (English(language) ? kMonthsEn : kMonthsEs)[month - 1];
}

// Digits of |value| with separators; no sign.
std::string Magnitude(double value, int decimals, base::Language language) {
  const std::string digits = fmt::format("{:.{}f}", std::fabs(value), decimals);
  const std::size_t point = digits.find('.');
  const std::string whole = digits.substr(0, point);
  const char group = English(language) ? ',' : '.';
  std::string out;
  for (std::size_t i = 0; i < whole.size(); ++i) {
    if (i > 0 && (whole.size() - i) % 3 == 0) out += group;
    out += whole[i];
  }
  if (point != std::string::npos) {
    out += English(language) ? '.' : ',';
    out += digits.substr(point + 1);
  }
  return out;
}

bool RoundsToZero(const std::string& magnitude) {
  return magnitude.find_first_of("123456789") == std::string::npos;
}

std::size_t SequenceLength(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xF0) return 4;
  if (lead >= 0xE0) return 3;
  return 2;
}

// U+0300 .. U+036F, which take no column of their own.
bool IsCombining(std::string_view utf8, std::size_t at) {
  const auto a = static_cast<unsigned char>(utf8[at]);
  const auto b = at + 1 < utf8.size() ? static_cast<unsigned char>(utf8[at + 1]) : 0U;
  return a == 0xCC || (a == 0xCD && b <= 0xAF);
}

}  // namespace

std::string FormatNumber(double value, int decimals, base::Language language) {
  if (!std::isfinite(value)) return std::string(kNoNumber);
  const std::string magnitude = Magnitude(value, decimals, language);
  if (value < 0 && !RoundsToZero(magnitude)) return std::string(kMinus) + magnitude;
  return magnitude;
}

std::string FormatInteger(std::int64_t value, base::Language language) {
  return FormatNumber(static_cast<double>(value), 0, language);
}

std::string FormatCount(std::int64_t count, const base::Text& one, const base::Text& many,
                        base::Language language) {
  return FormatInteger(count, language) + " " + (count == 1 ? one : many).in(language);
}

std::string FormatSigned(double value, int decimals, base::Language language) {
  if (!std::isfinite(value)) return std::string(kNoNumber);
  if (value == 0) return "0";
  const std::string magnitude = Magnitude(value, decimals, language);
  if (RoundsToZero(magnitude)) return "≈ 0";
  return (value < 0 ? std::string(kMinus) : std::string("+")) + magnitude;
}

std::string FormatDay(base::Date date, base::Language language) {
  const auto& days = English(language) ? kDaysEn : kDaysEs;
  return fmt::format("{} {}", days[date.weekday() - 1], date.day());
}

std::string FormatDate(base::Date date, base::Language language) {
  return fmt::format("{} {} {}", FormatDay(date, language), ShortMonth(date.month(), language),
                     date.year());
}

std::string FormatLongDate(base::Date date, base::Language language) {
  return fmt::format(fmt::runtime(English(language) ? "{} {} {}" : "{} de {} de {}"), date.day(),
                     MonthName(date.month(), language), date.year());
}

std::string FormatMonth(base::Date date, base::Language language) {
  return fmt::format(fmt::runtime(English(language) ? "{} {}" : "{} de {}"),
                     MonthName(date.month(), language), date.year());
}

std::string ShortMonth(unsigned month, base::Language language) {
  return std::string(MonthName(month, language).substr(0, 3));
}

int Decimals(const year::Cell& cell) {
  // Means of counts keep decimals too: 0,04 destitutions a year is not none.
  return cell.unit == year::CellUnit::Persons ? 1 : 2;
}

std::string FormatCell(const year::Cell& cell, double statistic, base::Language language) {
  return FormatNumber(statistic, Decimals(cell), language);
}

std::string FormatCellChange(const year::Cell& cell, double statistic, base::Language language) {
  return FormatSigned(statistic, Decimals(cell), language);
}

std::string FormatCellInterval(const year::Cell& cell, double low, double high,
                               base::Language language) {
  if (!std::isfinite(low) || !std::isfinite(high)) return std::string(kNoNumber);
  return FormatCell(cell, low, language) + (English(language) ? " to " : " a ") +
         FormatCell(cell, high, language);
}

std::string FormatCellChangeInterval(const year::Cell& cell, double low, double high,
                                     base::Language language) {
  if (!std::isfinite(low) || !std::isfinite(high)) return std::string(kNoNumber);
  if (low == 0 && high == 0) return "0";
  return FormatCellChange(cell, low, language) + (English(language) ? " to " : " a ") +
         FormatCellChange(cell, high, language);
}

std::size_t DisplayWidth(std::string_view utf8) {
  std::size_t width = 0;
  for (std::size_t i = 0; i < utf8.size();) {
    if (!IsCombining(utf8, i)) ++width;
    i += SequenceLength(static_cast<unsigned char>(utf8[i]));
  }
  return width;
}

std::string PadRight(std::string text, std::size_t width) {
  const std::size_t used = DisplayWidth(text);
  if (used < width) text.append(width - used, ' ');
  return text;
}

std::string PadLeft(const std::string& text, std::size_t width) {
  const std::size_t used = DisplayWidth(text);
  return used < width ? std::string(width - used, ' ') + text : text;
}

std::string Shorten(std::string_view utf8, std::size_t width) {
  if (DisplayWidth(utf8) <= width) return std::string(utf8);
  if (width == 0) return "";
  std::size_t end = 0;
  for (std::size_t columns = 0; end < utf8.size();) {
    if (!IsCombining(utf8, end) && ++columns >= width) break;
    end += SequenceLength(static_cast<unsigned char>(utf8[end]));
  }
  while (end > 0 && utf8[end - 1] == ' ') --end;
  return std::string(utf8.substr(0, end)) + "…";
}

std::vector<std::string> Wrap(std::string_view text, std::size_t width) {
  std::vector<std::string> lines;
  std::string line;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t space = std::min(text.find(' ', at), text.size());
    const std::string_view word = text.substr(at, space - at);
    at = space + 1;
    if (word.empty()) continue;
    if (!line.empty() && DisplayWidth(line) + 1 + DisplayWidth(word) > width) {
      lines.push_back(std::move(line));
      line.clear();
    }
    if (!line.empty()) line += ' ';
    line += word;
  }
  if (!line.empty()) lines.push_back(std::move(line));
  return lines;
}

std::string Capitalised(std::string_view utf8) {
  std::string out(utf8);
  if (out.empty()) return out;
  if (out[0] >= 'a' && out[0] <= 'z') {
    out[0] = static_cast<char>(out[0] - 'a' + 'A');
  } else if (out.size() > 1 && out[0] == '\xC3') {
    // á é í ó ú ñ ü …: U+00E0 .. U+00FE, less the division sign.
    const auto second = static_cast<unsigned char>(out[1]);
    if (second >= 0xA0 && second <= 0xBE && second != 0xB7) {
      out[1] = static_cast<char>(second - 0x20);
    }
  }
  return out;
}

}  // namespace cotejo::reports
