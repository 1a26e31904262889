//! A run as tables in memory, straight into Arrow: equal texts share their bytes, times are ticks.

use super::calendar::iso;
use super::event::{Event, NULL_STEPS};
use super::options::AttrBag;
use super::random::{Stream, guid, guid_text, key};
use super::text::{INITIATED_BY, Texts, push_json_string};
use super::{AuditEvent, Options, Profile, Run, generate, redeliveries};
use crate::builder::{BATCH_ROWS, schema};
use crate::record::{
    AUDIT_TABLE, DELIVERY_TABLE, PROVISIONING_TABLE, audit_columns, delivery_columns, provisioning_columns,
};
use arrow::array::{ArrayRef, Int64Builder, RecordBatch, StringViewBuilder};
use calypso_library::{Table, Type};
use std::sync::Arc;

/// The three tables of the options' run, as the built-in demo shows them; with the lean bag unless another is asked for.
pub fn tables(options: &Options) -> Vec<Table> {
    let attr_bag = options.attr_bag.or(Some(AttrBag::Lean));
    let run = generate(&Options { attr_bag, ..options.clone() });
    let texts = run.texts();
    let table = Table {
        name: PROVISIONING_TABLE.to_owned(),
        columns: provisioning_columns(),
        batches: batches(&texts, &run.events).collect(),
    };
    let mut tables = vec![table, audit_table(&run)];
    // Measuring needs no deliveries.
    if options.profile != Profile::Bench {
        tables.push(delivery_table(&run));
    }
    tables
}

/// The main table's record batches, made one after the other.
pub fn batches<'a>(texts: &'a Texts<'a>, events: &'a [Event]) -> impl Iterator<Item = RecordBatch> + 'a {
    // The full bag is six times as long, so its batches are shorter.
    let rows = match texts.bag {
        AttrBag::Lean => BATCH_ROWS,
        AttrBag::Full => BATCH_ROWS / 8,
    };
    events.chunks(rows).map(move |chunk| provisioning_batch(texts, chunk))
}

/// A text column under construction.
struct Texted {
    builder: StringViewBuilder,
    scratch: String,
}

impl Texted {
    /// A column whose texts repeat.
    fn repeating(rows: usize) -> Texted {
        let builder = StringViewBuilder::with_capacity(rows).with_deduplicate_strings();
        Texted { builder, scratch: String::new() }
    }

    /// A column whose texts are mostly different; they are held in big blocks.
    fn unique(rows: usize) -> Texted {
        let builder = StringViewBuilder::with_capacity(rows).with_fixed_block_size(1 << 20);
        Texted { builder, scratch: String::new() }
    }

    fn push(&mut self, text: &str) {
        self.builder.append_value(text);
    }

    fn made(&mut self, make: impl FnOnce(&mut String)) {
        self.scratch.clear();
        make(&mut self.scratch);
        self.builder.append_value(&self.scratch);
    }

    fn array(mut self) -> ArrayRef {
        Arc::new(self.builder.finish())
    }
}

/// A column with one text in every row.
fn constant(text: &str, rows: usize) -> ArrayRef {
    let mut column = Texted::repeating(rows);
    (0..rows).for_each(|_| column.push(text));
    column.array()
}

/// A column of repeating texts.
fn repeated<'a>(events: &'a [Event], text: impl Fn(&'a Event) -> &'a str) -> ArrayRef {
    let mut column = Texted::repeating(events.len());
    events.iter().for_each(|event| column.push(text(event)));
    column.array()
}

/// A column of repeating texts that are made.
fn remade(events: &[Event], make: impl Fn(&mut String, &Event)) -> ArrayRef {
    let mut column = Texted::repeating(events.len());
    events.iter().for_each(|event| column.made(|out| make(out, event)));
    column.array()
}

/// A column of different texts that are made.
fn unique(events: &[Event], make: impl Fn(&mut String, &Event)) -> ArrayRef {
    let mut column = Texted::unique(events.len());
    events.iter().for_each(|event| column.made(|out| make(out, event)));
    column.array()
}

/// A column of whole numbers or ticks.
fn numbers(values: impl Iterator<Item = Option<i64>>) -> ArrayRef {
    let mut builder = Int64Builder::new();
    values.for_each(|value| builder.append_option(value));
    Arc::new(builder.finish())
}

/// One record batch of the main table.
pub(super) fn provisioning_batch(texts: &Texts, events: &[Event]) -> RecordBatch {
    let rows = events.len();
    let change = unique(events, |out, event| texts.push_change_id(out, event));
    let columns: Vec<ArrayRef> = vec![
        constant(&texts.world.workspace, rows),
        constant(&texts.world.tenant, rows),
        numbers(events.iter().map(|event| Some(event.time))),
        constant("Provisioning activity", rows),
        constant("1.0", rows),
        constant("ProvisioningLogs", rows),
        repeated(events, |event| texts.status(event)),
        repeated(events, |event| texts.code(event)),
        remade(events, |out, event| out.push_str(&texts.reason(event))),
        numbers(events.iter().map(|event| Some(i64::from(event.duration)))),
        change.clone(),
        repeated(events, |event| texts.action(event)),
        change,
        remade(events, |out, event| texts.push_cycle_id(out, event)),
        unique(events, |out, event| texts.push_id(out, event)),
        constant(INITIATED_BY, rows),
        repeated(events, |event| texts.job_id(event)),
        unique(events, |out, event| texts.push_modified(out, event)),
        unique(events, |out, event| {
            // A null column of text is the empty one.
            if !event.has(NULL_STEPS) {
                texts.push_steps(out, event, false);
            }
        }),
        repeated(events, |event| texts.service_principal(event)),
        remade(events, |out, event| texts.push_source_identity(out, event)),
        repeated(events, |event| texts.source_system(event)),
        remade(events, |out, event| texts.push_status_info(out, event)),
        remade(events, |out, event| texts.push_target_identity(out, event)),
        repeated(events, |event| texts.target_system(event)),
        repeated(events, |event| texts.lower_action(event)),
        remade(events, |out, event| texts.push_provisioning_status_info(out, event)),
        constant(PROVISIONING_TABLE, rows),
    ];
    RecordBatch::try_new(schema(&provisioning_columns()), columns)
        .expect("every column has the type and length of its field")
}

