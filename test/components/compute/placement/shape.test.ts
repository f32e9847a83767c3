import assert from "node:assert/strict";
import { shapeOf } from "../../../../components/compute/placement/shape";
import { Descriptor } from "../../../../components/service/descriptor";

function descriptor(name: string, rest: object = {}): Descriptor {
  return Descriptor.parse({
    name,
    summary: "An example",
    run: { image: "nginx:1.27", port: 8080 },
    demand: { average: "5/s", peak: "9/s", shape: "steady", duration: "50ms", memory: "512MiB", start: "1s" },
    ...rest,
  });
}

describe("shapeOf", () => {
  it("ties both services of a rule about hosts, whichever names the other, and none to itself", () => {
    const pair = [descriptor("chat", { together: ["near"], apart: ["chat", "noisy"] }), descriptor("near"), descriptor("noisy")];
    const [chat, near, noisy] = pair.map((one) => shapeOf(one, pair));
    assert.deepEqual([chat?.together, chat?.apart], [["near"], ["noisy"]]);
    assert.deepEqual([near?.together, near?.apart], [["chat"], []]);
    assert.deepEqual([noisy?.together, noisy?.apart], [[], ["chat"]]);
  });

  it("reads ports, reach, triggers, third parties and volumes", () => {
    const legacy = descriptor("erp", {
      run: {
        image: "erp:1.0",
        ports: [
          { name: "db", port: 1521, protocol: "tcp" },
          { name: "web", port: 80, protocol: "http" },
        ],
      },
      reach: { tcp: ["db"], from: "services" },
      needs: [{ internet: "the tax office" }],
      legacy: {
        because: "It cannot be changed",
        volumes: [
          { path: "/a", size: "1GiB" },
          { path: "/b", size: "512MiB" },
        ],
      },
    });
    const shape = shapeOf(legacy);
    assert.deepEqual(
      [shape.ports, shape.rawPort, shape.tcp, shape.http, shape.thirdParty, shape.volumes, shape.image, shape.job],
      [2, true, "services", undefined, true, 1_536, true, false],
    );
    const worker = shapeOf(
      descriptor("worker", { run: { job: "worker:1.0", interruptible: true }, triggers: [{ schedule: "rate(1 day)" }] }),
    );
    assert.deepEqual([worker.job, worker.image, worker.interruptible, worker.triggers, worker.ports], [true, true, true, ["schedule"], 0]);
  });
});
