#include "scenarios/population/pseudonyms.h"

#include <fcntl.h>
#include <gcrypt.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <stdexcept>

#include "model/base/file.h"

namespace cotejo::population {
namespace {

constexpr std::size_t kKeyBytes = 32;
constexpr std::size_t kHexDigits = 16;  // of a pseudonym
constexpr std::string_view kPrefix = "p-";

std::string Hex(const unsigned char* bytes, std::size_t count) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string out;
  for (std::size_t i = 0; i < count; ++i) {
    out += kDigits[bytes[i] >> 4U];
    out += kDigits[bytes[i] & 15U];
  }
  return out;
}

bool IsHex(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

std::nullopt_t Refuse(base::Diagnostics& diagnostics, base::Text message, base::Text hint) {
  diagnostics.Add(
      {"llave-de-seudónimos", base::Severity::Error, {}, std::move(message), std::move(hint), {}});
  return std::nullopt;
}

// Nothing, without a diagnostic, when there is a file already.
std::optional<std::string> Make(const std::string& path, base::Diagnostics& diagnostics) {
  const int fd = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (fd < 0) {
    if (errno == EEXIST) return std::nullopt;
    return Refuse(
        diagnostics,
        {"no se pudo escribir la llave «" + path + "»", "the key '" + path + "' cannot be written"},
        {"revise la carpeta, o dé otra con --llave", "check the folder, or give another: --key"});
  }
  std::array<unsigned char, kKeyBytes> random{};
  gcry_check_version(nullptr);
  gcry_randomize(random.data(), random.size(), GCRY_STRONG_RANDOM);
  const std::string key = Hex(random.data(), random.size());
  const std::string line = key + "\n";
  const bool written =
      write(fd, line.data(), line.size()) == static_cast<ssize_t>(line.size()) && fsync(fd) == 0;
  close(fd);
  if (written) return key;
  unlink(path.c_str());
  return Refuse(diagnostics,
                {"no se pudo escribir la llave «" + path + "» entera",
                 "the key '" + path + "' could not be written whole"},
                {"revise el espacio del disco", "check the space on the disk"});
}

}  // namespace

std::optional<std::string> ReadOrMakeKey(const std::string& path, base::Diagnostics& diagnostics) {
  const std::size_t before = diagnostics.errors();
  if (const auto made = Make(path, diagnostics)) return made;
  if (diagnostics.errors() > before) return std::nullopt;
  struct stat info {};
  if (stat(path.c_str(), &info) != 0 || !S_ISREG(info.st_mode) ||
      (info.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    return Refuse(diagnostics,
                  {"la llave «" + path + "» no es un archivo que sólo su dueño pueda leer",
                   "the key '" + path + "' is not a file that its owner alone may read"},
                  {"si nadie más la leyó: chmod 600; si no, bórrela, y los seudónimos cambian",
                   "if nobody else read it: chmod 600; if not, delete it, and pseudonyms change"});
  }
  std::optional<std::string> key = base::ReadTextFile(path, diagnostics);
  if (!key) return std::nullopt;
  if (key->ends_with('\n')) key->pop_back();
  if (key->size() != 2 * kKeyBytes || !IsHex(*key)) {
    return Refuse(diagnostics,
                  {"«" + path + "» no es una llave de seudónimos entera",
                   "'" + path + "' is not a whole key of pseudonyms"},
                  {"recupere su copia; con otra llave los seudónimos cambian",
                   "get its copy back; with another key the pseudonyms change"});
  }
  return key;
}

std::string PlainDocument(std::string_view document) {
  std::string plain;
  for (const char c : base::Fold(document)) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z')) plain += c;
  }
  return plain;
}

std::string Pseudonym(std::string_view key, std::string_view plain_document) {
  gcry_check_version(nullptr);
  gcry_mac_hd_t mac = nullptr;
  std::array<unsigned char, 32> digest{};
  std::size_t length = digest.size();
  const bool done = gcry_mac_open(&mac, GCRY_MAC_HMAC_SHA256, 0, nullptr) == 0 &&
                    gcry_mac_setkey(mac, key.data(), key.size()) == 0 &&
                    gcry_mac_write(mac, plain_document.data(), plain_document.size()) == 0 &&
                    gcry_mac_read(mac, digest.data(), &length) == 0;
  gcry_mac_close(mac);
  if (!done) throw std::runtime_error("libgcrypt has no HMAC-SHA-256");
  return std::string(kPrefix) + Hex(digest.data(), kHexDigits / 2);
}

bool IsPseudonym(std::string_view text) {
  return text.size() == kPrefix.size() + kHexDigits && text.starts_with(kPrefix) &&
         IsHex(text.substr(kPrefix.size()));
}

}  // namespace cotejo::population
