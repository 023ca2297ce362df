// examples/quarter_customers.h — who writes and calls in quarter.cc, drawn by chance.
//
// A customer is a number, and so is his address.

#ifndef PARLEY_EXAMPLES_QUARTER_CUSTOMERS_H_
#define PARLEY_EXAMPLES_QUARTER_CUSTOMERS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "draw.h"
#include "parley/engine/engine.h"
#include "quarter_numbers.h"
#include "table_file.h"

namespace parley::examples {

inline constexpr std::string_view kShop = "shop";

struct Customer {
  Medium medium = Medium::kVoice;
  std::string address;
  Route route;
};

inline const MediumNumbers& NumbersOf(Medium medium) {
  size_t i = 0;
  while (kQuarterMedia[i].medium != medium) ++i;
  return kQuarterMedia[i];
}

class Customers {
 public:
  Customers(const Engine& engine, Draw& draw) : engine_(engine), draw_(draw) {}

  // Somebody new; gives his number.
  size_t Add() {
    Customer customer{DrawMedium(), fmt::to_string(customers_.size()), {}};
    customer.route.queue = engine_.FindQueue(kTopics[draw_.Below(kTopics.size())]);
    if (draw_.Percent(kSpeakFrench)) customer.route.skills.Add(engine_.FindSkill("french"));
    if (draw_.Percent(kImportant)) customer.route.priority = kImportantPriority;
    customers_.push_back(customer);
    return customers_.size() - 1;
  }

  const Customer& operator[](size_t number) const { return customers_[number]; }

  // Whose conversation it is.
  size_t Of(ConversationId id) const {
    return static_cast<size_t>(*ToNumber(engine_.CustomerOf(id), 0, INT64_MAX));
  }

  // How many are new in this minute.
  uint64_t ArrivalsAt(int64_t day, size_t hour) {
    const uint64_t expected = ArrivalsIn1000Minutes(day, hour);
    return expected / 1000 + (draw_.Below(1000) < expected % 1000 ? 1 : 0);
  }

  // When he replies to an agent who has left: in minutes, days or weeks.
  Duration ReplyDelay() {
    const uint64_t kind = draw_.Below(10);
    if (kind < 4) return draw_.Between(10min, 6h);
    return kind < 8 ? draw_.Between(6h, 6 * kDay) : draw_.Between(6 * kDay, 28 * kDay);
  }

 private:
  Medium DrawMedium() {
    uint64_t left = draw_.Below(100);
    size_t i = 0;
    for (; left >= kQuarterMedia[i].share; ++i) left -= kQuarterMedia[i].share;
    return kQuarterMedia[i].medium;
  }

  const Engine& engine_;
  Draw& draw_;
  std::vector<Customer> customers_;
};

}  // namespace parley::examples

#endif  // PARLEY_EXAMPLES_QUARTER_CUSTOMERS_H_
