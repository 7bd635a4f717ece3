#include "scenarios/year/assumptions.h"

#include <algorithm>
#include <climits>
#include <iomanip>
#include <map>
#include <sstream>

#include "scenarios/year/cap.h"

namespace cotejo::year {
namespace {

// Working days on which some people have no schedule.
struct Uncovered {
  std::size_t people = 0;
  std::int32_t first = INT32_MAX, last = -1;
  int fewest = INT_MAX, most = 0;  // such days of one of them: holidays are not the same for all
};

// By the days of the year without one, be they working days or not.
std::map<std::vector<bool>, Uncovered> FindUncovered(const StaffPlan& staff) {
  std::map<std::vector<bool>, Uncovered> found;
  for (const std::uint32_t of : staff.days_of) {
    const DayPlan& plan = staff.days[of];
    std::vector<bool> without;
    for (const std::int16_t schedule : plan.schedule) without.push_back(schedule < 0);
    Uncovered& same = found[without];
    ++same.people;
    int count = 0;
    for (const std::int32_t day : plan.work->days) {
      if (!without[static_cast<std::size_t>(day)]) continue;
      same.first = std::min(same.first, day);
      same.last = std::max(same.last, day);
      ++count;
    }
    same.fewest = std::min(same.fewest, count);
    same.most = std::max(same.most, count);
  }
  std::erase_if(found, [](const auto& days) { return days.second.most == 0; });
  return found;
}

base::Text Describe(const Uncovered& days, std::size_t staff, const YearDays& year) {
  const std::string from = year.date(days.first).str();
  const std::string to = year.date(days.last).str();
  const bool one = days.most == 1;
  std::string count = std::to_string(days.most);
  std::string count_en = count;
  if (days.fewest < days.most) {
    count = std::to_string(days.fewest) + " a " + count;
    count_en = std::to_string(days.fewest) + " to " + count_en;
  }
  count += one ? " día hábil" : " días hábiles";
  count_en += one ? " working day" : " working days";
  if (days.people == staff)
    return {"sin horario vigente entre " + from + " y " + to + " (" + count +
                "): en ellos nadie llega tarde, falta ni omite registro",
            "no schedule in force between " + from + " and " + to + " (" + count_en +
                "): on them nobody is late, absent or leaves a record out"};
  const std::string people = std::to_string(days.people);
  const std::string of = std::to_string(staff);
  return {"sin horario vigente para " + people + " de las " + of + " personas entre " + from +
              " y " + to + " (" + count +
              "): en ellos no hay atrasos, faltas ni omisiones de quien no lo tiene",
          "no schedule in force for " + people + " of the " + of + " people between " + from +
              " and " + to + " (" + count_en +
              "): on them whoever has none is never late or absent, nor leaves a record out"};
}

// Where the text in force, or an amended one, gives people no schedule.
void AddUncovered(const Setting& setting, std::vector<base::Text>& all) {
  std::vector<base::Text> said;
  for (const StaffPlan& staff : setting.plans) {
    for (const auto& [without, days] : FindUncovered(staff)) {
      const base::Text part = Describe(days, staff.days_of.size(), setting.year);
      if (std::find(said.begin(), said.end(), part) != said.end()) continue;
      said.push_back(part);
      const bool amended = &staff != setting.plans.data();
      all.push_back({(amended ? "con una enmienda, " : "") + part.es,
                     (amended ? "with an amendment, " : "") + part.en});
    }
  }
}

// What the text in force, or an amended one, says on some days of the year only.
void AddPartlyInForce(const Setting& setting, std::vector<base::Text>& all) {
  std::vector<base::Text> said;
  for (const StaffPlan& staff : setting.plans) {
    const base::Text part = rules::DescribePartlyInForce(*staff.plan.rules, setting.year.date(0),
                                                         setting.year.date(setting.year.count - 1));
    if (part.empty() || std::find(said.begin(), said.end(), part) != said.end()) continue;
    said.push_back(part);
    all.push_back(
        {"no rige toda la gestión: " + part.es +
             "; fuera de esas fechas lo que ocurre no tiene la consecuencia que allí se dice",
         "not in force all the year: " + part.en +
             "; outside those dates what happens has not the consequence said there"});
  }
}

// 0.85 as "85", 0.125 as "12,5".
std::string PerCent(double part, char comma) {
  std::ostringstream out;
  out << std::setprecision(4) << part * 100;
  std::string text = out.str();
  std::replace(text.begin(), text.end(), '.', comma);
  return text;
}

// Where what people do comes from. By the file's own words: figures that were made up say so first,
// and those that `calibrar` wrote do not.
void AddConduct(const population::Population& population, std::vector<base::Text>& all) {
  const std::string of_class = "«clase»: ";
  const bool made_up = std::none_of(
      population.sources.begin(), population.sources.end(), [&](const base::Text& source) {
        return source.es.starts_with(of_class) && !source.es.starts_with(of_class + "sintético");
      });
  if (made_up) {
    all.push_back(
        {"atrasos, inasistencias, omisiones, conductas, licencias, permisos y uso de vacaciones "
         "son sintéticos; no están calibrados con registros de la entidad",
         "lateness, absences, omissions, conducts, leaves, permits and vacation use are "
         "synthetic; they are not calibrated with records of the entity"});
    return;
  }
  all.push_back(
      {"lo que la gente hace (atrasos, inasistencias, omisiones, conductas, licencias, permisos y "
       "uso de vacaciones) se sortea de las cifras del archivo de población: cuáles están "
       "calibradas con registros y cuáles son sintéticas lo dice la fuente de cada tabla",
       "what people do (lateness, absences, omissions, conducts, leaves, permits and vacation use) "
       "is drawn from the figures of the population file: which are calibrated with records and "
       "which are synthetic, the source of each table says"});
}

// Whether people are the same under every text, or answer to what each does to them.
void AddResponse(const population::Population& population, std::vector<base::Text>& all) {
  if (!population.deterrence) {
    all.push_back(
        {"todas las regulaciones viven los mismos años: la gente no cambia de conducta por "
         "una enmienda, y las diferencias van por pares",
         "all regulations live the same years: people do not change what they do because "
         "of an amendment, and differences are paired"});
    return;
  }
  const population::Deterrence& deterrence = *population.deterrence;
  base::Text left;
  for (std::size_t f = 0; f < population::kDeterred; ++f) {
    if (deterrence.part[f] >= 1) continue;
    const auto factor = static_cast<population::Factor>(f);
    const std::string comma = left.es.empty() ? "" : ", ";
    left.es += comma + population::KeyOf(factor) + " " + PerCent(deterrence.part[f], ',') + " %";
    left.en += comma + population::KeyOf(factor) + " " + PerCent(deterrence.part[f], '.') + "%";
  }
  if (left.es.empty()) left = {"todo", "everything"};
  const std::string months = std::to_string(deterrence.months);
  all.push_back(
      {"quien es sancionado hace menos en los meses que siguen al de la sanción (" + months +
           "), bajo cada regulación según lo que ella le hizo; queda: " + left.es,
       "whoever is sanctioned does less in the months after that of the sanction (" + months +
           "), under each regulation by what it did to them; what is left: " + left.en});
  all.push_back(
      {"cualquier sanción en pie pesa lo mismo, dos no pesan más que una, nadie empieza el año "
       "respondiendo a una anterior, y nadie responde a lo que el texto amenaza ni a lo que les "
       "pasa a otros",
       "any sanction that stands weighs the same, two weigh no more than one, nobody begins the "
       "year answering to an earlier one, and nobody answers to what the text threatens or to "
       "what happens to others"});
  all.push_back(
      {"fuera de esos meses todas las regulaciones viven los mismos sorteos, y las diferencias "
       "van por pares",
       "outside those months all regulations live the same draws, and differences are paired"});
}

// A deduction that some norm does not allow is counted all the same: how much, apart.
void AddCap(const Setting& setting, std::vector<base::Text>& all) {
  std::vector<base::Citation> told;
  std::vector<base::Citation> untold;
  for (const StaffPlan& staff : setting.plans) {
    for (const Cap& cap : CapsOf(staff.plan, setting.year)) {
      std::vector<base::Citation>& of = cap.days ? told : untold;
      if (std::find(of.begin(), of.end(), cap.citation) == of.end()) of.push_back(cap.citation);
    }
  }
  if (!told.empty()) {
    const std::string by = base::JoinCitations(told);
    all.push_back({"lo descontado se cuenta entero, también lo que en un mes pasa del tope de " +
                       by + ": cuánto es va aparte («sobre el tope»), y no se resta",
                   "deductions are counted whole, with what is over the cap of " + by +
                       " in a month: how much that is comes apart ('over the cap'), and is not "
                       "taken away"});
  }
  if (untold.empty()) return;
  const std::string by = base::JoinCitations(untold);
  all.push_back({"lo descontado se cuenta entero, también lo que prohíba " + by +
                     ", que el simulador no sabe medir",
                 "deductions are counted whole, with what " + by +
                     " may prohibit, which the simulator cannot measure"});
}

void AddLapse(const Setting& setting, const population::Names& names,
              std::vector<base::Text>& all) {
  const auto lapses = [](const std::vector<RuleEffects>& effects) {
    return std::any_of(effects.begin(), effects.end(), [](const RuleEffects& rule) {
      return std::any_of(rule.rights.begin(), rule.rights.end(),
                         [](const auto& right) { return right.second == Right::Lapsed; });
    });
  };
  if (std::none_of(setting.effects.begin(), setting.effects.end(), lapses)) {
    all.push_back({"ninguna regla dice que la vacación no usada prescriba: no prescribe",
                   "no rule says that vacation not used lapses: it does not"});
    return;
  }
  all.push_back({"la vacación que una regla declara «" + names.lapsed_right +
                     "» se pierde, como mucho hasta el saldo; si ninguna lo dice, no prescribe",
                 "vacation that a rule declares '" + names.lapsed_right +
                     "' is lost, up to the balance; if none says so, it does not lapse"});
}

void AddProcedures(const Setting& setting, std::vector<base::Text>& all) {
  const Procedures& procedures = setting.procedures.front();
  if (procedures.of_process() == nullptr)
    all.push_back(
        {"el proceso interno se cuenta al abrirse y se supone que confirma la sanción",
         "an internal process is counted when it opens and is taken to confirm the sanction"});
  if (procedures.all().empty()) return;
  all.push_back(
      {"cada trámite corre con los plazos del texto, de los que la gente usa la parte que dice la "
       "población; los de horas y días calendario acaban en día hábil, lo que vence después del "
       "31 de diciembre queda pendiente, y lo que un mismo artículo inicia el mismo día corre la "
       "misma suerte",
       "each procedure runs by the terms of the text, of which people use the part that the "
       "population says; those in hours and calendar days end on a day of work, what is due after "
       "31 December is pending, and what one article begins on one day goes together"});
  all.push_back(
      {"lo que un trámite deja sin efecto no se resta de los demás cuadros ni deja de contar para "
       "la reincidencia; sólo no saca a nadie del puesto",
       "what a procedure leaves without effect is not taken from the other tables and still counts "
       "for recidivism; it only removes nobody from the post"});
}

// Who holds the posts, and what becomes of the vacation of whoever leaves.
void AddPeople(const Setting& setting, const population::Population& population,
               std::vector<base::Text>& all) {
  if (!population.turnover || !population.turnover->removal)
    all.push_back({"quien es destituido o retirado se cuenta y sigue en su puesto hasta fin de año",
                   "whoever is destituted or retired is counted and stays until the year's end"});
  AddLapse(setting, population.names, all);
  if (population.vacation.acquired) {
    all.push_back(
        {"la vacación que se usa sale del saldo inicial y, desde el día siguiente al que el texto "
         "la da, de la adquirida en el año, en la parte que la población dice; cada texto da la "
         "suya, y con otros días la gente usa otros",
         "vacation used comes from the opening balance and, from the day after the text gives it, "
         "from what is acquired in the year, in the part that the population says; each text "
         "gives its own, and with other days people use others"});
  } else {
    all.push_back(
        {"la vacación que se usa sale del saldo inicial; la adquirida en el año queda para el "
         "siguiente",
         "vacation used comes from the opening balance; what is acquired in the year is left for "
         "the next one"});
  }
  if (!population.turnover) {
    all.push_back({"la vacación no usada no se paga", "vacation not used is not paid"});
    return;
  }
  all.push_back({"la vacación no usada de quien se va se le paga si alguna regla lo manda",
                 "vacation not used of whoever leaves is paid if some rule says so"});
  if (population.turnover->removal) {
    const auto& days = population.turnover->removal->process_days;
    const std::string es =
        days ? "a los " + std::to_string(*days) + " días" : "cuando el trámite del proceso termina";
    const std::string en =
        days ? std::to_string(*days) + " days later" : "when the procedure of the process is over";
    all.push_back({"quien es destituido o retirado deja el puesto " + es +
                       " si el texto pide antes un proceso, y si no el mismo día; lo que choca con "
                       "otra regla no lo saca",
                   "whoever is destituted or retired leaves the post " + en +
                       " if the text asks for a process first, and otherwise that same day; "
                       "what clashes with another rule does not remove them"});
  }
  all.push_back(
      {"quien entra a un puesto es como alguien de su contrato y oficina, ingresado ese día y "
       "sin vacación; el puesto vacante no tiene hechos",
       "whoever joins a post is like somebody of its contract and office, hired that day and "
       "with no vacation; nothing happens in a vacant post"});
  all.push_back(
      {"el mes en que alguien se va se cierra su último día; la gestión no se cierra para esa "
       "persona: no se juzga lo que va por gestión, y de aguinaldo hay sólo lo que el texto dé a "
       "quien se va",
       "the month in which somebody leaves is closed on their last day; the year is not closed for "
       "them: what goes by year is not judged, and of the bonus there is only what the text gives "
       "to who leaves"});
  const auto& effects = setting.effects.front();
  if (std::none_of(effects.begin(), effects.end(),
                   [](const RuleEffects& rule) { return rule.pays_vacation; }))
    all.push_back({"ninguna regla manda pagar la vacación de quien se va («" +
                       population.names.separation.payment + "»): no se paga",
                   "no rule says that the vacation of whoever leaves is paid ('" +
                       population.names.separation.payment + "'): it is not"});
}

// What becomes of the vacation programme, when the file says so.
void AddVacations(const Setting& setting, const population::VacationPlan& plan,
                  std::vector<base::Text>& all) {
  if (plan.reprogramming) {
    all.push_back(
        {"lo que se reprograma para después de diciembre no se usa en el año: queda en "
         "el saldo",
         "what is reprogrammed for after December is not used in the year: it stays in "
         "the balance"});
  }
  bool some = false;
  for (const population::CollectiveVacation& c : plan.collective) {
    some = some || (c.from.year() <= setting.year.year && setting.year.year <= c.to.year());
    if (c.from.year() >= setting.year.year && c.to.year() <= setting.year.year) continue;
    all.push_back({"la vacación colectiva del " + c.from.str() + " al " + c.to.str() +
                       " no cae, o no entera, en la gestión simulada",
                   "the collective vacation from " + c.from.str() + " to " + c.to.str() +
                       " is not, or not all of it, in the year simulated"});
  }
  if (!some) return;
  const base::Text from = plan.acquired
                              ? base::Text{"del saldo inicial o de lo ya adquirido en el año",
                                           "from the opening balance or what was already "
                                           "acquired in the year"}
                              : base::Text{"del saldo inicial", "from the opening balance"};
  all.push_back({"la vacación colectiva se toma " + from.es +
                     " y cuenta como parte de lo que cada persona usaría en el año; a quien no le "
                     "alcanza el saldo, trabaja: el texto no dice otra cosa",
                 "collective vacation is taken " + from.en +
                     " and is part of what each person would use in the year; whoever has not "
                     "enough of it works: the text says nothing else"});
}

// A date of the file on which it does not happen, and why.
void AddMissed(const Setting& setting, const population::Occurrence& occurrence,
               std::vector<base::Text>& all) {
  bool some = false;
  for (const population::Occasion& occasion : occurrence.dates) {
    const auto day = DayOf(setting.year, occasion);
    if (!day) continue;
    some = true;
    const auto works = [&](const auto& calendar) { return calendar->works(*day); };
    if (occurrence.carried_over ||
        std::any_of(setting.calendars.begin(), setting.calendars.end(), works))
      continue;
    const std::string date = setting.year.date(*day).str();
    all.push_back(
        {"«" + occurrence.name + "»: el " + date + " nadie trabaja, y no ocurre",
         "'" + occurrence.name + "': nobody works on " + date + ", and it does not happen"});
  }
  if (some) return;
  all.push_back(
      {"«" + occurrence.name + "» no tiene fecha en la gestión simulada: no ocurre",
       "'" + occurrence.name + "' has no date in the year simulated: it does not happen"});
}

void AddOccurrences(const Setting& setting, const population::Population& population,
                    std::vector<base::Text>& all) {
  bool dated = false;
  bool months = false;
  for (const population::Occurrence& occurrence : population.occurrences) {
    if (!occurrence.dates.empty()) AddMissed(setting, occurrence, all);
    dated = dated || occurrence.dated();
    if (!occurrence.date_of.empty())
      all.push_back({"«" + occurrence.name + "» cae cada año en el día y el mes de «" +
                         occurrence.date_of + "»; no le ocurre a quien no tiene ese dato" +
                         (occurrence.without_leap_day ? "" : ", ni el 29 de febrero si no lo hay"),
                     "'" + occurrence.name + "' falls each year on the day and month of '" +
                         occurrence.date_of + "'; it does not happen to whoever lacks it" +
                         (occurrence.without_leap_day ? "" : ", nor on 29 February without one")});
    months = months || occurrence.months;
    if (occurrence.at_post)
      all.push_back({"«" + occurrence.name +
                         "» se dice de los días en que la persona trabaja, y no cambia a qué hora "
                         "llega",
                     "'" + occurrence.name +
                         "' is told of the days on which the person works, and does not change "
                         "when they arrive"});
  }
  if (dated)
    all.push_back(
        {"lo que tiene fecha no alcanza a quien ese día ya está fuera por vacación o por otro "
         "suceso; la vacación no se devuelve",
         "what has a date does not reach whoever is already away on that day, on vacation or by "
         "another event; the vacation is not given back"});
  if (months)
    all.push_back(
        {"lo que dura meses y empezó antes de la gestión sigue en ella, tan a menudo como si el "
         "año anterior hubiera sido igual; lo que pasa de diciembre no se vive",
         "what lasts months and began before the year goes on in it, as often as if the year "
         "before had been the same; what goes past December is not lived"});
}

}  // namespace

base::Text OnlyChance() {
  return {"los intervalos recogen el azar del año, no la incertidumbre de los parámetros",
          "intervals hold the chance of the year, not the uncertainty of the parameters"};
}

std::vector<base::Text> Assumptions(const Setting& setting,
                                    const population::Population& population,
                                    const Options& options, int finished) {
  std::vector<base::Text> all;
  if (population.listed.empty()) {
    all.push_back(
        {"las personas son sintéticas: se sortean de los totales del archivo «" + population.name +
             "»",
         "people are synthetic: drawn from the totals of the file '" + population.name + "'"});
  } else {
    all.push_back(
        {"las personas son las de una lista con seudónimos; lo que no dice de ellas se "
         "sortea del archivo «" +
             population.name + "»",
         "people are those of a list under pseudonyms; what it does not say of them is "
         "drawn from the file '" +
             population.name + "'"});
    all.insert(all.end(), population.listed.begin(), population.listed.end());
  }
  AddConduct(population, all);
  if (population.traits) {
    all.push_back(
        {"cada persona se aparta de su clase en su propia puntualidad, asistencia, olvido y "
         "conducta («[rasgos]»); la media de cada clase es la de su tabla",
         "each person departs from their class in their own punctuality, attendance, forgetting "
         "and conduct ('[rasgos]'); the mean of each class is that of its table"});
  }
  AddResponse(population, all);
  AddCap(setting, all);
  all.push_back(
      {"la llegada se sortea en minutos enteros alrededor de la hora fijada; si una "
       "enmienda mueve la hora, la llegada se mueve con ella",
       "arrivals are drawn in whole minutes around the fixed hour; if an amendment moves "
       "the hour, the arrival moves with it"});
  all.push_back(OnlyChance());
  AddPeople(setting, population, all);
  AddVacations(setting, population.vacation, all);
  AddOccurrences(setting, population, all);
  all.push_back(
      {"si dos reglas chocan y nada decide, las dos sanciones se cuentan, sus descuentos "
       "no entran en el total y se muestran «en contradicción», sumando lo que pide cada una",
       "if two rules clash and nothing decides, both sanctions are counted, their "
       "deductions are left out of the total and shown as 'in contradiction', adding "
       "what each one asks for"});
  AddProcedures(setting, all);
  all.push_back({"el pasivo valora saldo y duodécimas al haber diario del 31 de diciembre",
                 "the liability values balance and twelfths at the day's pay of 31 December"});
  AddPartlyInForce(setting, all);
  AddUncovered(setting, all);
  const base::Date begins(options.gestion, 1, 1);
  if (population.opening_date != begins && population.opening_date != begins.plus_days(-1)) {
    all.push_back({"el saldo inicial de vacaciones es del " + population.opening_date.str() +
                       ", no de la víspera de la gestión simulada",
                   "the opening vacation balance is that of " + population.opening_date.str() +
                       ", not of the eve of the year simulated"});
  }
  if (finished < options.replications) {
    all.push_back({"la simulación se interrumpió: " + std::to_string(finished) + " réplicas de " +
                       std::to_string(options.replications),
                   "the simulation was interrupted: " + std::to_string(finished) +
                       " replications of " + std::to_string(options.replications)});
  }
  const std::string readings = setting.plans[0].plan.rules->ReadingAssignment();
  if (!readings.empty()) all.push_back({"lecturas: " + readings, "readings: " + readings});
  for (const base::Text& source : population.sources) {
    const bool article = source.es.starts_with("el ");
    base::Text line = {(article ? "fuente d" : "fuente de ") + source.es, "source of " + source.en};
    if (std::find(all.begin(), all.end(), line) == all.end()) all.push_back(std::move(line));
  }
  return all;
}

}  // namespace cotejo::year
