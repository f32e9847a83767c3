import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import type { Server } from "node:http";
import { join } from "node:path";
import { chromium, type Browser } from "playwright-core";
import { type UnnumberedEvent } from "../../automation/events/events";
import { type OperationOptions, type PreviewResult } from "../../automation/platform";
import { createTool } from "../../examples/internal-tool/server";
import { Workspace } from "../harness";

const ISSUER = "https://login.example.com/";
const AUDIENCE = "strata-tool";

/** Chromium as Debian installs it. */
function findChromium(): string | undefined {
  try {
    return execFileSync("sh", ["-c", "command -v chromium"], { encoding: "utf8" }).trim();
  } catch {
    return undefined; // Not on PATH.
  }
}

/** A platform that reports what a preview reports, without an engine; `broken` fails as one without a back end does. */
const platform = {
  environments: () => Promise.resolve(["broken", "dev", "prod"].map((name) => ({ name, hasFile: true, hasStack: true }))) as never,
  preview: async (environment: string, { onEvent = () => undefined }: OperationOptions = {}): Promise<PreviewResult> => {
    let sequence = 0;
    const emit = (event: UnnumberedEvent) => onEvent({ sequence: sequence++, time: "2026-11-26T12:00:00.000Z", ...event });
    emit({ kind: "begun", operation: "preview", environment });
    await new Promise((resolve) => setImmediate(resolve));
    if (environment === "broken") {
      emit({ kind: "ended", outcome: "failed", error: { name: "BackEndUnreachable", message: "the back end does not answer" } });
      throw new Error("the back end does not answer");
    }
    emit({ kind: "diagnostic", severity: "info", message: "<b>planning</b>" });
    emit({ kind: "summary", changes: { create: 3 }, seconds: 1, preview: true });
    emit({ kind: "ended", outcome: "succeeded" });
    return { environment, changes: { create: 3 }, seconds: 1, steps: [], findings: [] };
  },
};

