// A progress bar that looks at a counter, so that the work need not know of it.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>

namespace cotejo::reports {

// "simulando  [########........]  50 %  100/200  3 s", cut to `width` columns.
std::string RenderProgress(const std::string& label, std::int64_t done, std::int64_t total,
                           double seconds, int width);

// Draws on stderr, ten times a second, while it lives, and clears its line when it ends.
// Does nothing at all when stderr is not a terminal. `done` must outlive it.
class Progress {
 public:
  Progress(std::string label, const std::atomic<std::int64_t>& done, std::int64_t total);
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  ~Progress();

 private:
  void Run();

  std::string label_;
  const std::atomic<std::int64_t>& done_;
  std::int64_t total_;
  std::mutex mutex_;
  std::condition_variable ending_;
  bool ended_ = false;
  std::thread thread_;
};

}  // namespace cotejo::reports
