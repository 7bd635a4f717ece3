// The facts CSV and the persons CSV of docs/hechos.md.
#include <algorithm>
#include <map>
#include <set>

#include "model/base/csv.h"
#include "model/evaluation/cell.h"
#include "model/evaluation/history.h"
#include "model/evaluation/impossible.h"
#include "model/evaluation/witness.h"
#include "model/rules/steps.h"

namespace cotejo::evaluation {

using base::Diagnostics;
using base::Text;

namespace {

std::string Quoted(const std::string& text, bool es) {
  return es ? "«" + text + "»" : "'" + text + "'";
}

std::string RowText(int row, bool es) {
  return (es ? "fila " : "row ") + std::to_string(row) + ": ";
}

Text Nearest(const std::string& name, const std::vector<std::string>& known) {
  const std::string near = base::NearestName(name, known);
  return near.empty() ? Text{}
                      : Text{"¿quiso decir «" + near + "»?", "did you mean '" + near + "'?"};
}

template <typename Items>
std::vector<std::string> NamesOf(const Items& items) {
  std::vector<std::string> names;
  for (const auto& item : items) {
    names.push_back(item.name);
  }
  return names;
}

// A file with its header understood.
struct Sheet {
  base::CsvTable table;
  std::map<std::string, std::size_t> columns;  // folded name → position
  std::vector<std::string> names;              // as in the header

  [[nodiscard]] const std::string& Cell(const base::CsvRow& row, const std::string& folded) const {
    static const std::string empty;
    const auto at = columns.find(folded);
    return at == columns.end() ? empty : row.fields[at->second];
  }
};

class Reader {
 public:
  Reader(const rules::Ruleset& rules, base::SourceMap& sources, Diagnostics& diagnostics)
      : rules_(rules), sources_(sources), diagnostics_(diagnostics) {}

  void ReadPersons(const std::string& path);
  void ReadFacts(const std::string& path);
  void ReadFacts(base::FileId file);
  std::vector<History> Finish(std::optional<std::pair<Date, Date>> horizon);

 private:
  struct Person {
    History history;
    std::vector<std::set<std::optional<Date>>> dated;  // by attribute: dates already given
    bool listed = false;                               // in the persons file
    int first_row = 0;                                 // in the facts file
  };

  // Row 0 stands for the whole file.
  void Error(const Sheet& sheet, int row, const char* code, Text message, Text hint = {});
  std::optional<Sheet> Open(const std::string& path, const std::vector<std::string>& required,
                            const std::vector<std::string>& known);
  std::optional<Sheet> Open(base::CsvTable table, const std::string& path,
                            const std::vector<std::string>& required,
                            const std::vector<std::string>& known);
  void ReadFactRows();
  Person& Of(const std::string& name);
  std::vector<std::string> FactColumns() const;
  void ReadAttributeRow(const Sheet& sheet, const base::CsvRow& row);
  void ReadFactRow(const Sheet& sheet, const base::CsvRow& row);
  bool ReadShift(const Sheet& sheet, const base::CsvRow& row, const rules::FactKind& kind,
                 Fact& fact);
  bool ReadFields(const Sheet& sheet, const base::CsvRow& row, const rules::FactKind& kind,
                  Fact& fact);
  bool OtherCellsEmpty(const Sheet& sheet, const base::CsvRow& row, const std::string& of,
                       const std::set<std::string>& allowed);
  std::optional<Value> ReadValue(const Sheet& sheet, int row, const std::string& column,
                                 const rules::Type& type, const std::string& text,
                                 std::optional<Rational> low, std::optional<Rational> high);
  void Give(const Sheet& sheet, int row, Person& person, rules::AttributeId attribute,
            std::optional<Date> from, const Value& value);
  void CheckShifts(const Person& person);
  void WarnOfRest(const Person& person, const Fact& fact);
  void WarnOfRepeated(const Person& person);
  void WarnOfBeforeEntry(const Person& person);
  void Warn(int row, const char* code, const Text& message, Text hint);
  void CheckExclusions(const Person& person);
  void CheckExtinction(const Person& person);
  void CheckPeriodic(const Person& person);
  std::vector<std::string> ListedNames() const;

