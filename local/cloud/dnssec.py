"""Gives moto the signing of zones.

moto 5.2.5 says of every zone that it is not signed. Here Route 53 keeps key-signing keys and signs a zone that has an active one. What
it asks of the KMS key behind such a key:
https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-configuring-dnssec-cmk-requirements.html
"""

from typing import Any

from moto.core.responses import ActionResult
from moto.core.utils import utcnow
from moto.kms.models import Key, kms_backends
from moto.route53 import urls
from moto.route53.exceptions import Route53ClientError
from moto.route53.models import FakeZone, Route53Backend
from moto.route53.responses import Route53

from dnssec_records import records
from policies import allows

SERVICE = "dnssec-route53.amazonaws.com"
ACTIONS = ("kms:DescribeKey", "kms:GetPublicKey", "kms:Sign")
REGION = "us-east-1"
MOST_KEYS = 2

ZONE, NAME = "(?P<zone_id>[^/]+)", "(?P<name>[^/]+)"
PATHS = (
    f"hostedzone/{ZONE}/enable-dnssec",
    f"hostedzone/{ZONE}/disable-dnssec",
    "keysigningkey",
    f"keysigningkey/{ZONE}/{NAME}",
    f"keysigningkey/{ZONE}/{NAME}/activate",
    f"keysigningkey/{ZONE}/{NAME}/deactivate",
)

delete_zone = Route53Backend.delete_hosted_zone


def changed(**more: Any) -> ActionResult:
    change = {"Id": "/change/C2682N5HXP0BZ5", "Status": "INSYNC", "SubmittedAt": utcnow()}
    return ActionResult({"ChangeInfo": change, **more})


def refusal(code: str, zone: FakeZone, reason: str) -> Route53ClientError:
    return Route53ClientError(code, f"the zone {zone.resource_id} {reason}")


def keys_of(zone: FakeZone) -> dict[str, dict[str, Any]]:
    return zone.__dict__.setdefault("key_signing_keys", {})


def is_signed(zone: FakeZone) -> bool:
    return getattr(zone, "is_signed", False)


def usable_key(zone: FakeZone, account: str, arn: str) -> Key:
    def refuse(reason: str) -> Route53ClientError:
        return Route53ClientError("InvalidKMSArn", f"the KMS key {arn} {reason}")

    parts = arn.split(":")
    if len(parts) != 6 or parts[3] != REGION:
        raise refuse(f"is not in {REGION}, where the keys of zones have to be")
    key = kms_backends[account][REGION].keys.get(parts[5].removeprefix("key/"))
    if key is None:
        raise refuse("does not exist")
    if (key.key_spec, key.key_usage) != ("ECC_NIST_P256", "SIGN_VERIFY"):
        raise refuse(f"is of {key.key_spec} for {key.key_usage}, and has to be of ECC_NIST_P256 for SIGN_VERIFY")
    if not key.enabled:
        raise refuse("is not enabled")
    who = {"Service": SERVICE}
    source = f"arn:{parts[1]}:route53:::hostedzone/{zone.resource_id}"
    context = {"aws:SourceAccount": account, "aws:SourceArn": source}
    refused = [one for one in ACTIONS if not allows(key.policy, who, one, key.arn, context)]
    if refused:
        raise refuse(f"does not let {SERVICE} do {', '.join(refused)} for {source}; allow that in its policy")
    return key


def create_key_signing_key(self: Route53) -> ActionResult:
    zone = public_zone(self)
    name, status, arn = (self._get_param(one) for one in ("Name", "Status", "KeyManagementServiceArn"))
    keys = keys_of(zone)
    for known in keys.values():
        if known["Name"] == name or known["KmsArn"] == arn:
            raise refusal("KeySigningKeyAlreadyExists", zone, f"has {known['Name']} with {known['KmsArn']} already")
    if len(keys) >= MOST_KEYS:
        raise refusal("TooManyKeySigningKeys", zone, f"has {len(keys)} key-signing keys, as many as it may have")
    key = usable_key(zone, self.current_account, arn)
    now = utcnow()
    keys[name] = {
        **records(zone.name, key.private_key.public_key()[-64:]),
        "Name": name,
        "KmsArn": arn,
        "Status": status,
        "CreatedDate": now,
        "LastModifiedDate": now,
    }
    location = f"https://route53.amazonaws.com/2013-04-01/keysigningkey/{zone.resource_id}/{name}"
    return changed(KeySigningKey=keys[name], Location=location)


