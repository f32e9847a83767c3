"use strict";
const { Duration, RemovalPolicy, Stack } = require("aws-cdk-lib");
const mq = require("aws-cdk-lib/aws-amazonmq");
const backup = require("aws-cdk-lib/aws-backup");
const dynamodb = require("aws-cdk-lib/aws-dynamodb");
const ec2 = require("aws-cdk-lib/aws-ec2");
const elasticache = require("aws-cdk-lib/aws-elasticache");
const kms = require("aws-cdk-lib/aws-kms");
const logs = require("aws-cdk-lib/aws-logs");
const msk = require("aws-cdk-lib/aws-msk");
const rds = require("aws-cdk-lib/aws-rds");
const redshift = require("aws-cdk-lib/aws-redshiftserverless");
const s3 = require("aws-cdk-lib/aws-s3");
const secrets = require("aws-cdk-lib/aws-secretsmanager");
const sqs = require("aws-cdk-lib/aws-sqs");

const ISOLATED = { subnetType: ec2.SubnetType.PRIVATE_ISOLATED };
const { DatabaseInstanceEngine: Engine } = rds;
const INSTANCES = {
  partners: Engine.postgres({ version: rds.PostgresEngineVersion.VER_16_4 }),
  crm: Engine.mysql({ version: rds.MysqlEngineVersion.VER_8_0_39 }),
  wiki: Engine.mariaDb({ version: rds.MariaDbEngineVersion.VER_10_11_9 }),
  erp: Engine.oracleSe2({ version: rds.OracleEngineVersion.VER_19 }),
  billing: Engine.sqlServerSe({ version: rds.SqlServerEngineVersion.VER_16 }),
};

/** Every store that services need, encrypted by a key of its own layer, kept when the stack goes. */
class DataStack extends Stack {
  constructor(scope, id, { vpc, ...props }) {
    super(scope, id, props);
    this.vpc = vpc;
    this.key = new kms.Key(this, "Key", { enableKeyRotation: true });
    this.createDatabases();
    this.createBuses();
    this.createTables();
    this.createBuckets();
    this.createWarehouse();
    const plan = backup.BackupPlan.dailyWeeklyMonthly5YearRetention(this, "Backups");
    plan.addSelection("Tagged", { resources: [backup.BackupResource.fromTag("backup", "yes")] });
  }

  createDatabases() {
    const credentials = (name) => rds.Credentials.fromGeneratedSecret(name, { encryptionKey: this.key });
    const common = {
      vpc: this.vpc,
      vpcSubnets: ISOLATED,
      storageEncrypted: true,
      storageEncryptionKey: this.key,
      deletionProtection: true,
      removalPolicy: RemovalPolicy.SNAPSHOT,
      monitoringInterval: Duration.minutes(1),
    };
    this.orders = new rds.DatabaseCluster(this, "Orders", {
      ...common,
      engine: rds.DatabaseClusterEngine.auroraPostgres({ version: rds.AuroraPostgresEngineVersion.VER_16_4 }),
      credentials: credentials("orders"),
      writer: rds.ClusterInstance.serverlessV2("writer"),
      readers: [rds.ClusterInstance.serverlessV2("reader", { scaleWithWriter: true })],
      serverlessV2MinCapacity: 2,
      serverlessV2MaxCapacity: 32,
      iamAuthentication: true,
      backup: { retention: Duration.days(14) },
    });
    this.orders.addRotationSingleUser();
    this.instances = Object.entries(INSTANCES).map(([name, engine]) => {
      const instance = new rds.DatabaseInstance(this, name, {
        ...common,
        engine,
        instanceType: ec2.InstanceType.of(ec2.InstanceClass.M6I, ec2.InstanceSize.LARGE),
        licenseModel: name === "erp" || name === "billing" ? rds.LicenseModel.LICENSE_INCLUDED : undefined,
        credentials: credentials(name === "billing" ? "sqladmin" : name),
        multiAz: true,
        allocatedStorage: 100,
        maxAllocatedStorage: 500,
        backupRetention: Duration.days(14),
      });
      instance.addRotationSingleUser();
      return instance;
    });
  }

