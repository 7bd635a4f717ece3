// A staff and how it behaves, with the names that tie it to a vocabulary; every figure has a
// source.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/base/date.h"
#include "model/base/rational.h"
#include "model/base/source.h"
#include "model/base/text.h"

namespace cotejo::population {

// ---- distributions ---------------------------------------------------------------

// A chance as the number of 32-bit draws that hit it: hit when draw < below.
struct Chance {
  std::uint64_t below = 0;  // 0 .. 2^32
  [[nodiscard]] bool hit(std::uint32_t draw) const { return draw < below; }
  // Of so many draws, as likely each, the first ones that hit it: no other draw is needed.
  [[nodiscard]] std::uint64_t of(std::uint64_t draws) const {
    const auto taken = static_cast<unsigned __int128>(below) * draws;
    return static_cast<std::uint64_t>((taken + UINT32_MAX) >> 32);
  }
  // `factor` times as likely, up to one half: what a file may say, at most.
  [[nodiscard]] Chance Times(double factor) const {
    const double scaled = std::round(static_cast<double>(below) * factor);
    return {static_cast<std::uint64_t>(std::min(scaled, kHalf))};
  }
  static constexpr double kHalf = 2147483648.0;
};

// Discrete distribution over whole numbers by inverse CDF: larger draws, larger values.
class Discrete {
 public:
  struct Step {
    std::uint32_t first = 0;  // smallest draw that gives `value`
    std::int32_t value = 0;
    Chance justified;  // chance that such an arrival is justified; only arrivals use it
  };
  struct Band {  // weight spread evenly over from .. to
    std::int32_t from = 0;
    std::int32_t to = 0;
    std::int64_t weight = 0;
    Chance justified;
  };

  Discrete() = default;
  // Bands ascending and disjoint, at least one weight positive.
  explicit Discrete(const std::vector<Band>& bands);

  [[nodiscard]] const Step& at(std::uint32_t draw) const {
    // Neither which guide nor whether to go on one step can be foreseen, and neither is asked.
    const bool rare = draw >= rare_from_;
    const std::uint16_t* guide = rare ? rare_guide_.data() : guide_.data();
    const std::uint64_t from = rare ? rare_from_ : 0;
    std::size_t step = guide[(draw - from) >> (rare ? rare_shift_ : bucket_shift_)];
    const std::size_t last = steps_.size() - 1;
    const std::size_t next = std::min(step + 1, last);
    step = steps_[next].first <= draw ? next : step;
    while (step < last && steps_[step + 1].first <= draw) ++step;
    return steps_[step];
  }
  [[nodiscard]] std::int32_t value(std::uint32_t draw) const { return at(draw).value; }
  // Whether the draw, which falls on the step, is of its justified part: the first of it.
  [[nodiscard]] bool justified(const Step& step, std::uint32_t draw) const {
    return draw < justified_below_[static_cast<std::size_t>(&step - steps_.data())];
  }
  [[nodiscard]] bool constant() const { return steps_.size() == 1; }
  // Smallest draw whose value is `value` or more; 2^32 when there is none.
  [[nodiscard]] std::uint64_t first_draw_from(std::int32_t value) const;
  [[nodiscard]] std::int32_t smallest() const { return steps_.front().value; }
  [[nodiscard]] std::int32_t largest() const { return steps_.back().value; }
  [[nodiscard]] const std::vector<Step>& steps() const { return steps_; }
  // Values above 0 `factor` times as likely, as far as that leaves a chance for the others.
  [[nodiscard]] Discrete Scaled(double factor) const;

 private:
  // Where to start looking: no comparison of a binary search could be predicted.
  // Four buckets a step and no more, or many distributions would not fit in the cache.
  static constexpr unsigned kFewestBits = 4, kMostBits = 12;
  void Guide();
  [[nodiscard]] std::vector<std::uint16_t> StepsFrom(std::uint64_t first, unsigned shift) const;

