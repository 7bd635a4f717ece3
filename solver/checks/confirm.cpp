// What the interpreter says of a history, held against what a question asks.
#include <algorithm>
#include <set>

#include "model/evaluation/read_back.h"
#include "model/rules/terms.h"
#include "solver/checks/edited_rules.h"
#include "solver/checks/realise.h"
#include "solver/checks/severity.h"

namespace cotejo::checks {

using evaluation::Application;
using evaluation::Result;
using rules::Window;

std::vector<rules::QualificationId> ChainOf(const rules::Ruleset& rules, const Result& result,
                                            const Application& application) {
  std::vector<rules::QualificationId> chain;
  for (int fact = application.fact; fact >= 0;) {
    const evaluation::EvaluatedFact& evaluated = result.facts[static_cast<std::size_t>(fact)];
    if (!evaluated.by.valid()) break;
    chain.push_back(evaluated.by);
    const bool window = rules.qualification(evaluated.by).subject.window != Window::Fact;
    fact = window || evaluated.from.empty() ? -1 : evaluated.from.front();
  }
  return chain;
}

std::vector<int> FactRoots(const Result& result, int root) {
  const evaluation::Root& at = result.roots[static_cast<std::size_t>(root)];
  if (at.subject.window == Window::Fact) return {root};
  std::set<int> roots;
  for (int fact : at.facts) {
    const int of_fact = result.facts[static_cast<std::size_t>(fact)].root;
    if (result.roots[static_cast<std::size_t>(of_fact)].subject.window == Window::Fact) {
      roots.insert(of_fact);
    }
  }
  return {roots.begin(), roots.end()};
}

bool HasSubject(const rules::Subject& subject, const evaluation::History& history,
                const Result& result) {
  return std::any_of(result.facts.begin(), result.facts.end(),
                     [&](const evaluation::EvaluatedFact& evaluated) {
                       const evaluation::Fact& fact = evaluated.fact;
                       return fact.kind == subject.kind &&
                              encoding::WindowEnd(subject.window, fact.date) <= history.to;
                     });
}

// ---- Outcomes --------------------------------------------------------------------

namespace {

bool Constant(const rules::Ruleset& rules, const rules::Rule& rule) {
  return std::all_of(rule.consequences.begin(), rule.consequences.end(), [&](const auto& c) {
    return !c.quantity.valid() || rules::ConstantValue(rules, c.quantity).has_value();
  });
}

}  // namespace

std::vector<std::string> OutcomeKeys(const rules::Ruleset& rules, rules::RuleId id) {
  const rules::Rule& rule = rules.rule(id);
  // An amount that is computed is only known to be another's when it is read of one subject.
  std::string where;
  if (!Constant(rules, rule)) {
    where = "@" + std::to_string(rule.subject.kind.value) + "/" +
            std::to_string(static_cast<int>(rule.subject.window));
  }
  std::vector<std::string> keys;
  for (const rules::Outcome& outcome : rules::Outcomes(rules, rule)) {
    keys.push_back(std::to_string(static_cast<int>(outcome.dimension)) + "|" + outcome.thing + "|" +
                   outcome.signature + where);
  }
  return keys;
}

bool Establishes(const rules::Ruleset& rules, rules::RuleId rule) {
  return std::any_of(rules.qualifications.begin(), rules.qualifications.end(),
                     [&](const rules::Qualification& by) { return by.from_rule == rule; });
}

namespace {

// Two roots of two evaluations of one history.
bool SameRoot(const Result& a, int root_a, const Result& b, int root_b) {
  const evaluation::Root& one = a.roots[static_cast<std::size_t>(root_a)];
  const evaluation::Root& two = b.roots[static_cast<std::size_t>(root_b)];
  if (one.subject != two.subject || one.last != two.last) return false;
  // The history's own facts are the first roots, in its order.
  return one.subject.window != Window::Fact || root_a == root_b;
}

std::set<std::string> StandingAt(const rules::Ruleset& rules, const Result& result,
                                 const Result& other, int root) {
  std::set<std::string> keys;
  for (const Application& application : other.applications) {
    if (!application.stands || !SameRoot(result, root, other, application.root)) continue;
    for (std::string& key : OutcomeKeys(rules, application.rule)) keys.insert(std::move(key));
  }
  return keys;
}

// It stands, and gives what nothing else at its root gives, nor could in its place.
bool PlainlyMatters(const rules::Ruleset& rules, const Result& result,
                    const Application& application) {
  if (!application.stands) return false;
  std::set<std::string> others;
  const auto add = [&](rules::RuleId rule) {
    for (std::string& key : OutcomeKeys(rules, rule)) others.insert(std::move(key));
  };
  for (const Application& other : result.applications) {
    if (other.root == application.root && other.rule != application.rule) add(other.rule);
  }
  const rules::Rule& rule = rules.rule(application.rule);
  if (rule.scale.valid() && rules.scale(rule.scale).policy == rules::HitPolicy::First) {
    for (rules::RuleId row : rules.scale(rule.scale).rows) {
      if (rules.rule(row).row > rule.row) add(row);
    }
  }
  const std::vector<std::string> keys = OutcomeKeys(rules, application.rule);
  return std::any_of(keys.begin(), keys.end(),
                     [&](const std::string& key) { return !others.contains(key); });
}

}  // namespace

bool Matters(const CheckContext& context, const evaluation::History& history, const Result& result,
             std::size_t index) {
  const rules::Ruleset& rules = context.rules;
  const Application& application = result.applications[index];
  if (Establishes(rules, application.rule) || PlainlyMatters(rules, result, application)) {
    return true;
  }
  EditedRules without(rules, context.spare);
  without.rule(application.rule).guard = without.AddTruth(false);
  const Result other = evaluation::Evaluate(without.get(), context.families, history);
  return StandingAt(rules, result, result, application.root) !=
         StandingAt(rules, result, other, application.root);
}

// ---- Regions ---------------------------------------------------------------------

bool Lies(const rules::Atom& atom, base::Rational value) {
  if (atom.kind == rules::Atom::Kind::Values) {
    return value.whole() && std::binary_search(atom.values.begin(), atom.values.end(),
                                               static_cast<int>(value.floor()));
  }
  if (atom.kind == rules::Atom::Kind::Opaque) return value.zero() == atom.negated;
  if (atom.low && (value < *atom.low || (atom.low_open && value == *atom.low))) return false;
  if (atom.high && (value > *atom.high || (atom.high_open && value == *atom.high))) return false;
  return true;
}

namespace {

bool InRegion(const std::vector<encoding::Constraint>& region, const evaluation::GapHit& gap,
              evaluation::ReadBack& back) {
  for (const encoding::Constraint& constraint : region) {
    const auto reading = std::find_if(
        gap.measures.begin(), gap.measures.end(),
        [&](const evaluation::MeasureReading& r) { return r.term == constraint.atom.term; });
    std::optional<rules::Value> value;
    if (reading != gap.measures.end()) {
      value = reading->value;
    } else {
      value = back.At(gap.root, constraint.atom.expr);
    }
    if (!value || value->absent != constraint.absent) return false;
    if (constraint.absent) continue;
    const bool on_grid = constraint.grid.zero() || (value->number / constraint.grid).whole();
    if (!on_grid || !Lies(constraint.atom, value->number)) return false;
  }
  return true;
}

// ---- Each kind of question -------------------------------------------------------

class Replay {
 public:
  Replay(const CheckContext& context, const rules::Family& family, const Question& question,
         const evaluation::History& history, const Result& result)
      : context_(context),
        family_(family),
        question_(question),
        history_(history),
        result_(result) {
    if (question.kind != Question::Kind::Both && question.kind != Question::Kind::One) return;
    for (const Application& application : result.applications) {
      chains_.push_back(ChainOf(context.rules, result, application));
    }
  }

