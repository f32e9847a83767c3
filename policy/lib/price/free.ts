/** Modules of the provider in which nothing is charged for by itself. */
const FREE_MODULES = [
  "iam",
  "acm",
  "autoscaling",
  "appautoscaling",
  "servicediscovery",
  "resourcegroups",
  "backup",
  "ram",
  "msk",
  "ecs",
  "eks",
  "lambda",
];

/** Ends of the names of settings, permissions and connections between other resources, which are charged for. */
const FREE_CLASS =
  /(Policy|Attachment|Association|Permission|Version|Alias|Group|Configuration|Notification|Logging|Versioning|AccessBlock|Subscription|Target|Listener|Rule|Route|RouteTable|Gateway|Vpc|Subnet|Record|Role|Profile|Grant|Integration|Stage|Method|Resource|Response|Deployment|User|Client|Domain|DomainName|Mapping|LogStream|Object|Objectv2|Encryption\w*|Controls|Settings?|Default|Template|KeyPair|Acl|DhcpOptions|Limit|Rotation|Parameter|Certificate|Validation|Zone|Provider|Table|Definition|Account|Authorizer|Link|Filter|Transform|Namespace|Schema|Item|Peering\w*)(V2)?$/;

/** Classes that end as such a setting and are charged for all the same, with nothing here to say how much. */
const CHARGED = [
  "aws:ec2transitgateway/transitGateway:TransitGateway",
  "aws:storagegateway/gateway:Gateway",
  "aws:acmpca/certificateAuthority:CertificateAuthority",
  "aws:wafv2/ruleGroup:RuleGroup",
  "aws:wafregional/webAcl:WebAcl",
  "aws:elasticsearch/domain:Domain",
  "aws:codeartifact/domain:Domain",
  "aws:sagemaker/domain:Domain",
  "aws:keyspaces/table:Table",
  "aws:msk/replicator:Replicator",
  "aws:ec2clientvpn/networkAssociation:NetworkAssociation",
  "aws:mskconnect/connector:Connector",
  "aws:s3tables/table:Table",
  "aws:timestreamwrite/table:Table",
];

/** True for a type that AWS charges nothing for by itself, and for what is not AWS's: components, providers, objects of Kubernetes. */
export function costsNothing(type: string): boolean {
  const [, module = "", name = ""] = /^aws:([^/:]+)\/[^:]+:(.+)$/.exec(type) ?? [];
  if (module === "") return true;
  return !CHARGED.includes(type) && (FREE_MODULES.includes(module) || FREE_CLASS.test(name));
}
