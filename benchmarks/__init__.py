"""What is measured, on what, against whom. See benchmarks/README.md."""
