// Expectation and maximisation, with long steps where short ones go the same way.
#include <algorithm>
#include <cmath>
#include <memory>
#include <numeric>

#include "scenarios/calibration/classes.h"
#include "scenarios/calibration/evidence.h"

namespace cotejo::calibration {
namespace {

constexpr int kMostSteps = 500;
// Change of every weight and share of one step; where people of a class differ, the likelihood is
// flat, and nothing is told so finely.
constexpr double kStill = 1e-7;
constexpr double kStillDiffering = 1e-6;
constexpr double kFileRecords = 1;  // the file's shares count as one arrival of each class
constexpr double kLeast = 1e-12;    // of a share, so that its logarithm is finite
constexpr double kMostLog = 1;      // of a deviation

Eigen::Index At(std::size_t i) { return static_cast<Eigen::Index>(i); }

// Everything of a model as a vector: shares as they are, deviations by their logarithm, the
// correlation by its inverse hyperbolic tangent.
Eigen::VectorXd VectorOf(const Model& model) {
  std::vector<double> all;
  for (std::size_t k = 0; k < model.weight.size(); ++k) {
    all.push_back(model.weight[k]);
    all.insert(all.end(), model.share[k].begin(), model.share[k].end());
    all.push_back(model.omission[k]);
  }
  all.push_back(std::log(std::max(model.dispersion.lateness, kLeastLateness)));
  all.push_back(std::log(std::max(model.dispersion.forgetting, kLeastForgetting)));
  all.push_back(std::atanh(model.dispersion.together));
  return Eigen::Map<const Eigen::VectorXd>(all.data(), At(all.size()));
}

// The model of such a vector, as near as there is one; what is not sought, as in `like`.
Model ModelOf(const Eigen::VectorXd& vector, const Model& like, const Sought& sought) {
  Model model = like;
  Eigen::Index at = 0;
  const auto shares = [](std::vector<double>& of) {
    const double sum = std::accumulate(of.begin(), of.end(), 0.0);
    for (double& share : of) share /= sum;
  };
  for (std::size_t k = 0; k < model.weight.size(); ++k) {
    model.weight[k] = std::max(vector(at++), kLeast);
    for (double& share : model.share[k]) share = std::max(vector(at++), kLeast);
    shares(model.share[k]);
    model.omission[k] = std::clamp(vector(at++), kLeast, kMostOmissions);
  }
  shares(model.weight);
  Dispersion& dispersion = model.dispersion;
  const double lateness = std::exp(std::min(vector(at++), kMostLog));
  const double forgetting = std::exp(std::min(vector(at++), kMostLog));
  if (sought.lateness) dispersion.lateness = std::max(lateness, kLeastLateness);
  if (sought.forgetting) dispersion.forgetting = std::max(forgetting, kLeastForgetting);
  if (sought.together)
    dispersion.together = std::clamp(std::tanh(vector(at)), -kMostTogether, kMostTogether);
  return model;
}

// The largest change of any weight, share or deviation.
double ChangeOf(const Model& from, const Model& to) {
  double change = std::max({std::abs(from.dispersion.lateness - to.dispersion.lateness),
                            std::abs(from.dispersion.forgetting - to.dispersion.forgetting),
                            std::abs(from.dispersion.together - to.dispersion.together)});
  for (std::size_t k = 0; k < from.weight.size(); ++k) {
    change = std::max(change, std::abs(from.weight[k] - to.weight[k]));
    for (std::size_t b = 0; b < from.share[k].size(); ++b)
      change = std::max(change, std::abs(from.share[k][b] - to.share[k][b]));
  }
  return change;
}

class Assigning {
 public:
  Assigning(const std::vector<ClassTable>& tables, const Layout& layout,
            const std::vector<PersonCounts>& people, const Model& from, const Sought& sought)
      : tables_(tables),
        layout_(layout),
        people_(people),
        sought_(sought),
        evidence_(layout, people, from.dispersion),
        omitted_(OmittedTallies(people)) {}

  [[nodiscard]] Assignment Run(Model from, const std::vector<int>& times) const {
    const Dispersion& dispersion = from.dispersion;
    const bool differ = dispersion.lateness > 0 || dispersion.forgetting > 0;
    const double still = differ ? kStillDiffering : kStill;
    Assignment a = Look(std::move(from), times);
    for (int step = 0; step < kMostSteps; ++step) {
      const Model first = Likelier(a, times);
      if (ChangeOf(a.model, first) < still) break;
      Assignment halfway = Look(first, times);
      const Model second = Likelier(halfway, times);
      Assignment far = Look(Further(a.model, first, second), times);
      a = far.log_likelihood >= halfway.log_likelihood ? std::move(far) : Look(second, times);
    }
    if (a.model.dispersion.lateness > 0) a.late = evidence_.Lateness(a.model);
    a.sought = sought_;
    return a;
  }

