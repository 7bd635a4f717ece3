// What the parser produces: the norm files as written, before any name is looked up.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "model/base/citation.h"
#include "model/base/date.h"
#include "model/base/rational.h"
#include "model/base/source.h"

namespace cotejo::language {

using base::Citation;
using base::Date;
using base::Rational;
using base::Span;

struct Name {
  std::string text;  // as written
  Span span;
};

// ---- Expressions -----------------------------------------------------------------

enum class Unit { None, Seconds, Minutes, Hours, Days, Months, Years, Bolivianos, Times, Percent };

struct Expr;
using ExprPtr = std::unique_ptr<Expr>;

struct Expr {
  enum class Kind {
    Number,    // number, unit
    Duration,  // "1 año y 1 día": number in years (whole + days/366), unit Years
    Time,      // number: minutes since midnight
    DateLit,   // date
    Bool,      // number 0/1
    Ref,       // name [, field]: a name in scope, or kind.field
    CitationLit,
    Unary,    // op "-", "no"
    Binary,   // op
    If,       // args: condition, then, else
    Call,     // name(args)
    In,       // args[0] in args[1..]
    Within,   // args[0] dentro de citation
    Between,  // args[0] entre args[1] y args[2]
    Has,      // tiene name
    Under,    // bajo reading.option (name, field)
  };
  Kind kind = Kind::Number;
  Rational number;
  Unit unit = Unit::None;
  Date date;
  Name name;
  Name field;
  Citation citation;
  std::string op;
  std::vector<ExprPtr> args;
  Span span;
};

// ---- Declarations ----------------------------------------------------------------

struct DatedExpr {
  std::optional<Date> from;
  ExprPtr value;
};

struct Assignment {
  Name field;
  ExprPtr value;
};

struct ExceptionClause {
  ExprPtr condition;
  Citation citation;
};

struct UnderClause {
  Name reading;
  Name option;
};

struct SubjectClause {
  Name kind;
  std::optional<Name> window;  // día, mes, gestión
};

struct FieldDecl {
  Name name;
  Name type;
  bool optional = false;
  ExprPtr initial, low, high, step;
};

struct TermClause {
  ExprPtr amount;
  Name unit;  // horas, días, días hábiles, meses
};

struct ConsequenceClause {
  std::string kind;  // canonical: "sin_sancion", "amonestacion_verbal", "descuento" …
  ExprPtr quantity;
  Name thing;
  Name actor;
  std::string action;
  std::optional<TermClause> term;
  Span span;
};

struct EstablishClause {
  Name kind;
  std::vector<Assignment> fields;
  Span span;
};

struct RowDecl {
  ExprPtr low, high;  // either may be missing; both missing: every value
  bool has_range = false;
  bool exact = false;  // a single value: low == high
  std::vector<ConsequenceClause> consequences;
  ExprPtr guard;
  std::vector<ExceptionClause> exceptions;
  std::optional<Name> fault;
  std::vector<EstablishClause> establishes;
  Citation citation;
  std::optional<UnderClause> under;
  Span span;
  Span range_span;
};

struct ReadingOptionDecl {
  Name name;
  bool assumed = false;
  std::string description;
};

struct GivenClause {
  bool person = false;  // attributes; else a fact
  Name kind;
  int times = 1;  // "5 veces": on consecutive working days
  std::vector<Assignment> fields;
  std::optional<Date> date;
  Span span;
};

struct ExpectClause {
  enum class Kind { Nothing, Gap, Consequence };
  Kind kind = Kind::Nothing;
  ConsequenceClause consequence;
  Citation citation;
  Span span;
};

// A `hito` line of a procedure.
struct MilestoneDecl {
  enum class Bound { None, AtMost, AtLeast, Before };  // hasta, tras, antes de
  Name name;
  Bound bound = Bound::None;
  std::optional<TermClause> term;
  std::optional<Name> since;
  std::optional<Name> actor;
  bool power = false;  // facultad; else obligación
  Citation citation;
  Span citation_span;
  std::string miss;  // si vence "…"
  Citation miss_citation;
  Span miss_citation_span;
  Span span;
};

// One declaration; `kind` says which of the members mean something. One struct keeps the
// amendments simple: an edit replaces a whole declaration by kind and name.
struct Decl {
  enum class Kind {
    Norm,
    Use,
    Hierarchy,
    Enumeration,
    Attribute,
    FactKind,
    HolidayScope,
    Schedule,
    Parameter,
    Definition,
    Qualification,
    Measure,
    Scale,
    Rule,
    Reading,
    Declare,
    Refer,
    Duty,
    LeastUnit,
    ProcessRequirement,
    Safeguard,
    WorseChoice,
    Organ,
    Procedure,
    Case,
    Replace,
    Add,
    Repeal,  // edits of an amendment
  };
  Kind kind = Kind::Norm;
  Name name;
  Citation citation;
  Span citation_span;
  Span span;

