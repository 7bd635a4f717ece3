#include "scenarios/year/binding.h"

#include <algorithm>

namespace cotejo::year {
namespace {

using population::AttributeValue;

class Binder {
 public:
  Binder(const rules::Ruleset& rules, const population::Population& population,
         base::Diagnostics& diagnostics)
      : rules_(rules), population_(population), diagnostics_(diagnostics) {}

  std::optional<Binding> Run(bool rights) {
    const std::size_t before = diagnostics_.errors();
    BindKinds();
    BindClauses();
    BindOccurrences();
    BindStaff();
    CheckOwn();
    BindTurnover();
    BindBalance();
    BindFigures();
    if (rights) CheckRights();
    if (diagnostics_.errors() > before) return std::nullopt;
    return std::move(binding_);
  }

 private:
  template <typename Named>
  void Unknown(const std::string& name, const base::Text& what, const std::vector<Named>& all) {
    std::vector<std::string> names;
    for (const Named& one : all) names.push_back(one.name);
    UnknownName(name, what, names);
  }

  void UnknownName(const std::string& name, const base::Text& what,
                   const std::vector<std::string>& names) {
    if (std::find(reported_.begin(), reported_.end(), name) != reported_.end()) return;
    reported_.push_back(name);
    const std::string nearest = base::NearestName(name, names);
    base::Text hint;
    if (!nearest.empty())
      hint = {"¿quiso decir «" + nearest + "»?", "did you mean '" + nearest + "'?"};
    diagnostics_.Add({"población-sin-vocabulario",
                      base::Severity::Error,
                      {},
                      {"la población «" + population_.name + "» nombra «" + name + "», que no es " +
                           what.es + " de la regulación",
                       "the population '" + population_.name + "' names '" + name +
                           "', which is not " + what.en + " of the regulation"},
                      std::move(hint),
                      {}});
  }

  KindBinding Kind(const std::string& kind, const std::string& amount, const std::string& flag) {
    KindBinding bound;
    bound.kind = rules_.FindFactKind(kind);
    if (!bound.kind.valid()) {
      Unknown(kind, {"un hecho", "a fact"}, rules_.fact_kinds);
      return bound;
    }
    bound.amount = Field(bound.kind, amount);
    bound.flag = Field(bound.kind, flag);
    return bound;
  }

  rules::FieldId Field(rules::FactKindId kind, const std::string& name) {
    if (name.empty()) return {};
    const rules::FieldId field = rules_.FindField(kind, name);
    if (!field.valid()) {
      const std::string& owner = rules_.kind(kind).name;
      Unknown(name, {"un campo de «" + owner + "»", "a field of '" + owner + "'"},
              rules_.kind(kind).fields);
    }
    return field;
  }

  void Put(Happening what, KindBinding bound, rules::Placement placement) {
    binding_.kinds[static_cast<std::size_t>(what)] = bound;
    CheckKind(bound.kind, placement);
  }

  void CheckKind(rules::FactKindId kind, rules::Placement placement, bool ends = false) {
    if (!kind.valid()) return;
    CheckExtinction(kind, ends);
    if (rules_.kind(kind).placement == placement) return;
    const bool day = placement == rules::Placement::Day;
    const std::string& name = rules_.kind(kind).name;
    diagnostics_.Add({"población-sin-vocabulario",
                      base::Severity::Error,
                      {},
                      {"el simulador pone «" + name + "» en el " + (day ? "día" : "tramo") +
                           ", y la regulación no",
                       "the simulator places '" + name + "' in the " + (day ? "day" : "shift") +
                           ", and the regulation does not"},
                      {},
                      {}});
  }

  // `ends`: the fact with which somebody leaves, and no other.
  void CheckExtinction(rules::FactKindId kind, bool ends) {
    if (rules_.kind(kind).extinctive == ends) return;
    const std::string& name = rules_.kind(kind).name;
    diagnostics_.Add(
        {"población-sin-vocabulario",
         base::Severity::Error,
         {},
         ends ? base::Text{"quien se va trae «" + name +
                               "», y en la regulación ese hecho no extingue la relación",
                           "whoever leaves brings '" + name +
                               "', and in the regulation that fact does not end the relation"}
              : base::Text{"el simulador da «" + name +
                               "» a quien sigue en su puesto, y en la regulación extingue la "
                               "relación",
                           "the simulator gives '" + name +
                               "' to who stays in the post, and in the regulation it ends the "
                               "relation"},
         ends ? base::Text{"declárelo «extintivo»", "declare it 'extintivo'"} : base::Text{},
         {}});
  }

