import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { layOutGraph } from "../../../../plan/report/picture/elk";

const ELK = resolve(__dirname, "../../../../plan/report/picture/elk.ts");
const NODE = { id: "one", width: 30, height: 20 };

describe("the thread that lays out", () => {
  it("gives each of several graphs its own answer", async () => {
    const widths = [30, 60, 90];
    const laidOut = await Promise.all(widths.map((width) => layOutGraph({ id: "root", children: [{ ...NODE, width }] })));
    assert.deepEqual(
      laidOut.map(({ children = [] }) => children[0]?.width),
      widths,
    );
  });

  it("says what is wrong with a graph, and goes on with the next", async () => {
    await assert.rejects(layOutGraph({ id: "root", layoutOptions: { "elk.algorithm": "nonsense" }, children: [NODE] }), /nonsense/);
    assert.equal((await layOutGraph({ id: "root", children: [NODE] })).children?.length, 1);
  });

  it("keeps no process alive that prepares a layout and needs none", () => {
    const code = `require(${JSON.stringify(ELK)}).prepareLayout(); process.stdout.write("ready");`;
    const { status, stdout } = spawnSync(process.execPath, ["--require", "tsx/cjs", "--eval", code], { encoding: "utf8", cwd: __dirname });
    assert.deepEqual([status, stdout], [0, "ready"]);
  });
});
