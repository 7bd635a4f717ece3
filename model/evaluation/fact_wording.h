// A fact in words, in Spanish and English.
#pragma once

#include "model/evaluation/history.h"

namespace cotejo::evaluation {

// "llegada a las 08:50 (tramo 1, ingreso fijado 08:30)"; fields at their initial value are not
// said.
base::Text DescribeFact(const rules::Ruleset& rules, const History& history, const Fact& fact);

// "vacación_ganada" → "vacación ganada"
std::string Spaced(std::string name);

}  // namespace cotejo::evaluation
