import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CloudSearch, type SearchResult, type Wanted } from "../../../automation/recovery/cloud-search";
import { settle, type Settled } from "../../../automation/recovery/settle";
import { type PendingOperation, readEditable, type RecoveryStep, type State, type StateResource } from "../../../automation/recovery/state";
import { UndecidedOperations } from "../../../automation/recovery/undecided";

const STACK = "urn:pulumi:dev::strata::pulumi:pulumi:Stack::strata-dev";
const PROVIDER = "urn:pulumi:dev::strata::pulumi:providers:aws::aws";

function urn(type: string, name: string): string {
  return `urn:pulumi:dev::strata::${type}::${name}`;
}

function resource(type: string, name: string, more: Partial<StateResource> = {}): StateResource {
  return { urn: urn(type, name), type, custom: true, parent: STACK, provider: `${PROVIDER}::p-1`, inputs: {}, ...more };
}

const ROOTS: readonly StateResource[] = [
  { urn: STACK, type: "pulumi:pulumi:Stack", custom: false },
  { urn: PROVIDER, type: "pulumi:providers:aws", custom: true, id: "p-1", parent: STACK },
];

function state(resources: readonly StateResource[], pending: readonly PendingOperation[]): State {
  return {
    version: 3,
    deployment: {
      manifest: { time: "2026-11-26T10:00:00Z" },
      resources: [...ROOTS, ...resources],
      pending_operations: [...pending],
      extensions: { kept: 1 },
    },
  };
}

function creating(of: StateResource): PendingOperation {
  return { type: "creating", resource: of };
}

/** A back end that counts what is written. */
class Stack {
  readonly written: State[] = [];

  constructor(private current: State) {}

  export(): Promise<unknown> {
    return Promise.resolve(structuredClone(this.current));
  }

  import(next: State): Promise<void> {
    this.written.push(next);
    this.current = next;
    return Promise.resolve();
  }

  resources(): StateResource[] {
    return (this.current.deployment.resources ?? []).slice(ROOTS.length);
  }
}

/** A cloud that answers by the name of what is looked for. */
class Cloud implements CloudSearch {
  readonly asked: Wanted[] = [];

  constructor(private readonly answers: Readonly<Record<string, SearchResult>>) {}

  find(wanted: Wanted): Promise<SearchResult> {
    this.asked.push(wanted);
    const name = wanted.urn.split("::").at(-1) ?? "";
    return Promise.resolve(this.answers[name] ?? { kind: "absent", because: "it is not there" });
  }

  tagged(): Promise<readonly []> {
    return Promise.resolve([]);
  }

  isKnownAs(): boolean {
    return false;
  }

  idAs(): undefined {
    return undefined;
  }

  delete(): Promise<void> {
    return Promise.resolve();
  }
}

function found(id: string, idOf: "state" | "import" = "state"): SearchResult {
  return { kind: "found", id, idOf, by: "its name" };
}

