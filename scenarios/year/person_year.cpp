#include "scenarios/year/person_year.h"

#include <algorithm>
#include <tuple>

#include "scenarios/year/living.h"

namespace cotejo::year {
namespace {

// One of those who held a post: what happened to them, and how it ended.
struct Holder {
  Occupant occupant;
  Stay stay;
  std::vector<Event> events;
  Restraint restraint;
};

base::Text Describe(population::Factor forgone) {
  using population::Factor;
  switch (forgone) {
    case Factor::Lateness:
      return {"llega a su hora", "arrives in time"};
    case Factor::Omissions:
      return {"no omite su registro", "leaves no record out"};
    case Factor::Absences:
      return {"no falta", "is not absent"};
    case Factor::PostAbsences:
      return {"no se ausenta del puesto", "does not leave the post"};
    default:
      return {"no incurre en la conducta", "does not misbehave"};
  }
}

Restraint RestraintOf(const Setting& setting, const Tenure& tenure, Months restrained,
                      std::vector<Forgone> forgone) {
  Restraint restraint;
  for (std::size_t m = 0; m < setting.year.month_last.size(); ++m) {
    const bool there =
        tenure.first <= setting.year.month_last[m] && setting.year.month_first[m] <= tenure.last;
    if (there && (restrained >> m & 1U) != 0) restraint.months.push_back(static_cast<int>(m) + 1);
  }
  std::sort(forgone.begin(), forgone.end(), [](const Forgone& a, const Forgone& b) {
    return std::tie(a.day, a.shift, a.what) < std::tie(b.day, b.shift, b.what);
  });
  for (const Forgone& one : forgone) {
    if (one.day <= tenure.last)
      restraint.forgone.push_back({setting.year.date(one.day), Describe(one.what)});
  }
  return restraint;
}

// Those who hold the post in turn. Every late arrival is there, noticed or not: the interpreter
// decides for itself what matters.
std::vector<Holder> Hold(const Setting& setting, const population::Population& population,
                         const PersonYearKey& key) {
  const std::int64_t from = std::min<std::int64_t>(1, setting.notices_from);
  Behavior behavior(population, setting.eligibility, setting.year, setting.shifts, key.seed);
  const Succession succession(setting, population, key.seed);
  // Otherwise nothing of anybody's stay depends on a rule.
  std::optional<Evaluator> evaluator;
  if (population.turnover || population.deterrence || population.vacation.acquired ||
      setting.plans[key.regulation].plan.binding.balance.kind.valid())
    evaluator.emplace(setting.plans[key.regulation].plan, setting.agendas[key.regulation],
                      setting.year);
  std::vector<Holder> all;
  Living living(setting, population, succession, behavior, from);
  std::optional<Occupant> now = succession.First(key.person, key.replication);
  while (now) {
    Lived lived;
    lived.stay.tenure = now->tenure;
    if (evaluator) {
      lived = living.Live(key.regulation, *now, *evaluator);
    } else {
      lived.events =
          &behavior.Happen(now->tenure, *setting.work[now->tenure.person], now->replication, from);
    }
    const Stay& stay = lived.stay;
    std::vector<Event> events = *lived.events;
    std::erase_if(events, [&](const Event& event) { return event.day > stay.tenure.last; });
    PutInOrder(events);
    all.push_back({*now, stay, std::move(events),
                   RestraintOf(setting, stay.tenure, lived.answer.restrained, behavior.forgone())});
    now = succession.Next(*now, stay.tenure.last);
  }
  return all;
}

evaluation::Fact Blank(const Setting& setting, const rules::Ruleset& rules, const Event& event,
                       rules::FactKindId kind) {
  evaluation::Fact fact;
  fact.kind = kind;
  fact.date = setting.year.date(event.day);
  fact.shift = event.shift;
  for (const rules::Field& field : rules.kind(kind).fields)
    fact.fields.push_back(field.initial.value_or(rules::Value{{}, true}));
  return fact;
}

evaluation::Fact OccurrenceFact(const Setting& setting, const StaffPlan& staff,
                                const Event& event) {
  const OccurrenceBinding& bound = staff.plan.binding.occurrences[OccurrenceOf(event.value)];
  const bool back = event.what == Happening::Return;
  evaluation::Fact fact = Blank(setting, *staff.plan.rules, event, back ? bound.back : bound.kind);
  const auto& fields = back ? bound.back_fields : bound.variants[VariantOf(event.value)];
  for (const auto& [field, value] : fields) fact.fields[field.index()] = value;
  if (!back && bound.counted.valid()) fact.fields[bound.counted.index()] = {event.count, false};
  return fact;
}

evaluation::Fact FactOf(const Setting& setting, const StaffPlan& staff, const Event& event,
                        std::size_t person, std::int32_t shifts) {
  if (event.what == Happening::Occurrence || event.what == Happening::Return)
    return OccurrenceFact(setting, staff, event);
  const rules::Ruleset& rules = *staff.plan.rules;
  const KindBinding& bound = staff.plan.binding.of(event.what);
  evaluation::Fact fact = Blank(setting, rules, event, bound.kind);
  if (bound.flag.valid()) fact.fields[bound.flag.index()] = {event.flag ? 1 : 0, false};
  if (!bound.amount.valid()) return fact;
  base::Rational amount;
  switch (event.what) {
    case Happening::Arrival: {
      const auto day = static_cast<std::size_t>(event.day);
      const DayPlan& days = staff.days[staff.days_of[person]];
      const auto schedule = static_cast<std::size_t>(days.schedule[day]);
      const auto shift = static_cast<std::size_t>(event.shift) - 1;
      amount = rules.schedules[schedule].shifts[shift].entry + base::Rational(event.value);
      break;
    }
    case Happening::Conduct:
      amount = staff.plan.binding.clauses[static_cast<std::size_t>(event.value)];
      break;
    case Happening::Vacation:
      amount = base::Rational(event.value, 2);
      break;
    default: {
      const auto& facts = staff.plan.happenings[static_cast<std::size_t>(event.what)].facts;
      amount = Unscaled(staff.plan,
                        facts[PlanHappening::place(shifts, event.flag)][bound.amount.index()]);
      break;
    }
  }
  fact.fields[bound.amount.index()] = {amount, false};
  return fact;
}

void AddAttributes(const StaffPlan& staff, const Setting& setting, const Tenure& tenure,
                   evaluation::History& history) {
  const Binding& binding = staff.plan.binding;
  history.attributes.resize(staff.plan.rules->attributes.size());
  for (std::size_t a = 0; a < history.attributes.size(); ++a) {
    const rules::AttributeId id(static_cast<std::int64_t>(a));
    auto given = Given(binding, tenure.person, id);
    if (tenure.newcomer && id == binding.hired)
      given = rules::Value{setting.year.date(tenure.first).days(), false};
    if (given) history.attributes[a].push_back({std::nullopt, *given});
  }
}

evaluation::Fact SeparationFact(const Setting& setting, const population::Population& population,
                                const StaffPlan& staff, const Holder& holder) {
  const SeparationBinding& bound = staff.plan.binding.separation;
  Event event;
  event.day = holder.stay.tenure.last;
  evaluation::Fact fact = Blank(setting, *staff.plan.rules, event, bound.kind);
  for (const auto& [field, value] :
       SeparationFields(bound, population, holder.occupant, holder.stay.leaving))
    fact.fields[field.index()] = value;
  fact.fields[bound.left.index()] = {Unscaled(staff.plan, holder.stay.left), false};
  return fact;
}

evaluation::Fact BalanceFact(const Setting& setting, const StaffPlan& staff, const Holder& holder) {
  const BalanceBinding& bound = staff.plan.binding.balance;
  Event event;
  event.day = holder.stay.tenure.last;
  evaluation::Fact fact = Blank(setting, *staff.plan.rules, event, bound.kind);
  fact.fields[bound.days.index()] = {Unscaled(staff.plan, holder.stay.left), false};
  return fact;
}

}  // namespace

int Occupants(const Setting& setting, const population::Population& population,
              const PersonYearKey& key) {
  return static_cast<int>(Hold(setting, population, key).size());
}

Restraint RestraintOf(const Setting& setting, const population::Population& population,
                      const PersonYearKey& key) {
  return Hold(setting, population, key)[static_cast<std::size_t>(key.occupant)].restraint;
}

std::vector<Begun> ProceduresOf(const Setting& setting, const population::Population& population,
                                const PersonYearKey& key,
                                const std::vector<std::pair<rules::RuleId, base::Date>>& standing) {
  using State = Begun::Step::State;
  const Procedures& procedures = setting.procedures[key.regulation];
  const rules::Ruleset& rules = *setting.plans[key.regulation].plan.rules;
  const Holder holder = Hold(setting, population, key)[static_cast<std::size_t>(key.occupant)];
  const WorkDays& work = *setting.work[holder.occupant.tenure.person];
  std::vector<Begun> all;
  for (const auto& [rule, date] : standing) {
    for (const std::uint8_t place : procedures.begun_by(rule.index())) {
      const Procedures::Procedure& procedure = procedures.all()[place];
      const Course course =
          procedures.Run(procedure, rule.index(), date.days() - setting.year.first,
                         {key.seed, key.replication, key.person}, setting.year, work);
      Begun begun{rules.rule(rule).citation, procedure.name, {}, course.annulled, {}};
      if (course.finished) begun.finished = setting.year.date(*course.finished);
      for (std::size_t s = 1; s < procedure.steps.size(); ++s) {
        const Course::Of& of = course.steps[s];
        if (of.state == Course::State::Never) continue;
        const State state = of.state == Course::State::Done     ? State::Done
                            : of.state == Course::State::Lapsed ? State::Lapsed
                                                                : State::Pending;
        begun.steps.push_back({procedure.steps[s].name, state, of.late, procedure.steps[s].power,
                               state == State::Pending ? base::Date() : setting.year.date(of.day)});
      }
      all.push_back(std::move(begun));
    }
  }
  return all;
}

evaluation::History PersonYear(const Setting& setting, const population::Population& population,
                               const PersonYearKey& key) {
  const StaffPlan& staff = setting.plans[key.regulation];
  const Holder holder = Hold(setting, population, key)[static_cast<std::size_t>(key.occupant)];
  const Tenure& tenure = holder.stay.tenure;
  evaluation::History history;
  history.person = population::PersonId(population.staff, key.person);
  if (key.occupant > 0) history.person += "/" + std::to_string(key.occupant + 1);
  history.from = setting.year.date(tenure.first);
  history.to = setting.year.date(tenure.last);
  AddAttributes(staff, setting, tenure, history);
  for (const Event& event : holder.events) {
    const std::int32_t shifts = ShiftsOn(staff, tenure.person, event.day);
    if (event.shift <= shifts)
      history.facts.push_back(FactOf(setting, staff, event, tenure.person, shifts));
  }
  if (holder.stay.leaving != Leaving::No)
    history.facts.push_back(SeparationFact(setting, population, staff, holder));
  else if (staff.plan.binding.balance.kind.valid())
    history.facts.push_back(BalanceFact(setting, staff, holder));
  return history;
}

void SortConsequences(Consequences& consequences) {
  std::sort(consequences.applications.begin(), consequences.applications.end(),
            [](const auto& a, const auto& b) {
              return std::tie(a.date, a.rule, a.quantities, a.stands, a.in_conflict) <
                     std::tie(b.date, b.rule, b.quantities, b.stands, b.in_conflict);
            });
  std::sort(consequences.gaps.begin(), consequences.gaps.end(), [](const auto& a, const auto& b) {
    return std::tie(a.date, a.subject, a.scale) < std::tie(b.date, b.subject, b.scale);
  });
}

std::optional<Consequences> Judge(const Setting& setting, const population::Population& population,
                                  const PersonYearKey& key, base::Diagnostics& diagnostics) {
  const StaffPlan& staff = setting.plans[key.regulation];
  const Holder holder = Hold(setting, population, key)[static_cast<std::size_t>(key.occupant)];
  Evaluator evaluator(staff.plan, Everything(staff.plan), setting.year);
  // The stay is known: what it came to is judged again, now by every rule.
  Succession(setting, population, key.seed)
      .FeedStay(key.regulation, holder.occupant, holder.stay, holder.events, evaluator);
  evaluator.Run();
  if (evaluator.failed()) {
    diagnostics.Add({"simulación-sin-valor", base::Severity::Error, {}, evaluator.fault(), {}, {}});
    return std::nullopt;
  }
  Consequences all;
  for (const Applied& applied : evaluator.applied()) {
    Consequences::Application out;
    out.rule = rules::RuleId(applied.rule);
    out.date = setting.year.date(applied.day);
    const std::size_t count = staff.plan.rules->rule(out.rule).consequences.size();
    for (std::size_t c = 0; c < count; ++c)
      out.quantities.push_back(Unscaled(staff.plan, evaluator.quantity(applied, c)));
    out.stands = applied.stands;
    out.in_conflict = applied.in_conflict;
    all.applications.push_back(std::move(out));
  }
  for (const GapFound& gap : evaluator.gaps()) {
    const auto family = static_cast<std::size_t>(gap.family);
    all.gaps.push_back(
        {staff.plan.families.families[family].root, setting.year.date(gap.day), gap.scale});
  }
  SortConsequences(all);
  return all;
}

}  // namespace cotejo::year
