// Facts that are judged from more than one place: by themselves, and in the windows of what
// they are characterised as.
#pragma once

#include <functional>
#include <vector>

#include "solver/checks/realise.h"

namespace cotejo::checks {

// One way in which a fact is judged: the root, and the qualifications that lead from the fact
// to what the root's window gathers, nearest that first; none for the fact itself.
struct Judged {
  rules::Subject root;
  std::vector<rules::QualificationId> through;
};

struct JudgedFact {
  rules::FactKindId kind;  // primitive
  std::vector<Judged> ways;
};

// The primitive kinds that rules `wanted` judge from two roots or more.
std::vector<JudgedFact> FactsJudgedTwice(const CheckContext& context,
                                         const std::function<bool(const rules::Rule&)>& wanted);

// A family with no rules of its own, for questions about the fact and what becomes of it.
rules::Family FamilyOf(const rules::Ruleset& rules, rules::FactKindId kind);

// Where both ways may be open to one fact, as far as their boxes tell.
std::vector<rules::Box> MeetingWays(const rules::Ruleset& rules, const rules::Family& fact,
                                    const Judged& one, const Judged& two);

// One question for each two roots of the fact, those that cannot share one recorded as proved.
std::vector<Question> PoseTwice(const CheckContext& context, const JudgedFact& fact,
                                const std::string& check, bool classes, base::CheckReport& report);

// Everything about two replayed applications that rest on one fact but the finding's code,
// severity and title: sides, articles, region and witness.
base::Finding DescribeTwice(const CheckContext& context, const JudgedFact& fact,
                            const Question& question, const Reply& reply);

}  // namespace cotejo::checks
