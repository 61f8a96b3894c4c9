"""Makes moto's associations of web ACLs behave as those of AWS.

moto 5.2.5 associates what does not exist, lets a resource have several web ACLs, deletes one that something uses, does not forget a
load balancer that is gone, and cannot list what a web ACL is associated with.
"""

import json

from moto.core.common_types import TYPE_RESPONSE
from moto.elbv2.models import ELBv2Backend, elbv2_backends
from moto.wafv2.exceptions import WAFNonexistentItemException
from moto.wafv2.models import WAFV2Backend, wafv2_backends
from moto.wafv2.responses import WAFV2Response

from web_acls import invalid, refusal

associate = WAFV2Backend.associate_web_acl
delete = WAFV2Backend.delete_web_acl
delete_load_balancer = ELBv2Backend.delete_load_balancer


def associate_web_acl(self: WAFV2Backend, web_acl_arn: str, resource_arn: str) -> None:
    if ":global/" in web_acl_arn:
        raise invalid(f"A web ACL for CloudFront cannot be associated., field: WEB_ACL_ARN, parameter: {web_acl_arn}")
    if ":loadbalancer/" in resource_arn:
        balancer = elbv2_backends[self.account_id][self.region_name].load_balancers.get(resource_arn)
        if balancer is None:
            raise WAFNonexistentItemException()
        if balancer.type != "application":
            raise invalid(f"Of load balancers only those for applications have web ACLs., parameter: {resource_arn}")
    if web_acl_arn in self.wacls:
        release(self, resource_arn)
    associate(self, web_acl_arn, resource_arn)


def release(backend: WAFV2Backend, resource_arn: str) -> None:
    for acl in backend.wacls.values():
        acl.associated_resources = [arn for arn in acl.associated_resources if arn != resource_arn]


def list_resources(self: WAFV2Response) -> TYPE_RESPONSE:
    acl = self.wafv2_backend.get_web_acl(self._get_param("WebACLArn"), None, None)
    wanted = self._get_param("ResourceType") or "APPLICATION_LOAD_BALANCER"
    balancers = [arn for arn in acl.associated_resources if ":loadbalancer/" in arn]
    return 200, {}, json.dumps({"ResourceArns": balancers if wanted == "APPLICATION_LOAD_BALANCER" else []})


def delete_web_acl(self: WAFV2Backend, name: str, scope: str, _id: str, lock_token: str) -> None:
    if self.get_web_acl(None, name, _id).associated_resources:
        raise refusal("AssociatedItem", f"The web ACL {name} is still associated with a resource.")
    delete(self, name, scope, _id, lock_token)


def remove_load_balancer(self: ELBv2Backend, arn: str) -> None:
    delete_load_balancer(self, arn)
    release(wafv2_backends[self.account_id][self.region_name], arn)


def install() -> None:
    WAFV2Backend.associate_web_acl = associate_web_acl
    WAFV2Backend.delete_web_acl = delete_web_acl
    WAFV2Response.list_resources_for_web_acl = list_resources
    ELBv2Backend.delete_load_balancer = remove_load_balancer
