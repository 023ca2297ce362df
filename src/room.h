// src/room.h — memory is taken before a step, never in it.
//
// A step is what follows from one command, one timer or one offer. If memory ran out in the middle
// of it, something would be half done. So before each step there is made room for whatever it may
// add; while it runs, nothing is allocated. Where there is no memory std::bad_alloc comes before
// the step has begun: nothing of it is done.

#ifndef PARLEY_SRC_ROOM_H_
#define PARLEY_SRC_ROOM_H_

#include <cstdint>
#include <variant>

#include "parley/engine/engine.h"
#include "parley/model/command.h"
#include "state.h"

namespace parley::internal {

// Room for one step, in which something happens to so many conversations or agents beside the one
// that it is about. O(1) but for the memory; mostly one comparison, for room is made for many steps
// at a time.
void MakeRoom(State& s, uint64_t others = 0);

// Room for this command, for what falls due first, for the offers of a task; for one more agent,
// queue, version of a workflow. Requires: the command is not refused.
void MakeRoomFor(State& s, const Command& command);
void MakeRoomFor(State& s, const DueTimer& due);
void MakeRoomFor(State& s, TaskId task);
void MakeRoomForAgent(State& s);
void MakeRoomForQueue(State& s, Queue& queue);
void MakeRoomForCourse(State& s);

// Room for what is expected, and for a step beyond.
void Reserve(State& s, const Expected& expected);

}  // namespace parley::internal

#endif  // PARLEY_SRC_ROOM_H_
