// All histories of a stated shape at once: slots where a fact may be or not be, with the
// evaluation of the rules over them as solver terms.
//
// It follows the reference interpreter step by step; dates are concrete, so windows, order
// and working days are too, and only presence, fields and attributes are unknown.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "model/evaluation/history.h"
#include "model/rules/families.h"
#include "solver/encoding/algebra.h"
#include "solver/encoding/cone.h"

namespace cotejo::encoding {

using base::Date;

// The histories looked at: the first `days` working days of the last month, and the first
// `days_before` of each month before it.
struct Shape {
  int year = 0;
  std::vector<unsigned> months;  // ascending; the subject judged lies in the last one
  int days = 1;
  int days_before = 1;
  std::optional<Date> last;  // of the last month, those until this one, which is a working day
  std::vector<Date> also;    // and these, before the subject; the year before too
  bool changes = false;      // what the person is may change once in the year, dates apart
  bool all_kinds = false;    // false: only facts that can become the root's own kind
  int scope = -1;            // value of the holiday scope attribute; -1: there is none
};

struct SymbolicFact {
  rules::FactKindId kind;
  Date date;
  int shift = 0;
  int place = 0;      // in the day: the shift, or the end of the day for a window's results
  bool slot = false;  // given by the history, not derived and not periodic
  Cond present;
  std::vector<Num> fields;
  int root = -1;
  std::vector<rules::QualificationId> through;  // nearest first
};

struct SymbolicRoot {
  rules::Subject subject;
  Date first, last;
  int fact = -1;  // for fact subjects
  Cond exists;
};

// What an attribute was until a day.
struct Earlier {
  Num value;
  Num until;  // from then on, what it is
};

struct SymbolicApplication {
  rules::RuleId rule;
  int root = -1;
  std::vector<rules::QualificationId> through;
  Cond own;      // its own conditions hold
  Cond applies;  // … and, in a scale `primera`, those of no earlier row
};

struct SymbolicDerivation {
  rules::QualificationId by;
  int root = -1;
  Cond holds;
};

// A range or set of values of one term of the root.
struct Constraint {
  rules::Atom atom;
  Rational grid;        // > 0: and the value is a multiple of it
  bool absent = false;  // the term has no value, whatever the atom says
};

// The values that something may have.
struct Range {
  Rational low;
  std::optional<Rational> high;  // nothing: it has no end
  Rational step;
};

class HistoryEncoding {
 public:
  HistoryEncoding(const rules::Ruleset& rules, const rules::Families& families,
                  const rules::Family& family, const Cone& cone, Shape shape, smt::Options options);

  // Not empty: something the encoding cannot say exactly; nothing else may then be used.
  [[nodiscard]] const base::Text& unsupported() const { return unsupported_; }
  [[nodiscard]] const Shape& shape() const { return shape_; }
  [[nodiscard]] smt::Solver& solver() { return solver_; }
  [[nodiscard]] Algebra& algebra() { return algebra_; }

  // Roots in the last month that the questions are about.
  [[nodiscard]] const std::vector<int>& targets() const { return targets_; }
  [[nodiscard]] const SymbolicRoot& root(int index) const {
    return roots_[static_cast<std::size_t>(index)];
  }
  [[nodiscard]] const SymbolicFact& fact(int index) const {
    return facts_[static_cast<std::size_t>(index)];
  }
  [[nodiscard]] int roots() const { return static_cast<int>(roots_.size()); }
  [[nodiscard]] Cond Applies(int root, rules::RuleId rule,
                             const std::vector<rules::QualificationId>& through);
  // … with its own conditions, whatever the policy of its scale.
  [[nodiscard]] Cond Holds(int root, rules::RuleId rule,
                           const std::vector<rules::QualificationId>& through);
  // Whether a fact is judged at a root: it is the root's, or lies in its window.
  [[nodiscard]] Cond RestsOn(int root, int fact_root);
  [[nodiscard]] Cond Qualified(int root, rules::QualificationId by);
  // Whether the term of an atom, read at the root, lies where the atom says.
  [[nodiscard]] Cond Within(int root, const Constraint& constraint);

  // The history of the solver's last model, and a condition false of exactly that model.
  [[nodiscard]] evaluation::History Witness();
  [[nodiscard]] Cond OtherThanModel();
  // Every attribute with a declared initial value has it, and optional ones are absent.
  [[nodiscard]] Cond AttributesAsDeclared();
  // Kinds of fact that the histories may have, and that no other than one does.
  [[nodiscard]] std::vector<rules::FactKindId> SlotKinds() const;
  [[nodiscard]] Cond OnlyKind(rules::FactKindId kind);

