// tests/mutation/mutant.h — the switch that mutate.py puts into the sources: one build has all
// mutants, and PARLEY_MUTANT says which of them is awake.

#ifndef PARLEY_TESTS_MUTATION_MUTANT_H_
#define PARLEY_TESTS_MUTATION_MUTANT_H_

#include <cstdlib>
#include <type_traits>

namespace parley::mutation {

inline int FromEnvironment() {
  const char* text = std::getenv("PARLEY_MUTANT");
  return text == nullptr ? 0 : std::atoi(text);
}
inline const int kAwake = FromEnvironment();

// What the compiler evaluates is never mutated.
constexpr bool On(int number) {
  return std::is_constant_evaluated() ? false : number == kAwake;
}

}  // namespace parley::mutation

#endif  // PARLEY_TESTS_MUTATION_MUTANT_H_
