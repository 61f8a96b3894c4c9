import { TYPES } from "../model/types.ts";
import type { Defaults } from "./index.ts";

const METADATA = {
  "metadataOptions.httpEndpoint": "enabled",
  "metadataOptions.httpTokens": "optional",
  "metadataOptions.httpPutResponseHopLimit": 1,
};

/** Amazon EC2, API reference: LaunchTemplateInstanceMetadataOptions, EbsBlockDevice, Subnet. */
export const EC2: Defaults = {
  [TYPES.launchTemplate]: { ...METADATA, "monitoring.enabled": false, "blockDeviceMappings.ebs.encrypted": false },
  [TYPES.instance]: {
    ...METADATA,
    monitoring: false,
    "rootBlockDevice.encrypted": false,
    "ebsBlockDevices.encrypted": false,
  },
  [TYPES.ebsVolume]: { encrypted: false },
  [TYPES.subnet]: { mapPublicIpOnLaunch: false },
  [TYPES.networkAclRule]: { egress: false },
};
