// What a search of plain days depends on, in a digest: by it an answer is kept for other runs.
#include <algorithm>

#include "solver/checks/tally.h"

namespace cotejo::checks {

namespace {

std::uint64_t Bits(std::int64_t number) { return static_cast<std::uint64_t>(number); }

}  // namespace

void Tally::MarkLayout(smt::Digest& mark) const {
  mark.Add(Bits(scale_));
  mark.Add(Bits(goal_run_));
  mark.Add(dimensions_.size());
  for (const Dimension& dimension : dimensions_) {
    mark.Add(Bits(dimension.most));
    mark.Add(static_cast<std::uint64_t>(dimension.reset));
    mark.Add(dimension.daily ? 1 : 0);
  }
  mark.Add(counters_.size());
  for (std::size_t c = 0; c < counters_.size(); ++c) {
    const rules::MeasureId measure = conditions_->counts()[c].measure;
    mark.Add(counters_[c].dimension);
    mark.Add(Bits(counters_[c].run));
    mark.Add(static_cast<std::uint64_t>(rules_.measure(measure).aggregate));
  }
  mark.Add(runs_.size());
  for (const Run& run : runs_) {
    mark.Add(run.current);
    mark.Add(run.longest ? *run.longest + 1 : 0);
    mark.Add(Bits(run.at_least));
  }
  mark.Add(flags_.size());
  for (const Flag& flag : flags_) {
    mark.Add(flag.subject.kind.index());
    mark.Add(static_cast<std::uint64_t>(flag.subject.window));
    mark.Add(flag.dimension);
  }
}

void Tally::MarkChoices(int key, smt::Digest& mark) const {
  const std::vector<Choice>& choices = Choices(key);
  mark.Add(choices.size());
  for (const Choice& choice : choices) {
    mark.Add(choice.acts.size());
    mark.Add(choice.adds.size());
    for (const auto& [dimension, amount] : choice.adds) {
      mark.Add(dimension);
      mark.Add(Bits(amount));
    }
    mark.Add(choice.runs);
    mark.Add(Bits(choice.gain));
    mark.Add(choice.triggers ? 1 : 0);
  }
}

// Everything that may be judged when the month ends, with what it gives rise to: no fact is
// placed then.
void Tally::MarkEnd(const Month& month, smt::Digest& mark) {
  const Day end{month.last, month.end_key, false, true};
  std::vector<int> born;
  const auto judged = [&](std::size_t n, int index) {
    const Judgement judgement = Judge(n, index, end);
    conditions_->Mark(judgement.condition, mark);
    const bool never = conditions_->Settled(judgement.condition) == std::optional(false);
    const bool gives = !never && judgement.derived >= 0;
    const auto known = std::find(born.begin(), born.end(), judgement.derived);
    mark.Add(gives ? static_cast<std::uint64_t>(known - born.begin()) + 1 : 0);
    if (gives && known == born.end()) born.push_back(judgement.derived);
  };
  mark.Add(needed_.size());
  for (std::size_t n = 0; n < needed_.size(); ++n) {
    const Needed& needed = needed_[n];
    mark.Add(needed.subject.kind.index());
    mark.Add(static_cast<std::uint64_t>(needed.subject.window));
    mark.Add(needed.target ? 1 : 0);
    mark.Add(needed.flag);
    if (needed.subject.window != rules::Window::Fact) {
      judged(n, -1);
      continue;
    }
    for (std::size_t i = 0; i < born.size(); ++i) {
      if (form(born[i]).kind == needed.subject.kind) judged(n, born[i]);
    }
  }
  mark.Add(born.size());
  for (int index : born) {
    mark.Add(form(index).kind.index());
    mark.Add(Bits(form(index).shift));
    for (std::size_t c = 0; c < counters_.size(); ++c) mark.Add(Bits(CountShare(c, index)));
    mark.Add(Bits(GoalShare(index)));
  }
}

std::optional<smt::Digest> Tally::Mark() {
  if (!plain_) return std::nullopt;
  smt::Digest mark;
  mark.Add("tally 2");
  MarkLayout(mark);
  std::map<int, smt::Digest> choices;
  std::map<int, smt::Digest> ends;
  for (const Month& month : months_) {
    mark.Add(month.keys.size());
    for (int key : month.keys) {
      const auto [at, added] = choices.try_emplace(key);
      if (added) MarkChoices(key, at->second);
      mark.Add(at->second);
    }
    const auto [end, added] = ends.try_emplace(month.end_key);
    if (added) MarkEnd(month, end->second);
    mark.Add(end->second);
    mark.Add(month.last.month() == 12 ? 1 : 0);  // a gestión ends
    mark.Add(Bits(month.regime));
    mark.Add(month.doom.size());
    for (const auto& floors : month.doom) {
      mark.Add(floors.size());
      for (const auto& [dimension, least] : floors) {
        mark.Add(dimension);
        mark.Add(Bits(least));
      }
    }
  }
  return mark;
}

}  // namespace cotejo::checks
