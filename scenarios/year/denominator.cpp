#include <map>
#include <numeric>

#include "scenarios/year/plan.h"

namespace cotejo::year {
namespace {

using rules::ExprId;
using rules::FactKindId;
using rules::FieldId;
using rules::Op;

constexpr std::int64_t kLargest = 1'000'000'000;

// Why an expression has no exact integer form. Thrown and caught in this file only.
struct Unsupported {
  base::Text reason;
};

std::int64_t Lcm(std::int64_t a, std::int64_t b) {
  const __int128 wide = static_cast<__int128>(a) / std::gcd(a, b) * b;
  if (wide > kLargest) {
    throw Unsupported{{"sus fracciones no tienen un denominador común manejable",
                       "its fractions have no common denominator of a workable size"}};
  }
  return static_cast<std::int64_t>(wide);
}

std::int64_t Product(std::int64_t a, std::int64_t b) {
  const __int128 wide = static_cast<__int128>(a) * b;
  if (wide > kLargest) return Lcm(kLargest, kLargest - 1);  // too large: refused there
  return static_cast<std::int64_t>(wide);
}

class Denominators {
 public:
  Denominators(const rules::Ruleset& rules, const Binding& binding)
      : rules_(rules), binding_(binding) {
    for (const rules::Schedule& schedule : rules.schedules) {
      half_day_ = Lcm(half_day_,
                      static_cast<std::int64_t>(std::max<std::size_t>(schedule.shifts.size(), 1)));
      for (const rules::Shift& shift : schedule.shifts)
        clock_ = Lcm(clock_, Lcm(shift.entry.den(), shift.exit.den()));
    }
  }

  [[nodiscard]] std::int64_t all() const { return all_; }

  // Smallest number that makes every value of the expression whole; all its parts count
  // towards all().
  std::int64_t Of(ExprId id, FactKindId kind) {
    if (!id.valid()) return 1;
    const std::int64_t own = Compute(rules_.expr(id), kind);
    all_ = Lcm(all_, own);
    return own;
  }

  std::int64_t OfField(FactKindId kind, FieldId field) {
    const auto key = std::pair(kind.value, field.value);
    const auto known = fields_.find(key);
    if (known != fields_.end()) return known->second;
    fields_[key] = 1;  // the strata have no cycles, so nobody reads this provisional value
    const rules::Field& declared = rules_.kind(kind).fields[field.index()];
    std::int64_t den =
        declared.initial && !declared.initial->absent ? declared.initial->number.den() : 1;
    den = Lcm(den, Produced(kind, field));
    if (kind == binding_.balance.kind && field == binding_.balance.days)
      den = Lcm(den, OfBalance());
    for (const rules::Qualification& q : rules_.qualifications) {
      if (q.target != kind) continue;
      for (const rules::FieldValue& value : q.fields) {
        if (value.field == field) den = Lcm(den, Of(value.value, q.subject.kind));
      }
    }
    if (rules_.kind(kind).is_sanction) den = Lcm(den, OfDeductions());
    fields_[key] = den;
    all_ = Lcm(all_, den);
    return den;
  }

 private:
  static std::int64_t OfBounds(const rules::Field& field) {
    return Lcm(field.low ? field.low->den() : 1, field.high ? field.high->den() : 1);
  }

  // What the simulator itself writes into a field.
  std::int64_t Produced(FactKindId kind, FieldId field) const {
    std::int64_t den = 1;
    for (std::size_t i = 0; i < kHappenings; ++i) {
      const KindBinding& bound = binding_.kinds[i];
      if (bound.kind != kind || bound.amount != field) continue;
      switch (static_cast<Happening>(i)) {
        case Happening::Arrival:
          den = std::lcm(den, clock_);
          break;
        case Happening::Absence:
        case Happening::PostAbsence:
          den = Lcm(std::lcm(den, half_day_), OfBounds(rules_.kind(kind).fields[field.index()]));
          break;
        case Happening::Vacation:
          den = std::lcm(den, std::int64_t{2});  // the population counts in half days
          break;
        default:
          break;
      }
    }
    const auto given = [&](const std::vector<OccurrenceBinding::Given>& fields) {
      for (const auto& [id, value] : fields) {
        if (id == field && !value.absent) den = Lcm(den, value.number.den());
      }
    };
    for (const OccurrenceBinding& occurrence : binding_.occurrences) {
      if (occurrence.kind == kind) {
        for (const auto& variant : occurrence.variants) given(variant);
      }
      if (occurrence.back == kind) given(occurrence.back_fields);
    }
    return den;
  }

  // Half days, and what the rules give.
  std::int64_t OfBalance() {
    std::int64_t den = 2;
    for (const auto& [r, c] : binding_.balance.given_by) {
      const rules::Rule& rule = rules_.rules[r];
      den = Lcm(den, Of(rule.consequences[c].quantity, rule.subject.kind));
    }
    return den;
  }

