#include <algorithm>
#include <map>

#include "model/base/utf8.h"
#include "model/rules/builder.h"

namespace cotejo::rules {
namespace {

using language::Unit;
using LExpr = language::Expr;

constexpr Type kBoolean{Base::Boolean, {}};
constexpr Type kCount{Base::Count, {}};
constexpr Type kMinutes{Base::Minutes, {}};
constexpr Type kDays{Base::Days, {}};
constexpr Type kYears{Base::Years, {}};
constexpr Type kMoney{Base::Bolivianos, {}};
constexpr Type kDate{Base::Date, {}};
constexpr Type kTime{Base::TimeOfDay, {}};

base::Text TypeName(const Ruleset& rules, const Type& type) {
  switch (type.base) {
    case Base::Boolean:
      return {"lógico", "logical"};
    case Base::Count:
      return {"número", "number"};
    case Base::Minutes:
      return {"minutos", "minutes"};
    case Base::Days:
      return {"días", "days"};
    case Base::Years:
      return {"años", "years"};
    case Base::Bolivianos:
      return {"Bs", "Bs"};
    case Base::Date:
      return {"fecha", "date"};
    case Base::TimeOfDay:
      return {"hora", "time of day"};
    case Base::Enumeration: {
      const std::string name = rules.enumerations[type.enumeration.index()].name;
      return {name, name};
    }
  }
  return {};
}

bool IsOrdered(const Type& type) { return IsQuantity(type) || type == kDate || type == kTime; }

constexpr int kDeepestCheck = 800;
constexpr std::size_t kMostExpressions = 1'000'000;

Op OpOf(std::string_view text) {
  static const std::map<std::string, Op, std::less<>> ops = {
      {"+", Op::Add}, {"-", Op::Sub}, {"*", Op::Mul}, {"/", Op::Div},
      {"=", Op::Eq},  {"!=", Op::Ne}, {"<", Op::Lt},  {"<=", Op::Le},
      {">", Op::Gt},  {">=", Op::Ge}, {"y", Op::And}, {"o", Op::Or}};
  return ops.find(text)->second;
}

}  // namespace

bool IsQuantity(const Type& type) {
  return type.base == Base::Count || type.base == Base::Minutes || type.base == Base::Days ||
         type.base == Base::Years || type.base == Base::Bolivianos;
}

// ---- nodes -----------------------------------------------------------------------

ExprId Builder::Literal(Type type, Rational value, Span span) {
  Expr expr;
  expr.type = type;
  expr.literal = value;
  expr.span = span;
  rules_.exprs.push_back(std::move(expr));
  return ExprId(static_cast<std::int64_t>(rules_.exprs.size()) - 1);
}

ExprId Builder::Ref(Op op, Type type, std::int32_t ref, Span span) {
  Expr expr;
  expr.op = op;
  expr.type = type;
  expr.ref = ref;
  expr.span = span;
  rules_.exprs.push_back(std::move(expr));
  return ExprId(static_cast<std::int64_t>(rules_.exprs.size()) - 1);
}

// Value of an operation on literals; nothing when an argument is not one.
std::optional<Rational> Builder::Fold(Op op, const std::vector<ExprId>& args) const {
  std::vector<Rational> v;
  for (const ExprId id : args) {
    if (rules_.expr(id).op != Op::Literal) return std::nullopt;
    v.push_back(rules_.expr(id).literal);
  }
  const auto truth = [](bool b) { return Rational(b ? 1 : 0); };
  switch (op) {
    case Op::Neg:
      return -v[0];
    case Op::Not:
      return truth(v[0].zero());
    case Op::Add:
      return v[0] + v[1];
    case Op::Sub:
      return v[0] - v[1];
    case Op::Mul:
      return v[0] * v[1];
    case Op::Div:
      return v[0] / v[1];
    case Op::Lt:
      return truth(v[0] < v[1]);
    case Op::Le:
      return truth(v[0] <= v[1]);
    case Op::Eq:
      return truth(v[0] == v[1]);
    case Op::Ne:
      return truth(!(v[0] == v[1]));
    case Op::Ge:
      return truth(v[0] >= v[1]);
    case Op::Gt:
      return truth(v[0] > v[1]);
    case Op::Min:
      return *std::min_element(v.begin(), v.end());
    case Op::Max:
      return *std::max_element(v.begin(), v.end());
    case Op::Floor:
      return Rational(v[0].floor());
    case Op::Ceil:
      return Rational(v[0].ceil());
    default:
      return std::nullopt;
  }
}

ExprId Builder::Add(Op op, Type type, std::vector<ExprId> args, Span span) {
  try {
    if (const auto value = Fold(op, args)) return Literal(type, *value, span);
  } catch (const base::ArithmeticError&) {
    Error("aritmética", span,
          {"esta cuenta no cabe o divide entre cero", "this sum overflows or divides by zero"});
    return {};
  }
  if (op == Op::And || op == Op::Or) {  // a reading folds to a literal: drop it, or let it decide
    for (std::size_t i = 0; i < 2; ++i) {
      const Expr& arg = rules_.expr(args[i]);
      if (arg.op != Op::Literal) continue;
      return arg.literal.zero() == (op == Op::And) ? args[i] : args[1 - i];
    }
  }
  if (op == Op::If && rules_.expr(args[0]).op == Op::Literal) {
    return rules_.expr(args[0]).literal.zero() ? args[2] : args[1];
  }
  Expr expr;
  expr.op = op;
  expr.type = type;
  expr.args = std::move(args);
  expr.span = span;
  rules_.exprs.push_back(std::move(expr));
  return ExprId(static_cast<std::int64_t>(rules_.exprs.size()) - 1);
}

ExprId Builder::And(ExprId left, ExprId right, Span span) {
  if (!left.valid()) return right;
  if (!right.valid()) return left;
  return Add(Op::And, kBoolean, {left, right}, span);
}

// ---- typing ----------------------------------------------------------------------

Typed Builder::Adopt(Typed typed, const Type& type) {
  if (!typed.ok() || !typed.flexible || !IsQuantity(type) || typed.type == type) return typed;
  const Expr& expr = rules_.expr(typed.id);
  return {Literal(type, expr.literal, expr.span), type, false};
}

bool Builder::Same(const Typed& left, const Typed& right, Span span) {
  if (left.type == right.type) return true;
  const base::Text a = TypeName(rules_, left.type);
  const base::Text b = TypeName(rules_, right.type);
  Error("tipos", span, {"se juntan " + a.es + " con " + b.es, "mixes " + a.en + " with " + b.en},
        IsQuantity(left.type) && IsQuantity(right.type)
            ? base::Text{"escriba la misma unidad a los dos lados",
                         "write the same unit on both sides"}
            : base::Text{});
  return false;
}

// Definitions stand for their body, so a few that name each other several times could grow
// without end, and a chain of them could go too deep for recursion.
Typed Builder::Check(const LExpr& expr, const Scope& scope, std::optional<Type> expected) {
  if (too_large_) return {};
  if (check_depth_ >= kDeepestCheck || rules_.exprs.size() >= kMostExpressions) {
    too_large_ = true;
    Error("expresión-enorme", expr.span,
          {"las definiciones se anidan demasiado", "definitions are nested too much"},
          {"use un parámetro o un hecho derivado en lugar de alguna",
           "use a parameter or a derived fact instead of one of them"});
    return {};
  }
  ++check_depth_;
  const Typed typed = CheckKind(expr, scope, expected);
  --check_depth_;
  return typed;
}

Typed Builder::CheckKind(const LExpr& expr, const Scope& scope, std::optional<Type> expected) {
  switch (expr.kind) {
    case LExpr::Kind::Number:
    case LExpr::Kind::Duration:
      return CheckNumber(expr, expected);
    case LExpr::Kind::Time:
      return {Literal(kTime, expr.number, expr.span), kTime};
    case LExpr::Kind::DateLit:
      return {Literal(kDate, expr.date.days(), expr.span), kDate};
    case LExpr::Kind::Bool:
      return {Literal(kBoolean, expr.number, expr.span), kBoolean};
    case LExpr::Kind::Ref:
    case LExpr::Kind::CitationLit:
      return CheckRef(expr, scope, expected);
    case LExpr::Kind::Unary:
      return CheckUnary(expr, scope, expected);
    case LExpr::Kind::Binary:
      return CheckBinary(expr, scope, expected);
    case LExpr::Kind::If:
      return CheckIf(expr, scope, expected);
    case LExpr::Kind::Call:
      return CheckCall(expr, scope, expected);
    case LExpr::Kind::In:
      return CheckMembership(expr, scope);
    case LExpr::Kind::Within:
      return CheckWithin(expr, scope);
    case LExpr::Kind::Between:
      return CheckBetween(expr, scope);
    case LExpr::Kind::Has:
      return CheckHas(expr, scope);
    case LExpr::Kind::Under: {
      const auto found = FindUnder({expr.name, expr.field});
      if (!found) return {};
      const bool chosen = rules_.readings[found->first.index()].chosen == found->second;
      return {Literal(kBoolean, chosen ? 1 : 0, expr.span), kBoolean};
    }
  }
  return {};
}

Typed Builder::CheckHas(const LExpr& expr, const Scope& scope) {
  const Symbol* symbol = Find(base::Fold(expr.name.text));
  if (symbol == nullptr || symbol->kind != Symbol::Kind::Attribute || !scope.person) {
    Unknown("dato-desconocido", expr.name, {"dato", "attribute"}, NamesInScope(scope));
    return {};
  }
  const Type type = rules_.attributes[static_cast<std::size_t>(symbol->index)].type;
  const ExprId attribute = Ref(Op::Attribute, type, symbol->index, expr.span);
  return {Add(Op::Has, kBoolean, {attribute}, expr.span), kBoolean};
}

Typed Builder::CheckNumber(const LExpr& expr, std::optional<Type> expected) {
  switch (expr.unit) {
    case Unit::Seconds:
      return {Literal(kMinutes, expr.number / Rational(60), expr.span), kMinutes};
    case Unit::Minutes:
      return {Literal(kMinutes, expr.number, expr.span), kMinutes};
    case Unit::Hours:
      return {Literal(kMinutes, expr.number * Rational(60), expr.span), kMinutes};
    case Unit::Days:
      return {Literal(kDays, expr.number, expr.span), kDays};
    case Unit::Years:
      return {Literal(kYears, expr.number, expr.span), kYears};
    case Unit::Bolivianos:
      return {Literal(kMoney, expr.number, expr.span), kMoney};
    case Unit::Times:
      return {Literal(kCount, expr.number, expr.span), kCount};
    case Unit::Percent:
      return {Literal(kCount, expr.number / Rational(100), expr.span), kCount};
    case Unit::Months:
      Error("meses-sueltos", expr.span,
            {"los meses sólo se usan en plazos", "months are only used in terms"},
            {"escriba días o años", "write days or years"});
      return {};
    case Unit::None:
      break;
  }
  if (expected && IsQuantity(*expected))
    return {Literal(*expected, expr.number, expr.span), *expected};
  return {Literal(kCount, expr.number, expr.span), kCount, true};
}

const Builder::Symbol* Builder::Find(std::string_view folded) const {
  const auto found = symbols_.find(folded);
  return found == symbols_.end() ? nullptr : &found->second;
}

const language::Decl* Builder::FindDefinition(std::string_view folded, const Scope& scope) const {
  if (!scope.fields) return nullptr;
  const auto found = kind_definitions_.find({scope.kind.value, std::string(folded)});
  return found == kind_definitions_.end() ? nullptr : found->second;
}

std::vector<std::string> Builder::NamesInScope(const Scope& scope) const {
  std::vector<std::string> names;
  if (scope.fields) {
    for (const Field& field : rules_.kind(scope.kind).fields) names.push_back(field.name);
    for (const auto& [key, decl] : kind_definitions_) {
      if (key.first == scope.kind.value) names.push_back(decl->name.text);
    }
    if (rules_.kind(scope.kind).placement == Placement::Shift) {
      names.insert(names.end(), {"tramo", "hora_fijada", "hora_de_salida"});
    }
  }
  for (const auto& [folded, symbol] : symbols_) {
    if (symbol.kind == Symbol::Kind::Measure ? scope.measures : scope.person)
      names.emplace_back(sources_.text(symbol.span));  // as written, with its accents
  }
  if (scope.person) names.emplace_back("fecha");
  return names;
}

bool Builder::Resolvable(const LExpr& expr, const Scope& scope) const {
  if (expr.kind == LExpr::Kind::CitationLit) return false;
  if (expr.kind != LExpr::Kind::Ref || !expr.field.text.empty()) return true;
  const std::string folded = base::Fold(expr.name.text);
  if (scope.fields && rules_.FindField(scope.kind, expr.name.text).valid()) return true;
  return FindDefinition(folded, scope) != nullptr || Find(folded) != nullptr || folded == "fecha" ||
         folded == "tramo" || folded == "hora_fijada" || folded == "hora_de_salida";
}

std::optional<Typed> Builder::CheckBuiltin(std::string_view folded, const Scope& scope, Span span) {
  if (folded == "fecha" && scope.person) return Typed{Ref(Op::FactDate, kDate, -1, span), kDate};
  if (!scope.fields || rules_.kind(scope.kind).placement != Placement::Shift) return std::nullopt;
  if (folded == "tramo") return Typed{Ref(Op::Shift, kCount, -1, span), kCount};
  if (folded == "hora_fijada") return Typed{Ref(Op::ScheduledEntry, kTime, -1, span), kTime};
  if (folded == "hora_de_salida") return Typed{Ref(Op::ScheduledExit, kTime, -1, span), kTime};
  return std::nullopt;
}

Typed Builder::CheckRef(const LExpr& expr, const Scope& scope, std::optional<Type> expected) {
  const bool citation = expr.kind == LExpr::Kind::CitationLit;
  const language::Name name = citation ? language::Name{expr.citation.str(), expr.span} : expr.name;
  const std::string folded = base::Fold(name.text);
  if (!citation && !expr.field.text.empty()) {
    const bool own = scope.fields && base::SameFolded(rules_.kind(scope.kind).name, name.text);
    if (!own) {
      Error("campo-ajeno", expr.span,
            {"«" + name.text + "» no es el hecho que se juzga aquí",
             "'" + name.text + "' is not the fact judged here"},
            {"sólo se ven los campos del sujeto; para otros hechos use una medida",
             "only the subject's fields are visible; for other facts use a measure"});
      return {};
    }
    const FieldId field = FindFieldOf(scope.kind, expr.field);
    if (!field.valid()) return {};
    const Type type = rules_.kind(scope.kind).fields[field.index()].type;
    return {Ref(Op::Field, type, field.value, expr.span), type};
  }
  if (!citation) {
    if (scope.fields) {
      const FieldId field = rules_.FindField(scope.kind, name.text);
      if (field.valid()) {
        const Type type = rules_.kind(scope.kind).fields[field.index()].type;
        return {Ref(Op::Field, type, field.value, expr.span), type};
      }
    }
    if (const auto builtin = CheckBuiltin(folded, scope, expr.span)) return *builtin;
    if (const Decl* decl = FindDefinition(folded, scope))
      return CheckDefinition(*decl, expr, scope, expected);
    if (const Symbol* symbol = Find(folded)) return CheckSymbol(*symbol, expr, scope, expected);
  }
  if (expected && expected->base == Base::Enumeration) {
    const int value = rules_.FindEnumValue(expected->enumeration, name.text);
    if (value >= 0) return {Literal(*expected, value, expr.span), *expected};
    const Enumeration& enumeration = rules_.enumerations[expected->enumeration.index()];
    Unknown("valor-desconocido", name,
            {"valor de «" + enumeration.name + "»", "value of '" + enumeration.name + "'"},
            enumeration.values);
    return {};
  }
  Unknown("nombre-desconocido", name, {"nombre en este lugar", "name here"}, NamesInScope(scope));
  return {};
}

Typed Builder::CheckSymbol(const Symbol& symbol, const LExpr& expr, const Scope& scope,
                           std::optional<Type> expected) {
  const auto index = static_cast<std::size_t>(symbol.index);
  if (symbol.kind == Symbol::Kind::Measure) return CheckMeasureRef(symbol.index, expr, scope);
  if (!scope.person) {
    Error("no-constante", expr.span,
          {"aquí sólo caben valores constantes", "only constant values fit here"});
    return {};
  }
  switch (symbol.kind) {
    case Symbol::Kind::Attribute: {
      const Type type = rules_.attributes[index].type;
      return {Ref(Op::Attribute, type, symbol.index, expr.span), type};
    }
    case Symbol::Kind::Parameter: {
      const Type type = rules_.parameters[index].type;
      return {Ref(Op::Parameter, type, symbol.index, expr.span), type};
    }
    default:
      return CheckDefinition(*definition_decls_[index], expr, scope, expected);
  }
}

Typed Builder::CheckMeasureRef(int index, const LExpr& expr, const Scope& scope) {
  const Measure& measure = rules_.measures[static_cast<std::size_t>(index)];
  if (!scope.measures) {
    Error("medida-fuera-de-lugar", expr.span,
          {"la medida «" + measure.name + "» no se puede usar aquí",
           "the measure '" + measure.name + "' cannot be used here"},
          {"las medidas se usan en las condiciones y consecuencias de reglas y calificaciones",
           "measures are used in the conditions and consequences of rules and qualifications"});
    return {};
  }
  if (measure.same_field.valid() && !(scope.fields && scope.kind == measure.kind)) {
    Error("medida-fuera-de-lugar", expr.span,
          {"«" + measure.name +
               "» cuenta los hechos iguales al juzgado, y aquí no se juzga uno de ellos",
           "'" + measure.name +
               "' counts facts equal to the one judged, and none of them is judged here"});
    return {};
  }
  return {Ref(Op::Measure, measure.type, index, expr.span), measure.type};
}

Typed Builder::CheckDefinition(const Decl& decl, const LExpr& expr, const Scope& scope,
                               std::optional<Type> expected) {
  if (std::find(open_definitions_.begin(), open_definitions_.end(), &decl) !=
      open_definitions_.end()) {
    if (!circular_definitions_.insert(&decl).second) return {};
    Error("definición-circular", expr.span,
          {"la definición «" + decl.name.text + "» depende de sí misma",
           "the definition '" + decl.name.text + "' depends on itself"});
    return {};
  }
  open_definitions_.push_back(&decl);
  const bool of_person = decl.of && base::Fold(decl.of->text) == "persona";
  const Typed body = Check(*decl.expr, of_person ? Scope{} : scope, expected);
  open_definitions_.pop_back();
  return body;
}

Typed Builder::CheckUnary(const LExpr& expr, const Scope& scope, std::optional<Type> expected) {
  if (expr.op == "no") {
    const Typed arg = Check(*expr.args[0], scope, kBoolean);
    if (!arg.ok() || !Same(arg, {arg.id, kBoolean}, expr.span)) return {};
    return {Add(Op::Not, kBoolean, {arg.id}, expr.span), kBoolean};
  }
  const Typed arg = Check(*expr.args[0], scope, expected);
  if (!arg.ok()) return {};
  if (!IsQuantity(arg.type)) {
    Error("tipos", expr.span,
          {"sólo se cambia de signo a una cantidad", "only a quantity can be negated"});
    return {};
  }
  return {Add(Op::Neg, arg.type, {arg.id}, expr.span), arg.type, arg.flexible};
}

// Both sides checked so that names of enumeration values and bare numbers take their
// meaning from the other side.
std::pair<Typed, Typed> Builder::CheckPair(const LExpr& left, const LExpr& right,
                                           const Scope& scope, std::optional<Type> expected,
                                           Span /*span*/) {
  Typed a;
  Typed b;
  if (Resolvable(left, scope)) {
    a = Check(left, scope, expected);
    if (!a.ok()) return {a, b};
    b = Check(right, scope, a.flexible ? expected : std::optional(a.type));
  } else {
    b = Check(right, scope, expected);
    if (!b.ok()) return {a, b};
    a = Check(left, scope, b.type);
  }
  if (a.ok() && b.ok()) {
    if (a.flexible && !b.flexible) a = Adopt(a, b.type);
    if (b.flexible && !a.flexible) b = Adopt(b, a.type);
  }
  return {a, b};
}

std::optional<Type> Builder::ArithmeticType(Op op, const Type& left, const Type& right) {
  const bool quantities = IsQuantity(left) && IsQuantity(right);
  switch (op) {
    case Op::Add:
      if (quantities && left == right) return left;
      if (left == kTime && right == kMinutes) return kTime;
      if (left == kDate && right == kDays) return kDate;
      return std::nullopt;
    case Op::Sub:
      if (quantities && left == right) return left;
      if (left == kTime && right == kTime) return kMinutes;
      if (left == kTime && right == kMinutes) return kTime;
      if (left == kDate && right == kDate) return kDays;
      if (left == kDate && right == kDays) return kDate;
      return std::nullopt;
    case Op::Mul:
      if (quantities && left == kCount) return right;
      if (quantities && right == kCount) return left;
      return std::nullopt;
    default:
      if (quantities && right == kCount) return left;
      if (quantities && left == right) return kCount;
      return std::nullopt;
  }
}

Typed Builder::CheckArithmetic(Op op, Typed left, Typed right, const LExpr& expr) {
  const auto type = ArithmeticType(op, left.type, right.type);
  if (!type) {
    const base::Text a = TypeName(rules_, left.type);
    const base::Text b = TypeName(rules_, right.type);
    Error("tipos", expr.span,
          {"no se puede operar " + a.es + " «" + expr.op + "» " + b.es,
           "cannot compute " + a.en + " '" + expr.op + "' " + b.en});
    return {};
  }
  return {Add(op, *type, {left.id, right.id}, expr.span), *type, left.flexible && right.flexible};
}

bool Builder::NeedsOrder(const Type& type, Span span) {
  if (IsOrdered(type)) return true;
  Error("tipos", span, {"estos valores no tienen orden", "these values have no order"},
        {"compárelos con = o !=", "compare them with = or !="});
  return false;
}

Typed Builder::CheckBinary(const LExpr& expr, const Scope& scope, std::optional<Type> expected) {
  const Op op = OpOf(expr.op);
  if (op == Op::And || op == Op::Or) {
    const Typed a = Check(*expr.args[0], scope, kBoolean);
    const Typed b = Check(*expr.args[1], scope, kBoolean);
    if (!a.ok() || !b.ok()) return {};
    if (!Same(a, {a.id, kBoolean}, expr.args[0]->span) ||
        !Same(b, {b.id, kBoolean}, expr.args[1]->span))
      return {};
    return {Add(op, kBoolean, {a.id, b.id}, expr.span), kBoolean};
  }
  if (op == Op::Mul || op == Op::Div) {  // the sides do not lend each other their unit
    const Typed a = Check(*expr.args[0], scope, std::nullopt);
    const Typed b = Check(*expr.args[1], scope, std::nullopt);
    return a.ok() && b.ok() ? CheckArithmetic(op, a, b, expr) : Typed{};
  }
  if (op == Op::Add || op == Op::Sub) {
    Typed a = Check(*expr.args[0], scope, std::nullopt);
    if (!a.ok()) return {};
    const bool lends = !a.flexible && IsQuantity(a.type);
    Typed b = Check(*expr.args[1], scope, lends ? std::optional(a.type) : std::nullopt);
    if (!b.ok()) return {};
    if (a.flexible && !b.flexible) a = Adopt(a, b.type);
    const Typed sum = CheckArithmetic(op, a, b, expr);
    return sum.ok() && sum.flexible && expected ? Adopt(sum, *expected) : sum;
  }
  const auto [a, b] = CheckPair(*expr.args[0], *expr.args[1], scope, std::nullopt, expr.span);
  if (!a.ok() || !b.ok() || !Same(a, b, expr.span)) return {};
  if (op != Op::Eq && op != Op::Ne && !NeedsOrder(a.type, expr.span)) return {};
  return {Add(op, kBoolean, {a.id, b.id}, expr.span), kBoolean};
}

Typed Builder::CheckIf(const LExpr& expr, const Scope& scope, std::optional<Type> expected) {
  const Typed condition = Check(*expr.args[0], scope, kBoolean);
  const auto [a, b] = CheckPair(*expr.args[1], *expr.args[2], scope, expected, expr.span);
  if (!condition.ok() || !a.ok() || !b.ok()) return {};
  if (!Same(condition, {condition.id, kBoolean}, expr.args[0]->span) || !Same(a, b, expr.span))
    return {};
  return {Add(Op::If, a.type, {condition.id, a.id, b.id}, expr.span), a.type};
}

Typed Builder::CheckCall(const LExpr& expr, const Scope& scope, std::optional<Type> expected) {
  const std::string name = base::Fold(expr.name.text);
  struct Function {
    Op op;
    std::size_t args;
  };
  static const std::map<std::string, Function, std::less<>> functions = {
      {"max", {Op::Max, 2}},
      {"min", {Op::Min, 2}},
      {"piso", {Op::Floor, 1}},
      {"techo", {Op::Ceil, 1}},
      {"anos", {Op::YearsBetween, 2}},
      {"meses_desde_aniversario", {Op::MonthsSinceAnniversary, 2}},
      {"primer_dia_del_mes_siguiente", {Op::FirstOfNextMonth, 1}}};
  const auto found = functions.find(name);
  if (found == functions.end()) {
    Unknown("función-desconocida", expr.name, {"función", "function"},
            {"máx", "mín", "piso", "techo", "años", "meses_desde_aniversario",
             "primer_día_del_mes_siguiente"});
    return {};
  }
  const auto [op, arity] = found->second;
  if (expr.args.size() != arity) {
    Error("argumentos", expr.span,
          {"«" + expr.name.text + "» lleva " + std::to_string(arity) + " argumentos",
           "'" + expr.name.text + "' takes " + std::to_string(arity) + " arguments"});
    return {};
  }
  if (op == Op::Max || op == Op::Min) {
    const auto [a, b] = CheckPair(*expr.args[0], *expr.args[1], scope, expected, expr.span);
    if (!a.ok() || !b.ok() || !Same(a, b, expr.span) || !NeedsOrder(a.type, expr.span)) return {};
    return {Add(op, a.type, {a.id, b.id}, expr.span), a.type, a.flexible && b.flexible};
  }
  const bool dates = op != Op::Floor && op != Op::Ceil;
  std::vector<ExprId> args;
  Type type;
  for (const auto& arg : expr.args) {
    const Typed typed = Check(*arg, scope, dates ? std::optional(kDate) : expected);
    if (!typed.ok()) return {};
    if (dates && !Same(typed, {typed.id, kDate}, arg->span)) return {};
    if (!dates && !IsQuantity(typed.type)) {
      Error("tipos", arg->span, {"sólo se redondea una cantidad", "only a quantity is rounded"});
      return {};
    }
    type = typed.type;
    args.push_back(typed.id);
  }
  if (op == Op::YearsBetween) type = kYears;
  if (op == Op::MonthsSinceAnniversary) type = kCount;
  if (op == Op::FirstOfNextMonth) type = kDate;
  return {Add(op, type, std::move(args), expr.span), type};
}

Typed Builder::CheckMembership(const LExpr& expr, const Scope& scope) {
  const Typed value = Check(*expr.args[0], scope, std::nullopt);
  if (!value.ok()) return {};
  std::vector<ExprId> args = {value.id};
  for (std::size_t i = 1; i < expr.args.size(); ++i) {
    const Typed member = Check(*expr.args[i], scope, value.type);
    if (!member.ok() || !Same(value, member, expr.args[i]->span)) return {};
    if (rules_.expr(member.id).op != Op::Literal) {
      Error("no-constante", expr.args[i]->span,
            {"una lista lleva valores constantes", "a list holds constant values"});
      return {};
    }
    args.push_back(member.id);
  }
  return {Add(Op::InSet, kBoolean, std::move(args), expr.span), kBoolean};
}

Typed Builder::CheckWithin(const LExpr& expr, const Scope& scope) {
  const Typed value = Check(*expr.args[0], scope, std::nullopt);
  if (!value.ok()) return {};
  if (value.type.base != Base::Enumeration) {
    Error("tipos", expr.span,
          {"«dentro de» se pregunta de un valor que es una cita",
           "'dentro de' asks about a citation value"});
    return {};
  }
  std::vector<ExprId> args = {value.id};
  const Enumeration& enumeration = rules_.enumerations[value.type.enumeration.index()];
  for (std::size_t i = 0; i < enumeration.values.size(); ++i) {
    if (base::ParseCitation(enumeration.values[i]).within(expr.citation)) {
      args.push_back(Literal(value.type, static_cast<std::int64_t>(i), expr.span));
    }
  }
  if (args.size() == 1) {
    Unknown("valor-desconocido", {expr.citation.str(), expr.span},
            {"grupo de «" + enumeration.name + "»", "group of '" + enumeration.name + "'"},
            enumeration.values);
    return {};
  }
  return {Add(Op::InSet, kBoolean, std::move(args), expr.span), kBoolean};
}

Typed Builder::CheckBetween(const LExpr& expr, const Scope& scope) {
  const auto [value, low] = CheckPair(*expr.args[0], *expr.args[1], scope, std::nullopt, expr.span);
  if (!value.ok() || !low.ok() || !Same(value, low, expr.span)) return {};
  const Typed high = Check(*expr.args[2], scope, value.type);
  if (!high.ok() || !Same(value, high, expr.span) || !NeedsOrder(value.type, expr.span)) return {};
  const ExprId from = Add(Op::Ge, kBoolean, {value.id, low.id}, expr.span);
  const ExprId to = Add(Op::Le, kBoolean, {value.id, high.id}, expr.span);
  return {Add(Op::And, kBoolean, {from, to}, expr.span), kBoolean};
}

ExprId Builder::CheckBoolean(const language::ExprPtr& expr, const Scope& scope) {
  if (!expr) return {};
  const Typed typed = Check(*expr, scope, kBoolean);
  if (!typed.ok() || !Same(typed, {typed.id, kBoolean}, expr->span)) return {};
  return typed.id;
}

}  // namespace cotejo::rules
