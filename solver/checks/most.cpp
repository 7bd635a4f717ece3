#include "solver/checks/most.h"

#include <algorithm>

namespace cotejo::checks {

using evaluation::Fact;

namespace {

// Steps from one state to another, of all the questions put to one search.
constexpr std::size_t kMaxTransitions = 60'000'000;

// Packed counts leave this bit free.
constexpr std::uint64_t kOdd = std::uint64_t{1} << 63U;

}  // namespace

// ---- Places ----------------------------------------------------------------------

void Places::Clear() {
  used_ = 0;
  ++round_;
}

void Places::Grow() {
  const std::vector<Cell> before = std::move(cells_);
  cells_.assign(std::max<std::size_t>(before.size() * 2, 1024), {});
  for (const Cell& cell : before) {
    if (cell.round == round_) Find(cell.number) = cell;
  }
}

// ---- What is better --------------------------------------------------------------

bool MostSearch::Better(std::int64_t value, int facts, std::int64_t than, int than_facts) const {
  if (value != than) return largest_ ? value > than : value < than;
  return facts < than_facts;
}

std::int64_t MostSearch::After(std::int64_t before, const Tally::Step& step) const {
  return After(before, step.gain, tally_.Running(step.state));
}

std::int64_t MostSearch::After(std::int64_t before, std::int64_t gain, std::int64_t running) const {
  return tally_.seeks_run() ? std::max(before, running) : before + gain;
}

std::int64_t MostSearch::Together(std::int64_t before, std::int64_t after) const {
  return tally_.seeks_run() ? std::max(before, after) : before + after;
}

void MostSearch::Spend(std::size_t transitions) {
  looked_at_ += transitions;
  if (looked_at_ > kMaxTransitions) {
    throw Untold{{"hay demasiadas historias que mirar", "there are too many histories to look at"}};
  }
}

std::size_t MostSearch::DaysAlone(const Tally::Month& month) const {
  const bool joint = !tally_.plain() && !month.days.empty() && month.days.back() == month.last;
  return month.days.size() - (joint ? 1 : 0);
}

// ---- Inside a month --------------------------------------------------------------

template <typename MakeState>
void MostSearch::Offer(const Tally::Month& month, const Entry& entry, Layer& layer,
                       std::optional<Entry>& triggered, MakeState state) {
  const std::uint64_t number = entry.packed | (entry.odd ? kOdd : 0);
  const auto [place, added] = places_.Put(number, layer.ways.size());
  // Where the consequence will follow, and whatever is added makes the amount no less.
  const auto doomed = [&] {
    if (!largest_) Trigger(entry, triggered);
  };
  if (place == Places::kNowhere) return doomed();
  if (!added) {
    Entry& known = layer.ways[place];
    if (Better(entry.value, entry.facts, known.value, known.facts)) known = entry;
    return;
  }
  const Tally::State made = state();
  if (tally_.Doomed(month, made)) {
    places_.Bar(number);
    return doomed();
  }
  layer.ways.push_back(entry);
  layer.states.push_back(made);
}

void MostSearch::Trigger(const Entry& entry, std::optional<Entry>& best) const {
  if (!best || Better(entry.value, entry.facts, best->value, best->facts)) best = entry;
}

// Most ways of spending a day lead where another one led: no state is made for them.
void MostSearch::LivePlainDay(const Tally::Month& month, std::size_t d, Block& block) {
  const std::vector<Tally::Choice>& choices = tally_.Choices(month.keys[d]);
  const Layer& before = block.layers[d];
  for (std::size_t e = 0; e < before.ways.size(); ++e) {
    const Entry& way = before.ways[e];
    const Tally::State& state = before.states[e];
    tally_.Peek(state, way.packed, month.keys[d], !way.odd, glimpses_);
    Spend(glimpses_.size());
    for (const Tally::Glimpse& after : glimpses_) {
      const Tally::Choice& choice = choices[after.choice];
      const Entry entry{after.packed,
                        After(way.value, choice.gain, after.running),
                        way.facts + static_cast<int>(choice.acts.size()),
                        static_cast<int>(e),
                        static_cast<int>(after.choice),
                        way.odd || choice.odd};
      if (choice.triggers) {
        Trigger(entry, block.triggered[d + 1]);
      } else {
        Offer(month, entry, block.layers[d + 1], block.triggered[d + 1],
              [&] { return tally_.Add(state, choice).state; });
      }
    }
  }
}

void MostSearch::LiveDay(const Tally::Month& month, std::size_t d, Block& block) {
  const Tally::Day day{month.days[d], month.keys[d], true, false};
  const std::vector<Tally::Choice>& choices = tally_.Choices(day.key);
  const Layer& before = block.layers[d];
  Layer& after = block.layers[d + 1];
  places_.Clear();
  if (tally_.plain()) {
    LivePlainDay(month, d, block);
    return;
  }
  Spend(before.ways.size() * choices.size());
  for (std::size_t e = 0; e < before.ways.size(); ++e) {
    const Entry& way = before.ways[e];
    for (std::size_t c = 0; c < choices.size(); ++c) {
      const Tally::Step step = tally_.Pass(before.states[e], choices[c].acts, day);
      const Entry entry{tally_.Pack(step.state, true), After(way.value, step),
                        way.facts + static_cast<int>(choices[c].acts.size()), static_cast<int>(e),
                        static_cast<int>(c)};
      if (step.triggered) {
        Trigger(entry, block.triggered[d + 1]);
      } else {
        Offer(month, entry, after, block.triggered[d + 1], [&] { return step.state; });
      }
    }
  }
}

MostSearch::Block& MostSearch::BlockOf(const Tally::Month& month, const Tally::State& start) {
  const std::size_t days = DaysAlone(month);
  std::list<Block>& alike = blocks_[{month.regime, tally_.Pack(start, true)}];
  const auto shares = [&](const Block& block) {
    const auto shorter = static_cast<std::ptrdiff_t>(std::min(days, block.keys.size()));
    return std::equal(block.keys.begin(), block.keys.begin() + shorter, month.keys.begin());
  };
  auto it = std::find_if(alike.begin(), alike.end(), shares);
  if (it == alike.end()) {
    it = alike.emplace(alike.end());
    const Tally::State daily = tally_.Join(start, {});
    it->layers.push_back({{{tally_.Pack(daily, true), 0, 0, -1, 0}}, {daily}});
    it->triggered.emplace_back();
  }
  for (std::size_t d = it->keys.size(); d < days; ++d) {
    it->keys.push_back(month.keys[d]);
    it->layers.emplace_back();
    it->triggered.emplace_back();
    LiveDay(month, d, *it);
  }
  return *it;
}

// ---- From month to month ---------------------------------------------------------

void MostSearch::Conclude(const Link& link) {
  if (largest_) return;
  if (smallest_ && !Better(link.value, link.facts, smallest_->value, smallest_->facts)) return;
  smallest_ = link;
  smallest_stretches_ = links_.size();
}

void MostSearch::LiveMonth(const Tally::Month& month) {
  const std::vector<Link>& before = links_.back();
  std::vector<Link> after;
  Places places;
  const bool joint = DaysAlone(month) < month.days.size();
  static const std::vector<Tally::Choice> kNothing(1);
  const std::vector<Tally::Choice>& choices = joint ? tally_.Choices(month.keys.back()) : kNothing;
  const Tally::Day end{month.last, month.end_key, joint, true};
  for (std::size_t l = 0; l < before.size(); ++l) {
    const Block& block = BlockOf(month, before[l].state);
    const std::size_t days = DaysAlone(month);
    for (std::size_t d = 1; d <= days; ++d) {
      if (!block.triggered[d]) continue;
      const Entry& entry = *block.triggered[d];
      Conclude({{},
                Together(before[l].value, entry.value),
                before[l].facts + entry.facts,
                static_cast<int>(l),
                &block,
                d,
                -1,
                -1});
    }
    const Layer& layer = block.layers[days];
    Spend(layer.ways.size() * choices.size());
    for (std::size_t e = 0; e < layer.ways.size(); ++e) {
      const Entry& way = layer.ways[e];
      const Tally::State state = tally_.Join(layer.states[e], before[l].state);
      for (std::size_t c = 0; c < choices.size(); ++c) {
        const Tally::Step step = tally_.Pass(state, choices[c].acts, end);
        const Link link{step.state,
                        After(Together(before[l].value, way.value), step),
                        before[l].facts + way.facts + static_cast<int>(choices[c].acts.size()),
                        static_cast<int>(l),
                        &block,
                        days,
                        static_cast<int>(e),
                        joint ? static_cast<int>(c) : -1};
        if (step.triggered) {
          Conclude(link);
          continue;
        }
        const auto [place, added] = places.Put(tally_.Pack(step.state, false), after.size());
        if (added) {
          after.push_back(link);
        } else if (Link& known = after[place];
                   Better(link.value, link.facts, known.value, known.facts)) {
          known = link;
        }
      }
    }
  }
  links_.push_back(std::move(after));
}

void MostSearch::Begin(bool largest, std::size_t first, std::size_t last) {
  if (largest != largest_) blocks_.clear();
  largest_ = largest;
  smallest_.reset();
  links_.assign(1, std::vector<Link>(1));
  ListStretches(first, last);
  for (const Stretch& stretch : stretches_) LiveMonth(stretch.month);
}

void MostSearch::ListStretches(std::size_t first, std::size_t last) {
  stretches_.clear();
  bool goes_on = false;
  for (std::size_t m = first; m <= last; ++m) {
    const Tally::Month& month = tally_.months()[m];
    if (!goes_on) {
      stretches_.push_back({month, {}});
    } else {
      Tally::Month whole = month;
      whole.first = stretches_.back().month.first;
      whole.days = std::move(stretches_.back().month.days);
      whole.keys = std::move(stretches_.back().month.keys);
      whole.days.insert(whole.days.end(), month.days.begin(), month.days.end());
      whole.keys.insert(whole.keys.end(), month.keys.begin(), month.keys.end());
      stretches_.back().month = std::move(whole);
    }
    for (std::size_t d = 0; d < month.days.size(); ++d) stretches_.back().places.emplace_back(m, d);
    goes_on = tally_.GoesOn(month);
  }
}

std::optional<MostSearch::Told> MostSearch::Search(const Asked& asked) {
  Begin(asked.largest, asked.first, asked.last);
  if (!asked.largest) {
    if (!smallest_) return std::nullopt;
    return Tell(*smallest_, smallest_stretches_);
  }
  const Link* best = nullptr;
  for (const Link& link : links_.back()) {
    if (best == nullptr || Better(link.value, link.facts, best->value, best->facts)) best = &link;
  }
  if (best == nullptr) return std::nullopt;
  return Tell(*best, links_.size() - 1);
}

// ---- Answers kept ----------------------------------------------------------------

namespace {

// As a model of Z3: the value first, and then what was chosen on each day.
constexpr std::int32_t kDaysOfAMonth = 32;

smt::ModelValue Whole(std::int64_t number) { return {true, base::Rational(number)}; }

}  // namespace

MostSearch::MostSearch(Tally& tally, smt::Answers* answers) : tally_(tally), answers_(answers) {
  const auto mark = answers == nullptr ? std::nullopt : tally.Mark();
  if (mark) {
    mark_ = *mark;
  } else {
    answers_ = nullptr;
  }
}

// How much was looked at before counts too: the key holds all that was asked, and what was
// found elsewhere is searched for here as soon as something is not.
std::optional<Extreme> MostSearch::Ask(const Asked& asked) {
  asked_.push_back(asked);
  for (const std::size_t part : {std::size_t{asked.largest}, asked.first, asked.last}) {
    mark_.Add(part);
  }
  std::optional<Told> told;
  const auto kept = answers_ == nullptr ? std::nullopt : answers_->Find(mark_);
  if (kept) {
    if (!kept->sat) return std::nullopt;
    told.emplace();
    for (const auto& [turn, value] : kept->model) {
      const auto day = static_cast<std::size_t>(turn - 1);
      if (turn == 0) {
        told->value = value.value.num();
      } else {
        told->choices[{day / kDaysOfAMonth, day % kDaysOfAMonth}] =
            static_cast<int>(value.value.num());
      }
    }
    return Show(asked, *told);
  }
  for (; searched_ < asked_.size(); ++searched_) told = Search(asked_[searched_]);
  if (answers_ != nullptr) {
    smt::KeptAnswer answer{told.has_value(), {}};
    if (told) answer.model[0] = Whole(told->value);
    for (const auto& [day, choice] : told ? told->choices : decltype(told->choices){}) {
      const auto turn = static_cast<std::int32_t>(day.first * kDaysOfAMonth + day.second + 1);
      answer.model[turn] = Whole(choice);
    }
    answers_->Keep(mark_, answer);
  }
  return told ? std::optional(Show(asked, *told)) : std::nullopt;
}

std::optional<Extreme> MostSearch::LargestWithout(std::size_t first, std::size_t last) {
  return Ask({true, first, last});
}

std::optional<Extreme> MostSearch::SmallestWith(std::size_t first, std::size_t last) {
  return Ask({false, first, last});
}

// ---- Telling the history ---------------------------------------------------------

void MostSearch::TellStretch(const Stretch& stretch, const Link& link, Told& told) const {
  const auto add = [&](std::size_t day, int choice) {
    const auto& choices = tally_.Choices(stretch.month.keys[day]);
    if (!choices[static_cast<std::size_t>(choice)].acts.empty())
      told.choices[stretch.places[day]] = choice;
  };
  const bool triggered = link.entry < 0;
  const Entry* entry =
      triggered ? &*link.block->triggered[link.layer]
                : &link.block->layers[link.layer].ways[static_cast<std::size_t>(link.entry)];
  for (std::size_t layer = link.layer; layer > 0; --layer) {
    add(layer - 1, entry->choice);
    entry = &link.block->layers[layer - 1].ways[static_cast<std::size_t>(entry->parent)];
  }
  if (link.choice >= 0) add(stretch.month.days.size() - 1, link.choice);
}

MostSearch::Told MostSearch::Tell(const Link& last, std::size_t stretches) const {
  Told told{last.value, {}};
  const Link* link = &last;
  for (std::size_t s = stretches; s > 0; --s) {
    TellStretch(stretches_[s - 1], *link, told);
    link = &links_[s - 1][static_cast<std::size_t>(link->parent)];
  }
  return told;
}

Extreme MostSearch::Show(const Asked& asked, const Told& told) const {
  Extreme extreme{tally_.AmountOf(told.value), tally_.person()};
  extreme.history.from = tally_.months()[asked.first].first;
  extreme.history.to = tally_.months()[asked.last].last;
  for (const auto& [day, choice] : told.choices) {
    const Tally::Month& month = tally_.months()[day.first];
    const std::vector<Tally::Choice>& choices = tally_.Choices(month.keys[day.second]);
    for (int act : choices[static_cast<std::size_t>(choice)].acts) {
      extreme.history.facts.push_back(tally_.FactOf(act, month.days[day.second]));
    }
  }
  evaluation::SortFacts(extreme.history);
  return extreme;
}

}  // namespace cotejo::checks
