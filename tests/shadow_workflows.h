// What events say about workflows, and about tasks on their way through one.

#ifndef PARLEY_TESTS_SHADOW_WORKFLOWS_H_
#define PARLEY_TESTS_SHADOW_WORKFLOWS_H_

#include "shadow_conversations.h"

namespace parley {

class ShadowWorkflows : protected ShadowConversations {
 protected:
  explicit ShadowWorkflows(Shadow& shadow) : ShadowConversations(shadow) {}
  using ShadowConversations::On;

  void On(const WorkflowAdded& e) {
    s_.workflows[e.workflow] = CommandAs<AddWorkflow>()->reservation_timeout;
  }
  void On(const WorkflowUpdated& e) {
    s_.workflows[e.workflow] = CommandAs<UpdateWorkflow>()->reservation_timeout;
  }
  void On(const WorkflowRemoved& e) { s_.workflows.erase(e.workflow); }

  void On(const WorkflowEntered& e) {
    ShadowTask& task = s_.At(e.task);
    s_.Expect(s_.workflows.contains(e.workflow), "a workflow that is not there", e.task);
    task.workflow = e.workflow;
    task.filter = task.step = 0;
  }
  void On(const StepEntered& e) {
    ShadowTask& task = s_.At(e.task);
    const bool same = e.filter == task.filter && task.step > 0;
    s_.Expect(task.workflow && e.step == (same ? task.step + 1 : 1), "steps in turn", e.task);
    s_.Expect(same || e.filter == 0 || e.filter > task.filter, "filters in turn", e.task);
    s_.Expect(!e.from || (e.from == task.queue && e.from != e.queue), "from a queue", e.task);
    task.filter = e.filter;
    task.step = e.step;
    task.queue = e.queue;
  }
  void On(const StepTimedOut& e) { Leaves(e); }
  void On(const StepSkipped& e) { Leaves(e); }
  void On(const WorkflowTimedOut& e) {
    s_.Expect(s_.At(e.task).workflow == e.workflow, "another workflow's end", e.task);
  }

  Duration OfferTimeout(const ShadowTask& task) {
    const Duration own = task.workflow ? s_.workflows[task.workflow] : Duration::zero();
    return own > Duration::zero() ? own : s_.settings.reservation.timeout;
  }
  static void LeaveWorkflow(ShadowTask& task) { task.workflow = WorkflowId{}; }

 private:
  template <class E>
  void Leaves(const E& e) {
    const ShadowTask& task = s_.At(e.task);
    s_.Expect(task.state == TaskState::kPending, "goes on, and not pending", e.task);
    s_.Expect(task.filter == e.filter && task.step == e.step && task.queue == e.queue,
              "leaves a step that it is not in", e.task);
  }
};

}  // namespace parley

#endif  // PARLEY_TESTS_SHADOW_WORKFLOWS_H_
