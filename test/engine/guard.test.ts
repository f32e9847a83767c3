import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type EngineOperation, type EngineRun, type EngineStack } from "../../automation/engine/stack";
import { type EngineEvent } from "../../automation/engine/translate";
import { type DataFinding, type GuardAbout } from "../../automation/guard/finding";
import { guard } from "../../automation/guard/guard";
import { stepsOfEvents, stepsOfPreview } from "../../automation/guard/read-steps";
import { type GuardStep } from "../../automation/guard/step";
import { Cloud } from "../../automation/rehearse/cloud";
import { REPLACEMENTS, STATEFUL_TYPES } from "../../facts/replacements";
import { type Json, type Properties } from "../../plan/graph";
import { inputsWith } from "../automation/guard/steps";
import { NO_ENGINE, Tiny } from "./tiny";

const MINUTE = 60_000;
const ABOUT: GuardAbout = { operation: "up", environment: "one", durable: true, allowReplace: [] };

/** Makes what a file lists: any resource of any provider, by its type token. */
const PROGRAM = `const pulumi = require("@pulumi/pulumi");
const made = {};
for (const { type, name, inputs, options, deletedWith } of JSON.parse(require("fs").readFileSync(process.env.LISTED_RESOURCES, "utf8")))
  made[name] = new pulumi.CustomResource(type, name, inputs, { ...options, ...(deletedWith && { deletedWith: made[deletedWith] }) });
`;

interface Listed {
  readonly type: string;
  readonly name: string;
  readonly inputs: Properties;
  readonly options?: { readonly protect?: boolean; readonly retainOnDelete?: boolean };
  /** Name of one that is listed before it. */
  readonly deletedWith?: string;
}

/** What one preview tells in two ways. */
type Previewed = Readonly<Record<"its events" | "its JSON", readonly GuardStep[]>>;

/** A stack of listed resources, over the simulated cloud with its replacement rules. */
class Shelf {
  private readonly tiny = new Tiny(["one"], PROGRAM);
  private readonly file = join(this.tiny.workspace.project, "listed.json");
  private readonly cloud = new Cloud(this.tiny.workspace.cloud);
  private stack: EngineStack | undefined;

  list(resources: readonly Listed[]): void {
    writeFileSync(this.file, JSON.stringify(resources));
  }

  async up(): Promise<void> {
    if (!this.stack) {
      this.stack = await this.tiny.open("one", { LISTED_RESOURCES: this.file });
      assertDone(await this.stack.create("passphrase"));
    }
    assertDone(await this.stack.run("up"));
  }

  /** The steps of a preview, by its events and by its JSON. */
  async previewed(): Promise<Previewed> {
    assert.ok(this.stack);
    const events = await this.eventsOf("preview");
    const { stdout } = await this.stack.command("preview", "--json", "--stack", "one");
    return { "its events": stepsOfEvents(events), "its JSON": stepsOfPreview(JSON.parse(stdout)) };
  }

  async previewedDestroy(): Promise<GuardStep[]> {
    return stepsOfEvents(await this.eventsOf("previewDestroy"));
  }

  private async eventsOf(operation: EngineOperation): Promise<EngineEvent[]> {
    const events: EngineEvent[] = [];
    await this.stack?.run(operation, { onEvent: (event) => events.push(event) });
    return events;
  }

  contents(): string[] {
    return this.cloud
      .list()
      .map(({ type, id, inputs }) => `${type} ${id} ${JSON.stringify(inputs)}`)
      .sort();
  }

  dispose(): void {
    this.tiny.dispose();
  }
}

function assertDone({ exitCode, stdout, stderr }: EngineRun): void {
  assert.equal(exitCode, 0, stdout + stderr);
}

