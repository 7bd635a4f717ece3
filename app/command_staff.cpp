// personal: a real list of people becomes a file without their names, which simular takes.
#include <algorithm>
#include <cstdio>

#include "app/checking.h"
#include "app/commands.h"
#include "app/staff.h"
#include "model/base/joined.h"
#include "model/passages/workspace.h"
#include "scenarios/population/pseudonyms.h"
#include "scenarios/population/staff_list.h"

namespace cotejo::app {
namespace {

using base::Text;
using population::ListField;

void Report(Session& session, const char* code, Text message, Text hint) {
  session.diagnostics.Add(
      {code, base::Severity::Error, {}, std::move(message), std::move(hint), {}});
}

// What the population file does not mention but the vocabulary of the regulation does, and the
// bounds that the vocabulary sets to what both do.
void AddVocabulary(const rules::Ruleset& rules, std::vector<ListField>& fields) {
  using Kind = population::AttributeValue::Kind;
  for (const rules::Attribute& attribute : rules.attributes) {
    const rules::Domain domain = rules::DomainOf(attribute.type);
    const auto low = attribute.low ? attribute.low : domain.low;
    const auto high = attribute.high ? attribute.high : domain.high;
    const auto known = std::find_if(fields.begin(), fields.end(), [&](const ListField& field) {
      return field.name == attribute.name;
    });
    if (known != fields.end()) {
      if (low && (!known->low || *known->low < *low)) known->low = low;
      if (high && (!known->high || *high < *known->high)) known->high = high;
      continue;
    }
    ListField field{attribute.name, Kind::Number, {}, low, high, attribute.optional};
    if (attribute.type.base == rules::Base::TimeOfDay) continue;  // no staff has one
    if (attribute.type.base == rules::Base::Boolean) field.kind = Kind::Boolean;
    if (attribute.type.base == rules::Base::Date) field.kind = Kind::Date;
    if (attribute.type.base == rules::Base::Enumeration) {
      field.kind = Kind::Name;
      field.values = rules.enumerations[attribute.type.enumeration.index()].values;
    }
    fields.push_back(std::move(field));
  }
}

bool HasPopulation(Session& session, const Options& options) {
  if (!options.population.empty()) return true;
  Report(session, "sin-población",
         {"falta el archivo de población", "the population file is missing"},
         {"dé --poblacion ARCHIVO", "give --population FILE"});
  return false;
}

// "Fecha de ingreso=ingreso": the last sign parts them, for a header may have one.
std::vector<std::pair<std::string, std::string>> Renamed(Session& session, const Options& options) {
  std::vector<std::pair<std::string, std::string>> renamed;
  for (const std::string& text : options.columns) {
    const std::size_t at = text.rfind('=');
    if (at == std::string::npos || at == 0 || at + 1 == text.size()) {
      Report(session, "opción-columna",
             {"«" + text + "» no dice qué dato es una columna",
              "'" + text + "' does not say which data a column is"},
             {"escriba «Fecha de ingreso=ingreso»", "write 'Fecha de ingreso=ingreso'"});
      continue;
    }
    renamed.emplace_back(text.substr(0, at), text.substr(at + 1));
  }
  return renamed;
}

void Say(const Session& session, const Text& text) {
  std::printf("%s\n", text.in(session.language).c_str());
}

void Describe(const Session& session, const population::Sheet& sheet,
              const population::Imported& imported, const std::string& key,
              const Options& options) {
  const population::StaffList& list = imported.list;
  const std::string count = std::to_string(list.persons.size());
  const bool one = list.persons.size() == 1;
  Say(session,
      {sheet.path + ": " + sheet.read_as.es + "; " + count + (one ? " persona" : " personas"),
       sheet.path + ": " + sheet.read_as.en + "; " + count + (one ? " person" : " people")});
  for (const population::Column& column : list.columns) {
    const auto missing = std::count(column.of.begin(), column.of.end(), population::kUnknown);
    const std::string empty = std::to_string(missing);
    Say(session,
        missing == 0
            ? Text{"  " + column.attribute + ": todas", "  " + column.attribute + ": everybody"}
            : Text{"  " + column.attribute + ": " + empty + " sin dato, que se " +
                       (missing == 1 ? "sortea" : "sortean") + " al simular",
                   "  " + column.attribute + ": " + empty + " without it, drawn when simulating"});
  }
  Say(session, {"no pasan, porque dicen quién es: " + base::Joined(imported.identifying),
                "left behind, because they say who it is: " + base::Joined(imported.identifying)});
  if (!imported.omitted.empty()) {
    Say(session, {"no pasan, porque se pidió: " + base::Joined(imported.omitted),
                  "left behind, because it was asked: " + base::Joined(imported.omitted)});
  }
  Say(session, {"seudónimos con la llave «" + key + "»: guárdela, y no la entregue con el archivo",
                "pseudonyms by the key '" + key + "': keep it, and do not hand it with the file"});
  Say(session, {options.output + ": con seudónimos, pero no anónimo; cargo, fechas y haber pueden "
                                 "bastar para reconocer a alguien",
                options.output + ": under pseudonyms, but not anonymous; post, dates and pay may "
                                 "be enough to recognise somebody"});
}

}  // namespace

// Beside the workspace, which may be thrown away.
std::string KeyPath(const Options& options) {
  if (!options.key.empty()) return options.key;
  std::string folder = options.workspace.empty() ? passages::kDefaultFolder : options.workspace;
  while (folder.size() > 1 && folder.ends_with('/')) folder.pop_back();
  return folder + ".llave";
}

std::optional<population::StaffList> ReadStaffList(Session& session, const Loaded& loaded,
                                                   const Options& options, base::Date last) {
  std::vector<ListField> fields =
      population::LoadListFields(session.sources, options.population, session.diagnostics);
  if (session.diagnostics.has_errors()) return std::nullopt;
  AddVocabulary(*loaded.base.rules, fields);
  return population::ReadStaffCsv(options.staff, fields, last, session.diagnostics);
}

std::optional<population::Population> ReadPopulation(Session& session, const Loaded& loaded,
                                                     const Options& options, base::Date last,
                                                     std::string* listed) {
  if (!HasPopulation(session, options)) return std::nullopt;
  population::Population population;
  if (options.staff.empty()) {
    population =
        population::LoadPopulation(session.sources, options.population, session.diagnostics);
  } else {
    const auto list = ReadStaffList(session, loaded, options, last);
    if (!list) return std::nullopt;
    if (listed != nullptr) *listed = population::WriteStaffCsv(*list);
    population =
        population::LoadPopulation(session.sources, options.population, *list, session.diagnostics);
  }
  if (session.diagnostics.has_errors()) return std::nullopt;
  return population;
}

ExitStatus RunStaff(Session& session, const Options& options) {
  const auto fail = [&] {
    PrintDiagnostics(session);
    return ExitStatus::BadInput;
  };
  if (!HasPopulation(session, options)) return fail();
  std::vector<ListField> fields =
      population::LoadListFields(session.sources, options.population, session.diagnostics);
  if (!options.regulation.empty()) {
    const auto loaded = Load(session, options.regulation, {}, {});
    if (!loaded) return ExitStatus::BadInput;
    AddVocabulary(*loaded->base.rules, fields);
  }
  population::ImportOptions import;
  import.document = options.document_column;
  import.omitted = options.omitted;
  import.renamed = Renamed(session, options);
  import.today = Today(session, options);
  if (session.diagnostics.has_errors()) return fail();
  const auto sheet = population::ReadSheet(options.staff, options.sheet, session.diagnostics);
  if (!sheet) return fail();
  const std::string key_path = KeyPath(options);
  const auto key = population::ReadOrMakeKey(key_path, session.diagnostics);
  if (!key) return fail();
  import.key = *key;
  const auto imported = population::ImportList(*sheet, fields, import, session.diagnostics);
  if (!imported) return fail();
  if (!WriteFile(session, options.output, population::WriteStaffCsv(imported->list)))
    return ExitStatus::BadInput;
  Describe(session, *sheet, *imported, key_path, options);
  PrintDiagnostics(session);
  return ExitStatus::Clean;
}

}  // namespace cotejo::app
