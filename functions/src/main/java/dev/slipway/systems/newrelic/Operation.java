package dev.slipway.systems.newrelic;

/**
 * The operations of NerdGraph that Slipway asks for, as New Relic's own Go client writes them
 * (newrelic/newrelic-client-go, {@code pkg/*}{@code /*_api.go}) and its documentation shows them;
 * New Relic publishes no schema. Never is the value of a key asked for.
 */
enum Operation {
  ACCESS("/actor", "{actor{user{id} accounts{id name}}}"),

  // --- accounts and users, of an organization
  MANAGED_ACCOUNTS(
      "/actor/organization/accountManagement/managedAccounts",
      "{actor{organization{accountManagement{managedAccounts{id name isCanceled}}}}}"),
  CREATE_ACCOUNT(
      "/accountManagementCreateAccount",
      """
      mutation($managedAccount:AccountManagementCreateInput!){
        accountManagementCreateAccount(managedAccount:$managedAccount){managedAccount{id}}}"""),
  USERS(
      "/actor/organization/userManagement/authenticationDomains/authenticationDomains",
      """
      query($filter:UserManagementUserFilterInput){
        actor{organization{userManagement{authenticationDomains{authenticationDomains{
          id name provisioningType
          users(filter:$filter){users{id email lastActive groups{groups{id}}}}}}}}}}"""),
  CREATE_USER(
      "/userManagementCreateUser",
      """
      mutation($createUserOptions:UserManagementCreateUser!){
        userManagementCreateUser(createUserOptions:$createUserOptions){createdUser{id}}}"""),
  DELETE_USER(
      "/userManagementDeleteUser",
      """
      mutation($deleteUserOptions:UserManagementDeleteUser!){
        userManagementDeleteUser(deleteUserOptions:$deleteUserOptions){deletedUser{id}}}"""),
  GROUPS(
      "/actor/organization/authorizationManagement/authenticationDomains/authenticationDomains",
      """
      query($id:[ID!],$cursor:String){
        actor{organization{authorizationManagement{authenticationDomains(id:$id){
          authenticationDomains{
            id groups(cursor:$cursor){
              nextCursor groups{id displayName roles{roles{accountId}}}}}}}}}}"""),
  CREATE_GROUP(
      "/userManagementCreateGroup",
      """
      mutation($createGroupOptions:UserManagementCreateGroup){
        userManagementCreateGroup(createGroupOptions:$createGroupOptions){group{id}}}"""),
  DELETE_GROUP(
      "/userManagementDeleteGroup",
      """
      mutation($groupOptions:UserManagementDeleteGroup){
        userManagementDeleteGroup(groupOptions:$groupOptions){group{id}}}"""),
  ADD_TO_GROUP(
      "/userManagementAddUsersToGroups",
      """
      mutation($addUsersToGroupsOptions:UserManagementUsersGroupsInput){
        userManagementAddUsersToGroups(addUsersToGroupsOptions:$addUsersToGroupsOptions){
          groups{id}}}"""),
  REMOVE_FROM_GROUP(
      "/userManagementRemoveUsersFromGroups",
      """
      mutation($removeUsersFromGroupsOptions:UserManagementUsersGroupsInput!){
        userManagementRemoveUsersFromGroups(
          removeUsersFromGroupsOptions:$removeUsersFromGroupsOptions){groups{id}}}"""),
  ROLES(
      "/actor/organization/authorizationManagement/roles/roles",
      "{actor{organization{authorizationManagement{roles{roles{id displayName}}}}}}"),
  GRANT(
      "/authorizationManagementGrantAccess",
      """
      mutation($grantAccessOptions:AuthorizationManagementGrantAccess){
        authorizationManagementGrantAccess(grantAccessOptions:$grantAccessOptions){
          accessGrants{id}}}"""),

  // --- what an account is told
  KEYS(
      "/actor/apiAccess/keySearch/keys",
      """
      query($query:ApiAccessKeySearchQuery!){
        actor{apiAccess{keySearch(query:$query){keys{
          id name ...on ApiAccessIngestKey{ingestType}}}}}}"""),
  CREATE_KEYS(
      "/apiAccessCreateKeys",
      """
      mutation($keys:ApiAccessCreateInput!){
        apiAccessCreateKeys(keys:$keys){createdKeys{id} errors{message type}}}"""),
  DELETE_KEYS(
      "/apiAccessDeleteKeys",
      """
      mutation($keys:ApiAccessDeleteInput!){
        apiAccessDeleteKeys(keys:$keys){deletedKeys{id} errors{message type}}}"""),
  ENTITIES(
      "/actor/entitySearch/results/entities",
      """
      query($query:String){
        actor{entitySearch(query:$query){results{entities{guid name reporting}}}}}"""),
  NRQL(
      "/actor/account/nrql/results",
      """
      query($accountId:Int!,$query:Nrql!){
        actor{account(id:$accountId){nrql(query:$query){results}}}}"""),
  CREATE_MONITOR(
      "/syntheticsCreateSimpleMonitor",
      """
      mutation($accountId:Int!,$monitor:SyntheticsCreateSimpleMonitorInput!){
        syntheticsCreateSimpleMonitor(accountId:$accountId,monitor:$monitor){
          errors{description type} monitor{guid}}}"""),
  DELETE_MONITOR(
      "/syntheticsDeleteMonitor",
      "mutation($guid:EntityGuid!){syntheticsDeleteMonitor(guid:$guid){deletedGuid}}"),
  APDEX(
      "/actor/entity",
      """
      query($guid:EntityGuid!){
        actor{entity(guid:$guid){
          ...on ApmApplicationEntity{apmSettings{apmConfig{apdexTarget}}}}}}"""),
  SET_APDEX(
      "/agentApplicationSettingsUpdate",
      """
      mutation($guid:EntityGuid!,$settings:AgentApplicationSettingsUpdateInput!){
        agentApplicationSettingsUpdate(guid:$guid,settings:$settings){
          errors{description errorClass field}}}"""),

