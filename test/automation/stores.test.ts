import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Workspace } from "../harness";
import { strata } from "./command";

describe("the ledger of stores", () => {
  let workspace: Workspace;
  beforeEach(() => (workspace = new Workspace()));
  afterEach(() => workspace.dispose());

  const run = (...args: string[]) => strata(...args, "--cwd", workspace.root);
  const without = (service: string) => workspace.service(service, (descriptor) => (descriptor["needs"] = []));

  it("of prod is up to date in the repository: recording again changes nothing", async () => {
    const before = readFileSync(join(workspace.root, "stores.prod.yaml"), "utf8");
    const { code, stdout } = await run("stores", "record", "prod");
    assert.equal(code, 0);
    assert.match(stdout, /0 of them new/);
    assert.equal(readFileSync(join(workspace.root, "stores.prod.yaml"), "utf8"), before);
  });

  it("turns a need that is taken out of a descriptor into an error that names the store and how to retire it", async () => {
    without("partners");
    const { code, stderr } = await run("plan", "prod");
    assert.equal(code, 1);
    assert.match(
      stderr,
      /stores\.prod\.yaml: stores\.postgres\/partners: is needed by no service any more.*strata stores retire prod postgres\/partners --because/,
    );
  });

  it("lets the same need go in dev, where nothing is kept: the store goes with it", async () => {
    without("partners");
    const { code, stdout } = await run("plan", "dev", "--json");
    assert.equal(code, 0);
    const { resources } = JSON.parse(stdout) as { resources: { type: string; name: string }[] };
    assert.ok(!resources.some(({ type, name }) => type.startsWith("aws:rds/") && /^(partners|crm|wiki)/.test(name)));
  });

  it("lets a store go once it is retired with a reason, and only then", async () => {
    without("partners");
    for (const store of ["postgres/partners", "mysql/crm", "mariadb/wiki", "bucket/partner-files"])
      await run("stores", "retire", "prod", store, "--because", "its data is in the warehouse, the head of sales agreed");
    const { stderr } = await run("plan", "prod");
    assert.doesNotMatch(stderr, /postgres\/partners|mysql\/crm|mariadb\/wiki/);
  });

  it("does not retire a store that a service still needs, or that it does not know", async () => {
    const needed = await run("stores", "retire", "prod", "table/sessions", "--because", "we have no sessions any more");
    assert.equal(needed.code, 1);
    assert.match(needed.stderr, /table\/sessions: is still needed/);
    assert.match(
      (await run("stores", "retire", "prod", "table/nothing", "--because", "it was never there at all")).stderr,
      /table\/nothing: is not in the ledger/,
    );
  });

  it("is kept for durable environments alone", async () => {
    const { code, stderr } = await run("stores", "record", "dev");
    assert.equal(code, 1);
    assert.match(stderr, /dev: keeps no ledger of stores, because it is not durable/);
  });
});
