import assert from "node:assert/strict";
import { locationOf } from "../../../automation/rehearse/location";
import { UNKNOWN } from "../../../plan/graph";

const KUBECONFIG = `
clusters: [{ name: blue, cluster: { server: "https://blue.example" } }, { name: green, cluster: { server: "https://green.example" } }]
contexts: [{ name: one, context: { cluster: blue, user: me } }, { name: two, context: { cluster: green, user: me } }]
current-context: one
`;

describe("where a simulated provider works", () => {
  it("is the account and region of its configuration", () => {
    const location = locationOf({ region: "eu-west-1", allowedAccountIds: '["111122223333"]' });
    assert.deepEqual(location, { region: "eu-west-1", accountId: "111122223333" });
  });

  it("is the server of its kubeconfig's context, the current one unless it names another", () => {
    assert.equal(locationOf({ kubeconfig: KUBECONFIG }).server, "https://blue.example");
    assert.equal(locationOf({ kubeconfig: KUBECONFIG, context: "two" }).server, "https://green.example");
  });

  it("is not known in a preview while the cluster is still to be made", () => {
    assert.equal(locationOf({ kubeconfig: UNKNOWN }).server, undefined);
  });

  it("is refused when the kubeconfig has no such context", () => {
    assert.throws(() => locationOf({ kubeconfig: KUBECONFIG, context: "three" }), /names no server/);
  });
});
