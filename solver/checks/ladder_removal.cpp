// Steps of a ladder whose conduct arises from what another count already removed for.
#include <algorithm>
#include <map>

#include "model/rules/terms.h"
#include "solver/checks/ladder.h"
#include "solver/checks/questions.h"
#include "solver/checks/quotes.h"
#include "solver/checks/wording.h"

namespace cotejo::checks {

using base::Rational;
using base::Text;
using rules::Atom;
using rules::Box;
using rules::ExpandedRule;
using rules::Family;

namespace {

constexpr const char* kCode = "escalera";

const Atom* AtomOn(const Box& box, const std::string& term) {
  for (const Atom& atom : box.atoms) {
    if (atom.term == term && atom.kind == Atom::Kind::Interval) return &atom;
  }
  return nullptr;
}

// A count of facts that come from the root itself, one at most for each: the second month of
// 121 minutes.
const rules::Measure* CountOf(const rules::Ruleset& rules, const Atom& atom) {
  if (atom.kind != Atom::Kind::Interval || !atom.low) return nullptr;
  const rules::Expr& expr = rules.expr(atom.expr);
  if (expr.op != rules::Op::Measure) return nullptr;
  const rules::Measure& measure = rules.measures[static_cast<std::size_t>(expr.ref)];
  const bool count = measure.aggregate == rules::Aggregate::Count && !measure.filter.valid();
  return count ? &measure : nullptr;
}

// Nobody else produces facts of the kind than one qualification of the root.
const rules::Qualification* OnlyProducer(const rules::Ruleset& rules, rules::FactKindId kind,
                                         const rules::Subject& root) {
  const rules::Qualification* only = nullptr;
  for (const rules::Qualification& qualification : rules.qualifications) {
    if (qualification.target != kind) continue;
    if (only != nullptr || !(qualification.subject == root)) return nullptr;
    only = &qualification;
  }
  return rules.kind(kind).derived ? only : nullptr;
}

// Whenever the counted fact is produced, the removal's other conditions hold.
bool RestFollows(const rules::Ruleset& rules, const ExpandedRule& removal, const std::string& term,
                 const rules::Qualification& producer) {
  const auto produced = producer.guard.valid() ? rules::ToBoxes(rules, producer.guard)
                                               : std::optional(std::vector<Box>{{}});
  if (!produced || !producer.exceptions.empty() || !removal.exact) return false;
  std::vector<Box> rest = removal.boxes;
  for (Box& box : rest)
    std::erase_if(box.atoms, [&](const Atom& atom) { return atom.term == term; });
  return rules::Implies(*produced, rest);
}

// A removal for the k-th time, and a step that needs at least the m-th.
struct Late {
  std::size_t removal = 0;  // positions in family.rules
  std::size_t step = 0;
  int removes_at = 0;
  int comes_at = 0;
  int commission = 0;  // of the ladder
};

// The commission a step asks for, when what is counted is a conduct by its value and the value
// arises from this root only.
std::optional<int> CommissionOf(const rules::Ruleset& rules, const Family& family,
                                const ExpandedRule& step, const Box& box, rules::Window counted) {
  if (step.through.size() != 1) return std::nullopt;
  const rules::Qualification& by = rules.qualification(step.through.front());
  if (!(by.subject == family.root)) return std::nullopt;
  for (const Atom& atom : box.atoms) {
    const rules::Measure* measure = CountOf(rules, atom);
    if (measure == nullptr || !measure->same_field.valid() || measure->kind != by.target) continue;
    // In a wider window than what the removal counts, conducts of another year would do.
    if (counted != measure->window && counted != rules::Window::Career) continue;
    const auto value_of = [&](const rules::Qualification& qualification) {
      for (const rules::FieldValue& given : qualification.fields) {
        if (given.field == measure->same_field) return rules::ConstantValue(rules, given.value);
      }
      return std::optional<Rational>{};
    };
    const auto value = value_of(by);
    if (!value) continue;
    const bool shared = std::any_of(
        rules.qualifications.begin(), rules.qualifications.end(), [&](const auto& other) {
          return &other != &by && other.target == by.target && value_of(other) != std::nullopt &&
                 value_of(other) == value;
        });
    if (!shared) return static_cast<int>(atom.low->ceil());
  }
  return std::nullopt;
}

std::vector<Late> LateIn(const rules::Ruleset& rules, const Family& family) {
  std::vector<Late> late;
  for (std::size_t r = 0; r < family.rules.size(); ++r) {
    const ExpandedRule& removal = family.rules[r];
    if (!removal.through.empty() || !rules::OrdersRemoval(rules.rule(removal.rule))) continue;
    if (removal.boxes.size() != 1) continue;
    for (const Atom& count : removal.boxes.front().atoms) {
      const rules::Measure* measure = CountOf(rules, count);
      if (measure == nullptr || measure->same_field.valid() || count.high) continue;
      const rules::Qualification* producer = OnlyProducer(rules, measure->kind, family.root);
      if (producer == nullptr || !RestFollows(rules, removal, count.term, *producer)) continue;
      for (std::size_t s = 0; s < family.rules.size(); ++s) {
        const ExpandedRule& step = family.rules[s];
        if (step.boxes.size() != 1 || !OrdersSanction(rules.rule(step.rule))) continue;
        const Atom* needs = AtomOn(step.boxes.front(), count.term);
        const auto commission =
            CommissionOf(rules, family, step, step.boxes.front(), measure->window);
        if (needs == nullptr || !needs->low || !commission) continue;
        // The n-th conduct comes n − 1 times after the first that can be one.
        const int comes_at = static_cast<int>(needs->low->ceil()) + *commission - 1;
        const int removes_at = static_cast<int>(count.low->ceil());
        if (comes_at >= removes_at) late.push_back({r, s, removes_at, comes_at, *commission});
      }
    }
  }
  return late;
}

std::string Ordinal(int n) { return std::to_string(n) + ".ª"; }

base::Finding Describe(const CheckContext& context, const Family& family, const Late& late,
                       const Found& found) {
  const rules::Ruleset& rules = context.rules;
  const rules::Rule& removal = rules.rule(family.rules[late.removal].rule);
  const rules::Rule& step = rules.rule(family.rules[late.step].rule);
  const base::Citation origin = CitationOf(rules, family.rules[late.step].through.front());
  const std::string place = step.citation.str();
  const std::string of = origin.str();
  const std::string first = removal.citation.str();
  const bool together = late.comes_at == late.removes_at;
  base::Finding finding = TextFinding(
      kCode, base::FindingSeverity::Warning, step.name + "|" + of + "|" + first,
      together
          ? Text{"el peldaño " + place + " de " + of + " sólo llega junto con la salida por " +
                     first,
                 "step " + place + " of " + of + " comes only together with removal under " + first}
          : Text{"al peldaño " + place + " de " + of + " sólo llega quien ya debía salir por " +
                     first,
                 "step " + place + " of " + of +
                     " is reached only by who already had to leave under " + first},
      {"la " + Ordinal(late.commission) + " comisión de " + of + " es al menos la " +
           Ordinal(late.comes_at) + " vez de lo que " + first + " castiga con la salida a la " +
           Ordinal(late.removes_at),
       "commission " + std::to_string(late.commission) + " of " + of + " is at least time " +
           std::to_string(late.comes_at) + " of what " + first + " punishes with removal at time " +
           std::to_string(late.removes_at)});
  finding.articles = Unique({removal.citation, step.citation, origin});
  finding.region = {{of, of}};
  finding.reading = DescribeReading(rules);
  finding.evidence = base::Evidence::Replayed;
  finding.witness = Narrate(context, {found.history, found.result});
  return finding;
}

}  // namespace

namespace {

void CheckFamily(const CheckContext& context, const Family& family, base::CheckReport& report) {
  const std::vector<Late> late = LateIn(context.rules, family);
  std::vector<Question> questions;
  for (const Late& one : late) {
    Question question;
    question.kind = Question::Kind::Both;
    question.check = kCode;
    question.name = std::string(kCode) + "/" +
                    context.rules.rule(family.rules[one.step].rule).name + " tras " +
                    context.rules.rule(family.rules[one.removal].rule).name;
    question.pairs = {{one.removal, one.step}};
    questions.push_back(std::move(question));
  }
  const std::vector<Reply> replies = Put(context, family, questions, report);
  for (std::size_t i = 0; i < late.size(); ++i) {
    if (replies[i].verdict != base::Verdict::Refuted) continue;
    report.findings.push_back(Describe(context, family, late[i], *replies[i].found));
    report.findings.back().bounds = replies[i].bounds;
  }
}

}  // namespace

void PlanStepsAfterRemoval(const CheckContext& context, std::vector<Task>& tasks) {
  bool any = false;
  for (const Family& family : context.families.families) {
    if (LateIn(context.rules, family).empty()) continue;
    any = true;
    tasks.push_back(
        {std::string(kCode) + "/tras la salida/" + DescribeSubject(context.rules, family.root).es,
         DependsOnOutcomes(context, family),
         [&context, &family](base::CheckReport& report) { CheckFamily(context, family, report); }});
  }
  if (any) return;
  const std::string looked = std::to_string(context.families.families.size());
  tasks.push_back({std::string(kCode) + "/tras la salida", {}, [looked](base::CheckReport& report) {
                     RecordLooked(report, kCode, "peldaños tras la salida", "grafo", false,
                                  {looked + " familias de reglas: en ninguna nace una conducta "
                                            "de lo que otra cuenta castiga con la salida",
                                   looked + " families of rules: in none does a conduct arise "
                                            "from what another count punishes with removal"});
                   }});
}

}  // namespace cotejo::checks
