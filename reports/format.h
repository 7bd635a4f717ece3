// Numbers, dates and quantities as each language writes them, and plain-text layout.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/base/date.h"
#include "model/base/text.h"
#include "scenarios/year/results.h"

namespace cotejo::reports {

// "1.234,56" in Spanish, "1,234.56" in English; a true minus sign; "—" when there is no
// number (not finite). A value that rounds to zero has no sign.
// "1 fila", "2.929 filas".
std::string FormatCount(std::int64_t count, const base::Text& one, const base::Text& many,
                        base::Language language);
std::string FormatNumber(double value, int decimals, base::Language language);
std::string FormatInteger(std::int64_t value, base::Language language);
// With its sign: "+1,50", "−1,50". Exactly zero is "0"; what only rounds to it is "≈ 0".
std::string FormatSigned(double value, int decimals, base::Language language);

// "lun 3 mar 2025" / "Mon 3 Mar 2025"
std::string FormatDate(base::Date date, base::Language language);
// "lun 3" / "Mon 3", under the heading of its month
std::string FormatDay(base::Date date, base::Language language);
// "3 de marzo de 2025" / "3 March 2025"
std::string FormatLongDate(base::Date date, base::Language language);
// "marzo de 2025" / "March 2025"
std::string FormatMonth(base::Date date, base::Language language);
// "ene" … "dic"; month from 1
std::string ShortMonth(unsigned month, base::Language language);

// A statistic of a cell is already in the unit shown (integer / scale): days, Bs …
int Decimals(const year::Cell& cell);
std::string FormatCell(const year::Cell& cell, double statistic, base::Language language);
std::string FormatCellChange(const year::Cell& cell, double statistic, base::Language language);
std::string FormatCellInterval(const year::Cell& cell, double low, double high,
                               base::Language language);
std::string FormatCellChangeInterval(const year::Cell& cell, double low, double high,
                                     base::Language language);

// ---- Plain text ------------------------------------------------------------------

// Columns a terminal needs: code points, combining marks left out.
std::size_t DisplayWidth(std::string_view utf8);
std::string PadRight(std::string text, std::size_t width);
std::string PadLeft(const std::string& text, std::size_t width);
// Cut to `width` columns with "…" at the end.
std::string Shorten(std::string_view utf8, std::size_t width);
// Lines no wider than `width`, broken at spaces; a longer word stays whole.
std::vector<std::string> Wrap(std::string_view text, std::size_t width);
// First letter in upper case, for a text that opens a sentence in a page.
std::string Capitalised(std::string_view utf8);

}  // namespace cotejo::reports
