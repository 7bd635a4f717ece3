// Cap exceeded: the deductions of a window add up to more than a rule about sanctions allows.
#include <algorithm>
#include <map>
#include <set>

#include "solver/checks/plans.h"
#include "solver/checks/questions.h"
#include "solver/checks/triggers.h"
#include "solver/checks/wording.h"

namespace cotejo::checks {

using base::Citation;
using base::Rational;
using base::Text;
using evaluation::Application;

namespace {

constexpr const char* kCode = "tope-excedido";
// Sanctions added up at most, and working days the second may be moved to keep them apart.
constexpr std::size_t kMostSanctions = 3;
constexpr int kMostMoved = 8;
// Provisions whose sums are tried: those with the largest deductions.
constexpr std::size_t kMostProvisions = 24;
// Sums are told apart by article and paragraph: RIP:46.IV.3 counts as RIP:46.IV.
constexpr std::size_t kDepth = 2;

bool IsCap(const rules::Ruleset& rules, const rules::Rule& rule) {
  return rules.kind(rule.subject.kind).is_sanction && !OrdersSanction(rule) &&
         std::any_of(rule.consequences.begin(), rule.consequences.end(),
                     [](const auto& c) { return c.kind == rules::ConsequenceKind::Prohibition; });
}

Citation Provision(Citation citation) {
  if (citation.path.size() > kDepth) citation.path.resize(kDepth);
  return citation;
}

Citation Article(Citation citation) {
  if (citation.path.size() > 1) citation.path.resize(1);
  return citation;
}

// The cap stands, and the deductions it counted.
struct Excess {
  const Application* cap = nullptr;
  std::vector<const Application*> deductions;
};

std::optional<Excess> ExcessIn(const rules::Ruleset& rules, rules::RuleId cap,
                               const evaluation::Result& result) {
  for (const Application& application : result.applications) {
    if (application.rule != cap || !application.stands) continue;
    const evaluation::Root& root = result.roots[static_cast<std::size_t>(application.root)];
    Excess excess{&application, {}};
    for (const Application& other : result.applications) {
      const bool counted = other.stands && root.first <= other.date && other.date <= root.last &&
                           !SeverityOf(rules, other).days.zero();
      if (counted) excess.deductions.push_back(&other);
    }
    return excess;
  }
  return std::nullopt;
}

int LastMonth(const Recipe& recipe) {
  int last = 0;
  for (const Placed& placed : recipe) last = std::max(last, placed.month);
  return last;
}

// A set of provisions whose sanctions are added up, by position in the list of provisions.
using Sum = std::vector<std::size_t>;

class CapCheck {
 public:
  CapCheck(const CheckContext& context, rules::RuleId cap,
           const std::vector<rules::FactKindId>& kinds)
      : context_(context),
        rules_(context.rules),
        cap_(cap),
        benches_(context, {cap}),
        bench_(context, kinds, JudgesBy::Sanctions, {cap}) {}

  void Run(std::vector<Trigger> triggers, base::CheckReport& report) {
    const std::string name = std::string(kCode) + "/" + rules_.rule(cap_).name;
    const std::string single = name + "/una sanción";
    const std::string several = name + "/varias sanciones";
    triggers_ = std::move(triggers);
    RecordUnreached(
        context_, report, name, kCode, Unreached(rules_, triggers_, [](const rules::Rule& rule) {
          return std::any_of(rule.consequences.begin(), rule.consequences.end(), [](const auto& c) {
            return c.kind == rules::ConsequenceKind::PayDeduction;
          });
        }));
    std::erase_if(triggers_, [](const Trigger& trigger) { return trigger.severity.days.zero(); });
    if (triggers_.empty()) {
      const bool none = report.queries.empty();
      if (none) {
        RecordTried(context_, report, single, kCode, false,
                    {"ninguna regla ordena descuentos", "no rule orders a deduction"});
      }
      return;
    }
    const std::size_t before = report.findings.size();
    CheckSingles(report);
    const bool any_single = report.findings.size() > before;
    RecordTried(context_, report, single, kCode, any_single,
                {"cada sanción con descuento, con cada cuantía alcanzada por hechos de una clase",
                 "each sanction with a deduction, with each amount that facts of one kind reach"});
    CheckSums(report);
    Text bounds{
        "hasta tres sanciones de un mes, cada una por hechos de una clase; las que suman "
        "menos que otra suma que cabe, también caben",
        "up to three sanctions of one month, each by facts of one kind; those that add up "
        "to less than a sum that fits, fit too"};
    if (cut_) {
      const std::string number = std::to_string(kMostProvisions);
      bounds.es += "; sólo las " + number + " disposiciones con mayores descuentos";
      bounds.en += "; only the " + number + " provisions with the largest deductions";
    }
    RecordTried(context_, report, several, kCode, report.findings.size() > before + singles_,
                bounds);
  }

