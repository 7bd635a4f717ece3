// Contradiction: two rules apply to one subject and their consequences cannot both stand.
#include <algorithm>
#include <map>

#include "model/rules/terms.h"
#include "solver/checks/plans.h"
#include "solver/checks/questions.h"
#include "solver/checks/sweep.h"
#include "solver/checks/wording.h"

namespace cotejo::checks {

using base::Text;
using rules::Precedence;

namespace {

constexpr const char* kCode = "contradicción";

using Pairs = std::vector<std::pair<std::size_t, std::size_t>>;

Precedence Between(const CheckContext& context, const rules::Family& family, std::size_t a,
                   std::size_t b) {
  const Precedence forth = rules::Families::Prevails(context.rules, family, a, b);
  return forth != Precedence::None ? forth : rules::Families::Prevails(context.rules, family, b, a);
}

// In a scale of policy `primera` only one row ever applies to one subject.
bool NeverTogether(const rules::Ruleset& rules, const rules::ExpandedRule& a,
                   const rules::ExpandedRule& b) {
  const rules::ScaleId scale = rules.rule(a.rule).scale;
  return scale.valid() && scale == rules.rule(b.rule).scale && a.through == b.through &&
         rules.scale(scale).policy == rules::HitPolicy::First;
}

// Clashing pairs of rules; the ways to reach them that the order of norms settles apart.
struct Clashes {
  std::map<std::pair<rules::RuleId, rules::RuleId>, Pairs> open, settled;
};

Clashes FindClashes(const CheckContext& context, const rules::Family& family) {
  Clashes clashes;
  std::vector<std::vector<rules::Outcome>> outcomes;
  for (const rules::ExpandedRule& rule : family.rules) {
    outcomes.push_back(rules::Outcomes(context.rules, context.rules.rule(rule.rule)));
  }
  for (std::size_t a = 0; a < family.rules.size(); ++a) {
    for (std::size_t b = a + 1; b < family.rules.size(); ++b) {
      const rules::RuleId first = family.rules[a].rule;
      const rules::RuleId second = family.rules[b].rule;
      if (first == second || NeverTogether(context.rules, family.rules[a], family.rules[b]) ||
          !rules::OutcomesClash(context.rules, first, outcomes[a], second, outcomes[b])) {
        continue;
      }
      const bool settled = Between(context, family, a, b) != Precedence::None;
      (settled ? clashes.settled : clashes.open)[{first, second}].emplace_back(a, b);
    }
  }
  return clashes;
}

// ---- Words -----------------------------------------------------------------------

Text Guard(const rules::Ruleset& rules, const rules::Rule& rule) {
  if (!rule.guard.valid()) return {"siempre", "always"};
  const std::string text = rules::FormatExprOf(rules, rule.guard, rule.subject.kind);
  return {"cuando " + text, "when " + text};
}

Text Side(const rules::Ruleset& rules, const evaluation::Application& application,
          const std::vector<rules::QualificationId>& through) {
  const rules::Rule& rule = rules.rule(application.rule);
  const Text outcome = DescribeOutcome(rules, application);
  const Text guard = Guard(rules, rule);
  Text text{rule.citation.str() + " («" + rule.name + "») ordena " + outcome.es + " " + guard.es,
            rule.citation.str() + " («" + rule.name + "») orders " + outcome.en + " " + guard.en};
  for (auto by = through.rbegin(); by != through.rend(); ++by) {
    const std::string article = CitationOf(rules, *by).str();
    std::string kind = rules.kind(rules.qualification(*by).target).name;
    std::replace(kind.begin(), kind.end(), '_', ' ');
    text.es += ", y alcanza este caso porque " + article + " lo cuenta como «" + kind + "»";
    text.en += ", and reaches this case because " + article + " counts it as «" + kind + "»";
  }
  const Text readings = DescribeReadings(rules, application.measures);
  if (!readings.empty()) {
    text.es += "; en el testigo, " + readings.es;
    text.en += "; in the witness, " + readings.en;
  }
  return text;
}

Text Verdict(const CheckContext& context, const rules::Family& family, std::size_t a,
             std::size_t b) {
  if (Between(context, family, a, b) == Precedence::None) {
    return {
        "nada decide entre las dos: tienen el mismo rango y fecha, ninguna prioridad, y la "
        "condición de ninguna implica la de la otra",
        "nothing decides between them: same rank and date, no priority, and neither condition "
        "implies the other"};
  }
  const bool forth = rules::Families::Prevails(context.rules, family, a, b) != Precedence::None;
  const rules::Rule& winner = context.rules.rule(family.rules[forth ? a : b].rule);
  const Text why = DescribePrecedence(Between(context, family, a, b));
  return {"prevalece " + winner.citation.str() + " («" + winner.name + "»): " + why.es,
          winner.citation.str() + " («" + winner.name + "») prevails: " + why.en};
}

base::Finding Describe(const CheckContext& context, const rules::Family& family,
                       const Question& question, const Reply& reply) {
  const rules::Ruleset& rules = context.rules;
  const Found& found = *reply.found;
  const auto [a, b] = question.pairs[found.sighting.pair];
  const rules::ExpandedRule& first = family.rules[a];
  const rules::ExpandedRule& second = family.rules[b];
  const auto& applications = found.result.applications;
  const auto& left = applications[static_cast<std::size_t>(found.sighting.first)];
  const auto& right = applications[static_cast<std::size_t>(found.sighting.second)];
  const std::string one = rules.rule(first.rule).citation.str();
  const std::string two = rules.rule(second.rule).citation.str();
  const Text subject = DescribeSubject(rules, family.root);
  const bool settled = question.fate == Question::Fate::Settled;

  base::Finding finding;
  finding.code = kCode;
  finding.severity = settled ? base::FindingSeverity::Information : base::FindingSeverity::Error;
  finding.id = FindingId(kCode, question.name);
  finding.title = {
      one + " y " + two + " ordenan cosas incompatibles sobre un mismo caso de " + subject.es,
      one + " and " + two + " order incompatible things about one case of " + subject.en};
  const Text left_text = Side(rules, left, first.through);
  const Text right_text = Side(rules, right, second.through);
  const Text verdict = Verdict(context, family, a, b);
  finding.explanation = {left_text.es + ". " + right_text.es + ". " + verdict.es,
                         left_text.en + ". " + right_text.en + ". " + verdict.en};
  finding.articles = CitationsOf(rules, first.rule, first.through);
  const auto others = CitationsOf(rules, second.rule, second.through);
  finding.articles.insert(finding.articles.end(), others.begin(), others.end());
  finding.articles = Unique(std::move(finding.articles));
  for (const rules::Box& box : Meet(rules, family, first.boxes, second.boxes)) {
    finding.region.push_back(DescribeBox(rules, box));
  }
  if (settled) finding.resolution = verdict;
  finding.reading = DescribeReading(rules);
  finding.bounds = reply.bounds;
  finding.witness = DescribeWitness(context, found);
  for (const evaluation::Application& application : applications) {
    if (application.root != found.sighting.root) continue;
    finding.witness.answers.push_back(DescribeAnswer(rules, application));
  }
  return finding;
}

// ---- The check -------------------------------------------------------------------

void Pose(const CheckContext& context, const rules::Family& family,
          const std::map<std::pair<rules::RuleId, rules::RuleId>, Pairs>& clashes,
          Question::Fate fate, std::vector<Question>& questions, base::CheckReport& report) {
  const std::string subject = DescribeSubject(context.rules, family.root).es;
  for (const auto& [sides, pairs] : clashes) {
    Question question;
    question.name = std::string(kCode) + "/" + subject + "/" +
                    context.rules.rule(sides.first).name + " ~ " +
                    context.rules.rule(sides.second).name +
                    (fate == Question::Fate::Settled ? " (resuelta)" : "");
    question.check = kCode;
    question.kind = Question::Kind::Both;
    question.fate = fate;
    for (const auto& [a, b] : pairs) {
      if (MayMeet(context.rules, family, family.rules[a].boxes, family.rules[b].boxes)) {
        question.pairs.emplace_back(a, b);
      }
    }
    if (question.pairs.empty()) {
      RecordProved(context, report, question.name, kCode);
    } else {
      questions.push_back(std::move(question));
    }
  }
}

void CheckFamily(const CheckContext& context, const rules::Family& family,
                 base::CheckReport& report) {
  const Clashes clashes = FindClashes(context, family);
  std::vector<Question> questions;
  Pose(context, family, clashes.open, Question::Fate::Conflict, questions, report);
  Pose(context, family, clashes.settled, Question::Fate::Settled, questions, report);
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
        {std::string(kCode) + "/" + DescribeSubject(context.rules, family.root).es,
         DependsOnFamily(context, family),
         [&context, &family](base::CheckReport& report) { CheckFamily(context, family, report); }});
  }
}

}  // namespace cotejo::checks