 private:
  // What an expression is read about: a fact, or a window that ends on a date.
  struct View {
    Date date;
    int fact = -1;
  };

  void Unsupported(const base::Text& reason);
  void PickDates();
  // Any value of a range, by a name of its own.
  Num Unknown(const std::string& name, const Range& range);
  void MakeAttributes();
  void MakeAttribute(std::size_t index);
  [[nodiscard]] Num AttributeOn(std::size_t index, Date date);
  void MakeSlots();
  void MakeLastSlots();
  void MakeSlot(rules::FactKindId kind, Date date, int shift);
  Num MakeField(const rules::FactKind& kind, const rules::Field& field, const std::string& name,
                Date date, int shift);
  std::vector<Rational> DerivedValues(const rules::FactKind& kind, const rules::Field& field) const;
  void MakePeriodic();
  Cond ComesRound(const rules::FactKind& kind, Date day);
  [[nodiscard]] Cond HasEntered(Date date);
  void AssertExclusions();
  void EndRelations();
  // That no fact has ended the relation before a day, all of them together; empty: none may.
  [[nodiscard]] std::vector<Cond> GoesOnUntil(Date date) const;
  [[nodiscard]] bool LooksAtMonths() const;
  void RunSteps();
  void Qualify(rules::QualificationId id);
  void Judge(rules::RuleId id);
  void FindTargets();
  Date FirstDate() const;  // of the histories
  Date LastRootDate() const;
  Rational AnyValue(const rules::Type& type) const;

  int AddFact(SymbolicFact fact);
  // Windows of a kind with at least one possible fact, as roots.
  std::vector<int> WindowRoots(const rules::Subject& subject);
  bool InForce(const std::optional<Date>& from, const std::optional<Date>& to, rules::NormId norm,
               Date date) const;
  std::vector<std::pair<Cond, int>> SchedulesOn(Date date);
  Cond RuleHolds(rules::RuleId id, View view);
  Cond OwnConditions(const rules::Rule& rule, View view);
  template <typename Pick>
  Cond AnyOf(int root, rules::RuleId rule, const std::vector<rules::QualificationId>& through,
             Pick pick);
  Cond GuardHolds(rules::ExprId guard, const std::vector<rules::Exception>& exceptions, View view);

  Num Number(rules::ExprId id, View view);
  Num Operation(const rules::Expr& expr, View view);
  Cond Truth(rules::ExprId id, View view);
  Num ScheduledTime(View view, bool entry);
  Num CalendarFunction(const rules::Expr& expr, View view);
  Num WorkingDays(Date first, Date last);
  Num MeasureNumber(rules::MeasureId id, View view);
  Num AggregateOver(const rules::Measure& measure, View view, const std::vector<int>& facts);
  Num LongestRun(const rules::Measure& measure, View view, const std::vector<int>& facts);
  Num Contribution(const rules::Measure& measure, int fact, View view);
  Cond Counts(const rules::Measure& measure, int fact, View view);
  bool NotAfter(int fact, int subject) const;

  const rules::Ruleset& rules_;
  const rules::Families& families_;
  const rules::Family& family_;
  const Cone& cone_;
  Shape shape_;
  smt::Context context_;
  Algebra algebra_;
  smt::Solver solver_;
  base::Text unsupported_;
  std::string scope_name_;
  std::vector<Date> dates_;
  std::vector<Num> attributes_;
  std::map<std::size_t, Earlier> earlier_;     // of those that may change
  std::map<Date, std::vector<Cond>> goes_on_;  // by date: nothing ends the relation on it
  std::vector<SymbolicFact> facts_;
  std::vector<SymbolicRoot> roots_;
  std::vector<SymbolicApplication> applications_;
  std::map<std::pair<int, rules::RuleId>, std::vector<std::size_t>> applications_of_;
  std::vector<SymbolicDerivation> derivations_;
  std::vector<int> targets_;
  std::map<Date, std::vector<std::pair<Cond, int>>> schedules_;
  std::map<std::tuple<int, Date, int>, Num> measures_;
  std::map<rules::AttributeId, Num> days_of_year_;  // of dates that come round
  // Function, the date known, whether it is the second, the term and the unit of the other.
  std::map<std::tuple<rules::Op, Rational, bool, std::int32_t, Rational>, Num> calendar_;
};

// A window's results come at the end of their day, after every shift.
inline constexpr int kEndOfDay = 1000;

// First day of the window that holds a date.
Date WindowStart(rules::Window window, Date date);
Date WindowEnd(rules::Window window, Date date);

}  // namespace cotejo::encoding
