// A compact listing of a resolved ruleset, to be compared with what was expected.
#pragma once

#include <string>

#include "model/rules/ruleset.h"

namespace cotejo::rules {

inline std::string DumpDates(std::optional<Date> from, std::optional<Date> to) {
  return (from ? " desde " + from->str() : "") + (to ? " hasta " + to->str() : "");
}

inline std::string DumpCitation(const Citation& citation) {
  return citation.empty() ? "" : " cita " + citation.str();
}

inline std::string DumpType(const Ruleset& rules, const Type& type) {
  static const char* const names[] = {"lógico", "veces", "minutos", "días",
                                      "años",   "Bs",    "fecha",   "hora"};
  if (type.base != Base::Enumeration) return names[static_cast<int>(type.base)];
  return rules.enumerations[type.enumeration.index()].name;
}

inline std::string DumpWindow(Window window) {
  static const char* const names[] = {"hecho", "día", "mes", "gestión", "carrera"};
  return names[static_cast<int>(window)];
}

inline std::string DumpSubject(const Ruleset& rules, const Subject& subject) {
  const std::string window =
      subject.window == Window::Fact ? "" : " por " + DumpWindow(subject.window);
  return rules.kind(subject.kind).name + window;
}

// Initial value and bounds of an attribute or a field.
template <typename Item>
std::string DumpDomain(const Ruleset& rules, const Item& item) {
  std::string text = item.name + ": " + DumpType(rules, item.type);
  if (item.initial) text += " = " + FormatValue(rules, item.type, *item.initial);
  if (item.low || item.high) {
    const auto bound = [&](std::optional<Rational> value) {
      return value ? FormatValue(rules, item.type, {*value, false}) : "?";
    };
    text += " entre " + bound(item.low) + " y " + bound(item.high);
  }
  return text;
}

inline std::string DumpKind(const Ruleset& rules, const FactKind& kind) {
  std::string text = "hecho " + kind.name + (kind.derived ? " derivado" : "");
  if (kind.extinctive) text += " extintivo";
  if (kind.placement == Placement::Shift) text += " en tramo";
  for (const FactKindId excluded : kind.excludes) text += " excluye " + rules.kind(excluded).name;
  if (kind.periodicity == Periodicity::EachMonth) text += " cada mes";
  if (kind.periodicity == Periodicity::EachGestion) text += " cada gestión";
  if (kind.periodicity == Periodicity::YearlyFromAttribute) {
    text += " cada año desde " + rules.attribute(kind.periodic_from).name + " más " +
            std::to_string(kind.periodic_plus_days);
  }
  for (const Field& field : kind.fields) {
    text += "\n  " + DumpDomain(rules, field);
    if (!field.step.zero()) text += " en pasos de " + field.step.str();
  }
  return text + "\n";
}

inline std::string DumpMeasure(const Ruleset& rules, const Measure& measure) {
  static const char* const aggregates[] = {"suma", "cuenta", "racha", "días_hábiles"};
  std::string text = "medida " + measure.name + ": " + DumpType(rules, measure.type) + " por " +
                     DumpWindow(measure.window) + DumpCitation(measure.citation) + " = " +
                     aggregates[static_cast<int>(measure.aggregate)];
  if (measure.kind.valid()) {
    const FactKind& kind = rules.kind(measure.kind);
    text += " " + kind.name;
    if (measure.value.valid())
      text += "." + kind.fields[static_cast<std::size_t>(rules.expr(measure.value).ref)].name;
    if (measure.filter.valid()) text += " donde " + FormatExpr(rules, measure.filter);
    if (measure.same_field.valid())
      text += " del mismo " + kind.fields[measure.same_field.index()].name;
  }
  if (measure.aggregate == Aggregate::Run) text += " >= " + measure.at_least.str();
  text += " en pasos de " + measure.step.str();
  if (!measure.instrument_step.zero())
    text += " (instrumento " + measure.instrument_step.str() + ")";
  return text + "\n";
}

inline std::string DumpConditions(const Ruleset& rules, ExprId guard,
                                  const std::vector<Exception>& exceptions) {
  std::string text;
  if (guard.valid()) text += "\n  cuando " + FormatExpr(rules, guard);
  for (const Exception& exception : exceptions) {
    text +=
        "\n  salvo " + FormatExpr(rules, exception.condition) + DumpCitation(exception.citation);
  }
  return text;
}

inline std::string DumpConsequence(const Ruleset& rules, const Consequence& consequence) {
  std::optional<Rational> quantity;
  const bool constant =
      consequence.quantity.valid() && rules.expr(consequence.quantity).op == Op::Literal;
  if (constant) quantity = rules.expr(consequence.quantity).literal;
  return DescribeConsequence(rules, consequence, quantity).es;
}

inline std::string DumpRule(const Ruleset& rules, const Rule& rule) {
  std::string text = std::string(rule.scale.valid() ? "fila " : "regla ") + rule.name +
                     DumpCitation(rule.citation) + " sobre " + DumpSubject(rules, rule.subject);
  if (rule.fault != FaultClass::None) text += ", " + DescribeFault(rule.fault).es;
  if (rule.priority != 0) text += " prioridad " + std::to_string(rule.priority);
  text += DumpDates(rule.from, rule.to) + DumpConditions(rules, rule.guard, rule.exceptions);
  for (const Consequence& consequence : rule.consequences)
    text += "\n  → " + DumpConsequence(rules, consequence);
  return text + "\n";
}

inline std::string DumpQualification(const Ruleset& rules, const Qualification& q) {
  std::string text = "califica " + DumpSubject(rules, q.subject) + " como " +
                     rules.kind(q.target).name + DumpCitation(q.citation) + DumpDates(q.from, q.to);
  if (q.from_rule.valid()) text += " por " + rules.rule(q.from_rule).name;
  text += DumpConditions(rules, q.guard, q.exceptions);
  for (const FieldValue& field : q.fields) {
    text += "\n  " + rules.kind(q.target).fields[field.field.index()].name + " = " +
            FormatExpr(rules, field.value);
  }
  return text + "\n";
}

inline std::string DumpScale(const Ruleset& rules, const Scale& scale) {
  static const char* const policies[] = {"única", "primera", "acumula"};
  std::string text = "escala " + scale.name + DumpCitation(scale.citation) + " sobre " +
                     DumpSubject(rules, scale.subject) + " política " +
                     policies[static_cast<int>(scale.policy)] + (scale.partial ? " parcial" : "");
  if (scale.measure.valid()) text += " según " + FormatExpr(rules, scale.measure);
  return text + ", " + std::to_string(scale.rows.size()) + " filas\n";
}

inline std::string DumpCase(const Ruleset& rules, const Case& example) {
  std::string text = "caso \"" + example.name + "\"" + DumpCitation(example.citation);
  for (const auto& [reading, option] : example.readings) {
    const Reading& r = rules.readings[reading.index()];
    text += "\n  bajo " + r.name + "." + r.options[static_cast<std::size_t>(option)].name;
  }
  for (const GivenAttribute& given : example.attributes) {
    const Attribute& attribute = rules.attribute(given.attribute);
    text += "\n  dado " + attribute.name + " = " + FormatValue(rules, attribute.type, given.value) +
            DumpDates(given.from, std::nullopt);
  }
  for (const GivenFact& fact : example.facts) {
    const FactKind& kind = rules.kind(fact.kind);
    text += "\n  dado " + kind.name + " tramo " + std::to_string(fact.shift);
    for (const auto& [field, value] : fact.fields) {
      const Field& f = kind.fields[field.index()];
      text += ", " + f.name + " = " + FormatValue(rules, f.type, value);
    }
    text += " el " + fact.date.str();
  }
  for (const Expectation& expectation : example.expectations) {
    text += "\n  espera ";
    if (expectation.kind == Expectation::Kind::Nothing) text += "nada";
    if (expectation.kind == Expectation::Kind::Gap) text += "hueco";
    if (expectation.kind == Expectation::Kind::Consequence)
      text += DumpConsequence(rules, expectation.consequence);
    text += DumpCitation(expectation.citation);
  }
  return text + "\n";
}

inline std::string DumpNames(const Ruleset& rules) {
  static const char* const levels[] = {"alta", "media_alta", "media", "baja", "sin decir"};
  std::string text;
  for (const Norm& norm : rules.norms) {
    text += "norma " + norm.name + " \"" + norm.title + "\" rango " + std::to_string(norm.rank) +
            " confianza " + levels[static_cast<int>(norm.confidence)];
    if (norm.issued) text += " emitida " + norm.issued->str();
    text += DumpDates(norm.in_force_from, norm.in_force_to) + "\n";
  }
  for (const Enumeration& enumeration : rules.enumerations) {
    text += "enumeración " + enumeration.name + " =";
    for (const std::string& value : enumeration.values) text += " " + value;
    text += "\n";
  }
  for (const Reading& reading : rules.readings) {
    text += "lectura " + reading.name + " = " +
            reading.options[static_cast<std::size_t>(reading.chosen)].name + " de " +
            std::to_string(reading.options.size());
    for (const Citation& citation : reading.citations) text += DumpCitation(citation);
    text += "\n";
  }
  for (const Provision& provision : rules.provisions) {
    text += "disposición " + provision.citation.str() + " \"" + provision.heading +
            "\": " + provision.summary + "\n";
  }
  for (const Statement& statement : rules.statements) {
    const bool duty = statement.kind == Statement::Kind::Duty;
    text += (duty ? "deber " : "declara ") + statement.citation.str() +
            (statement.target.empty() ? "" : " a " + statement.target.str()) + ": " +
            statement.summary + "\n";
  }
  return text;
}

inline std::string DumpData(const Ruleset& rules) {
  std::string text;
  for (std::size_t i = 0; i < rules.attributes.size(); ++i) {
    const Attribute& attribute = rules.attributes[i];
    text += "dato " + DumpDomain(rules, attribute) + (attribute.optional ? " opcional" : "");
    if (rules.constitutive == AttributeId(static_cast<std::int64_t>(i))) text += " constitutivo";
    text += "\n";
  }
  for (const FactKind& kind : rules.fact_kinds) {
    if (!kind.is_sanction) text += DumpKind(rules, kind);
  }
  for (const base::Holiday& holiday : rules.calendar.holidays())
    text += "feriado " + holiday.date.str() + " en " + holiday.scope + "\n";
  for (const Schedule& schedule : rules.schedules) {
    text += "horario " + schedule.name + DumpCitation(schedule.citation);
    for (const Shift& shift : schedule.shifts) {
      const Type time{Base::TimeOfDay, {}};
      text += " " + FormatValue(rules, time, {shift.entry, false}) + "-" +
              FormatValue(rules, time, {shift.exit, false});
    }
    if (schedule.guard.valid()) text += " para " + FormatExpr(rules, schedule.guard);
    text += DumpDates(schedule.from, schedule.to) + "\n";
  }
  for (const Parameter& parameter : rules.parameters) {
    text += "parámetro " + parameter.name + ": " + DumpType(rules, parameter.type) +
            DumpCitation(parameter.citation);
    for (const DatedValue& value : parameter.values) {
      text += DumpDates(value.from, std::nullopt) + " = " +
              FormatValue(rules, parameter.type, {value.value, false});
    }
    text += "\n";
  }
  return text;
}

inline std::string DumpMilestone(const Milestone& milestone) {
  using Bound = Milestone::Bound;
  std::string text = "  hito " + milestone.name;
  const std::string term = DescribeTerm(milestone.term).es;
  if (milestone.bound == Bound::AtMost) text += " hasta " + term;
  if (milestone.bound == Bound::AtLeast) text += " tras " + term;
  if (milestone.bound == Bound::Before) text += " " + term + " antes de " + milestone.since;
  if (milestone.bound != Bound::Before && !milestone.since.empty())
    text += " desde " + milestone.since;
  if (!milestone.actor.empty())
    text += (milestone.power ? " facultad " : " obligación ") + milestone.actor;
  text += DumpCitation(milestone.citation);
  if (!milestone.miss.empty())
    text += " si vence \"" + milestone.miss + "\"" + DumpCitation(milestone.miss_citation);
  return text + "\n";
}

// Units, processes, safeguards, what is worse, organs and procedures.
inline std::string DumpNorms(const Ruleset& rules) {
  std::string text;
  for (const LeastUnit& unit : rules.units) {
    text += "unidad " + unit.thing + DumpCitation(unit.citation) + " de " +
            rules.norm(unit.norm).name + " = " + FormatValue(rules, unit.type, {unit.step, false}) +
            "\n";
  }
  for (const ProcessRequirement& requirement : rules.process_requirements) {
    text += "exige proceso para";
    for (const ConsequenceKind kind : requirement.consequences) {
      Consequence consequence;
      consequence.kind = kind;
      text += " [" + DescribeConsequence(rules, consequence, Rational(0)).es + "]";
    }
    for (const FaultClass fault : requirement.faults) text += " [" + DescribeFault(fault).es + "]";
    text += DumpCitation(requirement.citation) + "\n";
  }
  for (const Safeguard& safeguard : rules.safeguards) {
    text += "tutela " + (safeguard.duty ? safeguard.duty->str() : "lo_demás de");
    for (const std::string& actor : safeguard.actors) text += " " + actor;
    text += " con " + safeguard.sanction.str() + "\n";
  }
  for (const WorseChoice& choice : rules.worse_choices) {
    const FactKind& worse = rules.kind(choice.worse);
    text += "peor " + worse.name +
            (choice.better.valid() ? " que " + rules.kind(choice.better).name
                                   : " con más " + worse.fields[choice.field.index()].name) +
            "\n";
  }
  for (const Organ& organ : rules.organs) {
    text += std::string("órgano ") + (organ.external ? "externo " : "") + organ.name + " \"" +
            organ.title + "\"";
    for (const std::string& title : organ.titles) text += ", \"" + title + "\"";
    text += "\n";
  }
  for (const Procedure& procedure : rules.procedures) {
    text += "trámite " + procedure.name + DumpCitation(procedure.citation) + "\n";
    for (const Milestone& milestone : procedure.milestones) text += DumpMilestone(milestone);
  }
  return text;
}

inline std::string Dump(const Ruleset& rules) {
  std::string text = DumpNames(rules) + DumpData(rules);
  for (const Definition& definition : rules.definitions) {
    text += "define " + definition.name + DumpCitation(definition.citation) + " = " +
            FormatExpr(rules, definition.body) + "\n";
  }
  for (const Measure& measure : rules.measures) text += DumpMeasure(rules, measure);
  for (const Qualification& q : rules.qualifications) text += DumpQualification(rules, q);
  for (const Scale& scale : rules.scales) text += DumpScale(rules, scale);
  for (const Rule& rule : rules.rules) text += DumpRule(rules, rule);
  text += DumpNorms(rules);
  for (const Case& example : rules.cases) text += DumpCase(rules, example);
  std::string order;
  for (const Step& step : rules.steps) {
    order += order.empty() ? "orden: " : " · ";
    order += step.rule.valid() ? rules.rule(step.rule).name
                               : rules.qualification(step.qualification).name;
  }
  return text + (order.empty() ? "" : order + "\n");
}

}  // namespace cotejo::rules