  // --- whom an account alerts, and of what
  POLICIES(
      "/actor/account/alerts/policiesSearch/policies",
      """
      query($accountId:Int!,$criteria:AlertsPoliciesSearchCriteriaInput){
        actor{account(id:$accountId){alerts{policiesSearch(searchCriteria:$criteria){
          policies{id name}}}}}}"""),
  CREATE_POLICY(
      "/alertsPolicyCreate",
      """
      mutation($accountId:Int!,$policy:AlertsPolicyInput!){
        alertsPolicyCreate(accountId:$accountId,policy:$policy){id}}"""),
  DELETE_POLICY(
      "/alertsPolicyDelete",
      """
      mutation($accountId:Int!,$id:ID!){alertsPolicyDelete(accountId:$accountId,id:$id){id}}"""),
  CONDITIONS(
      "/actor/account/alerts/nrqlConditionsSearch/nrqlConditions",
      """
      query($accountId:Int!,$criteria:AlertsNrqlConditionsSearchCriteriaInput){
        actor{account(id:$accountId){alerts{nrqlConditionsSearch(searchCriteria:$criteria){
          nrqlConditions{
            id name nrql{query} terms{operator threshold thresholdDuration}
            expiration{expirationDuration}}}}}}}"""),
  CREATE_CONDITION(
      "/alertsNrqlConditionStaticCreate",
      """
      mutation($accountId:Int!,$policyId:ID!,$condition:AlertsNrqlConditionStaticInput!){
        alertsNrqlConditionStaticCreate(
          accountId:$accountId,policyId:$policyId,condition:$condition){id}}"""),
  UPDATE_CONDITION(
      "/alertsNrqlConditionStaticUpdate",
      """
      mutation($accountId:Int!,$id:ID!,$condition:AlertsNrqlConditionUpdateStaticInput!){
        alertsNrqlConditionStaticUpdate(accountId:$accountId,id:$id,condition:$condition){id}}"""),
  DELETE_CONDITION(
      "/alertsConditionDelete",
      """
      mutation($accountId:Int!,$id:ID!){
        alertsConditionDelete(accountId:$accountId,id:$id){id}}"""),
  DESTINATIONS(
      "/actor/account/aiNotifications/destinations/entities",
      """
      query($accountId:Int!,$filters:AiNotificationsDestinationFilter){
        actor{account(id:$accountId){aiNotifications{destinations(filters:$filters){
          entities{id name}}}}}}"""),
  CREATE_DESTINATION(
      "/aiNotificationsCreateDestination",
      """
      mutation($accountId:Int,$destination:AiNotificationsDestinationInput!){
        aiNotificationsCreateDestination(accountId:$accountId,destination:$destination){
          destination{id} error{...on AiNotificationsResponseError{description type}}}}"""),
  DELETE_DESTINATION(
      "/aiNotificationsDeleteDestination",
      """
      mutation($accountId:Int,$destinationId:ID!){
        aiNotificationsDeleteDestination(accountId:$accountId,destinationId:$destinationId){
          ids error{description type}}}"""),
  CHANNELS(
      "/actor/account/aiNotifications/channels/entities",
      """
      query($accountId:Int!,$filters:AiNotificationsChannelFilter){
        actor{account(id:$accountId){aiNotifications{channels(filters:$filters){
          entities{id name}}}}}}"""),
  CREATE_CHANNEL(
      "/aiNotificationsCreateChannel",
      """
      mutation($accountId:Int!,$channel:AiNotificationsChannelInput!){
        aiNotificationsCreateChannel(accountId:$accountId,channel:$channel){
          channel{id} error{...on AiNotificationsResponseError{description type}}}}"""),
  WORKFLOWS(
      "/actor/account/aiWorkflows/workflows/entities",
      """
      query($accountId:Int!,$filters:AiWorkflowsFilters){
        actor{account(id:$accountId){aiWorkflows{workflows(filters:$filters){
          entities{id name workflowEnabled issuesFilter{predicates{attribute values}}}}}}}}"""),
  CREATE_WORKFLOW(
      "/aiWorkflowsCreateWorkflow",
      """
      mutation($accountId:Int!,$createWorkflowData:AiWorkflowsCreateWorkflowInput!){
        aiWorkflowsCreateWorkflow(accountId:$accountId,createWorkflowData:$createWorkflowData){
          errors{description type} workflow{id}}}"""),
  DELETE_WORKFLOW(
      "/aiWorkflowsDeleteWorkflow",
      """
      mutation($accountId:Int!,$deleteChannels:Boolean!,$id:ID!){
        aiWorkflowsDeleteWorkflow(accountId:$accountId,deleteChannels:$deleteChannels,id:$id){
          errors{description type} id}}""");

  private final String pointer;
  private final String document;

  Operation(String pointer, String document) {
    this.pointer = pointer;
    this.document = document;
  }

  /** Where the answer stands below {@code data}, as a JSON pointer. */
  String pointer() {
    return pointer;
  }

  /** The request's text. */
  String document() {
    return document;
  }

  /** Its name, as New Relic calls it. */
  String asked() {
    return pointer.substring(pointer.lastIndexOf('/') + 1);
  }

  /** Whether it changes more than nothing. */
  boolean changes() {
    return document.startsWith("mutation");
  }
}
