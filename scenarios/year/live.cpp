// Sharing the work out: to the threads of this process and to the other processes.
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "scenarios/year/labour.h"

namespace cotejo::year {
namespace {

int ThreadsOf(const Options& options) {
  if (options.threads > 0) return options.threads;
  // Each process has a core.
  if (options.ranks != nullptr) return 1;
  return static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
}

void WriteItem(const Item& item, base::ByteWriter& writer) {
  writer.Number(std::int64_t{item.first});
  writer.Number(std::int64_t{item.count});
  writer.Number(static_cast<std::int64_t>(item.range));
}

Item ReadItem(base::ByteReader& reader) {
  Item item;
  item.first = static_cast<int>(reader.Number());
  item.count = static_cast<int>(reader.Number());
  item.range = static_cast<std::size_t>(reader.Number());
  return item;
}

// ---- the process that leads ------------------------------------------------------

class Lead {
 public:
  Lead(const Labour& labour, const Options& options, Ledger& ledger,
       const std::function<void()>& grown, Totals empty)
      : labour_(labour),
        options_(options),
        ledger_(ledger),
        grown_(grown),
        part_(std::move(empty)) {}

  void Run() {
    const int threads = ThreadsOf(options_);
    std::vector<std::thread> others;
    // With other processes this thread talks to them.
    const int own = options_.ranks == nullptr ? 1 : 0;
    for (int i = own; i < threads; ++i) others.emplace_back([this] { Work(); });
    if (options_.ranks == nullptr) {
      Work();
    } else {
      Talk(*options_.ranks);
    }
    for (std::thread& other : others) other.join();
  }

  [[nodiscard]] const std::optional<base::Diagnostic>& fault() const { return fault_; }

 private:
  std::optional<Item> Next() {
    const std::lock_guard lock(mutex_);
    if (fault_ || (options_.stop != nullptr && *options_.stop)) return std::nullopt;
    const auto item = ledger_.Next();
    if (item) ++pending_;
    return item;
  }

  void Add(const Item& item, const Totals& totals) {
    const std::lock_guard lock(mutex_);
    --pending_;
    try {
      ledger_.Add(item, totals);
    } catch (const base::ArithmeticError&) {
      fault_ = {"simulación-sin-valor",
                base::Severity::Error,
                {},
                {"las sumas de las réplicas no caben en 128 bits",
                 "the sums of the replications do not fit in 128 bits"},
                {},
                {}};
      return;
    }
    if (options_.progress != nullptr) *options_.progress += ledger_.Years(item);
    if (grown_) grown_();
  }

  void Fail(const char* code, base::Text fault) {
    const std::lock_guard lock(mutex_);
    if (!fault_) fault_ = {code, base::Severity::Error, {}, std::move(fault), {}, {}};
  }

  void Work() {
    Labour::Worker worker = labour_.Hire();
    while (const auto item = Next()) {
      if (auto fault = labour_.Do(*item, worker))
        return Fail("simulación-sin-valor", std::move(*fault));
      Add(*item, worker.totals);
    }
  }

  // Over when nothing is left to give nor to come, and everybody has said that they are there.
  bool Over(int silent) {
    const std::lock_guard lock(mutex_);
    if (fault_ || (options_.stop != nullptr && *options_.stop)) return true;
    return silent == 0 && pending_ == 0 && ledger_.complete();
  }

  void Talk(ranks::Ranks& ranks) {
    int silent = ranks.count() - 1;
    ranks::Patience patience;
    while (!Over(silent)) {
      const auto message = ranks.Receive();
      if (message || ranks.UnderWay()) patience.Begin();
      if (!message) {
        patience.Wait();
        continue;
      }
      Take(*message, ranks, silent);
    }
    for (int rank = 1; rank < ranks.count(); ++rank) ranks.Send(rank, kEnd, {});
  }

