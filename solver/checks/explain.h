// Why a finding is so: the smallest sets of conditions of the text that make it.
#pragma once

#include <optional>
#include <vector>

#include "solver/checks/edited_rules.h"
#include "solver/checks/minimal_sets.h"
#include "solver/checks/realise.h"

namespace cotejo::checks {

// The conditions behind a witness, and whether some of them are enough for what it shows.
//
// Of two rules that meet: with the conditions left out taken as not met, do they still? Of a
// gap: with the conditions left out no longer asked, does still nothing apply? There it is
// the conditions of the rules beside the gap that are looked into; the others stay.
class Oracle {
 public:
  // All must outlive it. `beside`: positions in family.rules, for a gap; empty: all.
  Oracle(const CheckContext& context, const rules::Family& family, const Question& question,
         const Found& found, const std::vector<std::size_t>& beside = {});

  [[nodiscard]] std::size_t size() const { return leaves_.size(); }
  [[nodiscard]] bool Enough(const std::vector<bool>& kept);
  [[nodiscard]] base::Condition Describe(std::size_t leaf) const;

 private:
  // A rule or a qualification whose guard is looked into.
  struct Statement {
    rules::RuleId rule;
    rules::QualificationId qualification;
  };
  // A condition without connectives; without `expr`, the whole statement, which asks nothing.
  struct Leaf {
    std::size_t statement = 0;
    rules::ExprId expr;
    bool negated = false;  // it must not hold
    int exception = -1;    // of the statement; -1: in its guard
  };

  void Gather(const std::vector<std::size_t>& beside);
  void Add(rules::RuleId rule);
  void Add(rules::QualificationId by);
  void Split(std::size_t statement);
  void Split(std::size_t statement, rules::ExprId expr, bool negated, int exception);
  rules::ExprId Rebuilt(std::size_t statement, rules::ExprId expr, bool negated, int exception,
                        const std::vector<bool>& kept);
  [[nodiscard]] rules::ExprId GuardOf(std::size_t statement) const;
  [[nodiscard]] const std::vector<rules::Exception>& ExceptionsOf(std::size_t statement) const;
  void Apply(const std::vector<bool>& kept);
  [[nodiscard]] bool IsGap() const { return question_.kind == Question::Kind::Gap; }
  [[nodiscard]] bool StillAGap(const evaluation::Result& result) const;
  [[nodiscard]] base::Text Words(const Leaf& leaf, const base::Citation& article) const;

  const CheckContext& context_;
  const rules::Family& family_;
  Question question_;
  const Found& found_;
  EditedRules variant_;
  std::vector<rules::Step> steps_;
  std::vector<Statement> statements_;
  std::vector<Leaf> leaves_;
};

// Fills the finding's conditions; all of them when they are few.
void Explain(const CheckContext& context, const rules::Family& family, const Question& question,
             const Found& found, base::Finding& finding,
             const std::vector<std::size_t>& beside = {});

}  // namespace cotejo::checks