  std::vector<Step> steps_;  // fewer than 2^16
  unsigned bucket_shift_ = 32 - kFewestBits;
  std::vector<std::uint64_t> justified_below_;  // by step
  std::vector<std::uint16_t> guide_;  // by the upper bits of a draw: the step of the first of them
  // The same of the draws of values above 0, when they are the lesser part: what is looked for most
  // are late arrivals, which have few draws and many steps.
  std::uint64_t rare_from_ = std::uint64_t{1} << 32;
  unsigned rare_shift_ = 0;
  std::vector<std::uint16_t> rare_guide_;
};

// ---- behaviour -------------------------------------------------------------------

// A spell that begins on any working day with a yearly rate and lasts some half days.
struct SpellRate {
  std::int32_t half_days = 1;  // 1: one scheduled half; even numbers: whole days in a row
  double per_year = 0;
  Chance justified;
};

struct ConductRate {
  std::string clause;  // value of the vocabulary's enumeration
  double per_year = 0;
};

struct BehaviourClass {
  std::string name;
  std::int64_t weight = 0;
  Discrete arrival;       // minutes after the fixed hour
  Chance missing_record;  // for each scheduled half
  Chance missing_entry;   // of those, the ones that are the entry: no arrival is known
  Chance regularised;     // of those, the ones mended in time
  std::vector<SpellRate> absences;
  std::vector<SpellRate> post_absences;
  double conduct_factor = 1;
};

// Dates on which some of the staff take vacation all together, as far as their balance goes.
struct CollectiveVacation {
  base::Date from, to;
  std::vector<std::string> offices;     // none: all of them
  std::vector<bool> groups;             // by group: whether it is theirs
  std::optional<base::Date> announced;  // when it was ordered, if the file says so
};

// Of the spells programmed before the year, those moved to a later month.
struct Reprogramming {
  Chance chance;
  Discrete later;  // in how many months
};

struct VacationPlan {
  Discrete share;  // percent of the opening balance that is used
  // Percent of what the text gives in the year that is used in it, from the next day on; nothing:
  // it is left for the next one.
  std::optional<Discrete> acquired;
  Discrete spell;  // length of a spell, in half days
  Discrete month;  // 1 .. 12, in which a spell begins
  std::optional<Reprogramming> reprogramming;
  std::vector<CollectiveVacation> collective;
  std::size_t announcement = 0;  // the fact that it was ordered, in Population::occurrences

  // Whether the file tells programmed vacation from other.
  [[nodiscard]] bool tells_uses() const { return reprogramming || !collective.empty(); }
};

// ---- names of the vocabulary -----------------------------------------------------

struct ArrivalNames {
  std::string kind, time, justified;
};
struct OmissionNames {
  std::string kind, regularised;
};
struct AbsenceNames {
  std::string kind, days, justified;
};
struct ConductNames {
  std::string kind, clause;
};
struct VacationNames {
  std::string kind, days;
  std::string collective;  // fact: a collective vacation was ordered; may be empty
};
// What the regulation says of somebody who leaves: the fact, its field with the vacation that is
// left, and the obligation by which that is paid. Empty when the population has no turnover.
struct SeparationNames {
  std::string kind, left, payment;
};

// What the regulation is told of the vacation left to somebody when the year closes: the fact and
// its field with the days. Empty when it is told nothing.
struct BalanceNames {
  std::string kind, days;
};

struct Names {
  ArrivalNames arrival;
  OmissionNames omission;
  AbsenceNames absence;
  AbsenceNames post_absence;
  ConductNames conduct;
  VacationNames vacation;
  SeparationNames separation;
  BalanceNames balance;
  std::string day_pay;                    // definition: the pay of one day
  std::string meal_allowance;             // parameter: Bs for a day worked
  std::string vacation_right;             // entitlement: days acquired
  std::string earned_right;               // entitlement: twelfths earned at the end of the gestión
  std::string lapsed_right;               // "entitlement": days lost; may be empty
  std::string meal_right;                 // entitlement: days with meal allowance
  std::string bonus_right;                // entitlement: Bs at the year's end; may be empty
  std::string series_kind, series_field;  // derived fact summed by month for the charts
};

// ---- what else happens -----------------------------------------------------------

struct AttributeValue {
  enum class Kind { Name, Number, Date, Boolean };
  std::string attribute;
  Kind kind = Kind::Name;
  std::string name;       // Name: value of an enumeration
  base::Rational number;  // Number, Boolean
  base::Date date;        // Date
};

// "mujer", "sí", "2021-01-04", "1/2".
std::string Show(const AttributeValue& value);

// A date of one year, or of each of them.
struct Occasion {
  int year = 0;  // 0: each
  unsigned month = 1, day = 1;
};

// What the day of a date is to those who work in a place.
enum class DayKind { Working, Saturday, Sunday, Holiday };
inline constexpr std::size_t kDayKinds = 4;

// Any fact of the vocabulary, with its fields and the days it keeps the person away: an
// illness, a leave, a death in the family, an official trip.
struct Occurrence {
  // So many calendar days after another has begun.
  struct Following {
    std::size_t occurrence = 0;  // in Population::occurrences, before this one
    Discrete days;
  };
  struct Variant {  // one way in which it happens
    std::int64_t weight = 0;
    std::vector<AttributeValue> fields;  // `attribute` names the field
  };
  std::string name;
  std::string kind;
  // How often to each person it may happen to; or on which dates, to all of them; or each year on
  // the day and month of a date of theirs; or after what.
  double per_year = 0;
  std::vector<Occasion> dates;
  std::string date_of;                       // the attribute
  std::optional<Occasion> without_leap_day;  // when it is 29 February and the year has none
  std::optional<Following> follows;
  Chance reached;                    // of a date, or of what it follows: that it happens
  bool carried_over = false;         // from a date that is not of work to the next that is
  std::vector<AttributeValue> only;  // it happens to those with all of these
  std::vector<std::string> offices;  // and of one of these; none: all of them
  std::vector<bool> groups;          // by group: whether it may be theirs; none: all of them
  Discrete away;                     // half days away from the post, from the day it begins
  std::optional<Discrete> months;    // or calendar months it lasts, from that day
  bool at_post = false;              // of its days none is away: it is told on those worked
  bool in_shift = false;             // the fact stands in one shift, and takes it
  std::int32_t shift = 0;            // the one that half a day takes; 0: any of them
  bool each_day = false;             // on each working day away; otherwise on the first
  std::string counted;               // field with the number of the day away, from 1; or empty
  bool counts_months = false;        // that field has the months instead
  std::vector<Variant> variants;     // one at least
  Discrete variant;                  // position in `variants`
  // Of a date: the position by kind of day, instead of by a draw.
  std::optional<std::array<std::size_t, kDayKinds>> variant_by_day;
  std::string back_kind;  // fact of the first working day after; or empty
  std::vector<AttributeValue> back_fields;

