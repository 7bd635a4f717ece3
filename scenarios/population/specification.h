// What a population file says, before any person is drawn from it.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "scenarios/population/population.h"
#include "scenarios/population/reader.h"

namespace cotejo::population {

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
  Population population;  // everything but the staff
};

// What `[[suceso]]` says; mistakes are diagnostics of the reader.
std::vector<Occurrence> LoadOccurrences(Reader& reader, const toml::table& root);
// Bands { desde, hasta, peso [, justificada_por_ciento] } within [low, high].
Discrete LoadDiscrete(Reader& reader, const toml::table& table, const char* key, std::int64_t low,
                      std::int64_t high);

// Draws the staff: a function of the specification and its seed.
void DrawStaff(Specification& specification);

}  // namespace cotejo::population
