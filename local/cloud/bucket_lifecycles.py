"""Makes moto keep all of a bucket's lifecycle.

moto 5.2.5 forgets how many versions a rule keeps, the sizes it is about, and from which size on objects move to another class. Here it
answers with the rules as they were put, and refuses one that does nothing, as S3 does.
"""

import copy
from typing import Any

from moto.core.responses import TYPE_RESPONSE, ActionResult
from moto.s3.exceptions import S3ClientError
from moto.s3.models import FakeBucket
from moto.s3.responses import S3Response

from policies import every

SIZE_HEADER = "x-amz-transition-default-minimum-object-size"
USUAL_SIZE = "all_storage_classes_128K"

# What a request repeats, as the answer calls it.
LISTS = {
    "NoncurrentVersionTransition": "NoncurrentVersionTransitions",
    "Tag": "Tags",
    "Transition": "Transitions",
}

ACTIONS = (
    "AbortIncompleteMultipartUpload",
    "Expiration",
    "NoncurrentVersionExpiration",
    "NoncurrentVersionTransition",
    "Transition",
)

put = S3Response._bucket_response_put
get = S3Response.get_bucket_lifecycle
set_rules = FakeBucket.set_lifecycle


def filled(part: Any) -> Any:
    """XML says nothing where a text is empty."""
    if isinstance(part, list):
        return [filled(one) for one in part]
    if isinstance(part, dict):
        return {key: filled({} if value is None and key == "Filter" else value) for key, value in part.items()}
    return "" if part is None else part


def listed(part: dict[str, Any]) -> dict[str, Any]:
    return {LISTS.get(key, key): every(value) if key in LISTS else value for key, value in part.items()}


def told(rule: dict[str, Any]) -> dict[str, Any]:
    answer: dict[str, Any] = filled(listed(rule))
    found = answer.get("Filter", {})
    if "And" in found:
        answer["Filter"] = {"And": listed(found["And"])}
    end = answer.get("Expiration", {})
    if "ExpiredObjectDeleteMarker" in end:
        answer["Expiration"] = {"ExpiredObjectDeleteMarker": end["ExpiredObjectDeleteMarker"] == "true"}
    return answer


def set_lifecycle(self: FakeBucket, rules: list[dict[str, Any]]) -> None:
    asked = copy.deepcopy(rules)
    for rule in asked:
        if not any(action in rule for action in ACTIONS):
            raise S3ClientError("InvalidRequest", f"the rule {rule['ID']} does nothing: it needs an action")
    set_rules(self, rules)
    self.lifecycle = [told(rule) for rule in asked]


def put_bucket(self: S3Response, request: Any, bucket_name: str, querystring: dict[str, Any]) -> str | TYPE_RESPONSE:
    answer = put(self, request, bucket_name, querystring)
    if "lifecycle" in querystring:
        self.backend.get_bucket(bucket_name).transition_size = request.headers.get(SIZE_HEADER, USUAL_SIZE)
    return answer


def get_bucket_lifecycle(self: S3Response) -> TYPE_RESPONSE:
    bucket = self.backend.get_bucket(self.bucket_name)
    if not bucket.rules:
        return get(self)
    self.data["Action"] = "GetBucketLifecycleConfiguration"
    return self.serialized(
        ActionResult({"Rules": bucket.lifecycle, "TransitionDefaultMinimumObjectSize": bucket.transition_size})
    )


def install() -> None:
    FakeBucket.set_lifecycle = set_lifecycle
    S3Response._bucket_response_put = put_bucket
    S3Response.get_bucket_lifecycle = get_bucket_lifecycle
