// Runs a compiled plan over the facts of one person's year: the simulator's own evaluation,
// held to the reference interpreter by test.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "scenarios/year/agenda.h"
#include "scenarios/year/order.h"
#include "scenarios/year/pile.h"
#include "scenarios/year/revision.h"
#include "scenarios/year/settle.h"
#include "scenarios/year/staff_plan.h"

namespace cotejo::year {

struct GapFound {
  int family = -1;
  rules::ScaleId scale;
  std::int32_t day = 0;
  int fact = -1;  // -1 for a window
};

// What an amendment changes of one person-year, in the things judged by what it adds or drops;
// `before` names rules and families of the text in force, `after` those of the amended one.
struct Patch {
  struct Side {
    std::vector<Applied> applied;
    std::vector<std::pair<int, int>> conflicts;  // rules
    std::vector<int> gaps;                       // families

    void Clear() {
      applied.clear();
      conflicts.clear();
      gaps.clear();
    }
  };
  Side before, after;
};

enum class Difference {
  None,
  Patch,
  Facts,  // other facts, or nothing shared: the whole year is to be judged again
};

class Evaluator {
 public:
  Evaluator(const Plan& plan, Agenda agenda, const YearDays& year);

  // A person of the staff whose plan this is, the whole year.
  void Begin(const StaffPlan& staff, std::size_t person) { Begin(staff, Tenure{person, person}); }
  // The same while they hold a post: what comes round outside it is no fact, and a window that
  // ends after it is not judged, as in the reference interpreter.
  void Begin(const StaffPlan& staff, const Tenure& tenure);
  [[nodiscard]] const PersonPlan& person() const { return person_; }
  // Facts of other kinds need not be added.
  // There is a fact of the kind, of those it looks at.
  [[nodiscard]] bool happened(int kind) const {
    return !by_kind_[static_cast<std::size_t>(kind)].empty();
  }
  [[nodiscard]] bool looks_at(int kind) const { return looks_at_[static_cast<std::size_t>(kind)]; }
  // A fact of the history, with its fields at their initial values: those it gives, to be set.
  std::int64_t* Add(int kind, std::int32_t day, std::int32_t shift) {
    std::int64_t* fields = NewFields(plan_.kinds[static_cast<std::size_t>(kind)].initial);
    RootFact(kind, day, shift, fields).shift = shift;
    return fields;
  }
  // With fields that are read where they are.
  void Add(int kind, std::int32_t day, std::int32_t shift,
           const std::vector<std::int64_t>& fields) {
    RootFact(kind, day, shift, fields.data()).shift = shift;
  }
  // An arrival `offset` minutes after the fixed hour of its shift.
  void AddArrival(std::int32_t day, std::int32_t shift, std::int32_t offset, bool justified) {
    SeenArrival& arrival = arrivals_.Next();
    arrival = {day, shift, offset, justified};
    if (!reads_arrivals_ || !ReadArrival(day, shift, offset, justified)) AddUnread(arrival);
  }
  // Two of the facts added, or of those they were taken for, fall on the same moment: the order in
  // which they were added is the order in which they are judged.
  [[nodiscard]] bool tied() const { return tied_; }
  void Run();
  // Judges one more fact after a run, that somebody left; false when its rules are not the only
  // ones that look at it, and everything must be judged again.
  bool Resume();

  [[nodiscard]] const Pile<Applied>& applied() const { return applied_; }
  [[nodiscard]] std::int64_t quantity(const Applied& a, std::size_t consequence) const {
    return quantities_[a.quantities + consequence];
  }
  [[nodiscard]] const std::vector<GapFound>& gaps() const { return gaps_; }
  // Pairs of positions in applied() that stand in conflict.
  [[nodiscard]] const std::vector<std::pair<int, int>>& conflicts() const { return conflicts_; }
  [[nodiscard]] int family_of_root(int root) const;
  // Roots that are facts of the history, sorted: the root itself, or what a window's facts come
  // from.
  [[nodiscard]] std::vector<int> FactsBehind(int root) const;
  [[nodiscard]] int subject_of_root(int root) const {
    return roots_[static_cast<std::size_t>(root)].subject;
  }
  // What the chains of what applied are links of.
  [[nodiscard]] const std::vector<ChainLink>& chains() const { return chains_; }
  // Days on which there is something of a subject to judge, ascending.
  std::vector<std::int32_t> JudgedOn(int subject);
  // The day on which a month is judged: its last, or the last of the stay that ends in it.
  [[nodiscard]] std::int32_t MonthLast(std::size_t month) const {
    return std::min(year_.month_last[month], tenure_.last);
  }

