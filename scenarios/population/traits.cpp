// `[rasgos]`: read, checked, and drawn for everybody.
#include "scenarios/population/traits.h"

#include <Eigen/Dense>
#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <limits>
#include <set>
#include <string>

#include "scenarios/population/specification.h"

namespace cotejo::population {
namespace {

constexpr double kRounding = 1e-9;

using Matrix = Eigen::MatrixXd;

std::size_t At(Trait trait) { return static_cast<std::size_t>(trait); }

Matrix MatrixOf(const Traits& traits, const std::vector<Trait>& of) {
  const auto size = static_cast<Eigen::Index>(of.size());
  Matrix matrix(size, size);
  for (Eigen::Index row = 0; row < size; ++row) {
    for (Eigen::Index column = 0; column < size; ++column) {
      matrix(row, column) = traits.correlation[At(of[static_cast<std::size_t>(row)])]
                                              [At(of[static_cast<std::size_t>(column)])];
    }
  }
  return matrix;
}

double LeastEigenvalue(const Traits& traits, const std::vector<Trait>& of) {
  const Eigen::SelfAdjointEigenSolver<Matrix> solver(MatrixOf(traits, of), Eigen::EigenvaluesOnly);
  return solver.eigenvalues().minCoeff();
}

std::vector<Trait> All() { return {kAllTraits.begin(), kAllTraits.end()}; }

// ---- reading ---------------------------------------------------------------------

class TraitLoader {
 public:
  TraitLoader(Reader& reader, const toml::table& table) : reader_(reader), table_(table) {}

  Traits Load() {
    std::vector<std::string> keys = {"correlacion"};
    for (const Trait trait : kAllTraits) {
      keys.emplace_back(KeyOf(trait));
      traits_.correlation[At(trait)][At(trait)] = 1;
      if (table_.contains(KeyOf(trait)))
        traits_.deviation[At(trait)] = reader_.Number(table_, KeyOf(trait), 0, kMostDeviation);
    }
    reader_.CheckKeys(table_, std::move(keys));
    if (!table_.contains("correlacion")) return traits_;
    for (const toml::table* item : reader_.List(table_, "correlacion")) LoadPair(*item);
    if (sound_) CheckTogether();
    return traits_;
  }

 private:
  void Refuse(const toml::table& where, base::Text message, base::Text hint = {}) {
    reader_.Error(where.source(), "población-rasgos", std::move(message), std::move(hint));
    sound_ = false;
  }

  std::optional<Trait> FindTrait(const toml::table& item, const std::string& name) {
    for (const Trait trait : kAllTraits) {
      if (name != KeyOf(trait)) continue;
      if (table_.contains(name)) return trait;
      Refuse(item,
             {"«" + name + "» no tiene desvío en «[rasgos]»",
              "'" + name + "' has no deviation in '[rasgos]'"},
             {"agregue «" + name + " = 0.3», por ejemplo, o quite la correlación",
              "add '" + name + " = 0.3', say, or leave the correlation out"});
      return std::nullopt;
    }
    Refuse(item, {"«" + name + "» no es un rasgo", "'" + name + "' is not a trait"},
           {"los rasgos son puntualidad, asistencia, olvido y conducta",
            "the traits are puntualidad, asistencia, olvido and conducta"});
    return std::nullopt;
  }

