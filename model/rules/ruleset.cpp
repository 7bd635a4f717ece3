#include "model/rules/ruleset.h"

#include <algorithm>

#include "model/base/utf8.h"

namespace cotejo::rules {

namespace {

template <typename Id, typename Items>
Id FindNamed(const Items& items, std::string_view name) {
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (base::SameFolded(items[i].name, name)) {
      return Id(static_cast<std::int64_t>(i));
    }
  }
  return Id();
}

}  // namespace

FactKindId Ruleset::FindFactKind(std::string_view name) const {
  return FindNamed<FactKindId>(fact_kinds, name);
}

AttributeId Ruleset::FindAttribute(std::string_view name) const {
  return FindNamed<AttributeId>(attributes, name);
}

MeasureId Ruleset::FindMeasure(std::string_view name) const {
  return FindNamed<MeasureId>(measures, name);
}

ParameterId Ruleset::FindParameter(std::string_view name) const {
  return FindNamed<ParameterId>(parameters, name);
}

int Ruleset::FindDefinition(std::string_view name) const {
  return FindNamed<base::Id<struct DefinitionTag>>(definitions, name).value;
}

FieldId Ruleset::FindField(FactKindId kind_id, std::string_view name) const {
  return FindNamed<FieldId>(kind(kind_id).fields, name);
}

int Ruleset::FindEnumValue(EnumId enumeration, std::string_view name) const {
  const std::vector<std::string>& values = enumerations[enumeration.index()].values;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (base::SameFolded(values[i], name)) {
      return static_cast<int>(i);
    }
  }
  return -1;
}

Domain DomainOf(const Type& type) {
  switch (type.base) {
    case Base::Boolean:
      return {0, Rational(1)};
    case Base::Count:
    case Base::Minutes:
    case Base::Days:
    case Base::Years:
    case Base::Bolivianos:
      return {0, std::nullopt};
    case Base::Date:
      return {Date(1900, 1, 1).days(), Rational(Date(2100, 12, 31).days())};
    case Base::TimeOfDay:
      return {0, Rational(24 * 60 * 60 - 1, 60)};
    case Base::Enumeration:
      break;
  }
  return {};
}

Rational DefaultStep(const Type& type) {
  switch (type.base) {
    case Base::Days:
      return {1, 2};
    case Base::Years:
      return {1, base::kDayPartsPerYear};
    case Base::Bolivianos:
      return {1, 100};
    default:
      return 1;
  }
}

std::optional<Rational> Ruleset::ParameterOn(ParameterId id, Date date) const {
  std::optional<Rational> value;
  for (const DatedValue& dated : parameter(id).values) {
    if (dated.from && *dated.from > date) {
      break;
    }
    value = dated.value;
  }
  return value;
}

std::string Ruleset::ReadingAssignment() const {
  std::string text;
  for (const Reading& reading : readings) {
    if (!text.empty()) {
      text += "; ";
    }
    text += reading.name + " = " + reading.options[static_cast<std::size_t>(reading.chosen)].name;
  }
  return text;
}

InForceDays InForceOf(const Ruleset& rules, NormId norm, std::optional<Date> from,
                      std::optional<Date> to) {
  if (!norm.valid()) return {from, to};
  // What begins at another time than its norm still ends with it, unless it says when it ends.
  return {from ? from : rules.norm(norm).in_force_from, to ? to : rules.norm(norm).in_force_to};
}

namespace {

// A scale that says when it is in force says so of its rows, be they of other norms; one whose rows
// have other dates says nothing for all.
bool DatesAreOfScale(const Ruleset& rules, const Rule& rule) {
  if (!rule.scale.valid() || (!rule.from && !rule.to)) return false;
  const auto& rows = rules.scale(rule.scale).rows;
  return std::all_of(rows.begin(), rows.end(), [&](RuleId id) {
    return rules.rule(id).from == rule.from && rules.rule(id).to == rule.to;
  });
}

// Something with days in force: its own, and the norm and article that say them.
struct Dated {
  NormId norm;
  std::optional<Date> from, to;
  NormId said_by;
  Citation citation;
};

template <typename Visit>
void EachDated(const Ruleset& rules, const Visit& visit) {
  for (const Rule& rule : rules.rules) {
    if (DatesAreOfScale(rules, rule)) {
      const Scale& scale = rules.scale(rule.scale);
      visit(Dated{rule.norm, rule.from, rule.to, scale.norm, scale.citation});
    } else {
      visit(Dated{rule.norm, rule.from, rule.to, rule.norm, rule.citation});
    }
  }
  for (const Qualification& by : rules.qualifications)
    visit(Dated{by.norm, by.from, by.to, by.norm, by.citation});
  for (const Schedule& one : rules.schedules)
    visit(Dated{one.norm, one.from, one.to, one.norm, one.citation});
  for (const Procedure& one : rules.procedures)
    visit(Dated{one.norm, {}, {}, one.norm, one.citation});
}

// Of those days, the ends that leave a part of the period out.
InForceDays PartOf(InForceDays days, Date first, Date last) {
  if (days.from && *days.from <= first) days.from.reset();
  if (days.to && (*days.to < first || *days.to >= last)) days.to.reset();
  return days;
}

}  // namespace

std::set<PartlyInForce> PartlyInForceIn(const Ruleset& rules, Date first, Date last) {
  std::set<PartlyInForce> all;
  EachDated(rules, [&](const Dated& one) {
    const InForceDays of_norm = InForceOf(rules, one.said_by, {}, {});
    const InForceDays days = InForceOf(rules, one.norm, one.from, one.to);
    const InForceDays part = PartOf(days, first, last);
    if (!part.from && !part.to) return;
    const bool with_it = one.said_by.valid() && days.from == of_norm.from && days.to == of_norm.to;
    all.insert({with_it ? rules.norm(one.said_by).name : one.citation.str(), part.from, part.to});
  });
  return all;
}

int FirstFullGestion(const Ruleset& rules) {
  std::optional<int> year;
  const auto begin = [&](std::optional<Date> from) {
    if (!from) return;
    const bool whole = from->month() == 1 && from->day() == 1;
    const int first = whole ? from->year() : from->year() + 1;
    year = std::max(year.value_or(first), first);
  };
  for (const Norm& norm : rules.norms) begin(norm.in_force_from);
  EachDated(rules, [&](const Dated& one) { begin(one.from); });
  constexpr int kNothingDated = 2025;
  if (!year)
    year = rules.calendar.years().empty() ? kNothingDated : *rules.calendar.years().begin();
  // All has begun: what is left ends in it.
  while (!PartlyInForceIn(rules, Date(*year, 1, 1), Date(*year, 12, 31)).empty()) ++*year;
  return *year;
}

}  // namespace cotejo::rules
