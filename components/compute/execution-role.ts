import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument, type Statement, trustPolicy } from "../iam";
import { type PlatformContext } from "../platform-context";
import { type ServiceLogs } from "../visibility/service-logs";

export interface ExecutionRoleArgs {
  readonly context: PlatformContext;
  /** Log group the containers write to. */
  readonly logs: ServiceLogs;
  /** Image, to know whether it is pulled from a repository of ECR. */
  readonly image: string;
  /** Images of the containers beside it. Default: none. */
  readonly besideImages?: readonly string[];
  /** What it needs beside that to start the containers: to read the secrets that ECS puts into them. Default: nothing. */
  readonly statements?: readonly Statement[];
}

/** What Fargate calls through the task's own network interface: it pulls the image and writes the logs there. */
export const TASK_SERVICES: readonly string[] = ["ecr.api", "ecr.dkr", "logs"];

const ECR_IMAGE = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com\/([^:@]+)/;

/**
 * The role that ECS itself uses to start a task: writes to the service's log group, reads the secrets of its containers and, for images in
 * ECR, pulls those repositories.
 * The service's code never has it; AWS's managed policy for it would allow every repository and every log group.
 *
 * Cost: none.
 */
export class ExecutionRole extends pulumi.ComponentResource {
  public readonly arn: pulumi.Output<string>;
  /** A task is refused until its execution role may do this. */
  public readonly policy: aws.iam.RolePolicy;

  constructor(name: string, args: ExecutionRoleArgs, options?: pulumi.ComponentResourceOptions) {
    super("strata:compute:ExecutionRole", name, {}, options);
    const role = new aws.iam.Role(
      `${name}-execution`,
      { description: `What ECS may do to start ${name}`, assumeRolePolicy: trustPolicy("ecs-tasks.amazonaws.com", args.context.accountId) },
      { parent: this },
    );
    this.policy = new aws.iam.RolePolicy(
      `${name}-execution`,
      {
        role: role.name,
        policy: policyDocument([
          this.writeLogs(args),
          ...pullImages([args.image, ...(args.besideImages ?? [])]),
          ...(args.statements ?? []),
        ]),
      },
      { parent: this },
    );
    this.arn = role.arn;
    this.registerOutputs({ arn: this.arn });
  }

  private writeLogs({ logs }: ExecutionRoleArgs): Statement {
    return {
      Sid: "WriteLogs",
      Effect: "Allow",
      Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
      Resource: pulumi.interpolate`${logs.arn}:log-stream:*`,
    };
  }
}

function pullImages(images: readonly string[]): Statement[] {
  const repositories = images.flatMap((image) => {
    const match = ECR_IMAGE.exec(image);
    return match ? [`arn:aws:ecr:${match[2]}:${match[1]}:repository/${match[3]}`] : [];
  });
  if (repositories.length === 0) return [];
  const [first, ...others] = [...new Set(repositories)];
  return [
    {
      Sid: "PullImage",
      Effect: "Allow",
      Action: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
      Resource: others.length === 0 && first !== undefined ? first : [...new Set(repositories)],
    },
    // ECR user guide, "Amazon ECR identity-based policies" (2026-11): the token is the registry's, so no resource can be named.
    { Sid: "RegistryToken", Effect: "Allow", Action: "ecr:GetAuthorizationToken", Resource: "*" },
  ];
}

/** Whether an image is pulled over the internet, because its registry is not in ECR. */
export function isPublicImage(image: string): boolean {
  return !ECR_IMAGE.test(image);
}
