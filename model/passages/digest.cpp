#include <gcrypt.h>

#include <array>

#include "model/passages/document.h"

namespace cotejo::passages {

std::string Sha256(std::string_view bytes) {
  // libgcrypt wants its version asked once before anything else; asking again costs nothing.
  gcry_check_version(nullptr);
  std::array<unsigned char, 32> digest{};
  gcry_md_hash_buffer(GCRY_MD_SHA256, digest.data(), bytes.data(), bytes.size());
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string out;
  for (const unsigned char byte : digest) {
    out += kDigits[byte >> 4U];
    out += kDigits[byte & 15U];
  }
  return out;
}

}  // namespace cotejo::passages