  const rules::Ruleset& rules_;
  base::SourceMap& sources_;
  Diagnostics& diagnostics_;
  std::map<std::string, Person> persons_;
  std::optional<Sheet> facts_sheet_;
  bool with_persons_file_ = false;
};

void Reader::Error(const Sheet& sheet, int row, const char* code, Text message, Text hint) {
  base::Span span;
  if (row > 0) {
    span = base::LineSpan(sources_, sheet.table.file, row);
    message = {RowText(row, true) + message.es, RowText(row, false) + message.en};
  }
  diagnostics_.Add({code, base::Severity::Error, span, std::move(message), std::move(hint), {}});
}

std::optional<Sheet> Reader::Open(const std::string& path, const std::vector<std::string>& required,
                                  const std::vector<std::string>& known) {
  std::optional<base::CsvTable> table = base::ReadCsv(sources_, path, diagnostics_);
  if (!table) {
    return std::nullopt;
  }
  return Open(std::move(*table), path, required, known);
}

std::optional<Sheet> Reader::Open(base::CsvTable table, const std::string& path,
                                  const std::vector<std::string>& required,
                                  const std::vector<std::string>& known) {
  Sheet sheet;
  sheet.table = std::move(table);
  if (sheet.table.rows.empty()) {
    Error(sheet, 0, "hechos-vacío",
          {"«" + path + "» no tiene cabecera", "'" + path + "' has no header"},
          {"la primera fila nombra las columnas", "the first row names the columns"});
    return std::nullopt;
  }
  const base::CsvRow& header = sheet.table.rows.front();
  std::set<std::string> folded_known;
  for (const std::string& name : known) {
    folded_known.insert(base::Fold(name));
  }
  bool usable = true;
  for (std::size_t i = 0; i < header.fields.size(); ++i) {
    const std::string& name = header.fields[i];
    const std::string folded = base::Fold(name);
    if (!folded_known.contains(folded)) {
      Error(sheet, header.line, "columna-desconocida",
            {"no hay columna " + Quoted(name, true), "there is no column " + Quoted(name, false)},
            Nearest(name, known));
    } else if (!sheet.columns.emplace(folded, i).second) {
      Error(sheet, header.line, "columna-repetida",
            {"la columna " + Quoted(name, true) + " está dos veces",
             "the column " + Quoted(name, false) + " is there twice"});
      usable = false;
    }
    sheet.names.push_back(name);
  }
  for (const std::string& name : required) {
    if (!sheet.columns.contains(base::Fold(name))) {
      Error(sheet, header.line, "columna-ausente",
            {"falta la columna " + Quoted(name, true),
             "the column " + Quoted(name, false) + " is missing"});
      usable = false;
    }
  }
  // A row of another width would put values under the wrong names.
  std::erase_if(sheet.table.rows, [&](const base::CsvRow& row) {
    if (row.fields.size() == header.fields.size()) {
      return false;
    }
    Error(sheet, row.line, "fila-incompleta",
          {"tiene " + std::to_string(row.fields.size()) + " celdas y la cabecera " +
               std::to_string(header.fields.size()),
           "it has " + std::to_string(row.fields.size()) + " cells and the header " +
               std::to_string(header.fields.size())},
          {"un número con coma decimal va entre comillas: \"0,5\"",
           "a number with a decimal comma goes in quotes: \"0,5\""});
    return true;
  });
  return usable ? std::optional<Sheet>(std::move(sheet)) : std::nullopt;
}

Reader::Person& Reader::Of(const std::string& name) {
  const auto [it, added] = persons_.try_emplace(name);
  if (added) {
    it->second.history.person = name;
    it->second.history.attributes.resize(rules_.attributes.size());
    it->second.dated.resize(rules_.attributes.size());
  }
  return it->second;
}

std::optional<Value> Reader::ReadValue(const Sheet& sheet, int row, const std::string& column,
                                       const rules::Type& type, const std::string& text,
                                       std::optional<Rational> low, std::optional<Rational> high) {
  const std::optional<Rational> number = ParseCell(rules_, type, text);
  if (!number) {
    Text hint = CellSyntax(rules_, type);
    if (type.base == rules::Base::Enumeration) {
      const Text near = Nearest(text, rules_.enumerations[type.enumeration.index()].values);
      hint = near.empty() ? hint : near;
    }
    Error(sheet, row, "valor-inválido",
          {Quoted(text, true) + " no es un valor de " + Quoted(column, true),
           Quoted(text, false) + " is not a value of " + Quoted(column, false)},
          hint);
    return std::nullopt;
  }
  const Value value{*number, false};
  if (const auto range = rules::BoundsMissed(rules_, type, low, high, *number)) {
    const std::string shown = rules::FormatValue(rules_, type, value);
    Error(sheet, row, "valor-fuera-de-límites",
          {shown + " en " + Quoted(column, true) + " está fuera de " + *range,
           shown + " in " + Quoted(column, false) + " is outside " + *range});
    return std::nullopt;
  }
  return value;
}

void Reader::Give(const Sheet& sheet, int row, Person& person, rules::AttributeId attribute,
                  std::optional<Date> from, const Value& value) {
  if (!person.dated[attribute.index()].insert(from).second) {
    const std::string& name = rules_.attribute(attribute).name;
    Error(sheet, row, "dato-repetido",
          {"el dato " + Quoted(name, true) + " de " + person.history.person + " ya tiene valor " +
               (from ? "desde " + from->str() : "desde siempre"),
           "the attribute " + Quoted(name, false) + " of " + person.history.person +
               " already has a value " + (from ? "from " + from->str() : "since always")});
    return;
  }
  person.history.attributes[attribute.index()].push_back({from, value});
}

// ---- Persons ---------------------------------------------------------------------

void Reader::ReadPersons(const std::string& path) {
  with_persons_file_ = true;
  std::vector<std::string> known = NamesOf(rules_.attributes);
  known.emplace_back("persona");
  const std::optional<Sheet> sheet = Open(path, {"persona"}, known);
  if (!sheet) {
    return;
  }
  for (std::size_t i = 1; i < sheet->table.rows.size(); ++i) {
    const base::CsvRow& row = sheet->table.rows[i];
    const std::string& name = sheet->Cell(row, "persona");
    if (name.empty()) {
      Error(*sheet, row.line, "persona-ausente", {"falta la persona", "the person is missing"});
      continue;
    }
    Person& person = Of(name);
    if (person.listed) {
      Error(*sheet, row.line, "persona-repetida",
            {Quoted(name, true) + " ya está en el archivo",
             Quoted(name, false) + " is already in the file"});
      continue;
    }
    person.listed = true;
    for (std::size_t a = 0; a < rules_.attributes.size(); ++a) {
      const rules::Attribute& attribute = rules_.attributes[a];
      const std::string& text = sheet->Cell(row, base::Fold(attribute.name));
      if (text.empty()) {
        continue;
      }
      const std::optional<Value> value = ReadValue(*sheet, row.line, attribute.name, attribute.type,
                                                   text, attribute.low, attribute.high);
      if (value) {
        Give(*sheet, row.line, person, rules::AttributeId(static_cast<std::int64_t>(a)), {},
             *value);
      }
    }
  }
}

// ---- Facts -----------------------------------------------------------------------

std::vector<std::string> Reader::FactColumns() const {
  std::vector<std::string> names = {"persona", "fecha", "hecho", "tramo", "dato", "valor"};
  for (const rules::FactKind& kind : rules_.fact_kinds) {
    for (const rules::Field& field : kind.fields) {
      names.push_back(field.name);
    }
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

void Reader::ReadFacts(const std::string& path) {
  facts_sheet_ = Open(path, {"persona", "fecha", "hecho"}, FactColumns());
  ReadFactRows();
}

void Reader::ReadFacts(base::FileId file) {
  const base::SourceFile& source = sources_.file(file);
  facts_sheet_ =
      Open(base::ParseCsv(sources_, file, diagnostics_, base::DelimiterOf(source.content)),
           source.path, {"persona", "fecha", "hecho"}, FactColumns());
  ReadFactRows();
}

void Reader::ReadFactRows() {
  if (!facts_sheet_) {
    return;
  }
  const Sheet& sheet = *facts_sheet_;
  for (std::size_t i = 1; i < sheet.table.rows.size(); ++i) {
    const base::CsvRow& row = sheet.table.rows[i];
    if (sheet.Cell(row, "persona").empty()) {
      Error(sheet, row.line, "persona-ausente", {"falta la persona", "the person is missing"});
    } else if (base::Fold(sheet.Cell(row, "hecho")) == "dato") {
      ReadAttributeRow(sheet, row);
    } else {
      ReadFactRow(sheet, row);
    }
  }
}

bool Reader::OtherCellsEmpty(const Sheet& sheet, const base::CsvRow& row, const std::string& of,
                             const std::set<std::string>& allowed) {
  bool fine = true;
  for (const auto& [folded, at] : sheet.columns) {
    if (row.fields[at].empty() || allowed.contains(folded)) {
      continue;
    }
    const std::string& name = sheet.names[at];
    Error(sheet, row.line, "celda-sobrante",
          {"la columna " + Quoted(name, true) + " debe ir vacía en un hecho " + Quoted(of, true),
           "the column " + Quoted(name, false) + " must be empty in a fact " + Quoted(of, false)});
    fine = false;
  }
  return fine;
}

void Reader::ReadAttributeRow(const Sheet& sheet, const base::CsvRow& row) {
  OtherCellsEmpty(sheet, row, "dato", {"persona", "fecha", "hecho", "dato", "valor"});
  const std::string& name = sheet.Cell(row, "dato");
  const rules::AttributeId id = rules_.FindAttribute(name);
  if (!id.valid()) {
    Error(sheet, row.line, "dato-desconocido",
          name.empty() ? Text{"falta el nombre del dato", "the name of the attribute is missing"}
                       : Text{"no hay dato " + Quoted(name, true),
                              "there is no attribute " + Quoted(name, false)},
          Nearest(name, NamesOf(rules_.attributes)));
    return;
  }
  std::optional<Date> from;
  const std::string& date_text = sheet.Cell(row, "fecha");
  if (!date_text.empty()) {
    from = base::ParseDate(date_text);
    if (!from) {
      ReadValue(sheet, row.line, "fecha", {rules::Base::Date, {}}, date_text, {}, {});
      return;
    }
  }
  const rules::Attribute& attribute = rules_.attribute(id);
  const std::string& text = sheet.Cell(row, "valor");
  std::optional<Value> value = Value{Rational(0), true};  // an optional one may cease
  if (!text.empty() || !attribute.optional) {
    value = ReadValue(sheet, row.line, attribute.name, attribute.type, text, attribute.low,
                      attribute.high);
  }
  Person& person = Of(sheet.Cell(row, "persona"));
  person.first_row = person.first_row == 0 ? row.line : person.first_row;
  if (value) {
    Give(sheet, row.line, person, id, from, *value);
  }
}

void Reader::ReadFactRow(const Sheet& sheet, const base::CsvRow& row) {
  const std::string& kind_name = sheet.Cell(row, "hecho");
  const rules::FactKindId id = rules_.FindFactKind(kind_name);
  const std::optional<Value> date = ReadValue(sheet, row.line, "fecha", {rules::Base::Date, {}},
                                              sheet.Cell(row, "fecha"), {}, {});
  if (!id.valid()) {
    std::vector<std::string> known = NamesOf(rules_.fact_kinds);
    known.emplace_back("dato");
    Error(
        sheet, row.line, "hecho-desconocido",
        {"no hay hecho " + Quoted(kind_name, true), "there is no fact " + Quoted(kind_name, false)},
        Nearest(kind_name, known));
    return;
  }
  const rules::FactKind& kind = rules_.kind(id);
  Fact fact;
  fact.kind = id;
  fact.source_row = row.line;
  const bool shift_ok = ReadShift(sheet, row, kind, fact);
  const bool fields_ok = ReadFields(sheet, row, kind, fact);
  Person& person = Of(sheet.Cell(row, "persona"));
  person.first_row = person.first_row == 0 ? row.line : person.first_row;
  if (date && shift_ok && fields_ok) {
    fact.date = Date(static_cast<std::int32_t>(date->number.floor()));
    person.history.facts.push_back(std::move(fact));
  }
}

bool Reader::ReadShift(const Sheet& sheet, const base::CsvRow& row, const rules::FactKind& kind,
                       Fact& fact) {
  if (kind.placement != rules::Placement::Shift) {
    return true;  // a cell there is reported with the other surplus ones
  }
  const std::string& text = sheet.Cell(row, "tramo");
  const std::optional<Rational> number = ParseCell(rules_, {rules::Base::Count, {}}, text);
  if (!number || !number->whole() || *number < Rational(1) || *number > Rational(99)) {
    Error(
        sheet, row.line, "tramo-inválido",
        {text.empty() ? "falta el tramo de " + Quoted(kind.name, true)
                      : Quoted(text, true) + " no es un tramo",
         text.empty() ? "the shift of " + Quoted(kind.name, false) + " is missing"
                      : Quoted(text, false) + " is not a shift"},
        {"1 es el primer tramo del día, 2 el segundo", "1 is the day's first shift, 2 the second"});
    return false;
  }
  fact.shift = static_cast<int>(number->num());
  return true;
}

bool Reader::ReadFields(const Sheet& sheet, const base::CsvRow& row, const rules::FactKind& kind,
                        Fact& fact) {
  std::set<std::string> allowed = {"persona", "fecha", "hecho"};
  if (kind.placement == rules::Placement::Shift) {
    allowed.insert("tramo");
  }
  bool fine = true;
  for (const rules::Field& field : kind.fields) {
    const std::string folded = base::Fold(field.name);
    allowed.insert(folded);
    const std::string& text = sheet.Cell(row, folded);
    std::optional<Value> value = field.initial;
    if (!text.empty()) {
      value = ReadValue(sheet, row.line, field.name, field.type, text, field.low, field.high);
      const auto why = value ? rules::WhyBetweenSteps(rules_, kind, field, value->number)
                             : std::optional<Text>();
      if (why) {
        Error(sheet, row.line, "valor-entre-pasos", *why, rules::StepsHint(field));
        value = std::nullopt;
      }
    } else if (!value) {
      Error(sheet, row.line, "campo-ausente",
            {"falta " + Quoted(field.name, true) + " de " + Quoted(kind.name, true),
             Quoted(field.name, false) + " of " + Quoted(kind.name, false) + " is missing"},
            CellSyntax(rules_, field.type));
    }
    fine = fine && value.has_value();
    fact.fields.push_back(value.value_or(Value{}));
  }
  return OtherCellsEmpty(sheet, row, kind.name, allowed) && fine;
}

// ---- Whole histories -------------------------------------------------------------

void Reader::CheckShifts(const Person& person) {
  for (const Fact& fact : person.history.facts) {
    if (fact.shift == 0) {
      continue;
    }
    WarnOfRest(person, fact);
    const int schedule = ScheduleWithoutShift(rules_, person.history, fact);
    if (schedule < 0) {
      continue;
    }
    const rules::Schedule& hours = rules_.schedules[static_cast<std::size_t>(schedule)];
    const std::string count = std::to_string(hours.shifts.size());
    Error(*facts_sheet_, fact.source_row, "tramo-inexistente",
          {"el horario " + Quoted(hours.name, true) + " de " + person.history.person + " tiene " +
               count + (count == "1" ? " tramo" : " tramos"),
           "the schedule " + Quoted(hours.name, false) + " of " + person.history.person + " has " +
               count + (count == "1" ? " shift" : " shifts")});
  }
}

// Somebody may have been told to come, so it is judged like any other: but nobody is late or absent
// on a day of rest without having been told.
void Reader::WarnOfRest(const Person& person, const Fact& fact) {
  const std::string scope = HolidayScope(rules_, person.history, fact.date);
  if (rules_.calendar.IsWorkingDay(fact.date, scope)) {
    return;
  }
  const std::string& name = rules_.kind(fact.kind).name;
  const std::string date = fact.date.str();
  Warn(fact.source_row, "día-inhábil",
       {date + " no es día hábil para " + person.history.person + ", y se le juzga " +
            Quoted(name, true) + " como si lo fuera",
        date + " is not a working day for " + person.history.person + ", and " +
            Quoted(name, false) + " is judged as if it were"},
       {"corrija la fecha, o quite la fila si ese día no tenía horario",
        "correct the date, or remove the row if there were no hours that day"});
}

// Two facts of one shift, or two of a day that are equal in everything, may be two; but a row
// copied twice looks the same, and half a day of absence that is told twice becomes a day.
void Reader::WarnOfRepeated(const Person& person) {
  const std::vector<Fact>& facts = person.history.facts;
  const auto again = [](const Fact& a, const Fact& b) {
    return a.kind == b.kind && a.shift == b.shift && (a.shift > 0 || a.fields == b.fields);
  };
  for (std::size_t i = 0; i < facts.size(); ++i) {
    for (std::size_t j = i; j-- > 0 && facts[j].date == facts[i].date;) {
      if (!again(facts[i], facts[j])) continue;
      const std::string& name = rules_.kind(facts[i].kind).name;
      const std::string earlier = std::to_string(facts[j].source_row);
      const bool shift = facts[i].shift > 0;
      Warn(facts[i].source_row, "hecho-repetido",
           {"la fila " + earlier + " ya trae " + Quoted(name, true) + " de " +
                person.history.person + (shift ? " en ese tramo" : " ese día, con lo mismo") +
                ": se cuentan las dos",
            "row " + earlier + " already has " + Quoted(name, false) + " of " +
                person.history.person +
                (shift ? " in that shift" : " on that day, with the same values") +
                ": both are counted"},
           {"si la fila está dos veces, quite una", "if the row is there twice, remove one"});
      break;
    }
  }
}

// The file may be about somebody who came back; or the date of entry is the initial one of the
// vocabulary, or wrong.
void Reader::WarnOfBeforeEntry(const Person& person) {
  for (const Fact& fact : person.history.facts) {
    const std::optional<Date> entry = BeginningOn(rules_, person.history, fact.date);
    if (!entry || *entry <= fact.date) continue;
    const std::string& name = rules_.kind(fact.kind).name;
    Warn(fact.source_row, "hecho-antes-del-ingreso",
         {person.history.person + " empieza el " + entry->str() + ", y se le juzga " +
              Quoted(name, true) + " del " + fact.date.str() + " como si ya estuviera",
          person.history.person + " begins on " + entry->str() + ", and " + Quoted(name, false) +
              " of " + fact.date.str() + " is judged as if already there"},
         {"corrija una de las dos fechas, o quite la fila",
          "correct one of the two dates, or remove the row"});
  }
}

void Reader::Warn(int row, const char* code, const Text& message, Text hint) {
  diagnostics_.Add({code,
                    base::Severity::Warning,
                    base::LineSpan(sources_, facts_sheet_->table.file, row),
                    {RowText(row, true) + message.es, RowText(row, false) + message.en},
                    std::move(hint),
                    {}});
}

void Reader::CheckExclusions(const Person& person) {
  const std::vector<Fact>& facts = person.history.facts;
  for (std::size_t i = 0; i < facts.size(); ++i) {
    for (std::size_t j = i + 1; j < facts.size() && facts[j].date == facts[i].date; ++j) {
      if (!Exclude(rules_, facts[i], facts[j])) continue;
      const int later = std::max(facts[i].source_row, facts[j].source_row);
      const int earlier = std::min(facts[i].source_row, facts[j].source_row);
      const std::string& a = rules_.kind(facts[i].kind).name;
      const std::string& b = rules_.kind(facts[j].kind).name;
      Error(*facts_sheet_, later, "hechos-excluyentes",
            {Quoted(b, true) + " no puede compartir el tramo con " + Quoted(a, true) +
                 " (véase la fila " + std::to_string(earlier) + ")",
             Quoted(b, false) + " cannot share the shift with " + Quoted(a, false) + " (see row " +
                 std::to_string(earlier) + ")"});
    }
  }
}

// Whoever comes back has another relation, with its own dates.
void Reader::CheckExtinction(const Person& person) {
  const std::optional<Date> last = ExtinctionOf(rules_, person.history);
  for (const Fact& fact : person.history.facts) {
    if (!last || fact.date <= *last) continue;
    Error(*facts_sheet_, fact.source_row, "hecho-tras-la-extinción",
          {"la relación de " + person.history.person + " terminó el " + last->str(),
           "the relation of " + person.history.person + " ended on " + last->str()},
          {"corrija la fecha; a quien volvió, dele otro código",
           "correct the date; give whoever came back another code"});
  }
}

// A periodic fact may be written out, on a day on which the calendar produces it anyway.
void Reader::CheckPeriodic(const Person& person) {
  for (const std::size_t at : OffTheCalendar(rules_, person.history)) {
    const Fact& fact = person.history.facts[at];
    const rules::FactKind& kind = rules_.kind(fact.kind);
    Error(*facts_sheet_, fact.source_row, "hecho-periódico",
          {Quoted(kind.name, true) + " no cae el " + fact.date.str(),
           Quoted(kind.name, false) + " does not fall on " + fact.date.str()},
          {"quite la fila, que lo produce el calendario, o corrija el dato del que parte",
           "remove the row, the calendar produces it, or correct the date it starts from"});
  }
}

std::vector<std::string> Reader::ListedNames() const {
  std::vector<std::string> names;
  for (const auto& [name, person] : persons_) {
    if (person.listed) {
      names.push_back(name);
    }
  }
  return names;
}

std::vector<History> Reader::Finish(std::optional<std::pair<Date, Date>> horizon) {
  std::optional<Date> first;
  std::optional<Date> last;
  for (const auto& [name, person] : persons_) {
    for (const Fact& fact : person.history.facts) {
      first = std::min(first.value_or(fact.date), fact.date);
      last = std::max(last.value_or(fact.date), fact.date);
    }
  }
  if (!horizon && first) {
    horizon = {Date(first->year(), 1, 1), Date(last->year(), 12, 31)};
  }
  if (!horizon) {
    if (!diagnostics_.has_errors()) {
      diagnostics_.Add({"sin-horizonte",
                        base::Severity::Error,
                        {},
                        {"no hay ningún hecho del que tomar el horizonte",
                         "there is no fact to take the horizon from"},
                        {"agregue hechos o dé las fechas del horizonte",
                         "add facts or give the dates of the horizon"},
                        {}});
    }
    return {};
  }
  std::vector<History> histories;
  for (auto& [name, person] : persons_) {
    History& history = person.history;
    std::tie(history.from, history.to) = *horizon;
    for (std::vector<DatedAttribute>& dated : history.attributes) {
      std::sort(dated.begin(), dated.end(),
                [](const DatedAttribute& a, const DatedAttribute& b) { return a.from < b.from; });
    }
    SortFacts(history);
    for (const Fact& fact : history.facts) {
      if (fact.date < history.from || fact.date > history.to) {
        Error(*facts_sheet_, fact.source_row, "fuera-del-horizonte",
              {fact.date.str() + " está fuera de " + history.from.str() + " .. " + history.to.str(),
               fact.date.str() + " is outside " + history.from.str() + " .. " + history.to.str()});
      }
    }
    if (with_persons_file_ && !person.listed) {
      Error(*facts_sheet_, person.first_row, "persona-desconocida",
            {Quoted(name, true) + " no está en el archivo de personas",
             Quoted(name, false) + " is not in the persons file"},
            Nearest(name, ListedNames()));
    }
    CheckShifts(person);
    CheckExclusions(person);
    WarnOfRepeated(person);
    WarnOfBeforeEntry(person);
    CheckExtinction(person);
    CheckPeriodic(person);
    histories.push_back(history);
  }
  return histories;
}

}  // namespace

std::vector<History> ReadHistories(const rules::Ruleset& rules, base::SourceMap& sources,
                                   const std::string& facts_path, const std::string& persons_path,
                                   std::optional<std::pair<Date, Date>> horizon,
                                   Diagnostics& diagnostics) {
  Reader reader(rules, sources, diagnostics);
  if (!persons_path.empty()) {
    reader.ReadPersons(persons_path);
  }
  reader.ReadFacts(facts_path);
  return reader.Finish(horizon);
}

std::optional<History> ParseHistory(const rules::Ruleset& rules, const std::string& csv,
                                    std::optional<std::pair<Date, Date>> horizon) {
  base::SourceMap sources;
  base::Diagnostics diagnostics;
  Reader reader(rules, sources, diagnostics);
  reader.ReadFacts(sources.Add("testigo.csv", csv));
  std::vector<History> histories = reader.Finish(horizon);
  if (diagnostics.has_errors() || histories.size() != 1) return std::nullopt;
  return std::move(histories.front());
}

}  // namespace cotejo::evaluation