  createBuses() {
    const subnets = this.vpc.selectSubnets(ISOLATED).subnetIds;
    this.kafkaGroup = new ec2.SecurityGroup(this, "KafkaGroup", { vpc: this.vpc, allowAllOutbound: false });
    this.kafkaLogs = new logs.LogGroup(this, "KafkaLogs", { retention: logs.RetentionDays.THREE_MONTHS });
    this.kafka = new msk.CfnCluster(this, "Kafka", {
      clusterName: "kafka",
      kafkaVersion: "3.9.x",
      numberOfBrokerNodes: 3,
      brokerNodeGroupInfo: {
        clientSubnets: subnets,
        instanceType: "kafka.m7g.large",
        securityGroups: [this.kafkaGroup.securityGroupId],
        storageInfo: { ebsStorageInfo: { volumeSize: 100 } },
      },
      clientAuthentication: { sasl: { iam: { enabled: true } } },
      encryptionInfo: { encryptionAtRest: { dataVolumeKmsKeyId: this.key.keyArn }, encryptionInTransit: { clientBroker: "TLS" } },
      enhancedMonitoring: "PER_TOPIC_PER_BROKER",
      loggingInfo: { brokerLogs: { cloudWatchLogs: { enabled: true, logGroup: this.kafkaLogs.logGroupName } } },
    });
    this.brokerGroup = new ec2.SecurityGroup(this, "BrokerGroup", { vpc: this.vpc, allowAllOutbound: false });
    const password = new secrets.Secret(this, "BrokerPassword", { generateSecretString: { excludePunctuation: true } });
    this.broker = new mq.CfnBroker(this, "ActiveMq", {
      brokerName: "activemq",
      engineType: "ACTIVEMQ",
      engineVersion: "5.18",
      hostInstanceType: "mq.m5.large",
      deploymentMode: "ACTIVE_STANDBY_MULTI_AZ",
      subnetIds: subnets.slice(0, 2),
      securityGroups: [this.brokerGroup.securityGroupId],
      publiclyAccessible: false,
      autoMinorVersionUpgrade: true,
      logs: { general: true, audit: true },
      users: [{ username: "strata", password: password.secretValue.unsafeUnwrap() }],
    });
    this.cacheGroup = new ec2.SecurityGroup(this, "CacheGroup", { vpc: this.vpc, allowAllOutbound: false });
    const cacheSubnets = new elasticache.CfnSubnetGroup(this, "CacheSubnets", { description: "isolated", subnetIds: subnets });
    this.cache = new elasticache.CfnReplicationGroup(this, "Cache", {
      replicationGroupDescription: "chat, recommendations",
      engine: "valkey",
      cacheNodeType: "cache.m7g.large",
      numCacheClusters: 2,
      automaticFailoverEnabled: true,
      multiAzEnabled: true,
      atRestEncryptionEnabled: true,
      transitEncryptionEnabled: true,
      cacheSubnetGroupName: cacheSubnets.ref,
      securityGroupIds: [this.cacheGroup.securityGroupId],
      snapshotRetentionLimit: 1,
    });
    const dead = new sqs.Queue(this, "MediaJobsDead", { enforceSSL: true, retentionPeriod: Duration.days(14) });
    this.mediaJobs = new sqs.Queue(this, "MediaJobs", { enforceSSL: true, deadLetterQueue: { queue: dead, maxReceiveCount: 3 } });
  }

  createTables() {
    const table = (name, more) =>
      new dynamodb.Table(this, name, {
        partitionKey: { name: "id", type: dynamodb.AttributeType.STRING },
        billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
        encryptionKey: this.key,
        pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
        deletionProtection: true,
        removalPolicy: RemovalPolicy.RETAIN,
        ...more,
      });
    this.payments = table("Payments");
    this.sessions = table("Sessions", { timeToLiveAttribute: "expiresAt" });
  }

  createBuckets() {
    const accessLogs = new s3.Bucket(this, "AccessLogs", { enforceSSL: true, blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL });
    const bucket = (name) =>
      new s3.Bucket(this, name, {
        versioned: true,
        enforceSSL: true,
        encryptionKey: this.key,
        bucketKeyEnabled: true,
        blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
        serverAccessLogsBucket: accessLogs,
        lifecycleRules: [{ noncurrentVersionExpiration: Duration.days(30), abortIncompleteMultipartUploadAfter: Duration.days(7) }],
      });
    [this.uploads, this.thumbnails, this.media, this.reports] = ["Uploads", "Thumbnails", "Media", "Reports"].map(bucket);
  }

  createWarehouse() {
    const namespace = new redshift.CfnNamespace(this, "Analytics", {
      namespaceName: "analytics",
      manageAdminPassword: true,
      kmsKeyId: this.key.keyArn,
      logExports: ["userlog", "connectionlog", "useractivitylog"],
    });
    this.warehouseGroup = new ec2.SecurityGroup(this, "WarehouseGroup", { vpc: this.vpc, allowAllOutbound: false });
    this.warehouse = new redshift.CfnWorkgroup(this, "Workgroup", {
      workgroupName: "analytics",
      namespaceName: namespace.ref,
      baseCapacity: 8,
      enhancedVpcRouting: true,
      publiclyAccessible: false,
      securityGroupIds: [this.warehouseGroup.securityGroupId],
      subnetIds: this.vpc.selectSubnets(ISOLATED).subnetIds,
    });
  }
}

module.exports = { DataStack };
