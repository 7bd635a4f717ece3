// What a measure of exposure returns: how many staff-years in a thousand meet each finding.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/base/text.h"

namespace cotejo::exposure {

struct Figure {
  std::int64_t met = 0;  // staff-years that showed it
  double per_thousand = 0;
  double low = 0, high = 0;  // 95 % interval
};

struct Exposure {
  std::string finding;           // base::Finding::id
  base::Text counted;            // what a staff-year must show to count
  base::Text why_not;            // or why a simulated year cannot show it
  std::optional<Figure> figure;  // none when it is not measured: that is not zero
};

struct ExposureReport {
  std::string population;  // name of the population file
  int gestion = 0;
  std::uint64_t seed = 0;
  int replications = 0;
  int staff = 0;
  std::vector<Exposure> findings;  // of the text in force, in the order of the check

  [[nodiscard]] std::int64_t years() const {
    return static_cast<std::int64_t>(staff) * replications;
  }
};

}  // namespace cotejo::exposure
