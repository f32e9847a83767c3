import { type PlacementRule } from "./rule";

/** Rules about services that need more control than a function or a task gives. */
export const CONTROL_RULES: readonly PlacementRule[] = [
  {
    id: "tcp-wants-kubernetes",
    targets: ["lambda", "fargate", "fargate-job", "ecs"],
    says: "ECS is good for HTTP and awkward for raw TCP; EKS takes both.",
    excludes: ({ shape }) => (shape.tcp !== undefined || shape.rawPort ? "it speaks raw TCP" : undefined),
  },
  {
    id: "ports-want-kubernetes",
    targets: ["lambda", "fargate", "fargate-job", "ecs"],
    says: "ECS is awkward for several ports; EKS takes any number.",
    excludes: ({ shape }) => (shape.ports > 1 ? `it listens on ${shape.ports} ports` : undefined),
  },
  {
    id: "shared-host-wants-kubernetes",
    targets: ["lambda", "fargate", "fargate-job", "ecs"],
    says: "Only Kubernetes keeps rules on which services share a host.",
    excludes: ({ shape }) =>
      shape.together.length > 0
        ? `its copies must share a host with ${shape.together.join(" and ")}`
        : shape.apart.length > 0
          ? `its copies must not share a host with ${shape.apart.join(" or ")}`
          : undefined,
  },
  {
    id: "hybrid-wants-kubernetes",
    targets: ["lambda", "fargate", "fargate-job", "ecs"],
    says: "What also runs in another datacentre or cloud runs on Kubernetes in both.",
    excludes: ({ shape }) => (shape.hybrid ? "it also runs outside AWS" : undefined),
  },
];
