#include "scenarios/calibration/differences.h"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/tools/minima.hpp>
#include <boost/math/tools/roots.hpp>
#include <cmath>
#include <numeric>
#include <utility>

#include "scenarios/population/traits.h"

namespace cotejo::calibration {
namespace {

using base::Text;
using population::KeyOf;
using population::Trait;

constexpr double kTail = 0.025;
constexpr double kTiny = 1e-300;
constexpr double kStart = 0.3;          // of a deviation, at least
constexpr double kLeastAbsences = 0.2;  // deviation that is told from none

Eigen::Index At(std::size_t i) { return static_cast<Eigen::Index>(i); }

// Student's, for few people.
double Quantile(std::size_t people) {
  const boost::math::students_t t(std::max(static_cast<double>(people) - 1, 1.0));
  return -boost::math::quantile(t, kTail);
}

// What a log-likelihood falls by at the ends of an interval.
double FallOf(std::size_t people) { return Quantile(people) * Quantile(people) / 2; }

// Between the top of a log-likelihood and a limit: how far it is not less than so much.
template <typename Function>
double Reach(const Function& log_likelihood, double top, double limit, double least) {
  constexpr double kClose = 0.002;
  if (log_likelihood(limit) >= least) return limit;
  const auto found = boost::math::tools::bisect([&](double x) { return log_likelihood(x) - least; },
                                                std::min(limit, top), std::max(limit, top),
                                                [](double a, double b) { return b - a < kClose; });
  return (found.first + found.second) / 2;
}

// Enough people did it, to tell how they differ.
bool Enough(const std::vector<Tally>& tallies) {
  const auto some = std::count_if(tallies.begin(), tallies.end(),
                                  [](const Tally& tally) { return tally.hits >= 0.5; });
  return static_cast<double>(some) >= kFewestPeople;
}

Assignment AssignOnce(const std::vector<ClassTable>& tables, const Layout& layout,
                      const std::vector<PersonCounts>& people, Model from,
                      const Sought& sought = {}) {
  return Assign(tables, layout, people, std::vector<int>(people.size(), 1), std::move(from),
                sought);
}

// The classes of the file, all late more often by the same odds, or less, so that together they are
// as often as these people.
std::vector<ClassTable> AsLateAsSeen(std::vector<ClassTable> tables, const Layout& layout,
                                     const std::vector<PersonCounts>& people) {
  constexpr int kHalvings = 40;
  Tally seen;
  for (const Tally& one : LateTallies(layout, people)) {
    seen.hits += one.hits;
    seen.trials += one.trials;
  }
  const std::vector<double> in_file = LateChances(layout, ModelOf(tables));
  const auto by = [](double late, double odds) { return odds * late / (1 - late + odds * late); };
  double low = -10, high = 10;  // logarithms of the odds
  for (int i = 0; i < kHalvings; ++i) {
    const double middle = (low + high) / 2;
    double late = 0;
    for (std::size_t k = 0; k < tables.size(); ++k)
      late += tables[k].weight * by(in_file[k], std::exp(middle));
    (late * seen.trials < seen.hits ? low : high) = middle;
  }
  for (std::size_t k = 0; k < tables.size(); ++k) {
    if (in_file[k] <= 0 || in_file[k] >= 1) continue;
    const double late = by(in_file[k], std::exp(low));
    for (Band& band : tables[k].bands)
      band.share *= band.from > 0 ? late / in_file[k] : (1 - late) / (1 - in_file[k]);
  }
  return tables;
}

// Classes as these people are, in order of how often they are late, cut where `weights` says: the
// first of them for the class that is late least in the file.
std::vector<ClassTable> CutInOrder(std::vector<ClassTable> tables, const Layout& layout,
                                   const std::vector<PersonCounts>& people,
                                   const std::vector<double>& weights) {
  const std::vector<double> in_file = LateChances(layout, ModelOf(tables));
  const std::vector<Tally> seen = LateTallies(layout, people);
  const auto in_order = [](std::size_t count, const auto& less) {
    std::vector<std::size_t> order(count);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), less);
    return order;
  };
  const auto classes =
      in_order(tables.size(), [&](auto a, auto b) { return in_file[a] < in_file[b]; });
  const auto often = [&](std::size_t i) { return seen[i].hits / std::max(seen[i].trials, 1.0); };
  const auto persons = in_order(people.size(), [&](auto a, auto b) { return often(a) < often(b); });
  std::size_t next = 0;
  double upto = 0;
  for (const std::size_t k : classes) {
    upto += weights[k] * static_cast<double>(people.size());
    std::vector<double> counts(tables[k].bands.size());
    for (; next < persons.size() && static_cast<double>(next) + 0.5 < upto; ++next) {
      for (std::size_t c = 0; c < layout.cells; ++c)
        counts[layout.band[k][c]] += static_cast<double>(people[persons[next]].cells[c]);
    }
    const double sum = std::accumulate(counts.begin(), counts.end(), 1.0);
    for (std::size_t b = 0; b < counts.size(); ++b)
      tables[k].bands[b].share = (counts[b] + tables[k].bands[b].share) / sum;
    tables[k].weight = weights[k];
  }
  return tables;
}