  std::optional<Sighting> Run() const {
    switch (question_.kind) {
      case Question::Kind::Both:
        return Both();
      case Question::Kind::One:
        return One();
      case Question::Kind::Twice:
        return Twice();
      case Question::Kind::Characterised:
        return Characterised();
      case Question::Kind::Inhabited:
        return Inhabited();
      case Question::Kind::Gap:
        break;
    }
    return Gap();
  }

 private:
  const Application& At(std::size_t index) const { return result_.applications[index]; }
  const rules::Subject& SubjectOf(int root) const {
    return result_.roots[static_cast<std::size_t>(root)].subject;
  }

  bool Matches(std::size_t index, std::size_t position) const {
    const rules::ExpandedRule& rule = family_.rules[position];
    return At(index).rule == rule.rule && chains_[index] == rule.through &&
           SubjectOf(At(index).root) == family_.root;
  }

  bool FateIs(const Application& a, const Application& b, std::size_t index_b) const {
    switch (question_.fate) {
      case Question::Fate::Conflict:
        return std::find(a.conflicts.begin(), a.conflicts.end(), static_cast<int>(index_b)) !=
               a.conflicts.end();
      case Question::Fate::Settled:
        return a.stands != b.stands;
      case Question::Fate::Stand:
        return a.stands && b.stands;
      default:
        return true;
    }
  }

  std::optional<Sighting> Both() const {
    const std::size_t count = result_.applications.size();
    for (std::size_t p = 0; p < question_.pairs.size(); ++p) {
      for (std::size_t i = 0; i < count; ++i) {
        if (!Matches(i, question_.pairs[p].first)) continue;
        for (std::size_t j = 0; j < count; ++j) {
          if (i == j || At(i).root != At(j).root || !Matches(j, question_.pairs[p].second) ||
              !FateIs(At(i), At(j), j)) {
            continue;
          }
          return Sighting{At(i).root, static_cast<int>(i), static_cast<int>(j), p};
        }
      }
    }
    return std::nullopt;
  }

