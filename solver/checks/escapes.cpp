#include "solver/checks/escapes.h"

#include <algorithm>
#include <map>
#include <set>

#include "model/rules/terms.h"
#include "solver/checks/severity.h"

namespace cotejo::checks {

using base::Date;
using base::Rational;
using base::Verdict;
using evaluation::Fact;
using evaluation::History;
using rules::Aggregate;
using rules::Window;

namespace {

constexpr std::size_t kMonthsOfAGestion = 12;
// Ways to add one more fact that are tried; one is enough where the count is all that matters.
constexpr std::size_t kMaxAdditions = 80;

}  // namespace

// ---- Which measures --------------------------------------------------------------

std::vector<rules::MeasureId> JudgedMeasures(const rules::Ruleset& rules) {
  std::vector<bool> kinds(rules.fact_kinds.size(), false);
  std::vector<bool> measures(rules.measures.size(), false);
  const auto read = [&](rules::ExprId guard, const std::vector<rules::Exception>& exceptions) {
    for (std::size_t m = 0; m < measures.size(); ++m) {
      const rules::MeasureId id(static_cast<std::int64_t>(m));
      bool looks = !measures[m] && rules::LooksAt(rules, guard, id);
      for (const auto& e : exceptions) {
        looks = looks || (!measures[m] && rules::LooksAt(rules, e.condition, id));
      }
      if (!looks) continue;
      measures[m] = true;
      if (rules.measures[m].kind.valid()) kinds[rules.measures[m].kind.index()] = true;
    }
  };
  for (const rules::Rule& rule : rules.rules) {
    if (!OrdersSanction(rule)) continue;
    kinds[rule.subject.kind.index()] = true;
    read(rule.guard, rule.exceptions);
  }
  std::vector<bool> done(rules.qualifications.size(), false);
  for (bool grown = true; grown;) {
    grown = false;
    for (std::size_t q = 0; q < done.size(); ++q) {
      const rules::Qualification& by = rules.qualifications[q];
      if (done[q] || !kinds[by.target.index()]) continue;
      done[q] = grown = true;
      kinds[by.subject.kind.index()] = true;
      read(by.guard, by.exceptions);
    }
  }
  std::vector<rules::MeasureId> judged;
  for (std::size_t m = 0; m < measures.size(); ++m) {
    const rules::Measure& measure = rules.measures[m];
    const bool counts = measure.kind.valid() && !rules.kind(measure.kind).is_sanction;
    if (measures[m] && counts) judged.emplace_back(static_cast<std::int64_t>(m));
  }
  return judged;
}

// ---- What a replay shows ---------------------------------------------------------

bool Follows(const rules::Ruleset& rules, const evaluation::Result& result, Reach reach,
             bool stands) {
  return std::any_of(result.applications.begin(), result.applications.end(),
                     [&](const evaluation::Application& application) {
                       return Orders(rules.rule(application.rule), reach) &&
                              (application.stands || !stands);
                     });
}

std::vector<rules::RuleId> RulesThatBring(const rules::Ruleset& rules,
                                          const evaluation::Result& result, Reach reach) {
  std::set<rules::RuleId> all;
  for (const evaluation::Application& application : result.applications) {
    if (application.stands && Orders(rules.rule(application.rule), reach)) {
      all.insert(application.rule);
    }
  }
  std::vector<rules::RuleId> sorted(all.begin(), all.end());
  const auto graver = [&](rules::RuleId id) {
    return std::count_if(kReaches.begin(), kReaches.end(),
                         [&](Reach r) { return Orders(rules.rule(id), r); });
  };
  std::stable_sort(sorted.begin(), sorted.end(),
                   [&](rules::RuleId a, rules::RuleId b) { return graver(a) > graver(b); });
  return sorted;
}

namespace {

// The goal's amount in an evaluated history: counted again, from the facts the interpreter
// derived.
class Recount {
 public:
  Recount(const CheckContext& context, const Goal& goal)
      : rules_(context.rules),
        goal_(goal),
        conditions_(context.rules, nobody_, std::vector<bool>(context.rules.fact_kinds.size())) {
    nobody_.attributes.resize(rules_.attributes.size());
  }

  Rational Of(const Trial& trial) const {
    Rational total = 0;
    std::map<Date, Rational> days;
    for (const evaluation::EvaluatedFact& evaluated : trial.result.facts) {
      for (rules::MeasureId id : goal_.measures) {
        const Rational share = Share(rules_.measure(id), evaluated.fact);
        total += share;
        days[evaluated.fact.date] += share;
      }
    }
    const rules::Measure& measure = rules_.measure(goal_.measures[0]);
    return measure.aggregate == Aggregate::Run ? Longest(trial, days, measure.at_least) : total;
  }

