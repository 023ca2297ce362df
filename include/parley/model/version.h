// Floor 3 · model/version.h — which client may leave and pause what (R-VG, E-12).
//
// Threads    Plain values and pure functions.

#ifndef PARLEY_MODEL_VERSION_H_
#define PARLEY_MODEL_VERSION_H_

#include <compare>
#include <cstdint>

#include "parley/model/medium.h"

namespace parley {

// The version of an agent's client. 0.0.0 stands for "not given", which closes no gate.
struct Version {
  uint16_t major = 0;
  uint16_t minor = 0;
  uint16_t patch = 0;

  constexpr explicit operator bool() const { return *this != Version(); }
  friend constexpr auto operator<=>(const Version&, const Version&) = default;
};

// R-VG-01 to 03, E-12: email Leave from 2.5.0, email Pause from 2.7.0, other media from 2.11.0.
constexpr bool CanLeave(Version client, Medium medium) {
  if (!client) return true;
  return client >= (medium == Medium::kEmail ? Version{2, 5, 0} : Version{2, 11, 0});
}
constexpr bool CanPause(Version client, Medium medium) {
  if (!client) return true;
  return client >= (medium == Medium::kEmail ? Version{2, 7, 0} : Version{2, 11, 0});
}
// R-VG-04: from 2.11.0 a client shows when a paused item will be reassigned.
constexpr bool ShowsReassignment(Version client) { return !client || client >= Version{2, 11, 0}; }

// R-VG-05: exactly 2.12.0 cannot be told by a program to leave, pause or resume.
constexpr bool AllowsPrograms(Version client) { return client != Version{2, 12, 0}; }

}  // namespace parley

#endif  // PARLEY_MODEL_VERSION_H_