  // The rule as it would apply if its scale took every row that holds; seen at the row that
  // came before it, when one did.
  std::optional<Sighting> Held() const {
    const rules::Rule& rule = context_.rules.rule(family_.rules[question_.positions[0]].rule);
    const bool first =
        rule.scale.valid() && context_.rules.scale(rule.scale).policy == rules::HitPolicy::First;
    if (!first) return std::nullopt;
    EditedRules variant(context_.rules, context_.spare);
    variant.scale(rule.scale).policy = rules::HitPolicy::Accumulate;
    const Result other = evaluation::Evaluate(variant.get(), context_.families, history_);
    Question open = question_;
    open.fate = Question::Fate::Any;
    const auto held = Replay(context_, family_, open, history_, other).One();
    if (!held) return std::nullopt;
    for (std::size_t i = 0; i < result_.applications.size(); ++i) {
      if (SameRoot(other, held->root, result_, At(i).root) &&
          context_.rules.rule(At(i).rule).scale == rule.scale) {
        return Sighting{At(i).root, static_cast<int>(i), -1, 0};
      }
    }
    return std::nullopt;
  }

  std::optional<Sighting> One() const {
    for (std::size_t i = 0; i < result_.applications.size(); ++i) {
      const bool asked = std::any_of(question_.positions.begin(), question_.positions.end(),
                                     [&](std::size_t position) { return Matches(i, position); });
      if (!asked) continue;
      if (question_.fate == Question::Fate::Stand && !At(i).stands) continue;
      if (question_.fate == Question::Fate::Matter &&
          !checks::Matters(context_, history_, result_, i)) {
        continue;
      }
      return Sighting{At(i).root, static_cast<int>(i), -1, 0};
    }
    return question_.fate == Question::Fate::Hold ? Held() : std::nullopt;
  }

  bool Counts(const Application& application) const {
    if (!application.stands) return false;
    return question_.classes
               ? context_.rules.rule(application.rule).fault != rules::FaultClass::None
               : !SeverityOf(context_.rules, application).none();
  }

  std::optional<Sighting> Twice() const {
    for (std::size_t i = 0; i < result_.applications.size(); ++i) {
      if (!Counts(At(i)) || SubjectOf(At(i).root) != question_.one) continue;
      const std::vector<int> facts = FactRoots(result_, At(i).root);
      for (std::size_t j = 0; j < result_.applications.size(); ++j) {
        const bool other = At(j).root != At(i).root && SubjectOf(At(j).root) == question_.two;
        const bool same_class =
            context_.rules.rule(At(i).rule).fault == context_.rules.rule(At(j).rule).fault;
        if (!other || !Counts(At(j)) || (question_.classes && same_class)) continue;
        for (int shared : FactRoots(result_, At(j).root)) {
          if (SubjectOf(shared) == family_.root &&
              std::find(facts.begin(), facts.end(), shared) != facts.end()) {
            return Sighting{shared, static_cast<int>(i), static_cast<int>(j), 0};
          }
        }
      }
    }
    return std::nullopt;
  }

  std::optional<Sighting> Characterised() const {
    for (std::size_t i = 0; i < result_.facts.size(); ++i) {
      if (result_.facts[i].by != question_.first) continue;
      for (std::size_t j = 0; j < result_.facts.size(); ++j) {
        if (result_.facts[j].by == question_.second &&
            result_.facts[j].root == result_.facts[i].root) {
          return Sighting{result_.facts[i].root, static_cast<int>(i), static_cast<int>(j), 0};
        }
      }
    }
    return std::nullopt;
  }

  std::optional<Sighting> Inhabited() const {
    if (!HasSubject(family_.root, history_, result_)) return std::nullopt;
    return Sighting{};
  }

  std::optional<Sighting> Gap() const {
    if (result_.gaps.empty()) return std::nullopt;
    evaluation::ReadBack back(context_.rules, history_, result_);
    for (const evaluation::GapHit& gap : result_.gaps) {
      if (family_.Promises(gap.scale) && InRegion(question_.region, gap, back)) {
        return Sighting{gap.root, -1, -1, 0};
      }
    }
    return std::nullopt;
  }

  const CheckContext& context_;
  const rules::Family& family_;
  const Question& question_;
  const evaluation::History& history_;
  const Result& result_;
  std::vector<std::vector<rules::QualificationId>> chains_;
};

}  // namespace

std::optional<Sighting> Confirm(const CheckContext& context, const rules::Family& family,
                                const Question& question, const evaluation::History& history,
                                const Result& result) {
  for (const base::Diagnostic& problem : result.problems) {
    if (problem.severity == base::Severity::Error) return std::nullopt;
  }
  return Replay(context, family, question, history, result).Run();
}

}  // namespace cotejo::checks
