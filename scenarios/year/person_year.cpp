#include "scenarios/year/person_year.h"

#include <algorithm>
#include <tuple>

namespace cotejo::year {
namespace {

std::vector<Event> Live(const Setting& setting, const population::Population& population,
                        const PersonYearKey& key) {
  // Every late arrival, noticed or not: the interpreter decides for itself what matters.
  const std::int64_t from = std::min<std::int64_t>(1, setting.notices_from);
  Behavior behavior(population, setting.eligibility, setting.year, setting.shifts, key.seed);
  return behavior.Live(key.person, *setting.work[key.person], key.replication, from);
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
    default:
      amount = base::Rational(1, shifts);
      break;
  }
  fact.fields[bound.amount.index()] = {amount, false};
  return fact;
}

}  // namespace

evaluation::History PersonYear(const Setting& setting, const population::Population& population,
                               const PersonYearKey& key) {
  const StaffPlan& staff = setting.plans[key.regulation];
  const std::size_t attributes = staff.plan.rules->attributes.size();
  evaluation::History history;
  history.person = population::PersonId(population.staff, key.person);
  history.from = base::Date(setting.year.year, 1, 1);
  history.to = base::Date(setting.year.year, 12, 31);
  history.attributes.resize(attributes);
  for (std::size_t a = 0; a < attributes; ++a) {
    const rules::AttributeId id(static_cast<std::int64_t>(a));
    const auto given = Given(staff.plan.binding, key.person, id);
    if (given) history.attributes[a].push_back({std::nullopt, *given});
  }
  for (const Event& event : Live(setting, population, key)) {
    const std::int32_t shifts = ShiftsOn(staff, key.person, event.day);
    if (event.shift <= shifts)
      history.facts.push_back(FactOf(setting, staff, event, key.person, shifts));
  }
  return history;
}

void SortConsequences(Consequences& consequences) {
  std::sort(consequences.applications.begin(), consequences.applications.end(),
            [](const auto& a, const auto& b) {
              return std::tie(a.date, a.rule, a.quantities, a.stands, a.in_conflict) <
                     std::tie(b.date, b.rule, b.quantities, b.stands, b.in_conflict);
            });
  std::sort(consequences.gaps.begin(), consequences.gaps.end(), [](const auto& a, const auto& b) {
    return std::tie(a.date, a.subject) < std::tie(b.date, b.subject);
  });
}

std::optional<Consequences> Judge(const Setting& setting, const population::Population& population,
                                  const PersonYearKey& key, base::Diagnostics& diagnostics) {
  const StaffPlan& staff = setting.plans[key.regulation];
  Evaluator evaluator(staff.plan, Everything(staff.plan), setting.year);
  Feed(setting, staff, key.person, Live(setting, population, key), evaluator);
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
    all.gaps.push_back({staff.plan.families.families[family].root, setting.year.date(gap.day)});
  }
  SortConsequences(all);
  return all;
}

}  // namespace cotejo::year
