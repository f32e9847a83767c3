import * as aws from "@pulumi/aws";
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { EcsCluster } from "../../../../components/compute/ecs-cluster";
import { allowPassage } from "../../../../components/network/passage";
import { EcsHost, type EcsHostArgs } from "../../../../components/visibility/host/ecs-host";
import { EcsNodeDaemons } from "../../../../components/visibility/host/ecs-node-daemons";
import { fileRoots, prepareScript } from "../../../../components/visibility/host/ecs-files";
import { probeScript } from "../../../../components/visibility/host/health-probe";
import { type Hosted, type HostedProgram } from "../../../../components/visibility/host/host";
import { type PlannedResource } from "../../../../plan/graph";
import { reachability } from "../../../../policy/lib/reachability";
import { only, recordProgram, TEST_CONTEXT } from "../../../harness";
import { instances } from "../../compute/ecs-fixture";
import { createNetwork } from "../../compute/on-cluster";
import { asRole } from "../../service/permissions";
import { ADMIN_PORT, agent, API_KEY, COUNTER_PORT, PASSWORD, series, SERIES_PORT, web, WEB_PORT } from "./samples";

const KEY = "arn:aws:kms:us-east-1:111122223333:key/11111111-2222-4333-a444-555555555555";
const SERVICE = "aws:ecs/service:Service";
const TASK = "aws:ecs/taskDefinition:TaskDefinition";
const VOLUME = "aws:ebs/volume:Volume";
const GROUP = "aws:autoscaling/group:Group";
const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";

interface Setting {
  readonly durable?: boolean;
  readonly series?: Partial<HostedProgram>;
  readonly host?: Partial<EcsHostArgs>;
}

/** Records both samples and the agent on an ECS cluster with instances of its own, with a function of the VPC that sends lines. */
async function onEcs(setting: Setting = {}): Promise<{ resources: PlannedResource[]; address: string; copies: string[] }> {
  const found = { address: "", copies: [] as string[] };
  const resources = await recordProgram((options) => {
    const context = { ...TEST_CONTEXT, durable: setting.durable ?? false };
    const network = createNetwork(options);
    const cluster = new EcsCluster(
      "containers",
      { containerInsights: "disabled", execLogGroup: "exec", keyArn: KEY, instances: instances(network) },
      options,
    );
    const common = { context, network, cluster, keyArn: KEY, logs: { retentionDays: 7, keyArn: KEY } };
    const host = new EcsHost("visibility", { ...common, ...setting.host }, options);
    const hosted: Hosted = host.run(series(setting.series), host);
    host.run(web(hosted), host);
    const daemons = new EcsNodeDaemons(
      "nodes",
      { ...common, store: host.store, instances: () => [...cluster.instances, ...host.instances] },
      options,
    );
    daemons.run(agent(hosted), host);
    const sender = new aws.ec2.SecurityGroup("sender", { vpcId: network.vpcId }, { provider: options.providers.aws });
    new aws.lambda.Function(
      "sender",
      { role: "arn:aws:iam::111122223333:role/sender", vpcConfig: { subnetIds: network.privateSubnetIds, securityGroupIds: [sender.id] } },
      { provider: options.providers.aws },
    );
    const { securityGroupId } = hosted;
    if (securityGroupId)
      allowPassage({ name: "sender", securityGroupId: sender.id }, { name: "series", securityGroupId }, COUNTER_PORT, sender, "udp");
    hosted.address.apply((address) => (found.address = address));
    for (const copy of hosted.copies) copy.apply((name) => found.copies.push(name));
  });
  return { resources, ...found };
}

interface Container {
  readonly name: string;
  readonly user?: string;
  readonly essential: boolean;
  readonly command?: readonly string[];
  readonly environment: readonly { readonly name: string; readonly value: string }[];
  readonly secrets?: readonly { readonly name: string; readonly valueFrom: string }[];
  readonly mountPoints: readonly { readonly sourceVolume: string; readonly containerPath: string; readonly readOnly: boolean }[];
  readonly portMappings: readonly { readonly containerPort: number; readonly protocol: string }[];
  readonly dependsOn?: readonly { readonly containerName: string; readonly condition: string }[];
  readonly healthCheck?: { readonly command: readonly string[] };
  readonly linuxParameters: { readonly capabilities: { readonly drop: readonly string[]; readonly add?: readonly string[] } };
}

