# The versions that are known to work together. The Pulumi CLI equals @pulumi/pulumi in package.json and
# the module in local/engine/go.mod; moto is pinned by local/cloud/requirements.txt.
node_version=24.19.0
pulumi_version=3.259.0
python_minimum=3.11
