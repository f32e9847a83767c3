import assert from "node:assert/strict";
import { transientBecause } from "../../automation/recovery/transient";
import { writeBehaviour } from "../../automation/rehearse/behaviour";
import { Cloud } from "../../automation/rehearse/cloud";
import { Engine, findEngine } from "../../automation/rehearse/engine";
import { isOnlyInState } from "../../automation/rehearse/existence";
import { readOperations } from "../../automation/rehearse/operations";
import { type PlannedResource } from "../../plan/graph";
import { typeOf } from "../../plan/urn";
import { oneOfEach, PLACES_AND_STORES, plannedCatalogue, REPLAYED, replayWorkspace } from "./replay";

const found = findEngine();
const skipped = "missing" in found ? `, skipped: no Pulumi engine (${found.missing.join(", ")} not on PATH)` : "";

const MINUTE = 60_000;
/** `all` strikes every type of the catalogue; without it, those of a place and a store of each kind and of what they need. */
const ALL = process.env["STRATA_FAULTS"] === "all";

describe(`a deployment in which every type fails once${skipped}`, function () {
  this.timeout((ALL ? 60 : 20) * MINUTE);
  let resources: readonly PlannedResource[];

  before(async function () {
    if (skipped) this.skip();
    const catalogue = await plannedCatalogue();
    resources = ALL ? oneOfEach(catalogue) : oneOfEach(catalogue, PLACES_AND_STORES);
  });

  it("comes up when it is run again, with nothing twice and nothing in no state", async () => {
    assert.ok("pulumi" in found);
    const workspace = replayWorkspace(resources);
    try {
      writeBehaviour(workspace.cloud, { faults: [{ operation: "create", occurs: "once-per-type" }] });
      const engine = new Engine(workspace, REPLAYED, { continueOnError: true });
      assert.equal((await engine.initialize()).exitCode, 0);
      const made = resources.filter(({ custom, type }) => custom && !type.startsWith("pulumi:providers:"));
      const types = new Set(made.map(({ type }) => type));
      let runs = 1;
      let result = await engine.up();
      // What depends on what failed comes only with the next run, and its type fails then.
      for (; result.exitCode !== 0; runs++) {
        assert.ok(runs <= types.size, result.stdout);
        result = await engine.up();
      }
      const failed = readOperations(workspace.cloud).filter(({ action, error }) => action === "create" && error !== undefined);
      for (const { urn, error = "" } of failed) assert.ok(transientBecause({ urn, op: "create", message: error }), error);
      const struck = failed.map(({ urn }) => typeOf(urn)).sort();
      assert.deepEqual(struck, [...types].sort());
      const { resources: state, pending } = await engine.state();
      const kept = state.filter(({ custom, type }) => custom && !type.startsWith("pulumi:providers:"));
      assert.deepEqual(pending, []);
      assert.deepEqual(kept.map(({ urn }) => urn).sort(), made.map(({ urn }) => urn).sort());
      assert.deepEqual(
        kept.flatMap(({ type, id = "" }) => (isOnlyInState(type) ? [] : [`${type} ${id}`])).sort(),
        new Cloud(workspace.cloud)
          .list()
          .map(({ type, id }) => `${type} ${id}`)
          .sort(),
      );
      console.log(
        `      ${struck.length} of ${types.size} types failed once on creation; ${runs} runs; ${made.length} resources in the end`,
      );
    } finally {
      workspace.dispose();
    }
  });
});
