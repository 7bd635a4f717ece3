#include "scenarios/study/checkpoint.h"

#include <fcntl.h>
#include <gcrypt.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <utility>

#include "model/base/bytes.h"

namespace cotejo::study {
namespace {

namespace fs = std::filesystem;

// The file: this line with the version, the number of bytes that follow and their digest, and then
// what the run depends on and its state. A change of what any of them means is another version.
constexpr std::string_view kMark = "cotejo-punto ";
constexpr std::string_view kVersion = "4";

base::Diagnostic Refused(const char* code, base::Text message, base::Text hint) {
  return {code, base::Severity::Error, {}, std::move(message), std::move(hint), {}};
}

std::optional<std::string> ReadAll(const std::string& path) {
  std::error_code error;
  std::ifstream in(path, std::ios::binary);
  if (!in || fs::is_directory(path, error)) return std::nullopt;
  std::ostringstream bytes;
  // Of an empty file nothing can be taken, which is no failure to read it.
  if (in.peek() != std::ifstream::traits_type::eof()) bytes << in.rdbuf();
  if (in.bad() || !bytes) return std::nullopt;
  return std::move(bytes).str();
}

std::string Body(const std::vector<Dependence>& run, std::string_view state) {
  base::ByteWriter writer;
  writer.Number(static_cast<std::int64_t>(run.size()));
  for (const Dependence& dependence : run) {
    writer.Text(dependence.name.es);
    writer.Text(dependence.name.en);
    writer.Text(dependence.value);
  }
  writer.Text(state);
  return writer.bytes();
}

std::vector<Dependence> ReadRun(base::ByteReader& reader) {
  std::vector<Dependence> run;
  for (std::int64_t left = reader.Number(); left > 0 && reader.ok(); --left) {
    Dependence dependence;
    dependence.name.es = reader.Text();
    dependence.name.en = reader.Text();
    dependence.value = reader.Text();
    run.push_back(std::move(dependence));
  }
  return run;
}

// What the two runs do not have the same; nothing when they do.
std::optional<base::Text> FirstDifference(const std::vector<Dependence>& kept,
                                          const std::vector<Dependence>& asked) {
  for (std::size_t i = 0; i < std::max(kept.size(), asked.size()); ++i) {
    const bool both = i < kept.size() && i < asked.size();
    if (both && kept[i].name == asked[i].name && kept[i].value == asked[i].value) continue;
    return i < asked.size() ? asked[i].name : kept[i].name;
  }
  return std::nullopt;
}

class Reading {
 public:
  Reading(std::string path, const std::vector<Dependence>& run)
      : path_(std::move(path)), run_(run) {}

  // The state, or why not.
  std::optional<std::string> Read() {
    const auto bytes = ReadAll(path_);
    if (!bytes)
      return Refuse("punto-ilegible", {"no se puede leer " + path_, "cannot read " + path_});
    std::string_view rest = *bytes;
    const std::string_view version = Word(rest, kMark);
    if (version.empty())
      return Refuse("punto-ajeno", {path_ + ": no es un punto de reanudación",
                                    path_ + ": it is not a point to resume from"});
    if (version != kVersion)
      return Refuse("punto-de-otra-versión",
                    {path_ + ": es de la versión " + std::string(version) +
                         " del formato, y se lee la " + std::string(kVersion),
                     path_ + ": it is of version " + std::string(version) +
                         " of the format, and version " + std::string(kVersion) + " is read"});
    const std::string_view size = Word(rest, "bytes ");
    const std::string_view digest = Word(rest, "sha256 ");
    if (size != std::to_string(rest.size())) return Cut(size, rest.size(), bytes->size());
    if (digest != Digest(rest))
      return Refuse("punto-alterado", {path_ + ": está alterado: la suma SHA-256 de sus últimos " +
                                           std::string(size) + " bytes no es la que dice",
                                       path_ + ": it was altered: the SHA-256 sum of its last " +
                                           std::string(size) + " bytes is not what it says"});
    base::ByteReader reader(rest);
    const std::vector<Dependence> kept = ReadRun(reader);
    std::string state = reader.Text();
    if (!reader.finished()) return Cut(size, rest.size(), bytes->size());
    if (const auto other = FirstDifference(kept, run_))
      return Refuse("punto-de-otra-simulación",
                    {path_ + ": es de otra simulación: no es lo mismo " + other->es,
                     path_ + ": it is of another simulation: not the same " + other->en});
    return state;
  }

