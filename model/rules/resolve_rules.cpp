#include <algorithm>

#include "model/rules/builder.h"

namespace cotejo::rules {

namespace {

constexpr Type kBoolean{Base::Boolean, {}};
constexpr Type kDays{Base::Days, {}};

std::optional<Window> WindowOf(std::string_view folded) {
  static const std::map<std::string, Window, std::less<>> windows = {{"hecho", Window::Fact},
                                                                     {"dia", Window::Day},
                                                                     {"mes", Window::Month},
                                                                     {"gestion", Window::Gestion},
                                                                     {"carrera", Window::Career}};
  const auto found = windows.find(folded);
  return found == windows.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace

// ---- measures --------------------------------------------------------------------

void Builder::DeclareMeasureNames() {
  for (const ProgramEntry& entry : program_.entries) {
    const Decl& decl = *entry.decl;
    if (decl.kind != Decl::Kind::Measure) continue;
    article_ = decl.citation;
    Measure measure;
    measure.name = decl.name.text;
    measure.citation = decl.citation;
    measure.norm = NormOf(entry, decl.citation, decl.span, false);
    measure.span = decl.span;
    const auto window = WindowOf(base::Fold(decl.window->text));
    if (window) {
      measure.window = *window;
    } else {
      Unknown("ventana-desconocida", *decl.window, {"ventana", "window"},
              {"hecho", "día", "mes", "gestión", "carrera"});
    }
    if (decl.aggregate == "dias_habiles") {
      measure.aggregate = Aggregate::WorkingDays;
      measure.type = kDays;
    } else {
      measure.kind = FindKind(decl.aggregate_kind);
      measure.aggregate = decl.aggregate == "suma"    ? Aggregate::Sum
                          : decl.aggregate == "racha" ? Aggregate::Run
                                                      : Aggregate::Count;
      measure.type = measure.aggregate == Aggregate::Run ? kDays : Type{};
    }
    if (measure.kind.valid() && decl.same_field)
      measure.same_field = FindFieldOf(measure.kind, *decl.same_field);
    if (measure.kind.valid() && measure.aggregate == Aggregate::Sum) {
      const FieldId field = rules_.FindField(measure.kind, decl.aggregate_field.text);
      if (field.valid()) measure.type = rules_.kind(measure.kind).fields[field.index()].type;
    }
    Register(Symbol::Kind::Measure, decl.name, static_cast<int>(rules_.measures.size()));
    measure_decls_.push_back(&decl);
    rules_.measures.push_back(std::move(measure));
  }
  article_ = {};
}

void Builder::FillMeasures() {
  for (std::size_t i = 0; i < measure_decls_.size(); ++i) {
    article_ = measure_decls_[i]->citation;
    FillMeasure(*measure_decls_[i], rules_.measures[i]);
  }
  article_ = {};
}

void Builder::FillMeasure(const Decl& decl, Measure& measure) {
  const auto step = ConstantOf(decl.step, measure.type);
  measure.step = step.value_or(DefaultStep(measure.type));
  if (measure.step <= Rational(0)) {
    Error("paso-inválido", decl.step->span,
          {"el paso es mayor que cero", "the step is greater than zero"});
  }
  if (!measure.kind.valid()) return;
  const Scope scope{measure.kind, true, false, true};
  measure.filter = CheckBoolean(decl.guard, scope);
  if (measure.aggregate == Aggregate::Count) return;
  const FieldId field = FindFieldOf(measure.kind, decl.aggregate_field);
  if (!field.valid()) return;
  const Type type = rules_.kind(measure.kind).fields[field.index()].type;
  if (!IsQuantity(type) || (measure.aggregate == Aggregate::Run && type.base != Base::Days)) {
    Error("tipos", decl.aggregate_field.span,
          {"este campo no se puede sumar así", "this field cannot be added up this way"},
          {"suma va con cantidades; racha, con días", "suma takes quantities; racha takes days"});
    return;
  }
  measure.value = Ref(Op::Field, type, field.value, decl.aggregate_field.span);
  if (measure.aggregate == Aggregate::Run)
    measure.at_least = ConstantOf(decl.at_least, type).value_or(1);
}

// ---- subjects --------------------------------------------------------------------

std::optional<Subject> Builder::FindSubject(const language::SubjectClause& clause) {
  Subject subject;
  subject.kind = FindKind(clause.kind);
  if (!subject.kind.valid()) return std::nullopt;
  if (clause.window) {
    const auto window = WindowOf(base::Fold(clause.window->text));
    if (!window || *window == Window::Career) {
      Unknown("ventana-desconocida", *clause.window, {"ventana de sujeto", "subject window"},
              {"día", "mes", "gestión"});
      return std::nullopt;
    }
    subject.window = *window;
  }
  return subject;
}

Scope Builder::SubjectScope(const Subject& subject) const {
  return {subject.kind, subject.window == Window::Fact, true, true};
}

std::vector<Exception> Builder::BuildExceptions(
    const ProgramEntry& entry, const std::vector<language::ExceptionClause>& clauses,
    const Scope& scope) {
  std::vector<Exception> exceptions;
  for (const auto& clause : clauses) {
    if (entry.IsRepealed(clause.citation)) continue;
    const ExprId condition = CheckBoolean(clause.condition, scope);
    if (condition.valid()) exceptions.push_back({condition, clause.citation});
  }
  return exceptions;
}

std::vector<FieldValue> Builder::BuildFields(const std::vector<language::Assignment>& assignments,
                                             FactKindId target, const Scope& scope, Span span) {
  std::vector<FieldValue> values;
  const std::size_t errors_before = diagnostics_.errors();
  for (const auto& assignment : assignments) {
    const FieldId field = FindFieldOf(target, assignment.field);
    if (!field.valid()) continue;
    const Type type = rules_.kind(target).fields[field.index()].type;
    const Typed value = Check(*assignment.value, scope, type);
    if (!value.ok() || !Same(value, {value.id, type}, assignment.value->span)) continue;
    const bool repeated = std::any_of(values.begin(), values.end(),
                                      [&](const FieldValue& v) { return v.field == field; });
    if (repeated) {
      Duplicate(assignment.field, {});
      continue;
    }
    values.push_back({field, value.id});
  }
  if (diagnostics_.errors() > errors_before) return values;  // a field may be there, misspelt
  const auto& fields = rules_.kind(target).fields;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const FieldId id(static_cast<std::int64_t>(i));
    if (std::any_of(values.begin(), values.end(),
                    [&](const FieldValue& v) { return v.field == id; }))
      continue;
    if (fields[i].initial) {
      values.push_back({id, Literal(fields[i].type, fields[i].initial->number, span)});
    } else {
      Error(
          "campo-sin-valor", span,
          {"falta dar valor al campo «" + fields[i].name + "» de «" + rules_.kind(target).name +
               "»",
           "the field '" + fields[i].name + "' of '" + rules_.kind(target).name + "' has no value"},
          {"añada «con " + fields[i].name + " = …»", "add 'con " + fields[i].name + " = …'"});
    }
  }
  std::sort(values.begin(), values.end(),
            [](const FieldValue& a, const FieldValue& b) { return a.field < b.field; });
  return values;
}

// ---- qualifications --------------------------------------------------------------

void Builder::DeclareQualifications() {
  for (const ProgramEntry& entry : program_.entries) {
    if (entry.decl->kind == Decl::Kind::Qualification) DeclareQualification(entry);
  }
  article_ = {};
}

// What ends the relation decides which windows there are, before anything is judged.
bool Builder::MayBeBorn(FactKindId target, const language::Name& name) {
  const FactKind& kind = rules_.kind(target);
  if (!kind.is_sanction && !kind.extinctive && kind.periodicity == Periodicity::None) return true;
  Error("destino-inválido", name.span,
        {"«" + name.text + "» no nace de una calificación",
         "'" + name.text + "' does not come from a qualification"});
  return false;
}

void Builder::DeclareQualification(const ProgramEntry& entry) {
  const Decl& decl = *entry.decl;
  article_ = decl.citation;
  const auto subject = FindSubject(decl.subject);
  const FactKindId target = FindKind(*decl.target);
  if (!subject || !target.valid()) return;
  if (!MayBeBorn(target, *decl.target)) return;
  const bool in_shift = rules_.kind(target).placement == Placement::Shift;
  if (in_shift && (subject->window != Window::Fact ||
                   rules_.kind(subject->kind).placement != Placement::Shift)) {
    Error("destino-inválido", decl.target->span,
          {"«" + decl.target->text + "» va en un tramo y lo que se califica no",
           "'" + decl.target->text + "' belongs to a shift and what is qualified does not"});
    return;
  }
  const Scope scope = SubjectScope(*subject);
  Qualification qualification;
  qualification.name = decl.name.text;
  qualification.norm = NormOf(entry, decl.citation, decl.span, true);
  qualification.citation = decl.citation;
  qualification.subject = *subject;
  qualification.guard = CheckBoolean(decl.guard, scope);
  qualification.exceptions = BuildExceptions(entry, decl.exceptions, scope);
  qualification.target = target;
  qualification.fields = BuildFields(decl.assignments, target, scope, decl.name.span);
  qualification.from = decl.from;
  qualification.to = decl.to;
  qualification.span = decl.span;
  if (Chosen(decl.under)) rules_.qualifications.push_back(std::move(qualification));
}

// ---- consequences ----------------------------------------------------------------

FaultClass Builder::FindFault(const std::optional<language::Name>& name, FaultClass otherwise) {
  if (!name) return otherwise;
  const std::string folded = base::Fold(name->text);
  if (folded == "leve") return FaultClass::Minor;
  if (folded == "grave") return FaultClass::Serious;
  if (folded == "gravisima") return FaultClass::VerySerious;
  Unknown("clase-desconocida", *name, {"clase de falta", "class of fault"},
          {"leve", "grave", "gravísima"});
  return otherwise;
}

std::optional<Term> Builder::FindTerm(const language::TermClause& clause) {
  static const std::map<std::string, TermUnit, std::less<>> units = {
      {"horas", TermUnit::Hours},
      {"hora", TermUnit::Hours},
      {"dias", TermUnit::CalendarDays},
      {"dia", TermUnit::CalendarDays},
      {"dias habiles", TermUnit::BusinessDays},
      {"dia habiles", TermUnit::BusinessDays},
      {"meses", TermUnit::Months},
      {"mes", TermUnit::Months}};
  const auto unit = units.find(base::Fold(clause.unit.text));
  if (unit == units.end()) {
    Unknown("plazo-desconocido", clause.unit, {"unidad de plazo", "term unit"},
            {"horas", "días", "días hábiles", "meses"});
    return std::nullopt;
  }
  return Term{clause.amount->number, unit->second};
}

std::optional<Consequence> Builder::BuildConsequence(const language::ConsequenceClause& clause,
                                                     const Scope& scope) {
  static const std::map<std::string, ConsequenceKind, std::less<>> kinds = {
      {"sin_sancion", ConsequenceKind::NoSanction},
      {"amonestacion_verbal", ConsequenceKind::VerbalAdmonition},
      {"amonestacion_escrita", ConsequenceKind::WrittenAdmonition},
      {"descuento", ConsequenceKind::PayDeduction},
      {"proceso", ConsequenceKind::Process},
      {"destitucion", ConsequenceKind::Destitution},
      {"retiro", ConsequenceKind::Retirement},
      {"derecho", ConsequenceKind::Entitlement},
      {"obligacion", ConsequenceKind::Obligation},
      {"prohibicion", ConsequenceKind::Prohibition},
      {"permiso", ConsequenceKind::Permission},
      {"facultad", ConsequenceKind::Power}};
  Consequence consequence;
  consequence.kind = kinds.find(clause.kind)->second;
  consequence.thing = clause.thing.text;
  consequence.actor = clause.actor.text;
  consequence.action = clause.action;
  consequence.span = clause.span;
  if (clause.quantity) {
    // What is granted may be of any dimension (days, Bs); a deduction is in days of pay.
    const Typed quantity = Check(*clause.quantity, scope, kDays);
    if (!quantity.ok()) return std::nullopt;
    if (consequence.kind == ConsequenceKind::PayDeduction &&
        !Same(quantity, {quantity.id, kDays}, clause.quantity->span))
      return std::nullopt;
    consequence.quantity = quantity.id;
  }
  if (clause.term) {
    consequence.term = FindTerm(*clause.term);
    if (!consequence.term) return std::nullopt;
  }
  return consequence;
}

// ---- rules and scales ------------------------------------------------------------

bool Builder::NewRuleName(const language::Name& name) {
  const auto [it, inserted] = rule_names_.try_emplace(base::Fold(name.text), name.span);
  if (!inserted) Duplicate(name, it->second);
  return inserted;
}

void Builder::Establish(const std::vector<language::EstablishClause>& clauses, RuleId rule_id,
                        const Scope& scope) {
  for (const auto& clause : clauses) {
    const FactKindId target = FindKind(clause.kind);
    if (!target.valid() || !MayBeBorn(target, clause.kind)) continue;
    const Rule& rule = rules_.rule(rule_id);
    Qualification qualification;
    qualification.name = rule.name + " establece " + rules_.kind(target).name;
    qualification.norm = rule.norm;
    qualification.citation = rule.citation;
    qualification.subject = rule.subject;
    qualification.guard = rule.guard;
    qualification.exceptions = rule.exceptions;
    qualification.target = target;
    qualification.from = rule.from;
    qualification.to = rule.to;
    qualification.from_rule = rule_id;
    qualification.span = clause.span;
    qualification.fields = BuildFields(clause.fields, target, scope, clause.span);
    rules_.qualifications.push_back(std::move(qualification));
  }
}

void Builder::DeclareRules() {
  for (const ProgramEntry& entry : program_.entries) {
    if (entry.decl->kind == Decl::Kind::Rule) DeclareRule(entry);
    if (entry.decl->kind == Decl::Kind::Scale) DeclareScale(entry);
  }
  article_ = {};
}

void Builder::DeclareRule(const ProgramEntry& entry) {
  const Decl& decl = *entry.decl;
  article_ = decl.citation;
  const bool fresh = NewRuleName(decl.name);
  const auto subject = FindSubject(decl.subject);
  if (!subject || !fresh) return;
  const Scope scope = SubjectScope(*subject);
  Rule rule;
  rule.name = decl.name.text;
  rule.norm = NormOf(entry, decl.citation, decl.span, true);
  rule.citation = decl.citation;
  rule.subject = *subject;
  rule.guard = CheckBoolean(decl.guard, scope);
  rule.exceptions = BuildExceptions(entry, decl.exceptions, scope);
  rule.fault = FindFault(decl.fault, FaultClass::None);
  rule.priority = decl.priority;
  rule.from = decl.from;
  rule.to = decl.to;
  rule.span = decl.span;
  if (decl.consequences.empty() && decl.establishes.empty()) {
    Error("regla-sin-efecto", decl.name.span,
          {"la regla «" + rule.name + "» no tiene consecuencia",
           "the rule '" + rule.name + "' has no consequence"},
          {"añada «entonces …» o «establece …»", "add 'entonces …' or 'establece …'"});
  }
  for (const auto& clause : decl.consequences) {
    if (auto consequence = BuildConsequence(clause, scope))
      rule.consequences.push_back(std::move(*consequence));
  }
  if (!Chosen(decl.under)) return;
  const RuleId id(static_cast<std::int64_t>(rules_.rules.size()));
  rules_.rules.push_back(std::move(rule));
  Establish(decl.establishes, id, scope);
}

void Builder::DeclareScale(const ProgramEntry& entry) {
  const Decl& decl = *entry.decl;
  article_ = decl.citation;
  const bool fresh = NewRuleName(decl.name);
  const auto subject = FindSubject(decl.subject);
  if (!subject || !fresh) return;
  const Scope scope = SubjectScope(*subject);
  Typed measure;
  if (decl.expr) measure = Check(*decl.expr, scope, std::nullopt);
  Scale scale;
  scale.name = decl.name.text;
  scale.norm = NormOf(entry, decl.citation, decl.span, true);
  scale.citation = decl.citation;
  scale.subject = *subject;
  scale.measure = measure.id;
  scale.policy = decl.policy == "primera"   ? HitPolicy::First
                 : decl.policy == "acumula" ? HitPolicy::Accumulate
                                            : HitPolicy::Unique;
  scale.partial = decl.partial;
  scale.span = decl.span;
  if (decl.rows.empty() && !decl.rows_lost) {
    Error("escala-vacía", decl.name.span,
          {"la escala «" + scale.name + "» no tiene filas",
           "the scale '" + scale.name + "' has no rows"});
  }
  const bool chosen = Chosen(decl.under);
  const ScaleId id(static_cast<std::int64_t>(rules_.scales.size()));
  if (chosen) rules_.scales.push_back(std::move(scale));
  if (decl.expr && !measure.ok()) return;
  for (std::size_t i = 0; i < decl.rows.size(); ++i) {
    DeclareRow(entry, decl.rows[i], chosen ? id : ScaleId(), static_cast<int>(i), measure, scope);
  }
}

ExprId Builder::RangeGuard(const language::RowDecl& row, const Typed& measure, const Scope& scope) {
  if (!row.has_range) return {};
  if (!measure.ok()) {
    Error("fila-sin-medida", row.range_span,
          {"la fila tiene un rango y la escala no dice según qué",
           "the row has a range and the scale does not say of what"},
          {"añada «según …» a la escala", "add 'según …' to the scale"});
    return {};
  }
  const auto bound = [&](const language::ExprPtr& expr) {
    Typed typed = Check(*expr, scope, measure.type);
    if (typed.ok() && !Same(typed, measure, expr->span)) typed.id = {};
    return typed.id;
  };
  if (row.exact) {
    const ExprId value = bound(row.low);
    return value.valid() ? Add(Op::Eq, kBoolean, {measure.id, value}, row.range_span) : ExprId();
  }
  if (!NeedsOrder(measure.type, row.range_span)) return {};
  ExprId guard;
  ExprId low;
  ExprId high;
  if (row.low && (low = bound(row.low)).valid())
    guard = Add(Op::Ge, kBoolean, {measure.id, low}, row.range_span);
  if (row.high && (high = bound(row.high)).valid()) {
    guard = And(guard, Add(Op::Le, kBoolean, {measure.id, high}, row.range_span), row.range_span);
  }
  if (low.valid() && high.valid() && Fold(Op::Gt, {low, high}) == Rational(1)) {
    Error("rango-invertido", row.range_span,
          {"el rango empieza después de donde termina", "the range begins after its end"});
  }
  return guard;
}

void Builder::DeclareRow(const ProgramEntry& entry, const language::RowDecl& row, ScaleId scale_id,
                         int index, const Typed& measure, const Scope& scope) {
  const Decl& decl = *entry.decl;
  const Citation citation = row.citation.empty() ? decl.citation : row.citation;
  article_ = citation;
  if (entry.IsRepealed(citation)) return;
  Rule rule;
  rule.name = decl.name.text + "[" + std::to_string(index + 1) + "]";
  rule.norm = NormOf(entry, citation, row.span, true);
  rule.citation = citation;
  rule.subject = *FindSubject(decl.subject);
  rule.scale = scale_id;
  rule.row = index;
  rule.guard = And(RangeGuard(row, measure, scope), CheckBoolean(row.guard, scope), row.span);
  rule.exceptions = BuildExceptions(entry, row.exceptions, scope);
  rule.fault = FindFault(row.fault, FindFault(decl.fault, FaultClass::None));
  rule.from = decl.from;
  rule.to = decl.to;
  rule.span = row.span;
  rule.range_span = row.range_span;
  for (const auto& clause : row.consequences) {
    if (auto consequence = BuildConsequence(clause, scope))
      rule.consequences.push_back(std::move(*consequence));
  }
  // A row that says "sin sanción" establishes no fault, whatever its scale's class.
  const bool none =
      !rule.consequences.empty() && rule.consequences.front().kind == ConsequenceKind::NoSanction;
  if (none && !row.fault) rule.fault = FaultClass::None;
  if (!scale_id.valid() || !Chosen(row.under)) return;
  const RuleId id(static_cast<std::int64_t>(rules_.rules.size()));
  rules_.rules.push_back(std::move(rule));
  rules_.scales[scale_id.index()].rows.push_back(id);
  Establish(row.establishes, id, scope);
}

}  // namespace cotejo::rules
