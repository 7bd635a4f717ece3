// Category conflict: one case, or one fact judged from two places, in two classes of fault.
#include "solver/checks/clashes.h"
#include "solver/checks/judged_facts.h"
#include "solver/checks/plans.h"
#include "solver/checks/questions.h"
#include "solver/checks/sweep.h"
#include "solver/checks/wording.h"

namespace cotejo::checks {

using base::Text;
using rules::FaultClass;

namespace {

constexpr const char* kCode = "conflicto-de-categoría";

bool HasClass(const rules::Rule& rule) { return rule.fault != FaultClass::None; }

// "RIP:45.I la tiene por falta leve y RIP:46.IV.2 por falta grave"
Text Classes(const rules::Rule& one, const rules::Rule& two) {
  const Text first = rules::DescribeFault(one.fault);
  const Text second = rules::DescribeFault(two.fault);
  return {
      first.es + " (" + one.citation.str() + ") y " + second.es + " (" + two.citation.str() + ")",
      first.en + " (" + one.citation.str() + ") and " + second.en + " (" + two.citation.str() +
          ")"};
}

void Complete(const rules::Ruleset& rules, const Question& question, const Found& found,
              const Text& subject, base::Finding& finding) {
  const auto rule = [&](int side) -> const rules::Rule& {
    return rules.rule(found.result.applications[static_cast<std::size_t>(side)].rule);
  };
  const Text classes = Classes(rule(found.sighting.first), rule(found.sighting.second));
  finding.code = kCode;
  finding.severity = base::FindingSeverity::Error;
  finding.id = FindingId(kCode, question.name);
  finding.title = {subject.es + " es a la vez " + classes.es,
                   subject.en + " is both " + classes.en};
  finding.explanation.es +=
      ". De la clase dependen el proceso, la sanción y la reincidencia, y aquí hay dos";
  finding.explanation.en +=
      ". Process, sanction and recidivism depend on the class, and here there are two";
}

void CheckFamily(const CheckContext& context, const rules::Family& family,
                 base::CheckReport& report) {
  const rules::Ruleset& rules = context.rules;
  std::vector<std::pair<std::size_t, std::size_t>> pairs;
  for (const Clash& clash : FindClashes(rules, family)) {
    const rules::Rule& first = rules.rule(family.rules[clash.first].rule);
    const rules::Rule& second = rules.rule(family.rules[clash.second].rule);
    const bool two = HasClass(first) && HasClass(second) && first.fault != second.fault;
    // When the order between norms decides, one of the classes falls with its rule.
    if (two && clash.why == rules::Precedence::None) {
      pairs.emplace_back(clash.first, clash.second);
    }
  }
  const Text subject = DescribeSubject(rules, family.root);
  const std::string name = std::string(kCode) + "/" + subject.es;
  RecordSwept(context, family, pairs.size(), name, kCode, report);
  const std::vector<Question> questions =
      PosePairs(context, family, {kCode, name, Question::Fate::Stand}, pairs);
  const std::vector<Reply> replies = Put(context, family, questions, report);
  for (std::size_t q = 0; q < questions.size(); ++q) {
    if (replies[q].verdict != base::Verdict::Refuted) continue;
    base::Finding finding = DescribePair(context, family, questions[q], replies[q]);
    Complete(rules, questions[q], *replies[q].found,
             {"un mismo caso de " + subject.es, "one case of " + subject.en}, finding);
    report.findings.push_back(std::move(finding));
  }
}

void CheckFact(const CheckContext& context, const JudgedFact& fact, base::CheckReport& report) {
  const rules::Family family = FamilyOf(context.rules, fact.kind);
  const Text subject = DescribeSubject(context.rules, family.root);
  const std::vector<Question> questions = PoseTwice(context, fact, kCode, true, report);
  const std::vector<Reply> replies = Put(context, family, questions, report);
  for (std::size_t q = 0; q < questions.size(); ++q) {
    if (replies[q].verdict != base::Verdict::Refuted) continue;
    base::Finding finding = DescribeTwice(context, fact, questions[q], replies[q]);
    Complete(context.rules, questions[q], *replies[q].found,
             {"un mismo hecho de " + subject.es, "one fact of " + subject.en}, finding);
    report.findings.push_back(std::move(finding));
  }
}

}  // namespace

void PlanCategories(const CheckContext& context, std::vector<Task>& tasks) {
  for (const rules::Family& family : context.families.families) {
    tasks.push_back(
        {std::string(kCode) + "/" + DescribeSubject(context.rules, family.root).es,
         DependsOnFamily(context, family),
         [&context, &family](base::CheckReport& report) { CheckFamily(context, family, report); }});
  }
  for (const JudgedFact& fact : FactsJudgedTwice(context, &HasClass)) {
    const rules::Family family = FamilyOf(context.rules, fact.kind);
    tasks.push_back(
        {std::string(kCode) + "/hechos de " + DescribeSubject(context.rules, family.root).es,
         DependsOnOutcomes(context, family),
         [&context, fact](base::CheckReport& report) { CheckFact(context, fact, report); }});
  }
}

}  // namespace cotejo::checks
