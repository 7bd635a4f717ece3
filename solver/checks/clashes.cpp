#include "solver/checks/clashes.h"

#include <algorithm>
#include <map>

#include "model/rules/terms.h"
#include "solver/checks/explain.h"
#include "solver/checks/questions.h"
#include "solver/checks/sweep.h"
#include "solver/checks/wording.h"

namespace cotejo::checks {

using base::Text;
using rules::Precedence;

// ---- Pairs -----------------------------------------------------------------------

bool NeverTogether(const rules::Ruleset& rules, const rules::ExpandedRule& a,
                   const rules::ExpandedRule& b) {
  return SameScale(rules, a.rule, b.rule) && a.through == b.through &&
         rules.scale(rules.rule(a.rule).scale).policy == rules::HitPolicy::First;
}

bool SameScale(const rules::Ruleset& rules, rules::RuleId a, rules::RuleId b) {
  const rules::ScaleId scale = rules.rule(a).scale;
  return scale.valid() && scale == rules.rule(b).scale;
}

std::vector<Clash> FindClashes(const rules::Ruleset& rules, const rules::Family& family) {
  std::vector<std::vector<rules::Outcome>> outcomes;
  for (const rules::ExpandedRule& rule : family.rules) {
    outcomes.push_back(rules::Outcomes(rules, rules.rule(rule.rule)));
  }
  std::vector<Clash> clashes;
  for (const auto& [a, b] : MeetingPairs(rules, family)) {
    const rules::ExpandedRule& first = family.rules[a];
    const rules::ExpandedRule& second = family.rules[b];
    if (first.rule == second.rule || NeverTogether(rules, first, second) ||
        !rules::OutcomesClash(rules, first.rule, outcomes[a], second.rule, outcomes[b])) {
      continue;
    }
    const Precedence forth = rules::Families::Prevails(rules, family, a, b);
    const Precedence back = rules::Families::Prevails(rules, family, b, a);
    const bool first_prevails = forth != Precedence::None;
    clashes.push_back({a, b, first_prevails ? forth : back, first_prevails});
  }
  return clashes;
}

std::vector<std::vector<std::size_t>> YieldsTo(const rules::Ruleset& rules,
                                               const rules::Family& family) {
  std::vector<std::vector<std::size_t>> winners(family.rules.size());
  for (const Clash& clash : FindClashes(rules, family)) {
    if (clash.why == Precedence::None) continue;
    const std::size_t loser = clash.first_prevails ? clash.second : clash.first;
    winners[loser].push_back(clash.first_prevails ? clash.first : clash.second);
  }
  return winners;
}

bool OnlyClassDiffers(const rules::Ruleset& rules, rules::RuleId a, rules::RuleId b) {
  rules::Rule first = rules.rule(a);
  rules::Rule second = rules.rule(b);
  if (first.fault == rules::FaultClass::None || second.fault == rules::FaultClass::None ||
      first.fault == second.fault) {
    return false;
  }
  first.fault = second.fault = rules::FaultClass::None;
  return !rules::OutcomesClash(rules, a, rules::Outcomes(rules, first), b,
                               rules::Outcomes(rules, second));
}

std::vector<Question> PosePairs(const CheckContext& context, const rules::Family& family,
                                const PairQuestions& how,
                                const std::vector<std::pair<std::size_t, std::size_t>>& pairs) {
  std::map<std::pair<rules::RuleId, rules::RuleId>, Question> by_rules;
  for (const auto& [a, b] : pairs) {
    const rules::RuleId first = family.rules[a].rule;
    const rules::RuleId second = family.rules[b].rule;
    Question& question = by_rules[{first, second}];
    question.name =
        how.name + "/" + context.rules.rule(first).name + " ~ " + context.rules.rule(second).name;
    question.check = how.check;
    question.kind = Question::Kind::Both;
    question.fate = how.fate;
    question.pairs.emplace_back(a, b);
  }
  std::vector<Question> questions;
  for (auto& [rules, question] : by_rules) questions.push_back(std::move(question));
  return questions;
}

void RecordSwept(const CheckContext& context, const rules::Family& family, std::size_t asked,
                 const std::string& name, const std::string& check, base::CheckReport& report) {
  const std::size_t all = family.rules.size() * (family.rules.size() - 1) / 2;
  if (all <= asked) return;
  RecordProved(context, report, name, check);
  const std::string pairs = std::to_string(all - asked);
  report.queries.back().bounds = {
      pairs +
          " pares de reglas, con todos los valores de lo que miran, tomados como independientes",
      pairs + " pairs of rules, with every value of what they look at, taken as independent"};
}

// ---- Words -----------------------------------------------------------------------

namespace {

Text Guard(const rules::Ruleset& rules, const rules::Rule& rule) {
  if (!rule.guard.valid()) return {"siempre", "always"};
  std::string text = Spaced(rules::FormatExprOf(rules, rule.guard, rule.subject.kind));
  // A name may end in the word that comes next: "cae_en en {sábado, domingo}".
  constexpr std::pair<std::string_view, std::string_view> kPlain[] = {
      {">=", "≥"}, {"<=", "≤"}, {"!=", "≠"}, {" en en {", " en {"}};
  for (const auto& [plain, sign] : kPlain) {
    for (std::size_t at = text.find(plain); at != std::string::npos; at = text.find(plain)) {
      text.replace(at, plain.size(), sign);
    }
  }
  return {"cuando " + text, "when " + text};
}

}  // namespace

Text DescribeSide(const rules::Ruleset& rules, const evaluation::Application& application,
                  const std::vector<rules::QualificationId>& through) {
  const rules::Rule& rule = rules.rule(application.rule);
  const Text outcome = DescribeOutcome(rules, application);
  const Text guard = Guard(rules, rule);
  const Text name = DescribeName(rule);
  Text text{rule.citation.str() + " (" + name.es + ") ordena " + outcome.es + " " + guard.es,
            rule.citation.str() + " (" + name.en + ") orders " + outcome.en + " " + guard.en};
  for (auto by = through.rbegin(); by != through.rend(); ++by) {
    const std::string article = CitationOf(rules, *by).str();
    const std::string kind = Spaced(rules.kind(rules.qualification(*by).target).name);
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

Text DescribeWinner(const CheckContext& context, const rules::Family& family,
                    const std::pair<std::size_t, std::size_t>& pair) {
  const auto [a, b] = pair;
  const Precedence forth = rules::Families::Prevails(context.rules, family, a, b);
  const Precedence back = rules::Families::Prevails(context.rules, family, b, a);
  if (forth == Precedence::None && back == Precedence::None) {
    return {
        "nada decide entre las dos: tienen el mismo rango y fecha, ninguna prioridad, y la "
        "condición de ninguna implica la de la otra",
        "nothing decides between them: same rank and date, no priority, and neither condition "
        "implies the other"};
  }
  const bool first = forth != Precedence::None;
  const rules::Rule& winner = context.rules.rule(family.rules[first ? a : b].rule);
  const Text why = DescribePrecedence(first ? forth : back);
  const Text name = DescribeName(winner);
  return {"prevalece " + winner.citation.str() + " (" + name.es + "): " + why.es,
          winner.citation.str() + " (" + name.en + ") prevails: " + why.en};
}

base::Finding DescribePair(const CheckContext& context, const rules::Family& family,
                           const Question& question, const Reply& reply) {
  const rules::Ruleset& rules = context.rules;
  const Found& found = *reply.found;
  const auto& pair = question.pairs[found.sighting.pair];
  const rules::ExpandedRule& first = family.rules[pair.first];
  const rules::ExpandedRule& second = family.rules[pair.second];
  const auto& applications = found.result.applications;
  const auto& left = applications[static_cast<std::size_t>(found.sighting.first)];
  const auto& right = applications[static_cast<std::size_t>(found.sighting.second)];

  base::Finding finding;
  const Text left_text = DescribeSide(rules, left, first.through);
  const Text right_text = DescribeSide(rules, right, second.through);
  finding.explanation = {left_text.es + ". " + right_text.es, left_text.en + ". " + right_text.en};
  finding.articles = CitationsOf(rules, first.rule, first.through);
  const auto others = CitationsOf(rules, second.rule, second.through);
  finding.articles.insert(finding.articles.end(), others.begin(), others.end());
  finding.articles = Unique(std::move(finding.articles));
  for (const rules::Box& box : Meet(rules, family, first.boxes, second.boxes)) {
    finding.region.push_back(DescribeBox(rules, box));
  }
  finding.reading = DescribeReading(rules);
  finding.bounds = reply.bounds;
  finding.witness = DescribeWitness(context, found);
  for (const evaluation::Application& application : applications) {
    if (application.root != found.sighting.root) continue;
    finding.witness.answers.push_back(DescribeAnswer(rules, application));
  }
  Explain(context, family, question, found, finding);
  return finding;
}

}  // namespace cotejo::checks
