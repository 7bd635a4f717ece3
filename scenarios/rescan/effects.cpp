#include "scenarios/rescan/effects.h"

#include <algorithm>
#include <map>

#include "scenarios/rescan/changes.h"
#include "scenarios/rescan/consequences.h"

namespace cotejo::rescan {
namespace {

using year::Applied;
using year::Plan;

std::size_t At(std::int64_t index) { return static_cast<std::size_t>(index); }

// Where the consequences of one regulation's rules are counted; the keys of cells are stable.
class Places {
 public:
  Places(const Plan& plan, const std::vector<year::Cell>& cells)
      : rules_(*plan.rules), tallies_(TalliesOf(rules_)) {
    for (std::size_t i = 0; i < cells.size(); ++i) cells_[cells[i].key] = static_cast<int>(i);
    for (std::size_t i = 0; i < rules_.rules.size(); ++i) {
      const std::string cited = rules_.rules[i].citation.str();
      const RuleTally& tally = tallies_[i];
      OfRule of;
      if (tally.sanction) of.sanction = cell("sanciones/" + cited);
      if (tally.process) of.process = cell("procesos/" + cited);
      if (!tally.deductions.empty()) {
        of.days = cell("descuentos/días/" + cited);
        of.centavos = cell("descuentos/centavos/" + cited);
      }
      of_rule_.push_back(of);
    }
  }

  struct OfRule {
    int sanction = -1, process = -1, days = -1, centavos = -1;
  };
  [[nodiscard]] const OfRule& of(int rule) const { return of_rule_[At(rule)]; }
  [[nodiscard]] const RuleTally& tally(int rule) const { return tallies_[At(rule)]; }
  [[nodiscard]] int cell(const std::string& key) const { return cells_.at(key); }
  [[nodiscard]] int conflict(int first, int second) const {
    const auto cited = [&](int rule) { return rules_.rules[At(rule)].citation; };
    return cell("contradicciones/" + base::JoinCitations({cited(std::min(first, second)),
                                                          cited(std::max(first, second))}));
  }
  [[nodiscard]] int gap(const rules::Subject& subject) const {
    return cell("huecos/" + rules_.kind(subject.kind).name + " por mes");
  }

 private:
  const rules::Ruleset& rules_;
  std::vector<RuleTally> tallies_;
  std::map<std::string, int> cells_;
  std::vector<OfRule> of_rule_;
};

// What adds up to an effect, in any order.
struct Sum {
  std::map<int, std::int64_t> counts;
  std::map<std::tuple<int, bool, std::int64_t>, std::int64_t> pays;  // times
  std::array<std::int64_t, kStandings> standings{};
  std::int64_t days = 0;

  [[nodiscard]] Effect Taken() const {
    Effect effect;
    for (const auto& [cell, amount] : counts) {
      if (amount != 0) effect.counts.emplace_back(cell, amount);
    }
    for (const auto& [pay, times] : pays) {
      const auto& [cell, counted, of_days] = pay;
      if (times != 0) effect.pays.push_back({cell, counted, of_days, times});
    }
    effect.standings = standings;
    effect.days = days;
    return effect;
  }
};

class Work {
 public:
  Work(const MonthFacts& facts, const year::Setting& setting, std::size_t k,
       const std::vector<year::Cell>& cells, const population::Population& population,
       const Changes& changes)
      : facts_(facts),
        setting_(setting),
        revision_(setting.revisions[k]),
        base_(setting.plans.front().plan),
        amended_(setting.plans[k].plan),
        changes_(changes),
        before_places_(base_, cells),
        after_places_(amended_, cells),
        before_order_(base_),
        after_order_(amended_, &revision_.own_qualification),
        ratio_(setting.unit / facts.unit),
        chains_(1),
        removes_(population.turnover && population.turnover->removal) {}

