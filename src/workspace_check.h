// src/workspace_check.h — whether a workspace fits an engine, asked before anything is done to it.

#ifndef PARLEY_SRC_WORKSPACE_CHECK_H_
#define PARLEY_SRC_WORKSPACE_CHECK_H_

#include "absl/status/status.h"
#include "parley/annex/workspace.h"

namespace parley::internal {

// Every expression reads. The status names the object, the place in its text, and what was
// expected.
absl::Status CheckExpressions(const Workspace& workspace);

// Nothing is there already that the workspace makes, and there is room for it.
absl::Status CheckConflicts(const Workspace& workspace, const Engine& engine);

}  // namespace parley::internal

#endif  // PARLEY_SRC_WORKSPACE_CHECK_H_
