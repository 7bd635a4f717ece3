// How much of a long test is enough under the sanitizers, where all takes many times as long: they
// look for errors of memory, which few cases show as well as many. The release build tries all.
#pragma once

namespace cotejo::tests {

#ifdef COTEJO_SANITIZED
inline constexpr bool kSanitized = true;
#else
inline constexpr bool kSanitized = false;
#endif

// One in so many under the sanitizers; all of them otherwise.
constexpr int Fewer(int whole, int parts) { return kSanitized ? whole / parts : whole; }

}  // namespace cotejo::tests
