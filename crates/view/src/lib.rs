//! Answers as text, tables, files and charts.
