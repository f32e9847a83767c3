import assert from "node:assert/strict";
import { faultLine } from "../../../../components/faults";
import { type GrafanaConfig, GrafanaKey } from "../../../../stacks/config/visibility/grafana";
import { grafanaFaults, grafanaPathFaults } from "../../../../stacks/config/visibility/grafana-checks";

const IDENTITY_CENTER = { kind: "identity-center", metadataUrl: "https://portal.example.com/metadata", viewers: ["everybody"] };
const PUBLIC = { from: "internet", signIn: IDENTITY_CENTER };
const KEY = "strata:visibility.grafana";
const HTTPS = { domain: "shop.example.com", surface: "separate" } as const;

const config = (written: unknown): GrafanaConfig => GrafanaKey.parse(written);

function lines(written: unknown, around: Parameters<typeof grafanaFaults>[2] = HTTPS): string[] {
  return grafanaFaults(KEY, config(written), around).map(faultLine);
}

describe("how Grafana is reached", () => {
  it("is from the VPC alone by default, which is right everywhere", () => {
    assert.equal(config({}).from, "vpc");
    assert.deepEqual(lines({}), []);
    assert.deepEqual(lines({}, { domain: undefined, surface: "api" }), []);
    assert.deepEqual(lines(PUBLIC), []);
  });

  it("is never from the internet without sign-in", () => {
    assert.match(lines({ from: "internet" }).join(), /signIn: is missing, so Grafana would be open to the internet; give `signIn`/);
  });

  it("is never open to everybody who has an account somewhere", () => {
    const signIn = { ...IDENTITY_CENTER, viewers: [] };
    assert.match(lines({ from: "internet", signIn }).join(), /lets in everybody who has an account with its issuer/);
    assert.deepEqual(lines({ from: "internet", signIn: { ...signIn, emailDomains: ["example.com"] } }), []);
  });

  it("wants HTTPS and a load balancer that the internet reaches", () => {
    assert.match(lines(PUBLIC, { domain: undefined, surface: "separate" }).join(), /wants people to sign in without HTTPS/);
    assert.match(lines(PUBLIC, { ...HTTPS, surface: "api" }).join(), /the HTTP API does not/);
  });

  it("says when what is written is without effect", () => {
    assert.match(lines({ signIn: IDENTITY_CENTER }).join(), /is without effect, since only the VPC reaches Grafana/);
    assert.match(lines({ ...PUBLIC, enabled: false }).join(), /of which there is none/);
  });

  it("takes no path that a service has", () => {
    const services = [
      { name: "figures", path: "/grafana/figures" },
      { name: "shop", path: "/" },
    ];
    assert.deepEqual(
      grafanaPathFaults(KEY, config(PUBLIC), services).map(({ what }) => what),
      ["is the path of service figures"],
    );
    assert.deepEqual(grafanaPathFaults(KEY, config({}), services), []);
  });
});
