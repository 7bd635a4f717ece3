// Which of the rules that applied to one thing stand, by the order between norms.
#include <algorithm>

#include "scenarios/year/evaluator.h"

namespace cotejo::year {

namespace {

constexpr int kFirst = 1;
constexpr int kSecond = 2;
constexpr int kNeither = 3;

std::size_t At(int index) { return static_cast<std::size_t>(index); }

}  // namespace

void Evaluator::Settle() {
  conflicts_.clear();
  std::vector<int> heads(roots_.size(), -1);
  std::vector<int> next(applied_.size(), -1);
  for (std::size_t i = applied_.size(); i-- > 0;) {
    applied_[i].stands = true;
    applied_[i].in_conflict = false;
    next[i] = heads[At(applied_[i].root)];
    heads[At(applied_[i].root)] = static_cast<int>(i);
  }
  std::vector<int> members;
  for (const int head : heads) {
    if (head < 0 || next[At(head)] < 0) continue;
    members.clear();
    for (int i = head; i >= 0; i = next[At(i)]) members.push_back(i);
    SettleRoot(members);
  }
}

// Whoever has no undefeated winner above it stands and defeats those below; where defeats go
// round in a circle nothing decides, and all of them stand in conflict.
void Evaluator::SettleRoot(const std::vector<int>& members) {
  std::vector<Clash> clashes;
  for (std::size_t i = 0; i < members.size(); ++i) {
    for (std::size_t j = i + 1; j < members.size(); ++j) {
      if (RulesClash(applied_[At(members[i])].rule, applied_[At(members[j])].rule))
        clashes.push_back(Decide(members[i], members[j]));
    }
  }
  if (clashes.empty()) return;
  std::vector<int> open = members;
  const auto is_open = [&](int m) { return std::find(open.begin(), open.end(), m) != open.end(); };
  for (bool progress = true; progress;) {
    progress = false;
    for (const int member : members) {
      const auto threatens = [&](const Clash& c) {
        return c.decided && c.loser == member && is_open(c.winner);
      };
      if (!is_open(member) || std::any_of(clashes.begin(), clashes.end(), threatens)) continue;
      progress = true;
      std::erase(open, member);
      for (const Clash& clash : clashes) {
        if (!clash.decided || clash.winner != member || !is_open(clash.loser)) continue;
        applied_[At(clash.loser)].stands = false;
        std::erase(open, clash.loser);
      }
    }
  }
  for (const Clash& clash : clashes) {
    Applied& a = applied_[At(clash.winner)];
    Applied& b = applied_[At(clash.loser)];
    if (!a.stands || !b.stands) continue;
    a.in_conflict = b.in_conflict = true;
    conflicts_.emplace_back(std::min(clash.winner, clash.loser),
                            std::max(clash.winner, clash.loser));
  }
}

bool Evaluator::RulesClash(int a, int b) {
  std::int8_t& known = rules_clash_[At(a) * plan_.plan_rules.size() + At(b)];
  if (known < 0) {
    known = rules::OutcomesClash(*plan_.rules, rules::RuleId(a), plan_.outcomes[At(a)],
                                 rules::RuleId(b), plan_.outcomes[At(b)])
                ? 1
                : 0;
  }
  return known == 1;
}

Evaluator::Clash Evaluator::Decide(int a, int b) {
  const int family = family_of_root(applied_[At(a)].root);
  const int first = ExpandedOf(a);
  const int second = ExpandedOf(b);
  if (family < 0 || first < 0 || second < 0) {
    Fail("una regla se aplicó donde sus familias no la prevén",
         "a rule applied where its families do not foresee it");
    return {a, b, false};
  }
  const std::uint64_t key = (static_cast<std::uint64_t>(family) << 42) |
                            (static_cast<std::uint64_t>(first) << 21) |
                            static_cast<std::uint64_t>(second);
  const auto [it, added] = precedence_.try_emplace(key, kNeither);
  if (added) {
    const rules::Family& all = plan_.families.families[At(family)];
    using rules::Families;
    if (Families::Prevails(*plan_.rules, all, At(first), At(second)) != rules::Precedence::None) {
      it->second = kFirst;
    } else if (Families::Prevails(*plan_.rules, all, At(second), At(first)) !=
               rules::Precedence::None) {
      it->second = kSecond;
    }
  }
  if (it->second == kSecond) return {b, a, true};
  return {a, b, it->second == kFirst};
}

// Position in its family of the rule as seen through the chain that led to its subject.
int Evaluator::ExpandedOf(int application) {
  const Applied& applied = applied_[At(application)];
  const int chain = applied.fact < 0 ? 0 : facts_[At(applied.fact)].chain;
  const int family = family_of_root(applied.root);
  if (family < 0) return -1;
  const std::uint64_t key = (static_cast<std::uint64_t>(family) << 42) |
                            (static_cast<std::uint64_t>(applied.rule) << 21) |
                            static_cast<std::uint64_t>(chain);
  const auto [it, added] = expanded_.try_emplace(key, -1);
  if (!added) return it->second;
  std::vector<rules::QualificationId> through;
  for (int link = chain; link != 0; link = chains_[At(link)].parent)
    through.emplace_back(chains_[At(link)].qualification);
  const std::vector<rules::ExpandedRule>& all = plan_.families.families[At(family)].rules;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].rule.value == applied.rule && all[i].through == through)
      it->second = static_cast<int>(i);
  }
  return it->second;
}

}  // namespace cotejo::year
