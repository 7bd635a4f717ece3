#include "scenarios/year/settle.h"

#include <algorithm>
#include <utility>

#include "scenarios/year/evaluator.h"

namespace cotejo::year {

namespace {

std::size_t At(int index) { return static_cast<std::size_t>(index); }

}  // namespace

// Whoever has no undefeated winner above it stands and defeats those below; where defeats go
// round in a circle nothing decides, and all of them stand in conflict.
bool Settler::Settle(std::span<Applied> all, const std::vector<int>& members, int family,
                     Order& order, const std::vector<ChainLink>& chains,
                     std::vector<std::pair<int, int>>& conflicts) {
  if (!FindClashes(all, members, family, order, chains)) return false;
  if (clashes_.empty()) return true;
  open_ = members;
  const auto is_open = [&](int m) {
    return std::find(open_.begin(), open_.end(), m) != open_.end();
  };
  for (bool progress = true; progress;) {
    progress = false;
    for (const int member : members) {
      const auto threatens = [&](const Clash& c) {
        return c.decided && c.loser == member && is_open(c.winner);
      };
      if (!is_open(member) || std::any_of(clashes_.begin(), clashes_.end(), threatens)) continue;
      progress = true;
      std::erase(open_, member);
      for (const Clash& clash : clashes_) {
        if (!clash.decided || clash.winner != member || !is_open(clash.loser)) continue;
        all[At(clash.loser)].stands = false;
        std::erase(open_, clash.loser);
      }
    }
  }
  for (const Clash& clash : clashes_) {
    Applied& a = all[At(clash.winner)];
    Applied& b = all[At(clash.loser)];
    if (!a.stands || !b.stands) continue;
    a.in_conflict = b.in_conflict = true;
    conflicts.emplace_back(std::min(clash.winner, clash.loser),
                           std::max(clash.winner, clash.loser));
  }
  return true;
}

bool Settler::FindClashes(std::span<const Applied> all, const std::vector<int>& members, int family,
                          Order& order, const std::vector<ChainLink>& chains) {
  clashes_.clear();
  for (std::size_t i = 0; i < members.size(); ++i) {
    for (std::size_t j = i + 1; j < members.size(); ++j) {
      const Applied& a = all[At(members[i])];
      const Applied& b = all[At(members[j])];
      if (!order.Clash(a.rule, b.rule)) continue;
      if (family < 0) return false;
      const int first = order.Expanded(family, a.rule, a.chain, chains);
      const int second = order.Expanded(family, b.rule, b.chain, chains);
      if (first < 0 || second < 0) return false;
      const Order::Winner winner = order.Decide(family, first, second);
      if (winner == Order::Winner::Second) {
        clashes_.push_back({members[j], members[i], true});
      } else {
        clashes_.push_back({members[i], members[j], winner == Order::Winner::First});
      }
    }
  }
  return true;
}

// ---- of a whole year -------------------------------------------------------------

bool LeavesAGap(const GapScale& gap, std::span<const Applied> applied, std::int32_t day) {
  return gap.ScaleOn(day).valid() &&
         std::none_of(applied.begin(), applied.end(), [&](const Applied& one) {
           return gap.answers[static_cast<std::size_t>(one.rule)];
         });
}

void Evaluator::Settle() {
  conflicts_.clear();
  if (crowded_.empty()) return;
  next_.resize(applied_.size());
  for (std::size_t i = applied_.size(); i-- > 0;) {
    applied_[i].stands = true;
    applied_[i].in_conflict = false;
    Root& root = roots_[At(applied_[i].root)];
    if (root.count >= 2) next_[i] = std::exchange(root.first, static_cast<int>(i));
  }
  std::sort(crowded_.begin(), crowded_.end());
  for (const int root : crowded_) {
    members_.clear();
    for (int i = std::exchange(roots_[At(root)].first, -1); i >= 0; i = next_[At(i)])
      members_.push_back(i);
    SettleRoot(applied_, members_, family_of_root(root), order_, conflicts_);
  }
}

void Evaluator::SettleRoot(std::span<Applied> all, const std::vector<int>& members, int family,
                           Order& order, std::vector<std::pair<int, int>>& conflicts) {
  if (!settler_.Settle(all, members, family, order, chains_, conflicts))
    Fail("una regla se aplicó donde sus familias no la prevén",
         "a rule applied where its families do not foresee it");
}

}  // namespace cotejo::year
