// Vacuous assumption: a condition that the rest of what is asked, and the declared domains,
// make always true, or an exception that they never let happen; a characterisation that never
// holds; a subject that no history has.
#include <algorithm>
#include <set>

#include "model/rules/terms.h"
#include "solver/checks/box_history.h"
#include "solver/checks/case_evidence.h"
#include "solver/checks/plans.h"
#include "solver/checks/questions.h"
#include "solver/checks/statements.h"
#include "solver/checks/wording.h"

namespace cotejo::checks {

using base::Evidence;
using base::Text;
using base::Verdict;

namespace {

constexpr const char* kCode = "supuesto-vacío";

// ---- One statement ---------------------------------------------------------------

class Scrutiny {
 public:
  Scrutiny(const CheckContext& context, const Statement& statement, base::CheckReport& report)
      : rules_(context.rules), statement_(statement), room_(rules_, statement), report_(report) {}

  void Run() {
    if (statement_.units.empty()) return;
    base::QueryRecord record = Record();
    if (!statement_.readable) {
      record.verdict = Verdict::Unsupported;
      record.reason = {"depende de una lectura que no es la elegida",
                       "it depends on a reading that is not the chosen one"};
    } else if (const auto whole = room_.Left(room_.All(), -1); !whole) {
      record.verdict = Verdict::Unsupported;
      record.reason = {"lo que pide tiene demasiados casos", "what it asks has too many cases"};
    } else if (!*whole) {
      // A rule that can never apply is dead, which is a finding of its own.
      record.verdict = statement_.rule.valid() ? Verdict::Proved : Verdict::Refuted;
      if (!statement_.rule.valid()) report_.findings.push_back(DescribeNever());
    } else {
      record.verdict = LookAtUnits() ? Verdict::Proved : Verdict::Refuted;
    }
    const bool decided = record.verdict != Verdict::Unsupported;
    record.evidence = decided ? Evidence::Enumerated : Evidence::None;
    report_.queries.push_back(std::move(record));
  }

 private:
  base::QueryRecord Record() const {
    base::QueryRecord record;
    record.name = std::string(kCode) + "/" + statement_.name;
    record.check = kCode;
    record.engine = "barrido";
    record.bounds = {"los dominios declarados, con cada término tomado como independiente",
                     "the declared domains, with each term taken as independent"};
    return record;
  }

  // True when each condition can fail while the others hold.
  bool LookAtUnits() {
    bool all = true;
    for (std::size_t i = 0; i < statement_.units.size(); ++i) {
      const Unit& unit = statement_.units[i];
      if (unit.range || !ReadsHistories(rules_, unit) || IsSettled(rules_, unit)) continue;
      if (room_.Left(room_.All(), static_cast<int>(i)).value_or(true)) continue;
      all = false;
      report_.findings.push_back(DescribeAlways(i));
    }
    return all;
  }

  base::Finding Blank(const std::string& key) const {
    base::Finding finding;
    finding.code = kCode;
    finding.severity = base::FindingSeverity::Warning;
    finding.id = FindingId(kCode, statement_.name + "|" + key);
    finding.articles = {statement_.article};
    finding.region = {DescribeSubject(rules_, statement_.subject)};
    finding.reading = DescribeReading(rules_);
    finding.bounds = Record().bounds;
    finding.evidence = Evidence::Enumerated;
    return finding;
  }

  void Explain(int contrary, base::Finding& finding) const {
    const MinimalSets minimal = room_.WhyNone(contrary);
    for (const std::vector<std::size_t>& set : minimal.sets) {
      std::vector<base::Condition> conditions;
      const auto add = [&](std::size_t unit) {
        conditions.push_back(DescribeUnit(rules_, statement_, statement_.units[unit]));
      };
      if (contrary >= 0) add(static_cast<std::size_t>(contrary));
      for (std::size_t unit : set) add(unit);
      finding.conditions.push_back(std::move(conditions));
    }
    finding.all_sets = minimal.all;
  }

