import type { StackGraph } from "../graph";
import { POD_TYPES } from "../pods";
import { every, isObject, read, type Reading, readPath, type Resource, type StackResource, text, type Tri } from "../resource";

const POD = "kubernetes:core/v1:Pod";
const CRON_JOB = "kubernetes:batch/v1:CronJob";

/** The labels that the pods of a workload have. */
export function podLabels(workload: Resource): Reading {
  if (workload.type === POD) return read(workload, "metadata.labels");
  return read(workload, workload.type === CRON_JOB ? "spec.jobTemplate.spec.template.metadata.labels" : "spec.template.metadata.labels");
}

/** Whether labels are all that a selector asks for. An empty selector asks for nothing. */
export function selects(selector: Reading, labels: Reading): Tri {
  if (selector.state === "unknown") return undefined;
  const wanted = selector.state === "known" && isObject(selector.value) ? Object.keys(selector.value) : [];
  return every(
    wanted.map((key) => {
      const [asked, given] = [valueAt(selector, key), valueAt(labels, key)];
      if (asked.state === "unknown" || given.state === "unknown") return undefined;
      return text(asked) !== undefined && text(asked) === text(given);
    }),
  );
}

/** Labels that a selector asks for and that are not there for certain, such as `app=orders`. */
export function missingLabels(selector: Reading, labels: Reading): string[] {
  if (selector.state !== "known" || !isObject(selector.value)) return [];
  return Object.keys(selector.value).flatMap((key) => {
    const [asked, given] = [valueAt(selector, key), valueAt(labels, key)];
    if (asked.state === "unknown" || given.state === "unknown" || text(asked) === text(given)) return [];
    return [`${key}=${text(asked) ?? ""}`];
  });
}

/** The workloads of the stack whose pods a selector of an object selects, in the object's namespace; `open` when there may be others. */
export function selected(
  object: StackResource,
  selector: Reading,
  graph: StackGraph,
): { readonly workloads: readonly StackResource[]; readonly open: boolean } {
  const answers = graph.once(workloads).map((workload) => ({
    workload,
    answer: every([sameNamespace(object, workload), selects(selector, podLabels(workload))]),
  }));
  return {
    workloads: answers.filter(({ answer }) => answer === true).map(({ workload }) => workload),
    open: answers.some(({ answer }) => answer === undefined),
  };
}

function workloads(graph: StackGraph): readonly StackResource[] {
  return graph.ofType(...POD_TYPES);
}

function sameNamespace(one: StackResource, other: StackResource): Tri {
  const [first, second] = [read(one, "metadata.namespace"), read(other, "metadata.namespace")];
  if (first.state === "unknown" || second.state === "unknown") return undefined;
  return one.provider === other.provider && (text(first) ?? "default") === (text(second) ?? "default");
}

function valueAt(labels: Reading, key: string): Reading {
  return labels.state === "known" ? readPath(labels.value, `["${key}"]`) : labels;
}
