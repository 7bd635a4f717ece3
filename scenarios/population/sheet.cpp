// A list of people as rows, from CSV or xlsx.
#include "scenarios/population/sheet.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <set>

#include "model/base/file.h"
#include "model/base/program.h"
#include "model/base/utf8.h"
#include "scenarios/population/staff_list.h"

namespace cotejo::population {
namespace {

constexpr std::string_view kZip = "PK\x03\x04";             // an xlsx is one
constexpr std::string_view kOldExcel = "\xD0\xCF\x11\xE0";  // .xls

void AppendUtf8(std::string& text, char32_t point) {
  const auto add = [&](char32_t byte) { text += static_cast<char>(byte); };
  if (point < 0x80) return add(point);
  if (point < 0x800) {
    add(0xC0 | (point >> 6));
  } else {
    if (point < 0x10000) {
      add(0xE0 | (point >> 12));
    } else {
      add(0xF0 | (point >> 18));
      add(0x80 | ((point >> 12) & 0x3F));
    }
    add(0x80 | ((point >> 6) & 0x3F));
  }
  add(0x80 | (point & 0x3F));
}

// Little endian, after its mark; nothing for half a unit or half a pair.
std::optional<std::string> FromUtf16(std::string_view bytes) {
  if (bytes.size() % 2 != 0) return std::nullopt;
  const auto unit = [&](std::size_t at) {
    return static_cast<char32_t>(static_cast<unsigned char>(bytes[at]) |
                                 static_cast<unsigned char>(bytes[at + 1]) << 8U);
  };
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); i += 2) {
    char32_t point = unit(i);
    if (point >= 0xD800 && point < 0xE000) {
      if (point >= 0xDC00 || i + 2 >= bytes.size()) return std::nullopt;
      const char32_t low = unit(i += 2);
      if (low < 0xDC00 || low >= 0xE000) return std::nullopt;
      point = 0x10000 + ((point - 0xD800) << 10) + (low - 0xDC00);
    }
    AppendUtf8(text, point);
  }
  return text;
}

std::nullopt_t Refuse(base::Diagnostics& diagnostics, const char* code, base::Text message,
                      base::Text hint) {
  diagnostics.Add({code, base::Severity::Error, {}, std::move(message), std::move(hint), {}});
  return std::nullopt;
}

// Parsed in a source map of its own: a diagnostic that could point at a line would show it.
std::optional<Sheet> Parse(const std::string& path, std::string text, char separator,
                           base::Text read_as, base::Diagnostics& diagnostics) {
  base::SourceMap own;
  base::Diagnostics problems;
  const base::FileId file = own.Add(path, std::move(text));
  Sheet sheet{path, std::move(read_as), base::ParseCsv(own, file, problems, separator).rows};
  for (const base::Diagnostic& problem : problems.all()) {
    diagnostics.Add({problem.code,
                     problem.severity,
                     {},
                     {path + ": " + problem.message.es, path + ": " + problem.message.en},
                     problem.hint,
                     {}});
  }
  std::erase_if(sheet.rows, [](const base::CsvRow& row) {
    return std::all_of(row.fields.begin(), row.fields.end(),
                       [](const std::string& cell) { return cell.empty(); });
  });
  if (problems.has_errors()) return std::nullopt;
  if (sheet.rows.size() < 2) {
    return Refuse(diagnostics, "lista-vacía",
                  {"«" + path + "» no tiene cabecera y una persona al menos",
                   "'" + path + "' does not have a header and a person at least"},
                  {"la primera fila nombra las columnas", "the first row names the columns"});
  }
  return sheet;
}

// Numbers come with six decimals whatever a cell shows of them, so that none is rounded off; the
// zeros among those are no part of it.
void DropZeros(std::string& cell) {
  constexpr std::size_t kDecimals = 6;
  const std::size_t point = cell.find('.');
  if (point == std::string::npos || cell.size() - point != kDecimals + 1 ||
      cell.find_first_not_of("0123456789", point + 1) != std::string::npos ||
      cell.find_first_not_of("-0123456789") != point)
    return;
  cell.erase(cell.find_last_not_of('0') + 1);
  if (cell.ends_with('.')) cell.pop_back();
}