/** Values that differ as little as they must: those of which not every change replaces. */
const CHANGES: Readonly<Record<string, readonly [Json | undefined, Json | undefined]>> = {
  "aws:eks/cluster:Cluster computeConfig.nodeRoleArn": ["arn:aws:iam::1:role/a", "arn:aws:iam::1:role/b"],
  "aws:eks/cluster:Cluster encryptionConfig": [{ resources: ["secrets"] }, undefined],
  "aws:elasticache/replicationGroup:ReplicationGroup engine": ["valkey", "redis"],
  "aws:elasticache/replicationGroup:ReplicationGroup engineVersion": ["8.0", "7.2"],
  "aws:elasticache/serverlessCache:ServerlessCache engine": ["valkey", "redis"],
  "aws:elasticache/serverlessCache:ServerlessCache majorEngineVersion": ["8", "7"],
  "aws:msk/cluster:Cluster brokerNodeGroupInfo.instanceType": ["kafka.m7g.large", "express.m7g.large"],
  "aws:msk/cluster:Cluster kafkaVersion": ["3.9.x", "3.6.0"],
  "aws:msk/topic:Topic partitionCount": [6, 3],
  "aws:opensearch/domain:Domain vpcOptions": [undefined, { subnetIds: ["subnet-1"] }],
  "aws:opensearch/domain:Domain encryptAtRest.enabled": [true, false],
  "aws:opensearch/domain:Domain encryptAtRest.kmsKeyId": ["key-a", "key-b"],
  "aws:opensearch/domain:Domain nodeToNodeEncryption.enabled": [true, false],
  "aws:opensearch/domain:Domain advancedSecurityOptions.enabled": [true, false],
  "aws:opensearch/domain:Domain engineVersion": ["OpenSearch_2.19", "OpenSearch_1.3"],
};

/** A resource of each stateful type for each property that replaces it, before and after that property alone changes. */
const TRAPS = [...STATEFUL_TYPES].flatMap((type) =>
  (REPLACEMENTS[type]?.properties ?? []).map(({ path }) => {
    const name = `${type.split(":").at(-1) ?? ""}-${path.replaceAll(".", "-")}`;
    const listed = ([value]: readonly [Json | undefined]): Listed => ({
      type,
      name,
      inputs: value === undefined ? {} : inputsWith(path, value),
    });
    const [before, after] = CHANGES[`${type} ${path}`] ?? ["value-a", "value-b"];
    return { type, path, name, before: listed([before]), after: listed([after]) };
  }),
);

function data(steps: readonly GuardStep[], about: Partial<GuardAbout> = {}): DataFinding[] {
  return guard(steps, { ...ABOUT, ...about }).filter(
    (finding): finding is DataFinding => finding.kind === "replaces" || finding.kind === "deletes",
  );
}

function lastName(urn: string): string {
  return urn.split("::").at(-1) ?? "";
}

