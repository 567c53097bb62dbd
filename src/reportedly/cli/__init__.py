"""How do people use it? The command line: thin, no domain logic."""
