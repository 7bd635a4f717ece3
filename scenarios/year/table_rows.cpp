// What one person-year adds to the tables.
#include <algorithm>

#include "scenarios/year/tables.h"

namespace cotejo::year {

using rules::ConsequenceKind;

namespace {

std::size_t At(std::int64_t index) { return static_cast<std::size_t>(index); }

// top / bottom to the nearest whole number; a half goes up.
std::int64_t Rounded(__int128 top, __int128 bottom) {
  const __int128 doubled = 2 * top + bottom;
  __int128 quotient = doubled / (2 * bottom);
  if (doubled % (2 * bottom) < 0) --quotient;
  return static_cast<std::int64_t>(quotient);
}

}  // namespace

void Totals::Add(const Totals& other) {
  const auto add = [](auto& into, const auto& from) {
    for (std::size_t i = 0; i < into.size(); ++i) {
      for (std::size_t j = 0; j < into[i].size(); ++j) into[i][j] += from[i][j];
    }
  };
  add(values, other.values);
  add(months, other.months);
}

void Totals::Clear() {
  const auto clear = [](auto& all) {
    for (auto& sums : all) std::fill(sums.begin(), sums.end(), 0);
  };
  clear(values);
  clear(months);
}

void Totals::Write(base::ByteWriter& writer) const {
  for (const auto* all : {&values, &months}) {
    for (const auto& sums : *all) writer.Numbers(sums);
  }
}

bool Totals::Read(base::ByteReader& reader) {
  for (auto* all : {&values, &months}) {
    for (auto& sums : *all) {
      auto read = reader.Numbers();
      if (read.size() != sums.size()) return false;
      sums = std::move(read);
    }
  }
  return reader.ok();
}

Totals Tables::Empty() const {
  Totals totals;
  totals.values.assign(regulations_.size(), std::vector<std::int64_t>(cells_.size() * kBlock));
  totals.months.assign(regulations_.size(),
                       std::vector<std::int64_t>(std::size_t{kSeriesCount * kMonths} * kBlock));
  return totals;
}

// ---- one person-year -------------------------------------------------------------

// Where the figures of one person-year go, and what it adds up on the way.
struct Tables::Row {
  const Tables& tables;
  const Year& year;
  std::size_t regulation;
  std::int64_t sign;
  Evaluator& evaluator;
  Totals& totals;
  Standing standing = {};

