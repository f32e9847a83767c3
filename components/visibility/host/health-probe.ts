import { AWS_CLI_IMAGE } from "../../../facts/aws-cli";
import { type TaskContainer } from "../../compute/ecs-task-definition";
import { type HostedHealth } from "./host";

/** MiB of the container that asks after the others. */
export const PROBE_MEMORY = 64;

function probe(health: HostedHealth): string[] {
  const connect = `exec 3<>/dev/tcp/127.0.0.1/${health.port}`;
  if (health.kind === "tcp") return [connect, "exec 3>&-"];
  return [
    connect,
    `printf 'GET %s HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' '${health.path}' >&3`,
    "IFS= read -r status <&3",
    'case "$status" in HTTP/*" 2"[0-9][0-9]*) ;; *) exit 1 ;; esac',
    "exec 3>&-",
  ];
}

/** A bash script that ends with 0 when everything answers. */
export function probeScript(healths: readonly HostedHealth[]): string {
  return ["set -e", ...healths.flatMap(probe)].join("\n");
}

/**
 * A container that asks after the others of its task, which share its network: an image need not hold a tool to check itself with, and ECS
 * knows no other check than a command in a container. When what it asks does not answer, ECS replaces the task.
 */
export function healthProbe(healths: readonly HostedHealth[]): TaskContainer[] {
  if (healths.length === 0) return [];
  return [
    {
      name: "health",
      image: AWS_CLI_IMAGE.image,
      entryPoint: ["sleep", "infinity"],
      memory: PROBE_MEMORY,
      writable: [],
      variables: {},
      healthCommand: ["bash", "-c", probeScript(healths)],
    },
  ];
}
