import type { Rule } from "../../rule.ts";
import { defaultSecurityGroupClosed } from "./default-security-group-closed.ts";
import { disksEncrypted } from "./disks-encrypted.ts";
import { egressRestricted } from "./egress-restricted.ts";
import { machineDetailedMonitoring } from "./machine-detailed-monitoring.ts";
import { machineHasRole } from "./machine-has-role.ts";
import { machineMetadataHops } from "./machine-metadata-hops.ts";
import { machineMetadataTokens } from "./machine-metadata-tokens.ts";
import { machineWithoutKeyPair } from "./machine-without-key-pair.ts";
import { machineWithoutPublicAddress } from "./machine-without-public-address.ts";
import { networkAclAdministration } from "./network-acl-administration.ts";
import { networkFlowLogs } from "./network-flow-logs.ts";
import { noAdministrationFromAnywhere } from "./no-administration-from-anywhere.ts";
import { noBareInstance } from "./no-bare-instance.ts";
import { noDefaultNetwork } from "./no-default-network.ts";
import { noHighRiskPortsFromAnywhere } from "./no-high-risk-ports-from-anywhere.ts";
import { onlyPublicPortsFromAnywhere } from "./only-public-ports-from-anywhere.ts";
import { ownSecurityGroup } from "./own-security-group.ts";
import { privateEndpoints } from "./private-endpoints.ts";
import { privateIngressFromGroups } from "./private-ingress-from-groups.ts";
import { securityGroupDescribed } from "./security-group-described.ts";
import { securityGroupRulesApart } from "./security-group-rules-apart.ts";
import { subnetWithoutPublicAddresses } from "./subnet-without-public-addresses.ts";
import { templateVersionPinned } from "./template-version-pinned.ts";
import { userDataWithoutSecrets } from "./user-data-without-secrets.ts";

export const machineAndNetworkRules: readonly Rule[] = [
  defaultSecurityGroupClosed,
  disksEncrypted,
  egressRestricted,
  machineDetailedMonitoring,
  machineHasRole,
  machineMetadataHops,
  machineMetadataTokens,
  machineWithoutKeyPair,
  machineWithoutPublicAddress,
  networkAclAdministration,
  networkFlowLogs,
  noAdministrationFromAnywhere,
  noBareInstance,
  noDefaultNetwork,
  noHighRiskPortsFromAnywhere,
  onlyPublicPortsFromAnywhere,
  ownSecurityGroup,
  privateEndpoints,
  privateIngressFromGroups,
  securityGroupDescribed,
  securityGroupRulesApart,
  subnetWithoutPublicAddresses,
  templateVersionPinned,
  userDataWithoutSecrets,
];
