#include "scenarios/population/fitting.h"

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <optional>

#include "scenarios/population/philox.h"

namespace cotejo::population {
namespace {

using Profile = std::vector<std::uint16_t>;

// What each draw decides; part of the key, so never renumber.
enum Decision : std::uint32_t { kPool = 1, kForced, kSample, kExchange };

std::string Number(double value) {
  const auto whole = static_cast<std::int64_t>(std::llround(value));
  if (std::abs(value - static_cast<double>(whole)) < 1e-9) return std::to_string(whole);
  std::string text = std::to_string(value);
  while (text.back() == '0') text.pop_back();
  return text;
}

class Fitting {
 public:
  Fitting(const Margins& margins, std::size_t total, const FittingOptions& options)
      : variables_(margins.variables),
        margins_(margins.margins),
        impossible_(margins.impossible),
        total_(total),
        options_(options) {}

  Fitted Run() {
    fitted_.variables = variables_.size();
    ListCategories();
    Scale();
    CheckShared();
    if (!fitted_.faults.empty()) return std::move(fitted_);
    FillPool();
    if (fitted_.faults.empty()) Rake();
    if (fitted_.faults.empty()) MakeWhole();
    return std::move(fitted_);
  }

 private:
  // ---- cells

  [[nodiscard]] std::size_t Size(std::size_t variable) const {
    return variables_[variable].categories.size();
  }

  [[nodiscard]] std::size_t CellOf(const Margin& margin, const std::uint16_t* profile) const {
    std::size_t cell = 0;
    for (const std::size_t v : margin.variables) cell = cell * Size(v) + profile[v];
    return cell;
  }

  // The categories of a cell, in the order of the margin's variables.
  [[nodiscard]] const Profile& CategoriesOf(std::size_t margin, std::size_t cell) const {
    return categories_[margin][cell];
  }

  void ListCategories() {
    for (const Margin& margin : margins_) {
      std::vector<Profile> cells(margin.people.size(), Profile(margin.variables.size()));
      for (std::size_t cell = 0; cell < cells.size(); ++cell) {
        std::size_t rest = cell;
        for (std::size_t i = margin.variables.size(); i-- > 0;) {
          const std::size_t size = Size(margin.variables[i]);
          cells[cell][i] = static_cast<std::uint16_t>(rest % size);
          rest /= size;
        }
      }
      categories_.push_back(std::move(cells));
    }
  }

  [[nodiscard]] std::string NameOf(std::size_t m, std::size_t cell) const {
    const Margin& margin = margins_[m];
    const Profile& categories = CategoriesOf(m, cell);
    std::string name;
    for (std::size_t i = 0; i < categories.size(); ++i) {
      if (i > 0) name += ", ";
      name += variables_[margin.variables[i]].categories[categories[i]];
    }
    return name;
  }

  // ---- what is asked

  // Every margin to `total_` people; those that do not add up to the same are a fault.
  void Scale() {
    for (Margin& margin : margins_) {
      const double sum = std::accumulate(margin.people.begin(), margin.people.end(), 0.0);
      if (sums_.empty()) sums_.push_back(sum);
      if (std::abs(sum - sums_[0]) > 1e-6 * std::max(1.0, sums_[0])) {
        fitted_.faults.push_back({"«" + margins_[0].name + "» suma " + Number(sums_[0]) +
                                      " personas y «" + margin.name + "» suma " + Number(sum),
                                  "'" + margins_[0].name + "' adds up to " + Number(sums_[0]) +
                                      " people and '" + margin.name + "' to " + Number(sum)});
      }
      for (double& people : margin.people) {
        people = sum > 0 ? people * static_cast<double>(total_) / sum : 0;
      }
    }
  }

