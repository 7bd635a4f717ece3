// Inversion: more misconduct is punished less, or a graver class of fault less than a lesser one.
// That of rights is in falling_rights.cpp.
#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>

#include "solver/checks/drops.h"
#include "solver/checks/plans.h"
#include "solver/checks/punished.h"
#include "solver/checks/questions.h"
#include "solver/checks/triggers.h"
#include "solver/checks/wording.h"

namespace cotejo::checks {

using base::Text;
using evaluation::History;
using rules::FactKindId;
using rules::FaultClass;

namespace {

constexpr const char* kCode = "inversión";

// ---- One more fact ---------------------------------------------------------------

// What is judged and which provision gives way to which; the last is empty without a sanction.
struct DropKey {
  rules::Subject subject;
  base::Citation lost, gained;
  bool gap = false;
  friend auto operator<=>(const DropKey&, const DropKey&) = default;
};

// The smallest pair of histories that shows one drop, and how far the largest one falls.
struct Shown {
  FactKindId kind;
  Recipe less, more;
  Severity before, after;
  Severity worst_before, worst_after;
};

bool Equal(const Severity& a, const Severity& b) { return !Lighter(a, b) && !Lighter(b, a); }

class MoreIsLess {
 public:
  MoreIsLess(const CheckContext& context, const std::vector<FactKindId>& kinds)
      : context_(context), rules_(context.rules), layout_(MakeLayout(context)), kinds_(kinds) {}

  void Run(base::CheckReport& report) {
    for (FactKindId kind : kinds_) {
      drops_ = 0;
      sanctioned_ = false;
      const int most = MostThatMatters(rules_, context_.families, Becomes(rules_, {kind}));
      TryKind(kind, most);
      const std::string days = std::to_string(most);
      const std::string name = Spaced(rules_.kind(kind).name);
      if (!sanctioned_) {
        RecordOpen(context_, report, std::string(kCode) + "/" + name, kCode,
                   {"ninguna historia de las que se comparan lleva a una sanción",
                    "none of the histories compared leads to a sanction"});
        continue;
      }
      RecordTried(
          context_, report, std::string(kCode) + "/" + name, kCode, drops_ > 0,
          {"hasta " + days +
               " días de un mes, seguidos, alternos o de un tramo, con hechos "
               "iguales de " +
               name +
               ", uno de cada modo en que se los trata, una vez o en dos meses "
               "si repetirlos cambia algo, y un hecho o un día más; y sumas en cada valor en que "
               "cambia una regla",
           "up to " + days +
               " days of a month, consecutive, alternate or of one shift, with equal "
               "facts of " +
               name +
               ", one of each way they are treated, once or in two months if "
               "repeating them changes anything, and one more fact or day; and sums at each value "
               "where a rule changes"});
    }
    for (const auto& [key, shown] : shown_) Report(report, key, shown);
  }

 private:
  std::optional<Punished> Try(const Recipe& recipe) {
    auto punished = Punished::Try(*bench_, recipe);
    if (punished && !punished->severity().none()) sanctioned_ = true;
    return punished;
  }

  void TryKind(FactKindId kind, int most) {
    Bench bench(context_, {kind}, JudgesBy::Sanctions);
    bench_ = &bench;
    const std::vector<Choice> choices = ChoicesOf(bench, kind);
    // One of each range of values: what grows inside it is left to the ladders.
    std::set<int> alike, pieces;
    for (const Choice& choice : choices) {
      if (!choice.misconduct || !pieces.insert(choice.piece).second) continue;
      if (!alike.insert(choice.likeness).second) continue;
      for (const auto& slots : Patterns(layout_, rules_.kind(kind).placement, most)) {
        Extend(kind, choice, slots);
      }
    }
    for (const SumLadder& ladder : SumLadders(bench, kind, choices)) Climb(kind, ladder);
  }

  void Climb(FactKindId kind, const SumLadder& ladder) {
    std::optional<Punished> last;  // of the recipe `tried`: most often the next one's nearest below
    std::size_t tried = 0;
    for (std::size_t i = 1; i < ladder.recipes.size(); ++i) {
      // The nearest below that is the same with less; a sum may also be made of other facts.
      std::size_t less = i;
      while (less > 0 && !Grown(ladder.recipes[less - 1], ladder.recipes[i])) --less;
      if (less == 0) continue;
      auto before = last && tried == less - 1 ? std::move(last) : Try(ladder.recipes[less - 1]);
      last = Try(ladder.recipes[i]);
      tried = i;
      if (before && last) {
        Note(kind, ladder.recipes[less - 1], *before, ladder.recipes[i], *last);
      }
    }
  }