  // Nothing when the effect of a state cannot be told, and why().
  std::optional<Effects> Run() {
    Effects effects;
    effects.stretches.resize(facts_.columns.size());
    std::map<Effect, int> known;
    for (std::size_t c = 0; c < facts_.columns.size(); ++c) {
      if (!changes_.touches(c)) continue;
      for (int month = 0; month < kMonths; ++month) {
        std::vector<Stretch>& stretches = effects.stretches[c][At(month)];
        for (std::size_t s = 1; s < facts_.columns[c].states.size(); ++s) {
          const Effect effect = EffectOf(c, facts_.columns[c].states[s], month);
          if (!why_.empty()) return std::nullopt;
          if (effect.none()) continue;
          const int number = static_cast<int>(s);
          const int id = known.try_emplace(effect, static_cast<int>(known.size())).first->second;
          if (!stretches.empty() && stretches.back().high == number - 1 &&
              stretches.back().effect == id) {
            ++stretches.back().high;
          } else {
            stretches.push_back({number, number, id});
          }
        }
      }
    }
    effects.all.resize(known.size());
    for (const auto& [effect, id] : known) effects.all[At(id)] = effect;
    return effects;
  }

  [[nodiscard]] const base::Text& why() const { return why_; }

 private:
  // What applied to a month under one text.
  struct Side {
    std::vector<Applied> applied;
    std::vector<std::int64_t> quantities;
    std::vector<std::pair<int, int>> conflicts;  // positions in `applied`

    void Add(int rule, int chain, const std::vector<std::int64_t>& of, std::int64_t ratio) {
      Applied one;
      one.rule = rule;
      one.chain = chain;
      one.quantities = quantities.size();
      applied.push_back(one);
      for (const std::int64_t quantity : of) quantities.push_back(quantity * ratio);
    }
  };

  Effect EffectOf(std::size_t c, const State& state, int month) {
    const std::int32_t day = setting_.year.month_last[At(month)];
    Side before;
    Side after;
    bool touched = false;
    for (const Application& applied : state.applied) {
      const int chain = Chain(applied.through);
      before.Add(applied.rule, chain, applied.quantities, ratio_);
      const int own = revision_.own_rule[At(applied.rule)];
      if (own >= 0) {
        after.Add(own, chain, applied.quantities, ratio_);
      } else {
        touched = true;
      }
    }
    for (const Changes::Added& added : changes_.added()) {
      if (added.column != c || !changes_.Applies(added, state, day)) continue;
      after.Add(revision_.own_rule[At(added.shared)], 0, added.quantities[At(month)], 1);
      touched = true;
    }
    if (!touched) return {};
    CheckRights(before, before_places_, base_);
    CheckRights(after, after_places_, amended_);
    const int subject = facts_.columns[c].subject;
    const int own_subject = revision_.own_subject[At(subject)];
    Settle(before, base_.family_of[At(subject)], before_order_);
    Settle(after, own_subject < 0 ? -1 : amended_.family_of[At(own_subject)], after_order_);
    if (removes_) CheckRemovals(before, after);
    Sum sum;
    AddSide(before, before_places_, -1, sum);
    AddSide(after, after_places_, 1, sum);
    AddGaps(base_, subject, day, before, before_places_, -1, sum);
    AddGaps(amended_, own_subject, day, after, after_places_, 1, sum);
    return sum.Taken();
  }

  void Settle(Side& side, int family, year::Order& order) {
    members_.clear();
    for (std::size_t i = 0; i < side.applied.size(); ++i) members_.push_back(static_cast<int>(i));
    if (members_.size() > 1 &&
        !settler_.Settle(side.applied, members_, family, order, chains_, side.conflicts))
      why_ = {"una regla se aplica donde sus familias no la prevén",
              "a rule applies where its families do not foresee it"};
  }

  // A right is not counted when it is contradicted, and of rights nothing is kept.
  void CheckRights(const Side& side, const Places& places, const Plan& plan) {
    for (const Applied& applied : side.applied) {
      if (!places.tally(applied.rule).rights) continue;
      const std::string& rule = plan.rules->rules[At(applied.rule)].name;
      why_ = {
          "puede cambiar lo que da la regla «" + rule + "», y de los derechos no se guarda nada",
          "it may change what rule '" + rule + "' grants, and nothing is kept of rights"};
    }
  }

  // Whom the text removes is not in the post any more: other people's months.
  void CheckRemovals(const Side& before, const Side& after) {
    const auto removing = [](const Side& side, const Places& places, const auto& number) {
      std::vector<std::pair<int, bool>> rules;
      for (const Applied& applied : side.applied) {
        const RuleTally& tally = places.tally(applied.rule);
        if (applied.stands && (tally.destitutes || tally.retires))
          rules.emplace_back(number(applied.rule), applied.in_conflict);
      }
      std::sort(rules.begin(), rules.end());
      return rules;
    };
    const auto own = [&](int rule) { return revision_.own_rule[At(rule)]; };
    const auto same = [](int rule) { return rule; };
    if (removing(before, before_places_, own) != removing(after, after_places_, same))
      why_ = {"cambia a quién se retira o se destituye, y con ello quién ocupa el puesto",
              "whom it retires or destitutes changes, and with it who holds the post"};
  }