 private:
  // ---- One sanction --------------------------------------------------------------

  void CheckSingles(base::CheckReport& report) {
    std::map<rules::RuleId, const Trigger*> smallest;
    std::map<rules::RuleId, Rational> most;
    for (const Trigger& trigger : triggers_) {
      const auto trial = benches_.For(trigger.recipe.front().kind).Try(trigger.recipe);
      const auto excess = ExcessIn(rules_, cap_, trial->result);
      if (!excess) {
        if (trigger.alone) Fits(trigger.severity.days);
        continue;
      }
      if (excess->deductions.size() != 1 || excess->deductions[0]->rule != trigger.rule) continue;
      const Trigger*& kept = smallest[trigger.rule];
      if (kept == nullptr || trigger.recipe.size() < kept->recipe.size()) kept = &trigger;
      Rational& top = most[trigger.rule];
      top = std::max(top, trigger.severity.days);
      over_.insert(&trigger);
    }
    for (const auto& [rule, trigger] : smallest) {
      const auto history = LayOut(context_, bench_.layout(), trigger->recipe);
      if (Report(report, *history, {rule}, most[rule])) ++singles_;
    }
  }

  void Fits(Rational days) { fits_ = std::max(fits_, days); }

  // ---- Several -------------------------------------------------------------------

  void CheckSums(base::CheckReport& report) {
    std::map<Citation, std::vector<const Trigger*>> by_provision;
    for (const Trigger& trigger : triggers_) {
      if (!trigger.alone || over_.count(&trigger) > 0) continue;
      by_provision[Provision(rules_.rule(trigger.rule).citation)].push_back(&trigger);
    }
    for (auto& [citation, group] : by_provision) groups_.push_back(std::move(group));
    if (groups_.size() > kMostProvisions) {
      const auto most = [](const std::vector<const Trigger*>& group) {
        Rational days;
        for (const Trigger* trigger : group) days = std::max(days, trigger->severity.days);
        return days;
      };
      std::stable_sort(groups_.begin(), groups_.end(),
                       [&](const auto& a, const auto& b) { return most(b) < most(a); });
      groups_.resize(kMostProvisions);
      cut_ = true;
    }
    for (std::size_t count = 2; count <= kMostSanctions; ++count) {
      Sum sum;
      Enumerate(count, 0, sum, report);
    }
  }

  void Enumerate(std::size_t count, std::size_t from, Sum& sum, base::CheckReport& report) {
    if (sum.size() == count) {
      if (!HoldsReported(sum)) TrySum(sum, report);
      return;
    }
    for (std::size_t g = from; g < groups_.size(); ++g) {
      sum.push_back(g);
      Enumerate(count, g, sum, report);
      sum.pop_back();
    }
  }

  // A smaller sum inside this one already exceeds the cap.
  bool HoldsReported(const Sum& sum) const {
    return std::any_of(reported_.begin(), reported_.end(), [&](const Sum& other) {
      return std::includes(sum.begin(), sum.end(), other.begin(), other.end());
    });
  }

