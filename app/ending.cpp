#include "app/ending.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <iostream>
#include <new>
#include <string>
#include <string_view>

#include "app/commands.h"

// Of mimalloc, where the program is linked with it (cf. CMakeLists.txt).
extern "C" void mi_register_error(void (*handler)(int, void*), void* argument)
    __attribute__((weak));

namespace cotejo::app {
namespace {

using base::Text;

constexpr int kStopped = static_cast<int>(ExitStatus::BadInput);

volatile std::sig_atomic_t& ReaderLeft() {
  static volatile std::sig_atomic_t left = 0;
  return left;
}

// What handlers speak, which nobody can tell anything when they are called.
base::Language& Spoken() {
  static base::Language lang = base::Language::Spanish;
  return lang;
}

// Without asking for memory.
[[noreturn]] void EndWithoutMemory() {
  const std::string_view text = Spoken() == base::Language::English
                                    ? "error: out of memory\n"
                                    : "error: no alcanza la memoria\n";
  if (::write(STDERR_FILENO, text.data(), text.size()) < 0) ::_exit(kStopped);
  ::_exit(kStopped);
}

void EndOfMemory(int error, void* /*nothing*/) {
  if (error == ENOMEM || error == EOVERFLOW) EndWithoutMemory();
}

void SayStoppedBy(const Text& what, base::Language lang) {
  const Text why = {
      "el programa se interrumpió por un defecto suyo, o porque al sistema le faltan recursos («" +
          what.es + "»); no se hizo lo pedido",
      "the program stopped by a defect of its own, or for want of resources of the system ('" +
          what.en + "'); what was asked was not done"};
  std::fprintf(stderr, "error: %s\n", why.in(lang).c_str());
}

// What a thread threw, or a thread that could not be started among others already at work.
[[noreturn]] void EndUnexpectedly() {
  try {
    if (const std::exception_ptr thrown = std::current_exception()) std::rethrow_exception(thrown);
    SayStoppedBy({"quizá no deja abrir más hilos: dé menos con --hilos",
                  "perhaps it lets no more threads be started: give fewer with --threads"},
                 Spoken());
  } catch (const std::exception& error) {
    SayStopped(error, Spoken());
  } catch (...) {
    SayStoppedBy({"excepción desconocida", "unknown exception"}, Spoken());
  }
  ::_exit(kStopped);
}

}  // namespace

void KeepStreamsApart() {
  for (const int number : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (fcntl(number, F_GETFD) != -1) continue;
    // The lowest number that is free is this one.
    if (open("/dev/null", number == STDERR_FILENO ? O_WRONLY : O_RDONLY) != number) return;
  }
}

void OutliveTheReader() {
  // A handler and not SIG_IGN, which the programs started from here would inherit.
  struct sigaction action {};
  action.sa_handler = [](int) { ReaderLeft() = 1; };
  action.sa_flags = SA_RESTART;
  sigaction(SIGPIPE, &action, nullptr);
}

void LetASecondInterruptEndIt() {
  for (const int number : {SIGINT, SIGTERM}) {
    struct sigaction action {};
    sigaction(number, nullptr, &action);
    action.sa_flags |= static_cast<int>(SA_RESETHAND);
    sigaction(number, &action, nullptr);
  }
}

void SayWhatIsMissing(base::Language lang) {
  Spoken() = lang;
  std::set_new_handler(EndWithoutMemory);
  // mimalloc calls no such handler: it ends the program without a word. And what asks it for memory
  // as C does (Z3, Open MPI) takes it for granted.
  if (mi_register_error != nullptr) mi_register_error(EndOfMemory, nullptr);
  std::set_terminate(EndUnexpectedly);
}

void SayStopped(const std::exception& error, base::Language lang) {
  const std::string what = error.what();
  SayStoppedBy({what, what}, lang);
}

int AfterWriting(int status, base::Language lang) {
  std::cout.flush();
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0 && std::cout.good()) return status;
  if (ReaderLeft() != 0) {
    std::signal(SIGPIPE, SIG_DFL);
    std::raise(SIGPIPE);
  }
  std::fprintf(stderr, "error: %s\n",
               Text{"no se pudo escribir todo el resultado en la salida: ¿está cerrada o lleno el "
                    "disco? [no-se-puede-escribir]",
                    "the result could not be written whole to the output: is it closed, or the "
                    "disk full? [no-se-puede-escribir]"}
                   .in(lang)
                   .c_str());
  return kStopped;
}

}  // namespace cotejo::app