describe(`the guard on the real engine${NO_ENGINE}`, function () {
  this.timeout(10 * MINUTE);
  before(function () {
    if (NO_ENGINE) this.skip();
  });

  describe("of every stateful type, with each property that replaces it", () => {
    let shelf: Shelf | undefined;
    let previewed: Previewed;
    let found: Readonly<Record<string, DataFinding[]>>;
    let contents: string[];

    before(async () => {
      shelf = new Shelf();
      shelf.list(TRAPS.map(({ before }) => before));
      await shelf.up();
      contents = shelf.contents();
      assert.ok(contents.length > TRAPS.length / 2);
      shelf.list(TRAPS.map(({ after }) => after));
      previewed = await shelf.previewed();
      found = Object.fromEntries(Object.entries(previewed).map(([by, steps]) => [by, data(steps)]));
    });
    after(() => shelf?.dispose());

    for (const { type, path, name } of TRAPS)
      it(`stops ${type} by ${path}, and names it`, () => {
        for (const [by, findings] of Object.entries(found)) {
          const finding = findings.find(({ urn }) => urn.endsWith(`${type}::${name}`));
          assert.ok(finding?.stops, by);
          const paths = finding.properties.map((property) => property.path);
          assert.deepEqual(paths, [path], by);
        }
      });

    it("has nothing done", () => {
      assert.deepEqual(shelf?.contents(), contents);
    });

    it("lets pass what is allowed by name, and nothing else", () => {
      const steps = previewed["its events"];
      const [first = "", ...rest] = data(steps).map(({ urn }) => urn);
      const stopping = data(steps, { allowReplace: rest }).filter((finding) => finding.stops);
      assert.deepEqual(
        stopping.map(({ urn }) => urn),
        [first],
      );
    });
  });

  describe("of what is protected, retained, deleted with another, gone from the program, or serves", () => {
    const database: Listed = {
      type: "aws:rds/cluster:Cluster",
      name: "orders",
      inputs: { engine: "aurora-postgresql" },
      options: { protect: true, retainOnDelete: true },
    };
    const instance: Listed = {
      type: "aws:rds/clusterInstance:ClusterInstance",
      name: "orders-0",
      inputs: { engine: "aurora-postgresql" },
      deletedWith: "orders",
    };
    const bucket: Listed = { type: "aws:s3/bucket:Bucket", name: "uploads", inputs: {}, options: { retainOnDelete: true } };
    const network = (cidrBlock: string): Listed => ({ type: "aws:ec2/vpc:Vpc", name: "vpc", inputs: { cidrBlock } });
    const balancer = (internal: boolean): Listed => ({ type: "aws:lb/loadBalancer:LoadBalancer", name: "public", inputs: { internal } });

    let shelf: Shelf | undefined;
    let previewed: Previewed;
    let destruction: GuardStep[];
    let contents: string[];

    before(async () => {
      shelf = new Shelf();
      shelf.list([database, instance, bucket, network("10.0.0.0/16"), balancer(false)]);
      await shelf.up();
      contents = shelf.contents();
      shelf.list([{ ...database, inputs: { engine: "aurora-mysql" } }, instance, network("10.1.0.0/16"), balancer(true)]);
      previewed = await shelf.previewed();
      destruction = await shelf.previewedDestroy();
    });
    after(() => shelf?.dispose());

    it("stops all that keeps data, also in a preview that fails because something is protected", () => {
      for (const [by, steps] of Object.entries(previewed))
        assert.deepEqual(
          data(steps).map(({ kind, urn, protect, retained, stops }) => [kind, lastName(urn), protect, retained, stops]),
          [
            ["replaces", "orders", true, true, true],
            ["replaces", "orders-0", false, false, true],
            ["deletes", "uploads", false, true, true],
          ],
          by,
        );
    });

    it("names what a resource is deleted with", () => {
      const instanceFound = data(previewed["its JSON"]).find(({ urn }) => lastName(urn) === "orders-0");
      assert.match(instanceFound?.follows ?? "", /Cluster::orders$/);
    });

    it("stops a load balancer that gets another address, and lets a network in which nothing runs be replaced", () => {
      for (const [by, steps] of Object.entries(previewed)) {
        const outages = guard(steps, ABOUT).flatMap((finding) => (finding.kind === "outage" ? [finding] : []));
        assert.deepEqual(
          outages.map(({ rule, urn, properties }) => [rule, lastName(urn), properties.map(({ path }) => path)]),
          [["other-address", "public", ["internal"]]],
          by,
        );
      }
    });

    it("says of a destruction what goes, what stays, and what the engine refuses", () => {
      const [finding] = guard(destruction, { ...ABOUT, operation: "destroy", destroyDurable: "one" });
      assert.ok(finding?.kind === "destroy" && finding.stops);
      assert.deepEqual(
        finding.keeps.map(({ urn, then }) => [lastName(urn), then]),
        [
          ["orders", "refused"],
          ["orders-0", "goes"],
          ["uploads", "stays"],
        ],
      );
    });

    it("has nothing done", () => {
      assert.deepEqual(shelf?.contents(), contents);
    });
  });
});
