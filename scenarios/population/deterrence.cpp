// Reads `[disuasion]`: how long, and of what, people do less after a sanction.
#include "scenarios/population/specification.h"

namespace cotejo::population {
namespace {

constexpr std::int64_t kMostMonths = 12;

}  // namespace

std::optional<Deterrence> LoadDeterrence(Reader& reader, const toml::table& root) {
  if (!root.contains("disuasion")) return std::nullopt;
  const toml::table& table = reader.Table(root, "disuasion");
  reader.CheckKeys(table, {"meses", "tras_sancion"});
  Deterrence deterrence;
  deterrence.months = static_cast<std::int32_t>(reader.Integer(table, "meses", 1, kMostMonths));
  const toml::table& parts = reader.Table(table, "tras_sancion");
  std::vector<std::string> keys;
  bool any = false;
  for (std::size_t f = 0; f < kDeterred; ++f) {
    const char* key = KeyOf(static_cast<Factor>(f));
    keys.emplace_back(key);
    if (!parts.contains(key)) continue;
    any = true;
    deterrence.part[f] = reader.Number(parts, key, 0, 1);
  }
  reader.CheckKeys(parts, std::move(keys));
  if (!any && table["tras_sancion"].is_table()) {
    reader.Error(table.source(), "población-disuasión",
                 {"«tras_sancion» no dice de qué se hace menos",
                  "'tras_sancion' does not say what people do less of"},
                 {"dé la parte que queda de algo, de 0 a 1: atrasos = 0.8",
                  "give the part that is left of something, from 0 to 1: atrasos = 0.8"});
  }
  return deterrence;
}

}  // namespace cotejo::population
