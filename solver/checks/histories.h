// Histories made on purpose: a few facts on working days, smallest first, tried on the part
// of the ruleset that can answer them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/evaluation/prepared.h"
#include "solver/checks/realise.h"

namespace cotejo::checks {

// ---- What can be misconduct ------------------------------------------------------

// Primitive kinds whose facts, or what they are characterised as, some sanction judges; in
// groups that share something judged, so that each group can be looked at by itself.
std::vector<std::vector<rules::FactKindId>> MisconductGroups(const rules::Ruleset& rules);

// Kinds that facts of these kinds can become, themselves included; by FactKindId.
std::vector<bool> Becomes(const rules::Ruleset& rules, const std::vector<rules::FactKindId>& kinds);

// ---- Where facts are laid out ----------------------------------------------------

// Working days of the gestión looked at, for a person as declared.
struct Layout {
  std::vector<std::vector<base::Date>> months;  // in force from the first one on
  std::vector<rules::Shift> shifts;             // of that person's schedule
};
constexpr unsigned kFirstMonth = 3;  // March: no year-end and no long holidays near
Layout MakeLayout(const CheckContext& context, unsigned first_month = kFirstMonth);
// The month of that gestión with most working days: the usual first one, unless another has more.
unsigned LongestMonth(const CheckContext& context);

struct Placed {
  rules::FactKindId kind;
  int month = 0;  // index into Layout::months
  int day = 0;    // working day of that month, from 0
  int shift = 0;  // from 1; 0 for a kind placed in the day
  std::vector<rules::Value> fields;
  friend bool operator==(const Placed&, const Placed&) = default;
};
using Recipe = std::vector<Placed>;

// Whether every field has a value declared for it and no two facts exclude each other.
bool MayHappen(const rules::Ruleset& rules, const std::vector<evaluation::Fact>& facts);

// The history of a recipe over the whole gestión; nothing when the month has not so many
// days or its facts may not happen.
std::optional<evaluation::History> LayOut(const CheckContext& context, const Layout& layout,
                                          const Recipe& recipe);

// Fields of its facts that are not plain: of two histories of one size, the plainer is shown.
int Oddness(const rules::Ruleset& rules, const Recipe& recipe);

// The same facts some months or working days later.
Recipe Moved(Recipe recipe, int months, int days);

// ---- Trying them -----------------------------------------------------------------

struct Trial {
  evaluation::History history;
  evaluation::Result result;
};

// Which rules a bench judges by: all that its facts can reach, or those alone on which their
// sanctions depend, and whether anything judges them where something should.
enum class JudgesBy { EveryRule, Sanctions };

// The steps of the ruleset that facts of these kinds can reach: the same answer about them,
// sooner. What is reported is replayed on the whole.
class Bench {
 public:
  // `also`: rules that are asked for besides the sanctions.
  Bench(const CheckContext& context, const std::vector<rules::FactKindId>& kinds,
        JudgesBy judges = JudgesBy::EveryRule, const std::vector<rules::RuleId>& also = {});

  [[nodiscard]] const CheckContext& context() const { return context_; }
  [[nodiscard]] const Layout& layout() const { return layout_; }
  [[nodiscard]] int runs() const { return runs_; }

  std::optional<Trial> Try(const Recipe& recipe);
  Trial Try(evaluation::History history);

 private:
  const CheckContext& context_;
  Layout layout_;
  rules::Families families_;
  evaluation::Prepared evaluation_;
  int runs_ = 0;
};

// Nothing in it could not be evaluated.
bool Sound(const evaluation::Result& result);
// On the whole ruleset; nothing when the interpreter reports an error.
std::optional<Trial> Replay(const CheckContext& context, const evaluation::History& history);

// ---- What one fact may be --------------------------------------------------------

// Fields of one fact, in the first shift. Numeric fields take the ends of each range of values
// in which the regulation characterises the fact in one way; the others, each of their values.
struct Choice {
  std::vector<rules::Value> fields;
  bool misconduct = false;  // it becomes something a sanction judges
  int likeness = 0;         // the regulation makes the same of one such fact: equal numbers
  int piece = 0;            // those of one range of values, from the lowest up
};
std::vector<Choice> ChoicesOf(Bench& bench, rules::FactKindId kind);

// Every field at its initial value, or else its lowest.
std::vector<rules::Value> PlainFields(const rules::Ruleset& rules, rules::FactKindId kind);

// ---- Patterns --------------------------------------------------------------------

// Slots of one month: consecutive and alternate days, whole or by shift, up to `most` days;
// each pattern has at least one slot more than those before it of its sort.
struct Slot {
  int day = 0;
  int shift = 0;
  friend bool operator==(const Slot&, const Slot&) = default;
};
std::vector<std::vector<Slot>> Patterns(const Layout& layout, rules::Placement placement, int most);

// The largest number of days or of times that a guard over these kinds looks at, plus one.
int MostThatMatters(const rules::Ruleset& rules, const rules::Families& families,
                    const std::vector<bool>& kinds);

// One fact a slot. Fields are those of the first shift: a time of day moves with the entry.
Recipe Fill(const Bench& bench, rules::FactKindId kind, const std::vector<rules::Value>& fields,
            const std::vector<Slot>& slots, int month = 0);

// ---- Questions answered by trying ------------------------------------------------

// Every history of the space that `bounds` states was tried: refuted by one of them, which was
// replayed, or proved within the bounds.
void RecordTried(const CheckContext& context, base::CheckReport& report, std::string name,
                 const std::string& check, bool refuted, base::Text bounds);
// The space could not be tried, or had nothing to try.
void RecordOpen(const CheckContext& context, base::CheckReport& report, std::string name,
                const std::string& check, base::Text reason);

// What a task about facts of these kinds depends on: every rule that may judge them in the end.
rules::Declarations DeclarationsOf(const CheckContext& context,
                                   const std::vector<rules::FactKindId>& kinds);

// ---- Words -----------------------------------------------------------------------

// A replayed history with every disciplinary answer, and the others asked for by rule.
base::Witness Narrate(const CheckContext& context, const Trial& trial,
                      const std::vector<rules::RuleId>& also = {});

}  // namespace cotejo::checks
