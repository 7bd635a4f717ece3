// The typed rule model: everything a set of norms says, resolved, under one assignment
// of readings. Built once by Resolve() and never changed; the three engines only read it.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "model/base/calendar.h"
#include "model/base/citation.h"
#include "model/base/date.h"
#include "model/base/id.h"
#include "model/base/rational.h"
#include "model/base/source.h"

namespace cotejo::rules {

using base::Citation;
using base::Date;
using base::Rational;
using base::Span;

using NormId = base::Id<struct NormTag>;
using EnumId = base::Id<struct EnumTag>;
using AttributeId = base::Id<struct AttributeTag>;
using FactKindId = base::Id<struct FactKindTag>;
using FieldId = base::Id<struct FieldTag>;  // index into FactKind::fields
using ParameterId = base::Id<struct ParameterTag>;
using MeasureId = base::Id<struct MeasureTag>;
using QualificationId = base::Id<struct QualificationTag>;
using ScaleId = base::Id<struct ScaleTag>;
using RuleId = base::Id<struct RuleTag>;
using ScheduleId = base::Id<struct ScheduleTag>;
using ReadingId = base::Id<struct ReadingTag>;
using ExprId = base::Id<struct ExprTag>;

// ---- Types and values ------------------------------------------------------------

// A number's dimension. Minutes also measure the time of day's differences; Years are
// the elapsed calendar time of base::YearsBetween.
enum class Base {
  Boolean,  // 0 or 1
  Count,    // times, plain numbers, percentages
  Minutes,
  Days,
  Years,
  Bolivianos,
  Date,         // days since 1970-01-01
  TimeOfDay,    // minutes since midnight
  Enumeration,  // index of the value in its Enumeration
};

struct Type {
  Base base = Base::Count;
  EnumId enumeration;  // only for Base::Enumeration
  friend bool operator==(const Type&, const Type&) = default;
};

// A value of any type is one exact number, or absent (an optional attribute not given).
struct Value {
  Rational number;
  bool absent = false;
  friend bool operator==(const Value&, const Value&) = default;
};

// The values of a type of which nothing is declared: amounts from nothing on, dates from 1900 to
// 2100, times of a day. Of an enumeration nothing is said.
struct Domain {
  std::optional<Rational> low, high;
};
Domain DomainOf(const Type& type);
// The resolution of a type where none is declared: half days, 1/366 of a year, centavos; or 1.
Rational DefaultStep(const Type& type);

// ---- Expressions -----------------------------------------------------------------

enum class Op {
  Literal,         // `literal`
  Field,           // `ref`: field of the subject fact
  Attribute,       // `ref`: attribute of the person on the subject's date
  Parameter,       // `ref`: value in force on the subject's date
  Measure,         // `ref`: value for the window that holds the subject's date
  FactDate,        // date of the subject (a window's last day)
  ScheduledEntry,  // time of day fixed for the entry of the subject fact's shift
  ScheduledExit,
  Shift,  // number of the subject fact's shift, from 1
  Neg,
  Not,
  Add,
  Sub,
  Mul,
  Div,
  Min,
  Max,
  Floor,
  Ceil,
  Lt,
  Le,
  Eq,
  Ne,
  Ge,
  Gt,
  And,
  Or,
  If,                      // args: condition, then, else
  InSet,                   // args: value, then Literals
  Has,                     // arg: Attribute; whether it is present
  YearsBetween,            // args: two dates; base::YearsBetween
  MonthsSinceAnniversary,  // args: two dates; base::MonthsSinceAnniversary
  FirstOfNextMonth,        // arg: date
};

struct Expr {
  Op op = Op::Literal;
  Type type;
  Rational literal;
  std::int32_t ref = -1;
  std::vector<ExprId> args;
  Span span;
};

// ---- Declarations ----------------------------------------------------------------

enum class Confidence { High, MediumPlus, Medium, Low, Unstated };

struct Norm {
  std::string name;  // "RIP"
  std::string title;
  int rank = 0;  // 0 = highest of the hierarchy; larger = lower
  std::string rank_name;
  std::optional<Date> issued;
  std::optional<Date> in_force_from;
  std::optional<Date> in_force_to;
  Confidence confidence = Confidence::Unstated;
  bool amendment = false;
  Span span;
};

struct Enumeration {
  std::string name;
  std::vector<std::string> values;  // as written; citations as "RIP:43.II.a"
};

struct Attribute {
  std::string name;
  Type type;
  bool optional = false;
  std::optional<Value> initial;       // value when a history does not give one
  std::optional<Rational> low, high;  // declared bounds, used by the analyses
  Span span;
};

// Where a fact sits in the day.
enum class Placement { Day, Shift };

// Facts the calendar itself produces (a birthday of service, the end of a month …).
enum class Periodicity { None, YearlyFromAttribute, EachGestion, EachMonth };

struct Field {
  std::string name;
  Type type;
  std::optional<Value> initial;
  std::optional<Rational> low, high;  // bounds for the analyses
  Rational step;                      // resolution of the instrument; 0 = unstated
};

struct FactKind {
  std::string name;
  bool derived = false;  // only qualifications produce it
  // Ends the person's relation with the entity: nothing is judged of what comes after its day, and
  // the month in course is judged on it.
  bool extinctive = false;
  Placement placement = Placement::Day;
  Periodicity periodicity = Periodicity::None;
  AttributeId periodic_from;  // YearlyFromAttribute
  std::int32_t periodic_plus_days = 0;
  std::vector<Field> fields;
  std::vector<FactKindId> excludes;  // cannot share the shift (or day) with these
  bool is_sanction = false;          // the built-in `sanción`: one for each surviving deduction
  Span span;
};

struct Shift {
  Rational entry;  // minutes since midnight
  Rational exit;
};

// Hours of work for the persons whose attributes satisfy `guard` (absent id: everybody).
// The first schedule in force whose guard holds applies.
struct Schedule {
  std::string name;
  NormId norm;
  Citation citation;
  ExprId guard;
  std::vector<Shift> shifts;
  std::optional<Date> from, to;
  Span span;
};

struct DatedValue {
  std::optional<Date> from;  // nothing: since always
  Rational value;
};

struct Parameter {
  std::string name;
  NormId norm;
  Citation citation;
  Type type;
  std::vector<DatedValue> values;  // by date, ascending
  Span span;
};

// A named expression about the person (no subject fact fields), e.g. the day's pay.
struct Definition {
  std::string name;
  NormId norm;
  Citation citation;
  ExprId body;
  Span span;
};

enum class Window { Fact, Day, Month, Gestion, Career };

enum class Aggregate {
  Sum,          // Σ value over the facts of `kind` where `filter`
  Count,        // number of such facts
  Run,          // longest run of consecutive working days whose day-sum of value ≥ at_least
  WorkingDays,  // working days of the person's calendar in the window
};

// The window's facts are those dated inside it and not after the subject's date; when the
// subject is a fact of the same kind, not after that fact in history order either.
struct Measure {
  std::string name;
  NormId norm;
  Citation citation;
  Type type;
  Window window = Window::Month;
  Aggregate aggregate = Aggregate::Count;
  FactKindId kind;           // invalid for WorkingDays
  ExprId value;              // Sum and Run; over the fields of `kind`
  ExprId filter;             // may be invalid
  FieldId same_field;        // Count of facts whose field equals the subject's; may be invalid
  Rational at_least;         // Run
  Rational step;             // granularity the norm works in (1 minute, 1/2 day); never 0
  Rational instrument_step;  // what the recorded fields can express; 0 = same as step
  Span span;
};

struct Subject {
  FactKindId kind;
  Window window = Window::Fact;  // Fact, Day, Month or Gestion
  friend bool operator==(const Subject&, const Subject&) = default;
  friend auto operator<=>(const Subject&, const Subject&) = default;
};

struct Exception {
  ExprId condition;
  Citation citation;  // may be empty
};

struct FieldValue {
  FieldId field;
  ExprId value;
};

// The law's characterisation of facts ("se considera inasistencia …"): when the guard
// holds of the subject, a fact of `target` exists, with these fields, on the subject's
// date (a window's last day) and, for a fact subject, in its shift.
struct Qualification {
  std::string name;
  NormId norm;
  Citation citation;
  Subject subject;
  ExprId guard;  // invalid: always
  std::vector<Exception> exceptions;
  FactKindId target;
  std::vector<FieldValue> fields;  // every field of the target once
  std::optional<Date> from, to;    // validity
  RuleId from_rule;  // set when it is a rule's `establece` clause: same subject and guard
  Span span;
};

enum class HitPolicy { Unique, First, Accumulate };

struct Scale {
  std::string name;
  NormId norm;
  Citation citation;
  Subject subject;
  ExprId measure;  // expression the rows' ranges are about; may be invalid
  HitPolicy policy = HitPolicy::Unique;
  std::vector<RuleId> rows;  // in order
  bool partial = false;      // `parcial`: not meant to cover every subject; no gap check
  Span span;
};

enum class FaultClass { None, Minor, Serious, VerySerious };  // leve, grave, gravísima

enum class ConsequenceKind {
  NoSanction,
  VerbalAdmonition,
  WrittenAdmonition,
  PayDeduction,  // quantity: days of pay
  Process,       // internal process required
  Destitution,
  Retirement,   // retiro
  Entitlement,  // thing, quantity
  Obligation,   // actor, action, optional term
  Prohibition,
  Permission,
  Power,
};

enum class TermUnit { Hours, CalendarDays, BusinessDays, Months };

struct Term {
  Rational amount;
  TermUnit unit = TermUnit::Hours;
};

struct Consequence {
  ConsequenceKind kind = ConsequenceKind::NoSanction;
  ExprId quantity;     // PayDeduction, Entitlement
  std::string thing;   // Entitlement: what is granted, e.g. "vacación"
  std::string actor;   // Obligation …: who, e.g. "UDITH"
  std::string action;  // Obligation …: what
  std::optional<Term> term;
  Span span;
};

struct Rule {
  std::string name;  // unique; rows: "atraso_mensual[3]" (from 1)
  NormId norm;
  Citation citation;
  Subject subject;
  ScaleId scale;  // invalid: a rule on its own
  int row = -1;   // from 0
  ExprId guard;   // row's range and conditions; invalid: always
  std::vector<Exception> exceptions;
  FaultClass fault = FaultClass::None;
  std::vector<Consequence> consequences;
  int priority = 0;  // larger prevails over smaller within one norm
  std::optional<Date> from, to;
  Span span;
  Span range_span;  // a row's range, for edits; else empty
};

struct ReadingOption {
  std::string name;
  std::string description;
};

struct Reading {
  std::string name;
  std::vector<Citation> citations;
  std::vector<ReadingOption> options;
  int assumed = 0;
  int chosen = 0;  // the option this Ruleset was built under
  Span span;
};

// A provision that has no computable effect here (declarative), defers to another, or
// binds somebody without saying in what case (`deber`).
struct Statement {
  enum class Kind { Declarative, Deferring, Duty };
  Kind kind = Kind::Declarative;
  NormId norm;
  Citation citation;
  Citation target;  // Deferring
  std::string summary;
  Span span;
};

// `unidad vacación_ganada cita RIP:33.I = 1/2 día`: a thing that is granted or charged can
// only be had in whole multiples of the step.
struct LeastUnit {
  std::string thing;  // as in Consequence::thing
  NormId norm;
  Citation citation;
  Type type;
  Rational step;
  Span span;
};

// `exige proceso para destitución, retiro cita …`: these sanctions, or the sanctions of these
// classes of fault, need an internal process first.
struct ProcessRequirement {
  NormId norm;
  Citation citation;
  std::vector<ConsequenceKind> consequences;
  std::vector<FaultClass> faults;
  Span span;
};

// `tutela RIP:11.p con RIP:47.I.b`: the second sanctions the breach of the first.
// `tutela lo_demás de persona con RIP:44.II.h`: the residual clause, for the duties of these
// actors that nothing else sanctions.
struct Safeguard {
  NormId norm;
  std::optional<Citation> duty;  // nothing: residual
  std::vector<std::string> actors;
  Citation sanction;
  Span span;
};

// `peor inasistencia que llegada`: for the service, the first in place of the second in the
// same shift or day is worse. `peor llegada con más hora`: a larger field is worse.
struct WorseChoice {
  FactKindId worse;
  FactKindId better;  // invalid when `field` says what grows
  FieldId field;
  Span span;
};

// `órgano UDITH "…"` is of the entity; `órgano externo MEFP "…"` is not.
struct Organ {
  std::string name;
  std::string title;                // as texts write it
  std::vector<std::string> titles;  // other ways they write it
  bool external = false;
  Span span;
};

// One step of a procedure: something that happens at some time, with at most one bound.
struct Milestone {
  enum class Bound { None, AtMost, AtLeast, Before };  // hasta, tras, antes de
  std::string name;
  Bound bound = Bound::None;
  Term term;
  std::string since;   // milestone the term runs from (or before which it ends); may be empty
  std::string actor;   // who acts
  bool power = false;  // `facultad`: a right, lost if not used; else an obligation
  Citation citation;
  std::string miss;        // `si vence "…"`: what a miss causes
  Citation miss_citation;  // may be empty
  Span span;
};

// `trámite`: milestones by name; several entries of one name are bounds on one milestone.
struct Procedure {
  std::string name;
  NormId norm;
  Citation citation;
  std::vector<Milestone> milestones;
  Span span;
};

// Article heading and our own summary of it, as written in the norm file.
struct Provision {
  NormId norm;
  Citation citation;  // RIP:45
  std::string heading;
  std::string summary;
  Span span;
};

struct GivenFact {
  FactKindId kind;
  Date date;
  int shift = 0;  // from 1; 0 = unstated
  std::vector<std::pair<FieldId, Value>> fields;
  Span span;
};

struct GivenAttribute {
  AttributeId attribute;
  std::optional<Date> from;
  Value value;
};

struct Expectation {
  enum class Kind { Nothing, Gap, Consequence };
  Kind kind = Kind::Nothing;
  Consequence consequence;  // quantity is a constant expression
  Citation citation;        // may be empty
  Span span;
};

// An example that is a test. Disciplinary consequences must match completely;
// entitlements and duties only where an expectation names their thing or actor.
struct Case {
  std::string name;
  Citation citation;
  std::vector<std::pair<ReadingId, int>> readings;
  std::vector<GivenAttribute> attributes;
  std::vector<GivenFact> facts;
  std::vector<Expectation> expectations;
  Span span;
};

// One step of evaluation; the order respects every dependency (strata).
struct Step {
  QualificationId qualification;
  RuleId rule;  // exactly one of the two is valid
};

struct Ruleset {
  std::string title;               // of the regulation or of the amendment applied to it
  std::vector<std::string> ranks;  // highest first
  std::vector<Norm> norms;
  std::vector<Enumeration> enumerations;
  std::vector<Attribute> attributes;
  std::vector<FactKind> fact_kinds;
  std::vector<Schedule> schedules;
  std::vector<Parameter> parameters;
  std::vector<Definition> definitions;
  std::vector<Measure> measures;
  std::vector<Qualification> qualifications;
  std::vector<Scale> scales;
  std::vector<Rule> rules;
  std::vector<Reading> readings;
  std::vector<Statement> statements;
  std::vector<LeastUnit> units;
  std::vector<ProcessRequirement> process_requirements;
  std::vector<Safeguard> safeguards;
  std::vector<WorseChoice> worse_choices;
  std::vector<Organ> organs;
  std::vector<Procedure> procedures;
  std::vector<Provision> provisions;
  std::vector<Case> cases;
  std::vector<Expr> exprs;
  std::vector<Step> steps;
  AttributeId holiday_scope;  // enumeration attribute that picks the calendar; may be invalid
  AttributeId constitutive;   // date attribute: the first day of the relation; may be invalid
  base::Calendar calendar;