  void LoadPair(const toml::table& item) {
    reader_.CheckKeys(item, {"de", "valor"});
    // What is out of range is the reader's to say; together they are not looked at.
    constexpr double kNone = 2;
    const auto given = item["valor"].value<double>();
    sound_ = sound_ && std::abs(given.value_or(kNone)) <= 1;
    const double value = reader_.Number(item, "valor", -1, 1);
    const std::vector<std::string> of = reader_.Strings(item, "de");
    if (of.size() != 2) {
      return Refuse(item, {"una correlación es de dos rasgos", "a correlation is of two traits"},
                    {"escriba de = [\"puntualidad\", \"olvido\"]",
                     "write de = [\"puntualidad\", \"olvido\"]"});
    }
    const auto first = FindTrait(item, of[0]);
    const auto second = FindTrait(item, of[1]);
    if (!first || !second) return;
    if (first == second) {
      return Refuse(item, {"la correlación de «" + of[0] + "» consigo mismo es siempre 1",
                           "the correlation of '" + of[0] + "' with itself is always 1"});
    }
    if (!pairs_.insert(std::minmax(*first, *second)).second) {
      return Refuse(item,
                    {"la correlación de «" + of[0] + "» y «" + of[1] + "» ya está dicha",
                     "the correlation of '" + of[0] + "' and '" + of[1] + "' is given twice"},
                    {"basta una vez, en cualquier orden", "once is enough, in either order"});
    }
    traits_.correlation[At(*first)][At(*second)] = value;
    traits_.correlation[At(*second)][At(*first)] = value;
  }

  // Numbers that go well two by two may still be of nobody, as 0.9, 0.9 and -0.9 are.
  void CheckTogether() {
    if (Possible(traits_)) return;
    const double least = LeastEigenvalue(traits_, All());
    std::vector<Trait> which = All();
    for (std::size_t out = kTraits; out-- > 0;) {
      std::vector<Trait> three = All();
      three.erase(three.begin() + static_cast<std::ptrdiff_t>(out));
      if (LeastEigenvalue(traits_, three) < -kRounding) which = three;
    }
    base::Text names;
    for (std::size_t i = 0; i < which.size(); ++i) {
      const bool last = i + 1 == which.size();
      names.es += (i == 0 ? "" : last ? " y " : ", ") + std::string(KeyOf(which[i]));
      names.en += (i == 0 ? "" : last ? " and " : ", ") + std::string(KeyOf(which[i]));
    }
    // 1 on the diagonal and `share` of the rest has (1 - share) + share * least as its least.
    const double share = std::floor(100 / (1 - least)) / 100;
    const std::string by = std::to_string(share).substr(0, 4);
    Refuse(table_,
           {"no hay personas con estas correlaciones a la vez: " + names.es,
            "there are no people with these correlations at once: " + names.en},
           {"baje alguna; multiplicadas todas por " + by + " ya son posibles",
            "lower some; all of them multiplied by " + by + " are possible"});
  }

