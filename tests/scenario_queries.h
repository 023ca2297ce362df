// tests/scenario_queries.h — the questions of scenario files, and how they are answered.
//
// Each answer is one line that begins with "= ", or one for each item; none is "= none".
//
//   ? used ann email       = 1/2                        of her capacity
//   ? where ann            = Available for 10s, Connected
//   ? active-time ann      = 1h
//   ? worklist ann         = offers t2; live t1         newest first; paused c1
//   ? allowed ann t1       = reply leave end            what she may do about it
//   ? paused ann           = c1 support until 3d10s, normal, 2 unread
//   ? left                 = c1 support last ann until 90d10s
//   ? orphans              = c1
//   ? waiting support      = t3 t4                      first in line first
//   ? history c1           = 0s customer 7              who wrote, when, and its reference
//   ? mayread ann c1       = yes                        also: ? mayresume ann c1
//   ? state c1             = Active t1 ann              its task and participant
//   ? participants c1      = ann bob                    who has its live task first
//   ? task t1              = Pending support priority 0
//   ? explain t1           = t1 waits in support, ...   one line for each agent and offer follows
//   ? next-wake            = 2m

#ifndef PARLEY_TESTS_SCENARIO_QUERIES_H_
#define PARLEY_TESTS_SCENARIO_QUERIES_H_

#include <algorithm>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <fmt/format.h>

#include "absl/status/statusor.h"
#include "parley/annex/explain.h"
#include "parley/annex/text.h"
#include "parley/parley.h"

namespace parley {

inline std::vector<std::string> WordsOf(std::string_view line) {
  std::vector<std::string> words;
  for (size_t begin = line.find_first_not_of(' '); begin != line.npos;) {
    const size_t end = std::min(line.find(' ', begin), line.size());
    words.emplace_back(line.substr(begin, end - begin));
    begin = line.find_first_not_of(' ', end);
  }
  return words;
}

class Answerer {
 public:
  Answerer(const Engine& engine, const Names& names) : engine_(engine), names_(names) {}

  absl::StatusOr<std::vector<std::string>> Answer(std::string_view question);

 private:
  // Ids are read as the text form reads them: as words of a command that has such fields.
  template <class C>
  C Read(std::string_view words) {
    const auto command = reader_.ReadCommand(fmt::format("{} {}", C::kName, words), names_);
    if (!command.ok()) {
      error_ = command.status();
      return C{};
    }
    return std::get<C>(*command);
  }
  Logout ReadAgent(std::string_view words) { return Read<Logout>(words); }

  template <class Tag>
  std::string Show(Id<Tag> id) const {
    const std::string_view name = names_.Of(id);
    return name.empty() ? ToText(id) : std::string(name);
  }
  template <class IdType>
  std::string ShowAll(const std::vector<IdType>& ids) const {
    std::vector<std::string> words;
    for (const IdType id : ids) words.push_back(Show(id));
    return fmt::format("{}", fmt::join(words, " "));
  }
  void Say(std::string line) {
    out_.push_back(fmt::format("= {}", line.empty() ? "none" : std::move(line)));
  }

  bool AboutAgents(std::string_view what, std::string_view words);
  bool AboutLists(std::string_view what, std::string_view words);
  bool AboutOne(std::string_view what, std::string_view words);

  void Used(const SetCapacity& which);
  void Where(AgentId agent);
  void ShowWorklist(AgentId agent);
  void Allowed(const Complete& which);
  void Paused(AgentId agent);
  void Left();
  void History(ConversationId id);
  void StateOf(ConversationId id);
  void TaskOf(TaskId id);
  void Explain(TaskId id);

