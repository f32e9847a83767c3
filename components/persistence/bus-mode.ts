import { type Fault } from "../faults";

/** The systems of the message bus. */
export const BUS_SYSTEMS = ["kafka", "activemq", "rabbitmq", "cache"] as const;
export type BusSystem = (typeof BUS_SYSTEMS)[number];

/**
 * Who runs a message bus. `managed`: AWS. `self-managed`: the team, on the container platform. `adopted`: it exists already, here or elsewhere,
 * and only its endpoint is known.
 */
export const BUS_MODES = ["managed", "self-managed", "adopted"] as const;
export type BusMode = (typeof BUS_MODES)[number];

/** What an environment says of one system. */
export interface BusChoice {
  readonly system: BusSystem;
  readonly mode: BusMode;
  /** True when the address and the login of something that exists are given. */
  readonly hasEndpoint: boolean;
  readonly durable: boolean;
}

/** Systems that this platform runs by itself on the container platform; it makes no brokers with disks. */
const RUN_HERE: ReadonlySet<BusSystem> = new Set(["cache"]);

/** True when the system is not made here: only its endpoint comes in. */
export function isEndpointOnly({ system, mode }: Pick<BusChoice, "system" | "mode">): boolean {
  return mode === "adopted" || (mode === "self-managed" && !RUN_HERE.has(system));
}

/** What is wrong with how a system is to be run. */
export function modeFaults(key: string, choice: BusChoice): Fault[] {
  const { system, mode, hasEndpoint, durable } = choice;
  if (isEndpointOnly(choice) && !hasEndpoint)
    return [
      {
        key: `${key}.endpoint`,
        what:
          mode === "adopted"
            ? "is missing for a system that exists already"
            : `is missing: a self-managed ${system} runs on EKS by a chart or operator of yours, and comes in by its endpoint`,
        right: "give its address, its security group and its login",
      },
    ];
  if (!isEndpointOnly(choice) && hasEndpoint)
    return [
      { key: `${key}.endpoint`, what: `is given for a system that is made here (${mode})`, right: "leave it out, or say mode: adopted" },
    ];
  if (mode === "self-managed" && durable)
    return !isEndpointOnly(choice)
      ? [{ key: `${key}.mode`, what: "is one task, a single point of failure in a durable environment", got: mode, right: "say managed" }]
      : [];
  return [];
}
