// tests/fuzz/fuzz_text.cc — lines of text: whatever reads is written so that it reads back, and is
// written alike again. Lines of a time and a command are told to an engine, and what it answers is
// written and read, too.

#include "parley/annex/text.h"

#include <algorithm>

#include "targets.h"

namespace parley::fuzz {
namespace {

class Script {
 public:
  std::string Play(std::string_view input) {
    std::string problem;
    while (!input.empty() && problem.empty() && wakes_ <= kMostWakes) {
      const std::string_view line = input.substr(0, input.find('\n'));
      input.remove_prefix(std::min(line.size() + 1, input.size()));
      problem = Line(line);
      if (!problem.empty()) problem = fmt::format("{}: {}", line, problem);
    }
    if (!problem.empty()) return problem;
    const absl::Status audit = place_.engine.Audit();
    return audit.ok() ? problem : audit.ToString();
  }

 private:
  std::string Line(std::string_view line) {
    if (std::string problem = ThereAndBack(reader_.ReadCommand(line, names_)); !problem.empty()) {
      return problem;
    }
    if (std::string problem = ThereAndBack(reader_.ReadEvent(line, names_)); !problem.empty()) {
      return problem;
    }
    const size_t space = std::min(line.find(' '), line.size());
    const auto at = TextReader::ReadInstant(line.substr(0, space));
    if (!at.ok()) return {};
    const auto again = TextReader::ReadInstant(ToText(*at));
    if (!again.ok() || *again != *at) return "a time that is not read back: " + ToText(*at);
    const auto command = reader_.ReadCommand(line.substr(space), names_);
    if (!command.ok()) return {};
    std::string problem = ThereAndBack(command);
    return problem.empty() ? Tell(*at, *command) : problem;
  }

  template <class Value>
  std::string ThereAndBack(const absl::StatusOr<Value>& value) {
    if (!value.ok()) return {};
    const std::string text = ToText(*value, names_);
    const auto again = Again(text, *value);
    if (!again.ok()) return "not read back: " + text + again.status().ToString();
    if (*again != *value) return "read back as another: " + text;
    return ToText(*again, names_) == text ? std::string() : "written in two ways: " + text;
  }
  absl::StatusOr<Command> Again(std::string_view text, const Command&) {
    return reader_.ReadCommand(text, names_);
  }
  absl::StatusOr<Event> Again(std::string_view text, const Event&) {
    return reader_.ReadEvent(text, names_);
  }

  std::string Tell(Instant at, const Command& command) {
    Engine& engine = place_.engine;
    const bool in_order = at >= engine.Now() && at <= kLastInstant;
    while (in_order && engine.NextWake() < at) {
      if (++wakes_ > kMostWakes) return {};
      place_.clock.Set(engine.NextWake());
      engine.Apply(Advance{});
    }
    place_.clock.Set(at);
    const auto events = engine.Apply(command);
    names_.Learn(command, events);
    for (const Event& event : events) {
      const std::string problem = ThereAndBack(absl::StatusOr<Event>(event));
      if (!problem.empty()) return problem;
    }
    return {};
  }

  Place place_;
  Names names_;
  TextReader reader_;
  size_t wakes_ = 0;
};

}  // namespace

std::string TryText(std::string_view input) { return Script().Play(input); }

}  // namespace parley::fuzz
