// The catalogue: every check, its group, its page and its plan, in the order reports show them.
#include <array>

#include "solver/checks/plans.h"

namespace cotejo::checks {

namespace {

const base::Text kConsistency{"consistencia", "consistency"};
const base::Text kCompleteness{"completitud", "completeness"};
const base::Text kEconomy{"economía", "economy"};

const std::array<CheckDescriptor, 4>& Table() {
  static const std::array<CheckDescriptor, 4> kTable{{
      {"contradicción",
       kConsistency,
       {"reglas cuyas consecuencias no pueden quedar en pie a la vez",
        "rules whose consequences cannot both stand"},
       "docs/comprobaciones/contradiccion.md",
       Needs::Rules,
       &PlanContradictions},
      {"hueco",
       kCompleteness,
       {"casos del dominio de una escala a los que nada se aplica",
        "cases inside the domain of a scale to which nothing applies"},
       "docs/comprobaciones/hueco.md",
       Needs::Rules,
       &PlanGaps},
      {"granularidad",
       kCompleteness,
       {"valores que el instrumento registra y ninguna fila recoge",
        "values the instrument records and no row takes"},
       "docs/comprobaciones/granularidad.md",
       Needs::Rules,
       nullptr},  // found with the gaps
      {"solapamiento",
       kEconomy,
       {"un hecho calificado dos veces, o dos filas para un mismo caso",
        "a fact characterised twice, or two rows for one case"},
       "docs/comprobaciones/solapamiento.md",
       Needs::Rules,
       &PlanOverlaps},
  }};
  return kTable;
}

}  // namespace

std::span<const CheckDescriptor> AllChecks() { return Table(); }

}  // namespace cotejo::checks
