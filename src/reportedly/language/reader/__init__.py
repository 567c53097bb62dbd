"""What does the network say? Words, trees, names, mentions, voices, modality and factuality from one pass a window."""
