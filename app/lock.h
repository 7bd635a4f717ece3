// A file that one process at a time may work on.
#pragma once

#include <string>

namespace cotejo::app {

// Held until destroyed, or until the process ends, however it ends. By a file beside it, because
// the file itself is replaced whole each time it is written.
class FileLock {
 public:
  enum class Result { Held, Taken, Failed };

  FileLock() = default;
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;
  ~FileLock();

  Result Take(const std::string& path);

 private:
  std::string beside_;
  int file_ = -1;
};

}  // namespace cotejo::app
