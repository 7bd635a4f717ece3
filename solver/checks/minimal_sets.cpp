#include "solver/checks/minimal_sets.h"

#include <algorithm>
#include <set>

namespace cotejo::checks {

namespace {

using Elements = std::vector<std::size_t>;  // sorted

// Every other minimal set misses some element of one already found: leaving each of its
// elements out in turn, and so on, reaches them all.
class Enumeration {
 public:
  Enumeration(std::size_t count, const std::function<bool(const std::vector<bool>&)>& holds,
              const MinimalLimits& limits)
      : count_(count), holds_(holds), limits_(limits) {}

  MinimalSets Run() {
    std::set<Elements> seen{Elements{}};
    std::vector<Elements> open{Elements{}};
    bool all = true;
    for (std::size_t next = 0; next < open.size(); ++next) {
      if (calls_ >= limits_.calls || found_.size() >= limits_.sets || next > kMostVisits) {
        all = false;
        break;
      }
      const Elements out = open[next];
      const Elements* set = FoundWithout(out);
      if (set == nullptr) {
        Elements rest = Others(out);
        if (!Enough(rest)) continue;
        found_.push_back(Shrunk(std::move(rest)));
        set = &found_.back();
      }
      for (std::size_t element : Elements(*set)) {
        Elements further = out;
        further.insert(std::lower_bound(further.begin(), further.end(), element), element);
        if (seen.insert(further).second) open.push_back(std::move(further));
      }
    }
    std::sort(found_.begin(), found_.end(), [](const Elements& a, const Elements& b) {
      return a.size() != b.size() ? a.size() < b.size() : a < b;
    });
    all = all && !found_.empty();
    return {std::move(found_), all};
  }

 private:
  static constexpr std::size_t kMostVisits = 4000;

  bool Enough(const Elements& kept) {
    std::vector<bool> flags(count_, false);
    for (std::size_t element : kept) flags[element] = true;
    ++calls_;
    return holds_(flags);
  }

  Elements Others(const Elements& out) const {
    Elements rest;
    for (std::size_t i = 0; i < count_; ++i) {
      if (!std::binary_search(out.begin(), out.end(), i)) rest.push_back(i);
    }
    return rest;
  }

  const Elements* FoundWithout(const Elements& out) const {
    for (const Elements& set : found_) {
      const bool apart = std::none_of(set.begin(), set.end(), [&](std::size_t element) {
        return std::binary_search(out.begin(), out.end(), element);
      });
      if (apart) return &set;
    }
    return nullptr;
  }

  // Most elements do not matter: they are left out by halves, quarters … and then singly,
  // until none can be.
  Elements Shrunk(Elements kept) {
    for (std::size_t chunk = std::max<std::size_t>(kept.size() / 2, 1);;) {
      bool changed = false;
      for (std::size_t at = 0; at < kept.size();) {
        const std::size_t end = std::min(at + chunk, kept.size());
        Elements fewer(kept.begin(), kept.begin() + static_cast<std::ptrdiff_t>(at));
        fewer.insert(fewer.end(), kept.begin() + static_cast<std::ptrdiff_t>(end), kept.end());
        if (Enough(fewer)) {
          kept = std::move(fewer);
          changed = true;
        } else {
          at = end;
        }
      }
      if (chunk > 1) {
        chunk /= 2;
      } else if (!changed) {
        return kept;
      }
    }
  }

  std::size_t count_;
  const std::function<bool(const std::vector<bool>&)>& holds_;
  const MinimalLimits& limits_;
  std::vector<Elements> found_;
  std::size_t calls_ = 0;
};

}  // namespace

MinimalSets FindMinimalSets(std::size_t count,
                            const std::function<bool(const std::vector<bool>&)>& holds,
                            const MinimalLimits& limits) {
  return Enumeration(count, holds, limits).Run();
}

}  // namespace cotejo::checks
