// Conflict resolved: two rules of one case cannot both stand, and the order between norms
// says which one does. Not a defect: something to be confirmed.
#include "solver/checks/clashes.h"
#include "solver/checks/plans.h"
#include "solver/checks/questions.h"
#include "solver/checks/wording.h"

namespace cotejo::checks {

using base::Text;

namespace {

constexpr const char* kCode = "conflicto-resuelto";
// Article and paragraph: RIP:46.IV.3 counts as RIP:46.IV.
constexpr std::size_t kDepth = 2;

std::string NameOf(const CheckContext& context, const rules::Family& family) {
  return std::string(kCode) + "/" + DescribeSubject(context.rules, family.root).es;
}

base::Finding Describe(const CheckContext& context, const rules::Family& family,
                       const Question& question, const Reply& reply) {
  const rules::Ruleset& rules = context.rules;
  const auto& pair = question.pairs[reply.found->sighting.pair];
  const bool first =
      rules::Families::Prevails(rules, family, pair.first, pair.second) != rules::Precedence::None;
  const rules::Rule& winner = rules.rule(family.rules[first ? pair.first : pair.second].rule);
  const rules::Rule& loser = rules.rule(family.rules[first ? pair.second : pair.first].rule);
  const Text subject = DescribeSubject(rules, family.root);
  base::Finding finding = DescribePair(context, family, question, reply);
  finding.code = kCode;
  finding.severity = base::FindingSeverity::Information;
  // What prevails over each paragraph is one matter, whatever the case.
  base::Citation over = loser.citation;
  if (over.path.size() > kDepth) over.path.resize(kDepth);
  finding.id = FindingId(kCode, winner.citation.str() + "|" + over.str());
  finding.title = {winner.citation.str() + " prevalece sobre " + loser.citation.str() +
                       " en un mismo caso de " + subject.es,
                   winner.citation.str() + " prevails over " + loser.citation.str() +
                       " in one case of " + subject.en};
  finding.resolution = DescribeWinner(context, family, pair);
  finding.explanation.es += "; " + finding.resolution.es;
  finding.explanation.en += "; " + finding.resolution.en;
  return finding;
}

void CheckFamily(const CheckContext& context, const rules::Family& family,
                 base::CheckReport& report) {
  std::vector<std::pair<std::size_t, std::size_t>> settled;
  for (const Clash& clash : FindClashes(context.rules, family)) {
    if (clash.why != rules::Precedence::None) settled.emplace_back(clash.first, clash.second);
  }
  const std::string name = NameOf(context, family);
  RecordSwept(context, family, settled.size(), name, kCode, report);
  const std::vector<Question> questions =
      PosePairs(context, family, {kCode, name, Question::Fate::Settled}, settled);
  const std::vector<Reply> replies = Put(context, family, questions, report);
  for (std::size_t q = 0; q < questions.size(); ++q) {
    if (replies[q].verdict == base::Verdict::Refuted) {
      report.findings.push_back(Describe(context, family, questions[q], replies[q]));
    }
  }
}

}  // namespace

void PlanResolved(const CheckContext& context, std::vector<Task>& tasks) {
  for (const rules::Family& family : context.families.families) {
    tasks.push_back(
        {NameOf(context, family), DependsOnFamily(context, family),
         [&context, &family](base::CheckReport& report) { CheckFamily(context, family, report); }});
  }
}

}  // namespace cotejo::checks
