// A progress bar that looks at a counter, so that the work need not know of it.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <utility>

namespace cotejo::reports {

// "simulando  [########........]  50 %  100/200  3 s", cut to `width` columns.
std::string RenderProgress(const std::string& label, std::int64_t done, std::int64_t total,
                           double seconds, int width);

// Draws on stderr, ten times a second, while it lives, and clears its line when it ends.
// Does nothing at all when stderr is not a terminal. The counters must outlive it.
class Progress {
 public:
  template <typename Done>
  Progress(std::string label, const std::atomic<Done>& done, std::int64_t total)
      : Progress(std::move(label), Load(done), [total] { return total; }) {}
  // For work that learns on the way how much there is.
  template <typename Done, typename Total>
  Progress(std::string label, const std::atomic<Done>& done, const std::atomic<Total>& total)
      : Progress(std::move(label), Load(done), Load(total)) {}
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  ~Progress();

 private:
  using Counter = std::function<std::int64_t()>;
  template <typename T>
  static Counter Load(const std::atomic<T>& counter) {
    return
        [&counter] { return static_cast<std::int64_t>(counter.load(std::memory_order_relaxed)); };
  }
  Progress(std::string label, Counter done, Counter total);
  void Run();

  std::string label_;
  Counter done_;
  Counter total_;
  std::mutex mutex_;
  std::condition_variable ending_;
  bool ended_ = false;
  std::thread thread_;
};

}  // namespace cotejo::reports
