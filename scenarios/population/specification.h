// What a population file says, before any person is drawn from it.
#pragma once

#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "scenarios/population/population.h"
#include "scenarios/population/reader.h"

namespace cotejo::population {

struct StaffList;

// The most that a file or a list may say of somebody.
inline constexpr std::int64_t kMostPay = 10'000'000;  // Bs a month
inline constexpr std::int64_t kMostServiceYears = 60;
inline constexpr std::int64_t kMostOpening = 500;  // half days
// What happens on one day is chosen by one draw, so the chances of a class must leave room.
inline constexpr double kMostEventsPerYear = 120;

struct Office {
  std::string name;
  std::string department;
  std::vector<std::int64_t> posts;  // by group
};

struct PayLevel {
  base::Rational amount;
  std::int64_t posts = 0;
};

struct DateBand {
  base::Date from, to;
  std::int64_t weight = 0;
};

struct ServiceBand {  // years served elsewhere
  std::int32_t from = 0, to = 0;
  std::int64_t weight = 0;
  Chance certificate;
};

struct OpeningBand {  // half days left, by whole years in the entity
  std::int32_t years_from = 0, years_to = 0;
  std::int32_t low = 0, high = 0;
};

struct FixedAttribute {
  AttributeValue value;
  std::string office;
  std::int64_t count = 0;
};

// An attribute that the staff is given in some proportion: `[[dato]]`.
struct Characteristic {
  struct Value {
    std::string name;
    bool absent = false;    // the person has no value
    AttributeValue lowest;  // drawn evenly between the two: whole numbers or dates
    AttributeValue highest;
    std::vector<std::int64_t> weight;  // by group
  };
  std::string attribute;
  bool own = false;  // of the population alone: no text has it
  std::vector<Value> values;
};

// How many people have each pair of values of two of the tables: `[[cruce]]`.
struct Cross {
  std::string name;
  std::string rows, columns;  // attributes
  // (row value, column value, people); pairs that are not there have nobody.
  std::vector<std::tuple<std::string, std::string, double>> cells;
  toml::source_region where;
};

struct AttributeNames {
  std::string group, office, department, pay, hired, previous_service, certificate;
};

struct Specification {
  std::uint64_t seed = 0;
  AttributeNames attributes;
  std::vector<std::int64_t> group_sizes;
  std::vector<Office> offices;
  std::vector<std::vector<PayLevel>> pay;    // by group
  std::vector<std::vector<DateBand>> hired;  // by group
  std::vector<ServiceBand> service;
  base::Date certificate_from, certificate_to;
  std::vector<bool> opening_groups;  // by group: whether it has a balance at all
  std::vector<OpeningBand> opening;
  std::vector<FixedAttribute> fixed;
  std::vector<Characteristic> characteristics;
  std::vector<Cross> crosses;
  std::int64_t total = 0;  // people to draw; the tables are asked in proportion
  Population population;   // everything but the staff
};

// A text, a date, true, false, or a number of up to three decimals; nothing for anything else.
std::optional<AttributeValue> ReadValue(const toml::node& node);
// The values of a table by attribute or field; mistakes are diagnostics of the reader.
std::vector<AttributeValue> ReadValues(Reader& reader, const toml::table& table);
// What `[rotacion]` says, the groups being those of the population.
std::optional<Turnover> LoadTurnover(Reader& reader, const toml::table& root,
                                     const std::vector<std::string>& groups);
// What `[[tramite]]` says; whether the regulation has them is seen when a year is prepared.
std::vector<ProcedureConduct> LoadProcedures(Reader& reader, const toml::table& root);
// What `[disuasion]` says.
std::optional<Deterrence> LoadDeterrence(Reader& reader, const toml::table& root);
// What `[rasgos]` says, correlations that nobody's factors can have being an error.
std::optional<Traits> LoadTraits(Reader& reader, const toml::table& root);
// What `[vacaciones]` says. The fact that a collective vacation was ordered is one more occurrence,
// which never happens by chance.
void LoadVacations(Reader& reader, const toml::table& root, Specification& specification);
// What `[[suceso]]` says; mistakes are diagnostics of the reader.
std::vector<Occurrence> LoadOccurrences(Reader& reader, const toml::table& root,
                                        const Specification& specification);
// The offices that `oficinas` names, and by group whether `grupos` names it; without the key, none
// and all.
std::vector<std::string> ReadOffices(Reader& reader, const toml::table& item,
                                     const Specification& specification);
std::vector<bool> ReadGroups(Reader& reader, const toml::table& item,
                             const Specification& specification);
// Bands { desde, hasta, peso [, justificada_por_ciento] } within [low, high].
Discrete LoadDiscrete(Reader& reader, const toml::table& table, const char* key, std::int64_t low,
                      std::int64_t high);

// `[[dato]]` and `[[cruce]]`, the same way.
void LoadCharacteristics(Reader& reader, const toml::table& root, Specification& specification);
void LoadCrosses(Reader& reader, const toml::table& root, Specification& specification);

// Draws the staff so that every table comes out: a function of the specification and its seed.
// Tables that no staff can meet are errors that name them.
void DrawStaff(Specification& specification, Reader& reader, const toml::table& root);

// Half days left to somebody of the group hired on that day.
std::int32_t OpeningHalfDays(const Specification& specification, std::size_t group,
                             base::Date hired, std::uint32_t draw);
// How many of so many people have a `[[dato_fijo]]`, in proportion.
std::int64_t FixedCount(const Specification& specification, const FixedAttribute& fixed,
                        std::int64_t people);

// In place of the staff drawn, that of a list, which takes from it what it does not say.
void TakeListed(Specification& specification, const StaffList& list);

}  // namespace cotejo::population
