"""Makes moto issue a certificate when ACM would: when its validation records stand in DNS.

moto 5.2.5 issues every certificate after a while, gives all of them the same validation record, and forgets by which way and with
which key they were asked for. Here the public hosted zones of the account stand for DNS: a certificate is issued as soon as each of
its names has its record there, and not before. One that is validated by e-mail waits for an answer that nobody gives.
"""

from hashlib import sha256
from typing import Any

from moto.acm.models import CertBundle, datetime_to_epoch
from moto.acm.responses import AWSCertificateManagerResponse
from moto.core.responses import ActionResult, EmptyResult
from moto.core.utils import utcnow
from moto.route53.models import route53_backends

# Who may be named in a CAA record for ACM to issue (https://docs.aws.amazon.com/acm/latest/userguide/setup-caa.html).
AMAZON = {"amazon.com", "amazontrust.com", "awstrust.com", "amazonaws.com"}

# Whom ACM writes to (https://docs.aws.amazon.com/acm/latest/userguide/email-validation.html).
MAILBOXES = ["administrator", "hostmaster", "postmaster", "webmaster", "admin"]

# What is known of a certificate only once it is issued.
ISSUED = ["IssuedAt", "NotAfter", "NotBefore", "Serial"]

request = AWSCertificateManagerResponse.request_certificate
describe = CertBundle.describe


def request_certificate(self: AWSCertificateManagerResponse) -> ActionResult:
    answer = request(self)
    made = self.acm_backend._certificates[answer.result["CertificateArn"]]
    made.validation_method = self._get_param("ValidationMethod") or "EMAIL"
    made.validation_domains = {
        one["DomainName"]: one["ValidationDomain"] for one in self._get_param("DomainValidationOptions") or []
    }
    made.key_algorithm = self._get_param("KeyAlgorithm") or "RSA_2048"
    # In the order in which they were asked for; moto keeps a set.
    made.sans = list(dict.fromkeys([made.common_name, *(self._get_param("SubjectAlternativeNames") or [])]))
    return answer


def update_certificate_options(self: AWSCertificateManagerResponse) -> EmptyResult:
    found = self.acm_backend.get_certificate(self._get_param("CertificateArn"))
    found.cert_options.update(self._get_param("Options"))
    return EmptyResult()


def account_of(certificate: CertBundle) -> str:
    return certificate.arn.split(":")[4]


def validation_record(certificate: CertBundle, name: str) -> dict[str, str]:
    """An account gets the same record for a name every time, and a wildcard that of the name it stands under."""
    base = name.removeprefix("*.").lower()
    digest = sha256(f"{account_of(certificate)} {base}".encode()).hexdigest()
    value = f"_{digest[32:]}.{digest[:10]}.acm-validations.aws."
    return {"Name": f"_{digest[:32]}.{base}.", "Type": "CNAME", "Value": value}


def plain(name: str) -> str:
    return name.rstrip(".").lower()


def answers(account: str, name: str, kind: str) -> list[str]:
    """What the public zones of the account hold under a name. Each holds names of its own only."""
    zones = [zone for zone in list(route53_backends[account]["aws"].zones.values()) if not zone.private_zone]
    return [
        value
        for zone in zones
        for record in list(zone.rrsets)
        if record.type == kind and plain(record.name) == plain(name)
        for value in record.records or []
    ]


def is_validated(certificate: CertBundle, name: str) -> bool:
    if certificate.status == "ISSUED":
        return True
    if certificate.validation_method != "DNS":
        return False
    record = validation_record(certificate, name)
    found = answers(account_of(certificate), record["Name"], "CNAME")
    return any(plain(value) == plain(record["Value"]) for value in found)


def may_be_issued(account: str, name: str) -> bool:
    """By the CAA records that are nearest on the way from the name to the root (RFC 8659)."""
    labels = name.removeprefix("*.").split(".")
    for start in range(len(labels)):
        records = [value.split(None, 2) for value in answers(account, ".".join(labels[start:]), "CAA")]
        if not records:
            continue
        issuers = {
            tag: [value.strip('"').split(";")[0].strip() for _, other, value in records if other.lower() == tag]
            for tag in ("issue", "issuewild")
        }
        counting = (name.startswith("*.") and issuers["issuewild"]) or issuers["issue"]
        return not counting or any(issuer in AMAZON for issuer in counting)
    return True


def check(self: CertBundle) -> None:
    if self._not_valid_after(self._cert) <= utcnow():
        self.status = "EXPIRED"
    elif self.type == "AMAZON_ISSUED" and self.status == "PENDING_VALIDATION":
        if not all(is_validated(self, name) for name in self.sans):
            return
        self.status = "ISSUED" if all(may_be_issued(account_of(self), name) for name in self.sans) else "FAILED"
        self.issued_at = utcnow()


def validation_option(certificate: CertBundle, name: str) -> dict[str, Any]:
    domain = certificate.validation_domains.get(name, name.removeprefix("*."))
    by_mail = certificate.validation_method == "EMAIL"
    return {
        "DomainName": name,
        "ValidationDomain": domain,
        "ValidationMethod": certificate.validation_method,
        "ValidationStatus": "SUCCESS" if is_validated(certificate, name) else certificate.status,
        **({"ValidationEmails": [f"{mailbox}@{domain}" for mailbox in MAILBOXES]} if by_mail else {}),
        **({} if by_mail else {"ResourceRecord": validation_record(certificate, name)}),
    }


def describe_certificate(self: CertBundle) -> dict[str, Any]:
    answer = describe(self)
    told = answer["Certificate"]
    if self.type != "AMAZON_ISSUED":
        return answer
    told["DomainValidationOptions"] = [validation_option(self, name) for name in self.sans]
    told["KeyAlgorithm"] = self.key_algorithm
    if self.status == "FAILED":
        told["FailureReason"] = "CAA_ERROR"
    if self.status in ("PENDING_VALIDATION", "FAILED"):
        for name in ISSUED:
            told.pop(name, None)
    else:
        told["IssuedAt"] = datetime_to_epoch(self.issued_at)
        told["RenewalEligibility"] = "ELIGIBLE" if told["InUseBy"] else "INELIGIBLE"
    return answer


def install() -> None:
    # Until the answer to its request names them.
    CertBundle.validation_method = "DNS"
    CertBundle.validation_domains = {}
    CertBundle.key_algorithm = "RSA_2048"
    CertBundle.check = check
    CertBundle.describe = describe_certificate
    AWSCertificateManagerResponse.request_certificate = request_certificate
    AWSCertificateManagerResponse.update_certificate_options = update_certificate_options
