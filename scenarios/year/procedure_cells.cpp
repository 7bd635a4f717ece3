// The cells of the procedures that the year lives.
#include <algorithm>

#include "model/evaluation/fact_wording.h"
#include "scenarios/year/tables.h"

namespace cotejo::year {

namespace {

std::size_t At(std::int64_t index) { return static_cast<std::size_t>(index); }

const char* const kTable = "trámites";
const char* const kHours = "trámites/horas";
const char* const kAnnulled = "trámites/sin_efecto";

}  // namespace

// Of each one, the steps that any of the regulations gives it.
void Tables::AddProcedures() {
  for (std::size_t p = 0; p < population_.procedures.size(); ++p) {
    const population::ProcedureConduct& conduct = population_.procedures[p];
    const ProcedureCells shared = AddProcedure(conduct);
    std::map<std::string, ProcedureCells::OfStep> known;
    for (std::size_t r = 0; r < regulations_.size(); ++r) {
      const std::vector<Procedures::Procedure>& all = setting_.procedures[r].all();
      regulations_[r].procedures.resize(all.size());
      for (std::size_t i = 0; i < all.size(); ++i) {
        if (At(all[i].conduct) != p) continue;
        ProcedureCells& cells = regulations_[r].procedures[i] = shared;
        for (const Step& step : all[i].steps)
          cells.steps.push_back(AddStep(conduct, step, &step == all[i].steps.data(), known));
      }
    }
  }
  const auto grouped = [&](const char* group) {
    return std::any_of(cells_.begin(), cells_.end(),
                       [&](const Cell& cell) { return cell.group == group; });
  };
  if (grouped(kHours))
    at_.procedure_hours = AddCell(
        kTable, "horas/total",
        {"horas de trabajo de la entidad en trámites", "hours of work of the entity in procedures"},
        CellUnit::Hours, kHours, true);
  if (grouped(kAnnulled))
    at_.annulled_centavos =
        AddCell(kTable, "sin_efecto/total",
                {"descuentos que los trámites dejan sin efecto, sin restar de los demás cuadros",
                 "deductions that procedures leave without effect, not taken from other tables"},
                CellUnit::Centavos, kAnnulled, true);
}

Tables::ProcedureCells Tables::AddProcedure(const population::ProcedureConduct& conduct) {
  const std::string name = evaluation::Spaced(conduct.name);
  const auto add = [&](const char* key, const base::Text& what, CellUnit unit = CellUnit::Count,
                       const char* group = "") {
    return AddCell(kTable, conduct.name + "/" + key, {what.es + ": " + name, what.en + ": " + name},
                   unit, group);
  };
  const auto any = [&](const auto& of) {
    return std::any_of(conduct.milestones.begin(), conduct.milestones.end(), of);
  };
  using Conduct = population::MilestoneConduct;
  ProcedureCells cells;
  cells.begun = add("iniciados", {"iniciados en el año", "begun in the year"});
  cells.finished = add("terminados", {"terminados en el año", "finished in the year"});
  cells.pending =
      add("pendientes", {"sin terminar al 31 de diciembre", "not finished on 31 December"});
  cells.days = add("días",
                   {"días calendario que llevaron los terminados, en suma",
                    "calendar days that the finished ones took, added up"},
                   CellUnit::Days);
  if (any([](const Conduct& c) { return c.may_annul(); })) {
    cells.annulled = add("sin_efecto", {"dejan sin efecto lo que los inició",
                                        "leave what began them without effect"});
    cells.centavos = add("sin_efecto/centavos",
                         {"descuentos que deja sin efecto", "deductions left without effect"},
                         CellUnit::Centavos, kAnnulled);
  }
  if (any([](const Conduct& c) { return c.hours > 0; }))
    cells.hours = add("horas", {"horas de trabajo de la entidad", "hours of work of the entity"},
                      CellUnit::Hours, kHours);
  return cells;
}

Tables::ProcedureCells::OfStep Tables::AddStep(
    const population::ProcedureConduct& conduct, const Step& step, bool first,
    std::map<std::string, ProcedureCells::OfStep>& known) {
  ProcedureCells::OfStep& cells = known[step.name];
  if (step.conduct >= 0) cells.hours = conduct.milestones[At(step.conduct)].hours;
  if (first) return cells;
  const std::string key = conduct.name + "/hitos/" + step.name;
  const std::string name = evaluation::Spaced(step.name);
  const std::string of = ": " + evaluation::Spaced(conduct.name);
  if (cells.done < 0) cells.done = AddCell(kTable, key, {name + of, name + of}, CellUnit::Count);
  if (cells.late < 0 && step.has_term())
    cells.late = AddCell(
        kTable, key + "/vencidos",
        step.power
            ? base::Text{name + ", sin usar en su plazo" + of, name + ", not used in its term" + of}
            : base::Text{name + ", fuera de plazo" + of, name + ", out of its term" + of},
        CellUnit::Count);
  return cells;
}

}  // namespace cotejo::year
