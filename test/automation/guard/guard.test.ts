import assert from "node:assert/strict";
import { stripVTControlCharacters } from "node:util";
import { type GuardAbout, type GuardFinding } from "../../../automation/guard/finding";
import { guard, stops } from "../../../automation/guard/guard";
import { type GuardStep } from "../../../automation/guard/step";
import { guardMessage, guardText } from "../../../automation/guard/text";
import { type PlanDocument } from "../../../plan/plan-schema";
import { ABOUT, created, deleted, replaced, replacedInEvents, same, urnOf } from "./steps";

const VPC = "aws:ec2/vpc:Vpc";
const SUBNET = "aws:ec2/subnet:Subnet";
const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const TARGETS = "aws:lb/targetGroup:TargetGroup";
const RULE = "aws:lb/listenerRule:ListenerRule";
const BALANCER = "aws:lb/loadBalancer:LoadBalancer";
const SERVICE = "aws:ecs/service:Service";
const ECS = "aws:ecs/cluster:Cluster";
const NAT = "aws:ec2/natGateway:NatGateway";
const FUNCTION = "aws:lambda/function:Function";
const BUCKET = "aws:s3/bucket:Bucket";

function outages(steps: readonly GuardStep[], about: Partial<GuardAbout> = {}): string[] {
  return guard(steps, { ...ABOUT, ...about }).flatMap((finding) => (finding.kind === "outage" ? [`${finding.rule} ${finding.urn}`] : []));
}

/** The step of a service that stays, or is only updated, and depends on something. */
const running = (on: string): GuardStep => same(SERVICE, { name: "orders", dependencies: [on] });

