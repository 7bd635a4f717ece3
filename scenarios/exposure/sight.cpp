#include "scenarios/exposure/sight.h"

#include <algorithm>
#include <map>

namespace cotejo::exposure {
namespace {

bool Shared(const LivedRule& a, const LivedRule& b) {
  if (a.subject == b.subject) return true;
  return std::any_of(a.facts.begin(), a.facts.end(), [&](int fact) {
    return std::binary_search(b.facts.begin(), b.facts.end(), fact);
  });
}

bool InPeriod(rules::Window window, base::Date end, base::Date date) {
  switch (window) {
    case rules::Window::Month:
      return date.first_of_month() == end.first_of_month();
    case rules::Window::Gestion:
      return date.year() == end.year();
    case rules::Window::Career:
      return date <= end;
    default:
      return date == end;
  }
}

bool Deducts(const rules::Rule& rule, const LivedRule& lived) {
  for (std::size_t c = 0; c < rule.consequences.size(); ++c) {
    if (rule.consequences[c].kind == rules::ConsequenceKind::PayDeduction &&
        !lived.quantities[c].zero())
      return true;
  }
  return false;
}

class Looker {
 public:
  Looker(const rules::Ruleset& rules, const Lived& lived) : rules_(rules), lived_(lived) {}

  bool operator()(const Meeting& sight) const {
    for (const auto& [first, second] : sight.sides) {
      if (sight.bond == Meeting::Bond::Conflict ? InConflict(first, second)
                                                : Meet(sight.bond, first, second))
        return true;
    }
    return false;
  }

  bool operator()(const Together& sight) const {
    std::map<int, RuleSet> by_subject;
    for (const LivedRule& rule : lived_.rules) {
      if (sight.rules.contains(rule.rule)) by_subject[rule.subject].insert(rule.rule);
    }
    return std::any_of(by_subject.begin(), by_subject.end(),
                       [&](const auto& one) { return one.second == sight.rules; });
  }

  bool operator()(const Unprocessed& sight) const {
    return Any([&](const LivedRule& rule) {
      return rule.stands && sight.rules.contains(rule.rule) && !Any([&](const LivedRule& other) {
               return other.stands && sight.processes.contains(other.rule) && Shared(rule, other);
             });
    });
  }

  bool operator()(const Excess& sight) const {
    return Any([&](const LivedRule& cap) {
      return cap.rule == sight.cap && cap.stands && Exceeds(sight, cap.date);
    });
  }

  bool operator()(const Misfit& sight) const {
    return Any([&](const LivedRule& rule) {
      return rule.rule == sight.rule && !(rule.quantities[sight.consequence] / sight.step).whole();
    });
  }

  bool operator()(const Uncovered& sight) const {
    return std::any_of(lived_.gaps.begin(), lived_.gaps.end(), [&](const LivedGap& gap) {
      return std::find(sight.scales.begin(), sight.scales.end(), gap.scale) != sight.scales.end() &&
             std::all_of(sight.atoms.begin(), sight.atoms.end(), [&](const auto& atom) {
               return Holds(atom.first, gap.terms) == atom.second;
             });
    });
  }

  bool operator()(const Begun& sight) const {
    return std::any_of(sight.kinds.begin(), sight.kinds.end(),
                       [&](rules::FactKindId kind) { return lived_.kinds[kind.index()]; }) ||
           Any([&](const LivedRule& rule) {
             return rule.stands && sight.rules.contains(rule.rule);
           });
  }

  bool operator()(const Answers& sight) const {
    std::multiset<rules::RuleId> left = sight.rules;
    for (const LivedRule& rule : lived_.rules) {
      const auto at = rule.stands ? left.find(rule.rule) : left.end();
      if (at != left.end()) left.erase(at);
    }
    return left.empty() && std::all_of(sight.gaps.begin(), sight.gaps.end(), *this);
  }

 private:
  template <typename Is>
  bool Any(const Is& is) const {
    return std::any_of(lived_.rules.begin(), lived_.rules.end(), is);
  }

  bool InConflict(const RuleSet& first, const RuleSet& second) const {
    return std::any_of(lived_.conflicts.begin(), lived_.conflicts.end(), [&](const auto& pair) {
      const rules::RuleId a = lived_.rules[pair.first].rule;
      const rules::RuleId b = lived_.rules[pair.second].rule;
      return (first.contains(a) && second.contains(b)) || (first.contains(b) && second.contains(a));
    });
  }

