// One command out of place, and the world in which it is.

#ifndef PARLEY_TESTS_REFUSAL_CASE_H_
#define PARLEY_TESTS_REFUSAL_CASE_H_

#include <functional>
#include <string_view>

#include "world.h"

namespace parley {

struct RefusalCase {
  Refusal reason;
  std::string_view when;
  std::function<Command(World&)> arrange;  // Brings the world there, and gives the command.
  std::function<void(Settings&)> set = [](Settings&) {};
};

}  // namespace parley

#endif  // PARLEY_TESTS_REFUSAL_CASE_H_
