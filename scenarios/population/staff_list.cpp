// Which column says what, what each cell is worth, and which columns stay behind.
#include "scenarios/population/staff_list.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>

#include "scenarios/population/column_builder.h"
#include "scenarios/population/list_cells.h"
#include "scenarios/population/pseudonyms.h"

namespace cotejo::population {
namespace {

constexpr const char* kPersonColumn = "persona";
constexpr int kMostOfAColumn = 20;  // mistakes told one by one

// Columns that say who somebody is, as they are usually headed. The first ones number a person.
constexpr const char* kDocuments[] = {"documento",
                                      "documento_de_identidad",
                                      "numero_de_documento",
                                      "nro_documento",
                                      "nro_de_documento",
                                      "ci",
                                      "c_i",
                                      "cedula",
                                      "cedula_de_identidad",
                                      "carnet",
                                      "carnet_de_identidad"};
constexpr const char* kNames[] = {"nombre",
                                  "nombres",
                                  "apellido",
                                  "apellidos",
                                  "primer_apellido",
                                  "segundo_apellido",
                                  "apellido_paterno",
                                  "apellido_materno",
                                  "nombre_completo",
                                  "nombre_y_apellido",
                                  "nombres_y_apellidos",
                                  "apellidos_y_nombres",
                                  "funcionario",
                                  "funcionaria",
                                  "servidor_publico",
                                  "servidora_publica"};

template <std::size_t n>
bool IsOneOf(const char* const (&all)[n], const std::string& plain) {
  return std::find(std::begin(all), std::end(all), plain) != std::end(all);
}

bool Identifies(const std::string& plain) {
  return IsOneOf(kDocuments, plain) || IsOneOf(kNames, plain);
}

std::string Joined(const std::vector<std::string>& names) {
  std::string all;
  for (const std::string& name : names) all += (all.empty() ? "«" : ", «") + name + "»";
  return all;
}

// What becomes of a column.
enum class Use { Field, Person, Identifying, Omitted };

struct Header {
  std::string shown;
  Use use = Use::Omitted;
  std::size_t field = 0;
  int mistakes = 0;
};

class ListReader {
 public:
  ListReader(const Sheet& sheet, const std::vector<ListField>& fields, base::Date today,
             base::Diagnostics& diagnostics)
      : sheet_(sheet), fields_(fields), today_(today), diagnostics_(diagnostics) {
    const std::vector<std::string>& header = sheet.rows.front().fields;
    for (const std::string& cell : header) headers_.push_back({cell, Use::Omitted, 0, 0});
  }

  std::optional<Imported> Import(const ImportOptions& options) {
    const std::size_t before = diagnostics_.errors();
    Imported imported;
    AssignRaw(options, imported);
    if (diagnostics_.errors() > before) return std::nullopt;
    ReadRows(
        [&](std::size_t row, std::size_t column) { return DocumentOf(row, column, options.key); });
    return Finish(before, std::move(imported));
  }

  std::optional<StaffList> ReadBack() {
    const std::size_t before = diagnostics_.errors();
    AssignPseudonymised();
    if (diagnostics_.errors() > before) return std::nullopt;
    ReadRows([&](std::size_t row, std::size_t column) { return PseudonymOf(row, column); });
    auto imported = Finish(before, {});
    if (!imported) return std::nullopt;
    return std::move(imported->list);
  }

 private:
  // ---- what each column is

  std::optional<std::size_t> FieldOf(const std::string& name) const {
    for (std::size_t f = 0; f < fields_.size(); ++f) {
      if (PlainName(fields_[f].name) == name) return f;
    }
    return std::nullopt;
  }

  std::optional<std::size_t> HeaderOf(const std::string& name) const {
    for (std::size_t c = 0; c < headers_.size(); ++c) {
      if (PlainName(headers_[c].shown) == PlainName(name)) return c;
    }
    return std::nullopt;
  }

