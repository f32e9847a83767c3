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

  it("lets all stores go at once, with all services, when the environment is decommissioned, and records none any more", async () => {
    const all = ["stores", "retire", "prod", "--all", "--because", "the group runs it from now on, its data is there"];
    const refused = await run(...all);
    assert.equal(refused.code, 1);
    assert.match(refused.stderr, /table\/sessions: is still needed/);
    workspace.section("prod", "environment", (values) => (values["decommissioning"] = true));
    const { code, stdout } = await run(...all);
    assert.equal(code, 0);
    assert.match(stdout, /table\/sessions.* is retired/);
    assert.match(readFileSync(join(workspace.root, "stores.prod.yaml"), "utf8"), /^stores: \{\}$/m);
    const recorded = await run("stores", "record", "prod");
    assert.equal(recorded.code, 1);
    assert.match(recorded.stderr, /prod: is being decommissioned, so no store of it is recorded/);
  });

  it("wants one store named, or all of them", async () => {
    for (const stores of [[], ["table/sessions", "--all"]]) {
      const { code, stderr } = await run("stores", "retire", "prod", ...stores, "--because", "nobody needs it any more");
      assert.equal(code, 1);
      assert.match(stderr, /name one store, or give --all/);
    }
  });

  it("is kept for durable environments alone", async () => {
    const { code, stderr } = await run("stores", "record", "dev");
    assert.equal(code, 1);
    assert.match(stderr, /dev: keeps no ledger of stores, because it is not durable/);
  });
});