  std::string text;  // Norm title, Use path, Declare/Refer summary, Case name
  std::optional<Name> rank;
  std::optional<Date> issued, from, to;
  std::optional<Name> confidence;
  std::optional<Name> amends;  // Norm: an `enmienda … sobre NORMA`

  // Hierarchy; Enumeration values; LeastUnit things; ProcessRequirement sanctions; actors of a
  // residual Safeguard
  std::vector<Name> names;
  std::vector<FieldDecl> fields;  // FactKind fields; Attribute: exactly one
  bool derived = false;
  bool extinctive = false;
  bool constitutive = false;  // Attribute
  std::optional<Name> placement;
  std::vector<Name> excludes;
  std::optional<Name> periodicity;  // año, gestión, mes
  std::optional<Name> periodic_from;
  ExprPtr periodic_plus;

  std::vector<std::pair<ExprPtr, ExprPtr>> shifts;  // Schedule
  std::vector<DatedExpr> values;                    // Parameter
  std::optional<Name> of;                           // Definition: fact kind or persona
  ExprPtr expr;                                     // Definition body; Scale measure; Measure value

  SubjectClause subject;
  ExprPtr guard;
  std::vector<ExceptionClause> exceptions;
  std::optional<Name> target;  // Qualification
  std::vector<Assignment> assignments;
  std::optional<UnderClause> under;

  std::optional<Name> window;  // Measure
  std::string aggregate;       // suma, cuenta, racha, dias_habiles
  Name aggregate_kind;
  Name aggregate_field;
  std::optional<Name> same_field;
  ExprPtr at_least, step;

  std::string policy;  // unica, primera, acumula
  bool partial = false;
  std::vector<RowDecl> rows;
  bool rows_lost = false;  // some could not be read, and were diagnosed
  std::optional<Name> fault;
  std::vector<ConsequenceClause> consequences;
  std::vector<EstablishClause> establishes;
  int priority = 0;

  std::vector<ReadingOptionDecl> options;  // Reading
  std::vector<UnderClause> case_readings;
  std::vector<GivenClause> given;
  std::vector<ExpectClause> expects;

  std::vector<Name> faults;         // ProcessRequirement
  Name better;                      // WorseChoice: in whose place; its `target` is the worse
  std::optional<Name> grows;        // WorseChoice: the field
  bool external = false;            // Organ
  std::vector<std::string> titles;  // Organ: other ways to write it
  std::vector<MilestoneDecl> milestones;
  bool milestones_lost = false;  // some could not be read, and were diagnosed

  std::optional<Citation> refer_to;  // Refer; Safeguard's sanction; Repeal by citation
  Span refer_span;                   // Safeguard
  std::unique_ptr<Decl> edit;        // Replace, Add
};

// A Markdown heading "Artículo N · …" with the prose under it.
struct ProvisionText {
  std::string number;  // "45"
  std::string heading;
  std::string summary;  // first paragraphs, blocks left out
  Span span;
};

struct NormFile {
  base::FileId file;
  std::vector<Decl> decls;
  std::vector<ProvisionText> provisions;
};

}  // namespace cotejo::language
