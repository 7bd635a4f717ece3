#include "scenarios/study/study.h"

#include <algorithm>
#include <cmath>
#include <iomanip>
#include <sstream>

#include "scenarios/study/keeping.h"
#include "scenarios/study/small_groups.h"
#include "scenarios/study/touched.h"
#include "scenarios/study/watched.h"
#include "scenarios/year/assumptions.h"
#include "scenarios/year/statistics.h"

namespace cotejo::study {
namespace {

using year::Forecast;

constexpr int kNoDraw = -1;

// The population under one draw of what it is unsure of: the years of different draws share
// nothing.
struct Draw {
  population::Population population;
  year::Options options;
};

Draw DrawOf(const population::Population& population, const year::Options& options, int draw) {
  const auto number = static_cast<std::uint32_t>(draw);
  const auto factors = population::DrawFactors(population, options.seed, number);
  Draw drawn{population::Scaled(population, factors), options};
  drawn.options.seed = options.seed + 0x9E3779B97F4A7C15ULL * static_cast<std::uint64_t>(draw);
  return drawn;
}

// All that the result depends on: not the threads, nor the processes.
std::vector<Dependence> DependencesOf(const std::vector<year::RegulationInput>& regulations,
                                      const Options& options) {
  std::vector<Dependence> all = options.inputs;
  AddYears(regulations, options.year, all);
  all.push_back({{"el número de sorteos", "number of draws"}, std::to_string(options.draws)});
  all.push_back({{"la precisión", "precision"}, Exactly(options.precision)});
  all.push_back({{"el máximo de réplicas", "most replications"}, std::to_string(options.most)});
  all.push_back({{"la casilla", "cell"}, options.watched});
  return all;
}

std::string DigestOf(const std::vector<Dependence>& dependences) {
  base::ByteWriter writer;
  for (const Dependence& dependence : dependences) {
    writer.Text(dependence.name.es);
    writer.Text(dependence.value);
  }
  return Digest(writer.bytes());
}

class Study {
 public:
  Study(const std::vector<year::RegulationInput>& regulations,
        const population::Population& population, const Options& options,
        std::unique_ptr<year::Simulation> plain, base::Diagnostics& diagnostics)
      : regulations_(regulations),
        population_(population),
        options_(options),
        plain_(std::move(plain)),
        diagnostics_(diagnostics),
        dependences_(DependencesOf(regulations, options)),
        keeping_(options.resume, dependences_, diagnostics),
        count_(options.draws > 0 ? options.draws : options.year.replications),
        all_(plain_->Begin().sums()),
        run_(plain_->Begin()) {}

  std::optional<Forecast> Run() {
    if (!Restore()) return std::nullopt;
    if (options_.smallest_group > 1) reached_ = ReachedBy(regulations_, population_, options_.year);
    auto forecast = Rounds();
    keeping_.End();
    if (forecast) HideChangesOfFew(reached_.touched, options_.smallest_group, *forecast);
    return forecast;
  }

 private:
  std::optional<Forecast> Rounds() {
    constexpr int kRounds = 6;
    for (;; ++round_) {
      const bool lived = LiveRound();
      keeping_.Save(state_);
      if (!lived || !year::CheckFinished(Finished(), diagnostics_)) return std::nullopt;
      Forecast forecast = Report();
      if (options_.precision <= 0 || Stopped()) return forecast;
      const year::Statistics* watched = Watched(forecast, options_.watched);
      if (watched == nullptr) return UnknownCell(options_.watched, diagnostics_);
      if (IsSmall(forecast)) {
        diagnostics_.Add(SmallCell(options_.watched));
        return std::nullopt;
      }
      const auto needed = year::ReplicationsFor(*watched, count_, options_.precision);
      if (needed && *needed <= count_) return forecast;
      if (!needed || count_ >= options_.most || round_ >= kRounds) {
        NotReached(*watched);
        return forecast;
      }
      count_ = static_cast<int>(std::min<std::int64_t>(*needed, options_.most));
    }
  }

  [[nodiscard]] bool IsSmall(const Forecast& forecast) const {
    const std::vector<bool> small = SmallCells(forecast, options_.smallest_group);
    for (std::size_t c = 0; c < small.size(); ++c) {
      if (small[c] && forecast.cells[c].key == options_.watched) return true;
    }
    return false;
  }

