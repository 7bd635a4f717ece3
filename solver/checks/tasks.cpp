#include "solver/checks/tasks.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <exception>
#include <iterator>
#include <thread>

#include "solver/checks/cache.h"

namespace cotejo::checks {

namespace {

// What takes less is as soon computed as read.
constexpr auto kWorthKeeping = std::chrono::milliseconds(1);

base::CheckReport Unknown(const Task& task, base::Text reason) {
  base::QueryRecord record;
  record.name = task.name;
  record.check = task.name.substr(0, task.name.find('/'));
  record.verdict = base::Verdict::Unknown;
  record.reason = std::move(reason);
  record.bounds = {"toda la tarea", "the whole task"};
  base::CheckReport report;
  report.queries.push_back(std::move(record));
  return report;
}

class Run {
 public:
  Run(const CheckContext& context, const std::vector<Task>& tasks)
      : context_(context),
        tasks_(tasks),
        cache_(context.options.cache_directory),
        results_(tasks.size()) {}

  std::vector<base::CheckReport> All() {
    const std::size_t threads = std::min(Threads(), tasks_.size());
    {
      std::vector<std::jthread> others;
      for (std::size_t t = 1; t < threads; ++t) others.emplace_back([this] { Work(); });
      Work();
    }
    if (kept_) cache_.TrimInTurn();
    return std::move(results_);
  }

 private:
  std::size_t Threads() const {
    const int asked = context_.options.threads;
    return asked > 0 ? static_cast<std::size_t>(asked)
                     : std::max(1U, std::thread::hardware_concurrency());
  }

  void Work() {
    for (std::size_t t = next_++; t < tasks_.size(); t = next_++) results_[t] = One(tasks_[t]);
  }

  bool Stopped() const { return context_.options.stop != nullptr && *context_.options.stop; }

  base::CheckReport One(const Task& task) {
    if (Stopped())
      return Unknown(task, {"interrumpida antes de empezar", "interrupted before it began"});
    // A log must have every query, and what is kept has none.
    if (context_.options.log == nullptr) {
      if (auto kept = cache_.Find(task)) {
        NoteReused(static_cast<int>(kept->queries.size()));
        return std::move(*kept);
      }
    }
    const auto begin = std::chrono::steady_clock::now();
    base::CheckReport report;
    try {
      task.run(report);
    } catch (const std::exception& failure) {
      return Unknown(task, {"la tarea falló: " + std::string(failure.what()),
                            "the task failed: " + std::string(failure.what())});
    }
    const auto spent = std::chrono::steady_clock::now() - begin;
    if (!Stopped() && (task.shares || spent >= kWorthKeeping)) {
      cache_.Keep(task, report);
      kept_ = true;
    }
    return report;
  }

  void NoteReused(int queries) {
    Progress* progress = context_.options.progress;
    if (progress == nullptr) return;
    progress->planned += queries;
    progress->done += queries;
    ++progress->reused;
  }

  const CheckContext& context_;
  const std::vector<Task>& tasks_;
  Cache cache_;
  std::vector<base::CheckReport> results_;  // one a task; each written by one thread
  std::atomic<std::size_t> next_{0};
  std::atomic<bool> kept_{false};
};

template <typename Item>
void Move(std::vector<Item>& from, std::vector<Item>& to) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

}  // namespace

void RunTasks(const CheckContext& context, const std::vector<Task>& tasks,
              base::CheckReport& report) {
  if (tasks.empty()) return;
  for (base::CheckReport& result : Run(context, tasks).All()) {
    Move(result.findings, report.findings);
    Move(result.queries, report.queries);
  }
}

}  // namespace cotejo::checks
