// The result tables: which cells there are, and what one person-year adds to each.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "model/base/bytes.h"
#include "scenarios/year/cap.h"
#include "scenarios/year/money.h"
#include "scenarios/year/results.h"
#include "scenarios/year/succession.h"

namespace cotejo::year {

inline constexpr int kMonths = 12;
enum Series { kSeriesMinutes, kSeriesDays, kSeriesCentavos, kSeriesCount };

// Replications are done so many at a time, at most: what is known of a person serves that many in a
// row.
inline constexpr int kBlock = 64;

// Sums over people for a block of replications, exact, so that no order of adding changes them.
// Those of an amendment are its differences with the text in force: of most cells, none.
struct Totals {
  // values[regulation][cell * kBlock + place]
  std::vector<std::vector<std::int64_t>> values;
  // months[regulation][(series * 12 + month) * kBlock + place]
  std::vector<std::vector<std::int64_t>> months;
  // touched[regulation][cell]: 0 when its values are all zero; only the others are gone through.
  std::vector<std::vector<std::uint8_t>> touched;
  Totals() = default;
  Totals(std::size_t regulations, std::size_t cells);
  void Add(const Totals& other);
  void Clear();
  void Write(base::ByteWriter& writer) const;
  // False when they are not those of as many regulations and cells.
  bool Read(base::ByteReader& reader);
};

// Which stay in a post is added, judged by which regulation and to whose sums.
struct Year {
  std::size_t regulation = 0;  // whose rules and cells
  std::size_t into = 0;        // whose sums
  std::int64_t sign = 1;
  std::uint32_t place = 0;  // of the replication in its block
  CourseKey key;
  const Stay* stay = nullptr;
  std::array<std::int32_t, kMonths> away{};  // by month: shifts off the post
  std::int64_t postponed = 0;  // days of the vacation programme moved past the year's end
  // The post has nobody from 1 January to the first day of the stay (of its first occupant), and
  // from the last day of the stay to here.
  std::int32_t vacant_before = 0;
  std::int32_t vacant_until = 0;
};

// What a person's year comes to, as far as one part of it bears on another.
struct Standing {
  int sanctions = 0, deductions = 0, removals = 0;  // that stand
  int payments = 0;                                 // of vacation not used, to somebody who leaves
  // Days of vacation, scaled by the unit: `left`, of the opening balance.
  std::int64_t acquired = 0, earned = 0, lapsed = 0, left = 0;
  // Days deducted, scaled, by month; not those in contradiction.
  std::array<std::int64_t, kMonths> deducted{};
};

class Tables {
 public:
  Tables(const Setting& setting, const population::Population& population);

  [[nodiscard]] const std::vector<Cell>& cells() const { return cells_; }
  [[nodiscard]] Totals Empty() const;
  // Adds one person's year under one regulation; `evaluator` has run. Series are in integers
  // of 1 / unit (minutes, days) and centavos.
  Standing Add(const Year& year, Evaluator& evaluator, Totals& totals) const;
  // For an amendment: what its patch changes of the
  // year that `evaluator` ran under the text in force, which gave `standing`.
  void AddPatch(const Year& year, const Patch& patch, const Standing& standing,
                Evaluator& evaluator, Totals& totals) const;
  // The same when it changes nothing of that year but what may be deducted, if it does.
  [[nodiscard]] bool HasOtherCap(std::size_t regulation) const {
    return regulations_[regulation].other_cap;
  }
  void AddOtherCap(const Year& year, const Standing& standing, Evaluator& evaluator,
                   Totals& totals) const;
  // Whether one side of a patch of an amendment has somebody removed, or bears on the vacation
  // that somebody is left with.
  [[nodiscard]] bool Removes(std::size_t regulation, const Patch& patch) const;
  [[nodiscard]] bool Settles(std::size_t regulation, const Patch& patch) const;
  // Cells of contradictions and gaps say nothing when nobody ever met them; totals are kept.
  [[nodiscard]] bool MayHide(std::size_t cell) const { return may_hide_[cell]; }