  // Nothing that never happened has a mean of which to ask a part.
  void NotReached(const year::Statistics& watched) {
    const auto per_cent = [](double part) {
      std::ostringstream text;
      text << std::setprecision(3) << part * 100 << " %";
      return text.str();
    };
    const std::string years = std::to_string(count_);
    const double half = (watched.ci_high - watched.ci_low) / 2;
    const bool never = watched.mean == 0;
    const std::string reached = never ? "" : per_cent(half / std::abs(watched.mean));
    diagnostics_.Add(
        {"precisión-no-alcanzada",
         base::Severity::Warning,
         {},
         never ? base::Text{"«" + options_.watched + "» es cero en las " + years +
                                " réplicas o sorteos: no hay media de la que pedir una parte",
                            "'" + options_.watched + "' is zero in all " + years +
                                " replications or draws: there is no mean to ask a part of"}
               : base::Text{"el medio ancho de «" + options_.watched + "» quedó en " + reached +
                                " de su media, y se pedía " + per_cent(options_.precision),
                            "the half-width of '" + options_.watched + "' is " + reached +
                                " of its mean, and " + per_cent(options_.precision) +
                                " was asked for"},
         never ? base::Text{"pida más --replicas, o mire otra casilla",
                            "ask for more --replications, or look at another cell"}
               : base::Text{},
         {}});
  }

  [[nodiscard]] bool Stopped() const {
    return options_.year.stop != nullptr && *options_.year.stop;
  }
  [[nodiscard]] const year::Sums& Lived() const { return options_.draws > 0 ? all_ : run_.sums(); }
  // Replications; fewer than two draws are none.
  [[nodiscard]] int Finished() const {
    return options_.draws > 0 && draws_ < 2 ? 0 : Lived().replications;
  }

  bool LiveRound() {
    if (options_.draws == 0) return Live(*plain_, kNoDraw, count_);
    while (draws_ < count_ && !Stopped()) {
      const Draw drawn = DrawOf(population_, options_.year, draws_);
      const auto simulation =
          year::Simulation::Prepare(regulations_, drawn.population, drawn.options, diagnostics_);
      if (!simulation || !Live(*simulation, draws_, options_.year.replications)) return false;
      // An unfinished run is not of the same length.
      if (!run_.complete()) return true;
      all_.Append(run_.sums());
      run_ = plain_->Begin();
      ++draws_;
    }
    return true;
  }

  bool Live(const year::Simulation& simulation, int draw, int replications) {
    if (ranks::Ranks* ranks = options_.year.ranks) {
      base::ByteWriter order;
      order.Number(std::int64_t{draw});
      order.Text(DigestOf(dependences_));
      for (int rank = 1; rank < ranks->count(); ++rank)
        ranks->Send(rank, year::kOrder, order.bytes());
    }
    const auto grown = [this] { keeping_.SaveNowAndThen(state_); };
    return simulation.Live(replications, run_, grown, diagnostics_);
  }

  Forecast Report() {
    const int wanted = options_.draws > 0 ? Finished() : count_;
    Forecast forecast = plain_->Report(Lived(), wanted, draws_);
    TellReach(reached_, forecast);
    if (options_.draws > 0)
      std::replace(forecast.assumptions.begin(), forecast.assumptions.end(), year::OnlyChance(),
                   base::Text{"los intervalos recogen el azar del año y la incertidumbre que la "
                              "población declara de sus frecuencias",
                              "intervals hold the chance of the year and the uncertainty that the "
                              "population declares of its rates"});
    return forecast;
  }

  // ---- what is kept in a file

  bool Restore() {
    if (!keeping_.Begin(state_, [this](std::string_view kept) { return Read(kept); })) return false;
    const auto staff = static_cast<std::int64_t>(population_.staff.size());
    const std::int64_t years = all_.replications * staff + run_.Years();
    if (options_.year.progress != nullptr) *options_.year.progress += years;
    keeping_.GoOn(years);
    return true;
  }

