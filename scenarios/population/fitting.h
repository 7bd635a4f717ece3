// People drawn so that the tables asked for come out: iterative proportional fitting of a pool
// of profiles (Deming and Stephan 1940), made whole by truncation, replication and sampling
// (Lovelace and Ballas 2013) and by exchanges that mend what sampling leaves.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "model/base/text.h"

namespace cotejo::population {

struct Variable {
  std::string name;
  std::vector<std::string> categories;
};

// How many people have each combination of categories of some variables.
struct Margin {
  std::string name;
  std::vector<std::size_t> variables;  // positions, without repetition
  std::vector<double> people;          // by combination, the last variable fastest; 0 or more
};

struct Margins {
  std::vector<Variable> variables;
  std::vector<Margin> margins;  // every variable in one at least; each adds up to the same
  // Whether nobody may have this profile: a category for each variable. Empty: any may be.
  std::function<bool(const std::vector<std::uint16_t>&)> impossible;
};

struct FittingOptions {
  std::uint64_t seed = 1;
  std::size_t pool = 1U << 15;  // profiles that are weighed
  int rounds = 500;             // of proportional fitting, at most
  double tolerance = 1e-6;      // largest misfit of a cell, as a part of all people
};

struct Fitted {
  // [person × variables + variable]: a category. Ordered by profile.
  std::vector<std::uint16_t> people;
  std::size_t variables = 0;
  int rounds = 0;
  // What cannot be: margins that contradict one another, or that no profile meets; each names
  // its margins. With any, there are no people.
  std::vector<base::Text> faults;
  // Largest difference of a cell from what was asked, in people.
  double worst = 0;

  [[nodiscard]] std::uint16_t at(std::size_t person, std::size_t variable) const {
    return people[person * variables + variable];
  }
  [[nodiscard]] std::size_t size() const { return variables == 0 ? 0 : people.size() / variables; }
};

// A function of its arguments alone. `total` people are drawn: the margins are asked in that
// proportion, whatever they add up to.
Fitted Fit(const Margins& margins, std::size_t total, const FittingOptions& options);

}  // namespace cotejo::population