  void Take(const ranks::Message& message, ranks::Ranks& ranks, int& silent) {
    base::ByteReader reader(message.bytes);
    switch (message.kind) {
      case kReady:
        --silent;
        // One more than it has threads: that one waits there while the answer travels.
        for (std::int64_t left = reader.Number() + 1; left > 0; --left) Give(message.from, ranks);
        break;
      case kPart: {
        const Item item = ReadItem(reader);
        if (!part_.Read(reader))
          return Fail("rangos-distintos",
                      {"un proceso cuenta otras casillas", "a process counts other cells"});
        Add(item, part_);
        Give(message.from, ranks);
        break;
      }
      case kFault:
      case kRefuse: {
        const std::string es = reader.Text();
        Fail(message.kind == kFault ? "simulación-sin-valor" : "rangos-distintos",
             {es, reader.Text()});
        break;
      }
      default:
        break;
    }
  }

  void Give(int rank, ranks::Ranks& ranks) {
    const auto item = Next();
    if (!item) return;
    base::ByteWriter writer;
    WriteItem(*item, writer);
    ranks.Send(rank, kItem, writer.bytes());
  }

  const Labour& labour_;
  const Options& options_;
  Ledger& ledger_;
  const std::function<void()>& grown_;
  Totals part_;  // of another process
  std::mutex mutex_;
  std::int64_t pending_ = 0;  // items given and not added
  std::optional<base::Diagnostic> fault_;
};

// ---- the others ------------------------------------------------------------------

class Follower {
 public:
  Follower(const Labour& labour, const Options& options) : labour_(labour), options_(options) {}

  void Run() {
    ranks::Ranks& ranks = *options_.ranks;
    const int threads = ThreadsOf(options_);
    std::vector<std::thread> workers;
    for (int i = 0; i < threads; ++i) workers.emplace_back([this] { Work(); });
    base::ByteWriter ready;
    ready.Number(std::int64_t{threads});
    ranks.Send(0, kReady, ready.bytes());
    ranks::Patience patience;
    for (bool over = false; !over;) {
      SendFinished(ranks);
      const auto message = ranks.Receive();
      if (message || ranks.UnderWay()) patience.Begin();
      if (!message) {
        patience.Wait();
        continue;
      }
      base::ByteReader reader(message->bytes);
      const std::lock_guard lock(mutex_);
      if (message->kind == kItem) items_.push_back(ReadItem(reader));
      over_ = over = message->kind == kEnd;
      changed_.notify_one();
    }
    changed_.notify_all();
    for (std::thread& worker : workers) worker.join();
  }

 private:
  std::optional<Item> Next() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return over_ || !items_.empty(); });
    if (over_) return std::nullopt;
    const Item item = items_.front();
    items_.pop_front();
    return item;
  }

  void Work() {
    Labour::Worker worker = labour_.Hire();
    while (const auto item = Next()) {
      const auto fault = labour_.Do(*item, worker);
      base::ByteWriter writer;
      if (fault) {
        writer.Text(fault->es);
        writer.Text(fault->en);
      } else {
        WriteItem(*item, writer);
        worker.totals.Write(writer);
      }
      const std::lock_guard lock(mutex_);
      finished_.push_back({0, fault ? kFault : kPart, writer.bytes()});
    }
  }

  void SendFinished(ranks::Ranks& ranks) {
    std::deque<ranks::Message> finished;
    {
      const std::lock_guard lock(mutex_);
      finished.swap(finished_);
    }
    for (const ranks::Message& message : finished) ranks.Send(0, message.kind, message.bytes);
  }

  const Labour& labour_;
  const Options& options_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Item> items_;
  std::deque<ranks::Message> finished_;
  bool over_ = false;
};

}  // namespace

bool Simulation::Live(int replications, Ledger& ledger, const std::function<void()>& grown,
                      base::Diagnostics& diagnostics) const {
  ledger.Begin(replications);
  const Labour labour(setting_, tables_, population_, options_.seed);
  Lead lead(labour, options_, ledger, grown, tables_.Empty());
  lead.Run();
  if (lead.fault()) diagnostics.Add(*lead.fault());
  return !lead.fault();
}

void Simulation::Serve() const {
  const Labour labour(setting_, tables_, population_, options_.seed);
  Follower(labour, options_).Run();
}

}  // namespace cotejo::year
