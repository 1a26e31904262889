//! Workbook description and parameter values to panels to a page.
