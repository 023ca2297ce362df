// examples/nightly_check.h — looks at an engine every night: does every invariant hold?

#ifndef PARLEY_EXAMPLES_NIGHTLY_CHECK_H_
#define PARLEY_EXAMPLES_NIGHTLY_CHECK_H_

#include <chrono>
#include <cstdint>

#include "absl/status/status.h"
#include "parley/engine/engine.h"

namespace parley::examples {

class NightlyCheck {
 public:
  void Look(const Engine& engine) {
    const auto begin = std::chrono::steady_clock::now();
    ++nights_;
    status_.Update(engine.Audit());
    digest_ = (digest_ ^ engine.Digest()) * kPrime;
    seconds_ += std::chrono::steady_clock::now() - begin;
  }

  uint64_t nights() const { return nights_; }
  const absl::Status& status() const { return status_; }  // Of the first night that was not OK.
  uint64_t digest() const { return digest_; }             // Of all nights.
  double seconds() const { return seconds_.count(); }     // That looking took.

 private:
  static constexpr uint64_t kPrime = 0x100000001b3;  // Of FNV.

  uint64_t nights_ = 0;
  absl::Status status_;
  uint64_t digest_ = 0;
  std::chrono::duration<double> seconds_{};
};

}  // namespace parley::examples

#endif  // PARLEY_EXAMPLES_NIGHTLY_CHECK_H_
