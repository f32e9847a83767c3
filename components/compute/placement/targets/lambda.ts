import { inService, MIB_PER_GIB, requestCpu, requestsPerMonth, UTILISATION } from "../load";
import { line, percent, total, unitPrice } from "../money";
import { type Case, type Estimate } from "../types";
import { apiCosts } from "./access";
import { type TargetRow } from "./target";

const MS_PER_SECOND = 1_000;
const MILLION = 1_000_000;

/** Memory of a function: what the service needs, and enough for the CPU that comes with it. */
export function functionMemory({ demand, facts: { lambda } }: Case): number {
  return Math.max(lambda.memoryMin.value, Math.ceil(demand.memory), Math.ceil(requestCpu(demand) * lambda.memoryPerVcpu.value));
}

function estimate(subject: Case): Estimate | undefined {
  const { demand, environment, shape, facts } = subject;
  if (shape.volumes > 0) return undefined;
  const memory = functionMemory(subject);
  const requests = requestsPerMonth(demand);
  // Between rare requests the environment is gone, so that each pays for its own init.
  const billed = demand.duration + (demand.shape === "rare" ? demand.start : 0);
  const gbSeconds = requests * (billed / MS_PER_SECOND) * (memory / MIB_PER_GIB);
  const gbSecond = unitPrice(subject, `lambda.gb-second.${environment.architecture}`);
  const costs = [
    line("duration", gbSecond, gbSeconds * (1 - environment.savings.lambda)),
    line("requests", unitPrice(subject, "lambda.requests"), requests / MILLION),
    ...apiCosts(subject),
  ];
  const concurrency = Math.max(1, Math.ceil(inService(demand, "peak")));
  const most = environment.functionConcurrency - facts.lambda.unreserved.value;
  const reserved = Math.max(concurrency, Math.min(Math.ceil(inService(demand, "peak") / UTILISATION), most));
  return {
    size: { kind: "function", memory, concurrency, reserved },
    summary: `${memory} MiB, ${concurrency} at once at the peak`,
    costs,
    monthlyUsd: total(costs),
    assumptions: [
      "a function serves one request at a time and takes as long as a container would",
      demand.shape === "rare"
        ? "every request starts a new environment and pays for its init"
        : "init is billed too, but few requests wait for it: left out",
      "no free tier, and the first tier of prices",
      ...(shape.http === undefined ? [] : ["all requests come through the HTTP API, in units of at most 512 KiB"]),
      ...(shape.thirdParty ? ["it is paid while it waits for a third party, where a container would serve others"] : []),
      ...(environment.savings.lambda > 0 ? [`a savings plan takes ${percent(environment.savings.lambda)} off duration`] : []),
    ],
  };
}

export const LAMBDA: TargetRow = {
  name: "Lambda",
  suits: "demand that spikes unpredictably, and rare or compute-heavy requests such as uploads and calls to third parties",
  estimate,
};
