#include <algorithm>

#include "model/rules/builder.h"
#include "model/rules/steps.h"

namespace cotejo::rules {

namespace {

constexpr int kMostShifts = 24;  // no day has more

}  // namespace

std::optional<Value> Builder::ConstantValue(const language::Expr& expr, const Type& type) {
  Scope constant;
  constant.person = false;
  const Typed typed = Check(expr, constant, type);
  if (!typed.ok() || !Same(typed, {typed.id, type}, expr.span)) return std::nullopt;
  if (rules_.expr(typed.id).op != Op::Literal) {
    Error("no-constante", expr.span,
          {"aquí sólo cabe un valor constante", "only a constant value fits here"});
    return std::nullopt;
  }
  return Value{rules_.expr(typed.id).literal, false};
}

// A constant that may be: within the bounds declared for it, or else those of its type.
std::optional<Value> Builder::GivenValue(const language::Assignment& given, const Type& type,
                                         std::optional<Rational> low,
                                         std::optional<Rational> high) {
  const std::optional<Value> value = ConstantValue(*given.value, type);
  if (!value) return std::nullopt;
  const auto range = BoundsMissed(rules_, type, low, high, value->number);
  if (!range) return value;
  const std::string shown = FormatValue(rules_, type, *value);
  Error("valor-fuera-de-límites", given.value->span,
        {shown + " en «" + given.field.text + "» está fuera de " + *range,
         shown + " in '" + given.field.text + "' is outside " + *range});
  return std::nullopt;
}

void Builder::DeclareCases() {
  for (const ProgramEntry& entry : program_.entries) {
    if (entry.decl->kind == Decl::Kind::Case) DeclareCase(*entry.decl);
  }
  article_ = {};
}

void Builder::DeclareCase(const Decl& decl) {
  article_ = decl.citation;
  Case example;
  example.name = decl.text;
  example.citation = decl.citation;
  example.span = decl.span;
  for (const auto& under : decl.case_readings) {
    if (const auto found = FindUnder(under)) example.readings.push_back(*found);
  }
  for (const auto& given : decl.given) {
    if (given.person) BuildGivenPerson(given, example);
  }
  for (const auto& given : decl.given) {
    if (!given.person) BuildGiven(given, example);
  }
  for (const auto& clause : decl.expects) {
    if (auto expectation = BuildExpectation(clause))
      example.expectations.push_back(std::move(*expectation));
  }
  if (decl.expects.empty()) {
    Error("caso-sin-espera", decl.name.span,
          {"el caso no dice qué se espera", "the case does not say what is expected"},
          {"añada «espera …»", "add 'espera …'"});
  }
  rules_.cases.push_back(std::move(example));
}

void Builder::BuildGivenPerson(const language::GivenClause& given, Case& example) {
  for (const auto& assignment : given.fields) {
    const Symbol* symbol = Find(base::Fold(assignment.field.text));
    if (symbol == nullptr || symbol->kind != Symbol::Kind::Attribute) {
      std::vector<std::string> names;
      for (const Attribute& attribute : rules_.attributes) names.push_back(attribute.name);
      Unknown("dato-desconocido", assignment.field, {"dato", "attribute"}, names);
      continue;
    }
    const AttributeId id(symbol->index);
    const Attribute& attribute = rules_.attribute(id);
    if (const auto value = GivenValue(assignment, attribute.type, attribute.low, attribute.high)) {
      example.attributes.push_back({id, given.date, *value});
    }
  }
}

std::string Builder::ScopeOfCase(const Case& example) const {
  if (!rules_.holiday_scope.valid()) return "nacional";
  const Attribute& attribute = rules_.attribute(rules_.holiday_scope);
  std::optional<Value> value = attribute.initial;
  for (const GivenAttribute& given : example.attributes) {
    if (given.attribute == rules_.holiday_scope) value = given.value;
  }
  if (!value) return "nacional";
  return base::Fold(rules_.enumerations[attribute.type.enumeration.index()]
                        .values[static_cast<std::size_t>(value->number.num())]);
}

void Builder::BuildGiven(const language::GivenClause& given, Case& example) {
  const FactKindId kind_id = FindKind(given.kind);
  if (!kind_id.valid()) return;
  const FactKind& kind = rules_.kind(kind_id);
  GivenFact fact;
  fact.kind = kind_id;
  fact.span = given.span;
  if (kind.placement == Placement::Shift) fact.shift = 1;
  const std::size_t errors_before = diagnostics_.errors();
  for (const auto& assignment : given.fields) {
    if (base::Fold(assignment.field.text) == "tramo" && kind.placement == Placement::Shift) {
      const auto shift = ConstantValue(*assignment.value, Type{Base::Count, {}});
      if (shift && (!shift->number.whole() || shift->number < Rational(1) ||
                    shift->number > Rational(kMostShifts))) {
        Error("tramo-inválido", assignment.value->span,
              {"los tramos se numeran desde 1", "shifts are numbered from 1"});
      } else if (shift) {
        fact.shift = static_cast<int>(shift->number.num());
      }
      continue;
    }
    const FieldId field = FindFieldOf(kind_id, assignment.field);
    if (!field.valid()) continue;
    const Field& declared = kind.fields[field.index()];
    const auto value = GivenValue(assignment, declared.type, declared.low, declared.high);
    if (!value) continue;
    if (const auto why = WhyBetweenSteps(rules_, kind, declared, value->number)) {
      Error("valor-entre-pasos", assignment.value->span, *why, StepsHint(declared));
    }
    fact.fields.emplace_back(field, *value);
  }
  if (diagnostics_.errors() > errors_before) return;  // a field may be there, misspelt
  for (std::size_t i = 0; i < kind.fields.size(); ++i) {
    const FieldId id(static_cast<std::int64_t>(i));
    const bool set = std::any_of(fact.fields.begin(), fact.fields.end(),
                                 [&](const auto& f) { return f.first == id; });
    if (set) continue;
    if (kind.fields[i].initial) {
      fact.fields.emplace_back(id, *kind.fields[i].initial);
    } else {
      Error("campo-sin-valor", given.span,
            {"falta el campo «" + kind.fields[i].name + "»",
             "the field '" + kind.fields[i].name + "' is missing"});
      return;
    }
  }
  const std::string scope = ScopeOfCase(example);
  Date date = *given.date;
  if (kind.placement == Placement::Shift && !rules_.calendar.IsWorkingDay(date, scope)) {
    diagnostics_.Add({"día-inhábil",
                      base::Severity::Warning,
                      given.span,
                      {date.str() + " no es día hábil", date.str() + " is not a working day"},
                      {},
                      article_});
  }
  for (int i = 0; i < given.times; ++i) {
    fact.date = date;
    example.facts.push_back(fact);
    do date = date.plus_days(1);
    while (!rules_.calendar.IsWorkingDay(date, scope));
  }
}

std::optional<Expectation> Builder::BuildExpectation(const language::ExpectClause& clause) {
  Expectation expectation;
  expectation.citation = clause.citation;
  expectation.span = clause.span;
  switch (clause.kind) {
    case language::ExpectClause::Kind::Nothing:
      expectation.kind = Expectation::Kind::Nothing;
      return expectation;
    case language::ExpectClause::Kind::Gap:
      expectation.kind = Expectation::Kind::Gap;
      return expectation;
    case language::ExpectClause::Kind::Consequence:
      break;
  }
  expectation.kind = Expectation::Kind::Consequence;
  Scope constant;
  constant.person = false;
  auto consequence = BuildConsequence(clause.consequence, constant);
  if (!consequence) return std::nullopt;
  if (consequence->quantity.valid() && rules_.expr(consequence->quantity).op != Op::Literal) {
    Error("no-constante", clause.span,
          {"lo que se espera es un valor constante", "what is expected is a constant value"});
    return std::nullopt;
  }
  expectation.consequence = std::move(*consequence);
  return expectation;
}

}  // namespace cotejo::rules
