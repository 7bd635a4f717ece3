#include "solver/checks/contrast.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <thread>

namespace cotejo::checks {

namespace fs = std::filesystem;
using smt::Answer;

namespace {

// ---- The other process -----------------------------------------------------------

// Runs a program without input and returns what it prints; nothing when it cannot be started.
std::optional<std::string> Output(const std::vector<std::string>& command) {
  std::vector<char*> arguments;
  for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  std::array<int, 2> ends{};
  // Closed on exec: another thread may be starting its own process right now.
  if (pipe2(ends.data(), O_CLOEXEC) != 0) return std::nullopt;
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  pid_t child = -1;
  const int failed =
      posix_spawnp(&child, arguments[0], &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  close(ends[1]);
  std::string output;
  std::array<char, 4096> buffer{};
  while (failed == 0) {
    const ssize_t count = read(ends[0], buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) break;
    output.append(buffer.data(), static_cast<std::size_t>(count));
  }
  close(ends[0]);
  if (failed != 0) return std::nullopt;
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  // The shell's own "cannot be executed"; any other status goes with what was printed.
  if (WIFEXITED(status) && WEXITSTATUS(status) == 127) return std::nullopt;
  return output;
}

// A folder of our own for the scripts, removed with its content.
class Folder {
 public:
  Folder() {
    std::string name = (fs::temp_directory_path() / "cotejo-contraste-XXXXXX").string();
    if (mkdtemp(name.data()) != nullptr) path_ = name;
  }
  ~Folder() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

// The answers in what a solver printed, one a query: from the first thing that is no answer on,
// nothing is known of which query a later word belongs to.
std::vector<Answer> AnswersIn(const std::string& output, std::size_t queries) {
  std::vector<Answer> answers;
  std::istringstream lines(output);
  for (std::string line; std::getline(lines, line) && answers.size() < queries;) {
    if (line == "sat") {
      answers.push_back(Answer::Sat);
    } else if (line == "unsat") {
      answers.push_back(Answer::Unsat);
    } else if (line == "unknown") {
      answers.push_back(Answer::Unknown);
    } else if (!line.empty()) {
      break;
    }
  }
  answers.resize(queries, Answer::Unknown);
  return answers;
}

std::vector<Answer> AskScript(const smt::Script& script, const SecondSolver& second,
                              const std::string& file) {
  std::ofstream out(file, std::ios::binary);
  out << script.text;
  out.close();
  if (!out) return std::vector<Answer>(script.queries.size(), Answer::Unknown);
  std::vector<std::string> command{second.program, "--lang=smt2", "--incremental"};
  if (second.rlimit > 0) command.push_back("--rlimit-per=" + std::to_string(second.rlimit));
  command.push_back(file);
  const std::optional<std::string> output = Output(command);
  std::error_code ignored;
  fs::remove(file, ignored);
  return AnswersIn(output.value_or(""), script.queries.size());
}

std::vector<std::vector<Answer>> AskAll(const std::vector<smt::Script>& scripts,
                                        const SecondSolver& second) {
  std::vector<std::vector<Answer>> answers(scripts.size());
  for (std::size_t s = 0; s < scripts.size(); ++s) {
    answers[s].resize(scripts[s].queries.size(), Answer::Unknown);
  }
  const Folder folder;
  if (folder.path().empty()) return answers;
  // The longest first, so that none is left for the end.
  std::vector<std::size_t> order(scripts.size());
  for (std::size_t s = 0; s < order.size(); ++s) order[s] = s;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return scripts[a].text.size() > scripts[b].text.size();
  });
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    for (std::size_t turn = next++; turn < order.size(); turn = next++) {
      const std::size_t s = order[turn];
      answers[s] = AskScript(scripts[s], second, folder.path() + "/" + std::to_string(s) + ".smt2");
    }
  };
  const unsigned machine = std::max(1U, std::thread::hardware_concurrency());
  const unsigned threads = second.threads > 0 ? static_cast<unsigned>(second.threads) : machine;
  std::vector<std::jthread> others;
  for (unsigned t = 1; t < threads && t < order.size(); ++t) others.emplace_back(work);
  work();
  others.clear();
  return answers;
}

}  // namespace

std::optional<std::string> VersionOf(const SecondSolver& second) {
  const std::optional<std::string> output = Output({second.program, "--version"});
  if (!output) return std::nullopt;
  return output->substr(0, output->find('\n'));
}

