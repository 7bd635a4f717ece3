#include "app/files.h"

#include <filesystem>

namespace cotejo::app {
namespace {

namespace fs = std::filesystem;

struct Named {
  base::Text what;
  std::string path;
};

std::vector<Named> Outputs(const Options& options) {
  std::vector<Named> all = {
      {{"--salida", "--output"}, options.output},
      {{"--guardar-hechos", "--keep-facts"}, options.keep_facts},
      {{"--sarif", "--sarif"}, options.sarif},
      {{"--reanudar", "--resume"}, options.resume},
  };
  for (const std::string& report : options.reports)
    all.push_back({{"--informe", "--report"}, report});
  return all;
}

std::vector<Named> Inputs(const Options& options) {
  std::vector<Named> all = {
      {{"la población", "the population"}, options.population},
      {{"la lista de personal", "the staff list"}, options.staff},
      {{"los hechos", "the facts"}, options.facts},
      {{"los datos de las personas", "the persons' attributes"}, options.persons},
      {{"los hechos guardados", "the kept facts"}, options.kept},
      {{"la llave", "the key"}, options.key},
      {{"el informe anterior", "the earlier report"}, options.since},
      {{"las supresiones", "the suppressions"}, options.suppressions},
      {{"las ausencias autorizadas", "the authorised absences"}, options.authorised},
  };
  for (const std::string& path : options.amendments)
    all.push_back({{"una enmienda", "an amendment"}, path});
  for (const std::string& path : options.clocks)
    all.push_back({{"las marcaciones", "the clock records"}, path});
  std::error_code error;
  if (!fs::is_directory(options.regulation, error)) {
    all.push_back({{"la regulación", "the regulation"}, options.regulation});
    return all;
  }
  // A folder in it that cannot be read has nothing that is.
  fs::recursive_directory_iterator entry(options.regulation,
                                         fs::directory_options::skip_permission_denied, error);
  for (const fs::recursive_directory_iterator end; !error && entry != end; entry.increment(error)) {
    std::error_code gone;
    if (entry->is_regular_file(gone))
      all.push_back({{"la regulación", "the regulation"}, entry->path().string()});
  }
  return all;
}

// By whatever name, there already or not.
bool SameFile(const std::string& one, const std::string& other) {
  if (one.empty() || other.empty()) return false;
  const fs::path a = LeadsTo(one).value_or(one);
  const fs::path b = LeadsTo(other).value_or(other);
  std::error_code error;
  if (fs::exists(a, error) && fs::exists(b, error))
    return !fs::is_directory(a, error) && fs::equivalent(a, b, error);
  const fs::path whole = fs::weakly_canonical(a, error);
  return !error && whole == fs::weakly_canonical(b, error) && !error;
}

// A result takes the place of what has its name: a device would be gone for every program.
bool IsDevice(const std::string& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  return fs::exists(status) && !fs::is_regular_file(status) && !fs::is_directory(status);
}

void SayNotAFile(Session& session, const Named& output) {
  session.diagnostics.Add({"no-se-puede-escribir",
                           base::Severity::Error,
                           {},
                           {output.what.es + " no es un archivo: «" + output.path + "»",
                            output.what.en + " is not a file: '" + output.path + "'"},
                           {"dé el nombre de un archivo", "give the name of a file"},
                           {}});
}

void SaySame(Session& session, const Named& output, const Named& other) {
  session.diagnostics.Add(
      {"archivo-repetido",
       base::Severity::Error,
       {},
       {output.what.es + " es el mismo archivo que " + other.what.es + ": «" + output.path + "»",
        output.what.en + " is the same file as " + other.what.en + ": '" + output.path + "'"},
       {"dé otro nombre a " + output.what.es + ": lo que hay en ese archivo se perdería",
        "give " + output.what.en + " another name: what is in that file would be lost"},
       {}});
}

}  // namespace

std::optional<std::string> LeadsTo(const std::string& path) {
  constexpr int kMostLinks = 40;  // as the system follows
  fs::path place = path;
  for (int links = 0; links < kMostLinks; ++links) {
    std::error_code error;
    if (!fs::is_symlink(fs::symlink_status(place, error))) return place.string();
    const fs::path next = fs::read_symlink(place, error);
    if (error) return std::nullopt;
    place = place.parent_path() / next;
  }
  return std::nullopt;
}

bool ApartFromWhatWasRead(Session& session, const std::string& path) {
  for (std::size_t i = 0; i < session.sources.size(); ++i) {
    const std::string& read = session.sources.file(base::FileId(static_cast<int>(i))).path;
    if (!SameFile(path, read)) continue;
    SaySame(session, {{"la salida", "the output"}, path},
            {{"uno de los que se leen", "one of those that are read"}, read});
    PrintDiagnostics(session);
    return false;
  }
  return true;
}

bool KeepFilesApart(Session& session, const Options& options) {
  const std::vector<Named> outputs = Outputs(options);
  const std::vector<Named> inputs = Inputs(options);
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    if (IsDevice(outputs[i].path) || !LeadsTo(outputs[i].path)) SayNotAFile(session, outputs[i]);
    for (const Named& input : inputs) {
      if (SameFile(outputs[i].path, input.path)) SaySame(session, outputs[i], input);
    }
    for (std::size_t j = 0; j < i; ++j) {
      if (SameFile(outputs[i].path, outputs[j].path)) SaySame(session, outputs[i], outputs[j]);
    }
  }
  const bool apart = !session.diagnostics.has_errors();
  PrintDiagnostics(session);
  return apart;
}

}  // namespace cotejo::app