  // What a revision of this plan makes of the year that has been run. `amended` and `order` are
  // of the amended text, `order` with the revision's numbers.
  Difference Compare(const Revision& revision, const StaffPlan& amended, Order& order,
                     Patch& patch);

  std::int64_t DayPay(std::int32_t day) {
    KnownPay& known = known_pay_[static_cast<std::size_t>(MonthOf(day))];
    if (known.taken == taken_ && known.day == day) return known.value;
    const auto definition = static_cast<std::size_t>(plan_.binding.day_pay);
    const std::int64_t value = Value(plan_.rules->definitions[definition].body.value, day);
    if (!failed()) known = {taken_, day, value};
    return value;
  }
  // Expression about the person on a day.
  std::int64_t Value(std::int32_t node, std::int32_t day, int fact = -1) {
    return Eval(node, {day, fact});
  }
  bool Holds(const Condition& condition, std::int32_t day) { return Holds(condition, {day, -1}); }
  std::int64_t Parameter(rules::ParameterId id, std::int32_t day) {
    return ParameterOn(id.value, day);
  }
  // Adds a field of the facts of a kind, by month.
  void AddByMonth(int kind, rules::FieldId field, std::array<std::int64_t, 12>& months) const;

  // Something had no value or did not fit in 64 bits: nothing of this run may be used.
  [[nodiscard]] bool failed() const { return fault_ != nullptr; }
  [[nodiscard]] const base::Text& fault() const { return *fault_; }

 private:
  struct Scope {
    std::int32_t day = 0;
    int fact = -1;
  };
  struct PlanFact {
    int kind = -1;
    std::int32_t day = 0;
    std::int32_t slot = 0;
    std::int32_t shift = 0;
    const std::int64_t* fields = nullptr;
    int root = -1;
    int chain = 0;  // into chains_; 0: not derived
    bool arrival = false;
    bool justified = false;   // of an arrival,
    std::int32_t offset = 0;  // minutes after the fixed hour
  };
  struct Placed {             // a fact among those of its kind
    std::int64_t moment = 0;  // its day in the upper half, its slot in the lower
    int fact = -1;
    [[nodiscard]] std::int32_t day() const { return static_cast<std::int32_t>(moment >> 32); }
  };
  struct SeenArrival {
    std::int32_t day = 0, shift = 0, offset = 0;
    bool justified = false;
  };
  struct Reading {
    int qualification = -1, target = -1, chain = 0;
    bool in_shift = false;
    const std::int64_t* fields = nullptr;
  };
  struct Readings {  // of a saying: some of readings_
    std::uint32_t first = 0, count = 0;
    bool all = true;  // false: something is left to a qualification
  };
  struct Root {
    int subject = -1;  // into Plan::subjects; -1: no rule judges it
    int count = 0;     // of its applications
    int first = -1;    // of those, while they are settled
  };
  struct Instance {
    Scope scope;
    std::int32_t first = 0;
    int root = -1;  // of a window, once it is known
  };
  struct Listed {
    std::uint32_t run = 0;
    std::uint32_t taken = 0;  // the person whose facts they are that come round; 0: there are more
    std::size_t facts = 0;
    std::optional<bool> month_ends;  // each is of the day on which a month closes …
    std::int32_t until = 0;          // … in a stay that goes on until this one
    std::vector<Instance> instances;
  };
  struct KnownDates {
    rules::Op op = rules::Op::Literal;  // of no dates
    std::int32_t first = 0, second = 0;
    std::int64_t value = 0;
  };
  struct KnownPay {  // of a stay, on a day of each month
    std::uint32_t taken = 0;
    std::int32_t day = -1;
    std::int64_t value = 0;
  };
  struct Cached {
    std::uint32_t run = 0;
    std::uint32_t facts = 0;
    std::int64_t value = 0;
  };
  // The test that rules a rule out first, when it is one of a value, and that value for each
  // instance: rows of a scale have one between them.
  struct Lead {
    int subject = -1;
    int kind_of = -1;  // the facts it depends on; -1: all of them
    Test::Kind kind = Test::Kind::Node;
    std::int32_t ref = -1;
    Validity in_force;
    std::uint32_t run = 0;
    std::size_t facts = 0;
    std::vector<std::int64_t> values;  // by instance
    std::int64_t least = 0, most = 0;
  };
  // A step of the agenda with what rules it out first.
  struct Step {
    int rule = -1;           // or
    int qualification = -1;  // the other
    int lead = -1;           // into leads_: of its values, one between `low` and `high` at least
    bool steady = false;     // what it said of a stay may be known (RunRule)
    std::int64_t low = 0, high = 0;
  };
  using ByMonth = std::array<std::int64_t, 12>;
  struct Term {  // of a sum of figures of whole months
    std::int32_t node = 0;
    std::int32_t ref = -1;   // the measure, when it is one
    std::int32_t kind = -1;  // … of facts
    bool alone = false;      // nothing else reads it: it is not worth keeping
    // How many times, scaled by the unit; only counts may have a part of one.
    std::int64_t times = 1;
  };
  struct Months {
    std::uint32_t run = 0;
    std::uint32_t facts = 0;
    ByMonth values{};
  };

