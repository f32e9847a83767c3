import { type Given } from "../../../cases";
import { type Inputs } from "../../../stack";

export const CLUSTER = "aws:eks/cluster:Cluster";

export function cluster(inputs: Inputs): Given {
  return (stack) => stack.add(CLUSTER, "main", inputs);
}
