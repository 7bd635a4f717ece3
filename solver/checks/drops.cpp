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

const Application& At(const Result& result, int index) {
  return result.applications[static_cast<std::size_t>(index)];
}

bool Sanctions(const rules::Ruleset& rules, const Application& application) {
  return application.stands && !SeverityOf(rules, application).none();
}

void GravestFirst(const rules::Ruleset& rules, const Result& result, std::vector<int>& indices) {
  std::stable_sort(indices.begin(), indices.end(), [&](int a, int b) {
    return Lighter(SeverityOf(rules, At(result, b)), SeverityOf(rules, At(result, a)));
  });
}

std::vector<int> Standing(const rules::Ruleset& rules, const Result& result) {
  std::vector<int> standing;
  for (std::size_t i = 0; i < result.applications.size(); ++i) {
    if (Sanctions(rules, result.applications[i])) standing.push_back(static_cast<int>(i));
  }
  GravestFirst(rules, result, standing);
  return standing;
}

// The standing sanctions of `here` without their like in `there`, gravest first.
std::vector<int> OnlyIn(const rules::Ruleset& rules, const Result& here, const Result& there) {
  std::vector<bool> taken(there.applications.size(), false);
  std::vector<int> only;
  for (std::size_t i = 0; i < here.applications.size(); ++i) {
    const Application& own = here.applications[i];
    if (!Sanctions(rules, own)) continue;
    bool matched = false;
    for (std::size_t j = 0; j < there.applications.size() && !matched; ++j) {
      if (taken[j] || !there.applications[j].stands || !Same(own, there.applications[j])) continue;
      matched = taken[j] = true;
    }
    if (!matched) only.push_back(static_cast<int>(i));
  }
  GravestFirst(rules, here, only);
  return only;
}

std::vector<int> Of(const evaluation::Root& root, const Result& result, std::vector<int> all) {
  std::erase_if(all,
                [&](int index) { return !SameRoot(RootAt(result, At(result, index).root), root); });
  return all;
}

Severity SeverityOfRoot(const rules::Ruleset& rules, const Result& result,
                        const evaluation::Root& root) {
  Severity total;
  for (const Application& application : result.applications) {
    if (application.stands && SameRoot(RootAt(result, application.root), root)) {
      total += SeverityOf(rules, application);
    }
  }
  return total;
}

// Of those of sanctions.
int NewGap(const rules::Ruleset& rules, const Result& before, const Result& after,
           const evaluation::Root* of = nullptr) {
  for (std::size_t g = 0; g < after.gaps.size(); ++g) {
    if (!LeavesUnpunished(rules, after.gaps[g])) continue;
    const evaluation::Root& root = RootAt(after, after.gaps[g].root);
    if (of != nullptr && !SameRoot(root, *of)) continue;
    const bool old = std::any_of(before.gaps.begin(), before.gaps.end(), [&](const auto& other) {
      return LeavesUnpunished(rules, other) && SameRoot(RootAt(before, other.root), root);
    });
    if (!old) return static_cast<int>(g);
  }
  return -1;
}

const evaluation::GapHit& GapOf(const Result& result, int index) {
  return result.gaps[static_cast<std::size_t>(index)];
}

}  // namespace

std::optional<Drop> FindDrop(const rules::Ruleset& rules, const Result& before,
                             const Result& after) {
  Drop drop{SeverityOf(rules, before), SeverityOf(rules, after), {}, {}, -1, {}, {}};
  if (!Lighter(drop.after, drop.before)) return std::nullopt;
  // Two sanctions of one thing that contradict each other are not both imposed: what falls only
  // from the sum of them falls from nothing.
  drop.before = HeaviestOf(rules, before);
  if (!Lighter(drop.after, drop.before)) return std::nullopt;
  const std::vector<int> lost = OnlyIn(rules, before, after);
  if (lost.empty()) return std::nullopt;
  // What is punished no less for something graver explains no drop, whatever it has lost.
  const auto fell = [&](int index) {
    const evaluation::Root& root = RootAt(before, At(before, index).root);
    return Lighter(SeverityOfRoot(rules, after, root), SeverityOfRoot(rules, before, root));
  };
  const auto gravest = std::find_if(lost.begin(), lost.end(), fell);
  const evaluation::Root& root =
      RootAt(before, At(before, gravest == lost.end() ? lost.front() : *gravest).root);
  drop.lost = Of(root, before, lost);
  // What became of the same thing explains more than what happened elsewhere.
  const std::vector<int> gained = OnlyIn(rules, after, before);
  drop.gained = Of(root, after, gained);
  if (!drop.gained.empty()) return drop;
  drop.gap = NewGap(rules, before, after, &root);
  if (drop.gap >= 0) return drop;
  drop.kept = Of(root, after, Standing(rules, after));
  if (!drop.kept.empty()) return drop;
  drop.gained = gained;
  if (gained.empty()) drop.gap = NewGap(rules, before, after);
  drop.elsewhere = !gained.empty() || drop.gap >= 0;
  for (const int index : lost) {
    const bool own = std::find(drop.lost.begin(), drop.lost.end(), index) != drop.lost.end();
    if (!own) drop.also_lost.push_back(index);
  }
  return drop;
}