function containersOf(resources: readonly PlannedResource[], task: string): ReadonlyMap<string, Container> {
  const all = JSON.parse(String(only(resources, TASK, task).inputs["containerDefinitions"])) as Container[];
  return new Map(all.map((container) => [container.name, container]));
}

function container(resources: readonly PlannedResource[], task: string, name: string): Container {
  const found = containersOf(resources, task).get(name);
  assert.ok(found, `${task} has no container ${name}`);
  return found;
}

const filesUrl = (resources: readonly PlannedResource[]) =>
  container(resources, "series-0", "prepare").environment.find(({ name }) => name === "FILES")?.value ?? "";

const userData = (resources: readonly PlannedResource[], name: string) =>
  Buffer.from(String(only(resources, TEMPLATE, name).inputs["userData"]), "base64").toString();

describe("A program of the visibility layer on ECS", () => {
  it("gets its files from S3 before it starts, at a key that changes with them", async () => {
    const { resources } = await onEcs();
    const url = filesUrl(resources);
    const bucket = String(only(resources, "aws:s3/bucket:Bucket", "visibility-files").outputs["bucket"]);
    const objects = resources.filter(({ type, name }) => type === "aws:s3/bucketObjectv2:BucketObjectv2" && name.startsWith("series-"));
    const contents = Object.fromEntries(objects.map(({ inputs }) => [`s3://${bucket}/${String(inputs["key"])}`, inputs["content"]]));
    assert.deepEqual(contents, {
      [`${url}etc/series/series.conf`]: "shards = 3\n",
      [`${url}etc/series/schemas.d/all.conf`]: "10s:1d\n",
    });
    const program = container(resources, "series-0", "series");
    assert.deepEqual(program.dependsOn, [{ containerName: "prepare", condition: "SUCCESS" }]);
    assert.equal(container(resources, "series-0", "prepare").essential, false);
    const changed = await onEcs({ series: { files: { ...series().files, "/etc/series/schemas.d/all.conf": "10s:2d\n" } } });
    assert.notEqual(filesUrl(changed.resources), url);
    assert.equal(filesUrl((await onEcs()).resources), url);
  });

  it("keeps earlier files for a deployment that is rolled back", async () => {
    const { resources } = await onEcs();
    for (const object of resources.filter(({ type }) => type === "aws:s3/bucketObjectv2:BucketObjectv2"))
      assert.equal(object.retainOnDelete, true, object.name);
  });

  it("finds files and secrets read-only where it asked for them, and its own directories writable", async () => {
    const { resources } = await onEcs();
    const mounts = container(resources, "series-0", "series").mountPoints.map(
      ({ containerPath, readOnly }) => `${containerPath} ${readOnly ? "read" : "write"}`,
    );
    assert.deepEqual(mounts, ["/etc/series read", "/tmp write", "/var/lib/series write"]);
  });

  it("gets a secret's value from ECS, which alone may read it; no resource holds it", async () => {
    const { resources } = await onEcs();
    assert.deepEqual(container(resources, "series-0", "prepare").secrets, [{ name: "SECRET_0", valueFrom: PASSWORD }]);
    assert.equal(container(resources, "series-0", "series").secrets, undefined);
    const may = (role: string, resource: string) => asRole(resources, role)({ action: "secretsmanager:GetSecretValue", resource });
    assert.equal(await may("series-execution", PASSWORD), "Allowed");
    assert.notEqual(await may("series-execution", API_KEY), "Allowed");
    assert.notEqual(await may("series", PASSWORD), "Allowed");
  });

  it("reads its own files and no other program's", async () => {
    const { resources } = await onEcs();
    const arn = String(only(resources, "aws:s3/bucket:Bucket", "visibility-files").outputs["arn"]);
    const may = (role: string, key: string) => asRole(resources, role)({ action: "s3:GetObject", resource: `${arn}/${key}` });
    assert.equal(await may("series", "series/abc/etc/series/series.conf"), "Allowed");
    assert.notEqual(await may("series", "web/abc/etc/web/web.yaml"), "Allowed");
  });

  it("without storage runs on Fargate in a size that exists, as the user it names", async () => {
    const { resources } = await onEcs();
    const task = only(resources, TASK, "web");
    assert.deepEqual([task.inputs["requiresCompatibilities"], task.inputs["cpu"], task.inputs["memory"]], [["FARGATE"], "256", "512"]);
    assert.equal(container(resources, "web", "web").user, "1300:1300");
    const service = only(resources, SERVICE, "web");
    assert.deepEqual([service.inputs["desiredCount"], service.inputs["launchType"]], [2, undefined]);
  });

  it("has a volume a copy, each in a zone with the one instance that its task may run on", async () => {
    const { resources } = await onEcs();
    const subnets = new Map(
      resources
        .filter(({ type }) => type === "aws:ec2/subnet:Subnet")
        .map(({ outputs, inputs }) => [outputs["id"], inputs["availabilityZone"]]),
    );
    const zones = [0, 1, 2].map((copy) => {
      const name = `series-${copy}`;
      const volume = only(resources, VOLUME, name);
      const group = only(resources, GROUP, name);
      assert.deepEqual(
        ["minSize", "maxSize", "desiredCapacity"].map((key) => group.inputs[key]),
        [1, 1, 1],
      );
      const [subnet] = group.inputs["vpcZoneIdentifiers"] as string[];
      const zone = volume.inputs["availabilityZone"];
      assert.equal(subnets.get(subnet), zone, name);
      const script = userData(resources, name);
      assert.ok(script.includes(`--volume-id ${String(volume.outputs["id"])} `), script);
      assert.ok(script.includes(`ECS_INSTANCE_ATTRIBUTES={"strata.volume":"${name}"}`));
      const service = only(resources, SERVICE, name);
      assert.deepEqual(service.inputs["placementConstraints"], [{ type: "memberOf", expression: `attribute:strata.volume == ${name}` }]);
      assert.deepEqual((service.inputs["networkConfiguration"] as { subnets: string[] }).subnets, [subnet]);
      const volumes = only(resources, TASK, name).inputs["volumes"] as { name: string; hostPath?: string }[];
      assert.equal(volumes.find((found) => found.name === "storage")?.hostPath, `/var/lib/strata/${name}`);
      return zone;
    });
    assert.equal(new Set(zones).size, 3);
  });

  it("has encrypted volumes, which in a durable environment outlive everything", async () => {
    for (const durable of [true, false]) {
      const { resources } = await onEcs({ durable });
      for (const volume of resources.filter(({ type }) => type === VOLUME)) {
        assert.deepEqual([volume.protect, volume.retainOnDelete ?? false], [durable, durable]);
        assert.deepEqual(
          ["encrypted", "kmsKeyId", "type", "size"].map((key) => volume.inputs[key]),
          [true, KEY, "gp3", 20],
        );
      }
    }
  });

  it("has an instance that may attach its own volume to itself, and nothing else", async () => {
    const { resources } = await onEcs();
    const arn = (copy: number) => String(only(resources, VOLUME, `series-${copy}`).outputs["arn"]);
    const may = (resource: string, context?: Record<string, string>) =>
      asRole(resources, "series-0-instance")({ action: "ec2:AttachVolume", resource, ...(context && { context }) });
    assert.equal(await may(arn(0)), "Allowed");
    assert.notEqual(await may(arn(1)), "Allowed");
    const instance = "arn:aws:ec2:us-east-1:111122223333:instance/i-0123456789abcdef0";
    assert.equal(await may(instance, { "aws:ResourceTag/strata:volume": "series-0" }), "Allowed");
    assert.notEqual(await may(instance, { "aws:ResourceTag/strata:volume": "series-1" }), "Allowed");
  });

  it("lets tasks find an instance only once its volume is mounted, and an instance that fails goes", async () => {
    const { resources } = await onEcs();
    const lines = userData(resources, "series-0").split("\n");
    const at = (start: string) => lines.findIndex((line) => line.includes(start));
    assert.ok(0 < at("trap 'shutdown -h now' ERR") && at("trap 'shutdown -h now' ERR") < at("attach-volume"));
    assert.ok(at("mount /var/lib/strata/series-0") < at("ECS_INSTANCE_ATTRIBUTES"));
    assert.equal(spawnSync("bash", ["-n"], { input: lines.join("\n") }).status, 0);
    const group = only(resources, GROUP, "series-0");
    const { preferences } = group.inputs["instanceRefresh"] as { preferences: Record<string, unknown> };
    assert.equal(preferences["minHealthyPercentage"], 0);
  });

  it("is known by a name of the VPC, and each copy by a name of its own", async () => {
    const { address, copies } = await onEcs();
    assert.equal(address, "series.visibility.test.internal");
    assert.deepEqual(
      copies,
      [0, 1, 2].map((copy) => `series-${copy}.visibility.test.internal`),
    );
    const single = await onEcs({ series: { replicas: 1 } });
    assert.equal(single.address, "series-0.visibility.test.internal");
  });

  it("is reached by its callers, by a sender that was let in, by the instances of the agent, and by nothing else", async () => {
    const { resources } = await onEcs();
    const pairs = reachability(resources).flatMap(({ from, to, port }) =>
      ["series-0", "web"].includes(to) && !from.startsWith("series-") ? [`${from} > ${to}:${port}`] : [],
    );
    assert.deepEqual(
      pairs.sort(),
      [
        `containers > series-0:${SERIES_PORT}`,
        `containers-spot > series-0:${SERIES_PORT}`,
        `sender > series-0:${COUNTER_PORT}`,
        `web > series-0:${ADMIN_PORT}`,
        `web > series-0:${SERIES_PORT}`,
      ].sort(),
    );
  });

  it("has UDP ports, and the health of its containers asked by one beside them", async () => {
    const { resources } = await onEcs();
    const ports = container(resources, "series-0", "series").portMappings.map(
      ({ containerPort, protocol }) => `${containerPort}/${protocol}`,
    );
    assert.deepEqual(ports, [`${SERIES_PORT}/tcp`, `${COUNTER_PORT}/udp`, `${ADMIN_PORT}/tcp`]);
    const probe = container(resources, "web", "health");
    assert.equal(probe.essential, true);
    assert.deepEqual(probe.healthCheck?.command.slice(0, 3), ["CMD", "bash", "-c"]);
    assert.ok(probe.healthCheck?.command[3]?.includes(`/dev/tcp/127.0.0.1/${WEB_PORT}`));
  });

  it("has a task definition below what ECS takes, however big its files are", async () => {
    const files = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`/etc/series/${index}.json`, "x".repeat(50_000)]));
    const { resources } = await onEcs({ series: { files } });
    assert.ok(JSON.stringify(only(resources, TASK, "series-0").inputs).length < 65_536);
  });

  it("hands a transform to each child", async () => {
    const bent = { tags: { bent: "yes" } };
    const { resources } = await onEcs({
      host: {
        transform: {
          taskDefinition: bent,
          service: bent,
          volumeHost: { volume: bent, launchTemplate: bent, autoScalingGroup: { maxSize: 2 } },
        },
      },
    });
    for (const [type, name] of [
      [TASK, "web"],
      [SERVICE, "series-0"],
      [VOLUME, "series-0"],
      [TEMPLATE, "series-0"],
    ] as const)
      assert.deepEqual(only(resources, type, name).inputs["tags"], bent.tags, type);
    assert.equal(only(resources, GROUP, "series-0").inputs["maxSize"], 2);
  });
});

