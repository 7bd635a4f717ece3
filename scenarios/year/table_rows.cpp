// What one person-year adds to the tables.
#include <algorithm>

#include "scenarios/year/tables.h"

namespace cotejo::year {

using rules::ConsequenceKind;

namespace {

std::size_t At(std::int64_t index) { return static_cast<std::size_t>(index); }

}  // namespace

Totals::Totals(std::size_t regulations, std::size_t cells)
    : values(regulations, std::vector<std::int64_t>(cells * kBlock)),
      months(regulations, std::vector<std::int64_t>(std::size_t{kSeriesCount * kMonths} * kBlock)),
      touched(regulations, std::vector<std::uint8_t>(cells)) {}

void Totals::Add(const Totals& other) {
  for (std::size_t r = 0; r < values.size(); ++r) {
    for (std::size_t cell = 0; cell < touched[r].size(); ++cell) {
      if (other.touched[r][cell] == 0) continue;
      touched[r][cell] = 1;
      for (std::size_t i = cell * kBlock; i < (cell + 1) * kBlock; ++i)
        values[r][i] += other.values[r][i];
    }
    for (std::size_t i = 0; i < months[r].size(); ++i) months[r][i] += other.months[r][i];
  }
}

void Totals::Clear() {
  for (std::size_t r = 0; r < values.size(); ++r) {
    for (std::size_t cell = 0; cell < touched[r].size(); ++cell) {
      if (touched[r][cell] != 0) std::fill_n(&values[r][cell * kBlock], kBlock, 0);
      touched[r][cell] = 0;
    }
    std::fill(months[r].begin(), months[r].end(), 0);
  }
}

// Of the cells, those that have anything.
void Totals::Write(base::ByteWriter& writer) const {
  for (std::size_t r = 0; r < values.size(); ++r) {
    writer.Number(static_cast<std::int64_t>(touched[r].size()));
    writer.Number(std::count_if(touched[r].begin(), touched[r].end(),
                                [](std::uint8_t any) { return any != 0; }));
    for (std::size_t cell = 0; cell < touched[r].size(); ++cell) {
      if (touched[r][cell] == 0) continue;
      writer.Number(static_cast<std::int64_t>(cell));
      for (std::size_t i = cell * kBlock; i < (cell + 1) * kBlock; ++i) writer.Number(values[r][i]);
    }
    writer.Numbers(months[r]);
  }
}

bool Totals::Read(base::ByteReader& reader) {
  Clear();
  for (std::size_t r = 0; r < values.size(); ++r) {
    const auto cells = static_cast<std::int64_t>(touched[r].size());
    if (reader.Number() != cells) return false;
    for (std::int64_t left = reader.Number(); left > 0 && reader.ok(); --left) {
      const std::int64_t cell = reader.Number();
      if (cell < 0 || cell >= cells) return false;
      const std::size_t from = static_cast<std::size_t>(cell) * kBlock;
      touched[r][static_cast<std::size_t>(cell)] = 1;
      for (std::size_t i = from; i < from + kBlock; ++i) values[r][i] = reader.Number();
    }
    auto read = reader.Numbers();
    if (read.size() != months[r].size()) return false;
    months[r] = std::move(read);
  }
  return reader.ok();
}

Totals Tables::Empty() const { return {regulations_.size(), cells_.size()}; }

// ---- one person-year -------------------------------------------------------------

// Where the figures of one person-year go, and what it adds up on the way.
struct Tables::Row {
  const Tables& tables;
  const Year& year;
  std::size_t regulation;
  std::int64_t sign;
  Evaluator& evaluator;
  // Of the regulation and place of the year: every kBlock numbers, the next line.
  std::int64_t* values;
  std::int64_t* months;
  std::uint8_t* touched;
  const WorkDays& work;
  const std::int64_t* allowance;
  Standing standing = {};

  Row(const Tables& of, const Year& lived, std::size_t by, std::int64_t signed_as, Evaluator& judge,
      Totals& totals)
      : tables(of),
        year(lived),
        regulation(by),
        sign(signed_as),
        evaluator(judge),
        values(totals.values[lived.into].data() + lived.place),
        months(totals.months[lived.into].data() + lived.place),
        touched(totals.touched[lived.into].data()),
        work(*of.setting_.work[lived.stay->tenure.person]),
        allowance(of.regulations_[by].allowance.data()) {}

