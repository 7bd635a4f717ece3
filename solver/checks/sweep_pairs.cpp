// Where two rules may apply together, as far as their boxes tell.
#include <algorithm>

#include "solver/checks/cells.h"

namespace cotejo::checks {

using rules::Atom;
using rules::Box;
using rules::Op;

namespace {

std::optional<Atom> MeetAtoms(Atom a, const Atom& b) {
  switch (a.kind) {
    case Atom::Kind::Opaque:
      return a.negated == b.negated ? std::optional(a) : std::nullopt;
    case Atom::Kind::Values: {
      std::vector<int> common;
      std::set_intersection(a.values.begin(), a.values.end(), b.values.begin(), b.values.end(),
                            std::back_inserter(common));
      a.values = common;
      return common.empty() ? std::nullopt : std::optional(a);
    }
    case Atom::Kind::Interval:
      break;
  }
  if (b.low && (!a.low || *b.low > *a.low || (*b.low == *a.low && b.low_open))) {
    a.low = b.low;
    a.low_open = b.low_open;
  }
  if (b.high && (!a.high || *b.high < *a.high || (*b.high == *a.high && b.high_open))) {
    a.high = b.high;
    a.high_open = b.high_open;
  }
  return a;
}

// Whether the bounds leave any value of the domain that can be recorded.
bool HasValue(const rules::Ruleset& rules, const rules::Family& family, Atom a) {
  // A field may be of a derived fact here; what the root's fields can be says nothing of it.
  if (a.kind == Atom::Kind::Interval && rules.expr(a.expr).op != Op::Field) {
    const Domain domain = DomainOf(rules, family, a.expr);
    if (domain.low && (!a.low || *a.low < *domain.low)) {
      a.low = domain.low;
      a.low_open = false;
    }
    if (domain.high && (!a.high || *a.high > *domain.high)) {
      a.high = domain.high;
      a.high_open = false;
    }
  }
  if (a.kind != Atom::Kind::Interval || !a.low || !a.high) return true;
  if (*a.low > *a.high || (*a.low == *a.high && (a.low_open || a.high_open))) return false;
  const Elementary cell{Grid::Norm, a.low, a.high, a.low_open, a.high_open, 0, false};
  return HasMultiple(StepOf(rules, a.expr, true), cell);
}

std::optional<Box> MeetBoxes(const Box& a, const Box& b) {
  Box box = a;
  for (const Atom& atom : b.atoms) {
    const auto same = std::find_if(box.atoms.begin(), box.atoms.end(), [&](const Atom& other) {
      return other.term == atom.term && other.kind == atom.kind;
    });
    if (same == box.atoms.end()) {
      box.atoms.push_back(atom);
      continue;
    }
    const auto both = MeetAtoms(*same, atom);
    if (!both) return std::nullopt;
    *same = *both;
  }
  return box;
}

}  // namespace

std::vector<Box> Meet(const rules::Ruleset& rules, const rules::Family& family,
                      const std::vector<Box>& a, const std::vector<Box>& b) {
  const std::vector<RunInSum> relations = RunsInSums(rules);
  std::vector<Box> boxes;
  for (const Box& left : a) {
    for (const Box& right : b) {
      auto box = MeetBoxes(left, right);
      const auto has_value = [&](const Atom& atom) { return HasValue(rules, family, atom); };
      if (!box || !std::all_of(box->atoms.begin(), box->atoms.end(), has_value)) continue;
      if (Possible(relations, box->atoms)) boxes.push_back(std::move(*box));
    }
  }
  return boxes;
}

bool MayMeet(const rules::Ruleset& rules, const rules::Family& family, const std::vector<Box>& a,
             const std::vector<Box>& b) {
  return !Meet(rules, family, a, b).empty();
}

}  // namespace cotejo::checks
