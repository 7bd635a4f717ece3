// The cell of a forecast that a study looks at.
#pragma once

#include <optional>
#include <string>

#include "model/base/source.h"
#include "scenarios/year/results.h"

namespace cotejo::study {

// Under the text in force; null when there is no such cell.
const year::Statistics* Watched(const year::Forecast& forecast, const std::string& key);

std::nullopt_t UnknownCell(const std::string& key, base::Diagnostics& diagnostics);

}  // namespace cotejo::study
