#include "model/evaluation/conflicts.h"

#include <algorithm>
#include <span>

namespace cotejo::evaluation {

using rules::ExpandedRule;
using rules::Precedence;

const std::vector<rules::Outcome>& Clashes::OutcomesOf(rules::RuleId id) {
  const auto [it, added] = outcomes_.try_emplace(id);
  if (added) {
    it->second = rules::Outcomes(rules_, rules_.rule(id));
  }
  return it->second;
}

bool Clashes::Between(rules::RuleId a, rules::RuleId b) {
  const auto [it, added] = known_.try_emplace({a, b});
  if (added) {
    it->second = rules::OutcomesClash(rules_, a, OutcomesOf(a), b, OutcomesOf(b));
  }
  return it->second;
}

namespace {

// Two applications to one root that cannot both stand.
struct Clash {
  int winner = -1;  // or either side, when nothing decides
  int loser = -1;
  Precedence why = Precedence::None;
};

class Settlement {
 public:
  Settlement(const rules::Ruleset& rules, const rules::Families& families, Clashes& clashes,
             const std::vector<EvaluatedFact>& facts, const std::vector<Root>& roots,
             std::vector<Application>& applications)
      : rules_(rules),
        families_(families),
        clashes_(clashes),
        facts_(facts),
        roots_(roots),
        all_(applications) {}

  void Run() {
    std::vector<int> order;
    for (std::size_t i = 0; i < all_.size(); ++i) {
      Application& application = all_[i];
      application.stands = true;
      application.defeated_by = -1;
      application.why = Precedence::None;
      application.conflicts.clear();
      order.push_back(static_cast<int>(i));
    }
    const auto root_of = [&](int index) { return At(index).root; };
    std::sort(order.begin(), order.end(),
              [&](int a, int b) { return std::pair(root_of(a), a) < std::pair(root_of(b), b); });
    for (auto first = order.begin(); first != order.end();) {
      const auto last = std::find_if(first, order.end(),
                                     [&](int other) { return root_of(other) != root_of(*first); });
      SettleRoot({first, last});
      first = last;
    }
  }

 private:
  static std::size_t Position(int index) { return static_cast<std::size_t>(index); }
  Application& At(int index) { return all_[Position(index)]; }

  void SettleRoot(std::span<const int> members) {
    if (members.size() < 2) return;
    const std::vector<Clash> clashes = FindClashes(members);
    if (!clashes.empty()) Settle(members, clashes);
  }

  std::vector<Clash> FindClashes(std::span<const int> members) {
    std::vector<Clash> clashes;
    for (std::size_t i = 0; i < members.size(); ++i) {
      for (std::size_t j = i + 1; j < members.size(); ++j) {
        if (clashes_.Between(At(members[i]).rule, At(members[j]).rule)) {
          clashes.push_back(Decide(members[i], members[j]));
        }
      }
    }
    return clashes;
  }

  Clash Decide(int a, int b) {
    const ExpandedRule first = Expanded(At(a));
    const ExpandedRule second = Expanded(At(b));
    const Precedence why = rules::PrevailsOver(rules_, first, second);
    if (why != Precedence::None) {
      return {a, b, why};
    }
    const Precedence back = rules::PrevailsOver(rules_, second, first);
    return back != Precedence::None ? Clash{b, a, back} : Clash{a, b, Precedence::None};
  }

  // The rule as its family sees it from the application's root.
  ExpandedRule Expanded(const Application& application) const {
    std::vector<rules::QualificationId> through;
    for (DerivedIndex fact = application.fact; fact >= 0;) {
      const EvaluatedFact& evaluated = facts_[static_cast<std::size_t>(fact)];
      if (!evaluated.by.valid()) {
        break;
      }
      through.push_back(evaluated.by);
      const bool window = rules_.qualification(evaluated.by).subject.window != rules::Window::Fact;
      fact = window || evaluated.from.empty() ? -1 : evaluated.from.front();
    }
    const rules::Subject root = roots_[static_cast<std::size_t>(application.root)].subject;
    for (const rules::Family& family : families_.families) {
      if (family.root != root) {
        continue;
      }
      for (const ExpandedRule& rule : family.rules) {
        if (rule.rule == application.rule && rule.through == through) {
          return rule;
        }
      }
    }
    // A derived fact given as a hypothesis has no family: only its own guard is known.
    ExpandedRule alone;
    alone.rule = application.rule;
    alone.through = through;
    const auto boxes = rules::ToBoxes(rules_, rules_.rule(application.rule).guard);
    alone.exact = boxes.has_value() && through.empty();
    alone.boxes = boxes.value_or(std::vector<rules::Box>{rules::Box{}});
    return alone;
  }

  // From the undefeated on: whoever has no winner left above it stands and defeats.
  void Settle(std::span<const int> members, const std::vector<Clash>& clashes) {
    std::vector<bool> settled(all_.size(), false);
    for (bool progress = true; progress;) {
      progress = false;
      for (int member : members) {
        if (settled[Position(member)] || Threatened(member, clashes, settled)) {
          continue;
        }
        settled[Position(member)] = true;
        progress = true;
        DefeatBy(member, clashes, settled);
      }
    }
    for (const Clash& clash : clashes) {
      if (At(clash.winner).stands && At(clash.loser).stands) {
        At(clash.winner).conflicts.push_back(clash.loser);
        At(clash.loser).conflicts.push_back(clash.winner);
      }
    }
    for (int member : members) {
      std::sort(At(member).conflicts.begin(), At(member).conflicts.end());
    }
  }

  static bool Threatened(int member, const std::vector<Clash>& clashes,
                         const std::vector<bool>& settled) {
    return std::any_of(clashes.begin(), clashes.end(), [&](const Clash& clash) {
      return clash.why != Precedence::None && clash.loser == member &&
             !settled[Position(clash.winner)];
    });
  }

  void DefeatBy(int winner, const std::vector<Clash>& clashes, std::vector<bool>& settled) {
    for (const Clash& clash : clashes) {
      if (clash.why == Precedence::None || clash.winner != winner ||
          settled[Position(clash.loser)]) {
        continue;
      }
      Application& loser = At(clash.loser);
      loser.stands = false;
      loser.defeated_by = winner;
      loser.why = clash.why;
      settled[Position(clash.loser)] = true;
    }
  }

  const rules::Ruleset& rules_;
  const rules::Families& families_;
  Clashes& clashes_;
  const std::vector<EvaluatedFact>& facts_;
  const std::vector<Root>& roots_;
  std::vector<Application>& all_;
};

}  // namespace

void SettleConflicts(const rules::Ruleset& rules, const rules::Families& families, Clashes& clashes,
                     const std::vector<EvaluatedFact>& facts, const std::vector<Root>& roots,
                     std::vector<Application>& applications) {
  Settlement(rules, families, clashes, facts, roots, applications).Run();
}

}  // namespace cotejo::evaluation
