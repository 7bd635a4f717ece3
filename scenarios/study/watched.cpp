#include "scenarios/study/watched.h"

namespace cotejo::study {

const year::Statistics* Watched(const year::Forecast& forecast, const std::string& key) {
  for (std::size_t c = 0; c < forecast.cells.size(); ++c) {
    if (forecast.cells[c].key == key) return &forecast.regulations[0].statistics[c];
  }
  return nullptr;
}

std::nullopt_t UnknownCell(const std::string& key, base::Diagnostics& diagnostics) {
  diagnostics.Add({"simulación-opciones",
                   base::Severity::Error,
                   {},
                   {"«" + key + "» no es una casilla de los resultados",
                    "'" + key + "' is not a cell of the results"},
                   {},
                   {}});
  return std::nullopt;
}

}  // namespace cotejo::study