  [[nodiscard]] std::size_t post() const { return year.stay->tenure.post; }
  void Count(int cell, std::int64_t amount) const {
    values[At(cell) * kBlock] += sign * amount;
    touched[cell] = 1;
  }
  void Month(int series, std::int32_t day, std::int64_t amount) const {
    const int month = tables.setting_.year.month[At(day)];
    months[At(series * kMonths + month) * kBlock] += sign * amount;
  }
  // Days of pay (scaled) on a date, in centavos. The evaluator's own plan says what a day is.
  [[nodiscard]] std::int64_t Pay(std::int64_t days, std::int32_t day) const {
    return tables.money_.Centavos(days, evaluator.DayPay(day));
  }
};

Standing Tables::Add(const Year& year, Evaluator& evaluator, Totals& totals) const {
  Row row(*this, year, year.regulation, year.sign, evaluator, totals);
  const Pile<Applied>& all = evaluator.applied();
  for (const Applied* applied = all.begin(); applied != all.end();) {
    if (regulations_[row.regulation].rules[At(applied->rule)].meals >= 0) {
      AddMealsOf(row, applied, all.end());
    } else {
      if (applied->stands) AddApplied(row, *applied);
      ++applied;
    }
  }
  AddConflictsAndGaps(row);
  AddFlags(row, row.standing);
  AddExcess(row, row.standing);
  AddVacationLedger(row);
  AddLateMinutes(row);
  AddDuty(row);
  if (population_.turnover) AddPost(row);
  return row.standing;
}

void Tables::AddPatch(const Year& year, const Patch& patch, const Standing& standing,
                      Evaluator& evaluator, Totals& totals) const {
  Row before(*this, year, 0, -1, evaluator, totals);
  AddSide(before, patch.before);
  Row after(*this, year, year.regulation, 1, evaluator, totals);
  AddSide(after, patch.after);
  Standing now = standing;
  now.sanctions += after.standing.sanctions - before.standing.sanctions;
  now.deductions += after.standing.deductions - before.standing.deductions;
  now.removals += after.standing.removals - before.standing.removals;
  now.payments += after.standing.payments - before.standing.payments;
  now.acquired += after.standing.acquired - before.standing.acquired;
  now.earned += after.standing.earned - before.standing.earned;
  now.lapsed += after.standing.lapsed - before.standing.lapsed;
  for (std::size_t m = 0; m < now.deducted.size(); ++m)
    now.deducted[m] += after.standing.deducted[m] - before.standing.deducted[m];
  AddFlags(before, standing);
  AddFlags(after, now);
  AddExcess(before, standing);
  AddExcess(after, now);
  if (now.acquired == standing.acquired && now.earned == standing.earned &&
      now.lapsed == standing.lapsed)
    return;
  AddRights(before, standing);
  AddRights(after, now);
}

void Tables::AddOtherCap(const Year& year, const Standing& standing, Evaluator& evaluator,
                         Totals& totals) const {
  AddExcess(Row(*this, year, 0, -1, evaluator, totals), standing);
  AddExcess(Row(*this, year, year.regulation, 1, evaluator, totals), standing);
}

void Tables::AddSide(Row& row, const Patch::Side& side) const {
  for (const Applied& applied : side.applied) {
    if (applied.stands) AddApplied(row, applied);
  }
  for (const auto& [first, second] : side.conflicts) AddConflict(row, first, second);
  for (const int family : side.gaps) AddGap(row, family);
}

bool Tables::Removes(std::size_t regulation, const Patch& patch) const {
  const auto any = [](const Patch::Side& side, const std::vector<RuleEffects>& effects) {
    return std::any_of(side.applied.begin(), side.applied.end(), [&](const Applied& applied) {
      const RuleEffects& rule = effects[At(applied.rule)];
      return rule.destitutes || rule.retires;
    });
  };
  return any(patch.before, setting_.effects[0]) || any(patch.after, setting_.effects[regulation]);
}

bool Tables::Settles(std::size_t regulation, const Patch& patch) const {
  const auto any = [](const Patch::Side& side, const std::vector<RuleEffects>& effects) {
    return std::any_of(side.applied.begin(), side.applied.end(), [&](const Applied& applied) {
      const RuleEffects& rule = effects[At(applied.rule)];
      return rule.pays_vacation ||
             std::any_of(rule.rights.begin(), rule.rights.end(), [](const auto& right) {
               return right.second == Right::Vacation || right.second == Right::Lapsed;
             });
    });
  };
  return any(patch.before, setting_.effects[0]) || any(patch.after, setting_.effects[regulation]);
}

// A person counts once, however many times.
void Tables::AddFlags(const Row& row, const Standing& standing) const {
  if (standing.sanctions > 0) {
    row.Count(at_.first_group + population_.staff.group[row.post()], 1);
    row.Count(at_.persons, 1);
  }
  if (standing.deductions > 0) row.Count(at_.deducted, 1);
  if (standing.removals > 0) row.Count(at_.removed, 1);
}

inline void Tables::AddApplied(Row& row, const Applied& applied) const {
  const RuleCells& cells = regulations_[row.regulation].rules[At(applied.rule)];
  if (cells.gives) AddGiven(row, applied);
  if (cells.only_rights) return;
  if (cells.sanction >= 0) {
    ++row.standing.sanctions;
    row.Count(cells.sanction, 1);
    row.Count(at_.sanctions, 1);
  }
  if (cells.process >= 0) {
    row.Count(cells.process, 1);
    row.Count(at_.processes, 1);
  }
  if (cells.begins) AddBegun(row, applied);
  const RuleEffects& effects = setting_.effects[row.regulation][At(applied.rule)];
  if (effects.destitutes) row.Count(at_.destitutions, 1);
  if (effects.retires) row.Count(at_.retirements, 1);
  if (effects.destitutes || effects.retires) ++row.standing.removals;
  if (cells.days >= 0) AddDeduction(row, applied, cells);
  if (effects.pays_vacation && !applied.in_conflict) ++row.standing.payments;
}

// ---- procedures

// What two procedures leave without effect is one deduction: it is of the one that does so first.
void Tables::AddBegun(const Row& row, const Applied& applied) const {
  const Procedures& procedures = setting_.procedures[row.regulation];
  const ProcedureCells* spared_by = nullptr;
  std::int32_t spared_on = INT32_MAX;
  for (const std::uint8_t p : procedures.begun_by(At(applied.rule))) {
    const ProcedureCells& cells = regulations_[row.regulation].procedures[p];
    const Course course = procedures.Run(procedures.all()[p], At(applied.rule), applied.day,
                                         row.year.key, setting_.year, row.work);
    AddCourse(row, cells, course, applied.day);
    if (!course.annulled) continue;
    row.Count(cells.annulled, 1);
    if (*course.finished >= spared_on) continue;
    spared_by = &cells;
    spared_on = *course.finished;
  }
  if (spared_by == nullptr) return;
  const std::int64_t centavos = Deducted(row, applied);
  row.Count(spared_by->centavos, centavos);
  row.Count(at_.annulled_centavos, centavos);
}

void Tables::AddCourse(const Row& row, const ProcedureCells& cells, const Course& course,
                       std::int32_t day) const {
  row.Count(cells.begun, 1);
  row.Count(course.finished ? cells.finished : cells.pending, 1);
  if (course.finished) row.Count(cells.days, (*course.finished - day) * setting_.unit);
  std::int64_t hours = 0;
  for (std::size_t s = 0; s < cells.steps.size(); ++s) {
    const ProcedureCells::OfStep& of = cells.steps[s];
    const bool done = course.steps[s].state == Course::State::Done;
    if (done && of.done >= 0) row.Count(of.done, 1);
    if (done) hours += of.hours;
    if (course.steps[s].late) row.Count(of.late, 1);
  }
  if (hours == 0) return;
  row.Count(cells.hours, hours);
  row.Count(at_.procedure_hours, hours);
}

// In centavos; a deduction that is contradicted is not counted, so nobody is spared it.
std::int64_t Tables::Deducted(const Row& row, const Applied& applied) const {
  std::int64_t centavos = 0;
  if (applied.in_conflict) return centavos;
  const std::vector<PlanQuantity>& consequences =
      setting_.plans[row.regulation].plan.plan_rules[At(applied.rule)].consequences;
  for (std::size_t c = 0; c < consequences.size(); ++c) {
    if (consequences[c].kind == ConsequenceKind::PayDeduction)
      centavos += row.Pay(row.evaluator.quantity(applied, c), applied.day);
  }
  return centavos;
}

void Tables::AddGiven(Row& row, const Applied& applied) const {
  if (applied.in_conflict) return;
  const RuleEffects& effects = setting_.effects[row.regulation][At(applied.rule)];
  for (const auto& [consequence, right] : effects.rights)
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
    row.standing.deducted[At(setting_.year.month[At(applied.day)])] += days;
    row.Count(cells.days, days);
    row.Count(at_.days, days);
    row.Count(cells.centavos, centavos);
    row.Count(at_.centavos, centavos);
    row.Month(kSeriesDays, applied.day, days);
    row.Month(kSeriesCentavos, applied.day, centavos);
  }
}

