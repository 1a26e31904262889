//! Azure's JSON: templates, exports, compiled Bicep and bare resources, and the log search alert rules among them.

mod resource;
mod template;

pub use template::read;
