// Reading a workflow.

#include "workflow.h"

#include <algorithm>
#include <utility>

namespace parley::model {
namespace {

class Reader {
 public:
  Reader(std::string_view definition, const Names& names)
      : definition_(definition), names_(names) {}

  Refused Read(Course& out) {
    Value root;
    if (const auto wrong = ReadJson(definition_, root)) return Invalid(*wrong);
    const Value routing = At(root, {"task_routing"});
    Keys(routing, {"filters", "default_filter", "timeout_mode"}, out);
    out.per_step = At(routing, {"timeout_mode"}).text == "per_target";
    for (const Value& filter : At(routing, {"filters"}).elements) ReadFilter(filter, out);
    const Value otherwise = At(routing, {"default_filter"});
    if (otherwise.type == Value::kObject) {
      Keys(otherwise, {"queue", "expression", "priority", "order_by", "skills"}, out);
      out.otherwise = ReadStep(otherwise, QueueId());
    }
    if (out.filters.empty() && !out.otherwise) {
      return Invalid(definition_.find('{', definition_.find("task_routing")));
    }
    return refused_;
  }

 private:
  static Refused Invalid(size_t at) {
    return {Refusal::kWorkflowInvalid, kUnlimited, static_cast<uint32_t>(at)};
  }
  void Refuse(Refused refused) {
    if (refused_ == Refused()) refused_ = refused;
  }
  void Wrong(std::optional<uint32_t> at) {
    if (at) Refuse({Refusal::kExpressionInvalid, kUnlimited, *at});
  }
  static void Keys(const Value& object, std::initializer_list<std::string_view> known,
                   Course& out) {
    for (const auto& [key, value] : object.members) {
      if (std::ranges::find(known, key) == known.end()) ++out.unknown_keys;
    }
  }

  void ReadFilter(const Value& filter, Course& out) {
    Keys(filter, {"filter_friendly_name", "expression", "targets"}, out);
    Filter& read = out.filters.emplace_back();
    Wrong(ReadCondition(At(filter, {"expression"}).text, Scope::kTask, read.takes));
    QueueId queue;
    for (const Value& target : At(filter, {"targets"}).elements) {
      Keys(target,
           {"queue", "expression", "timeout", "priority", "skip_if", "order_by", "skills",
            "known_worker_friendly_name", "known_worker_sid", "known_worker_unknown"},
           out);
      read.steps.push_back(ReadStep(target, queue));
      queue = read.steps.back().queue;
    }
  }

  // In the queue of the step before it if it names none (F3).
  Step ReadStep(const Value& target, QueueId before) {
    Step step;
    step.queue = before;
    if (const std::string queue = At(target, {"queue"}).text; !queue.empty()) {
      step.queue = names_.queue(queue);
      if (!step.queue) Refuse({Refusal::kNotFound});
    }
    for (const Value& name : At(target, {"skills"}).elements) {
      const SkillId skill = names_.skill(name.text);
      if (!skill) Refuse({Refusal::kNotFound});
      if (skill) step.skills.Add(skill);
    }
    const Value priority = At(target, {"priority"});
    if (priority.IsNumber()) step.priority = static_cast<int32_t>(priority.number);
    step.timeout = Duration(At(target, {"timeout"}).Thousandths());
    Wrong(ReadCondition(At(target, {"expression"}).text, Scope::kTarget, step.wants));
    if (const std::string skip = At(target, {"skip_if"}).text; !skip.empty()) {
      Wrong(ReadCondition(skip, Scope::kSkip, step.skip_if.emplace()));
    }
    if (const std::string order = At(target, {"order_by"}).text; !order.empty()) {
      Wrong(ReadOrderBy(order, step.order.emplace()));
    }
    ReadKnown(target, step);
    return step;
  }

  static void ReadKnown(const Value& target, Step& step) {
    std::string known = At(target, {"known_worker_friendly_name"}).text;
    if (known.empty()) {
      known = At(target, {"known_worker_sid"}).text;
      step.known_by_id = true;
    }
    if (known.starts_with("task.")) known.erase(0, 5);
    for (size_t dot = 0; !known.empty(); known.erase(0, dot + 1)) {
      dot = std::min(known.find('.'), known.size());
      step.known.push_back(known.substr(0, dot));
      if (dot == known.size()) break;
    }
    step.skip_unknown = At(target, {"known_worker_unknown"}).text == "skip";
  }

  std::string_view definition_;
  const Names& names_;
  Refused refused_;
};

}  // namespace

Refused ReadCourse(std::string_view definition, const Names& names, Course& out) {
  return Reader(definition, names).Read(out);
}

QueueId FirstQueue(const Course& course) {
  return course.filters.empty() ? course.otherwise->queue : course.filters[0].steps[0].queue;
}

}  // namespace parley::model
