// src/workflow_json.h — workflows inside larger documents: see routing/workflow.h for one alone.

#ifndef PARLEY_SRC_WORKFLOW_JSON_H_
#define PARLEY_SRC_WORKFLOW_JSON_H_

#include <functional>
#include <string>
#include <vector>

#include "json_tree.h"
#include "parley/routing/workflow.h"

namespace parley::internal {

// Makes the text with which a document names a queue the queue's name; false if it names none.
using QueueNames = std::function<bool(std::string& queue)>;

// The workflow that stands at `pointer`. Keys that mean nothing are appended to `unknown`.
Workflow ReadWorkflow(const Json& json, std::string pointer, const QueueNames& queues,
                      std::vector<std::string>& unknown, JsonProblem& problem);

Json WorkflowTree(const Workflow& workflow);

}  // namespace parley::internal

#endif  // PARLEY_SRC_WORKFLOW_JSON_H_
