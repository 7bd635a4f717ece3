#include "solver/checks/cache.h"

#include <elf.h>
#include <link.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <system_error>
#include <utility>
#include <vector>

#include "model/rules/content_hash.h"
#include "solver/checks/result_bytes.h"

namespace cotejo::checks {

namespace fs = std::filesystem;

namespace {

constexpr const char* kExtension = ".resultado";
constexpr const char* kPartial = ".parcial";
constexpr auto kAbandoned = std::chrono::hours(1);  // a partial file nobody will finish
constexpr const char* kTrimmed = "/recorte";        // its date: when it was last trimmed
constexpr auto kBetweenTrims = std::chrono::hours(1);

std::string Digest(const std::string& text) { return rules::Hasher().Add(text).str(); }

// The first line of a file: what it must hold, so that neither a damaged file nor one of
// another task of equal name is taken for it.
std::string Header(const Task& task, const std::string& program, const std::string& bytes) {
  return Digest(task.name + "\n" + task.depends + "\n" + program + "\n" + bytes) + "\n";
}

std::size_t Aligned(std::size_t size) { return (size + 3) & ~static_cast<std::size_t>(3); }

// The linker's own digest of the program, from its notes.
int FindBuildId(dl_phdr_info* info, std::size_t /*size*/, void* result) {
  auto* id = static_cast<std::string*>(result);
  for (int i = 0; i < info->dlpi_phnum; ++i) {
    const auto& header = info->dlpi_phdr[i];
    if (header.p_type != PT_NOTE) continue;
    // NOLINTNEXTLINE(performance-no-int-to-ptr): the loader gives addresses as numbers
    const auto* at = reinterpret_cast<const char*>(info->dlpi_addr + header.p_vaddr);
    const char* end = at + header.p_memsz;
    while (at + sizeof(ElfW(Nhdr)) <= end) {
      const auto* note = reinterpret_cast<const ElfW(Nhdr)*>(at);
      const char* name = at + sizeof(ElfW(Nhdr));
      const char* description = name + Aligned(note->n_namesz);
      if (note->n_type == NT_GNU_BUILD_ID && std::string(name) == "GNU") {
        id->assign(description, note->n_descsz);
        return 1;
      }
      at = description + Aligned(note->n_descsz);
    }
  }
  return 1;  // the program itself comes first; its libraries do not count
}

}  // namespace

std::string ProgramId() {
  std::string build;
  dl_iterate_phdr(&FindBuildId, &build);
  return build.empty() ? "" : Digest(build + "|" + smt::Z3Version());
}

Cache::Cache(std::string directory, std::uintmax_t most_bytes)
    : directory_(std::move(directory)),
      most_bytes_(most_bytes),
      program_(directory_.empty() ? "" : ProgramId()) {}

bool Cache::Keeps(const Task& task) const {
  return !directory_.empty() && !program_.empty() && !task.depends.empty();
}

std::string Cache::PathOf(const Task& task) const {
  return directory_ + "/" + Digest(task.name + "\n" + task.depends + "\n" + program_) + kExtension;
}

std::optional<base::CheckReport> Cache::Find(const Task& task) const {
  if (!Keeps(task)) return std::nullopt;
  const std::string path = PathOf(task);
  std::ifstream in(path, std::ios::binary);
  if (!in) return std::nullopt;
  std::string header;
  std::getline(in, header);
  // As a stream, and not byte by byte: what cannot be read to its end (a disk that fails, a folder
  // of that name) would be an exception.
  std::ostringstream rest;
  rest << in.rdbuf();
  const std::string bytes = std::move(rest).str();
  if (header + "\n" != Header(task, program_, bytes)) return std::nullopt;
  std::error_code ignored;
  fs::last_write_time(path, fs::file_time_type::clock::now(), ignored);
  return FromBytes(bytes);
}

void Cache::Keep(const Task& task, const base::CheckReport& result) const {
  if (!Keeps(task)) return;
  static std::atomic<int> turn{0};  // no two threads write one partial file
  const std::string path = PathOf(task);
  const std::string partial =
      path + "." + std::to_string(getpid()) + "." + std::to_string(turn++) + kPartial;
  const std::string bytes = ToBytes(result);
  std::error_code error;
  fs::create_directories(directory_, error);
  {
    std::ofstream out(partial, std::ios::binary);
    out << Header(task, program_, bytes) << bytes;
    out.close();
    if (!out) error = std::make_error_code(std::errc::io_error);
  }
  // The name appears with all of its content or not at all, whoever else is writing it.
  if (!error) fs::rename(partial, path, error);
  if (error) fs::remove(partial, error);
}

void Cache::Trim() const {
  if (directory_.empty()) return;
  struct Kept {
    fs::file_time_type used;
    std::uintmax_t bytes = 0;
    fs::path path;
  };
  std::vector<Kept> all;
  std::uintmax_t total = 0;
  std::error_code error;
  const auto now = fs::file_time_type::clock::now();
  for (fs::directory_iterator it(directory_, error), end; !error && it != end;
       it.increment(error)) {
    std::error_code gone;  // another process may have removed it
    Kept kept{it->last_write_time(gone), it->file_size(gone), it->path()};
    if (gone) continue;
    if (kept.path.extension() == kPartial && now - kept.used > kAbandoned) {
      fs::remove(kept.path, gone);
    } else if (kept.path.extension() == kExtension) {
      total += kept.bytes;
      all.push_back(std::move(kept));
    }
  }
  if (total <= most_bytes_) return;
  std::sort(all.begin(), all.end(), [](const Kept& a, const Kept& b) { return a.used < b.used; });
  for (const Kept& kept : all) {
    if (total <= most_bytes_) break;
    std::error_code gone;
    fs::remove(kept.path, gone);
    total -= kept.bytes;
  }
}

void Cache::TrimInTurn() const {
  if (directory_.empty()) return;
  const fs::path mark = directory_ + kTrimmed;
  std::error_code error;
  const auto ago = fs::file_time_type::clock::now() - fs::last_write_time(mark, error);
  // A clock that was set back must not put it off for ever.
  if (!error && ago >= ago.zero() && ago < kBetweenTrims) return;
  std::ofstream(mark) << "";
  fs::last_write_time(mark, fs::file_time_type::clock::now(), error);
  Trim();
}

}  // namespace cotejo::checks
