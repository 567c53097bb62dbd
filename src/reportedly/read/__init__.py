"""What was published? Files, folders, pages, JSON lines and strings become ``Report`` values.

Errors of single files and lines are yielded, never raised, so that a batch goes on.
"""

from reportedly.read.files import Found, read_bytes, read_path, walk
from reportedly.read.plain import read_text

__all__ = ["Found", "read_bytes", "read_path", "read_text", "walk"]