  [[nodiscard]] std::vector<std::pair<Date, Rational>> ByMonth(const Trial& trial) const {
    std::map<Date, Rational> months;
    for (const evaluation::EvaluatedFact& evaluated : trial.result.facts) {
      for (rules::MeasureId id : goal_.measures) {
        const Rational share = Share(rules_.measure(id), evaluated.fact);
        if (!share.zero()) months[evaluated.fact.date.first_of_month()] += share;
      }
    }
    return {months.begin(), months.end()};
  }

 private:
  Rational Share(const rules::Measure& measure, const Fact& fact) const {
    if (fact.kind != measure.kind) return 0;
    const FactForm form{fact.kind, fact.shift, fact.fields};
    const Conditions::Scope scope{fact.date, &form};
    if (measure.filter.valid()) {
      const rules::Value kept = conditions_.Known(measure.filter, scope);
      if (kept.absent || kept.number.zero()) return 0;
    }
    if (measure.aggregate == Aggregate::Count) return 1;
    const rules::Value value = conditions_.Known(measure.value, scope);
    return value.absent ? Rational(0) : value.number;
  }

  Rational Longest(const Trial& trial, const std::map<Date, Rational>& days,
                   Rational at_least) const {
    std::int64_t run = 0;
    std::int64_t longest = 0;
    for (Date day = trial.history.from; day <= trial.history.to; day = day.plus_days(1)) {
      const std::string scope = evaluation::HolidayScope(rules_, trial.history, day);
      if (!rules_.calendar.IsWorkingDay(day, scope)) continue;
      const auto sum = days.find(day);
      run = sum != days.end() && sum->second >= at_least ? run + 1 : 0;
      longest = std::max(longest, run);
    }
    return longest;
  }

  const rules::Ruleset& rules_;
  Goal goal_;
  History nobody_;
  Conditions conditions_;
};

// One question: a goal and a consequence, over some months.
class Inquiry {
 public:
  Inquiry(const CheckContext& context, const Goal& goal, Reach reach, const Span& span,
          Tally::Arrivals* arrivals)
      : context_(context),
        reach_(reach),
        tally_(context, goal, reach, span, arrivals, true),
        search_(tally_,
                tally_.unsupported().empty() && tally_.judged() ? context.answers : nullptr),
        recount_(context, goal) {}

  Tally& tally() { return tally_; }
  MostSearch& search() { return search_; }

  // What the search found, as the interpreter sees it; nothing when they disagree.
  std::optional<Measured> Confirm(const Extreme& extreme, bool caught) const {
    std::optional<Trial> trial = Replay(context_, extreme.history);
    if (!trial || recount_.Of(*trial) != extreme.amount) return std::nullopt;
    const bool follows = Follows(context_.rules, trial->result, reach_, caught);
    if (follows != caught) return std::nullopt;
    return Measured{std::move(*trial), extreme.amount};
  }

  // More than the most without the consequence, which therefore follows.
  std::optional<Measured> Beyond(const Extreme& most, std::size_t first, std::size_t last) {
    std::optional<Measured> more = OneMore(most, first, last);
    if (more || tally_.seeks_run()) return more;
    // What windows give rise to does not grow by one fact.
    const auto least = search_.SmallestWith(first, last);
    return least && least->amount > most.amount ? Confirm(*least, true) : std::nullopt;
  }

  // The same history with one fact more (for a run, one day more) in those months, so that the
  // amount grows and the consequence follows.
  std::optional<Measured> OneMore(const Extreme& from, std::size_t first, std::size_t last) const {
    std::size_t tried = 0;
    for (const auto& [day, choice] : Additions(from.history, first, last)) {
      if (++tried > kMaxAdditions) break;
      History longer = from.history;
      for (int act : choice->acts) longer.facts.push_back(tally_.FactOf(act, day));
      evaluation::SortFacts(longer);
      std::optional<Trial> trial = Replay(context_, longer);
      if (!trial || !Follows(context_.rules, trial->result, reach_, true)) continue;
      const Rational amount = recount_.Of(*trial);
      if (amount > from.amount) return Measured{std::move(*trial), amount};
    }
    return std::nullopt;
  }

 private:
  using Addition = std::pair<Date, const Tally::Choice*>;

