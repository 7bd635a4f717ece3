#include "solver/checks/other_readings.h"

#include <algorithm>
#include <tuple>

#include "solver/checks/wording.h"

namespace cotejo::checks {

std::unique_ptr<OtherReading> OtherReading::Of(const CheckContext& context,
                                               const std::vector<ReadingChange>& changes) {
  rules::ReadingChoices choices;
  for (std::size_t r = 0; r < context.rules.readings.size(); ++r) {
    const rules::Reading& reading = context.rules.readings[r];
    int option = reading.chosen;
    for (const auto& [changed, to] : changes) option = changed == r ? to : option;
    choices.emplace_back(reading.name, reading.options[static_cast<std::size_t>(option)].name);
  }
  std::shared_ptr<const rules::Ruleset> rules = context.input.under(choices);
  if (!rules) return nullptr;
  return std::unique_ptr<OtherReading>(new OtherReading(context, std::move(rules)));
}

OtherReading::OtherReading(const CheckContext& context, std::shared_ptr<const rules::Ruleset> rules)
    : rules_(std::move(rules)),
      families_(rules::BuildFamilies(*rules_)),
      context_{context.input, *rules_, families_, context.options, context.year} {}

bool SameContent(const rules::Ruleset& a, const rules::Ruleset& b) {
  rules::Ruleset as_a = b;
  for (std::size_t r = 0; r < as_a.readings.size() && r < a.readings.size(); ++r) {
    as_a.readings[r].chosen = a.readings[r].chosen;
  }
  return rules::ContentHash(a).Whole() == rules::ContentHash(as_a).Whole();
}

std::vector<Consequence> ConsequencesOf(const rules::Ruleset& rules,
                                        const evaluation::Result& result) {
  std::vector<Consequence> all;
  for (const evaluation::Application& application : result.applications) {
    const auto& ordered = rules.rule(application.rule).consequences;
    const bool nothing = std::all_of(ordered.begin(), ordered.end(), [](const auto& c) {
      return c.kind == rules::ConsequenceKind::NoSanction;
    });
    if (!application.stands || nothing) continue;
    all.push_back(
        {application.date.first_of_month(), DescribeOutcome(rules, application), application.rule});
  }
  for (const evaluation::GapHit& gap : result.gaps) {
    const rules::Subject& subject = result.roots[static_cast<std::size_t>(gap.root)].subject;
    const base::Text what = DescribeSubject(rules, subject);
    all.push_back({gap.date.first_of_month(),
                   {"ninguna regla para " + what.es, "no rule for " + what.en},
                   rules::RuleId()});
  }
  std::sort(all.begin(), all.end(), [](const Consequence& a, const Consequence& b) {
    return std::tie(a.month, a.text.es) < std::tie(b.month, b.text.es);
  });
  return all;
}

std::vector<Consequence> Missing(const std::vector<Consequence>& a,
                                 const std::vector<Consequence>& b) {
  std::vector<Consequence> rest = b;
  std::vector<Consequence> missing;
  for (const Consequence& one : a) {
    const auto same = std::find(rest.begin(), rest.end(), one);
    if (same == rest.end()) {
      missing.push_back(one);
    } else {
      rest.erase(same);
    }
  }
  return missing;
}

base::Text DescribeAll(const std::vector<Consequence>& all) {
  if (all.empty()) return {"ninguna consecuencia", "no consequence"};
  base::Text text;
  for (std::size_t i = 0; i < all.size(); ++i) {
    text.es += (i == 0 ? "" : "; ") + all[i].text.es;
    text.en += (i == 0 ? "" : "; ") + all[i].text.en;
  }
  return text;
}

}  // namespace cotejo::checks
