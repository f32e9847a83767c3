import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Ran, strata } from "../automation/command";
import { Workspace } from "../harness";

/** One wrong edit, and what the error must say: where, what, and what would be right. */
interface Case {
  readonly name: string;
  readonly environment?: string;
  readonly edit: (workspace: Workspace) => void;
  readonly says: readonly RegExp[];
}

const CASES: readonly Case[] = [
  {
    name: "an unknown key",
    edit: (w) => w.section("dev", "network", (network) => (network["natt"] = "single")),
    says: [/Pulumi\.dev\.yaml: strata:network\.natt: is not a known key, got "single"; did you mean nat\?/],
  },
  {
    name: "an unknown section",
    edit: (w) => w.section("dev", "newtork", (network) => (network["cidr"] = "10.0.0.0/16")),
    says: [/Pulumi\.dev\.yaml: strata:newtork: is not a known section; did you mean network\?/],
  },
  {
    name: "a wrong type",
    edit: (w) => w.section("dev", "network", (network) => (network["flowLogDays"] = "seven")),
    says: [/strata:network\.flowLogDays: has the wrong type, got "seven"; give a/],
  },
  {
    name: "a CIDR that is too small",
    edit: (w) => w.section("dev", "network", (network) => (network["cidr"] = "10.10.0.0/22")),
    says: [/strata:network\.cidr: is too small for 4 zones of three tiers with load balancers, got "10\.10\.0\.0\/22"; give \/16 to \/21/],
  },
  {
    name: "overlapping CIDRs",
    edit: (w) => w.section("dev", "network", (network) => (network["cidr"] = "10.20.0.0/17")),
    says: [/strata:network\.cidr: overlaps 10\.20\.0\.0\/16, reserved for the VPC of prod, got "10\.20\.0\.0\/17"/],
  },
  {
    name: "one zone in prod",
    environment: "prod",
    edit: (w) => w.section("prod", "network", (network) => (network["availabilityZones"] = ["us-east-1a"])),
    says: [/Pulumi\.prod\.yaml: strata:network\.availabilityZones: has one zone in a durable environment.*give at least two/],
  },
  {
    name: "an unknown need",
    edit: (w) => w.service("orders", (orders) => (orders["needs"] = [{ store: "aurora-postgre", name: "orders", access: "write" }])),
    says: [/services\/orders\/service\.yaml: needs\[0\]\.store: .*got "aurora-postgre"; did you mean aurora-postgres\?/],
  },
  {
    name: "a need of an unknown service",
    edit: (w) => w.service("storefront", (storefront) => (storefront["needs"] = [{ service: "order" }])),
    says: [/services\/storefront\/service\.yaml: needs\[0\]\.service: names no other service.*did you mean orders\?/],
  },
  {
    name: "two services with one name",
    edit: (w) => w.service("partners", (partners) => (partners["name"] = "orders")),
    says: [
      /services\/partners\/service\.yaml: name: differs from its folder/,
      /services\/partners\/service\.yaml: name: is taken by services\/orders/,
    ],
  },
  {
    name: "two services with one path",
    edit: (w) => w.service("partners", (partners) => (partners["reach"] = { http: "/orders", from: "internet" })),
    says: [/services\/partners\/service\.yaml: reach\.http: is taken by orders, got "\/orders"/],
  },
  {
    name: "a port out of range",
    edit: (w) => w.service("orders", (orders) => Object.assign(orders["run"] as object, { port: 80_800 })),
    says: [/services\/orders\/service\.yaml: run\.port: is out of range; a port is 1 to 65535, got 80800/],
  },
  {
    name: "a Fargate size that does not exist",
    edit: (w) => w.section("dev", "services", (services) => (services["orders"] = { cpu: 256, memory: "4GiB" })),
    says: [/strata:services\.orders: is a Fargate size that does not exist.*with cpu 256 give memory one of 512MiB, 1024MiB, 2048MiB/],
  },
  {
    name: "a descriptor that is not YAML",
    edit: (w) => w.write("services/orders/service.yaml", "name: orders\nrun: { image: nginx\n"),
    says: [/services\/orders\/service\.yaml:\d+: is not YAML/],
  },
  {
    name: "a stack file that is not YAML",
    edit: (w) => w.write("Pulumi.dev.yaml", "config:\n  strata:network: [\n"),
    says: [/Pulumi\.dev\.yaml:\d+: is not YAML/],
  },
  {
    name: "a missing stack file",
    edit: (w) => w.remove("Pulumi.dev.yaml").remove("Pulumi.prod.yaml"),
    says: [/Pulumi\.dev\.yaml: is missing, and so is every other stack file/],
  },
  {
    name: "an unknown environment",
    environment: "prd",
    edit: () => undefined,
    says: [/prd: is not an environment, there is no Pulumi\.prd\.yaml; did you mean prod\? \(one of dev, prod\)/],
  },
  {
    name: "a place without a reason",
    edit: (w) => w.service("orders", (orders) => (orders["place"] = { on: "ecs" })),
    says: [/services\/orders\/service\.yaml: place\.because: is missing; say why the advisor is overruled/],
  },
  {
    name: "a durable environment that would serve plain HTTP",
    environment: "prod",
    edit: (w) => w.section("prod", "ingress", (ingress) => ["domain", "hostedZoneId"].forEach((key) => delete ingress[key])),
    says: [/Pulumi\.prod\.yaml: strata:ingress\.domain: is missing in a durable environment/],
  },
  {
    name: "a folder without a descriptor",
    edit: (w) => w.remove("services/orders/service.yaml"),
    says: [/services\/orders\/service\.yaml: is missing/],
  },
];