describe("the guard of what serves", () => {
  for (const type of [VPC, SUBNET, ECS]) {
    it(`stops a replacement of ${type} under a service, in whatever order`, () => {
      for (const order of ["created first", "deleted first"] as const)
        assert.deepEqual(outages([...replacedInEvents(type, order), running(urnOf(type))]), [`foundation ${urnOf(type)}`]);
    });

    it(`stops a deletion of ${type} under a service that stays, not with the services that go with it`, () => {
      assert.deepEqual(outages([deleted(type), running(urnOf(type))]), [`foundation ${urnOf(type)}`]);
      assert.deepEqual(outages([deleted(type), deleted(SERVICE, { dependencies: [urnOf(type)] })]), []);
    });

    it(`lets a replacement of ${type} pass when nothing runs there yet`, () => {
      assert.deepEqual(outages([replaced(type), created(SERVICE, { dependencies: [urnOf(type)] })]), []);
    });
  }

  it("sees a service that depends on a network by way of something else, and names it", () => {
    const steps = [
      replaced(VPC, { keys: ["cidrBlock"], before: { cidrBlock: "10.0.0.0/16" }, after: { cidrBlock: "10.1.0.0/16" } }),
      same(GROUP, { dependencies: [urnOf(VPC)] }),
      running(urnOf(GROUP)),
    ];
    const [finding] = guard(steps, ABOUT);
    assert.ok(finding?.kind === "outage");
    assert.deepEqual(finding.affects, [urnOf(SERVICE, "orders")]);
    assert.equal(finding.what, "aws:ec2/vpc:Vpc one would be replaced under orders");
    assert.deepEqual(finding.properties, [{ path: "cidrBlock", before: '"10.0.0.0/16"', after: '"10.1.0.0/16"' }]);
  });

  it("takes what depends on what from the state, or the plan, where engine events leave it out", () => {
    const steps = [...replacedInEvents(VPC, "created first"), same(SERVICE, { name: "orders" })];
    assert.deepEqual(outages(steps), []);
    const known = [{ urn: urnOf(SERVICE, "orders"), dependencies: [urnOf(VPC)] }];
    assert.deepEqual(outages(steps, { state: known }), [`foundation ${urnOf(VPC)}`]);
  });

  for (const type of [
    BALANCER,
    "aws:lb/listener:Listener",
    RULE,
    SERVICE,
    FUNCTION,
    NAT,
    "aws:apigatewayv2/api:Api",
    "aws:route53/record:Record",
  ])
    it(`stops what deletes ${type} before its replacement is there`, () => {
      assert.deepEqual(outages(replacedInEvents(type, "deleted first")), [`deleted-first ${urnOf(type)}`]);
    });

  for (const type of [GROUP, TARGETS, "aws:ec2/vpcEndpoint:VpcEndpoint", "aws:iam/role:Role"])
    it(`stops what deletes ${type} first only where something that serves uses it`, () => {
      assert.deepEqual(outages(replacedInEvents(type, "deleted first")), []);
      assert.deepEqual(outages([...replacedInEvents(type, "deleted first"), running(urnOf(type))]), [`deleted-first ${urnOf(type)}`]);
    });

  it("lets what is made before the old one is deleted pass: function, listener, NAT gateway, security group", () => {
    for (const type of [FUNCTION, "aws:lb/listener:Listener", NAT, GROUP])
      assert.deepEqual(outages([...replacedInEvents(type, "created first"), running(urnOf(type))]), [], type);
  });

  it("knows from the plan, or from a name that stays, that the old one goes first where a preview tells no order", () => {
    const named = { before: { name: "api", packageType: "Zip" }, after: { name: "api", packageType: "Image" } };
    assert.deepEqual(outages([replaced(FUNCTION, named)]), [`deleted-first ${urnOf(FUNCTION)}`]);
    const generated = { before: { name: "api-1", __defaults: ["name"] }, after: { name: "api-1", __defaults: ["name"] } };
    assert.deepEqual(outages([replaced(FUNCTION, generated)]), []);
    const object = { before: { metadata: { name: "web", namespace: "shop" } }, after: { metadata: { name: "web", namespace: "shop" } } };
    assert.deepEqual(outages([replaced("kubernetes:apps/v1:Deployment", object)]).length, 1);
    const other = { ...object, after: { metadata: { name: "web2", namespace: "shop" } } };
    assert.deepEqual(outages([replaced("kubernetes:apps/v1:Deployment", other)]), []);
    const annotated = { name: "web", annotations: { "pulumi.com/autonamed": "true" } };
    assert.deepEqual(outages([replaced("kubernetes:apps/v1:Deployment", { before: { metadata: annotated } })]), []);
  });

  it("stops a target group and the rules that turn to it: the new group is empty when they do", () => {
    const steps = [
      ...replacedInEvents(TARGETS, "created first"),
      same(RULE, { dependencies: [urnOf(TARGETS)] }),
      same(SERVICE, { dependencies: [urnOf(TARGETS), urnOf(RULE)] }),
    ];
    assert.deepEqual(outages(steps), [`empty-target-group ${urnOf(TARGETS)}`]);
    assert.deepEqual(outages(replacedInEvents(TARGETS, "created first")), []);
  });

  it("stops two that delete each other's users first: the cluster's services go before it does", () => {
    const service = { name: "orders", dependencies: [urnOf(ECS)] };
    const steps = [...replacedInEvents(SERVICE, "deleted first", service), ...replacedInEvents(ECS, "deleted first")];
    assert.deepEqual(outages(steps), [`foundation ${urnOf(ECS)}`, `deleted-first ${urnOf(SERVICE, "orders")}`]);
  });

  it("stops a load balancer in any order: its address is another one", () => {
    assert.deepEqual(outages(replacedInEvents(BALANCER, "created first")), [`other-address ${urnOf(BALANCER)}`]);
  });

  it("stops an ECS service whose new tasks nobody waits for, and none that is waited for", () => {
    assert.deepEqual(outages(replacedInEvents(SERVICE, "created first")), [`not-waited-for ${urnOf(SERVICE)}`]);
    assert.deepEqual(outages(replacedInEvents(SERVICE, "created first", { after: { waitForSteadyState: true } })), []);
  });

  it("lets pass what is allowed by name, and tells of it", () => {
    const findings = guard(replacedInEvents(BALANCER, "created first"), { ...ABOUT, allowReplace: [urnOf(BALANCER)] });
    assert.deepEqual(
      findings.map((finding) => [finding.kind, finding.stops]),
      [["outage", false]],
    );
  });
});

