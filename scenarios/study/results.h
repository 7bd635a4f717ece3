// What a sensitivity analysis returns.
#pragma once

#include <string>
#include <vector>

#include "model/base/text.h"

namespace cotejo::study {

// A share of the variance, with its 95 % bootstrap interval.
struct Share {
  double value = 0;
  double low = 0, high = 0;
};

struct FactorEffect {
  std::string key;  // as in the population file: "atrasos"
  base::Text factor;
  // Elementary effects, in the cell's unit over ± 2 standard deviations of the factor's
  // logarithm: mean, mean of absolute values, standard deviation.
  double mean = 0, mean_abs = 0, sd = 0;
  bool studied = false;  // its shares of the variance were estimated
  Share first, total;
};

struct SensitivityReport {
  std::string watched;  // key of the cell
  base::Text label;
  base::Text regulation;   // title
  std::string population;  // name
  int staff = 0;           // people
  int gestion = 0;
  int replications = 0;  // years at each point
  int runs = 0;          // simulations
  std::uint64_t seed = 0;
  std::vector<FactorEffect> effects;  // of what the file is unsure of; largest mean_abs first
};

}  // namespace cotejo::study
