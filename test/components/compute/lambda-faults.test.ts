import assert from "node:assert/strict";
import { bundleServices, functionSizeFaults, lambdaFaults } from "../../../components/compute/lambda-faults";
import { readCatalogue } from "../../../stacks/catalogue";
import { ROOT, Workspace } from "../../harness";
import { likeThumbnails } from "./functions";

const FILE = "services/a/service.yaml";
const DEMAND = { average: "1/s", peak: "10/s", shape: "spiky", duration: "1s", memory: "512MiB", start: "1s" };

function faultsOf(change: Readonly<Record<string, unknown>>): string[] {
  return lambdaFaults([{ file: FILE, descriptor: likeThumbnails("a-service", change) }]).map(({ key, what }) => `${key} ${what}`);
}

describe("services with a handler", () => {
  it("of the catalogue have nothing wrong with them, and a bundle each", () => {
    const { entries } = readCatalogue(ROOT);
    const { bundles, faults } = bundleServices(ROOT, entries);
    assert.deepEqual(faults, []);
    assert.deepEqual([...bundles.keys()].sort(), ["notifications", "payments-webhook", "thumbnails"]);
    assert.deepEqual(lambdaFaults(entries), []);
  });

  it("are all told of what does not bundle, by the file that names it", () => {
    const workspace = new Workspace();
    try {
      workspace.service("thumbnails", (descriptor) => Object.assign(descriptor, { run: { handler: "gone.ts" } }));
      workspace.write("services/notifications/handler.ts", 'import "./gone";\nexport const handler = () => 1;');
      const { faults, bundles } = bundleServices(workspace.root, readCatalogue(workspace.root).entries);
      assert.deepEqual(faults.map(({ key }) => key).sort(), [
        "services/notifications/handler.ts:1:8",
        "services/thumbnails/service.yaml: run.handler",
      ]);
      assert.deepEqual([...bundles.keys()], ["payments-webhook"]);
    } finally {
      workspace.dispose();
    }
  });

  const upload = (more: object) => ({ upload: "u", ...more });
  const wrong: Readonly<Record<string, [Readonly<Record<string, unknown>>, RegExp]>> = {
    "a runtime AWS gave up": [{ run: { handler: "h.ts", runtime: "nodejs20.x" } }, /run\.runtime lost its support on 2026-04-30/],
    "a memory Lambda cannot have": [{ demand: { ...DEMAND, memory: "11GiB" } }, /demand\.memory is more than a function can have/],
    "a call longer than Lambda runs": [{ demand: { ...DEMAND, duration: "16min" } }, /demand\.duration is longer than a function may run/],
    "a call longer than the API waits": [
      { demand: { ...DEMAND, duration: "31s" }, reach: { http: "/a", from: "internet" } },
      /demand\.duration is longer than the HTTP API waits/,
    ],
    "a start longer than the init phase": [{ demand: { ...DEMAND, start: "11s" } }, /demand\.start is longer than the init phase/],
    "a variable of Lambda's own": [
      { run: { handler: "h.ts", variables: { AWS_REGION: "x" } } },
      /run\.variables\.AWS_REGION is a variable that Lambda sets/,
    ],
    "too many variables": [{ run: { handler: "h.ts", variables: { A: "x".repeat(4_096) } } }, /run\.variables are more than Lambda takes/],
    "callers inside only": [{ reach: { http: "/a", from: "services" } }, /reach\.from asks for a function that only services can call/],
    "a schedule that does not parse": [{ triggers: [{ schedule: "cron(0 3 * * *)" }] }, /triggers\[0\]\.schedule is not a schedule/],
    "two triggers for one object": [
      { triggers: [upload({ prefix: "a/" }), upload({ prefix: "a/b/", suffix: ".jpg" })] },
      /triggers\[1\] would start the service a second time/,
    ],
    "uploads that start themselves": [
      { triggers: [upload({})], needs: [{ bucket: "u", access: "write" }] },
      /triggers\[0\]\.upload names a bucket that the service writes to/,
    ],
  };
  for (const [name, [change, message]] of Object.entries(wrong))
    it(`are refused with ${name}`, () => {
      const faults = faultsOf(change);
      assert.equal(faults.length, 1, faults.join("; "));
      assert.match(faults[0] ?? "", message);
    });

  it("may have triggers that never meet", () => {
    assert.deepEqual(
      faultsOf({ triggers: [upload({ prefix: "a/" }), upload({ prefix: "b/" }), upload({ prefix: "c/", suffix: ".x" })] }),
      [],
    );
  });
});

describe("sizes of functions", () => {
  const size = (memory: number, reservedConcurrency = 10) => ({ key: "k", memory, reservedConcurrency });

  it("are refused outside what Lambda has", () => {
    for (const memory of [127, 10_241, 512.5])
      assert.equal(functionSizeFaults(new Map([["a", size(memory)]]), 1_000)[0]?.what, "is a memory that no function can have");
    for (const memory of [128, 1_769, 10_240]) assert.deepEqual(functionSizeFaults(new Map([["a", size(memory)]]), 1_000), []);
  });

  it("are refused when together they reserve what the account must keep free", () => {
    const sizes = new Map([
      ["a", size(512, 500)],
      ["b", size(512, 401)],
    ]);
    assert.match(functionSizeFaults(sizes, 1_000)[0]?.what ?? "", /reserve more concurrency than the account has/);
    assert.deepEqual(functionSizeFaults(sizes, 2_000), []);
  });
});
