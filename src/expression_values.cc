// src/expression_values.cc — the values in an expression: constants, arrays, references.

#include <array>
#include <charconv>
#include <utility>

#include <fmt/format.h>

#include "attribute_bytes.h"
#include "decimal.h"
#include "expression_reader.h"
#include "parley/model/medium.h"

namespace parley::internal {

// ---- Values ----

// An array's elements are collected until it ends, because those of one array stand together.
bool ExpressionReader::ReadValue(uint32_t& index) {
  std::vector<std::vector<Operand>> lists;
  Operand value;
  do {
    if (Take('[')) {
      if (depth_ + lists.size() == Expression::kMaxDepth) {
        return Fail(at_ - 1, fmt::format("at most {} parentheses and arrays inside each other",
                                         Expression::kMaxDepth));
      }
      if (!Node()) return false;
      lists.emplace_back();
      if (!Take(']')) continue;
      value = CloseList(lists);
    } else if (!ReadScalar(value)) {
      return false;
    }
    while (!lists.empty()) {
      lists.back().push_back(value);
      if (Take(',')) break;
      if (!Take(']')) return FailHere("\",\" or \"]\"");
      value = CloseList(lists);
    }
  } while (!lists.empty());
  index = static_cast<uint32_t>(program_.operands.size());
  program_.operands.push_back(value);
  return true;
}

Operand ExpressionReader::CloseList(std::vector<std::vector<Operand>>& lists) {
  const std::vector<Operand> list = std::move(lists.back());
  lists.pop_back();
  if (!lists.empty()) {
    // An array inside an array equals nothing, so what is in it does not matter.
    const Operand empty = Constant();
    AppendItems(program_.constants, AttributeType::kArray, {});
    return empty;
  }
  const auto first = static_cast<uint32_t>(program_.operands.size());
  program_.operands.insert(program_.operands.end(), list.begin(), list.end());
  return {Operand::Kind::kList, first, static_cast<uint32_t>(list.size())};
}

// The constant that is appended next.
Operand ExpressionReader::Constant() {
  return {Operand::Kind::kConstant, static_cast<uint32_t>(program_.constants.size()), 0};
}

bool ExpressionReader::ReadScalar(Operand& operand) {
  SkipBlanks();
  if (!Node()) return false;
  const char c = Peek();
  if (c == '"' || c == '\'') return ReadText(operand);
  if (c == '-' || IsDigit(c)) return ReadNumber(operand);
  return ReadWord(operand);
}

bool ExpressionReader::ReadText(Operand& operand) {
  const char quote = Peek();
  const size_t end = text().find(quote, at_ + 1);
  if (end == text().npos) return Fail(text().size(), fmt::format("the closing {}", quote));
  operand = Constant();
  AppendText(program_.constants, AttributeType::kText, text().substr(at_ + 1, end - at_ - 1));
  at_ = end + 1;
  return true;
}

bool ExpressionReader::ReadNumber(Operand& operand) {
  const std::string_view number = text().substr(at_, NumberLength(text().substr(at_)));
  if (number.empty()) return Fail(at_ + 1, "a digit");
  if (!IsWithinLimits(number)) return FailHere(kNumberLimits);
  operand = Constant();
  int64_t integer = 0;
  const char* end = number.data() + number.size();
  const auto [stop, error] = std::from_chars(number.data(), end, integer);
  if (stop == end && error == std::errc()) {
    AppendInteger(program_.constants, integer);
  } else {
    AppendText(program_.constants, AttributeType::kDecimal, number);
  }
  at_ += number.size();
  if (!Name().empty() || Peek() == '.') return FailHere("a blank after the number");
  return true;
}

bool ExpressionReader::ReadWord(Operand& operand) {
  static constexpr std::array<std::string_view, 6> kReserved = {"AND", "OR",  "NOT",
                                                                "IN",  "HAS", "CONTAINS"};
  const std::string_view name = Name();
  const auto is = [name](std::string_view word) { return IsWord(name, word); };
  if (name.empty() || std::ranges::any_of(kReserved, is)) return FailHere("a value");
  if (!is("TRUE") && !is("FALSE") && !is("NULL")) return Reference(operand);
  operand = Constant();
  if (is("NULL")) {
    AppendNull(program_.constants);
  } else {
    AppendBoolean(program_.constants, is("TRUE"));
  }
  at_ += name.size();
  return true;
}

// ---- References ----

bool ExpressionReader::Reference(Operand& operand) {
  SkipBlanks();
  if (Name().empty()) return FailHere("a reference");
  std::vector<PathStep> path;
  return ReadPath(path) && Resolve(path, operand);
}

// name {"." name | "[" number "]"}, without blanks.
bool ExpressionReader::ReadPath(std::vector<PathStep>& path) {
  do {
    const std::string_view name = Name();
    if (name.empty()) return FailHere("a name");
    path.push_back({false, static_cast<uint32_t>(at_), static_cast<uint32_t>(name.size())});
    at_ += name.size();
    while (Peek() == '[') {
      if (!ReadIndex(path)) return false;
    }
  } while (Peek() == '.' && ++at_ > 0);
  return true;
}

bool ExpressionReader::ReadIndex(std::vector<PathStep>& path) {
  constexpr size_t kMaxDigits = 9;  // More elements than any array has.
  ++at_;
  const size_t begin = at_;
  const std::string_view digits = TakeDigits();
  if (digits.empty()) return FailHere("the number of an element, from 0");
  if (digits.size() > kMaxDigits) return Fail(begin, "the number of an element, from 0");
  uint32_t number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  path.push_back({true, number, 0});
  return Take(']') || FailHere("\"]\"");
}

bool ExpressionReader::Resolve(const std::vector<PathStep>& path, Operand& operand) {
  const std::string_view first = KeyOf(path[0]);
  const bool dotted = path.size() > 1 && !path[1].is_index;
  const bool task = dotted && first == "task";
  const bool agent = dotted && (first == "worker" || first == "agent");
  if (dotted && first == "taskrouter") {
    return Fail(path[0].at, "another reference: the time of day is not known here");
  }
  switch (scope_) {
    case Scope::kTask:
      if (agent) return Fail(path[0].at, "an attribute of the task: no agent is known here");
      return Attribute(Operand::Kind::kTask, path, task ? 1 : 0, operand);
    case Scope::kAgent:
      if (task) return Fail(path[0].at, "an attribute of the agent: no task is known here");
      return ResolveAgent(path, agent ? 1 : 0, operand);
    case Scope::kTarget:
      if (task) return Attribute(Operand::Kind::kTask, path, 1, operand);
      if (agent) return ResolveAgent(path, 1, operand);
      return Fail(path[0].at, "\"task.\" or \"worker.\" before the name");
    case Scope::kSkip:
      if (task) return Attribute(Operand::Kind::kTask, path, 1, operand);
      return ResolveCrowd(path, operand);
  }
  return false;
}

bool ExpressionReader::Attribute(Operand::Kind kind, const std::vector<PathStep>& path, size_t from,
                                 Operand& operand) {
  operand = {kind, static_cast<uint32_t>(program_.paths.size()),
             static_cast<uint32_t>(path.size() - from)};
  program_.paths.insert(program_.paths.end(), path.begin() + static_cast<std::ptrdiff_t>(from),
                        path.end());
  (kind == Operand::Kind::kTask ? program_.uses.task_attributes : program_.uses.agent_attributes) =
      true;
  return true;
}

bool ExpressionReader::ResolveAgent(const std::vector<PathStep>& path, size_t from,
                                    Operand& operand) {
  using Kind = Operand::Kind;
  const std::string_view name = KeyOf(path[from]);
  if (path.size() == from + 1) {
    const auto builtin = [&](Kind kind) {
      operand = {kind, 0, 0};
      return true;
    };
    if (name == "sid") return builtin(Kind::kId);
    if (name == "friendly_name") return builtin(Kind::kFriendlyName);
    if (name == "name") return Attribute(Kind::kName, path, from, operand);
    if (name == "activity_sid" || name == "activity_name") {
      program_.uses.activity = true;
      return builtin(name == "activity_sid" ? Kind::kActivityId : Kind::kActivityName);
    }
    if (name == "skills") {
      program_.uses.skills = true;
      return Attribute(Kind::kSkills, path, from, operand);
    }
  } else if (name == "channel" && !path[from + 1].is_index) {
    return ResolveChannel(path, from + 1, operand);
  }
  return Attribute(Kind::kAgent, path, from, operand);
}

bool ExpressionReader::ResolveChannel(const std::vector<PathStep>& path, size_t from,
                                      Operand& operand) {
  static constexpr std::array<std::pair<std::string_view, Operand::Kind>, 3> kFields = {
      {{"configured_capacity", Operand::Kind::kConfigured},
       {"assigned_tasks", Operand::Kind::kAssigned},
       {"available_capacity_percentage", Operand::Kind::kPercentFree}}};
  const auto medium = std::ranges::find(kMediumNames, KeyOf(path[from]));
  if (medium == kMediumNames.end()) {
    return Fail(path[from].at, fmt::format("a medium: {}", fmt::join(kMediumNames, ", ")));
  }
  if (path.size() == from + 2 && !path[from + 1].is_index) {
    for (const auto& [name, kind] : kFields) {
      if (KeyOf(path[from + 1]) != name) continue;
      operand = {kind, static_cast<uint32_t>(medium - kMediumNames.begin()), 0};
      program_.uses.capacity = true;
      return true;
    }
  }
  return Fail(path[from].at + path[from].length,
              ".configured_capacity, .assigned_tasks or .available_capacity_percentage");
}

bool ExpressionReader::ResolveCrowd(const std::vector<PathStep>& path, Operand& operand) {
  using Kind = Operand::Kind;
  const std::string_view first = KeyOf(path[0]);
  const bool dotted = path.size() == 2 && !path[1].is_index;
  const std::string_view name = dotted ? KeyOf(path[1]) : std::string_view();
  program_.uses.crowd = true;
  if (dotted && first == "workers") {
    operand = {Kind::kInActivity, static_cast<uint32_t>(program_.paths.size()), 1};
    if (name == "available") operand.kind = Kind::kAvailable;
    if (name == "unavailable") operand.kind = Kind::kUnavailable;
    program_.paths.push_back(path[1]);
    return true;
  }
  if (dotted && first == "queue" && (name == "waiting" || name == "longest_wait")) {
    operand = {name == "waiting" ? Kind::kWaiting : Kind::kLongestWait, 0, 0};
    return true;
  }
  return Fail(path[0].at,
              "workers.available, workers.unavailable, workers.<activity>, queue.waiting, "
              "queue.longest_wait or task.<attribute>");
}

}  // namespace parley::internal
