import { DescribeImagesCommand, type Image } from "@aws-sdk/client-ec2";
import type { GetAmiArgs, GetAmiResult } from "@pulumi/aws/ec2/getAmi.js";
import { ProviderError } from "../../core/errors.ts";
import { invocation } from "../../core/resource.ts";
import type { Aws, AwsCall } from "../client.ts";
import { arn, ec2, fromTags, regionOf } from "./ec2.ts";

const WAY_OUT = "change owners, filters or nameRegex";

/** Filters that say whose image is meant, so that nobody else can offer a newer one. */
const OWNING = ["image-id", "owner-alias", "owner-id"];

function refuseUnsafe({ mostRecent, owners, filters = [], allowUnsafeFilter }: GetAmiArgs): void {
  if (!mostRecent || allowUnsafeFilter || owners?.length || filters.some(({ name }) => OWNING.includes(name))) return;
  throw new ProviderError(
    "mostRecent takes the last image that anybody offers; name the owners, or set allowUnsafeFilter if that is meant",
  );
}

/** All images that a program's question matches, oldest first. */
async function search(call: AwsCall, args: GetAmiArgs): Promise<Image[]> {
  const { Images = [] } = await ec2(call).send(
    new DescribeImagesCommand({
      ExecutableUsers: args.executableUsers,
      Filters: args.filters?.map(({ name, values }) => ({ Name: name, Values: values })),
      IncludeDeprecated: args.includeDeprecated,
      Owners: args.owners,
    }),
  );
  const pattern = args.nameRegex === undefined ? undefined : expression(args.nameRegex);
  return Images.filter(({ Name = "" }) => pattern?.test(Name) ?? true).sort(
    (a, b) => Date.parse(a.CreationDate ?? "") - Date.parse(b.CreationDate ?? ""),
  );
}

function expression(source: string): RegExp {
  try {
    return new RegExp(source);
  } catch {
    throw new ProviderError(`nameRegex must be a regular expression, got ${JSON.stringify(source)}`);
  }
}

export default invocation<Aws, GetAmiArgs, GetAmiResult>(async (call, args) => {
  refuseUnsafe(args);
  const images = await search(call, args);
  const image = images.at(-1);
  if (!image) throw new ProviderError(`no image matches; ${WAY_OUT}`);
  if (images.length > 1 && !args.mostRecent)
    throw new ProviderError(
      `${images.length} images match (${images.map(({ Name }) => Name).join(", ")}); set mostRecent to take the last one, or ${WAY_OUT}`,
    );
  const devices = image.BlockDeviceMappings ?? [];
  const root = devices.find(({ DeviceName }) => DeviceName === image.RootDeviceName);
  return {
    ...args,
    id: image.ImageId as string,
    imageId: image.ImageId as string,
    region: regionOf(call),
    // Images belong to their region, whoever owns them: their names carry no account.
    arn: arn(call, "", `image/${image.ImageId}`),
    architecture: image.Architecture ?? "",
    blockDeviceMappings: devices.map(({ DeviceName = "", NoDevice = "", VirtualName = "", Ebs = {} }) => ({
      deviceName: DeviceName,
      noDevice: NoDevice,
      virtualName: VirtualName,
      ebs: {
        delete_on_termination: String(Ebs.DeleteOnTermination ?? false),
        encrypted: String(Ebs.Encrypted ?? false),
        iops: String(Ebs.Iops ?? 0),
        snapshot_id: Ebs.SnapshotId ?? "",
        throughput: String(Ebs.Throughput ?? 0),
        volume_initialization_rate: String(Ebs.VolumeInitializationRate ?? 0),
        volume_size: String(Ebs.VolumeSize ?? 0),
        volume_type: Ebs.VolumeType ?? "",
      },
    })),
    bootMode: image.BootMode ?? "",
    creationDate: image.CreationDate ?? "",
    deprecationTime: image.DeprecationTime ?? "",
    description: image.Description ?? "",
    enaSupport: image.EnaSupport ?? false,
    hypervisor: image.Hypervisor ?? "",
    imageLocation: image.ImageLocation ?? "",
    imageOwnerAlias: image.ImageOwnerAlias ?? "",
    imageType: image.ImageType ?? "",
    imdsSupport: image.ImdsSupport ?? "",
    kernelId: image.KernelId ?? "",
    lastLaunchedTime: image.LastLaunchedTime ?? "",
    name: image.Name ?? "",
    ownerId: image.OwnerId ?? "",
    platform: image.Platform ?? "",
    platformDetails: image.PlatformDetails ?? "",
    productCodes: (image.ProductCodes ?? []).map(({ ProductCodeId = "", ProductCodeType = "" }) => ({
      productCodeId: ProductCodeId,
      productCodeType: ProductCodeType,
    })),
    public: image.Public ?? false,
    ramdiskId: image.RamdiskId ?? "",
    rootDeviceName: image.RootDeviceName ?? "",
    rootDeviceType: image.RootDeviceType ?? "",
    rootSnapshotId: root?.Ebs?.SnapshotId ?? "",
    sriovNetSupport: image.SriovNetSupport ?? "",
    state: image.State ?? "",
    stateReason: { code: image.StateReason?.Code ?? "UNSET", message: image.StateReason?.Message ?? "UNSET" },
    tags: fromTags(image.Tags),
    tpmSupport: image.TpmSupport ?? "",
    usageOperation: image.UsageOperation ?? "",
    virtualizationType: image.VirtualizationType ?? "",
  };
});
