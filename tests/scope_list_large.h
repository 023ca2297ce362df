// tests/scope_list_large.h — the scopes that take longer: some with every build, the rest nightly.

#ifndef PARLEY_TESTS_SCOPE_LIST_LARGE_H_
#define PARLEY_TESTS_SCOPE_LIST_LARGE_H_

#include <string_view>
#include <utility>
#include <vector>

#include "scope_list.h"

namespace parley {

inline const std::vector<Customer> kTwoCustomers = {{Medium::kChat, "c"}, {Medium::kChat, "d"}};
inline const std::vector<Customer> kThreeCustomers = {
    {Medium::kChat, "c"}, {Medium::kChat, "d"}, {Medium::kChat, "e"}};
inline const std::vector<std::string_view> kAnnBobAndCy = {"ann", "bob", "cy"};

inline SmallWorld Larger(SmallWorld scope, std::string_view name, std::vector<Customer> customers,
                         std::vector<std::string_view> agents) {
  scope.name = name;
  scope.customers = std::move(customers);
  scope.agents = std::move(agents);
  return scope;
}

// Work comes, is parked, taken up again and ended.
inline SmallWorld Turns(std::string_view name, std::vector<Customer> customers,
                        std::vector<std::string_view> agents) {
  return {name,
          Fast(),
          std::move(customers),
          std::move(agents),
          {Act::kMessage, Act::kAccept, Act::kLeave, Act::kPause, Act::kResume, Act::kComplete}};
}

// A chat fills the budget and goes before mail, which costs half of it.
inline SmallWorld OneBudget() {
  SmallWorld scope = Turns("one budget: 2 customers of two media, 1 agent",
                           {{Medium::kChat, "c"}, {Medium::kEmail, "d"}}, kAnn);
  scope.acts.push_back(Act::kDecline);
  scope.settings.For(Medium::kChat).cost = 2;
  scope.settings.For(Medium::kChat).goes_first = true;
  scope.settings.For(Medium::kEmail).cost = 1;
  scope.settings.For(Medium::kEmail).capacity = 2;
  scope.more_set_up = {SetBudget{AgentId::Make(0, 0), 2}};
  return scope;
}

// Some seconds each: searched with every build.
inline std::vector<SmallWorld> MiddleScopes() {
  return {Turns("turns: 2 customers, 1 agent", kTwoCustomers, kAnn), OneBudget(),
          Larger(Limits(), "limits: 2 customers, 1 agent", kTwoCustomers, kAnn),
          Turns("turns: 2 customers, 2 agents", kTwoCustomers, kAnnAndBob)};
}

// A minute and more each.
inline std::vector<SmallWorld> LargeScopes() {
  SmallWorld roomy = Turns("turns: 2 customers, 2 agents, capacity 2", kTwoCustomers, kAnnAndBob);
  for (auto& medium : roomy.settings.media) medium.capacity = 2;
  roomy.settings.leave.mode = ParkMode::kCompleteNow;
  SmallWorld presence =
      Larger(Presence(), "presence: 1 customer, 2 agents", kOneCustomer, kAnnAndBob);
  std::erase(presence.acts, Act::kAddAgent);  // Each of two could come back ever so often.
  return {
      presence,
      Larger(Presence(), "presence: 2 customers, 1 agent", kTwoCustomers, kAnn),
      Larger(SeveralOffers(), "several offers: 2 customers, 2 agents", kTwoCustomers, kAnnAndBob),
      Larger(Supervised(), "supervised: 2 customers, 2 agents", kTwoCustomers, kAnnAndBob),
      Larger(Parking(), "parking: 2 customers, 1 agent", kTwoCustomers, kAnn),
      Larger(Parking(), "parking: 2 customers, 2 agents", kTwoCustomers, kAnnAndBob),
      Larger(Invitations(), "invitations: 1 customer, 3 agents", kOneCustomer, kAnnBobAndCy),
      Larger(TwoSteps(), "two steps: 2 customers, 1 agent", kTwoCustomers, kAnn),
      Larger(AtOnce(), "accepted at once: 2 customers, 1 agent", kTwoCustomers, kAnn),
      Larger(AskingTheHost(), "asking the host: 2 customers, 1 agent", kTwoCustomers, kAnn),
      Turns("turns: 3 customers, 1 agent", kThreeCustomers, kAnn),
      roomy};
}

}  // namespace parley

#endif  // PARLEY_TESTS_SCOPE_LIST_LARGE_H_
