import assert from "node:assert/strict";
import { stringify } from "yaml";
import { kubeconfigFaults, requireKubeconfig } from "../../../../components/compute/kubernetes/kubeconfig";
import { ConfigError, faultLine } from "../../../../components/faults";

const KEY = "Pulumi.prod.yaml: strata:kubernetes.adopted.frankfurt.kubeconfig";

function kubeconfig(change: Record<string, unknown> = {}): string {
  return stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name: "frankfurt", cluster: { server: "https://kube.frankfurt.example.com:6443" } }],
    users: [{ name: "deployer", user: { token: "hunter2" } }],
    contexts: [{ name: "main", context: { cluster: "frankfurt", user: "deployer" } }],
    "current-context": "main",
    ...change,
  });
}

function lines(text: string, context?: string): string[] {
  return kubeconfigFaults(KEY, text, context).map(faultLine);
}

describe("a kubeconfig", () => {
  it("is right when its context names a cluster and a user that it has", () => {
    assert.deepEqual(lines(kubeconfig()), []);
    assert.deepEqual(lines(kubeconfig({ "current-context": undefined }), "main"), []);
  });

  it("that does not parse is refused with its line, and nothing of it is repeated", () => {
    const [line, ...others] = lines('kind: Config\nusers: [{ name: "hunter2\n');
    assert.deepEqual(
      others.filter((other) => other.includes("hunter2")),
      [],
    );
    assert.match(
      line ?? "",
      /does not parse as YAML: .* on line \d+; give the whole file, as `kubectl config view --raw --minify` prints it/,
    );
    assert.doesNotMatch(line ?? "", /hunter2/);
  });

  it("that is something else is refused with what is missing", () => {
    assert.match(lines("just text")[0] ?? "", /is not a kubeconfig; give the whole file/);
    assert.match(lines("kind: Config")[0] ?? "", /is not a kubeconfig: clusters is missing or has the wrong type/);
    assert.match(lines(kubeconfig({ kind: "Secret" }))[0] ?? "", /is not a kubeconfig: kind is missing or has the wrong type/);
    assert.match(lines(kubeconfig({ clusters: [{ name: "frankfurt", cluster: {} }] }))[0] ?? "", /clusters\.0\.cluster\.server is missing/);
  });

  it("needs a context that it has", () => {
    assert.deepEqual(lines(kubeconfig(), "other"), [`${KEY}: has no context other; name one of main`]);
    assert.deepEqual(lines(kubeconfig({ "current-context": undefined })), [`${KEY}: has no current context; name one of main`]);
  });

  it("has every fault of its context said at once", () => {
    const contexts = [{ name: "main", context: { cluster: "munich", user: "nobody" } }];
    assert.deepEqual(lines(kubeconfig({ contexts })), [
      `${KEY}: has no cluster munich, which its context main names`,
      `${KEY}: has no user nobody, whom its context main names`,
    ]);
  });

  it("reaches its cluster over TLS", () => {
    const clusters = [{ name: "frankfurt", cluster: { server: "http://kube.frankfurt.example.com" } }];
    assert.match(lines(kubeconfig({ clusters }))[0] ?? "", /reaches cluster frankfurt without TLS/);
  });

  it("stops an adoption when it is wrong", () => {
    assert.throws(() => requireKubeconfig(KEY, "just text"), ConfigError);
    assert.doesNotThrow(() => requireKubeconfig(KEY, kubeconfig()));
  });
});
