import { containerFaults } from "../components/compute/ecs-checks";
import { lambdaFaults } from "../components/compute/lambda-faults";
import { type Fault } from "../components/faults";
import { suggestion } from "../components/parse";
import { type Need } from "../components/service/needs";
import { isStoreNeed, storeId, storeKind } from "../components/service/store-kind";
import { objectiveFaults } from "../components/visibility/alarms/slo/objective";
import { type CatalogueEntry } from "./catalogue";
import { descriptorFaults } from "./config/catalogue-checks";
import { type PlatformFacts } from "./outputs";
import { type Placement } from "./placement";
import { REFERENCED_TARGETS } from "./referenced-places";
import { ADOPTED_KINDS } from "./referenced-stores";
import { jobSizing, type SizingConfig, taskSizing } from "./sizing";

/** A service that asks to be added to a platform. */
interface Asked {
  readonly entry: CatalogueEntry;
  readonly placement: Placement;
  readonly facts: PlatformFacts;
  readonly sizing: SizingConfig;
}

type Check = (asked: Asked) => Fault[];

const ON_TASKS: readonly string[] = ["fargate", "ecs"];

const nameIsFree: Check = ({ entry: { file, descriptor }, facts }) =>
  descriptor.name in facts.services
    ? [{ key: `${file}: name`, what: `is taken by a service of ${facts.environment}`, got: descriptor.name, right: "choose another name" }]
    : [];

const pathIsFree: Check = ({ entry: { file, descriptor }, facts }) => {
  const path = descriptor.reach?.http;
  if (path === undefined || !(path in facts.routes)) return [];
  return [{ key: `${file}: reach.http`, what: `is taken by a service of ${facts.environment}`, got: path, right: "choose another path" }];
};

/** What the place needs is only there when a service of the platform's own catalogue needs it too. */
const placeIsThere: Check = ({ entry: { file, descriptor }, placement: { target }, facts }) => {
  const { environment } = facts;
  const key = `${file}: place`;
  if (!REFERENCED_TARGETS.includes(target))
    return [
      {
        key,
        what: "comes to a cluster of EKS, whose agents know the services of the platform's own catalogue alone",
        got: target,
        right: `add it there, or give a reason to run on ${REFERENCED_TARGETS.join(", ")}`,
      },
    ];
  const missing = (what: string): Fault => ({
    key,
    what: `needs ${what}, which ${environment} does not have`,
    got: target,
    right: "run elsewhere, or let a service of the platform's own catalogue bring it",
  });
  const calledFromOutside = descriptor.reach?.http !== undefined && descriptor.reach.from === "internet";
  if (target === "lambda") return descriptor.reach?.http !== undefined && !facts.api ? [missing("the HTTP API")] : [];
  if (!facts.cluster) return [missing("an ECS cluster")];
  if (target === "ecs" && !facts.cluster.instances) return [missing("instances of the ECS cluster")];
  return calledFromOutside && !facts.loadBalancer ? [missing("a load balancer")] : [];
};

function storeFault(key: string, need: Need, { stores, environment }: PlatformFacts): Fault[] {
  const id = storeId(need);
  if (id in stores) return [];
  const kind = storeKind(need);
  if (!ADOPTED_KINDS.some((known) => known === kind))
    return [
      {
        key,
        what: `is a ${kind}, whose users are made with the services of the platform's own catalogue`,
        got: id,
        right: `add the service there, or need a ${ADOPTED_KINDS.join(", ")}`,
      },
    ];
  const known = Object.keys(stores);
  return [{ key, what: `is no store of ${environment}`, got: id, right: suggestion(id, known) }];
}

const needsAreThere: Check = ({ entry: { file, descriptor }, placement, facts }) =>
  (descriptor.needs ?? []).flatMap((need, index): Fault[] => {
    const key = `${file}: needs[${index}]`;
    if (isStoreNeed(need)) return storeFault(key, need, facts);
    if (!("service" in need)) return [];
    const callable = Object.entries(facts.services).flatMap(([name, { port, target }]) =>
      port !== undefined && ON_TASKS.includes(target) ? [name] : [],
    );
    if (!callable.includes(need.service))
      return [
        {
          key,
          what: `is no service of ${facts.environment} that tasks can call`,
          got: need.service,
          right: suggestion(need.service, callable),
        },
      ];
    return placement.target === "lambda"
      ? [{ key, what: "is found by its Service Connect name, which a function does not have", got: need.service, right: "run as tasks" }]
      : [];
  });

const placeTakesIt: Check = ({ entry, placement, facts, sizing }) => {
  const { file, descriptor } = entry;
  const { target } = placement;
  const size =
    target === "fargate-job"
      ? jobSizing(descriptor, placement, sizing)
      : ON_TASKS.includes(target)
        ? taskSizing(descriptor, placement, sizing)
        : undefined;
  const { slo, reach, run } = descriptor;
  return [
    ...(size
      ? containerFaults([{ key: file, descriptor, target, size }], {
          durable: facts.durable,
          instanceTypes: facts.compute.instanceTypes,
          countsTasks: facts.cluster?.countsTasks ?? false,
        })
      : []),
    ...(target === "lambda" ? lambdaFaults([entry]) : []),
    ...(slo
      ? objectiveFaults(`${file}: slo`, slo, {
          target,
          http: reach?.http !== undefined,
          from: reach?.from,
          port: "image" in run && run.port !== undefined,
        })
      : []),
  ];
};

const CHECKS: readonly Check[] = [nameIsFree, pathIsFree, placeIsThere, needsAreThere, placeTakesIt];

/** What is wrong with a service, or missing on a platform, so that the one cannot be added to the other. */
export function referenceFaults(asked: Asked): Fault[] {
  return [...descriptorFaults(asked.entry), ...CHECKS.flatMap((check) => check(asked))];
}
