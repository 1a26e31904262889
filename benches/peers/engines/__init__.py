"""What is measured: each engine opens its own folder, loads it from the generated Parquet file, and answers questions."""
