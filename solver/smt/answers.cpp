#include "solver/smt/answers.h"

#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <system_error>
#include <utility>
#include <vector>

namespace cotejo::smt {

namespace fs = std::filesystem;

namespace {

class Writer {
 public:
  void Put(std::uint64_t number) {
    char bytes[sizeof number];
    std::memcpy(bytes, &number, sizeof number);
    text_.append(bytes, sizeof number);
  }
  void Put(const Digest& digest) {
    Put(digest.first);
    Put(digest.second);
  }
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::string text_;
};

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}
  std::uint64_t Number() {
    std::uint64_t number = 0;
    if (text_.size() < sizeof number) {
      good_ = false;
      return 0;
    }
    std::memcpy(&number, text_.data(), sizeof number);
    text_.remove_prefix(sizeof number);
    return number;
  }
  Digest Mark() {
    Digest digest;
    digest.first = Number();
    digest.second = Number();
    return digest;
  }
  [[nodiscard]] bool good() const { return good_; }
  [[nodiscard]] bool done() const { return text_.empty(); }

 private:
  std::string_view text_;
  bool good_ = true;
};

// What the file must begin with: neither another program's nor a damaged one is believed.
Digest Seal(const std::string& program, std::string_view bytes) {
  Digest seal;
  seal.Add(program);
  seal.Add(bytes);
  return seal;
}

std::string EntryBytes(const Digest& question, const KeptAnswer& answer, std::uint32_t used) {
  Writer out;
  out.Put(question);
  out.Put(used);
  out.Put(answer.sat ? 1 : 0);
  out.Put(answer.model.size());
  for (const auto& [variable, value] : answer.model) {
    out.Put(static_cast<std::uint64_t>(variable));
    out.Put(value.fits ? 1 : 0);
    out.Put(static_cast<std::uint64_t>(value.value.num()));
    out.Put(static_cast<std::uint64_t>(value.value.den()));
  }
  return out.text();
}

KeptAnswer ReadAnswer(Reader& in) {
  KeptAnswer answer;
  answer.sat = in.Number() != 0;
  for (std::uint64_t left = in.Number(); in.good() && left > 0; --left) {
    const auto variable = static_cast<std::int32_t>(in.Number());
    ModelValue value;
    value.fits = in.Number() != 0;
    const auto num = static_cast<std::int64_t>(in.Number());
    const auto den = static_cast<std::int64_t>(in.Number());
    if (!in.good()) break;
    value.value = Rational(num, den);
    answer.model.emplace_hint(answer.model.end(), variable, value);
  }
  return answer;
}

}  // namespace

std::optional<KeptAnswer> Answers::Find(const Digest& question) {
  const std::lock_guard lock(mutex_);
  const auto it = entries_.find(question);
  if (it == entries_.end()) return std::nullopt;
  it->second.used = run_;
  ++found_;
  return it->second.answer;
}

void Answers::Keep(const Digest& question, const KeptAnswer& answer) {
  const std::lock_guard lock(mutex_);
  entries_[question] = {answer, run_};
  changed_ = true;
}

std::size_t Answers::found() const {
  const std::lock_guard lock(mutex_);
  return found_;
}

void Answers::Load(const std::string& path, const std::string& program) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return;
  // What cannot be read to its end is damaged too, and no exception.
  std::ostringstream all;
  all << file.rdbuf();
  const std::string bytes = std::move(all).str();
  Reader in(bytes);
  const Digest seal = in.Mark();
  if (!in.good() ||
      seal != Seal(program, std::string_view(bytes).substr(2 * sizeof(std::uint64_t)))) {
    return;
  }
  const std::lock_guard lock(mutex_);
  run_ = static_cast<std::uint32_t>(in.Number()) + 1;
  while (in.good() && !in.done()) {
    const Digest question = in.Mark();
    const auto used = static_cast<std::uint32_t>(in.Number());
    KeptAnswer answer = ReadAnswer(in);
    if (in.good()) entries_.emplace_hint(entries_.end(), question, Entry{std::move(answer), used});
  }
}

std::string Answers::Bytes(std::size_t most_bytes) const {
  struct Line {
    std::uint32_t used;
    std::string bytes;
  };
  std::vector<Line> lines;
  for (const auto& [question, entry] : entries_) {
    lines.push_back({entry.used, EntryBytes(question, entry.answer, entry.used)});
  }
  std::stable_sort(lines.begin(), lines.end(),
                   [](const Line& a, const Line& b) { return a.used > b.used; });
  Writer run;
  run.Put(run_);
  std::string bytes = run.text();
  for (const Line& line : lines) {
    if (bytes.size() + line.bytes.size() > most_bytes) break;
    bytes += line.bytes;
  }
  return bytes;
}

bool Answers::Save(const std::string& path, const std::string& program,
                   std::size_t most_bytes) const {
  const std::lock_guard lock(mutex_);
  if (!changed_) return false;
  const std::string bytes = Bytes(most_bytes);
  Writer seal;
  seal.Put(Seal(program, bytes));
  const std::string partial = path + "." + std::to_string(getpid()) + ".parcial";
  std::error_code error;
  fs::create_directories(fs::path(path).parent_path(), error);
  std::ofstream out(partial, std::ios::binary);
  out << seal.text() << bytes;
  out.close();
  // The name appears with all of its content or not at all, whoever else is writing it.
  if (out) fs::rename(partial, path, error);
  if (!out || error) fs::remove(partial, error);
  return out && !error;
}

}  // namespace cotejo::smt