  // Each fact of the first is in the second too, in its place and no smaller.
  static bool Grown(const Recipe& less, const Recipe& more) {
    return std::all_of(less.begin(), less.end(), [&](const Placed& own) {
      return std::any_of(more.begin(), more.end(), [&](const Placed& other) {
        bool grown = own.month == other.month && own.day == other.day && own.shift == other.shift;
        for (std::size_t f = 0; grown && f < own.fields.size(); ++f) {
          grown = !(other.fields[f].number < own.fields[f].number);
        }
        return grown;
      });
    });
  }

  // In one month, and again in the next when that is not just twice the same.
  void Extend(FactKindId kind, const Choice& choice, const std::vector<Slot>& slots) {
    const Recipe once = Fill(*bench_, kind, choice.fields, slots);
    auto single = Try(once);
    if (!single) return;
    const Severity one = single->severity();
    if (!one.none()) ExtendMonth(kind, choice, slots, once, *single, 0);
    Recipe twice = once;
    const Recipe again = Moved(once, 1, 0);
    twice.insert(twice.end(), again.begin(), again.end());
    auto both = Try(twice);
    if (!both) return;
    Severity sum = one;
    sum += one;
    if (Equal(both->severity(), sum)) return;
    ExtendMonth(kind, choice, slots, twice, *both, 1);
  }

  // One more fact, and one more whole day: in the days used, between them and after them.
  void ExtendMonth(FactKindId kind, const Choice& choice, const std::vector<Slot>& slots,
                   const Recipe& base, Punished& before, int month) {
    const bool by_shift = rules_.kind(kind).placement == rules::Placement::Shift;
    const int shifts = by_shift ? static_cast<int>(layout_.shifts.size()) : 1;
    std::set<std::size_t> holes;
    for (int day = 0; day <= slots.back().day + 2; ++day) {
      std::vector<Slot> added;
      for (int shift = 0; shift < shifts; ++shift) {
        const Slot slot{day, by_shift ? shift + 1 : 0};
        if (std::find(slots.begin(), slots.end(), slot) == slots.end()) added.push_back(slot);
      }
      if (added.empty()) continue;
      // The first hole of its size between the days used stands for the others.
      if (day < slots.back().day && !holes.insert(added.size()).second) continue;
      TryMore(kind, choice, base, before, {added.front()}, month);
      if (added.size() > 1) TryMore(kind, choice, base, before, added, month);
    }
  }

  void TryMore(FactKindId kind, const Choice& choice, const Recipe& base, Punished& before,
               const std::vector<Slot>& added, int month) {
    Recipe more = base;
    const Recipe extra = Fill(*bench_, kind, choice.fields, added, month);
    more.insert(more.end(), extra.begin(), extra.end());
    if (auto after = Try(more)) Note(kind, base, before, more, *after);
  }

  void Note(FactKindId kind, const Recipe& less, Punished& before, const Recipe& more,
            Punished& after) {
    const auto drop = FindDrop(*bench_, before, after);
    if (!drop) return;
    ++drops_;
    const evaluation::Result& was = before.ResultOn(*bench_);
    const int root = was.applications[static_cast<std::size_t>(drop->lost.front())].root;
    const auto gained = GainedCitation(rules_, *drop, after.ResultOn(*bench_));
    const DropKey key{was.roots[static_cast<std::size_t>(root)].subject,
                      LostCitation(rules_, *drop, was), gained.value_or(base::Citation{}),
                      drop->gap >= 0};
    const auto [it, added] = shown_.try_emplace(
        key, Shown{kind, less, more, drop->before, drop->after, drop->before, drop->after});
    if (added) return;
    Shown& shown = it->second;
    const auto rank = [&](const Recipe& larger, const Recipe& smaller) {
      return std::tuple(larger.size(), Oddness(rules_, larger), larger.size() - smaller.size());
    };
    if (rank(more, less) < rank(shown.more, shown.less)) {
      const bool same_kind = kind == shown.kind;
      shown = {kind,
               less,
               more,
               drop->before,
               drop->after,
               same_kind ? shown.worst_before : drop->before,
               same_kind ? shown.worst_after : drop->after};
    }
    if (kind == shown.kind && Lighter(shown.worst_before, drop->before)) {
      shown.worst_before = drop->before;
      shown.worst_after = drop->after;
    }
  }

