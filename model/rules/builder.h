// The working state of Resolve(): the Ruleset under construction and its name tables.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "model/language/tree.h"
#include "model/rules/resolve.h"

namespace cotejo::rules {

// What an expression may mention where it stands.
struct Scope {
  FactKindId kind;      // its fields are in scope when valid
  bool fields = false;  // the subject is a fact of `kind`, not a window of such facts
  bool measures = false;
  bool person = true;  // attributes, parameters, the date
};

struct Typed {
  ExprId id;
  Type type;
  bool flexible = false;  // a number without unit: takes the other side's dimension
  [[nodiscard]] bool ok() const { return id.valid(); }
};

// Whether the values can be added up: neither a truth, a date, a time of day nor a name.
[[nodiscard]] bool IsQuantity(const Type& type);

class Builder {
 public:
  Builder(base::SourceMap& sources, const Program& program, const ReadingChoices& readings,
          base::Diagnostics& diagnostics);
  std::shared_ptr<const Ruleset> Build();

 private:
  using Decl = language::Decl;

  struct Symbol {
    enum class Kind { Attribute, Parameter, Measure, Definition };
    Kind kind = Kind::Attribute;
    int index = -1;  // Definition: into definition_decls_
    Span span;
  };

  // ---- messages (builder.cpp)
  void Error(const char* code, Span span, base::Text message, base::Text hint = {});
  void Unknown(const char* code, const language::Name& name, const base::Text& what,
               const std::vector<std::string>& candidates);
  void Duplicate(const language::Name& name, Span first);

  // ---- declarations (resolve.cpp)
  void RefuseLooseEdits();
  void DeclareNorms();
  void DeclareNorm(const Decl& decl);
  void DeclareEnumerations();
  void DeclareReadings();
  void DeclareReading(const Decl& decl);
  void DeclareAttributes();
  void DeclareFactKinds();
  void DeclareFactKind(const Decl& decl);
  void DeclareSanction();
  void FillFactKind(const Decl& decl);
  void FillPeriodicity(const Decl& decl, FactKind& kind);
  void DeclareHolidays();
  void DeclareParameters();
  void DeclareDefinitions();
  void DeclareSchedules();
  void DeclareProvisions();
  void DeclareStatements();
  void Register(Symbol::Kind kind, const language::Name& name, int index);
  std::optional<Type> FindType(const language::Name& name);
  Field BuildField(const language::FieldDecl& decl);
  NormId NormOf(const ProgramEntry& entry, const Citation& citation, Span span, bool required);
  FactKindId FindKind(const language::Name& name);
  FieldId FindFieldOf(FactKindId kind, const language::Name& name);
  std::optional<std::pair<ReadingId, int>> FindUnder(const language::UnderClause& under);
  [[nodiscard]] bool Chosen(const std::optional<language::UnderClause>& under);
  std::optional<Rational> ConstantOf(const language::ExprPtr& expr, std::optional<Type> type);

  // ---- expressions (resolve_expr.cpp)
  Typed Check(const language::Expr& expr, const Scope& scope, std::optional<Type> expected);
  Typed CheckKind(const language::Expr& expr, const Scope& scope, std::optional<Type> expected);
  Typed CheckHas(const language::Expr& expr, const Scope& scope);
  Typed CheckNumber(const language::Expr& expr, std::optional<Type> expected);
  Typed CheckRef(const language::Expr& expr, const Scope& scope, std::optional<Type> expected);
  std::optional<Typed> CheckBuiltin(std::string_view folded, const Scope& scope, Span span);
  Typed CheckSymbol(const Symbol& symbol, const language::Expr& expr, const Scope& scope,
                    std::optional<Type> expected);
  Typed CheckMeasureRef(int index, const language::Expr& expr, const Scope& scope);
  Typed CheckDefinition(const Decl& decl, const language::Expr& expr, const Scope& scope,
                        std::optional<Type> expected);
  Typed CheckUnary(const language::Expr& expr, const Scope& scope, std::optional<Type> expected);
  Typed CheckBinary(const language::Expr& expr, const Scope& scope, std::optional<Type> expected);
  Typed CheckArithmetic(Op op, Typed left, Typed right, const language::Expr& expr);
  std::optional<Type> ArithmeticType(Op op, const Type& left, const Type& right);
  std::pair<Typed, Typed> CheckPair(const language::Expr& left, const language::Expr& right,
                                    const Scope& scope, std::optional<Type> expected, Span span);
  Typed CheckIf(const language::Expr& expr, const Scope& scope, std::optional<Type> expected);
  Typed CheckCall(const language::Expr& expr, const Scope& scope, std::optional<Type> expected);
  Typed CheckMembership(const language::Expr& expr, const Scope& scope);
  Typed CheckWithin(const language::Expr& expr, const Scope& scope);
  Typed CheckBetween(const language::Expr& expr, const Scope& scope);
  ExprId CheckBoolean(const language::ExprPtr& expr, const Scope& scope);
  Typed Adopt(Typed typed, const Type& type);
  bool Same(const Typed& left, const Typed& right, Span span);
  bool NeedsOrder(const Type& type, Span span);
  ExprId Add(Op op, Type type, std::vector<ExprId> args, Span span);
  ExprId Literal(Type type, Rational value, Span span);
  ExprId Ref(Op op, Type type, std::int32_t ref, Span span);
  ExprId And(ExprId left, ExprId right, Span span);
  std::optional<Rational> Fold(Op op, const std::vector<ExprId>& args) const;
  [[nodiscard]] const Symbol* Find(std::string_view folded) const;
  [[nodiscard]] std::vector<std::string> NamesInScope(const Scope& scope) const;
  [[nodiscard]] bool Resolvable(const language::Expr& expr, const Scope& scope) const;
  [[nodiscard]] const Decl* FindDefinition(std::string_view folded, const Scope& scope) const;