  base::Finding DescribeAlways(std::size_t own) const {
    const Unit& unit = statement_.units[own];
    const std::string words = rules::FormatExprOf(rules_, unit.expr, statement_.subject.kind);
    base::Finding finding = Blank(words);
    const std::string name = statement_.article.str() + " («" + statement_.name + "»)";
    Explain(static_cast<int>(own), finding);
    const bool alone = std::any_of(finding.conditions.begin(), finding.conditions.end(),
                                   [](const auto& set) { return set.size() == 1; });
    const Text why = alone ? Text{"los valores declarados de lo que mira no dan otra cosa",
                                  "the declared values of what it looks at give nothing else"}
                           : Text{"lo demás que pide la misma regla no deja otra cosa",
                                  "the rest of what the same rule asks leaves nothing else"};
    if (unit.exception >= 0) {
      finding.articles.push_back(DescribeUnit(rules_, statement_, unit).article);
      finding.title = {"la excepción «" + words + "» de " + name + " no se da nunca",
                       "the exception '" + words + "' of " + name + " never happens"};
      finding.explanation = {why.es + ": la excepción no exceptúa nada",
                             why.en + ": the exception excepts nothing"};
    } else {
      finding.title = {"la condición «" + words + "» de " + name + " se cumple siempre",
                       "the condition '" + words + "' of " + name + " always holds"};
      finding.explanation = {why.es + ": la condición no distingue ningún caso",
                             why.en + ": the condition tells no case from another"};
    }
    finding.articles = Unique(std::move(finding.articles));
    return finding;
  }

  base::Finding DescribeNever() const {
    const rules::Qualification& by = rules_.qualification(statement_.qualification);
    const Text what = DescribeSubject(rules_, by.subject);
    const std::string target = Spaced(rules_.kind(by.target).name);
    base::Finding finding = Blank("nunca");
    finding.title = {statement_.article.str() + " nunca cuenta " + what.es + " como " + target,
                     statement_.article.str() + " never counts " + what.en + " as " + target};
    finding.explanation = {
        "lo que la calificación pide no puede darse a la vez: ningún valor de lo que mira lo "
        "cumple",
        "what the qualification asks cannot be all at once: no value of what it looks at meets it"};
    Explain(-1, finding);
    return finding;
  }

