// The regulation read otherwise, and what two readings of it say of the same case.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "solver/checks/histories.h"

namespace cotejo::checks {

// Reading and option, by index.
using ReadingChange = std::pair<std::size_t, int>;

// A ruleset under other options, ready to be asked. Keep it in place: the context points into it.
class OtherReading {
 public:
  // Null when the regulation cannot be read so. Read once in a run, whoever asks.
  static std::shared_ptr<const OtherReading> Of(const CheckContext& context,
                                                const std::vector<ReadingChange>& changes);

  [[nodiscard]] const rules::Ruleset& rules() const { return *rules_; }
  [[nodiscard]] const CheckContext& context() const { return context_; }

 private:
  friend class SharedReadings;
  OtherReading(const CheckContext& context, std::shared_ptr<const rules::Ruleset> rules);
  static std::shared_ptr<const OtherReading> Read(const CheckContext& context,
                                                  const std::vector<ReadingChange>& changes);
  std::shared_ptr<const rules::Ruleset> rules_;
  rules::Families families_;
  CheckContext context_;
};

// Those of a run that some task has asked for.
class SharedReadings {
 public:
  std::shared_ptr<const OtherReading> Get(const CheckContext& context,
                                          const std::vector<ReadingChange>& changes);

 private:
  // One thread reads each, while others read theirs.
  struct Entry {
    std::once_flag once;
    std::shared_ptr<const OtherReading> reading;
  };
  std::mutex mutex_;  // of the next
  std::map<std::vector<ReadingChange>, Entry> read_;
};

// Whether a declaration only states: what follows from a history never depends on it.
bool OnlyStates(const language::Decl& decl);

// A digest of all that a reading may make another thing of: the words of every declaration but
// those that only state.
std::string WordingOf(const base::SourceMap& sources, const std::vector<language::NormFile>& files);

// Task::depends of what compares readings of the whole text.
std::string DependsOnReadings(const CheckContext& context);

// Whether everything that decides what follows from a history means the same there as here.
bool SameRules(const CheckContext& here, const rules::Ruleset& there);

// One thing that follows from a history: in which month, and what.
struct Consequence {
  base::Date month;
  base::Text text;
  rules::RuleId rule;  // invalid: nothing applies (a gap)
  bool weighs = true;  // a sanction, or a gap of one
  friend bool operator==(const Consequence& a, const Consequence& b) {
    return a.month == b.month && a.text == b.text;
  }
};
// Those that stand, by month and text; "sin sanción" is none. The day inside the month does
// not count: a month's sanction and a fact's are of different days.
std::vector<Consequence> ConsequencesOf(const rules::Ruleset& rules,
                                        const evaluation::Result& result);
// What of two answers is worth telling: the sanctions and gaps of both when they differ in
// those, or else what one has and the other has not. Both empty: the answers are the same.
struct Contrast {
  std::vector<Consequence> own, other;
  bool weighs = false;
  [[nodiscard]] bool empty() const { return own.empty() && other.empty(); }
};
Contrast ContrastOf(const std::vector<Consequence>& own, const std::vector<Consequence>& other);
// A history to which nothing applies answers with what applies to the one it is compared with,
// and not to it.
void AnswerWithWhatDoesNotApply(base::Finding& finding);
// "descuento de 1 día y retiro"; "ninguna consecuencia".
base::Text DescribeAll(const std::vector<Consequence>& all);

}  // namespace cotejo::checks
