// Questions about the measures alone, taken as independent numbers on their grids.
//
// It is the abstraction the sweep also works on, put to the solver: used where a family
// has too many cells to sweep, and to hold the sweep to a second opinion.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/rules/families.h"
#include "solver/smt/smt.h"

namespace cotejo::encoding {

using base::Rational;

struct TermDomain {
  std::string term;
  rules::Atom::Kind kind = rules::Atom::Kind::Interval;
  Rational step;                      // Interval: grid; 0: any real number
  std::optional<Rational> low, high;  // Interval
  int values = 0;                     // Values: how many there are
};

struct MeasurePoint {
  smt::Outcome outcome;
  std::vector<Rational> values;  // Sat: one for each term; Opaque: 1 or 0
};

class MeasureQuery {
 public:
  MeasureQuery(std::vector<TermDomain> terms, smt::Options options);

  // Whether the domain has any point at all.
  MeasurePoint Domain(const std::string& name);
  // A point of the domain in none of the boxes.
  MeasurePoint Uncovered(const std::string& name, const std::vector<rules::Box>& boxes);
  // A point in some box of each of the two.
  MeasurePoint Common(const std::string& name, const std::vector<rules::Box>& a,
                      const std::vector<rules::Box>& b);

 private:
  struct Variable {
    smt::Int whole;
    smt::Real real;
    smt::Bool truth;
  };
  smt::Bool Holds(const rules::Atom& atom);
  smt::Bool Holds(const std::vector<rules::Box>& boxes);
  smt::Bool AtLeast(std::size_t term, Rational bound, bool open);
  smt::Bool AtMost(std::size_t term, Rational bound, bool open);
  MeasurePoint Ask(const std::string& name, const std::vector<smt::Bool>& assumptions);

  std::vector<TermDomain> terms_;
  std::vector<Variable> variables_;
  smt::Context context_;
  smt::Solver solver_;
};

}  // namespace cotejo::encoding
