// Contradiction: two rules apply to one case, their consequences cannot both stand, and the
// order between norms does not decide.
#include "solver/checks/clashes.h"
#include "solver/checks/plans.h"
#include "solver/checks/questions.h"
#include "solver/checks/wording.h"

namespace cotejo::checks {

using base::Text;

namespace {

constexpr const char* kCode = "contradicción";

std::string NameOf(const CheckContext& context, const rules::Family& family) {
  return std::string(kCode) + "/" + DescribeSubject(context.rules, family.root).es;
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
  const std::vector<Reply> replies = Put(context, family, questions, report);
  for (std::size_t q = 0; q < questions.size(); ++q) {
    if (replies[q].verdict == base::Verdict::Refuted) {
      report.findings.push_back(Describe(context, family, questions[q], replies[q]));
    }
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