  Reader& reader_;
  const toml::table& table_;
  Traits traits_;
  std::set<std::pair<Trait, Trait>> pairs_;
  bool sound_ = true;
};

// ---- drawing ---------------------------------------------------------------------

// A square root of the correlations: times independent normals, it gives normals that go
// together. With pivots, as a trait may be a function of the others.
Matrix RootOf(const Traits& traits) {
  const Eigen::LDLT<Matrix> parts(MatrixOf(traits, All()));
  const Matrix lower = parts.matrixL();
  const Eigen::VectorXd scale = parts.vectorD().cwiseMax(0).cwiseSqrt();
  return parts.transpositionsP().transpose() * (lower * scale.asDiagonal());
}

struct Shape {  // of the factors of one class
  double median = 1;
  double ceiling = 1;
  bool varies = false;
};

Shape ShapeOf(const Population& population, const BehaviourClass& c, Trait trait) {
  constexpr double kLeastRoom = 1e-6;
  const double ceiling = CeilingOf(population, c, trait);
  if (ceiling < 1 + kLeastRoom) return {};  // always: there is no more often than that
  return {MedianFor(population.traits->deviation[At(trait)], ceiling), ceiling, true};
}

double Mean(double deviation, double ceiling, double log_median) {
  // Part of the standard normals below one.
  const auto below = [](double x) { return std::erfc(-x / std::sqrt(2.0)) / 2; };
  const double median = std::exp(log_median);
  const double mean = median * std::exp(deviation * deviation / 2);
  if (std::isinf(ceiling)) return mean;
  const double cut = (std::log(ceiling) - log_median) / deviation;  // standard normals beyond it
  return mean * below(cut - deviation) + ceiling * below(-cut);
}

}  // namespace

const char* KeyOf(Trait trait) {
  constexpr std::array<const char*, kTraits> kKeys = {"puntualidad", "asistencia", "olvido",
                                                      "conducta"};
  return kKeys[At(trait)];
}

std::optional<Traits> LoadTraits(Reader& reader, const toml::table& root) {
  if (!root.contains("rasgos")) return std::nullopt;
  return TraitLoader(reader, reader.Table(root, "rasgos")).Load();
}

bool Possible(const Traits& traits) { return LeastEigenvalue(traits, All()) >= -kRounding; }

double CeilingOf(const Population& population, const BehaviourClass& c, Trait trait) {
  constexpr double kAll = 4294967296.0;
  constexpr double kNone = std::numeric_limits<double>::infinity();
  if (trait == Trait::Punctuality) {
    const double late = kAll - static_cast<double>(c.arrival.first_draw_from(1));
    return late > 0 ? kAll / late : kNone;
  }
  if (trait == Trait::Forgetting) {
    const auto missing = static_cast<double>(c.missing_record.below);
    return missing > 0 ? Chance::kHalf / missing : kNone;
  }
  double away = 0;
  double conducts = 0;
  double others = 0;
  for (const SpellRate& spell : c.absences) away += spell.per_year;
  for (const SpellRate& spell : c.post_absences) away += spell.per_year;
  for (const ConductRate& rate : population.conduct) conducts += rate.per_year * c.conduct_factor;
  for (const Occurrence& occurrence : population.occurrences) others += occurrence.per_year;
  const double own = trait == Trait::Attendance ? away : conducts;
  const double room = kMostEventsPerYear - away - conducts - others;
  return own > 0 ? 1 + std::max(0.0, room) / own : kNone;
}

// The mean grows with the median, from below 1 to the ceiling.
double MedianFor(double deviation, double ceiling) {
  double low = -deviation * deviation / 2;
  if (Mean(deviation, ceiling, low) >= 1) return std::exp(low);
  double high = low + 1;
  while (Mean(deviation, ceiling, high) < 1) high += high - low;
  constexpr int kHalvings = 100;
  for (int i = 0; i < kHalvings; ++i) {
    const double middle = (low + high) / 2;
    (Mean(deviation, ceiling, middle) < 1 ? low : high) = middle;
  }
  return std::exp(high);
}

void AddTraits(Population& population, const std::function<Block(std::size_t)>& words) {
  if (!population.traits) return;
  const Traits& traits = *population.traits;
  Staff& staff = population.staff;
  const Matrix root = RootOf(traits);
  const boost::math::normal normal;
  std::vector<std::array<Shape, kTraits>> shapes;
  for (const Trait trait : kAllTraits) {
    if (traits.deviation[At(trait)] > 0) staff.traits[At(trait)].assign(staff.size(), 1);
  }
  for (const BehaviourClass& c : population.classes) {
    shapes.emplace_back();
    for (const Trait trait : kAllTraits) {
      if (traits.deviation[At(trait)] > 0) shapes.back()[At(trait)] = ShapeOf(population, c, trait);
    }
  }
  for (std::size_t person = 0; person < staff.size(); ++person) {
    const Block block = words(person);
    Eigen::Vector4d independent;
    for (std::size_t t = 0; t < kTraits; ++t) {
      const double p = (static_cast<double>(block[t]) + 0.5) / 4294967296.0;
      independent[static_cast<Eigen::Index>(t)] = boost::math::quantile(normal, p);
    }
    const Eigen::Vector4d together = root * independent;
    for (std::size_t t = 0; t < kTraits; ++t) {
      const Shape& shape = shapes[staff.behaviour[person]][t];
      if (!shape.varies) continue;
      const double factor =
          shape.median * std::exp(traits.deviation[t] * together[static_cast<Eigen::Index>(t)]);
      staff.traits[t][person] = static_cast<float>(std::min(factor, shape.ceiling));
    }
  }
}

}  // namespace cotejo::population
