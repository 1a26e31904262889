"""The parts of JSON that Calypso's store keeps in columns of their own. With `--members` the peers keep them as well."""

MEMBERS = [
    (column, key) for column in ["SourceIdentity", "TargetIdentity"] for key in ["Id", "Name", "identityType"]
]
# The steps of each event: their names, types and states.
STEPS = "ProvisioningSteps_each"
COLUMNS = [f"{column}_{key}" for column, key in MEMBERS] + [STEPS]
