// Reroute policies drawn from a seed: the ready-made ones, and one that means no good.

#ifndef PARLEY_TESTS_DRAW_POLICY_H_
#define PARLEY_TESTS_DRAW_POLICY_H_

#include <memory>

#include "draw.h"

namespace parley {

// Decides anything at all, but always the same for the same request.
class HostilePolicy final : public ReroutePolicy {
 public:
  explicit HostilePolicy(uint64_t seed) : seed_(seed) {}

  RerouteDecision Decide(const RerouteRequest& r) const override {
    Draw draw(seed_ ^ Fold(r));
    RerouteDecision d = r.usual;
    if (draw.OneIn(3)) return d;
    d.action = static_cast<RerouteAction>(draw.Below(CountOf<RerouteAction>()));
    if (draw.OneIn(12)) d.action = static_cast<RerouteAction>(draw.Bits());
    if (draw.OneIn(4))
      d.over_by = draw.OneIn(3) ? kUnlimited : static_cast<uint32_t>(draw.Below(3));
    if (draw.OneIn(6)) d.queue = Made<QueueId>(draw);
    if (draw.OneIn(8)) d.skills.Add(SkillId::Make(static_cast<uint32_t>(draw.Below(6)), 0));
    if (draw.OneIn(4)) d.priority = static_cast<int32_t>(draw.Bits());
    d.keep_age = draw.OneIn(2);
    d.agent = draw.OneIn(2) ? r.last_agent : Made<AgentId>(draw);
    if (draw.OneIn(8)) d.agent = AgentId{draw.Bits()};
    d.agent_for = Duration(draw.OneIn(6) ? static_cast<int64_t>(draw.Bits()) : draw.Between(-1, 4));
    if (draw.OneIn(2)) d.exclude = Made<AgentId>(draw);
    d.deadline = Duration(draw.OneIn(6) ? static_cast<int64_t>(draw.Bits()) : draw.Between(0, 4));
    d.when_silent = static_cast<WhenSilent>(draw.Below(CountOf<WhenSilent>()));
    if (draw.OneIn(12)) d.when_silent = static_cast<WhenSilent>(draw.Bits());
    return d;
  }

 private:
  static uint64_t Fold(const RerouteRequest& r) {
    Digest64 digest;
    for (const uint64_t word :
         {static_cast<uint64_t>(r.cause), r.conversation.value, r.last_agent.value, r.owner.value,
          r.queue.value, static_cast<uint64_t>(r.priority),
          static_cast<uint64_t>(r.parked_for.count()), uint64_t{r.attempts}}) {
      digest.Add(word);
    }
    return digest.value();
  }
  template <class IdType>
  static IdType Made(Draw& draw) {
    const auto slot = static_cast<uint32_t>(draw.Below(5));
    return IdType::Make(slot, static_cast<uint32_t>(draw.OneIn(4) ? draw.Below(4) : 0));
  }

  uint64_t seed_;
};

inline std::unique_ptr<ReroutePolicy> SomePolicy(Draw& draw) {
  const Duration a_while(draw.OneIn(2) ? draw.Between(1, 4) : draw.OfAnySize(24));
  const auto silent = static_cast<WhenSilent>(draw.Below(CountOf<WhenSilent>()));
  switch (draw.Below(5)) {
    case 0:
      return std::make_unique<DefaultReroute>();
    case 1:
      return std::make_unique<PreferLastAgent>(a_while);
    case 2:
      return std::make_unique<AskTheHost>(a_while, silent);
    default:
      return std::make_unique<HostilePolicy>(draw.Bits());
  }
}

}  // namespace parley

#endif  // PARLEY_TESTS_DRAW_POLICY_H_
