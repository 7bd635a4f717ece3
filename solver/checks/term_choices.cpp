#include "solver/checks/term_choices.h"

#include <algorithm>

namespace cotejo::checks {

using base::Date;
using BoundKind = rules::Milestone::Bound;
using smt::Bool;
using smt::Int;

namespace {

class Encoding {
 public:
  Encoding(const Office& office, std::size_t events, const std::vector<Given>& given,
           std::int32_t reach, bool holidays, smt::Context& context, smt::Solver& solver)
      : office_(office), given_(given), context_(context), solver_(solver) {
    first_ = DateOf(given.front().time).days();
    last_ = first_;
    for (const Given& one : given) {
      first_ = std::min(first_, DateOf(one.time).days() - reach);
      last_ = std::max(last_, DateOf(one.time).days() + reach);
    }
    if (holidays) {
      first_ = std::max(first_, office.first().days());
      last_ = std::min(last_, office.last().days());
    }
    for (std::size_t e = 0; e < events; ++e) {
      const std::string name = "t" + std::to_string(e);
      time_.push_back(context.IntVar(name));
      date_.push_back(context.IntVar(name + "_fecha"));
      Between(date_.back(), first_, last_);
      const Int midnight = context.Times(kMinutesPerDay, date_.back());
      solver.Assert(context.Le(midnight, time_.back()));
      solver.Assert(
          context.Lt(time_.back(), context.Add({midnight, context.IntConst(kMinutesPerDay)})));
    }
    for (const Given& one : given) {
      solver.Assert(
          context.Eq(time_[static_cast<std::size_t>(one.event)], context.IntConst(one.time)));
    }
  }

  Bool Holds(const Limit& limit) {
    const Int event = time_[static_cast<std::size_t>(limit.event)];
    const Int end = End(limit);
    return limit.upper ? context_.Le(event, end) : context_.Le(end, event);
  }

 private:
  void Between(Int a, Minute low, Minute high) {
    solver_.Assert(context_.Le(context_.IntConst(low), a));
    solver_.Assert(context_.Le(a, context_.IntConst(high)));
  }

  Int End(const Limit& limit) {
    const auto since = static_cast<std::size_t>(limit.since);
    if (limit.term.unit == rules::TermUnit::Hours) {
      const auto length = Bound(office_, limit.bound, limit.term, 0);
      return context_.Add({time_[since], context_.IntConst(*length + limit.plus)});
    }
    const auto fixed = std::find_if(given_.begin(), given_.end(),
                                    [&](const Given& one) { return one.event == limit.since; });
    if (fixed != given_.end()) {
      if (const auto end = Bound(office_, limit.bound, limit.term, fixed->time))
        return context_.IntConst(*end + limit.plus);
    }
    // A term in dates only grows: its steps say where it ends, whatever date it runs from.
    const Int end = context_.IntVar("fin" + std::to_string(ends_++));
    std::optional<Minute> before;
    for (std::int32_t day = first_; day <= last_; ++day) {
      const auto to = Bound(office_, limit.bound, limit.term, At(Date(day), 0));
      if (!to) {  // not known from there: the event it runs from is elsewhere
        solver_.Assert(context_.Not(context_.Eq(date_[since], context_.IntConst(day))));
        continue;
      }
      if (to == before) continue;
      const Int here = context_.IntConst(day);
      if (before) {
        solver_.Assert(context_.Or({context_.Le(here, date_[since]),
                                    context_.Le(end, context_.IntConst(*before + limit.plus))}));
      }
      solver_.Assert(context_.Or({context_.Lt(date_[since], here),
                                  context_.Le(context_.IntConst(*to + limit.plus), end)}));
      before = to;
    }
    if (before) solver_.Assert(context_.Le(end, context_.IntConst(*before + limit.plus)));
    return end;
  }

  const Office& office_;
  const std::vector<Given>& given_;
  smt::Context& context_;
  smt::Solver& solver_;
  std::int32_t first_ = 0;
  std::int32_t last_ = 0;
  std::vector<Int> time_, date_;
  int ends_ = 0;
};

// Days that a story of these terms can take, generously.
std::int32_t ReachOf(const std::vector<Limit>& kept, const std::vector<Limit>& alternatives) {
  constexpr std::int32_t kSlack = 30;
  std::int64_t days = kSlack;
  for (const auto* limits : {&kept, &alternatives}) {
    for (const Limit& limit : *limits) {
      const std::int64_t n = limit.term.amount.ceil();
      switch (limit.term.unit) {
        case rules::TermUnit::Hours:
          days += n / 24 + 1;
          break;
        case rules::TermUnit::CalendarDays:
          days += n;
          break;
        case rules::TermUnit::BusinessDays:
          days += 2 * n + 7;
          break;
        case rules::TermUnit::Months:
          days += 31 * n;
          break;
      }
    }
  }
  return static_cast<std::int32_t>(days);
}

}  // namespace

TermChoices FindChoices(const Office& office, std::size_t events, const std::vector<Limit>& kept,
                        const std::vector<Limit>& alternatives, const std::vector<Given>& given,
                        const smt::Options& options, const std::string& name) {
  smt::Context context;
  smt::Solver solver(context, options);
  const auto skips_holidays = [](const Limit& limit) {
    return limit.term.unit == rules::TermUnit::BusinessDays;
  };
  const bool holidays = std::any_of(kept.begin(), kept.end(), skips_holidays) ||
                        std::any_of(alternatives.begin(), alternatives.end(), skips_holidays);
  Encoding encoding(office, events, given, ReachOf(kept, alternatives), holidays, context, solver);
  for (const Limit& limit : kept) solver.Assert(encoding.Holds(limit));
  std::vector<Bool> met;
  for (std::size_t a = 0; a < alternatives.size(); ++a) {
    met.push_back(context.BoolVar("cumple" + std::to_string(a)));
    solver.Assert(context.Iff(met.back(), encoding.Holds(alternatives[a])));
  }
  TermChoices choices;
  while (true) {
    choices.outcome = solver.Check(name);
    if (choices.outcome.answer != smt::Answer::Sat) break;
    std::vector<bool> choice;
    std::vector<Bool> other;
    for (const Bool m : met) {
      choice.push_back(solver.Value(m));
      other.push_back(choice.back() ? context.Not(m) : m);
    }
    choices.all.push_back(std::move(choice));
    if (met.empty()) break;  // only whether it is possible
    solver.Assert(context.Or(other));
  }
  std::sort(choices.all.begin(), choices.all.end());
  return choices;
}

}  // namespace cotejo::checks
