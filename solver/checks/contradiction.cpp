// Contradiction: two rules apply to one case, their consequences cannot both stand, and the
// order between norms does not decide.
#include <algorithm>

#include "model/base/utf8.h"
#include "solver/checks/box_history.h"
#include "solver/checks/clashes.h"
#include "solver/checks/plans.h"
#include "solver/checks/questions.h"
#include "solver/checks/sweep.h"
#include "solver/checks/wording.h"

namespace cotejo::checks {

using base::Text;

namespace {

constexpr const char* kCode = "contradicción";

std::string NameOf(const CheckContext& context, const rules::Family& family) {
  return std::string(kCode) + "/" + DescribeSubject(context.rules, family.root).es;
}

// Whether the two sides order the same in a history, each amount as it was computed there.
bool Alike(const rules::Ruleset& rules, const Found& found) {
  const auto& applications = found.result.applications;
  const auto& one = applications[static_cast<std::size_t>(found.sighting.first)];
  const auto& two = applications[static_cast<std::size_t>(found.sighting.second)];
  const rules::Rule& first = rules.rule(one.rule);
  const rules::Rule& second = rules.rule(two.rule);
  if (first.fault != second.fault || one.quantities != two.quantities) return false;
  return std::equal(
      first.consequences.begin(), first.consequences.end(), second.consequences.begin(),
      second.consequences.end(), [](const rules::Consequence& a, const rules::Consequence& b) {
        // Only amounts come out alike where the text has them different.
        return a.kind == b.kind && a.quantity.valid() == b.quantity.valid() &&
               base::Fold(a.thing) == base::Fold(b.thing) && a.action.empty() && b.action.empty();
      });
}

// Another history with the same two rules, in which their amounts differ.
std::optional<Found> WhereTheyDiffer(const CheckContext& context, const rules::Family& family,
                                     const Question& question) {
  std::optional<Found> differing;
  const BoxHistories histories(context, family);
  for (const auto& [a, b] : question.pairs) {
    for (const rules::Box& box :
         Meet(context.rules, family, family.rules[a].boxes, family.rules[b].boxes)) {
      histories.AnyOf(box, [&](const evaluation::History& history) {
        Found found{history, evaluation::Evaluate(context.rules, context.families, history), {}};
        const auto sighting = Confirm(context, family, question, found.history, found.result);
        if (!sighting) return false;
        found.sighting = *sighting;
        if (Alike(context.rules, found)) return false;
        differing = std::move(found);
        return true;
      });
      if (differing) return differing;
    }
  }
  return differing;
}

base::Finding Describe(const CheckContext& context, const rules::Family& family,
                       const Question& question, const Reply& reply) {
  const auto& pair = question.pairs[reply.found->sighting.pair];
  const std::string one = context.rules.rule(family.rules[pair.first].rule).citation.str();
  const std::string two = context.rules.rule(family.rules[pair.second].rule).citation.str();
  const Text subject = DescribeSubject(context.rules, family.root);
  const Text verdict = DescribeWinner(context, family, pair);
  base::Finding finding = DescribePair(context, family, question, reply);
  finding.code = kCode;
  finding.severity = base::FindingSeverity::Error;
  finding.id = FindingId(kCode, question.name);
  finding.title = {
      one + " y " + two + " ordenan cosas incompatibles sobre un mismo caso de " + subject.es,
      one + " and " + two + " order incompatible things about one case of " + subject.en};
  finding.explanation.es += "; " + verdict.es;
  finding.explanation.en += "; " + verdict.en;
  return finding;
}

// Two amounts that are computed came out alike: the rows overlap, and it is not known that they
// ever contradict each other.
base::Finding DescribeAlike(const CheckContext& context, const rules::Family& family,
                            const Question& question, const Reply& reply) {
  base::Finding finding = Describe(context, family, question, reply);
  const auto& pair = question.pairs[reply.found->sighting.pair];
  const std::string one = context.rules.rule(family.rules[pair.first].rule).citation.str();
  const std::string two = context.rules.rule(family.rules[pair.second].rule).citation.str();
  const Text subject = DescribeSubject(context.rules, family.root);
  finding.severity = base::FindingSeverity::Warning;
  finding.title = {one + " y " + two + " calculan cada una su cuantía para un mismo caso de " +
                       subject.es + ", y en el testigo coinciden",
                   one + " and " + two + " each compute an amount for one case of " + subject.en +
                       ", and in the witness they are the same"};
  finding.explanation.es +=
      ". En los límites de lo que las dos recogen no se halló un caso en que las cuantías "
      "difieran: "
      "si sólo se tocan en uno, mueva una de las dos";
  finding.explanation.en +=
      ". At the bounds of what both take no case was found in which the amounts differ: if they "
      "only touch at one, move one of the two";
  return finding;
}

void CheckFamily(const CheckContext& context, const rules::Family& family,
                 base::CheckReport& report) {
  std::vector<std::pair<std::size_t, std::size_t>> open;
  for (const Clash& clash : FindClashes(context.rules, family)) {
    // Two classes for one case, and nothing else, are a finding of their own.
    if (clash.why == rules::Precedence::None &&
        !OnlyClassDiffers(context.rules, family.rules[clash.first].rule,
                          family.rules[clash.second].rule)) {
      open.emplace_back(clash.first, clash.second);
    }
  }
  const std::string name = NameOf(context, family);
  RecordSwept(context, family, open.size(), name, kCode, report);
  const std::vector<Question> questions =
      PosePairs(context, family, {kCode, name, Question::Fate::Conflict}, open);
  std::vector<Reply> replies = Put(context, family, questions, report);
  for (std::size_t q = 0; q < questions.size(); ++q) {
    if (replies[q].verdict != base::Verdict::Refuted) continue;
    bool alike = Alike(context.rules, *replies[q].found);
    if (alike) {
      if (auto found = WhereTheyDiffer(context, family, questions[q])) {
        replies[q].found = std::move(found);
        replies[q].bounds = BoundsOfMaking(context);
        alike = false;
      }
    }
    report.findings.push_back(alike ? DescribeAlike(context, family, questions[q], replies[q])
                                    : Describe(context, family, questions[q], replies[q]));
  }
}

}  // namespace

void PlanContradictions(const CheckContext& context, std::vector<Task>& tasks) {
  for (const rules::Family& family : context.families.families) {
    tasks.push_back(
        {NameOf(context, family), DependsOnFamily(context, family),
         [&context, &family](base::CheckReport& report) { CheckFamily(context, family, report); }});
  }
}

}  // namespace cotejo::checks
