//! A table in Parquet files, scanned when a query reads it.

use crate::tables::TableFile;
use arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use async_trait::async_trait;
use calypso_library::Column;
use datafusion::catalog::Session;
use datafusion::common::config::TableParquetOptions;
use datafusion::datasource::listing::PartitionedFile;
use datafusion::datasource::physical_plan::{FileGroup, FileScanConfigBuilder, ParquetSource};
use datafusion::datasource::source::DataSourceExec;
use datafusion::datasource::{TableProvider, TableType};
use datafusion::error::Result;
use datafusion::execution::object_store::ObjectStoreUrl;
use datafusion::logical_expr::Expr;
use datafusion::object_store::path::Path;
use datafusion::parquet::arrow::arrow_reader::ArrowReaderMetadata;
use datafusion::physical_plan::ExecutionPlan;
use std::fs::File;
use std::sync::Arc;

/// Files of one table. The schema holds only the columns that some file has, as the files hold them; text is read as
/// views.
#[derive(Debug)]
pub(crate) struct ParquetFiles {
    schema: SchemaRef,
    files: Vec<PartitionedFile>,
    /// Number of rows.
    pub rows: usize,
}

impl ParquetFiles {
    /// Reads the footers.
    pub fn open(columns: &[Column], listed: &[TableFile]) -> Result<ParquetFiles, String> {
        let mut fields: Vec<Option<Field>> = columns.iter().map(|_| None).collect();
        let mut files = Vec::with_capacity(listed.len());
        let mut rows: usize = 0;
        for TableFile { path, .. } in listed {
            let failed =
                |error: &dyn std::fmt::Display| format!("{} cannot be read: {error}", path.display());
            let file = File::open(path).map_err(|error| failed(&error))?;
            let size = file.metadata().map_err(|error| failed(&error))?.len();
            let footer =
                ArrowReaderMetadata::load(&file, Default::default()).map_err(|error| failed(&error))?;
            for (column, field) in columns.iter().zip(&mut fields) {
                if let (None, Ok(found)) = (&field, footer.schema().field_with_name(&column.name)) {
                    *field = Some(Field::new(&column.name, as_views(found.data_type()), true));
                }
            }
            let counted = footer.metadata().file_metadata().num_rows();
            rows = rows.saturating_add(usize::try_from(counted).unwrap_or(0));
            let absolute = std::path::absolute(path).map_err(|error| failed(&error))?;
            let mut file = PartitionedFile::new(String::new(), size);
            file.object_meta.location = Path::from_absolute_path(absolute).map_err(|error| failed(&error))?;
            files.push(file);
        }
        let fields = fields.into_iter().flatten().collect::<Vec<_>>();
        Ok(ParquetFiles { schema: Arc::new(Schema::new(fields)), files, rows })
    }
}

/// Text of any form as views.
fn as_views(ty: &DataType) -> DataType {
    match ty {
        DataType::Dictionary(_, value) => as_views(value),
        DataType::Utf8 | DataType::LargeUtf8 => DataType::Utf8View,
        _ => ty.clone(),
    }
}

#[async_trait]
impl TableProvider for ParquetFiles {
    fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }

    fn table_type(&self) -> TableType {
        TableType::Base
    }

    async fn scan(
        &self,
        session: &dyn Session,
        projection: Option<&Vec<usize>>,
        _: &[Expr],
        limit: Option<usize>,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        let parquet = session.config_options().execution.parquet.clone();
        let options = TableParquetOptions { global: parquet, ..TableParquetOptions::default() };
        let source = ParquetSource::new(Arc::clone(&self.schema)).with_table_parquet_options(options);
        let scan = FileScanConfigBuilder::new(ObjectStoreUrl::local_filesystem(), Arc::new(source))
            .with_file_group(FileGroup::new(self.files.clone()))
            .with_projection_indices(projection.cloned())?
            .with_limit(limit)
            .build();
        Ok(DataSourceExec::from_data_source(scan))
    }
}