const NO_POLICY: PlanDocument["policy"] = {
  packs: [],
  evaluations: 0,
  violations: [],
  excepted: [],
  remediated: [],
  notEvaluated: [],
  broken: [],
  exceptions: [],
};
const VIOLATION = {
  pack: "p",
  rule: "store-is-encrypted",
  urn: urnOf(BUCKET),
  severity: "high",
  message: "is not encrypted",
  property: "sse",
  fix: "set it",
};

type Plan = NonNullable<GuardAbout["plan"]>;

function judged(plan: Partial<Plan>, about: Partial<GuardAbout> = {}): GuardFinding[] {
  return guard([], { ...ABOUT, ...about, plan: { policy: NO_POLICY, resources: [], ...plan } });
}

describe("the guard of policies and money", () => {
  it("stops by a mandatory rule, a rule that failed itself and an expired exception, and by nothing advisory", () => {
    const agreed = { reason: "legacy", owner: "ana", expires: "2026-01-31", rule: "group-is-closed" };
    const findings = judged({
      policy: {
        ...NO_POLICY,
        violations: [
          { ...VIOLATION, level: "mandatory" },
          { ...VIOLATION, rule: "volume-is-not-gp2", level: "advisory" },
        ],
        broken: [{ pack: "p", rule: "store-has-alarms", error: "no such property" }],
        exceptions: [
          { ...agreed, state: "expired" },
          { ...agreed, rule: "other", state: "used" },
        ],
      },
    });
    assert.deepEqual(
      findings.map((finding) => finding.kind === "policy" && finding.stops && finding.rule),
      ["group-is-closed", "store-has-alarms", "store-is-encrypted"],
    );
    assert.match(guardMessage(findings[2]!), /breaks store-is-encrypted \[urn:pulumi:prod::.+\]: is not encrypted\. What to do: set it/);
  });

  const cost = (over: boolean): Plan["cost"] => ({
    totals: { monthlyUsd: 5210.4 },
    budget: { monthlyUsd: 4000, over },
    whatIf: [
      { change: "one NAT gateway", savesUsd: 66, loses: "zones that fail alone" },
      { change: "no Redshift", savesUsd: 800, loses: "the warehouse" },
    ],
  });

  it("stops over budget, with what would save most", () => {
    const [finding] = judged({ cost: cost(true) });
    assert.ok(finding?.kind === "budget" && finding.stops);
    assert.equal(finding.what, "prod would cost $5,210 a month, and may cost $4,000");
    assert.match(finding.todo[0] ?? "", /^no Redshift: saves \$800/);
    assert.match(finding.todo.at(-1) ?? "", /strata:budget.monthlyUsd in Pulumi.prod.yaml/);
  });

  it("stops neither within budget, nor without one, nor without a plan", () => {
    assert.deepEqual(judged({ cost: cost(false) }), []);
    assert.deepEqual(judged({ cost: { totals: { monthlyUsd: 1e6 } } }), []);
    assert.deepEqual(guard([], ABOUT), []);
  });

  it("asks nobody about policies or money when all is destroyed", () => {
    assert.deepEqual(judged({ cost: cost(true) }, { operation: "destroy", durable: false }), []);
  });
});

describe("the guard of a durable environment", () => {
  const steps = [
    deleted(BUCKET, { name: "kept", state: { retainOnDelete: true } }),
    deleted(BUCKET, { name: "gone" }),
    deleted("aws:iam/role:Role"),
  ];
  const destroy = (about: Partial<GuardAbout> = {}, all: readonly GuardStep[] = steps): GuardFinding[] =>
    guard(all, { ...ABOUT, operation: "destroy", decommissioning: true, ...about });

  it("is not destroyed unless it is decommissioned, whatever is said", () => {
    for (const destroyDurable of [undefined, "prod"]) {
      const [finding] = destroy({ decommissioning: false, ...(destroyDurable && { destroyDurable }) });
      assert.ok(finding?.stops);
      assert.deepEqual(finding.todo, [
        "decommission it (docs/decommission.md): strata:environment.decommissioning: true in Pulumi.prod.yaml comes first",
      ]);
    }
  });

  it("is not destroyed before its name is said, and lists what goes and what stays in AWS", () => {
    const [finding, ...others] = destroy();
    assert.deepEqual(others, []);
    assert.ok(finding?.kind === "destroy" && finding.stops);
    assert.deepEqual(finding.keeps, [
      { urn: urnOf(BUCKET, "gone"), then: "goes" },
      { urn: urnOf(BUCKET, "kept"), then: "stays" },
    ]);
    assert.deepEqual(finding.todo, ["--destroy-durable prod"]);
  });

  it("is destroyed when exactly its name is said, which is told", () => {
    assert.deepEqual(
      destroy({ destroyDurable: "prod" }).map((finding) => [finding.kind, finding.stops]),
      [["destroy", false]],
    );
    const [finding] = destroy({ destroyDurable: "dev" });
    assert.ok(finding?.stops);
    assert.match(finding.what, /--destroy-durable names dev/);
  });

  it("is not destroyed while something is still protected, whatever is said", () => {
    const [finding] = destroy({ destroyDurable: "prod" }, [...steps, deleted(BUCKET, { name: "safe", state: { protect: true } })]);
    assert.ok(finding?.stops);
    assert.deepEqual(finding.todo, ["strata up prod, which lifts the protection and changes nothing else"]);
  });

  it("is destroyed without a word when it is not durable", () => {
    assert.deepEqual(destroy({ durable: false }), []);
  });
});

