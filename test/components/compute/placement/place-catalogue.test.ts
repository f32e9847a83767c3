import assert from "node:assert/strict";
import { join } from "node:path";
import { placementEnvironment } from "../../../../components/compute/placement/environment";
import { placeCatalogue } from "../../../../components/compute/placement/place-catalogue";
import { PLACEMENT_FACTS } from "../../../../components/compute/placement/placement-facts";
import { TARGETS } from "../../../../components/service/descriptor";
import { readCatalogue } from "../../../../stacks/catalogue";

const catalogue = readCatalogue(join(__dirname, "../../../..")).entries.map(({ descriptor }) => descriptor);
const prod = placementEnvironment({ region: "us-east-1", durable: true, runsInstances: true });

describe("the catalogue, placed in a durable environment with instances", () => {
  const placed = placeCatalogue(catalogue, PLACEMENT_FACTS, prod);
  const targetOf = (name: string) => placed.find((service) => service.name === name)?.placement.target;

  it("uses every target there is", () => {
    assert.deepEqual([...new Set(placed.map(({ placement }) => placement.target))].sort(), [...TARGETS].sort());
  });

  it("puts each service where the guide says", () => {
    assert.deepEqual(Object.fromEntries(placed.map(({ name, placement }) => [name, placement.target])), {
      billing: "fargate",
      "chat-gateway": "eks",
      "legacy-erp": "eks-stateful",
      "media-encoder": "fargate-job",
      "nightly-reports": "fargate-job",
      notifications: "lambda",
      orders: "fargate",
      partners: "fargate",
      "payments-webhook": "lambda",
      recommendations: "ecs",
      sessions: "eks",
      storefront: "fargate",
      thumbnails: "lambda",
    });
  });

  it("runs at least one job on Spot", () => {
    const size = placed.find(({ name }) => name === "media-encoder")?.placement.size;
    assert.ok(size?.kind === "runs" && size.spot);
  });

  it("charges the Kubernetes cluster to exactly one service", () => {
    const charged = placed.filter(({ placement }) => placement.costs.some(({ what }) => what === "cluster"));
    assert.deepEqual(
      charged.map(({ name }) => name),
      ["chat-gateway"],
    );
  });

  it("moves steady services to instances when a savings plan is there, and leaves periodic ones", () => {
    const saving = placementEnvironment({ ...prod, savings: { ec2: 0.27 } });
    const moved = placeCatalogue(catalogue, PLACEMENT_FACTS, saving).filter(({ placement }) => placement.target === "ecs");
    assert.deepEqual(
      moved.map(({ name }) => name),
      ["orders", "recommendations", "storefront"],
    );
  });

  it("follows a service that must share a host to where the other one is", () => {
    assert.equal(targetOf("sessions"), targetOf("chat-gateway"));
  });
});