  void AssignRaw(const ImportOptions& options, Imported& imported) {
    if (!KnowsAny(options)) return;
    std::vector<bool> assigned(headers_.size(), false);
    const auto named = [&](const std::string& name, const char* option) {
      const auto column = HeaderOf(name);
      if (column) {
        assigned[*column] = true;
        return column;
      }
      std::vector<std::string> all;
      for (const Header& header : headers_) all.push_back(header.shown);
      Fail("lista-columna",
           {std::string("no hay columna «") + name + "», que nombra " + option,
            "there is no column '" + name + "', which " + option + " names"},
           Nearest(name, all));
      return column;
    };
    for (const std::string& name : options.omitted) {
      if (named(name, "--omitir")) imported.omitted.push_back(name);
    }
    for (const auto& [name, field] : options.renamed) {
      const auto column = named(name, "--columna");
      const auto known = FieldOf(PlainName(field));
      if (!known) {
        Fail("lista-columna",
             {"«" + field + "» no es un dato del personal",
              "'" + field + "' is no data of the staff"},
             Nearest(field, FieldNames()));
      } else if (column) {
        headers_[*column].use = Use::Field;
        headers_[*column].field = *known;
      }
    }
    FindDocument(options.document, named);
    for (std::size_t c = 0; c < headers_.size(); ++c) {
      const std::string plain = PlainName(headers_[c].shown);
      if (headers_[c].use != Use::Omitted) continue;
      if (Identifies(plain)) {
        headers_[c].use = Use::Identifying;
        imported.identifying.push_back(headers_[c].shown);
      } else if (!assigned[c]) {
        AssignField(c, plain);
      }
    }
    if (const auto person = PersonColumn())
      imported.identifying.insert(imported.identifying.begin(), headers_[*person].shown);
    CheckOnce();
  }

  // A first row that is a person and not a header would be shown name by name.
  bool KnowsAny(const ImportOptions& options) {
    for (const Header& header : headers_) {
      const std::string plain = PlainName(header.shown);
      if (Identifies(plain) || FieldOf(plain) || plain == kPersonColumn) return true;
    }
    if (!options.document.empty() || !options.renamed.empty()) return true;
    Fail("lista-sin-cabecera",
         {"ninguna celda de la primera fila es el nombre de una columna conocida",
          "no cell of the first row is the name of a known column"},
         {"la primera fila nombra las columnas: un documento y " + Joined(FieldNames()),
          "the first row names the columns: a document and " + Joined(FieldNames())});
    return false;
  }

  template <typename Named>
  void FindDocument(const std::string& asked, Named named) {
    if (!asked.empty()) {
      if (const auto column = named(asked, "--documento")) headers_[*column].use = Use::Person;
      return;
    }
    std::vector<std::string> found;
    for (Header& header : headers_) {
      if (!IsOneOf(kDocuments, PlainName(header.shown)) || header.use != Use::Omitted) continue;
      header.use = Use::Person;
      found.push_back(header.shown);
    }
    if (found.size() == 1) return;
    Fail("lista-sin-documento",
         found.empty() ? base::Text{"ninguna columna tiene el documento de la persona",
                                    "no column has the person's document"}
                       : base::Text{"varias columnas pueden ser el documento: " + Joined(found),
                                    "several columns may be the document: " + Joined(found)},
         {"nómbrela con --documento", "name it with --document"});
  }

  void AssignField(std::size_t column, const std::string& plain) {
    Header& header = headers_[column];
    if (const auto field = FieldOf(plain)) {
      header.use = Use::Field;
      header.field = *field;
      return;
    }
    if (plain.empty()) return CheckNameless(column);
    base::Text hint = Nearest(header.shown, FieldNames());
    if (hint.es.empty()) {
      hint = {"déjela fuera con --omitir, o diga qué es con --columna «" + header.shown + "=dato»",
              "leave it out with --omit, or say what it is: --column '" + header.shown + "=data'"};
    }
    Wrong(sheet_.rows.front(), column, "lista-columna",
          {"no es un dato del personal", "it is no data of the staff"}, std::move(hint));
  }

  // A separator too many leaves a column of nothing, which says nothing.
  void CheckNameless(std::size_t column) {
    const bool empty =
        std::all_of(sheet_.rows.begin() + 1, sheet_.rows.end(), [&](const base::CsvRow& row) {
          return column >= row.fields.size() || row.fields[column].empty();
        });
    if (empty) return;
    Wrong(sheet_.rows.front(), column, "lista-columna",
          {"la columna no tiene nombre, y tiene algo", "the column has no name, and has something"},
          {"póngale nombre; con él puede dejarla fuera con --omitir",
           "give it a name, by which --omit can leave it out"});
  }