// Where else than in the file to seek from: it, as late as these people; and these people in order,
// cut as the file has it, alike, and in between.
std::vector<std::vector<ClassTable>> Starts(const std::vector<ClassTable>& tables,
                                            const Layout& layout,
                                            const std::vector<PersonCounts>& people) {
  std::vector<std::vector<ClassTable>> starts = {AsLateAsSeen(tables, layout, people)};
  const double alike = 1 / static_cast<double>(tables.size());
  for (const double part : {0.0, 0.5, 1.0}) {
    std::vector<double> weights;
    for (const ClassTable& table : tables)
      weights.push_back((1 - part) * table.weight + part * alike);
    starts.push_back(CutInOrder(tables, layout, people, weights));
  }
  return starts;
}

// People alike, sought from several places: where all are much later than the file has them, one
// class may take the people of two from there, and another be left with nobody. What is about as
// likely goes by what the file calls it.
Assignment AssignAlike(const std::vector<ClassTable>& tables, const Layout& layout,
                       const std::vector<PersonCounts>& people) {
  constexpr double kLikelier = 3;  // natural logarithm
  Assignment best = AssignOnce(tables, layout, people, ModelOf(tables));
  for (const std::vector<ClassTable>& start : Starts(tables, layout, people)) {
    Assignment other = AssignOnce(start, layout, people, ModelOf(start));
    if (other.log_likelihood > best.log_likelihood + kLikelier) best = std::move(other);
  }
  return best;
}

bool IsArrivalPair(const TraitTable::Pair& pair) {
  return std::minmax(pair.first, pair.second) == std::minmax(Trait::Punctuality, Trait::Forgetting);
}

const TraitTable::Pair* ArrivalPair(const TraitTable& traits) {
  const auto pair = std::find_if(traits.pairs.begin(), traits.pairs.end(), IsArrivalPair);
  return pair == traits.pairs.end() ? nullptr : &*pair;
}

// What can be told from what people did; the rest is as the file says.
Sought SoughtOf(const TraitTable& traits, const Layout& layout,
                const std::vector<PersonCounts>& people) {
  Sought sought;
  sought.lateness = traits.of(Trait::Punctuality) && Enough(LateTallies(layout, people));
  sought.forgetting = traits.of(Trait::Forgetting) && Enough(OmittedTallies(people));
  sought.together = sought.lateness && sought.forgetting && ArrivalPair(traits) != nullptr;
  return sought;
}

Dispersion DispersionFrom(const TraitTable& traits, const Sought& sought) {
  const auto from = [](const std::optional<double>& file, bool is_sought, double least) {
    if (is_sought) return std::max(*file, kStart);
    return file.value_or(0) < least ? 0.0 : *file;
  };
  Dispersion dispersion;
  dispersion.lateness = from(traits.of(Trait::Punctuality), sought.lateness, kLeastLateness);
  dispersion.forgetting = from(traits.of(Trait::Forgetting), sought.forgetting, kLeastForgetting);
  const TraitTable::Pair* pair = ArrivalPair(traits);
  if (pair != nullptr && dispersion.lateness > 0 && dispersion.forgetting > 0)
    dispersion.together = std::clamp(pair->value, -kMostTogether, kMostTogether);
  return dispersion;
}

