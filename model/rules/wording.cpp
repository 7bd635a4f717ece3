// Values, expressions and consequences as users write and read them.
#include <cstdlib>

#include "model/language/lexer.h"
#include "model/rules/terms.h"

namespace cotejo::rules {

namespace {

using base::Language;
using base::Text;

std::string TwoDigits(std::int64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); }

std::string Counted(Rational n, const char* one, const char* many) {
  return n.str() + " " + (n <= Rational(1) && n >= Rational(-1) && !n.zero() ? one : many);
}

std::string FormatMinutes(Rational value, Language language) {
  const bool es = language == Language::Spanish;
  const bool negative = value < Rational(0);
  const Rational size = negative ? -value : value;
  const Rational whole = size.floor();
  const Rational seconds = (size - whole) * Rational(60);
  std::string text = negative ? "-" : "";
  if (!whole.zero() || seconds.zero()) {
    text += Counted(whole, es ? "minuto" : "minute", es ? "minutos" : "minutes");
  }
  if (!seconds.zero()) {
    text += whole.zero() ? "" : " ";
    text += Counted(seconds, es ? "segundo" : "second", es ? "segundos" : "seconds");
  }
  return text;
}

std::string FormatYears(Rational value, Language language) {
  const bool es = language == Language::Spanish;
  const Rational years = value.floor();
  const Rational days = (value - years) * Rational(base::kDayPartsPerYear);
  if (value < Rational(0) || !days.whole()) {
    return value.str() + (es ? " años" : " years");
  }
  const std::string day_text = Counted(days, es ? "día" : "day", es ? "días" : "days");
  if (years.zero() && !days.zero()) {
    return day_text;
  }
  std::string text = Counted(years, es ? "año" : "year", es ? "años" : "years");
  return days.zero() ? text : text + (es ? " y " : " and ") + day_text;
}

std::string FormatTime(Rational value) {
  const Rational minutes = value.floor();
  const Rational seconds = (value - minutes) * Rational(60);
  std::string text = TwoDigits(minutes.num() / 60) + ":" + TwoDigits(std::abs(minutes.num() % 60));
  if (!seconds.zero()) {
    text += ":" + (seconds.whole()
                       ? TwoDigits(seconds.num())
                       : std::to_string(seconds.num()) + "/" + std::to_string(seconds.den()));
  }
  return text;
}

std::string FormatMoney(Rational value, Language language) {
  if (value.whole()) {
    return value.str() + " Bs";
  }
  const Rational centavos = value * Rational(100);
  if (!centavos.whole()) {
    return value.str() + " Bs";
  }
  const std::int64_t size = std::abs(centavos.num());
  return (centavos.num() < 0 ? "-" : "") + std::to_string(size / 100) +
         (language == Language::Spanish ? "," : ".") + TwoDigits(size % 100) + " Bs";
}

}  // namespace

std::string FormatValue(const Ruleset& rules, const Type& type, const Value& value,
                        Language language) {
  const bool es = language == Language::Spanish;
  if (value.absent) {
    return es ? "sin dato" : "not given";
  }
  const Rational n = value.number;
  switch (type.base) {
    case Base::Boolean:
      return n.zero() ? "no" : (es ? "sí" : "yes");
    case Base::Count:
      return n.str();
    case Base::Minutes:
      return FormatMinutes(n, language);
    case Base::Days:
      return Counted(n, es ? "día" : "day", es ? "días" : "days");
    case Base::Years:
      return FormatYears(n, language);
    case Base::Bolivianos:
      return FormatMoney(n, language);
    case Base::Date:
      return Date(static_cast<std::int32_t>(n.floor())).str();
    case Base::TimeOfDay:
      return FormatTime(n);
    case Base::Enumeration: {
      const std::vector<std::string>& values = rules.enumerations[type.enumeration.index()].values;
      const auto index = static_cast<std::size_t>(n.floor());
      return index < values.size() ? values[index] : n.str();
    }
  }
  return n.str();
}

std::string MeasureTerm(const Measure& measure, const std::string& field,
                        const std::string& value) {
  return measure.name + "{" + field + "=" + value + "}";
}

