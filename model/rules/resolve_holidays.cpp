// The holidays of the calendar, and the attribute that says whose they are.
#include <algorithm>
#include <filesystem>
#include <set>

#include "model/base/csv.h"
#include "model/base/utf8.h"
#include "model/rules/builder.h"

namespace cotejo::rules {

namespace {

// "LA PAZ" of the file is "la_paz" of the vocabulary.
std::string FoldScope(std::string_view scope) {
  std::string folded = base::Fold(scope);
  std::replace(folded.begin(), folded.end(), '_', ' ');
  return folded;
}

// By a slip in its scope a holiday would be a working day for everybody. A scope like none of the
// values may be of a file that several entities share: it is told once.
void CheckScopes(base::SourceMap& sources, const std::string& path, const base::Calendar& calendar,
                 const std::string& attribute, std::vector<std::string> values,
                 base::Diagnostics& diagnostics) {
  values.emplace_back("NACIONAL");
  std::set<std::string> known{""};  // a row without scope was refused when it was read
  for (const std::string& value : values) known.insert(FoldScope(value));
  const auto& holidays = calendar.holidays();
  if (std::all_of(holidays.begin(), holidays.end(),
                  [&](const base::Holiday& holiday) { return known.contains(holiday.scope); }))
    return;
  base::Diagnostics ignored;  // said when the holidays were read
  const auto table = base::ReadCsv(sources, path, ignored);
  const std::size_t width = table->rows.front().fields.size();
  for (auto row = table->rows.begin() + 1; row != table->rows.end(); ++row) {
    if (row->fields.size() != width || known.contains(FoldScope(row->fields[1]))) continue;
    const std::string& given = row->fields[1];
    const std::string line = std::to_string(row->line);
    const std::string near = base::NearestName(given, values);
    base::Text hint = {"el ámbito es NACIONAL o uno de los valores de ese dato",
                       "the scope (ambito) is NACIONAL or one of the values of that attribute"};
    if (!near.empty()) hint = {"¿quiso decir «" + near + "»?", "did you mean '" + near + "'?"};
    diagnostics.Add({"feriados-ámbito",
                     near.empty() ? base::Severity::Warning : base::Severity::Error,
                     table->span(sources, *row),
                     {"fila " + line + ": «" + given + "» no es NACIONAL ni un valor de «" +
                          attribute + "», y sus feriados no son de nadie",
                      "row " + line + ": '" + given + "' is neither NACIONAL nor a value of '" +
                          attribute + "', and its holidays are nobody's"},
                     std::move(hint),
                     {}});
    if (near.empty()) known.insert(FoldScope(given));
  }
}

}  // namespace

void Builder::DeclareHolidays() {
  for (const ProgramEntry& entry : program_.entries) {
    const Decl& decl = *entry.decl;
    if (decl.kind != Decl::Kind::HolidayScope) continue;
    const auto folder = std::filesystem::path(sources_.file(decl.span.file).path).parent_path();
    base::Diagnostics reading;
    const std::string path = (folder / decl.text).lexically_normal().string();
    const base::Calendar calendar = base::ReadHolidays(sources_, path, reading);
    for (base::Diagnostic diagnostic : reading.all()) {  // a file that is not there has no place
      if (!diagnostic.span.file.valid()) diagnostic.span = decl.name.span;
      diagnostics_.Add(std::move(diagnostic));
    }
    for (const base::Holiday& holiday : calendar.holidays()) rules_.calendar.Add(holiday);
    if (!decl.of) continue;
    const Symbol* symbol = Find(base::Fold(decl.of->text));
    if (symbol == nullptr || symbol->kind != Symbol::Kind::Attribute ||
        rules_.attributes[static_cast<std::size_t>(symbol->index)].type.base != Base::Enumeration) {
      Error("feriados", decl.of->span,
            {"el ámbito de los feriados es un dato enumerado",
             "the scope of holidays is an enumeration attribute"});
      continue;
    }
    rules_.holiday_scope = AttributeId(symbol->index);
    const Attribute& scope = rules_.attributes[static_cast<std::size_t>(symbol->index)];
    CheckScopes(sources_, path, calendar, scope.name,
                rules_.enumerations[scope.type.enumeration.index()].values, diagnostics_);
  }
}

}  // namespace cotejo::rules