  void BindKinds() {
    using rules::Placement;
    const population::Names& n = population_.names;
    Put(Happening::Arrival, Kind(n.arrival.kind, n.arrival.time, n.arrival.justified),
        Placement::Shift);
    Put(Happening::Omission, Kind(n.omission.kind, "", n.omission.regularised), Placement::Shift);
    Put(Happening::Absence, Kind(n.absence.kind, n.absence.days, n.absence.justified),
        Placement::Shift);
    Put(Happening::PostAbsence,
        Kind(n.post_absence.kind, n.post_absence.days, n.post_absence.justified), Placement::Shift);
    Put(Happening::Conduct, Kind(n.conduct.kind, n.conduct.clause, ""), Placement::Day);
    Put(Happening::Vacation, Kind(n.vacation.kind, n.vacation.days, ""), Placement::Day);
  }

  void BindClauses() {
    const KindBinding& conduct = binding_.of(Happening::Conduct);
    if (!conduct.amount.valid()) return;
    const rules::Type type = rules_.kind(conduct.kind).fields[conduct.amount.index()].type;
    for (const population::ConductRate& rate : population_.conduct) {
      binding_.clauses.push_back(EnumValue(type, rate.clause));
    }
  }

  std::vector<OccurrenceBinding::Given> Fields(rules::FactKindId kind,
                                               const std::vector<AttributeValue>& given) {
    std::vector<OccurrenceBinding::Given> fields;
    if (!kind.valid()) return fields;
    for (const AttributeValue& value : given) {
      const rules::FieldId field = Field(kind, value.attribute);
      if (!field.valid()) continue;
      const rules::Field& declared = rules_.kind(kind).fields[field.index()];
      fields.emplace_back(field, ValueOf(declared.name, declared.type, value));
    }
    return fields;
  }

  void BindOccurrences() {
    using rules::Placement;
    for (const population::Occurrence& o : population_.occurrences) {
      OccurrenceBinding bound;
      bound.kind = Kind(o.kind, "", "").kind;
      CheckKind(bound.kind, o.in_shift ? Placement::Shift : Placement::Day);
      if (bound.kind.valid()) bound.counted = Field(bound.kind, o.counted);
      for (const auto& variant : o.variants) {
        bound.variants.push_back(Fields(bound.kind, variant.fields));
      }
      if (!o.back_kind.empty()) {
        bound.back = Kind(o.back_kind, "", "").kind;
        CheckKind(bound.back, Placement::Day);
        bound.back_fields = Fields(bound.back, o.back_fields);
      }
      for (const AttributeValue& given : o.only) {
        if (IsOwn(given)) continue;
        const rules::AttributeId id = rules_.FindAttribute(given.attribute);
        if (!id.valid()) {
          Unknown(given.attribute, {"un dato", "an attribute"}, rules_.attributes);
          continue;
        }
        const rules::Attribute& attribute = rules_.attribute(id);
        bound.only.emplace_back(id, ValueOf(attribute.name, attribute.type, given));
      }
      binding_.occurrences.push_back(std::move(bound));
    }
  }

  // An attribute of the population alone, one of whose values it must be.
  bool IsOwn(const AttributeValue& given) {
    const auto& own = population_.staff.own;
    const auto column = std::find_if(own.begin(), own.end(), [&](const population::Column& c) {
      return c.attribute == given.attribute;
    });
    if (column == own.end()) return false;
    std::vector<std::string> values;
    for (const AttributeValue& value : column->values) values.push_back(population::Show(value));
    const std::string wanted = population::Show(given);
    if (std::find(values.begin(), values.end(), wanted) == values.end())
      UnknownName(wanted,
                  {"un valor de «" + given.attribute + "»", "a value of '" + given.attribute + "'"},
                  values);
    return true;
  }