describe("A daemon on every instance of ECS", () => {
  it("sees its instance and has no more of it than it asked for", async () => {
    const { resources } = await onEcs();
    const task = only(resources, TASK, "agent");
    assert.deepEqual([task.inputs["networkMode"], task.inputs["pidMode"]], ["host", "host"]);
    const own = container(resources, "agent", "agent");
    assert.deepEqual(own.linuxParameters.capabilities, { drop: ["ALL"], add: ["SYS_PTRACE", "SYS_ADMIN"] });
    assert.deepEqual(
      own.mountPoints.map(({ containerPath, readOnly }) => `${containerPath} ${readOnly ? "read" : "write"}`),
      ["/host/proc read", "/host/sys read", "/etc/agent read", "/var/cache/agent write", "/var/lib/agent write"],
    );
    assert.equal(only(resources, SERVICE, "agent").inputs["schedulingStrategy"], "DAEMON");
  });

  it("is refused on a cluster without instances", async () => {
    await assert.rejects(
      recordProgram((options) => {
        const network = createNetwork(options);
        const cluster = new EcsCluster("containers", { containerInsights: "disabled", execLogGroup: "exec", keyArn: KEY }, options);
        const common = { context: TEST_CONTEXT, network, cluster, keyArn: KEY, logs: { retentionDays: 7, keyArn: KEY } };
        const host = new EcsHost("visibility", common, options);
        const hosted = host.run(series({ storage: undefined }), host);
        new EcsNodeDaemons("nodes", { ...common, store: host.store, instances: () => cluster.instances }, options).run(agent(hosted), host);
      }),
      /agent wants instances to run on/,
    );
  });
});