  void AssignPseudonymised() {
    for (std::size_t c = 0; c < headers_.size(); ++c) {
      const std::string plain = PlainName(headers_[c].shown);
      if (plain == kPersonColumn) {
        headers_[c].use = Use::Person;
      } else if (Identifies(plain)) {
        Wrong(sheet_.rows.front(), c, "lista-identifica",
              {"es una columna que dice quién es cada persona",
               "it is a column that says who each person is"},
              PassItFirst());
      } else {
        AssignField(c, plain);
      }
    }
    if (!PersonColumn()) {
      Fail("lista-sin-persona",
           {"no tiene la columna «persona», con los seudónimos",
            "it does not have the column 'persona', with the pseudonyms"},
           PassItFirst());
    }
    CheckOnce();
  }

  static base::Text PassItFirst() {
    return {"pase antes la lista por «cotejo personal»",
            "pass the list through 'cotejo staff' first"};
  }

  void CheckOnce() {
    std::map<std::size_t, std::size_t> seen;
    for (std::size_t c = 0; c < headers_.size(); ++c) {
      if (headers_[c].use != Use::Field) continue;
      if (seen.emplace(headers_[c].field, c).second) continue;
      const std::string& name = fields_[headers_[c].field].name;
      Wrong(sheet_.rows.front(), c, "lista-columna",
            {"«" + name + "» ya es otra columna", "'" + name + "' is another column already"}, {});
    }
  }

  std::optional<std::size_t> PersonColumn() const {
    for (std::size_t c = 0; c < headers_.size(); ++c) {
      if (headers_[c].use == Use::Person) return c;
    }
    return std::nullopt;
  }

  std::vector<std::string> FieldNames() const {
    std::vector<std::string> names;
    for (const ListField& field : fields_) names.push_back(field.name);
    return names;
  }

  // ---- the rows

  template <typename PersonOf>
  void ReadRows(PersonOf person_of) {
    const std::size_t person = *PersonColumn();
    for (std::size_t c = 0; c < headers_.size(); ++c) {
      if (headers_[c].use == Use::Field) builders_.emplace(c, fields_[headers_[c].field].name);
    }
    for (std::size_t r = 1; r < sheet_.rows.size(); ++r) {
      const base::CsvRow& row = sheet_.rows[r];
      if (row.fields.size() != headers_.size()) {
        Fail("lista-fila",
             {"tiene " + std::to_string(row.fields.size()) + " celdas y la cabecera " +
                  std::to_string(headers_.size()),
              "it has " + std::to_string(row.fields.size()) + " cells and the header " +
                  std::to_string(headers_.size())},
             {"una celda con el separador dentro va entre comillas",
              "a cell with the separator in it goes in quotes"},
             std::to_string(row.line) + ":");
        continue;
      }
      persons_.push_back(person_of(r, person));
      for (auto& [column, builder] : builders_) ReadCell(row, column, builder);
      CheckTogether(row);
    }
  }

  // Cells that could each be, and not both.
  void CheckTogether(const base::CsvRow& row) {
    for (const auto& [column, builder] : builders_) {
      const ListField& field = fields_[headers_[column].field];
      const auto beside = std::find_if(builders_.begin(), builders_.end(), [&](const auto& other) {
        return fields_[headers_[other.first].field].name == field.beside;
      });
      if (beside == builders_.end()) continue;
      const ListField& other = fields_[headers_[beside->first].field];
      const ListCell one = ReadListCell(field, row.fields[column], today_);
      const ListCell two = ReadListCell(other, row.fields[beside->first], today_);
      if (!one.value || !two.value) continue;
      const ListCell wrong = Disagreement(field, *one.value, *two.value);
      if (!wrong.fault.es.empty()) Wrong(row, column, wrong.code, Told(wrong), wrong.hint);
    }
  }

  void ReadCell(const base::CsvRow& row, std::size_t column, ColumnBuilder& builder) {
    const ListField& field = fields_[headers_[column].field];
    const ListCell cell = ReadListCell(field, row.fields[column], today_);
    if (cell.value) return builder.Add(*cell.value);
    builder.AddNone(cell.none ? kHasNone : kUnknown);
    if (cell.fault.es.empty()) return;
    const bool says_who =
        MaySayWho(row.fields[column]) && Nearest(cell.shown, field.values).es.empty();
    Wrong(row, column, cell.code, says_who ? cell.fault : Told(cell), cell.hint);
  }