double LeastOf(double Dispersion::*figure) {
  return figure == &Dispersion::lateness ? kLeastLateness : kLeastForgetting;
}

// Among the people drawn again, on the scale on which a figure is sought.
template <typename Scale>
double Deviation(const std::vector<Dispersion>& resampled, const Scale& scale) {
  Eigen::ArrayXd values(At(resampled.size()));
  for (std::size_t r = 0; r < resampled.size(); ++r) values(At(r)) = scale(resampled[r]);
  return std::sqrt((values - values.mean()).square().sum() /
                   std::max(static_cast<double>(values.size()) - 1, 1.0));
}

Text FewDidIt() {
  return {"menos de 10 personas lo hicieron alguna vez", "fewer than 10 people ever did it"};
}

}  // namespace

Assignment AssignDiffering(const std::vector<ClassTable>& tables, const Layout& layout,
                           const std::vector<PersonCounts>& people, const TraitTable& traits) {
  const Sought sought = SoughtOf(traits, layout, people);
  const Dispersion dispersion = DispersionFrom(traits, sought);
  if (dispersion.lateness == 0 && dispersion.forgetting == 0)
    return AssignAlike(tables, layout, people);
  Assignment a = AssignOnce(tables, layout, people, ModelOf(tables));
  a.model.dispersion = dispersion;
  a = AssignOnce(tables, layout, people, a.model, sought);
  // What comes down to the least is none, and the rest is sought again without it.
  const bool none_late = sought.lateness && a.model.dispersion.lateness <= kLeastLateness;
  const bool none_omitted = sought.forgetting && a.model.dispersion.forgetting <= kLeastForgetting;
  if (!none_late && !none_omitted) return a;
  if (none_late) a.model.dispersion.lateness = 0;
  if (none_omitted) a.model.dispersion.forgetting = 0;
  a.model.dispersion.together = 0;
  return AssignOnce(tables, layout, people, a.model,
                    {sought.lateness && !none_late, sought.forgetting && !none_omitted, false});
}

Differences::Differences(const std::vector<ClassTable>& tables, const Layout& layout,
                         const std::vector<PersonCounts>& people, const TraitTable& traits,
                         Assignment best, const std::vector<Tally>& spells,
                         const std::vector<SpellRates>& rates)
    : tables_(tables),
      layout_(layout),
      people_(people),
      file_(traits),
      best_(std::move(best)),
      evidence_(layout, people, best_.model.dispersion) {
  const std::optional<double>& file = traits.of(Trait::Attendance);
  if (!file || spells.empty()) return;
  absences_.emplace(spells, 1, kLeastAbsences);
  for (const SpellRates& of : rates)
    absence_means_.push_back(std::accumulate(of.per_day.begin(), of.per_day.end(), 0.0));
  absences_sought_ = Enough(spells);
  absence_deviation_ = absences_sought_ ? LikeliestAbsences() : *file;
  if (absence_deviation_ < kLeastAbsences) absence_deviation_ = 0;
}

double Differences::LogLikelihood(const Dispersion& dispersion) const {
  Model model = best_.model;
  model.dispersion = dispersion;
  return AssignOnce(tables_, layout_, people_, std::move(model)).log_likelihood;
}

// But for a constant. Who is of which class, absences do not tell (decision 0015).
double Differences::AbsenceLogLikelihood(double deviation) const {
  Eigen::VectorXd likely = Eigen::VectorXd::Zero(best_.chance.rows());
  for (Eigen::Index k = 0; k < best_.chance.cols(); ++k) {
    const double mean = absence_means_[static_cast<std::size_t>(k)];
    const Eigen::VectorXd weights =
        absences_->Weights(absences_->LocationOf(mean, deviation), deviation);
    for (std::size_t i = 0; i < people_.size(); ++i)
      likely(At(i)) += best_.chance(At(i), k) * absences_->likelihood()[i].of(weights).sum();
  }
  return likely.array().max(kTiny).log().sum();
}

