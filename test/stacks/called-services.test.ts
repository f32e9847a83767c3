import assert from "node:assert/strict";
import { TARGETS } from "../../components/service/descriptor";
import { type PlannedResource } from "../../plan/graph";
import { expectedAccess } from "./expected-access";
import { accessOf, type Asker, nameOf, planOf, STORE_KINDS, type SyntheticPlan, syntheticWorkspace } from "./synthetic";

const HTTPS = 443;
/** Services that a role's actions are calls of; the others are checked by the store itself, or called in the service's name. */
const CALLED = ["secretsmanager", "s3", "dynamodb", "sqs", "redshift-data", "redshift-serverless"];

/** Services with one need each, so that no other need opens the way that this one has to have. */
const ALONE: readonly Asker[] = TARGETS.flatMap((target) =>
  STORE_KINDS.filter((kind) => !["aurora-mysql", "mysql", "mariadb", "rabbitmq"].includes(kind)).map((kind, index) => ({
    name: `${target}-${index}`,
    target,
    kinds: [kind],
    direction: accessOf(kind, "out") === undefined ? "in" : "out",
  })),
);

interface PolicyRule {
  readonly to?: readonly { readonly ipBlock?: { readonly cidr: string } }[];
  readonly ports?: readonly { readonly port: number }[];
}

/** Whether a pod's NetworkPolicy lets it out on a port: within the VPC, or to everywhere. */
function policyLetsOut(resources: readonly PlannedResource[], service: string, port: number, everywhere: boolean): boolean {
  const policies = resources.filter(
    ({ type, name }) => type === "kubernetes:networking.k8s.io/v1:NetworkPolicy" && name === `${service}-declared`,
  );
  assert.equal(policies.length, 1, `${service} has one NetworkPolicy`);
  const { egress = [] } = policies[0]?.inputs["spec"] as { egress?: readonly PolicyRule[] };
  return egress.some(
    ({ to = [], ports = [] }) =>
      ports.some((one) => one.port === port) && to.some(({ ipBlock }) => (ipBlock?.cidr === "0.0.0.0/0") === everywhere),
  );
}

for (const environment of ["dev", "prod"])
  describe(`a service in ${environment} with one need alone`, function () {
    this.timeout(300_000);
    let plan: SyntheticPlan;
    before(async () => (plan = await planOf(syntheticWorkspace(ALONE), environment)));

    const outside = ({ name, target }: Asker) =>
      target === "lambda" &&
      plan.resources.some(
        ({ type, name: other, inputs }) => type.endsWith(":Function") && other === name && inputs["vpcConfig"] === undefined,
      );
    const reaches = (from: string, to: string, port: number) =>
      plan.document.reachability.some((pair) => pair.from === from && pair.to === to && pair.port === port);
    /** By the internet, an interface endpoint, or the prefix list of a gateway endpoint. */
    const ways = (service: string, api: string) => ({
      internet: reaches(service, "internet", HTTPS),
      endpoint: reaches(service, `network-${api}`, HTTPS),
      gateway: plan.resources.some(
        ({ type, name, inputs }) =>
          type.endsWith(":SecurityGroupEgressRule") && name === `${service}-to-${api}` && inputs["prefixListId"] !== undefined,
      ),
    });

    for (const target of TARGETS)
      it(`on ${target} reaches the AWS services that its code calls, and on Kubernetes its NetworkPolicy lets it`, () => {
        for (const asker of ALONE.filter((one) => one.target === target)) {
          const { name, kinds, direction } = asker;
          for (const kind of kinds) {
            const expected = expectedAccess({ resources: plan.resources, kind, store: nameOf(kind), service: name, direction });
            const apis = new Set(expected.grants.map(({ action }) => action.split(":")[0] ?? "").filter((api) => CALLED.includes(api)));
            for (const api of apis) {
              if (outside(asker)) continue;
              const { internet, endpoint, gateway } = ways(name, api);
              assert.ok(internet || endpoint || gateway, `${name} with ${kind} has no way to ${api}`);
              if (target.startsWith("eks"))
                assert.ok(
                  policyLetsOut(plan.resources, name, HTTPS, !endpoint),
                  `the NetworkPolicy of ${name} with ${kind} does not let it to ${api}`,
                );
            }
            const port = Number(expected.addresses[0]?.split(":").at(-1));
            if (expected.endpoint === undefined) continue;
            assert.ok(reaches(name, expected.endpoint, port), `${name} does not reach ${expected.endpoint}:${port}`);
            if (target.startsWith("eks"))
              assert.ok(policyLetsOut(plan.resources, name, port, false), `the NetworkPolicy of ${name} does not let it to ${kind}`);
          }
        }
      });
  });
