// Annex · annex/text.h — commands and events as lines of text, and back.
//
// One line, one value. Logs and scenario files are written in it, and reading a line gives the same
// value again:
//
//   pause c1 ann
//   message email c@x support@shop ref=7 queue=support priority=2
//   3d10s PauseExpired c1 ann support
//
// A word is a value in its place, name=value one that differs from its default. Ids are t1 (or
// t1.2: the second use of slot 1), or a name that Names knows, if it is a plain word; "-" is none.
// Times are written from the origin, durations alike: 14d, 2d23h59m30s, 250ms. Text that is not a
// plain word stands in double quotes, with \" \\ and \xHH inside, or between backquotes as it is.
//
// Errors     Reading names the column and what was expected there.
// Cost       O(length of the line).
// Threads    Plain values.

#ifndef PARLEY_ANNEX_TEXT_H_
#define PARLEY_ANNEX_TEXT_H_

#include <deque>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "parley/base/ids.h"
#include "parley/base/time.h"
#include "parley/model/command.h"
#include "parley/model/event.h"

namespace parley {

// The names of agents, queues, activities, skills and workflows, as a reader of lines knows them.
class Names {
 public:
  // Takes in what a command made or renamed: `events` is what Apply(command) returned.
  void Learn(const Command& command, std::span<const Event> events);

  void Set(AgentId id, std::string_view name) { Put(agents_, id.value, name); }
  void Set(QueueId id, std::string_view name) { Put(queues_, id.value, name); }
  void Set(ActivityId id, std::string_view name) { Put(activities_, id.value, name); }
  void Set(SkillId id, std::string_view name) { Put(skills_, id.value, name); }
  void Set(WorkflowId id, std::string_view name) { Put(workflows_, id.value, name); }

  // The name, or an empty text.
  std::string_view Of(AgentId id) const { return Get(agents_, id.value); }
  std::string_view Of(QueueId id) const { return Get(queues_, id.value); }
  std::string_view Of(ActivityId id) const { return Get(activities_, id.value); }
  std::string_view Of(SkillId id) const { return Get(skills_, id.value); }
  std::string_view Of(WorkflowId id) const { return Get(workflows_, id.value); }
  template <class Tag>
  std::string_view Of(Id<Tag>) const {
    return {};
  }

  // The id of a name, or none.
  AgentId Find(std::string_view name, AgentId) const { return {Find(agents_, name)}; }
  QueueId Find(std::string_view name, QueueId) const { return {Find(queues_, name)}; }
  ActivityId Find(std::string_view name, ActivityId) const { return {Find(activities_, name)}; }
  SkillId Find(std::string_view name, SkillId) const { return {Find(skills_, name)}; }
  WorkflowId Find(std::string_view name, WorkflowId) const { return {Find(workflows_, name)}; }
  template <class Tag>
  Id<Tag> Find(std::string_view, Id<Tag>) const {
    return {};
  }

 private:
  struct Book {
    std::map<uint64_t, std::string> names;
    std::map<std::string, uint64_t, std::less<>> ids;
  };
  static void Put(Book& book, uint64_t id, std::string_view name);
  static std::string_view Get(const Book& book, uint64_t id);
  static uint64_t Find(const Book& book, std::string_view name);

  Book agents_;
  Book queues_;
  Book activities_ = {{{1, "Offline"}, {2, "Available"}}, {{"Offline", 1}, {"Available", 2}}};
  Book skills_;
  Book workflows_;
};

std::string ToText(const Command& command, const Names& names = {});
std::string ToText(const Event& event, const Names& names = {});
std::string ToText(Instant at);
std::string ToText(Duration duration);
template <class Tag>
std::string ToText(Id<Tag> id);
std::string ToText(const Settings& settings);

// Reads lines. The texts in a command that was read live as long as its reader.
class TextReader {
 public:
  absl::StatusOr<Command> ReadCommand(std::string_view line, const Names& names = {});
  absl::StatusOr<Event> ReadEvent(std::string_view line, const Names& names = {});
  static absl::StatusOr<Duration> ReadDuration(std::string_view text);
  static absl::StatusOr<Instant> ReadInstant(std::string_view text);

 private:
  std::deque<std::string> texts_;
};

// ---- Only definitions below ------------------------------------------------------------------

namespace internal {
std::string IdText(char letter, uint64_t value);
}

template <class Tag>
std::string ToText(Id<Tag> id) {
  return internal::IdText(Tag::kLetter, id.value);
}

}  // namespace parley

#endif  // PARLEY_ANNEX_TEXT_H_
