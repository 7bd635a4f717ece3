// Guards as boxes when read from a root through a chain of qualifications.
#pragma once

#include <array>
#include <iterator>
#include <optional>
#include <vector>

#include "model/rules/families.h"
#include "model/rules/terms.h"

namespace cotejo::rules {

// The guard and the negated exceptions found at one level; nothing beyond 64 boxes.
std::optional<std::vector<Box>> GuardBoxes(const Vantage& vantage, ExprId guard,
                                           const std::vector<Exception>& exceptions,
                                           std::size_t level);

// Conjunction; boxes without cases are left out. Nothing when either is nothing.
std::optional<std::vector<Box>> Both(std::optional<std::vector<Box>> a,
                                     std::optional<std::vector<Box>> b);

}  // namespace cotejo::rules