  // ---- expressions (expressions.cpp)
  std::int64_t Eval(std::int32_t node, const Scope& scope);
  std::int64_t EvalArgument(std::int32_t node, const Scope& scope);
  std::int64_t EvalOperator(const Node& node, const Scope& scope);
  std::int64_t EvalAttribute(const Node& node, std::int32_t day);
  std::int64_t EvalShift(const Node& node, const Scope& scope);
  std::int64_t EvalDates(const Node& node, const Scope& scope);
  [[nodiscard]] std::int64_t ComputeDates(rules::Op op, base::Date first, base::Date second) const;
  std::int64_t ParameterOn(std::int32_t parameter, std::int32_t day);
  bool IsTrue(std::int64_t value) const { return value != kAbsent && value != 0; }
  bool Holds(std::int32_t node, const Scope& scope) {
    return node < 0 || IsTrue(Eval(node, scope));
  }
  // `passed`: how many of its tests are known to pass, in force as it is.
  bool Holds(const Condition& condition, const Scope& scope, std::size_t passed = 0);
  bool Passes(const Test& test, const Scope& scope);
  std::int64_t ValueOf(const Test& test, const Scope& scope);
  std::int64_t MeasureOf(std::int32_t id, const Scope& scope);
  const ByMonth& WholeMonths(std::int32_t id, std::uint32_t facts) {
    const Months& months = months_[static_cast<std::size_t>(id)];
    return months.run == run_ && months.facts == facts ? months.values : SumMonths(id, facts);
  }
  const ByMonth& SumMonths(std::int32_t id, std::uint32_t facts);
  std::int64_t ComputeMeasure(const PlanMeasure& measure, const Scope& scope);
  std::int64_t LongestRun(const PlanMeasure& measure, const Scope& scope, std::size_t begin);
  bool Counts(const PlanMeasure& measure, const Scope& scope, int fact);
  std::int32_t WindowFirst(rules::Window window, std::int32_t day) const;
  std::int32_t WindowLast(rules::Window window, std::int32_t day) const;
  [[gnu::cold]] std::int64_t Fail(const char* es, const char* en);

