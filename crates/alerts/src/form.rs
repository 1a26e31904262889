//! The names of forms, and which one a text is written in.

use crate::rule::Form;

impl Form {
    /// All forms.
    pub const ALL: [Form; 5] =
        [Form::Own, Form::AzureJson, Form::AzureBicep, Form::SentinelYaml, Form::SentinelJson];

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Form::Own => "kql",
            Form::AzureJson => "arm",
            Form::AzureBicep => "bicep",
            Form::SentinelYaml => "sentinel",
            Form::SentinelJson => "sentinel-arm",
        }
    }

    /// The form of that name.
    pub fn of_name(name: &str) -> Option<Form> {
        Form::ALL.into_iter().find(|form| form.name() == name)
    }

    /// The ending of its files.
    pub fn extension(self) -> &'static str {
        match self {
            Form::Own => "kql",
            Form::AzureJson | Form::SentinelJson => "json",
            Form::AzureBicep => "bicep",
            Form::SentinelYaml => "yaml",
        }
    }
}