Citation LostCitation(const rules::Ruleset& rules, const Drop& drop, const Result& before) {
  return rules.rule(At(before, drop.lost.front()).rule).citation;
}

std::optional<Citation> GainedCitation(const rules::Ruleset& rules, const Drop& drop,
                                       const Result& after) {
  if (!drop.gained.empty()) return rules.rule(At(after, drop.gained.front()).rule).citation;
  if (drop.gap >= 0) return rules.scale(GapOf(after, drop.gap).scale).citation;
  if (!drop.kept.empty()) return rules.rule(At(after, drop.kept.front()).rule).citation;
  return std::nullopt;
}

void CiteAtStake(const rules::Ruleset& rules, const Result& first, const Result& second,
                 base::Finding& finding) {
  for (const Result* result : {&first, &second}) {
    for (const int standing : Standing(rules, *result)) {
      finding.articles.push_back(rules.rule(At(*result, standing).rule).citation);
    }
    for (const evaluation::GapHit& gap : result->gaps) {
      if (LeavesUnpunished(rules, gap)) finding.articles.push_back(rules.scale(gap.scale).citation);
    }
  }
  finding.articles = Unique(std::move(finding.articles));
}

Text DescribeDrop(const rules::Ruleset& rules, const Drop& drop, const Result& before,
                  const Result& after, OfOthers of_others) {
  const auto say = [&](const Application& application) {
    const Text outcome = DescribeSeverity(SeverityOf(rules, application));
    const std::string cited = rules.rule(application.rule).citation.str();
    return Text{cited + " (" + outcome.es + ")", cited + " (" + outcome.en + ")"};
  };
  const auto all = [&](const Result& result, const std::vector<int>& indices) {
    Text said;
    for (std::size_t i = 0; i < indices.size(); ++i) {
      const Text one = say(At(result, indices[i]));
      const bool last = i + 1 == indices.size();
      said.es += (i == 0 ? "" : last ? " y " : ", ") + one.es;
      said.en += (i == 0 ? "" : last ? " and " : ", ") + one.en;
    }
    return said;
  };
  const bool with_subject = of_others == OfOthers::WithSubject;
  std::vector<int> left = drop.lost;
  if (!with_subject) left.insert(left.end(), drop.also_lost.begin(), drop.also_lost.end());
  const Text lost = all(before, left);
  Text to{"ninguna sanción", "no sanction"};
  if (!drop.gained.empty()) {
    to = all(after, drop.gained);
  } else if (drop.gap >= 0) {
    to = {"un caso sin fila", "a case without a row"};
  } else if (!drop.kept.empty()) {
    const Text kept = all(after, drop.kept);
    const bool one = drop.kept.size() == 1;
    to = {(one ? "sólo queda " : "sólo quedan ") + kept.es,
          "only " + kept.en + (one ? " is left" : " are left")};
  }
  if (drop.elsewhere && with_subject) {
    const evaluation::Root& other =
        RootAt(after, drop.gained.empty() ? GapOf(after, drop.gap).root
                                          : At(after, drop.gained.front()).root);
    if (!drop.gained.empty()) to = all(after, Of(other, after, drop.gained));
    const Text subject = DescribeSubject(rules, other.subject);
    to = {"ninguna sanción; en " + subject.es + ", " + to.es,
          "no sanction; in " + subject.en + ", " + to.en};
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
  finding.region = {
      DescribeDrop(context.rules, *drop, first->result, second->result, compared.of_others)};
  finding.reading = DescribeReading(context.rules);
  CiteAtStake(context.rules, first->result, second->result, finding);
  finding.witness = Narrate(context, *first);
  finding.witness.label = compared.first_label;
  finding.counterpart = Narrate(context, *second);
  finding.counterpart->label = compared.second_label;
  return finding;
}

}  // namespace cotejo::checks
