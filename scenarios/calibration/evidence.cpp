#include "scenarios/calibration/evidence.h"

#include <algorithm>
#include <cmath>

namespace cotejo::calibration {
namespace {

constexpr double kLeast = 1e-9;   // of a chance, so that its logarithm is finite
constexpr double kTiny = 1e-300;  // of a likelihood
constexpr double kRelevant = 1e-10;

Eigen::Index At(std::size_t i) { return static_cast<Eigen::Index>(i); }

}  // namespace

std::vector<Tally> LateTallies(const Layout& layout, const std::vector<PersonCounts>& people) {
  std::vector<Tally> tallies;
  for (const PersonCounts& person : people) {
    Tally& late = tallies.emplace_back();
    for (std::size_t c = 0; c < person.cells.size(); ++c) {
      const auto n = static_cast<double>(person.cells[c]);
      late.trials += n;
      if (c >= layout.late_from) late.hits += n;
    }
  }
  return tallies;
}

std::vector<Tally> OmittedTallies(const std::vector<PersonCounts>& people) {
  std::vector<Tally> tallies;
  for (const PersonCounts& person : people) {
    tallies.push_back({static_cast<double>(person.omitted),
                       static_cast<double>(person.scheduled - person.unrecorded)});
  }
  return tallies;
}

Evidence::Side Evidence::SideOf(std::optional<RandomEffect> effect, std::size_t people) {
  if (!effect) {
    return {{},
            Eigen::VectorXd::Zero(1),
            std::vector<Likelihood>(people, {0, Eigen::VectorXd::Ones(1)})};
  }
  return {effect, effect->logs(), effect->likelihood()};
}

Evidence::Evidence(const Layout& layout, const std::vector<PersonCounts>& people,
                   const Dispersion& dispersion)
    : layout_(layout), people_(people), tallies_(LateTallies(layout, people)) {
  std::optional<RandomEffect> late, omitted;
  if (dispersion.lateness > 0) late.emplace(tallies_, 1, kLeastLateness);
  if (dispersion.forgetting > 0)
    omitted.emplace(OmittedTallies(people), kMostOmissions, kLeastForgetting);
  late_ = SideOf(std::move(late), people.size());
  omitted_ = SideOf(std::move(omitted), people.size());
}

double Evidence::LateLocation(const Model& model, std::size_t k) const {
  return late_.effect->LocationOf(LateChance(layout_, model, k), model.dispersion.lateness);
}

double Evidence::OmissionLocation(const Model& model, std::size_t k) const {
  return omitted_.effect->LocationOf(model.omission[k], model.dispersion.forgetting);
}

Eigen::MatrixXd Evidence::Weights(const Model& model, std::size_t k) const {
  const Dispersion& dispersion = model.dispersion;
  Eigen::MatrixXd weights = Eigen::MatrixXd::Zero(late_.logs.size(), omitted_.logs.size());
  if (!omitted_.effect) {
    weights.col(0) = late_.effect
                         ? late_.effect->Weights(LateLocation(model, k), dispersion.lateness)
                         : Eigen::VectorXd::Ones(1);
    return weights;
  }
  const double around = OmissionLocation(model, k);
  const Eigen::VectorXd of_omission = omitted_.effect->Weights(around, dispersion.forgetting);
  if (!late_.effect) return of_omission.transpose();
  const double at = LateLocation(model, k);
  const double rest =
      dispersion.lateness * std::sqrt(1 - dispersion.together * dispersion.together);
  for (Eigen::Index node = 0; node < of_omission.size(); ++node) {
    if (of_omission(node) < kRelevant) continue;
    const double z = (omitted_.logs(node) - around) / dispersion.forgetting;
    weights.col(node) = of_omission(node) *
                        late_.effect->Weights(at + dispersion.lateness * dispersion.together * z,
                                              std::max(rest, kLeastLateness));
  }
  return weights;
}

Eigen::VectorXd Evidence::Likely(const Eigen::MatrixXd& weights) const {
  Eigen::VectorXd likely(At(people_.size()));
  for (std::size_t i = 0; i < people_.size(); ++i) {
    const Likelihood& late = late_.likelihood[i];
    const Likelihood& omitted = omitted_.likelihood[i];
    likely(At(i)) = late.at.dot(
        weights.block(late.from, omitted.from, late.size(), omitted.size()) * omitted.at);
  }
  return likely;
}

Eigen::MatrixXd Evidence::Logs(const Model& model) const {
  const auto chances = CellChances(layout_, model);
  Eigen::MatrixXd logs(At(people_.size()), At(model.weight.size()));
  for (std::size_t k = 0; k < model.weight.size(); ++k) {
    std::vector<double> of_cell;
    for (const double chance : chances[k]) of_cell.push_back(std::log(std::max(chance, kLeast)));
    const double weight = std::log(std::max(model.weight[k], kLeast));
    for (std::size_t i = 0; i < people_.size(); ++i) {
      double sum = weight;
      for (std::size_t c = 0; c < of_cell.size(); ++c)
        sum += static_cast<double>(people_[i].cells[c]) * of_cell[c];
      logs(At(i), At(k)) = sum;
    }
    if (!late_.effect && !omitted_.effect) continue;
    logs.col(At(k)).array() += Likely(Weights(model, k)).array().max(kTiny).log();
    if (!late_.effect) continue;
    // The cells have counted it as of people alike.
    const double late = std::log(std::max(LateChance(layout_, model, k), kLeast));
    const double early = std::log(std::max(1 - LateChance(layout_, model, k), kLeast));
    for (std::size_t i = 0; i < people_.size(); ++i) {
      logs(At(i), At(k)) -=
          tallies_[i].hits * late + (tallies_[i].trials - tallies_[i].hits) * early;
    }
  }
  for (const Side* side : {&late_, &omitted_}) {
    if (side->effect) logs.colwise() += side->effect->log_largest();
  }
  return logs;
}

Dispersion Evidence::Likelier(const Model& model, const Eigen::MatrixXd& parts,
                              const Sought& sought) const {
  double late = 0, omitted = 0, both = 0;
  for (std::size_t k = 0; k < model.weight.size(); ++k) {
    const Eigen::MatrixXd weights = Weights(model, k);
    const Eigen::VectorXd part = parts.col(At(k)).cwiseQuotient(Likely(weights).cwiseMax(kTiny));
    // How many people are expected at each pair of nodes.
    Eigen::MatrixXd people = Eigen::MatrixXd::Zero(weights.rows(), weights.cols());
    for (std::size_t i = 0; i < people_.size(); ++i) {
      const Likelihood& of = late_.likelihood[i];
      const Likelihood& of_other = omitted_.likelihood[i];
      people.block(of.from, of_other.from, of.size(), of_other.size()).noalias() +=
          part(At(i)) * of.at * of_other.at.transpose();
    }
    people = people.cwiseProduct(weights).eval();
    const Eigen::VectorXd of_late =
        late_.logs.array() - (late_.effect ? LateLocation(model, k) : 0);
    const Eigen::VectorXd of_omitted =
        omitted_.logs.array() - (omitted_.effect ? OmissionLocation(model, k) : 0);
    late += of_late.cwiseAbs2().dot(people.rowwise().sum());
    omitted += of_omitted.cwiseAbs2().dot(people.colwise().sum());
    both += of_late.dot(people * of_omitted);
  }
  const double all = parts.sum();
  Dispersion likelier = model.dispersion;
  if (sought.lateness) likelier.lateness = std::max(std::sqrt(late / all), kLeastLateness);
  if (sought.forgetting) likelier.forgetting = std::max(std::sqrt(omitted / all), kLeastForgetting);
  if (sought.together) {
    likelier.together = std::clamp(both / std::sqrt(late * omitted), -kMostTogether, kMostTogether);
  }
  return likelier;
}

Eigen::MatrixXd Evidence::Lateness(const Model& model) const {
  Eigen::MatrixXd lateness(At(people_.size()), At(model.weight.size()));
  const Eigen::VectorXd chances = late_.logs.array().exp();
  for (std::size_t k = 0; k < model.weight.size(); ++k) {
    const Eigen::MatrixXd weights = Weights(model, k);
    lateness.col(At(k)) =
        Likely(chances.asDiagonal() * weights).cwiseQuotient(Likely(weights).cwiseMax(kTiny));
  }
  return lateness;
}

Eigen::MatrixXd Evidence::Posterior(const Model& model, std::size_t of_class,
                                    std::optional<std::size_t> person) const {
  const Eigen::MatrixXd weights = Weights(model, of_class);
  if (!person) return weights;
  const Likelihood& late = late_.likelihood[*person];
  const Likelihood& omitted = omitted_.likelihood[*person];
  Eigen::MatrixXd posterior = Eigen::MatrixXd::Zero(weights.rows(), weights.cols());
  auto there = posterior.block(late.from, omitted.from, late.size(), omitted.size());
  there = weights.block(late.from, omitted.from, late.size(), omitted.size())
              .cwiseProduct(late.at * omitted.at.transpose());
  return posterior;
}

}  // namespace cotejo::calibration