  // ---- rules (resolve_rules.cpp)
  void DeclareMeasureNames();
  void FillMeasures();
  void FillMeasure(const Decl& decl, Measure& measure);
  void DeclareQualifications();
  void DeclareQualification(const ProgramEntry& entry);
  bool MayBeBorn(FactKindId target, const language::Name& name);
  void DeclareRules();
  void DeclareRule(const ProgramEntry& entry);
  void DeclareScale(const ProgramEntry& entry);
  void DeclareRow(const ProgramEntry& entry, const language::RowDecl& row, ScaleId scale, int index,
                  const Typed& measure, const Scope& scope);
  ExprId RangeGuard(const language::RowDecl& row, const Typed& measure, const Scope& scope);
  std::optional<Subject> FindSubject(const language::SubjectClause& clause);
  Scope SubjectScope(const Subject& subject) const;
  std::vector<Exception> BuildExceptions(const ProgramEntry& entry,
                                         const std::vector<language::ExceptionClause>& clauses,
                                         const Scope& scope);
  std::vector<FieldValue> BuildFields(const std::vector<language::Assignment>& assignments,
                                      FactKindId target, const Scope& scope, Span span);
  std::optional<Consequence> BuildConsequence(const language::ConsequenceClause& clause,
                                              const Scope& scope);
  FaultClass FindFault(const std::optional<language::Name>& name, FaultClass otherwise);
  void Establish(const std::vector<language::EstablishClause>& clauses, RuleId rule,
                 const Scope& scope);
  bool NewRuleName(const language::Name& name);

  std::optional<Term> FindTerm(const language::TermClause& clause);

  // ---- duties, organs, procedures (resolve_norms.cpp)
  void DeclareLeastUnits();
  void DeclareLeastUnit(const ProgramEntry& entry);
  [[nodiscard]] std::vector<std::string> ThingsGranted() const;
  void DeclareProcessRequirements();
  void DeclareSafeguards();
  void DeclareWorseChoices();
  void DeclareWorseChoice(const Decl& decl);
  [[nodiscard]] bool WorseThan(FactKindId worse, FactKindId better) const;
  void DeclareOrgans();
  void DeclareProcedures();
  void DeclareProcedure(const ProgramEntry& entry);
  std::optional<Milestone> BuildMilestone(const ProgramEntry& entry,
                                          const language::MilestoneDecl& decl);
  std::optional<std::string> MilestoneName(const Decl& procedure, const language::Name& name);

  // ---- cases (resolve_cases.cpp)
  void DeclareCases();
  void DeclareCase(const Decl& decl);
  void BuildGiven(const language::GivenClause& given, Case& example);
  void BuildGivenPerson(const language::GivenClause& given, Case& example);
  std::optional<Value> ConstantValue(const language::Expr& expr, const Type& type);
  std::optional<Value> GivenValue(const language::Assignment& given, const Type& type,
                                  std::optional<Rational> low, std::optional<Rational> high);
  std::string ScopeOfCase(const Case& example) const;
  std::optional<Expectation> BuildExpectation(const language::ExpectClause& clause);

  // ---- order (strata.cpp)
  void OrderSteps();
  void InferInstrumentSteps();
  [[nodiscard]] std::optional<Rational> StepOf(ExprId id, FactKindId kind, int depth) const;
  [[nodiscard]] std::optional<Rational> StepOfField(FactKindId kind, FieldId field,
                                                    int depth) const;

  base::SourceMap& sources_;
  const Program& program_;
  const ReadingChoices& choices_;
  base::Diagnostics& diagnostics_;
  Ruleset rules_;
  Citation article_;
  std::map<std::string, NormId, std::less<>> norms_;
  std::map<std::string, EnumId, std::less<>> enums_;
  std::map<std::string, FactKindId, std::less<>> kinds_;
  std::map<std::string, ReadingId, std::less<>> readings_;
  std::map<std::string, Symbol, std::less<>> symbols_;
  std::map<std::string, Span, std::less<>> rule_names_;
  std::vector<const Decl*> definition_decls_;
  std::map<std::pair<int, std::string>, const Decl*> kind_definitions_;  // (fact kind, name)
  std::map<std::string, Span, std::less<>> schedule_names_;
  std::map<std::string, Span, std::less<>> unit_names_;
  std::map<std::string, Span, std::less<>> procedure_names_;
  std::vector<const Decl*> measure_decls_;
  std::vector<const Decl*> open_definitions_;   // being expanded, to find circular ones
  std::set<const Decl*> circular_definitions_;  // already diagnosed
  int check_depth_ = 0;                         // of Check() inside Check()
  bool too_large_ = false;                      // the expressions passed their limit; said once
};

}  // namespace cotejo::rules