describe("what --allow-replace names", () => {
  const steps = [replaced(BUCKET, { name: "uploads", keys: ["bucket"] }), same(BUCKET, { name: "reports" })];
  const allow = (...allowReplace: string[]): GuardFinding[] =>
    guard(steps, { ...ABOUT, allowReplace }).filter(({ kind }) => kind === "allow");

  it("is an error when it is no resource, with the one that was meant", () => {
    for (const slip of [`${urnOf(BUCKET, "uploads")} `, urnOf(BUCKET, "uplaods"), "uploads"]) {
      const [finding] = allow(slip);
      assert.ok(finding?.kind === "allow" && finding.stops, slip);
      assert.equal(finding.nearest, urnOf(BUCKET, "uploads"));
      assert.ok(stops(guard(steps, { ...ABOUT, allowReplace: [slip] })));
    }
  });

  it("is told when it is a resource that stays: the rerun of what failed half way", () => {
    assert.deepEqual(
      allow(urnOf(BUCKET, "reports")).map((finding) => finding.stops),
      [false],
    );
    assert.deepEqual(allow(urnOf(BUCKET, "uploads")), []);
  });

  it("is an error in an environment where nothing is", () => {
    const [finding] = guard([], { ...ABOUT, allowReplace: ["urn:pulumi:prod::strata::x:y:Z::a"] });
    assert.ok(finding?.kind === "allow" && finding.stops && finding.nearest === undefined);
  });
});

describe("the guard's findings as text", () => {
  const steps = [
    replaced(BUCKET, { name: "b", keys: ["bucket"], before: { bucket: "x".repeat(300) }, after: { bucket: "y" } }),
    replaced(BUCKET, { name: "a", keys: ["bucket"] }),
    ...replacedInEvents(BALANCER, "created first"),
  ];

  it("are sorted, whatever the order of the steps", () => {
    const order = (all: readonly GuardStep[]): string[] =>
      guard(all, ABOUT).map((finding) => ("urn" in finding ? (finding.urn ?? "") : ""));
    assert.deepEqual(order(steps), [urnOf(BUCKET, "a"), urnOf(BUCKET, "b"), urnOf(BALANCER)]);
    assert.deepEqual(order([...steps].reverse()), order(steps));
  });

  it("are at most 100 columns wide, but for lines that hold a URN to be copied", () => {
    const text = stripVTControlCharacters(guardText(guard(steps, ABOUT), { of: "up of prod" }));
    assert.match(text, /3 things stop the up of prod; nothing was done/);
    for (const line of text.split("\n")) assert.ok(line.length <= 100 || line.includes("urn:pulumi:"), line);
  });

  it("are nothing when there are none", () => {
    assert.equal(guardText([], { of: "up of prod" }), "");
  });

  it("obey no control characters of a name", () => {
    const text = guardText(guard([replaced(BUCKET, { name: "a\u001b[2Jb", keys: ["bucket"] })], ABOUT), { of: "up of prod" });
    assert.doesNotMatch(text.replace(/\u001b\[\d+m/g, ""), /\u001b/);
  });
});
