#include <map>
#include <string>

#include "scenarios/amendments/apply.h"

namespace cotejo::amendments {
namespace {

using rules::Ruleset;

struct Entry {
  std::string what;
  base::Citation citation;
  std::string text;
};

// Every named thing of a ruleset, by "what" without accents or capitals, which do not tell
// names apart; texts that are equal in the same way mean the same.
class Catalogue {
 public:
  // Several qualifications may cite one place: none may hide another.
  void Add(const std::string& what, const base::Citation& citation, const std::string& text) {
    std::string key = base::Fold(what);
    for (int n = 2; entries_.contains(key); ++n)
      key = base::Fold(what) + " (" + std::to_string(n) + ")";
    entries_[key] = {what, citation, text};
  }
  [[nodiscard]] const std::map<std::string, Entry>& entries() const { return entries_; }

 private:
  std::map<std::string, Entry> entries_;
};

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
    catalogue.Add("parámetro " + parameter.name, parameter.citation, text);
  }
}

void AddRules(const Ruleset& rules, Catalogue& catalogue) {
  for (const rules::Rule& rule : rules.rules) {
    std::string text = ExprText(rules, rule.guard) + ExceptionsText(rules, rule.exceptions) +
                       " → " + ConsequencesText(rules, rule) + FaultText(rule);
    if (rule.priority != 0) text += "; prioridad " + std::to_string(rule.priority);
    catalogue.Add((rule.scale.valid() ? "fila " : "regla ") + rule.name, rule.citation,
                  text + ValidityText(rule.from, rule.to));
  }
  for (const rules::Scale& scale : rules.scales) {
    static const char* const policies[] = {"única", "primera", "acumula"};
    std::string text = std::string("política ") + policies[static_cast<int>(scale.policy)];
    if (scale.partial) text += "; parcial";
    if (scale.measure.valid()) text += "; según " + ExprText(rules, scale.measure);
    catalogue.Add("escala " + scale.name, scale.citation, text);
  }
  for (const rules::Qualification& q : rules.qualifications) {
    std::string text = ExprText(rules, q.guard) + ExceptionsText(rules, q.exceptions);
    for (const rules::FieldValue& field : q.fields) {
      text += "; " + rules.kind(q.target).fields[field.field.index()].name + " = " +
              ExprText(rules, field.value);
    }
    catalogue.Add("calificación " + q.name + " " + q.citation.str(), q.citation,
                  text + ValidityText(q.from, q.to));
  }
}

void AddMeasures(const Ruleset& rules, Catalogue& catalogue) {
  for (const rules::Measure& measure : rules.measures) {
    std::string text = measure.kind.valid() ? rules.kind(measure.kind).name : "días hábiles";
    text += "; ventana " + std::to_string(static_cast<int>(measure.window)) + "; agregado " +
            std::to_string(static_cast<int>(measure.aggregate)) + "; valor " +
            ExprText(rules, measure.value) + "; donde " + ExprText(rules, measure.filter) +
            "; pasos de " + measure.step.str();
    catalogue.Add("medida " + measure.name, measure.citation, text);
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
    catalogue.Add("horario " + schedule.name, schedule.citation,
                  text + "para " + ExprText(rules, schedule.guard) +
                      ValidityText(schedule.from, schedule.to));
  }
  for (const rules::Definition& definition : rules.definitions) {
    catalogue.Add("definición " + definition.name, definition.citation,
                  ExprText(rules, definition.body));
  }
}

// Initial value and bounds of an attribute or of a field.
template <typename Item>
std::string DomainText(const Ruleset& rules, const Item& item) {
  std::string text = "tipo " + std::to_string(static_cast<int>(item.type.base));
  if (item.type.enumeration.valid())
    text += " " + rules.enumerations[item.type.enumeration.index()].name;
  if (item.initial) text += "; inicial " + FormatValue(rules, item.type, *item.initial);
  if (item.low) text += "; desde " + FormatValue(rules, item.type, {*item.low, false});
  if (item.high) text += "; hasta " + FormatValue(rules, item.type, {*item.high, false});
  return text;
}

void AddData(const Ruleset& rules, Catalogue& catalogue) {
  for (const rules::Norm& norm : rules.norms) {
    catalogue.Add("norma " + norm.name, {norm.name, {}},
                  norm.rank_name + ValidityText(norm.in_force_from, norm.in_force_to));
  }
  for (const rules::Enumeration& enumeration : rules.enumerations) {
    std::string text;
    for (const std::string& value : enumeration.values) text += (text.empty() ? "" : ", ") + value;
    catalogue.Add("enumeración " + enumeration.name, {}, text);
  }
  for (const rules::Attribute& attribute : rules.attributes)
    catalogue.Add("dato " + attribute.name, {}, DomainText(rules, attribute));
  for (const rules::FactKind& kind : rules.fact_kinds) {
    for (const rules::Field& field : kind.fields) {
      catalogue.Add("hecho " + kind.name + "." + field.name, {},
                    DomainText(rules, field) + "; pasos de " + field.step.str());
    }
  }
  for (const rules::Statement& statement : rules.statements) {
    const bool duty = statement.kind == rules::Statement::Kind::Duty;
    catalogue.Add((duty ? "deber " : "disposición ") + statement.citation.str(), statement.citation,
                  statement.summary);
  }
}

