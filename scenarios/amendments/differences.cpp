#include <map>

#include "scenarios/amendments/apply.h"

namespace cotejo::amendments {
namespace {

using rules::Ruleset;

struct Entry {
  base::Citation citation;
  std::string text;
};

// Every named thing of a ruleset as "what" → text; equal texts mean the same.
using Catalogue = std::map<std::string, Entry>;

std::string ExprText(const Ruleset& rules, rules::ExprId id) {
  return id.valid() ? FormatExpr(rules, id) : "siempre";
}

std::string ExceptionsText(const Ruleset& rules, const std::vector<rules::Exception>& exceptions) {
  std::string text;
  for (const rules::Exception& exception : exceptions)
    text += "; salvo " + ExprText(rules, exception.condition);
  return text;
}

std::string ValidityText(const std::optional<base::Date>& from,
                         const std::optional<base::Date>& to) {
  std::string text;
  if (from) text += "; desde " + from->str();
  if (to) text += "; hasta " + to->str();
  return text;
}

std::string ConsequencesText(const Ruleset& rules, const rules::Rule& rule) {
  std::string text;
  for (const rules::Consequence& consequence : rule.consequences) {
    if (!text.empty()) text += ", ";
    std::optional<base::Rational> quantity;
    const bool constant =
        consequence.quantity.valid() && rules.expr(consequence.quantity).op == rules::Op::Literal;
    if (constant) quantity = rules.expr(consequence.quantity).literal;
    text += DescribeConsequence(rules, consequence, quantity).es;
    if (consequence.quantity.valid() && !constant)
      text += " (" + ExprText(rules, consequence.quantity) + ")";
  }
  return text.empty() ? "sin consecuencia propia" : text;
}

std::string FaultText(const rules::Rule& rule) {
  return rule.fault == rules::FaultClass::None ? "" : "; " + DescribeFault(rule.fault).es;
}

void AddParameters(const Ruleset& rules, Catalogue& catalogue) {
  for (const rules::Parameter& parameter : rules.parameters) {
    std::string text;
    for (const rules::DatedValue& value : parameter.values) {
      if (!text.empty()) text += "; ";
      if (value.from) text += "desde " + value.from->str() + ": ";
      text += FormatValue(rules, parameter.type, {value.value, false});
    }
    catalogue["parámetro " + parameter.name] = {parameter.citation, text};
  }
}

void AddRules(const Ruleset& rules, Catalogue& catalogue) {
  for (const rules::Rule& rule : rules.rules) {
    const std::string what = (rule.scale.valid() ? "fila " : "regla ") + rule.name;
    catalogue[what] = {rule.citation, ExprText(rules, rule.guard) +
                                          ExceptionsText(rules, rule.exceptions) + " → " +
                                          ConsequencesText(rules, rule) + FaultText(rule) +
                                          ValidityText(rule.from, rule.to)};
  }
  for (const rules::Qualification& q : rules.qualifications) {
    std::string text = ExprText(rules, q.guard) + ExceptionsText(rules, q.exceptions);
    for (const rules::FieldValue& field : q.fields) {
      text += "; " + rules.kind(q.target).fields[field.field.index()].name + " = " +
              ExprText(rules, field.value);
    }
    catalogue["calificación " + q.name + " " + q.citation.str()] = {
        q.citation, text + ValidityText(q.from, q.to)};
  }
}

void AddMeasures(const Ruleset& rules, Catalogue& catalogue) {
  for (const rules::Measure& measure : rules.measures) {
    std::string text = measure.kind.valid() ? rules.kind(measure.kind).name : "días hábiles";
    text += "; ventana " + std::to_string(static_cast<int>(measure.window)) + "; agregado " +
            std::to_string(static_cast<int>(measure.aggregate)) + "; valor " +
            ExprText(rules, measure.value) + "; donde " + ExprText(rules, measure.filter) +
            "; pasos de " + measure.step.str();
    catalogue["medida " + measure.name] = {measure.citation, text};
  }
}

void AddSchedules(const Ruleset& rules, Catalogue& catalogue) {
  for (const rules::Schedule& schedule : rules.schedules) {
    std::string text;
    const rules::Type time{rules::Base::TimeOfDay, {}};
    for (const rules::Shift& shift : schedule.shifts) {
      text += FormatValue(rules, time, {shift.entry, false}) + " a " +
              FormatValue(rules, time, {shift.exit, false}) + "; ";
    }
    catalogue["horario " + schedule.name] = {schedule.citation,
                                             text + "para " + ExprText(rules, schedule.guard) +
                                                 ValidityText(schedule.from, schedule.to)};
  }
  for (const rules::Definition& definition : rules.definitions) {
    catalogue["definición " + definition.name] = {definition.citation,
                                                  ExprText(rules, definition.body)};
  }
}

Catalogue Describe(const Ruleset& rules) {
  Catalogue catalogue;
  AddParameters(rules, catalogue);
  AddRules(rules, catalogue);
  AddMeasures(rules, catalogue);
  AddSchedules(rules, catalogue);
  return catalogue;
}

}  // namespace

std::vector<Change> Differences(const Ruleset& before, const Ruleset& after) {
  const Catalogue old_things = Describe(before);
  const Catalogue new_things = Describe(after);
  std::vector<Change> changes;
  for (const auto& [what, entry] : old_things) {
    const auto found = new_things.find(what);
    if (found == new_things.end()) {
      changes.push_back({Change::Kind::Removed, what, entry.citation, entry.text, ""});
    } else if (found->second.text != entry.text) {
      changes.push_back(
          {Change::Kind::Changed, what, found->second.citation, entry.text, found->second.text});
    }
  }
  for (const auto& [what, entry] : new_things) {
    if (!old_things.contains(what))
      changes.push_back({Change::Kind::Added, what, entry.citation, "", entry.text});
  }
  return changes;
}

}  // namespace cotejo::amendments