  void CheckOwn() {
    for (const population::Column& column : population_.staff.own) {
      if (!rules_.FindAttribute(column.attribute).valid()) continue;
      diagnostics_.Add({"población-dato",
                        base::Severity::Error,
                        {},
                        {"la población dice que «" + column.attribute +
                             "» es sólo suyo, y es un dato de la regulación",
                         "the population says that '" + column.attribute +
                             "' is its own, and it is an attribute of the regulation"},
                        {"quite «de_la_poblacion»", "remove 'de_la_poblacion'"},
                        {}});
    }
  }

  rules::AttributeId Attribute(const std::string& name) {
    const rules::AttributeId id = rules_.FindAttribute(name);
    if (!id.valid()) Unknown(name, {"un dato", "an attribute"}, rules_.attributes);
    return id;
  }

  // Who was hired in the year lives it from that day, and so must the text count it.
  void CheckHired() {
    const std::string& name = population_.hired_attribute;
    const rules::AttributeId id = rules_.FindAttribute(name);
    if (population_.staff.Find(name) == nullptr || !id.valid() || id == rules_.constitutive) return;
    diagnostics_.Add({"población-sin-vocabulario",
                      base::Severity::Error,
                      {},
                      {"la población dice con «" + name +
                           "» cuándo entró cada persona, y en la regulación la relación no empieza "
                           "con ese dato",
                       "the population says with '" + name +
                           "' when each person entered, and in the regulation the relation does "
                           "not begin with that attribute"},
                      {"declárelo «constitutivo»", "declare it 'constitutivo'"},
                      {}});
  }

  void BindTurnover() {
    CheckHired();
    if (!population_.turnover) return;
    binding_.hired = Attribute(population_.hired_attribute);
    const population::SeparationNames& names = population_.names.separation;
    SeparationBinding& bound = binding_.separation;
    const KindBinding kind = Kind(names.kind, names.left, "");
    bound.kind = kind.kind;
    bound.left = kind.amount;
    CheckKind(bound.kind, rules::Placement::Day, true);
    for (const auto& group : population_.turnover->departures) {
      bound.departures.emplace_back();
      for (const population::Departure& departure : group)
        bound.departures.back().push_back(Fields(bound.kind, departure.fields));
    }
    if (!population_.turnover->removal) return;
    bound.destitution = Fields(bound.kind, population_.turnover->removal->destitution);
    bound.retirement = Fields(bound.kind, population_.turnover->removal->retirement);
  }

  // An amendment may bring the fact: Prepare sees that some regulation has it.
  void BindBalance() {
    const population::Names& names = population_.names;
    BalanceBinding& bound = binding_.balance;
    bound.kind = rules_.FindFactKind(names.balance.kind);
    if (names.balance.kind.empty() || !bound.kind.valid()) return;
    bound.days = Field(bound.kind, names.balance.days);
    CheckKind(bound.kind, rules::Placement::Day);
    for (std::size_t r = 0; r < rules_.rules.size(); ++r) {
      const rules::Rule& rule = rules_.rules[r];
      for (std::size_t c = 0; c < rule.consequences.size(); ++c) {
        const rules::Consequence& given = rule.consequences[c];
        if (rule.subject.kind != bound.kind && given.kind == rules::ConsequenceKind::Entitlement &&
            (base::Fold(given.thing) == base::Fold(names.vacation_right) ||
             base::Fold(given.thing) == base::Fold(names.lapsed_right)))
          bound.given_by.emplace_back(r, c);
      }
    }
  }

  int EnumValue(const rules::Type& type, const std::string& name) {
    if (type.base != rules::Base::Enumeration) {
      UnknownName(name, {"el valor de un dato enumerado", "the value of an enumerated attribute"},
                  {});
      return -1;
    }
    const int value = rules_.FindEnumValue(type.enumeration, name);
    const rules::Enumeration& all = rules_.enumerations[type.enumeration.index()];
    if (value < 0)
      UnknownName(name, {"un valor de «" + all.name + "»", "a value of '" + all.name + "'"},
                  all.values);
    return value;
  }

  void BindStaff() {
    binding_.staff = &population_.staff;
    binding_.column_of.assign(rules_.attributes.size(), -1);
    for (const population::Column& column : population_.staff.columns) {
      BoundColumn bound;
      bound.attribute = rules_.FindAttribute(column.attribute);
      if (!bound.attribute.valid()) {
        Unknown(column.attribute, {"un dato", "an attribute"}, rules_.attributes);
        continue;
      }
      const rules::Attribute& attribute = rules_.attribute(bound.attribute);
      for (const AttributeValue& given : column.values) {
        bound.values.push_back(ValueOf(attribute.name, attribute.type, given));
      }
      binding_.column_of[bound.attribute.index()] =
          static_cast<std::int32_t>(binding_.columns.size());
      binding_.columns.push_back(std::move(bound));
    }
  }