  static base::Text Told(const ListCell& cell) {
    return {"«" + cell.shown + "» " + cell.fault.es, "'" + cell.shown + "' " + cell.fault.en};
  }

  // Where the cells of a row have moved, a document or a name is under another heading: six digits
  // in a row, several words, or one that the columns of names have.
  bool MaySayWho(const std::string& text) {
    std::size_t digits = 0;
    for (const char c : text) {
      if (c == '.' || c == ' ') continue;
      digits = c >= '0' && c <= '9' ? digits + 1 : 0;
      if (digits >= 6) return true;
    }
    const std::vector<std::string> words = WordsOf(text);
    return words.size() > 1 || std::any_of(words.begin(), words.end(), [&](const auto& word) {
             return NameWords().contains(word);
           });
  }

  // Those of letters, plain.
  static std::vector<std::string> WordsOf(const std::string& text) {
    std::vector<std::string> words = {""};
    for (const char c : PlainName(text)) {
      if (c == '_' && !words.back().empty()) words.emplace_back();
      if (c != '_') words.back() += c;
    }
    std::erase_if(words, [](const std::string& word) {
      return word.find_first_not_of("0123456789") == std::string::npos;
    });
    return words;
  }

  const std::set<std::string>& NameWords() {
    if (!name_words_.empty()) return name_words_;
    for (std::size_t c = 0; c < headers_.size(); ++c) {
      if (headers_[c].use != Use::Identifying) continue;
      for (std::size_t r = 1; r < sheet_.rows.size(); ++r) {
        if (c >= sheet_.rows[r].fields.size()) continue;
        for (std::string& word : WordsOf(sheet_.rows[r].fields[c]))
          name_words_.insert(std::move(word));
      }
    }
    return name_words_;
  }

  // Who it is goes no further than this: a key to find the same person again, and the hash.
  std::string DocumentOf(std::size_t r, std::size_t column, const std::string& key) {
    const base::CsvRow& row = sheet_.rows[r];
    const std::string plain = UnpaddedDocument(row.fields[column]);
    if (plain.empty()) {
      Wrong(row, column, "lista-sin-documento", {"falta el documento", "the document is missing"},
            {});
      return {};
    }
    if (plain.find_first_of("0123456789") == std::string::npos) {
      Wrong(row, column, "lista-documento",
            {"no es un documento: no tiene ninguna cifra", "it is no document: it has no digit"},
            {"quite las filas que no son de una persona, como la de un total",
             "remove the rows that are not of a person, such as that of a total"});
      return {};
    }
    if (IsScientific(row.fields[column])) {
      Wrong(row, column, "lista-documento",
            {"no es un documento: le faltan cifras, que la planilla de cálculo redondeó (E+)",
             "it is no document: it lacks digits, which the spreadsheet rounded off (E+)"},
            {"dé a la columna formato de texto o de número sin decimales, y guárdela de nuevo",
             "give the column the format of text or of a whole number, and save it again"});
      return {};
    }
    if (HasDecimals(row.fields[column])) {
      Wrong(row, column, "lista-documento",
            {"no es un documento: tiene decimales, que le puso la planilla de cálculo",
             "it is no document: it has decimals, which the spreadsheet gave it"},
            {"dé a la columna formato de texto o de número sin decimales, y guárdela de nuevo",
             "give the column the format of text or of a whole number, and save it again"});
      return {};
    }
    CheckNew(plain, row, column);
    return Pseudonym(key, plain);
  }

  std::string PseudonymOf(std::size_t r, std::size_t column) {
    const base::CsvRow& row = sheet_.rows[r];
    const std::string& text = row.fields[column];
    if (!IsPseudonym(text)) {
      Wrong(row, column, "lista-identifica",
            {"no tiene un seudónimo", "it does not have a pseudonym"}, PassItFirst());
      return {};
    }
    CheckNew(text, row, column);
    return text;
  }