  std::vector<Addition> Additions(const History& history, std::size_t first,
                                  std::size_t last) const {
    std::vector<Addition> all;
    for (std::size_t m = first; m <= last; ++m) {
      const Tally::Month& month = tally_.months()[m];
      for (std::size_t d = 0; d < month.days.size(); ++d) {
        for (const Tally::Choice& choice : tally_.Choices(month.keys[d])) {
          const bool alone = tally_.seeks_run() || choice.acts.size() == 1;
          if (!alone || !tally_.Advances(choice)) continue;
          const bool free =
              std::none_of(history.facts.begin(), history.facts.end(), [&](const Fact& fact) {
                return fact.date == month.days[d] && Collides(fact, choice, month.days[d]);
              });
          if (free) all.emplace_back(month.days[d], &choice);
        }
      }
    }
    // Next to what is already there first, and the smallest first.
    const Date near =
        history.facts.empty() ? tally_.months()[first].first : history.facts.back().date;
    const auto distance = [&](Date day) {
      return day >= near ? day.days() - near.days() : 1000 + near.days() - day.days();
    };
    std::stable_sort(all.begin(), all.end(), [&](const Addition& a, const Addition& b) {
      if (a.second->acts.size() != b.second->acts.size()) {
        return a.second->acts.size() < b.second->acts.size();
      }
      if (a.second->gain != b.second->gain) return a.second->gain < b.second->gain;
      return distance(a.first) < distance(b.first);
    });
    return all;
  }

  bool Collides(const Fact& fact, const Tally::Choice& choice, Date day) const {
    if (tally_.seeks_run()) return true;  // a whole day is added
    return std::any_of(choice.acts.begin(), choice.acts.end(), [&](int act) {
      const int shift = tally_.FactOf(act, day).shift;
      return shift == 0 || fact.shift == 0 || fact.shift == shift;
    });
  }

  const CheckContext& context_;
  Reach reach_;
  Tally tally_;
  MostSearch search_;
  Recount recount_;
};

Asked Disagree(Reach reach) {
  return {reach,
          Verdict::Unknown,
          {"el intérprete no confirma lo que la cuenta encontró",
           "the interpreter does not confirm what the count found"},
          std::nullopt};
}

int SpanOf(const History& history) {
  if (history.facts.empty()) return 0;
  return history.facts.back().date.days() - history.facts.front().date.days();
}

// ---- Windows that start again ----------------------------------------------------

class ResetQuestion {
 public:
  ResetQuestion(const CheckContext& context, rules::MeasureId measure)
      : context_(context), measure_(measure) {
    const bool month = context.rules.measure(measure).window == Window::Month;
    unit_ = month ? 1 : kMonthsOfAGestion;
    const auto& years = context.rules.calendar.years();
    int first = context.year;
    int last = context.year;
    if (!month) {
      const bool before = !years.contains(last + 1) && years.contains(first - 1);
      (before ? first : last) += before ? -1 : 1;
    }
    span_ = {Date(first, 1, 1), Date(last, 12, 31)};
  }

  std::optional<Asked> Ask(Reach reach) {
    Inquiry inquiry(context_, {{measure_}}, reach, span_, &arrivals_);
    const Tally& tally = inquiry.tally();
    if (!tally.unsupported().empty()) {
      return Asked{reach, Verdict::Unsupported, tally.unsupported(), std::nullopt};
    }
    if (!tally.judged()) return std::nullopt;
    Asked asked = AskedOf(tally.Targets(), inquiry, reach);
    asked.reach = reach;
    if (asked.escape) asked.escape->reach = reach;
    return asked;
  }

 private:
  // Two consequences that the same rules bring are escaped alike.
  Asked AskedOf(const std::vector<rules::RuleId>& targets, Inquiry& inquiry, Reach reach) {
    if (const auto known = by_targets_.find(targets); known != by_targets_.end()) {
      return known->second;
    }
    Asked asked;
    try {
      asked = Compare(inquiry, reach);
    } catch (const Untold& untold) {
      asked = {reach, Verdict::Unknown, untold.reason, std::nullopt};
    }
    return by_targets_.emplace(targets, std::move(asked)).first->second;
  }

