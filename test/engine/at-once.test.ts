import assert from "node:assert/strict";
import { type PlatformEvent } from "../../automation/events/events";
import { Platform } from "../../automation/platform";
import { rehearsalEnvironment } from "../../automation/rehearse/engine";
import { NO_ENGINE, Tiny } from "./tiny";

const MINUTE = 60_000;
const TOOLS = 20;
const NAMES = Array.from({ length: TOOLS }, (_, index) => `env-${index + 1}`);

/** As many passwords as the name of the stack says, so that each environment is another. */
const PROGRAM = `const { getStack } = require("@pulumi/pulumi");
const { RandomPassword } = require("@pulumi/random");
const count = Number(getStack().split("-")[1]);
for (let i = 0; i < count; i++) new RandomPassword(getStack() + "-" + i, { length: 8 });
`;

describe(`twenty tools that preview at once${NO_ENGINE}`, function () {
  this.timeout(15 * MINUTE);
  const tiny = NO_ENGINE ? undefined : new Tiny(NAMES, PROGRAM);

  before(async function () {
    if (!tiny) return this.skip();
    for (const name of NAMES) assert.equal((await (await tiny.open(name)).create("passphrase")).exitCode, 0);
  });

  after(() => tiny?.dispose());

  it("each hear of their own environment alone, all of it, and get its result", async () => {
    assert.ok(tiny);
    const { workspace } = tiny;
    const heard = await Promise.all(
      NAMES.map(async (name, index) => {
        const events: PlatformEvent[] = [];
        const platform = new Platform({ root: workspace.project, home: workspace.home, env: rehearsalEnvironment(workspace) });
        const { changes, steps } = await platform.preview(name, { onEvent: (event) => events.push(event) });
        return { name, wanted: index + 1, changes, steps, events };
      }),
    );
    for (const { name, wanted, changes, steps, events } of heard) {
      const passwords = steps.filter(({ type }) => type.startsWith("random:")).map((step) => step.name);
      assert.deepEqual(passwords.sort(), Array.from({ length: wanted }, (_, index) => `${name}-${index}`).sort());
      assert.deepEqual(changes, { create: wanted + 1 });
      for (const step of steps) assert.ok(step.urn.startsWith(`urn:pulumi:${name}::tiny::`), step.urn);
      assert.deepEqual(
        events.map(({ sequence }) => sequence),
        events.map((_, index) => index),
      );
      assert.equal(events.at(-1)?.kind, "ended");
    }
  });
});
