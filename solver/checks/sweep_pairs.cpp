// Where two rules may apply together, as far as their boxes tell.
#include <algorithm>
#include <map>

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

// Whether the bounds leave any value of the domain that can be recorded. A field may be of a
// derived fact here; what the root's fields can be then says nothing of it.
bool HasValue(const rules::Ruleset& rules, const rules::Family& family, Atom a,
              bool own_fields = false) {
  if (a.kind == Atom::Kind::Interval && (own_fields || rules.expr(a.expr).op != Op::Field)) {
    const Domain domain = DomainOf(rules, family, a.expr);
    if (domain.low && (!a.low || *a.low < *domain.low)) {
      a.low = domain.low;
      a.low_open = domain.low_open;
    } else if (domain.low && *a.low == *domain.low) {
      a.low_open = a.low_open || domain.low_open;
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

namespace {

void AddTerms(const std::vector<Box>& boxes, std::set<std::string>& terms) {
  for (const Box& box : boxes) {
    for (const Atom& atom : box.atoms) terms.insert(atom.term);
  }
}

std::vector<Box> MeetUnder(const std::vector<Relation>& relations, const rules::Ruleset& rules,
                           const rules::Family& family, const std::vector<Box>& a,
                           const std::vector<Box>& b) {
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

}  // namespace

bool HasValues(const rules::Ruleset& rules, const rules::Family& family, const Box& box) {
  return std::all_of(box.atoms.begin(), box.atoms.end(),
                     [&](const Atom& atom) { return HasValue(rules, family, atom, true); });
}

std::vector<Box> Meet(const rules::Ruleset& rules, const rules::Family& family,
                      const std::vector<Box>& a, const std::vector<Box>& b) {
  std::set<std::string> terms;
  AddTerms(a, terms);
  AddTerms(b, terms);
  return MeetUnder(RelationsOf(rules, terms), rules, family, a, b);
}

bool MayMeet(const rules::Ruleset& rules, const rules::Family& family, const std::vector<Box>& a,
             const std::vector<Box>& b) {
  return !Meet(rules, family, a, b).empty();
}

// ---- All pairs of a family -------------------------------------------------------

namespace {

// The interval that a rule leaves to one term, over all its boxes.
struct Span {
  std::size_t position = 0;
  std::optional<Rational> low, high;
};

// The interval term that most rules limit in every box.
std::string CommonTerm(const rules::Family& family) {
  std::map<std::string, std::size_t> uses;
  for (const rules::ExpandedRule& rule : family.rules) {
    for (const Box& box : rule.boxes) {
      for (const Atom& atom : box.atoms) {
        if (atom.kind == Atom::Kind::Interval) ++uses[atom.term];
      }
    }
  }
  const auto most = std::max_element(
      uses.begin(), uses.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  return most == uses.end() ? std::string() : most->first;
}

Span SpanOf(const rules::ExpandedRule& rule, std::size_t position, const std::string& term) {
  Span span{position, {}, {}};
  bool first = true;
  for (const Box& box : rule.boxes) {
    const auto atom = std::find_if(box.atoms.begin(), box.atoms.end(), [&](const Atom& a) {
      return a.kind == Atom::Kind::Interval && a.term == term;
    });
    if (atom == box.atoms.end()) return {position, {}, {}};
    if (first) {
      span.low = atom->low;
      span.high = atom->high;
    } else {
      span.low = span.low && atom->low ? std::min(span.low, atom->low) : std::nullopt;
      span.high = span.high && atom->high ? std::max(span.high, atom->high) : std::nullopt;
    }
    first = false;
  }
  return span;
}

}  // namespace

std::vector<std::pair<std::size_t, std::size_t>> MeetingPairs(const rules::Ruleset& rules,
                                                              const rules::Family& family) {
  const std::string term = CommonTerm(family);
  std::vector<Span> spans;
  for (std::size_t i = 0; i < family.rules.size(); ++i) {
    spans.push_back(SpanOf(family.rules[i], i, term));
  }
  // A missing low end sorts first, as an empty optional does.
  std::stable_sort(spans.begin(), spans.end(),
                   [](const Span& a, const Span& b) { return a.low < b.low; });
  std::set<std::string> terms;
  for (const rules::ExpandedRule& rule : family.rules) AddTerms(rule.boxes, terms);
  const std::vector<Relation> relations = RelationsOf(rules, terms);
  std::vector<std::pair<std::size_t, std::size_t>> pairs;
  std::vector<Span> open;  // those that may still reach the next one
  for (const Span& span : spans) {
    std::erase_if(open, [&](const Span& before) {
      return before.high && span.low && *before.high < *span.low;
    });
    for (const Span& before : open) {
      const auto [a, b] = std::minmax(before.position, span.position);
      if (!MeetUnder(relations, rules, family, family.rules[a].boxes, family.rules[b].boxes)
               .empty()) {
        pairs.emplace_back(a, b);
      }
    }
    open.push_back(span);
  }
  std::sort(pairs.begin(), pairs.end());
  return pairs;
}

}  // namespace cotejo::checks