 private:
  struct RuleCells {  // of one rule; -1: it has no such consequence
    int sanction = -1, days = -1, centavos = -1, process = -1;
    bool begins = false;       // procedures
    bool gives = false;        // a right that is counted,
    bool only_rights = false;  // and that is all, or not even that
    int meals = -1;            // the consequence by which it gives days with meals, if that is all
  };
  struct ProcedureCells {  // -1: nobody says that there may be any
    struct OfStep {
      int done = -1, late = -1;
      std::int64_t hours = 0;
    };
    int begun = -1, finished = -1, pending = -1, days = -1, annulled = -1, centavos = -1,
        hours = -1;
    std::vector<OfStep> steps;
  };
  struct RegulationCells {
    std::vector<RuleCells> rules;
    std::vector<ProcedureCells> procedures;
    std::vector<int> gaps;                         // by family
    std::map<std::pair<int, int>, int> conflicts;  // by rules, ascending
    std::vector<std::int64_t> allowance;           // of a day's meal, by day; kAbsent: it has none
    Cap::Months most_days{};                       // that may be deducted, scaled
    bool capped = false, other_cap = false;        // in some month; than the text in force
  };
  struct Row;  // where one person-year's figures go

  int AddCell(std::string table, const std::string& name, base::Text label, CellUnit unit,
              std::string group = "", bool total = false);
  void AddByGroup(const std::string& table, const std::string& name, const base::Text& label,
                  CellUnit unit);
  void AddSanctions();
  void AddDeductions();
  void AddCaps();
  void AddProcesses();
  void AddProcedures();
  ProcedureCells AddProcedure(const population::ProcedureConduct& conduct);
  ProcedureCells::OfStep AddStep(const population::ProcedureConduct& conduct, const Step& step,
                                 bool first, std::map<std::string, ProcedureCells::OfStep>& known);
  void AddPersons();
  void AddContradictions();
  void AddGaps();
  void AddMeals();
  void AddVacations();
  void AddUses();
  void AddBonuses();
  void AddPosts();
  void AddService();
  void FindOffices();
  void AddApplied(Row& row, const Applied& applied) const;
  void AddSide(Row& row, const Patch::Side& side) const;
  void AddFlags(const Row& row, const Standing& standing) const;
  void AddDeduction(Row& row, const Applied& applied, const RuleCells& cells) const;
  void AddExcess(const Row& row, const Standing& standing) const;
  void AddGiven(Row& row, const Applied& applied) const;
  void AddRight(Row& row, Right right, std::int64_t amount, std::int32_t day) const;
  void AddBegun(const Row& row, const Applied& applied) const;
  void AddCourse(const Row& row, const ProcedureCells& cells, const Course& course,
                 std::int32_t day) const;
  [[nodiscard]] std::int64_t Deducted(const Row& row, const Applied& applied) const;
  struct Meals {
    std::int64_t paid = 0, centavos = 0;
    std::int32_t working = 0;  // days, as they are
  };
  void AddMealsOf(Row& row, const Applied*& applied, const Applied* end) const;
  void TakeMeal(const Row& row, std::int64_t days, std::int32_t day, Meals& meals) const;
  void CountMeals(const Row& row, const Meals& meals) const;
  void AddLeaver(const Row& row) const;
  void AddPost(const Row& row) const;
  void AddDuty(const Row& row) const;
  void AddConflictsAndGaps(Row& row) const;
  void AddConflict(const Row& row, int first, int second) const;
  void AddGap(const Row& row, int family) const;
  void AddVacationLedger(Row& row) const;
  void AddVacationUses(const Row& row) const;
  std::int64_t AddLapsed(const Row& row, const Standing& standing, std::int64_t had) const;
  void AddRights(const Row& row, const Standing& standing) const;
  void AddLateMinutes(Row& row) const;

  const Setting& setting_;
  const population::Population& population_;
  std::int64_t day_scale_ = 1;  // integers of 1 / day_scale days
  Money money_;
  std::vector<Cell> cells_;
  std::vector<RegulationCells> regulations_;
  std::vector<bool> may_hide_;  // by cell
  std::vector<std::string> offices_;
  std::vector<std::uint32_t> office_of_;  // by post
  std::vector<int> posts_of_;             // by office
  struct {
    int sanctions, days, centavos, conflict_days, conflict_centavos, processes, destitutions,
        retirements, conflicts, gaps, persons, first_group, deducted, removed, meal_paid,
        meal_unpaid, meal_total, meal_centavos, opening, acquired, used, closing, earned, lapsed,
        programmed, reprogrammed, together, taken, postponed, debt_acquired, debt_earned, debt,
        at_exit, paid, unpaid, paid_centavos, bonus_group, bonus, left_group, left, removed_posts,
        joined, vacant_office, vacant, duty, procedure_hours, annulled_centavos, capped_months,
        capped_days, capped_centavos;
  } at_{};
};

}  // namespace cotejo::year
