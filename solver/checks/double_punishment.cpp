// Double punishment: two sanctions stand for one fact. A fact that is characterised twice and
// is never seen punished twice is only an overlap.
#include <algorithm>
#include <set>

#include "model/rules/boxes.h"
#include "solver/checks/clashes.h"
#include "solver/checks/explain.h"
#include "solver/checks/judged_facts.h"
#include "solver/checks/plans.h"
#include "solver/checks/questions.h"
#include "solver/checks/severity.h"
#include "solver/checks/sweep.h"
#include "solver/checks/wording.h"

namespace cotejo::checks {

using base::Text;

namespace {

constexpr const char* kCode = "doble-sanción";
constexpr const char* kOverlap = "solapamiento";

// ---- One case, the same deduction by two rules -----------------------------------

bool Deducts(const rules::Rule& rule) {
  return std::any_of(rule.consequences.begin(), rule.consequences.end(),
                     [](const auto& c) { return c.kind == rules::ConsequenceKind::PayDeduction; });
}

// Two rules that each deduct the same: nothing clashes, and the two deductions add up. The
// rows of one scale are left to its policy.
std::vector<std::pair<std::size_t, std::size_t>> AddingUp(const rules::Ruleset& rules,
                                                          const rules::Family& family) {
  std::vector<std::pair<std::size_t, std::size_t>> pairs;
  for (const auto& [a, b] : MeetingPairs(rules, family)) {
    const rules::RuleId first = family.rules[a].rule;
    const rules::RuleId second = family.rules[b].rule;
    if (first == second || SameScale(rules, first, second)) continue;
    if (!Deducts(rules.rule(first)) || !Deducts(rules.rule(second))) continue;
    const bool clash = rules::OutcomesClash(rules, first, rules::Outcomes(rules, rules.rule(first)),
                                            second, rules::Outcomes(rules, rules.rule(second)));
    if (!clash) pairs.emplace_back(a, b);
  }
  return pairs;
}

base::Finding DescribeCase(const CheckContext& context, const rules::Family& family,
                           const Question& question, const Reply& reply) {
  const auto& pair = question.pairs[reply.found->sighting.pair];
  const std::string one = context.rules.rule(family.rules[pair.first].rule).citation.str();
  const std::string two = context.rules.rule(family.rules[pair.second].rule).citation.str();
  const Text subject = DescribeSubject(context.rules, family.root);
  base::Finding finding = DescribePair(context, family, question, reply);
  finding.code = kCode;
  finding.severity = base::FindingSeverity::Error;
  finding.id = FindingId(kCode, question.name);
  finding.title = {one + " y " + two + " descuentan las dos por un mismo caso de " + subject.es,
                   one + " and " + two + " both deduct for one case of " + subject.en};
  finding.explanation.es += ". Ninguna excluye a la otra, y los dos descuentos se suman";
  finding.explanation.en += ". Neither excludes the other, and the two deductions add up";
  return finding;
}

void CheckFamily(const CheckContext& context, const rules::Family& family,
                 base::CheckReport& report) {
  const auto pairs = AddingUp(context.rules, family);
  const std::string name =
      std::string(kCode) + "/" + DescribeSubject(context.rules, family.root).es;
  RecordSwept(context, family, pairs.size(), name, kCode, report);
  const std::vector<Question> questions =
      PosePairs(context, family, {kCode, name, Question::Fate::Stand}, pairs);
  const std::vector<Reply> replies = Put(context, family, questions, report);
  for (std::size_t q = 0; q < questions.size(); ++q) {
    if (replies[q].verdict == base::Verdict::Refuted) {
      report.findings.push_back(DescribeCase(context, family, questions[q], replies[q]));
    }
  }
}

// ---- One fact, judged from two roots ---------------------------------------------

std::string Joined(const std::string& one, const std::string& two) {
  return one + (base::Fold(two).starts_with("i") ? " e " : " y ") + two;  // before an i sound
}

base::Finding DescribeFact(const CheckContext& context, const JudgedFact& fact,
                           const Question& question, const Reply& reply) {
  const rules::Ruleset& rules = context.rules;
  const Found& found = *reply.found;
  const auto article = [&](int side) {
    const auto& application = found.result.applications[static_cast<std::size_t>(side)];
    return rules.rule(application.rule).citation.str();
  };
  base::Finding finding = DescribeTwice(context, fact, question, reply);
  finding.code = kCode;
  // One kind judged fact by fact and again by the month may be meant as an aggravation.
  finding.severity = question.one.kind == question.two.kind ? base::FindingSeverity::Warning
                                                            : base::FindingSeverity::Error;
  finding.id = FindingId(kCode, question.name);
  const Text what = DescribeSubject(rules, {fact.kind, rules::Window::Fact});
  const Text one = DescribeSubject(rules, question.one);
  const Text two = DescribeSubject(rules, question.two);
  const std::string by_one = article(found.sighting.first);
  const std::string by_two = article(found.sighting.second);
  finding.title = {"un mismo hecho de " + what.es + " se sanciona dos veces: como " + one.es +
                       " (" + by_one + ") y como " + two.es + " (" + by_two + ")",
                   "one fact of " + what.en + " is punished twice: as " + one.en + " (" + by_one +
                       ") and as " + two.en + " (" + by_two + ")"};
  return finding;
}

// The pairs of qualifications that the shared fact of a double punishment has.
void NoteCharacterisations(
    const Found& found, std::set<std::pair<rules::QualificationId, rules::QualificationId>>& to) {
  std::vector<rules::QualificationId> by;
  for (const evaluation::EvaluatedFact& fact : found.result.facts) {
    if (fact.root == found.sighting.root && fact.by.valid()) by.push_back(fact.by);
  }
  for (rules::QualificationId one : by) {
    for (rules::QualificationId two : by) to.insert({one, two});
  }
}

// ---- One fact, two characterisations ---------------------------------------------

// Whether a fact of this kind can end in a sanction, by itself or through what it becomes.
bool LeadsToSanction(const rules::Ruleset& rules, rules::FactKindId kind,
                     std::set<rules::FactKindId>& seen) {
  if (!seen.insert(kind).second) return false;
  for (const rules::Rule& rule : rules.rules) {
    if (rule.subject.kind == kind && OrdersSanction(rule)) return true;
  }
  return std::any_of(rules.qualifications.begin(), rules.qualifications.end(),
                     [&](const rules::Qualification& by) {
                       return by.subject.kind == kind && LeadsToSanction(rules, by.target, seen);
                     });
}

Judged Way(const rules::Ruleset& rules, rules::QualificationId by) {
  return {{rules.qualification(by).target, rules::Window::Fact}, {by}};
}

std::vector<Question> CharacterisationQuestions(
    const CheckContext& context, const rules::Family& family,
    const std::set<std::pair<rules::QualificationId, rules::QualificationId>>& punished,
    base::CheckReport& report) {
  const rules::Ruleset& rules = context.rules;
  std::vector<Question> questions;
  std::vector<rules::QualificationId> sides;
  for (rules::QualificationId id : family.qualifications) {
    const rules::Qualification& by = rules.qualification(id);
    std::set<rules::FactKindId> seen;
    // What a rule establishes is its consequence, not a second name for the fact.
    if (!by.from_rule.valid() && LeadsToSanction(rules, by.target, seen)) sides.push_back(id);
  }
  for (std::size_t i = 0; i < sides.size(); ++i) {
    for (std::size_t j = i + 1; j < sides.size(); ++j) {
      const rules::Qualification& first = rules.qualification(sides[i]);
      const rules::Qualification& second = rules.qualification(sides[j]);
      if (first.target == second.target || punished.contains({sides[i], sides[j]})) continue;
      Question question;
      question.name = std::string(kOverlap) + "/" + DescribeSubject(rules, family.root).es + "/" +
                      first.name + " ~ " + second.name;
      question.check = kOverlap;
      question.kind = Question::Kind::Characterised;
      question.first = sides[i];
      question.second = sides[j];
      if (MeetingWays(rules, family, Way(rules, sides[i]), Way(rules, sides[j])).empty()) {
        RecordProved(context, report, question.name, kOverlap);
      } else {
        questions.push_back(std::move(question));
      }
    }
  }
  return questions;
}

// Applications that judge a derived fact, by itself or in its window.
std::vector<const evaluation::Application*> Judging(const evaluation::Result& result, int fact) {
  std::vector<const evaluation::Application*> judging;
  for (const evaluation::Application& application : result.applications) {
    const auto& facts = result.roots[static_cast<std::size_t>(application.root)].facts;
    const bool in_window =
        application.fact < 0 && std::find(facts.begin(), facts.end(), fact) != facts.end();
    if (application.fact == fact || in_window) judging.push_back(&application);
  }
  return judging;
}

base::Finding DescribeCharacterised(const CheckContext& context, const rules::Family& family,
                                    const Question& question, const Reply& reply) {
  const rules::Ruleset& rules = context.rules;
  const Found& found = *reply.found;
  const rules::Qualification& first = rules.qualification(question.first);
  const rules::Qualification& second = rules.qualification(question.second);
  const std::string one = Spaced(rules.kind(first.target).name);
  const std::string two = Spaced(rules.kind(second.target).name);
  const Text subject = DescribeSubject(rules, family.root);

  base::Finding finding;
  finding.code = kOverlap;
  finding.severity = base::FindingSeverity::Warning;
  finding.id = FindingId(kOverlap, question.name);
  finding.articles = {CitationOf(rules, question.first), CitationOf(rules, question.second)};
  finding.witness = DescribeWitness(context, found);
  for (int fact : {found.sighting.first, found.sighting.second}) {
    for (const evaluation::Application* application : Judging(found.result, fact)) {
      finding.articles.push_back(rules.rule(application->rule).citation);
      finding.witness.answers.push_back(DescribeAnswer(rules, *application));
    }
  }
  finding.articles = Unique(std::move(finding.articles));
  const std::string by_one = CitationOf(rules, question.first).str();
  const std::string by_two = CitationOf(rules, question.second).str();
  finding.title = {"un mismo hecho de " + subject.es + " es a la vez " + Joined(one, two),
                   "one fact of " + subject.en + " is both " + one + " and " + two};
  finding.explanation = {
      by_one + " lo tiene por «" + one + "» y " + by_two + " por «" + two +
          "»; cada calificación lleva a sanciones propias y nada dice que una excluya a la otra, "
          "de modo que un solo hecho se cuenta dos veces, aunque ninguna historia de las cotas lo "
          "sanciona dos veces",
      by_one + " takes it as «" + one + "» and " + by_two + " as «" + two +
          "»; each leads to sanctions of its own and nothing says that one excludes the other, so "
          "that a single fact is counted twice, though no history within the bounds punishes it "
          "twice"};
  for (const rules::Box& box :
       MeetingWays(rules, family, Way(rules, question.first), Way(rules, question.second))) {
    finding.region.push_back(DescribeBox(rules, box));
  }
  finding.reading = DescribeReading(rules);
  finding.bounds = reply.bounds;
  Explain(context, family, question, found, finding);
  return finding;
}

// ---- The check -------------------------------------------------------------------

void CheckFact(const CheckContext& context, const JudgedFact& fact, base::CheckReport& report) {
  const rules::Family family = FamilyOf(context.rules, fact.kind);
  std::set<std::pair<rules::QualificationId, rules::QualificationId>> punished;
  const std::vector<Question> questions = PoseTwice(context, fact, kCode, false, report);
  const std::vector<Reply> replies = Put(context, family, questions, report);
  for (std::size_t q = 0; q < questions.size(); ++q) {
    if (replies[q].verdict != base::Verdict::Refuted) continue;
    NoteCharacterisations(*replies[q].found, punished);
    report.findings.push_back(DescribeFact(context, fact, questions[q], replies[q]));
  }
  const std::vector<Question> others = CharacterisationQuestions(context, family, punished, report);
  const std::vector<Reply> answers = Put(context, family, others, report);
  for (std::size_t q = 0; q < others.size(); ++q) {
    if (answers[q].verdict != base::Verdict::Refuted) continue;
    report.findings.push_back(DescribeCharacterised(context, family, others[q], answers[q]));
  }
}

// Every kind of fact with two characterisations, or that sanctions judge from two roots.
std::vector<JudgedFact> FactsToLookAt(const CheckContext& context) {
  const rules::Ruleset& rules = context.rules;
  std::vector<JudgedFact> facts = FactsJudgedTwice(context, &rules::OrdersSanction);
  for (std::size_t k = 0; k < rules.fact_kinds.size(); ++k) {
    const rules::FactKindId kind(static_cast<std::int64_t>(k));
    const bool known = std::any_of(facts.begin(), facts.end(),
                                   [&](const JudgedFact& fact) { return fact.kind == kind; });
    if (!known && FamilyOf(rules, kind).qualifications.size() > 1) facts.push_back({kind, {}});
  }
  return facts;
}

}  // namespace

void PlanDoublePunishment(const CheckContext& context, std::vector<Task>& tasks) {
  for (const rules::Family& family : context.families.families) {
    tasks.push_back(
        {std::string(kCode) + "/" + DescribeSubject(context.rules, family.root).es,
         DependsOnFamily(context, family),
         [&context, &family](base::CheckReport& report) { CheckFamily(context, family, report); }});
  }
  for (const JudgedFact& fact : FactsToLookAt(context)) {
    const rules::Family family = FamilyOf(context.rules, fact.kind);
    tasks.push_back(
        {std::string(kCode) + "/hechos de " + DescribeSubject(context.rules, family.root).es,
         DependsOnOutcomes(context, family),
         [&context, fact](base::CheckReport& report) { CheckFact(context, fact, report); }});
  }
}

}  // namespace cotejo::checks
