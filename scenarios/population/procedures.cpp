// Reads `[[tramite]]`: how the steps of a procedure of the regulation come about.
#include <cmath>

#include "scenarios/population/specification.h"

namespace cotejo::population {
namespace {

constexpr std::int64_t kMostPercent = 1000;
constexpr std::int64_t kMostDays = 400;
constexpr std::int64_t kMostHours = 10'000;

class ProcedureLoader {
 public:
  ProcedureLoader(Reader& reader, const toml::table& item) : reader_(reader), item_(item) {}

  ProcedureConduct Load() {
    reader_.CheckKeys(item_, {"tramite", "tras", "hitos"});
    procedure_.name = reader_.String(item_, "tramite");
    procedure_.begins = reader_.String(item_, "tras");
    for (const toml::table* step : reader_.List(item_, "hitos")) LoadStep(*step);
    return std::move(procedure_);
  }

 private:
  void LoadStep(const toml::table& table) {
    reader_.CheckKeys(table, {"hito", "ocurre_por_ciento", "plazo_por_ciento", "dias_habiles",
                              "deja_sin_efecto_por_ciento", "horas"});
    MilestoneConduct step;
    step.milestone = reader_.String(table, "hito");
    for (const MilestoneConduct& other : procedure_.milestones) {
      if (other.milestone == step.milestone)
        reader_.Error(table.source(), "población-trámite",
                      {"el hito «" + step.milestone + "» está dos veces",
                       "the milestone '" + step.milestone + "' is there twice"});
    }
    if (table.contains("ocurre_por_ciento")) step.happens = Share(table, "ocurre_por_ciento");
    if (table.contains("deja_sin_efecto_por_ciento"))
      step.annuls = Share(table, "deja_sin_efecto_por_ciento");
    if (table.contains("plazo_por_ciento"))
      step.of_term = LoadDiscrete(reader_, table, "plazo_por_ciento", 0, kMostPercent);
    if (table.contains("dias_habiles"))
      step.days = LoadDiscrete(reader_, table, "dias_habiles", 0, kMostDays);
    step.hours = reader_.IntegerOr(table, "horas", 0, 0, kMostHours);
    procedure_.milestones.push_back(std::move(step));
  }

  Chance Share(const toml::table& table, const char* key) {
    const double percent = reader_.Number(table, key, 0, 100);
    return {static_cast<std::uint64_t>(std::floor(percent / 100 * 4294967296.0))};
  }

  Reader& reader_;
  const toml::table& item_;
  ProcedureConduct procedure_;
};

}  // namespace

std::vector<ProcedureConduct> LoadProcedures(Reader& reader, const toml::table& root) {
  std::vector<ProcedureConduct> all;
  if (!root.contains("tramite")) return all;
  for (const toml::table* item : reader.List(root, "tramite")) {
    all.push_back(ProcedureLoader(reader, *item).Load());
    for (std::size_t i = 0; i + 1 < all.size(); ++i) {
      if (all[i].name == all.back().name)
        reader.Error(item->source(), "población-trámite",
                     {"el trámite «" + all.back().name + "» está dos veces",
                      "the procedure '" + all.back().name + "' is there twice"});
    }
  }
  return all;
}

}  // namespace cotejo::population
