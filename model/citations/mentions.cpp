#include "model/citations/mentions.h"

#include <set>

namespace cotejo::citations {
namespace {

using base::Text;

// Collects the mentions of one declaration after another.
class Collector {
 public:
  explicit Collector(const rules::Ruleset& rules) : rules_(rules) {}

  void Begin(DeclarationKind kind, std::size_t index, const Citation& own, int row = 0) {
    current_ = {{}, kind, static_cast<int>(index), row, true};
    said_.clear();
    Add(own);
    current_.own = false;
  }
  void Add(const Citation& citation) {
    if (citation.empty() || !said_.insert(citation).second) return;
    Mention mention = current_;
    mention.provision = citation;
    found_.push_back(std::move(mention));
  }
  void Exceptions(const std::vector<rules::Exception>& exceptions) {
    for (const rules::Exception& exception : exceptions) {
      Add(exception.citation);
      Values(exception.condition);
    }
  }
  // Provisions that are values of an enumeration.
  void Values(rules::ExprId id) {
    if (!id.valid()) return;
    const rules::Expr& expr = rules_.expr(id);
    if (expr.op == rules::Op::Literal && expr.type.base == rules::Base::Enumeration &&
        expr.type.enumeration.valid()) {
      const auto& values = rules_.enumerations[expr.type.enumeration.index()].values;
      const std::int64_t value = expr.literal.floor();
      if (value >= 0 && value < static_cast<std::int64_t>(values.size())) {
        const Citation citation = base::ParseCitation(values[static_cast<std::size_t>(value)]);
        if (!citation.path.empty()) Add(citation);
      }
    }
    for (const rules::ExprId arg : expr.args) Values(arg);
  }
  std::vector<Mention> Take() { return std::move(found_); }

