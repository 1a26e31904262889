//! KQL text to a syntax tree with byte spans, and back.
