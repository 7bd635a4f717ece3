// Overlap: two rows of a `única` scale with one outcome apply to one subject, or one fact
// is characterised twice and each side leads to sanctions of its own.
#include <algorithm>
#include <map>
#include <set>

#include "model/rules/boxes.h"
#include "solver/checks/plans.h"
#include "solver/checks/questions.h"
#include "solver/checks/sweep.h"
#include "solver/checks/wording.h"

namespace cotejo::checks {

using base::Text;

namespace {

constexpr const char* kCode = "solapamiento";

// ---- Rows of one scale -----------------------------------------------------------

bool SameUniqueScale(const rules::Ruleset& rules, const rules::ExpandedRule& a,
                     const rules::ExpandedRule& b) {
  const rules::ScaleId scale = rules.rule(a.rule).scale;
  return a.rule != b.rule && scale.valid() && scale == rules.rule(b.rule).scale &&
         a.through == b.through && rules.scale(scale).policy == rules::HitPolicy::Unique;
}

std::vector<Question> RowQuestions(const CheckContext& context, const rules::Family& family,
                                   base::CheckReport& report) {
  const rules::Ruleset& rules = context.rules;
  std::vector<Question> questions;
  const std::string subject = DescribeSubject(rules, family.root).es;
  for (std::size_t a = 0; a < family.rules.size(); ++a) {
    for (std::size_t b = a + 1; b < family.rules.size(); ++b) {
      const rules::ExpandedRule& first = family.rules[a];
      const rules::ExpandedRule& second = family.rules[b];
      if (!SameUniqueScale(rules, first, second)) continue;
      if (rules::OutcomesClash(rules, first.rule, rules::Outcomes(rules, rules.rule(first.rule)),
                               second.rule, rules::Outcomes(rules, rules.rule(second.rule)))) {
        continue;  // a contradiction, if anything
      }
      Question question;
      question.name = std::string(kCode) + "/" + subject + "/" + rules.rule(first.rule).name +
                      " ~ " + rules.rule(second.rule).name;
      for (rules::QualificationId id : first.through) {
        question.name += " < " + rules.qualification(id).name;
      }
      question.check = kCode;
      question.kind = Question::Kind::Both;
      question.pairs = {{a, b}};
      if (MayMeet(rules, family, first.boxes, second.boxes)) {
        questions.push_back(std::move(question));
      } else {
        RecordProved(context, report, question.name, kCode);
      }
    }
  }
  return questions;
}

base::Finding DescribeRows(const CheckContext& context, const rules::Family& family,
                           const Question& question, const Reply& reply) {
  const rules::Ruleset& rules = context.rules;
  const Found& found = *reply.found;
  const auto [a, b] = question.pairs[found.sighting.pair];
  const rules::ExpandedRule& first = family.rules[a];
  const rules::ExpandedRule& second = family.rules[b];
  base::Finding finding;
  finding.code = kCode;
  finding.severity = base::FindingSeverity::Warning;
  finding.id = FindingId(kCode, question.name);
  const std::string one = rules.rule(first.rule).name;
  const std::string two = rules.rule(second.rule).name;
  const Text subject = DescribeSubject(rules, family.root);
  finding.title = {"«" + one + "» y «" + two + "» recogen el mismo caso de " + subject.es,
                   "«" + one + "» and «" + two + "» take the same case of " + subject.en};
  finding.explanation = {
      "la escala debe dar una sola respuesta y dos de sus filas se aplican a la vez; ordenan lo "
      "mismo, de modo que no cambia el resultado, pero una de las dos sobra o sus límites se pisan",
      "the scale must give one answer and two of its rows apply at once; they order the same, so "
      "the outcome does not change, but one of them is spare or their bounds overlap"};
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
  for (const evaluation::Application& application : found.result.applications) {
    if (application.root != found.sighting.root) continue;
    finding.witness.answers.push_back(DescribeAnswer(rules, application));
  }
  return finding;
}

// ---- One fact, two characterisations ---------------------------------------------

bool Sanctions(const rules::Rule& rule) {
  return std::any_of(rule.consequences.begin(), rule.consequences.end(),
                     [](const rules::Consequence& consequence) {
                       return rules::IsDisciplinary(consequence.kind) &&
                              consequence.kind != rules::ConsequenceKind::NoSanction;
                     });
}

// Whether a fact of this kind can end in a sanction, by itself or through what it becomes.
bool LeadsToSanction(const rules::Ruleset& rules, rules::FactKindId kind,
                     std::set<rules::FactKindId>& seen) {
  if (!seen.insert(kind).second) return false;
  for (const rules::Rule& rule : rules.rules) {
    if (rule.subject.kind == kind && Sanctions(rule)) return true;
  }
  return std::any_of(rules.qualifications.begin(), rules.qualifications.end(),
                     [&](const rules::Qualification& by) {
                       return by.subject.kind == kind && LeadsToSanction(rules, by.target, seen);
                     });
}

std::vector<rules::Box> BoxesOf(const rules::Ruleset& rules, const rules::Qualification& by) {
  const rules::Vantage vantage{&rules, by.subject, {}};
  const auto boxes = rules::GuardBoxes(vantage, by.guard, by.exceptions, 0);
  return boxes ? *boxes : std::vector<rules::Box>{rules::Box{}};
}

// The kinds of fact that qualifications name, each with those qualifications. They need
// not be roots of any rule: what they become may be judged by the window.
std::vector<rules::Family> CharacterisedFacts(const rules::Ruleset& rules) {
  std::map<rules::Subject, rules::Family> by_subject;
  for (std::size_t i = 0; i < rules.qualifications.size(); ++i) {
    const rules::Subject& subject = rules.qualifications[i].subject;
    if (subject.window != rules::Window::Fact) continue;
    rules::Family& facts = by_subject[subject];
    facts.root = subject;
    facts.qualifications.emplace_back(static_cast<std::int64_t>(i));
  }
  std::vector<rules::Family> result;
  for (auto& [subject, facts] : by_subject) result.push_back(std::move(facts));
  return result;
}

std::vector<Question> CharacterisationQuestions(const CheckContext& context,
                                                const rules::Family& family,
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
      if (first.target == second.target) continue;
      Question question;
      question.name = std::string(kCode) + "/" + DescribeSubject(rules, family.root).es + "/" +
                      first.name + " ~ " + second.name;
      question.check = kCode;
      question.kind = Question::Kind::Characterised;
      question.first = sides[i];
      question.second = sides[j];
      if (MayMeet(rules, family, BoxesOf(rules, first), BoxesOf(rules, second))) {
        questions.push_back(std::move(question));
      } else {
        RecordProved(context, report, question.name, kCode);
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

std::string KindName(const rules::Ruleset& rules, rules::FactKindId kind) {
  std::string name = rules.kind(kind).name;
  std::replace(name.begin(), name.end(), '_', ' ');
  return name;
}

base::Finding DescribeCharacterised(const CheckContext& context, const rules::Family& family,
                                    const Question& question, const Reply& reply) {
  const rules::Ruleset& rules = context.rules;
  const Found& found = *reply.found;
  const rules::Qualification& first = rules.qualification(question.first);
  const rules::Qualification& second = rules.qualification(question.second);
  const std::string one = KindName(rules, first.target);
  const std::string two = KindName(rules, second.target);
  const Text subject = DescribeSubject(rules, family.root);

  base::Finding finding;
  finding.code = kCode;
  finding.severity = base::FindingSeverity::Error;
  finding.id = FindingId(kCode, question.name);
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
  const bool vowel_i = base::Fold(two).starts_with("i");  // «e» before an i sound
  finding.title = {
      "un mismo hecho de " + subject.es + " es a la vez " + one + (vowel_i ? " e " : " y ") + two,
      "one fact of " + subject.en + " is both " + one + " and " + two};
  finding.explanation = {
      by_one + " lo tiene por «" + one + "» y " + by_two + " por «" + two +
          "»; cada calificación lleva a sanciones propias y nada dice que una excluya a la otra, "
          "de modo que un solo hecho se cuenta y se sanciona dos veces",
      by_one + " takes it as «" + one + "» and " + by_two + " as «" + two +
          "»; each leads to sanctions of its own and nothing says that one excludes the other, so "
          "that a single fact is counted and punished twice"};
  for (const rules::Box& box : Meet(rules, family, BoxesOf(rules, first), BoxesOf(rules, second))) {
    finding.region.push_back(DescribeBox(rules, box));
  }
  finding.reading = DescribeReading(rules);
  finding.bounds = reply.bounds;
  return finding;
}

void CheckRows(const CheckContext& context, const rules::Family& family,
               base::CheckReport& report) {
  const std::vector<Question> questions = RowQuestions(context, family, report);
  const std::vector<Reply> replies = Put(context, family, questions, report);
  for (std::size_t q = 0; q < questions.size(); ++q) {
    if (replies[q].verdict != base::Verdict::Refuted) continue;
    report.findings.push_back(DescribeRows(context, family, questions[q], replies[q]));
  }
}

void CheckCharacterisations(const CheckContext& context, const rules::Family& facts,
                            base::CheckReport& report) {
  const std::vector<Question> questions = CharacterisationQuestions(context, facts, report);
  const std::vector<Reply> replies = Put(context, facts, questions, report);
  for (std::size_t q = 0; q < questions.size(); ++q) {
    if (replies[q].verdict != base::Verdict::Refuted) continue;
    report.findings.push_back(DescribeCharacterised(context, facts, questions[q], replies[q]));
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
  for (const rules::Family& facts : CharacterisedFacts(context.rules)) {
    tasks.push_back(
        {std::string(kCode) + "/calificaciones de " + DescribeSubject(context.rules, facts.root).es,
         DependsOnFamily(context, facts), [&context, facts](base::CheckReport& report) {
           CheckCharacterisations(context, facts, report);
         }});
  }
}

}  // namespace cotejo::checks
