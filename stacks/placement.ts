import { type FargateSizing } from "../components/compute/fargate-place";
import { type Descriptor, type Target } from "../components/service/descriptor";
import { type EnvironmentConfig } from "./environment";

export interface Placement {
  readonly target: Target;
  readonly reason: string;
  readonly sizing: FargateSizing;
}
export function placeServices(descriptors: readonly Descriptor[], environment: EnvironmentConfig): Placement[] {
  return descriptors.map((d) => ({
    target: "image" in d.run ? "fargate" : "lambda",
    reason: "tmp",
    sizing: {
      cpu: 256,
      memory: 512,
      minimumCopies: environment.compute.minimumCopies,
      maximumCopies: environment.compute.maximumCopies,
      requestsPerMinute: 1000,
    },
  }));
}