  bool EvalMonthsOf(int subject, std::int32_t node, ByMonth& values);
  bool EvalMonths(std::int32_t node, int kind, ByMonth& values);
  bool SumTerms(const std::vector<Term>& terms, int kind, ByMonth& values);
  bool AddFacts(const PlanMeasure& measure, std::int64_t times, ByMonth& values);
  void CountReads();
  void CountReads(const PlanRule& rule, std::vector<int>& reads) const;
  void AddTimes(const ByMonth& more, std::int64_t times, ByMonth& values,
                std::int64_t& wrong) const;
  void MonthsOfNoFact(const PlanMeasure& measure, ByMonth& values);
  [[nodiscard]] std::optional<std::int64_t> AllYear(std::int32_t node) const;
  [[nodiscard]] std::optional<std::int64_t> TimesOf(const Node& node, std::int64_t times) const;
  [[nodiscard]] bool SumsMonths(std::int32_t node, std::int64_t times) const;
  void FindTerms(std::int32_t node, std::int64_t times, std::vector<Term>& terms);
  void FindSums(std::int32_t node);
  [[nodiscard]] std::int16_t MonthOf(std::int32_t day) const {
    return year_.month[static_cast<std::size_t>(day)];
  }
  // The field that an expression just reads; -1: it does more.
  [[nodiscard]] int FieldOf(std::int32_t node) const {
    if (node < 0) return -1;
    const Node& read = plan_.nodes[static_cast<std::size_t>(node)];
    return read.op == rules::Op::Field ? read.ref : -1;
  }

  // ---- rules (evaluator.cpp, steady.cpp)
  [[nodiscard]] int KindOf(const PlanStep& step) const;
  void FindSteps();
  void AddStep(const PlanStep& planned);
  void FindReadings();
  void FindLast();
  void TakeUp();
  void CutShort();
  void TakeUpAgain();
  void CloseMonth();
  void AddDue(int kind, std::vector<std::uint64_t>& due) const;
  static void NotDue(std::size_t step, std::vector<std::uint64_t>& due) {
    due[step / 64] &= ~(std::uint64_t{1} << step % 64);
  }
  std::int64_t* NewFields(const std::vector<std::int64_t>& initial);
  // Goes where its slot says among those of its kind, which come in order mostly.
  [[gnu::always_inline]] PlanFact& NewFact(int kind, std::int32_t day, std::int32_t slot,
                                           const std::int64_t* fields, int root) {
    const int index = static_cast<int>(facts_.size());
    PlanFact& fact = facts_.Next();
    fact.kind = kind;
    fact.day = day;
    fact.slot = slot;
    fact.shift = 0;
    fact.fields = fields;
    fact.root = root;
    fact.chain = 0;
    fact.arrival = false;
    Pile<Placed>& same = by_kind_[static_cast<std::size_t>(kind)];
    if (same.size() == steady_count_[static_cast<std::size_t>(kind)]) Grow(kind);
    const std::int64_t moment = (static_cast<std::int64_t>(day) << 32) + slot;
    Placed& place = same.Next();
    place.moment = moment;
    place.fact = index;
    if (same.size() > 1 && (&place)[-1].moment >= moment) Insert(same);
    return fact;
  }
  void Grow(int kind);
  int NewRoot(int subject) {
    Root& root = roots_.Next();
    root.subject = subject;
    root.count = 0;
    root.first = -1;
    return static_cast<int>(roots_.size()) - 1;
  }
  void CountAt(int root) {
    if (++roots_[static_cast<std::size_t>(root)].count == 2) crowded_.push_back(root);
  }
  // One whose root is itself.
  PlanFact& RootFact(int kind, std::int32_t day, std::int32_t slot, const std::int64_t* fields) {
    return NewFact(kind, day, slot, fields, NewRoot(SubjectOfKind(kind)));
  }
  [[nodiscard]] bool Before(int a, int b) const;
  void Insert(Pile<Placed>& same);
  std::vector<Instance>& Instances(int subject) {
    const auto kind = plan_.subjects[static_cast<std::size_t>(subject)].kind.index();
    Listed& listed = listed_[static_cast<std::size_t>(subject)];
    if (listed.run != run_ || listed.facts != by_kind_[kind].size()) List(subject, listed);
    return listed.instances;
  }
  void List(int subject, Listed& listed);
  void ListMonths(const Pile<Placed>& facts, std::vector<Instance>& instances);
  int RootOf(int subject, Instance& instance);
  int FindWindowRoot(int subject, std::int32_t first) const;
  int SubjectOfKind(int kind) const { return fact_subject_[static_cast<std::size_t>(kind)]; }
  bool Applies(int rule, const Scope& scope, std::size_t passed = 0);
  // What the tables say of it; false when they leave something to a qualification.
  [[gnu::always_inline]] bool ReadArrival(std::int32_t day, std::int32_t shift, std::int32_t offset,
                                          bool justified) {
    const auto saying = static_cast<std::size_t>(plan_.arrivals.saying(
        person_.days->context[static_cast<std::size_t>(day)], shift, justified, offset));
    const Readings& of = readings_of_[saying];
    if (!of.all) return false;
    const int root = NewRoot(arrival_subject_);
    for (std::uint32_t i = of.first; i < of.first + of.count; ++i) {
      const Reading& read = readings_[i];
      qualification_ran_[static_cast<std::size_t>(read.qualification)] = run_;
      PlanFact& derived = NewFact(read.target, day, shift, read.fields, root);
      derived.shift = read.in_shift ? shift : 0;
      derived.chain = read.chain;
    }
    return true;
  }
  void AddUnread(const SeenArrival& arrival);
  void RunSteps(std::size_t from, std::size_t to);
  void RunStep(const Step& step);
  void RunQualification(const Step& step);
  void ReadTable(int id, std::vector<Instance>& instances);
  void Derive(int id, Instance& instance, const std::int64_t* known);
  void RunRule(int id);
  int FindLead(int subject, const Condition& condition);
  const Lead& LeadValues(int id) {
    Lead& lead = leads_[static_cast<std::size_t>(id)];
    const std::size_t facts =
        lead.kind_of < 0 ? facts_.size() : by_kind_[static_cast<std::size_t>(lead.kind_of)].size();
    if (lead.run != run_ || lead.facts != facts) FindValues(lead, facts);
    return lead;
  }
  // None of the values is one of those from `low` to `high`.
  bool RuledOut(int lead, std::int64_t low, std::int64_t high) {
    const Lead& known = LeadValues(lead);
    return known.most < low || known.least > high;
  }
  void FindValues(Lead& lead, std::size_t facts);
  const ByMonth* MonthsOf(const Lead& lead);
  bool ApplyAgain(int id);
  void Judge(int id);
  void Apply(int id, const Scope& scope, int root, const std::int64_t* known, Pile<Applied>& into);
  void BearSanctions();
  void CheckSanctions();
  void FindGaps();
  void FindAnswered(const GapScale& gap);
  int Chain(int parent, int qualification);