  // People by the categories of `shared`, as one margin says.
  [[nodiscard]] std::map<Profile, double> Collapse(std::size_t m,
                                                   const std::vector<std::size_t>& shared) const {
    const Margin& margin = margins_[m];
    std::map<Profile, double> sums;
    for (std::size_t cell = 0; cell < margin.people.size(); ++cell) {
      const Profile& all = CategoriesOf(m, cell);
      Profile some;
      for (const std::size_t v : shared) {
        const auto at = std::find(margin.variables.begin(), margin.variables.end(), v);
        some.push_back(all[static_cast<std::size_t>(at - margin.variables.begin())]);
      }
      sums[some] += margin.people[cell];
    }
    return sums;
  }

  // Two margins that share variables must agree on them.
  void CheckShared() {
    if (!fitted_.faults.empty()) return;
    for (std::size_t a = 0; a < margins_.size(); ++a) {
      for (std::size_t b = a + 1; b < margins_.size(); ++b) CheckPair(a, b);
    }
  }

  void CheckPair(std::size_t first, std::size_t second) {
    const Margin& a = margins_[first];
    const Margin& b = margins_[second];
    std::vector<std::size_t> shared;
    for (const std::size_t v : a.variables) {
      if (std::find(b.variables.begin(), b.variables.end(), v) != b.variables.end()) {
        shared.push_back(v);
      }
    }
    if (shared.empty()) return;
    const auto left = Collapse(first, shared);
    const auto right = Collapse(second, shared);
    const double back = sums_[0] / static_cast<double>(total_);  // to the figures of the file
    for (const auto& [categories, people] : left) {
      const double other = right.at(categories);
      if (std::abs(people - other) <= 1e-6 * static_cast<double>(total_)) continue;
      std::string which;
      for (std::size_t i = 0; i < shared.size(); ++i) {
        which += (i > 0 ? ", " : "") + variables_[shared[i]].categories[categories[i]];
      }
      const std::string one = Number(people * back);
      const std::string two = Number(other * back);
      fitted_.faults.push_back(
          {"«" + a.name + "» pide " + one + " de «" + which + "» y «" + b.name + "» pide " + two,
           "'" + a.name + "' asks for " + one + " of '" + which + "' and '" + b.name + "' for " +
               two});
      return;
    }
  }

  // ---- the pool

  [[nodiscard]] double Uniform(std::size_t index, std::size_t step, Decision decision) const {
    const Block block = Draw(options_.seed, 0, static_cast<std::uint32_t>(index),
                             static_cast<std::uint32_t>(step), decision);
    return (static_cast<double>(block[0]) + 0.5) / 4294967296.0;
  }

  // Sets what is still unset of a margin's variables, in the proportion the margin asks for
  // given what is set. False when it asks for nobody there.
  bool Complete(std::size_t m, std::vector<int>& profile, double draw) const {
    const Margin& margin = margins_[m];
    std::vector<double> weight(margin.people.size(), 0);
    double sum = 0;
    for (std::size_t cell = 0; cell < weight.size(); ++cell) {
      if (margin.people[cell] <= 0 || !Matches(m, cell, profile)) continue;
      weight[cell] = margin.people[cell];
      sum += weight[cell];
    }
    if (sum <= 0) return false;
    std::size_t chosen = weight.size();
    for (std::size_t cell = 0; cell < weight.size(); ++cell) {
      if (weight[cell] <= 0) continue;
      chosen = cell;
      draw -= weight[cell] / sum;
      if (draw < 0) break;
    }
    const Profile& categories = CategoriesOf(m, chosen);
    for (std::size_t i = 0; i < categories.size(); ++i)
      profile[margin.variables[i]] = categories[i];
    return true;
  }

  [[nodiscard]] bool Matches(std::size_t m, std::size_t cell,
                             const std::vector<int>& profile) const {
    const Margin& margin = margins_[m];
    const Profile& categories = CategoriesOf(m, cell);
    for (std::size_t i = 0; i < categories.size(); ++i) {
      const int set = profile[margin.variables[i]];
      if (set >= 0 && set != categories[i]) return false;
    }
    return true;
  }

