// Procedures in words: their terms, who acts, what a miss causes, and a story with its hours.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "model/base/finding.h"
#include "solver/checks/realise.h"
#include "solver/checks/temporal.h"

namespace cotejo::checks {

// "24 horas desde comunicación", "tras 3 días hábiles desde apertura", "2 días hábiles antes de
// comisión"; "24 horas" for one that says no more.
base::Text DescribeBound(const rules::Milestone& milestone);
// "«regularización» en 24 horas desde comunicación"
base::Text DescribeMilestone(const rules::Milestone& milestone);
// What it says a miss causes, and where; or that it says nothing.
base::Text DescribeMiss(const rules::Milestone& milestone);

// The text gives the term without a start: the one it is counted from was supposed by whoever
// encoded it.
bool StartIsSupposed(const rules::Procedure& procedure, const rules::Milestone& milestone);
// ". RIP:51.I no dice desde cuándo corre: contarlo desde inasistencia es una suposición", for
// each of those whose start is; empty when none is.
base::Text DescribeSuppositions(const rules::Procedure& procedure,
                                const std::vector<const rules::Milestone*>& milestones);

// A term set by a norm that whoever signs the regulation cannot change, and of which the model
// only has what the regulation needs.
bool OfAnotherNorm(const rules::Ruleset& rules, const base::Citation& citation);
// What a finding about such a term ends with.
base::Text DescribeAnotherNorm(const base::Citation& citation);

// "oruro", and the hours worked there: for a witness.
std::vector<base::Text> DescribePerson(const rules::Ruleset& rules, const Office& office);

// A story of the procedure: what happens, in the order of time.
class StoryTeller {
 public:
  StoryTeller(const rules::Ruleset& rules, const rules::Procedure& procedure);
  void Happens(Minute time, const std::string& event);
  // The term of a milestone's entry ends; `kept`: the story has met it by then.
  void Ends(Minute time, const rules::Milestone& milestone, bool kept);
  void Note(Minute time, base::Text text);
  // Witness of what was told; `replayed` says whether the plain count agreed.
  [[nodiscard]] base::Witness Tell(const Office& office, bool replayed) const;

 private:
  struct Line {
    Minute time = 0;
    int order = 0;  // what happens before what ends at the same minute
    base::Text text;
  };
  const rules::Ruleset& rules_;
  const rules::Procedure& procedure_;
  std::vector<Line> lines_;
  std::vector<base::WitnessAnswer> answers_;
};

// "2026-02-13 (viernes) 18:30"
base::Text DescribeTime(Minute time);

// What a finding about times is bounded by.
base::Text BoundsOf(const Offices& offices, Rhythm rhythm);

// Which of two provisions prevails by the rank of its norm, or by its date; None: neither.
rules::Precedence Prevails(const rules::Ruleset& rules, const base::Citation& winner,
                           const base::Citation& loser);

// What a task about one procedure depends on, and what one about all of them and the terms of
// rules does.
std::string DependsOnProcedure(const CheckContext& context, const rules::Procedure& procedure);
std::string DependsOnProcedures(const CheckContext& context);

// The offices of a run, made when the first task asks: a run whose results were all kept
// makes none.
class SharedOffices {
 public:
  SharedOffices(const rules::Ruleset& rules, int year);
  const Offices& get() const;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

// Why the terms of a procedure cannot be counted; empty when they can.
base::Text Uncountable(const Offices& offices, const rules::Procedure& procedure);

// A question about one procedure (or about the rules), as recorded.
void RecordTime(base::CheckReport& report, const std::string& check, const std::string& what,
                base::Verdict verdict, const base::Text& bounds, base::Text reason = {});

}  // namespace cotejo::checks
