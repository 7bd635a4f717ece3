#include "solver/checks/drops.h"

#include <algorithm>

#include "solver/checks/wording.h"

namespace cotejo::checks {

using base::Citation;
using base::Text;
using evaluation::Application;
using evaluation::Result;

namespace {

bool Same(const Application& a, const Application& b) {
  return a.rule == b.rule && a.date == b.date && a.quantities == b.quantities;
}

bool SameRoot(const evaluation::Root& a, const evaluation::Root& b) {
  return a.subject == b.subject && a.first == b.first;
}

const evaluation::Root& RootAt(const Result& result, int index) {
  return result.roots[static_cast<std::size_t>(index)];
}

// The gravest standing sanction of `here` without its like in `there`; -1: none. With `of`,
// only those for that root.
int GravestOnlyIn(const rules::Ruleset& rules, const Result& here, const Result& there,
                  const evaluation::Root* of = nullptr) {
  std::vector<bool> taken(there.applications.size(), false);
  int gravest = -1;
  for (std::size_t i = 0; i < here.applications.size(); ++i) {
    const Application& own = here.applications[i];
    if (!own.stands || SeverityOf(rules, own).none()) continue;
    bool matched = false;
    for (std::size_t j = 0; j < there.applications.size() && !matched; ++j) {
      if (taken[j] || !there.applications[j].stands || !Same(own, there.applications[j])) continue;
      matched = taken[j] = true;
    }
    if (matched || (of != nullptr && !SameRoot(RootAt(here, own.root), *of))) continue;
    const bool graver =
        gravest < 0 ||
        Lighter(SeverityOf(rules, here.applications[static_cast<std::size_t>(gravest)]),
                SeverityOf(rules, own));
    if (graver) gravest = static_cast<int>(i);
  }
  return gravest;
}

int NewGap(const Result& before, const Result& after, const evaluation::Root* of = nullptr) {
  for (std::size_t g = 0; g < after.gaps.size(); ++g) {
    const evaluation::Root& root = RootAt(after, after.gaps[g].root);
    if (of != nullptr && !SameRoot(root, *of)) continue;
    const bool old = std::any_of(before.gaps.begin(), before.gaps.end(), [&](const auto& other) {
      return SameRoot(RootAt(before, other.root), root);
    });
    if (!old) return static_cast<int>(g);
  }
  return -1;
}

const Application& At(const Result& result, int index) {
  return result.applications[static_cast<std::size_t>(index)];
}

}  // namespace

std::optional<Drop> FindDrop(const rules::Ruleset& rules, const Result& before,
                             const Result& after) {
  Drop drop{SeverityOf(rules, before), SeverityOf(rules, after)};
  if (!Lighter(drop.after, drop.before)) return std::nullopt;
  drop.lost = GravestOnlyIn(rules, before, after);
  if (drop.lost < 0) return std::nullopt;
  // What became of the same thing explains more than what happened elsewhere.
  const evaluation::Root& root = RootAt(before, At(before, drop.lost).root);
  drop.gained = GravestOnlyIn(rules, after, before, &root);
  if (drop.gained < 0) drop.gap = NewGap(before, after, &root);
  if (drop.gained < 0 && drop.gap < 0) drop.gained = GravestOnlyIn(rules, after, before);
  if (drop.gained < 0 && drop.gap < 0) drop.gap = NewGap(before, after);
  return drop;
}

Citation LostCitation(const rules::Ruleset& rules, const Drop& drop, const Result& before) {
  return rules.rule(At(before, drop.lost).rule).citation;
}

std::optional<Citation> GainedCitation(const rules::Ruleset& rules, const Drop& drop,
                                       const Result& after) {
  if (drop.gained >= 0) return rules.rule(At(after, drop.gained).rule).citation;
  if (drop.gap < 0) return std::nullopt;
  const evaluation::GapHit& gap = after.gaps[static_cast<std::size_t>(drop.gap)];
  const rules::Subject subject = after.roots[static_cast<std::size_t>(gap.root)].subject;
  for (const rules::Scale& scale : rules.scales) {
    if (scale.subject == subject && rules::Exhaustive(scale)) return scale.citation;
  }
  return std::nullopt;
}

Text DescribeDrop(const rules::Ruleset& rules, const Drop& drop, const Result& before,
                  const Result& after) {
  const auto say = [&](const Application& application) {
    const Text outcome = DescribeSeverity(SeverityOf(rules, application));
    const std::string cited = rules.rule(application.rule).citation.str();
    return Text{cited + " (" + outcome.es + ")", cited + " (" + outcome.en + ")"};
  };
  const Text lost = say(At(before, drop.lost));
  Text to{"ninguna sanción", "no sanction"};
  if (drop.gained >= 0) {
    to = say(At(after, drop.gained));
  } else if (drop.gap >= 0) {
    to = {"un caso sin fila", "a case without a row"};
  }
  return {lost.es + " → " + to.es, lost.en + " → " + to.en};
}

std::optional<base::Finding> FindingOfDrop(const CheckContext& context, const Compared& compared,
                                           const std::string& code, const std::string& key) {
  const auto first = Replay(context, *compared.first);
  const auto second = Replay(context, *compared.second);
  if (!first || !second) return std::nullopt;
  const auto drop = FindDrop(context.rules, first->result, second->result);
  if (!drop) return std::nullopt;
  base::Finding finding;
  finding.code = code;
  finding.severity = base::FindingSeverity::Warning;
  finding.id = FindingId(code, key);
  finding.region = {DescribeDrop(context.rules, *drop, first->result, second->result)};
  finding.reading = DescribeReading(context.rules);
  std::vector<Citation> articles{LostCitation(context.rules, *drop, first->result)};
  if (auto gained = GainedCitation(context.rules, *drop, second->result)) {
    articles.push_back(std::move(*gained));
  }
  finding.articles = Unique(std::move(articles));
  finding.witness = Narrate(context, *first);
  finding.witness.label = compared.first_label;
  finding.counterpart = Narrate(context, *second);
  finding.counterpart->label = compared.second_label;
  return finding;
}

}  // namespace cotejo::checks
