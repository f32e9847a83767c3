import { type Architecture } from "../../facts/ec2-types";
import { type Fact } from "../../facts/row";

/** Operating systems that instances of a cluster can boot. */
export type OperatingSystem = "al2023" | "bottlerocket";

/** The one whose instances can give each task a branch of one trunk interface. */
export const DEFAULT_OPERATING_SYSTEM: OperatingSystem = "al2023";

export interface BootOptions {
  readonly cluster: string;
  /** True waits in the warm pool until the instance is put into service. */
  readonly warmPool: boolean;
  /** Shell commands that run before the instance joins; al2023 alone. Default: none. */
  readonly commands?: readonly string[];
}

/** What is known of an operating system. */
interface BootRow extends Fact {
  /** Public SSM parameter that holds the id of the newest image. */
  readonly imageParameter: (architecture: Architecture) => string;
  /** Device of the volume that holds images and writable layers, and the others that the image has. */
  readonly devices: { readonly containers: string; readonly others: readonly string[] };
  /** User data that makes an instance join the cluster. */
  readonly userData: (options: BootOptions) => string;
  /** True when an instance can give each task a branch of one trunk interface; otherwise a task takes a whole interface. */
  readonly trunk: boolean;
  /** True when an instance can wait in a warm pool without joining the cluster. */
  readonly warmPool: boolean;
}

/** How instances boot: image, volumes and user data. Tasks can reach neither the instance's metadata nor its privileges. */
export const BOOT: Readonly<Record<OperatingSystem, BootRow>> = {
  al2023: {
    imageParameter: (architecture) =>
      `/aws/service/ecs/optimized-ami/amazon-linux-2023/${architecture === "arm64" ? "arm64/" : ""}recommended/image_id`,
    devices: { containers: "/dev/xvda", others: [] },
    userData: ({ cluster, warmPool, commands = [] }) =>
      [
        "#!/bin/bash",
        "cat <<'EOF' >> /etc/ecs/ecs.config",
        `ECS_CLUSTER=${cluster}`,
        "ECS_AWSVPC_BLOCK_IMDS=true",
        "ECS_DISABLE_PRIVILEGED=true",
        "ECS_ENABLE_SPOT_INSTANCE_DRAINING=true",
        ...(warmPool ? ["ECS_WARM_POOLS_CHECK=true"] : []),
        "EOF",
        // The agent starts when this script has ended.
        ...commands,
        "",
      ].join("\n"),
    trunk: true,
    warmPool: true,
    source:
      "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-optimized_AMI.html, ecs-agent-config.html, container-instance-eni.html",
    date: "2026-11",
  },
  bottlerocket: {
    imageParameter: (architecture) => `/aws/service/bottlerocket/aws-ecs-2/${architecture}/latest/image_id`,
    devices: { containers: "/dev/xvdb", others: ["/dev/xvda"] },
    // A TOML basic string is written as a JSON one.
    userData: ({ cluster }) =>
      [
        "[settings.ecs]",
        `cluster = ${JSON.stringify(cluster)}`,
        "awsvpc-block-imds = true",
        "allow-privileged-containers = false",
        "enable-spot-instance-draining = true",
        "",
        "[settings.host-containers.admin]",
        "enabled = false",
        "",
        // The control container only serves Session Manager, which the instance's role does not allow.
        "[settings.host-containers.control]",
        "enabled = false",
        "",
      ].join("\n"),
    trunk: false,
    warmPool: false,
    source:
      "https://bottlerocket.dev/en/os/1.20.x/api/settings/ecs/, https://docs.aws.amazon.com/AmazonECS/latest/developerguide/container-instance-eni.html",
    date: "2026-11",
  },
};
