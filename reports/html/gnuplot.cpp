#include "reports/html/gnuplot.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <kainjow/mustache.hpp>
#include <string_view>

namespace cotejo::reports {

namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::seconds kTimeLimit{20};

struct FileDescriptor {
  int fd = -1;
  FileDescriptor() = default;
  FileDescriptor(const FileDescriptor&) = delete;
  FileDescriptor& operator=(const FileDescriptor&) = delete;
  ~FileDescriptor() { Close(); }
  void Close() {
    if (fd >= 0) close(fd);
    fd = -1;
  }
};

// The three ends on each side. Standard input is a socket, not a pipe, because writing to a
// child that died must be an error here and not a SIGPIPE for the whole program.
struct Channels {
  FileDescriptor in_parent, in_child;
  FileDescriptor out_parent, out_child;
  FileDescriptor err_parent, err_child;

  bool Open() {
    std::array<int, 2> ends{};
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) return false;
    in_parent.fd = ends[0];
    in_child.fd = ends[1];
    if (pipe2(ends.data(), O_CLOEXEC) != 0) return false;
    out_parent.fd = ends[0];
    out_child.fd = ends[1];
    if (pipe2(ends.data(), O_CLOEXEC) != 0) return false;
    err_parent.fd = ends[0];
    err_child.fd = ends[1];
    return true;
  }
  void CloseChildEnds() {
    in_child.Close();
    out_child.Close();
    err_child.Close();
  }
};

int Spawn(const std::string& program, const Channels& channels, pid_t& child) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, channels.in_child.fd, STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, channels.out_child.fd, STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, channels.err_child.fd, STDERR_FILENO);
  // -d: no start-up file of the user may change the drawing.
  std::string name = program;
  std::string flag = "-d";
  std::string input = "-";
  std::array<char*, 4> arguments = {name.data(), flag.data(), input.data(), nullptr};
  const int error =
      posix_spawnp(&child, name.c_str(), &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  return error;
}

struct Streams {
  std::string out;
  std::string err;
  bool timed_out = false;
};

// Appends what there is to read; false at the end of the stream.
bool Drain(int fd, std::string& into) {
  std::array<char, 16384> buffer;
  const ssize_t got = read(fd, buffer.data(), buffer.size());
  if (got < 0) return errno == EINTR || errno == EAGAIN;
  into.append(buffer.data(), static_cast<std::size_t>(got));
  return got > 0;
}

// Feeds the script and collects both outputs at once: one after the other would deadlock
// as soon as a buffer fills.
Streams Exchange(Channels& channels, const std::string& script) {
  Streams streams;
  std::size_t written = 0;
  const Clock::time_point deadline = Clock::now() + kTimeLimit;
  while (channels.out_parent.fd >= 0 || channels.err_parent.fd >= 0) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
    if (left <= 0) {
      streams.timed_out = true;
      break;
    }
    std::array<pollfd, 3> polled = {{{channels.in_parent.fd, POLLOUT, 0},
                                     {channels.out_parent.fd, POLLIN, 0},
                                     {channels.err_parent.fd, POLLIN, 0}}};
    if (poll(polled.data(), polled.size(), static_cast<int>(left)) < 0) {
      if (errno == EINTR) continue;
      break;
    }
    if (polled[0].revents != 0) {
      const ssize_t sent = send(channels.in_parent.fd, script.data() + written,
                                script.size() - written, MSG_NOSIGNAL | MSG_DONTWAIT);
      if (sent > 0) written += static_cast<std::size_t>(sent);
      const bool failed = sent < 0 && errno != EAGAIN && errno != EINTR;
      if (failed || written == script.size()) channels.in_parent.Close();
    }
    if (polled[1].revents != 0 && !Drain(channels.out_parent.fd, streams.out)) {
      channels.out_parent.Close();
    }
    if (polled[2].revents != 0 && !Drain(channels.err_parent.fd, streams.err)) {
      channels.err_parent.Close();
    }
  }
  return streams;
}

int WaitFor(pid_t child) {
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return status;
}

