// A history made straight from what one box of a rule asks: the plain values that meet it, and
// as many facts as add up to them. It is only a guess, for the interpreter to judge.
#pragma once

#include <optional>

#include "solver/checks/histories.h"

namespace cotejo::checks {

class BoxHistories {
 public:
  BoxHistories(const CheckContext& context, const rules::Family& family)
      : BoxHistories(context, family, MakeLayout(context)) {}

  // Makes them, the plainest first, until one `shows` what is looked for. Nothing is made when the
  // box asks for what facts of primitive kinds do not plainly add up to. What finds no room in the
  // months usually laid out is made in those that have more.
  template <typename Shows>
  bool AnyOf(const rules::Box& box, Shows shows) const {
    bool crowded = false;
    if (AnyHere(box, shows, crowded)) return true;
    if (!crowded) return false;
    for (const BoxHistories& roomier : Roomier()) {
      if (roomier.AnyHere(box, shows, crowded)) return true;
    }
    return false;
  }

  // Whether the least that a box asks, on days that follow one another or on every other one, needs
  // more of them than the first month has.
  [[nodiscard]] bool Crowds(const rules::Box& box) const;

 private:
  BoxHistories(const CheckContext& context, const rules::Family& family, Layout layout)
      : context_(context), family_(family), layout_(std::move(layout)) {}

  // `crowded` is set when something found no room.
  template <typename Shows>
  bool AnyHere(const rules::Box& box, Shows& shows, bool& crowded) const {
    for (const End end : {End::Low, End::High}) {
      for (const Pace pace : {Pace::Together, Pace::Apart, Pace::Monthly}) {
        const std::optional<evaluation::History> history = Make(box, end, pace, crowded);
        if (history && shows(*history)) return true;
      }
    }
    for (const rules::Box& earlier : EarlierWays(box)) {
      for (int own = 0;; ++own) {
        const std::optional<evaluation::History> history = MakeAfter(box, earlier, own, crowded);
        if (!history) break;
        if (shows(*history)) return true;
      }
      for (const Pace pace : {Pace::Apart, Pace::Together}) {
        const std::optional<evaluation::History> history =
            MakeThroughout(box, earlier, pace, crowded);
        if (history && shows(*history)) return true;
      }
    }
    return false;
  }

  // From the longest month on, and all the gestión.
  [[nodiscard]] std::vector<BoxHistories> Roomier() const;

  // Which end of a range of values is taken.
  enum class End { Low, High };
  // Facts that add up, on days that follow one another; or on every other one, so that there are
  // no runs but the one asked for; or so in one month after another, as many as a count over more
  // than the root's own month asks: each month is then one more time.
  enum class Pace { Together, Apart, Monthly };
  // So much of a measure.
  struct Need {
    rules::MeasureId measure;
    base::Rational amount;
  };
  struct Draft;
  struct Month;
  // Where what a measure adds up comes from: a field of a primitive kind, as it is or as a time
  // after the entry of the shift, or a fixed amount a fact.
  struct Source {
    rules::FactKindId kind;
    std::optional<std::size_t> field;
    bool after_entry = false;
    base::Rational least, largest;  // that one fact adds; largest 0: as much as need be
  };

  [[nodiscard]] std::optional<evaluation::History> Make(const rules::Box& box, End end, Pace pace,
                                                        bool& crowded) const;
  // … with months before the last one as `earlier` asks, all but the first `own`; nothing when
  // that leaves none.
  [[nodiscard]] std::optional<evaluation::History> MakeAfter(const rules::Box& box,
                                                             const rules::Box& earlier, int own,
                                                             bool& crowded) const;
  // … with all the months so, the last one too: it may count as well.
  [[nodiscard]] std::optional<evaluation::History> MakeThroughout(const rules::Box& box,
                                                                  const rules::Box& earlier,
                                                                  Pace pace, bool& crowded) const;
  // What a month must be to count, in each of its ways, for what the box counts over many.
  [[nodiscard]] std::vector<rules::Box> EarlierWays(const rules::Box& box) const;
  [[nodiscard]] std::optional<Month> MonthFor(const rules::Box& box, End end, Pace pace) const;
  // The months up to the last: of those before it, all but the first `own` are as `earlier`.
  [[nodiscard]] std::optional<evaluation::History> LayOutMonths(const Recipe& earlier, int own,
                                                                const Month& last,
                                                                bool& crowded) const;
  [[nodiscard]] std::optional<Source> SourceOf(rules::FactKindId kind,
                                               std::optional<std::size_t> field) const;
  [[nodiscard]] bool Meet(const rules::Atom& atom, End end, Pace pace, Draft& draft) const;
  [[nodiscard]] std::vector<base::Rational> Parts(const Source& source,
                                                  base::Rational amount) const;
  // `before`: a run of facts of the same kind, which add up too.
  [[nodiscard]] std::optional<Recipe> FactsFor(const Need& need, const Draft& draft, Pace pace,
                                               const Recipe& before) const;
  [[nodiscard]] std::vector<rules::Value> FieldsOf(rules::FactKindId kind,
                                                   const Draft& draft) const;
  [[nodiscard]] std::size_t ShiftsOf(rules::FactKindId kind) const;
  [[nodiscard]] Placed At(rules::FactKindId kind, std::size_t place,
                          std::vector<rules::Value> fields) const;

  const CheckContext& context_;
  const rules::Family& family_;
  Layout layout_;
};

// What is said to have been looked at when such a history shows what was asked.
base::Text BoundsOfMaking(const CheckContext& context);

}  // namespace cotejo::checks