// Of what was deducted in a month, what some norm prohibits; it is not taken away from the totals.
void Tables::AddExcess(const Row& row, const Standing& standing) const {
  const RegulationCells& cells = regulations_[row.regulation];
  if (standing.deductions == 0 || !cells.capped) return;
  for (std::size_t month = 0; month < kMonths; ++month) {
    if (standing.deducted[month] <= cells.most_days[month]) continue;
    const std::int64_t days = standing.deducted[month] - cells.most_days[month];
    row.Count(at_.capped_months, 1);
    row.Count(at_.capped_days, days);
    row.Count(at_.capped_centavos, row.Pay(days, row.evaluator.MonthLast(month)));
  }
}

void Tables::AddRight(Row& row, Right right, std::int64_t amount, std::int32_t day) const {
  switch (right) {
    case Right::Vacation:
      row.standing.acquired += amount;
      return;
    case Right::Earned:
      row.standing.earned += amount;
      return;
    case Right::Lapsed:
      row.standing.lapsed += amount;
      return;
    case Right::Meal: {
      Meals meals;
      TakeMeal(row, amount, day, meals);
      return CountMeals(row, meals);
    }
    case Right::Bonus: {
      const std::int64_t centavos = money_.Centavos(amount);
      row.Count(at_.bonus_group + population_.staff.group[row.post()], centavos);
      row.Count(at_.bonus, centavos);
      return;
    }
  }
}

