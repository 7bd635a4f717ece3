#include <algorithm>
#include <cstdlib>
#include <list>
#include <thread>

// The C++ bindings of MPI-2 are gone from the standard; the C ones are those to use.
#define OMPI_SKIP_MPICXX 1
#include <mpi.h>

#include "scenarios/ranks/ranks.h"

namespace cotejo::ranks {
namespace {

int FromEnvironment(const char* name, int otherwise) {
  const char* value = std::getenv(name);
  return value != nullptr ? std::atoi(value) : otherwise;
}

class MpiRanks : public Ranks {
 public:
  MpiRanks() {
    // Containers forbid one process to read another's memory, and Open MPI tries it first.
    ::setenv("OMPI_MCA_btl_vader_single_copy_mechanism", "none", 0);
    // Looking for fabrics that few machines have takes two tenths of a second of each run; what is
    // sent here is little, and goes by memory or by TCP.
    ::setenv("OMPI_MCA_pml", "ob1", 0);
    int provided = 0;
    MPI_Init_thread(nullptr, nullptr, MPI_THREAD_FUNNELED, &provided);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank_);
    MPI_Comm_size(MPI_COMM_WORLD, &count_);
  }
  MpiRanks(const MpiRanks&) = delete;
  MpiRanks& operator=(const MpiRanks&) = delete;
  // What was sent has been taken by then or nobody will: MPI_Finalize waits for everybody.
  ~MpiRanks() override {
    for (Sent& sent : sent_) MPI_Wait(&sent.request, MPI_STATUS_IGNORE);
    MPI_Finalize();
  }

  [[nodiscard]] int rank() const override { return rank_; }
  [[nodiscard]] int count() const override { return count_; }

  void Send(int to, int kind, std::string_view bytes) override {
    Forget();
    Sent& sent = sent_.emplace_back();
    sent.bytes = bytes;
    MPI_Isend(sent.bytes.data(), static_cast<int>(sent.bytes.size()), MPI_BYTE, to, kind,
              MPI_COMM_WORLD, &sent.request);
  }

  // A long message comes in pieces, as its sender finds the time: nobody waits for them here.
  std::optional<Message> Receive() override {
    Forget();
    if (coming_ == MPI_REQUEST_NULL && !Begin()) return std::nullopt;
    int there = 0;
    MPI_Test(&coming_, &there, MPI_STATUS_IGNORE);
    if (there == 0) return std::nullopt;
    return std::move(message_);
  }

  [[nodiscard]] bool UnderWay() const override {
    return coming_ != MPI_REQUEST_NULL || !sent_.empty();
  }

  void Abandon(int status) override { MPI_Abort(MPI_COMM_WORLD, status); }

 private:
  struct Sent {
    std::string bytes;
    MPI_Request request = MPI_REQUEST_NULL;
  };

  bool Begin() {
    int there = 0;
    MPI_Status status;
    MPI_Iprobe(MPI_ANY_SOURCE, MPI_ANY_TAG, MPI_COMM_WORLD, &there, &status);
    if (there == 0) return false;
    int size = 0;
    MPI_Get_count(&status, MPI_BYTE, &size);
    message_ = {status.MPI_SOURCE, status.MPI_TAG,
                std::string(static_cast<std::size_t>(size), '\0')};
    MPI_Irecv(message_.bytes.data(), size, MPI_BYTE, message_.from, message_.kind, MPI_COMM_WORLD,
              &coming_);
    return true;
  }

  // The bytes of a message are kept until they have left.
  void Forget() {
    sent_.remove_if([](Sent& sent) {
      int done = 0;
      MPI_Test(&sent.request, &done, MPI_STATUS_IGNORE);
      return done != 0;
    });
  }

  int rank_ = 0;
  int count_ = 1;
  std::list<Sent> sent_;
  Message message_;  // that is coming
  MPI_Request coming_ = MPI_REQUEST_NULL;
};

}  // namespace

void Patience::Wait() {
  std::this_thread::sleep_for(wait_);
  wait_ = std::min(2 * wait_, kMost);
}

int LaunchedCount() { return FromEnvironment("OMPI_COMM_WORLD_SIZE", 1); }

int LaunchedRank() { return FromEnvironment("OMPI_COMM_WORLD_RANK", 0); }

std::unique_ptr<Ranks> Join() {
  if (LaunchedCount() < 2) return nullptr;
  return std::make_unique<MpiRanks>();
}

}  // namespace cotejo::ranks