 private:
  const rules::Ruleset& rules_;
  Mention current_;
  std::set<Citation> said_;
  std::vector<Mention> found_;
};

void CollectRules(const rules::Ruleset& rules, Collector& collector) {
  for (std::size_t i = 0; i < rules.rules.size(); ++i) {
    const rules::Rule& rule = rules.rules[i];
    collector.Begin(DeclarationKind::Rule, i, rule.citation, rule.scale.valid() ? rule.row + 1 : 0);
    collector.Exceptions(rule.exceptions);
    collector.Values(rule.guard);
  }
  for (std::size_t i = 0; i < rules.scales.size(); ++i)
    collector.Begin(DeclarationKind::Scale, i, rules.scales[i].citation);
  for (std::size_t i = 0; i < rules.qualifications.size(); ++i) {
    const rules::Qualification& qualification = rules.qualifications[i];
    collector.Begin(DeclarationKind::Qualification, i, qualification.citation);
    collector.Exceptions(qualification.exceptions);
    collector.Values(qualification.guard);
    for (const rules::FieldValue& field : qualification.fields) collector.Values(field.value);
  }
}

DeclarationKind KindOf(rules::Statement::Kind kind) {
  switch (kind) {
    case rules::Statement::Kind::Declarative:
      return DeclarationKind::Declarative;
    case rules::Statement::Kind::Deferring:
      return DeclarationKind::Deferring;
    case rules::Statement::Kind::Duty:
      return DeclarationKind::Duty;
  }
  return DeclarationKind::Declarative;
}

void CollectNorms(const rules::Ruleset& rules, Collector& collector) {
  for (std::size_t i = 0; i < rules.statements.size(); ++i)
    collector.Begin(KindOf(rules.statements[i].kind), i, rules.statements[i].citation);
  for (std::size_t i = 0; i < rules.units.size(); ++i)
    collector.Begin(DeclarationKind::LeastUnit, i, rules.units[i].citation);
  for (std::size_t i = 0; i < rules.process_requirements.size(); ++i)
    collector.Begin(DeclarationKind::ProcessRequirement, i, rules.process_requirements[i].citation);
  for (std::size_t i = 0; i < rules.safeguards.size(); ++i) {
    const rules::Safeguard& safeguard = rules.safeguards[i];
    collector.Begin(DeclarationKind::Safeguard, i, safeguard.sanction);
    if (safeguard.duty) collector.Add(*safeguard.duty);
  }
  for (std::size_t i = 0; i < rules.procedures.size(); ++i) {
    collector.Begin(DeclarationKind::Procedure, i, rules.procedures[i].citation);
    for (const rules::Milestone& milestone : rules.procedures[i].milestones) {
      collector.Add(milestone.citation);
      collector.Add(milestone.miss_citation);
    }
  }
}

std::string Quoted(const char* what, const std::string& name) { return what + (" " + name); }

}  // namespace

std::vector<DefinitionRef> DefinitionsOf(const std::vector<language::NormFile>& files) {
  std::vector<DefinitionRef> definitions;
  for (const language::NormFile& file : files) {
    for (const language::Decl& decl : file.decls) {
      if (decl.kind == language::Decl::Kind::Definition)
        definitions.push_back({decl.name.text, decl.citation, decl.span});
    }
  }
  return definitions;
}

std::vector<Mention> MentionsOf(const rules::Ruleset& rules,
                                const std::vector<DefinitionRef>& definitions) {
  Collector collector(rules);
  CollectRules(rules, collector);
  for (std::size_t i = 0; i < rules.measures.size(); ++i)
    collector.Begin(DeclarationKind::Measure, i, rules.measures[i].citation);
  for (std::size_t i = 0; i < rules.parameters.size(); ++i)
    collector.Begin(DeclarationKind::Parameter, i, rules.parameters[i].citation);
  for (std::size_t i = 0; i < definitions.size(); ++i)
    collector.Begin(DeclarationKind::Definition, i, definitions[i].citation);
  for (std::size_t i = 0; i < rules.schedules.size(); ++i)
    collector.Begin(DeclarationKind::Schedule, i, rules.schedules[i].citation);
  for (std::size_t i = 0; i < rules.readings.size(); ++i) {
    collector.Begin(DeclarationKind::Reading, i, {});
    for (const Citation& citation : rules.readings[i].citations) collector.Add(citation);
  }
  CollectNorms(rules, collector);
  return collector.Take();
}

Text Describe(const rules::Ruleset& rules, const std::vector<DefinitionRef>& definitions,
              const Mention& mention) {
  const auto i = static_cast<std::size_t>(mention.index);
  const auto both = [](const char* es, const char* en, const std::string& name) {
    return Text{Quoted(es, name), Quoted(en, name)};
  };
  switch (mention.kind) {
    case DeclarationKind::Rule: {
      const rules::Rule& rule = rules.rules[i];
      if (!rule.scale.valid()) return both("regla", "rule", rule.name);
      const std::string row = std::to_string(mention.row);
      const std::string& scale = rules.scale(rule.scale).name;
      return {"fila " + row + " de la escala " + scale, "row " + row + " of scale " + scale};
    }
    case DeclarationKind::Scale:
      return both("escala", "scale", rules.scales[i].name);
    case DeclarationKind::Measure:
      return both("medida", "measure", rules.measures[i].name);
    case DeclarationKind::Parameter:
      return both("parámetro", "parameter", rules.parameters[i].name);
    case DeclarationKind::Qualification:
      return both("calificación", "qualification", rules.qualifications[i].name);
    case DeclarationKind::Definition:
      return both("definición", "definition", definitions[i].name);
    case DeclarationKind::Schedule:
      return both("horario", "schedule", rules.schedules[i].name);
    case DeclarationKind::Reading:
      return both("lectura", "reading", rules.readings[i].name);
    case DeclarationKind::Declarative:
      return {"declaración", "statement"};
    case DeclarationKind::Deferring:
      return {"remisión a " + rules.statements[i].target.str(),
              "deferral to " + rules.statements[i].target.str()};
    case DeclarationKind::Duty:
      return {"deber", "duty"};
    case DeclarationKind::LeastUnit:
      return both("unidad", "least unit", rules.units[i].thing);
    case DeclarationKind::ProcessRequirement:
      return {"exigencia de proceso", "process requirement"};
    case DeclarationKind::Safeguard: {
      const rules::Safeguard& safeguard = rules.safeguards[i];
      if (!safeguard.duty) return {"tutela de lo demás", "sanction of the rest"};
      return both("tutela de", "sanction of", safeguard.duty->str());
    }
    case DeclarationKind::Procedure:
      return both("trámite", "procedure", rules.procedures[i].name);
  }
  return {};
}

}  // namespace cotejo::citations