  // In months, or in half days.
  [[nodiscard]] const Discrete& length() const { return months ? *months : away; }
  [[nodiscard]] bool dated() const { return !dates.empty() || !date_of.empty(); }
  // Of a date: whether nothing of it is left to a draw.
  [[nodiscard]] bool certain() const {
    const bool whole_days = !in_shift && (months || away.smallest() % 2 == 0);
    return reached.below > UINT32_MAX && (variant_by_day || variant.constant()) &&
           length().constant() && (shift > 0 || whole_days);
  }
  [[nodiscard]] bool takes_away() const {
    return in_shift || away.largest() > 0 || (months && !at_post);
  }
};
// Of one occurrence.
inline constexpr std::size_t kMostVariants = 64;

// ---- who comes and who goes ------------------------------------------------------

// A way to leave a post by oneself, and what it says of the fact that somebody left.
struct Departure {
  Chance chance;  // of somebody who holds the post the whole year
  std::vector<AttributeValue> fields;
};

// What happens to whom the text orders to destitute or retire.
struct Removal {
  // Calendar days, when a process must come first; nothing: what a procedure that begins with one
  // takes (Population::procedures).
  std::optional<std::int32_t> process_days;
  std::vector<AttributeValue> destitution, retirement;  // fields of the fact
};

// Posts whose occupants succeed one another within the year.
struct Turnover {
  std::vector<std::vector<Departure>> departures;  // by group
  Discrete vacant;                                 // days until a post is filled
  std::optional<Removal> removal;                  // nothing: whoever is removed stays
};

// ---- procedures ------------------------------------------------------------------

// How one step of a procedure comes about: what its text leaves to those who take it.
struct MilestoneConduct {
  std::string milestone;
  Chance happens{std::uint64_t{1} << 32};  // that whoever may or must take it does
  std::optional<Discrete> of_term;         // in percent of the term; more than 100: late
  std::optional<Discrete> days;            // of work, when the text sets no term
  Chance annuls;           // that, once taken, what began the procedure is left without effect
  std::int64_t hours = 0;  // of work of the entity