  // ---- conflicts (settle.cpp)
  void Settle();
  void SettleRoot(std::span<Applied> all, const std::vector<int>& members, int family, Order& order,
                  std::vector<std::pair<int, int>>& conflicts);

  // ---- revisions (compare.cpp)
  bool OtherFacts(const Revision& revision, const StaffPlan& amended);
  bool OtherArrivals(const Revision::Added& added, const StaffPlan& amended);
  bool AddedApplies(const Revision& revision);
  void TakeRoot(int root, const Revision& revision, const Plan& amended, Order& order,
                Patch& patch);
  // Those of one thing to which `applied` does.
  static void AddGaps(const Plan& plan, int subject, std::int32_t day,
                      std::span<const Applied> applied, Patch::Side& side);

  const Plan& plan_;
  Agenda agenda_;
  std::vector<std::uint8_t> looks_at_;  // by kind
  std::vector<Step> steps_;
  // A bit for each of them that there is something to judge for, by word of 64.
  std::vector<std::uint64_t> due_;
  std::vector<std::vector<std::uint64_t>> judging_;  // by kind: the steps that judge its facts
  std::size_t born_at_ = 0;  // the first step that sees sanctions; no step's: none does
  // What arrivals are taken for, by saying of the tables, when nothing else looks at them: that is
  // there from the beginning, and the arrival itself need not be.
  bool reads_arrivals_ = false;
  int arrival_subject_ = -1;
  std::vector<Readings> readings_of_;
  std::vector<Reading> readings_;
  Pile<SeenArrival> arrivals_;
  // Rules about the fact that somebody left, when nothing else looks at it nor at what they do.
  std::optional<std::vector<int>> last_rules_;
  bool last_at_close_ = false;  // but on the year's last day, what is judged then does
  const YearDays& year_;
  const StaffPlan* staff_ = nullptr;  // of whom person_ is one
  std::size_t index_ = 0;
  Tenure tenure_;
  PersonPlan person_;
  std::vector<int> fact_subject_;  // by kind: index of {kind, Fact}; -1

