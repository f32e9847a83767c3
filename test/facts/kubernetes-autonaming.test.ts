import assert from "node:assert/strict";
import { autonameOf, withAutoname, withoutAutoname } from "../../facts/kubernetes-autonaming";

describe("a name that the Kubernetes provider makes up", () => {
  const asked = { data: { a: "1" }, metadata: { namespace: "shop", labels: { app: "web" } } };

  it("is noted on the object, and can be told from one that the program gave", () => {
    const named = withAutoname(asked, "web-0a1b2c3d");
    assert.deepEqual(named.metadata, {
      namespace: "shop",
      labels: { app: "web" },
      name: "web-0a1b2c3d",
      annotations: { "pulumi.com/autonamed": "true" },
    });
    assert.equal(autonameOf(named), "web-0a1b2c3d");
    assert.equal(autonameOf({ metadata: { name: "web" } }), undefined);
    for (const without of [{}, asked, { metadata: null }, { metadata: ["web"] }]) assert.equal(autonameOf(without), undefined);
  });

  it("leaves nothing behind when it is taken away, and leaves alone what the program said", () => {
    assert.deepEqual(withoutAutoname(withAutoname(asked, "web-0a1b2c3d")), asked);
    const annotated = { metadata: { annotations: { because: "x" } } };
    assert.deepEqual(withoutAutoname(withAutoname(annotated, "web-0a1b2c3d")), annotated);
    assert.deepEqual(withoutAutoname({ metadata: { name: "web", annotations: {} } }), { metadata: { name: "web", annotations: {} } });
  });
});
