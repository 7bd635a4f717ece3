#include "solver/encoding/measure_query.h"

#include <algorithm>

namespace cotejo::encoding {

using rules::Atom;

MeasureQuery::MeasureQuery(std::vector<TermDomain> terms, smt::Options options)
    : terms_(std::move(terms)), solver_(context_, std::move(options)) {
  for (std::size_t t = 0; t < terms_.size(); ++t) {
    const TermDomain& domain = terms_[t];
    Variable variable;
    switch (domain.kind) {
      case Atom::Kind::Opaque:
        variable.truth = context_.BoolVar(domain.term);
        break;
      case Atom::Kind::Values:
        variable.whole = context_.IntVar(domain.term);
        solver_.Assert(context_.Le(context_.IntConst(0), variable.whole));
        solver_.Assert(context_.Lt(variable.whole, context_.IntConst(domain.values)));
        break;
      case Atom::Kind::Interval:
        if (domain.step.zero()) {
          variable.real = context_.RealVar(domain.term);
        } else {
          variable.whole = context_.IntVar(domain.term);
        }
        break;
    }
    variables_.push_back(variable);
    if (domain.low) solver_.Assert(AtLeast(t, *domain.low, false));
    if (domain.high) solver_.Assert(AtMost(t, *domain.high, false));
  }
}

smt::Bool MeasureQuery::AtLeast(std::size_t t, Rational bound, bool open) {
  const Rational step = terms_[t].step;
  if (step.zero()) {
    const smt::Real low = context_.RealConst(bound);
    return open ? context_.Lt(low, variables_[t].real) : context_.Le(low, variables_[t].real);
  }
  const Rational steps = bound / step;
  const std::int64_t first = open ? steps.floor() + 1 : steps.ceil();
  return context_.Le(context_.IntConst(first), variables_[t].whole);
}

smt::Bool MeasureQuery::AtMost(std::size_t t, Rational bound, bool open) {
  const Rational step = terms_[t].step;
  if (step.zero()) {
    const smt::Real high = context_.RealConst(bound);
    return open ? context_.Lt(variables_[t].real, high) : context_.Le(variables_[t].real, high);
  }
  const Rational steps = bound / step;
  const std::int64_t last = open ? steps.ceil() - 1 : steps.floor();
  return context_.Le(variables_[t].whole, context_.IntConst(last));
}

smt::Bool MeasureQuery::Holds(const Atom& atom) {
  std::size_t t = 0;
  while (t < terms_.size() && (terms_[t].term != atom.term || terms_[t].kind != atom.kind)) ++t;
  if (t == terms_.size()) return context_.True();  // a term nobody declared is free
  switch (atom.kind) {
    case Atom::Kind::Opaque:
      return atom.negated ? context_.Not(variables_[t].truth) : variables_[t].truth;
    case Atom::Kind::Values: {
      std::vector<smt::Bool> any;
      for (int value : atom.values) {
        any.push_back(context_.Eq(variables_[t].whole, context_.IntConst(value)));
      }
      return context_.Or(any);
    }
    case Atom::Kind::Interval:
      break;
  }
  std::vector<smt::Bool> all;
  if (atom.low) all.push_back(AtLeast(t, *atom.low, atom.low_open));
  if (atom.high) all.push_back(AtMost(t, *atom.high, atom.high_open));
  return context_.And(all);
}

smt::Bool MeasureQuery::Holds(const std::vector<rules::Box>& boxes) {
  std::vector<smt::Bool> any;
  for (const rules::Box& box : boxes) {
    std::vector<smt::Bool> all;
    for (const Atom& atom : box.atoms) all.push_back(Holds(atom));
    any.push_back(context_.And(all));
  }
  return context_.Or(any);
}

MeasurePoint MeasureQuery::Ask(const std::string& name, const std::vector<smt::Bool>& assumptions) {
  MeasurePoint point;
  point.outcome = solver_.Check(name, assumptions);
  if (point.outcome.answer != smt::Answer::Sat) return point;
  for (std::size_t t = 0; t < terms_.size(); ++t) {
    const TermDomain& domain = terms_[t];
    if (domain.kind == Atom::Kind::Opaque) {
      point.values.emplace_back(solver_.Value(variables_[t].truth) ? 1 : 0);
    } else if (domain.kind == Atom::Kind::Interval && domain.step.zero()) {
      point.values.push_back(solver_.Value(variables_[t].real));
    } else {
      const Rational unit = domain.kind == Atom::Kind::Interval ? domain.step : Rational(1);
      point.values.push_back(unit * solver_.Value(variables_[t].whole));
    }
  }
  return point;
}

MeasurePoint MeasureQuery::Domain(const std::string& name) { return Ask(name, {}); }

MeasurePoint MeasureQuery::Uncovered(const std::string& name,
                                     const std::vector<rules::Box>& boxes) {
  return Ask(name, {context_.Not(Holds(boxes))});
}

MeasurePoint MeasureQuery::Common(const std::string& name, const std::vector<rules::Box>& a,
                                  const std::vector<rules::Box>& b) {
  return Ask(name, {Holds(a), Holds(b)});
}

}  // namespace cotejo::encoding
