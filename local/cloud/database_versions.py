"""The engine versions that RDS offers."""

from moto.rds.exceptions import InvalidParameterCombination

# Newest first, with their current minor release
# (https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/MySQL.Concepts.VersionMgmt.html and its siblings).
VERSIONS = {
    "mysql": {"8.4": "6", "8.0": "43"},
    "mariadb": {"11.8": "3", "11.4": "8", "10.11": "14", "10.6": "23"},
    "postgres": {"17": "6", "16": "10", "15": "14", "14": "19", "13": "22"},
}


def full_version(engine: str, version: str | None) -> str | None:
    """Completes a version to a release, as RDS does; without one it is the newest."""
    offered = VERSIONS.get(engine)
    if offered is None:
        return version
    wanted = version or next(iter(offered))
    for major, minor in offered.items():
        if wanted == major:
            return f"{major}.{minor}"
        if wanted.startswith(f"{major}."):
            return wanted
    raise InvalidParameterCombination(f"Cannot find version {wanted} for {engine}")
