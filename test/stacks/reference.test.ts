import assert from "node:assert/strict";
import { PlatformReference, readFacts } from "../../stacks/reference";
import { type Properties } from "../../plan/graph";
import { type ServiceOverrides } from "../../stacks/added-service";
import { planOn, recordedPlatform } from "../examples/service-repo";
import { Workspace } from "../harness";

const STACK = "organization/strata/dev";

describe("a reference to a platform", () => {
  const outputs = recordedPlatform();
  const without = (...keys: string[]): Properties => Object.fromEntries(Object.entries(outputs).filter(([key]) => !keys.includes(key)));

  it("reads what a platform exports", () => {
    assert.equal(readFacts(STACK, outputs).environment, "dev");
  });

  it("reads more than it knows, so that a platform may be newer", () => {
    assert.equal(readFacts(STACK, { ...outputs, added: true }).environment, "dev");
  });

  it("refuses a stack that is no platform", () => {
    assert.throws(() => readFacts(STACK, { bucket: "b" }), /organization\/strata\/dev: is no stack of a platform/);
  });

  it("refuses a version that it does not know, and says who must be newer", () => {
    assert.throws(
      () => readFacts(STACK, { ...outputs, version: 2 }),
      /exports version 2, and this package reads 1; install a newer strata-platform/,
    );
    assert.throws(() => readFacts(STACK, { ...outputs, version: 0 }), /deploy the platform with a newer release/);
  });

  it("names every output that is missing", () => {
    assert.throws(() => readFacts(STACK, without("network", "alarms")), /output network: is missing.*\n.*output alarms: is missing/);
  });

  describe("to which a service is added", () => {
    let workspace: Workspace;
    beforeEach(() => (workspace = new Workspace()));
    afterEach(() => workspace.dispose());

    const add = (change: (descriptor: Record<string, unknown>) => void, platform = outputs, overrides: ServiceOverrides = {}) => {
      workspace.service("orders", (descriptor) => {
        Object.assign(descriptor, { name: "parcels", reach: { http: "/parcels", from: "internet" }, needs: [] });
        change(descriptor);
      });
      return planOn(
        platform,
        async () => {
          const reference = await PlatformReference.read(STACK);
          return { target: reference.addService("services/orders/service.yaml", overrides).placement.target };
        },
        workspace.root,
      );
    };

    it("refuses a name and a path that the platform has, at once", async () => {
      await assert.rejects(
        add((descriptor) => Object.assign(descriptor, { name: "orders", reach: { http: "/orders", from: "internet" } })),
        /name: is taken by a service of dev.*\n.*reach\.http: is taken by a service of dev/,
      );
    });

    it("refuses stores that the platform does not have, or whose users only its own services are", async () => {
      const needs = [
        { table: "session", access: "read", partitionKey: { name: "id" } },
        { store: "aurora-postgres", name: "orders", access: "read" },
      ];
      await assert.rejects(
        add((descriptor) => Object.assign(descriptor, { needs })),
        /needs\[0\]: is no store of dev.*did you mean table\/sessions\?.*\n.*needs\[1\]: is a aurora-postgres, whose users are made with/,
      );
    });

    it("refuses a place that the platform does not have", async () => {
      await assert.rejects(
        add(() => undefined, without("cluster")),
        /place: needs an ECS cluster, which dev does not have/,
      );
    });
  });
});
