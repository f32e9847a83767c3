import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundleHandler } from "../../../components/compute/bundle";
import { ENGINES } from "../../../components/persistence/relational/engines";
import { ROOT } from "../../harness";

const PASSWORD = "canary-7c21";

/** What each driver says when nobody listens. */
const REFUSED: Readonly<Record<string, RegExp>> = {
  postgres: /ECONNREFUSED/,
  mysql: /ECONNREFUSED/,
  mariadb: /ECONNREFUSED/,
  oracle: /NJS-|ECONNREFUSED/,
  sqlserver: /ECONNREFUSED|ESOCKET|Failed to connect/,
};

/** Secrets Manager over HTTP, with one secret. */
function secretsManager(): Promise<Server> {
  const server = createServer((request, response) => {
    request.resume();
    response.setHeader("content-type", "application/x-amz-json-1.1");
    response.end(JSON.stringify({ SecretString: JSON.stringify({ username: "strata", password: PASSWORD }) }));
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

/** Runs a bundle as Lambda would, in a process with its variables; gives what its handler ended with, and all it printed. */
async function run(folder: string, code: string, variables: Readonly<Record<string, string>>): Promise<string> {
  writeFileSync(join(folder, "index.js"), code);
  const call = `require("./index.js").handler(JSON.parse(process.env.EVENT)).then((ok) => console.log("answered", ok), (error) => console.log("failed", error))`;
  const child = spawn(process.execPath, ["-e", call], { cwd: folder, env: { PATH: process.env["PATH"], ...variables } });
  let printed = "";
  child.stdout.on("data", (data: Buffer) => (printed += data.toString()));
  child.stderr.on("data", (data: Buffer) => (printed += data.toString()));
  await new Promise((resolve) => child.once("exit", resolve));
  return printed;
}

describe("the bundled functions of database users", () => {
  let server: Server;
  let folder: string;

  before(async () => {
    server = await secretsManager();
    folder = mkdtempSync(join(tmpdir(), "strata-bundle-"));
  });

  after(() => {
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  for (const file of new Set(Object.values(ENGINES).map(({ functionFile }) => functionFile))) {
    const engine = file.replace(/^.*\/|\.ts$/g, "");

    it(`${engine}: reads the master secret, carries its driver, and says why a server does not answer, but no password`, async () => {
      const result = bundleHandler(ROOT, file, "nodejs22.x", file);
      assert.ok("bundle" in result, JSON.stringify(result.faults));
      const closed = 9;
      const printed = await run(folder, result.bundle.code, {
        AWS_REGION: "us-east-1",
        AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
        AWS_SECRET_ACCESS_KEY: "example",
        AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        DATABASE_HOST: "localhost",
        DATABASE_PORT: String(closed),
        MASTER_SECRET_ARN: "arn:aws:secretsmanager:us-east-1:111122223333:secret:rds!cluster-1",
        EVENT: JSON.stringify({ tf: { action: "create" }, secretArn: "s", database: "orders", access: "write", users: ["orders_a"] }),
      });
      assert.match(printed, /^failed/m);
      assert.match(printed, REFUSED[engine] ?? /never/);
      assert.ok(!printed.includes(PASSWORD));
    });
  }
});