// Whether some date is not the one that its number is, counted from the end of 1899: xlsx2csv
// counts from 1904 those of a file that says so, and those of one that says it does not with a 0.
bool CountsFrom1904(const Sheet& shown, const std::vector<base::CsvRow>& numbers) {
  const base::Date origin(1899, 12, 30);
  for (std::size_t r = 0; r < std::min(shown.rows.size(), numbers.size()); ++r) {
    const std::vector<std::string>& cells = shown.rows[r].fields;
    const std::vector<std::string>& raw = numbers[r].fields;
    for (std::size_t c = 0; c < std::min(cells.size(), raw.size()); ++c) {
      const auto date = base::ParseDate(cells[c]);
      std::int32_t days = 0;
      const auto [end, error] = std::from_chars(raw[c].data(), raw[c].data() + raw[c].size(), days);
      if (!date || cells[c] == raw[c] || error != std::errc()) continue;
      if (origin.plus_days(days) != *date) return true;
    }
  }
  return false;
}

bool IsPlainNumber(const std::string& text) {
  return !text.empty() && text.find_first_not_of("0123456789.") == std::string::npos &&
         std::count(text.begin(), text.end(), '.') <= 1;
}

// Whether a format of numbers was filled in as if it were one of dates: its places are left, apart
// from the words that it has in quotes.
bool IsFormatOfNumbers(const std::string& filled) {
  std::string places;
  bool quoted = false;
  for (const char c : filled) {
    if (c == '"') quoted = !quoted;
    if (!quoted) places += c;
  }
  const auto has = [&](const char* any) { return places.find_first_of(any) != std::string::npos; };
  return has("#") || (has("\"") && has("0") && !has("123456789"));
}

// xlsx2csv takes for dates, or for times when they are less than one, the numbers whose format has
// an "s" or a "d" in it: that of "Bs" or of "días". Their format, filled in, tells which they are;
// that of a time is not filled in, so those go with the numbers of their column. `numbers`: the
// cells as the file has them.
void PutNumbersBack(Sheet& shown, const std::vector<base::CsvRow>& numbers,
                    const std::vector<base::CsvRow>& filled) {
  std::set<std::size_t> columns;
  const auto each = [&](const auto& take) {
    const std::size_t rows = std::min({shown.rows.size(), numbers.size(), filled.size()});
    for (std::size_t r = 0; r < rows; ++r) {
      std::vector<std::string>& cells = shown.rows[r].fields;
      const std::vector<std::string>& raw = numbers[r].fields;
      for (std::size_t c = 0; c < std::min(cells.size(), raw.size()); ++c) {
        if (cells[c] != raw[c] && IsPlainNumber(raw[c]))
          take(r, c, cells[c], std::strtod(raw[c].c_str(), nullptr));
      }
    }
  };
  const auto put = [](std::string& cell, double number) {
    std::array<char, 64> text{};
    const int length = std::snprintf(text.data(), text.size(), "%.6f", number);
    cell.assign(text.data(), static_cast<std::size_t>(length));
  };
  each([&](std::size_t r, std::size_t c, std::string& cell, double number) {
    const std::vector<std::string>& cells = filled[r].fields;
    if (!base::ParseDate(cell) || c >= cells.size() || !IsFormatOfNumbers(cells[c])) return;
    columns.insert(c);
    put(cell, number);
  });
  each([&](std::size_t, std::size_t c, std::string& cell, double number) {
    const bool time = number < 1 && cell.find(':') != std::string::npos;
    if (time && columns.contains(c)) put(cell, number);
  });
}