  std::int64_t OfDeductions() {
    std::int64_t den = 1;
    for (const rules::Rule& rule : rules_.rules) {
      for (const rules::Consequence& c : rule.consequences) {
        if (c.kind == rules::ConsequenceKind::PayDeduction)
          den = Lcm(den, Of(c.quantity, rule.subject.kind));
      }
    }
    return den;
  }

  std::int64_t OfAttribute(rules::AttributeId id) const {
    const rules::Attribute& attribute = rules_.attribute(id);
    std::int64_t den =
        attribute.initial && !attribute.initial->absent ? attribute.initial->number.den() : 1;
    const std::int32_t column = binding_.column_of[id.index()];
    if (column < 0) return den;
    for (const rules::Value& value : binding_.columns[static_cast<std::size_t>(column)].values) {
      if (!value.absent) den = Lcm(den, value.number.den());
    }
    return den;
  }

  std::int64_t OfMeasure(rules::MeasureId id) {
    const rules::Measure& measure = rules_.measure(id);
    all_ = Lcm(all_, measure.at_least.den());
    Of(measure.filter, measure.kind);
    const std::int64_t value = Of(measure.value, measure.kind);
    if (measure.aggregate == rules::Aggregate::Run && measure.at_least <= base::Rational(0)) {
      throw Unsupported{{"la racha de «" + measure.name + "» no pide nada de cada día",
                         "the run of '" + measure.name + "' asks nothing of a day"}};
    }
    return measure.aggregate == rules::Aggregate::Sum ? value : 1;
  }

  // Dividing by n/d multiplies by d/n: the denominator grows by |n|.
  std::int64_t OfDivisor(ExprId id) const {
    const rules::Expr& expr = rules_.expr(id);
    std::vector<base::Rational> values;
    if (expr.op == Op::Literal) values.push_back(expr.literal);
    if (expr.op == Op::Parameter) {
      for (const rules::DatedValue& v : rules_.parameter(rules::ParameterId(expr.ref)).values)
        values.push_back(v.value);
    }
    if (values.empty()) {
      throw Unsupported{{"divide entre algo que no es una constante ni un parámetro",
                         "it divides by something that is neither a constant nor a parameter"}};
    }
    std::int64_t grows = 1;
    for (const base::Rational value : values) {
      if (value.zero()) throw Unsupported{{"divide entre cero", "it divides by zero"}};
      grows = Lcm(grows, value.num() < 0 ? -value.num() : value.num());
    }
    return grows;
  }

  std::int64_t Compute(const rules::Expr& expr, FactKindId kind) {
    std::vector<std::int64_t> args;
    for (const ExprId arg : expr.args) args.push_back(Of(arg, kind));
    switch (expr.op) {
      case Op::Literal:
        return expr.literal.den();
      case Op::Field:
        return OfField(kind, FieldId(expr.ref));
      case Op::Attribute:
        return OfAttribute(rules::AttributeId(expr.ref));
      case Op::Parameter: {
        std::int64_t den = 1;
        for (const rules::DatedValue& v : rules_.parameter(rules::ParameterId(expr.ref)).values)
          den = Lcm(den, v.value.den());
        return den;
      }
      case Op::Measure:
        return OfMeasure(rules::MeasureId(expr.ref));
      case Op::ScheduledEntry:
      case Op::ScheduledExit:
        return clock_;
      case Op::YearsBetween:
        return base::kDayPartsPerYear;
      case Op::Neg:
      case Op::Add:
      case Op::Sub:
      case Op::Min:
      case Op::Max:
        return std::accumulate(args.begin(), args.end(), std::int64_t{1}, Lcm);
      case Op::If:
        return Lcm(args[1], args[2]);
      case Op::Mul:
        return std::accumulate(args.begin(), args.end(), std::int64_t{1}, Product);
      case Op::Div: {
        std::int64_t den = args[0];
        for (std::size_t i = 1; i < args.size(); ++i) den = Product(den, OfDivisor(expr.args[i]));
        return den;
      }
      default:  // comparisons, connectives, rounding, counts and dates are whole
        return 1;
    }
  }

  const rules::Ruleset& rules_;
  const Binding& binding_;
  std::int64_t all_ = 1;
  std::int64_t clock_ = 1;
  std::int64_t half_day_ = 1;
  std::map<std::pair<std::int32_t, std::int32_t>, std::int64_t> fields_;
};

// Goes over everything a plan computes and reports each thing that has no exact form.
class Survey {
 public:
  Survey(const rules::Ruleset& rules, const Binding& binding, base::Diagnostics& diagnostics)
      : rules_(rules), binding_(binding), diagnostics_(diagnostics), all_(rules, binding) {}

