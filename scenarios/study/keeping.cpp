#include "scenarios/study/keeping.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "model/rules/content_hash.h"

namespace cotejo::study {

void AddYears(const std::vector<year::RegulationInput>& regulations, const year::Options& options,
              std::vector<Dependence>& all) {
  for (const year::RegulationInput& regulation : regulations)
    all.push_back({{"la regulación «" + regulation.id + "»", "regulation '" + regulation.id + "'"},
                   rules::ContentHash(*regulation.rules).Whole()});
  all.push_back({{"la gestión", "year"}, std::to_string(options.gestion)});
  all.push_back({{"la semilla", "seed"}, std::to_string(options.seed)});
  all.push_back(
      {{"el número de réplicas", "number of replications"}, std::to_string(options.replications)});
}

std::string Exactly(double number) {
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%a", number);
  return text.data();
}

bool Keeping::Begin(const State& state, const Reader& read) {
  if (path_.empty()) return true;
  const auto kept = checkpoint_.Read(diagnostics_);
  if (!kept) return false;
  if (kept->empty()) {
    Save(state);
    if (!saved_) diagnostics_.Add(CannotKeep(path_, base::Severity::Error));
    return saved_;
  }
  if (read(*kept)) return true;
  diagnostics_.Add(
      {"punto-alterado",
       base::Severity::Error,
       {},
       {path_ + ": lo que guarda no se entiende", path_ + ": what it keeps makes no sense"},
       {},
       {}});
  return false;
}

void Keeping::GoOn(std::int64_t years) {
  if (years == 0) return;
  diagnostics_.Add(
      {"punto-retomado",
       base::Severity::Note,
       {},
       {"sigue desde " + path_ + ": " + std::to_string(years) + " años de persona ya simulados",
        "goes on from " + path_ + ": " + std::to_string(years) + " person-years simulated already"},
       {},
       {}});
}

void Keeping::Save(const State& state) {
  if (path_.empty()) return;
  const Clock::time_point begun = Clock::now();
  saved_ = checkpoint_.Write(state());
  saved_at_ = Clock::now();
  cost_ = saved_at_ - begun;
}

void Keeping::SaveNowAndThen(const State& state) {
  if (path_.empty()) return;
  const Clock::duration least = std::chrono::milliseconds(250);
  if (Clock::now() - saved_at_ >= std::max(least, 50 * cost_)) Save(state);
}

void Keeping::End() {
  if (!saved_) diagnostics_.Add(CannotKeep(path_, base::Severity::Warning));
}

}  // namespace cotejo::study
