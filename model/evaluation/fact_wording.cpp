#include "model/evaluation/fact_wording.h"

#include <algorithm>

namespace cotejo::evaluation {

using base::Language;

std::string Spaced(std::string name) {
  std::replace(name.begin(), name.end(), '_', ' ');
  return name;
}

namespace {

std::string FactText(const rules::Ruleset& rules, const History& history, const Fact& fact,
                     Language language) {
  const bool es = language == Language::Spanish;
  const rules::FactKind& kind = rules.kind(fact.kind);
  std::string text = Spaced(kind.name);
  std::string rest;
  for (std::size_t f = 0; f < kind.fields.size(); ++f) {
    const rules::Field& field = kind.fields[f];
    const rules::Value& value = fact.fields[f];
    if (field.initial && *field.initial == value) continue;
    const std::string formatted = rules::FormatValue(rules, field.type, value, language);
    if (field.type.base == rules::Base::TimeOfDay) {
      text += (es ? " a las " : " at ") + formatted;
    } else {
      rest += ", " + Spaced(field.name) + " " + formatted;
    }
  }
  const int schedule = fact.shift > 0 ? ScheduleOn(rules, history, fact.date) : -1;
  if (schedule >= 0) {
    const auto& shifts = rules.schedules[static_cast<std::size_t>(schedule)].shifts;
    const auto shift = static_cast<std::size_t>(fact.shift) - 1;
    const std::string entry =
        shift < shifts.size()
            ? rules::FormatValue(rules, {rules::Base::TimeOfDay, {}}, {shifts[shift].entry, false})
            : "";
    rest += (es ? " (tramo " : " (shift ") + std::to_string(fact.shift) +
            (es ? ", ingreso fijado " : ", entry fixed at ") + entry + ")";
  }
  return text + rest;
}

}  // namespace

base::Text DescribeFact(const rules::Ruleset& rules, const History& history, const Fact& fact) {
  return {FactText(rules, history, fact, Language::Spanish),
          FactText(rules, history, fact, Language::English)};
}

}  // namespace cotejo::evaluation
