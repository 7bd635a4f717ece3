#include "scenarios/year/order.h"

namespace cotejo::year {
namespace {

std::size_t At(int index) { return static_cast<std::size_t>(index); }

std::uint64_t Key(int family, int a, int b) {
  return (static_cast<std::uint64_t>(family) << 42) | (static_cast<std::uint64_t>(a) << 21) |
         static_cast<std::uint64_t>(b);
}

}  // namespace

Order::Order(const Plan& plan, const std::vector<int>* numbers)
    : plan_(plan),
      numbers_(numbers),
      clash_(plan.rules->rules.size() * plan.rules->rules.size(), -1) {}

bool Order::Clash(int a, int b) {
  std::int8_t& known = clash_[At(a) * plan_.rules->rules.size() + At(b)];
  if (known < 0) {
    known = rules::OutcomesClash(*plan_.rules, rules::RuleId(a), plan_.outcomes[At(a)],
                                 rules::RuleId(b), plan_.outcomes[At(b)])
                ? 1
                : 0;
  }
  return known == 1;
}

int Order::Expanded(int family, int rule, int chain, const std::vector<ChainLink>& chains) {
  const auto [it, added] = expanded_.try_emplace(Key(family, rule, chain), -1);
  if (!added) return it->second;
  std::vector<rules::QualificationId> through;
  for (int link = chain; link != 0; link = chains[At(link)].parent) {
    const int id = chains[At(link)].qualification;
    through.emplace_back(numbers_ == nullptr ? id : (*numbers_)[At(id)]);
  }
  const std::vector<rules::ExpandedRule>& all = plan_.families.families[At(family)].rules;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].rule.value == rule && all[i].through == through) it->second = static_cast<int>(i);
  }
  return it->second;
}

Order::Winner Order::Decide(int family, int first, int second) {
  const auto [it, added] = precedence_.try_emplace(Key(family, first, second), Winner::Neither);
  if (!added) return it->second;
  const rules::Family& all = plan_.families.families[At(family)];
  using rules::Families;
  if (Families::Prevails(*plan_.rules, all, At(first), At(second)) != rules::Precedence::None) {
    it->second = Winner::First;
  } else if (Families::Prevails(*plan_.rules, all, At(second), At(first)) !=
             rules::Precedence::None) {
    it->second = Winner::Second;
  }
  return it->second;
}

}  // namespace cotejo::year