  bool Meet(Meeting::Bond bond, const RuleSet& first, const RuleSet& second) const {
    const bool one_fact = bond == Meeting::Bond::OneFact;
    for (std::size_t i = 0; i < lived_.rules.size(); ++i) {
      const LivedRule& a = lived_.rules[i];
      if (!a.stands || !first.contains(a.rule)) continue;
      for (std::size_t j = 0; j < lived_.rules.size(); ++j) {
        const LivedRule& b = lived_.rules[j];
        if (i == j || b.stands != one_fact || !second.contains(b.rule)) continue;
        if (one_fact ? Shared(a, b) : a.subject == b.subject) return true;
      }
    }
    return false;
  }

  bool Exceeds(const Excess& sight, base::Date end) const {
    const std::vector<rules::RuleId> counted = DeductedBy(sight, rules_, lived_, end);
    if (sight.alone.valid()) return counted.size() == 1 && counted.front() == sight.alone;
    return counted.size() > 1 && ArticlesOf(rules_, counted) == sight.articles;
  }

  const rules::Ruleset& rules_;
  const Lived& lived_;
};

}  // namespace

std::vector<rules::RuleId> DeductedBy(const Excess& sight, const rules::Ruleset& rules,
                                      const Lived& lived, base::Date end) {
  const rules::Window period = rules.rule(sight.cap).subject.window;
  std::vector<rules::RuleId> counted;
  for (const LivedRule& rule : lived.rules) {
    if (!rule.stands || !sight.deductions.contains(rule.rule)) continue;
    if (!InPeriod(period, end, rule.date) || !Deducts(rules.rule(rule.rule), rule)) continue;
    counted.push_back(rule.rule);
  }
  return counted;
}

std::set<base::Citation> ArticlesOf(const rules::Ruleset& rules,
                                    const std::vector<rules::RuleId>& some) {
  std::set<base::Citation> articles;
  for (rules::RuleId rule : some) {
    base::Citation citation = rules.rule(rule).citation;
    if (citation.path.size() > 1) citation.path.resize(1);
    articles.insert(std::move(citation));
  }
  return articles;
}

bool Holds(const rules::Atom& atom, const std::map<std::string, base::Rational>& terms) {
  const auto found = terms.find(atom.term);
  if (found == terms.end()) return false;
  const base::Rational value = found->second;
  switch (atom.kind) {
    case rules::Atom::Kind::Interval:
      if (atom.low && (value < *atom.low || (atom.low_open && value == *atom.low))) return false;
      return !atom.high || value < *atom.high || (!atom.high_open && value == *atom.high);
    case rules::Atom::Kind::Values:
      return std::any_of(atom.values.begin(), atom.values.end(),
                         [&](int one) { return value == base::Rational(one); });
    case rules::Atom::Kind::Opaque:
      break;
  }
  return value.zero() == atom.negated;
}

bool Met(const Sight& sight, const rules::Ruleset& rules, const Lived& lived) {
  return std::visit(Looker(rules, lived), sight);
}

RuleSet LookedAt(const Sight& sight) {
  RuleSet all;
  const auto add = [&](const auto& some) { all.insert(some.begin(), some.end()); };
  if (const auto* meeting = std::get_if<Meeting>(&sight)) {
    for (const auto& [first, second] : meeting->sides) {
      add(first);
      add(second);
    }
  } else if (const auto* together = std::get_if<Together>(&sight)) {
    add(together->rules);
  } else if (const auto* unprocessed = std::get_if<Unprocessed>(&sight)) {
    add(unprocessed->rules);
    add(unprocessed->processes);
  } else if (const auto* excess = std::get_if<Excess>(&sight)) {
    add(excess->deductions);
    all.insert(excess->cap);
  } else if (const auto* misfit = std::get_if<Misfit>(&sight)) {
    all.insert(misfit->rule);
  } else if (const auto* begun = std::get_if<Begun>(&sight)) {
    add(begun->rules);
  } else if (const auto* answers = std::get_if<Answers>(&sight)) {
    add(answers->rules);
  }
  return all;
}

}  // namespace cotejo::exposure
