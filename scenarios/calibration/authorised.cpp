#include "scenarios/calibration/authorised.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>
#include <tuple>

#include "model/base/csv.h"
#include "model/base/file.h"
#include "model/base/joined.h"
#include "scenarios/calibration/forms.h"
#include "scenarios/calibration/records.h"
#include "scenarios/population/sheet.h"

namespace cotejo::calibration {
namespace {

using base::Date;
using base::Text;

constexpr std::size_t kExamples = 3;
constexpr std::int32_t kMostDays = 366;  // of one absence: a longer one is a mistake of typing

struct Columns {
  int id = -1, from = -1, to = -1, shift = -1;
};

// By the heading, whatever the order; without one, in the order of the documentation.
std::optional<Columns> ColumnsOf(const std::vector<std::string>& heading) {
  Columns columns;
  for (std::size_t i = 0; i < heading.size(); ++i) {
    const std::string name = PlainHeading(heading[i]);
    const auto is = [&](std::initializer_list<std::string_view> names) {
      return std::find(names.begin(), names.end(), name) != names.end();
    };
    int* column = nullptr;
    if (IsIdHeading(name)) column = &columns.id;
    if (is({"desde", "inicio", "fechadesde", "fechainicio", "fechadeinicio", "del", "from"}))
      column = &columns.from;
    if (is({"hasta", "fin", "fechahasta", "fechafin", "fechadefin", "al", "to"}))
      column = &columns.to;
    if (is({"tramo", "turno", "shift"})) column = &columns.shift;
    if (column != nullptr && *column < 0) *column = static_cast<int>(i);
  }
  if (columns.id < 0 || columns.from < 0) return std::nullopt;
  return columns;
}

// Columns with something in them of which nothing is taken.
struct Unread {
  std::vector<std::string> names;
  std::string of_days;  // the first whose cells are dates
};

Unread UnreadColumns(const std::vector<base::CsvRow>& rows, const Columns& columns) {
  const std::set<int> read = {columns.id, columns.from, columns.to, columns.shift};
  const std::vector<std::string>& heading = rows.front().fields;
  Unread unread;
  for (std::size_t column = 0; column < heading.size(); ++column) {
    if (read.contains(static_cast<int>(column))) continue;
    const std::string name =
        heading[column].empty() ? "#" + std::to_string(column + 1) : heading[column];
    bool something = false;
    bool days = true;
    for (std::size_t i = 1; i < rows.size(); ++i) {
      if (column >= rows[i].fields.size() || rows[i].fields[column].empty()) continue;
      something = true;
      days = days && ReadDay(rows[i].fields[column]);
    }
    if (!something) continue;
    unread.names.push_back(name);
    if (days && unread.of_days.empty()) unread.of_days = name;
  }
  return unread;
}

class Reading {
 public:
  Reading(const std::string& key, const Hours& hours, Authorised& out)
      : key_(key), hours_(hours), out_(out) {}

  void Take(const base::CsvRow& row, const Columns& columns) {
    const auto cell = [&](int column) -> std::string {
      const auto at = static_cast<std::size_t>(column);
      return column >= 0 && at < row.fields.size() ? row.fields[at] : "";
    };
    AuthorisedAbsence absence;
    absence.person = PersonOfDocument(key_, cell(columns.id));
    const auto from = ReadDay(cell(columns.from));
    const std::string last = cell(columns.to);
    const auto to = last.empty() ? from : ReadDay(last);
    if (absence.person.empty())
      return Tally(row, Outcome::Rejected, {"falta de quién es", "whose it is is missing"});
    if (IsSpoiltDocument(cell(columns.id))) return Tally(row, Outcome::Rejected, SpoiltDocument());
    if (!from || !to) {
      return Tally(row, Outcome::Rejected,
                   {"una fecha que no existe o no se entiende",
                    "a date that does not exist or cannot be read"});
    }
    absence.from = *from;
    absence.to = *to;
    if (*to < *from || kMostDays < to->days() - from->days()) {
      return Tally(row, Outcome::Rejected,
                   {"termina antes de empezar, o más de un año después",
                    "ends before it begins, or more than a year after"});
    }
    const std::string shift = cell(columns.shift);
    if (!shift.empty()) {
      const auto [end, error] =
          std::from_chars(shift.data(), shift.data() + shift.size(), absence.shift);
      if (error != std::errc() || end != shift.data() + shift.size() || absence.shift < 1 ||
          absence.from < absence.to) {
        return Tally(row, Outcome::Rejected,
                     {"el tramo es un número desde 1, de un solo día",
                      "the shift is a number from 1, of a single day"});
      }
    }
    if (!HasShift(absence)) {
      return Tally(row, Outcome::Rejected,
                   {"ese día no tiene ese tramo", "that day has no such shift"});
    }
    out_.absences.push_back(absence);
    if (last.empty()) {
      return Tally(row, Outcome::Inferred,
                   {"sin último día: es de uno solo", "without a last day: it is of one day"});
    }
    Tally(row, Outcome::Accepted, {"con su primer y su último día", "with its first and last day"});
  }