namespace {

// How tightly an expression holds together; parentheses go where a looser one stands
// inside a tighter one.
enum Tightness { kIf, kOr, kAnd, kNot, kCompare, kSum, kProduct, kSign, kPrimary };

class Printer {
 public:
  Printer(const Vantage& vantage, bool canonical) : vantage_(vantage), canonical_(canonical) {}

  std::string Print(Place place) const {
    std::string text;
    Say(place, text);
    return text;
  }

 private:
  // Each adds its words to the text and says how tightly they hold together.
  Tightness Say(Place place, std::string& text) const;
  Tightness SayLiteral(const Expr& expr, std::string& text) const;
  void SayField(Place place, std::string& text) const;
  void SayMeasure(Place place, std::string& text) const;
  Tightness SayChain(Place place, const char* op, Tightness tightness, std::string& text) const;
  void SayCall(Place place, const char* name, std::string& text) const;
  void SaySet(Place place, std::string& text) const;
  void SayIf(Place place, std::string& text) const;
  std::string SayMeasuredValue(const Measure& measure, std::size_t level) const;
  bool OneAmongSeveral(const Measure& measure, std::size_t level) const;

  void SayInside(Place parent, std::size_t arg, Tightness at_least, std::string& text) const {
    const std::size_t begin = text.size();
    if (Say({rules().expr(parent.expr).args[arg], parent.level}, text) >= at_least) return;
    text.insert(begin, "(");
    text += ")";
  }
  const Ruleset& rules() const { return *vantage_.rules; }

