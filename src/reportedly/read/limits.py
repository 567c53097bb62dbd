"""How much the readers accept. One place, so that a limit is found and changed once."""

from __future__ import annotations

MAX_REPORT_BYTES = 20_000_000  # one text file, one HTML page, one JSONL line; a long book is 5 MB
MAX_BAD_LINES = 100  # of a JSONL file that has not had one good line
MAX_HTML_DEPTH = 250  # elements inside elements; real pages stay below 100, libxml2 itself gives up at 256
MAX_CONTROL_SHARE = 0.02  # control characters in decoded text, above which the bytes were not text
LANGUAGE_SAMPLE_CHARS = 4_000  # of title and first paragraphs; more does not change the answer
SHORT_TEXT_WORDS = 5  # below this a language identifier guesses
