import { type Json, type StackResource, UNKNOWN } from "../../policy/lib/resource";

/** In the inputs of a test resource: an output of another one. */
export class Ref {
  constructor(
    readonly resource: StackResource,
    readonly output: string,
  ) {}
}

export type Input = Json | Ref | readonly Input[] | { readonly [key: string]: Input };
export type Inputs = { readonly [key: string]: Input };

/** The id of a test resource, as an input of another. */
export function id(resource: StackResource): Ref {
  return new Ref(resource, "id");
}

export function arn(resource: StackResource): Ref {
  return new Ref(resource, "arn");
}

/** Builds the resources of a small stack, with the dependencies a program would record. */
export class TestStack {
  readonly resources: StackResource[] = [];

  /** `known`: outputs have values, as in a plan or after an update. Otherwise every output is unknown, as in the preview of a new stack. */
  constructor(readonly known = true) {}

  add(type: string, name: string, inputs: Inputs = {}, parent?: StackResource, outputs: Record<string, Json> = {}): StackResource {
    const propertyDependencies: Record<string, readonly string[]> = {};
    const values: Record<string, Json> = {};
    for (const [key, input] of Object.entries(inputs)) {
      const from = new Set<string>();
      values[key] = this.value(input, from);
      propertyDependencies[key] = [...from];
    }
    const resource: StackResource = {
      urn: `urn:pulumi:test::test::${type}::${name}`,
      type,
      name,
      parent: parent?.urn,
      protect: false,
      inputs: values,
      outputs: this.known
        ? { ...values, id: `${name}-id`, arn: `arn:aws:test:::${type}/${name}`, ...outputs }
        : { ...values, id: UNKNOWN, arn: UNKNOWN },
      dependencies: [...new Set(Object.values(propertyDependencies).flat())],
      propertyDependencies,
    };
    this.resources.push(resource);
    return resource;
  }

  /** As `add`, for a resource of a provider, which a program names by its URN and its id. */
  addManaged(provider: StackResource, type: string, name: string, inputs: Inputs = {}, parent?: StackResource): StackResource {
    const resource = { ...this.add(type, name, inputs, parent), provider: `${provider.urn}::${name}` };
    this.resources[this.resources.length - 1] = resource;
    return resource;
  }

  /** Everything but one resource. */
  without(gone: StackResource): StackResource[] {
    return this.resources.filter((resource) => resource !== gone);
  }

  private value(input: Input, from: Set<string>): Json {
    if (input instanceof Ref) {
      from.add(input.resource.urn);
      return input.resource.outputs?.[input.output] ?? UNKNOWN;
    }
    if (Array.isArray(input)) return input.map((element: Input) => this.value(element, from));
    if (typeof input !== "object" || input === null) return input;
    return Object.fromEntries(Object.entries(input).map(([key, element]) => [key, this.value(element, from)]));
  }
}

/** A VPC with a public, a private and an isolated tier in two zones: an internet gateway for the first, a NAT gateway for the second. */
export class TestNetwork {
  readonly vpc: StackResource;
  readonly public: StackResource[];
  readonly private: StackResource[];
  readonly isolated: StackResource[];

  constructor(
    readonly stack: TestStack,
    prefix = "net",
    block = 0,
  ) {
    this.vpc = stack.add("aws:ec2/vpc:Vpc", prefix, { cidrBlock: `10.${block}.0.0/16` });
    const gateway = stack.add("aws:ec2/internetGateway:InternetGateway", prefix, { vpcId: id(this.vpc) });
    const tier = (name: string, first: number): StackResource[] =>
      [0, 1].map((zone) =>
        stack.add("aws:ec2/subnet:Subnet", `${prefix}-${name}-${zone + 1}`, {
          vpcId: id(this.vpc),
          cidrBlock: `10.${block}.${first + zone}.0/24`,
        }),
      );
    this.public = tier("public", 0);
    this.private = tier("private", 10);
    this.isolated = tier("isolated", 20);
    const nat = stack.add("aws:ec2/natGateway:NatGateway", prefix, { subnetId: this.public[0] === undefined ? "" : id(this.public[0]) });
    this.route(this.public, { gatewayId: id(gateway) });
    this.route(this.private, { natGatewayId: id(nat) });
    this.route(this.isolated, undefined);
  }

  /** A security group without rules. */
  group(name: string): StackResource {
    return this.stack.add("aws:ec2/securityGroup:SecurityGroup", name, { vpcId: id(this.vpc) });
  }

  /** Lets one group open connections to another, on both sides; gives the two rules. */
  allow(from: StackResource, to: StackResource, port: number): { egress: StackResource; ingress: StackResource } {
    const name = `${from.name}-${to.name}-${port}`;
    return {
      egress: this.rule("Egress", name, from, port, { referencedSecurityGroupId: id(to) }),
      ingress: this.rule("Ingress", name, to, port, { referencedSecurityGroupId: id(from) }),
    };
  }

  rule(direction: "Ingress" | "Egress", name: string, group: StackResource, port: number, peer: Inputs): StackResource {
    const type = `aws:vpc/securityGroup${direction}Rule:SecurityGroup${direction}Rule`;
    return this.stack.add(type, name, { securityGroupId: id(group), ipProtocol: "tcp", fromPort: port, toPort: port, ...peer });
  }

  /** A service on Fargate under its component, in the private tier unless told otherwise. */
  service(name: string, group: StackResource, port = 8080, network: Inputs = {}): StackResource {
    const component = this.stack.add("strata:service:Service", name);
    const task = this.stack.add(
      "aws:ecs/taskDefinition:TaskDefinition",
      name,
      { family: name, containerDefinitions: JSON.stringify([{ name, portMappings: [{ containerPort: port }] }]) },
      component,
    );
    const networkConfiguration = { subnets: this.private.map(id), securityGroups: [id(group)], ...network };
    return this.stack.add("aws:ecs/service:Service", `${name}-service`, { taskDefinition: arn(task), networkConfiguration }, component);
  }

  /** A PostgreSQL instance under its component, in the isolated tier unless told otherwise. */
  database(name: string, group: StackResource, extra: Inputs = {}, subnets = this.isolated): StackResource {
    const component = this.stack.add("strata:persistence:Database", name);
    const subnetGroup = this.stack.add("aws:rds/subnetGroup:SubnetGroup", name, { subnetIds: subnets.map(id) }, component);
    return this.stack.add(
      "aws:rds/instance:Instance",
      `${name}-instance`,
      { engine: "postgres", dbSubnetGroupName: id(subnetGroup), vpcSecurityGroupIds: [id(group)], ...extra },
      component,
    );
  }

  private route(subnets: readonly StackResource[], target: Inputs | undefined): void {
    for (const subnet of subnets) {
      const table = this.stack.add("aws:ec2/routeTable:RouteTable", subnet.name, { vpcId: id(this.vpc) });
      this.stack.add("aws:ec2/routeTableAssociation:RouteTableAssociation", subnet.name, { subnetId: id(subnet), routeTableId: id(table) });
      if (target !== undefined) {
        this.stack.add("aws:ec2/route:Route", subnet.name, { routeTableId: id(table), destinationCidrBlock: "0.0.0.0/0", ...target });
      }
    }
  }
}
