#include "solver/smt/relevance.h"

namespace cotejo::smt {

void Relevance::Flatten(std::int32_t term, std::vector<Fact>& parts) const {
  const TermNode& node = terms_.at(term);
  if (node.op != TermOp::And) {
    parts.push_back({term});
    return;
  }
  for (std::uint32_t k = 0; k < node.count; ++k) Flatten(terms_.argument(node, k), parts);
}

void Relevance::Add(std::int32_t fact) { Flatten(fact, facts_); }

Relevance::Needed Relevance::For(const std::vector<std::int32_t>& assumptions) {
  mentioned_.resize(terms_.size(), false);
  known_.resize(terms_.size());
  looked_at_.resize(terms_.size(), 0);
  std::vector<Fact> assumed;
  for (std::int32_t term : assumptions) Flatten(term, assumed);
  bool grown = true;
  while (grown) {
    ++round_;
    grown = Need(facts_);
    grown = Need(assumed) || grown;
  }
  Needed needed;
  for (std::size_t f = 0; f < facts_.size(); ++f) {
    if (facts_[f].needed) needed.facts.push_back(f);
  }
  for (const Fact& one : assumed) {
    if (one.needed) needed.assumptions.push_back(one.term);
  }
  return needed;
}

// Whether more of them are needed than were. A fact looked at before a variable was mentioned
// is looked at again in the next round.
bool Relevance::Need(std::vector<Fact>& facts) {
  bool grown = false;
  for (Fact& one : facts) {
    if (one.needed || Holds(one.term)) continue;
    one.needed = grown = true;
    Mention(one.term);
  }
  return grown;
}

bool Relevance::Holds(std::int32_t term) {
  const Known& known = Look(term);
  return !known.open && !known.value.zero();
}

void Relevance::Mention(std::int32_t term) {
  const auto index = static_cast<std::size_t>(term);
  if (mentioned_[index]) return;
  mentioned_[index] = true;
  const TermNode& node = terms_.at(term);
  for (std::uint32_t k = 0; k < node.count; ++k) Mention(terms_.argument(node, k));
}

const Relevance::Known& Relevance::Look(std::int32_t term) {
  const auto index = static_cast<std::size_t>(term);
  if (looked_at_[index] != round_) {
    try {
      known_[index] = Compute(terms_.at(term));
    } catch (const base::ArithmeticError&) {
      known_[index] = {true, {}};  // it is for the solver to say
    }
    if (IsVariable(terms_.at(term).op)) known_[index].open = mentioned_[index];
    looked_at_[index] = round_;
  }
  return known_[index];
}

Relevance::Known Relevance::Compute(const TermNode& node) {
  const auto look = [&](std::uint32_t k) { return Look(terms_.argument(node, k)); };
  const Known open{true, {}};
  const auto truth = [](bool value) { return Known{false, value ? 1 : 0}; };
  // One argument that settles it is enough.
  const auto any = [&](bool decisive) {
    bool some_open = false;
    for (std::uint32_t k = 0; k < node.count; ++k) {
      const Known one = look(k);
      if (!one.open && one.value.zero() != decisive) return truth(decisive);
      some_open = some_open || one.open;
    }
    return some_open ? open : truth(!decisive);
  };
  const auto both = [&](auto compute) {
    const Known a = look(0);
    const Known b = look(1);
    return a.open || b.open ? open : Known{false, compute(a.value, b.value)};
  };
  const auto compare = [&](auto holds) {
    return both([&](Rational a, Rational b) { return Rational(holds(a, b) ? 1 : 0); });
  };
  switch (node.op) {
    case TermOp::True:
      return truth(true);
    case TermOp::False:
    case TermOp::BoolVar:
    case TermOp::IntVar:
    case TermOp::RealVar:
      return truth(false);
    case TermOp::IntConst:
    case TermOp::RealConst:
      return {false, node.value};
    case TermOp::Not: {
      const Known one = look(0);
      return one.open ? open : truth(one.value.zero());
    }
    case TermOp::And:
      return any(false);
    case TermOp::Or:
      return any(true);
    case TermOp::Iff:
    case TermOp::Eq:
      return compare([](Rational a, Rational b) { return a == b; });
    case TermOp::Le:
      return compare([](Rational a, Rational b) { return a <= b; });
    case TermOp::Lt:
      return compare([](Rational a, Rational b) { return a < b; });
    case TermOp::Add: {
      Rational sum = 0;
      for (std::uint32_t k = 0; k < node.count; ++k) {
        const Known one = look(k);
        if (one.open) return open;
        sum += one.value;
      }
      return {false, sum};
    }
    case TermOp::Times:
    case TermOp::Mul:
      return both([](Rational a, Rational b) { return a * b; });
    case TermOp::DivFloor:
      return both([](Rational a, Rational b) { return Rational((a / b).floor()); });
    case TermOp::Ite: {
      const Known when = look(0);
      if (when.open) return open;
      return look(when.value.zero() ? 2 : 1);
    }
  }
  return open;
}

}  // namespace cotejo::smt