def public_zone(self: Route53) -> FakeZone:
    zone = self.backend.get_hosted_zone(self._get_param("HostedZoneId"))
    if zone.private_zone:
        raise refusal("InvalidArgument", zone, "is private, and private zones are not signed")
    return zone


def key_asked_for(self: Route53) -> tuple[FakeZone, dict[str, Any]]:
    zone = public_zone(self)
    name = self._get_param("Name")
    if name not in keys_of(zone):
        raise refusal("NoSuchKeySigningKey", zone, f"has no key-signing key {name}")
    return zone, keys_of(zone)[name]


def activate_key_signing_key(self: Route53) -> ActionResult:
    zone, key = key_asked_for(self)
    usable_key(zone, self.current_account, key["KmsArn"])
    key.update(Status="ACTIVE", LastModifiedDate=utcnow())
    return changed()


def active(zone: FakeZone) -> list[str]:
    return [name for name, key in keys_of(zone).items() if key["Status"] == "ACTIVE"]


def deactivate_key_signing_key(self: Route53) -> ActionResult:
    zone, key = key_asked_for(self)
    if is_signed(zone) and active(zone) == [key["Name"]]:
        raise refusal("KeySigningKeyInUse", zone, f"is signed, and {key['Name']} is the only active key that it has")
    key.update(Status="INACTIVE", LastModifiedDate=utcnow())
    return changed()


def delete_key_signing_key(self: Route53) -> ActionResult:
    zone, key = key_asked_for(self)
    if key["Status"] != "INACTIVE":
        reason = f"has {key['Name']} as {key['Status']}, which has to be deactivated before it is deleted"
        raise refusal("InvalidKeySigningKeyStatus", zone, reason)
    del keys_of(zone)[key["Name"]]
    return changed()


def enable_hosted_zone_dnssec(self: Route53) -> ActionResult:
    zone = public_zone(self)
    if not active(zone):
        raise refusal("KeySigningKeyWithActiveStatusNotFound", zone, "has no key-signing key that is active")
    zone.is_signed = True
    return changed()


def disable_hosted_zone_dnssec(self: Route53) -> ActionResult:
    zone = public_zone(self)
    if not keys_of(zone):
        raise refusal("DNSSECNotFound", zone, "has nothing of DNSSEC")
    zone.is_signed = False
    return changed()


def get_dnssec(self: Route53) -> ActionResult:
    zone = public_zone(self)
    status = {"ServeSignature": "SIGNING" if is_signed(zone) else "NOT_SIGNING"}
    return ActionResult({"Status": status, "KeySigningKeys": list(keys_of(zone).values())})


def delete_hosted_zone(self: Route53Backend, id_: str) -> FakeZone | None:
    zone = self.get_hosted_zone(id_)
    if keys_of(zone):
        raise refusal("HostedZoneNotEmpty", zone, "has key-signing keys, which have to go before it does")
    return delete_zone(self, id_)


def install() -> None:
    for call in (
        create_key_signing_key,
        activate_key_signing_key,
        deactivate_key_signing_key,
        delete_key_signing_key,
        enable_hosted_zone_dnssec,
        disable_hosted_zone_dnssec,
        get_dnssec,
    ):
        setattr(Route53, call.__name__, call)
    Route53Backend.delete_hosted_zone = delete_hosted_zone
    for path in PATHS:
        urls.url_paths[r"{0}/(?P<api_version>[\d_-]+)/" + path + "$"] = Route53.dispatch
