import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Network } from "../../../../components/network/network";
import { type Hosted, type HostedProgram, type VisibilityHost } from "../../../../components/visibility/host/host";

/** A host that runs nothing and remembers what it was asked to run. */
export class FakeHost implements VisibilityHost {
  readonly kind = "ecs";
  readonly programs: HostedProgram[] = [];

  constructor(private readonly vpcId: pulumi.Input<string>) {}

  copiesOf({ name, replicas }: Pick<HostedProgram, "name" | "replicas">): readonly pulumi.Output<string>[] {
    return Array.from({ length: replicas }, (_, copy) => pulumi.output(`${name}-${copy}.visibility.test`));
  }

  run(program: HostedProgram, parent: pulumi.Resource): Hosted {
    this.programs.push(program);
    const group = new aws.ec2.SecurityGroup(`host-${program.name}`, { vpcId: this.vpcId, description: program.name }, { parent });
    return {
      name: program.name,
      address: pulumi.output(`${program.name}.visibility.test`),
      copies: this.copiesOf(program),
      securityGroupId: group.id,
      ready: [group],
    };
  }
}

/** A network of two zones. */
export function network(
  options: pulumi.ComponentResourceOptions,
  changes: Partial<ConstructorParameters<typeof Network>[1]> = {},
): Network {
  return new Network(
    "network",
    {
      cidr: "10.0.0.0/16",
      availabilityZones: ["us-east-1a", "us-east-1b"],
      region: "us-east-1",
      nat: "single",
      gatewayEndpoints: ["s3"],
      interfaceEndpoints: [],
      flowLogDays: 7,
      durable: false,
      ...changes,
    },
    options,
  );
}

/** A value of an output, once it is known. */
export function valueOf<Value>(value: pulumi.Input<Value>): Promise<pulumi.Unwrap<Value>> {
  return new Promise((resolve) => void pulumi.output(value).apply(resolve));
}