  [[nodiscard]] const base::Diagnostic& problem() const { return problem_; }

 private:
  std::nullopt_t Refuse(const char* code, base::Text message) {
    problem_ = Refused(code, std::move(message), {});
    return std::nullopt;
  }

  std::nullopt_t Cut(std::string_view said, std::size_t there, std::size_t all) {
    return Refuse(
        "punto-truncado",
        {path_ + ": está cortado en el byte " + std::to_string(all) + ": tras la cabecera van " +
             std::string(said) + " bytes y hay " + std::to_string(there),
         path_ + ": it is cut at byte " + std::to_string(all) + ": " + std::string(said) +
             " bytes go after the heading and there are " + std::to_string(there)});
  }

  // The rest of a line that begins so; taken from `rest`. Empty when it does not.
  static std::string_view Word(std::string_view& rest, std::string_view mark) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = rest.substr(0, end);
    if (!line.starts_with(mark)) return {};
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return line.substr(mark.size());
  }

  std::string path_;
  const std::vector<Dependence>& run_;
  base::Diagnostic problem_;
};

// All of it on the disk, not on its way there.
bool WriteThrough(const std::string& path, std::initializer_list<std::string_view> parts) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (file < 0) return false;
  bool good = true;
  for (std::string_view part : parts) {
    while (good && !part.empty()) {
      const ssize_t written = ::write(file, part.data(), part.size());
      good = written > 0;
      if (good) part.remove_prefix(static_cast<std::size_t>(written));
    }
  }
  good = good && ::fsync(file) == 0;
  return ::close(file) == 0 && good;
}

// A renamed file stays renamed once its folder is on the disk.
void SyncFolder(const fs::path& path) {
  const std::string folder = path.has_parent_path() ? path.parent_path().string() : ".";
  const int file = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (file < 0) return;
  ::fsync(file);
  ::close(file);
}

}  // namespace

std::string Digest(std::string_view bytes) {
  gcry_check_version(nullptr);
  std::array<unsigned char, 32> digest{};
  gcry_md_hash_buffer(GCRY_MD_SHA256, digest.data(), bytes.data(), bytes.size());
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (const unsigned char byte : digest) {
    text += kDigits[byte >> 4U];
    text += kDigits[byte & 0xFU];
  }
  return text;
}

base::Diagnostic CannotKeep(const std::string& path, base::Severity severity) {
  return {"punto-sin-guardar",
          severity,
          {},
          {"no se puede guardar en " + path + " lo que va terminando",
           "what is being finished cannot be kept in " + path},
          {},
          {}};
}

std::optional<std::string> Checkpoint::Read(base::Diagnostics& diagnostics) const {
  std::error_code error;
  const bool exists = fs::exists(path_, error);
  if (!exists && !fs::exists(previous_path(), error)) return std::string();
  Reading reading(path_, run_);
  if (auto state = reading.Read()) return state;
  base::Diagnostic problem = reading.problem();
  const std::string& previous = previous_path();
  problem.hint = Reading(previous, run_).Read()
                     ? base::Text{"la copia anterior está entera: para seguir desde ella, mv '" +
                                      previous + "' '" + path_ + "'",
                                  "the previous copy is whole: to go on from it, mv '" + previous +
                                      "' '" + path_ + "'"}
                     : base::Text{"dé otro archivo, o bórrelo para empezar de nuevo",
                                  "give another file, or remove it to begin anew"};
  diagnostics.Add(std::move(problem));
  return std::nullopt;
}

bool Checkpoint::Write(std::string_view state) const {
  const std::string body = Body(run_, state);
  const std::string heading = std::string(kMark) + std::string(kVersion) + "\nbytes " +
                              std::to_string(body.size()) + "\nsha256 " + Digest(body) + "\n";
  const std::string partial = path_ + ".parcial";
  std::error_code error;
  if (!WriteThrough(partial, {heading, body})) {
    // On a full disk, what is left of it would leave no room for the results.
    fs::remove(partial, error);
    return false;
  }
  if (fs::exists(path_, error)) {
    // By a second name: there is no moment without a file under the first.
    fs::remove(previous_path(), error);
    fs::create_hard_link(path_, previous_path(), error);
    if (error) fs::copy_file(path_, previous_path(), error);  // where links cannot be made
  }
  fs::rename(partial, path_, error);
  if (error) return false;
  SyncFolder(path_);
  return true;
}

}  // namespace cotejo::study