  void Report(base::CheckReport& report, const DropKey& key, const Shown& shown) {
    const History less = *LayOut(context_, layout_, shown.less);
    const History more = *LayOut(context_, layout_, shown.more);
    const Compared compared{{"con menos falta", "with less misconduct"},
                            {"con más falta", "with more misconduct"},
                            &less,
                            &more,
                            OfOthers::WithSubject};
    const Text subject = DescribeSubject(rules_, key.subject);
    auto finding = FindingOfDrop(
        context_, compared, kCode,
        subject.es + "|" + key.lost.str() + "|" + key.gained.str() + (key.gap ? "|hueco" : ""));
    if (!finding) return;
    const Text was = DescribeSeverity(shown.before);
    const Text is = DescribeSeverity(shown.after);
    const Text what = Added(shown);
    const Text change = finding->region[0];
    finding->title = {what.es + ": la sanción baja de " + was.es + " a " + is.es,
                      what.en + ": the sanction falls from " + was.en + " to " + is.en};
    finding->explanation = {"quien comete más recibe menos. En " + subject.es + ", " + change.es,
                            "whoever does more gets less. In " + subject.en + ", " + change.en};
    if (Lighter(shown.before, shown.worst_before)) {
      const Text worst = DescribeSeverity(shown.worst_before);
      const Text left = DescribeSeverity(shown.worst_after);
      finding->explanation.es += ". El mayor salto visto va de " + worst.es + " a " + left.es;
      finding->explanation.en += ". The largest fall seen goes from " + worst.en + " to " + left.en;
    }
    finding->region.insert(finding->region.begin(), subject);
    finding->bounds = {"gestión " + std::to_string(context_.year) + ", hechos de una clase",
                       "year " + std::to_string(context_.year) + ", facts of one kind"};
    report.findings.push_back(std::move(*finding));
  }

  Text Added(const Shown& shown) const {
    const std::string kind = Spaced(rules_.kind(shown.kind).name);
    const std::size_t extra = shown.more.size() - shown.less.size();
    if (extra == 0) return {"un hecho mayor de " + kind, "a larger fact of " + kind};
    if (extra == 1) return {"un hecho más de " + kind, "one more fact of " + kind};
    const std::string number = std::to_string(extra);
    return {number + " hechos más de " + kind, number + " more facts of " + kind};
  }

  const CheckContext& context_;
  const rules::Ruleset& rules_;
  Layout layout_;
  Bench* bench_ = nullptr;  // of the kind being tried
  std::vector<FactKindId> kinds_;
  std::map<DropKey, Shown> shown_;
  int drops_ = 0;            // of the kind being tried
  bool sanctioned_ = false;  // by some history of the kind looked at
};

// ---- Classes of fault ------------------------------------------------------------

class ClassCheck {
 public:
  explicit ClassCheck(const CheckContext& context)
      : context_(context), rules_(context.rules), layout_(MakeLayout(context)) {}

  void Run(std::vector<Trigger> triggers, base::CheckReport& report) {
    triggers_ = std::move(triggers);
    // What a process will end in is not known: alone, it is no measure of a class.
    std::erase_if(triggers_, [&](const Trigger& trigger) {
      const Severity& own = trigger.severity;
      return own.process && !own.removal && own.days.zero() && !Deducts(trigger);
    });
    constexpr std::array<FaultClass, 3> kClasses{FaultClass::Minor, FaultClass::Serious,
                                                 FaultClass::VerySerious};
    for (std::size_t lesser = 0; lesser < kClasses.size(); ++lesser) {
      for (std::size_t graver = lesser + 1; graver < kClasses.size(); ++graver) {
        Compare(kClasses[lesser], kClasses[graver], report);
      }
    }
  }

