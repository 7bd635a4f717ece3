// Overlap: two rows of a `única` scale with one outcome apply to one case. A fact that is
// characterised twice is looked at with double punishment, which is worse.
#include "solver/checks/clashes.h"
#include "solver/checks/plans.h"
#include "solver/checks/questions.h"
#include "solver/checks/sweep.h"
#include "solver/checks/wording.h"

namespace cotejo::checks {

using base::Text;

namespace {

constexpr const char* kCode = "solapamiento";

bool SameUniqueScale(const rules::Ruleset& rules, const rules::ExpandedRule& a,
                     const rules::ExpandedRule& b) {
  const rules::ScaleId scale = rules.rule(a.rule).scale;
  return a.rule != b.rule && scale.valid() && scale == rules.rule(b.rule).scale &&
         a.through == b.through && rules.scale(scale).policy == rules::HitPolicy::Unique;
}

std::vector<std::pair<std::size_t, std::size_t>> RowPairs(const rules::Ruleset& rules,
                                                          const rules::Family& family) {
  std::vector<std::pair<std::size_t, std::size_t>> pairs;
  for (const auto& [a, b] : MeetingPairs(rules, family)) {
    const rules::ExpandedRule& first = family.rules[a];
    const rules::ExpandedRule& second = family.rules[b];
    if (!SameUniqueScale(rules, first, second)) continue;
    const bool clash =
        rules::OutcomesClash(rules, first.rule, rules::Outcomes(rules, rules.rule(first.rule)),
                             second.rule, rules::Outcomes(rules, rules.rule(second.rule)));
    if (!clash) pairs.emplace_back(a, b);  // else a contradiction, if anything
  }
  return pairs;
}

base::Finding DescribeRows(const CheckContext& context, const rules::Family& family,
                           const Question& question, const Reply& reply) {
  const rules::Ruleset& rules = context.rules;
  const auto& pair = question.pairs[reply.found->sighting.pair];
  const std::string one = rules.rule(family.rules[pair.first].rule).name;
  const std::string two = rules.rule(family.rules[pair.second].rule).name;
  const Text subject = DescribeSubject(rules, family.root);
  base::Finding finding = DescribePair(context, family, question, reply);
  finding.code = kCode;
  finding.severity = base::FindingSeverity::Warning;
  finding.id = FindingId(kCode, question.name);
  finding.title = {"«" + one + "» y «" + two + "» recogen el mismo caso de " + subject.es,
                   "«" + one + "» and «" + two + "» take the same case of " + subject.en};
  finding.explanation = {
      "la escala debe dar una sola respuesta y dos de sus filas se aplican a la vez; ordenan lo "
      "mismo, de modo que no cambia el resultado, pero una de las dos sobra o sus límites se pisan",
      "the scale must give one answer and two of its rows apply at once; they order the same, so "
      "the outcome does not change, but one of them is spare or their bounds overlap"};
  return finding;
}

void CheckRows(const CheckContext& context, const rules::Family& family,
               base::CheckReport& report) {
  const auto pairs = RowPairs(context.rules, family);
  const std::string name =
      std::string(kCode) + "/" + DescribeSubject(context.rules, family.root).es;
  RecordSwept(context, family, pairs.size(), name, kCode, report);
  const std::vector<Question> questions =
      PosePairs(context, family, {kCode, name, Question::Fate::Any}, pairs);
  const std::vector<Reply> replies = Put(context, family, questions, report);
  for (std::size_t q = 0; q < questions.size(); ++q) {
    if (replies[q].verdict != base::Verdict::Refuted) continue;
    report.findings.push_back(DescribeRows(context, family, questions[q], replies[q]));
  }
}

}  // namespace

void PlanOverlaps(const CheckContext& context, std::vector<Task>& tasks) {
  for (const rules::Family& family : context.families.families) {
    tasks.push_back(
        {std::string(kCode) + "/" + DescribeSubject(context.rules, family.root).es,
         DependsOnFamily(context, family),
         [&context, &family](base::CheckReport& report) { CheckRows(context, family, report); }});
  }
}

}  // namespace cotejo::checks