// What the rule says month after month, as far as it goes on.
void Tables::AddMealsOf(Row& row, const Applied*& applied, const Applied* end) const {
  const int rule = applied->rule;
  const auto consequence = At(regulations_[row.regulation].rules[At(rule)].meals);
  Meals meals;
  for (; applied != end && applied->rule == rule; ++applied) {
    if (applied->stands && !applied->in_conflict)
      TakeMeal(row, row.evaluator.quantity(*applied, consequence), applied->day, meals);
  }
  CountMeals(row, meals);
}

inline void Tables::TakeMeal(const Row& row, std::int64_t days, std::int32_t day,
                             Meals& meals) const {
  const std::int32_t first = setting_.year.month_first[At(setting_.year.month[At(day)])];
  std::int64_t allowance = row.allowance[day];
  if (allowance == kAbsent)
    allowance = row.evaluator.Parameter(setting_.plans[row.regulation].plan.binding.meal, day);
  meals.paid += days;
  // Before the relation began no month is judged, be it that nobody comes and goes.
  const std::int32_t beginning = row.evaluator.person().beginning;
  meals.working += row.work.between(std::max({first, row.year.stay->tenure.first, beginning}), day);
  meals.centavos += money_.Centavos(days, allowance);
}

void Tables::CountMeals(const Row& row, const Meals& meals) const {
  const std::int64_t working = meals.working * setting_.unit;
  row.Count(at_.meal_paid, meals.paid);
  row.Count(at_.meal_unpaid, working - meals.paid);
  row.Count(at_.meal_total, working);
  row.Count(at_.meal_centavos, meals.centavos);
}

void Tables::AddConflictsAndGaps(Row& row) const {
  const Pile<Applied>& applied = row.evaluator.applied();
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
  const Stay& stay = *row.year.stay;
  row.standing.left = stay.opening - stay.used;
  row.Count(at_.opening, stay.opening);
  row.Count(at_.used, -stay.used);
  if (population_.vacation.tells_uses()) AddVacationUses(row);
  if (stay.leaving != Leaving::No) return AddLeaver(row);
  AddRights(row, row.standing);
}

void Tables::AddVacationUses(const Row& row) const {
  const Stay& stay = *row.year.stay;
  row.Count(at_.programmed, stay.used - stay.reprogrammed - stay.together);
  row.Count(at_.reprogrammed, stay.reprogrammed);
  row.Count(at_.together, stay.together);
  row.Count(at_.taken, stay.used);
  if (stay.leaving == Leaving::No) row.Count(at_.postponed, row.year.postponed);
}

