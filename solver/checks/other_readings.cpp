#include "solver/checks/other_readings.h"

#include <algorithm>
#include <iterator>
#include <tuple>

#include "solver/checks/questions.h"
#include "solver/checks/severity.h"
#include "solver/checks/wording.h"

namespace cotejo::checks {

std::shared_ptr<const OtherReading> OtherReading::Of(const CheckContext& context,
                                                     const std::vector<ReadingChange>& changes) {
  return context.readings != nullptr ? context.readings->Get(context, changes)
                                     : Read(context, changes);
}

std::shared_ptr<const OtherReading> SharedReadings::Get(const CheckContext& context,
                                                        const std::vector<ReadingChange>& changes) {
  Entry& entry = [&]() -> Entry& {
    const std::lock_guard lock(mutex_);
    return read_[changes];
  }();
  std::call_once(entry.once, [&] { entry.reading = OtherReading::Read(context, changes); });
  return entry.reading;
}

bool OnlyStates(const language::Decl& decl) {
  using Kind = language::Decl::Kind;
  return decl.kind == Kind::Declare || decl.kind == Kind::Refer || decl.kind == Kind::Duty ||
         decl.kind == Kind::Procedure;
}

std::string WordingOf(const base::SourceMap& sources,
                      const std::vector<language::NormFile>& files) {
  rules::Hasher hash;
  for (const language::NormFile& file : files) {
    for (const language::Decl& decl : file.decls) {
      if (!OnlyStates(decl)) hash.Add(sources.text(decl.span));
    }
  }
  return hash.str();
}

std::string DependsOnReadings(const CheckContext& context) {
  if (context.content == nullptr || context.input.wording.empty()) return {};
  return rules::Hasher().Add(DependsOn(context, {})).Add(context.input.wording).str();
}

std::shared_ptr<const OtherReading> OtherReading::Read(const CheckContext& context,
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
  return std::shared_ptr<const OtherReading>(new OtherReading(context, std::move(rules)));
}

OtherReading::OtherReading(const CheckContext& context, std::shared_ptr<const rules::Ruleset> rules)
    : rules_(std::move(rules)),
      families_(rules::BuildFamilies(*rules_)),
      context_{context.input, *rules_, families_, context.options, context.year} {}

bool SameRules(const CheckContext& here, const rules::Ruleset& there) {
  const rules::Ruleset& own = here.rules;
  const auto counts = [](const rules::Ruleset& rules) {
    return std::tuple(rules.fact_kinds.size(), rules.measures.size(), rules.qualifications.size(),
                      rules.rules.size(), rules.scales.size(), rules.readings.size());
  };
  if (counts(own) != counts(there)) return false;
  rules::Declarations part;
  const auto all = [](std::size_t count, auto& ids) {
    for (std::size_t i = 0; i < count; ++i) ids.emplace_back(static_cast<std::int64_t>(i));
  };
  all(own.fact_kinds.size(), part.kinds);
  all(own.measures.size(), part.measures);
  all(own.qualifications.size(), part.qualifications);
  all(own.rules.size(), part.rules);
  all(own.scales.size(), part.scales);
  rules::Ruleset as_own = there;
  for (std::size_t r = 0; r < own.readings.size(); ++r) {
    as_own.readings[r].chosen = own.readings[r].chosen;
  }
  const std::string digest =
      here.content != nullptr ? here.content->Of(part) : rules::ContentHash(own).Of(part);
  return rules::ContentHash(as_own).Of(part) == digest;
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
    all.push_back({application.date.first_of_month(), DescribeOutcome(rules, application),
                   application.rule, OrdersSanction(rules.rule(application.rule))});
  }
  for (const evaluation::GapHit& gap : result.gaps) {
    const rules::Subject& subject = result.roots[static_cast<std::size_t>(gap.root)].subject;
    const base::Text what = DescribeSubject(rules, subject);
    all.push_back({gap.date.first_of_month(),
                   {"ninguna regla para " + what.es, "no rule for " + what.en},
                   rules::RuleId(),
                   LeavesUnpunished(rules, gap)});
  }
  std::sort(all.begin(), all.end(), [](const Consequence& a, const Consequence& b) {
    return std::tie(a.month, a.text.es) < std::tie(b.month, b.text.es);
  });
  return all;
}

namespace {

// Those of `a` that `b` has not, as many times as they are missing.
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

std::vector<Consequence> Weighty(const std::vector<Consequence>& all) {
  std::vector<Consequence> weighty;
  std::copy_if(all.begin(), all.end(), std::back_inserter(weighty),
               [](const Consequence& one) { return one.weighs; });
  return weighty;
}

}  // namespace

Contrast ContrastOf(const std::vector<Consequence>& own, const std::vector<Consequence>& other) {
  const Contrast weighty{Weighty(own), Weighty(other), true};
  if (weighty.own != weighty.other) return weighty;
  return {Missing(own, other), Missing(other, own), false};
}

void AnswerWithWhatDoesNotApply(base::Finding& finding) {
  if (!finding.counterpart) return;
  const auto answer = [](base::Witness& bare, const base::Witness& other) {
    if (!bare.answers.empty() || bare.facts.empty()) return;
    for (base::WitnessAnswer one : other.answers) {
      one.description = {"no se aplica", "does not apply"};
      one.stands = false;
      one.applies = false;
      one.date = bare.facts.back().date.last_of_month();
      bare.answers.push_back(std::move(one));
    }
  };
  answer(finding.witness, *finding.counterpart);
  answer(*finding.counterpart, finding.witness);
}

base::Text DescribeAll(const std::vector<Consequence>& all) {
  if (all.empty()) return {"ninguna consecuencia", "no consequence"};
  base::Text text;
  for (std::size_t i = 0; i < all.size();) {
    std::size_t times = 0;
    const Consequence& one = all[i];
    for (; i < all.size() && all[i].text == one.text; ++i) ++times;
    const std::string count = std::to_string(times);
    text.es += (text.es.empty() ? "" : "; ") + one.text.es;
    text.en += (text.en.empty() ? "" : "; ") + one.text.en;
    if (times > 1) {
      text.es += " (" + count + " veces)";
      text.en += " (" + count + " times)";
    }
  }
  return text;
}

}  // namespace cotejo::checks