 private:
  // Of days whose hours are not known it cannot be told.
  [[nodiscard]] bool HasShift(const AuthorisedAbsence& absence) const {
    if (absence.shift == 0) return true;
    const Timetable& days = hours_.timetable(absence.person);
    if (days.empty() || absence.from < days.front().date || days.back().date < absence.from ||
        hours_.unknown.contains(absence.from))
      return true;
    const WorkDay* day = DayOf(days, absence.from);
    return day != nullptr && absence.shift <= static_cast<std::int32_t>(day->shifts.size());
  }

  // Never a cell: it may be a document.
  void Tally(const base::CsvRow& row, Outcome outcome, Text reason) {
    std::vector<RowTally>& tallies = out_.preview.tallies;
    auto same = std::find_if(tallies.begin(), tallies.end(), [&](const RowTally& tally) {
      return tally.outcome == outcome && tally.reason == reason;
    });
    if (same == tallies.end()) same = tallies.insert(same, {outcome, std::move(reason), 0, {}});
    ++same->rows;
    ++out_.preview.rows;
    if (same->examples.size() < kExamples) same->examples.push_back({row.line, ""});
  }

  const std::string& key_;
  const Hours& hours_;
  Authorised& out_;
};

}  // namespace

std::optional<Authorised> ReadAuthorised(const std::string& path, const std::string& key,
                                         const Hours& hours, base::Diagnostics& diagnostics) {
  const auto refuse = [&](Text message) -> std::optional<Authorised> {
    diagnostics.Add({"calibrar-ausencias",
                     base::Severity::Error,
                     {},
                     std::move(message),
                     {"se lee: documento, desde, hasta y, si es de un tramo, tramo",
                      "this is read: documento, desde, hasta and, if it is of a shift, tramo"},
                     {}});
    return std::nullopt;
  };
  auto bytes = base::ReadBytes(path, diagnostics);
  if (!bytes) return std::nullopt;
  auto decoded = population::Decode(*bytes);
  if (!decoded) {
    return refuse({"«" + path + "» no es texto en UTF-8, UTF-16LE ni Windows-1252",
                   "'" + path + "' is no text in UTF-8, UTF-16LE or Windows-1252"});
  }
  const char separator = SeparatorOf(decoded->text);
  base::SourceMap own;
  base::Diagnostics problems;
  const base::CsvTable table =
      base::ParseCsv(own, own.Add(path, std::move(decoded->text)), problems, separator);
  Authorised authorised;
  const std::string how = separator == '\t' ? "tab" : std::string(1, separator);
  authorised.preview = {
      path,
      {"lista de ausencias autorizadas; separador «" + how + "»; " + decoded->encoding,
       "list of authorised absences; separator '" + how + "'; " + decoded->encoding},
      0,
      {}};
  const std::optional<Columns> named =
      table.rows.empty() ? std::nullopt : ColumnsOf(table.rows.front().fields);
  if (named) {
    const Unread unread = UnreadColumns(table.rows, *named);
    // It may well be the last day, under a name that is not known.
    if (named->to < 0 && !unread.of_days.empty()) {
      return refuse({"«" + path + "» no tiene la columna «hasta», y de «" + unread.of_days +
                         "», que tiene fechas, no se sabe qué es",
                     "'" + path + "' has no column 'hasta', and of '" + unread.of_days +
                         "', which has dates, it is not known what it is"});
    }
    if (!unread.names.empty()) {
      authorised.preview.read_as.es += "; no se lee: " + base::Joined(unread.names);
      authorised.preview.read_as.en += "; not read: " + base::Joined(unread.names);
    }
  }
  Reading reading(key, hours, authorised);
  for (std::size_t i = named ? 1 : 0; i < table.rows.size(); ++i)
    reading.Take(table.rows[i], named.value_or(Columns{0, 1, 2, 3}));
  // Each says its line, and shows nothing of it.
  for (const base::Diagnostic& problem : problems.all())
    refuse({path + ": " + problem.message.es, path + ": " + problem.message.en});
  if (!problems.all().empty()) return std::nullopt;
  if (authorised.absences.empty()) {
    return refuse(
        {"ninguna fila de «" + path + "» se pudo leer", "no row of '" + path + "' could be read"});
  }
  std::stable_sort(authorised.absences.begin(), authorised.absences.end(),
                   [](const AuthorisedAbsence& a, const AuthorisedAbsence& b) {
                     return std::tie(a.person, a.from) < std::tie(b.person, b.from);
                   });
  std::stable_sort(authorised.preview.tallies.begin(), authorised.preview.tallies.end(),
                   [](const RowTally& a, const RowTally& b) { return a.outcome < b.outcome; });
  return authorised;
}

bool Excuse(Attendance& attendance, const Authorised& authorised) {
  std::set<Date> months;  // in which the list has somebody
  std::set<std::string> people;
  std::set<std::string> strangers;
  for (const PersonShifts& person : attendance.people) people.insert(person.person);
  for (const AuthorisedAbsence& absence : authorised.absences) {
    if (!people.contains(absence.person)) {
      strangers.insert(absence.person);
      continue;
    }
    for (Date month = absence.from.first_of_month(); month <= absence.to;
         month = month.first_of_next_month())
      months.insert(month);
  }
  std::int64_t seen = 0;
  std::set<Date> left_out;
  for (PersonShifts& person : attendance.people) {
    for (ShiftRecord& shift : person.shifts) {
      if (months.contains(shift.date.first_of_month())) continue;
      left_out.insert(shift.date.first_of_month());
      shift.excused = true;
    }
    auto absence = std::lower_bound(
        authorised.absences.begin(), authorised.absences.end(), person.person,
        [](const AuthorisedAbsence& a, const std::string& id) { return a.person < id; });
    for (; absence != authorised.absences.end() && absence->person == person.person; ++absence) {
      auto shift =
          std::lower_bound(person.shifts.begin(), person.shifts.end(), absence->from,
                           [](const ShiftRecord& record, Date date) { return record.date < date; });
      for (; shift != person.shifts.end() && shift->date <= absence->to; ++shift) {
        if (absence->shift != 0 && shift->shift != absence->shift) continue;
        if (!shift->excused && (shift->entry || shift->exit)) ++seen;
        shift->excused = true;
      }
    }
  }
  std::vector<QualityIssue>& issues = attendance.quality.issues;
  issues.push_back({{"tramos autorizados en que la persona marcó",
                     "authorised shifts in which the person punched"},
                    seen,
                    {},
                    {"su llegada cuenta; para las inasistencias no se miran",
                     "the arrival counts; for absences they are not looked at"},
                    true});
  issues.push_back({{"personas de la lista de ausencias sin marcaciones",
                     "people of the list of absences without punches"},
                    static_cast<std::int64_t>(strangers.size()),
                    {},
                    {"no cuentan", "they do not count"},
                    true});
  QualityIssue silent{{"meses completos sin nadie en la lista de ausencias",
                       "full months with nobody in the list of absences"},
                      static_cast<std::int64_t>(left_out.size()),
                      {},
                      {"no se miran para las inasistencias: la lista puede no llegar hasta ahí",
                       "not looked at for absences: the list may not go so far"},
                      true};
  for (const Date month : left_out) silent.examples.push_back(month.str().substr(0, 7));
  issues.push_back(std::move(silent));
  return !months.empty();
}

}  // namespace cotejo::calibration