  // A profile drawn along the margins, starting from what is set; nothing when it cannot be.
  [[nodiscard]] std::optional<Profile> DrawProfile(std::vector<int> profile, std::size_t index,
                                                   Decision decision) const {
    for (std::size_t m = 0; m < margins_.size(); ++m) {
      if (!Complete(m, profile, Uniform(index, m, decision))) return std::nullopt;
    }
    Profile whole(profile.begin(), profile.end());
    if (impossible_ && impossible_(whole)) return std::nullopt;
    return whole;
  }

  void Take(const Profile& profile) {
    for (std::size_t m = 0; m < margins_.size(); ++m) {
      const std::size_t cell = CellOf(margins_[m], profile.data());
      cells_[m].push_back(static_cast<std::uint32_t>(cell));
      seen_[m][cell] += 1;
    }
    pool_.insert(pool_.end(), profile.begin(), profile.end());
  }

  // Profiles in proportion, and some of every cell that anybody is asked for.
  void FillPool() {
    constexpr std::size_t kFew = 8;
    constexpr std::size_t kTries = 400;
    cells_.resize(margins_.size());
    for (const Margin& margin : margins_) seen_.emplace_back(margin.people.size(), 0);
    const std::vector<int> open(variables_.size(), -1);
    for (std::size_t i = 0; i < options_.pool; ++i) {
      if (const auto profile = DrawProfile(open, i, kPool)) Take(*profile);
    }
    std::size_t index = 0;
    for (std::size_t m = 0; m < margins_.size(); ++m) {
      for (std::size_t cell = 0; cell < margins_[m].people.size(); ++cell) {
        if (margins_[m].people[cell] <= 0) continue;
        std::vector<int> start = open;
        const Profile& categories = CategoriesOf(m, cell);
        for (std::size_t i = 0; i < categories.size(); ++i) {
          start[margins_[m].variables[i]] = categories[i];
        }
        for (std::size_t t = 0; t < kTries && seen_[m][cell] < kFew; ++t) {
          if (const auto profile = DrawProfile(start, index++, kForced)) Take(*profile);
        }
        if (seen_[m][cell] > 0) continue;
        const std::string which = NameOf(m, cell);
        fitted_.faults.push_back({"«" + margins_[m].name + "» pide personas de «" + which +
                                      "», y los demás cuadros no dejan que las haya",
                                  "'" + margins_[m].name + "' asks for people of '" + which +
                                      "', and the other tables leave no room for any"});
      }
    }
  }

  // ---- proportional fitting

  [[nodiscard]] Eigen::ArrayXd SumsOf(std::size_t m, const Eigen::ArrayXd& weights) const {
    Eigen::ArrayXd sums =
        Eigen::ArrayXd::Zero(static_cast<Eigen::Index>(margins_[m].people.size()));
    for (Eigen::Index e = 0; e < weights.size(); ++e) {
      sums[cells_[m][static_cast<std::size_t>(e)]] += weights[e];
    }
    return sums;
  }

  void Rake() {
    const auto entries = static_cast<Eigen::Index>(cells_[0].size());
    weights_ = Eigen::ArrayXd::Constant(entries,
                                        static_cast<double>(total_) / static_cast<double>(entries));
    std::vector<double> misfit(margins_.size(), 0);
    for (fitted_.rounds = 1; fitted_.rounds <= options_.rounds; ++fitted_.rounds) {
      for (std::size_t m = 0; m < margins_.size(); ++m) {
        const auto asked = Eigen::Map<const Eigen::ArrayXd>(
            margins_[m].people.data(), static_cast<Eigen::Index>(margins_[m].people.size()));
        const Eigen::ArrayXd sums = SumsOf(m, weights_);
        misfit[m] = (sums - asked).abs().maxCoeff();
        const Eigen::ArrayXd factor = (sums > 0).select(asked / sums.max(1e-300), 0.0);
        for (Eigen::Index e = 0; e < entries; ++e) {
          weights_[e] *= factor[cells_[m][static_cast<std::size_t>(e)]];
        }
      }
      if (*std::max_element(misfit.begin(), misfit.end()) <=
          options_.tolerance * static_cast<double>(total_)) {
        return;
      }
    }
    std::string names;
    for (std::size_t m = 0; m < margins_.size(); ++m) {
      if (misfit[m] <= options_.tolerance * static_cast<double>(total_)) continue;
      names += (names.empty() ? "«" : ", «") + margins_[m].name + "»";
    }
    fitted_.faults.push_back({"no hay personal que cumpla a la vez " + names,
                              "no staff meets all of these at once: " + names});
  }

