#include "scenarios/calibration/fit.h"

#include <algorithm>
#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>

#include "scenarios/calibration/absences.h"
#include "scenarios/calibration/classes.h"
#include "scenarios/calibration/differences.h"
#include "scenarios/population/philox.h"

namespace cotejo::calibration {
namespace {

constexpr double kTail = 0.025;
constexpr double kMostAlike = 4;
// Part of the key of draws: never renumber.
constexpr std::uint32_t kResampleDecision = 160;

// A share of a whole, with what both are counted in.
struct Ratio {
  double part = 0;
  double whole = 0;
  double scale = 1;  // what it is told in
  [[nodiscard]] double value() const { return whole > 0 ? part / whole : 0; }
};

// Every figure of a fit, in the order of Calibration; a resample gives the same list.
struct Figures {
  std::vector<Ratio> ratios;
  std::vector<double> people;  // that each rests on
  double unexplained = 0;      // days of absence
};

class Fitting {
 public:
  Fitting(const std::vector<ClassTable>& tables, const std::vector<PersonCounts>& people)
      : tables_(tables), people_(people), layout_(LayOut(tables, Cells(tables))) {}

  void FitAbsences(const Working& working, const Assignment& best) {
    absences_.emplace(tables_, working, people_);
    absences_->TellApart(best);
    days_a_year_ = working.days_a_year;
  }
  [[nodiscard]] const std::optional<AbsenceFitting>& absences() const { return absences_; }

  [[nodiscard]] Assignment Best(const TraitTable& traits) const {
    return AssignDiffering(tables_, layout_, people_, traits);
  }
  [[nodiscard]] Resampling Resampled(const Assignment& best) const {
    return {tables_, layout_, people_, best};
  }

  // Of each class: weight, bands, omission, missing entry, unrecorded; then those of everybody;
  // then the absences of each class by length, and all of them.
  [[nodiscard]] Figures FiguresOf(const Assignment& a, const std::vector<int>& times) const {
    Figures figures;
    const auto add = [&](Ratio ratio, double people) {
      figures.ratios.push_back(ratio);
      figures.people.push_back(people);
    };
    Ratio late, omission, unrecorded;
    double total = 0;
    for (const int t : times) total += t;
    std::vector<double> people_of;
    for (std::size_t k = 0; k < tables_.size(); ++k) {
      double& of_class = people_of.emplace_back();
      std::vector<double> bands(tables_[k].bands.size());
      Ratio omitted, entry, none;
      for (std::size_t i = 0; i < people_.size(); ++i) {
        const PersonCounts& person = people_[i];
        const double r =
            times[i] * a.chance(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(k));
        of_class += r;
        for (std::size_t c = 0; c < person.cells.size(); ++c)
          bands[layout_.band[k][c]] += r * static_cast<double>(person.cells[c]);
        const auto count = [r](std::int64_t n) { return r * static_cast<double>(n); };
        omitted.part += count(person.omitted);
        omitted.whole += count(person.scheduled - person.unrecorded);
        entry.part += count(person.missing_entry);
        entry.whole += count(person.omitted);
        none.part += count(person.unrecorded);
        none.whole += count(person.scheduled);
      }
      double arrivals = 0;
      for (const double n : bands) arrivals += n;
      add({of_class, total}, total);
      for (std::size_t b = 0; b < bands.size(); ++b) {
        add({bands[b], arrivals}, of_class);
        if (tables_[k].bands[b].from > 0) late.part += bands[b];
      }
      late.whole += arrivals;
      for (const auto& [one, all] : {std::pair(&omitted, &omission), {&none, &unrecorded}}) {
        all->part += one->part;
        all->whole += one->whole;
      }
      add(omitted, of_class);
      add(entry, of_class);
      add(none, of_class);
    }
    for (const Ratio& ratio : {late, omission, unrecorded}) add(ratio, total);
    if (!absences_) return figures;
    const StaffAbsences fitted = absences_->Fit(a, times);
    for (std::size_t k = 0; k < tables_.size(); ++k) {
      for (std::size_t j = 0; j < fitted.classes[k].starts.size(); ++j) {
        const Places of = absences_->PlacesOf(k, j, fitted);
        add({of.starts, of.days, of.share * days_a_year_}, people_of[k]);
      }
    }
    const Places all = AbsenceFitting::PlacesOfAll(fitted);
    add({all.starts, all.days, days_a_year_}, total);
    figures.unexplained = fitted.unexplained;
    return figures;
  }