  Asked Compare(Inquiry& inquiry, Reach reach) const {
    std::size_t first = 0;
    const std::optional<Extreme> two = Widest(inquiry, first);
    const Asked nothing{reach, Verdict::Proved, {}, std::nullopt};
    if (!two) return nothing;
    const auto one = inquiry.search().LargestWithout(first, first + unit_ - 1);
    const auto caught = inquiry.Beyond(*one, first, first + unit_ - 1);
    if (!caught) return unit_ == 1 ? Scattered(inquiry, reach) : nothing;
    if (two->amount < caught->amount) return nothing;
    auto free = inquiry.Confirm(*two, false);
    if (!free) return Disagree(reach);
    Escape escape{reach, Boundary::Reset, std::move(*free), *caught, std::nullopt, {}};
    if (unit_ == 1 && !inquiry.tally().seeks_run()) {
      const auto year = inquiry.search().LargestWithout(0, kMonthsOfAGestion - 1);
      escape.long_free = inquiry.Confirm(*year, false);
      if (!escape.long_free) return Disagree(reach);
    }
    return Done(std::move(escape));
  }

  // Two windows in a row: the pair of months with the most; of those, the one whose facts
  // are closest together. Gestiones: as few months around the new year as show it.
  std::optional<Extreme> Widest(Inquiry& inquiry, std::size_t& first) const {
    MostSearch& search = inquiry.search();
    const std::size_t months = inquiry.tally().months().size();
    if (unit_ != 1) {
      const auto all = search.LargestWithout(0, months - 1);
      first = 0;
      for (std::size_t k = 1; all && k < unit_; ++k) {
        const auto few = search.LargestWithout(unit_ - k, unit_ - 1 + k);
        if (few && few->amount == all->amount) return few;
      }
      return all;
    }
    std::optional<Extreme> best;
    for (std::size_t m = 0; m + 1 < months; ++m) {
      const auto pair = search.LargestWithout(m, m + 1);
      if (!pair) continue;
      const auto key = [](const Extreme& e) {
        return std::tuple(-e.amount, e.history.facts.size(), SpanOf(e.history));
      };
      if (best && key(*best) <= key(*pair)) continue;
      best = pair;
      first = m;
    }
    return best;
  }

  // No month brings the consequence by itself: over the gestión, the most without it against
  // the least with it.
  Asked Scattered(Inquiry& inquiry, Reach reach) const {
    const Asked nothing{reach, Verdict::Proved, {}, std::nullopt};
    if (inquiry.tally().seeks_run()) return nothing;
    const auto most = inquiry.search().LargestWithout(0, kMonthsOfAGestion - 1);
    // One more is one too many, or else the amount has nothing to do with it.
    if (!most || !inquiry.OneMore(*most, 0, kMonthsOfAGestion - 1)) return nothing;
    const auto least = inquiry.search().SmallestWith(0, kMonthsOfAGestion - 1);
    if (!least || most->amount < least->amount) return nothing;
    auto free = inquiry.Confirm(*most, false);
    auto caught = inquiry.Confirm(*least, true);
    if (!free || !caught) return Disagree(reach);
    return Done(
        {reach, Boundary::Threshold, std::move(*free), std::move(*caught), std::nullopt, {}});
  }

  Asked Done(Escape escape) const {
    escape.by = RulesThatBring(context_.rules, escape.caught.trial.result, escape.reach);
    const Reach reach = escape.reach;
    return {reach, Verdict::Refuted, {}, std::move(escape)};
  }

  const CheckContext& context_;
  rules::MeasureId measure_;
  std::size_t unit_ = 1;
  Span span_;
  Tally::Arrivals arrivals_;
  std::map<std::vector<rules::RuleId>, Asked> by_targets_;
};

// ---- Counts kept apart -----------------------------------------------------------

class ApartQuestion {
 public:
  ApartQuestion(const CheckContext& context, rules::MeasureId a, rules::MeasureId b)
      : context_(context), a_(a), b_(b) {
    span_ = {Date(context.year, 1, 1), Date(context.year, 12, 31)};
    whole_ = context.rules.measure(a).window == Window::Gestion;
  }

  std::optional<Asked> Ask(Reach reach) {
    try {
      const auto first = OneCount(a_, reach);
      const auto second = first.judged ? OneCount(b_, reach) : first;
      for (const Single& single : {first, second}) {
        if (!single.unsupported.empty()) {
          return Asked{reach, Verdict::Unsupported, single.unsupported, std::nullopt};
        }
      }
      if (!first.judged || !second.judged) return std::nullopt;
      // Both must bring it by themselves: only then can it be said that they are kept apart.
      if (!first.caught || !second.caught) {
        return Asked{reach, Verdict::Proved, {}, std::nullopt};
      }
      const bool larger = first.caught->amount < second.caught->amount;
      return Together(reach, larger ? *second.caught : *first.caught,
                      larger ? *first.caught : *second.caught);
    } catch (const Untold& untold) {
      return Asked{reach, Verdict::Unknown, untold.reason, std::nullopt};
    }
  }

