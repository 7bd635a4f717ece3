// Which of two rules holds: priorities, exceptions, repeals.
#include <algorithm>
#include <string_view>

#include "scenarios/mends/places.h"
#include "scenarios/mends/proposers.h"

namespace cotejo::mends {

using base::Text;
using language::Decl;

namespace {

// A priority goes before the first of these words of the declaration.
std::optional<base::Span> PlaceForPriority(const Bench& bench, const Decl& decl) {
  const std::string text = TextOf(bench, decl.span);
  std::size_t first = std::string::npos;
  for (std::string_view word : {" cuando ", "\n  cuando ", "entonces ", "salvo "}) {
    first = std::min(first, text.find(word));
  }
  if (first == std::string::npos) return std::nullopt;
  while (first < text.size() && (text[first] == ' ' || text[first] == '\n')) ++first;
  return base::Span{decl.span.file, decl.span.offset + static_cast<std::uint32_t>(first), 0};
}

// Where "salvo …" goes: after the condition of a rule, or at the end of a row.
std::optional<base::Span> PlaceForException(const Written& written) {
  if (written.row != nullptr) return After(written.row->span);
  if (written.decl->guard) return After(written.decl->guard->span);
  return std::nullopt;
}

}  // namespace

std::vector<Proposal> ProposePriorities(const Bench& bench, const base::Finding& finding) {
  std::vector<Proposal> proposals;
  for (const Written& written : RulesOf(bench, finding)) {
    if (written.decl->kind != Decl::Kind::Rule || written.decl->priority > 0) continue;
    const auto place = PlaceForPriority(bench, *written.decl);
    if (!place) continue;
    const Text rule = Label(bench, written);
    proposals.push_back({{"hacer que prevalezca " + rule.es, "let " + rule.en + " prevail"},
                         {{*place, "prioridad 1\n  "}}});
  }
  return proposals;
}

// One of two rules on the same subject gives way where the other applies.
std::vector<Proposal> ProposeExceptions(const Bench& bench, const base::Finding& finding) {
  std::vector<Proposal> proposals;
  const std::vector<Written> rules = RulesOf(bench, finding);
  for (const Written& yields : rules) {
    const auto place = PlaceForException(yields);
    if (!place) continue;
    for (const Written& holds : rules) {
      const bool apart =
          bench.rules.rule(yields.rule).subject != bench.rules.rule(holds.rule).subject;
      if (holds.rule == yields.rule || apart) continue;
      const std::string condition = ConditionOf(bench, holds);
      if (condition.empty()) continue;
      const Text one = Label(bench, yields);
      const Text other = Label(bench, holds);
      proposals.push_back({{"exceptuar de " + one.es + " lo que recoge " + other.es,
                            "except from " + one.en + " what " + other.en + " takes"},
                           {{*place, " salvo " + condition}}});
    }
  }
  return proposals;
}

// One of the rules goes: a row of its scale, or the whole rule. Of a rule that is spare, that one:
// without the other something would change.
std::vector<Proposal> ProposeRepeal(const Bench& bench, const base::Finding& finding) {
  std::vector<Proposal> proposals;
  std::vector<Written> rules = RulesOf(bench, finding);
  const auto spare = std::find_if(rules.begin(), rules.end(), [&](const Written& written) {
    return base::FindingId(finding.code, bench.rules.rule(written.rule).name) == finding.id;
  });
  if (spare != rules.end()) rules = {*spare};
  for (const Written& written : rules) {
    const Text label = Label(bench, written);
    Proposal proposal{{"derogar " + label.es, "repeal " + label.en}, {}};
    if (written.row == nullptr) {
      proposal.repealed.push_back(written.decl->name.text);
    } else if (written.decl->rows.size() > 1) {
      proposal.edits.push_back({written.row->span, ""});
    } else {
      continue;
    }
    proposals.push_back(std::move(proposal));
  }
  return proposals;
}

}  // namespace cotejo::mends
