// Reads `[rotacion]`: who leaves a post by themselves, how long it stays vacant, and what happens
// to whom the text removes.
#include <cmath>

#include "scenarios/population/specification.h"

namespace cotejo::population {
namespace {

constexpr std::int64_t kMostDays = 3650;

class TurnoverLoader {
 public:
  TurnoverLoader(Reader& reader, const std::vector<std::string>& groups)
      : reader_(reader), groups_(groups) {}

  Turnover Load(const toml::table& table) {
    reader_.CheckKeys(table, {"salidas", "dias_vacante", "remocion"});
    turnover_.departures.resize(groups_.size());
    std::vector<double> percent(groups_.size());
    for (const toml::table* item : reader_.List(table, "salidas")) LoadDeparture(*item, percent);
    for (std::size_t g = 0; g < groups_.size(); ++g) {
      if (percent[g] <= 100) continue;
      reader_.Error(table.source(), "población-suma",
                    {"las salidas de «" + groups_[g] + "» pasan de 100 por ciento",
                     "the departures of '" + groups_[g] + "' add up to more than 100 per cent"});
    }
    turnover_.vacant = LoadDiscrete(reader_, table, "dias_vacante", 0, kMostDays);
    if (table.contains("remocion")) LoadRemoval(reader_.Table(table, "remocion"));
    return std::move(turnover_);
  }

 private:
  void LoadDeparture(const toml::table& item, std::vector<double>& percent) {
    reader_.CheckKeys(item, {"grupo", "por_ciento", "campos"});
    const std::string name = reader_.String(item, "grupo");
    const double share = reader_.Number(item, "por_ciento", 0, 100);
    Departure departure;
    departure.chance = {static_cast<std::uint64_t>(std::floor(share / 100 * 4294967296.0))};
    if (item.contains("campos"))
      departure.fields = ReadValues(reader_, reader_.Table(item, "campos"));
    const auto group = std::find(groups_.begin(), groups_.end(), name);
    if (group == groups_.end()) {
      reader_.Error(item.source(), "población-grupo",
                    {"«" + name + "» no es un grupo del personal",
                     "'" + name + "' is not a group of the staff"});
      return;
    }
    const auto at = static_cast<std::size_t>(group - groups_.begin());
    percent[at] += share;
    turnover_.departures[at].push_back(std::move(departure));
  }

  void LoadRemoval(const toml::table& table) {
    reader_.CheckKeys(table, {"dias_de_proceso", "destitucion", "retiro"});
    Removal removal;
    if (table.contains("dias_de_proceso"))
      removal.process_days =
          static_cast<std::int32_t>(reader_.Integer(table, "dias_de_proceso", 0, kMostDays));
    removal.destitution = ReadValues(reader_, reader_.Table(table, "destitucion"));
    removal.retirement = ReadValues(reader_, reader_.Table(table, "retiro"));
    turnover_.removal = std::move(removal);
  }

  Reader& reader_;
  const std::vector<std::string>& groups_;
  Turnover turnover_;
};

}  // namespace

std::optional<Turnover> LoadTurnover(Reader& reader, const toml::table& root,
                                     const std::vector<std::string>& groups) {
  if (!root.contains("rotacion")) return std::nullopt;
  return TurnoverLoader(reader, groups).Load(reader.Table(root, "rotacion"));
}

}  // namespace cotejo::population
