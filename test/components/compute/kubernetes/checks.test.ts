import assert from "node:assert/strict";
import * as fc from "fast-check";
import {
  companionCopyFaults,
  crossingFaults,
  dnsAddress,
  hostFaults,
  kubernetesFaults,
  serviceCidrFaults,
  versionFaults,
  volumeFaults,
} from "../../../../components/compute/kubernetes/checks";
import { LONGEST_LABEL, namespaceOf } from "../../../../components/compute/kubernetes/names";
import { faultLine } from "../../../../components/faults";
import { type Target } from "../../../../components/service/descriptor";
import { cataloguedTenants, described } from "../on-cluster";

const LEGACY = { because: "It writes to a directory", volumes: [{ path: "/data", size: "10GiB" }] };

function placed(name: string, more: Record<string, unknown> = {}, target: Target = "eks") {
  return { file: `services/${name}/service.yaml`, descriptor: described(name, more), target };
}

const three = () => ({ minimum: 3, maximum: 3 });

describe("volumes", () => {
  it("are refused for a service that is not marked legacy", () => {
    const [fault] = volumeFaults("services/a1/service.yaml", described("a1"), "eks-stateful");
    assert.match(
      faultLine(fault ?? { key: "", what: "" }),
      /^services\/a1\/service\.yaml: legacy: is missing for a service with persistent volumes; keep state in a store/,
    );
  });

  it("are refused wherever no StatefulSet gives them", () => {
    for (const target of ["eks", "fargate", "ecs", "lambda"] as const)
      assert.match(
        volumeFaults("f", described("a1", { legacy: LEGACY }), target)
          .map(faultLine)
          .join(),
        new RegExp(`can't be had on ${target}`),
      );
    assert.deepEqual(volumeFaults("f", described("a1", { legacy: LEGACY }), "eks-stateful"), []);
  });

  it("have a path each", () => {
    const legacy = { ...LEGACY, volumes: [...LEGACY.volumes, ...LEGACY.volumes] };
    assert.match(
      volumeFaults("f", described("a1", { legacy }), "eks-stateful").map(faultLine).join(),
      /mounts two volumes at one path, got "\/data"/,
    );
  });
});

describe("rules on hosts", () => {
  it("contradict each other when a service is together with one it must be apart from, whichever says so", () => {
    for (const rules of [
      [placed("a1", { together: ["b1"], apart: ["b1"] }), placed("b1")],
      [placed("a1", { together: ["b1"] }), placed("b1", { apart: ["a1"] })],
    ])
      assert.match(
        hostFaults(rules).map(faultLine).join(),
        /a1\/service\.yaml: together: puts a1 on the hosts of b1, from which it must be apart/,
      );
  });

  it("contradict each other through a third service", () => {
    const rules = [placed("a1", { together: ["b1"], apart: ["c1"] }), placed("b1", { together: ["c1"] }), placed("c1")];
    assert.match(hostFaults(rules).map(faultLine).join(), /puts a1 on the hosts of c1/);
  });

  it("do not contradict each other when a service only spreads its own copies", () => {
    assert.deepEqual(hostFaults([placed("a1", { together: ["b1"], apart: ["a1"] }), placed("b1", { together: ["a1"] })]), []);
  });

  it("name services that are on the cluster", () => {
    const elsewhere = [placed("a1", { together: ["b1"] }), placed("b1", {}, "fargate")];
    assert.match(hostFaults(elsewhere).map(faultLine).join(), /names b1, which runs on fargate and shares no host/);
    assert.match(
      hostFaults([placed("a1", { together: ["b1"] })])
        .map(faultLine)
        .join(),
      /names b1, which is not in this environment/,
    );
  });

  it("want no more hosts than the companion is on", () => {
    const rules = [placed("a1", { together: ["b1"], apart: ["a1"] }), placed("b1")];
    assert.deepEqual(companionCopyFaults(rules, three), []);
    const [fault] = companionCopyFaults(rules, ({ name }) => (name === "a1" ? { minimum: 2, maximum: 5 } : { minimum: 3, maximum: 9 }));
    assert.match(
      faultLine(fault ?? { key: "", what: "" }),
      /set strata:services\.b1\.minimumCopies to 5, or strata:services\.a1\.maximumCopies to 3/,
    );
  });
});