  std::int64_t Run() {
    for (const rules::Rule& rule : rules_.rules) {
      Guarded(rule, [&] {
        Conditions(rule);
        for (const rules::Consequence& c : rule.consequences)
          all_.Of(c.quantity, rule.subject.kind);
      });
    }
    for (const rules::Qualification& q : rules_.qualifications) {
      Guarded(q, [&] {
        Conditions(q);
        for (const rules::FieldValue& field : q.fields) all_.Of(field.value, q.subject.kind);
      });
    }
    for (const rules::Schedule& schedule : rules_.schedules)
      Guarded(schedule, [&] { all_.Of(schedule.guard, {}); });
    const rules::Definition& pay = rules_.definitions[static_cast<std::size_t>(binding_.day_pay)];
    Guarded(pay, [&] { all_.Of(pay.body, {}); });
    for (std::size_t kind = 0; kind < rules_.fact_kinds.size(); ++kind) FieldsOf(kind);
    return Lcm(all_.all(), Declared());
  }

 private:
  template <typename Named, typename Action>
  void Guarded(const Named& named, Action action) {
    try {
      action();
    } catch (const Unsupported& why) {
      diagnostics_.Add({"simulación-no-admite",
                        base::Severity::Error,
                        named.span,
                        {"el simulador no puede calcular «" + named.name + "»: " + why.reason.es,
                         "the simulator cannot compute '" + named.name + "': " + why.reason.en},
                        {},
                        named.citation});
    }
  }

  template <typename Judging>
  void Conditions(const Judging& judging) {
    all_.Of(judging.guard, judging.subject.kind);
    for (const rules::Exception& e : judging.exceptions) all_.Of(e.condition, judging.subject.kind);
  }

  void FieldsOf(std::size_t kind) {
    const FactKindId id(static_cast<std::int64_t>(kind));
    for (std::size_t field = 0; field < rules_.kind(id).fields.size(); ++field) {
      try {
        all_.OfField(id, FieldId(static_cast<std::int64_t>(field)));
      } catch (const Unsupported&) {
        // The qualification or rule that gives the field its value has been reported.
      }
    }
  }

  // Figures that are there whether or not an expression reads them. The 2 is for half days.
  [[nodiscard]] std::int64_t Declared() const {
    std::int64_t den = 2;
    const auto add = [&](const std::optional<rules::Value>& value) {
      if (value && !value->absent) den = Lcm(den, value->number.den());
    };
    for (const BoundColumn& column : binding_.columns) {
      for (const rules::Value& value : column.values) add(value);
    }
    for (const OccurrenceBinding& occurrence : binding_.occurrences) {
      for (const auto& variant : occurrence.variants) {
        for (const auto& [field, value] : variant) add(value);
      }
      for (const auto& [field, value] : occurrence.back_fields) add(value);
    }
    for (const rules::Attribute& attribute : rules_.attributes) add(attribute.initial);
    for (const rules::Parameter& parameter : rules_.parameters) {
      for (const rules::DatedValue& v : parameter.values) den = Lcm(den, v.value.den());
    }
    for (const rules::Measure& measure : rules_.measures) den = Lcm(den, measure.at_least.den());
    for (const rules::Schedule& schedule : rules_.schedules) {
      for (const rules::Shift& shift : schedule.shifts)
        den = Lcm(den, Lcm(shift.entry.den(), shift.exit.den()));
    }
    return den;
  }

  const rules::Ruleset& rules_;
  const Binding& binding_;
  base::Diagnostics& diagnostics_;
  Denominators all_;
};

}  // namespace

std::optional<std::int64_t> DenominatorOf(const rules::Ruleset& rules, const Binding& binding,
                                          const YearDays& year, base::Diagnostics& diagnostics) {
  const std::size_t before = diagnostics.errors();
  const auto refuse = [&](base::Text message, base::Text hint = {}) {
    diagnostics.Add({"simulación-no-admite",
                     base::Severity::Error,
                     {},
                     std::move(message),
                     std::move(hint),
                     {}});
    return std::nullopt;
  };
  if (rules.schedules.empty())
    return refuse({"la regulación no declara ningún horario", "the regulation has no schedule"});
  if (!rules.calendar.years().contains(year.year)) {
    const std::string text = std::to_string(year.year);
    std::string known;
    for (const int one : rules.calendar.years())
      known += (known.empty() ? "" : ", ") + std::to_string(one);
    base::Text hint = {"agréguelos a la regulación", "add them to the regulation"};
    if (!known.empty()) {
      hint.es += ", o pida con --gestion otra gestión: se conocen los de " + known;
      hint.en += ", or ask for another year with --year: those of " + known + " are known";
    }
    return refuse(
        {"no se conocen los feriados de " + text, "the holidays of " + text + " are not known"},
        std::move(hint));
  }
  std::int64_t all = 1;
  try {
    all = Survey(rules, binding, diagnostics).Run();
  } catch (const Unsupported& why) {
    return refuse({"el simulador no puede calcular «" + rules.title + "»: " + why.reason.es,
                   "the simulator cannot compute '" + rules.title + "': " + why.reason.en});
  }
  if (diagnostics.errors() > before) return std::nullopt;
  return all;
}

}  // namespace cotejo::year