double Differences::LikeliestAbsences() const {
  constexpr int kBits = 12;
  const auto [log, least] = boost::math::tools::brent_find_minima(
      [&](double x) { return -AbsenceLogLikelihood(std::exp(x)); }, std::log(kLeastAbsences),
      std::log(population::kMostDeviation), kBits);
  return -AbsenceLogLikelihood(kLeastAbsences) <= least ? 0 : std::exp(log);
}

double Differences::LogLikelihoodWith(double Dispersion::*figure, double value) const {
  Dispersion dispersion = best_.model.dispersion;
  dispersion.*figure = value;
  return LogLikelihood(dispersion);
}

Differences::Interval Differences::DeviationInterval(
    double Dispersion::*figure, const std::vector<Dispersion>& resampled) const {
  const auto with = [&](double value) { return LogLikelihoodWith(figure, value); };
  const double least = LeastOf(figure);
  const double fall = FallOf(people_.size());
  const double top = best_.model.dispersion.*figure;
  if (top == 0) return {0, Reach(with, least, population::kMostDeviation, with(least) - fall)};
  const double by = Quantile(people_.size()) * Deviation(resampled, [&](const Dispersion& again) {
                      return std::log(again.*figure);
                    });
  Interval interval{top / std::exp(by), std::min(top * std::exp(by), population::kMostDeviation)};
  // That there be none is not on the scale.
  if (interval.low <= least || with(least) >= best_.log_likelihood - fall) interval.low = 0;
  return interval;
}

// With as few omissions as there are it is often as far as it can be, and people drawn again do not
// bring it back: it reaches at least as far as is likely.
Differences::Interval Differences::CorrelationInterval(
    const std::vector<Dispersion>& resampled) const {
  const auto with = [&](double value) { return LogLikelihoodWith(&Dispersion::together, value); };
  const double top = best_.model.dispersion.together;
  const double by = Quantile(people_.size()) * Deviation(resampled, [](const Dispersion& again) {
                      return std::atanh(again.together);
                    });
  const double least = best_.log_likelihood - FallOf(people_.size());
  return {
      std::max(std::min(Reach(with, top, -kMostTogether, least), std::tanh(std::atanh(top) - by)),
               -kMostTogether),
      std::min(std::max(Reach(with, top, kMostTogether, least), std::tanh(std::atanh(top) + by)),
               kMostTogether)};
}

Text Differences::WhyNot(Trait trait) const {
  switch (trait) {
    case Trait::Punctuality:
      return Enough(LateTallies(layout_, people_)) ? Text{} : FewDidIt();
    case Trait::Forgetting:
      return Enough(OmittedTallies(people_)) ? Text{} : FewDidIt();
    case Trait::Attendance:
      if (!absences_)
        return {"sin la lista de ausencias autorizadas no se sabe quién falta",
                "without the list of authorised absences it is not known who is absent"};
      return absences_sought_ ? Text{} : FewDidIt();
    case Trait::Conduct:
      break;
  }
  return {"un reloj no dice nada de ella", "a clock says nothing of it"};
}

std::vector<FittedTrait> Differences::Deviations(const std::vector<Dispersion>& resampled) const {
  const auto people = static_cast<double>(people_.size());
  std::vector<FittedTrait> fitted;
  for (const Trait trait : population::kAllTraits) {
    const std::optional<double>& file = file_.of(trait);
    if (!file) continue;
    FittedTrait& one = fitted.emplace_back();
    one = {KeyOf(trait), {*file, *file, 0, 0, 0}, false, WhyNot(trait)};
    one.told = one.why_not.es.empty();
    if (!one.told) continue;
    if (trait == Trait::Attendance) {
      const auto log_likelihood = [&](double x) { return AbsenceLogLikelihood(std::exp(x)); };
      const double top = std::log(std::max(absence_deviation_, kLeastAbsences));
      const double least = log_likelihood(top) - FallOf(people_.size());
      const double low = Reach(log_likelihood, top, std::log(kLeastAbsences), least);
      const double high = Reach(log_likelihood, top, std::log(population::kMostDeviation), least);
      one.deviation = {*file, absence_deviation_,
                       low <= std::log(kLeastAbsences) ? 0 : std::exp(low), std::exp(high), people};
      continue;
    }
    double Dispersion::*figure =
        trait == Trait::Punctuality ? &Dispersion::lateness : &Dispersion::forgetting;
    const Interval interval = DeviationInterval(figure, resampled);
    one.deviation = {*file, best_.model.dispersion.*figure, interval.low, interval.high, people};
  }
  return fitted;
}

