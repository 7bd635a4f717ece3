#include "app/lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace cotejo::app {

FileLock::Result FileLock::Take(const std::string& path) {
  beside_ = path + ".candado";
  for (;;) {
    file_ = ::open(beside_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (file_ < 0) return Result::Failed;
    if (::flock(file_, LOCK_EX | LOCK_NB) != 0) {
      const bool taken = errno == EWOULDBLOCK;
      ::close(file_);
      file_ = -1;
      return taken ? Result::Taken : Result::Failed;
    }
    // Whoever held it may have removed the file in between: then this is of a file that is no more.
    struct stat held {};
    struct stat there {};
    if (::fstat(file_, &held) == 0 && ::stat(beside_.c_str(), &there) == 0 &&
        held.st_ino == there.st_ino && held.st_dev == there.st_dev)
      return Result::Held;
    ::close(file_);
  }
}

FileLock::~FileLock() {
  if (file_ < 0) return;
  ::unlink(beside_.c_str());
  ::close(file_);
}

}  // namespace cotejo::app
