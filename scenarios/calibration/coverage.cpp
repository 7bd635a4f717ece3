#include "scenarios/calibration/coverage.h"

#include <algorithm>
#include <cmath>

namespace cotejo::calibration {
namespace {

constexpr std::size_t kNearest = 20;  // days on each side; as many in all at either end
constexpr double kFewestUsual = 5;
constexpr double kTenth = 0.1;
constexpr double kChance = 0.001;

double ShareOf(const DayCount& day) {
  return static_cast<double>(day.punched) / static_cast<double>(day.due);
}

// Of the days nearest to one of them, itself left out.
double UsualShare(const std::vector<DayCount>& days, std::size_t at) {
  const std::size_t wanted = std::min(days.size(), 2 * kNearest + 1);
  const std::size_t from = std::min(at - std::min(at, kNearest), days.size() - wanted);
  std::vector<double> shares;
  for (std::size_t i = from; i < from + wanted; ++i) {
    if (i != at) shares.push_back(ShareOf(days[i]));
  }
  if (shares.empty()) return 0;
  const auto middle = shares.begin() + static_cast<std::ptrdiff_t>(shares.size() / 2);
  std::nth_element(shares.begin(), middle, shares.end());
  return *middle;
}

// The chance that so many or fewer of `people` come, each with chance `share`.
double ChanceOfSoFew(std::int64_t few, std::int64_t people, double share) {
  if (share >= 1) return few < people ? 0 : 1;
  const auto n = static_cast<double>(people);
  double chance = 0;
  for (std::int64_t i = 0; i <= few; ++i) {
    const auto k = static_cast<double>(i);
    chance += std::exp(std::lgamma(n + 1) - std::lgamma(k + 1) - std::lgamma(n - k + 1) +
                       k * std::log(share) + (n - k) * std::log1p(-share));
  }
  return chance;
}

}  // namespace

std::set<base::Date> AlmostEmptyDays(const std::vector<DayCount>& days) {
  std::set<base::Date> found;
  for (std::size_t i = 0; i < days.size(); ++i) {
    const DayCount& day = days[i];
    const double share = UsualShare(days, i);
    const double usual = share * static_cast<double>(day.due);
    const bool alone = day.punched == 1 && usual >= kFewestUsual;
    const bool few = static_cast<double>(day.punched) < kTenth * usual;
    if ((alone || few) && ChanceOfSoFew(day.punched, day.due, share) < kChance)
      found.insert(day.date);
  }
  return found;
}

}  // namespace cotejo::calibration
