import { requestCpu } from "../load";
import { sizesFor } from "../targets/fargate";
import { fitsInstance, oneCopyCarries } from "../targets/instances";
import { type Case } from "../types";
import { type PlacementRule } from "./rule";

const copy = ({ demand }: Case) => `a copy of ${demand.memory} MiB, and ${requestCpu(demand)} vCPU for a request`;

/** What tasks, pods and instances can't do. */
export const CONTAINER_RULES: readonly PlacementRule[] = [
  {
    id: "task-size",
    targets: ["fargate", "fargate-job"],
    says: "A Fargate task has at most 16 vCPU and 120 GiB.",
    excludes: (subject) => (sizesFor(subject).length > 0 ? undefined : `no task size holds ${copy(subject)}`),
  },
  {
    id: "instance-size",
    targets: ["ecs", "eks", "eks-stateful"],
    says: "A copy fits on one instance.",
    excludes: (subject) => (fitsInstance(subject) ? undefined : `no instance type holds ${copy(subject)}`),
  },
  {
    id: "one-copy",
    targets: ["eks-stateful"],
    says: "A disk belongs to one copy, which carries the whole peak.",
    excludes: (subject) =>
      subject.shape.volumes > 0 && fitsInstance(subject) && !oneCopyCarries(subject)
        ? "one copy can't carry the peak, and its disk can't be shared"
        : undefined,
  },
  {
    id: "nobody-runs-instances",
    targets: ["ecs"],
    says: "ECS on EC2 pays where a team looks after the instances.",
    excludes: ({ environment }) => (environment.runsInstances ? undefined : "nobody looks after instances in this environment"),
  },
];