  // Link for the qualifications behind a derived fact, nearest first.
  int Chain(const std::vector<int>& through) {
    int link = 0;
    for (std::size_t i = through.size(); i-- > 0;) {
      const auto next = static_cast<int>(chains_.size());
      const auto [place, added] = links_.try_emplace({link, through[i]}, next);
      if (added) chains_.push_back({link, through[i]});
      link = place->second;
    }
    return link;
  }

  void AddSide(const Side& side, const Places& places, std::int64_t sign, Sum& sum) const {
    for (const Applied& applied : side.applied) {
      if (!applied.stands) continue;
      const Places::OfRule& of = places.of(applied.rule);
      const RuleTally& tally = places.tally(applied.rule);
      tally.AddTo(sum.standings, applied.in_conflict, sign);
      const auto count = [&](bool when, int cell) {
        if (when) sum.counts[cell] += sign;
      };
      count(tally.sanction, of.sanction);
      count(tally.sanction, places.cell("sanciones/total"));
      count(tally.process, of.process);
      count(tally.process, places.cell("procesos/total"));
      count(tally.destitutes, places.cell("procesos/destituciones"));
      count(tally.retires, places.cell("procesos/retiros"));
      for (const std::size_t c : tally.deductions)
        AddDeduction(side.quantities[applied.quantities + c], applied.in_conflict, of, places, sign,
                     sum);
    }
    for (const auto& [a, b] : side.conflicts) {
      sum.counts[places.conflict(side.applied[At(a)].rule, side.applied[At(b)].rule)] += sign;
      sum.counts[places.cell("contradicciones/total")] += sign;
    }
  }

  static void AddDeduction(std::int64_t days, bool in_conflict, const Places::OfRule& of,
                           const Places& places, std::int64_t sign, Sum& sum) {
    if (in_conflict) {
      sum.counts[places.cell("descuentos/contradicción/días")] += sign * days;
      sum.pays[{places.cell("descuentos/contradicción/centavos"), false, days}] += sign;
      return;
    }
    sum.counts[of.days] += sign * days;
    sum.counts[places.cell("descuentos/días/total")] += sign * days;
    sum.days += sign * days;
    sum.pays[{of.centavos, true, days}] += sign;
  }

  static void AddGaps(const Plan& plan, int subject, std::int32_t day, const Side& side,
                      const Places& places, std::int64_t sign, Sum& sum) {
    for (const year::GapScale& gap : plan.gaps) {
      if (gap.subject != subject || !year::LeavesAGap(gap, side.applied, day)) continue;
      sum.counts[places.gap(plan.subjects[At(subject)])] += sign;
      sum.counts[places.cell("huecos/total")] += sign;
    }
  }

  const MonthFacts& facts_;
  const year::Setting& setting_;
  const year::Revision& revision_;
  const Plan& base_;
  const Plan& amended_;
  const Changes& changes_;
  Places before_places_, after_places_;
  year::Order before_order_, after_order_;
  std::int64_t ratio_;  // of the units of the setting to those of the facts
  std::vector<year::ChainLink> chains_;
  std::map<std::pair<int, int>, int> links_;
  year::Settler settler_;
  std::vector<int> members_;
  bool removes_;  // somebody else comes in the place of whom the text removes
  base::Text why_;
};

}  // namespace

std::optional<Effects> EffectsOf(const MonthFacts& facts, const year::Setting& setting,
                                 std::size_t k, const std::string& name,
                                 const std::vector<year::Cell>& cells,
                                 const population::Population& population,
                                 base::Diagnostics& diagnostics) {
  const auto changes = Changes::Find(facts, setting, k, name, diagnostics);
  if (!changes) return std::nullopt;
  Work work(facts, setting, k, cells, population, *changes);
  auto effects = work.Run();
  if (!effects) RefuseToReapply(name, work.why(), {}, diagnostics);
  return effects;
}

}  // namespace cotejo::rescan
