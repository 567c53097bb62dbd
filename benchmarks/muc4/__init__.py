"""MUC-4: incident templates from newswire of 1989 and 1990, scored as in 1992 and as in GRIT and GTT."""
