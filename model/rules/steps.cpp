#include "model/rules/steps.h"

namespace cotejo::rules {

namespace {

bool Multiple(Rational number, Rational step) {
  try {
    return (number / step).whole();
  } catch (const base::ArithmeticError&) {
    return false;  // more digits than an exact number holds
  }
}

}  // namespace

std::optional<base::Text> WhyBetweenSteps(const Ruleset& rules, const FactKind& kind,
                                          const Field& field, Rational number) {
  const bool declared = !field.step.zero();
  if (!declared && (kind.derived || kind.is_sanction)) return std::nullopt;
  if (field.low && field.low == field.high) return std::nullopt;  // its only value
  const Rational step = declared ? field.step : DefaultStep(field.type);
  if (Multiple(number, step)) return std::nullopt;
  // The step of a time of day is a duration.
  const Type duration = field.type.base == Base::TimeOfDay ? Type{Base::Minutes, {}} : field.type;
  const auto shown = [&](const Type& type, Rational n, base::Language language) {
    return FormatValue(rules, type, {n, false}, language);
  };
  const auto es = base::Language::Spanish;
  const auto en = base::Language::English;
  return base::Text{
      shown(field.type, number, es) + " en «" + field.name + "» no es un múltiplo de " +
          shown(duration, step, es) +
          (declared ? ", el paso que declara" : ", el paso de un campo que no declara otro"),
      shown(field.type, number, en) + " in '" + field.name + "' is not a multiple of " +
          shown(duration, step, en) +
          (declared ? ", the step it declares" : ", the step of a field that declares no other")};
}

base::Text StepsHint(const Field& field) {
  const std::string name = field.name;
  return {"corrija el valor, o los pasos de «" + name +
              "» en el vocabulario (en pasos de …): entre paso y paso nada se comprueba",
          "correct the value, or the steps of '" + name +
              "' in the vocabulary (en pasos de …): nothing is checked between steps"};
}

}  // namespace cotejo::rules
