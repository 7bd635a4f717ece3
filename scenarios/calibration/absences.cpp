#include "scenarios/calibration/absences.h"

#include <algorithm>
#include <cmath>

namespace cotejo::calibration {
namespace {

constexpr double kFewestSpells = 10;
constexpr double kLeast = 0.01;  // a year: of a length that the file has none of
constexpr double kLeak = 1e-9;   // chance of what no length of the file can account for
constexpr int kMostSteps = 100;
constexpr double kStill = 1e-6;         // relative change of every rate in one step
constexpr std::int32_t kMostCells = 6;  // runs of so many days are told apart, at most

// What may have happened on days that say nothing comes near to none, and never to it.
double Seen(double starts) { return starts < 0.001 ? 0 : starts; }

double Sum(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum;
}

// How likely a day is as it was, if the person is away, absent from nothing, or from one shift.
struct Emission {
  double away, present, one;
  bool odd_away, odd_present, odd_one;  // it cannot be so
};

Emission EmissionOf(const DayCode& code, std::int32_t most_shifts) {
  return {code.away ? 1 : kLeak,
          code.present ? 1 : kLeak,
          code.one > 0 ? static_cast<double>(code.one) / most_shifts : kLeak,
          !code.away,
          !code.present,
          code.one == 0};
}

// The days of a word as a chain whose state is how many more days the spells begun before take.
class Chain {
 public:
  Chain(const SpellRates& rates, std::int32_t most_shifts)
      : rates_(rates), most_shifts_(most_shifts) {
    for (const std::int32_t days : rates.days) states_ = std::max(states_, days);
    none_ = std::max(1 - Sum(rates.per_day), 0.0);
  }

  // From a day on which the person was there.
  double Chance(const std::vector<DayCode>& codes) {
    Forward(codes);
    double chance = 1;
    for (const double scale : scale_) chance *= scale;
    return chance;
  }

  // Adds what is expected of the word, so many times.
  void Expect(const std::vector<DayCode>& codes, double times, std::vector<double>& starts,
              double& unexplained) {
    Forward(codes);
    const auto states = static_cast<std::size_t>(states_);
    std::vector<double> after(states, 1.0);
    std::vector<double> before(states);
    for (std::size_t t = codes.size(); t-- > 0;) {
      const Emission e = EmissionOf(codes[t], most_shifts_);
      std::fill(before.begin(), before.end(), 0.0);
      EachStep(e, [&](std::size_t from, std::size_t to, double chance, int spell, bool odd) {
        const double onward = chance * after[to] / scale_[t];
        before[from] += onward;
        const double share = times * forward_[t][from] * onward;
        if (spell >= 0) starts[static_cast<std::size_t>(spell)] += share;
        if (odd) unexplained += share;
      });
      after.swap(before);
    }
  }

 private:
  void Forward(const std::vector<DayCode>& codes) {
    const auto states = static_cast<std::size_t>(states_);
    forward_.assign(codes.size() + 1, std::vector<double>(states));
    scale_.assign(codes.size(), 0);
    forward_[0][0] = 1;
    for (std::size_t t = 0; t < codes.size(); ++t) {
      std::vector<double>& next = forward_[t + 1];
      EachStep(EmissionOf(codes[t], most_shifts_),
               [&](std::size_t from, std::size_t to, double chance, int, bool) {
                 next[to] += forward_[t][from] * chance;
               });
      scale_[t] = Sum(next);
      for (double& chance : next) chance /= scale_[t];
    }
  }

  // One spell at most begins in a day; those that go on do not see it.
  template <typename Take>
  void EachStep(const Emission& e, const Take& take) const {
    for (std::int32_t left = 0; left < states_; ++left) {
      const auto from = static_cast<std::size_t>(left);
      const auto on = static_cast<std::size_t>(std::max(left - 1, 0));
      take(from, on, none_ * (left > 0 ? e.away : e.present), -1,
           left > 0 ? e.odd_away : e.odd_present);
      for (std::size_t j = 0; j < rates_.days.size(); ++j) {
        const double rate = rates_.per_day[j];
        const auto spell = static_cast<int>(j);
        if (rates_.days[j] == 0) {
          take(from, on, rate * (left > 0 ? e.away : e.one), spell,
               left > 0 ? e.odd_away : e.odd_one);
        } else {
          take(from, static_cast<std::size_t>(std::max(left, rates_.days[j]) - 1), rate * e.away,
               spell, e.odd_away);
        }
      }
    }
  }