  // ---- whole people

  // Truncate, replicate, and sample the rest along the pool at equal steps.
  [[nodiscard]] std::vector<std::size_t> Sampled() const {
    std::vector<std::size_t> people;
    people.reserve(total_);
    double carried = Uniform(0, 0, kSample);
    for (Eigen::Index e = 0; e < weights_.size() && people.size() < total_; ++e) {
      carried += weights_[e];
      for (; carried >= 1 && people.size() < total_; carried -= 1) {
        people.push_back(static_cast<std::size_t>(e));
      }
    }
    while (people.size() < total_) people.push_back(people.empty() ? 0 : people.back());
    return people;
  }

  void MakeWhole() {
    const std::size_t width = variables_.size();
    for (const std::size_t entry : Sampled()) {
      const auto first = pool_.begin() + static_cast<std::ptrdiff_t>(entry * width);
      fitted_.people.insert(fitted_.people.end(), first,
                            first + static_cast<std::ptrdiff_t>(width));
    }
    for (const Margin& margin : margins_) {
      excess_.emplace_back(margin.people.size());
      for (std::size_t c = 0; c < margin.people.size(); ++c) excess_.back()[c] = -margin.people[c];
    }
    for (std::size_t p = 0; p < total_; ++p) {
      for (std::size_t m = 0; m < margins_.size(); ++m) {
        excess_[m][CellOf(margins_[m], &fitted_.people[p * width])] += 1;
      }
    }
    Exchange();
    for (const std::vector<double>& margin : excess_) {
      for (const double excess : margin) fitted_.worst = std::max(fitted_.worst, std::abs(excess));
    }
    Sort();
  }

  // What the misfit of all margins gains (less is better) by changing one profile for another.
  [[nodiscard]] double Gain(const std::uint16_t* from, const Profile& to) const {
    double gain = 0;
    for (std::size_t m = 0; m < margins_.size(); ++m) {
      const std::size_t a = CellOf(margins_[m], from);
      const std::size_t b = CellOf(margins_[m], to.data());
      if (a == b) continue;
      const auto square = [](double x) { return x * x; };
      gain += square(excess_[m][a] - 1) - square(excess_[m][a]);
      gain += square(excess_[m][b] + 1) - square(excess_[m][b]);
    }
    return gain;
  }

  void Replace(std::uint16_t* from, const Profile& to) {
    for (std::size_t m = 0; m < margins_.size(); ++m) {
      excess_[m][CellOf(margins_[m], from)] -= 1;
      excess_[m][CellOf(margins_[m], to.data())] += 1;
    }
    std::copy(to.begin(), to.end(), from);
  }

  // Takes a profile to a cell of a margin. Where another margin then asks for nobody, the rest of
  // that margin's variables go to the cell that lacks most people. False when there is none.
  bool Move(Profile& profile, std::size_t margin, std::size_t cell) const {
    std::vector<bool> fixed(profile.size(), false);
    const auto set = [&](std::size_t m, std::size_t to) {
      const Profile& categories = CategoriesOf(m, to);
      for (std::size_t v = 0; v < categories.size(); ++v) {
        profile[margins_[m].variables[v]] = categories[v];
        fixed[margins_[m].variables[v]] = true;
      }
    };
    set(margin, cell);
    for (std::size_t m = 0; m < margins_.size(); ++m) {
      if (margins_[m].people[CellOf(margins_[m], profile.data())] > 0) continue;
      std::vector<int> open(profile.begin(), profile.end());
      for (const std::size_t v : margins_[m].variables) {
        if (!fixed[v]) open[v] = -1;
      }
      std::optional<std::size_t> best;
      for (std::size_t c = 0; c < margins_[m].people.size(); ++c) {
        if (margins_[m].people[c] <= 0 || !Matches(m, c, open)) continue;
        if (!best || excess_[m][c] < excess_[m][*best]) best = c;
      }
      if (!best) return false;
      set(m, *best);
    }
    return true;
  }