  // The fewest facts first; sums no larger than one that fits are not tried.
  void TrySum(const Sum& sum, base::CheckReport& report) {
    std::vector<std::vector<const Trigger*>> choices{{}};
    for (std::size_t i = 0; i < sum.size(); ++i) {
      std::vector<std::vector<const Trigger*>> longer;
      for (const auto& chosen : choices) {
        for (const Trigger* trigger : groups_[sum[i]]) {
          // The same provisions in another order are the same sum.
          if (i > 0 && sum[i] == sum[i - 1] && trigger < chosen.back()) continue;
          longer.push_back(chosen);
          longer.back().push_back(trigger);
        }
      }
      choices = std::move(longer);
    }
    const auto facts = [](const std::vector<const Trigger*>& chosen) {
      std::size_t all = 0;
      for (const Trigger* trigger : chosen) all += trigger->recipe.size();
      return all;
    };
    std::stable_sort(choices.begin(), choices.end(),
                     [&](const auto& a, const auto& b) { return facts(a) < facts(b); });
    for (const auto& chosen : choices) {
      Rational days;
      for (const Trigger* trigger : chosen) days += trigger->severity.days;
      if (days <= fits_) continue;
      const auto history = Together(chosen, days);
      if (!history) continue;
      std::vector<rules::RuleId> all;
      for (const Trigger* trigger : chosen) all.push_back(trigger->rule);
      if (Report(report, *history, all, days)) {
        reported_.push_back(sum);
        return;
      }
    }
  }

  // The histories laid in one month so that just their sanctions stand there, and the cap does.
  std::optional<evaluation::History> Together(const std::vector<const Trigger*>& chosen,
                                              Rational days) {
    int month = 0;
    for (const Trigger* trigger : chosen) month = std::max(month, LastMonth(trigger->recipe));
    std::vector<rules::RuleId> wanted;
    for (const Trigger* trigger : chosen) wanted.push_back(trigger->rule);
    std::sort(wanted.begin(), wanted.end());
    for (int moved = 0; moved <= kMostMoved; ++moved) {
      Recipe all;
      for (std::size_t i = 0; i < chosen.size(); ++i) {
        const Recipe own = Moved(chosen[i]->recipe, month - LastMonth(chosen[i]->recipe),
                                 moved * static_cast<int>(i));
        all.insert(all.end(), own.begin(), own.end());
      }
      const auto trial = bench_.Try(all);
      if (!trial) continue;
      std::vector<rules::RuleId> standing;
      for (const Application& application : trial->result.applications) {
        const bool here =
            application.date.first_of_month() ==
            bench_.layout().months[static_cast<std::size_t>(month)][0].first_of_month();
        if (here && application.stands && !SeverityOf(rules_, application).days.zero()) {
          standing.push_back(application.rule);
        }
      }
      std::sort(standing.begin(), standing.end());
      if (standing != wanted) continue;
      const auto excess = ExcessIn(rules_, cap_, trial->result);
      if (excess && excess->deductions.size() == chosen.size()) return trial->history;
      if (!excess) Fits(days);
      return std::nullopt;
    }
    return std::nullopt;
  }

  // ---- Words ---------------------------------------------------------------------

