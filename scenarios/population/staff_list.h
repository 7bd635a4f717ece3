// A list of real people as the entity keeps it: read, checked, and stripped of who they are.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "model/base/csv.h"
#include "scenarios/population/population.h"

namespace cotejo::population {

// What a list may say of a person.
struct ListField {
  std::string name;
  AttributeValue::Kind kind = AttributeValue::Kind::Name;
  std::vector<std::string> values = {};     // Name: those there are
  std::optional<base::Rational> low, high;  // Number; Date, in days since 1970
  bool optional = false;                    // somebody may have none
  // Another field of the same person that must agree with it: that of an office is its department;
  // nobody hired after the date of the opening balance has one.
  std::string beside = {};
  std::vector<std::string> beside_values = {};   // Name: what it is then, by value
  std::optional<base::Date> beside_latest = {};  // Number, but for 0: the latest it may be
};

// The vacation balance, in days; no attribute of the vocabulary, but the staff has it.
inline constexpr const char* kOpeningField = "saldo_inicial";

// Those of a population file: its attributes, its `[[dato]]` and `[[dato_fijo]]`, the balance.
// Nothing, with diagnostics, when the file is wrong.
std::vector<ListField> LoadListFields(base::SourceMap& sources, const std::string& path,
                                      base::Diagnostics& diagnostics);

// ---- the file, as rows -----------------------------------------------------------

struct Sheet {
  std::string path;
  base::Text read_as;              // "CSV con «;», en Windows-1252"
  std::vector<base::CsvRow> rows;  // the header first; one at least
};

// CSV separated by commas, semicolons or tabs, in an encoding of Decode; or xlsx, through
// xlsx2csv as a child process: the sheet of that name, or the first. No diagnostic about a list
// ever shows a line of it.
std::optional<Sheet> ReadSheet(const std::string& path, const std::string& sheet,
                               base::Diagnostics& diagnostics,
                               const std::string& program = "xlsx2csv");

// ---- the people ------------------------------------------------------------------

// In `Column::of`.
inline constexpr std::int32_t kUnknown = -1;  // an empty cell
inline constexpr std::int32_t kHasNone = -2;  // "ninguno"

struct StaffList {
  std::string path;
  std::vector<std::string> persons;  // pseudonyms, ascending: the order of the list tells of it
  std::vector<Column> columns;       // by person: into values, or one of the two above
};

struct ImportOptions {
  std::string document;                                      // header; empty: found by its name
  std::vector<std::string> omitted;                          // headers
  std::vector<std::pair<std::string, std::string>> renamed;  // header → field
  base::Date today;                                          // later dates are mistakes
  std::string key;                                           // of the pseudonyms
};

struct Imported {
  StaffList list;
  std::vector<std::string> identifying;  // headers that were left behind
  std::vector<std::string> omitted;
};

// A list as the entity keeps it. Every mistake is a diagnostic with file, line, column and value,
// but for what says who somebody is; with any, nothing.
std::optional<Imported> ImportList(const Sheet& sheet, const std::vector<ListField>& fields,
                                   const ImportOptions& options, base::Diagnostics& diagnostics);

// The file that comes of it, which has `persona` and known columns, and nothing else.
std::string WriteStaffCsv(const StaffList& list);
std::optional<StaffList> ReadStaffCsv(const std::string& path, const std::vector<ListField>& fields,
                                      base::Date today, base::Diagnostics& diagnostics);

// ---- the staff -------------------------------------------------------------------

// The population of the file with those people: what the list does not give of somebody comes
// from a person drawn from the file, of the same group and of the same values of what a `[[cruce]]`
// ties. How much of each came from where is in `Population::listed`.
Population LoadPopulation(base::SourceMap& sources, const std::string& path, const StaffList& list,
                          base::Diagnostics& diagnostics);

}  // namespace cotejo::population
