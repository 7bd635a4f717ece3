// Reads whom a table of the file is about: `oficinas` and `grupos`.
#include <algorithm>

#include "scenarios/population/specification.h"

namespace cotejo::population {
namespace {

// An empty list would be read as everybody.
void Nobody(Reader& reader, const toml::table& item, const char* key) {
  reader.Error(item.source(), "población-tipo",
               {std::string("«") + key + "» debe nombrar a alguien; sin esa clave son todos",
                std::string("'") + key + "' must name somebody; without that key it is all"});
}

}  // namespace

std::vector<std::string> ReadOffices(Reader& reader, const toml::table& item,
                                     const Specification& specification) {
  if (!item.contains("oficinas")) return {};
  const std::vector<std::string> names = reader.Strings(item, "oficinas");
  for (const std::string& name : names) {
    const auto same = [&](const Office& office) { return office.name == name; };
    if (std::any_of(specification.offices.begin(), specification.offices.end(), same)) continue;
    reader.Error(item.source(), "población-oficina",
                 {"«" + name + "» no está en [oficinas]", "'" + name + "' is not in [oficinas]"});
  }
  if (names.empty()) Nobody(reader, item, "oficinas");
  return names;
}

std::vector<bool> ReadGroups(Reader& reader, const toml::table& item,
                             const Specification& specification) {
  const std::vector<std::string>& all = specification.population.groups;
  if (!item.contains("grupos")) return std::vector<bool>(all.size(), true);
  std::vector<bool> groups(all.size());
  const std::vector<std::string> names = reader.Strings(item, "grupos");
  for (const std::string& name : names) {
    const auto group = std::find(all.begin(), all.end(), name);
    if (group != all.end()) {
      groups[static_cast<std::size_t>(group - all.begin())] = true;
      continue;
    }
    reader.Error(item.source(), "población-grupo",
                 {"«" + name + "» no es un grupo del personal",
                  "'" + name + "' is not a group of the staff"});
  }
  if (names.empty()) Nobody(reader, item, "grupos");
  return groups;
}

}  // namespace cotejo::population
