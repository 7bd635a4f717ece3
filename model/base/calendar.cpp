#include "model/base/calendar.h"

#include <algorithm>
#include <array>
#include <utility>

#include "model/base/csv.h"

namespace cotejo::base {
namespace {

constexpr std::string_view kNational = "nacional";
constexpr std::array<std::string_view, 5> kColumns = {"fecha", "ambito", "nombre", "base", "nota"};
constexpr std::size_t kRequiredColumns = 4;  // `nota` may be missing

// "LA PAZ", "la_paz" and "La Paz" are one scope.
std::string FoldScope(std::string_view scope) {
  std::string folded = Fold(scope);
  std::replace(folded.begin(), folded.end(), '_', ' ');
  return folded;
}

void AddRowError(const SourceMap& sources, const CsvTable& table, const CsvRow& row,
                 std::string code, const Text& what, Text hint, Diagnostics& diagnostics) {
  const std::string number = std::to_string(row.line);
  diagnostics.Add({std::move(code),
                   Severity::Error,
                   table.span(sources, row),
                   {"fila " + number + ": " + what.es, "row " + number + ": " + what.en},
                   std::move(hint),
                   {}});
}

bool CheckHeader(const SourceMap& sources, const CsvTable& table, Diagnostics& diagnostics) {
  const CsvRow empty;
  const CsvRow& header = table.rows.empty() ? empty : table.rows.front();
  bool good = header.fields.size() >= kRequiredColumns && header.fields.size() <= kColumns.size();
  for (std::size_t i = 0; good && i < header.fields.size(); ++i) {
    good = Fold(header.fields[i]) == kColumns[i];
  }
  if (good) return true;
  diagnostics.Add({"feriados-encabezado",
                   Severity::Error,
                   LineSpan(sources, table.file, std::max(header.line, 1)),
                   {"el encabezado no es el de un archivo de feriados",
                    "the header is not that of a holidays file"},
                   {"se espera fecha,ambito,nombre,base o lo mismo con ,nota",
                    "expected fecha,ambito,nombre,base or the same with ,nota"},
                   {}});
  return false;
}

std::optional<Holiday> ReadRow(const SourceMap& sources, const CsvTable& table, const CsvRow& row,
                               Diagnostics& diagnostics) {
  const std::size_t expected = table.rows.front().fields.size();
  if (row.fields.size() != expected) {
    const std::string got = std::to_string(row.fields.size());
    const std::string wanted = std::to_string(expected);
    AddRowError(sources, table, row, "csv-columnas",
                {"tiene " + got + " campos y el encabezado " + wanted,
                 "it has " + got + " fields and the header " + wanted},
                {"un texto con comas va entre comillas", "a text with commas goes in quotes"},
                diagnostics);
    return std::nullopt;
  }
  const auto date = ParseDate(row.fields[0]);
  if (!date) {
    AddRowError(
        sources, table, row, "feriados-fecha",
        {"«" + row.fields[0] + "» no es una fecha", "\"" + row.fields[0] + "\" is not a date"},
        {"se escribe año-mes-día, como 2025-08-06", "written year-month-day, as 2025-08-06"},
        diagnostics);
    return std::nullopt;
  }
  for (const std::size_t column : {std::size_t{1}, std::size_t{2}}) {
    if (!row.fields[column].empty()) continue;
    const std::string name(kColumns[column]);
    AddRowError(sources, table, row, "feriados-campo-vacio",
                {"el campo «" + name + "» está vacío", "the field \"" + name + "\" is empty"},
                {"el ámbito es NACIONAL o un departamento",
                 "the scope (ambito) is NACIONAL or a department"},
                diagnostics);
    return std::nullopt;
  }
  return Holiday{*date, FoldScope(row.fields[1]), row.fields[2], row.fields[3]};
}

}  // namespace

void Calendar::Add(Holiday holiday) {
  holiday.scope = FoldScope(holiday.scope);
  by_scope_[holiday.scope].insert(holiday.date);
  if (holiday.scope == kNational) years_.insert(holiday.date.year());
  holidays_.push_back(std::move(holiday));
}

bool Calendar::IsWorkingDay(Date date, std::string_view scope) const {
  return !WorkingDays(date, date, scope).empty();
}

std::vector<Date> Calendar::WorkingDays(Date from, Date to, std::string_view scope) const {
  const std::set<Date> none;
  const auto of = [&](std::string_view folded) -> const std::set<Date>& {
    const auto found = by_scope_.find(folded);
    return found == by_scope_.end() ? none : found->second;
  };
  const std::set<Date>& national = of(kNational);
  const std::set<Date>& own = of(FoldScope(scope));
  constexpr unsigned kFriday = 5;
  std::vector<Date> days;
  for (Date date = from; date <= to; date = date.plus_days(1)) {
    const bool works = date.weekday() <= kFriday && !national.contains(date) && !own.contains(date);
    if (works) days.push_back(date);
  }
  return days;
}

int Calendar::CountWorkingDays(Date from, Date to, std::string_view scope) const {
  return static_cast<int>(WorkingDays(from, to, scope).size());
}

Calendar ReadHolidays(SourceMap& sources, const std::string& path, Diagnostics& diagnostics) {
  Calendar calendar;
  const auto table = ReadCsv(sources, path, diagnostics);
  if (!table || !CheckHeader(sources, *table, diagnostics)) return calendar;
  std::set<std::pair<Date, std::string>> seen;
  for (std::size_t i = 1; i < table->rows.size(); ++i) {
    const CsvRow& row = table->rows[i];
    auto holiday = ReadRow(sources, *table, row, diagnostics);
    if (!holiday) continue;
    if (!seen.insert({holiday->date, holiday->scope}).second) {
      AddRowError(sources, *table, row, "feriados-repetido",
                  {"el " + holiday->date.str() + " ya es feriado en «" + row.fields[1] + "»",
                   holiday->date.str() + " is already a holiday in \"" + row.fields[1] + "\""},
                  {"deje una sola fila por fecha y ámbito", "keep one row per date and scope"},
                  diagnostics);
      continue;
    }
    calendar.Add(std::move(*holiday));
  }
  return calendar;
}

}  // namespace cotejo::base
