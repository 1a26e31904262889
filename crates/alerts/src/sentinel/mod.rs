//! Microsoft Sentinel's analytics rules: scheduled and near-real-time ones, as YAML or as ARM resources.

mod parts;
mod read;

pub use read::{read_resource, read_yaml};
