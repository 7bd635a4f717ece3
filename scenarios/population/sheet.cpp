// A list of people as rows, from CSV or xlsx.
#include <algorithm>
#include <charconv>

#include "model/base/file.h"
#include "model/base/program.h"
#include "model/base/utf8.h"
#include "scenarios/population/staff_list.h"

namespace cotejo::population {
namespace {

constexpr std::string_view kZip = "PK\x03\x04";             // an xlsx is one
constexpr std::string_view kOldExcel = "\xD0\xCF\x11\xE0";  // .xls

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

std::optional<Sheet> ReadXlsx(const std::string& path, const std::string& name,
                              const std::string& program, base::Diagnostics& diagnostics) {
  std::vector<std::string> arguments = {"--dateformat", "%Y-%m-%d", "--floatformat", "%f",
                                        "--no-line-breaks"};
  if (!name.empty()) arguments.insert(arguments.end(), {"--sheetname", name});
  arguments.push_back(base::PathArgument(path));
  base::ProgramOutput output = base::RunProgram(program, arguments);
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
  arguments.insert(arguments.begin(), {"--ignore-formats", "date"});
  base::ProgramOutput numbers = base::RunProgram(program, arguments);
  const auto plain = Parse(path, std::move(numbers.text), ',', {}, diagnostics);
  if (!plain) return std::nullopt;
  if (CountsFrom1904(*rows, plain->rows)) {
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
  std::string encoding = "UTF-8";
  if (base::FirstInvalidByte(*bytes)) {
    if (auto converted = base::FromWindows1252(*bytes)) {
      bytes = std::move(converted);
      encoding = "Windows-1252";
    }
  }
  if (!base::CheckText(path, *bytes, diagnostics)) return std::nullopt;
  const char separator = base::DelimiterOf(*bytes);
  base::Text read_as = {"CSV con «" + Shown(separator) + "», en " + encoding,
                        "CSV with '" + Shown(separator) + "', in " + encoding};
  return Parse(path, std::move(*bytes), separator, std::move(read_as), diagnostics);
}

}  // namespace cotejo::population