describe("What prepares the files of a task", () => {
  it("has a volume for each directory that is in no other", () => {
    assert.deepEqual(fileRoots(["/etc/a/x", "/etc/a/b/y", "/etc/ab/z", "/opt/q"]), ["/etc/a", "/etc/ab", "/opt"]);
  });

  it("fetches, writes secrets whole, makes mount points, and opens what the program writes to", () => {
    const root = mkdtempSync(join(tmpdir(), "strata-prepare-"));
    try {
      const files = join(root, "strata/files");
      for (const folder of ["etc/a", "opt"]) mkdirSync(join(files, folder), { recursive: true });
      mkdirSync(join(root, "strata/scratch/0"), { recursive: true });
      mkdirSync(join(root, "bin"));
      // Stands in for the tool: puts one file where it was told to, for nobody else to read.
      writeFileSync(
        join(root, "bin/aws"),
        `#!/bin/sh\necho "$@" > ${root}/asked\nprintf hello > ${files}/etc/a/x\nchmod 600 ${files}/etc/a/x\n`,
        { mode: 0o755 },
      );
      const script = prepareScript({
        roots: ["/etc/a", "/opt"],
        fetches: true,
        secrets: ["/etc/a/it's"],
        directories: ["/etc/a/deep/er"],
        scratch: 1,
      });
      const run = spawnSync("sh", ["-c", script.replaceAll("/strata/", `${root}/strata/`)], {
        env: { PATH: `${join(root, "bin")}:${process.env["PATH"]}`, FILES: "s3://bucket/a/1/", SECRET_0: "p%s \\n$word\nline" },
        encoding: "utf8",
      });
      assert.equal(run.status, 0, run.stderr);
      assert.equal(readFileSync(join(root, "asked"), "utf8").trim(), `s3 cp --recursive --only-show-errors s3://bucket/a/1/ ${files}/`);
      assert.equal(readFileSync(join(files, "etc/a/it's"), "utf8"), "p%s \\n$word\nline");
      assert.equal(statSync(join(files, "etc/a/x")).mode & 0o777, 0o644);
      assert.ok(statSync(join(files, "etc/a/deep/er")).isDirectory());
      assert.equal(statSync(join(root, "strata/scratch/0")).mode & 0o7777, 0o1777);
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  });

  it("ends with an error when files can't be fetched, so that the program does not start without them", () => {
    const script = prepareScript({ roots: ["/etc/a"], fetches: true, secrets: [], directories: [], scratch: 0 });
    assert.notEqual(spawnSync("sh", ["-c", script], { env: { PATH: "/nonexistent", FILES: "s3://bucket/a/1/" } }).status, 0);
  });
});

describe("What asks after the containers of a task", () => {
  const answers = (script: string) => spawnSync("bash", ["-c", script]).status === 0;

  it("is content with an answer of 2xx and with a port that listens, and with nothing else", async () => {
    // The server answers from a thread of its own: the check blocks this one.
    const worker = new Worker(
      `const { createServer } = require("node:http");
       const { parentPort } = require("node:worker_threads");
       const server = createServer((request, response) => { response.statusCode = request.url === "/good" ? 204 : 503; response.end(); });
       server.listen(0, "127.0.0.1", () => parentPort.postMessage(server.address().port));`,
      { eval: true },
    );
    try {
      const [port] = (await once(worker, "message")) as [number];
      assert.ok(
        answers(
          probeScript([
            { kind: "http", path: "/good", port },
            { kind: "tcp", port },
          ]),
        ),
      );
      assert.ok(!answers(probeScript([{ kind: "http", path: "/bad", port }])));
      await worker.terminate();
      assert.ok(!answers(probeScript([{ kind: "tcp", port }])));
    } finally {
      await worker.terminate();
    }
  });
});