 private:
  // The heaviest sanction of the lesser class against the lightest of the graver one.
  void Compare(FaultClass lesser, FaultClass graver, base::CheckReport& report) {
    const Trigger* heaviest = nullptr;
    const Trigger* lightest = nullptr;
    for (const Trigger& trigger : triggers_) {
      const FaultClass own = rules_.rule(trigger.rule).fault;
      if (own == lesser &&
          (!heaviest || Lighter(heaviest->severity, trigger.severity) ||
           (Equal(heaviest->severity, trigger.severity) && Plainer(trigger, *heaviest)))) {
        heaviest = &trigger;
      }
      if (own == graver &&
          (!lightest || Lighter(trigger.severity, lightest->severity) ||
           (Equal(lightest->severity, trigger.severity) && Plainer(trigger, *lightest)))) {
        lightest = &trigger;
      }
    }
    const Text less = rules::DescribeFault(lesser);
    const Text more = rules::DescribeFault(graver);
    const std::string name = std::string(kCode) + "/" + less.es + " y " + more.es;
    if (heaviest == nullptr || lightest == nullptr) {
      if (HasMeasure(lesser) && HasMeasure(graver)) {
        RecordOpen(context_, report, name, kCode,
                   {"ninguna historia probada lleva a una sanción de una de las dos clases",
                    "no history tried leads to a sanction of one of the two classes"});
      }
      return;
    }
    const bool inverted = Lighter(lightest->severity, heaviest->severity);
    if (inverted) Report(report, *heaviest, *lightest, less, more, false);
    // The same in money: a process weighs more than any fine, but a fine is a fine.
    const auto [dear, cheap] = inverted ? Extremes{} : Fines(lesser, graver);
    const bool dearer =
        dear != nullptr && cheap != nullptr && cheap->severity.days < dear->severity.days;
    if (dearer) Report(report, *dear, *cheap, less, more, true);
    RecordTried(
        context_, report, name, kCode, inverted || dearer,
        {"cada sanción de las dos clases, con cada cuantía alcanzada por hechos de una clase",
         "each sanction of both classes, with each amount that facts of one kind reach"});
  }

  // Some rule of the class orders more than a process.
  [[nodiscard]] bool HasMeasure(FaultClass fault) const {
    return std::any_of(rules_.rules.begin(), rules_.rules.end(), [&](const rules::Rule& rule) {
      return rule.fault == fault && OrdersSanction(rule) &&
             std::any_of(rule.consequences.begin(), rule.consequences.end(),
                         [](const rules::Consequence& consequence) {
                           return consequence.kind == rules::ConsequenceKind::PayDeduction ||
                                  rules::IsRemoval(consequence.kind);
                         });
    });
  }

  // A deduction of no days is one too: it is known what the fault costs.
  [[nodiscard]] bool Deducts(const Trigger& trigger) const {
    const auto& consequences = rules_.rule(trigger.rule).consequences;
    return std::any_of(consequences.begin(), consequences.end(), [](const auto& consequence) {
      return consequence.kind == rules::ConsequenceKind::PayDeduction;
    });
  }

  // Of two histories that show the same, the one without other sanctions, then the smaller.
  static bool Plainer(const Trigger& a, const Trigger& b) {
    return std::pair(!a.alone, a.recipe.size()) < std::pair(!b.alone, b.recipe.size());
  }

  using Extremes = std::pair<const Trigger*, const Trigger*>;
  Extremes Fines(FaultClass lesser, FaultClass graver) const {
    Extremes extremes{nullptr, nullptr};
    for (const Trigger& trigger : triggers_) {
      if (!Deducts(trigger) || trigger.severity.removal) continue;
      const FaultClass own = rules_.rule(trigger.rule).fault;
      const auto days = trigger.severity.days;
      auto& [dear, cheap] = extremes;
      if (own == lesser && (!dear || dear->severity.days < days ||
                            (dear->severity.days == days && Plainer(trigger, *dear)))) {
        dear = &trigger;
      }
      if (own == graver && (!cheap || days < cheap->severity.days ||
                            (cheap->severity.days == days && Plainer(trigger, *cheap)))) {
        cheap = &trigger;
      }
    }
    return extremes;
  }