std::optional<Sheet> ReadXlsx(const std::string& path, const std::string& name,
                              const std::string& program, base::Diagnostics& diagnostics) {
  const auto run = [&](std::vector<std::string> how) {
    how.insert(how.end(), {"--floatformat", "%f", "--no-line-breaks"});
    if (!name.empty()) how.insert(how.end(), {"--sheetname", name});
    how.push_back(base::PathArgument(path));
    return base::RunProgram(program, how);
  };
  base::ProgramOutput output = run({"--dateformat", "%Y-%m-%d"});
  if (!output.started) {
    return Refuse(diagnostics, "sin-xlsx2csv",
                  {"no se puede ejecutar xlsx2csv, que lee los xlsx",
                   "xlsx2csv, which reads xlsx files, cannot be run"},
                  {"instale xlsx2csv (./instalar) o guarde la hoja como CSV",
                   "install xlsx2csv (./instalar) or save the sheet as CSV"});
  }
  if (!output.succeeded || output.text.size() > base::kLargestTextFile) {
    const std::string of_es = name.empty() ? "" : " la hoja «" + name + "» de";
    const std::string of_en = name.empty() ? "" : " the sheet '" + name + "' of";
    return Refuse(diagnostics, "xlsx-ilegible",
                  {"xlsx2csv no pudo leer" + of_es + " " + path,
                   "xlsx2csv could not read" + of_en + " " + path},
                  {"compruebe que es un xlsx entero y sin contraseña, y cómo se llama la hoja",
                   "check that it is a whole xlsx without a password, and the sheet's name"});
  }
  if (!base::CheckText(path, output.text, diagnostics)) return std::nullopt;
  const std::string which_es = name.empty() ? "la primera hoja" : "la hoja «" + name + "»";
  const std::string which_en = name.empty() ? "the first sheet" : "the sheet '" + name + "'";
  auto rows = Parse(path, std::move(output.text), ',', {"xlsx, " + which_es, "xlsx, " + which_en},
                    diagnostics);
  if (!rows) return std::nullopt;
  const auto numbers =
      Parse(path, run({"--ignore-formats", "date", "time"}).text, ',', {}, diagnostics);
  const auto filled = Parse(path, run({}).text, ',', {}, diagnostics);
  if (!numbers || !filled) return std::nullopt;
  PutNumbersBack(*rows, numbers->rows, filled->rows);
  if (CountsFrom1904(*rows, numbers->rows)) {
    return Refuse(diagnostics, "xlsx-ilegible",
                  {"xlsx2csv cuenta las fechas de «" + path + "» desde 1904, y puede no ser así",
                   "xlsx2csv counts the dates of '" + path + "' from 1904, and that may be wrong"},
                  {"guarde la hoja como CSV, con las fechas como 2021-03-31",
                   "save the sheet as CSV, with dates such as 2021-03-31"});
  }
  // A sheet does not keep the cells after the last one written of a row.
  const std::size_t width = rows->rows.front().fields.size();
  for (base::CsvRow& row : rows->rows) {
    for (std::string& cell : row.fields) DropZeros(cell);
    row.fields.resize(std::max(width, row.fields.size()));
    while (row.fields.size() > width && row.fields.back().empty()) row.fields.pop_back();
  }
  return rows;
}

std::string Shown(char separator) {
  return separator == '\t' ? std::string("tab") : std::string(1, separator);
}

}  // namespace

std::optional<Decoded> Decode(const std::string& bytes) {
  constexpr std::string_view kMark8 = "\xEF\xBB\xBF";
  constexpr std::string_view kMark16 = "\xFF\xFE";
  std::optional<std::string> text;
  std::string encoding = "UTF-8";
  if (bytes.starts_with(kMark16)) {
    encoding = "UTF-16LE";
    text = FromUtf16(std::string_view(bytes).substr(kMark16.size()));
  } else if (base::FirstInvalidByte(bytes)) {
    encoding = "Windows-1252";
    text = base::FromWindows1252(bytes);
  } else {
    text = bytes.substr(bytes.starts_with(kMark8) ? kMark8.size() : 0);
  }
  if (!text || text->find('\0') != std::string::npos) return std::nullopt;
  return Decoded{std::move(*text), std::move(encoding)};
}

std::optional<Sheet> ReadSheet(const std::string& path, const std::string& sheet,
                               base::Diagnostics& diagnostics, const std::string& program) {
  std::optional<std::string> bytes = base::ReadBytes(path, diagnostics);
  if (!bytes) return std::nullopt;
  if (bytes->starts_with(kZip)) return ReadXlsx(path, sheet, program, diagnostics);
  if (bytes->starts_with(kOldExcel)) {
    return Refuse(diagnostics, "lista-xls",
                  {"«" + path + "» es un xls antiguo, o un xlsx con contraseña",
                   "'" + path + "' is an old xls, or an xlsx with a password"},
                  {"guárdelo como xlsx sin contraseña, o como CSV",
                   "save it as xlsx without a password, or as CSV"});
  }
  if (!sheet.empty()) {
    return Refuse(diagnostics, "lista-sin-hojas",
                  {"«" + path + "» no es un xlsx: no tiene hojas",
                   "'" + path + "' is not an xlsx: it has no sheets"},
                  {"quite --hoja", "leave --sheet out"});
  }
  auto decoded = Decode(*bytes);
  // Of what is no text it says which byte is none.
  if (!base::CheckText(path, decoded ? decoded->text : *bytes, diagnostics)) return std::nullopt;
  const char separator = base::DelimiterOf(decoded->text);
  base::Text read_as = {"CSV con «" + Shown(separator) + "», en " + decoded->encoding,
                        "CSV with '" + Shown(separator) + "', in " + decoded->encoding};
  return Parse(path, std::move(decoded->text), separator, std::move(read_as), diagnostics);
}

}  // namespace cotejo::population