  const rules::Ruleset& rules_;
  const Statement& statement_;
  Room room_;
  base::CheckReport& report_;
};

// ---- What some history must show -------------------------------------------------

// A subject that rules judge, or a qualification, that some history must have.
struct Existence {
  rules::Family family;
  rules::QualificationId qualification;  // invalid: the subject itself
  std::string name;
};

bool ShownBy(const Found& found, const Existence& wanted) {
  if (wanted.qualification.valid()) {
    return std::any_of(
        found.result.facts.begin(), found.result.facts.end(),
        [&](const evaluation::EvaluatedFact& f) { return f.by == wanted.qualification; });
  }
  return HasSubject(wanted.family.root, found.history, found.result);
}

std::vector<base::Citation> ArticlesOf(const rules::Ruleset& rules, const Existence& wanted) {
  if (wanted.qualification.valid()) return {CitationOf(rules, wanted.qualification)};
  std::vector<base::Citation> articles;
  for (const rules::ExpandedRule& rule : wanted.family.rules) {
    articles.push_back(rules.rule(rule.rule).citation);
  }
  for (std::size_t i = 0; i < rules.qualifications.size(); ++i) {
    if (rules.qualifications[i].target == wanted.family.root.kind) {
      articles.push_back(CitationOf(rules, rules::QualificationId(static_cast<std::int64_t>(i))));
    }
  }
  return articles;
}

base::Finding DescribeAbsence(const rules::Ruleset& rules, const Existence& wanted,
                              const Reply& reply) {
  const Text what = DescribeSubject(rules, wanted.family.root);
  base::Finding finding;
  finding.code = kCode;
  finding.severity = base::FindingSeverity::Warning;
  finding.id = FindingId(kCode, wanted.name);
  finding.articles = Unique(ArticlesOf(rules, wanted));
  finding.region = {what};
  finding.reading = DescribeReading(rules);
  finding.bounds = reply.bounds;
  finding.evidence = Evidence::SolverAlone;
  if (wanted.qualification.valid()) {
    const rules::Qualification& by = rules.qualification(wanted.qualification);
    const std::string article = CitationOf(rules, wanted.qualification).str();
    const std::string target = Spaced(rules.kind(by.target).name);
    finding.title = {article + " nunca cuenta " + what.es + " como " + target,
                     article + " never counts " + what.en + " as " + target};
  } else {
    finding.title = {"ninguna historia tiene un caso de " + what.es,
                     "no history has a case of " + what.en};
  }
  finding.explanation = {
      "se buscó una historia en la que se dé y no la hay dentro de las cotas: lo que se dispone "
      "para "
      "ese caso no llega a nadie",
      "a history in which it happens was looked for, and within the bounds there is none: what is "
      "provided for that case reaches nobody"};
  return finding;
}

// A history made from what is asked, in which it happens.
bool ShownByMaking(const CheckContext& context, const Existence& wanted,
                   const encoding::Cone& cone) {
  std::vector<rules::Box> boxes{{}};
  if (wanted.qualification.valid()) {
    boxes = rules::ToBoxes(context.rules, context.rules.qualification(wanted.qualification).guard)
                .value_or(std::vector<rules::Box>{});
  }
  const BoxHistories histories(context, wanted.family);
  const std::vector<rules::Step> steps = encoding::StepsOf(context.rules, cone);
  for (const rules::Box& box : boxes) {
    const bool shown = histories.AnyOf(box, [&](const evaluation::History& history) {
      const Found found{
          history, evaluation::Evaluate(context.rules, context.families, history, steps), {}};
      return Sound(found.result) && ShownBy(found, wanted);
    });
    if (shown) return true;
  }
  return false;
}

// What the declared values already leave no room for is said of the statement itself.
bool SaidOfStatement(const CheckContext& context, const Existence& wanted) {
  if (!wanted.qualification.valid()) return false;
  const Statement statement = ReadStatement(context.rules, wanted.qualification);
  if (statement.units.empty() || !statement.readable) return false;
  const Room room(context.rules, statement);
  return !room.Left(room.All(), -1).value_or(true);
}

void LookFor(const CheckContext& context, const Existence& wanted, base::CheckReport& report) {
  if (SaidOfStatement(context, wanted)) return;
  const encoding::Cone cone = encoding::ConeOf(context.rules, wanted.family);
  const CaseEvidence cases(context, cone, {wanted.family.root});
  base::QueryRecord record;
  record.name = wanted.name;
  record.check = kCode;
  for (std::size_t index : cases.cases()) {
    if (!ShownBy(cases.Run(index), wanted)) continue;
    record.engine = "intérprete";
    record.verdict = Verdict::Proved;
    record.bounds = cases.Name(index);
    record.evidence = Evidence::Replayed;
    report.queries.push_back(std::move(record));
    return;
  }
  if (ShownByMaking(context, wanted, cone)) {
    record.engine = "intérprete";
    record.verdict = Verdict::Proved;
    record.bounds = BoundsOfMaking(context);
    record.evidence = Evidence::Replayed;
    report.queries.push_back(std::move(record));
    return;
  }
  Question question;
  question.name = wanted.name;
  question.check = kCode;
  question.kind = Question::Kind::Inhabited;
  if (wanted.qualification.valid()) {
    question.kind = Question::Kind::Characterised;
    question.first = question.second = wanted.qualification;
  }
  const std::vector<Reply> replies = Inquire(context, wanted.family, {question});
  const Reply& reply = replies.front();
  record.engine = "z3";
  record.bounds = reply.bounds;
  record.reason = reply.reason;
  record.verdict = reply.verdict;
  if (reply.found) {
    record.verdict = Verdict::Proved;
    record.evidence = Evidence::Replayed;
  } else if (reply.verdict == Verdict::Proved) {  // that there is none
    record.verdict = Verdict::Refuted;
    record.evidence = Evidence::SolverAlone;
    report.findings.push_back(DescribeAbsence(context.rules, wanted, reply));
  }
  report.queries.push_back(std::move(record));
}

std::vector<Existence> ExistencesOf(const CheckContext& context) {
  const rules::Ruleset& rules = context.rules;
  std::vector<Existence> all;
  for (const rules::Family& family : context.families.families) {
    all.push_back(
        {family, {}, std::string(kCode) + "/sujeto/" + DescribeSubject(rules, family.root).es});
  }
  for (std::size_t i = 0; i < rules.qualifications.size(); ++i) {
    const rules::Qualification& by = rules.qualifications[i];
    if (by.from_rule.valid()) continue;  // it holds where its rule applies
    Existence wanted;
    wanted.family.root = by.subject;
    wanted.qualification = rules::QualificationId(static_cast<std::int64_t>(i));
    wanted.family.qualifications = {wanted.qualification};
    wanted.name = std::string(kCode) + "/calificación/" + by.name;
    all.push_back(std::move(wanted));
  }
  return all;
}

// Statements on one subject, looked at together.
void Add(const CheckContext& context, const rules::Subject& subject, rules::Family& family,
         std::vector<Statement>& statements) {
  const rules::Ruleset& rules = context.rules;
  family.root = subject;
  for (std::size_t i = 0; i < rules.rules.size(); ++i) {
    const rules::RuleId id(static_cast<std::int64_t>(i));
    if (rules.rule(id).subject != subject) continue;
    family.rules.push_back({id, {}, {}, true});
    statements.push_back(ReadStatement(rules, id));
  }
  for (std::size_t i = 0; i < rules.qualifications.size(); ++i) {
    const rules::QualificationId id(static_cast<std::int64_t>(i));
    const rules::Qualification& by = rules.qualification(id);
    if (by.subject != subject || by.from_rule.valid()) continue;
    family.qualifications.push_back(id);
    statements.push_back(ReadStatement(rules, id));
  }
}

}  // namespace

void PlanVacuous(const CheckContext& context, std::vector<Task>& tasks) {
  std::set<rules::Subject> subjects;
  for (const rules::Rule& rule : context.rules.rules) subjects.insert(rule.subject);
  for (const rules::Qualification& by : context.rules.qualifications) subjects.insert(by.subject);
  for (const rules::Subject& subject : subjects) {
    rules::Family family;
    std::vector<Statement> statements;
    Add(context, subject, family, statements);
    tasks.push_back({std::string(kCode) + "/" + DescribeSubject(context.rules, subject).es,
                     DependsOnFamily(context, family),
                     [&context, statements](base::CheckReport& report) {
                       for (const Statement& statement : statements) {
                         Scrutiny(context, statement, report).Run();
                       }
                     }});
  }
  for (const Existence& wanted : ExistencesOf(context)) {
    std::string depends = DependsOnFamily(context, wanted.family);
    if (!depends.empty()) {
      const encoding::Cone cone = encoding::ConeOf(context.rules, wanted.family);
      depends = rules::Hasher()
                    .Add(depends)
                    .Add(CaseEvidence(context, cone, {wanted.family.root}).Digest())
                    .str();
    }
    tasks.push_back(
        {wanted.name, std::move(depends),
         [&context, wanted](base::CheckReport& report) { LookFor(context, wanted, report); }});
  }
}

}  // namespace cotejo::checks