  bool Read(std::string_view kept) {
    base::ByteReader reader(kept);
    round_ = static_cast<int>(reader.Number());
    count_ = static_cast<int>(reader.Number());
    draws_ = static_cast<int>(reader.Number());
    return all_.Read(reader) && run_.Read(reader) && reader.finished();
  }

  [[nodiscard]] std::string State() const {
    base::ByteWriter writer;
    writer.Number(std::int64_t{round_});
    writer.Number(std::int64_t{count_});
    writer.Number(std::int64_t{draws_});
    all_.Write(writer);
    run_.Write(writer);
    return writer.bytes();
  }

  const std::vector<year::RegulationInput>& regulations_;
  const population::Population& population_;
  Options options_;
  std::unique_ptr<year::Simulation> plain_;  // the population as its file says
  base::Diagnostics& diagnostics_;
  std::vector<Dependence> dependences_;
  Keeping keeping_;
  const Keeping::State state_ = [this] { return State(); };

  Reached reached_;   // when few people are not shown
  int round_ = 0;     // of those that look for the precision asked for
  int count_;         // replications, or draws, of this round
  int draws_ = 0;     // finished
  year::Sums all_;    // of them
  year::Ledger run_;  // of the draw that follows; without draws, everything
};

}  // namespace

std::optional<Forecast> Run(const std::vector<year::RegulationInput>& regulations,
                            const population::Population& population, const Options& options,
                            base::Diagnostics& diagnostics) {
  auto plain = year::Simulation::Prepare(regulations, population, options.year, diagnostics);
  if (!plain) return std::nullopt;
  return Study(regulations, population, options, std::move(plain), diagnostics).Run();
}

// ---- the processes that do not lead ------------------------------------------------

namespace {

ranks::Message Wait(ranks::Ranks& ranks) {
  for (ranks::Patience patience;; patience.Wait())
    if (auto message = ranks.Receive()) return *std::move(message);
}

void Refuse(ranks::Ranks& ranks, const base::Text& reason) {
  base::ByteWriter writer;
  writer.Text(reason.es);
  writer.Text(reason.en);
  ranks.Send(0, year::kRefuse, writer.bytes());
}

}  // namespace

void Serve(const std::vector<year::RegulationInput>& regulations,
           const population::Population& population, const Options& options) {
  ranks::Ranks& ranks = *options.year.ranks;
  const std::string digest = DigestOf(DependencesOf(regulations, options));
  base::Diagnostics diagnostics;
  std::unique_ptr<year::Simulation> plain;
  for (;;) {
    const ranks::Message message = Wait(ranks);
    if (message.kind == year::kFinish) break;
    if (message.kind != year::kOrder) continue;
    base::ByteReader reader(message.bytes);
    const auto draw = static_cast<int>(reader.Number());
    if (reader.Text() != digest) {
      Refuse(ranks, {"un proceso no tiene el mismo programa, regulación, población u opciones que "
                     "el que dirige",
                     "a process does not have the same program, regulation, population or options "
                     "as the leading one"});
      continue;
    }
    // The same inputs, of which the leading one has made a simulation.
    if (draw == kNoDraw) {
      if (!plain)
        plain = year::Simulation::Prepare(regulations, population, options.year, diagnostics);
      plain->Serve();
    } else {
      const Draw drawn = DrawOf(population, options.year, draw);
      year::Simulation::Prepare(regulations, drawn.population, drawn.options, diagnostics)->Serve();
    }
  }
  ranks.Send(0, year::kBye, {});
}

void Decline(ranks::Ranks& ranks, const base::Text& reason) {
  for (;;) {
    const ranks::Message message = Wait(ranks);
    if (message.kind == year::kFinish) break;
    if (message.kind == year::kOrder) Refuse(ranks, reason);
  }
  ranks.Send(0, year::kBye, {});
}

void Dismiss(ranks::Ranks& ranks) {
  for (int rank = 1; rank < ranks.count(); ++rank) ranks.Send(rank, year::kFinish, {});
  for (int left = ranks.count() - 1; left > 0;) {
    // Parts of a run that was stopped may still be on their way.
    if (Wait(ranks).kind == year::kBye) --left;
  }
}

}  // namespace cotejo::study
