"""Makes moto look at the bucket before a load balancer writes its logs there.

moto 5.2.5 takes any bucket for the logs of a load balancer. AWS tries it out when logs are switched on, leaves a first object there, and
refuses a bucket that it cannot write to
(https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html).
"""

from typing import Any

from moto.elbv2.exceptions import ELBClientError
from moto.elbv2.models import ELBv2Backend, FakeLoadBalancer
from moto.s3.models import FakeBucket, s3_backends

from policies import allows

KINDS = {"access": "ELBAccessLogTestFile", "connection": "ELBConnectionLogTestFile"}

# Who writes the logs of application load balancers; in older regions this account may be named instead.
APPLICATION = "logdelivery.elasticloadbalancing.amazonaws.com"
NETWORK = "delivery.logs.amazonaws.com"
ACCOUNTS = {
    "af-south-1": "098369216593",
    "ap-east-1": "754344448648",
    "ap-northeast-1": "582318560864",
    "ap-northeast-2": "600734575887",
    "ap-northeast-3": "383597477331",
    "ap-south-1": "718504428378",
    "ap-southeast-1": "114774131450",
    "ap-southeast-2": "783225319266",
    "ap-southeast-3": "589379963580",
    "ca-central-1": "985666609251",
    "cn-north-1": "638102146993",
    "cn-northwest-1": "037604701340",
    "eu-central-1": "054676820928",
    "eu-north-1": "897822967062",
    "eu-south-1": "635631232127",
    "eu-west-1": "156460612806",
    "eu-west-2": "652711504416",
    "eu-west-3": "009996457667",
    "me-south-1": "076674570225",
    "sa-east-1": "507241528517",
    "us-east-1": "127311923021",
    "us-east-2": "033677994240",
    "us-gov-east-1": "190560391635",
    "us-gov-west-1": "048591011584",
    "us-west-1": "027434742980",
    "us-west-2": "797873946194",
}

modify = ELBv2Backend.modify_load_balancer_attributes


def writers(backend: ELBv2Backend, balancer: FakeLoadBalancer) -> list[dict[str, str]]:
    if balancer.type == "network":
        return [{"Service": NETWORK}]
    account = ACCOUNTS.get(backend.region_name)
    old = [{"AWS": f"arn:{backend.partition}:iam::{account}:root"}, {"AWS": account}] if account else []
    return [{"Service": APPLICATION}, *old]


def encrypts_otherwise(bucket: FakeBucket) -> bool:
    """Logs can only be written where S3 encrypts with keys of its own."""
    return "aws:kms" in str(bucket.encryption)


def try_out(backend: ELBv2Backend, balancer: FakeLoadBalancer, name: str, prefix: str, first: str) -> None:
    def refuse(reason: str) -> ELBClientError:
        return ELBClientError("InvalidConfigurationRequest", f"access is denied to the bucket {name}: {reason}")

    buckets = s3_backends[backend.account_id][backend.partition]
    bucket = buckets.buckets.get(name)
    if bucket is None:
        raise refuse("it does not exist in this account")
    if bucket.region_name != backend.region_name:
        raise refuse(f"it is in {bucket.region_name}, and the load balancer in {backend.region_name}")
    if encrypts_otherwise(bucket):
        raise refuse("it encrypts with a KMS key, and logs can only be written with keys of S3 (AES256)")
    if "AWSLogs" in prefix or prefix.startswith("/") or prefix.endswith("/"):
        raise refuse(f"the prefix {prefix} must not hold AWSLogs, nor begin or end with a slash")
    key = "/".join([*([prefix] if prefix else []), "AWSLogs", backend.account_id, first])
    context = {"aws:SourceAccount": backend.account_id, "aws:SourceArn": balancer.arn, "aws:SecureTransport": "true"}
    may_write = any(
        allows(bucket.policy, who, "s3:PutObject", f"{bucket.arn}/{key}", context) for who in writers(backend, balancer)
    )
    if not may_write:
        who = NETWORK if balancer.type == "network" else APPLICATION
        raise refuse(f"its policy does not let {who} do s3:PutObject with {key}")
    buckets.put_object(name, key, b"", disable_notification=True)


def modify_attributes(self: ELBv2Backend, arn: str, attrs: dict[str, Any]) -> dict[str, Any]:
    balancer = self.load_balancers.get(arn)
    if balancer is not None:
        before = balancer.attrs
        wanted = {**before, **attrs}
        for kind, first in KINDS.items():
            keys = [f"{kind}_logs.s3.{part}" for part in ("enabled", "bucket", "prefix")]
            enabled, name, prefix = (wanted.get(key) or "" for key in keys)
            if enabled == "true" and any(before.get(key) != wanted.get(key) for key in keys):
                try_out(self, balancer, name, prefix, first)
    return modify(self, arn, attrs)


def install() -> None:
    ELBv2Backend.modify_load_balancer_attributes = modify_attributes
