// tests/scenario.h — plays stories: text files of commands and of what must follow from them.
//
//   # A pause that runs out gives the conversation to whoever is free, and forgets its owner.
//
//   given   settings pause.enabled=on pause.limit=3
//   given   add-queue support
//   given   available ann bob
//
//   0s      message email c@x shop queue=support
//   5s      accept r1
//   ?       used ann email
//   ----
//   0s      ConversationOpened c1 email
//   ...
//   5s      ReservationAccepted r1 t1 ann
//   5s      ParticipantJoined c1 ann
//   = 1/1
//
// A file begins with comments that say its intent. A block is lines to play, a rule, and all that
// follows from them, in order; an empty line ends it. A line is a command at its time (counted from
// the origin), a question (scenario_queries.h), or one of these:
//
//   policy  prefer-last-agent 10m      or: ask-host 30s new-task, or: default. Before all others.
//   given   COMMAND                    at the time reached so far; its events are not shown.
//   given   available NAME...          adds agents, each with session 1, in activity Available.
//
// Every command is followed by an audit. With PARLEY_REWRITE=1 in the environment the lines below
// the rules are written anew, for review in the diff.

#ifndef PARLEY_TESTS_SCENARIO_H_
#define PARLEY_TESTS_SCENARIO_H_

#include <algorithm>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "absl/status/statusor.h"
#include "parley/annex/text.h"
#include "parley/parley.h"
#include "scenario_queries.h"

namespace parley {

using Lines = std::vector<std::string>;

// ---- The file --------------------------------------------------------------------------------

struct ScenarioBlock {
  size_t begin = 0;  // Its first line, counted from 0,
  size_t rule = 0;   // its "----",
  size_t end = 0;    // and the line after its last.
};

class ScenarioFile {
 public:
  explicit ScenarioFile(std::string path) : path_(std::move(path)) {
    std::ifstream in(path_);
    for (std::string line; std::getline(in, line);) lines_.push_back(line);
  }

  // The blocks, or what is wrong with the file's form.
  absl::StatusOr<std::vector<ScenarioBlock>> Blocks() const;

  const std::string& path() const { return path_; }
  const std::string& line(size_t i) const { return lines_[i]; }

  // What a block expects, with single spaces.
  Lines Expected(const ScenarioBlock& block) const;

  // Writes the file anew, with these lines below the rules.
  void Rewrite(const std::vector<ScenarioBlock>& blocks, const std::vector<Lines>& happened) const;

 private:
  std::string path_;
  Lines lines_;
};

// ---- The stage -------------------------------------------------------------------------------

// An engine that is told lines.
class Stage {
 public:
  // A host that wakes is never late: it comes by whenever the engine asks for it.
  explicit Stage(bool host_wakes) : host_wakes_(host_wakes) {}

  // Plays one line and gives what followed, or says what is wrong with the line.
  absl::StatusOr<Lines> Play(std::string_view line);

  // The first broken invariant since the beginning, with the line that broke it.
  const absl::Status& audit() const { return audit_; }
  uint64_t Digest() { return engine().Digest(); }

 private:
  absl::Status SetPolicy(std::string_view words);
  absl::Status Given(std::string_view words);
  absl::Status AddAvailable(std::string_view names);
  absl::StatusOr<Lines> Command(std::string_view time, std::string_view words);
  void Apply(const parley::Command& command, Lines& out);
  Engine& engine();