  const SpellRates& rates_;
  std::int32_t most_shifts_;
  std::int32_t states_ = 1;
  double none_ = 1;
  std::vector<std::vector<double>> forward_;
  std::vector<double> scale_;
};

}  // namespace

AbsenceFitting::AbsenceFitting(const std::vector<ClassTable>& tables, const Working& working,
                               const std::vector<PersonCounts>& people)
    : working_(working) {
  for (const ClassTable& table : tables) {
    std::vector<std::int32_t>& length = length_.emplace_back();
    std::vector<double>& base = base_.emplace_back();
    for (const AbsenceRate& rate : table.absences) {
      length.push_back(rate.half_days / 2);
      longest_ = std::max(longest_, length.back());
      base.push_back(std::max(rate.per_year, kLeast) / working.days_a_year);
    }
    told_.emplace_back(length.size(), Told::Own);
  }
  std::map<Word, std::size_t> known;
  const DayCode unknown = Unknown(working.most_shifts);
  const auto longest = static_cast<std::size_t>(longest_);
  for (const PersonCounts& counts : people) {
    const Days& days = counts.days;
    Person& person = people_.emplace_back();
    std::map<std::size_t, int> words;
    Word word;
    // What happened before is not known: so many days that say nothing forget it.
    if (!days.fresh && !days.codes.empty()) word.assign(longest, unknown);
    std::size_t silent = word.size();
    person.days = static_cast<double>(silent);
    person.seen = days.seen;
    for (const DayCode& code : days.codes) {
      silent = code == unknown ? silent + 1 : 0;
      if (silent > longest) continue;
      ++person.days;
      word.push_back(code);
      if (code.away) continue;
      AddWord(word, known, words);
      word.clear();
    }
    AddWord(word, known, words);
    person.words.assign(words.begin(), words.end());
  }
}

void AbsenceFitting::AddWord(const Word& word, std::map<Word, std::size_t>& known,
                             std::map<std::size_t, int>& of) {
  // A day on which somebody was there, after another, has no spell in it.
  if (word.empty() || word == Word{{false, true, 0}}) return;
  const auto [at, added] = known.try_emplace(word, words_.size());
  if (added) words_.push_back(word);
  ++of[at->second];
}

ClassAbsences AbsenceFitting::FitClass(std::size_t k, const std::vector<double>& times,
                                       const std::vector<double>& of_word,
                                       double& unexplained) const {
  ClassAbsences fitted;
  for (std::size_t i = 0; i < people_.size(); ++i) fitted.looked_at += times[i] * people_[i].days;
  for (const std::int32_t days : length_[k]) {
    double places = 0;
    for (std::size_t i = 0; i < people_.size(); ++i) {
      // Before a day on which somebody is there because it is their last, a spell has to end.
      const double less = people_[i].seen ? std::max(days, 1) : 0;
      places += times[i] * std::max(people_[i].days - less, 0.0);
    }
    fitted.days.push_back(places);
  }
  SpellRates rates{length_[k], base_[k]};
  for (int step = 0; step < kMostSteps; ++step) {
    Chain chain(rates, working_.most_shifts);
    fitted.starts.assign(length_[k].size(), 0);
    unexplained = 0;
    for (std::size_t w = 0; w < words_.size(); ++w) {
      if (of_word[w] > 1e-9) chain.Expect(words_[w], of_word[w], fitted.starts, unexplained);
    }
    std::vector<double> next = rates.per_day;
    double shared = 0;
    double places = 0;
    for (std::size_t j = 0; j < next.size(); ++j) {
      if (fitted.days[j] <= 0) continue;
      if (told_[k][j] == Told::Own) {
        next[j] = fitted.starts[j] / fitted.days[j];
        continue;
      }
      shared += fitted.starts[j];
      places += base_[k][j] * fitted.days[j];
    }
    for (std::size_t j = 0; j < next.size(); ++j) {
      if (told_[k][j] != Told::Own && places > 0) next[j] = base_[k][j] * shared / places;
    }
    double change = 0;
    for (std::size_t j = 0; j < next.size(); ++j)
      change = std::max(change, std::abs(next[j] - rates.per_day[j]) - kStill * next[j]);
    rates.per_day = std::move(next);
    if (change <= 1e-12) break;
  }
  fitted.per_day = rates.per_day;
  return fitted;
}

StaffAbsences AbsenceFitting::Fit(const Assignment& assignment,
                                  const std::vector<int>& times) const {
  StaffAbsences all;
  for (std::size_t i = 0; i < people_.size(); ++i) all.days += times[i] * people_[i].days;
  for (std::size_t k = 0; k < length_.size(); ++k) {
    std::vector<double> of_class(people_.size());
    std::vector<double> of_word(words_.size());
    for (std::size_t i = 0; i < people_.size(); ++i) {
      of_class[i] =
          times[i] * assignment.chance(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(k));
      for (const auto& [word, count] : people_[i].words) of_word[word] += of_class[i] * count;
    }
    double unexplained = 0;
    all.classes.push_back(FitClass(k, of_class, of_word, unexplained));
    all.unexplained += unexplained;
  }
  return all;
}

void AbsenceFitting::TellApart(const Assignment& assignment) {
  for (std::vector<Told>& told : told_) std::fill(told.begin(), told.end(), Told::Own);
  const StaffAbsences first = Fit(assignment, std::vector<int>(people_.size(), 1));
  for (std::size_t k = 0; k < told_.size(); ++k) {
    const ClassAbsences& of = first.classes[k];
    double seen = 0;
    double by_file = 0;
    for (std::size_t j = 0; j < told_[k].size(); ++j) {
      const double expected = base_[k][j] * of.days[j];
      if (std::max(of.starts[j], expected) >= kFewestSpells) continue;
      told_[k][j] = Told::Shared;
      seen += of.starts[j];
      by_file += expected;
    }
    if (std::max(seen, by_file) < kFewestSpells)
      std::replace(told_[k].begin(), told_[k].end(), Told::Shared, Told::File);
  }
}

Places AbsenceFitting::PlacesOf(std::size_t k, std::size_t spell,
                                const StaffAbsences& fitted) const {
  const ClassAbsences& of = fitted.classes[k];
  if (told_[k][spell] == Told::Own) return {Seen(of.starts[spell]), of.days[spell], 1};
  Places all;
  double rates = 0;
  for (std::size_t j = 0; j < told_[k].size(); ++j) {
    if (told_[k][j] == Told::Own) continue;
    all.starts += of.starts[j];
    all.days += base_[k][j] * of.days[j];
    rates += base_[k][j];
  }
  return {Seen(all.starts), all.days / rates, base_[k][spell] / rates};
}

// So many days as give, with the spells seen, the rates of the classes in proportion.
Places AbsenceFitting::PlacesOfAll(const StaffAbsences& fitted) {
  Places all{0, fitted.days, 1};
  double rate = 0;
  for (const ClassAbsences& of : fitted.classes) {
    all.starts += Sum(of.starts);
    rate += of.looked_at * Sum(of.per_day);
  }
  all.starts = Seen(all.starts);
  if (all.starts > 0 && rate > 0) all.days = all.starts * fitted.days / rate;
  return all;
}

std::vector<Tally> AbsenceFitting::SpellsOf(const Assignment& assignment,
                                            const StaffAbsences& fitted) const {
  std::vector<Tally> spells(people_.size());
  for (std::size_t i = 0; i < people_.size(); ++i) spells[i].trials = people_[i].days;
  for (std::size_t k = 0; k < length_.size(); ++k) {
    const SpellRates rates{length_[k], fitted.classes[k].per_day};
    Chain chain(rates, working_.most_shifts);
    std::vector<double> of_word;
    for (const Word& word : words_) {
      std::vector<double> starts(length_[k].size());
      double unexplained = 0;
      chain.Expect(word, 1, starts, unexplained);
      of_word.push_back(Sum(starts));
    }
    for (std::size_t i = 0; i < people_.size(); ++i) {
      double began = 0;
      for (const auto& [word, count] : people_[i].words) began += of_word[word] * count;
      spells[i].hits +=
          began * assignment.chance(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(k));
    }
  }
  return spells;
}

std::vector<SpellRates> AbsenceFitting::RatesOf(const Assignment& assignment,
                                                const StaffAbsences& fitted) const {
  std::vector<SpellRates> rates;
  for (std::size_t k = 0; k < length_.size(); ++k) {
    SpellRates& of = rates.emplace_back(FileRates(k));
    for (std::size_t j = 0; j < of.per_day.size() && assignment.fitted[k]; ++j) {
      if (told_[k][j] != Told::File) of.per_day[j] = fitted.classes[k].per_day[j];
    }
  }
  return rates;
}

std::size_t RunCells(const std::vector<ClassTable>& tables) {
  std::int32_t longest = 1;
  for (const ClassTable& table : tables) {
    for (const AbsenceRate& rate : table.absences) longest = std::max(longest, rate.half_days / 2);
  }
  return static_cast<std::size_t>(2 + std::min(longest + 1, kMostCells));
}

std::vector<std::int64_t> CountRuns(const Days& days, std::size_t cells) {
  std::vector<std::int64_t> counts(cells);
  const std::size_t longest = cells - 2;
  const auto full = [](const DayCode& code) {
    return code.away + code.present <= 1 && code.one <= 1;
  };
  std::size_t known = 0;  // full days in a row, this one too
  for (std::size_t t = 0; t < days.codes.size(); ++t) {
    known = full(days.codes[t]) ? known + 1 : 0;
    if (known <= longest) continue;
    const DayCode* before = &days.codes[t - longest];
    const DayCode* first = before + 1;
    if (before->away || first->present) {
      ++counts[0];
    } else if (!first->away) {
      ++counts[1];
    } else {
      std::size_t run = 1;
      while (run < longest && first[run].away) ++run;
      ++counts[1 + run];
    }
  }
  return counts;
}

std::vector<double> RunChances(const SpellRates& rates, std::int32_t most_shifts,
                               std::size_t cells) {
  std::vector<double> chances(cells);
  Chain chain(rates, most_shifts);
  // That nothing begun before takes the day before, and that it is not away itself.
  double there = 1;
  double longer = 0;
  for (std::size_t j = 0; j < rates.days.size(); ++j) {
    if (rates.days[j] > 0 || most_shifts == 1) longer += rates.per_day[j];
  }
  there -= longer;
  std::int32_t longest = 1;
  for (const std::int32_t days : rates.days) longest = std::max(longest, days);
  for (std::int32_t lag = 1; lag < longest; ++lag) {
    double still = 0;
    for (std::size_t j = 0; j < rates.days.size(); ++j)
      still += rates.days[j] > lag ? rates.per_day[j] : 0;
    there *= 1 - still;
  }
  const DayCode away{true, false, most_shifts == 1 ? 1 : 0};
  const std::size_t runs = cells - 2;
  double begun = chain.Chance({away});
  if (most_shifts > 1) {
    chances[1] = 0;
    for (std::size_t j = 0; j < rates.days.size(); ++j)
      chances[1] += rates.days[j] == 0 ? there * rates.per_day[j] : 0;
  }
  double none = 1 - chances[1];
  for (std::size_t run = 1; run <= runs; ++run) {
    const double next = run < runs ? chain.Chance(std::vector<DayCode>(run + 1, away)) : 0;
    chances[1 + run] = there * (begun - next);
    none -= chances[1 + run];
    begun = next;
  }
  chances[0] = none;
  return chances;
}

}  // namespace cotejo::calibration
