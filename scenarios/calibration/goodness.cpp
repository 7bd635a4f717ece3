// How well a model tells what was seen, with the people as what is independent.
#include <algorithm>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/chi_squared.hpp>
#include <cmath>

#include "scenarios/calibration/absences.h"
#include "scenarios/calibration/classes.h"
#include "scenarios/calibration/differences.h"
#include "scenarios/calibration/fit.h"

namespace cotejo::calibration {
namespace {

using base::Text;

constexpr double kLeastExpected = 5;  // below it, cells are put together

// Arrivals of one person, seen and expected, by cell.
struct Compared {
  Eigen::VectorXd seen, expected;
};

double ChiSquareTail(double statistic, int degrees) {
  return boost::math::cdf(boost::math::complement(boost::math::chi_squared(degrees), statistic));
}

Eigen::VectorXd SeenOf(const PersonCounts& person) {
  Eigen::VectorXd seen(static_cast<Eigen::Index>(person.cells.size()));
  for (std::size_t c = 0; c < person.cells.size(); ++c)
    seen(static_cast<Eigen::Index>(c)) = static_cast<double>(person.cells[c]);
  return seen;
}

Text CellName(const std::vector<std::int32_t>& cuts, std::size_t cell) {
  const auto n = [](std::int32_t value) { return std::to_string(value); };
  if (cuts.empty()) return {"todas las llegadas", "all the arrivals"};
  if (cell == 0)
    return {"hasta " + n(cuts[0] - 1) + " minutos", "up to " + n(cuts[0] - 1) + " minutes"};
  if (cell == cuts.size())
    return {"desde " + n(cuts.back()) + " minutos", "from " + n(cuts.back()) + " minutes"};
  return {"de " + n(cuts[cell - 1]) + " a " + n(cuts[cell] - 1) + " minutos",
          n(cuts[cell - 1]) + " to " + n(cuts[cell] - 1) + " minutes"};
}

std::vector<Text> CellNames(const std::vector<std::int32_t>& cuts) {
  std::vector<Text> names;
  for (std::size_t cell = 0; cell <= cuts.size(); ++cell) names.push_back(CellName(cuts, cell));
  return names;
}

std::vector<Text> RunNames(std::size_t cells) {
  std::vector<Text> names = {{"días en que no empieza ninguna", "days on which none begins"},
                             {"de medio día", "of half a day"}};
  for (std::size_t days = 1; days + 2 <= cells; ++days) {
    const std::string n = std::to_string(days);
    if (days == 1) {
      names.push_back({"de 1 día", "of 1 day"});
    } else if (days + 2 == cells) {
      names.push_back({"de " + n + " días o más", "of " + n + " days or more"});
    } else {
      names.push_back({"de " + n + " días", "of " + n + " days"});
    }
  }
  return names;
}

// `more`: what the variance is to be multiplied by because what is expected was itself estimated.
Goodness Compare(Text what, const std::vector<Compared>& people, const std::vector<Text>& names,
                 double more) {
  Goodness g;
  g.what = std::move(what);
  const auto cells = static_cast<Eigen::Index>(names.size());
  Eigen::VectorXd seen = Eigen::VectorXd::Zero(cells);
  Eigen::VectorXd expected = Eigen::VectorXd::Zero(cells);
  for (const Compared& person : people) {
    seen += person.seen;
    expected += person.expected;
  }
  const double total = seen.sum();
  // Cells of few go with the one before; the first ones, with the one after.
  std::vector<Eigen::Index> group(static_cast<std::size_t>(cells));
  Eigen::Index groups = 0;
  double held = 0;
  for (Eigen::Index c = 0; c < cells; ++c) {
    group[static_cast<std::size_t>(c)] = groups;
    held += expected(c);
    const double rest = expected.tail(cells - c - 1).sum();
    if (held < kLeastExpected || rest < kLeastExpected) continue;
    ++groups;
    held = 0;
  }
  ++groups;
  if (groups < 2 || people.size() < 2) {
    g.why_not = {"hay muy poco que comparar", "there is too little to compare"};
    return g;
  }
  Eigen::VectorXd gap = Eigen::VectorXd::Zero(groups);
  Eigen::VectorXd among = Eigen::VectorXd::Zero(groups);  // expected
  Eigen::VectorXd variance = Eigen::VectorXd::Zero(groups);
  for (const Compared& person : people) {
    Eigen::VectorXd own = Eigen::VectorXd::Zero(groups);
    for (Eigen::Index c = 0; c < cells; ++c) {
      own(group[static_cast<std::size_t>(c)]) += person.seen(c) - person.expected(c);
      among(group[static_cast<std::size_t>(c)]) += person.expected(c);
    }
    gap += own;
    variance += own.cwiseProduct(own);
  }
  double inflation = 0;
  for (Eigen::Index b = 0; b < groups; ++b) {
    const double share = among(b) / total;
    g.statistic += gap(b) * gap(b) / among(b);
    inflation += (1 - share) * variance(b) * more / (total * share * (1 - share));
  }
  g.degrees = static_cast<int>(groups) - 1;
  g.inflation = std::max(1.0, inflation / g.degrees);
  g.p = ChiSquareTail(g.statistic / g.inflation, g.degrees);
  for (Eigen::Index c = 0; c < cells; ++c) {
    const double difference = (seen(c) - expected(c)) / total;
    if (std::abs(difference) <= std::abs(g.largest_gap)) continue;
    g.largest_gap = difference;
    g.where = names[static_cast<std::size_t>(c)];
  }
  g.done = true;
  return g;
}

// What a person is expected to do, given the chances of each class.
Compared Expect(const Eigen::VectorXd& seen, const Eigen::VectorXd& of,
                const std::vector<std::vector<double>>& cell_chances) {
  Compared compared{seen, {}};
  compared.expected = Eigen::VectorXd::Zero(compared.seen.size());
  const double arrivals = compared.seen.sum();
  for (std::size_t k = 0; k < cell_chances.size(); ++k) {
    for (std::size_t c = 0; c < cell_chances[k].size(); ++c)
      compared.expected(static_cast<Eigen::Index>(c)) +=
          arrivals * of(static_cast<Eigen::Index>(k)) * cell_chances[k][c];
  }
  return compared;
}

Eigen::VectorXd RunsOf(const PersonCounts& person, std::size_t cells) {
  const std::vector<std::int64_t> counts = CountRuns(person.days, cells);
  Eigen::VectorXd seen(static_cast<Eigen::Index>(cells));
  for (std::size_t c = 0; c < cells; ++c)
    seen(static_cast<Eigen::Index>(c)) = static_cast<double>(counts[c]);
  return seen;
}

// What is known of a person before what is to be told, by class: that they are of it, and how
// often they are late if they are.
struct Known {
  Eigen::VectorXd of, late;
};

Known KnownOf(const PersonCounts& person, const std::vector<PersonCounts>& before,
              const Assignment& a, const std::vector<double>& late) {
  const auto at = std::find_if(before.begin(), before.end(), [&](const PersonCounts& other) {
    return other.person == person.person;
  });
  const auto classes = static_cast<Eigen::Index>(late.size());
  Known known{Eigen::Map<const Eigen::VectorXd>(a.model.weight.data(), classes),
              Eigen::Map<const Eigen::VectorXd>(late.data(), classes)};
  if (at == before.end()) return known;
  known.of = a.chance.row(at - before.begin());
  if (a.late.rows() > 0) known.late = a.late.row(at - before.begin());
  return known;
}

// The same arrivals by class, of somebody who is late so often.
std::vector<std::vector<double>> OwnChances(std::vector<std::vector<double>> cell_chances,
                                            std::size_t late_from, const std::vector<double>& late,
                                            const Eigen::VectorXd& own) {
  for (std::size_t k = 0; k < late.size(); ++k) {
    const double is_late = own(static_cast<Eigen::Index>(k));
    for (std::size_t c = 0; c < cell_chances[k].size(); ++c) {
      if (c >= late_from && late[k] > 0) cell_chances[k][c] *= is_late / late[k];
      if (c < late_from && late[k] < 1) cell_chances[k][c] *= (1 - is_late) / (1 - late[k]);
    }
  }
  return cell_chances;
}

// Of people in order of how often they are late, as many in each part as the fit says? Where in
// that order somebody is, the count of late arrivals tells but for its own ties, which are spread
// evenly (Czado, Gneiting and Held, 2009). What was fitted makes the parts more alike than chance
// would: that they are not is rejected less often than the level says.
Goodness DifferAsFitted(const std::vector<ClassTable>& tables,
                        const std::vector<PersonCounts>& people, const TraitTable& traits) {
  constexpr std::size_t kMostParts = 10;
  constexpr double kRelevant = 1e-9;
  Goodness g;
  g.what = {"cuántas personas llegan tarde poco o mucho, contra las clases y el rasgo ajustados",
            "how many people are late little or often, against the classes and trait fitted"};
  const Layout layout = LayOut(tables, Cells(tables));
  const Assignment a = AssignDiffering(tables, layout, people, traits);
  std::vector<Tally> tallies;
  for (const Tally& tally : LateTallies(layout, people)) {
    if (tally.trials > 0) tallies.push_back(tally);
  }
  const std::size_t parts =
      std::min(kMostParts, tallies.size() / static_cast<std::size_t>(kLeastExpected));
  if (parts < 2 || a.model.dispersion.lateness == 0) {
    g.why_not = {"hay muy pocas personas, o no se apartan de su clase",
                 "there are too few people, or they do not differ from their class"};
    return g;
  }
  const RandomEffect effect({}, 1, kLeastLateness);
  Eigen::VectorXd weights = Eigen::VectorXd::Zero(effect.logs().size());
  const double deviation = a.model.dispersion.lateness;
  for (std::size_t k = 0; k < tables.size(); ++k) {
    const double at = effect.LocationOf(LateChance(layout, a.model, k), deviation);
    weights += a.model.weight[k] * effect.Weights(at, deviation);
  }
  const auto below = [&](const Tally& tally, double hits) {
    double sum = 0;
    for (Eigen::Index node = 0; hits >= 0 && node < weights.size(); ++node) {
      if (weights(node) < kRelevant) continue;
      const boost::math::binomial_distribution<double> count(tally.trials,
                                                             std::exp(effect.logs()(node)));
      sum += weights(node) * boost::math::cdf(count, hits);
    }
    return std::min(sum, 1.0);
  };
  std::vector<double> seen(parts);
  for (const Tally& tally : tallies) {
    const double from = below(tally, tally.hits - 1);
    const double to = std::max(below(tally, tally.hits), from + kRelevant);
    for (std::size_t part = 0; part < parts; ++part) {
      const double low = static_cast<double>(part) / static_cast<double>(parts);
      const double high = static_cast<double>(part + 1) / static_cast<double>(parts);
      seen[part] += std::max(0.0, std::min(to, high) - std::max(from, low)) / (to - from);
    }
  }
  const auto all = static_cast<double>(tallies.size());
  const double expected = all / static_cast<double>(parts);
  for (std::size_t part = 0; part < parts; ++part) {
    const double gap = seen[part] - expected;
    g.statistic += gap * gap / expected;
    if (std::abs(gap / all) <= std::abs(g.largest_gap)) continue;
    g.largest_gap = gap / all;
    const std::string which = std::to_string(part + 1) + " de " + std::to_string(parts);
    g.where = {"personas de la parte " + which + ", de menos a más atrasos",
               "people of part " + std::to_string(part + 1) + " of " + std::to_string(parts) +
                   ", from least to most often late"};
  }
  g.degrees = static_cast<int>(parts) - 1;
  g.p = ChiSquareTail(g.statistic, g.degrees);
  g.done = true;
  return g;
}

double Arrivals(const std::vector<PersonCounts>& people) {
  double sum = 0;
  for (const PersonCounts& person : people) sum += SeenOf(person).sum();
  return sum;
}

}  // namespace

Goodness AgainstFile(const std::vector<ClassTable>& tables,
                     const std::vector<PersonCounts>& people) {
  const std::vector<std::int32_t> cuts = Cells(tables);
  const Model model = ModelOf(tables);
  const auto chances = CellChances(LayOut(tables, cuts), model);
  const Eigen::VectorXd of = Eigen::Map<const Eigen::VectorXd>(
      model.weight.data(), static_cast<Eigen::Index>(model.weight.size()));
  std::vector<Compared> compared;
  for (const PersonCounts& person : people) compared.push_back(Expect(SeenOf(person), of, chances));
  return Compare({"llegadas por franja, contra el archivo sin calibrar",
                  "arrivals by band, against the file uncalibrated"},
                 compared, CellNames(cuts), 1);
}

Goodness AlikeWithin(const std::vector<ClassTable>& tables, const std::vector<PersonCounts>& people,
                     const TraitTable& traits) {
  if (traits.of(population::Trait::Punctuality)) return DifferAsFitted(tables, people, traits);
  Goodness g;
  g.what = {"parecido de las personas de una misma clase, en cuántas veces llegan tarde",
            "likeness of the people of a class, in how often they are late"};
  const std::vector<std::int32_t> cuts = Cells(tables);
  const Layout layout = LayOut(tables, cuts);
  const Assignment a = AssignDiffering(tables, layout, people, {});
  const auto chances = CellChances(layout, a.model);
  const auto late_from = static_cast<Eigen::Index>(CellOf(cuts, 1));
  std::vector<bool> used(tables.size());
  double largest = 0;
  int compared = 0;
  for (std::size_t i = 0; i < people.size(); ++i) {
    Eigen::Index k = 0;
    a.chance.row(static_cast<Eigen::Index>(i)).maxCoeff(&k);
    const auto& of = chances[static_cast<std::size_t>(k)];
    const Eigen::VectorXd seen = SeenOf(people[i]);
    const double n = seen.sum();
    double p = 0;
    for (auto c = static_cast<std::size_t>(late_from); c < of.size(); ++c) p += of[c];
    if (n * p * (1 - p) < 1) continue;  // too few to tell
    const double gap = seen.tail(seen.size() - late_from).sum() - n * p;
    g.statistic += gap * gap / (n * p * (1 - p));
    used[static_cast<std::size_t>(k)] = true;
    ++compared;
    if (std::abs(gap / n) > std::abs(largest)) {
      largest = gap / n;
      const std::string& name = tables[static_cast<std::size_t>(k)].name;
      g.where = {"una persona de la clase «" + name + "»", "a person of the class '" + name + "'"};
    }
  }
  g.largest_gap = largest;
  g.one_person = true;
  g.degrees = compared - static_cast<int>(std::count(used.begin(), used.end(), true));
  if (g.degrees < 1) {
    g.why_not = {"hay muy pocas personas con atrasos bastantes",
                 "there are too few people with lateness enough"};
    return g;
  }
  g.p = ChiSquareTail(g.statistic, g.degrees);
  g.done = true;
  return g;
}

Goodness HeldOut(const std::vector<ClassTable>& tables, const std::vector<PersonCounts>& before,
                 const std::vector<PersonCounts>& after, const TraitTable& traits) {
  const std::vector<std::int32_t> cuts = Cells(tables);
  const Layout layout = LayOut(tables, cuts);
  const Assignment a = AssignDiffering(tables, layout, before, traits);
  const auto chances = CellChances(layout, a.model);
  const std::vector<double> late = LateChances(layout, a.model);
  std::vector<Compared> compared;
  for (const PersonCounts& person : after) {
    const Known known = KnownOf(person, before, a, late);
    compared.push_back(
        Expect(SeenOf(person), known.of, OwnChances(chances, layout.late_from, late, known.late)));
  }
  const double earlier = Arrivals(before);
  const double more = earlier > 0 ? 1 + Arrivals(after) / earlier : 1;
  return Compare({"llegadas por franja de los meses apartados, con lo ajustado a los anteriores",
                  "arrivals by band in the months held out, as fitted to those before"},
                 compared, CellNames(cuts), more);
}

Goodness AbsencesAgainstFile(const std::vector<ClassTable>& tables, const Working& working,
                             const std::vector<PersonCounts>& people, const TraitTable& traits) {
  const std::size_t cells = RunCells(tables);
  const AbsenceFitting file(tables, working, {});
  // Who is of which class, their arrivals say: it is the absences that are the file's.
  const Layout layout = LayOut(tables, Cells(tables));
  const Assignment a = AssignDiffering(tables, layout, people, traits);
  std::vector<std::vector<double>> chances;
  for (std::size_t k = 0; k < tables.size(); ++k)
    chances.push_back(RunChances(file.FileRates(k), working.most_shifts, cells));
  std::vector<Compared> compared;
  for (std::size_t i = 0; i < people.size(); ++i) {
    compared.push_back(
        Expect(RunsOf(people[i], cells), a.chance.row(static_cast<Eigen::Index>(i)), chances));
  }
  return Compare({"inasistencias seguidas por largo, contra el archivo sin calibrar",
                  "runs of absence by length, against the file uncalibrated"},
                 compared, RunNames(cells), 1);
}

Goodness AbsencesHeldOut(const std::vector<ClassTable>& tables, const Working& working,
                         const std::vector<PersonCounts>& before,
                         const std::vector<PersonCounts>& after, const TraitTable& traits) {
  const std::size_t cells = RunCells(tables);
  const Layout layout = LayOut(tables, Cells(tables));
  const std::vector<int> once(before.size(), 1);
  const Assignment a = AssignDiffering(tables, layout, before, traits);
  AbsenceFitting fitting(tables, working, before);
  fitting.TellApart(a);
  const StaffAbsences fitted = fitting.Fit(a, once);
  std::vector<std::vector<double>> chances;
  for (const SpellRates& rates : fitting.RatesOf(a, fitted))
    chances.push_back(RunChances(rates, working.most_shifts, cells));
  const std::vector<double> late = LateChances(layout, a.model);
  std::vector<Compared> compared;
  double later = 0;
  for (const PersonCounts& person : after) {
    compared.push_back(Expect(RunsOf(person, cells), KnownOf(person, before, a, late).of, chances));
    later += compared.back().seen.sum();
  }
  double earlier = 0;
  for (const PersonCounts& person : before) earlier += RunsOf(person, cells).sum();
  return Compare({"inasistencias seguidas por largo de los meses apartados, con lo ajustado a los "
                  "anteriores",
                  "runs of absence by length in the months held out, as fitted to those before"},
                 compared, RunNames(cells), earlier > 0 ? 1 + later / earlier : 1);
}

}  // namespace cotejo::calibration