describe("the example of an internal tool", function () {
  this.timeout(120_000);
  const audited: string[] = [];
  let workspace: Workspace;
  let server: Server;
  let base: string;
  let sign: (claims: object, options?: { readonly audience?: string; readonly expires?: string }) => Promise<string>;
  let stranger: string;
  let token: string;

  before(async () => {
    const { createLocalJWKSet, exportJWK, generateKeyPair, SignJWT } = await import("jose");
    const { publicKey, privateKey } = await generateKeyPair("ES256");
    const other = await generateKeyPair("ES256");
    const signedBy = (key: typeof privateKey, claims: object, audience: string, expires: string) =>
      new SignJWT({ ...claims })
        .setProtectedHeader({ alg: "ES256" })
        .setSubject("ana")
        .setIssuer(ISSUER)
        .setAudience(audience)
        .setExpirationTime(expires)
        .sign(key);
    sign = (claims, { audience = AUDIENCE, expires = "1h" } = {}) => signedBy(privateKey, claims, audience, expires);
    const environments = { dev: ["see", "preview"], broken: ["see", "preview"], "pr-*": ["see", "preview", "create"] };
    stranger = await signedBy(other.privateKey, { environments }, AUDIENCE, "1h");
    token = await sign({ environments });
    workspace = new Workspace();
    const keys = createLocalJWKSet({ keys: [{ ...(await exportJWK(publicKey)), alg: "ES256" }] });
    const issuer = { issuer: ISSUER, audience: AUDIENCE, keys };
    server = createTool({ platform, root: workspace.root, issuer, audit: (line) => audited.push(line) });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  after(() => {
    server.closeAllConnections();
    server.close();
    workspace.dispose();
  });

  const ask = (path: string, { method = "GET", body, as = token, type = "application/json" }: Record<string, string | undefined> = {}) =>
    fetch(`${base}${path}`, {
      method: method ?? "GET",
      headers: { authorization: `Bearer ${as ?? ""}`, "content-type": type ?? "" },
      ...(body !== undefined && { body }),
    });

  it("lets nobody in without a token of its issuer, for it, and in time", async () => {
    const tokens = ["", "x.y.z", stranger, await sign({}, { audience: "another" }), await sign({}, { expires: "-1s" }), await sign({})];
    const unsigned = `${Buffer.from('{"alg":"none"}').toString("base64url")}.${token.split(".")[1] ?? ""}.AA`;
    for (const as of [...tokens, unsigned]) assert.equal((await ask("/api/environments", { as })).status, 401, as);
  });

  it("shows each caller what they may see, and what they may do there", async () => {
    assert.deepEqual(await (await ask("/api/environments")).json(), [
      { name: "broken", rights: ["preview"] },
      { name: "dev", rights: ["preview"] },
    ]);
  });

  it("previews only where the caller may, and does not say what else there is", async () => {
    const status = async (name: string, as?: string) =>
      (await ask(`/api/environments/${name}/previews`, { method: "POST", body: "{}", ...(as !== undefined && { as }) })).status;
    assert.equal(await status("prod"), 404);
    assert.equal(await status("nowhere"), 404);
    assert.equal(await status("dev", await sign({ environments: { dev: ["see"] } })), 403);
    assert.equal(await status("dev"), 202);
  });

  it("sends every event of a preview, in order, also to who comes when it has ended, and the rest to who comes back", async () => {
    const { id } = (await (await ask("/api/environments/dev/previews", { method: "POST", body: "{}" })).json()) as { id: string };
    const text = await (await ask(`/api/previews/${id}/events`)).text();
    assert.deepEqual(
      [...text.matchAll(/"kind":"(\w+)"/g)].map(([, kind]) => kind),
      ["begun", "diagnostic", "summary", "ended"],
    );
    const headers = { authorization: `Bearer ${token}`, "last-event-id": "1" };
    const rest = await (await fetch(`${base}/api/previews/${id}/events`, { headers })).text();
    assert.deepEqual(
      [...rest.matchAll(/^id: (\d)/gm)].map(([, number]) => number),
      ["2", "3"],
    );
    const as = await sign({ environments: { prod: ["see"] } });
    assert.equal((await ask(`/api/previews/${id}/events`, { as })).status, 404);
  });

  it("makes an ephemeral environment for who may, in the caller's name, and refuses others with what is wrong", async () => {
    const create = (body: object) => ask("/api/environments", { method: "POST", body: JSON.stringify(body) });
    const made = await create({ name: "pr-9", from: "dev", expires: "8h" });
    assert.equal(made.status, 201);
    assert.match(readFileSync(join(workspace.root, "Pulumi.pr-9.yaml"), "utf8"), /owner: ana/);
    const again = await create({ name: "pr-9", from: "dev" });
    assert.equal(again.status, 400);
    assert.match(await again.text(), /has a stack file already/);
    assert.equal((await create({ name: "qa-1", from: "dev" })).status, 404);
    assert.equal((await create({ name: "pr-8", from: "prod" })).status, 404);
    assert.ok(!existsSync(join(workspace.root, "Pulumi.qa-1.yaml")));
  });

  it("takes no large body, no other type, and nothing that is no JSON", async () => {
    const post = (body: string, type = "application/json") => ask("/api/environments", { method: "POST", body, type });
    assert.equal((await post("x".repeat(5000))).status, 413);
    assert.equal((await post("{}", "text/plain")).status, 415);
    assert.equal((await post("{")).status, 400);
    assert.equal((await post("{}")).status, 400);
  });

  it("writes a line for each call, with who, what and how it ended, and no token", () => {
    assert.ok(audited.some((line) => /"who":"ana","method":"POST","path":"\/api\/environments","status":201/.test(line)));
    assert.ok(audited.some((line) => /"who":"nobody".*"status":401/.test(line)));
    assert.ok(audited.every((line) => !line.includes(token.split(".")[2] ?? token)));
  });

  describe(`its page in a browser${findChromium() === undefined ? ", skipped: no Chromium" : ""}`, () => {
    let browser: Browser;

    before(async function () {
      const executablePath = findChromium();
      if (executablePath === undefined) this.skip();
      browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
    });
    after(() => browser?.close());

    it("is used by keyboard alone: signs in, previews, shows progress and what went wrong, without a message in the console", async () => {
      const page = await browser.newPage();
      const messages: string[] = [];
      page.on("console", (message) => messages.push(message.text()));
      page.on("pageerror", (error) => messages.push(error.message));
      await page.goto(base);
      await page.keyboard.press("Tab");
      await page.keyboard.insertText(token);
      await page.keyboard.press("Enter");
      await page.getByRole("button", { name: "Preview dev" }).focus();
      await page.keyboard.press("Enter");
      await page.getByText("succeeded").first().waitFor();
      const lines = await page.locator("#progress li").allTextContents();
      assert.deepEqual(lines, ["preview of dev begins", "info: <b>planning</b>", "3 create", "succeeded"]);
      assert.equal(await page.getByRole("alert").textContent(), "");
      await page.getByRole("button", { name: "Preview broken" }).focus();
      await page.keyboard.press("Space");
      await page.getByRole("alert").filter({ hasText: "the back end does not answer" }).waitFor();
      assert.equal(await page.locator("#token").inputValue(), "");
      assert.deepEqual(messages, []);
    });
  });
});
