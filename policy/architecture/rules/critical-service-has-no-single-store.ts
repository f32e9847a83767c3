import { z } from "zod";
import { SERVICE_COMPONENT } from "../../lib/declared-service";
import { DURABLE_CONFIG, isDurable } from "../../lib/durable";
import type { Finding } from "../../lib/finding";
import type { StackGraph } from "../../lib/graph";
import type { Doubt } from "../../lib/network/groups";
import { analyse, type Reachability } from "../../lib/reachability";
import { every, readFlag, type StackResource } from "../../lib/resource";
import { fail, notEvaluated, pass, stackRule, type Verdict } from "../../lib/rule";
import { SPREADS } from "../../lib/stores/spread";
import { isOriginal } from "../../lib/stores/store-rule";

const config = z.strictObject({
  ...DURABLE_CONFIG,
  everyService: z.boolean().default(false).describe("True to ask it of every declared service, not only of critical ones."),
});

/**
 * Which stores a service uses is read from the network: those its security groups lead to. Tables and buckets have no node to lose. Nothing is
 * asked where an enclosing component declares `durable: false`.
 */
export const criticalServiceHasNoSingleStore = stackRule({
  id: "critical-service-has-no-single-store",
  title: "No critical service depends on a store that is one instance",
  severity: "critical",
  why: "One instance is a single point of failure: while it is replaced, patched or restored, the service is down, however many copies it has itself.",
  fix: "Use Aurora with a reader, or give the store a standby or replicas (multiAz, numCacheClusters, ACTIVE_STANDBY_MULTI_AZ), or do without it in the critical path.",
  links: ["https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_withstand_component_failures_failover2good.html"],
  frameworks: [
    { name: "FSBP", id: "RDS.5" },
    { name: "FSBP", id: "ElastiCache.3" },
  ],
  config,
  check: (stack, { durable, everyService }) => {
    const services = stack.ofType(SERVICE_COMPONENT).flatMap((service) => {
      const asked = every([isDurable(service, stack, durable), everyService || readFlag(service, "critical", false)]);
      return asked === false ? [] : [{ service, asked }];
    });
    if (services.length === 0) return [];
    const stores = new SingleStores(stack);
    return services.map(({ service, asked }) => stores.verdict(service, asked));
  },
});

/** A store that is one node, or may be, and who reaches it. */
interface Single {
  readonly store: StackResource;
  readonly finding: Finding;
  /** Names of the services whose security groups lead to it. */
  readonly users: ReadonlySet<string>;
  /** Why more may reach it. */
  readonly doubt: Doubt | undefined;
}

/** The stores of a stack that may be a single point of failure. */
class SingleStores {
  private readonly singles: readonly Single[];
  private readonly reachability: Reachability;

  constructor(stack: StackGraph) {
    const reachability = analyse(stack);
    this.reachability = reachability;
    this.singles = SPREADS.flatMap(({ types, single }) =>
      stack
        .ofType(...types)
        .filter(isOriginal)
        .flatMap((store): Single[] => {
          const [finding] = single(store, stack);
          if (finding === undefined) return [];
          const users = reachability.reaches.flatMap(({ from, toUrn }) => (toUrn === store.urn ? [from] : []));
          return [{ store, finding, users: new Set(users), doubt: reachability.inward.get(store.urn)?.[0] }];
        }),
    );
  }

  verdict({ urn, name }: StackResource, asked: true | undefined): Verdict {
    const used = this.singles.filter(({ users }) => users.has(name));
    const certain = used.filter(({ finding }) => finding.unknown !== true);
    if (certain.length > 0) {
      if (asked === undefined) return notEvaluated(urn, "whether it is critical is not known yet", "critical");
      return fail(urn, `${name} depends on ${certain.map(({ store, finding }) => `${store.name}: ${finding.what}`).join("; ")}`);
    }
    const [open] = used;
    if (open !== undefined) return notEvaluated(urn, `${open.store.name}: ${open.finding.what}`);
    const doubt = this.doubtOf(name);
    return doubt === undefined ? pass(urn) : notEvaluated(urn, `${doubt.why} (${doubt.urn})`);
  }

  /** Why a service may use a single store that it is not known to reach. */
  private doubtOf(name: string): Doubt | undefined {
    if (this.singles.length === 0) return undefined;
    const { endpoints, outward } = this.reachability;
    const own = endpoints.filter((endpoint) => endpoint.name === name).flatMap(({ resource }) => outward.get(resource.urn) ?? []);
    return own[0] ?? this.singles.flatMap(({ doubt }) => doubt ?? [])[0];
  }
}
