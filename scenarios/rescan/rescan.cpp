#include "scenarios/rescan/rescan.h"

#include <algorithm>
#include <map>

#include "model/base/bytes.h"
#include "scenarios/rescan/scan.h"
#include "scenarios/year/money.h"

namespace cotejo::rescan {
namespace {

std::size_t At(std::int64_t index) { return static_cast<std::size_t>(index); }

// Rows whose codes and amounts stay in the cache while every replication goes over them.
constexpr std::size_t kMostRows = 4096;
static_assert(kMostRows % kRowStep == 0);

// The centavos of each person for some days of pay, made once for the same ones.
class PayTables {
 public:
  using Days = std::vector<std::pair<std::int64_t, std::int64_t>>;  // days, times

  PayTables(const MonthFacts& facts, std::int64_t unit) : facts_(facts), unit_(unit), money_(unit) {
    for (std::size_t m = 0; m < kMonths; ++m) {
      const auto same = [&](std::size_t other) {
        return std::all_of(facts.pay.begin(), facts.pay.end(),
                           [&](const auto& pay) { return pay[m] == pay[other]; });
      };
      while (!same(like_[m])) ++like_[m];
    }
  }

  std::size_t Find(const Days& days, std::size_t month) {
    const auto [place, added] = known_.try_emplace({days, like_[month]}, tables_.size());
    if (added) Make(days, like_[month]);
    return place->second;
  }

  [[nodiscard]] std::int64_t largest() const { return largest_; }
  std::vector<std::vector<std::int32_t>> Taken() { return std::move(tables_); }

 private:
  void Make(const Days& days, std::size_t month) {
    std::vector<std::int64_t> of_pay;
    for (const auto& pay : facts_.pay) {
      std::int64_t net = 0;
      for (const auto& [of_days, times] : days)
        net += times * money_.Centavos(of_days, pay[month] * (unit_ / facts_.unit));
      largest_ = std::max(largest_, std::abs(net));
      of_pay.push_back(net);
    }
    std::vector<std::int32_t> table(facts_.rows());
    for (std::size_t person = 0; person < facts_.staff && largest_ <= INT32_MAX; ++person)
      table[person] = static_cast<std::int32_t>(of_pay[facts_.pay_of[person]]);
    tables_.push_back(std::move(table));
  }

