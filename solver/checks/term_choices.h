// Which terms of one milestone can be kept together, and which only one without another: the
// choice is put to Z3, and the dates come from the calendar.
#pragma once

#include <string>
#include <vector>

#include "solver/checks/temporal.h"
#include "solver/smt/smt.h"

namespace cotejo::checks {

struct TermChoices {
  smt::Outcome outcome;                // Unsat: `all` is complete
  std::vector<std::vector<bool>> all;  // of each alternative: kept or missed; sorted
};

// Every way to keep some alternatives and miss the others while all of `kept` are kept. Times
// lie within the length of all the terms from the given ones, of which there is one at least, and
// within the known calendar when a term skips its holidays.
TermChoices FindChoices(const Office& office, std::size_t events, const std::vector<Limit>& kept,
                        const std::vector<Limit>& alternatives, const std::vector<Given>& given,
                        const smt::Options& options, const std::string& name);

}  // namespace cotejo::checks
