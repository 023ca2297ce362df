// Floor 0 · base/describe.h — structs and enums that can say what they are made of.
//
// A described struct lists its fields once; equality is the compiler's, and the text form, its
// parser and the random generators of the tests are loops over the list. An enum names its values
// in one array beside it.
//
//   struct Pause {
//     ConversationId conversation;
//     AgentId agent;
//     static constexpr std::string_view kName = "pause";
//     static constexpr auto kFields =
//         std::tuple(Arg("conversation", &Pause::conversation), Opt("agent", &Pause::agent));
//   };
//
// Threads    Constants; read from anywhere.

#ifndef PARLEY_BASE_DESCRIBE_H_
#define PARLEY_BASE_DESCRIBE_H_

#include <cstddef>
#include <string_view>
#include <tuple>

namespace parley {

template <class Owner, class Member>
struct Field {
  std::string_view name;
  Member Owner::*member;
  bool optional;  // Written as name=value, and left out when it has its default.
};

// A field that is always written, by position.
template <class Owner, class Member>
constexpr Field<Owner, Member> Arg(std::string_view name, Member Owner::*member) {
  return {name, member, false};
}
// A field that is written by name, when it differs from its default.
template <class Owner, class Member>
constexpr Field<Owner, Member> Opt(std::string_view name, Member Owner::*member) {
  return {name, member, true};
}

template <class T>
concept Described = requires {
  T::kFields;
};

// An enum is named when NamesOf(E) gives one name for each of its values, in order.
template <class E>
concept Named = requires(E e) {
  NamesOf(e).size();
};

template <Named E>
constexpr std::string_view Name(E e) {
  return NamesOf(e)[static_cast<size_t>(e)];
}

template <Named E>
constexpr size_t CountOf() {
  return NamesOf(E{}).size();
}

}  // namespace parley

#endif  // PARLEY_BASE_DESCRIBE_H_
