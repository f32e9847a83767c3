import assert from "node:assert/strict";
import { findEngine, rehearsalEnvironment } from "../../automation/rehearse/engine";
import { type PlatformEvent } from "../../automation/events/events";
import { Platform, type PreviewResult } from "../../automation/platform";
import { NotesPlatform } from "./notes-platform";

const found = findEngine();
const skipped = "missing" in found ? `, skipped: no Pulumi engine (${found.missing.join(", ")} not on PATH)` : "";
const MINUTE = 60_000;
const TOOLS = 20;
/** What environments differ in: which of these each has follows from its number. */
const ENDPOINTS = ["ecr.api", "ecr.dkr", "logs", "secretsmanager", "kms"];
const ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";

interface Asked {
  readonly name: string;
  readonly cidr: string;
  readonly endpoints: readonly string[];
}

const ASKED = Array.from({ length: TOOLS }, (_, index): Asked => {
  const number = index + 1;
  return {
    name: `env-${number}`,
    cidr: `10.${number}.0.0/16`,
    endpoints: ENDPOINTS.filter((_endpoint, bit) => (number >> bit) % 2 === 1),
  };
});

interface Heard extends PreviewResult {
  readonly asked: Asked;
  readonly events: readonly PlatformEvent[];
}

describe(`twenty tools that preview environments of one platform at once${skipped}`, function () {
  this.timeout(30 * MINUTE);
  let small: NotesPlatform | undefined;
  let heard: Heard[] = [];

  before(async function () {
    if (skipped) return this.skip();
    const platform = (small = new NotesPlatform());
    for (const { name, cidr, endpoints } of ASKED) {
      platform.addEnvironment(name, (config) => {
        const { availabilityZones } = config["strata:network"] ?? {};
        config["strata:network"] = { availabilityZones, cidr, interfaceEndpoints: endpoints };
      });
      assert.equal((await (await platform.platform.stack(name)).engine.create("passphrase")).exitCode, 0);
    }
    const { workspace } = platform;
    heard = await Promise.all(
      ASKED.map(async (asked) => {
        const events: PlatformEvent[] = [];
        const tool = new Platform({ root: workspace.project, home: workspace.home, env: rehearsalEnvironment(workspace) });
        const result = await tool.preview(asked.name, { onEvent: (event) => events.push(event) });
        return { ...result, asked, events };
      }),
    );
  });

  after(() => small?.dispose());

  it("each hear of their own environment alone, all of it and in order", () => {
    for (const { asked, steps, events } of heard) {
      for (const { urn } of steps) assert.ok(urn.startsWith(`urn:pulumi:${asked.name}::strata::`), urn);
      for (const event of events) if ("urn" in event && event.urn) assert.ok(event.urn.startsWith(`urn:pulumi:${asked.name}::`), event.urn);
      assert.deepEqual(
        events.map(({ sequence }) => sequence),
        events.map((_, index) => index),
      );
      const planned = events.filter((event) => event.kind === "resource" && event.phase === "planned");
      assert.equal(planned.length, steps.length, asked.name);
      assert.equal(events.at(-1)?.kind, "ended");
    }
  });

  it("each get what their own stack file asks for, and no two the same", () => {
    const made = heard.map(({ asked, steps }) => {
      const endpoints = steps.filter(({ type, name }) => type === ENDPOINT && ENDPOINTS.some((one) => name.endsWith(one)));
      assert.deepEqual(endpoints.map(({ name }) => name.replace("network-", "")).sort(), [...asked.endpoints].sort(), asked.name);
      return asked.endpoints.join(" ");
    });
    assert.equal(new Set(made).size, TOOLS);
  });

  it("each get what a plan of their environment alone has, resource by resource", async () => {
    assert.ok(small);
    for (const { asked, steps, changes } of heard) {
      const { resources } = await small.platform.plan(asked.name);
      const named = (all: readonly { readonly type: string; readonly name: string }[]): string[] =>
        all
          .filter(({ type }) => !type.startsWith("pulumi:"))
          .map(({ type, name }) => `${type} ${name}`)
          .sort();
      assert.deepEqual(named(steps), named(resources), asked.name);
      assert.deepEqual(Object.keys(changes), ["create"]);
    }
  });
});
