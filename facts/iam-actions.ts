import { type Fact } from "./row";

/**
 * Actions for which AWS lets no resource be named: a policy can only say `*` for them. By the prefix of the service, without it; a name that
 * ends in `*` stands for every action that begins so. Of the services that platforms are made of; of Amazon EC2 what is described takes
 * no resource but for a handful of attributes.
 */
export const ACTIONS_WITHOUT_RESOURCE: Readonly<Record<string, readonly string[]>> = {
  acm: names(`
    CreateAcmeEndpoint GetAccountConfiguration ListAcmeEndpoints ListCertificates PutAccountConfiguration RequestCertificate
    SearchCertificates
  `),
  "application-autoscaling": names("Describe* GetPredictiveScalingForecast"),
  aps: names("CreateWorkspace GetDefaultScraperConfiguration ListScrapers ListWorkspaces"),
  autoscaling: names("Describe* GetPredictiveScalingForecast PutAccountSetting"),
  backup: names(`
    DescribeBackupJob DescribeCopyJob DescribeGlobalSettings DescribeProtectedResource DescribeRegionSettings DescribeReportJob
    DescribeRestoreJob DescribeScanJob ExportBackupPlanTemplate GetBackupPlanFromJSON GetBackupPlanFromTemplate
    GetRestoreJobMetadata GetRestoreTestingInferredMetadata GetSupportedResourceTypes ListBackupAccessPoints
    ListBackupAccessPointsByRecoveryPoint ListBackupAccessPointsByResource ListBackupJobSummaries ListBackupJobs
    ListBackupPlanTemplates ListBackupPlans ListBackupVaults ListCopyJobSummaries ListCopyJobs ListFrameworks
    ListIndexedRecoveryPoints ListIndexedRecoveryPointsForSearch ListLegalHolds ListProtectedResources
    ListRecoveryPointsByResource ListReportJobs ListReportPlans ListRestoreJobSummaries ListRestoreJobs
    ListRestoreJobsByProtectedResource ListRestoreTestingPlans ListScanJobSummaries ListScanJobs ListTieringConfigurations
    PutRestoreValidationResult StopBackupJob UpdateGlobalSettings UpdateRegionSettings
  `),
  batch: names(`
    DescribeComputeEnvironments DescribeJobDefinitions DescribeJobQueues DescribeJobs DescribeSchedulingPolicies
    DescribeServiceEnvironments DescribeServiceJob ListConsumableResources ListJobs ListSchedulingPolicies ListServiceJobs
  `),
  bedrock: names("ListFoundationModelAgreementOffers ListFoundationModels PutAccountDataRetention"),
  cloudformation: names(`
    Activate* BatchDescribeTypeConfigurations CancelResourceRequest CreateGeneratedTemplate CreateResource CreateStackSet
    CreateUploadBucket Deactivate* DeleteGeneratedTemplate DeleteResource DeregisterType DescribeAccountLimits
    DescribeGeneratedTemplate DescribeOrganizationsAccess DescribePublisher DescribeResourceScan
    DescribeStackDriftDetectionStatus DescribeType DescribeTypeRegistration EstimateTemplateCost GetGeneratedTemplate
    GetHookResult GetResource GetResourceRequestStatus ListAllHookResults ListExports ListGeneratedTemplates ListImports
    ListResourceRequests ListResourceScanRelatedResources ListResourceScanResources ListResourceScans ListResources
    ListStackSets ListStacks ListTypeRegistrations ListTypeVersions ListTypes PublishType Register* SetTypeConfiguration
    SetTypeDefaultVersion StartResourceScan TestType UpdateGeneratedTemplate UpdateResource ValidateTemplate
  `),
  cloudfront: names(`
    CreateAnycastIpList CreateCachePolicy CreateCloudFrontOriginAccessIdentity CreateConnectionFunction CreateConnectionGroup
    CreateContinuousDeploymentPolicy CreateDistribution CreateDistributionTenant CreateFieldLevelEncryptionConfig
    CreateFieldLevelEncryptionProfile CreateFunction CreateKeyGroup CreateKeyValueStore CreateMonitoringSubscription
    CreateOriginAccessControl CreateOriginRequestPolicy CreatePublicKey CreateRealtimeLogConfig CreateResponseHeadersPolicy
    CreateSavingsPlan CreateStreamingDistribution CreateStreamingDistributionWithTags CreateTrustStore CreateVpcOrigin
    DeleteKeyGroup DeleteMonitoringSubscription DeletePublicKey GetKeyGroup GetKeyGroupConfig GetMonitoringSubscription
    GetPublicKey GetPublicKeyConfig GetSavingsPlan ListAnycastIpLists ListCachePolicies ListCloudFrontOriginAccessIdentities
    ListConnectionFunctions ListConnectionGroups ListContinuousDeploymentPolicies ListDistributionTenants
    ListDistributionTenantsByCustomization ListDistributions ListDistributionsByAnycastIpListId ListDistributionsByCachePolicyId
    ListDistributionsByConnectionMode ListDistributionsByKeyGroup ListDistributionsByLambdaFunction
    ListDistributionsByOriginRequestPolicyId ListDistributionsByRealtimeLogConfig ListDistributionsByResponseHeadersPolicyId
    ListDistributionsByVpcOriginId ListDistributionsByWebACLId ListFieldLevelEncryptionConfigs ListFieldLevelEncryptionProfiles
    ListFunctions ListKeyGroups ListKeyValueStores ListOriginAccessControls ListOriginRequestPolicies ListPublicKeys
    ListRateCards ListRealtimeLogConfigs ListResponseHeadersPolicies ListSavingsPlans ListStreamingDistributions ListTrustStores
    ListUsages ListVpcOrigins UpdateFieldLevelEncryptionConfig UpdateKeyGroup UpdatePublicKey UpdateSavingsPlan
  `),
  cloudtrail: names(`
    DeregisterOrganizationDelegatedAdmin DescribeTrails GetImport ListChannels ListDashboards ListEventDataStores
    ListImportFailures ListImports ListPublicKeys ListServiceLinkedChannels ListTrails LookupEvents
    RegisterOrganizationDelegatedAdmin SearchSampleQueries StartImport StopImport
  `),
  // Metrics have no ARN; what GetMetricData, ListMetrics and PutMetricData can name are only data sets of OpenTelemetry.
  cloudwatch: names(`
    GetMetricData ListMetrics PutMetricData
    DescribeAlarmsForMetric DescribeAnomalyDetectors DescribeInsightRules GetMetricStatistics GetMetricWidgetImage
    ListDashboards ListManagedInsightRules ListMetricStreams PutAnomalyDetector
  `),
  codebuild: names(`
    DeleteOAuthToken DeleteSourceCredentials ImportSourceCredentials ListBuildBatches ListBuilds ListConnectedOAuthAccounts
    ListCuratedEnvironmentImages ListFleets ListProjects ListReportGroups ListReports ListRepositories ListSandboxes
    ListSharedProjects ListSharedReportGroups ListSourceCredentials PersistOAuthToken
  `),
  codedeploy: names(`
    BatchGetDeploymentTargets ContinueDeployment CreateCloudFormationDeployment DeleteGitHubAccountToken
    DeleteResourcesByExternalId GetDeploymentTarget ListApplications ListDeploymentConfigs ListDeploymentTargets
    ListGitHubAccountTokenNames ListOnPremisesInstances PutLifecycleEventHookExecutionStatus SkipWaitTimeForInstanceTermination
    StopDeployment
  `),
  "cognito-idp": names(`
    AssociateSoftwareToken ChangePassword Confirm* CreateUserPool DeleteUser DeleteUserAttributes DescribeUserPoolDomain
    ForgetDevice ForgotPassword GetDevice GetProvisionedLimit GetTokensFromRefreshToken GetUser GetUserAttributeVerificationCode
    GlobalSignOut InitiateAuth ListDevices ListUserPools ResendConfirmationCode RespondToAuthChallenge RevokeToken
    SetUserMFAPreference SetUserSettings SignUp UpdateDeviceStatus UpdateProvisionedLimit UpdateUserAttributes Verify*
  `),
  dynamodb: names(`
    DescribeEndpoints DescribeLimits DescribeReservedCapacity DescribeReservedCapacityOfferings GetAbacStatus InjectError
    ListBackups ListContributorInsights ListGlobalTables ListStreams ListTables PurchaseReservedCapacityOfferings
    UpdateAbacStatus
  `),
  ec2: names(`
    CreateDefaultSubnet CreateDefaultVpc CreateReservedInstancesListing CreateSpotDatafeedSubscription Describe*
    DisableAllowedImagesSettings DisableAwsNetworkPerformanceMetricSubscription DisableCapacityManager
    DisableEbsEncryptionByDefault DisableImageBlockPublicAccess DisableIpamOrganizationAdminAccount DisableSerialConsoleAccess
    DisableSnapshotBlockPublicAccess EnableAllowedImagesSettings EnableAwsNetworkPerformanceMetricSubscription
    EnableCapacityManager EnableEbsEncryptionByDefault EnableImageBlockPublicAccess EnableIpamOrganizationAdminAccount
    EnableReachabilityAnalyzerOrganizationSharing EnableSerialConsoleAccess EnableSnapshotBlockPublicAccess
    GetAllowedImagesSettings GetAwsNetworkPerformanceData GetCapacityManagerAttributes GetCapacityManagerMetricData
    GetCapacityManagerMetricDimensions GetCapacityManagerMonitoredTagKeys GetDefaultCreditSpecification GetEbsDefaultKmsKeyId
    GetEbsEncryptionByDefault GetEnabledIpamPolicy GetHostReservationPurchasePreview GetImageBlockPublicAccessState
    GetInstanceMetadataDefaults GetInstanceTypesFromInstanceRequirements GetManagedResourceVisibility
    GetSerialConsoleAccessStatus GetSnapshotBlockPublicAccessState GetSpotPlacementScores GetSubnetCidrReservations
    GetTransitGatewayAttachmentPropagations GetTransitGatewayPrefixListReferences GetTransitGatewayRouteTableAssociations
    GetTransitGatewayRouteTablePropagations GetVpnConnectionDeviceTypes List* ModifyAccountVpcEncryptionControl
    ModifyAvailabilityZoneGroup ModifyDefaultCreditSpecification ModifyEbsDefaultKmsKeyId ModifyIdFormat ModifyIdentityIdFormat
    ModifyInstanceMetadataDefaults ModifyManagedResourceVisibility ModifyVpcBlockPublicAccessOptions
  `),
  ec2messages: names("*"),
  ecr: names(`
    CreatePullThroughCacheRule CreateRepositoryCreationTemplate DeletePullThroughCacheRule DeleteRegistryPolicy
    DeleteRepositoryCreationTemplate DeleteSigningConfiguration DeregisterPullTimeUpdateExclusion DescribePullThroughCacheRules
    DescribeRegistry DescribeRepositoryCreationTemplates GetAccountSetting GetAuthorizationToken GetRegistryPolicy
    GetRegistryScanningConfiguration GetSigningConfiguration ListPullTimeUpdateExclusions PutAccountSetting PutRegistryPolicy
    PutRegistryScanningConfiguration PutReplicationConfiguration PutSigningConfiguration RegisterPullTimeUpdateExclusion
    UpdatePullThroughCacheRule UpdateRepositoryCreationTemplate ValidatePullThroughCacheRule
  `),
  "ecr-public": names("GetAuthorizationToken"),
  ecs: names(`
    DeleteAccountSetting DeregisterTaskDefinition DescribeTaskDefinition DiscoverPollEndpoint ListAccountSettings ListClusters
    ListDaemonTaskDefinitions ListDaemons ListServices ListServicesByNamespace ListTaskDefinitionFamilies ListTaskDefinitions
    PutAccountSetting PutAccountSettingDefault
  `),
  eks: names(`
    CreateCluster CreateEksAnywhereSubscription DescribeAddonConfiguration DescribeAddonVersions DescribeClusterVersions
    ListAccessPolicies ListClusters ListEksAnywhereSubscriptions RegisterCluster
  `),
  elasticache: names(`
    DescribeCacheEngineVersions DescribeEngineDefaultParameters DescribeEvents DescribeReservedCacheNodesOfferings
    DescribeServiceUpdates
  `),
  elasticfilesystem: names("CreateFileSystem DescribeAccountPreferences PutAccountPreferences"),
  elasticloadbalancing: names("AllowVendedLogDeliveryForResource Describe* SetWebAcl"),
  es: names(`
    Accept* AuthorizeVpcEndpointAccess CreateApplication CreateElasticsearchServiceRole CreatePackage CreateServiceRole
    CreateVpcEndpoint DeleteElasticsearchServiceRole DeleteInboundConnection DeleteInboundCrossClusterSearchConnection
    DeleteOutboundConnection DeleteOutboundCrossClusterSearchConnection DeletePackage DeleteVpcEndpoint
    DescribeElasticsearchInstanceTypeLimits DescribeInboundConnections DescribeInboundCrossClusterSearchConnections
    DescribeInstanceTypeLimits DescribeOutboundConnections DescribeOutboundCrossClusterSearchConnections DescribePackages
    DescribeReservedElasticsearchInstanceOfferings DescribeReservedElasticsearchInstances DescribeReservedInstanceOfferings
    DescribeReservedInstances DescribeVpcEndpoints GetPackageVersionHistory ListDomainNames ListDomainsForPackage
    ListElasticsearchInstanceTypeDetails ListElasticsearchInstanceTypes ListElasticsearchVersions ListInstanceTypeDetails
    ListVersions ListVpcEndpointAccess ListVpcEndpoints ListVpcEndpointsForDomain Purchase* Reject* RevokeVpcEndpointAccess
    UpdatePackage UpdatePackageScope UpdateVpcEndpoint
  `),
  events: names(`
    ListApiDestinations ListArchives ListConnections ListEndpoints ListEventBuses ListEventSources ListPartnerEventSources
    ListReplays ListRuleNamesByTarget ListRules ListSubscribers PutPartnerEvents PutPermission RemovePermission TestEventPattern
  `),
  "execute-api": names(""),
  firehose: names("ListDeliveryStreams"),
  glue: names(`
    AccessDataQualityRuntimeConfiguration BatchGetCustomEntityTypes BatchGetStageFiles CheckSchemaVersionValidity
    CreateClassifier CreateCrawler CreateCustomEntityType CreateDataQualityRuleset CreateDevEndpoint
    CreateGlueIdentityCenterConfiguration CreateInboundIntegration CreateMLTransform CreateScript CreateSecurityConfiguration
    DeleteClassifier DeleteCustomEntityType DeleteGlueIdentityCenterConfiguration DeleteSecurityConfiguration
    DeregisterDataPreview DescribeInboundIntegrations GetClassifier GetClassifiers GetColumnStatisticsTaskRun
    GetColumnStatisticsTaskRuns GetColumnStatisticsTaskSettings GetCrawlerMetrics GetCrawlers GetCustomEntityType
    GetDataPreviewStatement GetDataflowGraph GetDevEndpoints GetEnvironment GetExecutors GetExecutorsThreads GetGeneratedCode
    GetGlueIdentityCenterConfiguration GetJobBookmark GetJobs GetLogParsingStatus GetMapping GetNotebookInstanceStatus GetPlan
    GetQueries GetQuery GetRecipeAction GetSecurityConfiguration GetSecurityConfigurations GetStage GetStageAttempt
    GetStageAttemptTaskList GetStageAttemptTaskSummary GetStageFiles GetStages GetStorage GetStorageUnit GetTriggers Glue*
    ListBlueprints ListColumnStatisticsTaskRuns ListConnectionTypes ListCrawlers ListCustomEntityTypes ListDevEndpoints ListJobs
    ListRegistries ListSessions ListTriggers ListUsageProfiles ListWorkflows ManagedConnector RequestLogParsing ResetJobBookmark
    RunDataPreviewStatement Send* StartCompletion StartCrawlerSchedule StartNotebook StopCrawlerSchedule TerminateNotebook
    UpdateClassifier UpdateCrawlerSchedule UpdateGlueIdentityCenterConfiguration UseGlueStudio
  `),
  iam: names(`
    CreateAccountAlias DeleteAccountAlias DeleteAccountPasswordPolicy DeleteCloudFrontPublicKey Disable*
    EnableOrganizationsRootCredentialsManagement EnableOrganizationsRootSessions EnableOutboundWebIdentityFederation
    GenerateCredentialReport GetAccountAuthorizationDetails GetAccountEmailAddress GetAccountName GetAccountPasswordPolicy
    GetAccountProperties GetAccountSummary GetCloudFrontPublicKey GetContextKeysForCustomPolicy GetCredentialReport
    GetOrganizationsAccessReport GetOutboundWebIdentityFederationInfo GetServiceLastAccessedDetails
    GetServiceLastAccessedDetailsWithEntities ListAccountAliases ListCloudFrontPublicKeys ListDelegationRequests ListGroups
    ListInstanceProfiles ListOpenIDConnectProviders ListOrganizationsFeatures ListPolicies ListRoles ListSAMLProviders
    ListSTSRegionalEndpointsStatus ListServerCertificates ListUsers ListVirtualMFADevices PutAccountProperties
    SetSTSRegionalEndpointStatus SetSecurityTokenServicePreferences SimulateCustomPolicy UpdateAccountEmailAddress
    UpdateAccountName UpdateAccountPasswordPolicy UpdateCloudFrontPublicKey UploadCloudFrontPublicKey
  `),
  kafka: names(`
    DescribeClusterOperation DescribeClusterOperationV2 GetBootstrapBrokers GetCompatibleKafkaVersions ListClusters
    ListClustersV2 ListConfigurations ListKafkaVersions ListReplicators ListVpcConnections
  `),
  "kafka-cluster": names(""),
  kinesis: names(`
    DescribeAccountSettings DescribeLimits DisableEnhancedMonitoring EnableEnhancedMonitoring InjectApiError ListChannels
    ListStreams UpdateAccountSettings UpdateShardCount UpdateStreamMode
  `),
  kms: names(`
    ConnectCustomKeyStore CreateCustomKeyStore CreateKey DeleteCustomKeyStore DescribeCustomKeyStores DisconnectCustomKeyStore
    GenerateRandom ListAliases ListKeys ListRetirableGrants UpdateCustomKeyStore
  `),
  lambda: names(`
    ConnectMicrovm CreateCodeSigningConfig CreateEventSourceMapping CreateMicrovmImage GetAccountSettings ListCapacityProviders
    ListCodeSigningConfigs ListEventSourceMappings ListFunctions ListLayerVersions ListLayers ListManagedMicrovmImages
    ListMicrovmImages ListMicrovms ListNetworkConnectors PassNetworkConnector
  `),
  logs: names(`
    CreateLogDelivery DeleteLogDelivery DeleteResourcePolicy DescribeAccountPolicies DescribeConfigurationTemplates
    DescribeDeliveries DescribeDeliveryDestinations DescribeDeliverySources DescribeDestinations DescribeExportTasks
    DescribeFieldIndexes DescribeImportTaskBatches DescribeImportTasks DescribeIndexPolicies DescribeLogGroups
    DescribeLookupTables DescribeQueries DescribeQueryDefinitions DescribeResourcePolicies GetIntegration GetLogDelivery
    GetLogFields ListLogDeliveries ListLogGroups ListLogGroupsForEntity ListLogGroupsForQuery PutAccountPolicy
    PutQueryDefinition PutResourcePolicy StopQuery Test* UpdateLogDelivery
  `),
  mq: names(`
    CreateBroker CreateConfiguration DescribeBrokerEngineTypes DescribeBrokerInstanceOptions ListBrokers ListConfigurations
  `),
  pi: names(""),
  pipes: names("ListPipes"),
  pricing: names("*"),
  rds: names(`
    CancelExportTask CreateDBProxy DescribeAccountAttributes DescribeCertificates DescribeDBEngineVersions
    DescribeDBMajorEngineVersions DescribeDBRecommendations DescribeEngineDefaultClusterParameters
    DescribeEngineDefaultParameters DescribeEventCategories DescribeEvents DescribeOptionGroupOptions
    DescribeOrderableDBInstanceOptions DescribeRecommendationGroups DescribeRecommendations DescribeReservedDBInstancesOfferings
    DescribeSourceRegions ModifyCertificates ModifyDBRecommendation ModifyRecommendation
  `),
  "rds-data": names(""),
  "rds-db": names(""),
  redshift: names(`
    AcceptReservedNodeExchange AddPartner CancelQuery CreateAuthenticationProfile CreateQev2IdcApplication
    CreateRedshiftIdcApplication CreateSavedQuery CreateScheduledAction DeleteAuthenticationProfile DeleteEndpointAccess
    DeleteSavedQueries DeleteScheduledAction DeregisterNamespace DescribeAccountAttributes DescribeAuthenticationProfiles
    DescribeClusterDbRevisions DescribeClusterParameterGroups DescribeClusterSecurityGroups DescribeClusterSubnetGroups
    DescribeClusterTracks DescribeClusterVersions DescribeCustomDomainAssociations DescribeDataShares
    DescribeDataSharesForConsumer DescribeDataSharesForProducer DescribeDefaultClusterParameters DescribeEventCategories
    DescribeEventSubscriptions DescribeEvents DescribeHsmClientCertificates DescribeHsmConfigurations
    DescribeInboundIntegrations DescribeOrderableClusterOptions DescribeQev2IdcApplications DescribeQuery
    DescribeRedshiftIdcApplications DescribeReservedNodeExchangeStatus DescribeReservedNodeOfferings DescribeReservedNodes
    DescribeSavedQueries DescribeScheduledActions DescribeSnapshotCopyGrants DescribeStorage DescribeTable ExecuteQuery
    FetchResults GetReservedNodeExchangeOfferings ListDatabases ListSavedQueries ListSchemas ListTables
    ModifyAuthenticationProfile ModifyEndpointAccess ModifySavedQuery ModifyScheduledAction PurchaseReservedNodeOffering
    RegisterNamespace ViewQueriesFromConsole
  `),
  "redshift-data": names("CancelStatement DescribeStatement GetStatementResult ListSessions ListStatements"),
  "redshift-serverless": names(`
    CreateReservation CreateUsageLimit DeleteResourcePolicy DeleteScheduledAction DeleteSnapshotCopyConfiguration
    DeleteUsageLimit DescribeOneTimeCredit GetReservation GetReservationOffering GetResourcePolicy GetScheduledAction
    GetTableRestoreStatus GetTrack GetUsageLimit ListCustomDomainAssociations ListManagedWorkgroups ListNamespaces
    ListReservationOfferings ListReservations ListScheduledActions ListTableRestoreStatus ListTracks ListUsageLimits
    ListWorkgroups PutResourcePolicy UpdateScheduledAction UpdateSnapshotCopyConfiguration UpdateUsageLimit
  `),
  route53: names(`
    CreateCidrCollection CreateHealthCheck CreateHostedZone CreateReusableDelegationSet CreateTrafficPolicy GetAccountLimit
    GetCheckerIpRanges GetGeoLocation GetHealthCheckCount GetHostedZoneCount GetTrafficPolicyInstanceCount ListCidrCollections
    ListGeoLocations ListHealthChecks ListHostedZones ListHostedZonesByName ListHostedZonesByVPC ListReusableDelegationSets
    ListTrafficPolicies ListTrafficPolicyInstances TestDNSAnswer
  `),
  s3: names(`
    CreateJob CreateStorageLensGroup GetAccessPoint GetAccountPublicAccessBlock ListAccessGrantsInstances ListAccessPoints
    ListAccessPointsForObjectLambda ListAllMyBuckets ListJobs ListMultiRegionAccessPoints ListStorageLensConfigurations
    ListStorageLensGroups PutAccessPointPublicAccessBlock PutAccountPublicAccessBlock PutStorageLensConfiguration
  `),
  scheduler: names("ListScheduleGroups ListSchedules ListSchedulesByTarget"),
  secretsmanager: names("BatchGetSecretValue GetRandomPassword ListSecrets"),
  servicediscovery: names(`
    CreateHttpNamespace CreatePrivateDnsNamespace CreatePublicDnsNamespace ListNamespaces ListOperations ListServices
    ListTagsForResource TagResource UntagResource
  `),
  ses: names(`
    ApplyTrackingConfigurationOverrides CloneReceiptRuleSet CreateConfigurationSetTrackingOptions CreateExportJob
    CreateImportJob CreateMultiRegionEndpoint CreateReceiptFilter CreateReceiptRule CreateReceiptRuleSet CreateTemplate
    DeleteConfigurationSetTrackingOptions DeleteIdentity DeleteIdentityPolicy DeleteReceiptFilter DeleteReceiptRule
    DeleteReceiptRuleSet DeleteTemplate DeleteVerifiedEmailAddress Describe* GetAccount GetAccountSendingEnabled
    GetBlacklistReports GetDedicatedIp GetDeliverabilityDashboardOptions GetDomainDeliverabilityCampaign GetEmailAddressInsights
    GetIdentityDkimAttributes GetIdentityMailFromDomainAttributes GetIdentityNotificationAttributes GetIdentityPolicies
    GetIdentityVerificationAttributes GetMessageInsights GetSendQuota GetSendStatistics GetTemplate ListAddonInstances
    ListAddonSubscriptions ListAddressLists ListArchiveExports ListArchiveSearches ListArchives ListConfigurationSets
    ListContactLists ListCustomVerificationEmailTemplates ListDedicatedIpPools ListDeliverabilityTestReports
    ListDomainDeliverabilityCampaigns ListEmailIdentities ListEmailTemplates ListExportJobs ListIdentities ListIdentityPolicies
    ListImportJobs ListIngressPoints ListMultiRegionEndpoints ListReceiptFilters ListReceiptRuleSets ListRelays ListRuleSets
    ListTemplates ListTenants ListTrafficPolicies ListVerifiedEmailAddresses PutAccountDedicatedIpWarmupAttributes
    PutAccountDetails PutAccountPricingAttributes PutAccountSendingAttributes PutAccountSuppressionAttributes
    PutAccountVdmAttributes PutDedicatedIpWarmupAttributes PutDeliverabilityDashboardOption PutIdentityPolicy
    ReorderReceiptRuleSet Set* TestRenderTemplate UpdateAccountSendingEnabled UpdateConfigurationSetReputationMetricsEnabled
    UpdateConfigurationSetSendingEnabled UpdateConfigurationSetTrackingOptions UpdateReceiptRule UpdateTemplate Verify*
  `),
  sns: names(`
    CheckIfPhoneNumberIsOptedOut CreatePlatformApplication CreatePlatformEndpoint CreateSMSSandboxPhoneNumber DeleteEndpoint
    DeletePlatformApplication DeleteSMSSandboxPhoneNumber GetEndpointAttributes GetPlatformApplicationAttributes
    GetSMSAttributes GetSMSSandboxAccountStatus ListEndpointsByPlatformApplication ListOriginationNumbers
    ListPhoneNumbersOptedOut ListPlatformApplications ListSMSSandboxPhoneNumbers ListSubscriptions ListTopics OptInPhoneNumber
    SetEndpointAttributes SetPlatformApplicationAttributes SetSMSAttributes VerifySMSSandboxPhoneNumber
  `),
  sqs: names("ListQueues"),
  ssm: names(`
    CancelCommand CreateActivation CreateMaintenanceWindow CreateOpsItem CreateOpsMetadata CreatePatchBaseline DeleteActivation
    DeleteInventory DescribeActivations DescribeAutomationExecutions DescribeAvailablePatches DescribeInstanceInformation
    DescribeInstancePatchStatesForPatchGroup DescribeInstanceProperties DescribeInventoryDeletions
    DescribeMaintenanceWindowExecutionTaskInvocations DescribeMaintenanceWindowExecutionTasks DescribeMaintenanceWindowSchedule
    DescribeMaintenanceWindows DescribeMaintenanceWindowsForTarget DescribeOpsItems DescribeParameters DescribePatchBaselines
    DescribePatchGroupState DescribePatchGroups DescribePatchProperties DescribeSessions ExecuteAPI GetCommandInvocation
    GetDeployablePatchSnapshotForInstance GetExecutionPreview GetInventory GetInventorySchema GetMaintenanceWindowExecution
    GetMaintenanceWindowExecutionTask GetMaintenanceWindowExecutionTaskInvocation GetManifest GetPatchBaselineForPatchGroup
    ListAssociations ListCloudConnectors ListCommandInvocations ListCommands ListComplianceItems ListComplianceSummaries
    ListDocuments ListInventoryEntries ListOpsItemEvents ListOpsItemRelatedItems ListOpsMetadata ListResourceComplianceSummaries
    ListResourceDataSync PutConfigurePackageResult PutInventory RegisterManagedInstance StartExecutionPreview
  `),
  ssmmessages: names("*"),
  states: names(`
    InvokeHTTPEndpoint ListActivities ListStateMachines RevealSecrets Send* TestState ValidateStateMachineDefinition
  `),
  sts: names(`
    DecodeAuthorizationMessage GetAccessKeyInfo GetCallerIdentity GetDelegatedAccessToken GetServiceBearerToken GetSessionToken
    GetWebIdentityToken TagGetWebIdentityToken
  `),
  tag: names("*"),
  xray: names(`
    Batch* CancelTraceRetrieval DeleteResourcePolicy GetDistinctTraceGraphs GetEncryptionConfig GetGroups GetIndexingRules
    GetInsight GetInsightEvents GetInsightImpactGraph GetInsightSummaries GetRetrievedTracesGraph GetSamplingRules
    GetSamplingStatisticSummaries GetSamplingTargets GetServiceGraph GetTimeSeriesServiceStatistics GetTraceGraph
    GetTraceSegmentDestination GetTraceSummaries Link ListResourcePolicies ListRetrievedTraces Put* StartTraceRetrieval
    UpdateIndexingRule UpdateTraceSegmentDestination
  `),
};

function names(text: string): string[] {
  return text.trim().split(/\s+/);
}

/** Where the tables of this file are from. */
export const ACTIONS_SOURCE = {
  source: "https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html",
  date: "2026-09",
} as const satisfies Fact;

/**
 * Actions that take a resource, but for which AWS itself asks for `*`: Lambda makes and removes the network interfaces of a function
 * that is in a VPC, and checks before that its role may do it for any.
 */
export const ACTIONS_AWS_WANTS_ON_ALL: Readonly<Record<string, Fact>> = Object.fromEntries(
  ["ec2:AssignPrivateIpAddresses", "ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface", "ec2:UnassignPrivateIpAddresses"].map(
    (action) => [action, { source: "https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html", date: "2026-11" }],
  ),
);