  const Vantage& vantage_;
  bool canonical_;
};

// A number without mixed fractions, which the language does not read.
std::string Plain(Rational n) {
  return n.whole() ? std::to_string(n.num())
                   : std::to_string(n.num()) + "/" + std::to_string(n.den());
}

std::string LiteralText(const Ruleset& rules, const Type& type, Rational n) {
  const bool single = n == Rational(1) || n == Rational(1, 2);
  switch (type.base) {
    case Base::Count:
      return Plain(n);
    case Base::Minutes: {
      const Rational seconds = n * Rational(60);
      if (!n.whole() && seconds.whole()) {
        return Plain(seconds) + (seconds == Rational(1) ? " segundo" : " segundos");
      }
      return Plain(n) + (single ? " minuto" : " minutos");
    }
    case Base::Days:
      return Plain(n) + (single ? " día" : " días");
    case Base::Years: {
      const bool worded = n >= Rational(1) && (n * Rational(base::kDayPartsPerYear)).whole();
      return worded ? FormatYears(n, Language::Spanish) : Plain(n) + " años";
    }
    case Base::Bolivianos:
      return Plain(n) + " Bs";
    default:
      return FormatValue(rules, type, {n, false});
  }
}

Tightness Printer::SayLiteral(const Expr& expr, std::string& text) const {
  text += LiteralText(rules(), expr.type, expr.literal);
  if (expr.literal < Rational(0)) return kSign;
  return expr.literal.whole() ? kPrimary : kProduct;
}

void Printer::SayField(Place place, std::string& text) const {
  const Expr& expr = rules().expr(place.expr);
  const FactKindId kind_id = vantage_.SubjectAt(place.level).kind;
  if (!kind_id.valid()) {
    text += "campo_" + std::to_string(expr.ref + 1);
    return;
  }
  const FactKind& kind = rules().kind(kind_id);
  if (canonical_) {
    text += kind.name;
    text += '.';
  }
  text += kind.fields[static_cast<std::size_t>(expr.ref)].name;
}

// Two qualifications may give the same root two facts of one kind; a measure that stops
// at "this" fact then has two values, which must not share a name.
bool Printer::OneAmongSeveral(const Measure& measure, std::size_t level) const {
  if (level >= vantage_.through.size() || measure.kind != vantage_.SubjectAt(level).kind) {
    return false;
  }
  const QualificationId own = vantage_.through[level];
  for (std::size_t i = 0; i < rules().qualifications.size(); ++i) {
    const Qualification& other = rules().qualifications[i];
    if (own.index() == i || other.target != measure.kind ||
        other.subject != rules().qualification(own).subject) {
      continue;
    }
    Vantage elsewhere = vantage_;
    elsewhere.through[level] = QualificationId(static_cast<std::int64_t>(i));
    elsewhere.through.resize(level + 1);
    const Printer printer(elsewhere, true);
    if (!measure.same_field.valid() ||
        printer.SayMeasuredValue(measure, level) == SayMeasuredValue(measure, level)) {
      return true;
    }
  }
  return false;
}

// The value of the field that `del mismo` compares, as far as it is known from here.
std::string Printer::SayMeasuredValue(const Measure& measure, std::size_t level) const {
  const std::string own = rules().kind(measure.kind).name + "." +
                          rules().kind(measure.kind).fields[measure.same_field.index()].name;
  if (level >= vantage_.through.size()) {
    return own;
  }
  for (const FieldValue& given : rules().qualification(vantage_.through[level]).fields) {
    if (given.field == measure.same_field) {
      return Print(Follow(vantage_, {given.value, level + 1}));
    }
  }
  return own;
}

void Printer::SayMeasure(Place place, std::string& text) const {
  const Measure& measure = rules().measure(MeasureId(rules().expr(place.expr).ref));
  if (!canonical_ || !measure.same_field.valid()) {
    text += measure.name;
  } else {
    text += MeasureTerm(measure, rules().kind(measure.kind).fields[measure.same_field.index()].name,
                        SayMeasuredValue(measure, place.level));
  }
  if (!canonical_) return;
  if (OneAmongSeveral(measure, place.level)) {
    text += "{" + rules().qualification(vantage_.through[place.level]).name + "}";
  }
  // From the fact itself it counts up to that fact; from what was derived, the whole day.
  const std::size_t root = vantage_.through.size();
  if (place.level < root && vantage_.SubjectAt(root) == Subject{measure.kind, Window::Fact}) {
    text += "{hasta la fecha}";
  }
}

Tightness Printer::SayChain(Place place, const char* op, Tightness tightness,
                            std::string& text) const {
  const std::size_t count = rules().expr(place.expr).args.size();
  const bool one_way = tightness == kSum || tightness == kProduct;
  const auto tighter = static_cast<Tightness>(tightness + 1);
  SayInside(place, 0, one_way || tightness < kCompare ? tightness : tighter, text);
  for (std::size_t i = 1; i < count; ++i) {
    text += ' ';
    text += op;
    text += ' ';
    SayInside(place, i, tightness < kCompare ? tightness : tighter, text);
  }
  return tightness;
}

void Printer::SayCall(Place place, const char* name, std::string& text) const {
  text += name;
  text += '(';
  for (std::size_t i = 0; i < rules().expr(place.expr).args.size(); ++i) {
    text += i == 0 ? "" : ", ";
    SayInside(place, i, kIf, text);
  }
  text += ')';
}

void Printer::SaySet(Place place, std::string& text) const {
  SayInside(place, 0, kSum, text);
  text += " en {";
  for (std::size_t i = 1; i < rules().expr(place.expr).args.size(); ++i) {
    text += i == 1 ? "" : ", ";
    SayInside(place, i, kIf, text);
  }
  text += '}';
}

void Printer::SayIf(Place place, std::string& text) const {
  text += "si ";
  SayInside(place, 0, kIf, text);
  text += " entonces ";
  SayInside(place, 1, kIf, text);
  text += " sino ";
  SayInside(place, 2, kIf, text);
}

Tightness Printer::Say(Place place, std::string& text) const {
  place = Follow(vantage_, place);
  const Expr& expr = rules().expr(place.expr);
  switch (expr.op) {
    case Op::Literal:
      return SayLiteral(expr, text);
    case Op::Field:
      SayField(place, text);
      break;
    case Op::Attribute:
      text += rules().attribute(AttributeId(expr.ref)).name;
      break;
    case Op::Parameter:
      text += rules().parameter(ParameterId(expr.ref)).name;
      break;
    case Op::Measure:
      SayMeasure(place, text);
      break;
    case Op::FactDate:
      text += "fecha";
      break;
    case Op::ScheduledEntry:
      text += "hora_fijada";
      break;
    case Op::ScheduledExit:
      text += "hora_de_salida";
      break;
    case Op::Shift:
      text += "tramo";
      break;
    case Op::Neg:
      text += '-';
      SayInside(place, 0, kSign, text);
      return kSign;
    case Op::Not:
      text += "no ";
      SayInside(place, 0, kNot, text);
      return kNot;
    case Op::Add:
      return SayChain(place, "+", kSum, text);
    case Op::Sub:
      return SayChain(place, "-", kSum, text);
    case Op::Mul:
      return SayChain(place, "*", kProduct, text);
    case Op::Div:
      return SayChain(place, "/", kProduct, text);
    case Op::Min:
      SayCall(place, "mín", text);
      break;
    case Op::Max:
      SayCall(place, "máx", text);
      break;
    case Op::Floor:
      SayCall(place, "piso", text);
      break;
    case Op::Ceil:
      SayCall(place, "techo", text);
      break;
    case Op::Lt:
      return SayChain(place, "<", kCompare, text);
    case Op::Le:
      return SayChain(place, "<=", kCompare, text);
    case Op::Eq:
      return SayChain(place, "=", kCompare, text);
    case Op::Ne:
      return SayChain(place, "!=", kCompare, text);
    case Op::Ge:
      return SayChain(place, ">=", kCompare, text);
    case Op::Gt:
      return SayChain(place, ">", kCompare, text);
    case Op::And:
      return SayChain(place, "y", kAnd, text);
    case Op::Or:
      return SayChain(place, "o", kOr, text);
    case Op::If:
      SayIf(place, text);
      return kIf;
    case Op::InSet:
      SaySet(place, text);
      return kCompare;
    case Op::Has:
      text += "tiene ";
      SayInside(place, 0, kPrimary, text);
      break;
    case Op::YearsBetween:
      SayCall(place, "años", text);
      break;
    case Op::MonthsSinceAnniversary:
      SayCall(place, "meses_desde_aniversario", text);
      break;
    case Op::FirstOfNextMonth:
      SayCall(place, "primer_día_del_mes_siguiente", text);
      break;
  }
  return kPrimary;
}

}  // namespace

