import { COMPUTE_KINDS } from "./compute-kinds";
import type { EndpointKind } from "./endpoint-kind";
import { STORE_KINDS } from "./store-kinds";

/** Every type that stands in a VPC, and where its groups, subnets and ports are. Another type is one more row. */
export const ENDPOINT_KINDS: readonly EndpointKind[] = [...COMPUTE_KINDS, ...STORE_KINDS];
