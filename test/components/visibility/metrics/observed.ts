import type * as pulumi from "@pulumi/pulumi";
import { type Network } from "../../../../components/network/network";
import { type Descriptor, type Target } from "../../../../components/service/descriptor";
import { ServiceIdentity } from "../../../../components/service/identity";
import { type ObservedWorkload } from "../../../../components/visibility/telemetry";
import { TEST_CONTEXT } from "../../../harness";
import { descriptor, IMAGE } from "../../compute/ecs-fixture";
import { createNetwork } from "../../compute/on-cluster";

const networks = new WeakMap<pulumi.Resource, Network>();

/** The network below a resource: one for all workloads of a test. */
function networkOf(parent: pulumi.Resource): Network {
  const known = networks.get(parent) ?? createNetwork({ parent });
  networks.set(parent, known);
  return known;
}

/** A workload that is about to be made. */
export function observed(
  { name, target, place = "auto" }: { readonly name: string; readonly target: Target; readonly place?: Descriptor["place"] },
  parent: pulumi.Resource,
): ObservedWorkload {
  const identity = new ServiceIdentity(
    name,
    { context: TEST_CONTEXT, network: networkOf(parent), runsAs: "ecs-tasks.amazonaws.com", internetReasons: [] },
    { parent },
  );
  return { descriptor: descriptor({ name, run: { image: IMAGE, port: 8080, health: "/" }, place }), target, identity, parent };
}