std::string JoinedText(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : ", ") + part;
  return text;
}

std::string ProcessText(const Ruleset& rules, const rules::ProcessRequirement& requirement) {
  std::vector<std::string> parts;
  for (const rules::ConsequenceKind kind : requirement.consequences) {
    rules::Consequence consequence;
    consequence.kind = kind;
    // "descuento": of any amount.
    parts.push_back(kind == rules::ConsequenceKind::PayDeduction
                        ? "descuento"
                        : DescribeConsequence(rules, consequence, {}).es);
  }
  for (const rules::FaultClass fault : requirement.faults) parts.push_back(DescribeFault(fault).es);
  return JoinedText(parts);
}

std::string MilestoneText(const rules::Milestone& milestone) {
  using Bound = rules::Milestone::Bound;
  std::string text = milestone.name;
  const std::string term = DescribeTerm(milestone.term).es;
  if (milestone.bound == Bound::AtMost) text += " hasta " + term;
  if (milestone.bound == Bound::AtLeast) text += " tras " + term;
  if (milestone.bound == Bound::Before) text += " " + term + " antes de " + milestone.since;
  if (milestone.bound != Bound::Before && !milestone.since.empty())
    text += " desde " + milestone.since;
  if (!milestone.actor.empty())
    text += (milestone.power ? ", facultad de " : ", obligación de ") + milestone.actor;
  if (!milestone.citation.empty()) text += " (" + milestone.citation.str() + ")";
  if (!milestone.miss.empty()) text += ", si vence " + milestone.miss;
  if (!milestone.miss_citation.empty()) text += " (" + milestone.miss_citation.str() + ")";
  return text;
}

void AddSafeguards(const Ruleset& rules, Catalogue& catalogue) {
  for (const rules::ProcessRequirement& requirement : rules.process_requirements) {
    catalogue.Add("exigencia de proceso " + requirement.citation.str(), requirement.citation,
                  ProcessText(rules, requirement));
  }
  for (const rules::Safeguard& safeguard : rules.safeguards) {
    const std::string duty =
        safeguard.duty ? safeguard.duty->str() : "lo demás de " + JoinedText(safeguard.actors);
    catalogue.Add("tutela de " + duty, safeguard.sanction, "con " + safeguard.sanction.str());
  }
  for (const rules::WorseChoice& choice : rules.worse_choices) {
    const rules::FactKind& worse = rules.kind(choice.worse);
    const std::string than = choice.better.valid()
                                 ? " que " + rules.kind(choice.better).name
                                 : " con más " + worse.fields[choice.field.index()].name;
    catalogue.Add("peor " + worse.name + than, {}, "");
  }
}

void AddProcedures(const Ruleset& rules, Catalogue& catalogue) {
  for (const rules::LeastUnit& unit : rules.units) {
    catalogue.Add("unidad " + unit.thing, unit.citation,
                  FormatValue(rules, unit.type, {unit.step, false}));
  }
  for (const rules::Organ& organ : rules.organs) {
    std::string text = organ.title;
    for (const std::string& title : organ.titles) text += ", " + title;
    catalogue.Add("órgano " + organ.name, {}, text + (organ.external ? "; externo" : ""));
  }
  for (const rules::Procedure& procedure : rules.procedures) {
    std::string text;
    for (const rules::Milestone& milestone : procedure.milestones)
      text += (text.empty() ? "" : "; ") + MilestoneText(milestone);
    catalogue.Add("trámite " + procedure.name, procedure.citation, text);
  }
}

Catalogue Describe(const Ruleset& rules) {
  Catalogue catalogue;
  AddParameters(rules, catalogue);
  AddRules(rules, catalogue);
  AddMeasures(rules, catalogue);
  AddSchedules(rules, catalogue);
  AddData(rules, catalogue);
  AddSafeguards(rules, catalogue);
  AddProcedures(rules, catalogue);
  return catalogue;
}

}  // namespace

std::vector<Change> Differences(const Ruleset& before, const Ruleset& after) {
  const Catalogue old_things = Describe(before);
  const Catalogue new_things = Describe(after);
  std::vector<Change> changes;
  for (const auto& [key, entry] : old_things.entries()) {
    const auto found = new_things.entries().find(key);
    if (found == new_things.entries().end()) {
      changes.push_back({Change::Kind::Removed, entry.what, entry.citation, entry.text, ""});
    } else if (base::Fold(found->second.text) != base::Fold(entry.text)) {
      const Entry& now = found->second;
      changes.push_back({Change::Kind::Changed, now.what, now.citation, entry.text, now.text});
    }
  }
  for (const auto& [key, entry] : new_things.entries()) {
    if (!old_things.entries().contains(key))
      changes.push_back({Change::Kind::Added, entry.what, entry.citation, "", entry.text});
  }
  return changes;
}

}  // namespace cotejo::amendments
