"""Makes moto's scaling groups launch what their templates say, spread over their subnets.

moto 5.2.5 leaves the instance profile out, puts everything into the first subnet, and lets network interfaces outlive their instance,
which then keep a subnet from being deleted. An instance that is terminated through its group it lets go first, so that it runs on,
nobody's, where no other can be launched.
"""

from typing import Any

from moto.autoscaling.models import AutoScalingBackend, FakeAutoScalingGroup

terminate = AutoScalingBackend.terminate_instance
launch = FakeAutoScalingGroup.replace_autoscaling_group_instances


def replace_autoscaling_group_instances(
    self: FakeAutoScalingGroup, count_needed: int, propagated_tags: dict[str, str]
) -> None:
    for _ in range(count_needed):
        launch_one(self, propagated_tags)


def launch_one(group: FakeAutoScalingGroup, tags: dict[str, str]) -> None:
    subnets = group.vpc_zone_identifier
    taken = [state.instance.subnet_id for state in group.instance_states]
    if subnets:
        # It takes the first one.
        group.vpc_zone_identifier = min(subnets.split(","), key=taken.count)
    try:
        launch(group, 1, tags)
    finally:
        group.vpc_zone_identifier = subnets
    instance = group.instance_states[-1].instance
    for interface in instance.nics.values():
        interface.delete_on_termination = True
    give_profile(group, instance.id)


def give_profile(group: FakeAutoScalingGroup, instance_id: str) -> None:
    if group.ec2_launch_template is None:
        return
    version = group.ec2_launch_template.get_version(group.launch_template_version)
    profile = version.data.get("IamInstanceProfile")
    if profile:
        group.ec2_backend.associate_iam_instance_profile(
            instance_id,
            iam_instance_profile_name=profile.get("Name"),
            iam_instance_profile_arn=profile.get("Arn"),
        )


def terminate_instance(self: AutoScalingBackend, instance_id: str, should_decrement: bool) -> Any:
    try:
        return terminate(self, instance_id, should_decrement)
    except StopIteration:
        # No group has it.
        raise
    except Exception:
        self.ec2_backend.terminate_instances([instance_id])
        raise


def install() -> None:
    AutoScalingBackend.terminate_instance = terminate_instance
    FakeAutoScalingGroup.replace_autoscaling_group_instances = replace_autoscaling_group_instances