 private:
  struct Single {
    base::Text unsupported;
    bool judged = false;
    std::optional<Measured> caught;
  };

  // The months of one window: the gestión, or its month with most working days.
  [[nodiscard]] std::pair<std::size_t, std::size_t> WindowOf(const Tally& tally) const {
    if (whole_) return {0, kMonthsOfAGestion - 1};
    const auto& months = tally.months();
    const auto longest = std::max_element(
        months.begin(), months.end(),
        [](const auto& a, const auto& b) { return a.days.size() < b.days.size(); });
    const auto m = static_cast<std::size_t>(longest - months.begin());
    return {m, m};
  }

  Single OneCount(rules::MeasureId measure, Reach reach) {
    Inquiry inquiry(context_, {{measure}}, reach, span_, &arrivals_[{measure}]);
    Single single{inquiry.tally().unsupported(), inquiry.tally().judged(), std::nullopt};
    if (!single.unsupported.empty() || !single.judged) return single;
    const auto [first, last] = WindowOf(inquiry.tally());
    const auto most = inquiry.search().LargestWithout(first, last);
    if (most) single.caught = inquiry.Beyond(*most, first, last);
    return single;
  }

  Asked Together(Reach reach, const Measured& caught, const Measured& other) {
    Inquiry inquiry(context_, {{a_, b_}}, reach, span_, &arrivals_[{a_, b_}]);
    if (!inquiry.tally().unsupported().empty()) {
      return {reach, Verdict::Unsupported, inquiry.tally().unsupported(), std::nullopt};
    }
    const auto [first, last] = WindowOf(inquiry.tally());
    const auto most = inquiry.search().LargestWithout(first, last);
    if (!most || most->amount < caught.amount) return {reach, Verdict::Proved, {}, std::nullopt};
    auto free = inquiry.Confirm(*most, false);
    if (!free) return Disagree(reach);
    Escape escape{reach, Boundary::Apart, std::move(*free), caught, std::nullopt, {}};
    escape.by = RulesThatBring(context_.rules, caught.trial.result, reach);
    for (rules::RuleId by : RulesThatBring(context_.rules, other.trial.result, reach)) {
      if (std::find(escape.by.begin(), escape.by.end(), by) == escape.by.end()) {
        escape.by.push_back(by);
      }
    }
    return {reach, Verdict::Refuted, {}, std::move(escape)};
  }

  const CheckContext& context_;
  rules::MeasureId a_, b_;
  Span span_;
  bool whole_ = false;
  std::map<std::vector<rules::MeasureId>, Tally::Arrivals> arrivals_;  // by goal
};

// ---- Every consequence -----------------------------------------------------------

// A graver consequence is escaped by at least as much. When the gravest is escaped by no more
// than the mildest, neither are those between.
template <typename Question>
std::vector<Asked> AskAll(Question question) {
  std::vector<Asked> all;
  const auto ask = [&](Reach reach) {
    std::optional<Asked> asked = question.Ask(reach);
    if (asked) all.push_back(std::move(*asked));
  };
  ask(kReaches.front());
  ask(kReaches.back());
  const bool equal = all.size() == 2 && all[0].escape && all[1].escape &&
                     all[0].escape->free.amount == all[1].escape->free.amount;
  if (equal) return all;
  for (std::size_t r = 1; r + 1 < kReaches.size(); ++r) ask(kReaches[r]);
  std::sort(all.begin(), all.end(),
            [](const Asked& a, const Asked& b) { return a.reach < b.reach; });
  return all;
}

}  // namespace

std::vector<std::pair<Date, Rational>> ByMonth(const CheckContext& context,
                                               const std::vector<rules::MeasureId>& measures,
                                               const Trial& trial) {
  return Recount(context, {measures}).ByMonth(trial);
}

std::vector<Asked> AskReset(const CheckContext& context, rules::MeasureId measure) {
  return AskAll(ResetQuestion(context, measure));
}

std::vector<Asked> AskApart(const CheckContext& context, rules::MeasureId first,
                            rules::MeasureId second) {
  return AskAll(ApartQuestion(context, first, second));
}

}  // namespace cotejo::checks