describe("what a killed update left", () => {
  const keepIn = mkdtempSync(join(tmpdir(), "strata-settle-"));
  let steps: RecoveryStep[];
  beforeEach(() => (steps = []));
  after(() => rmSync(keepIn, { recursive: true }));

  const run = async (stack: Stack, cloud: CloudSearch, decisions?: ReadonlyMap<string, string | undefined>): Promise<readonly Settled[]> =>
    settle(stack, cloud, (step) => steps.push(step), { keepIn, ...(decisions && { decisions }) });

  it("is nothing when nothing is pending: neither the cloud is asked nor the state written", async () => {
    const stack = new Stack(state([resource("aws:sqs/queue:Queue", "jobs", { id: "jobs-1" })], []));
    const cloud = new Cloud({});
    assert.deepEqual(await run(stack, cloud), []);
    assert.deepEqual([stack.written, cloud.asked, steps], [[], [], []]);
  });

  it("becomes a resource where the cloud has it: under its URN, with its parent, provider and dependencies, to be read before anything else", async () => {
    const queue = resource("aws:sqs/queue:Queue", "jobs", { id: "q-1" });
    const policy = resource("aws:sqs/queuePolicy:QueuePolicy", "jobs", { dependencies: [queue.urn], inputs: { policy: "{}" } });
    const stack = new Stack(state([queue], [creating(policy)]));
    await run(stack, new Cloud({ jobs: found("p-1") }));
    assert.deepEqual(stack.resources(), [queue, { ...policy, id: "p-1", refreshBeforeUpdate: true, outputs: { policy: "{}" } }]);
    assert.equal(stack.written.length, 1);
    assert.equal(stack.written[0]?.deployment.pending_operations, undefined);
    assert.deepEqual(stack.written[0]?.deployment["extensions"], { kept: 1 });
  });

  it("has no outputs where the provider must import it, because its id is none of a state's", async () => {
    const route = resource("aws:ec2/route:Route", "out", { inputs: { a: 1 }, outputs: {} });
    const stack = new Stack(state([], [creating(route)]));
    await run(stack, new Cloud({ out: found("rtb_0.0.0.0/0", "import") }));
    assert.equal(stack.resources()[0]?.outputs, undefined);
  });

  it("is dropped where the cloud has nothing of it", async () => {
    const stack = new Stack(state([], [creating(resource("aws:sqs/queue:Queue", "jobs"))]));
    const [settled] = await run(stack, new Cloud({}));
    assert.equal(settled?.action, "dropped");
    assert.deepEqual(stack.resources(), []);
  });

  it("is dropped without a look at the cloud where no cloud keeps it: components and providers", async () => {
    const component = { urn: urn("strata:service:Service", "orders"), type: "strata:service:Service", custom: false };
    const provider = resource("pulumi:providers:kubernetes", "cluster");
    const cloud = new Cloud({});
    await run(new Stack(state([], [creating(component), creating(provider)])), cloud);
    assert.deepEqual(cloud.asked, []);
  });

  it("tells the search what the state has already, of the same provider only", async () => {
    const type = "kubernetes:core/v1:ConfigMap";
    const here = resource(type, "a", { id: "ns/a", provider: "k::1" });
    const there = resource(type, "b", { id: "ns/b", provider: "k::2" });
    const cloud = new Cloud({});
    await run(new Stack(state([here, there], [creating(resource(type, "c", { provider: "k::1" }))])), cloud);
    assert.deepEqual([...(cloud.asked[0]?.taken ?? [])], ["ns/a"]);
  });

  it("takes the place of what it replaces, which waits to be deleted", async () => {
    const type = "aws:lb/targetGroup:TargetGroup";
    const old = resource(type, "web", { id: "tg-1", inputs: { name: "web-1111111", port: 80 } });
    const listener = resource("aws:lb/listener:Listener", "web", { id: "l-1", dependencies: [old.urn] });
    const stack = new Stack(state([old, listener], [creating(resource(type, "web", { inputs: { name: "web-2222222", port: 81 } }))]));
    await run(stack, new Cloud({ web: found("tg-2") }));
    assert.deepEqual(
      stack.resources().map(({ id, delete: waits }) => [id, waits ?? false]),
      [
        ["tg-2", false],
        ["tg-1", true],
        ["l-1", false],
      ],
    );
  });

  it("takes the place of what was deleted to make room for it", async () => {
    const type = "aws:rds/instance:Instance";
    const old = resource(type, "db", { id: "db-1", pendingReplacement: true, inputs: { engine: "mysql" } });
    const stack = new Stack(state([old], [creating(resource(type, "db", { inputs: { engine: "postgres" } }))]));
    await run(stack, new Cloud({ db: found("db-2") }));
    assert.deepEqual(
      stack.resources().map(({ id }) => id),
      ["db-2"],
    );
  });

  it("is left alone, and told of, when it is a second one of what the state has", async () => {
    const type = "aws:rds/instance:Instance";
    const live = resource(type, "db", { id: "db-1", inputs: { identifier: "db-1111111", engine: "mysql" } });
    const stack = new Stack(state([live], [creating(resource(type, "db", { inputs: { identifier: "db-2222222", engine: "mysql" } }))]));
    const [settled] = await run(stack, new Cloud({ db: found("db-2") }));
    assert.equal(settled?.action, "left");
    assert.match(settled?.because ?? "", /may hold data: strata orphans/);
    assert.deepEqual(stack.resources(), [live]);
  });

  it("is read before anything else when it was being changed or deleted", async () => {
    const queue = resource("aws:sqs/queue:Queue", "jobs", { id: "q-1" });
    const topic = resource("aws:sns/topic:Topic", "news", { id: "t-1", delete: true });
    const stack = new Stack(
      state(
        [queue, topic],
        [
          { type: "updating", resource: { ...queue, inputs: { fifo: true } } },
          { type: "deleting", resource: topic },
        ],
      ),
    );
    const settled = await run(stack, new Cloud({}));
    assert.deepEqual(
      settled.map(({ action }) => action),
      ["reread", "reread"],
    );
    assert.deepEqual(stack.resources(), [
      { ...queue, refreshBeforeUpdate: true },
      { ...topic, refreshBeforeUpdate: true },
    ]);
  });

  it("is dropped when it was only being read or imported", async () => {
    const one = resource("aws:ec2/vpc:Vpc", "theirs", { id: "vpc-1" });
    const stack = new Stack(
      state(
        [],
        [
          { type: "reading", resource: one },
          { type: "importing", resource: one },
        ],
      ),
    );
    await run(stack, new Cloud({ theirs: found("vpc-1") }));
    assert.deepEqual(stack.resources(), []);
  });

  describe("when it can't be decided", () => {
    const grant = resource("aws:kms/grant:Grant", "volumes");
    const queue = resource("aws:sqs/queue:Queue", "jobs");
    const cloud = new Cloud({ volumes: { kind: "undecided", because: "AWS does not tell", look: "the key's grants" }, jobs: found("q-1") });

    it("leaves the state as it was, and says where to look and what to say then", async () => {
      const stack = new Stack(state([], [creating(queue), creating(grant)]));
      await assert.rejects(run(stack, cloud), (error) => {
        assert.ok(error instanceof UndecidedOperations);
        assert.deepEqual(
          error.open.map((one) => one.urn),
          [grant.urn],
        );
        assert.match(error.message, /AWS does not tell; look at the key's grants; then say --settle 'urn:.*::volumes=<id>'/);
        return true;
      });
      assert.deepEqual(stack.written, []);
    });

    it("does what a person decided", async () => {
      const there = new Stack(state([], [creating(grant)]));
      await run(there, cloud, new Map([[grant.urn, "g-1"]]));
      assert.equal(there.resources()[0]?.id, "g-1");
      const absent = new Stack(state([], [creating(grant)]));
      await run(absent, cloud, new Map([[grant.urn, undefined]]));
      assert.deepEqual(absent.resources(), []);
    });

    it("never puts a resource before what it needs into a state", async () => {
      const policy = resource("aws:sqs/queuePolicy:QueuePolicy", "jobs", { dependencies: [queue.urn] });
      const stack = new Stack(state([], [creating(policy)]));
      await assert.rejects(run(stack, new Cloud({ jobs: found("p-1") })), /what it depends on is not in the state/);
      assert.deepEqual(stack.written, []);
    });
  });

  it("keeps a copy of the state before, for its owner alone, which can be given back as it is", async () => {
    const before = state([], [creating(resource("aws:sqs/queue:Queue", "jobs"))]);
    await run(new Stack(before), new Cloud({}));
    const [step] = steps;
    assert.equal(step?.action, "state-kept");
    const path = join(keepIn, readdirSync(keepIn).sort().at(-1) ?? "");
    assert.match(path, /dev\.\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{3}Z\.json$/);
    assert.deepEqual(readEditable(JSON.parse(readFileSync(path, "utf8"))), before);
    assert.equal(statSync(path).mode & 0o077, 0);
  });

  it("is looked at again when somebody else wrote the state meanwhile", async () => {
    const queue = resource("aws:sqs/queue:Queue", "jobs");
    const before = state([], [creating(queue)]);
    const after = state([{ ...queue, id: "theirs" }], []);
    const answers = [before, after, after];
    const written: State[] = [];
    const stack = {
      export: (): Promise<unknown> => Promise.resolve(answers.shift()),
      import: (next: State): Promise<void> => Promise.resolve(void written.push(next)),
    };
    assert.deepEqual(await settle(stack, new Cloud({}), () => undefined, { keepIn }), []);
    assert.deepEqual(written, []);
  });
});