  // The chances of the classes under a model, and how likely it all is.
  [[nodiscard]] Assignment Look(Model model, const std::vector<int>& times) const {
    Assignment a{std::move(model), {}, std::vector<bool>(tables_.size())};
    a.chance = evidence_.Logs(a.model);
    const Eigen::VectorXd largest = a.chance.rowwise().maxCoeff();
    a.chance = (a.chance.colwise() - largest).array().exp().eval();
    const Eigen::VectorXd sums = a.chance.rowwise().sum();
    a.chance.array().colwise() /= sums.array();
    for (std::size_t i = 0; i < times.size(); ++i)
      a.log_likelihood += times[i] * (largest(At(i)) + std::log(sums(At(i))));
    const Eigen::MatrixXd parts = Parts(a, times);
    for (std::size_t k = 0; k < tables_.size(); ++k)
      a.fitted[k] = parts.col(At(k)).sum() >= kFewestPeople;
    return a;
  }

  // A step of expectation and maximisation.
  [[nodiscard]] Model Likelier(const Assignment& a, const std::vector<int>& times) const {
    Model next = a.model;
    const Eigen::MatrixXd parts = Parts(a, times);
    for (std::size_t k = 0; k < tables_.size(); ++k) {
      next.weight[k] = parts.col(At(k)).sum() / parts.sum();
      const ClassTable& table = tables_[k];
      std::vector<double> counts(table.bands.size());
      Tally left_out;
      for (std::size_t i = 0; a.fitted[k] && i < people_.size(); ++i) {
        const double r = parts(At(i), At(k));
        for (std::size_t c = 0; c < layout_.cells; ++c)
          counts[layout_.band[k][c]] += r * static_cast<double>(people_[i].cells[c]);
        left_out.hits += r * omitted_[i].hits;
        left_out.trials += r * omitted_[i].trials;
      }
      const double sum = std::accumulate(counts.begin(), counts.end(), kFileRecords);
      for (std::size_t b = 0; b < counts.size(); ++b)
        next.share[k][b] = (counts[b] + kFileRecords * table.bands[b].share) / sum;
      next.omission[k] = left_out.trials > 0 ? left_out.hits / left_out.trials : table.omission;
    }
    if (sought_.any()) next.dispersion = evidence_.Likelier(a.model, parts, sought_);
    return next;
  }

 private:
  // The people of each class, so many times each.
  static Eigen::MatrixXd Parts(const Assignment& a, const std::vector<int>& times) {
    Eigen::MatrixXd parts = a.chance;
    for (std::size_t i = 0; i < times.size(); ++i) parts.row(At(i)) *= times[i];
    return parts;
  }

  // As far as two steps that grow shorter in the same proportion would end (Varadhan and Roland,
  // 2008).
  [[nodiscard]] Model Further(const Model& from, const Model& first, const Model& second) const {
    const Eigen::VectorXd start = VectorOf(from);
    const Eigen::VectorXd step = VectorOf(first) - start;
    const Eigen::VectorXd bend = VectorOf(second) - start - 2 * step;
    if (bend.norm() == 0) return second;
    const double length = std::max(step.norm() / bend.norm(), 1.0);
    return ModelOf(start + 2 * length * step + length * length * bend, second, sought_);
  }

  const std::vector<ClassTable>& tables_;
  const Layout& layout_;
  const std::vector<PersonCounts>& people_;
  Sought sought_;
  Evidence evidence_;
  std::vector<Tally> omitted_;
};

}  // namespace

Assignment Assign(const std::vector<ClassTable>& tables, const Layout& layout,
                  const std::vector<PersonCounts>& people, const std::vector<int>& times,
                  Model from, const Sought& sought) {
  const Assigning assigning(tables, layout, people, from, sought);
  return assigning.Run(std::move(from), times);
}

struct Resampling::Parts {
  Assigning assigning;
  Assignment best;
  Eigen::VectorXd step;                            // of everybody once, from the best
  Eigen::PartialPivLU<Eigen::MatrixXd> remaining;  // what of a change a step does not take back
};

Resampling::Resampling(const std::vector<ClassTable>& tables, const Layout& layout,
                       const std::vector<PersonCounts>& people, Assignment best) {
  constexpr double kNear = 1e-5;
  const std::vector<int> once(people.size(), 1);
  Assigning assigning(tables, layout, people, best.model, best.sought);
  const Eigen::VectorXd top = VectorOf(best.model);
  const Eigen::VectorXd step = VectorOf(assigning.Likelier(best, once));
  Eigen::MatrixXd remaining = Eigen::MatrixXd::Identity(top.size(), top.size());
  for (Eigen::Index i = 0; i < top.size(); ++i) {
    Eigen::VectorXd near = top;
    near(i) += kNear;
    Assignment aside = assigning.Look(ModelOf(near, best.model, best.sought), once);
    aside.fitted = best.fitted;
    remaining.col(i) -= (VectorOf(assigning.Likelier(aside, once)) - step) / kNear;
  }
  parts_ = std::make_unique<Parts>(
      Parts{std::move(assigning), std::move(best), step, remaining.partialPivLu()});
}

Resampling::~Resampling() = default;

Assignment Resampling::With(const std::vector<int>& times) const {
  const Parts& p = *parts_;
  const Eigen::VectorXd change = VectorOf(p.assigning.Likelier(p.best, times)) - p.step;
  const Eigen::VectorXd moved = VectorOf(p.best.model) + p.remaining.solve(change);
  return p.assigning.Look(ModelOf(moved, p.best.model, p.best.sought), times);
}

}  // namespace cotejo::calibration