base::Text Missing(const std::string& program, int error) {
  return {fmt::format("gráfico no dibujado: no se pudo ejecutar «{}» ({}); instale gnuplot "
                      "(en Debian: gnuplot-nox) y vuelva a generar el informe",
                      program, std::strerror(error)),
          fmt::format("chart not drawn: “{}” could not be run ({}); install gnuplot "
                      "(on Debian: gnuplot-nox) and make the report again",
                      program, std::strerror(error))};
}

base::Text Failed(const std::string& program, const Streams& streams) {
  if (streams.timed_out) {
    return {
        fmt::format("gráfico no dibujado: «{}» no terminó en {} s", program, kTimeLimit.count()),
        fmt::format("chart not drawn: “{}” did not end in {} s", program, kTimeLimit.count())};
  }
  std::string said = streams.err.substr(0, 300);
  for (char& c : said) {
    if (c == '\n' || c == '\t') c = ' ';
  }
  const std::size_t first = said.find_first_not_of(' ');
  said = first == std::string::npos ? "-" : said.substr(first);
  return {fmt::format("gráfico no dibujado: «{}» falló: {}", program, said),
          fmt::format("chart not drawn: “{}” failed: {}", program, said)};
}

void ReplaceAll(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
    text.replace(at, from.size(), to);
  }
}

// Takes out every piece that starts with `open` and runs to the end of `close`.
void RemoveAll(std::string& text, std::string_view open, std::string_view close) {
  for (std::size_t at = 0; (at = text.find(open, at)) != std::string::npos;) {
    const std::size_t end = text.find(close, at + open.size());
    if (end == std::string::npos) return;
    text.erase(at, end + close.size() - at);
  }
}

}  // namespace

Drawing DrawWithGnuplot(const std::string& program, const std::string& script,
                        const std::string& id, const std::string& description) {
  Channels channels;
  if (!channels.Open()) return {"", Missing(program, errno)};
  pid_t child = -1;
  const int error = Spawn(program, channels, child);
  channels.CloseChildEnds();
  if (error != 0) return {"", Missing(program, error)};
  const Streams streams = Exchange(channels, script);
  if (streams.timed_out) kill(child, SIGKILL);
  const int status = WaitFor(child);
  // Some C libraries start the child first and only then fail to find the program: 127.
  if (WIFEXITED(status) && WEXITSTATUS(status) == 127) return {"", Missing(program, ENOENT)};
  const bool good = !streams.timed_out && WIFEXITED(status) && WEXITSTATUS(status) == 0 &&
                    streams.out.find("</svg>") != std::string::npos;
  if (!good) return {"", Failed(program, streams)};
  return {EmbedSvg(streams.out, id, description), {}};
}

std::string EmbedSvg(const std::string& document, const std::string& id,
                     const std::string& description) {
  const std::size_t start = document.find("<svg");
  const std::size_t head_end = document.find('>', start == std::string::npos ? 0 : start);
  const std::size_t close = document.rfind("</svg>");
  if (start == std::string::npos || head_end == std::string::npos || close == std::string::npos ||
      close < head_end) {
    return "";
  }
  const std::string head = document.substr(start, head_end - start);
  std::string view_box;
  if (const std::size_t at = head.find("viewBox=\""); at != std::string::npos) {
    const std::size_t from = at + 9;
    view_box = head.substr(from, head.find('"', from) - from);
  }
  std::string body = document.substr(head_end + 1, close - head_end - 1);
  RemoveAll(body, "<title>", "</title>");
  RemoveAll(body, "<desc>", "</desc>");
  RemoveAll(body, " font-family=\"", "\"");
  for (const char quote : {'\'', '"'}) {
    ReplaceAll(body, fmt::format(" id={}", quote), fmt::format(" id={}{}-", quote, id));
    ReplaceAll(body, fmt::format("href={}#", quote), fmt::format("href={}#{}-", quote, id));
  }
  ReplaceAll(body, "url(#", fmt::format("url(#{}-", id));
  ReplaceAll(body, "xlink:href", "href");
  return fmt::format(R"(<svg viewBox="{}" role="img" aria-label="{}">{}</svg>)", view_box,
                     kainjow::mustache::html_escape(description), body);
}

std::string GnuplotQuote(const std::string& text) {
  std::string quoted = "'";
  for (const char c : text) {
    if (c == '\'') quoted += '\'';
    quoted += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  }
  return quoted + "'";
}

}  // namespace cotejo::reports