/// The path of the hour blob that holds a record with that envelope time, below the container.
pub(super) fn blob_path(tenant: &str, envelope: i64) -> String {
    let text = iso(envelope);
    format!(
        "tenantId={tenant}/y={}/m={}/d={}/h={}/m=00/PT1H.json",
        &text[0..4],
        &text[5..7],
        &text[8..10],
        &text[11..13]
    )
}

/// `ProvisioningDelivery`: one row per record.
pub fn delivery_table(run: &Run) -> Table {
    let texts = run.texts();
    let batches = run.stretches(BATCH_ROWS).map(|events| delivery_batch(&texts, &events)).collect();
    Table { name: DELIVERY_TABLE.to_owned(), columns: delivery_columns(), batches }
}

/// One record batch of `ProvisioningDelivery`.
pub(super) fn delivery_batch(texts: &Texts, events: &[Event]) -> RecordBatch {
    let arrays = vec![
        unique(events, |out, event| texts.push_id(out, event)),
        numbers(events.iter().map(|event| Some(event.arrival))),
        numbers(events.iter().map(|event| Some(event.time))),
        remade(events, |out, event| out.push_str(&blob_path(&texts.world.tenant, event.time))),
        numbers(events.iter().map(|event| Some(1 + redeliveries(event).len() as i64))),
    ];
    RecordBatch::try_new(schema(&delivery_columns()), arrays)
        .expect("every column has the type and length of its field")
}

/// `AuditLogs`.
pub fn audit_table(run: &Run) -> Table {
    let columns = audit_columns();
    let arrays: Vec<ArrayRef> = columns
        .iter()
        .map(|column| match column.ty {
            Type::DateTime => numbers(run.audit.iter().map(|event| Some(event.time))),
            Type::Long => numbers(run.audit.iter().map(|_| Some(0))),
            _ => {
                let mut texts = Texted::repeating(run.audit.len());
                run.audit.iter().for_each(|event| texts.push(&audit_text(run, event, &column.name)));
                texts.array()
            }
        })
        .collect();
    let batch = RecordBatch::try_new(schema(&columns), arrays)
        .expect("every column has the type and length of its field");
    Table { name: AUDIT_TABLE.to_owned(), columns, batches: vec![batch] }
}

/// The text of one column of an audit event; '' for the columns that are not used.
pub(super) fn audit_text(run: &Run, event: &AuditEvent, column: &str) -> String {
    let job = &run.world.jobs[usize::from(event.job)];
    let mut stream = Stream::of(key(event.key, "audit ids", 0));
    let id = guid_text(guid(stream.draw()));
    let correlation = guid_text(guid(stream.draw()));
    let quoted = |text: &str| {
        let mut out = String::new();
        push_json_string(&mut out, text);
        out
    };
    match column {
        "TenantId" => run.world.workspace.clone(),
        "SourceSystem" => "Azure AD".to_owned(),
        "ResourceId" => format!("/tenants/{}/providers/Microsoft.aadiam", run.world.tenant),
        "OperationName" | "ActivityDisplayName" => event.activity.to_owned(),
        "OperationVersion" => "1.0".to_owned(),
        "Category" => "ProvisioningManagement".to_owned(),
        "ResultDescription" | "ResultReason" => event.description.clone(),
        "CorrelationId" => correlation,
        "Resource" | "ResourceProvider" => "Microsoft.aadiam".to_owned(),
        "ResourceGroup" => "Microsoft.aadiam".to_owned(),
        "Identity" => "Azure AD Cloud Sync".to_owned(),
        "Level" => "4".to_owned(),
        "AdditionalDetails" => format!("[{{\"key\":\"JobId\",\"value\":{}}}]", quoted(&job.id)),
        "Id" => format!("Sync_{id}"),
        "InitiatedBy" => {
            format!(
                "{{\"app\":{{\"displayName\":\"Azure AD Cloud Sync\",\"servicePrincipalId\":{}}}}}",
                quoted(&job.service_id)
            )
        }
        "LoggedByService" => "Account Provisioning".to_owned(),
        "Result" => "success".to_owned(),
        "TargetResources" => format!(
            "[{{\"id\":{},\"displayName\":{},\"type\":\"ServicePrincipal\",\"modifiedProperties\":[]}}]",
            quoted(&job.service_id),
            quoted(&job.service)
        ),
        "AADTenantId" => run.world.tenant.clone(),
        "AADOperationType" => "Update".to_owned(),
        "Type" => AUDIT_TABLE.to_owned(),
        _ => String::new(),
    }
}
