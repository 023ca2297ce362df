// Floor 4 · machine/table.h — a state machine as a table of plain values.
//
// A machine is a struct with kRows and kStart; a state is an end when IsOver() says so. Its rows
// are data: nothing in them is a function, so the same array is executed by the engine, checked by
// the compiler, walked by the tests and printed by annex/diagram.h. There is no second description
// to fall out of step.
//
// Meaning    In state `from`, on trigger `on`, the first row whose guard holds is taken: the state
//            becomes `to` and the effects are carried out, left to right. An effect that concerns
//            another machine posts a trigger to it, and what follows from that trigger comes before
//            the next effect of the row. A pair with no row is refused.
// Threads    Immutable; read from anywhere.

#ifndef PARLEY_MACHINE_TABLE_H_
#define PARLEY_MACHINE_TABLE_H_

#include <array>
#include <cstddef>
#include <cstdint>

namespace parley {

// Guard{0} is "always" and Effect{0} is "none", in every machine.
template <class S, class T, class G, class E>
struct TransitionRow {
  using State = S;
  using Trigger = T;
  using Guard = G;
  using Effect = E;

  State from;
  Trigger on;
  Guard when;
  State to;
  std::array<Effect, 6> does;  // Applied left to right; Effect{0} ends the list.
};

template <class Machine>
using RowOf = typename decltype(Machine::kRows)::value_type;

// Returns the row to take, or nullptr if the machine refuses `on` in `from`.
// `holds(guard)` is asked only about the guards of that pair, in row order.
// Cost: O(1), one row beyond the number of guards in the pair.
template <class Machine, class Holds>
constexpr const RowOf<Machine>* FindRow(typename RowOf<Machine>::State from,
                                        typename RowOf<Machine>::Trigger on, Holds holds);

// Whether the machine has a row for `on` in `from` at all. Cost: O(1).
template <class Machine>
constexpr bool Allows(typename RowOf<Machine>::State from, typename RowOf<Machine>::Trigger on) {
  return FindRow<Machine>(from, on, [](auto) { return true; }) != nullptr;
}

// ---- What the compiler checks of every machine -----------------------------------------------
// Each returns false by naming one rule, so that a failed static_assert reads as that rule.

// Rows of one (from, on) pair stand together, in enum order: one place to look for each pair.
template <class Machine>
constexpr bool RowsAreInOrder() {
  for (size_t i = 1; i < Machine::kRows.size(); ++i) {
    const auto& a = Machine::kRows[i - 1];
    const auto& b = Machine::kRows[i];
    if (a.from > b.from || (a.from == b.from && a.on > b.on)) return false;
  }
  return true;
}

// The last row of a pair, and no other, is unguarded: a pair either always moves or never does.
template <class Machine>
constexpr bool EveryPairIsDecided() {
  for (size_t i = 0; i < Machine::kRows.size(); ++i) {
    const auto& row = Machine::kRows[i];
    const bool last = i + 1 == Machine::kRows.size() || Machine::kRows[i + 1].from != row.from ||
                      Machine::kRows[i + 1].on != row.on;
    const bool always = row.when == typename RowOf<Machine>::Guard{};
    if (last != always) return false;
  }
  return true;
}

// No row leaves a state that is over.
template <class Machine>
constexpr bool TheEndIsFinal() {
  for (const auto& row : Machine::kRows) {
    if (IsOver(row.from)) return false;
  }
  return true;
}

// Every state can be reached, and from every state an end can be: no contact is ever stranded.
template <class Machine>
constexpr bool EveryPathCanEnd() {
  constexpr size_t n = Machine::kStates;
  std::array<bool, n> reached = {};
  std::array<bool, n> ends = {};
  reached[static_cast<size_t>(Machine::kStart)] = true;
  for (size_t s = 0; s < n; ++s) ends[s] = IsOver(static_cast<typename RowOf<Machine>::State>(s));
  for (size_t round = 0; round < n; ++round) {
    for (const auto& row : Machine::kRows) {
      if (reached[static_cast<size_t>(row.from)]) reached[static_cast<size_t>(row.to)] = true;
      if (ends[static_cast<size_t>(row.to)]) ends[static_cast<size_t>(row.from)] = true;
    }
  }
  for (size_t s = 0; s < n; ++s) {
    if (!reached[s] || !ends[s]) return false;
  }
  return true;
}

// A row's effects fill its list from the left, each at most once.
template <class Machine>
constexpr bool EffectsAreInARow() {
  constexpr auto none = typename RowOf<Machine>::Effect{};
  for (const auto& row : Machine::kRows) {
    for (size_t i = 0; i < row.does.size(); ++i) {
      if (row.does[i] != none && i > 0 && row.does[i - 1] == none) return false;
      for (size_t k = 0; k < i; ++k) {
        if (row.does[i] != none && row.does[i] == row.does[k]) return false;
      }
    }
  }
  return true;
}

// What else a machine promises of each of its rows: rule(row).
template <class Machine, class Rule>
constexpr bool EveryRow(Rule rule) {
  for (const auto& row : Machine::kRows) {
    if (!rule(row)) return false;
  }
  return true;
}
template <class Row>
constexpr bool Does(const Row& row, typename Row::Effect effect) {
  for (const auto each : row.does) {
    if (each == effect) return true;
  }
  return false;
}
template <class Row>
constexpr bool Enters(const Row& row, typename Row::State state) {
  return row.from != state && row.to == state;
}
template <class Row>
constexpr bool Leaves(const Row& row, typename Row::State state) {
  return row.from == state && row.to != state;
}

// ---- Only definitions below ------------------------------------------------------------------

namespace internal {

// first[from * kTriggers + on] is the index of the pair's first row; the next entry ends it.
template <class Machine>
constexpr auto MakeIndex() {
  static_assert(Machine::kRows.size() < UINT16_MAX);
  std::array<uint16_t, Machine::kStates* Machine::kTriggers + 1> first = {};
  size_t row = 0;
  for (size_t pair = 0; pair < first.size(); ++pair) {
    first[pair] = static_cast<uint16_t>(row);
    while (row < Machine::kRows.size() &&
           static_cast<size_t>(Machine::kRows[row].from) * Machine::kTriggers +
                   static_cast<size_t>(Machine::kRows[row].on) ==
               pair) {
      ++row;
    }
  }
  return first;
}

template <class Machine>
inline constexpr auto kIndex = MakeIndex<Machine>();

}  // namespace internal

template <class Machine, class Holds>
constexpr const RowOf<Machine>* FindRow(typename RowOf<Machine>::State from,
                                        typename RowOf<Machine>::Trigger on, Holds holds) {
  const size_t pair = static_cast<size_t>(from) * Machine::kTriggers + static_cast<size_t>(on);
  for (size_t i = internal::kIndex<Machine>[pair]; i < internal::kIndex<Machine>[pair + 1]; ++i) {
    const auto& row = Machine::kRows[i];
    if (row.when == typename RowOf<Machine>::Guard{} || holds(row.when)) return &row;
  }
  return nullptr;
}

}  // namespace parley

#endif  // PARLEY_MACHINE_TABLE_H_
