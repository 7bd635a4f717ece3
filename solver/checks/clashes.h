// Rules of a family that may apply to one case and cannot both stand there, and which prevails.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "solver/checks/realise.h"

namespace cotejo::checks {

// Two positions in family.rules, first < second.
struct Clash {
  std::size_t first = 0;
  std::size_t second = 0;
  rules::Precedence why = rules::Precedence::None;
  bool first_prevails = false;  // when `why` decides
};

// Those whose boxes may meet; of the others nothing need be asked.
std::vector<Clash> FindClashes(const rules::Ruleset& rules, const rules::Family& family);

// By position: the positions of the rules it yields to where both apply.
std::vector<std::vector<std::size_t>> YieldsTo(const rules::Ruleset& rules,
                                               const rules::Family& family);

// In a scale of policy `primera` only one row ever applies to one subject.
bool NeverTogether(const rules::Ruleset& rules, const rules::ExpandedRule& a,
                   const rules::ExpandedRule& b);

// Two rules of one scale, whose rows its policy keeps apart or adds up.
bool SameScale(const rules::Ruleset& rules, rules::RuleId a, rules::RuleId b);

// Whether the rules clash only because they put the case in different classes of fault.
bool OnlyClassDiffers(const rules::Ruleset& rules, rules::RuleId a, rules::RuleId b);

// One question for each pair of rules, with all the ways that lead to both.
struct PairQuestions {
  std::string check;
  std::string name;  // that of each question begins so: "contradicción/atraso por mes"
  Question::Fate fate = Question::Fate::Any;
};
std::vector<Question> PosePairs(const CheckContext& context, const rules::Family& family,
                                const PairQuestions& how,
                                const std::vector<std::pair<std::size_t, std::size_t>>& pairs);

// Records that the other pairs of the family were swept, in one record: those that do not
// meet, or that the check has nothing to say of.
void RecordSwept(const CheckContext& context, const rules::Family& family, std::size_t asked,
                 const std::string& name, const std::string& check, base::CheckReport& report);

// ---- Words -----------------------------------------------------------------------

// What one side orders, when, and how it reaches the case.
base::Text DescribeSide(const rules::Ruleset& rules, const evaluation::Application& application,
                        const std::vector<rules::QualificationId>& through);

// Which of the two prevails and why; or that nothing decides.
base::Text DescribeWinner(const CheckContext& context, const rules::Family& family,
                          const std::pair<std::size_t, std::size_t>& pair);

// Everything about a witnessed pair but its code, severity and title.
base::Finding DescribePair(const CheckContext& context, const rules::Family& family,
                           const Question& question, const Reply& reply);

}  // namespace cotejo::checks
