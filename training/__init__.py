"""How the shipped reader is made: from which data, by which command, and how good it is. Not part of the package."""
