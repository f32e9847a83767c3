import { ConfigError, UserError } from "../../components/faults";
import { type CostDocument, type CostLine } from "./cost-schema";
import { sumUsd } from "./money";

type Sections = Readonly<Record<string, unknown>>;

/** A change of one setting that may save something. */
export interface Candidate {
  /** Section of the stack file and path inside it. */
  readonly of: string;
  readonly path: readonly string[];
  /** The cheaper value, and what the change is called; undefined where the environment has nothing dearer. */
  readonly cheaper: (current: unknown, sections: Sections) => { readonly value: unknown; readonly change: string } | undefined;
  /** What is given up. */
  readonly loses: string;
  /** Lines that it could make cheaper at all: what they cost is the most it can save. */
  readonly about: (line: CostLine) => boolean;
}

const isLine =
  (...items: readonly string[]) =>
  ({ item }: CostLine): boolean =>
    items.some((prefix) => item.startsWith(prefix));

function instead(from: unknown, to: unknown, change: string): { value: unknown; change: string } | undefined {
  return from === to ? undefined : { value: to, change };
}

function fewer(current: unknown, least: number, change: (count: number) => string): { value: number; change: string } | undefined {
  return typeof current === "number" && current > least ? { value: current - 1, change: change(current - 1) } : undefined;
}

const COMPUTE = isLine("fargate.", "ec2.", "eks.auto-mode", "ebs.");

/** Changes of a stack file that others have made to save money. Those an environment refuses are not offered. */
const CANDIDATES: readonly Candidate[] = [
  {
    of: "network",
    path: ["nat"],
    cheaper: (current) => (current === "per-az" ? instead(current, "single", "a single NAT gateway") : undefined),
    loses: "the way out of every zone while the zone of the gateway is away",
    about: isLine("nat.", "ipv4."),
  },
  {
    of: "network",
    path: ["interfaceEndpoints"],
    cheaper: (current) => (Array.isArray(current) && current.length > 0 ? { value: [], change: "no interface endpoints" } : undefined),
    loses: "private ways to AWS: its APIs are called through the NAT gateways",
    about: isLine("endpoint."),
  },
  {
    of: "compute",
    path: ["minimumCopies"],
    cheaper: (current, { environment }) =>
      fewer(current, isDurable(environment) ? 2 : 1, (count) => `${count} copies of a service at the fewest`),
    loses: "a copy in one more zone: fewer carry the load when a zone is away, until others have started",
    about: COMPUTE,
  },
  {
    of: "persistence",
    path: ["auroraReaders"],
    cheaper: (current) => fewer(current, 0, (count) => `${count} Aurora readers`),
    loses: "a standby that takes over in seconds: a new writer takes minutes",
    about: isLine("aurora."),
  },
  {
    of: "persistence",
    path: ["auroraMinimumAcu"],
    cheaper: (current) => (typeof current === "number" && current > 0.5 ? { value: 0.5, change: "Aurora shrinks to 0.5 ACU" } : undefined),
    loses: "warm capacity: the first minutes of a rush are slower, and caches are smaller",
    about: isLine("aurora.acu"),
  },
  {
    of: "persistence",
    path: ["kafka", "brokerType"],
    cheaper: (current) =>
      current === "kafka.t3.small" ? undefined : { value: "kafka.t3.small", change: "Kafka brokers of kafka.t3.small" },
    loses: "steady throughput: small brokers live on CPU credits and take few partitions",
    about: isLine("msk."),
  },
  {
    of: "persistence",
    path: ["cache", "nodeType"],
    cheaper: (current) =>
      typeof current === "string" && current !== "cache.t4g.medium"
        ? { value: "cache.t4g.medium", change: "cache nodes of cache.t4g.medium" }
        : undefined,
    loses: "memory and steady CPU of the cache: 3 GB instead of more",
    about: isLine("elasticache."),
  },
  {
    of: "persistence",
    path: ["backup"],
    cheaper: (current) => (current === undefined ? undefined : { value: undefined, change: "no backups in another region" }),
    loses: "what there would be left when the region, or the account's stores, are lost",
    about: isLine("backup.", "region."),
  },
  {
    of: "visibility",
    path: ["logDays"],
    cheaper: (current) =>
      typeof current === "number" && current > 30 ? { value: 30, change: "logs in CloudWatch for 30 days" } : undefined,
    loses: "older lines in CloudWatch; the archive keeps them",
    about: isLine("logs.stored"),
  },
  {
    of: "network",
    path: ["flowLogDays"],
    cheaper: (current) => (typeof current === "number" && current > 7 ? { value: 7, change: "flow logs for 7 days" } : undefined),
    loses: "who talked to whom more than a week ago",
    about: isLine("s3.storage"),
  },
];

/** A licence of one's own for each database that AWS licenses. */
function licences({ persistence }: Sections): Candidate[] {
  const databases = at(persistence, ["databases"]);
  return Object.keys(typeof databases === "object" && databases !== null ? databases : {}).map((name) => ({
    of: "persistence",
    path: ["databases", name, "licence"],
    cheaper: (current) =>
      current === "license-included" ? { value: "bring-your-own-license", change: `a licence of your own for ${name}` } : undefined,
    loses: "the licence that AWS includes: you must own one that covers its vCPUs",
    about: ({ item, name: resource }) => item.startsWith("rds.") && resource === `${name}-db`,
  }));
}

function isDurable(environment: unknown): boolean {
  return typeof environment === "object" && environment !== null && "durable" in environment && environment.durable === true;
}

/** How many changes are told. */
const TOLD = 3;

/** A changed environment, planned and priced. */
export type Reprice = (candidate: Candidate, value: unknown) => Promise<CostDocument>;

/** Reads the value at a path of what the stack file says. */
function at(value: unknown, [key, ...rest]: readonly string[]): unknown {
  if (key === undefined) return value;
  return typeof value === "object" && value !== null ? at((value as Sections)[key], rest) : undefined;
}

/**
 * The changes that save most, each planned anew by itself. A change cannot save more than what it is about costs now, so that those that cannot come
 * before the best found are not planned at all.
 * @param sections what the stack file says, by section.
 */
export async function whatIf(cost: CostDocument, sections: Sections, reprice: Reprice): Promise<CostDocument["whatIf"]> {
  const open = [...CANDIDATES, ...licences(sections)]
    .flatMap((candidate) => {
      const found = candidate.cheaper(at(sections[candidate.of], candidate.path), sections);
      const most = sumUsd(cost.lines.filter(candidate.about).map(({ monthlyUsd }) => monthlyUsd));
      return found && most > 0 ? [{ candidate, ...found, most }] : [];
    })
    .sort((one, other) => other.most - one.most);
  const best: CostDocument["whatIf"] = [];
  for (const { candidate, value, change, most } of open) {
    if (best.length === TOLD && most <= (best.at(-1)?.savesUsd ?? 0)) break;
    const savesUsd = await saving(cost, () => reprice(candidate, value));
    if (savesUsd <= 0) continue;
    best.push({ change, savesUsd, loses: candidate.loses });
    best.sort((one, other) => other.savesUsd - one.savesUsd);
    best.splice(TOLD);
  }
  return best;
}

/** What a change saves; nothing where the environment refuses it. */
async function saving(cost: CostDocument, reprice: () => Promise<CostDocument>): Promise<number> {
  try {
    return sumUsd([cost.totals.monthlyUsd, -(await reprice()).totals.monthlyUsd]);
  } catch (error) {
    if (error instanceof ConfigError || error instanceof UserError) return 0;
    throw error;
  }
}
