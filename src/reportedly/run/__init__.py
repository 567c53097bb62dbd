"""How does a pile of reports get done? The analysis of one report, and batches of them."""