  // From each cell with people to spare to each that lacks them, the change that mends most;
  // until no change of one person mends anything.
  void Exchange() {
    bool mended = true;
    for (std::size_t round = 0; mended && round < 4 * variables_.size() + 8; ++round) {
      mended = false;
      for (std::size_t m = 0; m < margins_.size(); ++m) mended |= ExchangeIn(m, round);
    }
  }

  bool ExchangeIn(std::size_t m, std::size_t round) {
    bool mended = false;
    const Margin& margin = margins_[m];
    const std::size_t width = variables_.size();
    const auto shift =
        static_cast<std::size_t>(Uniform(round, m, kExchange) * static_cast<double>(total_));
    // Copies of one profile stand together: what was of no use to one is of none to the next.
    const std::uint16_t* useless = nullptr;
    for (std::size_t i = 0; i < total_; ++i) {
      std::uint16_t* person = &fitted_.people[(i + shift) % total_ * width];
      if (excess_[m][CellOf(margin, person)] <= 0) continue;
      if (useless != nullptr && std::equal(person, person + width, useless)) continue;
      Profile best;
      double gain = -1e-9;
      for (std::size_t cell = 0; cell < margin.people.size(); ++cell) {
        if (excess_[m][cell] >= 0) continue;
        Profile other(person, person + width);
        if (!Move(other, m, cell)) continue;
        if (impossible_ && impossible_(other)) continue;
        const double this_gain = Gain(person, other);
        if (this_gain >= gain) continue;
        gain = this_gain;
        best = std::move(other);
      }
      useless = best.empty() ? person : nullptr;
      if (best.empty()) continue;
      Replace(person, best);
      mended = true;
    }
    return mended;
  }

  // By profile, so that people who are alike stand together.
  void Sort() {
    const std::size_t width = variables_.size();
    std::vector<std::size_t> order(total_);
    std::iota(order.begin(), order.end(), std::size_t{0});
    const auto at = [&](std::size_t p) {
      return fitted_.people.begin() + static_cast<std::ptrdiff_t>(p * width);
    };
    const auto end = static_cast<std::ptrdiff_t>(width);
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return std::lexicographical_compare(at(a), at(a) + end, at(b), at(b) + end);
    });
    std::vector<std::uint16_t> sorted;
    sorted.reserve(fitted_.people.size());
    for (const std::size_t p : order) sorted.insert(sorted.end(), at(p), at(p) + end);
    fitted_.people = std::move(sorted);
  }

  const std::vector<Variable>& variables_;
  std::vector<Margin> margins_;  // in people of `total_`
  const std::function<bool(const Profile&)>& impossible_;
  std::size_t total_;
  const FittingOptions& options_;
  std::vector<std::vector<Profile>> categories_;  // by margin and cell
  std::vector<double> sums_;                      // what the margins of the file add up to
  std::vector<std::uint16_t> pool_;
  std::vector<std::vector<std::uint32_t>> cells_;  // by margin and entry of the pool
  std::vector<std::vector<std::uint32_t>> seen_;   // by margin and cell: entries of the pool
  Eigen::ArrayXd weights_;
  std::vector<std::vector<double>> excess_;  // by margin and cell: people beyond what is asked
  Fitted fitted_;
};

}  // namespace

Fitted Fit(const Margins& margins, std::size_t total, const FittingOptions& options) {
  return Fitting(margins, total, options).Run();
}

}  // namespace cotejo::population