// Of whoever leaves nothing is left at the year's end: what they did not use is paid or lost.
void Tables::AddLeaver(const Row& row) const {
  const Stay& stay = *row.year.stay;
  const std::int64_t had = stay.opening + row.standing.acquired + stay.earned - stay.used;
  const std::int64_t left = had - AddLapsed(row, row.standing, had);
  const std::int64_t paid = row.standing.payments > 0 ? left : 0;
  row.Count(at_.acquired, row.standing.acquired);
  row.Count(at_.at_exit, stay.earned);
  row.Count(at_.paid, -paid);
  row.Count(at_.unpaid, -(left - paid));
  if (paid != 0) row.Count(at_.paid_centavos, row.Pay(paid, stay.tenure.last));
}

// Nobody loses more than they have.
std::int64_t Tables::AddLapsed(const Row& row, const Standing& standing, std::int64_t had) const {
  if (standing.lapsed == 0) return 0;
  const std::int64_t lost =
      std::clamp<std::int64_t>(standing.lapsed, 0, std::max<std::int64_t>(0, had));
  row.Count(at_.lapsed, -lost);
  return lost;
}

void Tables::AddRights(const Row& row, const Standing& standing) const {
  const std::int64_t had = standing.left + standing.acquired;
  const std::int64_t closing = had - AddLapsed(row, standing, had);
  row.Count(at_.acquired, standing.acquired);
  row.Count(at_.closing, closing);
  row.Count(at_.earned, standing.earned);
  const std::int64_t day = row.evaluator.DayPay(setting_.year.count - 1);
  const std::int64_t debt = money_.Centavos(closing, day);
  const std::int64_t debt_earned = money_.Centavos(standing.earned, day);
  row.Count(at_.debt_acquired, debt);
  row.Count(at_.debt_earned, debt_earned);
  row.Count(at_.debt, debt + debt_earned);
}

void Tables::AddPost(const Row& row) const {
  const Stay& stay = *row.year.stay;
  if (stay.leaving == Leaving::Departure) {
    row.Count(at_.left_group + population_.staff.group[row.post()], 1);
    row.Count(at_.left, 1);
  } else if (stay.leaving != Leaving::No) {
    row.Count(at_.removed_posts, 1);
  }
  if (stay.tenure.first > 0) row.Count(at_.joined, 1);
  const std::int64_t days = row.year.vacant_before + row.year.vacant_until - stay.tenure.last - 1;
  if (days == 0) return;
  row.Count(at_.vacant_office + static_cast<int>(office_of_[row.post()]), days * setting_.unit);
  row.Count(at_.vacant, days * setting_.unit);
}

// Working days of the stay less the shifts off the post. A fact, whatever the text says of it.
void Tables::AddDuty(const Row& row) const {
  const Tenure& tenure = row.year.stay->tenure;
  const std::int32_t begun = std::max(tenure.first, row.evaluator.person().beginning);
  const bool whole = begun <= 0 && tenure.last >= setting_.year.count - 1;
  const std::int64_t shift = setting_.unit / std::max(1, setting_.shifts);
  const auto offices = static_cast<int>(offices_.size());
  int cell = at_.duty + static_cast<int>(office_of_[row.post()]);
  int total = at_.duty + offices;
  for (std::size_t month = 0; month < kMonths; ++month, cell += offices + 1, total += offices + 1) {
    std::int64_t days = row.work.in_month[month];
    if (!whole) {
      const std::int32_t first = std::max(setting_.year.month_first[month], begun);
      const std::int32_t last = std::min(setting_.year.month_last[month], tenure.last);
      if (first > last) continue;
      days = row.work.between(first, last);
    }
    const std::int64_t there = days * setting_.unit - row.year.away[month] * shift;
    row.Count(cell, there);
    row.Count(total, there);
  }
}

void Tables::AddLateMinutes(Row& row) const {
  const Binding& binding = setting_.plans[row.regulation].plan.binding;
  std::array<std::int64_t, kMonths> months{};
  row.evaluator.AddByMonth(binding.series_kind.value, binding.series_field, months);
  for (int month = 0; month < kMonths; ++month)
    row.Month(kSeriesMinutes, setting_.year.month_first[At(month)], months[At(month)]);
}

}  // namespace cotejo::year
