import { type AlarmSpec } from "../alarm-spec";
import { type ObservedService } from "../observed-service";
import { internalSpecs, tcpSpecs } from "./http";
import { taskSpecs } from "./tasks";

/**
 * The alarms of a service that its workload did not bring with it: a function and a job bring all of theirs.
 * @param latencyTarget milliseconds under which requests must be answered.
 */
export function serviceSpecs({ runtime, requests }: ObservedService, latencyTarget: number): AlarmSpec[] {
  switch (runtime.on) {
    case "tasks":
      return [
        ...taskSpecs(runtime),
        ...(requests?.counted === "service connect" ? internalSpecs(requests.discoveryName, latencyTarget) : []),
      ];
    case "pods":
      return runtime.tcp.flatMap((target) => tcpSpecs(target.port, target));
    case "function":
    case "runs":
      return [];
  }
}

/** Why a service has no alarm of its own; undefined when it has some. */
export function whyServiceUnwatched(service: ObservedService): string | undefined {
  if (service.alarms.length > 0 || serviceSpecs(service, 1).length > 0) return undefined;
  if (service.runtime.on !== "pods") throw new Error(`service ${service.name} has no alarms, and nobody says why`);
  return "CloudWatch knows nothing of a pod that only other pods call; its cluster is watched, and it is on the dashboards of Grafana";
}
