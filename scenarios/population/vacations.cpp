// Reads `[vacaciones]`: how much vacation is used, when, what is moved to another month, and what
// everybody takes together.
#include <algorithm>
#include <cmath>

#include "scenarios/population/specification.h"

namespace cotejo::population {
namespace {

constexpr std::int64_t kMostHalfDays = 120;
constexpr std::int64_t kMonths = 12;

class VacationLoader {
 public:
  VacationLoader(Reader& reader, Specification& specification)
      : reader_(reader), spec_(specification) {}

  VacationPlan Load(const toml::table& table) {
    reader_.CheckKeys(
        table, {"uso_por_ciento", "uso_de_lo_adquirido_por_ciento", "medios_dias_seguidos", "mes",
                "reprogramadas_por_ciento", "reprogramacion", "colectiva"});
    VacationPlan plan;
    plan.share = LoadDiscrete(reader_, table, "uso_por_ciento", 0, 100);
    if (table.contains("uso_de_lo_adquirido_por_ciento"))
      plan.acquired = LoadDiscrete(reader_, table, "uso_de_lo_adquirido_por_ciento", 0, 100);
    plan.spell = LoadDiscrete(reader_, table, "medios_dias_seguidos", 1, kMostHalfDays);
    plan.month = LoadDiscrete(reader_, table, "mes", 1, kMonths);
    if (table.contains("reprogramadas_por_ciento") || table.contains("reprogramacion")) {
      const double share = reader_.Number(table, "reprogramadas_por_ciento", 0, 100);
      plan.reprogramming = {{static_cast<std::uint64_t>(std::floor(share / 100 * 4294967296.0))},
                            LoadDiscrete(reader_, table, "reprogramacion", 1, kMonths - 1)};
    }
    if (!table.contains("colectiva")) return plan;
    for (const toml::table* item : reader_.List(table, "colectiva"))
      plan.collective.push_back(LoadCollective(*item));
    return plan;
  }

 private:
  CollectiveVacation LoadCollective(const toml::table& item) {
    reader_.CheckKeys(item, {"desde", "hasta", "oficinas", "grupos", "dispuesta"});
    CollectiveVacation collective;
    collective.from = reader_.Date(item, "desde");
    collective.to = reader_.Date(item, "hasta");
    if (collective.to < collective.from)
      reader_.Error(item.source(), "población-orden",
                    {"«desde» es posterior a «hasta»", "'desde' is later than 'hasta'"});
    collective.offices = ReadOffices(reader_, item, spec_);
    collective.groups = ReadGroups(reader_, item, spec_);
    if (!item.contains("dispuesta")) return collective;
    collective.announced = reader_.Date(item, "dispuesta");
    if (collective.from < *collective.announced)
      reader_.Error(item.source(), "población-orden",
                    {"la vacación colectiva se dispone después de empezar",
                     "the collective vacation is ordered after it begins"});
    if (spec_.population.names.vacation.collective.empty())
      reader_.Error(item.source(), "población-falta-clave",
                    {"«dispuesta» pide en [vocabulario.vacacion] la clave «colectiva»: el hecho de "
                     "que se dispuso",
                     "'dispuesta' asks for the key 'colectiva' in [vocabulario.vacacion]: the fact "
                     "that it was ordered"});
    return collective;
  }

  Reader& reader_;
  Specification& spec_;
};

}  // namespace

void LoadVacations(Reader& reader, const toml::table& root, Specification& specification) {
  Population& population = specification.population;
  VacationPlan& plan = population.vacation;
  plan = VacationLoader(reader, specification).Load(reader.Table(root, "vacaciones"));
  const auto announced = [](const CollectiveVacation& c) { return c.announced.has_value(); };
  if (std::none_of(plan.collective.begin(), plan.collective.end(), announced)) return;
  plan.announcement = population.occurrences.size();
  Occurrence order;
  order.name = "vacación colectiva dispuesta";
  order.kind = population.names.vacation.collective;
  order.away = Discrete({{0, 0, 1, {}}});
  order.variants.push_back({1, {}});
  order.variant = Discrete({{0, 0, 1, {}}});
  population.occurrences.push_back(std::move(order));
}

}  // namespace cotejo::population