  const Engine& engine_;
  const Names& names_;
  TextReader reader_;
  absl::Status error_ = absl::OkStatus();
  std::vector<std::string> out_;
};

inline absl::StatusOr<std::vector<std::string>> Answer(const Engine& engine, const Names& names,
                                                       std::string_view question) {
  return Answerer(engine, names).Answer(question);
}

// ---- Only definitions below ------------------------------------------------------------------

inline absl::StatusOr<std::vector<std::string>> Answerer::Answer(std::string_view question) {
  const size_t space = std::min(question.find(' '), question.size());
  const std::string_view what = question.substr(0, space);
  const std::string_view words = question.substr(space);
  const bool known = AboutAgents(what, words) || AboutLists(what, words) || AboutOne(what, words);
  if (!known) return absl::InvalidArgumentError(fmt::format("not a question: {}", question));
  if (!error_.ok()) return error_;
  return out_;
}

inline bool Answerer::AboutAgents(std::string_view what, std::string_view words) {
  if (what == "used") {
    Used(Read<SetCapacity>(fmt::format("{} 0", words)));
  } else if (what == "where") {
    Where(ReadAgent(words).agent);
  } else if (what == "active-time") {
    Say(ToText(engine_.ActiveTime(ReadAgent(words).agent)));
  } else if (what == "worklist") {
    ShowWorklist(ReadAgent(words).agent);
  } else if (what == "allowed") {
    const std::vector<std::string> both = WordsOf(words);
    Allowed(both.size() == 2 ? Read<Complete>(fmt::format("{} {}", both[1], both[0]))
                             : Read<Complete>(""));
  } else if (what == "mayread" || what == "mayresume") {
    const std::vector<std::string> both = WordsOf(words);
    const auto which =
        both.size() == 2 ? Read<End>(fmt::format("{} {}", both[1], both[0])) : Read<End>("");
    const bool may = what == "mayread" ? engine_.MayRead(which.agent, which.conversation)
                                       : engine_.MayResume(which.agent, which.conversation);
    Say(may ? "yes" : "no");
  } else {
    return false;
  }
  return true;
}

inline bool Answerer::AboutLists(std::string_view what, std::string_view words) {
  if (what == "paused") {
    Paused(ReadAgent(words).agent);
  } else if (what == "left" && words.empty()) {
    Left();
  } else if (what == "orphans" && words.empty()) {
    Say(ShowAll(engine_.Orphans()));
  } else if (what == "waiting") {
    Say(ShowAll(engine_.WaitingIn(Read<RemoveQueue>(words).queue)));
  } else if (what == "history") {
    History(Read<IgnoreRouting>(words).conversation);
  } else {
    return false;
  }
  return true;
}

inline bool Answerer::AboutOne(std::string_view what, std::string_view words) {
  if (what == "state") {
    StateOf(Read<IgnoreRouting>(words).conversation);
  } else if (what == "participants") {
    Say(ShowAll(engine_.Participants(Read<IgnoreRouting>(words).conversation)));
  } else if (what == "task") {
    TaskOf(Read<CancelTask>(words).task);
  } else if (what == "explain") {
    Explain(Read<CancelTask>(words).task);
  } else if (what == "next-wake" && words.empty()) {
    Say(engine_.NextWake() == Instant::max() ? "never" : ToText(engine_.NextWake()));
  } else {
    return false;
  }
  return true;
}

inline void Answerer::Used(const SetCapacity& which) {
  const Agent* agent = engine_.Find(which.agent);
  if (agent == nullptr) return Say("gone");
  const Capacity& capacity = agent->For(which.medium);
  Say(fmt::format("{}/{}", capacity.Used(engine_.settings().task.wrapping_uses_capacity),
                  capacity.configured));
}

inline void Answerer::Where(AgentId agent) {
  for (const AgentView& view : engine_.Agents()) {
    if (view.agent != agent) continue;
    return Say(fmt::format("{} for {}, {}", Show(view.activity), ToText(view.in_activity),
                           Name(view.presence)));
  }
  Say("gone");
}

inline void Answerer::ShowWorklist(AgentId agent) {
  const Worklist list = engine_.WorklistOf(agent);
  std::vector<std::string> parts;
  const auto add = [&](std::string_view name, const auto& ids) {
    if (!ids.empty()) parts.push_back(fmt::format("{} {}", name, ShowAll(ids)));
  };
  add("offers", list.offers);
  add("live", list.live);
  add("wrapping", list.wrapping);
  add("paused", list.paused);
  Say(fmt::format("{}", fmt::join(parts, "; ")));
}

inline void Answerer::Allowed(const Complete& which) {
  const AllowedActions may = engine_.AllowedFor(which.agent, which.task);
  std::vector<std::string_view> words;
  const auto add = [&words](bool allowed, std::string_view word) {
    if (allowed) words.push_back(word);
  };
  add(may.accept, "accept");
  add(may.decline, "decline");
  add(may.reply, "reply");
  add(may.leave, "leave");
  add(may.pause, "pause");
  add(may.end, "end");
  add(may.transfer, "transfer");
  add(may.complete, "complete");
  Say(fmt::format("{}", fmt::join(words, " ")));
}

inline void Answerer::Paused(AgentId agent) {
  const auto items = engine_.PausedBy(agent);
  if (items.empty()) Say("");
  for (const PausedItem& item : items) {
    Say(fmt::format("{} {} until {}, {}, {} unread", Show(item.conversation), Show(item.queue),
                    ToText(item.deadline), Name(item.level), item.unread));
  }
}

inline void Answerer::Left() {
  const auto items = engine_.Left();
  if (items.empty()) Say("");
  for (const LeftItem& item : items) {
    Say(fmt::format("{} {} last {} until {}", Show(item.conversation), Show(item.queue),
                    Show(item.last_agent), ToText(item.expires)));
  }
}

inline void Answerer::History(ConversationId id) {
  const auto entries = engine_.History(id);
  if (entries.empty()) Say("");
  for (const HistoryEntry& entry : entries) {
    Say(fmt::format("{} {} {}", ToText(entry.at), entry.author ? Show(entry.author) : "customer",
                    entry.ref));
  }
}

inline void Answerer::StateOf(ConversationId id) {
  const std::optional<Conversation> c = engine_.Find(id);
  if (!c) return Say("gone");
  std::string line(Name(c->state));
  if (c->live_task) line += fmt::format(" {}", Show(c->live_task));
  if (c->participant) line += fmt::format(" {}", Show(c->participant));
  if (c->owner) line += fmt::format(" owner {}", Show(c->owner));
  if (c->asked) line += fmt::format(" asked until {}", ToText(c->deadline));
  if (c->orphan) line += " orphan";
  Say(line);
}

inline void Answerer::TaskOf(TaskId id) {
  const Task* task = engine_.Find(id);
  if (task == nullptr) return Say("gone");
  std::string line =
      fmt::format("{} {} priority {}", Name(task->state), Show(task->queue), task->priority);
  if (task->agent) line += fmt::format(" agent {}", Show(task->agent));
  if (task->waits_for) line += fmt::format(" waits for {}", Show(task->waits_for));
  Say(line);
}

inline void Answerer::Explain(TaskId id) {
  const auto explanation = engine_.Explain(id);
  if (!explanation) return Say("gone");
  std::istringstream lines(ToText(*explanation, engine_));
  for (std::string line; std::getline(lines, line);) Say(line.substr(line.find_first_not_of(' ')));
}

}  // namespace parley

#endif  // PARLEY_TESTS_SCENARIO_QUERIES_H_