Text Differences::WhyNot(const TraitTable::Pair& pair) const {
  for (const Trait trait : {pair.first, pair.second}) {
    if (const Text why = WhyNot(trait); !why.es.empty())
      return {std::string(KeyOf(trait)) + ": " + why.es, std::string(KeyOf(trait)) + ": " + why.en};
  }
  if (!IsArrivalPair(pair))
    return {"de cada persona se ven muy pocas inasistencias para saber con qué van",
            "too few absences of each person are seen to know what they go with"};
  if (best_.model.dispersion.lateness == 0 || best_.model.dispersion.forgetting == 0)
    return {"en una de las dos cosas las personas no se apartan de su clase",
            "in one of the two, people do not differ from their class"};
  if (!population::Possible(AsFitted()))
    return {"con la ajustada, nadie podría tener además las otras del archivo",
            "with the one fitted, nobody could have the others of the file as well"};
  return {};
}

population::Traits Differences::AsFitted() const {
  population::Traits all;
  for (std::size_t t = 0; t < population::kTraits; ++t) all.correlation[t][t] = 1;
  for (const TraitTable::Pair& pair : file_.pairs) {
    const auto first = static_cast<std::size_t>(pair.first);
    const auto second = static_cast<std::size_t>(pair.second);
    all.correlation[first][second] = all.correlation[second][first] =
        IsArrivalPair(pair) ? best_.model.dispersion.together : pair.value;
  }
  return all;
}

std::vector<FittedPair> Differences::Correlations(const std::vector<Dispersion>& resampled) const {
  std::vector<FittedPair> fitted;
  for (const TraitTable::Pair& pair : file_.pairs) {
    FittedPair& one = fitted.emplace_back();
    one = {KeyOf(pair.first),
           KeyOf(pair.second),
           {pair.value, pair.value, 0, 0, 0},
           false,
           WhyNot(pair)};
    one.told = one.why_not.es.empty();
    if (!one.told) continue;
    const Interval interval = CorrelationInterval(resampled);
    one.correlation = {pair.value, best_.model.dispersion.together, interval.low, interval.high,
                       static_cast<double>(people_.size())};
  }
  return fitted;
}

OwnFactors Differences::Draw(std::optional<std::size_t> person, std::size_t of_class,
                             const Model& model, const std::array<double, 3>& uniform) const {
  const auto pick = [](const Eigen::VectorXd& weights, double u) {
    Eigen::Index node = 0;
    double left = u * weights.sum();
    while (node + 1 < weights.size() && left >= weights(node)) left -= weights(node++);
    return node;
  };
  OwnFactors own;
  if (model.dispersion.lateness > 0 || model.dispersion.forgetting > 0) {
    const Eigen::MatrixXd joint = evidence_.Posterior(model, of_class, person);
    const Eigen::Index late = pick(joint.rowwise().sum(), uniform[0]);
    const Eigen::Index omitted = pick(joint.row(late).transpose(), uniform[1]);
    const double often = LateChance(layout_, model, of_class);
    if (model.dispersion.lateness > 0 && often > 0)
      own.lateness = std::exp(evidence_.late_logs()(late)) / often;
    if (model.dispersion.forgetting > 0 && model.omission[of_class] > 0)
      own.omissions = std::exp(evidence_.omission_logs()(omitted)) / model.omission[of_class];
  }
  const double mean = absence_deviation_ > 0 ? absence_means_[of_class] : 0;
  if (mean > 0) {
    const Eigen::VectorXd weights =
        absences_->Weights(absences_->LocationOf(mean, absence_deviation_), absence_deviation_);
    const Likelihood seen = person ? absences_->likelihood()[*person]
                                   : Likelihood{0, Eigen::VectorXd::Ones(weights.size())};
    const Eigen::Index node = seen.from + pick(seen.of(weights), uniform[2]);
    own.absences = std::exp(absences_->logs()(node)) / mean;
  }
  return own;
}

}  // namespace cotejo::calibration