  const MonthFacts& facts_;
  std::int64_t unit_;
  year::Money money_;
  std::array<std::size_t, kMonths> like_{};  // by month: the first one with the same pay
  std::map<std::pair<Days, std::size_t>, std::size_t> known_;
  std::vector<std::vector<std::int32_t>> tables_;
  std::int64_t largest_ = 0;
};

}  // namespace

std::optional<Scan> Scan::Prepare(const MonthFacts& facts, const Effects& effects,
                                  std::int64_t unit, const std::vector<year::Cell>& cells,
                                  const population::Population& population) {
  Scan scan(facts, effects, cells.size());
  PayTables pay(facts, unit);
  for (std::size_t c = 0; c < facts.columns.size(); ++c) {
    for (std::size_t m = 0; m < kMonths; ++m) {
      for (const Stretch& stretch : effects.stretches[c][m]) {
        std::map<std::pair<int, bool>, PayTables::Days> by_cell;
        for (const Effect::Pay& p : effects.all[At(stretch.effect)].pays)
          by_cell[{p.cell, p.counted}].emplace_back(p.days, p.times);
        Task task{stretch, {}};
        for (const auto& [cell, days] : by_cell)
          task.amounts.push_back({cell.first, cell.second, pay.Find(days, m)});
        scan.tasks_[c][m].push_back(std::move(task));
      }
    }
  }
  const std::int64_t most = INT32_MAX / std::max<std::int64_t>(1, pay.largest());
  scan.chunk_ = std::min(kMostRows, At(most) / kRowStep * kRowStep);
  if (scan.chunk_ == 0) return std::nullopt;
  scan.tables_ = pay.Taken();
  for (const Effect& effect : effects.all) {
    for (std::size_t s = 0; s < kStandings; ++s)
      scan.marked_[s] = scan.marked_[s] || effect.standings[s] != 0;
  }
  std::map<std::string, int> places;
  for (std::size_t i = 0; i < cells.size(); ++i) places[cells[i].key] = static_cast<int>(i);
  scan.groups_ = &population.staff.group;
  for (const std::string& group : population.groups)
    scan.sanctioned_.push_back(places.at("personas/sancionadas/" + group));
  scan.person_cells_ = {places.at("personas/sancionadas/total"),
                        places.at("personas/con_descuento"),
                        places.at("personas/con_destitución_o_retiro")};
  scan.centavos_ = places.at("descuentos/centavos/total");
  return scan;
}

struct Scan::Buffers {
  std::vector<std::int64_t> counts;  // by effect, of one replication
  std::array<std::vector<std::int32_t>, kStandings> marks;
};

Differences Scan::Run() const {
  Differences differences;
  differences.values.resize(cells_ * At(facts_.replications));
  Buffers buffers;
  for (std::size_t first = 0; first < facts_.rows(); first += chunk_) {
    const std::size_t rows = std::min(chunk_, facts_.rows() - first);
    for (int r = 0; r < facts_.replications; ++r) Do(first, rows, r, buffers, differences);
  }
  StandSeveral(differences);
  return differences;
}

// Some rows of one replication.
void Scan::Do(std::size_t first, std::size_t rows, int replication, Buffers& buffers,
              Differences& differences) const {
  const auto value = [&](int cell) -> std::int64_t& {
    return differences.values[At(cell) * At(facts_.replications) + At(replication)];
  };
  buffers.counts.assign(effects_.all.size(), 0);
  for (std::size_t s = 0; s < kStandings; ++s) {
    if (marked_[s]) buffers.marks[s].assign(rows, 0);
  }
  for (std::size_t c = 0; c < facts_.columns.size(); ++c) {
    const Column& column = facts_.columns[c];
    for (int month = 0; month < kMonths; ++month) {
      const std::uint8_t* codes =
          column.codes.data() + facts_.place(column, replication, month) + first * column.width();
      for (const Task& task : tasks_[c][At(month)]) {
        const Block block{codes, column.wide, rows, static_cast<std::uint16_t>(task.stretch.low),
                          static_cast<std::uint16_t>(task.stretch.high)};
        std::int64_t count = task.amounts.empty() ? Count(block) : 0;
        for (const Amount& amount : task.amounts) {
          const Counted counted = CountAndAdd(block, tables_[amount.table].data() + first);
          count = counted.count;
          value(amount.cell) += counted.amount;
          if (!amount.counted) continue;
          value(centavos_) += counted.amount;
          differences.centavos[At(month)] += counted.amount;
        }
        if (count == 0) continue;
        const Effect& effect = effects_.all[At(task.stretch.effect)];
        buffers.counts[At(task.stretch.effect)] += count;
        differences.days[At(month)] += count * effect.days;
        for (std::size_t s = 0; s < kStandings; ++s) {
          if (effect.standings[s] != 0)
            Mark(block, static_cast<std::int32_t>(effect.standings[s]), buffers.marks[s].data());
        }
      }
    }
  }
  for (std::size_t e = 0; e < effects_.all.size(); ++e) {
    if (buffers.counts[e] == 0) continue;
    for (const auto& [cell, amount] : effects_.all[e].counts)
      value(cell) += buffers.counts[e] * amount;
  }
  Stand(first, rows, replication, buffers, differences);
}

void Scan::Stand(std::size_t first, std::size_t rows, int replication, const Buffers& buffers,
                 Differences& differences) const {
  for (std::size_t s = 0; s < kStandings; ++s) {
    if (!marked_[s]) continue;
    const std::uint16_t* before =
        facts_.standings[s].data() + At(replication) * facts_.rows() + first;
    const std::int32_t* marks = buffers.marks[s].data();
    for (std::size_t row = 0; row < rows; ++row) {
      if (marks[row] != 0 && before[row] != kSeveral)
        StandOne(s, first + row, replication, before[row], marks[row], differences);
    }
  }
}

// A person counts once, however many times.
void Scan::StandOne(std::size_t standing, std::size_t row, int replication, std::int64_t before,
                    std::int64_t change, Differences& differences) const {
  const int was = before > 0 ? 1 : 0;
  const int is = before + change > 0 ? 1 : 0;
  if (was == is) return;
  const auto add = [&](int cell) {
    differences.values[At(cell) * At(facts_.replications) + At(replication)] += is - was;
  };
  add(person_cells_[standing]);
  if (standing == kSanctions) add(sanctioned_[(*groups_)[row]]);
}

// The rows were added up with the pay of who holds the post first: it gives way to their own. A
// month that closed as somebody left is in no row, and is added whole.
void Scan::AddOwn(const Task& task, const Stay& stay, int month, bool whole,
                  Differences& differences) const {
  const auto value = [&](int cell) -> std::int64_t& {
    return differences.values[At(cell) * At(facts_.replications) + At(stay.replication)];
  };
  for (const Amount& amount : task.amounts) {
    const std::vector<std::int32_t>& table = tables_[amount.table];
    const std::int64_t more = std::int64_t{table[stay.person]} - (whole ? 0 : table[stay.row]);
    value(amount.cell) += more;
    if (!amount.counted) continue;
    value(centavos_) += more;
    differences.centavos[At(month)] += more;
  }
  if (!whole) return;
  const Effect& effect = effects_.all[At(task.stretch.effect)];
  differences.days[At(month)] += effect.days;
  for (const auto& [cell, times] : effect.counts) value(cell) += times;
}

// Those who held a post one after the other, each with the months that closed in their time.
void Scan::StandSeveral(Differences& differences) const {
  for (const Stay& stay : facts_.stays) {
    std::array<std::int64_t, kStandings> changes{};
    const auto add = [&](std::size_t c, int month, int code, bool whole) {
      for (const Task& task : tasks_[c][At(month)]) {
        if (code < task.stretch.low || code > task.stretch.high) continue;
        const Effect& effect = effects_.all[At(task.stretch.effect)];
        for (std::size_t s = 0; s < kStandings; ++s) changes[s] += effect.standings[s];
        AddOwn(task, stay, month, whole, differences);
      }
    };
    for (std::size_t c = 0; c < facts_.columns.size(); ++c) {
      const Column& column = facts_.columns[c];
      for (int month = stay.first; month <= stay.last; ++month) {
        const std::uint8_t* codes =
            column.codes.data() + facts_.place(column, stay.replication, month);
        const int code =
            column.wide ? codes[2 * stay.row] + 256 * codes[2 * stay.row + 1] : codes[stay.row];
        add(c, month, code, false);
      }
      if (!stay.closing.empty()) add(c, stay.last + 1, stay.closing[c], true);
    }
    for (std::size_t s = 0; s < kStandings; ++s)
      StandOne(s, stay.row, stay.replication, stay.standings[s], changes[s], differences);
  }
}

}  // namespace cotejo::rescan
