// Annex · annex/diagram.h — prints a machine's table as the documentation shows it.
//
// Reads the rows the engine executes. The pages are kept in tests/golden, one picture in README.md,
// and a test fails when one no longer matches. The pages are for review: each changed line is a
// promise to a caller.
//
// Threads    Pure functions.

#ifndef PARLEY_ANNEX_DIAGRAM_H_
#define PARLEY_ANNEX_DIAGRAM_H_

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "parley/machine/table.h"

namespace parley {

// "A, B": the row's effects in order.
template <class Row>
std::string EffectsText(const Row& row) {
  std::string out;
  for (const auto effect : row.does) {
    if (Name(effect).empty()) break;
    fmt::format_to(std::back_inserter(out), "{}{}", out.empty() ? "" : ", ", Name(effect));
  }
  return out;
}

// "Pause --Resume[OwnerHasRoom]--> Active": one row, for messages.
template <class Row>
std::string RowText(const Row& row) {
  const auto guard = Name(row.when);
  return fmt::format("{} --{}{}{}{}--> {}", Name(row.from), Name(row.on), guard.empty() ? "" : "[",
                     guard, guard.empty() ? "" : "]", Name(row.to));
}

// "A if Guard else B": where one pair leads; "." if it is refused.
template <class Machine>
std::string CellText(typename RowOf<Machine>::State from, typename RowOf<Machine>::Trigger on) {
  std::string out;
  for (const auto& row : Machine::kRows) {
    if (row.from != from || row.on != on) continue;
    fmt::format_to(std::back_inserter(out), "{}{}{}{}", out.empty() ? "" : " else ", Name(row.to),
                   Name(row.when).empty() ? "" : " if ", Name(row.when));
  }
  return out.empty() ? "." : out;
}

// Lays columns side by side, each as wide as its widest cell.
inline std::string JoinColumns(const std::vector<std::vector<std::string>>& columns) {
  std::string out;
  for (size_t line = 0; line < columns[0].size(); ++line) {
    for (const auto& column : columns) {
      size_t width = 0;
      for (const auto& cell : column) width = std::max(width, cell.size());
      fmt::format_to(std::back_inserter(out), "{:<{}}", column[line], width + 2);
    }
    out.erase(out.find_last_not_of(' ') + 1);
    out += '\n';
  }
  return out;
}

// "TaskDone, Close": what leads from one state to another, each trigger once.
template <class Machine>
std::string TriggersText(typename RowOf<Machine>::State from, typename RowOf<Machine>::State to) {
  std::string out;
  const RowOf<Machine>* last = nullptr;
  for (const auto& row : Machine::kRows) {
    if (row.from != from || row.to != to) continue;
    if (last != nullptr && last->on == row.on) continue;
    fmt::format_to(std::back_inserter(out), "{}{}", last == nullptr ? "" : ", ", Name(row.on));
    last = &row;
  }
  return out;
}

// A Mermaid state diagram, which GitHub draws: one arrow for each pair of states. What stays in its
// state, and on which guards, is on the page.
template <class Machine>
std::string ToMermaid() {
  using State = typename RowOf<Machine>::State;
  std::string out = fmt::format("stateDiagram-v2\n  [*] --> {}\n", Name(Machine::kStart));
  for (size_t from = 0; from < Machine::kStates; ++from) {
    for (size_t to = 0; to < Machine::kStates; ++to) {
      const auto a = static_cast<State>(from);
      const auto b = static_cast<State>(to);
      const std::string triggers = TriggersText<Machine>(a, b);
      if (from == to || triggers.empty()) continue;
      fmt::format_to(std::back_inserter(out), "  {} --> {}: {}\n", Name(a), Name(b), triggers);
    }
    if (IsOver(static_cast<State>(from))) {
      fmt::format_to(std::back_inserter(out), "  {} --> [*]\n", Name(static_cast<State>(from)));
    }
  }
  return out;
}

// The full matrix, states across and triggers down; a dot is a refusal. Every pair is on the
// page, so a reviewer sees what a change allows and what it still refuses.
template <class Machine>
std::string ToMatrix() {
  using State = typename RowOf<Machine>::State;
  using Trigger = typename RowOf<Machine>::Trigger;

  std::vector<std::vector<std::string>> columns = {{std::string(Machine::kName)}};
  for (size_t t = 0; t < Machine::kTriggers; ++t) {
    columns[0].emplace_back(Name(static_cast<Trigger>(t)));
  }
  for (size_t s = 0; s < Machine::kStates; ++s) {
    auto& column = columns.emplace_back();
    column.emplace_back(Name(static_cast<State>(s)));
    for (size_t t = 0; t < Machine::kTriggers; ++t) {
      column.push_back(CellText<Machine>(static_cast<State>(s), static_cast<Trigger>(t)));
    }
  }
  return JoinColumns(columns);
}

// The rows as they stand, with their effects in order.
template <class Machine>
std::string ToRows() {
  std::vector<std::vector<std::string>> columns(2);
  for (const auto& row : Machine::kRows) {
    columns[0].push_back(RowText(row));
    columns[1].push_back(EffectsText(row));
  }
  return JoinColumns(columns);
}

// The page of a machine, as kept in tests/golden.
template <class Machine>
std::string ToPage() {
  return ToMatrix<Machine>() + "\n" + ToRows<Machine>();
}

}  // namespace parley

#endif  // PARLEY_ANNEX_DIAGRAM_H_
