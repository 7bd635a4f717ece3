// Questions about a family as conditions over an encoding of its histories.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "solver/checks/realise.h"

namespace cotejo::checks {

class Asks {
 public:
  Asks(const CheckContext& context, const rules::Family& family);

  // Before the first question about another encoding.
  void Begin() { stands_.clear(); }
  encoding::Cond Ask(const Question& question, encoding::HistoryEncoding& encoding, int root);

  // Rules prevailed over one another in a circle: the last answer means nothing.
  [[nodiscard]] bool circular() const { return circular_; }

 private:
  using Positions = std::vector<std::size_t>;
  using Standing = std::map<std::pair<int, std::size_t>, std::optional<encoding::Cond>>;

  // What is worked out once for each family asked about.
  struct Family {
    const rules::Family* family = nullptr;
    std::vector<Positions> yields_to;  // by position
    std::vector<Positions> defeats;    // the other way round
    std::vector<std::vector<std::string>> keys;
    std::map<std::string, Positions> with_key;
  };

  // How a family would be judged without one of its rules.
  struct Without {
    Positions removed;
    Positions restored;  // later rows of its scale `primera`
  };

  Family& About(const rules::Subject& subject);
  encoding::Cond Applies(const Family& about, int root, std::size_t position);
  encoding::Cond AppliesWithout(const Family& about, const Without& without, int root,
                                std::size_t position);
  encoding::Cond Stands(const Family& about, int root, std::size_t position);
  encoding::Cond StandsWithout(const Family& about, const Without& without, Standing& known,
                               int root, std::size_t position);
  // It applies and nothing that stands defeats it.
  template <typename AppliesAt, typename StandsAt>
  encoding::Cond Undefeated(const Family& about, Standing& known, int root, std::size_t position,
                            AppliesAt applies, StandsAt stands);

  encoding::Cond AskBoth(const Question& question, int root);
  encoding::Cond AskOne(const Question& question, int root);
  encoding::Cond AskTwice(const Question& question, int root);
  encoding::Cond MattersAt(const Family& about, const Positions& removed, int root);
  Positions LaterRows(const Family& about, const Positions& removed) const;
  encoding::Cond EachStands(const Question& question, const Family& one, int root_one,
                            const Family& two, int root_two);

  const CheckContext& context_;
  const rules::Family& family_;
  std::map<rules::Subject, Family> families_;
  encoding::HistoryEncoding* encoding_ = nullptr;
  Standing stands_;  // by root and position; nothing while it is being worked out
  bool circular_ = false;
};

}  // namespace cotejo::checks