  bool Report(base::CheckReport& report, const evaluation::History& history,
              const std::vector<rules::RuleId>& ordered, Rational most) {
    const auto trial = Replay(context_, history);
    if (!trial) return false;
    const auto excess = ExcessIn(rules_, cap_, trial->result);
    if (!excess || excess->deductions.size() != ordered.size()) return false;
    const rules::Rule& cap = rules_.rule(cap_);
    base::Finding finding;
    finding.code = kCode;
    finding.severity = base::FindingSeverity::Error;
    std::vector<Citation> sides;
    Rational total;
    std::string key = cap.name;
    for (const Application* deduction : excess->deductions) {
      const rules::Rule& rule = rules_.rule(deduction->rule);
      sides.push_back(rule.citation);
      const Rational days = SeverityOf(rules_, *deduction).days;
      total += days;
      const Text amount = DescribeDays(days);
      const Text name = DescribeName(rule);
      finding.region.push_back({rule.citation.str() + " " + name.es + ": " + amount.es,
                                rule.citation.str() + " " + name.en + ": " + amount.en});
    }
    std::sort(finding.region.begin(), finding.region.end(),
              [](const Text& a, const Text& b) { return a.es < b.es; });
    Text addends;
    for (const Text& part : finding.region) {
      addends.es += (addends.es.empty() ? "" : " + ") + part.es;
      addends.en += (addends.en.empty() ? "" : " + ") + part.en;
    }
    const bool single = ordered.size() == 1;
    // Sums of the same articles are one defect, whichever of their rows are added up.
    std::vector<Citation> provisions = sides;
    if (!single) std::transform(sides.begin(), sides.end(), provisions.begin(), Article);
    for (const Citation& provision : Unique(provisions)) key += "|" + provision.str();
    if (single) key += "|" + rules_.rule(ordered[0]).name;
    finding.id = FindingId(kCode, key);
    const std::string cited = base::JoinCitations(sides);
    const Text sum = DescribeDays(total);
    finding.region = {{addends.es + (single ? "" : " = " + sum.es) + " de descuento",
                       addends.en + (single ? "" : " = " + sum.en) + " of pay deducted"}};
    const std::string limit = cap.citation.str();
    const Text readings = DescribeReadings(rules_, excess->cap->measures);
    if (single) {
      const std::string rule = Spaced(rules_.rule(ordered[0]).name);
      finding.title = {"una sola sanción de " + cited + " (" + rule + ") llega a " + sum.es +
                           " de descuento y pasa del tope de " + limit,
                       "a single sanction of " + cited + " (" + rule + ") reaches " + sum.en +
                           " of pay and exceeds the cap of " + limit};
    } else {
      finding.title = {"las sanciones de " + cited + " suman " + sum.es +
                           " de descuento en un mismo período y pasan del tope de " + limit,
                       "the sanctions of " + cited + " add up to " + sum.en +
                           " of pay in one period and exceed the cap of " + limit};
    }
    const Text prohibition = DescribeOutcome(rules_, *excess->cap);
    finding.explanation = {limit + " responde al testigo: " + prohibition.es + " (" + readings.es +
                               "). Lo que ordena " + cited + " queda en pie entero",
                           limit + " answers the witness: " + prohibition.en + " (" + readings.en +
                               "). What " + cited + " orders stands in full"};
    if (single && most > total) {
      const Text top = DescribeDays(most);
      finding.explanation.es += "; la misma regla llega a " + top.es;
      finding.explanation.en += "; the same rule reaches " + top.en;
    }
    sides.push_back(cap.citation);
    finding.articles = Unique(std::move(sides));
    finding.reading = DescribeReading(rules_);
    finding.bounds = {"gestión " + std::to_string(context_.year) +
                          ", sanciones de un mes, cada una por hechos de una clase",
                      "year " + std::to_string(context_.year) +
                          ", sanctions of one month, each by facts of one kind"};
    finding.witness = Narrate(context_, *trial, {cap_});
    report.findings.push_back(std::move(finding));
    return true;
  }

  const CheckContext& context_;
  const rules::Ruleset& rules_;
  rules::RuleId cap_;
  Benches benches_;
  Bench bench_;
  std::vector<Trigger> triggers_;
  std::set<const Trigger*> over_;
  Rational fits_;  // the largest sum seen that does not exceed the cap
  std::vector<std::vector<const Trigger*>> groups_;
  std::vector<Sum> reported_;
  std::size_t singles_ = 0;
  bool cut_ = false;  // only some provisions were added up
};

}  // namespace

void PlanCaps(const CheckContext& context, std::vector<Task>& tasks) {
  const std::vector<rules::FactKindId> kinds = AllMisconducts(context.rules);
  for (std::size_t r = 0; r < context.rules.rules.size(); ++r) {
    const rules::RuleId cap(static_cast<std::int64_t>(r));
    if (!IsCap(context.rules, context.rules.rule(cap))) continue;
    tasks.push_back({std::string(kCode) + "/" + context.rules.rule(cap).name,
                     DependsOn(context, DeclarationsOf(context, kinds)),
                     [&context, cap, kinds](base::CheckReport& report) {
                       CapCheck(context, cap, kinds).Run(AllTriggers(context), report);
                     },
                     true});
  }
}

}  // namespace cotejo::checks