  bool host_wakes_;
  ManualClock clock_;
  std::unique_ptr<const ReroutePolicy> policy_ = std::make_unique<DefaultReroute>();
  std::optional<Engine> engine_;
  Names names_;
  TextReader reader_;
  absl::Status audit_ = absl::OkStatus();
};

// ---- Only definitions below ------------------------------------------------------------------

inline absl::StatusOr<std::vector<ScenarioBlock>> ScenarioFile::Blocks() const {
  std::vector<ScenarioBlock> blocks;
  const auto error = [](size_t line, std::string_view what) {
    return absl::InvalidArgumentError(fmt::format("line {}: {}", line + 1, what));
  };
  if (lines_.empty() || !lines_[0].starts_with("# ")) return error(0, "expected the intent");
  size_t begin = 0;
  for (size_t i = 0; i < lines_.size(); ++i) {
    if (lines_[i] != "----") continue;
    ScenarioBlock block{begin, i, i + 1};
    while (block.end < lines_.size() && !lines_[block.end].empty()) {
      if (lines_[block.end][0] == '#') return error(block.end, "comments stand above commands");
      if (lines_[block.end] == "----") return error(block.end, "two rules in one block");
      ++block.end;
    }
    blocks.push_back(block);
    begin = block.end;
  }
  if (blocks.empty()) return error(0, "a file without a block tells nothing");
  for (size_t i = begin; i < lines_.size(); ++i) {
    if (!lines_[i].empty()) return error(i, "expected a rule below the last commands");
  }
  return blocks;
}

inline Lines ScenarioFile::Expected(const ScenarioBlock& block) const {
  Lines out;
  for (size_t i = block.rule + 1; i < block.end; ++i) {
    out.push_back(fmt::format("{}", fmt::join(WordsOf(lines_[i]), " ")));
  }
  return out;
}

inline void ScenarioFile::Rewrite(const std::vector<ScenarioBlock>& blocks,
                                  const std::vector<Lines>& happened) const {
  std::ofstream out(path_);
  size_t next = 0;
  for (size_t b = 0; b < blocks.size(); ++b) {
    for (; next <= blocks[b].rule; ++next) out << lines_[next] << '\n';
    for (const std::string& line : happened[b]) {
      const size_t space = line.find(' ');
      out << fmt::format("{:<7} {}\n", line.substr(0, space), line.substr(space + 1));
    }
    next = blocks[b].end;
  }
}

inline absl::StatusOr<Lines> Stage::Play(std::string_view line) {
  if (line.empty() || line[0] == '#') return Lines{};
  const size_t space = std::min(line.find(' '), line.size());
  const std::string_view first = line.substr(0, space);
  const size_t rest = line.find_first_not_of(' ', space);
  const std::string_view words = rest == line.npos ? std::string_view() : line.substr(rest);
  absl::Status status = absl::OkStatus();
  if (first == "?") return Answer(engine(), names_, words);
  if (first == "policy") {
    status = SetPolicy(words);
  } else if (first == "given") {
    status = Given(words);
  } else {
    return Command(first, words);
  }
  if (!status.ok()) return status;
  return Lines{};
}

inline absl::Status Stage::SetPolicy(std::string_view words) {
  const Lines parts = WordsOf(words);
  const auto time = TextReader::ReadDuration(parts.size() > 1 ? parts[1] : "0s");
  const std::string usage = "expected: default, prefer-last-agent 10m, or ask-host 30s new-task";
  if (engine_ || !time.ok() || parts.empty()) return absl::InvalidArgumentError(usage);
  const auto silent = std::ranges::find(kWhenSilentNames, parts.back());
  if (parts[0] == "default" && parts.size() == 1) {
    policy_ = std::make_unique<DefaultReroute>();
  } else if (parts[0] == "prefer-last-agent" && parts.size() == 2) {
    policy_ = std::make_unique<PreferLastAgent>(*time);
  } else if (parts[0] == "return-to-agent" && parts.size() == 2) {
    policy_ = std::make_unique<ReturnToAgent>(ReturnToAgent::Terms{.wait = *time});
  } else if (parts[0] == "ask-host" && parts.size() == 3 && silent != kWhenSilentNames.end()) {
    policy_ = std::make_unique<AskTheHost>(
        *time, static_cast<WhenSilent>(silent - kWhenSilentNames.begin()));
  } else {
    return absl::InvalidArgumentError(usage);
  }
  return absl::OkStatus();
}

inline absl::Status Stage::Given(std::string_view words) {
  constexpr std::string_view kAvailableAgents = "available ";
  if (words.starts_with(kAvailableAgents)) {
    return AddAvailable(words.substr(kAvailableAgents.size()));
  }
  const auto happened = Command(ToText(clock_.Now()), words);
  if (!happened.ok()) return happened.status();
  for (const std::string& line : *happened) {
    if (WordsOf(line)[1] == Refused::kName) return absl::InvalidArgumentError(line);
  }
  return absl::OkStatus();
}

inline absl::Status Stage::AddAvailable(std::string_view names) {
  for (const std::string& name : WordsOf(names)) {
    for (const std::string& line :
         {fmt::format("add-agent {}", name), fmt::format("connect {} 1", name),
          fmt::format("set-activity {} Available", name)}) {
      if (absl::Status status = Given(line); !status.ok()) return status;
    }
  }
  return absl::OkStatus();
}

inline absl::StatusOr<Lines> Stage::Command(std::string_view time, std::string_view words) {
  const auto at = TextReader::ReadInstant(time);
  if (!at.ok()) return at.status();
  const auto command = reader_.ReadCommand(words, names_);
  if (!command.ok()) return command.status();
  Lines out;
  while (host_wakes_ && engine().NextWake() <= *at) {
    clock_.Set(std::max(clock_.Now(), engine().NextWake()));
    Apply(Advance{}, out);
  }
  clock_.Set(*at);
  Apply(*command, out);
  return out;
}

inline void Stage::Apply(const parley::Command& command, Lines& out) {
  const auto events = engine().Apply(command);
  names_.Learn(command, events);
  for (const Event& event : events) out.push_back(ToText(event, names_));
  const absl::Status audit = engine().Audit();
  if (!audit.ok() && audit_.ok()) {
    audit_ = absl::InternalError(
        fmt::format("{} after {}", std::string(audit.message()), ToText(command, names_)));
  }
}

inline Engine& Stage::engine() {
  if (!engine_) {
    auto made = Engine::Create(Settings(), clock_, *policy_);
    PARLEY_CHECK(made.ok());
    engine_.emplace(*std::move(made));
  }
  return *engine_;
}

}  // namespace parley

#endif  // PARLEY_TESTS_SCENARIO_H_
