// What sets one person apart from the others of the same class: factors, drawn for each.
#pragma once

#include <functional>
#include <vector>

#include "scenarios/population/philox.h"
#include "scenarios/population/population.h"

namespace cotejo::population {

// Of the logarithm of a trait's factors, in a population file.
inline constexpr double kMostDeviation = 2;

// How many times as often somebody of this class can do it; infinite when nothing forbids it.
double CeilingOf(const Population& population, const BehaviourClass& c, Trait trait);

// The factor of median 1 by which a log-normal with this deviation is multiplied, so that cut at
// the ceiling its mean is 1. The ceiling is greater than 1.
double MedianFor(double deviation, double ceiling);

// There are people whose factors go together like that.
bool Possible(const Traits& traits);

// Gives everybody of the staff their factors; `words` are those of a person. Nothing for a
// population without traits, nor for a trait that does not vary.
void AddTraits(Population& population, const std::function<Block(std::size_t)>& words);

}  // namespace cotejo::population
