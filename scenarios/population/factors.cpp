// What the file is unsure of: factors on how often things happen, and draws of them.
#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>

#include "scenarios/population/philox.h"
#include "scenarios/population/population.h"

namespace cotejo::population {
namespace {

// Part of the key of draws: never renumber.
constexpr std::uint32_t kFactorDecision = 128;
constexpr std::uint64_t kEverybody = std::uint64_t{1} << 32;

void Times(std::vector<SpellRate>& spells, double factor) {
  for (SpellRate& spell : spells) spell.per_year *= factor;
}

}  // namespace

const char* KeyOf(Factor factor) {
  constexpr std::array<const char*, kFactors> kKeys = {
      "atrasos", "omisiones", "inasistencias", "ausencias", "conductas", "sucesos", "disuasion"};
  return kKeys[static_cast<std::size_t>(factor)];
}

base::Text DescribeFactor(Factor factor) {
  switch (factor) {
    case Factor::Lateness:
      return {"frecuencia de los atrasos", "how often people are late"};
    case Factor::Omissions:
      return {"frecuencia de las omisiones de registro", "how often records are left out"};
    case Factor::Absences:
      return {"frecuencia de las inasistencias", "how often people are absent"};
    case Factor::PostAbsences:
      return {"frecuencia de las ausencias del puesto", "how often people leave their post"};
    case Factor::Conducts:
      return {"frecuencia de las conductas sancionadas", "how often people misbehave"};
    case Factor::Deterrence:
      return {"cuánto responde la gente a una sanción", "how strongly people answer to a sanction"};
    case Factor::Occurrences:
      break;
  }
  return {"frecuencia de licencias, permisos y demás sucesos",
          "how often there are leaves, permits and other events"};
}

Population Scaled(const Population& population, const Factors& factors) {
  const auto by = [&](Factor factor) { return factors[static_cast<std::size_t>(factor)]; };
  Population scaled = population;
  for (BehaviourClass& c : scaled.classes) {
    c.arrival = c.arrival.Scaled(by(Factor::Lateness));
    c.missing_record = c.missing_record.Times(by(Factor::Omissions));
    Times(c.absences, by(Factor::Absences));
    Times(c.post_absences, by(Factor::PostAbsences));
    c.conduct_factor *= by(Factor::Conducts);
  }
  for (Occurrence& occurrence : scaled.occurrences) {
    occurrence.per_year *= by(Factor::Occurrences);
    if (occurrence.dated() && occurrence.reached.below < kEverybody)
      occurrence.reached.below =
          std::min(kEverybody,
                   static_cast<std::uint64_t>(std::llround(
                       static_cast<double>(occurrence.reached.below) * by(Factor::Occurrences))));
  }
  if (scaled.deterrence) {
    for (double& part : scaled.deterrence->part) part = std::pow(part, by(Factor::Deterrence));
  }
  return scaled;
}

Factors DrawFactors(const Population& population, std::uint64_t seed, std::uint32_t draw) {
  Factors factors = kAsTheFileSays;
  const boost::math::normal normal;
  for (std::size_t f = 0; f < kFactors; ++f) {
    if (population.uncertainty[f] <= 0) continue;
    const Block block = Draw(seed, draw, static_cast<std::uint32_t>(f), 0, kFactorDecision);
    const double p = (static_cast<double>(block[0]) + 0.5) / 4294967296.0;
    factors[f] = std::exp(population.uncertainty[f] * boost::math::quantile(normal, p));
  }
  return factors;
}

}  // namespace cotejo::population
