import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import assert from "node:assert/strict";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { UPGRADES } from "../../../automation/upgrades/record-release";
import { readRecordedState, recorded } from "../../../automation/upgrades/recorded-state";
import { upgradeFindings } from "../../../automation/upgrades/upgrade";
import { STATEFUL_TYPES } from "../../../facts/replacements";
import { type PlannedResource } from "../../../plan/graph";
import { record } from "../../../plan/record";
import { readStackFile } from "../../../plan/stack-file";
import program from "../../../stacks/index";
import { recordProgram } from "../../harness";

const MOST_BYTES = 200_000;

/** A component that keeps data in a table, as a release and the next one may make it. */
class Ledger extends pulumi.ComponentResource {
  constructor(name: string, setting: { readonly table?: string; readonly key?: string }, options: pulumi.ComponentResourceOptions) {
    super("strata:persistence:Ledger", name, {}, options);
    const { table = name, key = "id" } = setting;
    new aws.dynamodb.Table(
      table,
      { attributes: [{ name: key, type: "S" }], hashKey: key, billingMode: "PAY_PER_REQUEST" },
      { parent: this },
    );
  }
}

type Setting = ConstructorParameters<typeof Ledger>[1];

function ledger(name: string, setting: Setting = {}, options: pulumi.ComponentResourceOptions = {}): Promise<PlannedResource[]> {
  return recordProgram((given) => new Ledger(name, setting, { ...given, ...options }));
}

async function upgrade(after: () => Promise<PlannedResource[]>): Promise<string[]> {
  const before = (await ledger("books")).map(recorded);
  return upgradeFindings(before, await after()).map(({ does, properties }) => [does, ...properties].join(" "));
}

describe("an upgrade", () => {
  it("does nothing to what is asked for as before", async () => {
    assert.deepEqual(await upgrade(() => ledger("books")), []);
  });

  it("deletes what is in a component that has another name and no alias", async () => {
    assert.deepEqual(await upgrade(() => ledger("accounts")), ["deletes"]);
  });

  it("keeps what is in a component whose alias says what it was called", async () => {
    assert.deepEqual(await upgrade(() => ledger("accounts", {}, { aliases: [{ name: "books" }] })), []);
  });

  it("deletes what has another name in a component that has its own", async () => {
    assert.deepEqual(await upgrade(() => ledger("books", { table: "books-ledger" })), ["deletes"]);
  });

  it("replaces what has a new default for a property that cannot change", async () => {
    assert.deepEqual(await upgrade(() => ledger("books", { key: "account" })), ["replaces hashKey"]);
  });

  it("says of each finding what it is about and what to do", async () => {
    const before = (await ledger("books")).map(recorded);
    const [finding] = upgradeFindings(before, await ledger("accounts"));
    assert.match(finding?.message ?? "", /Ledger\$aws:dynamodb\/table:Table::books: is asked for no more; .*aliases/);
  });
});

for (const release of readdirSync(UPGRADES))
  describe(`what release ${release} left, previewed by today's program`, function () {
    this.timeout(300_000);
    for (const file of readdirSync(join(UPGRADES, release)).filter((name) => name.endsWith(".json.gz"))) {
      const environment = file.replace(".json.gz", "");
      const path = join(UPGRADES, release, file);

      it(`keeps everything that keeps data in ${environment}`, async () => {
        const { resources, release: written } = readRecordedState(path);
        assert.equal(written, release);
        assert.ok(resources.filter(({ type }) => STATEFUL_TYPES.has(type)).length > 10);
        const today = await record(program, readStackFile(join(UPGRADES, release), environment));
        assert.deepEqual(
          upgradeFindings(resources, today).map(({ message }) => message),
          [],
        );
      });

      it(`is small and holds no secret of ${environment}`, () => {
        assert.ok(statSync(path).size < MOST_BYTES);
        assert.doesNotMatch(JSON.stringify(readRecordedState(path)), /"secure"|AKIA[0-9A-Z]{16}|PRIVATE KEY/);
      });
    }
  });
