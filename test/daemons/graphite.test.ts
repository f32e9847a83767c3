import assert from "node:assert/strict";
import { createSocket } from "node:dgram";
import { copyFileSync, existsSync, readdirSync, statSync, utimesSync } from "node:fs";
import { dirname, join } from "node:path";
import { whisperBytes } from "../../components/visibility/metrics/whisper-size";
import { eventually } from "./eventually";
import { archivesOf, render, type RunningGraphite, sendLines, startGraphite, values, whyNoGraphite } from "./graphite";

const STORAGE = "/var/lib/graphite/whisper";
const SHARDS = [0, 1] as const;
const NAMES = Array.from({ length: 40 }, (_, index) => `strata.test.hosts.node-${index}.system.cpu.user`);

function now(): number {
  return Math.floor(Date.now() / 1_000);
}

/** Files of series below a folder, by path from it. */
function seriesFiles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".wsp"));
}

describe("Graphite on real daemons, as the component declares it", function () {
  this.timeout(120_000);
  let graphite: RunningGraphite;

  const shard = (index: number) => graphite.host.copy("graphite-shard", index);
  const fileOf = (name: string) => `${name.replaceAll(".", "/")}.wsp`;
  const shardOf = (name: string) => SHARDS.filter((index) => existsSync(join(shard(index).path(STORAGE), fileOf(name))));
  const send = (value: number, names: readonly string[] = NAMES) =>
    sendLines(
      graphite,
      names.map((name) => `${name} ${value} ${now()}`),
    );
  const newest = async (name: string) => values((await render(graphite.renderUrl, name))[0]).at(-1);

  before(async function () {
    const reason = whyNoGraphite();
    if (reason) {
      console.warn(`      skipped: ${reason}`);
      this.skip();
    }
    graphite = await startGraphite();
    await send(1);
    await eventually("every series is answered", async () =>
      assert.equal((await render(graphite.renderUrl, "strata.test.hosts.*.system.cpu.user")).length, NAMES.length),
    );
  });

  after(() => graphite?.stop());

  it("keeps each series on one shard, and about as many on each", () => {
    const places = NAMES.map(shardOf);
    assert.ok(places.every(({ length }) => length === 1));
    for (const index of SHARDS) assert.ok(places.filter(([one]) => one === index).length >= NAMES.length / 4);
  });

  it("answers the series of one shard while the other is away, and then has what was sent meanwhile", async () => {
    const [here, away] = SHARDS.map((index) => NAMES.filter((name) => shardOf(name)[0] === index));
    const [stays, goes] = [here?.[0], away?.[0]];
    assert.ok(stays && goes);
    const relay = graphite.host.copy("graphite-relay");
    const heard = relay.said("relay").length;
    await shard(1).stop("SIGKILL");
    // What the relay writes before it hears that the other end is gone is lost with it; this is that.
    await send(2);
    await eventually("the shard that stays has the new point", async () => assert.equal(await newest(stays), 2));
    assert.equal((await render(graphite.renderUrl, goes)).length, 0, "the shard that is away answers nothing");
    await eventually("the relay knows", () => assert.match(relay.said("relay").slice(heard), /failed to (connect|write)/));
    await send(3);
    await eventually("the shard that stays has this one too", async () => assert.equal(await newest(stays), 3));
    await shard(1).start();
    await eventually("the relay has delivered what waited", async () => assert.equal(await newest(goes), 3));
    await send(4);
    await eventually("both go on", async () => assert.deepEqual([await newest(stays), await newest(goes)], [4, 4]));
  });

  it("routes as before after the relay was restarted while a shard is away", async () => {
    const name = NAMES.find((one) => shardOf(one)[0] === 0);
    assert.ok(name);
    await shard(1).stop("SIGKILL");
    await graphite.host.copy("graphite-relay").restart("relay");
    await send(4, [name]);
    await eventually("the point is on its shard", async () => assert.equal(await newest(name), 4));
    assert.deepEqual(shardOf(name), [0]);
    await shard(1).start();
  });

  it("adds up what many packets of a StatsD counter say, and loses none", async () => {
    const socket = createSocket("udp4");
    // The kernel keeps about 270 packets for a reader that is busy, and drops what comes on top.
    const packets = 200;
    for (let packet = 1; packet <= packets; packet++)
      await new Promise<void>((resolve, reject) =>
        socket.send(`orders.placed:${packet}|c\norders.taken:1|c|@0.5`, graphite.statsdPort, graphite.statsdHost, (error) =>
          error ? reject(error) : resolve(),
        ),
      );
    socket.close();
    const sum = async (counter: string) =>
      values((await render(graphite.renderUrl, `strata.test.apps.counters.orders.${counter}.count`))[0]).reduce(
        (one, other) => one + other,
        0,
      );
    await eventually("the counter is whole", async () => assert.equal(await sum("placed"), (packets * (packets + 1)) / 2));
    await eventually("so is one that is sampled", async () => assert.equal(await sum("taken"), packets * 2));
  });

  it("keeps nothing of a host whose name has a dot", async () => {
    const dotted = "strata.test.hosts.ip-10-0-1-23.ec2.internal.system.cpu.user";
    await send(5, [dotted, "strata.test.hosts.ip-10-0-1-23.system.cpu.user"]);
    await eventually("the name without a dot is kept", async () =>
      assert.equal(await newest("strata.test.hosts.ip-10-0-1-23.system.cpu.user"), 5),
    );
    assert.deepEqual(shardOf(dotted), []);
  });

  it("removes a series that nobody has sent for a month, and none that lives", async () => {
    const gone = "strata.test.hosts.gone.system.cpu.user";
    await send(6, [gone, ...NAMES]);
    await eventually("the series has a file", () => assert.equal(shardOf(gone).length, 1));
    const [index] = shardOf(gone);
    assert.ok(index !== undefined);
    const path = join(shard(index).path(STORAGE), fileOf(gone));
    const living = shardOf(NAMES[0] ?? "");
    await send(7);
    await eventually("the newest points are on disk", async () => assert.equal(await newest(NAMES[0] ?? ""), 7));
    const before = seriesFiles(shard(index).path(STORAGE)).filter((file) => !file.startsWith("carbon"));
    const days = (count: number) => new Date(Date.now() - count * 86_400_000);
    const older = join(dirname(path), "older.wsp");
    copyFileSync(path, older);
    utimesSync(path, days(29.5), days(29.5));
    utimesSync(older, days(30.5), days(30.5));
    await shard(index).restart("prune");
    await eventually("what is older than a month is gone", () => assert.ok(!existsSync(older)));
    assert.ok(existsSync(path), "what is not is still there");
    utimesSync(path, days(30.5), days(30.5));
    await shard(index).restart("prune");
    await eventually("the file is gone", () => assert.ok(!existsSync(path)));
    assert.deepEqual(
      seriesFiles(shard(index).path(STORAGE)).filter((file) => !file.startsWith("carbon")),
      before.filter((file) => file !== fileOf(gone)),
    );
    assert.deepEqual(shardOf(NAMES[0] ?? ""), living);
    await send(8, [gone]);
    await eventually("a series that comes back is kept again", async () => assert.equal(await newest(gone), 8));
  });
});

describe("The size of a series on disk", function () {
  this.timeout(60_000);

  it("is what the component computes, exactly, for every file that a real carbon made", async function () {
    const reason = whyNoGraphite();
    if (reason) {
      console.warn(`      skipped: ${reason}`);
      this.skip();
    }
    const retention = "10s:1d,60s:7d,10m:90d";
    const graphite = await startGraphite({ retention, shards: 1 });
    try {
      await sendLines(
        graphite,
        NAMES.map((name) => `${name} 1 ${now()}`),
      );
      const folder = graphite.host.copy("graphite-shard").path(STORAGE);
      await eventually("carbon has made the files", () => assert.ok(seriesFiles(folder).length >= NAMES.length));
      const sizes = new Set(seriesFiles(folder).map((file) => statSync(join(folder, file)).size));
      assert.deepEqual([...sizes], [whisperBytes(archivesOf(retention))]);
      assert.deepEqual([...sizes], [380_212]);
    } finally {
      await graphite.stop();
    }
  });
});
