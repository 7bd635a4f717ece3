// Cap exceeded: the deductions of a window add up to more than a rule about sanctions allows.
#include <algorithm>
#include <map>
#include <set>

#include "model/rules/caps.h"
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
// Sanctions of several provisions added up at most, and working days the second may be moved to
// keep them apart. One provision alone is repeated as often as the month has room for.
constexpr std::size_t kMostSanctions = 3;
constexpr int kMostMoved = 8;
// Provisions whose sums are tried: those with the largest deductions.
constexpr std::size_t kMostProvisions = 24;
// Sums are told apart by article and paragraph: RIP:46.IV.3 counts as RIP:46.IV.
constexpr std::size_t kDepth = 2;

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

// In the period of that day: what led to a sanction may exceed it in one of its own, before.
std::optional<Excess> ExcessIn(const rules::Ruleset& rules, rules::RuleId cap,
                               const evaluation::Result& result, base::Date day) {
  for (const Application& application : result.applications) {
    if (application.rule != cap || !application.stands) continue;
    const evaluation::Root& root = result.roots[static_cast<std::size_t>(application.root)];
    if (day < root.first || root.last < day) continue;
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

// A history of one month and all that is deducted there: what it is tried for, and what comes
// along.
struct Addend {
  const Trigger* trigger = nullptr;
  std::vector<rules::RuleId> deducting;
  Rational days;
};

// The deductions that stand in a month, by rule.
Addend DeductedIn(const rules::Ruleset& rules, base::Date month, const evaluation::Result& result) {
  Addend all;
  for (const Application& application : result.applications) {
    const Rational days = SeverityOf(rules, application).days;
    if (!application.stands || days.zero() || application.date.first_of_month() != month) continue;
    all.deducting.push_back(application.rule);
    all.days += days;
  }
  std::sort(all.deducting.begin(), all.deducting.end());
  return all;
}

// Provisions added up, with repetitions, in order.
using Sum = std::vector<Citation>;

// Histories that deduct by the same provisions.
struct Group {
  Sum provisions;
  std::vector<Addend> addends;
};

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
    RepeatEach(report);
    Text bounds{
        "hasta tres sanciones de un mes, o una misma cuantas veces quepa en él, cada una por "
        "hechos de una clase, y las que alguna trae siempre consigo; las que suman menos que otra "
        "suma que cabe, también caben",
        "up to three sanctions of one month, or one of them as often as it fits there, each by "
        "facts of one kind, and those that one always brings along; those that add up to less "
        "than a sum that fits, fit too"};
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
      const auto excess = ExcessIn(rules_, cap_, trial->result, trigger.date);
      addends_.push_back(DeductedIn(rules_, trigger.date.first_of_month(), trial->result));
      addends_.back().trigger = &trigger;
      if (!excess) {
        Fits(addends_.back().days);
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
      if (Report(report, *history, {rule}, most[rule], trigger->date)) ++singles_;
    }
  }

  void Fits(Rational days) { fits_ = std::max(fits_, days); }

  // ---- Several -------------------------------------------------------------------

  void CheckSums(base::CheckReport& report) {
    std::vector<Addend> alone, accompanied;
    for (const Addend& addend : addends_) {
      if (over_.count(addend.trigger) > 0) continue;
      if (addend.trigger->alone) {
        alone.push_back(addend);
      } else if (!StandsAlone(*addend.trigger)) {
        accompanied.push_back(addend);
      }
    }
    groups_ = Grouped(alone);
    for (std::size_t count = 2; count <= kMostSanctions; ++count) Enumerate(count, report);
    // What never stands alone is added up with what it brings along.
    if (accompanied.empty()) return;
    first_accompanied_ = groups_.size();
    for (Group& group : Grouped(accompanied)) groups_.push_back(std::move(group));
    for (std::size_t count = 1; count <= kMostSanctions; ++count) Enumerate(count, report);
  }

  // The same amount of the same rule has a history where nothing comes along.
  bool StandsAlone(const Trigger& accompanied) const {
    return std::any_of(triggers_.begin(), triggers_.end(), [&](const Trigger& other) {
      return other.alone && other.rule == accompanied.rule &&
             other.severity.days == accompanied.severity.days;
    });
  }

  std::vector<Group> Grouped(const std::vector<Addend>& addends) {
    std::map<Sum, std::vector<Addend>> by_provisions;
    for (const Addend& addend : addends) {
      by_provisions[ProvisionsOf(addend.deducting)].push_back(addend);
    }
    std::vector<Group> groups;
    for (auto& [provisions, all] : by_provisions) groups.push_back({provisions, std::move(all)});
    if (groups.size() > kMostProvisions) {
      const auto most = [](const Group& group) {
        Rational days;
        for (const Addend& addend : group.addends) days = std::max(days, addend.days);
        return days;
      };
      std::stable_sort(groups.begin(), groups.end(),
                       [&](const auto& a, const auto& b) { return most(b) < most(a); });
      groups.resize(kMostProvisions);
      cut_ = true;
    }
    return groups;
  }

  Sum ProvisionsOf(const std::vector<rules::RuleId>& deducting) const {
    Sum sum;
    for (rules::RuleId rule : deducting) sum.push_back(Provision(rules_.rule(rule).citation));
    std::sort(sum.begin(), sum.end());
    return sum;
  }

  void Enumerate(std::size_t count, base::CheckReport& report) {
    std::vector<const Group*> chosen;
    Enumerate(count, 0, chosen, report);
  }

  void Enumerate(std::size_t count, std::size_t from, std::vector<const Group*>& chosen,
                 base::CheckReport& report) {
    if (chosen.size() == count) {
      const bool tried = chosen.back() < groups_.data() + first_accompanied_;
      Sum sum;
      for (const Group* group : chosen) {
        sum.insert(sum.end(), group->provisions.begin(), group->provisions.end());
      }
      std::sort(sum.begin(), sum.end());
      if (!tried && !HoldsReported(sum)) TrySum(chosen, report);
      return;
    }
    for (std::size_t g = from; g < groups_.size(); ++g) {
      chosen.push_back(&groups_[g]);
      Enumerate(count, g, chosen, report);
      chosen.pop_back();
    }
  }

  // A smaller sum inside this one already exceeds the cap.
  bool HoldsReported(const Sum& sum) const {
    return std::any_of(reported_.begin(), reported_.end(), [&](const Sum& other) {
      return std::includes(sum.begin(), sum.end(), other.begin(), other.end());
    });
  }

  // The fewest facts first; sums no larger than one that fits are not tried.
  void TrySum(const std::vector<const Group*>& groups, base::CheckReport& report) {
    std::vector<std::vector<const Addend*>> choices{{}};
    for (std::size_t i = 0; i < groups.size(); ++i) {
      std::vector<std::vector<const Addend*>> longer;
      for (const auto& chosen : choices) {
        for (const Addend& addend : groups[i]->addends) {
          // The same provisions in another order are the same sum.
          if (i > 0 && groups[i] == groups[i - 1] && &addend < chosen.back()) continue;
          longer.push_back(chosen);
          longer.back().push_back(&addend);
        }
      }
      choices = std::move(longer);
    }
    const auto facts = [](const std::vector<const Addend*>& chosen) {
      std::size_t all = 0;
      for (const Addend* addend : chosen) all += addend->trigger->recipe.size();
      return all;
    };
    std::stable_sort(choices.begin(), choices.end(),
                     [&](const auto& a, const auto& b) { return facts(a) < facts(b); });
    for (const auto& chosen : choices) {
      Rational days;
      for (const Addend* addend : chosen) days += addend->days;
      if (days <= fits_) continue;
      const auto together = Together(chosen);
      if (!together) continue;
      const Sum sum = ProvisionsOf(together->deducting);
      if (HoldsReported(sum)) continue;
      if (Report(report, together->history, together->deducting, days, together->month)) {
        reported_.push_back(sum);
        return;
      }
    }
  }

  struct Exceeding {
    evaluation::History history;
    std::vector<rules::RuleId> deducting;
    base::Date month;
  };

  // The histories laid in one month so that just their sanctions stand there, and the cap does.
  // Where some never stand alone, whatever stands there when that cannot be.
  std::optional<Exceeding> Together(const std::vector<const Addend*>& chosen) {
    int month = 0;
    std::vector<rules::RuleId> wanted;
    bool exact = true;
    for (const Addend* addend : chosen) {
      month = std::max(month, LastMonth(addend->trigger->recipe));
      wanted.insert(wanted.end(), addend->deducting.begin(), addend->deducting.end());
      exact = exact && addend->trigger->alone;
    }
    std::sort(wanted.begin(), wanted.end());
    const base::Date first =
        bench_.layout().months[static_cast<std::size_t>(month)][0].first_of_month();
    std::optional<Trial> other;
    for (int moved = 0; moved <= kMostMoved; ++moved) {
      Recipe all;
      for (std::size_t i = 0; i < chosen.size(); ++i) {
        const Recipe& recipe = chosen[i]->trigger->recipe;
        const Recipe own = Moved(recipe, month - LastMonth(recipe), moved * static_cast<int>(i));
        all.insert(all.end(), own.begin(), own.end());
      }
      auto trial = bench_.Try(all);
      if (!trial) continue;
      if (DeductedIn(rules_, first, trial->result).deducting == wanted) {
        return ExceedingIn(*trial, first);
      }
      if (!exact && !other) other = std::move(trial);
    }
    return other ? ExceedingIn(*other, first) : std::nullopt;
  }

  // Several deductions of that month exceed it; if they do not, as much as they add up to fits.
  std::optional<Exceeding> ExceedingIn(const Trial& trial, base::Date month) {
    const auto excess = ExcessIn(rules_, cap_, trial.result, month);
    const Addend deducted = DeductedIn(rules_, month, trial.result);
    if (!excess) Fits(deducted.days);
    const bool all = excess && excess->deductions.size() == deducted.deducting.size();
    if (!all || deducted.deducting.size() < 2) return std::nullopt;
    return Exceeding{trial.history, deducted.deducting, month};
  }

  // ---- One, again and again ------------------------------------------------------

  // Three of one may fit where a fourth does not.
  void RepeatEach(base::CheckReport& report) {
    for (const Group& group : groups_) {
      std::vector<const Addend*> addends;
      for (const Addend& addend : group.addends) {
        if (MayComeAgain(addend)) addends.push_back(&addend);
      }
      const auto facts = [&](const Addend* addend) {
        const std::int64_t times = (fits_ / addend->days).floor() + 1;
        return times * static_cast<std::int64_t>(addend->trigger->recipe.size());
      };
      std::stable_sort(addends.begin(), addends.end(),
                       [&](const Addend* a, const Addend* b) { return facts(a) < facts(b); });
      for (const Addend* addend : addends) {
        if (Repeat(*addend, group.provisions, report)) break;
      }
    }
  }

  // What is judged by month comes once in it.
  bool MayComeAgain(const Addend& addend) const {
    return std::any_of(addend.deducting.begin(), addend.deducting.end(), [&](rules::RuleId rule) {
      return rules_.rule(rule).subject.window < rules::Window::Month;
    });
  }

  // Whether the cap is exceeded by it alone, as often as it takes.
  bool Repeat(const Addend& addend, const Sum& provisions, base::CheckReport& report) {
    const Recipe& recipe = addend.trigger->recipe;
    const auto& days = bench_.layout().months[static_cast<std::size_t>(LastMonth(recipe))];
    const base::Date month = days[0].first_of_month();
    const std::size_t shifts = std::max<std::size_t>(bench_.layout().shifts.size(), 1);
    const auto room = static_cast<std::int64_t>(days.size() * shifts);
    const std::int64_t fewest = std::max<std::int64_t>(2, (fits_ / addend.days).floor() + 1);
    if (fewest > room) return false;
    Sum sum;
    for (std::int64_t i = 1; i < fewest; ++i) {
      sum.insert(sum.end(), provisions.begin(), provisions.end());
    }
    Rational before;
    for (std::int64_t times = fewest; times <= room; ++times) {
      sum.insert(sum.end(), provisions.begin(), provisions.end());
      std::sort(sum.begin(), sum.end());
      if (HoldsReported(sum)) return true;
      const auto trial = Repeated(addend, provisions, times, month);
      if (!trial) return false;
      const Addend deducted = DeductedIn(rules_, month, trial->result);
      if (deducted.days <= before) return false;
      before = deducted.days;
      const auto exceeding = ExceedingIn(*trial, month);
      if (!exceeding) continue;
      if (!Report(report, exceeding->history, exceeding->deducting, deducted.days, month))
        return false;
      reported_.push_back(ProvisionsOf(exceeding->deducting));
      return true;
    }
    return false;
  }

  // That many of its history in one month: so that just its sanctions stand, each so often, or else
  // at least none of other provisions.
  std::optional<Trial> Repeated(const Addend& addend, const Sum& provisions, std::int64_t times,
                                base::Date month) {
    const Recipe& recipe = addend.trigger->recipe;
    std::vector<rules::RuleId> wanted;
    for (std::int64_t i = 0; i < times; ++i) {
      wanted.insert(wanted.end(), addend.deducting.begin(), addend.deducting.end());
    }
    std::sort(wanted.begin(), wanted.end());
    std::optional<Trial> other;
    for (const Recipe& repeated : Repetitions(recipe, times)) {
      auto trial = benches_.For(recipe.front().kind).Try(repeated);
      if (!trial) continue;
      const std::vector<rules::RuleId> deducting =
          DeductedIn(rules_, month, trial->result).deducting;
      if (deducting == wanted) return trial;
      Sum all = ProvisionsOf(deducting);
      all.erase(std::unique(all.begin(), all.end()), all.end());
      const bool own = std::includes(provisions.begin(), provisions.end(), all.begin(), all.end());
      if (own && !other) other = std::move(trial);
    }
    return other;
  }

  // One after another, with a day between them, and, of what is a single fact, one a shift.
  std::vector<Recipe> Repetitions(const Recipe& recipe, std::int64_t times) const {
    const auto [first, last] =
        std::minmax_element(recipe.begin(), recipe.end(),
                            [](const Placed& a, const Placed& b) { return a.day < b.day; });
    const int span = last->day - first->day + 1;
    std::vector<Recipe> all;
    for (const int step : {span, span + 1}) {
      Recipe apart;
      for (std::int64_t i = 0; i < times; ++i) {
        const Recipe own = Moved(recipe, 0, step * static_cast<int>(i));
        apart.insert(apart.end(), own.begin(), own.end());
      }
      all.push_back(std::move(apart));
    }
    const auto shifts = static_cast<std::int64_t>(bench_.layout().shifts.size());
    if (recipe.size() > 1 || first->shift != 1 || shifts < 2) return all;
    std::vector<Slot> slots;
    for (std::int64_t i = 0; i < times; ++i) {
      slots.push_back({static_cast<int>(i / shifts), static_cast<int>(i % shifts) + 1});
    }
    all.push_back(Fill(bench_, first->kind, first->fields, slots, first->month));
    return all;
  }

  // ---- Words ---------------------------------------------------------------------

  // Those of several lines, sorted, in one; what comes many times, with how many.
  static Text Added(const std::vector<Text>& parts) {
    Text all;
    for (std::size_t i = 0, next = 0; i < parts.size(); i = next) {
      while (next < parts.size() && parts[next].es == parts[i].es) ++next;
      const std::size_t times = next - i;
      const bool many = times > kMostSanctions;
      Text part = parts[i];
      if (many) {
        part.es += ", " + std::to_string(times) + " veces";
        part.en += ", " + std::to_string(times) + " times";
      }
      for (std::size_t told = 0; told < (many ? 1 : times); ++told) {
        all.es += (all.es.empty() ? "" : " + ") + part.es;
        all.en += (all.en.empty() ? "" : " + ") + part.en;
      }
    }
    return all;
  }

  bool Report(base::CheckReport& report, const evaluation::History& history,
              const std::vector<rules::RuleId>& ordered, Rational most, base::Date day) {
    const auto trial = Replay(context_, history);
    if (!trial) return false;
    const auto excess = ExcessIn(rules_, cap_, trial->result, day);
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
    const Text addends = Added(finding.region);
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
      for (Text* told : {&finding.explanation, &finding.region.front()}) {
        told->es += "; la misma regla llega a " + top.es;
        told->en += "; the same rule reaches " + top.en;
      }
    }
    sides.push_back(cap.citation);
    // Those of earlier steps too: without them these sanctions would be others.
    for (const Application& other : trial->result.applications) {
      const rules::Rule& rule = rules_.rule(other.rule);
      if (other.stands && OrdersSanction(rule)) sides.push_back(rule.citation);
    }
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
  Rational fits_;                // the largest sum seen that does not exceed the cap
  std::vector<Addend> addends_;  // one a trigger
  std::vector<Group> groups_;
  std::size_t first_accompanied_ = 0;  // of the groups: those before it have been added up
  std::vector<Sum> reported_;
  std::size_t singles_ = 0;
  bool cut_ = false;  // only some provisions were added up
};

}  // namespace

void PlanCaps(const CheckContext& context, std::vector<Task>& tasks) {
  const std::vector<rules::FactKindId> kinds = AllMisconducts(context.rules);
  for (std::size_t r = 0; r < context.rules.rules.size(); ++r) {
    const rules::RuleId cap(static_cast<std::int64_t>(r));
    if (!rules::IsCap(context.rules, context.rules.rule(cap))) continue;
    tasks.push_back({std::string(kCode) + "/" + context.rules.rule(cap).name,
                     DependsOn(context, DeclarationsOf(context, kinds)),
                     [&context, cap, kinds](base::CheckReport& report) {
                       CapCheck(context, cap, kinds).Run(AllTriggers(context), report);
                     },
                     true});
  }
}

}  // namespace cotejo::checks