  void AddDifferences(const TraitTable& traits, const Assignment& best,
                      const std::vector<Dispersion>& resampled, Calibration& c) const {
    if (std::none_of(traits.deviation.begin(), traits.deviation.end(),
                     [](const auto& of) { return of.has_value(); }))
      return;
    std::vector<SpellRates> rates;
    std::vector<Tally> spells;
    if (absences_) {
      const StaffAbsences fitted = absences_->Fit(best, std::vector<int>(people_.size(), 1));
      rates = absences_->RatesOf(best, fitted);
      spells = absences_->SpellsOf(best, fitted);
    }
    const Differences differences(tables_, layout_, people_, traits, best, spells, rates);
    c.traits = differences.Deviations(resampled);
    c.pairs = differences.Correlations(resampled);
  }

 private:
  const std::vector<ClassTable>& tables_;
  const std::vector<PersonCounts>& people_;
  Layout layout_;
  std::optional<AbsenceFitting> absences_;
  double days_a_year_ = 0;
};

std::vector<int> Resample(std::size_t people, std::uint64_t seed, int resample) {
  std::vector<int> times(people);
  for (std::size_t i = 0; i < people; ++i) {
    const auto draw = population::Draw(seed, static_cast<std::uint32_t>(resample),
                                       static_cast<std::uint32_t>(i), 0, kResampleDecision);
    ++times[population::Below(draw[0], static_cast<std::uint32_t>(people))];
  }
  return times;
}

// Sums over the resamples in which the figure has a value.
struct Spread {
  double count = 0, sum = 0, squares = 0;
  void Add(double value) {
    ++count;
    sum += value;
    squares += value * value;
  }
  [[nodiscard]] double variance() const {
    if (count < 2) return 0;
    const double mean = sum / count;
    return std::max(0.0, (squares - count * mean * mean) / (count - 1));
  }
};

// Jeffreys' interval for a share worth as many independent records as its variance says.
Estimate Interval(double file, const Ratio& ratio, double people, double variance) {
  const double p = ratio.value();
  Estimate e{file, p, 0, 1, ratio.whole};
  if (ratio.whole <= 0) {
    e.value = file;
    return e;
  }
  const double inner = p * (1 - p);
  if (inner > 0 && variance > 0) {
    // Resampling people understates the variance by one of them.
    const double m = std::max(people, 2.0);
    const double records = inner / (variance * m / (m - 1));
    const boost::math::normal normal;
    const boost::math::students_t t(m - 1);
    const double z = boost::math::quantile(normal, kTail) / boost::math::quantile(t, kTail);
    // People more alike than chance would have them may be so by chance, but not so much.
    e.weight = std::min(kMostAlike * ratio.whole, records * z * z);
  }
  const double a = p * e.weight + 0.5;
  const double b = (1 - p) * e.weight + 0.5;
  const boost::math::beta_distribution<double> beta(a, b);
  e.low = p > 0 ? boost::math::quantile(beta, kTail) : 0;
  e.high = p < 1 ? boost::math::quantile(boost::math::complement(beta, kTail)) : 1;
  for (double* figure : {&e.value, &e.low, &e.high}) *figure *= ratio.scale;
  return e;
}

// What a few people do is not told, not even in part.
void KeepFile(FittedClass& fitted) {
  const auto keep = [](Estimate& e) { e = {e.file, e.file, 0, 1, 0}; };
  for (FittedBand& band : fitted.bands) keep(band.share);
  keep(fitted.omission);
  keep(fitted.missing_entry);
  keep(fitted.unrecorded);
  for (FittedSpell& spell : fitted.absences) {
    keep(spell.per_year);
    spell.told = Told::File;
  }
}

}  // namespace

std::vector<PersonCounts> CountShifts(const std::vector<PersonShifts>& people,
                                      const std::vector<std::int32_t>& cuts, base::Date from,
                                      base::Date to, const Hours* hours) {
  std::vector<PersonCounts> counts;
  const std::int32_t most_shifts = hours ? MostShifts(*hours) : 0;
  for (const PersonShifts& person : people) {
    PersonCounts count{person.person, std::vector<std::int64_t>(cuts.size() + 1), 0, 0, 0, 0, {}};
    for (const ShiftRecord& shift : person.shifts) {
      if (shift.date < from || to < shift.date) continue;
      ++count.scheduled;
      count.unrecorded += !shift.entry && !shift.exit ? 1 : 0;
      count.omitted += shift.entry != shift.exit ? 1 : 0;
      count.missing_entry += !shift.entry && shift.exit ? 1 : 0;
      if (shift.entry) ++count.cells[CellOf(cuts, shift.late)];
    }
    if (count.scheduled == 0) continue;
    if (hours)
      count.days = CodeDays(person, hours->timetable(person.person), most_shifts, from, to);
    counts.push_back(std::move(count));
  }
  return counts;
}

void CountOutside(const std::vector<ClassTable>& tables, const std::vector<PersonShifts>& people,
                  Calibration& calibration) {
  std::int32_t first = INT32_MAX;
  std::int32_t last = INT32_MIN;
  for (const ClassTable& table : tables) {
    first = std::min(first, table.bands.front().from);
    last = std::max(last, table.bands.back().to);
  }
  for (const PersonShifts& person : people) {
    for (const ShiftRecord& shift : person.shifts) {
      calibration.earlier += shift.entry && shift.late < first ? 1 : 0;
      calibration.later += shift.entry && shift.late > last ? 1 : 0;
    }
  }
}

Calibration Fit(const std::vector<ClassTable>& tables, const std::vector<PersonCounts>& people,
                const FitOptions& options) {
  Fitting fitting(tables, people);
  const std::vector<int> once(people.size(), 1);
  const Assignment best = fitting.Best(options.traits);
  if (options.working) fitting.FitAbsences(*options.working, best);
  const Figures figures = fitting.FiguresOf(best, once);
  std::vector<Spread> spreads(figures.ratios.size());
  const Resampling resampling = fitting.Resampled(best);
  std::vector<Dispersion> dispersions;
  for (int resample = 0; resample < options.resamples; ++resample) {
    const std::vector<int> times = Resample(people.size(), options.seed, resample);
    const Assignment assigned = resampling.With(times);
    dispersions.push_back(assigned.model.dispersion);
    const Figures again = fitting.FiguresOf(assigned, times);
    for (std::size_t f = 0; f < spreads.size(); ++f) {
      if (again.ratios[f].whole > 0) spreads[f].Add(again.ratios[f].value());
    }
    if (options.progress) ++*options.progress;
  }
  std::size_t at = 0;
  const auto next = [&](double file) {
    const std::size_t f = at++;
    return Interval(file, figures.ratios[f], figures.people[f], spreads[f].variance());
  };
  Calibration c;
  c.people = static_cast<std::int64_t>(people.size());
  for (const PersonCounts& person : people) {
    for (const std::int64_t n : person.cells) c.arrivals += n;
  }
  double late_in_file = 0;
  double omission_in_file = 0;
  for (std::size_t k = 0; k < tables.size(); ++k) {
    const ClassTable& table = tables[k];
    FittedClass fitted{table.name, figures.ratios[at].part, best.fitted[k], {}, {}, {}, {}, {}, {}};
    fitted.weight = next(table.weight);
    for (const Band& band : table.bands) {
      fitted.bands.push_back({band.from, band.to, next(band.share)});
      if (band.from > 0) late_in_file += table.weight * band.share;
    }
    fitted.omission = next(table.omission);
    fitted.missing_entry = next(table.missing_entry);
    fitted.unrecorded = next(0);
    omission_in_file += table.weight * table.omission;
    c.classes.push_back(std::move(fitted));
  }
  c.late = next(late_in_file);
  c.omission = next(omission_in_file);
  c.unrecorded = next(0);
  double spells_in_file = 0;
  for (std::size_t k = 0; k < tables.size(); ++k) {
    for (std::size_t j = 0; j < tables[k].absences.size(); ++j) {
      const AbsenceRate& rate = tables[k].absences[j];
      spells_in_file += tables[k].weight * rate.per_year;
      FittedSpell spell{rate.half_days, {rate.per_year, rate.per_year, 0, 0, 0}, Told::File};
      if (fitting.absences()) {
        spell.told = fitting.absences()->told(k, j);
        spell.per_year = next(rate.per_year);
        if (spell.told == Told::File) spell.per_year = {rate.per_year, rate.per_year, 0, 0, 0};
      }
      c.classes[k].absences.push_back(spell);
    }
    if (!c.classes[k].fitted) KeepFile(c.classes[k]);
  }
  if (fitting.absences()) {
    c.absences.done = true;
    c.absences.per_year = next(spells_in_file);
    c.absences.unexplained = figures.unexplained;
  }
  fitting.AddDifferences(options.traits, best, dispersions, c);
  if (!people.empty()) c.certainty = best.chance.rowwise().maxCoeff().mean();
  return c;
}

}  // namespace cotejo::calibration