  [[nodiscard]] const Expr& expr(ExprId id) const { return exprs[id.index()]; }
  [[nodiscard]] const FactKind& kind(FactKindId id) const { return fact_kinds[id.index()]; }
  [[nodiscard]] const Measure& measure(MeasureId id) const { return measures[id.index()]; }
  [[nodiscard]] const Rule& rule(RuleId id) const { return rules[id.index()]; }
  [[nodiscard]] const Scale& scale(ScaleId id) const { return scales[id.index()]; }
  [[nodiscard]] const Qualification& qualification(QualificationId id) const {
    return qualifications[id.index()];
  }
  [[nodiscard]] const Parameter& parameter(ParameterId id) const { return parameters[id.index()]; }
  [[nodiscard]] const Attribute& attribute(AttributeId id) const { return attributes[id.index()]; }
  [[nodiscard]] const Norm& norm(NormId id) const { return norms[id.index()]; }

  // By folded name; invalid ids when there is none.
  [[nodiscard]] FactKindId FindFactKind(std::string_view name) const;
  [[nodiscard]] AttributeId FindAttribute(std::string_view name) const;
  [[nodiscard]] MeasureId FindMeasure(std::string_view name) const;
  [[nodiscard]] ParameterId FindParameter(std::string_view name) const;
  [[nodiscard]] int FindDefinition(std::string_view name) const;  // -1: none
  [[nodiscard]] FieldId FindField(FactKindId kind, std::string_view name) const;
  [[nodiscard]] int FindEnumValue(EnumId enumeration, std::string_view name) const;  // -1: none
  // Value in force on a date; nothing before the first dated value.
  [[nodiscard]] std::optional<Rational> ParameterOn(ParameterId id, Date date) const;
  [[nodiscard]] std::string ReadingAssignment() const;  // "cómputo = tras_la_tolerancia; …"
};

// The days on which something is in force: those it says, or else those of its norm. What says
// since when does not take its end from the norm.
struct InForceDays {
  std::optional<Date> from, to;
  [[nodiscard]] bool Hold(Date date) const {
    return (!from || *from <= date) && (!to || date <= *to);
  }
};
InForceDays InForceOf(const Ruleset& rules, NormId norm, std::optional<Date> from,
                      std::optional<Date> to);

// What judges and is not in force on every day of a period, because it begins or ends within it or
// begins after it: a norm, or a provision with dates of its own. What was over before is not.
struct PartlyInForce {
  std::string what;              // "RIP", "RIP:45.I"
  std::optional<Date> from, to;  // when it begins and ends, those that make it so
  friend auto operator<=>(const PartlyInForce&, const PartlyInForce&) = default;
};
std::set<PartlyInForce> PartlyInForceIn(const Ruleset& rules, Date first, Date last);
// "RIP desde el 2025-02-17"; empty when all of it is in force.
base::Text DescribePartlyInForce(const Ruleset& rules, Date first, Date last);

// First calendar year in which every dated norm, and all that has dates of its own, is in force
// from beginning to end, or no longer; when nothing is dated, the first year whose holidays are
// known, or else 2025.
int FirstFullGestion(const Ruleset& rules);

// "2 días", "46 minutos", "1 año y 1 día", "08:41", "permanente": a value as users write it.
std::string FormatValue(const Ruleset& rules, const Type& type, const Value& value,
                        base::Language language = base::Language::Spanish);
// The bounds that a value misses, "0 días .. …": those declared, or else those of its type; nothing
// when it is within them.
std::optional<std::string> BoundsMissed(const Ruleset& rules, const Type& type,
                                        std::optional<Rational> low, std::optional<Rational> high,
                                        Rational number);
// A value as the language reads it back exactly; nothing when it has no way to write it.
std::optional<std::string> WriteValue(const Ruleset& rules, const Type& type, const Value& value);
// An expression as users would write it in the language.
std::string FormatExpr(const Ruleset& rules, ExprId id);
// "descuento de 2 días", "proceso interno", "destitución"; quantity already evaluated.
base::Text DescribeConsequence(const Ruleset& rules, const Consequence& consequence,
                               std::optional<Rational> quantity);
base::Text DescribeFault(FaultClass fault);
base::Text DescribeTerm(const Term& term);  // "24 horas", "3 días hábiles"

}  // namespace cotejo::rules
