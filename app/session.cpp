#include "app/session.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "app/files.h"
#include "model/passages/coverage.h"

namespace cotejo::app {
namespace {

void Report(Session& session, const char* code, base::Text message, base::Text hint = {}) {
  session.diagnostics.Add(
      {code, base::Severity::Error, {}, std::move(message), std::move(hint), {}});
}

// Of the cases, those with none of the errors.
std::vector<rules::ProgramEntry> WithoutErrors(const rules::Program& program,
                                               const std::vector<rules::ProgramEntry>& cases,
                                               const base::Diagnostics& diagnostics) {
  const auto before = [](const base::Span& a, const base::Span& b) {
    return a.file == b.file && a.offset <= b.offset;
  };
  // An error is of the declaration that begins last before it.
  const auto holds = [&](const base::Span& own, const base::Span& error) {
    return before(own, error) &&
           std::none_of(program.entries.begin(), program.entries.end(), [&](const auto& other) {
             const base::Span& span = other.decl->span;
             return span.offset > own.offset && before(own, span) && before(span, error);
           });
  };
  std::vector<rules::ProgramEntry> kept;
  for (const rules::ProgramEntry& entry : cases) {
    const auto& all = diagnostics.all();
    if (std::none_of(all.begin(), all.end(), [&](const base::Diagnostic& diagnostic) {
          return diagnostic.severity == base::Severity::Error &&
                 holds(entry.decl->span, diagnostic.span);
        }))
      kept.push_back(entry);
  }
  return kept;
}

void SayLeftOut(Session& session, const std::string& amendment, std::size_t cases) {
  if (cases == 0) return;
  const std::string count = std::to_string(cases);
  session.diagnostics.Add(
      {"casos-que-no-se-leen",
       base::Severity::Note,
       {},
       {"casos del texto vigente que hablan de lo que «" + amendment + "» cambia: " + count +
            "; del texto enmendado se miran los demás",
        "cases of the text in force that speak of what '" + amendment + "' changes: " + count +
            "; of the amended text the others are looked at"},
       {},
       {}});
}

// The cases of the text in force stay in the amended one as histories to look at, so that the
// checks of both have the same to go by: but for those that speak of what it no longer has.
void KeepCases(Session& session, Loaded& loaded) {
  std::vector<rules::ProgramEntry> cases;
  for (const rules::ProgramEntry& entry : loaded.program.entries) {
    if (entry.decl->kind == language::Decl::Kind::Case) cases.push_back(entry);
  }
  const std::size_t all = cases.size();
  while (!cases.empty()) {
    rules::Program program = loaded.amended_programs.back();
    program.entries.insert(program.entries.end(), cases.begin(), cases.end());
    base::Diagnostics ignored;
    auto rules = rules::Resolve(session.sources, program, loaded.choices, ignored);
    if (rules && !ignored.has_errors()) {
      loaded.amended_programs.back() = std::move(program);
      loaded.amended.back() = std::move(rules);
      return SayLeftOut(session, loaded.amendments.back().name, all - cases.size());
    }
    auto kept = WithoutErrors(program, cases, ignored);
    // What is wrong is of the text itself, and has been said.
    if (kept.size() == cases.size()) return;
    cases = std::move(kept);
  }
  SayLeftOut(session, loaded.amendments.back().name, all);
}

constexpr const char* kPartlyInForce = "vigencia-parcial";

base::Text Outside() {
  return {". Fuera de esas fechas no se aplica", ". Outside those dates it does not apply"};
}

// "RIP hasta el 2026-06-30": the norm that the files encode, when it was over by then.
base::Text OverBefore(const rules::Ruleset& rules, base::Date first) {
  const std::string main = passages::MainNorm(rules);
  for (const rules::Norm& norm : rules.norms) {
    if (norm.name != main || !norm.in_force_to || *norm.in_force_to >= first) continue;
    const std::string last = norm.in_force_to->str();
    return {norm.name + " hasta el " + last, norm.name + " until " + last};
  }
  return {};
}

// Of this process: another run may be writing a file of that name.
std::string TemporaryOf(const std::string& path) {
  return path + "." + std::to_string(::getpid()) + ".parcial";
}

base::Text Why(int error) {
  switch (error) {
    case ENOENT:
      return {"no existe la carpeta", "the folder does not exist"};
    case EISDIR:
      return {"es una carpeta", "it is a folder"};
    case EACCES:
    case EPERM:
    case EROFS:
      return {"no hay permiso para escribir ahí", "there is no permission to write there"};
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
      return {"no queda lugar en el disco", "there is no room left on the disk"};
    case ENAMETOOLONG:
      return {"el nombre es demasiado largo", "the name is too long"};
    default:
      return {};
  }
}

bool CannotWrite(Session& session, const std::string& path, int error) {
  Report(session, "no-se-puede-escribir", {"no se puede escribir " + path, "cannot write " + path},
         Why(error));
  PrintDiagnostics(session);
  return false;
}

}  // namespace

rules::ReadingChoices ParseReadings(const std::vector<std::string>& texts, Session& session) {
  rules::ReadingChoices choices;
  for (const std::string& text : texts) {
    const auto equals = text.find('=');
    if (equals == std::string::npos) {
      Report(session, "lectura-mal-escrita",
             {"«" + text + "» no elige una lectura", "'" + text + "' chooses no reading"},
             {"escriba lectura=opción", "write reading=option"});
      continue;
    }
    choices.emplace_back(text.substr(0, equals), text.substr(equals + 1));
  }
  return choices;
}

std::optional<Loaded> Load(Session& session, const std::string& path,
                           const std::vector<std::string>& amendment_paths,
                           const std::vector<std::string>& readings) {
  Loaded loaded;
  loaded.choices = ParseReadings(readings, session);
  if (!session.diagnostics.has_errors()) {
    loaded.base = rules::LoadRegulation(session.sources, path, loaded.choices, session.diagnostics);
  }
  if (loaded.base.rules) {
    loaded.program = rules::BuildProgram(session.sources, loaded.base.files);
    loaded.amendments.reserve(amendment_paths.size());
    for (const std::string& amendment : amendment_paths) {
      loaded.amendments.push_back(
          amendments::ReadAmendment(session.sources, amendment, session.diagnostics));
      loaded.amended_programs.push_back(
          amendments::Apply(loaded.program, loaded.amendments.back(), session.diagnostics));
      loaded.amended.push_back(amendments::Resolve(session.sources, loaded.amended_programs.back(),
                                                   loaded.amendments.back(), loaded.choices,
                                                   session.diagnostics));
      KeepCases(session, loaded);
    }
  }
  const bool failed = session.diagnostics.has_errors();
  PrintDiagnostics(session);
  if (failed) return std::nullopt;
  return loaded;
}

int GestionOf(const Loaded& loaded, int asked) {
  if (asked != 0) return asked;
  int gestion = rules::FirstFullGestion(*loaded.base.rules);
  for (const auto& amended : loaded.amended)
    gestion = std::max(gestion, rules::FirstFullGestion(*amended));
  return gestion;
}

bool SayPartlyInForce(Session& session, const Loaded& loaded, int asked, base::Severity severity) {
  const auto part_of = [&](int gestion) {
    const base::Date first(gestion, 1, 1);
    const base::Date last(gestion, 12, 31);
    base::Text part = OverBefore(*loaded.base.rules, first);
    if (part.empty()) part = rules::DescribePartlyInForce(*loaded.base.rules, first, last);
    for (const auto& amended : loaded.amended) {
      if (part.empty()) part = rules::DescribePartlyInForce(*amended, first, last);
    }
    return part;
  };
  const int gestion = GestionOf(loaded, asked);
  const int of_base = rules::FirstFullGestion(*loaded.base.rules);
  if (asked == 0 && gestion != of_base) {
    const std::string now = std::to_string(gestion);
    const std::string alone = std::to_string(of_base);
    session.diagnostics.Add(
        {"gestión-de-la-enmienda",
         base::Severity::Warning,
         {},
         {"todo se mira en la gestión " + now +
              ", la primera en que la enmienda rige entera; sin ella sería la " + alone,
          "all is looked at in " + now +
              ", the first year in which the amendment is in force whole; without it, in " + alone},
         {"dé --gestion para escoger otra", "give --year to choose another"},
         {}});
    PrintDiagnostics(session);
  }
  const base::Text part = part_of(gestion);
  if (part.empty()) return true;
  const std::string year = std::to_string(gestion);
  const int whole = GestionOf(loaded, 0);
  const bool error = severity == base::Severity::Error;
  session.diagnostics.Add(
      {kPartlyInForce,
       severity,
       {},
       {"no rige toda la gestión " + year + ": " + part.es +
            (error ? ". Sólo se revisa lo que rige de principio a fin" : Outside().es),
        "not in force all of " + year + ": " + part.en +
            (error ? ". Only what is in force from beginning to end is checked" : Outside().en)},
       part_of(whole).empty()
           ? base::Text{"todo rige de principio a fin en la gestión " + std::to_string(whole),
                        "all of it is in force from beginning to end in " + std::to_string(whole)}
           : base::Text{},
       {}});
  PrintDiagnostics(session);
  return !error;
}

void WarnOfPartlyInForce(Session& session, const rules::Ruleset& rules, base::Date first,
                         base::Date last) {
  const base::Text part = rules::DescribePartlyInForce(rules, first, last);
  if (part.empty()) return;
  session.diagnostics.Add({kPartlyInForce,
                           base::Severity::Warning,
                           {},
                           {"no rige todo lo que va de " + first.str() + " a " + last.str() + ": " +
                                part.es + Outside().es,
                            "not in force all from " + first.str() + " to " + last.str() + ": " +
                                part.en + Outside().en},
                           {},
                           {}});
  PrintDiagnostics(session);
}

void PrintDiagnostics(Session& session) {
  session.diagnostics.Sort(session.sources);
  for (const base::Diagnostic& diagnostic : session.diagnostics.all()) {
    const std::string text = base::Render(diagnostic, session.sources, session.language) + "\n";
    if (session.silent) {
      session.unsaid += text;
    } else {
      std::fputs(text.c_str(), stderr);
    }
  }
  session.diagnostics = {};
}

bool WriteFile(Session& session, const std::string& path, const std::string& content) {
  return ApartFromWhatWasRead(session, path) && ReplaceFile(session, path, content);
}

bool ReplaceFile(Session& session, const std::string& path, const std::string& content) {
  const std::string place = LeadsTo(path).value_or(path);
  const std::string temporary = TemporaryOf(place);
  errno = 0;
  std::ofstream out(temporary, std::ios::binary);
  out << content;
  out.close();
  int failed = out ? 0 : errno == 0 ? EIO : errno;
  std::error_code error;
  if (failed == 0) {
    std::filesystem::rename(temporary, place, error);
    failed = error.value();
  }
  if (failed == 0) return true;
  // On a full disk, what is left of it would take the room of what is tried next.
  std::filesystem::remove(temporary, error);
  return CannotWrite(session, path, failed);
}

bool CheckOutput(Session& session, const std::string& path) {
  if (path.empty()) return true;
  if (!ApartFromWhatWasRead(session, path)) return false;
  const std::string place = LeadsTo(path).value_or(path);
  std::error_code error;
  if (std::filesystem::is_directory(place, error)) return CannotWrite(session, path, EISDIR);
  errno = 0;
  const std::string temporary = TemporaryOf(place);
  if (!std::ofstream(temporary, std::ios::binary | std::ios::app).is_open())
    return CannotWrite(session, path, errno);
  std::filesystem::remove(temporary, error);
  return true;
}

std::atomic<bool>& StopFlag() {
  static std::atomic<bool> stop{false};
  return stop;
}

void CatchInterrupts() {
  const auto handler = [](int) { StopFlag().store(true); };
  std::signal(SIGINT, handler);
  std::signal(SIGTERM, handler);
}

}  // namespace cotejo::app