namespace {

// A query is asked in many shapes and about many subjects: one name, many answers.
struct Tally {
  std::set<std::string> confirmed;     // some answer was
  std::set<std::string> open;          // some answer was not
  std::set<std::string> contradicted;  // some answer was
};

// What was asked for a record has its name, or begins with it: a rule is asked about in each of
// the families it judges.
bool Among(const std::set<std::string>& asked, const std::string& record) {
  const auto part = asked.lower_bound(record + "/");
  return asked.contains(record) || (part != asked.end() && part->starts_with(record + "/"));
}

// Whether a finding that no history bears out says what a record decided: its id is made of the
// name of the record, or of what stands in it after the code.
auto RestsOn(const base::QueryRecord& record) {
  const std::string whole = base::FindingId(record.check, record.name);
  const std::string rest =
      record.name.substr(std::min(record.name.size(), record.check.size() + 1));
  const std::string part = base::FindingId(record.check, rest);
  return [=](const base::Finding& finding) {
    return finding.evidence == base::Evidence::SolverAlone &&
           (finding.id == whole || finding.id == part);
  };
}

base::Text DescribeDisagreement(const smt::Script& script, const smt::Script::Query& query,
                                const std::string& second, Answer again) {
  const std::string one = smt::AnswerName(query.answer);
  const std::string two = smt::AnswerName(again);
  return {"«" + query.name + "» (" + script.name + "): Z3 dijo " + one + " y " + second + " dice " +
              two,
          "'" + query.name + "' (" + script.name + "): Z3 said " + one + " and " + second +
              " says " + two};
}

Tally Count(const std::vector<smt::Script>& scripts,
            const std::vector<std::vector<Answer>>& answers, base::SecondOpinion& opinion) {
  Tally tally;
  for (std::size_t s = 0; s < scripts.size(); ++s) {
    for (std::size_t q = 0; q < scripts[s].queries.size(); ++q) {
      const smt::Script::Query& query = scripts[s].queries[q];
      if (query.answer == Answer::Unknown) continue;
      const Answer again = answers[s][q];
      ++opinion.asked;
      if (again == query.answer) {
        ++opinion.confirmed;
        tally.confirmed.insert(query.name);
        continue;
      }
      tally.open.insert(query.name);
      if (again == Answer::Unknown) {
        ++opinion.undecided;
        continue;
      }
      tally.contradicted.insert(query.name);
      opinion.disagreements.push_back(
          DescribeDisagreement(scripts[s], query, opinion.solver, again));
    }
  }
  return tally;
}

}  // namespace

void AskAgain(const std::vector<smt::Script>& scripts, const SecondSolver& second,
              base::CheckReport& report) {
  base::SecondOpinion opinion;
  opinion.solver = fs::path(second.program).filename().string();
  const Tally tally = Count(scripts, AskAll(scripts, second), opinion);
  for (base::QueryRecord& query : report.queries) {
    if (query.evidence != base::Evidence::SolverAlone) continue;
    const bool claimed = query.verdict == base::Verdict::Refuted;  // a finding says so too
    if (Among(tally.contradicted, query.name)) {
      query.verdict = base::Verdict::Unknown;
      query.evidence = base::Evidence::None;
      query.reason = {opinion.solver + " contradice a Z3", opinion.solver + " contradicts Z3"};
      if (claimed) std::erase_if(report.findings, RestsOn(query));
    } else if (Among(tally.confirmed, query.name) && !Among(tally.open, query.name)) {
      query.evidence = base::Evidence::SecondSolver;
      for (base::Finding& finding : report.findings) {
        if (claimed && RestsOn(query)(finding)) finding.evidence = base::Evidence::SecondSolver;
      }
    }
  }
  report.second_opinion = std::move(opinion);
  base::Recount(report);
}

bool WriteScripts(const std::vector<smt::Script>& scripts, const std::string& directory,
                  std::string& failed) {
  std::error_code error;
  fs::create_directories(directory, error);
  std::map<std::string, int> uses;
  for (const smt::Script& script : scripts) {
    std::string name = smt::ScriptFileName(script.name);
    // Names that differ in letters a file name does not keep.
    if (const int before = uses[name]++; before > 0) {
      name.insert(name.size() - 5, "_" + std::to_string(before + 1));
    }
    failed = directory + "/" + name;
    std::ofstream out(failed, std::ios::binary);
    if (!out) return false;
    out << script.text;
    out.close();
    if (!out) {
      fs::remove(failed, error);  // half a query is another query
      return false;
    }
  }
  failed.clear();
  return true;
}

}  // namespace cotejo::checks
