//! Azure's JSON: templates, exports, compiled Bicep and bare resources, and the log search alert rules among them.

mod call;
mod resource;
mod scope;
mod template;
mod term;

pub use template::read;
