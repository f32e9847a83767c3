import assert from "node:assert/strict";
import { faultLine } from "../../../../components/faults";
import { type Target } from "../../../../components/service/descriptor";
import { makePlan } from "../../../../plan/plan";
import { type HostCandidate, hostFaults, hostKind } from "../../../../stacks/config/visibility/host-checks";
import { Workspace } from "../../../harness";

const on = (target: Target, cluster?: string): HostCandidate => ({
  descriptor: { place: cluster === undefined ? "auto" : { on: target, because: "it is there", cluster } },
  target,
});
const lines = (setting: "auto" | "eks" | "ecs", ...services: HostCandidate[]) =>
  hostFaults("Pulumi.test.yaml", setting, services).map((fault) => faultLine(fault));

describe("The host of the visibility layer", () => {
  it("is EKS where the environment has a cluster of its own, else ECS", () => {
    assert.equal(hostKind("auto", [on("lambda"), on("eks-stateful")]), "eks");
    assert.equal(hostKind("auto", [on("lambda"), on("fargate")]), "ecs");
    assert.equal(hostKind("auto", [on("eks", "frankfurt"), on("lambda")]), "ecs");
    assert.equal(hostKind("ecs", [on("eks"), on("fargate")]), "ecs");
  });

  it("is refused when it is not in the environment", () => {
    assert.match(
      lines("eks", on("fargate")).join(),
      /strata:visibility.host: is a host that is not in the environment: no service runs on EKS/,
    );
    assert.match(lines("ecs", on("eks"), on("lambda")).join(), /no service runs on ECS, got "ecs"; give eks/);
    assert.deepEqual(lines("eks", on("eks")), []);
    assert.deepEqual(lines("ecs", on("fargate-job")), []);
    assert.deepEqual(lines("auto"), []);
  });

  it("is never a cluster that is elsewhere", () => {
    assert.match(lines("eks", on("eks", "frankfurt")).join(), /frankfurt is elsewhere/);
  });

  it("is refused before anything is registered", async () => {
    const workspace = new Workspace().section("dev", "visibility", (values) => (values["host"] = "eks"));
    try {
      for (const service of ["chat-gateway", "sessions", "legacy-erp"])
        workspace.section("dev", "services", (values) => (values[service] = { ...(values[service] as object), enabled: false }));
      await assert.rejects(
        makePlan(workspace.root, "dev"),
        /Pulumi\.dev\.yaml: strata:visibility\.host: is a host that is not in the environment/,
      );
    } finally {
      workspace.dispose();
    }
  });
});