std::string CanonicalText(const Vantage& vantage, Place place) {
  return Printer(vantage, true).Print(place);
}

std::string FormatExprOf(const Ruleset& rules, ExprId id, FactKindId kind) {
  const Vantage vantage{&rules, {kind, Window::Fact}, {}};
  return id.valid() ? Printer(vantage, false).Print({id, 0}) : "";
}

std::string FormatExpr(const Ruleset& rules, ExprId id) {
  return FormatExprOf(rules, id, OwnerKind(rules, id));
}

std::optional<std::string> WriteValue(const Ruleset& rules, const Type& type, const Value& value) {
  if (value.absent) return std::nullopt;
  const Rational n = value.number;
  const auto within = [&](std::int64_t low, std::int64_t high) {
    return n.whole() && n >= Rational(low) && n <= Rational(high);
  };
  bool sayable = true;
  switch (type.base) {
    case Base::Boolean:
      sayable = within(0, 1);
      break;
    case Base::Date:
      sayable = within(Date(1, 1, 1).days(), Date(9999, 12, 31).days());
      break;
    case Base::TimeOfDay:
      sayable = n >= Rational(0) && n < Rational(24 * 60) && (n * Rational(60)).whole();
      break;
    case Base::Enumeration: {
      const auto& values = rules.enumerations[type.enumeration.index()].values;
      sayable = within(0, static_cast<std::int64_t>(values.size()) - 1);
      break;
    }
    default: {
      // The largest figure any unit writes it with: seconds.
      constexpr std::int64_t kMost = language::kLargestNumber / 60;
      sayable = std::abs(n.num()) <= kMost && n.den() <= kMost;
    }
  }
  if (!sayable) return std::nullopt;
  return LiteralText(rules, type, n);
}

namespace {

std::string Spaced(std::string name) {
  for (char& c : name) {
    c = c == '_' ? ' ' : c;
  }
  return name;
}

Text DescribeDuty(const Consequence& consequence, const char* es, const char* en) {
  Text term;
  if (consequence.term) {
    term = DescribeTerm(*consequence.term);
    term = {" en " + term.es, " within " + term.en};
  }
  const std::string actor = Spaced(consequence.actor);
  return {std::string(es) + " de " + actor + ": " + consequence.action + term.es,
          std::string(en) + " of " + actor + ": " + consequence.action + term.en};
}

Text DescribeQuantity(const Ruleset& rules, const Consequence& consequence,
                      std::optional<Rational> quantity) {
  if (!quantity) {
    const std::string text = FormatExpr(rules, consequence.quantity);
    return {text, text};
  }
  Type type{Base::Days, {}};
  if (consequence.quantity.valid()) {
    type = rules.expr(consequence.quantity).type;
  }
  return {FormatValue(rules, type, {*quantity, false}, Language::Spanish),
          FormatValue(rules, type, {*quantity, false}, Language::English)};
}

}  // namespace