  rules::Value ValueOf(const std::string& name, const rules::Type& type,
                       const AttributeValue& given) {
    const bool date = type.base == rules::Base::Date;
    const bool boolean = type.base == rules::Base::Boolean;
    const bool enumerated = type.base == rules::Base::Enumeration;
    const bool fits =
        (given.kind == AttributeValue::Kind::Name && enumerated) ||
        (given.kind == AttributeValue::Kind::Date && date) ||
        (given.kind == AttributeValue::Kind::Boolean && boolean) ||
        (given.kind == AttributeValue::Kind::Number && !date && !boolean && !enumerated);
    if (!fits) {
      UnknownName(name, {"un dato de ese tipo", "an attribute of that type"}, {});
      return {};
    }
    if (enumerated) return {EnumValue(type, given.name), false};
    return {date ? base::Rational(given.date.days()) : given.number, false};
  }

  void BindFigures() {
    const population::Names& n = population_.names;
    binding_.day_pay = rules_.FindDefinition(n.day_pay);
    if (binding_.day_pay < 0) {
      Unknown(n.day_pay, {"una definición de la persona", "a definition about the person"},
              rules_.definitions);
    }
    binding_.meal = rules_.FindParameter(n.meal_allowance);
    if (!binding_.meal.valid())
      Unknown(n.meal_allowance, {"un parámetro", "a parameter"}, rules_.parameters);
    binding_.series_kind = rules_.FindFactKind(n.series_kind);
    if (!binding_.series_kind.valid()) {
      Unknown(n.series_kind, {"un hecho", "a fact"}, rules_.fact_kinds);
    } else {
      binding_.series_field = Field(binding_.series_kind, n.series_field);
    }
  }

  void CheckRights() {
    std::vector<std::string> granted;
    for (const rules::Rule& rule : rules_.rules) {
      for (const rules::Consequence& c : rule.consequences) {
        if (c.kind == rules::ConsequenceKind::Entitlement) granted.push_back(c.thing);
      }
    }
    const population::Names& n = population_.names;
    for (const std::string& right :
         {n.vacation_right, n.earned_right, n.meal_right, n.bonus_right}) {
      if (right.empty()) continue;
      const bool known = std::any_of(granted.begin(), granted.end(), [&](const std::string& g) {
        return base::Fold(g) == base::Fold(right);
      });
      if (!known)
        UnknownName(right, {"un derecho que conceda alguna regla", "an entitlement of any rule"},
                    granted);
    }
  }

  const rules::Ruleset& rules_;
  const population::Population& population_;
  base::Diagnostics& diagnostics_;
  Binding binding_;
  std::vector<std::string> reported_;
};

}  // namespace

base::Rational DaysOfShift(const rules::Field& days, std::size_t shifts) {
  base::Rational part(1, static_cast<std::int64_t>(shifts));
  if (days.low) part = std::max(part, *days.low);
  if (days.high) part = std::min(part, *days.high);
  return part;
}

std::optional<rules::Value> Given(const Binding& binding, std::size_t person,
                                  rules::AttributeId attribute) {
  const std::int32_t column = binding.column_of[attribute.index()];
  if (column < 0) return std::nullopt;
  const auto at = static_cast<std::size_t>(column);
  const std::int32_t value = binding.staff->columns[at].of[person];
  if (value < 0) return std::nullopt;
  return binding.columns[at].values[static_cast<std::size_t>(value)];
}

rules::Value ValueOf(const rules::Ruleset& rules, const Binding& binding, std::size_t person,
                     rules::AttributeId attribute) {
  const auto given = Given(binding, person, attribute);
  return given ? *given : rules.attribute(attribute).initial.value_or(rules::Value{{}, true});
}

std::optional<Binding> Bind(const rules::Ruleset& rules, const population::Population& population,
                            bool rights, base::Diagnostics& diagnostics) {
  return Binder(rules, population, diagnostics).Run(rights);
}

}  // namespace cotejo::year
