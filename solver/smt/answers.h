// Answers of the solver kept by what was asked, so that what an edit does not touch is not
// asked again.
//
// An answer is found only by the digest of all that the solver had been told since it was new,
// its limits and its questions included: it is then the answer it would give.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "solver/smt/terms.h"

namespace cotejo::smt {

// A decided question. What was left open is not kept.
struct KeptAnswer {
  bool sat = false;
  Model model;  // when sat; by the turn in which each variable was first said
};

class Answers {
 public:
  static constexpr std::size_t kMostBytes = 8U << 20;

  // Several threads may ask at once.
  [[nodiscard]] std::optional<KeptAnswer> Find(const Digest& question);
  void Keep(const Digest& question, const KeptAnswer& answer);
  [[nodiscard]] std::size_t found() const;  // how many questions were answered from here

  // Takes what an earlier run of `program` left in the file. One that is not there, is damaged
  // or is of another program gives nothing: no error, the questions are asked again.
  void Load(const std::string& path, const std::string& program);
  // Leaves the answers there if there are new ones, those used longest ago given up beyond the
  // bound; true when it wrote them. What cannot be written is asked again the next time.
  bool Save(const std::string& path, const std::string& program,
            std::size_t most_bytes = kMostBytes) const;

 private:
  struct Entry {
    KeptAnswer answer;
    std::uint32_t used = 0;  // the last run that used it
  };
  [[nodiscard]] std::string Bytes(std::size_t most_bytes) const;

  mutable std::mutex mutex_;
  std::map<Digest, Entry> entries_;
  std::uint32_t run_ = 1;
  std::size_t found_ = 0;
  bool changed_ = false;
};

}  // namespace cotejo::smt
