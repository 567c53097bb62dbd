"""One module a corpus: from its files to items. What a module may read is said in ``manifest``."""
