// The processes that share one run: this one and those that mpirun started with it.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace cotejo::ranks {

struct Message {
  int from = 0;
  int kind = 0;
  std::string bytes;
};

// Messages between two processes arrive in the order they were sent. One thread uses it.
class Ranks {
 public:
  Ranks() = default;
  Ranks(const Ranks&) = delete;
  Ranks& operator=(const Ranks&) = delete;
  virtual ~Ranks() = default;

  [[nodiscard]] virtual int rank() const = 0;  // 0 leads
  [[nodiscard]] virtual int count() const = 0;
  // Does not wait for it to arrive.
  virtual void Send(int to, int kind, std::string_view bytes) = 0;
  // Nothing when none has come.
  virtual std::optional<Message> Receive() = 0;
  // Part of a message has come, or part of one is still here: each piece moves when both ask.
  [[nodiscard]] virtual bool UnderWay() const = 0;
  // Ends all of them, this one too: it cannot go on, and the others would wait for it.
  virtual void Abandon(int /*status*/) {}
};

// How long to wait before asking again whether a message has come: asking is not free, so each time
// in vain the wait is longer, up to what an item can be waited for without leaving anybody idle.
class Patience {
 public:
  void Wait();
  void Begin() { wait_ = kLeast; }  // something came

 private:
  static constexpr std::chrono::microseconds kLeast{250};
  static constexpr std::chrono::microseconds kMost{4000};
  std::chrono::microseconds wait_ = kLeast;
};

// What mpirun says of this process, before any of it starts MPI: how many there are, and which
// this is; 1 and 0 when it was started alone.
int LaunchedCount();
int LaunchedRank();

// Starts MPI; it ends with what this returns. Nothing when the process was started alone.
std::unique_ptr<Ranks> Join();

}  // namespace cotejo::ranks
