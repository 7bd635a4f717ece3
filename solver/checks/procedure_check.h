// What the checks of one procedure share: its terms, the offices that live it, and their tasks.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "solver/checks/term_wording.h"

namespace cotejo::checks {

// A check of one procedure derives from it and has `void Run()`. All that it is made of must
// outlive it.
class ProcedureCheck {
 public:
  ProcedureCheck(const CheckContext& context, const Offices& offices,
                 const rules::Procedure& procedure, base::CheckReport& report)
      : context_(context),
        rules_(context.rules),
        offices_(offices),
        procedure_(procedure),
        report_(report),
        terms_(TermsOf(procedure)),
        starts_(Starts(terms_)),
        rhythm_(RhythmOf(context.rules, terms_)) {}

 protected:
  // Whether its terms can be counted; recorded as unsupported when not.
  bool Countable(const char* code) {
    base::Text reason = Uncountable(offices_, procedure_);
    if (reason.empty()) return true;
    RecordTime(report_, code, procedure_.name, base::Verdict::Unsupported, offices_.Bounds(rhythm_),
               std::move(reason));
    return false;
  }

  [[nodiscard]] const rules::Milestone& Entry(const Limit& limit) const {
    return procedure_.milestones[static_cast<std::size_t>(limit.milestone)];
  }

  const CheckContext& context_;
  const rules::Ruleset& rules_;
  const Offices& offices_;
  const rules::Procedure& procedure_;
  base::CheckReport& report_;
  Terms terms_;
  std::vector<int> starts_;
  Rhythm rhythm_;
};

// One task a procedure.
template <typename Check>
void PlanForProcedures(const CheckContext& context, const char* code, std::vector<Task>& tasks) {
  const SharedOffices offices(context.rules, context.year);
  for (const rules::Procedure& procedure : context.rules.procedures) {
    tasks.push_back({std::string(code) + "/" + procedure.name,
                     DependsOnProcedure(context, procedure),
                     [&context, &procedure, offices](base::CheckReport& report) {
                       Check(context, offices.get(), procedure, report).Run();
                     },
                     true});
  }
}

}  // namespace cotejo::checks