describe("bad input", () => {
  let workspace: Workspace;
  beforeEach(() => (workspace = new Workspace()));
  afterEach(() => workspace.dispose());

  async function planned(environment: string): Promise<Ran> {
    return strata("plan", environment, "--cwd", workspace.root, "--out", join(workspace.root, "out"));
  }

  for (const { name, environment = "dev", edit, says } of CASES)
    it(`${name} ends with exit code 1, says where and what would be right, and writes nothing`, async () => {
      edit(workspace);
      const { code, stdout, stderr } = await planned(environment);
      assert.equal(code, 1, stderr);
      assert.equal(stdout, "");
      for (const expected of says) assert.match(stderr, expected);
      assert.doesNotMatch(stderr, /^\s+at /m, "no stack trace");
      assert.ok(!existsSync(join(workspace.root, "out")), "nothing is written");
    });

  it("every fault of the stack file and of all descriptors is said in one go", async () => {
    workspace
      .section("dev", "network", (network) => Object.assign(network, { cidr: "10.10.0.0/24", nat: "two" }))
      .section("dev", "budget", (budget) => (budget["monthlyUsd"] = -1))
      .service("orders", (orders) => Object.assign(orders["run"] as object, { port: 0 }))
      .service("billing", (billing) => (billing["colour"] = "blue"))
      .write("services/partners/service.yaml", "{");
    const { code, stderr } = await planned("dev");
    assert.equal(code, 1);
    for (const part of [
      /strata:network\.nat/,
      /strata:budget\.monthlyUsd/,
      /orders\/service\.yaml: run\.port/,
      /billing\/service\.yaml: colour/,
      /partners\/service\.yaml:1/,
    ])
      assert.match(stderr, part);
  });

  it("a fault between keys is found beside an unknown key of the same section", async () => {
    workspace.section("dev", "network", (network) => Object.assign(network, { natt: "single", cidr: "10.10.0.0/28" }));
    const { stderr } = await planned("dev");
    assert.match(stderr, /strata:network\.natt: is not a known key/);
    assert.match(stderr, /strata:network\.cidr: is too small/);
  });

  it("the same mistake shows a stack trace with --verbose, for whoever looks for the code that refuses it", async () => {
    workspace.section("dev", "budget", (budget) => (budget["monthlyUsd"] = -1));
    const { stderr } = await strata("plan", "dev", "--cwd", workspace.root, "--verbose");
    assert.match(stderr, /^\s+at /m);
  });

  it("an unknown command or option is refused with the way to the help", async () => {
    const { code, stderr } = await strata("plan", "dev", "--jason");
    assert.equal(code, 1);
    assert.match(stderr, /unknown option '--jason'/);
  });
});
