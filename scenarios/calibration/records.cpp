#include "scenarios/calibration/records.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "model/base/file.h"
#include "model/base/joined.h"
#include "scenarios/calibration/forms.h"
#include "scenarios/population/list_cells.h"
#include "scenarios/population/pseudonyms.h"
#include "scenarios/population/sheet.h"

namespace cotejo::calibration {
namespace {

using base::Text;

constexpr std::size_t kExamples = 3;
constexpr std::int32_t kOneMinute = 60;

const Text& Coded() {
  static const Text text = {"con su fecha, su hora y si es entrada o salida",
                            "with its date, its time, and whether it is an entry or an exit"};
  return text;
}
const Text& Uncoded() {
  static const Text text = {
      "sin código definido de entrada o salida: la primera del tramo es la entrada y la última, la "
      "salida",
      "no defined code of entry or exit: the first of a shift is the entry and the last, the exit"};
  return text;
}
const Text& Repeated() {
  static const Text text = {"repite otra de hace menos de un minuto: se toman por una",
                            "repeats another of less than a minute before: taken as one"};
  return text;
}
const Text& PartlyRepeated() {
  static const Text text = {
      "una de sus horas repite otra de hace menos de un minuto: las dos se toman por una",
      "one of its times repeats another of less than a minute before: both are taken as one"};
  return text;
}
const Text& AtMidnight() {
  static const Text text = {
      "con 00:00 donde no hubo marcación: varias en el archivo, y ninguna en la hora siguiente",
      "with 00:00 where there was no punch: several in the file, and none in the hour after"};
  return text;
}
const Text& Empty() {
  static const Text text = {"día sin ninguna marcación", "day without any punch"};
  return text;
}

// A punch and the row it came from, until the repeated ones are joined.
struct Read {
  Punch punch;
  std::size_t file = 0;
  std::size_t row = 0;  // position in that file's rows
};

struct RowResult {
  int line = 0;
  Outcome outcome = Outcome::Accepted;
  Text reason;
  std::string shown;
  bool counted = false;  // one of its punches at least was not a repetition
};

std::string Clock(std::int32_t second) {
  const auto two = [](std::int32_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  return two(second / 3600) + ":" + two(second / 60 % 60);
}

std::string Shown(const Punch& punch) {
  return punch.person + " " + punch.date.str() + " " + Clock(punch.second);
}

// A cell that could not be read as a moment, if it looks like one: columns that moved may have put
// a document there.
std::string Harmless(const std::string& cell) {
  const bool plain = cell.find_first_not_of("0123456789:/- T") == std::string::npos;
  const auto count = [&](char c) { return std::count(cell.begin(), cell.end(), c); };
  return plain && (count(':') > 0 || count('/') > 1 || count('-') > 1) ? cell : "";
}

class FileReader {
 public:
  FileReader(const Form& form, std::size_t file, const std::string& key,
             std::map<std::string, std::string>& pseudonyms, std::vector<PersonDay>& unread)
      : form_(form), file_(file), key_(key), pseudonyms_(pseudonyms), unread_(unread) {}

  // The punches of a row are added to `reads` when all of it could be read.
  RowResult Take(const base::CsvRow& row, std::size_t position, std::vector<Read>& reads) {
    row_ = &row;
    const std::string* id = Cell(form_.id);
    const std::string plain = id == nullptr ? "" : population::PlainDocument(*id);
    if (plain.empty()) return Reject({"falta quién marcó", "who punched is missing"}, "");
    if (IsSpoiltDocument(*id)) return Reject(SpoiltDocument(), "");
    punches_.clear();
    at_midnight_ = false;
    Punch punch;
    punch.person = PseudonymOf(plain);
    const auto bad = form_.moment >= 0 || form_.time >= 0 ? TakeEvent(punch) : TakeDay(punch);
    if (bad) return *bad;
    for (const Punch& taken : punches_) reads.push_back({taken, file_, position});
    if (at_midnight_) {
      return {row.line, Outcome::Inferred, AtMidnight(),
              punches_.empty() ? punch.person : Shown(punches_.front())};
    }
    if (punches_.empty()) return {row.line, Outcome::Accepted, Empty(), punch.person};
    const bool known = std::all_of(punches_.begin(), punches_.end(), [](const Punch& taken) {
      return taken.direction != Direction::Unknown;
    });
    return {row.line, known ? Outcome::Accepted : Outcome::Inferred, known ? Coded() : Uncoded(),
            Shown(punches_.front())};
  }

 private:
  // The file's cell; absent when the row is too short.
  [[nodiscard]] const std::string* Cell(int column) const {
    const auto at = static_cast<std::size_t>(column);
    return column >= 0 && at < row_->fields.size() ? &row_->fields[at] : nullptr;
  }

  [[nodiscard]] RowResult Reject(Text reason, std::string shown) const {
    return {row_->line, Outcome::Rejected, std::move(reason), std::move(shown)};
  }

  const std::string& PseudonymOf(const std::string& plain) {
    std::string& known = pseudonyms_[plain];
    if (known.empty()) known = PersonOfDocument(key_, plain);
    return known;
  }

  std::optional<RowResult> TakeEvent(Punch& punch) {
    const std::string* moment = Cell(form_.moment >= 0 ? form_.moment : form_.day);
    const std::string* time = Cell(form_.time);
    if (moment == nullptr) return Reject(CutShort(), "");
    if (form_.moment < 0 && time == nullptr) return RejectDay(punch, *moment, CutShort(), "");
    const std::string text = form_.moment >= 0 ? *moment : *moment + " " + *time;
    const auto read = ReadMoment(text);
    if (!read)
      return RejectDay(punch, text.substr(0, text.find_first_of(" T")), BadMoment(),
                       Harmless(text));
    std::tie(punch.date, punch.second) = *read;
    if (const std::string* direction = Cell(form_.direction)) {
      punch.direction = DirectionOfCell(form_, *direction);
    }
    punches_.push_back(punch);
    return std::nullopt;
  }

  std::optional<RowResult> TakeDay(Punch& punch) {
    const std::string* day = Cell(form_.day);
    if (day == nullptr) return Reject(CutShort(), "");
    const auto date = ReadDay(*day);
    if (!date) return Reject(BadMoment(), Harmless(*day));
    punch.date = *date;
    for (const auto& [column, direction] : form_.times) {
      const std::string* cell = Cell(column);
      if (cell == nullptr) return RejectDay(punch, *day, CutShort(), "");
      if (IsBlank(*cell)) continue;
      if (!TakeTime(punch, *cell, direction))
        return RejectDay(punch, *day, BadTime(), Harmless(*cell));
    }
    if (const std::string* cell = Cell(form_.several)) {
      for (const std::string_view one : TimesOf(*cell)) {
        if (!TakeTime(punch, one, Direction::Unknown))
          return RejectDay(punch, *day, BadTime(), Harmless(std::string(one)));
      }
    }
    return std::nullopt;
  }

  // Whether it could be read.
  bool TakeTime(Punch& punch, std::string_view text, Direction direction) {
    const auto time = ReadTime(text);
    if (!time) return false;
    if (*time == 0 && form_.midnight_is_blank) {
      at_midnight_ = true;
      return true;
    }
    punch.second = *time;
    punch.direction = direction;
    punches_.push_back(punch);
    return true;
  }

  // What the person did on that day, if it is one, is not known.
  RowResult RejectDay(const Punch& punch, const std::string& day, Text reason, std::string shown) {
    if (const auto date = ReadDay(day)) unread_.emplace_back(punch.person, *date);
    return Reject(std::move(reason), std::move(shown));
  }

  static Text CutShort() { return {"la fila está cortada", "the row is cut short"}; }

  static Text BadTime() { return {"una hora que no se entiende", "a time that cannot be read"}; }

  static Text BadMoment() {
    return {"una fecha u hora que no existe o no se entiende",
            "a date or time that does not exist or cannot be read"};
  }

  const Form& form_;
  std::size_t file_;
  const std::string& key_;
  std::map<std::string, std::string>& pseudonyms_;
  std::vector<PersonDay>& unread_;
  const base::CsvRow* row_ = nullptr;
  std::vector<Punch> punches_;
  bool at_midnight_ = false;
};

std::string NameOf(char separator) { return separator == '\t' ? "tab" : std::string(1, separator); }

class Reading {
 public:
  Reading(const std::string& key, base::Diagnostics& diagnostics)
      : key_(key), diagnostics_(diagnostics) {}

  bool ReadFile(const std::string& path) {
    const auto refuse = [&](const char* code, Text message, Text hint) {
      diagnostics_.Add({code, base::Severity::Error, {}, std::move(message), std::move(hint), {}});
      return false;
    };
    std::optional<std::string> bytes = base::ReadBytes(path, diagnostics_);
    if (!bytes) return false;
    auto decoded = population::Decode(*bytes);
    if (!decoded) {
      return refuse("marcaciones-codificación",
                    {"«" + path + "» no es texto en UTF-8, UTF-16LE ni Windows-1252",
                     "'" + path + "' is no text in UTF-8, UTF-16LE or Windows-1252"},
                    {"expórtelo como texto", "export it as text"});
    }
    const char separator = SeparatorOf(decoded->text);
    std::vector<base::BadLine> bad;
    const std::vector<base::CsvRow> rows = base::ParseCsvLines(decoded->text, separator, bad);
    const auto form = Recognise(rows);
    if (!form) {
      return refuse("marcaciones-forma",
                    {"«" + path + "» no tiene ninguna de las formas conocidas de marcaciones",
                     "'" + path + "' has none of the known forms of clock records"},
                    {"se leen: attlog de ZKTeco; planillas de eventos o diarias con cabecera "
                     "(documento, fecha, hora, entrada, salida …)",
                     "these are read: ZKTeco's attlog; event or daily sheets with a heading "
                     "(document, date, time, entry, exit …)"});
    }
    if (const auto column = HalfDayColumn(rows, *form)) {
      return refuse(
          "marcaciones-doce-horas",
          {"«" + path + "» tiene horas de 1 a 12, y la mañana o la tarde en la columna «" +
               *column + "»",
           "'" + path + "' has hours from 1 to 12, and morning or afternoon in column '" + *column +
               "'"},
          {"expórtelo con horas de 0 a 23", "export it with hours from 0 to 23"});
    }
    const std::string how = NameOf(separator);
    Text read_as = {form->name.es + "; separador «" + how + "»; " + decoded->encoding,
                    form->name.en + "; separator '" + how + "'; " + decoded->encoding};
    if (!form->unread.empty()) {
      read_as.es += "; no se lee: " + base::Joined(form->unread);
      read_as.en += "; not read: " + base::Joined(form->unread);
    }
    records_.files.push_back({path, std::move(read_as), 0, {}});
    TakeRows(rows, *form, bad);
    return true;
  }

  std::optional<Records> Finish() {
    Join();
    for (std::size_t file = 0; file < results_.size(); ++file) Tally(file);
    if (!reads_.empty()) return std::move(records_);
    const Text why = MostUsualRejection();
    diagnostics_.Add(
        {"marcaciones-ninguna",
         base::Severity::Error,
         {},
         {"ninguna fila de las marcaciones se pudo leer",
          "no row of the clock records could be read"},
         why.es.empty() ? Text{} : Text{"lo más repetido: " + why.es, "most of all: " + why.en},
         {}});
    return std::nullopt;
  }

 private:
  void TakeRows(const std::vector<base::CsvRow>& rows, const Form& form,
                const std::vector<base::BadLine>& bad) {
    const std::size_t file = results_.size();
    std::vector<RowResult>& results = results_.emplace_back();
    FileReader reader(form, file, key_, pseudonyms_, records_.unread);
    for (std::size_t i = form.heading ? 1 : 0; i < rows.size(); ++i)
      results.push_back(reader.Take(rows[i], results.size(), reads_));
    for (const base::BadLine& line : bad) {
      results.push_back({line.line, Outcome::Rejected,
                         line.open ? Text{"abre unas comillas que no cierra en su línea",
                                          "opens a quote that it does not close on its line"}
                                   : Text{"comillas fuera de lugar", "misplaced quotes"},
                         ""});
    }
  }

  // What people press twice is one punch; the row of the later one says so.
  void Join() {
    std::sort(reads_.begin(), reads_.end(), [](const Read& a, const Read& b) {
      return std::tie(a.punch.person, a.punch.date, a.punch.second, a.file, a.row) <
             std::tie(b.punch.person, b.punch.date, b.punch.second, b.file, b.row);
    });
    std::vector<RowResult*> repeated;
    for (const Read& read : reads_) {
      if (!records_.punches.empty()) {
        Punch& last = records_.punches.back();
        const bool alike = last.direction == read.punch.direction ||
                           last.direction == Direction::Unknown ||
                           read.punch.direction == Direction::Unknown;
        if (last.person == read.punch.person && last.date == read.punch.date && alike &&
            read.punch.second - last.second < kOneMinute) {
          if (last.direction == Direction::Unknown) last.direction = read.punch.direction;
          repeated.push_back(&results_[read.file][read.row]);
          continue;
        }
      }
      results_[read.file][read.row].counted = true;
      records_.punches.push_back(read.punch);
    }
    for (RowResult* result : repeated) {
      result->outcome = Outcome::Inferred;
      result->reason = result->counted ? PartlyRepeated() : Repeated();
    }
  }

  [[nodiscard]] Text MostUsualRejection() const {
    std::int64_t most = 0;
    Text reason;
    for (const FilePreview& preview : records_.files) {
      for (const RowTally& tally : preview.tallies) {
        if (tally.outcome != Outcome::Rejected || tally.rows <= most) continue;
        most = tally.rows;
        reason = tally.reason;
      }
    }
    return reason;
  }

  void Tally(std::size_t file) {
    FilePreview& preview = records_.files[file];
    std::stable_sort(results_[file].begin(), results_[file].end(),
                     [](const RowResult& a, const RowResult& b) { return a.line < b.line; });
    for (const RowResult& result : results_[file]) {
      auto same =
          std::find_if(preview.tallies.begin(), preview.tallies.end(), [&](const RowTally& tally) {
            return tally.outcome == result.outcome && tally.reason == result.reason;
          });
      if (same == preview.tallies.end())
        same = preview.tallies.insert(same, {result.outcome, result.reason, 0, {}});
      ++same->rows;
      ++preview.rows;
      if (same->examples.size() < kExamples) same->examples.push_back({result.line, result.shown});
    }
    std::stable_sort(preview.tallies.begin(), preview.tallies.end(),
                     [](const RowTally& a, const RowTally& b) { return a.outcome < b.outcome; });
  }

  const std::string& key_;
  base::Diagnostics& diagnostics_;
  Records records_;
  std::map<std::string, std::string> pseudonyms_;  // by plain document; never leaves here
  std::vector<Read> reads_;
  std::vector<std::vector<RowResult>> results_;  // by file, by row
};

}  // namespace

std::string PersonOfDocument(const std::string& key, std::string_view document) {
  const std::string plain = population::UnpaddedDocument(document);
  return plain.empty() ? plain : population::Pseudonym(key, plain);
}

bool IsSpoiltDocument(std::string_view document) {
  const std::size_t from = std::min(document.find_first_not_of(' '), document.size());
  document = document.substr(from, document.find_last_not_of(' ') + 1 - from);
  return population::IsScientific(document) || population::HasDecimals(document);
}

const Text& SpoiltDocument() {
  static const Text text = {
      "un documento que la planilla de cálculo tomó por una cantidad, con E+ o con decimales: "
      "póngale formato de texto",
      "a document that the spreadsheet took for a quantity, with E+ or with decimals: give it the "
      "format of text"};
  return text;
}

std::optional<Records> ReadRecords(const std::vector<std::string>& paths, const std::string& key,
                                   base::Diagnostics& diagnostics) {
  Reading reading(key, diagnostics);
  bool all = true;
  for (const std::string& path : paths) all = reading.ReadFile(path) && all;
  if (!all) return std::nullopt;
  return reading.Finish();
}

}  // namespace cotejo::calibration