  void Report(base::CheckReport& report, const Trigger& heavy, const Trigger& light,
              const Text& less, const Text& more, bool money) {
    const auto first = Shown(heavy);
    const auto second = Shown(light);
    if (!first || !second) return;
    const rules::Rule& heavy_rule = rules_.rule(heavy.rule);
    const rules::Rule& light_rule = rules_.rule(light.rule);
    const Text dear = DescribeSeverity(heavy.severity);
    const Text cheap = DescribeSeverity(light.severity);
    base::Finding finding;
    finding.code = kCode;
    finding.severity = money ? base::FindingSeverity::Information : base::FindingSeverity::Warning;
    finding.id = FindingId(kCode, less.es + "|" + more.es + (money ? "|días" : ""));
    finding.region = {{less.es + ": " + heavy_rule.citation.str() + ", " + dear.es + "; " +
                           more.es + ": " + light_rule.citation.str() + ", " + cheap.es,
                       less.en + ": " + heavy_rule.citation.str() + ", " + dear.en + "; " +
                           more.en + ": " + light_rule.citation.str() + ", " + cheap.en}};
    if (money) {
      finding.title = {
          "una " + less.es + " llega a " + dear.es + "; una " + more.es + ", a " + cheap.es,
          "a " + less.en + " reaches " + dear.en + "; a " + more.en + ", " + cheap.en};
      finding.explanation = {
          "el proceso pesa más que cualquier multa, pero en días de remuneración la clase menor "
          "cuesta más que la mayor",
          "a process weighs more than any fine, but in days of pay the lesser class costs more "
          "than "
          "the graver one"};
    } else {
      finding.title = {"una " + less.es + " se sanciona con " + dear.es + " y una " + more.es +
                           ", con " + cheap.es,
                       "a " + less.en + " is punished with " + dear.en + " and a " + more.en +
                           ", with " + cheap.en};
      finding.explanation = {
          "la clase menor tiene una sanción más grave que la más leve de la clase mayor: se "
          "comparan "
          "la mayor de la una y la menor de la otra",
          "the lesser class has a heavier sanction than the lightest of the graver class: the "
          "heaviest of one is compared with the lightest of the other"};
    }
    finding.articles = Unique({heavy_rule.citation, light_rule.citation});
    finding.reading = DescribeReading(rules_);
    finding.bounds = {"gestión " + std::to_string(context_.year) + ", hechos de una clase",
                      "year " + std::to_string(context_.year) + ", facts of one kind"};
    finding.witness = Narrate(context_, *first);
    finding.witness.label = less;
    finding.counterpart = Narrate(context_, *second);
    finding.counterpart->label = more;
    report.findings.push_back(std::move(finding));
  }

  // Replayed, and the rule's sanction stands there as claimed.
  std::optional<Trial> Shown(const Trigger& trigger) const {
    auto trial = Replay(context_, *LayOut(context_, layout_, trigger.recipe));
    if (!trial) return std::nullopt;
    const bool stands =
        std::any_of(trial->result.applications.begin(), trial->result.applications.end(),
                    [&](const evaluation::Application& application) {
                      const Severity own = SeverityOf(rules_, application);
                      return application.stands && application.rule == trigger.rule &&
                             !Lighter(own, trigger.severity) && !Lighter(trigger.severity, own);
                    });
    return stands ? std::move(trial) : std::nullopt;
  }

  const CheckContext& context_;
  const rules::Ruleset& rules_;
  Layout layout_;
  std::vector<Trigger> triggers_;
};

}  // namespace

void PlanInversions(const CheckContext& context, std::vector<Task>& tasks) {
  PlanFallingRights(context, tasks);
  for (const auto& group : MisconductGroups(context.rules)) {
    std::string name = kCode;
    for (FactKindId kind : group) name += "/" + context.rules.kind(kind).name;
    tasks.push_back(
        {name, DependsOn(context, DeclarationsOf(context, group)),
         [&context, group](base::CheckReport& report) { MoreIsLess(context, group).Run(report); }});
  }
  const std::vector<FactKindId> all = AllMisconducts(context.rules);
  const bool classes = std::any_of(context.rules.rules.begin(), context.rules.rules.end(),
                                   [](const rules::Rule& rule) {
                                     return OrdersSanction(rule) && rule.fault != FaultClass::None;
                                   });
  if (!classes) return;
  tasks.push_back({std::string(kCode) + "/clases de falta",
                   DependsOn(context, DeclarationsOf(context, all)),
                   [&context](base::CheckReport& report) {
                     ClassCheck(context).Run(AllTriggers(context), report);
                   },
                   true});
}

}  // namespace cotejo::checks
