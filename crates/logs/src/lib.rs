//! Every delivered shape of the provisioning logs, and the generator of demo logs.
