// A long run that keeps what it finishes, and goes on from it.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "model/base/source.h"
#include "scenarios/study/checkpoint.h"
#include "scenarios/year/simulate.h"

namespace cotejo::study {

// What years lived depend on, whatever they are for.
void AddYears(const std::vector<year::RegulationInput>& regulations, const year::Options& options,
              std::vector<Dependence>& all);
// With every bit.
std::string Exactly(double number);

class Keeping {
 public:
  using State = std::function<std::string()>;
  using Reader = std::function<bool(std::string_view)>;

  // `path` empty: nothing is kept.
  Keeping(const std::string& path, std::vector<Dependence> run, base::Diagnostics& diagnostics)
      : path_(path), checkpoint_(path, std::move(run)), diagnostics_(diagnostics) {}

  // Reads what an earlier run kept, if there was one. False, diagnosed, when it is refused, or
  // makes no sense to `read`, or nothing can be kept there: now, and not after hours, is when that
  // is seen.
  [[nodiscard]] bool Begin(const State& state, const Reader& read);
  // Says what is not lived again.
  void GoOn(std::int64_t years);

  void Save(const State& state);
  // Takes a fiftieth of the time at most.
  void SaveNowAndThen(const State& state);
  // Says so when the last time could not be kept.
  void End();

 private:
  using Clock = std::chrono::steady_clock;

  std::string path_;
  Checkpoint checkpoint_;
  base::Diagnostics& diagnostics_;
  bool saved_ = true;  // the last time
  Clock::time_point saved_at_;
  Clock::duration cost_{};
};

}  // namespace cotejo::study