  Pile<PlanFact> facts_;
  // Fields that facts have of their own, which stay where they are: blocks, the first so many in
  // use.
  std::vector<std::vector<std::int64_t>> fields_;
  std::size_t field_block_ = 1024;
  std::size_t used_blocks_ = 0, used_fields_ = 0;  // the second: of the last of those
  std::vector<Pile<Placed>> by_kind_;              // in order
  std::vector<int> grown_;                         // kinds of which there is more than is steady
  Pile<Root> roots_;
  std::vector<int> crowded_;  // roots to which several rules applied
  std::vector<std::vector<std::pair<std::int32_t, int>>> window_roots_;  // by subject
  std::vector<int> rooted_;     // subjects with any of those
  std::vector<Listed> listed_;  // by subject; holds while no fact of its kind is added
  std::vector<Lead> leads_;
  std::vector<int> lead_of_;  // by rule: into leads_; -1: none
  Pile<Applied> applied_;
  Pile<std::int64_t> quantities_;
  std::vector<GapFound> gaps_;
  std::vector<bool> answered_;  // by root, in the respect last looked at
  std::vector<std::pair<int, int>> conflicts_;
  std::vector<bool> counted_;  // by application: it stood when sanctions were born
  bool sanctions_born_ = false;
  bool tied_ = false;
  const base::Text* fault_ = nullptr;
  base::Text fault_text_;

  std::vector<KnownDates> known_dates_;
  std::array<KnownPay, 12> known_pay_;
  std::uint32_t run_ = 0;
  std::vector<std::vector<Cached>> cache_;  // by measure: days of the year, then facts
  std::vector<Months> months_;              // by measure
  std::vector<int> reads_;                  // by measure: how many times something reads it

  // Chains of qualifications behind derived facts; they do not depend on the person.
  std::vector<ChainLink> chains_;
  std::vector<int> chain_of_;  // by parent and qualification; 0: none yet
  Order order_;
  Settler settler_;
  std::vector<std::uint32_t> rule_ran_, qualification_ran_;  // last run in which it held
  // What comes round each year, and what that alone leads to, is the same whatever is drawn:
  // worked out once for all the replications that a person lives in a row.
  struct SteadyRule {
    std::size_t kind = 0;     // of the facts it judges
    bool may = false;         // its condition looks at nothing but its subject and the person
    std::vector<int> others;  // when there are no facts of these kinds
    bool same = false;        // and so does what it gives
    bool by_month = false;    // its quantity is a sum of figures of whole months
    std::size_t step = 0;     // of steps_
    std::uint32_t taken = 0;  // the person of whom what follows is known,
    std::int32_t until = 0;   // and the day until which
    std::vector<Applied> applied;
    std::vector<std::int64_t> quantities;
  };
  std::vector<std::vector<Term>> terms_;  // by node: of the sums that SumsMonths knows
  std::vector<SteadyRule> steady_rules_;  // by rule
  std::uint32_t taken_ = 0;               // people taken up so far
  std::size_t steady_facts_ = 0, steady_roots_ = 0;
  std::size_t steady_blocks_ = 0, steady_fields_ = 0;
  std::vector<std::vector<Placed>> steady_by_kind_;
  std::vector<std::size_t> steady_count_;  // by kind: of those, the first so many in the stay
  std::vector<int> steady_kinds_;          // of those facts
  // What judges them, but for rules known to give nothing: those are due again with more facts.
  std::vector<std::uint64_t> steady_due_;
  std::vector<int> give_nothing_;  // those rules
  Pile<Applied> added_;            // by what a revision adds

  // Buffers.
  std::vector<int> next_, members_, touched_;
  std::vector<std::pair<int, int>> positions_;
};

}  // namespace cotejo::year
