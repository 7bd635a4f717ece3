#include "scenarios/exposure/possible.h"

#include <algorithm>
#include <optional>

#include "model/evaluation/witness.h"

namespace cotejo::exposure {
namespace {

using Given = year::OccurrenceBinding::Given;

// One way in which facts of a kind come about: fields not given have their initial value, but
// for those that are drawn.
struct Way {
  rules::FactKindId kind;
  std::vector<Given> given;
  std::vector<rules::FieldId> drawn;
};

std::vector<Way> WaysOf(const year::Binding& binding, const population::Population& population) {
  using year::Happening;
  std::vector<Way> ways;
  for (const Happening what : {Happening::Vacation, Happening::Arrival, Happening::Omission,
                               Happening::Absence, Happening::PostAbsence}) {
    const year::KindBinding& bound = binding.of(what);
    ways.push_back({bound.kind, {}, {bound.amount, bound.flag}});
  }
  const year::KindBinding& conduct = binding.of(Happening::Conduct);
  for (std::size_t c = 0; c < binding.clauses.size(); ++c) {
    if (population.conduct[c].per_year > 0)
      ways.push_back({conduct.kind, {{conduct.amount, {binding.clauses[c], false}}}, {}});
  }
  for (const year::OccurrenceBinding& occurrence : binding.occurrences) {
    for (const auto& variant : occurrence.variants)
      ways.push_back({occurrence.kind, variant, {occurrence.counted}});
    if (occurrence.back.valid()) ways.push_back({occurrence.back, occurrence.back_fields, {}});
  }
  if (binding.balance.kind.valid())
    ways.push_back({binding.balance.kind, {}, {binding.balance.days}});
  const year::SeparationBinding& separation = binding.separation;
  if (!separation.kind.valid()) return ways;
  for (const auto& group : separation.departures) {
    for (const auto& given : group) ways.push_back({separation.kind, given, {separation.left}});
  }
  if (population.turnover && population.turnover->removal) {
    for (const auto& given : {separation.destitution, separation.retirement})
      ways.push_back({separation.kind, given, {separation.left}});
  }
  return ways;
}

// Only enumerations are looked at: which numbers may come is a matter of how often.
bool Gives(const Way& way, rules::FieldId field, const rules::Field& declared,
           const rules::Value& value) {
  if (std::find(way.drawn.begin(), way.drawn.end(), field) != way.drawn.end()) return true;
  for (const auto& [id, given] : way.given) {
    if (id == field) return given == value;
  }
  return declared.initial.value_or(rules::Value{{}, true}) == value;
}

// The field that no way gives its value, or an invalid one when no way is of its kind.
std::optional<rules::FieldId> Missing(const rules::FactKind& kind, const evaluation::Fact& fact,
                                      const std::vector<Way>& ways) {
  rules::FieldId missing;
  for (const Way& way : ways) {
    if (way.kind != fact.kind) continue;
    rules::FieldId odd;
    for (std::size_t f = 0; f < kind.fields.size() && !odd.valid(); ++f) {
      const rules::FieldId id(static_cast<std::int64_t>(f));
      const bool named = kind.fields[f].type.base == rules::Base::Enumeration;
      if (named && !Gives(way, id, kind.fields[f], fact.fields[f])) odd = id;
    }
    if (!odd.valid()) return std::nullopt;
    missing = odd;
  }
  return missing;
}

std::string Words(const rules::FactKind& kind) {
  std::string what = kind.name;
  std::replace(what.begin(), what.end(), '_', ' ');
  return what;
}

base::Text DoesNotHappen(const rules::FactKind& kind) {
  const std::string what = Words(kind);
  return {"al personal simulado no le ocurre «" + what + "»",
          "'" + what + "' does not happen to the simulated staff"};
}

}  // namespace

base::Text NeverHappens(const year::Setting& setting, const population::Population& population,
                        const std::set<rules::FactKindId>& kinds) {
  const year::Plan& plan = setting.plans.front().plan;
  const std::vector<Way> ways = WaysOf(plan.binding, population);
  const auto may = [&](rules::FactKindId id) {
    const auto derives = [&](const year::PlanQualification& q) { return q.target == id.value; };
    return plan.rules->kind(id).periodicity != rules::Periodicity::None ||
           id.value == plan.sanction_kind ||
           std::any_of(plan.qualifications.begin(), plan.qualifications.end(), derives) ||
           std::any_of(ways.begin(), ways.end(), [&](const Way& way) { return way.kind == id; });
  };
  if (kinds.empty() || std::any_of(kinds.begin(), kinds.end(), may)) return {};
  return DoesNotHappen(plan.rules->kind(*kinds.begin()));
}

base::Text NeverHappens(const year::Setting& setting, const population::Population& population,
                        const std::vector<evaluation::Fact>& facts) {
  const year::Plan& plan = setting.plans.front().plan;
  const std::vector<Way> ways = WaysOf(plan.binding, population);
  for (const evaluation::Fact& fact : facts) {
    const rules::FactKind& kind = plan.rules->kind(fact.kind);
    if (kind.periodicity != rules::Periodicity::None) continue;
    const auto field = Missing(kind, fact, ways);
    if (!field) continue;
    if (!field->valid()) return DoesNotHappen(kind);
    const std::string what = Words(kind);
    const rules::Field& declared = kind.fields[field->index()];
    const auto value = [&](base::Language language) {
      return rules::FormatValue(*plan.rules, declared.type, fact.fields[field->index()], language);
    };
    return {"al personal simulado no le ocurre «" + what + "» con " + declared.name + " " +
                value(base::Language::Spanish),
            "'" + what + "' with " + declared.name + " " + value(base::Language::English) +
                " does not happen to the simulated staff"};
  }
  return {};
}

base::Text NobodyHas(const year::Setting& setting, const base::Witness& witness) {
  const year::Plan& plan = setting.plans.front().plan;
  auto history = evaluation::ParseHistory(*plan.rules, witness.csv);
  if (!history) {
    const std::pair year(base::Date(setting.year.year, 1, 1),
                         base::Date(setting.year.year, 12, 31));
    history = evaluation::ParseHistory(*plan.rules, witness.csv, year);
  }
  if (!history) return {};
  for (std::size_t a = 0; a < plan.rules->attributes.size(); ++a) {
    const rules::Attribute& attribute = plan.rules->attributes[a];
    if (plan.binding.column_of[a] >= 0) continue;
    const rules::Value initial = attribute.initial.value_or(rules::Value{{}, true});
    const auto& given = history->attributes[a];
    const bool plain = std::all_of(given.begin(), given.end(),
                                   [&](const auto& one) { return one.value == initial; });
    if (plain) continue;
    std::string what = attribute.name;
    std::replace(what.begin(), what.end(), '_', ' ');
    return {"la población no da «" + what + "» a nadie, y el caso lo tiene",
            "the population gives '" + what + "' to nobody, and the case has it"};
  }
  return {};
}

}  // namespace cotejo::exposure