  [[nodiscard]] std::size_t Slot(int line) const { return At(line) * kBlock + year.place; }
  void Count(int cell, std::int64_t amount) const {
    totals.values[year.into][Slot(cell)] += sign * amount;
  }
  void Month(int series, std::int32_t day, std::int64_t amount) const {
    const int month = tables.setting_.year.month[At(day)];
    totals.months[year.into][Slot(series * kMonths + month)] += sign * amount;
  }
  // Days of pay (scaled) on a date, in centavos. The evaluator's own plan says what a day is.
  [[nodiscard]] std::int64_t Pay(std::int64_t days, std::int32_t day) const {
    return Centavos(days, evaluator.DayPay(day));
  }
  [[nodiscard]] std::int64_t Centavos(std::int64_t days, std::int64_t bolivianos) const {
    const __int128 unit = tables.setting_.unit;
    return Rounded(static_cast<__int128>(days) * bolivianos * 100, unit * unit);
  }
};

Standing Tables::Add(const Year& year, Evaluator& evaluator, Totals& totals) const {
  Row row{*this, year, year.regulation, year.sign, evaluator, totals};
  for (const Applied& applied : evaluator.applied()) {
    if (applied.stands) AddApplied(row, applied);
  }
  AddConflictsAndGaps(row);
  AddFlags(row, row.standing);
  AddVacationLedger(row);
  AddLateMinutes(row);
  return row.standing;
}

void Tables::AddPatch(const Year& year, const Patch& patch, const Standing& standing,
                      Evaluator& evaluator, Totals& totals) const {
  Row before{*this, year, 0, -1, evaluator, totals};
  AddSide(before, patch.before);
  Row after{*this, year, year.regulation, 1, evaluator, totals};
  AddSide(after, patch.after);
  Standing now = standing;
  now.sanctions += after.standing.sanctions - before.standing.sanctions;
  now.deductions += after.standing.deductions - before.standing.deductions;
  now.removals += after.standing.removals - before.standing.removals;
  now.acquired += after.standing.acquired - before.standing.acquired;
  now.earned += after.standing.earned - before.standing.earned;
  AddFlags(before, standing);
  AddFlags(after, now);
  if (now.acquired == standing.acquired && now.earned == standing.earned) return;
  AddRights(before, standing);
  AddRights(after, now);
}

void Tables::AddSide(Row& row, const Patch::Side& side) const {
  for (const Applied& applied : side.applied) {
    if (applied.stands) AddApplied(row, applied);
  }
  for (const auto& [first, second] : side.conflicts) AddConflict(row, first, second);
  for (const int family : side.gaps) AddGap(row, family);
}

void Tables::AddFlags(const Row& row, const Standing& standing) const {
  if (standing.sanctions > 0) {
    row.Count(at_.first_group + population_.staff.group[row.year.person], 1);
    row.Count(at_.persons, 1);
  }
  if (standing.deductions > 0) row.Count(at_.deducted, 1);
  if (standing.removals > 0) row.Count(at_.removed, 1);
}

void Tables::AddApplied(Row& row, const Applied& applied) const {
  const RuleCells& cells = regulations_[row.regulation].rules[At(applied.rule)];
  if (cells.sanction >= 0) {
    ++row.standing.sanctions;
    row.Count(cells.sanction, 1);
    row.Count(at_.sanctions, 1);
  }
  if (cells.process >= 0) {
    row.Count(cells.process, 1);
    row.Count(at_.processes, 1);
  }
  if (cells.destitutes) row.Count(at_.destitutions, 1);
  if (cells.retires) row.Count(at_.retirements, 1);
  if (cells.destitutes || cells.retires) ++row.standing.removals;
  if (cells.days >= 0) AddDeduction(row, applied, cells);
  if (applied.in_conflict) return;
  for (const auto& [consequence, right] : cells.rights)
    AddRight(row, right, row.evaluator.quantity(applied, consequence), applied.day);
}

// A deduction that another standing rule contradicts is not money anybody can count on.
void Tables::AddDeduction(Row& row, const Applied& applied, const RuleCells& cells) const {
  const std::vector<PlanQuantity>& consequences =
      setting_.plans[row.regulation].plan.plan_rules[At(applied.rule)].consequences;
  for (std::size_t c = 0; c < consequences.size(); ++c) {
    if (consequences[c].kind != ConsequenceKind::PayDeduction) continue;
    const std::int64_t days = row.evaluator.quantity(applied, c);
    const std::int64_t centavos = row.Pay(days, applied.day);
    if (applied.in_conflict) {
      row.Count(at_.conflict_days, days);
      row.Count(at_.conflict_centavos, centavos);
      continue;
    }
    ++row.standing.deductions;
    row.Count(cells.days, days);
    row.Count(at_.days, days);
    row.Count(cells.centavos, centavos);
    row.Count(at_.centavos, centavos);
    row.Month(kSeriesDays, applied.day, days);
    row.Month(kSeriesCentavos, applied.day, centavos);
  }
}

void Tables::AddRight(Row& row, Right right, std::int64_t days, std::int32_t day) const {
  if (right == kVacation) row.standing.acquired += days;
  if (right == kEarned) row.standing.earned += days;
  if (right != kMeal) return;
  const auto month = At(setting_.year.month[At(day)]);
  const std::vector<std::int32_t>& before = setting_.work[row.year.person]->before;
  const std::int64_t working = (before[At(setting_.year.month_last[month]) + 1] -
                                before[At(setting_.year.month_first[month])]) *
                               setting_.unit;
  row.Count(at_.meal_paid, days);
  row.Count(at_.meal_unpaid, working - days);
  row.Count(at_.meal_total, working);
  const rules::ParameterId allowance = setting_.plans[row.regulation].plan.binding.meal;
  row.Count(at_.meal_centavos, row.Centavos(days, row.evaluator.Parameter(allowance, day)));
}

void Tables::AddConflictsAndGaps(Row& row) const {
  const std::vector<Applied>& applied = row.evaluator.applied();
  for (const auto& [a, b] : row.evaluator.conflicts())
    AddConflict(row, applied[At(a)].rule, applied[At(b)].rule);
  for (const GapFound& gap : row.evaluator.gaps()) AddGap(row, gap.family);
}

void Tables::AddConflict(const Row& row, int first, int second) const {
  const std::pair<int, int> rules = {std::min(first, second), std::max(first, second)};
  row.Count(regulations_[row.regulation].conflicts.at(rules), 1);
  row.Count(at_.conflicts, 1);
}

void Tables::AddGap(const Row& row, int family) const {
  row.Count(regulations_[row.regulation].gaps[At(family)], 1);
  row.Count(at_.gaps, 1);
}

void Tables::AddVacationLedger(Row& row) const {
  const std::int64_t half = setting_.unit / 2;
  std::int64_t used = 0;
  for (const Event& event : row.year.events) {
    if (event.what == Happening::Vacation) used += event.value * half;
  }
  const std::int64_t opening = population_.staff.opening_half_days[row.year.person] * half;
  row.standing.left = opening - used;
  row.Count(at_.opening, opening);
  row.Count(at_.used, -used);
  AddRights(row, row.standing);
}

void Tables::AddRights(const Row& row, const Standing& standing) const {
  const std::int64_t closing = standing.left + standing.acquired;
  row.Count(at_.acquired, standing.acquired);
  row.Count(at_.closing, closing);
  row.Count(at_.earned, standing.earned);
  const std::int64_t day = row.evaluator.DayPay(setting_.year.count - 1);
  const std::int64_t debt = row.Centavos(closing, day);
  const std::int64_t debt_earned = row.Centavos(standing.earned, day);
  row.Count(at_.debt_acquired, debt);
  row.Count(at_.debt_earned, debt_earned);
  row.Count(at_.debt, debt + debt_earned);
}

void Tables::AddLateMinutes(Row& row) const {
  const Binding& binding = setting_.plans[row.regulation].plan.binding;
  std::array<std::int64_t, kMonths> months{};
  row.evaluator.AddByMonth(binding.series_kind.value, binding.series_field, months);
  for (int month = 0; month < kMonths; ++month) {
    if (months[At(month)] != 0)
      row.Month(kSeriesMinutes, setting_.year.month_first[At(month)], months[At(month)]);
  }
}

}  // namespace cotejo::year
