#include "reports/terminal/progress.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>

#include "reports/format.h"
#include "reports/terminal/terminal.h"

namespace cotejo::reports {

bool IsTerminal(int fd) { return isatty(fd) == 1; }

int TerminalWidth(int fd) {
  winsize size{};
  if (ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  return 100;
}

std::string RenderProgress(const std::string& label, std::int64_t done, std::int64_t total,
                           double seconds, int width) {
  const std::int64_t whole = std::max<std::int64_t>(total, 1);
  const std::int64_t now = std::clamp<std::int64_t>(done, 0, whole);
  // now * 100 would overflow only beyond what a counter reaches; a double keeps it simple.
  const double share = static_cast<double>(now) / static_cast<double>(whole);
  const std::string tail =
      fmt::format("  {:3} %  {}/{}  {:.0f} s", static_cast<int>(share * 100), now, total, seconds);
  const int room = width - static_cast<int>(DisplayWidth(label) + DisplayWidth(tail)) - 4;
  if (room < 4) return Shorten(label + tail, static_cast<std::size_t>(std::max(width, 1)));
  const int cells = std::min(room, 40);
  const int filled = static_cast<int>(share * cells);
  return label + "  [" + std::string(static_cast<std::size_t>(filled), '#') +
         std::string(static_cast<std::size_t>(cells - filled), '.') + "]" + tail;
}

Progress::Progress(std::string label, Counter done, Counter total)
    : label_(std::move(label)), done_(std::move(done)), total_(std::move(total)) {
  if (IsTerminal(STDERR_FILENO)) thread_ = std::thread([this] { Run(); });
}

Progress::~Progress() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    ended_ = true;
  }
  ending_.notify_one();
  thread_.join();
}

void Progress::Run() {
  using Clock = std::chrono::steady_clock;
  const Clock::time_point start = Clock::now();
  std::unique_lock lock(mutex_);
  // The first tenth of a second draws nothing: short work leaves no flicker.
  while (!ending_.wait_for(lock, std::chrono::milliseconds(100), [this] { return ended_; })) {
    const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
    // One column less than the terminal has: some wrap as soon as the last one is written.
    const std::string line =
        RenderProgress(label_, done_(), total_(), seconds, TerminalWidth(STDERR_FILENO) - 1);
    std::fprintf(stderr, "\r\x1b[K%s", line.c_str());
    std::fflush(stderr);
  }
  std::fprintf(stderr, "\r\x1b[K");
  std::fflush(stderr);
}

}  // namespace cotejo::reports
