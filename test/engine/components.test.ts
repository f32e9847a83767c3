import assert from "node:assert/strict";
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { Cloud } from "../../automation/rehearse/cloud";
import { Engine, findEngine } from "../../automation/rehearse/engine";
import { type StateResource } from "../../automation/rehearse/stack-state";
import { Workspace } from "../../automation/rehearse/workspace";
import { type PlannedResource } from "../../plan/graph";
import { ROOT } from "../harness";
import { disagreements } from "./agreement";

const found = findEngine();
const missing = "missing" in found ? found.missing.join(", ") : found.components === "simulated" ? "the plugins of awsx and eks" : "";
const skipped = missing === "" ? "" : `, skipped: no Pulumi engine with its components (${missing} not on PATH)`;
const MINUTE = 60_000;
/** The engine's own doing: the program asks for none. */
const DEFAULT_PROVIDER = /::pulumi:providers:[^$]+::default(_|$)/;

/** Components on an engine of their own. */
class Trial {
  readonly workspace = new Workspace(join(__dirname, "components"));
  private readonly engine: Engine;

  constructor(components: "installed" | "simulated") {
    symlinkSync(join(ROOT, "node_modules"), join(this.workspace.project, "node_modules"));
    this.engine = new Engine(this.workspace, "trial", { components });
  }

  async up(): Promise<readonly StateResource[]> {
    for (const step of ["initialize", "up"] as const) {
      const { exitCode, stdout, stderr } = await this.engine[step]();
      assert.equal(exitCode, 0, stdout + stderr);
    }
    return (await this.engine.state()).resources;
  }

  async previewAndDestroy(): Promise<Readonly<Record<string, number>>> {
    const { changes } = await this.engine.preview();
    const { exitCode, stdout, stderr } = await this.engine.destroy();
    assert.equal(exitCode, 0, stdout + stderr);
    return changes;
  }
}

/**
 * A resource as a plan has it. What the process of a component fills into the component's own arguments is its own: eks gives a node group the
 * version of its cluster, which its child has too.
 */
function asPlannedFrom(resource: StateResource, real: readonly StateResource[]): PlannedResource {
  const remote = /^(awsx|eks):/.test(resource.type);
  const other = remote ? real.find(({ urn }) => urn === resource.urn) : undefined;
  const { dependencies, propertyDependencies } = other ?? resource;
  return { ...resource, remote, dependencies, propertyDependencies } as unknown as PlannedResource;
}

describe(`simulated components on the real engine${skipped}`, function () {
  this.timeout(20 * MINUTE);
  before(function () {
    if (skipped) this.skip();
  });

  let simulated: Trial;
  let made: readonly StateResource[];
  before("simulated", async () => {
    simulated = new Trial("simulated");
    made = await simulated.up();
  });
  after(() => {
    if (!skipped) simulated.workspace.dispose();
  });

  it("make the same resources as those of awsx and eks, with the same inputs, parents and dependencies", async () => {
    const installed = new Trial("installed");
    const real = await installed.up().finally(() => installed.workspace.dispose());
    const asPlanned = made.filter(({ urn }) => !DEFAULT_PROVIDER.test(urn)).map((resource) => asPlannedFrom(resource, real));
    assert.ok(real.length > 50, String(real.length));
    assert.deepEqual(disagreements(asPlanned, real), []);
  });

  it("have no changes at a second preview, and are destroyed", async () => {
    assert.deepEqual(Object.keys(await simulated.previewAndDestroy()), ["same"]);
    assert.deepEqual(new Cloud(simulated.workspace.cloud).list(), []);
  });
});
