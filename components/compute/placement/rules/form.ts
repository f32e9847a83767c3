import { TARGETS } from "../../../service/descriptor";
import { type PlacementRule } from "./rule";

const SERVERS = ["fargate", "ecs", "eks", "eks-stateful"] as const;

/** Rules about what a service is made of. */
export const FORM_RULES: readonly PlacementRule[] = [
  {
    id: "needs-handler",
    obvious: true,
    targets: ["lambda"],
    says: "Lambda calls a handler; it doesn't run a container that serves by itself.",
    excludes: ({ shape }) => (shape.handler ? undefined : "it has no handler to call"),
  },
  {
    id: "needs-image",
    obvious: true,
    targets: TARGETS.filter((target) => target !== "lambda"),
    says: "Everything but Lambda runs a container image.",
    excludes: ({ shape }) => (shape.image ? undefined : "it has no container image"),
  },
  {
    id: "job-ends",
    targets: SERVERS,
    says: "A job runs to its end; a cluster sized for its peak would stand idle between runs.",
    excludes: ({ shape }) => (shape.job ? "it is a job: it runs to its end and is gone between runs" : undefined),
  },
  {
    id: "service-stays",
    obvious: true,
    targets: ["fargate-job"],
    says: "A service has to be there when it is called; a job is not.",
    excludes: ({ shape }) => (shape.job ? undefined : "it is no job: it serves until it is stopped"),
  },
  {
    id: "events-start-nothing-running",
    targets: SERVERS,
    says: "An upload or a schedule starts a function or a job; a container that runs all the time can't be started by it.",
    excludes: ({ shape }) => {
      const starter = shape.triggers.find((trigger) => trigger === "upload" || trigger === "schedule");
      return starter && !shape.job
        ? `${starter === "upload" ? "an upload" : "a schedule"} starts it, which can't start what already runs`
        : undefined;
    },
  },
  {
    id: "state-is-legacy",
    targets: ["lambda", "fargate", "fargate-job", "ecs", "eks"],
    says: "Only a legacy workload keeps state on a disk, and only a StatefulSet gives it one that follows it.",
    excludes: ({ shape }) => (shape.volumes > 0 ? "it keeps state on a persistent volume" : undefined),
  },
  {
    id: "no-state-in-containers",
    obvious: true,
    targets: ["eks-stateful"],
    says: "A microservice keeps no state in its container; a StatefulSet is for legacy workloads only.",
    excludes: ({ shape }) => (shape.volumes > 0 ? undefined : "it keeps no state in its container"),
  },
];