Text DescribeConsequence(const Ruleset& rules, const Consequence& consequence,
                         std::optional<Rational> quantity) {
  switch (consequence.kind) {
    case ConsequenceKind::NoSanction:
      return {"sin sanción", "no sanction"};
    case ConsequenceKind::VerbalAdmonition:
      return {"amonestación verbal", "verbal admonition"};
    case ConsequenceKind::WrittenAdmonition:
      return {"amonestación escrita", "written admonition"};
    case ConsequenceKind::PayDeduction: {
      const Text days = DescribeQuantity(rules, consequence, quantity);
      return {"descuento de " + days.es, "pay deduction of " + days.en};
    }
    case ConsequenceKind::Process:
      return {"proceso interno", "internal process"};
    case ConsequenceKind::Destitution:
      return {"destitución", "dismissal"};
    case ConsequenceKind::Retirement:
      return {"retiro", "separation from service"};
    case ConsequenceKind::Entitlement: {
      const Text amount = DescribeQuantity(rules, consequence, quantity);
      const std::string thing = Spaced(consequence.thing);
      return {"derecho a " + thing + ": " + amount.es,
              "entitlement to " + thing + ": " + amount.en};
    }
    case ConsequenceKind::Obligation:
      return DescribeDuty(consequence, "obligación", "obligation");
    case ConsequenceKind::Prohibition:
      return DescribeDuty(consequence, "prohibición", "prohibition");
    case ConsequenceKind::Permission:
      return DescribeDuty(consequence, "permiso", "permission");
    case ConsequenceKind::Power:
      return DescribeDuty(consequence, "facultad", "power");
  }
  return {};
}

Text DescribeFault(FaultClass fault) {
  switch (fault) {
    case FaultClass::None:
      return {};
    case FaultClass::Minor:
      return {"falta leve", "minor fault"};
    case FaultClass::Serious:
      return {"falta grave", "serious fault"};
    case FaultClass::VerySerious:
      return {"falta gravísima", "very serious fault"};
  }
  return {};
}

Text DescribeTerm(const Term& term) {
  switch (term.unit) {
    case TermUnit::Hours:
      return {Counted(term.amount, "hora", "horas"), Counted(term.amount, "hour", "hours")};
    case TermUnit::CalendarDays:
      return {Counted(term.amount, "día calendario", "días calendario"),
              Counted(term.amount, "calendar day", "calendar days")};
    case TermUnit::BusinessDays:
      return {Counted(term.amount, "día hábil", "días hábiles"),
              Counted(term.amount, "business day", "business days")};
    case TermUnit::Months:
      return {Counted(term.amount, "mes", "meses"), Counted(term.amount, "month", "months")};
  }
  return {};
}

std::optional<std::string> BoundsMissed(const Ruleset& rules, const Type& type,
                                        std::optional<Rational> low, std::optional<Rational> high,
                                        Rational number) {
  const Domain domain = DomainOf(type);
  if (!low) low = domain.low;
  if (!high) high = domain.high;
  if ((!low || *low <= number) && (!high || number <= *high)) return std::nullopt;
  const auto bound = [&](std::optional<Rational> n) {
    return n ? FormatValue(rules, type, {*n, false}) : std::string("…");
  };
  return bound(low) + " .. " + bound(high);
}

Text DescribePartlyInForce(const Ruleset& rules, Date first, Date last) {
  Text text;
  std::string before;
  for (const auto& [what, from, to] : PartlyInForceIn(rules, first, last)) {
    const std::string link = what == before ? "," : (before.empty() ? "" : "; ") + what;
    text.es +=
        link + (from ? " desde el " + from->str() : "") + (to ? " hasta el " + to->str() : "");
    text.en += link + (from ? " from " + from->str() : "") + (to ? " until " + to->str() : "");
    before = what;
  }
  return text;
}

}  // namespace cotejo::rules
