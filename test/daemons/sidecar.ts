import { type Sidecar } from "../../components/visibility/telemetry";
import { type LocalHost } from "./hosted";

/** A sidecar as a program, with what ECS sets in every container. */
export function asProgram(
  { name, image, command, variables }: Sidecar,
  environment: Readonly<Record<string, string>>,
): Parameters<LocalHost["run"]>[0] {
  return {
    name,
    containers: [{ name, image, command, environment: { ...variables, ...environment }, cpu: 32, memoryMib: 64 }],
    replicas: 1,
    user: 1_000,
    files: {},
  };
}