describe("calls", () => {
  it("do not cross the cluster's border in either direction", () => {
    const needs = [{ service: "b1" }];
    const out = crossingFaults([placed("a1", { needs }), placed("b1", {}, "fargate")]);
    const into = crossingFaults([placed("a1", { needs }, "fargate"), placed("b1")]);
    assert.match(out.map(faultLine).join(), /needs\[0\]\.service: calls b1, which runs on fargate and has a name only there, from eks/);
    assert.match(into.map(faultLine).join(), /calls b1, which runs on eks and has a name only there, from fargate/);
    assert.deepEqual(crossingFaults([placed("a1", { needs }), placed("b1")]), []);
  });

  it("of the catalogue's services on the cluster are all right", () => {
    const services = cataloguedTenants().map((tenant) => ({ ...tenant, file: `services/${tenant.descriptor.name}/service.yaml` }));
    assert.deepEqual(kubernetesFaults(services, three), []);
  });
});

describe("the range of Services", () => {
  const faults = (range: string) =>
    serviceCidrFaults("strata:kubernetes.serviceCidr", range, [{ cidr: "10.20.0.0/16", what: "the VPC" }]).map(faultLine);

  it("does not overlap the VPC", () => {
    assert.deepEqual(faults("172.20.0.0/16"), []);
    assert.match(faults("10.20.128.0/20").join(), /serviceCidr: overlaps 10\.20\.0\.0\/16, the VPC, got "10\.20\.128\.0\/20"/);
    assert.match(faults("10.16.0.0/12").join(), /overlaps 10\.20\.0\.0\/16/);
  });

  it("is private, and of a size that EKS takes", () => {
    assert.match(faults("100.64.0.0/16").join(), /is not in a private range/);
    assert.match(faults("172.20.0.0/25").join(), /has a size that EKS does not take.*give \/12 to \/24/);
  });

  it("has the cluster's DNS at its tenth address", () => {
    assert.equal(dnsAddress("172.20.0.0/16"), "172.20.0.10");
    assert.equal(dnsAddress("10.100.255.0/24"), "10.100.255.10");
  });
});

describe("namespaces", () => {
  const serviceName = fc.stringMatching(/^[a-z][a-z0-9-]{0,18}[a-z0-9]$/);

  it("of two services are never the same, nor one that Kubernetes has", () => {
    const reserved = ["default", "kube-system", "kube-public", "kube-node-lease"];
    fc.assert(
      fc.property(serviceName, serviceName, (left, right) => {
        assert.equal(namespaceOf(left) === namespaceOf(right), left === right);
        assert.ok(!reserved.includes(namespaceOf(left)));
      }),
    );
    for (const name of reserved) assert.ok(!reserved.includes(namespaceOf(name)));
  });

  it("are DNS labels", () => {
    fc.assert(
      fc.property(serviceName, (name) => {
        assert.match(namespaceOf(name), /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/);
        assert.ok(namespaceOf(name).length <= LONGEST_LABEL);
      }),
    );
  });
});

describe("the version of a cluster", () => {
  const faults = (version: string, mode: "auto" | "managed") => versionFaults("apps: version", version, mode).map(faultLine).join();

  it("gives every pod a security group of its own", () => {
    assert.equal(faults("1.36", "auto"), "");
    assert.equal(faults("1.35", "managed"), "");
    assert.match(
      faults("1.35", "auto"),
      /gives pods of Auto Mode no security groups of their own, got "1\.35"; give 1\.36 or later, or managed nodes/,
    );
  });

  it("is a minor version", () => {
    assert.match(faults("1.36.2", "managed"), /is not a Kubernetes minor version, got "1\.36\.2"; write it as 1\.36/);
  });
});