  void CheckNew(const std::string& who, const base::CsvRow& row, std::size_t column) {
    const auto [first, added] = lines_.emplace(who, row.line);
    if (added) return;
    const std::string line = std::to_string(first->second);
    Wrong(row, column, "lista-persona-repetida",
          {"es la misma persona que la de la línea " + line,
           "it is the same person as the one in line " + line},
          {"deje una fila por persona", "leave one row for each person"});
  }

  std::optional<Imported> Finish(std::size_t errors_before, Imported imported) {
    for (const auto& header : headers_) {
      const int more = header.mistakes - kMostOfAColumn;
      if (more <= 0) continue;
      const std::string count = std::to_string(more);
      Fail("lista-más-errores",
           {"hay " + count + " errores más en la columna «" + header.shown + "»",
            "there are " + count + " more mistakes in the column '" + header.shown + "'"},
           {});
    }
    if (diagnostics_.errors() > errors_before) return std::nullopt;
    std::vector<std::size_t> order(persons_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(),
              [&](std::size_t a, std::size_t b) { return persons_[a] < persons_[b]; });
    StaffList& list = imported.list;
    list.path = sheet_.path;
    for (const std::size_t i : order) list.persons.push_back(std::move(persons_[i]));
    for (const ListField& field : fields_) {  // in the order of the fields, whatever the list's
      for (auto& [column, builder] : builders_) {
        if (fields_[headers_[column].field].name != field.name) continue;
        Column taken = builder.Take();
        std::vector<std::int32_t> of;
        for (const std::size_t i : order) of.push_back(taken.of[i]);
        taken.of = std::move(of);
        list.columns.push_back(std::move(taken));
      }
    }
    return imported;
  }

  // ---- mistakes

  // `place`: "", or "12:3:".
  void Fail(const char* code, const base::Text& message, base::Text hint,
            const std::string& place = "") {
    const std::string where = sheet_.path + ":" + place + " ";
    diagnostics_.Add({code,
                      base::Severity::Error,
                      {},
                      {where + message.es, where + message.en},
                      std::move(hint),
                      {}});
  }

  // "lista.csv:12:3: «ingreso»: …": a place without the line, which says who it is about.
  void Wrong(const base::CsvRow& row, std::size_t column, const char* code,
             const base::Text& message, base::Text hint) {
    if (++headers_[column].mistakes > kMostOfAColumn) return;
    const std::string& name = headers_[column].shown;
    Fail(code, {"«" + name + "»: " + message.es, "'" + name + "': " + message.en}, std::move(hint),
         std::to_string(row.line) + ":" + std::to_string(column + 1) + ":");
  }

  const Sheet& sheet_;
  const std::vector<ListField>& fields_;
  base::Date today_;
  base::Diagnostics& diagnostics_;
  std::vector<Header> headers_;
  std::map<std::size_t, ColumnBuilder> builders_;  // by column
  std::vector<std::string> persons_;
  std::map<std::string, int> lines_;
  std::set<std::string> name_words_;  // of the columns that say who somebody is
};

}  // namespace

std::optional<Imported> ImportList(const Sheet& sheet, const std::vector<ListField>& fields,
                                   const ImportOptions& options, base::Diagnostics& diagnostics) {
  return ListReader(sheet, fields, options.today, diagnostics).Import(options);
}

std::string WriteStaffCsv(const StaffList& list) {
  std::string text = kPersonColumn;
  for (const Column& column : list.columns) text += "," + column.attribute;
  text += "\n";
  for (std::size_t i = 0; i < list.persons.size(); ++i) {
    text += list.persons[i];
    for (const Column& column : list.columns) {
      const std::int32_t of = column.of[i];
      text += ",";
      if (of == kHasNone) text += kNoneWord;
      if (of >= 0) text += WriteListCell(column.values[static_cast<std::size_t>(of)]);
    }
    text += "\n";
  }
  return text;
}

std::optional<StaffList> ReadStaffCsv(const std::string& path, const std::vector<ListField>& fields,
                                      base::Date today, base::Diagnostics& diagnostics) {
  const auto sheet = ReadSheet(path, {}, diagnostics);
  if (!sheet) return std::nullopt;
  return ListReader(*sheet, fields, today, diagnostics).ReadBack();
}

}  // namespace cotejo::population
