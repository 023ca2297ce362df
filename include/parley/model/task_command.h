// Floor 3 · model/task_command.h — commands about tasks and reservations.

#ifndef PARLEY_MODEL_TASK_COMMAND_H_
#define PARLEY_MODEL_TASK_COMMAND_H_

#include <cstdint>
#include <string_view>
#include <tuple>

#include "parley/base/describe.h"
#include "parley/base/ids.h"
#include "parley/base/time.h"
#include "parley/model/route.h"

namespace parley {

// A task for an open conversation that has none: the host's own routing, also the answer to
// CustomRoutingRequested. No queue: the conversation's own. Refuses: kHasLiveTask, kWrongState,
// kOutOfRange, kLimitReached.
struct CreateTask {
  ConversationId conversation{};
  Direct direct{};
  Route route{};
  friend bool operator==(const CreateTask&, const CreateTask&) = default;
  static constexpr std::string_view kName = "create-task";
  static constexpr auto kFields =
      std::tuple(Arg("conversation", &CreateTask::conversation), Arg("direct", &CreateTask::direct),
                 Arg("route", &CreateTask::route));
};

// The other answer to CustomRoutingRequested: nothing. The conversation stays open, marked as an
// orphan, until the customer writes or the host makes a task or closes it. Refuses: kNotAsked.
struct IgnoreRouting {
  ConversationId conversation{};
  friend bool operator==(const IgnoreRouting&, const IgnoreRouting&) = default;
  static constexpr std::string_view kName = "ignore-routing";
  static constexpr auto kFields = std::tuple(Arg("conversation", &IgnoreRouting::conversation));
};

// Changes where a waiting or offered task goes; its age stays, plus route.waited. An offer to an
// agent who does not fit any more is rescinded; but if the task goes through a workflow, it stands,
// and the task begins at the top when it fails. Refuses: kWrongState (for an invitation, too),
// kOutOfRange.
struct UpdateTask {
  TaskId task{};
  Route route{};
  friend bool operator==(const UpdateTask&, const UpdateTask&) = default;
  static constexpr std::string_view kName = "update-task";
  static constexpr auto kFields =
      std::tuple(Arg("task", &UpdateTask::task), Arg("route", &UpdateTask::route));
};

// Takes back a task that nobody has accepted. Refuses: kWrongState (B1 T8, T14).
struct CancelTask {
  TaskId task{};
  friend bool operator==(const CancelTask&, const CancelTask&) = default;
  static constexpr std::string_view kName = "cancel-task";
  static constexpr auto kFields = std::tuple(Arg("task", &CancelTask::task));
};

// The last act of wrap-up (R-WR-04); an assigned task can be completed without it. The agent must
// be the task's; none is the host, or a supervisor (P3). Refuses: kNotOwner, kWrongState.
struct Complete {
  TaskId task{};
  AgentId agent{};
  friend bool operator==(const Complete&, const Complete&) = default;
  static constexpr std::string_view kName = "complete";
  static constexpr auto kFields =
      std::tuple(Arg("task", &Complete::task), Arg("agent", &Complete::agent));
};

// The agent says yes; with `hold`, the medium is still to come. Refuses: kGone when the offer has
// ended, kWrongState when it was accepted before.
struct Accept {
  ReservationId reservation{};
  bool hold = false;
  friend bool operator==(const Accept&, const Accept&) = default;
  static constexpr std::string_view kName = "accept";
  static constexpr auto kFields =
      std::tuple(Arg("reservation", &Accept::reservation), Opt("hold", &Accept::hold));
};

// The agent says no, and may say which activity he goes to. Refuses: as Accept.
struct Decline {
  ReservationId reservation{};
  ActivityId activity{};
  friend bool operator==(const Decline&, const Decline&) = default;
  static constexpr std::string_view kName = "decline";
  static constexpr auto kFields =
      std::tuple(Arg("reservation", &Decline::reservation), Opt("activity", &Decline::activity));
};

// The medium of an offer on hold works, or does not. Refuses: as Accept.
struct MediaReady {
  ReservationId reservation{};
  friend bool operator==(const MediaReady&, const MediaReady&) = default;
  static constexpr std::string_view kName = "media-ready";
  static constexpr auto kFields = std::tuple(Arg("reservation", &MediaReady::reservation));
};
struct MediaFailed {
  ReservationId reservation{};
  friend bool operator==(const MediaFailed&, const MediaFailed&) = default;
  static constexpr std::string_view kName = "media-failed";
  static constexpr auto kFields = std::tuple(Arg("reservation", &MediaFailed::reservation));
};

}  // namespace parley

#endif  // PARLEY_MODEL_TASK_COMMAND_H_
