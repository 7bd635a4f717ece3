// Perverse incentive: a choice that is worse for the service lowers the sanction.
#include <algorithm>
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

using base::Citation;
using base::Rational;
using base::Text;
using rules::FactKindId;
using rules::WorseChoice;

namespace {

constexpr const char* kCode = "incentivo-perverso";

Citation ArticleOf(Citation citation) {
  if (citation.path.size() > 1) citation.path.resize(1);
  return citation;
}

// What gives way to what, article by article: a sanction, a case without a row (its scale's
// article), or nothing (empty).
struct ArticlePair {
  Citation lost, gained;
  bool gap = false;
  friend auto operator<=>(const ArticlePair&, const ArticlePair&) = default;
};

// The same history but for its last fact.
struct Choices {
  Recipe context;
  Placed better, worse;
  Severity before, after;
};

class Temptation {
 public:
  Temptation(const CheckContext& context, const WorseChoice& choice,
             const std::vector<FactKindId>& kinds)
      : context_(context),
        rules_(context.rules),
        choice_(choice),
        bench_(context, kinds, JudgesBy::Sanctions),
        kinds_(kinds) {}

  void Run(const std::string& name, const std::vector<Trigger>& triggers,
           base::CheckReport& report) {
    Options();
    if (better_.empty()) {
      RecordOpen(context_, report, name, kCode,
                 {"ningún hecho de los que se comparan lleva a una sanción",
                  "none of the facts compared leads to a sanction"});
      return;
    }
    std::vector<Recipe> contexts{{}};
    for (const Trigger& trigger : triggers) {
      const FactKindId kind = trigger.recipe.front().kind;
      if (std::find(kinds_.begin(), kinds_.end(), kind) == kinds_.end()) continue;
      // As it is, and short of the last fact, which the choice may supply.
      Recipe shorter = trigger.recipe;
      shorter.pop_back();
      for (const Recipe& context : {trigger.recipe, shorter}) {
        if (std::find(contexts.begin(), contexts.end(), context) == contexts.end()) {
          contexts.push_back(context);
        }
      }
    }
    std::vector<std::pair<std::pair<std::size_t, int>, const Recipe*>> ranked;
    for (const Recipe& context : contexts) {
      ranked.push_back({{context.size(), Oddness(rules_, context)}, &context});
    }
    std::stable_sort(ranked.begin(), ranked.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    for (const auto& [rank, own] : ranked) {
      const Recipe& context = *own;
      for (const Slot& slot : SlotsAfter(context)) {
        const int month = slot.day < 0 ? LastMonth(context) + 1 : LastMonth(context);
        TryAt(context, {std::max(slot.day, 0), slot.shift}, month);
      }
    }
    const std::size_t before = report.findings.size();
    // All are one choice: the one that escapes the gravest sanction speaks for it.
    std::vector<std::pair<const ArticlePair*, Choices*>> ordered;
    for (auto& [pair, found] : found_) ordered.emplace_back(&pair, &found);
    const auto weight = [](const Choices& found) {
      return std::tuple(!(found.before.removal && !found.after.removal),
                        !(found.before.process && !found.after.process), found.context.size());
    };
    std::stable_sort(ordered.begin(), ordered.end(), [&](const auto& a, const auto& b) {
      return weight(*a.second) < weight(*b.second);
    });
    for (const auto& [pair, found] : ordered) Report(report, *pair, *found);
    RecordTried(context_, report, name, kCode, report.findings.size() > before,
                {"sin otros hechos, o con los que llevan a cada sanción y cuantía, un hecho más "
                 "elegido de un modo o del otro: en el mismo día, al siguiente, uno después o al "
                 "mes siguiente",
                 "without other facts, or with those that lead to each sanction and amount, one "
                 "more fact chosen one way or the other: on the same day, the next, one later or "
                 "the next month"});
  }

 private:
  // ---- What is tried -------------------------------------------------------------

  bool Grows() const { return !choice_.better.valid(); }
  FactKindId BetterKind() const { return Grows() ? choice_.worse : choice_.better; }

  void Options() {
    for (Choice& choice : ChoicesOf(bench_, BetterKind())) {
      if (Grows() || choice.misconduct) better_.push_back(std::move(choice));
    }
    // What is worse is done plainly: a justified absence hides nothing.
    if (!Grows()) worse_ = {PlainFields(rules_, choice_.worse)};
  }

  static int LastMonth(const Recipe& recipe) {
    int last = 0;
    for (const Placed& placed : recipe) last = std::max(last, placed.month);
    return last;
  }

  // Where the fact may be put; a day of -1 is the first of the next month.
  std::vector<Slot> SlotsAfter(const Recipe& context) const {
    const bool by_shift = rules_.kind(BetterKind()).placement == rules::Placement::Shift;
    const int shifts = by_shift ? static_cast<int>(bench_.layout().shifts.size()) : 1;
    const int first = by_shift ? 1 : 0;
    if (context.empty()) return {{0, first}};
    const int month = LastMonth(context);
    int day = 0;
    int last_shift = 0;
    for (const Placed& placed : context) {
      if (placed.month == month && placed.day >= day) {
        last_shift = placed.day == day ? std::max(last_shift, placed.shift) : placed.shift;
        day = placed.day;
      }
    }
    std::vector<Slot> slots;
    if (by_shift && last_shift < shifts) slots.push_back({day, last_shift + 1});
    slots.push_back({day + 1, first});
    slots.push_back({day + 2, first});
    slots.push_back({-1, first});
    return slots;
  }

  Placed Place(FactKindId kind, const std::vector<rules::Value>& fields, Slot slot,
               int month) const {
    if (rules_.kind(kind).placement == rules::Placement::Day) slot.shift = 0;
    return Fill(bench_, kind, fields, {slot}, month).front();
  }

  static Recipe With(Recipe context, const Placed& placed) {
    context.push_back(placed);
    return context;
  }

  void TryAt(const Recipe& context, Slot slot, int month) {
    std::vector<std::pair<Placed, Punished>> better, worse;
    const auto put = [&](FactKindId kind, const std::vector<rules::Value>& fields, auto& into) {
      const Placed placed = Place(kind, fields, slot, month);
      if (auto tried = Punished::Try(bench_, With(context, placed))) {
        into.emplace_back(placed, std::move(*tried));
      }
    };
    for (const Choice& choice : better_) put(BetterKind(), choice.fields, better);
    for (const auto& fields : worse_) put(choice_.worse, fields, worse);
    for (std::size_t b = 0; b < better.size(); ++b) {
      if (Grows()) {
        for (std::size_t w = 0; w < better.size(); ++w) {
          if (Larger(better[b].first, better[w].first)) Note(context, better[b], better[w]);
        }
      }
      for (auto& w : worse) Note(context, better[b], w);
    }
  }

  // The second differs from the first in having more of the field, and in nothing else.
  bool Larger(const Placed& less, const Placed& more) const {
    for (std::size_t f = 0; f < less.fields.size(); ++f) {
      const bool grows = f == choice_.field.index();
      if (grows ? !(less.fields[f].number < more.fields[f].number)
                : less.fields[f] != more.fields[f]) {
        return false;
      }
    }
    return true;
  }

  void Note(const Recipe& context, std::pair<Placed, Punished>& better,
            std::pair<Placed, Punished>& worse) {
    const auto drop = FindDrop(bench_, better.second, worse.second);
    if (!drop) return;
    const auto gained = GainedCitation(rules_, *drop, worse.second.ResultOn(bench_));
    const Citation lost = LostCitation(rules_, *drop, better.second.ResultOn(bench_));
    const ArticlePair pair{ArticleOf(lost), ArticleOf(gained.value_or(Citation{})), drop->gap >= 0};
    found_.try_emplace(pair,
                       Choices{context, better.first, worse.first, drop->before, drop->after});
  }

  // ---- The smallest pair ---------------------------------------------------------

  // The better fact's field as low as still shows the drop between the same articles.
  void Lower(const ArticlePair& pair, Choices& found) {
    if (Grows()) return;
    const auto& fields = rules_.kind(found.better.kind).fields;
    for (std::size_t f = 0; f < fields.size(); ++f) {
      if (fields[f].type.base != rules::Base::TimeOfDay) continue;
      std::int64_t low = LowestOf(f, found.better);  // does not show it
      std::int64_t high = found.better.fields[f].number.floor();
      while (high - low > 1) {
        const std::int64_t middle = low + (high - low) / 2;
        Choices lower = found;
        lower.better.fields[f].number = Rational(middle);
        if (Shows(pair, lower)) {
          found = lower;
          high = middle;
        } else {
          low = middle;
        }
      }
    }
  }

  std::int64_t LowestOf(std::size_t field, const Placed& placed) const {
    const auto shift = static_cast<std::size_t>(std::max(placed.shift, 1)) - 1;
    if (shift < bench_.layout().shifts.size()) return bench_.layout().shifts[shift].entry.floor();
    return placed.fields[field].number.floor();
  }

  bool Shows(const ArticlePair& pair, Choices& choices) {
    const auto better = bench_.Try(With(choices.context, choices.better));
    const auto worse = bench_.Try(With(choices.context, choices.worse));
    if (!better || !worse) return false;
    const auto drop = FindDrop(rules_, better->result, worse->result);
    if (!drop) return false;
    const auto gained = GainedCitation(rules_, *drop, worse->result);
    choices.before = drop->before;
    choices.after = drop->after;
    return pair == ArticlePair{ArticleOf(LostCitation(rules_, *drop, better->result)),
                               ArticleOf(gained.value_or(Citation{})), drop->gap >= 0};
  }

  // ---- Words ---------------------------------------------------------------------

  Text Saved(const Choices& found) const {
    const bool days = found.before.removal == found.after.removal &&
                      found.before.process == found.after.process &&
                      found.after.days < found.before.days;
    if (!days) {
      const Text was = DescribeSeverity(found.before);
      const Text is = DescribeSeverity(found.after);
      return {"pasa de " + was.es + " a " + is.es, "goes from " + was.en + " to " + is.en};
    }
    const Text saved = DescribeDays(found.before.days - found.after.days);
    return {"ahorra " + saved.es + " de descuento", "saves " + saved.en + " of pay"};
  }

  void Report(base::CheckReport& report, const ArticlePair& pair, Choices& found) {
    Lower(pair, found);
    const auto first = LayOut(context_, bench_.layout(), With(found.context, found.better));
    const auto second = LayOut(context_, bench_.layout(), With(found.context, found.worse));
    const std::string worse = Spaced(rules_.kind(choice_.worse).name);
    Text what{worse + " en vez de " + Spaced(rules_.kind(BetterKind()).name),
              worse + " instead of " + Spaced(rules_.kind(BetterKind()).name)};
    if (Grows()) {
      const std::string field =
          Spaced(rules_.kind(choice_.worse).fields[choice_.field.index()].name);
      const bool later = rules_.kind(choice_.worse).fields[choice_.field.index()].type.base ==
                         rules::Base::TimeOfDay;
      what = later ? Text{worse + " más tarde", "later " + worse}
                   : Text{worse + " con más " + field, worse + " with more " + field};
    }
    const Compared compared{{"lo que conviene al servicio", "what serves the service"},
                            {"lo peor para el servicio", "what is worse for the service"},
                            &*first,
                            &*second};
    auto finding = FindingOfDrop(context_, compared, kCode, what.es);
    if (!finding) return;
    const Text saved = Saved(found);
    const Text was = DescribeSeverity(found.before);
    const Text is = DescribeSeverity(found.after);
    const Text change = finding->region[0];
    finding->title = {what.es + ": " + saved.es + " (" + change.es + ")",
                      what.en + ": " + saved.en + " (" + change.en + ")"};
    finding->explanation = {
        "las dos historias sólo difieren en una elección de la persona. Con la que conviene al "
        "servicio recibe " +
            was.es + "; con la peor, " + is.es,
        "the two histories differ only in one choice of the person. With the one that serves the "
        "service there is " +
            was.en + "; with the worse one, " + is.en};
    finding->region = {{change.es + ": " + saved.es, change.en + ": " + saved.en}};
    finding->bounds = {
        "gestión " + std::to_string(context_.year) + ", un hecho elegido, y los demás de una clase",
        "year " + std::to_string(context_.year) + ", one fact chosen, and the others of one kind"};
    report.findings.push_back(std::move(*finding));
  }

  const CheckContext& context_;
  const rules::Ruleset& rules_;
  const WorseChoice& choice_;
  Bench bench_;
  std::vector<FactKindId> kinds_;
  std::vector<Choice> better_;
  std::vector<std::vector<rules::Value>> worse_;
  std::map<ArticlePair, Choices> found_;
};

// What facts of a kind are characterised as, themselves included.
std::set<FactKindId> FirstKinds(const rules::Ruleset& rules, FactKindId kind) {
  std::set<FactKindId> kinds{kind};
  for (const rules::Qualification& by : rules.qualifications) {
    if (by.subject.kind == kind) kinds.insert(by.target);
  }
  return kinds;
}

// What is chosen, and what is characterised as something that those chosen are too.
std::vector<FactKindId> NearKinds(const rules::Ruleset& rules, const WorseChoice& choice,
                                  const std::vector<FactKindId>& all) {
  std::set<FactKindId> near{choice.worse};
  if (choice.better.valid()) near.insert(choice.better);
  std::set<FactKindId> first;
  for (FactKindId chosen : near) first.merge(FirstKinds(rules, chosen));
  for (FactKindId kind : all) {
    for (FactKindId own : FirstKinds(rules, kind)) {
      if (first.count(own) > 0) near.insert(kind);
    }
  }
  return {near.begin(), near.end()};
}

}  // namespace

void PlanIncentives(const CheckContext& context, std::vector<Task>& tasks) {
  const std::vector<FactKindId> all = AllMisconducts(context.rules);
  for (const WorseChoice& choice : context.rules.worse_choices) {
    const std::vector<FactKindId> kinds = NearKinds(context.rules, choice, all);
    std::string name = std::string(kCode) + "/" + context.rules.kind(choice.worse).name;
    if (choice.better.valid()) {
      name += " que " + context.rules.kind(choice.better).name;
    } else {
      name += " con más " + context.rules.kind(choice.worse).fields[choice.field.index()].name;
    }
    std::vector<FactKindId> judged = all;
    judged.insert(judged.end(), kinds.begin(), kinds.end());
    rules::Declarations part = DeclarationsOf(context, judged);
    part.worse_choices = true;
    tasks.push_back({name, DependsOn(context, part),
                     [&context, &choice, kinds, name](base::CheckReport& report) {
                       Temptation(context, choice, kinds).Run(name, AllTriggers(context), report);
                     },
                     true});
  }
}

}  // namespace cotejo::checks
