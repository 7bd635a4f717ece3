#include "solver/checks/explain.h"

#include <algorithm>

#include "model/rules/terms.h"
#include "solver/checks/wording.h"

namespace cotejo::checks {

using base::Text;
using rules::ExprId;
using rules::Op;

Oracle::Oracle(const CheckContext& context, const rules::Family& family, const Question& question,
               const Found& found, const std::vector<std::size_t>& beside)
    : context_(context),
      family_(family),
      question_(question),
      found_(found),
      variant_(context.rules, context.spare),
      steps_(encoding::StepsOf(context.rules, ConeOfQuestions(context, family, {question}))) {
  if (question.kind == Question::Kind::Both) {
    question_.pairs = {question.pairs[found.sighting.pair]};
  }
  Gather(beside);
}

// ---- The conditions --------------------------------------------------------------

void Oracle::Add(rules::RuleId rule) {
  const bool known = std::any_of(statements_.begin(), statements_.end(),
                                 [&](const Statement& s) { return s.rule == rule; });
  if (known) return;
  statements_.push_back({rule, {}});
  Split(statements_.size() - 1);
}

// What a rule establishes, it establishes when it applies: the conditions are the rule's.
void Oracle::Add(rules::QualificationId by) {
  const rules::RuleId rule = context_.rules.qualification(by).from_rule;
  if (rule.valid()) {
    Add(rule);
    return;
  }
  const bool known = std::any_of(statements_.begin(), statements_.end(),
                                 [&](const Statement& s) { return s.qualification == by; });
  if (known) return;
  statements_.push_back({{}, by});
  Split(statements_.size() - 1);
}

void Oracle::Gather(const std::vector<std::size_t>& beside) {
  if (IsGap()) {
    for (std::size_t position = 0; position < family_.rules.size(); ++position) {
      const bool looked_into =
          beside.empty() || std::find(beside.begin(), beside.end(), position) != beside.end();
      if (!looked_into) continue;
      const rules::ExpandedRule& rule = family_.rules[position];
      Add(rule.rule);
      for (rules::QualificationId by : rule.through) Add(by);
    }
    return;
  }
  if (question_.kind != Question::Kind::Characterised) {
    for (int side : {found_.sighting.first, found_.sighting.second}) {
      if (side >= 0) Add(found_.result.applications[static_cast<std::size_t>(side)].rule);
    }
  }
  std::vector<rules::QualificationId> used;
  for (const evaluation::EvaluatedFact& fact : found_.result.facts) {
    if (fact.by.valid()) used.push_back(fact.by);
  }
  std::sort(used.begin(), used.end());
  used.erase(std::unique(used.begin(), used.end()), used.end());
  for (rules::QualificationId by : used) Add(by);
}

ExprId Oracle::GuardOf(std::size_t statement) const {
  const Statement& at = statements_[statement];
  return at.rule.valid() ? context_.rules.rule(at.rule).guard
                         : context_.rules.qualification(at.qualification).guard;
}

const std::vector<rules::Exception>& Oracle::ExceptionsOf(std::size_t statement) const {
  const Statement& at = statements_[statement];
  return at.rule.valid() ? context_.rules.rule(at.rule).exceptions
                         : context_.rules.qualification(at.qualification).exceptions;
}

void Oracle::Split(std::size_t statement) {
  const std::size_t before = leaves_.size();
  const ExprId guard = GuardOf(statement);
  if (guard.valid()) Split(statement, guard, false, -1);
  const auto& exceptions = ExceptionsOf(statement);
  for (std::size_t i = 0; i < exceptions.size(); ++i) {
    Split(statement, exceptions[i].condition, true, static_cast<int>(i));
  }
  // Nothing is asked: the statement itself is the condition. A gap is never its doing.
  if (leaves_.size() == before && !IsGap()) leaves_.push_back({statement, {}, false, -1});
}

void Oracle::Split(std::size_t statement, ExprId id, bool negated, int exception) {
  const rules::Expr& expr = context_.rules.expr(id);
  switch (expr.op) {
    case Op::Literal:
      return;
    case Op::Not:
      Split(statement, expr.args[0], !negated, exception);
      return;
    case Op::And:
    case Op::Or:
      for (ExprId arg : expr.args) Split(statement, arg, negated, exception);
      return;
    default:
      leaves_.push_back({statement, id, negated, exception});
  }
}

// ---- Variants of the text --------------------------------------------------------

ExprId Oracle::Rebuilt(std::size_t statement, ExprId id, bool negated, int exception,
                       const std::vector<bool>& kept) {
  rules::Expr expr = context_.rules.expr(id);
  if (expr.op == Op::Literal) return id;
  if (expr.op == Op::Not || expr.op == Op::And || expr.op == Op::Or) {
    bool changed = false;
    for (ExprId& arg : expr.args) {
      const ExprId other =
          Rebuilt(statement, arg, negated != (expr.op == Op::Not), exception, kept);
      changed = changed || other != arg;
      arg = other;
    }
    if (!changed) return id;
    return variant_.Add(std::move(expr));
  }
  for (std::size_t i = 0; i < leaves_.size(); ++i) {
    const Leaf& leaf = leaves_[i];
    const bool here = leaf.statement == statement && leaf.expr == id && leaf.exception == exception;
    if (here && !kept[i]) return variant_.AddTruth(IsGap() != negated);
  }
  return id;
}

void Oracle::Apply(const std::vector<bool>& kept) {
  variant_.ForgetAdded();
  for (std::size_t s = 0; s < statements_.size(); ++s) {
    ExprId guard = GuardOf(s);
    if (guard.valid()) guard = Rebuilt(s, guard, false, -1, kept);
    std::vector<rules::Exception> exceptions = ExceptionsOf(s);
    for (std::size_t i = 0; i < exceptions.size(); ++i) {
      exceptions[i].condition =
          Rebuilt(s, exceptions[i].condition, true, static_cast<int>(i), kept);
    }
    for (std::size_t i = 0; i < leaves_.size(); ++i) {
      const bool whole = leaves_[i].statement == s && !leaves_[i].expr.valid();
      if (whole && !kept[i]) guard = variant_.AddTruth(false);
    }
    const Statement& at = statements_[s];
    if (at.rule.valid()) {
      variant_.rule(at.rule).guard = guard;
      variant_.rule(at.rule).exceptions = std::move(exceptions);
    } else {
      variant_.qualification(at.qualification).guard = guard;
      variant_.qualification(at.qualification).exceptions = std::move(exceptions);
    }
  }
}

bool Oracle::StillAGap(const evaluation::Result& result) const {
  const auto root = static_cast<std::size_t>(found_.sighting.root);
  const evaluation::Root& own = found_.result.roots[root];
  const bool fact = own.subject.window == rules::Window::Fact;
  return std::any_of(result.gaps.begin(), result.gaps.end(), [&](const evaluation::GapHit& gap) {
    const evaluation::Root& other = result.roots[static_cast<std::size_t>(gap.root)];
    return family_.Promises(gap.scale) && other.subject == own.subject && other.last == own.last &&
           (!fact || gap.root == found_.sighting.root);
  });
}

bool Oracle::Enough(const std::vector<bool>& kept) {
  Apply(kept);
  // Which norm prevails is decided by the text as it is, not by the variant.
  const evaluation::Result result =
      evaluation::Evaluate(variant_.get(), context_.families, found_.history, steps_);
  if (IsGap()) return StillAGap(result);
  return Confirm(context_, family_, question_, found_.history, result).has_value();
}

// ---- Words -----------------------------------------------------------------------

namespace {

std::string Named(const rules::Ruleset& rules, rules::RuleId id, const base::Citation& article) {
  return article.str() + " («" + rules.rule(id).name + "»)";
}

}  // namespace

Text Oracle::Words(const Leaf& leaf, const base::Citation& article) const {
  const rules::Ruleset& rules = context_.rules;
  const Statement& at = statements_[leaf.statement];
  const rules::Subject subject =
      at.rule.valid() ? rules.rule(at.rule).subject : rules.qualification(at.qualification).subject;
  const Text what = DescribeSubject(rules, subject);
  std::string asked;
  if (leaf.expr.valid()) asked = rules::FormatExprOf(rules, leaf.expr, subject.kind);
  const std::string name = at.rule.valid() ? Named(rules, at.rule, article) : article.str();
  if (leaf.exception >= 0) {
    const bool so = IsGap() == leaf.negated;
    return {name + " exceptúa «" + asked + (so ? "», y así es" : "», y no es así"),
            name + " excepts '" + asked + (so ? "', which is so" : "', which is not so")};
  }
  const Text must{(leaf.negated ? "que no se cumpla «" : "«") + asked + "»",
                  (leaf.negated ? "that it is not so that '" : "'") + asked + "'"};
  const Text fails = IsGap() ? Text{", y no es así", ", which is not so"} : Text{};
  if (at.rule.valid()) {
    if (leaf.expr.valid()) {
      return {name + " pide " + must.es + fails.es, name + " asks " + must.en + fails.en};
    }
    return {name + " se aplica a todo caso de " + what.es,
            name + " applies to every case of " + what.en};
  }
  const std::string target = Spaced(rules.kind(rules.qualification(at.qualification).target).name);
  const Text counts{name + " cuenta " + what.es + " como " + target,
                    name + " counts " + what.en + " as " + target};
  if (!leaf.expr.valid()) return counts;
  return {counts.es + " y pide " + must.es + fails.es,
          counts.en + " and asks " + must.en + fails.en};
}

base::Condition Oracle::Describe(std::size_t index) const {
  const Leaf& leaf = leaves_[index];
  const Statement& at = statements_[leaf.statement];
  base::Citation article = at.rule.valid() ? context_.rules.rule(at.rule).citation
                                           : CitationOf(context_.rules, at.qualification);
  if (leaf.exception >= 0) {
    const base::Citation& own =
        ExceptionsOf(leaf.statement)[static_cast<std::size_t>(leaf.exception)].citation;
    if (!own.empty()) article = own;
  }
  return {article, Words(leaf, article)};
}

void Explain(const CheckContext& context, const rules::Family& family, const Question& question,
             const Found& found, base::Finding& finding, const std::vector<std::size_t>& beside) {
  Oracle oracle(context, family, question, found, beside);
  const MinimalSets minimal = FindMinimalSets(
      oracle.size(), [&](const std::vector<bool>& kept) { return oracle.Enough(kept); });
  for (const std::vector<std::size_t>& set : minimal.sets) {
    std::vector<base::Condition> conditions;
    for (std::size_t leaf : set) {
      base::Condition condition = oracle.Describe(leaf);
      const bool said =
          std::any_of(conditions.begin(), conditions.end(), [&](const base::Condition& other) {
            return other.article == condition.article && other.text == condition.text;
          });
      if (!said) conditions.push_back(std::move(condition));
    }
    finding.conditions.push_back(std::move(conditions));
  }
  finding.all_sets = minimal.all;
}

}  // namespace cotejo::checks
