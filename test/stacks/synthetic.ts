import { type Target, TARGETS } from "../../components/service/descriptor";
import { NEED_VARIANTS, RELATIONAL_KINDS } from "../../components/service/needs";
import { type StoreKind } from "../../components/service/store-kind";
import { type PlannedResource } from "../../plan/graph";
import { makePlan } from "../../plan/plan";
import { type PlanDocument } from "../../plan/plan-schema";
import { TEST_CONTEXT, Workspace } from "../harness";

/** `in` takes data out of a store: read or consume. `out` puts data into it: write or publish. */
export type Direction = "in" | "out";
export const DIRECTIONS: readonly Direction[] = ["in", "out"];

/** Needs that are no store, or that stand for several kinds of it. */
const NOT_A_KIND: readonly string[] = ["store", "queue", "service", "internet"];
const BROKERS = NEED_VARIANTS.queue.shape.broker.unwrap().options;
const OTHERS = Object.keys(NEED_VARIANTS).filter((key) => !NOT_A_KIND.includes(key));

/** Every kind of store there is, read off the schema of a need: a new kind is tried without anybody having to say so. */
export const STORE_KINDS: readonly StoreKind[] = [...RELATIONAL_KINDS, ...BROKERS, ...OTHERS];

/** Kinds that one service may be bound to at once: with all of them its variables would be more than Lambda takes. */
export const KIND_GROUPS: readonly (readonly StoreKind[])[] = [RELATIONAL_KINDS, [...BROKERS, ...OTHERS]];

/** A service of a synthetic catalogue. */
export interface Asker {
  readonly name: string;
  readonly target: Target;
  readonly kinds: readonly StoreKind[];
  readonly direction: Direction;
  /** True for one that has stores of its own, so that the others have siblings to be kept from. Default: false. */
  readonly apart?: boolean;
}

/** A need as a descriptor has it. */
type NeedText = Readonly<Record<string, unknown>>;

const DATA: Readonly<Record<Direction, string>> = { in: "read", out: "write" };
const STREAM: Readonly<Record<Direction, string>> = { in: "consume", out: "publish" };

/** Name of the store of a kind that everybody shares, or of the one that only its sibling has. */
export function nameOf(kind: StoreKind, apart = false): string {
  const start = apart ? "own" : "all";
  return kind === "topic" ? `${start}.v1` : `${start}-${kind}`;
}

/** What a service may do with a store of a kind; undefined where there is no such access. */
export function accessOf(kind: StoreKind, direction: Direction): string | undefined {
  if (kind === "secret") return direction === "in" ? "read" : undefined;
  return ["topic", ...BROKERS].includes(kind) ? STREAM[direction] : DATA[direction];
}

function needOf(kind: StoreKind, { direction, apart }: Asker): NeedText | undefined {
  const access = accessOf(kind, direction);
  const name = nameOf(kind, apart);
  if (access === undefined) return undefined;
  if (RELATIONAL_KINDS.some((engine) => engine === kind)) return { store: kind, name, access };
  if (BROKERS.some((broker) => broker === kind)) return { queue: name, broker: kind, access };
  return { [kind]: name, access, ...(kind === "table" && { partitionKey: { name: "id" } }) };
}

const IMAGE = "public.ecr.aws/nginx/nginx-unprivileged:1.27";
const BECAUSE = "every target is tried with every store";

/** What runs on a target, and how it is reached or started there. */
const RUNS: Readonly<Record<Target, (name: string) => NeedText>> = {
  lambda: () => ({ run: { handler: "handler.ts" } }),
  fargate: container,
  "fargate-job": () => ({ run: { job: IMAGE }, triggers: [{ schedule: "rate(1 day)" }] }),
  ecs: container,
  eks: container,
  "eks-stateful": (name) => ({ ...container(name), legacy: { because: BECAUSE, volumes: [{ path: "/data", size: "10GiB" }] } }),
};

function container(name: string): NeedText {
  return { run: { image: IMAGE, port: 8080, health: "/", writable: ["/tmp"] }, reach: { http: `/${name}`, from: "services" } };
}

/** Two services for each target and group of kinds: one takes from a store of each kind, the other puts into the same. */
export const ASKERS: readonly Asker[] = TARGETS.flatMap((target) =>
  KIND_GROUPS.flatMap((kinds, group) =>
    DIRECTIONS.map((direction) => ({ name: `${target}-${group}-${direction}`, target, kinds, direction })),
  ),
);

/** The service whose stores none of the others asked for. */
export const SIBLING: Asker = { name: "sibling", target: "fargate", kinds: STORE_KINDS, direction: "in", apart: true };

/** A catalogue of nothing but these services, for an environment that is otherwise that of the project. */
export function syntheticWorkspace(askers: readonly Asker[]): Workspace {
  const workspace = new Workspace().remove("services").remove("stores.prod.yaml");
  for (const asker of askers) {
    const descriptor = {
      name: asker.name,
      summary: `Is bound to stores on ${asker.target}`,
      demand: { average: "1/s", peak: "2/s", shape: "steady", duration: "80ms", memory: "512MiB", start: "3s" },
      ...RUNS[asker.target](asker.name),
      place: { on: asker.target, because: BECAUSE },
      needs: asker.kinds.flatMap((kind) => needOf(kind, asker) ?? []),
    };
    workspace
      .write(`services/${asker.name}/service.yaml`, JSON.stringify(descriptor))
      .write(`services/${asker.name}/handler.ts`, "export const handler = (): void => undefined;\n");
  }
  const oracles = new Set(askers.flatMap(({ kinds, apart }) => (kinds.includes("oracle") ? [nameOf("oracle", apart)] : [])));
  for (const environment of ["dev", "prod"])
    workspace
      // The simulator of IAM asks in the account of the tests.
      .section(environment, "aws", (aws) => Object.assign(aws, { accountId: TEST_CONTEXT.accountId, assumeRole: undefined }))
      .section(environment, "services", (services) => {
        for (const service of Object.keys(services)) delete services[service];
      })
      .section(environment, "persistence", (persistence) => {
        persistence["databases"] = Object.fromEntries([...oracles].map((name) => [name, { licence: "license-included" }]));
        if (environment === "prod") persistence["rabbitmq"] = { instanceType: "mq.m7g.large" };
      });
  return workspace;
}

/** A plan as tests read it. */
export interface SyntheticPlan {
  readonly document: PlanDocument;
  readonly resources: readonly PlannedResource[];
}

/** The plan of a workspace, which is gone afterwards. */
export async function planOf(workspace: Workspace, environment: string): Promise<SyntheticPlan> {
  try {
    const { document } = await makePlan(workspace.root, environment);
    return { document, resources: document.resources };
  } finally {
    workspace.dispose();
  }
}