  [[nodiscard]] bool may_not_happen() const { return happens.below <= UINT32_MAX; }
  [[nodiscard]] bool may_annul() const { return annuls.below > 0; }
};

// A procedure of the regulation that the year lives.
struct ProcedureConduct {
  std::string name;
  std::string begins;  // what begins it: a consequence ("proceso"), a rule, or a citation of some
  std::vector<MilestoneConduct> milestones;
};

// ---- what the file is unsure of -------------------------------------------------

// How often things happen, as a multiple of what the file says.
// The last one is not of a frequency: it is how strongly people answer to a sanction.
enum class Factor {
  Lateness,
  Omissions,
  Absences,
  PostAbsences,
  Conducts,
  Occurrences,
  Deterrence
};
inline constexpr std::size_t kFactors = 7;
using Factors = std::array<double, kFactors>;
inline constexpr Factors kAsTheFileSays = {1, 1, 1, 1, 1, 1, 1};

// The key of the file, "atrasos"; and in words.
const char* KeyOf(Factor factor);
base::Text DescribeFactor(Factor factor);

// ---- what a sanction does to whoever is given it -----------------------------------

// The first of the factors: what somebody may do less of.
inline constexpr std::size_t kDeterred = 5;

// Specific deterrence: for some months after the one of a sanction, people do as often as before
// only a part of what they would do.
struct Deterrence {
  std::int32_t months = 1;
  std::array<double, kDeterred> part = {1, 1, 1, 1, 1};  // 0 .. 1, by Factor
};

// ---- what sets one person apart from another of the same class -----------------------

// Each multiplies how often a person does something: be late; be absent, or away from the post;
// leave a record out; misbehave.
enum class Trait { Punctuality, Attendance, Forgetting, Conduct };
inline constexpr std::size_t kTraits = 4;
inline constexpr std::array<Trait, kTraits> kAllTraits = {Trait::Punctuality, Trait::Attendance,
                                                          Trait::Forgetting, Trait::Conduct};
// The key of the file, "puntualidad".
const char* KeyOf(Trait trait);

// How much the logarithms of people's own factors vary, and how they go together.
struct Traits {
  std::array<double, kTraits> deviation = {};
  std::array<std::array<double, kTraits>, kTraits> correlation = {};
};

// ---- staff -----------------------------------------------------------------------

// One attribute of everybody: a few different values, and who has which.
struct Column {
  std::string attribute;
  std::vector<AttributeValue> values;  // all different
  std::vector<std::int32_t> of;        // by person: into values; -1: has none
};

// By columns, because there may be half a million people.
struct Staff {
  std::vector<std::string> persons;             // pseudonyms of real people; empty when drawn
  std::vector<Column> columns;                  // attributes of the vocabulary
  std::vector<Column> own;                      // those that no text has: they say what may happen
  std::vector<std::uint16_t> group;             // by person: into Population::groups
  std::vector<std::uint16_t> behaviour;         // into Population::classes
  std::vector<std::int16_t> opening_half_days;  // vacation acquired and not used at opening_date
  // By trait and person; empty: everybody is as their class. In half the memory of a double, and
  // so the same whatever the last digit of a machine's exponential.
  std::array<std::vector<float>, kTraits> traits;

  [[nodiscard]] std::size_t size() const { return group.size(); }
  [[nodiscard]] bool empty() const { return group.empty(); }
  // Nothing: none of this name, of either kind.
  [[nodiscard]] const Column* Find(const std::string& attribute) const {
    for (const std::vector<Column>* all : {&columns, &own}) {
      for (const Column& column : *all) {
        if (column.attribute == attribute) return &column;
      }
    }
    return nullptr;
  }
  // How many times as often as somebody of the same class on average.
  [[nodiscard]] double factor(Trait trait, std::size_t person) const {
    const std::vector<float>& of = traits[static_cast<std::size_t>(trait)];
    return of.empty() ? 1.0 : static_cast<double>(of[person]);
  }
};

// What a person of the staff is called: the pseudonym, or "P001".
std::string PersonId(const Staff& staff, std::size_t person);

struct Population {
  std::string name;
  base::Text title;
  Names names;
  std::string group_attribute;  // the attribute that `Staff::group` gives
  std::string office_attribute, hired_attribute;
  std::vector<std::string> groups;  // its values, as listed
  Staff staff;
  std::vector<BehaviourClass> classes;
  std::vector<ConductRate> conduct;
  VacationPlan vacation;
  std::vector<Occurrence> occurrences;
  std::optional<Traits> traits;          // nothing: those of one class are all alike
  std::optional<Turnover> turnover;      // nothing: everybody lives the whole year in their post
  std::optional<Deterrence> deterrence;  // nothing: a sanction changes nobody
  std::vector<ProcedureConduct> procedures;
  base::Date opening_date;
  base::Rational mean_pay;  // Bs a month, over the staff
  // Standard deviation of the logarithm of each factor: 0 where the file is sure.
  Factors uncertainty = {};
  std::vector<base::Text> sources;  // one a table of the file: what it rests on
  // Of a staff that a list gives: for each column, how much is the list's and how much is drawn.
  std::vector<base::Text> listed;
};

// The same people, who do everything as often as the factors say. Whoever answers to a sanction
// with a strength of s does what was left of something raised to s.
Population Scaled(const Population& population, const Factors& factors);
// One draw of what the file is unsure of: a median of 1, and its uncertainty.
Factors DrawFactors(const Population& population, std::uint64_t seed, std::uint32_t draw);

// Reads the file and draws its staff: the same file gives the same staff. Every mistake is a
// diagnostic with its place; with any error the staff is empty. Format: docs/simulador.md.
Population LoadPopulation(base::SourceMap& sources, const std::string& path,
                          base::Diagnostics& diagnostics);

}  // namespace cotejo::population
