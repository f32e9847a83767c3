import assert from "node:assert/strict";
import { readFileSync, statSync } from "node:fs";
import { createServer, type Server } from "node:tls";
import { HostedGraphite } from "../../components/visibility/metrics/hosted-graphite";
import { recordProgram, TEST_CONTEXT } from "../harness";
import { eventually } from "./eventually";
import { INSTALLED, sendLines, whyNoGraphite } from "./graphite";
import { known, LocalHost } from "./hosted";
import { Scratch } from "./scratch";

const KEY = "0a1b2c3d-key-of-a-customer";
const KEY_ARN = "arn:aws:secretsmanager:us-east-1:111122223333:secret:graphite-key-AbCdEf";

describe("A real relay in front of a hosted Graphite", function () {
  this.timeout(120_000);
  let scratch: Scratch;
  let vendor: Server;
  let port: number;
  let certificate: string;
  let got = "";

  before(async function () {
    const reason = whyNoGraphite();
    if (reason) {
      console.warn(`      skipped: ${reason}`);
      this.skip();
    }
    scratch = new Scratch();
    const made = scratch.certificate();
    certificate = made.certificate;
    vendor = createServer({ key: readFileSync(made.key), cert: readFileSync(certificate) }, (socket) =>
      socket.on("data", (data) => (got += data)),
    );
    await new Promise<void>((resolve) => vendor.listen(0, "127.0.0.1", resolve));
    const address = vendor.address();
    assert.ok(address && typeof address === "object");
    port = address.port;
  });

  after(() => {
    vendor?.close();
    scratch?.dispose();
  });

  /** Starts relay and StatsD with a value of the secret. */
  async function start(key: string): Promise<{ readonly host: LocalHost; readonly plaintextHost: string; readonly plaintextPort: number }> {
    const host = await LocalHost.make({ ...INSTALLED, "/etc/ssl/certs/ca-certificates.crt": certificate });
    const made: HostedGraphite[] = [];
    await recordProgram((options) =>
      made.push(
        new HostedGraphite(
          "metrics",
          {
            context: TEST_CONTEXT,
            host,
            endpoint: { host: "localhost", port, tls: true },
            renderUrl: "https://www.example.com/graphite",
            keySecretArn: KEY_ARN,
            intervalSeconds: 1,
            relayImage: "carbon-c-relay:3.7.3",
          },
          options,
        ),
      ),
    );
    const [hosted] = made;
    assert.ok(hosted);
    const { plaintext } = hosted.store;
    try {
      await host.start({ "/etc/relay-key/key": key });
    } catch (error) {
      await host.stop();
      throw error;
    }
    return { host, plaintextHost: await known(plaintext.host), plaintextPort: plaintext.port };
  }

  it("puts the key before every name, over TLS, and keeps it in a file that only its user reads", async () => {
    const relay = await start(`${KEY}\n`);
    try {
      await sendLines(relay, ["strata.test.hosts.a.system.cpu.user 1 1795643240"]);
      await eventually("the vendor has the line", () =>
        assert.ok(got.includes(`${KEY}.strata.test.hosts.a.system.cpu.user 1 1795643240\n`)),
      );
      await eventually("and those of StatsD", () => assert.match(got, new RegExp(`^${KEY}\\.strata\\.test\\.apps\\.`, "m")));
      assert.ok(got.split("\n").every((line) => line === "" || line.startsWith(`${KEY}.`)));
      const rule = relay.host.copy("graphite-relay").path("/run/relay/key.conf");
      assert.equal(statSync(rule).mode & 0o077, 0);
    } finally {
      await relay.host.stop();
    }
  });

  it("does not start with a key that would break its rules, and does not show it", async () => {
    await assert.rejects(start("two words; send to everybody"), (error: unknown) => {
      assert.ok(error instanceof Error);
      assert.match(error.message, /the API key has other characters/);
      assert.doesNotMatch(error.message, /everybody/);
      return true;
    });
  });
});
